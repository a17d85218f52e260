"""The walk: pages of a file → upright → layout → readings, then all readings together → the document."""

import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import chain
from multiprocessing import get_context
from pathlib import Path

from laodoc import checks
from laodoc.document import Document, EngineInfo, Finding, Source
from laodoc.errors import ChildFailure, DamagedInput, InputError, UsageError
from laodoc.imaging.memory import keep_freed_memory
from laodoc.imaging.orientation import ReadLines
from laodoc.imaging.page import Image, SourcePage, UnreadablePage, UprightPage
from laodoc.imaging.sheet import in_reading_order, read_sheet
from laodoc.imaging.source import SourceFile, open_source
from laodoc.imaging.upright import upright
from laodoc.layout.analysis import find_layout
from laodoc.layout.page import PageLayout
from laodoc.messages import Message
from laodoc.parsing.letters import build_letters
from laodoc.parsing.mending import findings_of, mended
from laodoc.parsing.pages import build_page
from laodoc.parsing.placing import place_tables
from laodoc.parsing.records import build_records
from laodoc.parsing.routing import build_routing
from laodoc.parsing.tables import build_tables
from laodoc.recognition.engine import Engine
from laodoc.recognition.engines import DEFAULT_ENGINE, Glances
from laodoc.recognition.engines import engine as engine_named
from laodoc.recognition.page import read_layout
from laodoc.recognition.reading import PageReading

Observer = Callable[[UprightPage, PageLayout, PageReading], None]
"""Is shown every page as it was understood; must be picklable where `jobs` > 1."""

Progress = Callable[[int, int], None]
"""Is told (sheets done, sheets in all)."""

NORMAL_DPI = 300
"""Resolution of the upright page: a tone mark of 16-pt print is then some 8 pixels high, enough to tell ้ from ่."""


MOST_PAGES = 5_000
"""Sheets of a file that are read in one go: a box of paper has 2,500. A few bytes can claim any number."""


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """How to scan: engine name, normal resolution, sheets to read (None for all, from 1), processes, password, and the
    seconds that a child process may take for one page."""

    engine: str = DEFAULT_ENGINE
    dpi: int = NORMAL_DPI
    pages: tuple[int, ...] | None = None
    jobs: int = 1
    password: str | None = None
    timeout_s: float = 120.0


def scan(
    path: Path,
    options: ScanOptions = ScanOptions(),
    *,
    name: str | None = None,
    observe: Observer | None = None,
    progress: Progress | None = None,
) -> Document:
    """Scan one file into its document. `name` replaces the file's own name in the record.

    Raises:
        LaodocError: see `laodoc.errors`; one damaged page among good ones is a finding, not an error.
    """
    source = open_source(path, name=name, password=options.password, timeout_s=options.timeout_s)
    numbers = wanted_sheets(options.pages, source.page_count)
    sheets = []
    for done, sheet in enumerate(read_sheets(source, numbers, options, observe), start=1):
        sheets.append(sheet)
        if progress:
            progress(done, len(numbers))
    return assemble(
        chain.from_iterable(sheets),
        source=Source(name=source.name, sha256=source.sha256, bytes=source.bytes, pages=source.page_count),
        engine=engine_of_this_process(options.engine, options.timeout_s).info,
    )


def wanted_sheets(pages: tuple[int, ...] | None, count: int) -> tuple[int, ...]:
    """The sheets to read, in order.

    Raises:
        UsageError: a page is asked for that the file does not have.
        InputError: all are asked for, and they are too many.
    """
    if pages is None:
        if count > MOST_PAGES:
            raise InputError(Message("too-many-pages", count=count, most=MOST_PAGES))
        return tuple(range(1, count + 1))
    absent = [number for number in pages if not 1 <= number <= count]
    if absent:
        raise UsageError(Message("no-such-page", page=absent[0], count=count))
    return tuple(sorted(set(pages)))


def read_sheets(
    source: SourceFile, numbers: Sequence[int], options: ScanOptions, observe: Observer | None
) -> Iterator[tuple[PageReading | UnreadablePage, ...]]:
    """Every sheet's pages in order, read in `options.jobs` processes."""
    work = partial(read_one_sheet, source, options=options, observe=observe)
    if options.jobs == 1 or len(numbers) == 1:
        yield from map(work, numbers)
        return
    # Forked children would inherit the threads of OpenCV and of the progress bar in an unknown state.
    pool = ProcessPoolExecutor(
        min(options.jobs, len(numbers)), mp_context=get_context("spawn"), initializer=_begin_beside_others
    )
    try:
        yield from pool.map(work, numbers)
    except BrokenProcessPool as broken:
        raise ChildFailure(Message("page-process-died")) from broken
    finally:
        pool.shutdown(cancel_futures=True)


def read_one_sheet(
    source: SourceFile, number: int, *, options: ScanOptions, observe: Observer | None
) -> tuple[PageReading | UnreadablePage, ...]:
    """What the pages on sheet `number` say."""
    engine = engine_of_this_process(options.engine, options.timeout_s)
    sheet = read_sheet(source, number)
    read = [
        page if isinstance(page, UnreadablePage) else read_page(page, engine, dpi=options.dpi, observe=observe)
        for page in sheet
    ]
    return tuple(in_reading_order(read, sheet, getattr(read[0], "rotation", 0)))


def read_page(
    page: SourcePage, engine: Engine, *, dpi: int = NORMAL_DPI, observe: Observer | None = None
) -> PageReading:
    """Turn one page upright, find what is where, and read it. The page of the document is numbered by `assemble`."""
    straight = upright(page, lines_reader(engine), dpi)
    layout = find_layout(straight)
    reading = read_layout(straight, layout, engine)
    if observe:
        observe(straight, layout, reading)
    return reading


def lines_reader(engine: Engine) -> ReadLines:
    """The engine as imaging wants it: line images in, (text, confidence) out; at a glance where it can."""
    if isinstance(engine, Glances):
        return engine.glance

    def read(lines: Sequence[Image]) -> list[tuple[str, float]]:
        return [(reading.text, reading.confidence) for reading in engine.read(lines)]

    return read


def assemble(sheets: Iterable[PageReading | UnreadablePage], *, source: Source, engine: EngineInfo) -> Document:
    """What all pages mean together.

    Raises:
        DamagedInput: not one page could be read.
    """
    pages = tuple(sheets)
    unreadable = [page for page in pages if isinstance(page, UnreadablePage)]
    readings = tuple(
        replace(page, number=number)
        for number, page in enumerate((p for p in pages if isinstance(p, PageReading)), start=1)
    )
    if not readings:
        raise DamagedInput(unreadable[0].reason if unreadable else Message("no-pages"))
    readings, mends = mended(readings)
    tables = build_tables(readings)
    letters, righted = checks.repair_letters(build_letters(readings, tables))
    tables, repairs = checks.repair(place_tables(tables, letters))
    told = (*findings_of(mends, tables), *repairs, *righted)
    letters, tables = checks.without_guesses(letters), checks.withhold(tables)
    document = Document(
        source=source,
        engine=engine,
        pages=tuple(build_page(reading) for reading in readings),
        letters=letters,
        tables=tables,
        records=build_records(tables, letters),
        routing=build_routing(letters),
        findings=(*(damaged_page(page) for page in unreadable), *remarks_on(readings), *told),
    )
    return document.model_copy(update={"findings": (*document.findings, *checks.run(document))})


def recheck(document: Document) -> Document:
    """The document with its records and findings as its letters and tables now stand: a person may have edited them."""
    document = document.model_copy(update={"records": build_records(document.tables, document.letters)})
    return document.model_copy(update={"findings": (*checks.standing(document), *checks.run(document))})


def damaged_page(page: UnreadablePage) -> Finding:
    """The finding for a page that could not be read among others that could."""
    return Finding(rule="damaged-page", severity="error", message=page.reason, page=page.source_page)


def remarks_on(pages: Iterable[PageReading]) -> Iterator[Finding]:
    """The findings for what was seen when the pages were opened."""
    for page in pages:
        for remark in page.remarks:
            yield Finding(rule=remark.rule, severity=remark.severity, message=remark.message, page=page.number)


def _begin_beside_others() -> None:
    """A process that reads pages beside others: interrupts are its parent's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keep_freed_memory()


@lru_cache(maxsize=1)
def engine_of_this_process(name: str, timeout_s: float) -> Engine:
    """The engine of this name, made once."""
    return engine_named(name, timeout_s=timeout_s)
