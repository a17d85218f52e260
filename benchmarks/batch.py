"""A batch: pages a second on one process and on two, beside Tesseract; memory over time; a page of a long file.

    python benchmarks/batch.py rate FILE… [--rounds N]         at default settings
    python benchmarks/batch.py long [--pages N …] [--jobs N]   made-up files of so many pages, one batch each

Machines are noisy: processor time a page, and its ratio to Tesseract's on the same pages in the same run, is what
counts. Memory is the share that all processes of the batch have together (PSS), looked at once a second; the time that
this takes is not the batch's.
"""

import argparse
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import pikepdf
from PIL import Image, ImageDraw, ImageFont

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.kill import FONT
from benchmarks.speed import Cost, ask_tesseract
from laodoc.archive.batch import BatchOptions, run_batch
from laodoc.archive.entering import enter_files
from laodoc.archive.ledger import Ledger
from laodoc.archive.workers import Workers
from laodoc.imaging.page import UnreadablePage
from laodoc.imaging.sheet import read_sheet
from laodoc.imaging.source import open_source
from laodoc.imaging.upright import upright
from laodoc.pipeline import NORMAL_DPI, ScanOptions, engine_of_this_process, lines_reader

LOOK_S = 1.0
TICKS = os.sysconf("SC_CLK_TCK")
PARTS = 10
"""Pieces of the run for which the memory is told."""

LONG = ScanOptions(dpi=150)
"""Long files are read at half the resolution, to have many pages in little time."""

WORDS = "ด้วยจังหวัดได้รับแจ้งจากกรมส่งเสริมการปกครองท้องถิ่นว่า ที่ มท ๐๘๑๐.๒/ว"


@dataclass
class Watched:
    """What all processes of this batch had and used."""

    memory: list[float] = field(default_factory=list)
    cpu: dict[int, float] = field(default_factory=dict)
    looking: float = 0.0

    def look(self) -> None:
        family = list(descendants(os.getpid()))
        self.memory.append(sum(map(memory_mib, family)))
        helpers = {os.getpid(), *children(os.getpid())}  # this process, and the server that its workers come from
        self.cpu.update({process: cpu_seconds(process, worker=process not in helpers) for process in family})

    def parts(self) -> list[float]:
        """The highest memory in each part of the run."""
        size = max(1, len(self.memory) // PARTS)
        return [max(self.memory[start : start + size]) for start in range(0, size * PARTS, size) if self.memory[start:]]


def descendants(process: int) -> Iterator[int]:
    """The process and all that it and they have started, as far as they live."""
    yield process
    for child in children(process):
        yield from descendants(child)


def children(process: int) -> list[int]:
    """The processes that a process has started from its first thread."""
    try:
        return list(map(int, Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()))
    except OSError:
        return []


def memory_mib(process: int) -> float:
    """The share of memory that a process has."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def cpu_seconds(process: int, *, worker: bool) -> float:
    """Processor time of a process; of a worker also that of the programs that it has run, which are not reckoned by
    themselves."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        draws = Path(f"/proc/{process}/comm").read_text(encoding="ascii").startswith("pdf")
    except OSError:
        return 0.0
    own, programs = sum(map(int, fields[11:13])), sum(map(int, fields[13:15]))
    return 0.0 if draws else (own + programs * worker) / TICKS


@contextmanager
def watched() -> Iterator[Watched]:
    """Looks at the batch until the end."""
    seen, over = Watched(), threading.Event()

    def look() -> None:
        while not over.wait(LOOK_S):
            seen.look()
            seen.looking = time.thread_time()

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield seen
        seen.look()
    finally:
        over.set()
        watcher.join()


@dataclass
class Run:
    """What a batch took."""

    pages: int
    wall: float
    cpu: float
    seen: Watched

    @property
    def rate(self) -> float:
        return self.pages / self.wall


def batch(files: Sequence[Path], options: BatchOptions) -> Run:
    """Read the files into a fresh archive with processes that have read one of them before."""
    with tempfile.TemporaryDirectory() as folder, Workers(options.jobs, options.timeout_s) as workers:
        warm = Ledger(Path(folder) / "warm.sqlite", create=True)
        enter_files(warm, files[:1])
        if len(files) > 1:
            run_batch(warm, options, workers=workers)
        ledger = Ledger(Path(folder) / "archive.sqlite", create=True)
        enter_files(ledger, files)
        pages = list[int]()
        with watched() as seen:
            seen.look()
            before, begun = dict(seen.cpu), time.monotonic()
            _, failed = run_batch(ledger, options, tell=lambda done, *_: pages.append(done.pages), workers=workers)
            wall = time.monotonic() - begun
        assert not failed
        cpu = -seen.looking + sum(used - before.get(process, 0.0) for process, used in seen.cpu.items())
    return Run(sum(pages), wall, cpu, seen)


def tesseract(files: Iterable[Path]) -> Cost:
    """What Tesseract takes for the first upright page of each file."""
    cost, read = Cost(), lines_reader(engine_of_this_process("laodoc-thai", 120.0))
    for path in files:
        for page in read_sheet(open_source(path), 1):
            if not isinstance(page, UnreadablePage):
                ask_tesseract(upright(page, read, NORMAL_DPI).grey, cost)
    return cost


def tell_rate(files: Sequence[Path], rounds: int) -> None:
    rates: dict[int, list[float]] = {1: [], 2: []}
    costs, memory, theirs = list[float](), 0.0, list[float]()
    for _ in range(rounds):
        for jobs, told in rates.items():
            run = batch(files, BatchOptions(jobs=jobs))
            told.append(run.rate)
            costs.append(run.cpu / run.pages)
            memory = max(memory, *run.seen.memory)
            print(
                f"{jobs} process(es): {run.pages} pages, {run.rate:.2f} a second, {run.cpu / run.pages:.2f} CPU-s each"
            )
        theirs.append(tesseract(files).total)
    one, two = median(rates[1]), median(rates[2])
    print(f"one process {one:.2f}, two {two:.2f} pages a second: {two / one:.2f} times")
    print(f"CPU-seconds a page: laodoc {median(costs):.2f}, Tesseract {median(theirs):.2f}", end="; ")
    print(f"ratio {median(costs) / median(theirs):.2f}")
    print(f"memory of all processes: {memory:.0f} MiB at most")


def make_long(path: Path, pages: int) -> None:
    """A PDF of scanned pages of six lines; each has its own number."""
    font = ImageFont.truetype(str(FONT), 24)
    with pikepdf.new() as book:
        for number in range(pages):
            page = Image.new("L", (827, 1169), 255)
            for line in range(6):
                ImageDraw.Draw(page).text((90, 120 + 60 * line), f"{WORDS} {number * 6 + line}", fill=20, font=font)
            single = path.with_name("page.pdf")
            page.save(single, resolution=100)
            with pikepdf.open(single) as one:
                book.pages.extend(one.pages)
        book.save(path)
        single.unlink()


def tell_long(sizes: Sequence[int], jobs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for pages in sizes:
            path = Path(folder) / f"{pages}.pdf"
            make_long(path, pages)
            run = batch([path], BatchOptions(scan=LONG, jobs=jobs))
            curve = " ".join(f"{part:.0f}" for part in run.seen.parts())
            print(
                f"{pages} pages: {run.rate:.2f} a second, {run.cpu / run.pages:.3f} CPU-s each; MiB: {curve}",
                flush=True,
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True, dest="command")
    rate = commands.add_parser("rate")
    rate.add_argument("files", nargs="+", type=Path, metavar="FILE")
    rate.add_argument("--rounds", type=int, default=2)
    long = commands.add_parser("long")
    long.add_argument("--pages", type=int, nargs="+", default=[100, 500, 2000])
    long.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    if given.command == "rate":
        tell_rate(given.files, given.rounds)
    else:
        tell_long(given.pages, given.jobs)


if __name__ == "__main__":
    main()
