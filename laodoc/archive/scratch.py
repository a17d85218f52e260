"""The private temporary folder of this process and its workers; what a killed one left is removed by the next."""

import os
import shutil
import tempfile
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path
from types import ModuleType
from typing import IO

from laodoc.imaging.opening import private_folder

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows has none: there nothing is swept
    fcntl = None

PREFIX = "laodoc-batch-"
AFTER_ALL = -200
"""multiprocessing removes its own folder in ours at -100."""

LOCK = "lock"
"""The file in the folder that is locked as long as its process lives, however it ends."""


@cache
def scratch_folder() -> Path:
    """The folder of this process, made at the first call and removed when the process ends.

    Raises:
        AccessError: it cannot be made.
    """
    sweep(Path(tempfile.gettempdir()))
    folder = private_folder(PREFIX)
    Finalize(None, _leave, args=(folder, _locked(folder)), exitpriority=AFTER_ALL)
    return folder


def _leave(folder: Path, lock: IO[bytes] | None) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    if lock:
        lock.close()


def sweep(place: Path) -> None:
    """Remove the folders that killed batches of this user left in a temporary folder."""
    if fcntl is None:
        return
    for folder in place.glob(f"{PREFIX}*"):
        try:
            ours = folder.stat(follow_symlinks=False).st_uid == os.getuid()
            lock = _locked(folder) if ours and folder.is_dir() else None
        except OSError:  # gone meanwhile, or another user's
            continue
        if lock is not None:
            with lock:
                shutil.rmtree(folder, ignore_errors=True)


def _locked(folder: Path) -> IO[bytes] | None:
    """The folder's lock, held; None where another process holds it, or the system has none."""
    if fcntl is None:
        return None
    file = (folder / LOCK).open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    return file
