"""Commands on many files: batch, export."""

from pathlib import Path
from typing import Annotated

import typer

from laodoc.cli.application import app
from laodoc.cli.console import complain, log_file, notes, page_progress
from laodoc.errors import BatchFailures
from laodoc.words import say


@app.command(help=say("batch"))
def batch(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER…", help=say("batch folders"), show_default=False)],
    archive: Annotated[Path, typer.Option(metavar="FILE", help=say("batch archive"))],
    engine: Annotated[str | None, typer.Option(metavar="NAME", help=say("engine"))] = None,
    jobs: Annotated[int, typer.Option(min=1, max=64, help=say("jobs"))] = 1,
    timeout: Annotated[float, typer.Option(min=1, help=say("batch timeout"))] = 120.0,
    limit: Annotated[int | None, typer.Option(min=1, help=say("batch limit"))] = None,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help=say("batch retry"))] = False,
    since_model: Annotated[bool, typer.Option("--since-model", help=say("batch model"))] = False,
    log: Annotated[Path | None, typer.Option(metavar="FILE", help=say("batch log"))] = None,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help=say("quiet"))] = False,
) -> None:
    from laodoc.archive.batch import BatchOptions, Outcome, enter_files, log_line, run_batch
    from laodoc.archive.ledger import Ledger
    from laodoc.pipeline import ScanOptions
    from laodoc.recognition.engines import DEFAULT_ENGINE

    ledger, unread = Ledger(archive, create=True), list[Path]()

    def refused(path: Path, error: OSError) -> None:
        unread.append(path)
        complain(f"{path}: cannot be read ({error.strerror})")

    found = enter_files(ledger, folders, refused=refused)
    options = BatchOptions(
        scan=ScanOptions(engine=engine or DEFAULT_ENGINE, timeout_s=timeout),
        jobs=jobs,
        timeout_s=timeout,
        limit=limit,
        retry_failed=retry_failed,
        since_model=since_model,
    )
    with page_progress(archive.name, quiet=quiet) as progress, log_file(log) as note:

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
    if failed or unread:
        raise typer.Exit(BatchFailures.exit_code)


@app.command(help=say("export"))
def export(
    sources: Annotated[list[Path], typer.Argument(metavar="FILE…", help=say("export sources"), show_default=False)],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="OUT", help=say("export out"))],
    form: Annotated[str, typer.Option("--format", metavar="csv|jsonl|xlsx", help=say("export format"))] = "xlsx",
    what: Annotated[str | None, typer.Option(metavar="NAME", help=say("export what"))] = None,
    unmask: Annotated[bool, typer.Option("--unmask", help=say("export unmask"))] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help=say("quiet"))] = False,
) -> None:
    from laodoc.archive.reading import documents_in
    from laodoc.export.command import write_sheets
    from laodoc.export.sheets import sheets_of

    sheets, hidden = sheets_of(documents_in(sources), unmask=unmask)
    write_sheets(sheets, out, form, what)
    if hidden and not quiet:
        notes.print(say("masked", count=hidden))
