"""Line images with the texts that people have given them, as `laodoc train --data` and `laodoc eval` read them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import cv2

from laodoc.archive.correcting import Held
from laodoc.archive.ledger import Ledger
from laodoc.archive.scans import scans_of
from laodoc.document import Document
from laodoc.errors import AccessError, LaodocError
from laodoc.export.crops import scan_of
from laodoc.export.files import write_whole
from laodoc.export.masking import masked, secret_pages
from laodoc.messages import Message
from laodoc.review.line_images import line_images
from laodoc.review.printed import printed
from laodoc.review.spots import Spot

NAME_DIGITS = 12
"""Hexadecimal digits of a scan's content in the names of its lines."""


@dataclass(slots=True)
class Lines:
    """How many lines were written and how many corrections gave none: it was not sure what is printed there, nothing
    else on the line, or it is secret. `blind` says which scans could not be opened again, and why."""

    written: int = 0
    left: int = 0
    blind: list[str] = field(default_factory=list)


def write_lines(ledger: Ledger, folder: Path, *, password: str | None = None) -> Lines:
    """NAME.png and NAME.txt in `folder` for every correction that holds; a second time the same files.

    Raises:
        AccessError: the folder or a file cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise AccessError(Message("folder-not-made", folder=folder, why=refused.strerror)) from refused
    lines = Lines()
    for read, held in ledger.corrected():
        try:
            written = _write_document(ledger, read, held, folder, password)
        except LaodocError as refused:
            lines.blind.append(refused.message)
            written = 0
        lines.written += written
        lines.left += len(held) - written
    return lines


def _write_document(ledger: Ledger, read: Document, held: list[Held], folder: Path, password: str | None) -> int:
    """Write the lines of one document; how many."""
    texts = dict(_texts(read, held))
    if not texts:
        return 0
    sha256, written = read.source.sha256, 0
    with scans_of(ledger, sha256) as scans:
        for spot, image in line_images(read, scan_of(read, scans, password=password), texts):
            # By place and reading: a correction that is put right once more writes over its line.
            stem = f"{sha256[:NAME_DIGITS]}-p{spot.page}-{spot.guard}"
            write_whole(folder / f"{stem}.txt", f"{texts[spot]}\n".encode())
            write_whole(folder / f"{stem}.png", cv2.imencode(".png", image)[1].tobytes())
            written += 1
    return written


def _texts(read: Document, held: list[Held]) -> Iterator[tuple[Spot, str]]:
    secret = secret_pages(read)
    pages = {page.number: page.text for page in read.pages}
    for each in held:
        text = printed(each.spot, each.answer, pages.get(each.spot.page, ""))
        if text and each.spot.page not in secret and masked(text) == text:
            yield each.spot, text
