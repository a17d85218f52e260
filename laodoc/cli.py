"""The command line: parses, calls, prints; stdout is data only."""

import io
import os
import shlex
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from importlib.metadata import version as version_of
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from laodoc.arguments import STANDARD, input_path, output_places, page_numbers
from laodoc.errors import INTERRUPTED, AccessError, BatchFailures, LaodocError, MissingDependency, UsageError
from laodoc.words import language, say

if TYPE_CHECKING:
    from laodoc.document import Finding

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help=say("laodoc"),
)
notes = Console(stderr=True, highlight=False, soft_wrap=True)

DAY = ["%Y-%m-%d"]


class ThreadForm(StrEnum):
    """How `laodoc trace` tells of a thread."""

    TEXT = "text"
    JSON = "json"
    DOT = "dot"


def main() -> NoReturn:
    """Run the command line; the exit code is that of the error (see `laodoc.errors`)."""
    _speak_any_character()
    try:
        code = app(standalone_mode=False)
        if code == INTERRUPTED:
            _complain(say("interrupted"))
    except LaodocError as error:
        _complain(str(error))
        code = error.exit_code
    except typer.TyperException as error:
        _complain(f"{error.format_message()} ({say('see help')})")
        code = UsageError.exit_code
    except typer.Abort:
        _complain(say("interrupted"))
        code = INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = AccessError.exit_code
    sys.exit(code or 0)


def _speak_any_character() -> None:
    """A console of Thai Windows (cp874) has no ✓: what it cannot show becomes a question mark and stops nothing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


@app.callback()
def common(
    lang: Annotated[str, typer.Option("--lang", help=say("lang"), metavar="th|en")] = language(),
) -> None:
    if lang not in ("th", "en"):
        raise UsageError("--lang takes th or en")


@app.command(help=say("scan"))
def scan(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help=say("files"), show_default=False)],
    out: Annotated[str, typer.Option("-o", "--out", metavar="OUT", help=say("out"))] = "-",
    pages: Annotated[str | None, typer.Option(metavar="1-3,5", help=say("pages"))] = None,
    engine: Annotated[str | None, typer.Option(metavar="NAME", help=say("engine"))] = None,
    dpi: Annotated[int, typer.Option(min=150, max=600, help=say("dpi"))] = 300,
    jobs: Annotated[int, typer.Option(min=1, max=64, help=say("jobs"))] = 1,
    password: Annotated[str | None, typer.Option(help=say("password"))] = None,
    timeout: Annotated[float, typer.Option(min=1, help=say("timeout"))] = 120.0,
    debug: Annotated[Path | None, typer.Option(metavar="DIR", help=say("debug"))] = None,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help=say("quiet"))] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help=say("verbose"))] = False,
) -> None:
    # Heavy rooms are imported where they are needed, so that --help answers at once.
    from laodoc.export.files import write_whole
    from laodoc.export.json import to_json
    from laodoc.export.picture import PagePainter
    from laodoc.pipeline import ScanOptions
    from laodoc.pipeline import scan as scan_file
    from laodoc.recognition.engines import DEFAULT_ENGINE

    options = ScanOptions(
        engine=engine or DEFAULT_ENGINE,
        dpi=dpi,
        pages=page_numbers(pages) if pages else None,
        jobs=jobs,
        password=password,
        timeout_s=timeout,
    )
    failures: list[LaodocError] = []
    for file, place in zip(files, output_places(files, out), strict=True):
        name = "stdin" if file == STANDARD else Path(file).name
        try:
            with input_path(file) as path, _progress(name, quiet=quiet) as progress:
                painter = PagePainter(debug, Path(name).stem) if debug else None
                document = scan_file(path, options, name=name, observe=painter, progress=progress)
            if place:
                write_whole(place, to_json(document))
            else:
                sys.stdout.buffer.write(to_json(document))
                sys.stdout.buffer.flush()
        except LaodocError as error:
            if len(files) == 1:
                raise
            _complain(f"{file}: {error}")
            failures.append(error)
            continue
        if not quiet:
            _tell_findings(name, document.findings, verbose=verbose)
    if failures:
        _complain(say("failed", failed=len(failures), total=len(files)))
        raise typer.Exit(failures[0].exit_code)


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
        _complain(f"{path}: cannot be read ({error.strerror})")

    found = enter_files(ledger, folders, refused=refused)
    options = BatchOptions(
        scan=ScanOptions(engine=engine or DEFAULT_ENGINE, timeout_s=timeout),
        jobs=jobs,
        timeout_s=timeout,
        limit=limit,
        retry_failed=retry_failed,
        since_model=since_model,
    )
    with _progress(archive.name, quiet=quiet) as progress, _log_file(log) as note:

        def tell(outcome: Outcome, over: int, total: int) -> None:
            note(log_line(outcome))
            if outcome.error:
                _complain(f"{outcome.place}: {outcome.error}")
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


@app.command(help=say("trace"))
def trace(
    number: Annotated[str, typer.Argument(metavar="NUMBER", help=say("trace number"), show_default=False)],
    sources: Annotated[list[Path], typer.Argument(metavar="FILE…", help=say("export sources"), show_default=False)],
    day: Annotated[datetime | None, typer.Option("--date", formats=DAY, help=say("trace date"))] = None,
    form: Annotated[ThreadForm, typer.Option("--format", help=say("trace format"))] = ThreadForm.TEXT,
    out: Annotated[str, typer.Option("-o", "--out", metavar="OUT", help=say("out"))] = "-",
    on: Annotated[datetime | None, typer.Option(formats=DAY, help=say("trace on"), show_default=False)] = None,
) -> None:
    from laodoc.archive import thread_text, tracing
    from laodoc.archive.reading import documents_in
    from laodoc.export.files import write_whole

    thread = tracing.trace(documents_in(sources), number, day.date() if day else None)
    if not thread.roots:
        raise UsageError(say("trace none", number=number))
    write = {"text": thread_text.to_text, "json": thread_text.to_json, "dot": thread_text.to_dot}[form]
    content = write(thread, (on or datetime.now().astimezone()).date()).encode()
    if out == STANDARD:
        sys.stdout.buffer.write(content)
    else:
        write_whole(Path(out), content)


@app.command(help=say("check"))
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help=say("check files"), show_default=False)],
    out: Annotated[str, typer.Option("-o", "--out", metavar="OUT", help=say("out"))] = "-",
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help=say("quiet"))] = False,
) -> None:
    from laodoc import load
    from laodoc.export.files import write_whole
    from laodoc.export.json import to_json
    from laodoc.pipeline import recheck

    for file, place in zip(files, output_places([str(file) for file in files], out), strict=True):
        document = recheck(load(file))
        if place:
            write_whole(place, to_json(document))
        else:
            sys.stdout.buffer.write(to_json(document))
        if not quiet:
            _tell_findings(file.name, document.findings, verbose=True)


@app.command(help=say("train"))
def train(
    out: Annotated[Path, typer.Option(metavar="DIR", help=say("train out"))],
    text: Annotated[Path | None, typer.Option(metavar="FILE", help=say("train text"))] = None,
    fonts: Annotated[list[Path] | None, typer.Option(metavar="DIR", help=say("train fonts"))] = None,
    hand: Annotated[list[Path] | None, typer.Option(metavar="FILE", help=say("train hand"))] = None,
    data: Annotated[list[Path] | None, typer.Option(metavar="DIR", help=say("train data"))] = None,
    start: Annotated[Path | None, typer.Option("--from", metavar="FILE", help=say("train from"))] = None,
    seed: Annotated[int, typer.Option(help=say("train seed"))] = 1,
    rate: Annotated[float, typer.Option(min=1e-6, max=1.0, help=say("train rate"))] = 1.5e-3,
    steps: Annotated[int, typer.Option(min=0, help=say("train steps"))] = 0,
    cool_down: Annotated[int, typer.Option(min=0, help=say("train cool-down"))] = 0,
    threads: Annotated[int, typer.Option(min=1, max=64, help=say("train threads"))] = 1,
    hours: Annotated[float, typer.Option(min=0.0, help=say("train hours"))] = float("inf"),
    publish: Annotated[Path | None, typer.Option(metavar="DIR", help=say("train publish"))] = None,
    version: Annotated[str, typer.Option(help=say("train version"))] = "0",
) -> None:
    from laodoc.training.command import Material, PublishRequest, TrainRequest, run_publishing, run_training

    material = Material(text=text, fonts=fonts or (), hand=hand or (), data=data or ())
    if publish:
        command = "laodoc " + " ".join(shlex.quote(word) for word in sys.argv[1:])
        run_publishing(PublishRequest(material, out / "checkpoint.pt", publish, version, command))
        return
    run_training(
        TrainRequest(
            material=material,
            out=out,
            seed=seed,
            rate=rate,
            steps=steps,
            cool_down=cool_down,
            threads=threads,
            hours=hours,
            start=start,
        )
    )


@app.command("eval", help=say("eval"))
def evaluate(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER…", help=say("eval folders"), show_default=False)],
    engine: Annotated[str | None, typer.Option(metavar="NAME", help=say("engine"))] = None,
    model: Annotated[Path | None, typer.Option(metavar="FILE", help=say("eval model"))] = None,
    sheet: Annotated[Path | None, typer.Option(metavar="PNG", help=say("eval sheet"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=say("eval json"))] = False,
) -> None:
    from laodoc.evaluation.command import evaluate_folders, told

    report = evaluate_folders(folders, engine, model)
    if sheet:
        from laodoc.evaluation.sheet import write_sheet

        write_sheet(report.slips, sheet)
    sys.stdout.buffer.write(told(report, as_json=as_json).encode())


@app.command(help=say("schema"))
def schema() -> None:
    from laodoc.export.json import schema as record_schema

    sys.stdout.buffer.write(record_schema().encode())


@app.command(help=say("doctor"))
def doctor() -> None:
    from laodoc.doctor import examine

    symptoms = examine()
    for symptom in symptoms:
        typer.echo(
            f"{symptom.sign} {symptom.subject}: {symptom.state}" + (f" → {symptom.remedy}" if symptom.remedy else "")
        )
    if not all(symptom.well for symptom in symptoms if symptom.needed):
        raise MissingDependency(say("missing"))


@app.command(help=say("version"))
def version() -> None:
    typer.echo(f"laodoc {version_of('laodoc')}")


@contextmanager
def _log_file(path: Path | None) -> Iterator[Callable[[str], None]]:
    """A writer of lines to the end of a file, each at once; of nothing where there is no file."""
    if path is None:
        yield lambda line: None
        return
    try:
        file = path.open("a", encoding="utf-8", buffering=1)
    except OSError as refused:
        raise AccessError(f"cannot write {path}: {refused.strerror}; choose another place with --log") from refused
    with file:
        yield lambda line: print(line, file=file)


@contextmanager
def _progress(name: str, *, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """A bar a page on a terminal, plain lines elsewhere, nothing where it should be quiet."""
    if quiet:
        yield None
    elif notes.is_terminal:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=notes, transient=True) as bar:
            task = bar.add_task(name, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)
    else:
        yield lambda done, total: notes.print(f"{name}: {say('page of', done=done, total=total)}", markup=False)


def _tell_findings(name: str, findings: "Sequence[Finding]", *, verbose: bool) -> None:
    """How many findings, and each of them where asked for; a page that is lost is always told."""
    if findings:
        notes.print(say("findings", file=name, count=len(findings)), markup=False)
    for finding in findings:
        if verbose or finding.rule == "damaged-page":
            where = f" p.{finding.page}" if finding.page else ""
            notes.print(f"{finding.severity} {finding.rule}{where}: {finding.message}", markup=False)


def _complain(message: str) -> None:
    if {"-v", "--verbose"} & set(sys.argv[1:]):
        traceback.print_exc()
    notes.print(f"laodoc: {message}", markup=False)
