"""Commands by which a person settles what the machine doubts: doubts, correct."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from laodoc.cli.application import app
from laodoc.cli.console import complain, notes, tell_lost
from laodoc.errors import BatchFailures, UsageError
from laodoc.imaging.child import PASSWORD_VARIABLE
from laodoc.messages import Message, say

if TYPE_CHECKING:
    from laodoc.archive.ledger import Ledger


@app.command(help=say("doubts"))
def doubts(
    archive: Annotated[Path, typer.Argument(metavar="ARCHIVE", help=say("find-archive"), show_default=False)],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FILE", help=say("doubts-out"))],
    limit: Annotated[int, typer.Option(min=1, help=say("doubts-limit"))] = 2000,
    settled: Annotated[bool, typer.Option("--settled", help=say("doubts-settled"))] = False,
    unmask: Annotated[bool, typer.Option("--unmask", help=say("export-unmask"))] = False,
    pictures: Annotated[bool, typer.Option("--pictures/--no-pictures", help=say("doubts-pictures"))] = True,
    password: Annotated[str | None, typer.Option(envvar=PASSWORD_VARIABLE, help=say("password"))] = None,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help=say("quiet"))] = False,
) -> None:
    from laodoc.archive.doubting import DoubtOptions, doubts_of
    from laodoc.archive.ledger import Ledger
    from laodoc.export.files import write_whole
    from laodoc.review.paper import to_html
    from laodoc.review.workbook import to_workbook

    write = {".xlsx": to_workbook, ".html": to_html}.get(out.suffix.lower())
    if write is None:
        raise UsageError(Message("doubts-suffix"))
    options = DoubtOptions(limit=limit, settled=settled, unmask=unmask, pictures=pictures, password=password)
    found = doubts_of(Ledger(archive), options)
    write_whole(out, write(found.rows, found.remarks))
    for why in found.blind:
        complain(say("doubts-blind", why=why))
    if not quiet:
        notes.print(say("doubts-done", count=len(found.rows), left=found.left, hidden=found.hidden))


@app.command(help=say("correct"))
def correct(
    archive: Annotated[Path, typer.Argument(metavar="ARCHIVE", help=say("find-archive"), show_default=False)],
    sheets: Annotated[
        list[Path] | None, typer.Argument(metavar="SHEET…", help=say("correct-sheets"), show_default=False)
    ] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help=say("correct-by"), show_default=False)] = None,
    lines: Annotated[Path | None, typer.Option(metavar="FOLDER", help=say("correct-lines"))] = None,
    password: Annotated[str | None, typer.Option(envvar=PASSWORD_VARIABLE, help=say("password"))] = None,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help=say("quiet"))] = False,
) -> None:
    from laodoc.archive.correcting import Answer
    from laodoc.archive.ledger import Ledger
    from laodoc.arguments import user_name
    from laodoc.review.workbook import answers_in

    if not sheets and lines is None:
        raise UsageError(Message("correct-nothing"))
    ledger, who, refused = Ledger(archive), by or user_name(), 0
    for sheet in sheets or ():
        taken = ledger.correct([Answer(*answer) for answer in answers_in(sheet)], who)
        refused += len(taken.refused)
        for line in taken.refused:
            complain(Message("of-file", name=sheet, why=line))
        if not quiet:
            notes.print(say("correct-done", new=taken.new, known=taken.known, refused=len(taken.refused)))
    tell_lost(ledger)
    if lines is not None:
        _write_lines(ledger, lines, password, quiet=quiet)
    if refused:
        raise typer.Exit(BatchFailures.exit_code)


def _write_lines(ledger: "Ledger", folder: Path, password: str | None, *, quiet: bool) -> None:
    from laodoc.archive.corrected_lines import write_lines

    done = write_lines(ledger, folder, password=password)
    for why in done.blind:
        complain(say("correct-blind", why=why))
    if not quiet:
        notes.print(say("correct-lines-done", written=done.written, left=done.left))
