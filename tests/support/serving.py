"""Commands of laodoc from a process that has imported everything once and forks for each: a tenth of the time."""

import atexit
import gc
import json
import os
import runpy
import signal
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from importlib import import_module
from typing import Any, NoReturn

PRELOADED = (
    "laodoc.archive.batch",
    "laodoc.archive.doubting",
    "laodoc.archive.finding",
    "laodoc.archive.tracing",
    "laodoc.cli",
    "laodoc.export.parquet",
    "laodoc.export.pdf",
    "laodoc.export.xlsx",
    "laodoc.pipeline",
    "laodoc.recognition.line_recognizer",
    "laodoc.review.workbook",
    "onnxruntime",
)

ENDS_S = 900
"""A command that takes longer hangs: machines may be busy with much else."""


def serve() -> None:
    """Answer each line of standard input, the arguments of `become`, with an exit code."""
    for name in PRELOADED:
        with suppress(ImportError):
            import_module(name)
    gc.freeze()  # no child looks through what is there already
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            end(partial(become, **json.loads(line)))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def become(
    *,
    words: list[str],
    program: str | None,
    folder: str,
    environment: dict[str, str],
    out: str,
    err: str,
    remember: bool,
) -> None:
    """Be `python -m laodoc` with these words, or a program, until it ends; what it prints goes to the two files.

    Args:
        remember: whether files that the tests scan elsewhere are looked up, see `scanning`.
    """
    signal.alarm(ENDS_S)
    os.chdir(folder)
    for number, (path, flags) in enumerate(((os.devnull, os.O_RDONLY), (out, WRITTEN), (err, WRITTEN))):
        handle = os.open(path, flags, 0o600)
        os.dup2(handle, number)
        os.close(handle)
    os.environ.clear()
    os.environ.update(environment)
    tempfile.tempdir = None
    if remember:
        import_module("scanning").remember_scans()
    if program is None:
        sys.argv = ["laodoc", *words]
        runpy.run_module("laodoc", run_name="__main__", alter_sys=True)
    else:
        warnings.filterwarnings("error", category=DeprecationWarning, module="__main__")
        names: dict[str, Any] = {"__name__": "__main__"}
        exec(compile(program, "program", "exec"), names)


def end(life: Callable[[], None]) -> NoReturn:
    """End as Python would after this, but for the objects: to free those that were there before takes longer than most
    commands."""
    code = 0
    try:
        life()
    except SystemExit as over:
        code = over.code if isinstance(over.code, int) else int(over.code is not None)
    except BaseException:
        traceback.print_exc()
        code = 1
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


WRITTEN = os.O_WRONLY | os.O_CREAT | os.O_APPEND

if __name__ == "__main__":
    serve()
