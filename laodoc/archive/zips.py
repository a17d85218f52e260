"""ZIP files taken as folders: their scans by name, one at a time on disk, with bounds on what a hostile one costs.

Nothing is ever written under a name that a ZIP gives: a member is unpacked as `scan` into a folder of its own.
"""

import re
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from laodoc.errors import AccessError, DamagedInput, InputError
from laodoc.messages import Message

SUFFIX = ".zip"

DEPTH = 3
"""ZIPs within each other: a folder's, a department's, and one mail's."""

MOST_MEMBERS = 100_000
MOST_UNFOLDED = 1 << 30
"""Bytes of one member: what laodoc's children may print as well; no scan is that large."""

USUAL_BULK = 256 << 20
MOST_RATIO = 100
"""Whatever is unfolded from one ZIP may be this much larger than it, or `USUAL_BULK` in all: scans are compressed
already, and even bare pixels of text shrink to a fiftieth at most."""

PIECE = 1 << 20
UTF8 = 0x800
"""The flag of names in UTF-8; without it the standard says code page 437, and Thai Windows writes 874."""

ENCRYPTED = 0x1
BROKEN_ZIP = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ArithmeticError, LookupError,
    ValueError,
)  # fmt: skip
"""What zipfile raises where a ZIP is not what it says."""

Refused = Callable[[str, str], None]
"""Hears of (name, why) of what is not taken."""


@dataclass(slots=True)
class Bulk:
    """How many bytes may still be unfolded from a ZIP and from those within it."""

    left: int

    def take(self, count: int) -> None:
        """Raises: DamagedInput: it is too much."""
        self.left -= count
        if self.left < 0:
            raise DamagedInput(Message("zip-bomb"))


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a ZIP; `name` has the names of the ZIPs within the ZIP in front, `size` is unfolded."""

    name: str
    size: int
    _zip: zipfile.ZipFile
    _info: zipfile.ZipInfo

    def pieces(self) -> Iterator[bytes]:
        """Its bytes.

        Raises:
            InputError: it is damaged, encrypted or too large. AccessError: the ZIP cannot be read any more.
        """
        if self._info.flag_bits & ENCRYPTED:
            raise InputError(Message("zip-encrypted"))
        if self.size > MOST_UNFOLDED:
            raise DamagedInput(Message("zip-member-large", megabytes=MOST_UNFOLDED >> 20))
        with _translated(), self._zip.open(self._info) as file:
            while piece := file.read(PIECE):
                yield piece


def members(path: Path, refused: Refused) -> Iterator[Member]:
    """All files in a ZIP and in the ZIPs within it, in order of their names; a member is read before the next is asked
    for. `refused` hears of names and ZIPs that are not taken.

    Raises:
        DamagedInput: it is no ZIP, or a bomb. AccessError: it cannot be read.
    """
    bulk = Bulk(max(USUAL_BULK, MOST_RATIO * _size(path)))
    with _translated(), zipfile.ZipFile(path) as opened:
        yield from _inside(opened, "", 1, bulk, refused)


def unpack(path: Path, name: str, folder: Path) -> Path:
    """The member of this name, written into a folder that is there.

    Raises:
        AccessError: it is not in the ZIP any more, or there is no room. DamagedInput: it is damaged.
    """
    for member in members(path, lambda *_: None):
        if member.name == name:
            target = folder / "scan"
            pieces = member.pieces()
            try:
                with target.open("xb") as file:
                    file.writelines(pieces)
            except OSError as full:
                raise AccessError(Message("zip-no-room", name=name, why=full.strerror)) from full
            return target
    raise AccessError(Message("zip-member-gone", name=name, archive=path.name))


def split(place: str) -> tuple[Path, str] | None:
    """The ZIP and the member of a place such as scans/old.zip/1.pdf; None where it is a file's own."""
    path = Path(place)
    for parent in path.parents:
        if parent.suffix.lower() == SUFFIX and parent.is_file():
            return parent, path.relative_to(parent).as_posix()
    return None


def _inside(opened: zipfile.ZipFile, where: str, depth: int, bulk: Bulk, refused: Refused) -> Iterator[Member]:
    infos = [info for info in opened.infolist() if not info.is_dir()]
    if len(infos) > MOST_MEMBERS:
        raise DamagedInput(Message("zip-many-members", count=len(infos), most=MOST_MEMBERS))
    bulk.take(sum(info.file_size for info in infos))
    named = dict[str, zipfile.ZipInfo]()
    for info in infos:
        name = true_name(info)
        why = _not_to_take(name) or (Message("zip-twice") if name in named else None)
        if why:
            refused(where + name, why)
        elif not name.startswith("__MACOSX/"):
            named[name] = info
    for name, info in sorted(named.items()):
        member = Member(where + name, info.file_size, opened, info)
        if not name.lower().endswith(SUFFIX):
            yield member
        elif depth == DEPTH:
            refused(member.name, Message("zip-depth", depth=DEPTH))
        else:
            yield from _nested(member, depth, bulk, refused)


def _nested(member: Member, depth: int, bulk: Bulk, refused: Refused) -> Iterator[Member]:
    """The members of a ZIP in a ZIP, which is unpacked while they are read."""
    with tempfile.TemporaryFile(prefix="laodoc-") as file:
        try:
            file.writelines(member.pieces())
            with _translated():
                inner = zipfile.ZipFile(file)
            with inner:
                yield from _inside(inner, f"{member.name}/", depth + 1, bulk, refused)
        except InputError as broken:
            refused(member.name, broken.message)


def true_name(info: zipfile.ZipInfo) -> str:
    """The name that was meant: UTF-8, with its flag or without, or cp874; with / between folders."""
    name = info.orig_filename
    if not info.flag_bits & UTF8:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "cp874", "cp437"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return re.sub(r"/(\./)*/*", "/", name.replace("\\", "/").removeprefix("./"))


def _not_to_take(name: str) -> Message | None:
    """Why a name is refused: it leads out of its ZIP, or is none."""
    if name.startswith("/") or ".." in name.split("/") or re.match(r"[A-Za-z]:", name):
        return Message("zip-name-out")
    if not name or not name.isprintable():
        return Message("zip-name-odd")
    return None


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as refused:
        raise AccessError(Message("not-read", why=refused.strerror)) from refused


@contextmanager
def _translated() -> Iterator[None]:
    """Whatever zipfile raises becomes an error of ours."""
    try:
        yield
    except BROKEN_ZIP as broken:
        if isinstance(broken, OSError) and broken.errno is not None:
            raise AccessError(Message("not-read", why=broken.strerror)) from broken
        raise DamagedInput(Message("zip-damaged", why=" ".join(str(broken).split()))) from broken
