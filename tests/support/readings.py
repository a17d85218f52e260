"""Typed letters as page readings: what a perfect reader would make of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from laodoc.document import BBox, Region
from laodoc.recognition.reading import LineReading, PageReading, Reading

DPI = 300.0
MM = DPI / 25.4
WIDTH, HEIGHT = round(210 * MM), round(297 * MM)
MARGIN, INDENT = 30.0, 25.0
LINE_HEIGHT, LINE_PITCH, CHARACTER = 6.0, 8.5, 1.85
"""Millimetres of a 16-pt letter: height of a line's ink, from line to line, and width of a character on average."""


@dataclass(frozen=True)
class Typed:
    """A line typed at `left`, `top` millimetres; `stamp` is the index of the stamp in which it stands."""

    text: str
    left: float
    top: float
    stamp: int | None = None
    confidence: float = 0.97


def width_of(text: str) -> float:
    """Millimetres that the text fills: marks above and below take no room."""
    return CHARACTER * len(re.sub("[ัิ-ฺ็-๎]", "", text))


def typed(text: str, top: float = 50.0, stamp: int | None = None, confidence: float = 0.97) -> list[Typed]:
    """Lines as they stand in `text`, one pitch each: `>` at the start indents by a paragraph, `@120 ` starts a line at
    120 mm, `^` lifts it to the height of the line before, an empty line leaves one out."""
    lines, at = [], top
    for raw in text.strip("\n").split("\n"):
        line = raw.strip()
        left = MARGIN
        if line.startswith("^"):
            line, at = line[1:], at - LINE_PITCH
        if line.startswith(">"):
            line, left = line[1:], MARGIN + INDENT
        place = re.match(r"@(\d+) ", line)
        if place:
            line, left = line[place.end() :], float(place[1])
        if line:
            lines.append(Typed(line, left, at, stamp, confidence))
        at += LINE_PITCH
    return lines


def page(number: int, *parts: Sequence[Typed], stamps: int = 0) -> PageReading:
    """A page with the typed lines of all parts in their order and `stamps` regions of kind stamp."""
    lines = [line for part in parts for line in part]
    return PageReading(
        number=number,
        source_page=number,
        width=WIDTH,
        height=HEIGHT,
        dpi=DPI,
        source_dpi=DPI,
        rotation=0,
        skew=0.0,
        to_source=(1.0, 0.0, 0.0, 0.0, 1.0, 0.0),
        text_layer="none",
        lines=tuple(
            LineReading(Reading(line.text, line.confidence), box_of(line), region=line.stamp) for line in lines
        ),
        grids=(),
        regions=tuple(Region(kind="stamp", bbox=BBox(0, 0, WIDTH, HEIGHT // 5)) for _ in range(stamps)),
        codes=(),
        checkboxes=(),
    )


def box_of(line: Typed) -> BBox:
    """The box of a typed line in pixels."""
    right = line.left + width_of(line.text)
    left, top = round(line.left * MM), round(line.top * MM)
    return BBox(left, top, max(left + 1, round(right * MM)), top + round(LINE_HEIGHT * MM))
