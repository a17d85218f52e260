"""Processes that read pages: started once, kept while they serve, replaced when they die, hang or swell."""

import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from laodoc.archive.scratch import scratch_folder
from laodoc.archive.serving import READY, Task, memory_of, serve
from laodoc.errors import ChildFailure, ChildTimeout, LaodocError
from laodoc.messages import Message

PAGES_A_LIFE = 400
"""Tasks after which a process is replaced: libraries leak a little."""

KEPT_MEMORY = 1 << 30
"""Bytes of memory after a task beyond which a process is replaced."""

MOST_MEMORY = 2 << 30
"""Bytes of memory during a task beyond which a process is stopped. A page in colour takes some 18 bytes a pixel: A3 at
600 dpi, which has 70 megapixels, 1.3 GB."""

START_S = 120.0
"""Seconds that a process may take to start, on a machine that is busy."""

LONGEST_FOLDER = 70
"""Bytes of a temporary folder's name in which the server's socket can lie: systems allow sockets 104 to 108 in all."""

LOOK_S = 0.1
"""Seconds between two looks at the memory of the processes: a page cannot take a gigabyte more in less."""


@dataclass(slots=True)
class Worker:
    """A process, its end of the wire, its temporary folder, and what it works on since `started` (None: it starts)."""

    process: Any
    wire: Connection
    temporary: Path
    hired: float
    task: Any = None
    limit_s: float = 0.0
    started: float | None = None
    served: int = 0
    ready: bool = False


class Stopped(Exception):
    """Somebody has stopped the workers while they were waited for."""


@dataclass(frozen=True, slots=True)
class Done:
    """A task's answer, or why there is none."""

    key: Any
    answer: Any = None
    error: LaodocError | None = None


class Workers:
    """A pool of processes that survives whatever its tasks do, and leaves no process and no temporary file behind.

    `scratch` is its private folder, in which each process has its temporary files; it goes with the pool.

    Args:
        count: of processes.
        timeout_s: seconds that one task may take.
        memory: bytes that a process may have during a task (where the system tells).
    """

    def __init__(self, count: int, timeout_s: float, memory: int = MOST_MEMORY) -> None:
        self._context = _context()
        self._timeout_s, self._memory = timeout_s, memory
        self._hired, self._stopped = 0, False
        self.scratch = Path(tempfile.mkdtemp(prefix="pool-", dir=scratch_folder()))
        self._workers = [self._hire() for _ in range(count)]

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            _dismiss(worker)
        shutil.rmtree(self.scratch, ignore_errors=True)

    @property
    def idle(self) -> int:
        """How many processes have nothing to do."""
        return sum(worker.task is None for worker in self._workers)

    @property
    def busy(self) -> int:
        """How many tasks are being worked on."""
        return len(self._workers) - self.idle

    @property
    def processes(self) -> tuple[int, ...]:
        """The numbers of the processes."""
        return tuple(worker.process.pid for worker in self._workers)

    def give(self, key: Any, task: Task, times: float = 1.0) -> None:
        """Hand a task, known by `key`, to an idle process (there must be one). It may take `times` the usual time."""
        worker = next(worker for worker in self._workers if worker.task is None)
        worker.limit_s = times * self._timeout_s
        worker.task, worker.started = key, time.monotonic() if worker.ready else None
        try:
            worker.wire.send(task)
        except (BrokenPipeError, ConnectionResetError):
            self._replace(worker)
            self.give(key, task, times)

    def next(self) -> Done:
        """The next task that ends, well or badly; at least one must be given.

        Raises:
            Stopped: `stop` was called.
        """
        while not self._stopped:
            working = [worker for worker in self._workers if worker.task is not None]
            ready = wait([worker.wire for worker in working], timeout=LOOK_S)
            for worker in working:
                if worker.wire in ready and (done := self._collect(worker)):
                    return done
            for worker in working:
                if error := self._overdone(worker):
                    key = worker.task
                    self._replace(worker)
                    return Done(key, error=error)
        raise Stopped

    def stop(self) -> None:
        """Let whoever waits for a task wait no longer; may be called from another thread."""
        self._stopped = True

    def _overdone(self, worker: Worker) -> LaodocError | None:
        """What a process does too long or takes too much of."""
        now = time.monotonic()
        if worker.started is None:
            late = now - worker.hired >= START_S
            return ChildTimeout(Message("process-not-started")) if late else None
        if now - worker.started >= worker.limit_s:
            return ChildTimeout(Message("too-slow", seconds=worker.limit_s))
        if memory_of(worker.process.pid) > self._memory:
            return ChildFailure(Message("too-much-memory", megabytes=self._memory >> 20))
        return None

    def _collect(self, worker: Worker) -> Done | None:
        """What a process has sent; None where it only says that it is ready."""
        key = worker.task
        try:
            sent = worker.wire.recv()
        except (EOFError, OSError):
            self._replace(worker)
            return Done(key, error=ChildFailure(Message("process-died")))
        if sent == READY:
            worker.ready, worker.started = True, time.monotonic()
            return None
        answer, error, memory = sent
        worker.task = None
        worker.served += 1
        if worker.served >= PAGES_A_LIFE or memory > KEPT_MEMORY:
            self._replace(worker)
        return Done(key, answer, error)

    def _replace(self, worker: Worker) -> None:
        _dismiss(worker)
        self._workers[self._workers.index(worker)] = self._hire()

    def _hire(self) -> Worker:
        self._hired += 1
        temporary = self.scratch / f"worker-{self._hired}"
        temporary.mkdir(mode=0o700)
        ours, theirs = self._context.Pipe()
        given = (theirs, scratch_folder(), temporary, dict(os.environ))
        process = self._context.Process(target=serve, args=given, daemon=True)
        process.start()
        theirs.close()
        return Worker(process, ours, temporary, time.monotonic())


def _context() -> Any:
    """How processes start: from a server that has imported everything once, where the system has that. Forked from
    this process they would inherit the threads of OpenCV and of the progress bar in an unknown state."""
    folder = str(scratch_folder())
    if "forkserver" not in multiprocessing.get_all_start_methods() or len(os.fsencode(folder)) > LONGEST_FOLDER:
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["laodoc.archive.batch"])
    from multiprocessing import forkserver  # Windows cannot import it

    usual, tempfile.tempdir = tempfile.tempdir, folder  # where the server's socket will lie
    try:
        with _deaf_to_ctrl_c():
            forkserver.ensure_running()
    finally:
        tempfile.tempdir = usual
    return context


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """What is started here ignores Ctrl-C from its first moment, also while it imports: that is for this process."""
    if threading.current_thread() is not threading.main_thread():  # only that one may say so
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _dismiss(worker: Worker) -> None:
    """Stop a process with all its children, and remove what they leave."""
    worker.wire.close()
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):  # it has not come so far, or all are gone
            os.killpg(worker.process.pid, signal.SIGKILL)
    worker.process.kill()
    worker.process.join()
    shutil.rmtree(worker.temporary, ignore_errors=True)
