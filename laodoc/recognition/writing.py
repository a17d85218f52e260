"""What pens wrote on the open page: figures are read and join the print beside them, words are left unread."""

import re
from collections.abc import Sequence
from dataclasses import replace

from laodoc.document import BBox
from laodoc.recognition.reading import Guesses, LineReading, Reading
from laodoc.thai.dates import MONTHS, SHORT_MONTHS

SURE = 0.6
"""Confidence from which figures by hand are taken for what they say; a scrawl is read as digits with less."""
BESIDE = 1.2
"""Print and the figures written behind or before it stand nearer than this, in heights of the print's band."""
SAME_ROW = 0.4
"""Part of the lower one's height that a figure shares with the print of its row."""

_MONTH = "|".join(re.escape(name) for name in (*MONTHS, *SHORT_MONTHS))
_FIGURES = re.compile(rf"[0-9๐-๙/.:\-ว ]*(?:{_MONTH})?[0-9๐-๙/.:\- ]*(?:น\.)?")
_DIGIT = re.compile(r"[0-9๐-๙]")


def is_figures(reading: Reading) -> bool:
    """Whether writing was read, surely enough, as a number, a day, a date or a time."""
    said = reading.text
    return reading.confidence >= SURE and bool(_DIGIT.search(said)) and bool(_FIGURES.fullmatch(said))


CUT = 0.3
"""Confidence at most of figures behind which a pen wrote what could not be read: the number may go on there."""
_NUMBER_END = re.compile(r"[0-9๐-๙/]+\s*$")


def goes_on(reading: Reading) -> bool:
    """Whether what a pen wrote behind a line may be the rest of its number."""
    return bool(_NUMBER_END.search(reading.text))


def doubted(line: LineReading) -> LineReading:
    """The line with its last figures in doubt."""
    reading = line.reading
    found = _NUMBER_END.search(reading.text)
    start = found.start() if found else len(reading.text)
    characters = tuple(
        replace(each, confidence=min(each.confidence, CUT)) if index >= start else each
        for index, each in enumerate(reading.characters)
    )
    return replace(line, reading=replace(reading, confidence=min(reading.confidence, CUT), characters=characters))


PRINTED = 0.9
"""Confidence from which words are print after all: no pen writes what the reader of print is so sure of, but print in
a pen's colour may look like a pen's."""
WORD = 4
"""Characters that are words rather than a scrawl which looks like one."""


def is_words_in_print(reading: Reading) -> bool:
    """Whether what was taken for a pen's is print."""
    return reading.confidence >= PRINTED and len(reading.text) >= WORD and not is_figures(reading)


def place_of(line: LineReading, lines: Sequence[LineReading]) -> int:
    """Where among lines in reading order one more belongs: before the first that begins below its middle."""
    middle = (line.bbox.top + line.bbox.bottom) / 2
    below = (i for i, other in enumerate(lines) if other.region is None and other.bbox.top > middle)
    return next(below, len(lines))


def with_writing(
    printed: Sequence[LineReading], written: Sequence[LineReading]
) -> tuple[tuple[LineReading, ...], tuple[LineReading, ...]]:
    """The lines of print with the figures that stand in their rows, and what was written beside: figures that stand
    alone as they were read, words with nothing read.

    Both are lines outside tables; those of stamps are left alone.
    """
    lines, notes = list(printed), []
    for line in sorted(written, key=lambda line: (line.bbox.top, line.bbox.left)):
        if is_words_in_print(line.reading):
            lines.insert(place_of(line, lines), line)
            continue
        if not is_figures(line.reading):
            nothing = Reading("", line.reading.confidence)
            notes.append(replace(line, reading=nothing, script="hand", places=()))
            before, _ = neighbours(line, lines)
            if before is not None and goes_on(before.reading):
                lines = [doubted(each) if each is before else each for each in lines]
            continue
        before, after = neighbours(line, lines)
        if before is None and after is None:
            notes.append(replace(line, script="hand"))
            continue
        parts = [each for each in (before, line, after) if each is not None]
        place = min(lines.index(each) for each in (before, after) if each is not None)
        lines = [each for each in lines if each is not before and each is not after]
        lines.insert(place, joined(parts))
    return tuple(lines), tuple(notes)


def neighbours(line: LineReading, printed: Sequence[LineReading]) -> tuple[LineReading | None, LineReading | None]:
    """The print of the same row right before and right behind a figure."""
    row = [other for other in printed if other.region is None and not other.angle and _same_row(line.bbox, other.bbox)]
    before = [other for other in row if -_reach(other) < line.bbox.left - other.bbox.right < _reach(other)]
    after = [other for other in row if -_reach(other) < other.bbox.left - line.bbox.right < _reach(other)]
    after = [other for other in after if other not in before]
    return (
        max(before, key=lambda other: other.bbox.right, default=None),
        min(after, key=lambda other: other.bbox.left, default=None),
    )


def _reach(line: LineReading) -> float:
    return BESIDE * (line.bbox.bottom - line.bbox.top)


def _same_row(a: BBox, b: BBox) -> bool:
    common = min(a.bottom, b.bottom) - max(a.top, b.top)
    return common > SAME_ROW * min(a.bottom - a.top, b.bottom - b.top)


SPACE: Guesses = ((" ", 0.0),)


def joined(parts: Sequence[LineReading]) -> LineReading:
    """Lines of one row, from left to right, as one line."""
    readings = [part.reading for part in parts]
    texts = [readings[0].text]
    pieces: list[Guesses] = list(readings[0].pieces)
    places = list(parts[0].places)
    for part, reading in zip(parts[1:], readings[1:], strict=True):
        glue = "" if texts[-1].endswith("/") or reading.text.startswith("/") else " "
        if glue and reading.text:
            texts.append(glue)
            places.append(part.bbox.left)
            pieces.append(SPACE)
        texts.append(reading.text)
        places += part.places
        pieces += reading.pieces
    whole = all(reading.pieces for reading in readings)
    text = "".join(texts)
    box = BBox(
        min(part.bbox.left for part in parts),
        min(part.bbox.top for part in parts),
        max(part.bbox.right for part in parts),
        max(part.bbox.bottom for part in parts),
    )
    return LineReading(
        reading=Reading(
            text,
            min(reading.confidence for reading in readings),
            pieces=tuple(pieces) if whole else (),
            log_rest=sum(reading.log_rest for reading in readings),
        ),
        bbox=box,
        places=tuple(places) if len(places) == len(text) else (),
    )
