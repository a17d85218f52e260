"""Commands of laodoc from a process that has imported everything once and forks for each: a fifth of the time."""

import json
import os
import sys
from contextlib import suppress
from importlib import import_module

PRELOADED = (
    "laodoc.archive.doubting",
    "laodoc.archive.finding",
    "laodoc.archive.tracing",
    "laodoc.export.parquet",
    "laodoc.export.pdf",
    "laodoc.export.xlsx",
    "laodoc.pipeline",
    "laodoc.recognition.line_recognizer",
    "laodoc.review.workbook",
)


def serve() -> None:
    """Answer each line of standard input, {"words", "folder", "out"}, with an exit code."""
    for name in PRELOADED:
        with suppress(ImportError):
            import_module(name)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            run(**json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def run(words: list[str], folder: str, out: str) -> None:
    """Be the command, in its folder, with all that it prints in one file."""
    from laodoc.cli import main

    os.chdir(folder)
    file = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(file, 1)
    os.dup2(file, 2)
    sys.argv = ["laodoc", *words]
    code = 0
    try:
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    serve()
