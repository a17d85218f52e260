"""What a batch finds: every scan of some folders, and of the ZIP files in them, entered into the ledger."""

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from laodoc.archive import zips
from laodoc.archive.beside import is_begun, is_beside
from laodoc.archive.ledger import Ledger
from laodoc.archive.places import NEVER_READ, Look
from laodoc.errors import AccessError, LaodocError
from laodoc.messages import Message

SUFFIXES = frozenset((".pdf", ".tif", ".tiff", ".png", ".jpg", ".jpeg", ".webp", ".bmp"))
"""Files that are taken for scans; what they really are is looked at when they are read."""

Passed = Callable[[str], None]
"""Hears of the place of what is passed over, see `laodoc.archive.beside`."""

ReadyFile = Callable[[Path, os.stat_result], bool]
"""Whether a file is whole; one that is not is left for the next time."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Where the files to enter go, who hears of what cannot be entered and of what is passed over, and what is seen on
    the way."""

    ledger: Ledger
    refused: zips.Refused
    passed: Passed
    look: Look


def enter_files(
    ledger: Ledger,
    folders: Sequence[Path],
    *,
    refused: zips.Refused = lambda place, why: None,
    passed: Passed = lambda place: None,
    ready: ReadyFile = lambda path, status: True,
    before: set[str] | None = None,
) -> int:
    """Enter every scan of the folders (and single files) into the ledger; how many there are. `refused` hears of those
    that cannot be read, which are looked at again at the next run; and of letters that are gone without having been
    read. `passed` hears of what is no scan, or none yet. Files that have gone from the folders are noted as gone; what
    was read of them stays. `before` are the places that the last look has seen, and then those of this one: where they
    are the same, nothing is gone.

    Raises:
        AccessError: a folder does not exist, or the archive cannot be written.
    """
    check_folders(folders)
    entry, count = Entry(ledger, refused, passed, Look(folders)), 0
    missed = ledger.never_read()
    for path in scans_in(folders, refused, passed):
        count += _enter(entry, path, ready)
    if before != entry.look.places:
        ledger.looked(entry.look)
    if before is not None:
        before.clear()
        before |= entry.look.places
    for lost in sorted(ledger.never_read() - missed, key=attrgetter("place")):
        refused(lost.place, NEVER_READ)
    return count


def check_folders(folders: Iterable[Path]) -> None:
    """Raises:
    AccessError: a folder (or single file) does not exist, or may not be looked at.
    """
    for folder in folders:
        try:
            folder.stat()
        except (FileNotFoundError, NotADirectoryError) as absent:
            raise AccessError(Message("no-such-folder", folder=folder)) from absent
        except (OSError, ValueError) as refused:
            why = getattr(refused, "strerror", None) or refused
            raise AccessError(Message("folder-unreadable", folder=folder, why=why)) from refused


def _enter(entry: Entry, path: Path, ready: ReadyFile) -> int:
    """Enter a file; how many scans it has, or 1 where it was refused."""
    if not _is_text(str(path)):
        entry.refused(str(path), Message("name-not-utf8"))
        return 1
    entry.look.places.add(str(path))
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            entry.refused(str(path), Message("no-file"))
        elif is_begun(status):
            entry.passed(str(path))
            return 0
        elif not ready(path, status):
            return 0
        elif path.suffix.lower() == zips.SUFFIX:
            return _enter_zip(entry, path, status)
        else:
            _enter_file(entry, path, status)
    except OSError as error:
        entry.refused(str(path), Message("not-read", why=error.strerror))
    return 1


def scans_in(
    folders: Iterable[Path],
    refused: zips.Refused = lambda place, why: None,
    passed: Passed = lambda place: None,
) -> Iterator[Path]:
    """All files with the suffix of a scan or of a ZIP, in order; links to folders are not followed. `refused` hears of
    folders that cannot be looked into, `passed` of what systems and programs leave beside scans.

    Raises:
        AccessError: a folder does not exist.
    """

    def closed(error: OSError) -> None:
        refused(str(error.filename), Message("not-read", why=error.strerror))

    for folder in folders:
        check_folders([folder])
        found = [folder]
        if folder.is_dir():
            found = sorted(Path(root) / name for root, _, names in os.walk(folder, onerror=closed) for name in names)
        for path in found:
            if is_beside(path):
                passed(str(path))
            elif path == folder or path.suffix.lower() in {*SUFFIXES, zips.SUFFIX}:
                yield path


def _enter_file(entry: Entry, path: Path, status: os.stat_result) -> None:
    looks = (status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    if _is_known(entry, str(path), looks):
        return
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    entry.ledger.enter(str(path), sha256, *looks)


def _enter_zip(entry: Entry, path: Path, status: os.stat_result) -> int:
    """Enter the scans of a ZIP; how many there are, the ZIP itself where it cannot be opened."""
    seen = set[str]()
    try:
        for member in zips.members(path, lambda name, why: entry.refused(f"{path}/{name}", why)):
            place = f"{path}/{member.name}"
            if is_beside(Path(member.name)):
                entry.passed(place)
            elif Path(member.name).suffix.lower() in SUFFIXES:
                seen.add(place)
                _enter_member(entry, place, member, status)
    except LaodocError as error:
        entry.refused(str(path), error.message)
        return len(seen) + 1
    entry.look.members[str(path)] = seen
    return len(seen)


def _enter_member(entry: Entry, place: str, member: zips.Member, status: os.stat_result) -> None:
    looks = (member.size, status.st_mtime_ns, status.st_ctime_ns)
    if _is_known(entry, place, looks):
        return
    sha256 = hashlib.sha256()
    try:
        for piece in member.pieces():
            sha256.update(piece)
    except LaodocError as error:
        entry.refused(place, error.message)
        return
    entry.ledger.enter(place, sha256.hexdigest(), *looks)


def _is_known(entry: Entry, place: str, looks: tuple[int, int, int]) -> bool:
    """Whether the file has not changed since it was entered; then it is tried again if it could not be had."""
    sha256 = entry.ledger.find(place, *looks)
    if sha256 is not None:
        entry.ledger.try_again(sha256)
    return sha256 is not None


def _is_text(name: str) -> bool:
    """Whether a name can be written down: the system may know it by bytes alone."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
