"""Where contents lie and lay: what a look at some folders says of the places that an archive knows.

A place is never more than a hint where a content was seen last. What becomes of it is noted, and takes nothing away.
"""

import os
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath, PureWindowsPath

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from laodoc.archive import zips
from laodoc.archive.tables import Content, File, State, now
from laodoc.messages import Message

NEVER_READ = Message("never-read")

AT_ONCE = 10_000
"""Places that are noted in one statement."""


@dataclass(frozen=True, slots=True)
class Looks:
    """By what a file is known again without reading it: bytes, when its content was changed, and when anything of it
    was (None: not known). A copy may bring the first two along with it, as a scanner's share does; the third it cannot.
    """

    size: int
    changed_ns: int
    touched_ns: int | None = None

    def like(self, file: File) -> bool:
        """Whether the file looks as it did."""
        same = (self.size, self.changed_ns) == (file.size, file.changed_ns)
        return same and (self.touched_ns is None or self.touched_ns == file.touched_ns)


@dataclass(slots=True)
class Look:
    """What a look at some folders has found: the places of files and ZIPs, and of the ZIPs that were opened, those of
    their members."""

    folders: Sequence[Path]
    places: set[str] = field(default_factory=set)
    members: dict[str, set[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Missed:
    """A content that was never read and of which no file is left, where it lay last."""

    sha256: str
    place: str


def there(session: Session, place: str) -> File | None:
    """What lies at a place, as far as is known."""
    return session.scalars(select(File).where(File.place == place, File.gone.is_(None))).one_or_none()


def enter(session: Session, place: str, sha256: str, looks: Looks) -> None:
    """A content lies at a place; what lay there before, does so no more."""
    if session.get(Content, sha256) is None:
        number = select(func.coalesce(func.max(Content.number), 0) + 1)
        session.add(Content(sha256=sha256, size=looks.size, number=session.scalar(number)))
        session.flush()
    before, time = there(session, place), now()
    if before is not None and before.sha256 != sha256:
        before.gone = time
        session.flush()
    file = session.get(File, (place, sha256))
    if file is None:
        file = File(place=place, sha256=sha256, first_seen=time)
        session.add(file)
    file.size, file.changed_ns, file.touched_ns = looks.size, looks.changed_ns, looks.touched_ns
    file.last_seen, file.gone = time, None


def note(session: Session, look: Look) -> None:
    """Note of the places that are known which were seen in a look, and which of those that it went through are gone."""
    seen, time = look.places.union(*look.members.values()), now()
    roots = [_compared(folder) for folder in look.folders]
    zips_seen = {_compared(path): set(map(_compared, inside)) for path, inside in look.members.items()}
    known = session.scalars(select(File).where(File.gone.is_(None)))
    gone = [file.place for file in known if file.place not in seen and _is_gone(file, roots, zips_seen)]
    for places, values in ((seen, {"last_seen": time}), (gone, {"gone": time})):
        for some in _in_parts(sorted(places)):
            session.execute(update(File).where(File.place.in_(some), File.gone.is_(None)).values(**values))


def never_read(session: Session) -> set[Missed]:
    """The contents that wait and of which no file is left."""
    lying = select(File.sha256).where(File.gone.is_(None))
    unread = select(Content.sha256).where(Content.state == State.WAITING, Content.record.is_(None))
    waiting = unread.where(Content.sha256.not_in(lying))
    return {Missed(file.sha256, file.place) for file in session.scalars(select(File).where(File.sha256.in_(waiting)))}


def is_at_hand(place: str) -> bool:
    """Whether there is a file at this place now, or a ZIP that may have it."""
    try:
        return Path(place).is_file() or zips.split(place) is not None
    except OSError:
        return False


def several(places: Collection[str]) -> tuple[str, ...]:
    """Those of the places that are files of their own: none that is not there, and of one file that has several
    spellings (relative and absolute, in capitals, of composed letters, through a link) the first."""
    files: dict[tuple[object, ...], str] = {}
    for place in places:
        inside = zips.split(place)
        try:
            status = (inside[0] if inside else Path(place)).stat()
        except OSError:
            continue
        files.setdefault((status.st_dev, status.st_ino, inside[1] if inside else None), place)
    return tuple(files.values())


def _is_gone(file: File, roots: Collection[str], zips_seen: Mapping[str, Collection[str]]) -> bool:
    """Whether a file that was not seen is gone: it lay in what was looked through, and nothing like it lies there now,
    not under another spelling either. What cannot be looked at is not gone."""
    if _of_another_system(file.place) or not _within(_compared(file.place), roots):
        return False
    inside = zips.split(file.place)
    if inside:
        members = zips_seen.get(_compared(inside[0]))
        return members is not None and _compared(file.place) not in members
    try:
        status = Path(file.place).stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return not Looks(status.st_size, status.st_mtime_ns).like(file)


def _of_another_system(place: str) -> bool:
    """Whether a path is absolute for other systems only: their files cannot be missed here."""
    foreign = PurePosixPath if os.name == "nt" else PureWindowsPath
    return bool(foreign(place).is_absolute() or foreign(place).drive) and not Path(place).is_absolute()


def _within(path: str, roots: Collection[str]) -> bool:
    return any(path == root or path.startswith(root.rstrip(os.sep) + os.sep) for root in roots)


def _compared(path: str | Path) -> str:
    """A whole path as some systems compare it. Two files may be alike in that, so it only says where to look."""
    return unicodedata.normalize("NFC", os.path.normpath(Path(path).absolute())).casefold()


def _in_parts(places: Sequence[str]) -> Iterator[Sequence[str]]:
    return (places[start : start + AT_ONCE] for start in range(0, len(places), AT_ONCE))
