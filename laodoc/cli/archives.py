"""Commands on what archives and records hold: export."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from laodoc.arguments import DAY, STANDARD, refuse_over
from laodoc.cli.application import app
from laodoc.cli.console import notes, tell_written
from laodoc.errors import UsageError
from laodoc.export import KEYS, MODULES, NAME_PARTS
from laodoc.imaging.child import PASSWORD_VARIABLE
from laodoc.messages import Message, say

WHERE_KEYS, PARTS = ", ".join(KEYS), ", ".join(NAME_PARTS)


@app.command(help=say("export"))
def export(
    sources: Annotated[list[Path], typer.Argument(metavar="FILE…", help=say("export-sources"), show_default=False)],
    out: Annotated[str | None, typer.Option("-o", "--out", metavar="OUT", help=say("export-out"))] = None,
    to: Annotated[str | None, typer.Option(metavar="URL", help=say("export-to"))] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="NAME", help=say("export-format", names=", ".join(MODULES)), show_default="xlsx"
        ),
    ] = None,
    what: Annotated[str | None, typer.Option(metavar="NAME", help=say("export-what"))] = None,
    since: Annotated[datetime | None, typer.Option(formats=DAY, help=say("find-since"))] = None,
    where: Annotated[str | None, typer.Option(metavar="KEY=VALUE,…", help=say("export-where", keys=WHERE_KEYS))] = None,
    codes: Annotated[Path | None, typer.Option(metavar="FILE.toml", help=say("export-codes"))] = None,
    pictures: Annotated[bool, typer.Option("--pictures", help=say("export-pictures"))] = False,
    split: Annotated[bool, typer.Option("--split", help=say("export-split"))] = False,
    names: Annotated[str | None, typer.Option(metavar="TEMPLATE", help=say("export-names", parts=PARTS))] = None,
    unmask: Annotated[bool, typer.Option("--unmask", help=say("export-unmask"))] = False,
    password: Annotated[str | None, typer.Option(envvar=PASSWORD_VARIABLE, help=say("batch-password"))] = None,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help=say("quiet"))] = False,
) -> None:
    from laodoc.archive.reading import items_in
    from laodoc.export.command import table_named, write_export
    from laodoc.export.formats import Options, format_named
    from laodoc.export.letters import TEMPLATE, check_template, letter_items
    from laodoc.export.wanted import Wanted, conditions, wanted_items

    if to is not None:
        if out or form or what or since or where or codes or pictures or split or names:
            raise UsageError(Message("export-to-alone"))
        into_database(sources, to, unmask=unmask, quiet=quiet)
        return
    if out is None:
        raise UsageError(Message("export-nowhere"))
    refuse_over(sources, out)
    wanted = Wanted(since.date() if since else None, conditions(where) if where else ())
    chosen = format_named(form or "xlsx")
    items = wanted_items(items_in(sources, unpack=chosen.scans or pictures), wanted)
    template = names or (TEMPLATE if split else None)
    if template:
        check_template(template)
        if chosen.unit != "letter":
            items = letter_items(items, template)
    place = None if out == STANDARD else Path(out)
    options = Options(table_named(what), unmask, codes, pictures, password, template)
    tell_written(write_export(items, form or "xlsx", place, options), quiet=quiet)


def into_database(sources: list[Path], url: str, *, unmask: bool, quiet: bool) -> None:
    """All of the sources into a database, and a word on what that changed."""
    from laodoc.archive.reading import placed_in
    from laodoc.export.database import store

    stored = store(placed_in(sources), url, unmask=unmask)
    if not quiet:
        notes.print(say("stored", count=stored.documents, written=stored.written, removed=stored.removed))
        if stored.hidden:
            notes.print(say("masked", count=stored.hidden))
