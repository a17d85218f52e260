"""Files that are handed in: each is put into an inbox whole, or refused with a word why."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

from laodoc.archive.entering import SUFFIXES
from laodoc.archive.ledger import Ledger
from laodoc.archive.tables import State
from laodoc.archive.zips import SUFFIX as ZIP
from laodoc.errors import AccessError
from laodoc.export.names import safe_name
from laodoc.messages import Message

PIECE = 1 << 20
HEAD = 1024
"""Bytes at the start of a file, in which a PDF says that it is one."""

MOST_OF_A_NAME = 10_000
"""Files of one name in an inbox."""

Fate = Literal["accepted", "known", "known waiting", "refused kind", "refused size", "refused empty"]


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a file: the name by which it came, and where it lies now; or the number of the document that the
    archive has of it already."""

    name: str
    fate: Fate
    sha256: str = ""
    place: Path | None = None
    number: int | None = None


def receive(ledger: Ledger, inbox: Path, name: str, content: IO[bytes], *, most: int) -> Received:
    """Put a file into the inbox under a safe name that nothing has there, unless it is known. A content that could not
    be read before is tried again.

    Args:
        most: bytes that it may have.

    Raises:
        AccessError: the inbox cannot be written.
    """
    try:
        inbox.mkdir(parents=True, exist_ok=True)
        handle, written = tempfile.mkstemp(prefix=".laodoc-", suffix=".part", dir=inbox)
    except OSError as refused:
        raise AccessError(Message("not-written", path=inbox, why=refused.strerror)) from refused
    temporary = Path(written)
    try:
        with os.fdopen(handle, "wb") as file:
            head, sha256, size = _copied(content, file, most)
        suffix = suffix_of(head)
        if size > most:
            return Received(name, "refused size")
        if size == 0:
            return Received(name, "refused empty")
        if suffix is None:
            return Received(name, "refused kind")
        known = _known(ledger, name, sha256)
        if known:
            return known
        return Received(name, "accepted", sha256, _placed(temporary, inbox, name, suffix))
    except OSError as refused:
        raise AccessError(Message("not-written", path=inbox, why=refused.strerror)) from refused
    finally:
        temporary.unlink(missing_ok=True)


def suffix_of(head: bytes) -> str | None:
    """The suffix of the kind of file that begins so; None where it is nothing that is read."""
    if b"%PDF-" in head:
        return ".pdf"
    begins: dict[bytes, str] = {
        b"\xff\xd8\xff": ".jpg", b"\x89PNG\r\n\x1a\n": ".png", b"II*\0": ".tif", b"MM\0*": ".tif",
        b"II+\0": ".tif", b"MM\0+": ".tif", b"BM": ".bmp", b"PK\x03\x04": ZIP,
    }  # fmt: skip
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return ".webp"
    return next((suffix for begin, suffix in begins.items() if head.startswith(begin)), None)


def _copied(content: IO[bytes], file: IO[bytes], most: int) -> tuple[bytes, str, int]:
    """(its first bytes, SHA-256, bytes) of a content that is written to a file, as far as it is not too long."""
    digest, size, head = hashlib.sha256(), 0, b""
    while size <= most and (piece := content.read(PIECE)):
        head = head or piece[:HEAD]
        digest.update(piece)
        size += len(piece)
        file.write(piece)
    file.flush()
    os.fsync(file.fileno())
    return head, digest.hexdigest(), size


def _known(ledger: Ledger, name: str, sha256: str) -> Received | None:
    """What the archive has of a content, where its file is there too."""
    standing = ledger.state_of(sha256)
    if standing is None or not any(Path(place).is_file() for place in ledger.places(sha256)):
        return None
    if standing.state == State.DONE:
        return Received(name, "known", sha256, number=standing.number)
    ledger.retry(sha256)
    return Received(name, "known waiting", sha256, number=standing.number)


def _placed(temporary: Path, inbox: Path, name: str, suffix: str) -> Path:
    """Where the file lies under a name of its own; it appears there whole."""
    given = Path(name.replace("\\", "/")).name
    own = Path(given).suffix.lower()
    fitting = own if own in {*SUFFIXES, ZIP} and _kind(own) == _kind(suffix) else suffix
    stem = given[: -len(own)] if own and fitting == own else given
    for count in range(1, MOST_OF_A_NAME):
        place = inbox / safe_name(stem.lstrip("~$._"), fitting if count == 1 else f"-{count}{fitting}")
        try:
            place.touch(mode=0o644, exist_ok=False)
        except FileExistsError:
            continue
        temporary.chmod(0o644)
        return temporary.replace(place)
    raise AccessError(Message("inbox-name-taken", inbox=inbox, name=name))


def _kind(suffix: str) -> str:
    return {".tiff": ".tif", ".jpeg": ".jpg"}.get(suffix, suffix)
