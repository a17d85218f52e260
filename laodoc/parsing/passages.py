"""Lines of a letter as one text in which every character knows its place on paper."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from laodoc.document import BBox, Field
from laodoc.imaging.paper import MM_PER_INCH
from laodoc.layout.boxes import overlap_y, union
from laodoc.recognition.reading import LineReading, PageReading, Reading
from laodoc.thai.diacritics import normalise

_THAI_BREAK = re.compile(r"(?<=[ก-๎])[ \t]*\n[ \t]*(?=[ก-๎])(?!พ\s?\.\s?ศ\s?\.)")


WHOLE = 0.9999
"""Confidence that no part of a line reaches that is not sure as a whole: 1 marks what stands while others are read
otherwise (`laodoc.parsing.rereading`)."""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of text of one page, in normal spelling; `mm` is the length of a millimetre in its pixels.

    `reading` is what the recognizer made of it, with all that it may say besides; `angle` by how many degrees it rises;
    `places` are the middles of the characters of its reading, or nothing.
    """

    text: str
    bbox: BBox
    confidence: float
    page: int
    region: int | None
    mm: float
    reading: Reading
    angle: float = 0.0
    places: tuple[int, ...] = ()

    @property
    def height(self) -> int:
        return self.bbox.bottom - self.bbox.top

    @property
    def lead(self) -> int | None:
        """Where its text begins in that of its reading; None where normal spelling has changed this."""
        return self.reading.text.find(self.text) if self.text in self.reading.text else None

    def sure(self, start: int, end: int) -> float:
        """How sure the least sure letter or digit of `text[start:end]` is; the whole line where that is not known."""
        lead, characters = self.lead, self.reading.characters
        if lead is None or len(characters) != len(self.reading.text):
            return self.confidence
        said = zip(self.text[start:end], characters[lead + start : lead + end], strict=True)
        return min((one.confidence for letter, one in said if letter.isalnum()), default=self.confidence)

    def worth(self, start: int, end: int) -> float:
        """How sure `text[start:end]` is: what is doubtful in the rest of the line does not count against it."""
        if self.confidence >= WHOLE:
            return self.confidence
        return max(self.confidence, min(WHOLE, self.sure(start, end)))

    def place(self, index: int) -> int:
        """About where the character stands: its middle, in pixels from the page's left."""
        if self.lead is not None and len(self.places) == len(self.reading.text):
            return self.places[self.lead + index]
        box = part_of(self, index, index + 1)
        return (box.left + box.right) // 2


def printed_lines(page: PageReading) -> tuple[PrintedLine, ...]:
    """The lines outside tables in which something was read, in reading order."""
    lines = (as_printed(line, page) for line in page.lines)
    return tuple(line for line in lines if line.text)


def as_printed(line: LineReading, page: PageReading) -> PrintedLine:
    """A line of the page, in a cell or not, in normal spelling."""
    return PrintedLine(
        text=normalise(line.reading.text).strip(),
        bbox=line.bbox,
        confidence=line.reading.confidence,
        page=page.number,
        region=line.region,
        mm=page.dpi / MM_PER_INCH,
        reading=line.reading,
        angle=line.angle,
        places=line.places,
    )


@dataclass(frozen=True)
class Passage:
    """Lines joined by line breaks, so that a phrase is found although it runs over the end of a line."""

    lines: tuple[PrintedLine, ...]

    @cached_property
    def text(self) -> str:
        """The lines, each behind a line break, or behind a space where it stands beside the one before."""
        parts = [self.lines[0].text] if self.lines else []
        for before, line in pairwise(self.lines):
            parts += [" " if follows(before, line) else "\n", line.text]
        return "".join(parts)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        starts, at = [], 0
        for line in self.lines:
            starts.append(at)
            at += len(line.text) + 1
        return tuple(starts)

    def start_of(self, line: int) -> int:
        """The position of the first character of line `line`."""
        return self._starts[line]

    def line_at(self, position: int) -> PrintedLine:
        """The line in which the character at `position` of `text` stands."""
        return self.lines[bisect_right(self._starts, position) - 1]

    def field(self, start: int, end: int, value: str | None = None) -> Field:
        """`text[start:end]` without the white space around it, as a field (at least one character must be left).

        Its box is the union of the parts of the lines on its first page, each cut in proportion to the characters;
        its confidence that of the least certain part.
        """
        start += len(self.text[start:end]) - len(self.text[start:end].lstrip())
        end = start + len(self.text[start:end].rstrip())
        parts = [
            (line, max(start - first, 0), min(end - first, len(line.text)))
            for first, line in zip(self._starts, self.lines, strict=True)
            if first < end and start < first + len(line.text)
        ]
        page = parts[0][0].page
        return Field(
            text=flowing(self.text[start:end]),
            value=value,
            page=page,
            bbox=union(part_of(line, first, last) for line, first, last in parts if line.page == page),
            confidence=min(line.worth(first, last) for line, first, last in parts),
        )


def follows(before: PrintedLine, line: PrintedLine) -> bool:
    """Whether a line stands at the right of the one before, at its height."""
    lower = min(before.height, line.height)
    beside = overlap_y(before.bbox, line.bbox) > lower / 2 and line.bbox.left >= before.bbox.right
    return before.page == line.page and beside


def part_of(line: PrintedLine, first: int, last: int) -> BBox:
    """About where characters `first` to `last` of the line stand."""
    left, top, right, bottom = line.bbox
    scale = (right - left) / len(line.text)
    return BBox(left + int(first * scale), top, left + max(int(first * scale) + 1, round(last * scale)), bottom)


def flowing(text: str) -> str:
    """Lines as one: Thai runs on without a space over the end of a line, anything else with one, and `พ.ศ.` too."""
    return " ".join(_THAI_BREAK.sub("", text).split())


def whole(lines: Sequence[PrintedLine], value: str | None = None) -> Field:
    """All of `lines` (at least one) as one field."""
    passage = Passage(tuple(lines))
    return passage.field(0, len(passage.text), value)


def without(lines: Iterable[PrintedLine], taken: Iterable[PrintedLine]) -> tuple[PrintedLine, ...]:
    """`lines` less those that another part of the letter has taken."""
    gone = set(map(id, taken))
    return tuple(line for line in lines if id(line) not in gone)
