"""What a page costs, beside Tesseract in the same run.

    python benchmarks/speed.py FILE… [--rounds N] [--processes N …]

Machines are noisy, so the two take turns, page by page, and the ratio of their CPU-seconds is what counts. Tesseract
is given what laodoc's pages become: upright pictures at 300 dpi, one thread, `--psm 3`, Thai and English. laodoc is
warm (one file is scanned before); its CPU-seconds include its child processes, and are told apart by stage. Memory is
that of a process of its own which scans all files, one after the other.
"""

import argparse
import multiprocessing
import os
import resource
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import cv2

from laodoc.document import Source
from laodoc.imaging.memory import keep_freed_memory
from laodoc.imaging.page import UnreadablePage
from laodoc.imaging.sheet import read_sheet
from laodoc.imaging.source import open_source
from laodoc.imaging.upright import upright
from laodoc.layout.analysis import find_layout
from laodoc.pipeline import NORMAL_DPI, assemble, lines_reader, scan
from laodoc.recognition.engine import Engine
from laodoc.recognition.engines import DEFAULT_ENGINE, engine
from laodoc.recognition.page import read_layout

STAGES = ("raster", "upright", "layout", "recognition", "parsing")
TESSERACT = ("--psm", "3", "-l", "tha+eng", "--dpi", str(NORMAL_DPI))


@dataclass
class Cost:
    """Seconds added up, of processor and wall; `pages` are those that they were spent on."""

    pages: int = 0
    cpu: Counter[str] = field(default_factory=Counter)
    wall: float = 0.0

    @property
    def total(self) -> float:
        """CPU-seconds a page."""
        return sum(self.cpu.values()) / max(1, self.pages)


@contextmanager
def spent(cost: Cost, stage: str) -> Iterator[None]:
    """Add what is spent inside to the stage, by this process and the children that it waited for."""
    before, started = cpu_seconds(), time.perf_counter()
    yield
    cost.cpu[stage] += cpu_seconds() - before
    cost.wall += time.perf_counter() - started


def cpu_seconds() -> float:
    """Processor seconds of this process and of its children that ended."""
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--processes", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--no-tesseract", action="store_true")
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    keep_freed_memory()
    reader = engine(DEFAULT_ENGINE)
    walk(arguments.files[0], reader, Cost(), None)
    ours, theirs = Cost(), Cost()
    for _ in range(arguments.rounds):
        for path in arguments.files:
            walk(path, reader, ours, None if arguments.no_tesseract else theirs)
    print(f"laodoc: {ours.total:.2f} CPU-s a page, {ours.wall / ours.pages:.2f} s ({ours.pages} pages)")
    for stage in STAGES:
        print(f"  {stage}: {ours.cpu[stage] / ours.pages:.3f} CPU-s, {ours.cpu[stage] / sum(ours.cpu.values()):.0%}")
    if theirs.pages:
        print(f"tesseract: {theirs.total:.2f} CPU-s a page, {theirs.wall / theirs.pages:.2f} s")
        print(f"ratio of CPU-seconds, laodoc to tesseract: {ours.total / theirs.total:.2f}")
    print(f"peak memory of one process over all files: {alone(arguments.files):.0f} MiB")
    rates = {count: pages_a_second(arguments.files, count) for count in arguments.processes}
    for count, rate in rates.items():
        print(f"{count} process(es): {rate:.2f} pages a second")


def walk(path: Path, reader: Engine, ours: Cost, theirs: Cost | None) -> None:
    """Scan one file stage by stage, and let Tesseract read its upright pages."""
    readings = []
    source = open_source(path)
    for number in range(1, source.page_count + 1):
        with spent(ours, "raster"):
            pages = [page for page in read_sheet(source, number) if not isinstance(page, UnreadablePage)]
        for page in pages:
            with spent(ours, "upright"):
                straight = upright(page, lines_reader(reader), NORMAL_DPI)
            with spent(ours, "layout"):
                layout = find_layout(straight)
            with spent(ours, "recognition"):
                readings.append(read_layout(straight, layout, reader))
            ours.pages += 1
            if theirs:
                ask_tesseract(straight.grey, theirs)
    with spent(ours, "parsing"):
        origin = Source(name=source.name, sha256=source.sha256, bytes=source.bytes, pages=source.page_count)
        assemble(readings, source=origin, engine=reader.info)


def ask_tesseract(grey: cv2.typing.MatLike, cost: Cost) -> None:
    """Read one page as a picture by Tesseract on one thread; writing the picture is not counted."""
    with tempfile.NamedTemporaryFile(suffix=".pgm") as file:
        cv2.imwrite(file.name, grey)
        command = ["tesseract", file.name, "-", *TESSERACT]
        with spent(cost, "tesseract"):
            subprocess.run(command, env={**os.environ, "OMP_THREAD_LIMIT": "1"}, capture_output=True, check=True)
    cost.pages += 1


def alone(files: Sequence[Path]) -> float:
    """MiB that a fresh process needed at most to scan all files."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(scan_all, files).result()


def scan_all(files: Sequence[Path]) -> float:
    """Scan the files; the peak memory of this process in MiB."""
    cv2.setNumThreads(1)
    keep_freed_memory()
    for path in files:
        scan(path)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def pages_a_second(files: Sequence[Path], processes: int) -> float:
    """Pages that so many warm processes scan in a second, a file at a time each, every file once a process."""
    work = [path for path in files for _ in range(processes)]
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn")) as pool:
        list(pool.map(pages_of, [files[0]] * processes))
        started = time.perf_counter()
        pages = sum(pool.map(pages_of, work))
        return pages / (time.perf_counter() - started)


def pages_of(path: Path) -> int:
    """Scan the file; how many pages it has."""
    cv2.setNumThreads(1)
    return len(scan(path).pages)


if __name__ == "__main__":
    main()
