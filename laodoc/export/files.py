"""Files that appear whole or not at all."""

import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from laodoc.errors import AccessError


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` to `path`: under another name beside it first, then renamed in one step.

    Raises:
        AccessError: the folder does not exist, or may not be written to, or the disk is full.
    """
    try:
        handle, temporary = tempfile.mkstemp(prefix=".laodoc-", dir=path.parent)
    except OSError as refused:
        raise AccessError(f"cannot write {path}: {refused.strerror}; choose another place with -o") from refused
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except OSError as refused:
        raise AccessError(f"cannot write {path}: {refused.strerror}; choose another place with -o") from refused
    finally:
        with suppress(FileNotFoundError):
            Path(temporary).unlink()


def put(content: bytes, place: Path | None) -> None:
    """Write the whole of an output: to a file, or to standard output where the place is None; see `write_whole`."""
    if place:
        write_whole(place, content)
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
