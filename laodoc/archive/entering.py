"""What a batch finds: every scan of some folders, and of the ZIP files in them, entered into the ledger."""

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from laodoc.archive import zips
from laodoc.archive.ledger import Ledger
from laodoc.errors import AccessError, LaodocError

SUFFIXES = frozenset((".pdf", ".tif", ".tiff", ".png", ".jpg", ".jpeg", ".webp", ".bmp"))
"""Files that are taken for scans; what they really are is looked at when they are read."""

ReadyFile = Callable[[Path, os.stat_result], bool]
"""Whether a file is whole; one that is not is left for the next time."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Where the files to enter go, and who hears of (place, why) of what cannot be entered."""

    ledger: Ledger
    refused: zips.Refused


def enter_files(
    ledger: Ledger,
    folders: Sequence[Path],
    *,
    refused: zips.Refused = lambda place, why: None,
    ready: ReadyFile = lambda path, status: True,
) -> int:
    """Enter every scan of the folders (and single files) into the ledger; how many there are. `refused` hears of those
    that cannot be read; they are looked at again at the next run.

    Raises:
        AccessError: a folder does not exist, or the archive cannot be written.
    """
    entry, count = Entry(ledger, refused), 0
    for path in scans_in(folders, refused):
        try:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                refused(str(path), "is no file")
            elif not ready(path, status):
                continue
            elif not _is_text(str(path)):
                refused(str(path), "its name is not in UTF-8; rename it")
            elif path.suffix.lower() == zips.SUFFIX:
                count += _enter_zip(entry, path, status)
                continue
            else:
                _enter_file(entry, path, status)
        except OSError as error:
            refused(str(path), f"cannot be read ({error.strerror})")
        count += 1
    return count


def scans_in(folders: Iterable[Path], refused: zips.Refused = lambda place, why: None) -> Iterator[Path]:
    """All files with the suffix of a scan or of a ZIP, in order; links to folders are not followed. `refused` hears of
    folders that cannot be looked into.

    Raises:
        AccessError: a folder does not exist.
    """

    def closed(error: OSError) -> None:
        refused(str(error.filename), f"cannot be read ({error.strerror})")

    for folder in folders:
        if folder.is_dir():
            found = (Path(root) / name for root, _, names in os.walk(folder, onerror=closed) for name in names)
            yield from sorted(path for path in found if path.suffix.lower() in {*SUFFIXES, zips.SUFFIX})
        elif folder.exists():
            yield folder
        else:
            raise AccessError(f"{folder}: there is no such folder")


def _enter_file(entry: Entry, path: Path, status: os.stat_result) -> None:
    if entry.ledger.find(str(path), status.st_size, status.st_mtime_ns) is None:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        entry.ledger.enter(str(path), sha256, status.st_size, status.st_mtime_ns)


def _enter_zip(entry: Entry, path: Path, status: os.stat_result) -> int:
    """Enter the scans of a ZIP; how many there are, the ZIP itself where it cannot be opened."""
    count = 0
    try:
        for member in zips.members(path, lambda name, why: entry.refused(f"{path}/{name}", why)):
            if Path(member.name).suffix.lower() in SUFFIXES:
                count += 1
                _enter_member(entry, f"{path}/{member.name}", member, status.st_mtime_ns)
    except LaodocError as error:
        entry.refused(str(path), str(error))
        return count + 1
    return count


def _enter_member(entry: Entry, place: str, member: zips.Member, changed_ns: int) -> None:
    if entry.ledger.find(place, member.size, changed_ns) is not None:
        return
    sha256 = hashlib.sha256()
    try:
        for piece in member.pieces():
            sha256.update(piece)
    except LaodocError as error:
        entry.refused(place, str(error))
        return
    entry.ledger.enter(place, sha256.hexdigest(), member.size, changed_ns)


def _is_text(name: str) -> bool:
    """Whether a name can be written down: the system may know it by bytes alone."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
