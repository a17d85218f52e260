"""Commands that write what an office keeps on paper: register."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from laodoc.cli.application import app
from laodoc.cli.console import notes, tell
from laodoc.errors import UsageError
from laodoc.messages import Message, say


class Kind(StrEnum):
    """Which register."""

    RECEIVED = "received"
    SENT = "sent"


@app.command(help=say("register"))
def register(
    sources: Annotated[list[Path], typer.Argument(metavar="FILE…", help=say("export-sources"), show_default=False)],
    kind: Annotated[Kind, typer.Option(help=say("register-kind"))],
    year: Annotated[int, typer.Option(min=2443, max=2643, help=say("register-year"))],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FILE.xlsx|.html", help=say("register-out"))],
    office: Annotated[str | None, typer.Option(metavar="NAME", help=say("register-office"))] = None,
    unmask: Annotated[bool, typer.Option("--unmask", help=say("export-unmask"))] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help=say("quiet"))] = False,
) -> None:
    from laodoc.archive.reading import documents_in
    from laodoc.export.files import write_whole
    from laodoc.export.register import register_of
    from laodoc.export.register_file import writer_for
    from laodoc.export.register_text import count

    write = writer_for(out)
    made = register_of(documents_in(sources), kind.value, year, office=office, unmask=unmask)
    if not made.sections:
        raise UsageError(Message("register-none", year=year))
    write_whole(out, write(made))
    if not quiet:
        notes.print(say("registered", count=count(made), offices=len(made.sections), undated=made.undated))
        for line in made.without_day:
            tell(
                "  "
                + say(
                    "register-undated", number=line.letter or line.number or "-", sender=line.sender, where=line.remark
                )
            )
        if made.hidden:
            notes.print(say("masked", count=made.hidden))
