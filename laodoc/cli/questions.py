"""Commands that answer a question from archives: failures, find, trace, tasks."""

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from laodoc.arguments import DAY, STANDARD, refuse_over
from laodoc.cli.application import app
from laodoc.cli.console import notes
from laodoc.errors import UsageError
from laodoc.export.files import put
from laodoc.messages import Message, say


class ThreadForm(StrEnum):
    """How `laodoc trace` tells of a thread."""

    TEXT = "text"
    JSON = "json"
    DOT = "dot"


class Status(StrEnum):
    """What a row says about its local body."""

    DONE = "done"
    PENDING = "pending"


@app.command(help=say("failures"))
def failures(
    archive: Annotated[Path, typer.Argument(metavar="ARCHIVE", help=say("find-archive"), show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help=say("failures-json"))] = False,
) -> None:
    from laodoc.archive.failing import to_json, to_text
    from laodoc.archive.ledger import Ledger

    found = Ledger(archive).failures(gone=True)
    put((to_json(found) if as_json else to_text(found, say("failures-gone"))).encode(), None)
    if not as_json:
        notes.print(say("failures-found", count=len(found)))


@app.command(help=say("find"))
def find(
    archive: Annotated[Path, typer.Argument(metavar="ARCHIVE", help=say("find-archive"), show_default=False)],
    words: Annotated[list[str], typer.Argument(metavar="WORDS…", help=say("find-words"), show_default=False)],
    province: Annotated[str | None, typer.Option(metavar="NAME", help=say("find-province"))] = None,
    office: Annotated[str | None, typer.Option(metavar="NAME", help=say("find-office"))] = None,
    since: Annotated[datetime | None, typer.Option(formats=DAY, help=say("find-since"))] = None,
    until: Annotated[datetime | None, typer.Option(formats=DAY, help=say("find-until"))] = None,
    due_by: Annotated[datetime | None, typer.Option(formats=DAY, help=say("find-due"))] = None,
    status: Annotated[Status | None, typer.Option(help=say("find-status"))] = None,
    limit: Annotated[int, typer.Option(min=1, help=say("find-limit"))] = 50,
    as_json: Annotated[bool, typer.Option("--json", help=say("find-json"))] = False,
    unmask: Annotated[bool, typer.Option("--unmask", help=say("export-unmask"))] = False,
) -> None:
    from laodoc.archive import finding
    from laodoc.archive.ledger import Ledger

    wanted = finding.Wanted(
        tuple(words),
        province=province,
        office=office,
        since=_day(since),
        until=_day(until),
        due_by=_day(due_by),
        status=status,
    )
    hits, count = finding.find(Ledger(archive), wanted, limit=limit, unmask=unmask)
    put((finding.to_json(hits, count) if as_json else finding.to_text(hits)).encode(), None)
    if not as_json:
        notes.print(say("found", count=count, shown=len(hits)))


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


@app.command(help=say("trace"))
def trace(
    number: Annotated[str, typer.Argument(metavar="NUMBER", help=say("trace-number"), show_default=False)],
    sources: Annotated[list[Path], typer.Argument(metavar="FILE…", help=say("export-sources"), show_default=False)],
    day: Annotated[datetime | None, typer.Option("--date", formats=DAY, help=say("trace-date"))] = None,
    form: Annotated[ThreadForm, typer.Option("--format", help=say("trace-format"))] = ThreadForm.TEXT,
    out: Annotated[str, typer.Option("-o", "--out", metavar="OUT", help=say("out"))] = "-",
    on: Annotated[datetime | None, typer.Option(formats=DAY, help=say("trace-on"), show_default=False)] = None,
) -> None:
    from laodoc.archive import thread_text, tracing
    from laodoc.archive.reading import placed_in

    refuse_over(sources, out)
    thread = tracing.trace(placed_in(sources), number, day.date() if day else None)
    if not thread.roots:
        raise UsageError(Message("trace-none", number=number))
    write = {"text": thread_text.to_text, "json": thread_text.to_json, "dot": thread_text.to_dot}[form]
    content = write(thread, (on or datetime.now().astimezone()).date()).encode()
    put(content, None if out == STANDARD else Path(out))


@app.command(help=say("tasks"))
def tasks(
    sources: Annotated[list[Path], typer.Argument(metavar="ARCHIVE…", help=say("export-sources"), show_default=False)],
    this_week: Annotated[bool, typer.Option("--this-week", help=say("tasks-week"))] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help=say("tasks-overdue"))] = False,
    office: Annotated[str | None, typer.Option(metavar="NAME", help=say("tasks-office"))] = None,
    on: Annotated[datetime | None, typer.Option(formats=DAY, help=say("trace-on"), show_default=False)] = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="FILE.xlsx|.html", help=say("tasks-out"), show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=say("find-json"))] = False,
    unmask: Annotated[bool, typer.Option("--unmask", help=say("export-unmask"))] = False,
) -> None:
    from laodoc.archive import tasks as due
    from laodoc.archive.reading import placed_in
    from laodoc.export.files import write_whole

    write = {".xlsx": due.to_xlsx, ".html": due.to_html}.get(out.suffix.lower()) if out else None
    if out and write is None:
        raise UsageError(Message("tasks-suffix", out=out))
    today = _day(on) or datetime.now().astimezone().date()
    wanted = due.Wanted(today, overdue=overdue, this_week=this_week, office=office)
    found = due.tasks_of(placed_in(sources), wanted, unmask=unmask)
    if out and write:
        write_whole(out, write(found, today))
    else:
        put((due.to_json(found) if as_json else due.to_text(found, today)).encode(), None)
    if not as_json:
        notes.print(say("tasks-found", count=len(found)))
