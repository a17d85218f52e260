"""The command line: parses, calls, prints; stdout is data only."""

import sys
from typing import NoReturn

import typer

from laodoc.arguments import command_line
from laodoc.cli import archives, batches, files, models, questions, registers, review, serving
from laodoc.cli.application import app
from laodoc.cli.console import complain, complain_of_fault
from laodoc.cli.examples import show_examples
from laodoc.cli.streams import guard_streams
from laodoc.cli.usage import complaint
from laodoc.errors import INTERRUPTED, LaodocError, ReaderGone, UsageError
from laodoc.imaging.memory import keep_freed_memory
from laodoc.messages import say

__all__ = ["archives", "batches", "files", "main", "models", "questions", "registers", "review", "serving"]

show_examples(app)


def main() -> NoReturn:
    """Run the command line; the exit code is that of the error (see `laodoc.errors`)."""
    guard_streams()
    keep_freed_memory()
    try:
        code = app(command_line(sys.argv[1:]), standalone_mode=False)
        if code == INTERRUPTED:
            complain(say("interrupted"))
        sys.stdout.flush()
    except ReaderGone as gone:
        code = gone.exit_code
    except LaodocError as error:
        complain(error.message)
        code = error.exit_code
    except typer.TyperException as error:
        complain(complaint(error))
        code = UsageError.exit_code
    except typer.Abort:
        complain(say("interrupted"))
        code = INTERRUPTED
    except Exception as fault:
        complain_of_fault(fault)
        code = LaodocError.exit_code
    sys.exit(code or 0)
