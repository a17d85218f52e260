"""Runs the programs that open PDFs: never through a shell, with limits of time, memory and output."""

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import ModuleType
from typing import IO

from laodoc.errors import ChildTimeout, MissingDependency
from laodoc.messages import Message

resource: ModuleType | None
try:
    import resource
except ImportError:  # Windows has none: there only time and output are limited
    resource = None

MOST_MEMORY = 3 << 30
"""Bytes of address space: the largest page that is read has 250 megapixels, 750 MB in colour, and is copied once."""

MOST_OUTPUT = 1 << 30
"""Bytes that a child may print, or write to a file."""

MOST_ERRORS = 1 << 20
"""Bytes of complaints that are kept: a broken PDF can make poppler repeat itself for ever."""

PASSWORD_VARIABLE = "LAODOC_PASSWORD"
"""The environment's name for the password of a PDF, for those who keep it off the command line."""

SPARE_CPU_S = 5
"""Seconds of processor time beyond the limit of time: a child whose parent was killed stops by itself."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a child process said; `exit_code` is negative where a signal ended it."""

    exit_code: int
    output: bytes
    errors: str


def run(command: Sequence[str], timeout_s: float, *, remedy: str, name: str | None = None) -> Answer:
    """Run a program to its end. `remedy` says how to get it; `name` is how messages call it.

    Raises:
        MissingDependency: it is not installed, or may not be started.
        ChildTimeout: it did not answer within `timeout_s` seconds and was stopped.
    """
    name = name or command[0]
    try:
        child = subprocess.Popen(
            list(command), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=_environment()
        )
    except FileNotFoundError as absent:
        raise MissingDependency(Message("program-missing", name=name, remedy=remedy)) from absent
    except OSError as refused:
        raise MissingDependency(
            Message("program-not-started", name=name, why=refused.strerror, remedy=remedy)
        ) from refused
    late = threading.Event()
    with child:
        _limit(child.pid, timeout_s)
        timer = threading.Timer(timeout_s, _stop, (child, late))
        timer.start()
        try:
            output, errors = _listen(child)
        except BaseException:
            child.kill()
            raise
        finally:
            timer.cancel()
    if late.is_set():
        raise ChildTimeout(Message("program-too-slow", name=name, seconds=timeout_s))
    return Answer(child.returncode, output, errors.decode("utf-8", "replace"))


def _environment() -> dict[str, str]:
    """What children are told: all but the password."""
    return {name: value for name, value in os.environ.items() if name != PASSWORD_VARIABLE}


def _stop(child: "subprocess.Popen[bytes]", late: threading.Event) -> None:
    late.set()
    child.kill()


def _listen(child: "subprocess.Popen[bytes]") -> tuple[bytes, bytes]:
    """What the child prints and what it complains of, as far as it is allowed; one that prints more is stopped."""
    assert child.stdout
    assert child.stderr
    complaints = bytearray()
    listener = threading.Thread(target=_keep, args=(child.stderr, complaints), daemon=True)
    listener.start()
    pieces, left = [], MOST_OUTPUT
    while piece := child.stdout.read(1 << 20):
        pieces.append(piece)
        left -= len(piece)
        if left < 0:
            child.kill()
            break
    listener.join()
    return b"".join(pieces), bytes(complaints)


def _keep(stream: IO[bytes], complaints: bytearray) -> None:
    """Read a stream to its end, so that its writer is not held up, and keep its beginning."""
    while piece := stream.read(1 << 16):
        complaints.extend(piece[: MOST_ERRORS - len(complaints)])


def _limit(pid: int, timeout_s: float) -> None:
    """Limit a child that has just begun. Nothing runs between fork and exec, so threads of this process do no harm."""
    if resource is None or sys.platform != "linux":
        return
    processor_s = int(timeout_s) + SPARE_CPU_S
    limits = {
        resource.RLIMIT_AS: MOST_MEMORY,
        resource.RLIMIT_CPU: processor_s,
        resource.RLIMIT_FSIZE: MOST_OUTPUT,
        resource.RLIMIT_CORE: 0,
    }
    with suppress(ProcessLookupError):  # it is over already
        for what, most in limits.items():
            _, hardest = resource.prlimit(pid, what)
            most = most if hardest == resource.RLIM_INFINITY else min(most, hardest)
            resource.prlimit(pid, what, (most, most))
