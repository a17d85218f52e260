"""A batch: every scan of some folders into an archive, each once, page by page on all processes."""

import hashlib
import json
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from laodoc.archive.ledger import Ledger
from laodoc.archive.serving import Task
from laodoc.archive.workers import MOST_MEMORY, Workers
from laodoc.document import Document, EngineInfo, Source
from laodoc.errors import AccessError, LaodocError
from laodoc.export.json import to_json
from laodoc.imaging.page import UnreadablePage
from laodoc.imaging.source import SourceFile, open_source
from laodoc.pipeline import ScanOptions, assemble, engine_of_this_process, read_one_sheet
from laodoc.recognition.reading import PageReading

SUFFIXES = frozenset((".pdf", ".tif", ".tiff", ".png", ".jpg", ".jpeg", ".webp", ".bmp"))
"""Files that are taken for scans; what they really are is looked at when they are read."""

Sheet = tuple[PageReading | UnreadablePage, ...]


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


@dataclass(slots=True, eq=False)
class Job:
    """A file that is being read: its sheets as they come, and those that are still to be read."""

    sha256: str
    place: str
    started: float
    source: SourceFile | None = None
    waiting: deque[int] = field(default_factory=deque)
    sheets: dict[int, Sheet] = field(default_factory=dict)
    assembling: bool = False


def enter_files(
    ledger: Ledger, folders: Sequence[Path], *, refused: Callable[[Path, OSError], None] | None = None
) -> int:
    """Enter every scan of the folders (and single files) into the ledger; how many there are. `refused` hears of those
    that cannot be read; they are looked at again at the next run.

    Raises:
        AccessError: a folder does not exist, or the archive cannot be written.
    """
    count = 0
    for path in scans_in(folders):
        count += 1
        try:
            status = path.stat()
            if ledger.find(str(path), status.st_size, status.st_mtime_ns) is not None:
                continue
            with path.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            if refused:
                refused(path, error)
            continue
        ledger.enter(str(path), sha256, status.st_size, status.st_mtime_ns)
    return count


def scans_in(folders: Iterable[Path]) -> Iterator[Path]:
    """All files with the suffix of a scan, in order; links to folders are not followed."""
    for folder in folders:
        if folder.is_file():
            yield folder
        elif folder.is_dir():
            found = (Path(root) / name for root, _, names in os.walk(folder) for name in names)
            yield from sorted(path for path in found if path.suffix.lower() in SUFFIXES and path.is_file())
        else:
            raise AccessError(f"{folder}: there is no such folder")


def run_batch(
    ledger: Ledger, options: BatchOptions, *, tell: Callable[[Outcome, int, int], None] | None = None
) -> tuple[int, int]:
    """Read what waits in the ledger; (done, failed). `tell` hears of every file, with how many are over and there are.

    Ctrl-C leaves what is done done. A file whose page crashes or hangs is failed, the others go on.
    """
    engine = engine_of_this_process(options.scan.engine, options.timeout_s).info
    todo = deque(ledger.waiting(failed=options.retry_failed, older_than=engine if options.since_model else None))
    if options.limit is not None:
        todo = deque(list(todo)[: options.limit])
    total, done, failed = len(todo), 0, 0
    if not todo:
        return 0, 0
    with Workers(options.jobs, options.timeout_s, options.memory) as workers:
        for job, result in _finished(workers, todo, options, engine):
            seconds = time.monotonic() - job.started
            pages = job.source.page_count if job.source else 0
            if isinstance(result, LaodocError):
                ledger.fail(job.sha256, str(result), result.exit_code, seconds)
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
    workers: Workers, todo: deque[tuple[str, str]], options: BatchOptions, engine: EngineInfo
) -> Iterator[tuple[Job, tuple[Document, bytes] | LaodocError]]:
    """Every file as it ends. Pages are the unit of work: one long file keeps all processes busy, and at most as many
    files are open as there are processes, and one more."""
    open_jobs: list[Job] = []
    while todo or open_jobs:
        while workers.idle and (task := _next_task(open_jobs, todo, options, engine)):
            workers.give(*task)
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
            yield job, AccessError("the file has changed since it was found; run the batch again")
        elif what == "open":
            job.source = done.answer
            job.waiting.extend(range(1, done.answer.page_count + 1))
        elif what == "assemble":
            open_jobs.remove(job)
            yield job, done.answer
        else:
            job.sheets[what] = done.answer


def _next_task(
    jobs: list[Job], todo: deque[tuple[str, str]], options: BatchOptions, engine: EngineInfo
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
            return (job, number), partial(read_one_sheet, job.source, number, options=options.scan, observe=None)
    if todo and len(jobs) <= options.jobs:
        sha256, place = todo.popleft()
        job = Job(sha256, place, time.monotonic())
        jobs.append(job)
        return (job, "open"), partial(
            open_source, Path(place), password=options.scan.password, timeout_s=options.timeout_s
        )
    return None


def put_together(source: SourceFile, sheets: Sequence[Sheet], engine: EngineInfo) -> tuple[Document, bytes]:
    """The document of a file whose sheets were read, and its record."""
    origin = Source(name=source.name, sha256=source.sha256, bytes=source.bytes, pages=source.page_count)
    document = assemble((page for sheet in sheets for page in sheet), source=origin, engine=engine)
    return document, to_json(document)


def _of_page(error: LaodocError, what: int | str) -> LaodocError:
    """The same error, telling the page."""
    return type(error)(f"page {what}: {error}") if isinstance(what, int) else error


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
