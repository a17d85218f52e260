"""Commands that read many files: batch."""

from pathlib import Path
from typing import Annotated

import typer

from laodoc.cli.application import app
from laodoc.cli.console import complain, log_file, notes, page_progress, stopped_as_by_ctrl_c, tell_lost
from laodoc.errors import BatchFailures
from laodoc.words import say


@app.command(help=say("batch"))
def batch(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER…", help=say("batch folders"), show_default=False)],
    archive: Annotated[Path, typer.Option(metavar="FILE", help=say("batch archive"))],
    engine: Annotated[str | None, typer.Option(metavar="NAME", help=say("engine"))] = None,
    jobs: Annotated[int, typer.Option(min=1, max=64, help=say("jobs"))] = 1,
    timeout: Annotated[float, typer.Option(min=1, help=say("batch timeout"))] = 120.0,
    memory: Annotated[int, typer.Option(metavar="MB", min=256, help=say("batch memory"))] = 2048,
    limit: Annotated[int | None, typer.Option(min=1, help=say("batch limit"))] = None,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help=say("batch retry"))] = False,
    since_model: Annotated[bool, typer.Option("--since-model", help=say("batch model"))] = False,
    log: Annotated[Path | None, typer.Option(metavar="FILE", help=say("batch log"))] = None,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help=say("quiet"))] = False,
) -> None:
    from laodoc.archive.batch import BatchOptions, Outcome, enter_files, log_line, run_batch
    from laodoc.archive.ledger import Ledger
    from laodoc.archive.turn import only_batch
    from laodoc.pipeline import ScanOptions
    from laodoc.recognition.engines import DEFAULT_ENGINE

    unread = list[Path]()

    def refused(path: Path, error: OSError) -> None:
        unread.append(path)
        complain(f"{path}: cannot be read ({error.strerror})")

    options = BatchOptions(
        scan=ScanOptions(engine=engine or DEFAULT_ENGINE, timeout_s=timeout),
        jobs=jobs,
        timeout_s=timeout,
        memory=memory << 20,
        limit=limit,
        retry_failed=retry_failed,
        since_model=since_model,
    )
    with (
        stopped_as_by_ctrl_c(),
        only_batch(archive),
        page_progress(archive.name, quiet=quiet) as progress,
        log_file(log) as note,
    ):
        ledger = Ledger(archive, create=True)
        found = enter_files(ledger, folders, refused=refused)

        def tell(outcome: Outcome, over: int, total: int) -> None:
            note(log_line(outcome))
            if outcome.error:
                complain(f"{outcome.place}: {outcome.error}")
            if progress:
                progress(over, total)

        done, failed = run_batch(ledger, options, tell=tell)
    if not quiet:
        again, rescans = len(ledger.duplicates()), len(ledger.rescans())
        lost = failed + len(unread)
        notes.print(say("batch done", found=found, done=done, failed=lost, again=again, rescans=rescans))
    tell_lost(ledger)
    if failed or unread:
        raise typer.Exit(BatchFailures.exit_code)
