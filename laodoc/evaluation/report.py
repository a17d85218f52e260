"""Reads lines and scans whose truth is known, and tells how well."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from laodoc.document import BBox
from laodoc.evaluation.pairs import LinePair, ScanPair
from laodoc.evaluation.tally import Tally
from laodoc.imaging.page import UnreadablePage
from laodoc.imaging.sheet import read_sheet
from laodoc.imaging.source import open_source
from laodoc.pipeline import read_page
from laodoc.recognition.engine import Engine
from laodoc.recognition.reading import LineReading, PageReading

BATCH = 64
"""Lines that are read at once."""

SHORT = 8
"""A string of fewer characters is compared with whole lines: in running text it would be found by chance."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A line that was not read as it should have been."""

    place: str
    truth: str
    read: str
    image: NDArray[np.uint8]

    @property
    def edits(self) -> int:
        return int(Levenshtein.distance(self.truth, self.read))


@dataclass(slots=True)
class Report:
    """All counts, without regard to white space; `spaces` are (right, in the truth, read) in strings read without
    another error."""

    tally: Tally = field(default_factory=Tally)
    spaces: tuple[int, int, int] = (0, 0, 0)
    slips: list[Slip] = field(default_factory=list)

    @property
    def spaces_f1(self) -> float:
        """How right the spaces are, 0..1; 1 where there are none."""
        right, true, read = self.spaces
        return 2 * right / (true + read) if true + read else 1.0

    def add(self, place: str, truth: str, read: str, confidence: float, image: NDArray[np.uint8]) -> None:
        """Count one string."""
        plain_truth, plain_read = _plain(truth), _plain(read)
        self.tally.add(plain_read, plain_truth, confidence)
        if plain_truth == plain_read:
            true, found = spaces_in(truth), spaces_in(read)
            self.spaces = (
                self.spaces[0] + len(true & found),
                self.spaces[1] + len(true),
                self.spaces[2] + len(found),
            )
        else:
            self.slips.append(Slip(place, truth, read, image))


def evaluate_lines(report: Report, pairs: Iterable[LinePair], engine: Engine) -> None:
    """Read pictures of lines and count.

    Raises: whatever the engine raises.
    """
    for group in _groups(pairs):
        for pair, reading in zip(group, engine.read([pair.image for pair in group]), strict=True):
            report.add(pair.path.name, pair.text, reading.text, reading.confidence, pair.image)


def evaluate_scan(report: Report, pair: ScanPair, engine: Engine) -> None:
    """Read a scan and count its true strings, each against the part of its page that is most like it.

    Raises:
        LaodocError: the scan cannot be read.
    """
    source = open_source(pair.path)
    crops: dict[int, NDArray[np.uint8]] = {}
    pages = iter(pair.pages)
    for number in range(1, source.page_count + 1):
        for page in read_sheet(source, number):
            truth = next(pages, ())
            if isinstance(page, UnreadablePage):
                reading, grey = None, np.full((1, 1), 255, np.uint8)
            else:
                reading = read_page(page, engine, observe=lambda upright, *_: crops.update({0: upright.grey}))
                grey = crops[0]
            place = f"{pair.path.name} p.{number}"
            for said, read, confidence, box in matches(truth, reading):
                report.add(place, said, read, confidence, grey[box.top : box.bottom, box.left : box.right])


def matches(truth: Sequence[str], page: PageReading | None) -> Iterator[tuple[str, str, float, BBox]]:
    """For each true string what was read for it, how surely, and where; nothing where nothing is like it."""
    lines = list(_lines(page)) if page else []
    text, owner = "", list[int]()
    for number, line in enumerate(lines):
        text += line.reading.text + "\n"
        owner += [number] * (len(line.reading.text) + 1)
    flat = [index for index, symbol in enumerate(text) if not symbol.isspace()]
    hay = "".join(text[index] for index in flat)
    for said in truth:
        found = _find(_plain(said), hay) if len(_plain(said)) >= SHORT else None
        if found is not None:
            start, end = flat[found[0]], flat[found[1] - 1] + 1
            touched = [lines[number] for number in sorted(set(owner[start:end]))]
            yield said, text[start:end].replace("\n", " "), min(t.reading.confidence for t in touched), _hull(touched)
            continue
        best = max(lines, key=lambda line: _likeness(said, line.reading.text), default=None)
        if best is None or _likeness(said, best.reading.text) <= 0:
            yield said, "", 0.0, BBox(0, 0, 1, 1)
        else:
            yield said, best.reading.text, best.reading.confidence, best.bbox


def _find(wanted: str, hay: str) -> tuple[int, int] | None:
    """The part of `hay` that is most like `wanted`."""
    start = hay.find(wanted)
    if start >= 0:
        return start, start + len(wanted)
    near = fuzz.partial_ratio_alignment(wanted, hay) if hay else None
    if near is None or near.dest_end <= near.dest_start:
        return None
    starts = range(max(0, near.dest_start - 2), near.dest_start + 3)
    ends = range(near.dest_end - 2, min(len(hay), near.dest_end + 2) + 1)
    parts = [(start, end) for start in starts for end in ends if start < end <= len(hay)]
    return min(parts, key=lambda part: Levenshtein.distance(wanted, hay[part[0] : part[1]]), default=None)


def _likeness(truth: str, read: str) -> float:
    return float(Levenshtein.normalized_similarity(_plain(truth), _plain(read)))


def _lines(page: PageReading) -> Iterator[LineReading]:
    yield from page.lines
    for grid in page.grids:
        for cell in grid.cells:
            yield from cell.lines


def _hull(lines: Sequence[LineReading]) -> BBox:
    return BBox(
        min(line.bbox.left for line in lines),
        min(line.bbox.top for line in lines),
        max(line.bbox.right for line in lines),
        max(line.bbox.bottom for line in lines),
    )


def _plain(text: str) -> str:
    return "".join(text.split())


def spaces_in(text: str) -> set[int]:
    """After how many other characters there is a space."""
    words = text.split()
    return {sum(map(len, words[:count])) for count in range(1, len(words))}


def _groups(pairs: Iterable[LinePair]) -> Iterator[list[LinePair]]:
    group: list[LinePair] = []
    for pair in pairs:
        group.append(pair)
        if len(group) == BATCH:
            yield group
            group = []
    if group:
        yield group
