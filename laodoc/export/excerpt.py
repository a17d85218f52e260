"""Pages of a scan, as they lie in it, for those who send a letter on."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf
from PIL import Image as Pictures

from laodoc.imaging.frames import page_frames
from laodoc.imaging.opening import BROKEN, open_pdf
from laodoc.imaging.source import HEADER_REACH, PDF_HEADER

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A file's bytes and what they are (a MIME type)."""

    content: bytes
    mime: str


def scan_at_hand(places: Iterable[Path], sha256: str) -> Path | None:
    """The first of these places where the very file lies that was scanned."""
    for place in places:
        try:
            with place.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() == sha256:
                    return place
        except OSError:
            continue
    return None


def excerpt(scan: Path, sheets: Sequence[int], total: int) -> Excerpt | None:
    """The sheets (from 1) of a scan that has `total` of them: the file itself where it has no others, else a PDF of the
    untouched pages, or of the pictures of a TIFF. None where the scan is locked or cannot be taken apart.

    The same sheets give the same bytes.
    """
    content = scan.read_bytes()
    is_pdf = PDF_HEADER in content[:HEADER_REACH]
    if set(sheets) >= set(range(1, total + 1)):
        return Excerpt(content, PDF if is_pdf else _mime(content))
    try:
        return Excerpt(_of_pdf(scan, sheets) if is_pdf else _of_picture(content, sheets), PDF)
    except (*BROKEN, OSError):
        return None


def _of_pdf(scan: Path, sheets: Sequence[int]) -> bytes:
    with open_pdf(scan, None) as whole, pikepdf.new() as part:
        for sheet in sheets:
            part.pages.append(whole.pages[sheet - 1])
        written = BytesIO()
        part.save(written, deterministic_id=True)
        return written.getvalue()


def _of_picture(content: bytes, sheets: Sequence[int]) -> bytes:
    with Pictures.open(BytesIO(content)) as picture:
        frames, pages = [], page_frames(picture)
        for sheet in sheets:
            picture.seek(pages[sheet - 1])
            frames.append(picture.convert("1" if picture.mode == "1" else "L" if picture.mode == "L" else "RGB"))
        resolution = float(picture.info.get("dpi", (72.0,))[0] or 72.0)
    written = BytesIO()
    epoch: dict[str, object] = dict.fromkeys(("creationDate", "modDate"))
    frames[0].save(written, "PDF", save_all=True, append_images=frames[1:], resolution=resolution, **epoch)
    return written.getvalue()


def _mime(content: bytes) -> str:
    with Pictures.open(BytesIO(content)) as picture:
        return Pictures.MIME.get(picture.format or "", "application/octet-stream")
