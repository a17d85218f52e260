"""A worker's side of the wire: take a task, do it, send what came of it; nothing of it outlives the batch."""

import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from laodoc.errors import ChildFailure, LaodocError
from laodoc.messages import Message

Task = Callable[[], Any]
"""Picklable work, such as a partial of a function of a module."""

READY = "ready"
"""What a worker says once, before its first task: the clock of a task does not run while a process starts."""


def serve(wire: Connection, scratch: Path, temporary: Path, environment: dict[str, str]) -> None:
    """A worker's life, until the other end of the wire is gone. Answers are (answer, error, bytes of memory now).

    Args:
        scratch: the folder of the process that hired it, removed by whoever is last to live.
        temporary: this worker's own folder in it, for all temporary files.
        environment: of the process that hired it; a server of processes may have started under another one.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(os, "setsid"):
        os.setsid()  # its children are its process group: all of it can be stopped at once
    os.environ.clear()
    os.environ.update(environment)
    os.environ["TMPDIR"] = tempfile.tempdir = str(temporary)
    threading.Thread(target=_leave_with_parent, args=(scratch,), daemon=True).start()
    _one_thread()
    wire.send(READY)
    while True:
        try:
            task = wire.recv()
        except (EOFError, OSError):
            return
        wire.send((*_outcome(task), memory_of(os.getpid())))


def _outcome(task: Task) -> tuple[Any, LaodocError | None]:
    try:
        return task(), None
    except LaodocError as known:
        return None, known
    except MemoryError:
        return None, ChildFailure(Message("out-of-memory"))
    except Exception as unknown:
        why = " ".join(f"{type(unknown).__name__}: {unknown}".split())
        return None, ChildFailure(Message("fault-on-file", why=why))


def _leave_with_parent(scratch: Path) -> None:
    """Where the batch was killed, end at once with all children, and leave no temporary file behind."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    wait([parent.sentinel])
    shutil.rmtree(scratch, ignore_errors=True)
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _one_thread() -> None:
    """Processes run side by side: a second thread in each would only wait."""
    os.environ["OMP_NUM_THREADS"] = "1"
    import cv2

    from laodoc.imaging.memory import keep_freed_memory

    cv2.setNumThreads(1)
    keep_freed_memory()


def memory_of(process: int) -> int:
    """Bytes of memory that a process has now; 0 where the system does not tell, or it is gone."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0
