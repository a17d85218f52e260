"""The command line: parses, calls, prints; stdout is data only."""

import io
import os
import sys
from typing import NoReturn

import typer

from laodoc.cli import archives, batches, files, models, questions, registers, review
from laodoc.cli.application import app
from laodoc.cli.console import complain
from laodoc.errors import INTERRUPTED, AccessError, LaodocError, UsageError
from laodoc.imaging.memory import keep_freed_memory
from laodoc.words import say

__all__ = ["archives", "batches", "files", "main", "models", "questions", "registers", "review"]


def main() -> NoReturn:
    """Run the command line; the exit code is that of the error (see `laodoc.errors`)."""
    _speak_any_character()
    keep_freed_memory()
    try:
        code = app(standalone_mode=False)
        if code == INTERRUPTED:
            complain(say("interrupted"))
    except LaodocError as error:
        complain(str(error))
        code = error.exit_code
    except typer.TyperException as error:
        complain(f"{error.format_message()} ({say('see help')})")
        code = UsageError.exit_code
    except typer.Abort:
        complain(say("interrupted"))
        code = INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = AccessError.exit_code
    except Exception as fault:
        complain(say("fault", why=" ".join(f"{type(fault).__name__}: {fault}".split())))
        code = LaodocError.exit_code
    sys.exit(code or 0)


def _speak_any_character() -> None:
    """A console of Thai Windows (cp874) has no ✓: what it cannot show becomes a question mark and stops nothing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
