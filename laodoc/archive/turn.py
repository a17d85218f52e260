"""One batch at a time on an archive: a second one would read every file again."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType

from laodoc.errors import AccessError
from laodoc.messages import Message

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows has none: there two batches do no harm but read twice
    fcntl = None


@contextmanager
def only_batch(archive: Path) -> Iterator[None]:
    """Hold a lock beside the archive. The system lets go of it however this process ends; the archive itself stays
    open to readers, and to who corrects it.

    Raises:
        AccessError: another process holds it, or the folder cannot be written.
    """
    if fcntl is None:
        yield
        return
    place = archive.with_name(f"{archive.name}-batch")
    try:
        file = place.open("a", encoding="ascii")
    except OSError as refused:
        raise AccessError(Message("archive-place", archive=archive, why=refused.strerror)) from refused
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if place.stat().st_ino != os.fstat(file.fileno()).st_ino:
                raise BlockingIOError  # its last holder has just removed it
        except OSError as held:
            raise AccessError(Message("archive-busy", archive=archive)) from held
        try:
            yield
        finally:
            with suppress(OSError):
                place.unlink()
