"""Commands that read many files: batch, watch."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from laodoc.cli.application import app
from laodoc.cli.console import complain, log_file, notes, stopped_as_by_ctrl_c, tell_lost
from laodoc.cli.progress import file_progress
from laodoc.errors import INTERRUPTED, BatchFailures
from laodoc.imaging.child import PASSWORD_VARIABLE
from laodoc.messages import Message, say

if TYPE_CHECKING:
    from laodoc.archive.batch import BatchOptions, Outcome
    from laodoc.archive.ledger import Ledger

Folders = Annotated[list[Path], typer.Argument(metavar="FOLDER…", help=say("batch-folders"), show_default=False)]
ArchiveFile = Annotated[Path, typer.Option("--archive", metavar="FILE", help=say("batch-archive"))]
EngineName = Annotated[str | None, typer.Option("--engine", metavar="NAME", help=say("engine"))]
Jobs = Annotated[int, typer.Option("--jobs", min=1, max=64, help=say("jobs"))]
Timeout = Annotated[float, typer.Option("--timeout", min=1, help=say("batch-timeout"))]
Memory = Annotated[int, typer.Option("--memory", metavar="MB", min=256, help=say("batch-memory"))]
Password = Annotated[str | None, typer.Option(envvar=PASSWORD_VARIABLE, help=say("batch-password"))]
Log = Annotated[Path | None, typer.Option("--log", metavar="FILE", help=say("batch-log"))]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help=say("quiet"))]


@dataclass(slots=True)
class Tally:
    """What a run of batch or watch did; it is told of each file."""

    note: Callable[[str], None]
    progress: Callable[[int, bool, int, int], None]
    done: int = 0
    failed: int = 0
    refused: int = 0
    passed: set[str] = field(default_factory=set)

    def tell(self, outcome: "Outcome", over: int, total: int) -> None:
        from laodoc.archive.batch import log_line

        self.note(log_line(outcome))
        self.failed += outcome.error is not None
        self.done += outcome.error is None
        if outcome.error:
            complain(Message("of-file", name=outcome.place, why=outcome.error.message))
        self.progress(outcome.pages, outcome.error is not None, over, total)

    def refuse(self, place: str, why: str) -> None:
        self.refused += 1
        complain(Message("of-file", name=place, why=why))

    def pass_over(self, place: str) -> None:
        self.passed.add(place)

    def summary(
        self, ledger: "Ledger", found: int, *, quiet: bool, batch: bool = False, interrupted: bool = False
    ) -> None:
        """What came of it all; ends with the exit code of Ctrl-C, or of failures where there were some. A `batch` that
        has nothing new to read tells of those before it too."""
        earlier = len(ledger.failures()) - self.failed if batch else 0
        if not quiet:
            again, rescans = len(ledger.duplicates()), len(ledger.rescans())
            lost = self.failed + self.refused
            notes.print(say("batch-done", found=found, done=self.done, failed=lost, again=again, rescans=rescans))
            if self.passed:
                notes.print(say("batch-passed", count=len(self.passed)))
            if gone := ledger.kept_without_file():
                notes.print(say("batch-gone", count=gone))
            if earlier > 0:
                notes.print(say("batch-failed-before", count=earlier, archive=ledger.path), markup=False)
        tell_lost(ledger)
        if interrupted:
            raise typer.Exit(INTERRUPTED)
        if self.failed or self.refused or earlier > 0:
            raise typer.Exit(BatchFailures.exit_code)


@app.command(help=say("batch"))
def batch(
    folders: Folders,
    archive: ArchiveFile,
    engine: EngineName = None,
    jobs: Jobs = 1,
    timeout: Timeout = 120.0,
    memory: Memory = 2048,
    limit: Annotated[int | None, typer.Option(min=1, help=say("batch-limit"))] = None,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help=say("batch-retry"))] = False,
    since_model: Annotated[bool, typer.Option("--since-model", help=say("batch-model"))] = False,
    password: Password = None,
    log: Log = None,
    quiet: Quiet = False,
) -> None:
    from dataclasses import replace

    from laodoc.archive.batch import run_batch
    from laodoc.archive.entering import enter_files

    options = replace(
        _options(engine, jobs, timeout, memory, password),
        limit=limit,
        retry_failed=retry_failed,
        since_model=since_model,
    )
    found, interrupted = 0, False
    with _at_work(folders, archive, log, quiet=quiet) as (ledger, tally):
        try:
            if not quiet:
                notes.print(say("batch-looking", folders=", ".join(map(str, folders))), markup=False)
            found = enter_files(ledger, folders, refused=tally.refuse, passed=tally.pass_over)
            run_batch(ledger, options, tell=tally.tell)
        except KeyboardInterrupt:
            interrupted = True
    tally.summary(ledger, found, quiet=quiet, batch=True, interrupted=interrupted)


@app.command("watch", help=say("watch"))
def watch_inbox(
    folders: Folders,
    archive: ArchiveFile,
    engine: EngineName = None,
    jobs: Jobs = 1,
    timeout: Timeout = 120.0,
    memory: Memory = 2048,
    every: Annotated[float, typer.Option(min=0.1, help=say("watch-every"))] = 10.0,
    settle: Annotated[float, typer.Option(min=0.0, help=say("watch-settle"))] = 30.0,
    password: Password = None,
    log: Log = None,
    quiet: Quiet = False,
) -> None:
    from laodoc.archive.inbox import watch

    with _at_work(folders, archive, log, quiet=quiet) as (ledger, tally):
        if not quiet:
            notes.print(say("watching", folders=", ".join(map(str, folders))), markup=False)
        with suppress(KeyboardInterrupt):  # the way it is meant to end
            watch(
                ledger,
                folders,
                _options(engine, jobs, timeout, memory, password),
                every_s=every,
                settle_s=settle,
                tell=tally.tell,
                refused=tally.refuse,
                passed=tally.pass_over,
            )
    tally.summary(ledger, tally.done + tally.failed + tally.refused, quiet=quiet)


def _options(engine: str | None, jobs: int, timeout_s: float, megabytes: int, password: str | None) -> "BatchOptions":
    from laodoc.archive.batch import BatchOptions
    from laodoc.pipeline import ScanOptions
    from laodoc.recognition.engines import DEFAULT_ENGINE

    return BatchOptions(
        scan=ScanOptions(engine=engine or DEFAULT_ENGINE, timeout_s=timeout_s, password=password),
        jobs=jobs,
        timeout_s=timeout_s,
        memory=megabytes << 20,
    )


@contextmanager
def _at_work(folders: list[Path], archive: Path, log: Path | None, *, quiet: bool) -> Iterator[tuple["Ledger", Tally]]:
    """The archive, for this process alone to write, and the tally of what is done to it. It is not made where a folder
    does not exist: that was a slip of the pen."""
    from laodoc.archive.entering import check_folders
    from laodoc.archive.ledger import Ledger
    from laodoc.archive.turn import only_batch

    check_folders(folders)
    with ExitStack() as stack:
        stack.enter_context(stopped_as_by_ctrl_c())
        stack.enter_context(only_batch(archive))
        note = stack.enter_context(log_file(log))
        progress = stack.enter_context(file_progress(quiet=quiet))
        yield Ledger(archive, create=True), Tally(note, progress)
