"""A batch: everything that waits in the ledger of an archive is read, page by page, on all processes."""

import hashlib
import json
import shutil
import time
import zlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path, PurePath

from pydantic import TypeAdapter

from laodoc.archive import zips
from laodoc.archive.ledger import Ledger
from laodoc.archive.serving import Task
from laodoc.archive.workers import MOST_MEMORY, Workers
from laodoc.document import Document, EngineInfo, Source
from laodoc.errors import AccessError, LaodocError
from laodoc.export.json import to_json
from laodoc.imaging.page import UnreadablePage
from laodoc.imaging.source import SourceFile, open_source
from laodoc.messages import Message
from laodoc.pipeline import ScanOptions, assemble, engine_of_this_process, read_one_sheet, wanted_sheets
from laodoc.recognition.reading import PageReading

PAGES_TOGETHER = 100
"""Pages that are put together in the time that one page may take; 2,000 took 19 seconds of a busy processor."""

CHANGED = Message("file-changed")

Sheet = tuple[PageReading | UnreadablePage, ...]

Packed = bytes
"""A sheet as it waits for the others of its file, as compressed JSON: a tenth of the memory."""


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """How to read a batch: processes, seconds a page, bytes a process, files at most, whether what failed is tried
    again, and whether what another version of the engine read is read anew."""

    scan: ScanOptions = field(default_factory=ScanOptions)
    jobs: int = 1
    timeout_s: float = 120.0
    memory: int = MOST_MEMORY
    limit: int | None = None
    retry_failed: bool = False
    since_model: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file."""

    place: str
    pages: int
    seconds: float
    findings: int = 0
    error: LaodocError | None = None


Tell = Callable[[Outcome, int, int], None]
"""Hears of every file as it ends, with how many are over and how many there are."""

Heard = Callable[[str, int, int], None]
"""Hears of every page that is read: the place of its file, how many of its sheets are read, and how many it has."""


@dataclass(slots=True, eq=False)
class Job:
    """A file that is being read: its sheets as they come, and those that are still to be read. `folder` is where it is
    unpacked, should it lie in a ZIP."""

    sha256: str
    place: str
    folder: Path
    started: float
    source: SourceFile | None = None
    waiting: deque[int] = field(default_factory=deque)
    sheets: dict[int, Packed] = field(default_factory=dict)
    assembling: bool = False


def run_batch(
    ledger: Ledger,
    options: BatchOptions,
    *,
    tell: Tell | None = None,
    heard: Heard | None = None,
    workers: Workers | None = None,
) -> tuple[int, int]:
    """Read what waits in the ledger; (done, failed). `tell` hears of every file, with how many are over and there are,
    `heard` of every page. `workers` are those to use, and to keep, where there are some already.

    Ctrl-C leaves what is done done. A file whose page crashes or hangs is failed, the others go on.
    """
    engine = engine_of_this_process(options.scan.engine, options.timeout_s).info
    todo = deque(ledger.waiting(failed=options.retry_failed, older_than=engine if options.since_model else None))
    if options.limit is not None:
        todo = deque(list(todo)[: options.limit])
    total, done, failed = len(todo), 0, 0
    if not todo:
        return 0, 0
    hired = nullcontext(workers) if workers else Workers(options.jobs, options.timeout_s, options.memory)
    with hired as pool:
        for job, result in _finished(pool, todo, options, engine, heard):
            shutil.rmtree(job.folder, ignore_errors=True)
            seconds = time.monotonic() - job.started
            pages = job.source.page_count if job.source else 0
            if isinstance(result, LaodocError):
                ledger.fail(job.sha256, result.message, result.exit_code, seconds)
                failed += 1
                outcome = Outcome(job.place, pages, seconds, error=result)
            else:
                document, record = result
                ledger.keep(job.sha256, document, record, seconds)
                done += 1
                outcome = Outcome(job.place, pages, seconds, findings=len(document.findings))
            if tell:
                tell(outcome, done + failed, total)
    return done, failed


def _finished(
    workers: Workers,
    todo: deque[tuple[str, str]],
    options: BatchOptions,
    engine: EngineInfo,
    heard: Heard | None = None,
) -> Iterator[tuple[Job, tuple[Document, bytes] | LaodocError]]:
    """Every file as it ends. Pages are the unit of work: one long file keeps all processes busy, and at most as many
    files are open as there are processes, and one more."""
    open_jobs: list[Job] = []
    while todo or open_jobs:
        while workers.idle and (task := _next_task(open_jobs, todo, options, engine, workers.scratch)):
            workers.give(*task, times=_times(*task[0]))
        if not workers.busy:
            break
        done = workers.next()
        job, what = done.key
        if job not in open_jobs:  # another of its pages failed
            continue
        if done.error is not None:
            open_jobs.remove(job)
            yield job, _of_page(done.error, what)
        elif what == "open" and done.answer.sha256 != job.sha256:
            open_jobs.remove(job)
            yield job, AccessError(CHANGED)
        elif what == "open":
            job.source = done.answer
            job.waiting.extend(range(1, done.answer.page_count + 1))
        elif what == "assemble":
            open_jobs.remove(job)
            yield job, done.answer
        else:
            job.sheets[what] = done.answer
            if heard and job.source:
                heard(job.place, len(job.sheets), job.source.page_count)


def _times(job: Job, what: int | str) -> float:
    """How often the time of a page a task may take: a long file is put together in one piece."""
    return 1 + job.source.page_count / PAGES_TOGETHER if job.source and what == "assemble" else 1.0


def _next_task(
    jobs: list[Job], todo: deque[tuple[str, str]], options: BatchOptions, engine: EngineInfo, scratch: Path
) -> tuple[tuple[Job, int | str], Task] | None:
    """What to do next: put a file together that is read, else read a page, else open another file."""
    for job in jobs:
        if job.source and not job.assembling and len(job.sheets) == job.source.page_count:
            job.assembling = True
            sheets = [job.sheets[number] for number in sorted(job.sheets)]
            return (job, "assemble"), partial(put_together, job.source, sheets, engine)
    for job in jobs:
        if job.source and job.waiting:
            number = job.waiting.popleft()
            return (job, number), partial(read_packed, job.source, number, options.scan)
    if todo and len(jobs) <= options.jobs:
        sha256, place = todo.popleft()
        job = Job(sha256, place, scratch / sha256, time.monotonic())
        jobs.append(job)
        return (job, "open"), partial(open_scan, place, job.folder, options)
    return None


def open_scan(place: str, folder: Path, options: BatchOptions) -> SourceFile:
    """The file at this place, which may lie in a ZIP: then it is unpacked into the folder, which is made. The folder is
    named by the SHA-256 of what is expected there.

    Raises:
        LaodocError: see `laodoc.imaging.source.open_source` and `laodoc.archive.zips.unpack`.
    """
    path, packed = Path(place), zips.split(place)
    if packed:
        folder.mkdir(mode=0o700)
        path = zips.unpack(*packed, folder)
    name, password = PurePath(place).name, options.scan.password
    with _blaming_change(path, folder.name):
        source = open_source(path, name=name, password=password, timeout_s=options.timeout_s)
    wanted_sheets(None, source.page_count)
    return source


def read_packed(source: SourceFile, number: int, options: ScanOptions) -> Packed:
    """What the pages on sheet `number` say, see `read_one_sheet`."""
    with _blaming_change(source.path, source.sha256):
        sheet = read_one_sheet(source, number, options=options, observe=None)
    return zlib.compress(_sheets().dump_json(sheet), 1)


@cache
def _sheets() -> TypeAdapter[Sheet]:
    """Between sheets and their JSON, in which every number stays what it is."""
    return TypeAdapter(Sheet)


def put_together(source: SourceFile, packed: Sequence[Packed], engine: EngineInfo) -> tuple[Document, bytes]:
    """The document of a file whose sheets were read, and its record.

    Raises:
        AccessError: the file has changed meanwhile: pages of two letters never make one record.
    """
    pages = [page for each in packed for page in _sheets().validate_json(zlib.decompress(each))]
    gone = not source.path.exists() and not any(isinstance(page, UnreadablePage) for page in pages)
    if not gone and not _holds(source.path, source.sha256):
        raise AccessError(CHANGED)
    origin = Source(name=source.name, sha256=source.sha256, bytes=source.bytes, pages=source.page_count)
    document = assemble(pages, source=origin, engine=engine)
    return document, to_json(document)


@contextmanager
def _blaming_change(path: Path, sha256: str) -> Iterator[None]:
    """Where a file is another one by now, what goes wrong with it says nothing of the content that was to be read."""
    try:
        yield
    except LaodocError as error:
        if isinstance(error, AccessError) or _holds(path, sha256):
            raise
        raise AccessError(CHANGED) from error


def _holds(path: Path, sha256: str) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False


def _of_page(error: LaodocError, what: int | str) -> LaodocError:
    """The same error, telling the page."""
    return type(error)(Message("of-page", page=what, why=error.message)) if isinstance(what, int) else error


def log_line(outcome: Outcome) -> str:
    """One line of the log, as JSON."""
    return json.dumps(
        {
            "file": outcome.place,
            "pages": outcome.pages,
            "seconds": round(outcome.seconds, 2),
            "findings": outcome.findings,
            "error": str(outcome.error) if outcome.error else None,
            "exit_code": outcome.error.exit_code if outcome.error else 0,
        },
        ensure_ascii=False,
    )
