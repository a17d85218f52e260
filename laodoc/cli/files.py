"""Commands on single files: scan, check, schema, doctor, version."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from laodoc import __version__
from laodoc.arguments import STANDARD, input_path, make_folder, output_places, page_numbers, refuse_over
from laodoc.cli.application import app
from laodoc.cli.console import complain, page_progress, tell_findings, tell_written
from laodoc.errors import LaodocError, MissingDependency
from laodoc.export import MODULES
from laodoc.export.files import put
from laodoc.imaging.child import PASSWORD_VARIABLE
from laodoc.messages import Message, say

if TYPE_CHECKING:
    from laodoc.document import Document
    from laodoc.export.formats import Item
    from laodoc.pipeline import ScanOptions

FORMATS = ", ".join(MODULES)


class Detail(StrEnum):
    """How much a record tells."""

    USUAL = "usual"
    CHARACTERS = "characters"


@app.command(help=say("scan"))
def scan(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help=say("files"), show_default=False)],
    out: Annotated[str | None, typer.Option("-o", "--out", metavar="OUT", help=say("out"), show_default=False)] = None,
    pages: Annotated[str | None, typer.Option(metavar="1-3,5", help=say("pages"))] = None,
    engine: Annotated[str | None, typer.Option(metavar="NAME", help=say("engine"))] = None,
    dpi: Annotated[int, typer.Option(min=150, max=600, help=say("dpi"))] = 300,
    jobs: Annotated[int, typer.Option(min=1, max=64, help=say("jobs"))] = 1,
    password: Annotated[str | None, typer.Option(envvar=PASSWORD_VARIABLE, help=say("password"))] = None,
    timeout: Annotated[float, typer.Option(min=1, help=say("timeout"))] = 120.0,
    debug: Annotated[Path | None, typer.Option(metavar="DIR", help=say("debug"))] = None,
    form: Annotated[str, typer.Option("--format", metavar="NAME", help=say("export-format", names=FORMATS))] = "json",
    what: Annotated[str | None, typer.Option(metavar="NAME", help=say("export-what"))] = None,
    unmask: Annotated[bool, typer.Option("--unmask", help=say("export-unmask"))] = False,
    detail: Annotated[Detail, typer.Option(help=say("detail"))] = Detail.USUAL,
    everything: Annotated[bool, typer.Option("--all", help=say("all-findings"))] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help=say("quiet"))] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help=say("verbose"))] = False,
) -> None:
    # Heavy rooms are imported where they are needed, so that --help answers at once.
    from laodoc.export.command import table_named, write_export
    from laodoc.export.formats import Options
    from laodoc.export.json import to_json
    from laodoc.pipeline import ScanOptions
    from laodoc.recognition.engines import DEFAULT_ENGINE

    options = ScanOptions(
        engine=engine or DEFAULT_ENGINE,
        dpi=dpi,
        pages=page_numbers(pages) if pages else None,
        jobs=jobs,
        password=password,
        timeout_s=timeout,
    )
    to_person = out is None and form == "json" and sys.stdout.isatty()
    out = out or STANDARD
    refuse_over(files, out)
    failures: list[LaodocError] = []
    every = everything or verbose

    def each(places: Sequence[Path | None] = ()) -> "Iterator[Item]":
        """What was read of each file, its record written to its place where it has one; failures are told."""
        for number, file in enumerate(files):
            try:
                with scanned(file, options, debug=debug, quiet=quiet) as item:
                    record = to_json(item.document, characters=detail is Detail.CHARACTERS)
                    if to_person:
                        show(item.document, record, everything=every)
                    elif places:
                        put(record, places[number])
                    yield item
                if not quiet and not to_person:
                    tell_findings(item.document, everything=every)
            except LaodocError as error:
                if len(files) == 1:
                    raise
                complain(Message("of-file", name=file, why=error.message))
                failures.append(error)

    if form == "json":
        for _ in each(() if to_person else output_places(files, out)):
            pass
    else:
        make_folder(out)
        place = None if out == STANDARD else Path(out)
        given = Options(what=table_named(what), unmask=unmask, password=password)
        written = write_export(each(), form, place, given)
        tell_written(written, quiet=quiet)
    if failures:
        complain(say("failed", failed=len(failures), total=len(files)))
        raise typer.Exit(failures[0].exit_code)


@contextmanager
def scanned(file: str, options: "ScanOptions", *, debug: Path | None, quiet: bool) -> "Iterator[Item]":
    """What was read of a file, while that is there."""
    from laodoc.export.formats import Item
    from laodoc.export.picture import PagePainter
    from laodoc.pipeline import scan as scan_file

    name = "stdin" if file == STANDARD else Path(file).name
    with input_path(file) as path:
        with page_progress(name, quiet=quiet) as progress:
            painter = PagePainter(debug, Path(name).stem) if debug else None
            document = scan_file(path, options, name=name, observe=painter, progress=progress)
        yield Item(document, (path,), part=options.pages is not None, name=Path(name).stem)


def show(document: "Document", record: bytes, *, everything: bool) -> None:
    """A document in a screenful, and its record into a file of its name here; none that is there is lost."""
    from laodoc.export.summary import summary

    typer.echo(summary(document, everything=everything))
    name = Path(document.source.name).stem
    place = next(
        path
        for path in (Path(f"{name}{more}.json") for more in ("", *(f".{number}" for number in count(2))))
        if not path.exists() or path.read_bytes() == record
    )
    put(record, place)
    typer.echo(say("written-to", path=place))


@app.command(help=say("check"))
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help=say("check-files"), show_default=False)],
    out: Annotated[str, typer.Option("-o", "--out", metavar="OUT", help=say("out"))] = "-",
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help=say("quiet"))] = False,
) -> None:
    from laodoc import load
    from laodoc.export.json import to_json
    from laodoc.pipeline import recheck

    for file, place in zip(files, output_places([str(file) for file in files], out), strict=True):
        document = recheck(load(file))
        put(to_json(document), place)
        if not quiet:
            tell_findings(document, everything=True)


@app.command(help=say("schema"))
def schema() -> None:
    from laodoc.export.json import schema as record_schema

    put(record_schema().encode(), None)


@app.command(help=say("doctor"))
def doctor() -> None:
    from laodoc.doctor import examine

    symptoms = examine()
    for symptom in symptoms:
        typer.echo(
            f"{symptom.sign} {symptom.subject}: {symptom.state}" + (f" → {symptom.remedy}" if symptom.remedy else "")
        )
    if not all(symptom.well for symptom in symptoms if symptom.needed):
        raise MissingDependency(Message("missing"))


@app.command(help=say("version"))
def version() -> None:
    typer.echo(f"laodoc {__version__}")
