"""Files that appear whole or not at all, and what is no file and is written into: pipes, devices, descriptors."""

import os
import stat
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from laodoc.errors import AccessError, ReaderGone
from laodoc.messages import Message

DESCRIPTORS = "/dev/fd"
"""Folder in which a name is the number of a file that this process was given open; /dev/stdout leads there."""

MOST_LINKS = 40
"""Links that lead to links: so many does Linux follow."""


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` to `path`: under another name beside it first, then renamed in one step.

    A link stays, and what it leads to is written. An older file hands its permissions on. What is no file - a pipe, a
    terminal, /dev/null, /dev/stdout - is written into as it is.

    Raises:
        AccessError: the folder does not exist, or may not be written to, or the disk is full; a folder, a disk or a
            socket bears the name.
        ReaderGone: nobody reads the pipe any more.
    """
    try:
        target = _followed(path)
        there = _state(target)
        if isinstance(target, int) or (there and not stat.S_ISREG(there.st_mode)):
            _write_into(target, there, content)
        else:
            _replace(target, there, content)
    except BrokenPipeError as gone:
        raise ReaderGone(Message("reader-gone", path=path)) from gone
    except OSError as refused:
        raise AccessError(Message("not-written", path=path, why=refused.strerror)) from refused


def put(content: bytes, place: Path | None) -> None:
    """Write the whole of an output: to a file, or to standard output where the place is None; see `write_whole`."""
    if place:
        write_whole(place, content)
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def _followed(path: Path) -> Path | int:
    """Where the links lead in the end: a path, or the number of a file that is open."""
    for _ in range(MOST_LINKS):
        folder = os.path.realpath(path.parent)
        if path.name.isdecimal() and folder == os.path.realpath(DESCRIPTORS):
            return int(path.name)
        if not path.is_symlink():
            return path
        path = Path(folder) / path.readlink()
    return path  # a ring of links, as the system will say


def _state(target: Path | int) -> os.stat_result | None:
    try:
        return os.fstat(target) if isinstance(target, int) else target.stat()
    except FileNotFoundError:
        return None


def _write_into(target: Path | int, there: os.stat_result | None, content: bytes) -> None:
    if there and (stat.S_ISBLK(there.st_mode) or stat.S_ISSOCK(there.st_mode) or stat.S_ISDIR(there.st_mode)):
        kind = "disk" if stat.S_ISBLK(there.st_mode) else "folder" if stat.S_ISDIR(there.st_mode) else "socket"
        raise AccessError(Message("not-a-file", path=target, kind=kind))
    handle = os.dup(target) if isinstance(target, int) else os.open(target, os.O_WRONLY | os.O_NOCTTY)
    with os.fdopen(handle, "wb") as file:
        file.write(content)


def _replace(path: Path, there: os.stat_result | None, content: bytes) -> None:
    handle, temporary = tempfile.mkstemp(prefix=".laodoc-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if there and hasattr(os, "chown"):
            with suppress(PermissionError):
                os.chown(temporary, there.st_uid, there.st_gid)
        Path(temporary).chmod(there.st_mode & 0o777 if there else 0o666 & ~_umask())
        Path(temporary).replace(path)
    finally:
        with suppress(FileNotFoundError):
            Path(temporary).unlink()


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
