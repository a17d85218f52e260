"""What is written by pen into a letter's printed head: the running number behind `/`, the day before the month."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from laodoc.document import BBox, Field
from laodoc.layout.boxes import union
from laodoc.parsing.passages import PrintedLine
from laodoc.recognition.decoding import held
from laodoc.recognition.reading import PageReading, Reading
from laodoc.thai.digits import THAI_DIGITS, to_arabic

REACH_MM = 40.0
"""A number written behind its printed part ends within so much of it."""
ABOVE, BELOW = 0.9, 0.5
"""Heights of the printed line by which pen may stand above and below it."""
SPECK_MM = 1.5
"""What is smaller than this, both ways, is a dot of the dotted line."""
SURE = 0.6
"""Confidence from which digits written by pen count as read."""

PRINT = 0.9
"""Words that are read so surely are print: a label, and nothing that was filled in."""

WRITTEN_WITH = f"{THAI_DIGITS}0123456789 .…"
"""Digits, and the dots of the line on which they stand."""
NOTHING = Reading("", 0.0)

_WORD = re.compile("[ก-ฮ]")
_DIGITS = re.compile(r"[\s.…]*(?P<digits>[0-9]{1,6})[\s.…]*")


@dataclass(frozen=True, slots=True)
class Slot:
    """What stands in a gap of a printed line: the `digits` where they were read, and whether there is any ink."""

    digits: str | None
    inked: bool
    bbox: BBox | None
    confidence: float


def slot_behind(page: PageReading, line: PrintedLine, end: int) -> Slot:
    """What stands behind character `end` of the line, up to its next character, or within a number's length."""
    left = line.place(end - 1) if end else line.bbox.left
    rest = re.search(r"\S", line.text[end:])
    right = line.place(end + rest.start()) if rest else round(left + REACH_MM * line.mm)
    return slot(page, line, left, right)


def slot(page: PageReading, line: PrintedLine, left: int, right: int) -> Slot:
    """What stands between `left` and `right` at the line's height, the line itself left out."""
    top = line.bbox.top - ABOVE * line.height
    bottom = line.bbox.bottom + BELOW * line.height
    found: list[tuple[BBox, Reading]] = []
    for box, reading in _ink(page):
        across, down = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        wide = box.right - box.left > right - left + 2 * line.height
        small = max(box.right - box.left, box.bottom - box.top) < SPECK_MM * line.mm
        word = reading.confidence >= PRINT and _WORD.search(reading.text) is not None
        if left < across < right and top < down < bottom and box != line.bbox and not (small or wide or word):
            found.append((box, reading))
    if not found:
        return Slot(None, False, None, 1.0)
    found.sort(key=lambda each: each[0].left)
    read = [held(reading, _digits_in, WRITTEN_WITH) for _, reading in found]
    sure = min(guess.confidence if guess else 0.0 for guess in read)
    digits = "".join(guess.text for guess in read if guess) if sure >= SURE else None
    return Slot(digits, True, union(box for box, _ in found), sure)


def _digits_in(text: str) -> str | None:
    """The Arabic digits that a text says, None where it says anything else."""
    match = _DIGITS.fullmatch(to_arabic(text))
    return match["digits"] if match else None


def with_run(page: PageReading, line: PrintedLine, number: Field, end: int) -> Field:
    """A number that its printed line gives without running number, or with the first digits of it, with what is
    written behind; value None where that could not be read. `end` is where the number ends in the line."""
    value = number.value
    if not isinstance(value, str):
        return number
    written = slot_behind(page, line, end)
    if not written.inked or written.bbox is None:
        return number
    begun = value[-1].isdigit()
    if begun and written.bbox.left - line.place(end - 1) > line.height:
        return number
    text = f"{number.text}{' ' if value.endswith('ว') else ''}{written.digits or ''}"
    whole = f"{value}{' ' if value.endswith('ว') else ''}{written.digits}" if written.digits else None
    return number.model_copy(
        update={
            "text": text,
            "value": whole,
            "bbox": union((number.bbox, written.bbox)),
            "confidence": round(min(number.confidence, written.confidence), 3),
        }
    )


def _ink(page: PageReading) -> Iterator[tuple[BBox, Reading]]:
    """All lines of the page outside stamps, read or not, and what was taken for signatures."""
    for line in page.lines:
        if line.region is None:
            yield line.bbox, line.reading
    for region in page.regions:
        if region.kind == "signature":
            yield region.bbox, NOTHING
