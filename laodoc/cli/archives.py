"""Commands on many files: batch, export."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from laodoc.arguments import DAY, STANDARD
from laodoc.cli.application import app
from laodoc.cli.console import complain, log_file, notes, page_progress, tell_lost
from laodoc.errors import BatchFailures
from laodoc.export import KEYS, MODULES
from laodoc.words import say

WHERE_KEYS = ", ".join(KEYS)


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
    tell_lost(ledger)
    if failed or unread:
        raise typer.Exit(BatchFailures.exit_code)


@app.command(help=say("export"))
def export(
    sources: Annotated[list[Path], typer.Argument(metavar="FILE…", help=say("export sources"), show_default=False)],
    out: Annotated[str, typer.Option("-o", "--out", metavar="OUT", help=say("export out"))],
    form: Annotated[
        str, typer.Option("--format", metavar="NAME", help=say("export format", names=", ".join(MODULES)))
    ] = "xlsx",
    what: Annotated[str | None, typer.Option(metavar="NAME", help=say("export what"))] = None,
    since: Annotated[datetime | None, typer.Option(formats=DAY, help=say("find since"))] = None,
    where: Annotated[str | None, typer.Option(metavar="KEY=VALUE,…", help=say("export where", keys=WHERE_KEYS))] = None,
    codes: Annotated[Path | None, typer.Option(metavar="FILE.toml", help=say("export codes"))] = None,
    unmask: Annotated[bool, typer.Option("--unmask", help=say("export unmask"))] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help=say("quiet"))] = False,
) -> None:
    from laodoc.archive.reading import items_in
    from laodoc.export.command import table_named, write_export
    from laodoc.export.formats import Options
    from laodoc.export.wanted import Wanted, conditions, wanted_items

    wanted = Wanted(since.date() if since else None, conditions(where) if where else ())
    items = wanted_items(items_in(sources), wanted)
    place = None if out == STANDARD else Path(out)
    hidden = write_export(items, form, place, Options(table_named(what), unmask, codes))
    if hidden and not quiet:
        notes.print(say("masked", count=hidden))
