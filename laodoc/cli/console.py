"""What the commands say on standard error, and the output that several of them share."""

import re
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from laodoc.errors import AccessError
from laodoc.messages import Message, in_words, say

if TYPE_CHECKING:
    from laodoc.archive.ledger import Ledger
    from laodoc.document import Document
    from laodoc.export.command import Written

notes = Console(stderr=True, highlight=False, soft_wrap=True)

UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""What names of files may hold and a line must not: ends of lines, commands to the terminal, bytes of no alphabet."""


def tell(message: str) -> None:
    """One line on standard error, whatever the names in it hold."""
    notes.print(UNPRINTABLE.sub("?", message), markup=False)


@contextmanager
def log_file(path: Path | None) -> Iterator[Callable[[str], None]]:
    """A writer of lines to the end of a file, each at once; of nothing where there is no file."""
    if path is None:
        yield lambda line: None
        return
    with _translated(path):
        file = path.open("ab", buffering=0)

    def append(line: str) -> None:
        with _translated(path):
            file.write(f"{line}\n".encode())

    with file:
        yield append


@contextmanager
def _translated(log: Path) -> Iterator[None]:
    try:
        yield
    except OSError as refused:
        raise AccessError(Message("log-not-written", path=log, why=refused.strerror)) from refused


@contextmanager
def page_progress(name: str, *, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """A bar a page on a terminal, plain lines elsewhere, nothing where it should be quiet."""
    if quiet:
        yield None
    elif notes.is_terminal:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=notes, transient=True) as bar:
            task = bar.add_task(name, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)
    else:
        yield lambda done, total: tell(f"{name}: {say('page-of', done=done, total=total)}")


@contextmanager
def stopped_as_by_ctrl_c() -> Iterator[None]:
    """SIGTERM, by which services are stopped, ends the work as Ctrl-C does: what was begun is put away."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def tell_findings(document: "Document", *, everything: bool) -> None:
    """What must be looked at in a document, if anything; information too where `everything` is asked for."""
    from laodoc.export.summary import told_findings

    if document.findings:
        for line in (f"{document.source.name}:", *told_findings(document, everything=everything)):
            tell(line)


def tell_lost(ledger: "Ledger") -> None:
    """Corrections that no longer find their place; they are kept, and come back with it."""
    for place, lost in ledger.lost_corrections():
        complain(say("correct-lost", place=place, page=lost.page, read=lost.read, value=lost.value))


def tell_written(written: "Written", *, quiet: bool) -> None:
    """What an export left out, and which files could not be made; the latter end the command.

    Raises:
        typer.Exit: with the exit code of the first failure.
    """
    if written.hidden and not quiet:
        notes.print(say("masked", count=written.hidden))
    for error in written.failed:
        complain(error.message)
    if written.failed:
        raise typer.Exit(written.failed[0].exit_code)


def complain(message: str) -> None:
    """What went wrong, in the user's language."""
    tell(f"laodoc: {in_words(message)}")


def complain_of_fault(fault: Exception) -> None:
    """A fault of laodoc's own; with -v where it was."""
    if {"-v", "--verbose"} & set(sys.argv[1:]):
        traceback.print_exception(fault)
    complain(say("fault", why=" ".join(f"{type(fault).__name__}: {fault}".split())))
