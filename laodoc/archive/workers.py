"""Processes that read pages: started once, kept while they serve, replaced when they die, hang or swell."""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from laodoc.errors import ChildFailure, ChildTimeout, LaodocError

PAGES_A_LIFE = 400
"""Tasks after which a process is replaced: libraries leak a little."""

MOST_MEMORY = 1 << 30
"""Bytes of memory after a task beyond which a process is replaced."""

Task = Callable[[], Any]
"""Picklable work, such as a partial of a function of a module."""


@dataclass(slots=True)
class Worker:
    """A process, its end of the wire, and what it works on."""

    process: Any
    wire: Connection
    task: Any = None
    started: float = 0.0
    served: int = 0


@dataclass(frozen=True, slots=True)
class Done:
    """A task's answer, or why there is none."""

    key: Any
    answer: Any = None
    error: LaodocError | None = None


class Workers:
    """A pool of processes that survives whatever its tasks do.

    Args:
        count: of processes.
        timeout_s: seconds that one task may take.
    """

    def __init__(self, count: int, timeout_s: float) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._timeout_s = timeout_s
        self._workers = [self._hire() for _ in range(count)]

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            _dismiss(worker)

    @property
    def idle(self) -> int:
        """How many processes have nothing to do."""
        return sum(worker.task is None for worker in self._workers)

    @property
    def busy(self) -> int:
        """How many tasks are being worked on."""
        return len(self._workers) - self.idle

    def give(self, key: Any, task: Task) -> None:
        """Hand a task, known by `key`, to an idle process (there must be one)."""
        worker = next(worker for worker in self._workers if worker.task is None)
        worker.task, worker.started = key, time.monotonic()
        try:
            worker.wire.send(task)
        except (BrokenPipeError, ConnectionResetError):
            self._replace(worker)
            self.give(key, task)

    def next(self) -> Done:
        """The next task that ends, well or badly; at least one must be given."""
        while True:
            working = [worker for worker in self._workers if worker.task is not None]
            left = min(worker.started + self._timeout_s - time.monotonic() for worker in working)
            ready = wait([worker.wire for worker in working], timeout=max(0.0, left))
            for worker in working:
                if worker.wire in ready:
                    return self._collect(worker)
            late = [worker for worker in working if time.monotonic() - worker.started >= self._timeout_s]
            if late:
                key = late[0].task
                self._replace(late[0])
                return Done(key, error=ChildTimeout(f"took longer than {self._timeout_s:g} seconds; give it more time"))

    def _collect(self, worker: Worker) -> Done:
        key = worker.task
        try:
            answer, error, memory = worker.wire.recv()
        except (EOFError, ConnectionResetError, OSError):
            self._replace(worker)
            return Done(key, error=ChildFailure("the process that read it died; try again, or with fewer jobs"))
        worker.task = None
        worker.served += 1
        if worker.served >= PAGES_A_LIFE or memory > MOST_MEMORY:
            self._replace(worker)
        return Done(key, answer, error)

    def _replace(self, worker: Worker) -> None:
        _dismiss(worker)
        self._workers[self._workers.index(worker)] = self._hire()

    def _hire(self) -> Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        return Worker(process, ours)


def _dismiss(worker: Worker) -> None:
    worker.wire.close()
    worker.process.kill()
    worker.process.join()


def _serve(wire: Connection) -> None:
    """A worker's life: take a task, do it, send what came of it; until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _one_thread()
    while True:
        try:
            task = wire.recv()
        except (EOFError, OSError):
            return
        answer, error = None, None
        try:
            answer = task()
        except LaodocError as known:
            error = known
        except MemoryError:
            error = ChildFailure("there is not enough memory for it")
        except Exception as unknown:
            error = ChildFailure(f"laodoc failed on it ({type(unknown).__name__}: {unknown}); please report it")
        wire.send((answer, error, _memory()))


def _one_thread() -> None:
    """Processes run side by side: a second thread in each would only wait."""
    os.environ["OMP_NUM_THREADS"] = "1"
    import cv2

    cv2.setNumThreads(1)


def _memory() -> int:
    """Bytes of memory that this process has now; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
