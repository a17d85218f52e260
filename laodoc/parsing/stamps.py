"""Received stamps: office, number, date and time, printed or written by pen."""

import re
from collections.abc import Iterable, Sequence
from math import radians, tan

from laodoc.document import Alternative, BBox, Field, Received, Region
from laodoc.layout.boxes import overlap_x, overlap_y, union
from laodoc.parsing import phrases
from laodoc.parsing.cues import LEAD, any_of
from laodoc.parsing.passages import Passage, PrintedLine, whole, without
from laodoc.parsing.rereading import Parse, read_again
from laodoc.parsing.stamp_rows import (
    Kind,
    bare_number_in,
    date_in,
    is_office,
    number_in,
    part_of,
    parts_of,
    says_received,
    time_in,
)

SAME_ROW = 0.5
"""Two pieces of text stand in one row where they share more than this of the lower one's height."""
UNFRAMED_ROWS = 4
"""Rows of a stamp whose frame was not found: office, number, date, time."""
UNFRAMED_GAP = 2.5
"""Heights of a line between two rows of such a stamp: pens need room."""
MOST_UNFRAMED = 6
"""A paper goes through so many registries at most."""
STAMP_ZONE = 0.4
"""A received stamp without a frame is looked for in this upper part of the page."""

BESIDE_MM = 30.0
"""What stands further right of a stamp, at its height, is another's."""
OFFICE_MM = 10.0
"""An office's name above the rows of a stamp begins at most so far left of them: the letterhead stands elsewhere."""
MARGIN_MM = 6.0
"""The rows of a stamp begin within so much of each other."""

_OFFICE = re.compile(any_of(phrases.OFFICES))
_COUNTED = re.compile(rf"{LEAD}{any_of(phrases.RECEIVED_COUNTED)}")


def stamp_of(lines: Sequence[PrintedLine]) -> Received | None:
    """The received stamp whose lines these are, or None where they are another stamp's.

    A received stamp says how its number is called, or has two of number, date and time.
    """
    rows = rows_of(lines)
    kinds = [_kinds(row, first=index == 0) for index, row in enumerate(rows)]
    first = next((index for index, found in enumerate(kinds) if found), len(rows))
    if not any(map(says_received, rows)) and len(set().union(*kinds)) < TWO:
        return None
    below = rows[first:]
    numbered = [row for row in below if part_of(row, "number")]
    return Received(
        office=_office(rows[:first], lines),
        number=_unguessed(_first(numbered, number_in) or _first(below, bare_number_in)),
        date=_first(below, date_in, "date"),
        time=_first(below, time_in, "time"),
    )


TWO = 2
"""Of number, date and time, a received stamp whose number is called by a common word has so many."""


def _first(rows: Sequence[Passage], parse: Parse, kind: Kind = "number") -> Field | None:
    """What the first row says that says anything; behind its label a day or a time is due."""
    found = (read_again(row, parse, due=kind != "number" and part_of(row, kind) is not None) for row in rows)
    return next(filter(None, found), None)


def _unguessed(number: Field | None) -> Field | None:
    """The number without a value where it is a guess among digits by pen; one that hardly any reading speaks for has
    no text either: what it might be stands in its alternatives."""
    if number is None or number.confidence >= SURE_NUMBER:
        return number
    if number.confidence >= UNREAD:
        return number.model_copy(update={"value": None})
    others = (Alternative(text=number.text, confidence=number.confidence), *number.alternatives)
    return number.model_copy(update={"text": "", "value": None, "alternatives": others})


SURE_NUMBER = 0.5
"""A number below this confidence is a guess, even where no other number is likelier: digits by pen have no other
witness."""
UNREAD = 0.2
"""Below this, what was made of the ink is no reading."""


def _kinds(row: Passage, *, first: bool) -> set[Kind]:
    """What the row holds: by its labels, or by what stands there where they were lost. `ที่` and `เลขที่` are no labels
    in the `first` row nor before an office's name."""
    found: set[Kind] = {part.kind for part in parts_of(row.text)}
    if (first and not says_received(row)) or is_office(row):
        found.discard("number")
    contents: tuple[tuple[Kind, Parse], ...] = (("date", date_in), ("time", time_in), ("number", bare_number_in))
    read = {kind for kind, parse in contents if not found and (field := parse(row)) and field.value}
    return found | (read - {"number"} if first else read)


def unframed_stamps(lines: Sequence[PrintedLine], height: int) -> list[tuple[PrintedLine, ...]]:
    """The lines of each received stamp at the top of a page whose frame was not found."""
    found: list[tuple[PrintedLine, ...]] = []
    rest = tuple(lines)
    while len(found) < MOST_UNFRAMED and (inside := unframed_stamp(rest, height)):
        found.append(inside)
        rest = without(rest, inside)
    return found


def unframed_stamp(lines: Sequence[PrintedLine], height: int) -> tuple[PrintedLine, ...]:
    """The lines of a received stamp at the top of a page of `height` pixels whose frame was not found, or nothing."""
    top = [line for line in lines if line.bbox.bottom < STAMP_ZONE * height]
    anchor = next((line for line in top if says_received(Passage((line,))) or _counted_above_a_day(line, top)), None)
    if anchor is None:
        return ()
    block = [anchor]
    for line in sorted(top, key=lambda line: abs(line.bbox.top - anchor.bbox.top)):
        box = union(part.bbox for part in block)
        gap = max(line.bbox.top - box.bottom, box.top - line.bbox.bottom)
        fits = gap <= UNFRAMED_GAP * anchor.height and overlap_x(line.bbox, box) > 0
        apart = line.bbox.left - box.right
        level = overlap_y(line.bbox, box) > SAME_ROW * line.height and apart <= BESIDE_MM * line.mm
        beside = level and line.bbox.left > anchor.bbox.left
        known = (_is_part(line) and anchor.bbox.left - line.bbox.left <= OFFICE_MM * line.mm) or beside
        if line is not anchor and (fits or beside) and known and len(rows_of([*block, line])) <= UNFRAMED_ROWS:
            block.append(line)
    return tuple(line for line in lines if any(line is part for part in block))


def _counted_above_a_day(line: PrintedLine, lines: Sequence[PrintedLine]) -> bool:
    """Whether the line is called เลขที่ and the next one under it, at the same margin, bears a day or a time."""
    if not _COUNTED.match(line.text):
        return False
    column = [other for other in lines if abs(other.bbox.left - line.bbox.left) <= MARGIN_MM * line.mm]
    below = [other for other in column if line.bbox.bottom <= (other.bbox.top + other.bbox.bottom) / 2]
    under = min(below, key=lambda other: other.bbox.top, default=None)
    return under is not None and any(part.kind in ("date", "time") for part in parts_of(under.text))


def _is_part(line: PrintedLine) -> bool:
    """Whether the line begins with a day's or a time's label or an office's name."""
    return _OFFICE.match(line.text) is not None or any(part.kind != "number" for part in parts_of(line.text))


def stamp_lines(lines: Iterable[PrintedLine], regions: Sequence[Region]) -> dict[int, list[PrintedLine]]:
    """The lines that stand in stamps, by the region's index."""
    found: dict[int, list[PrintedLine]] = {}
    for line in lines:
        if line.region is not None and regions[line.region].kind == "stamp":
            found.setdefault(line.region, []).append(line)
    return found


def rows_of(lines: Iterable[PrintedLine]) -> list[Passage]:
    """Pieces of text that stand side by side as one row, rows from top to bottom; of a turned stamp along its rows."""
    rows: list[list[tuple[BBox, PrintedLine]]] = []
    for box, line in sorted(((_levelled(line), line) for line in lines), key=lambda pair: pair[0].top + pair[0].bottom):
        row = rows[-1] if rows else []
        high = box.bottom - box.top
        if row and all(overlap_y(box, part) > SAME_ROW * min(high, part.bottom - part.top) for part, _ in row):
            row.append((box, line))
        else:
            rows.append([(box, line)])
    return [Passage(tuple(line for _, line in sorted(row, key=lambda pair: pair[0].left))) for row in rows]


def _levelled(line: PrintedLine) -> BBox:
    """About where the line stood if its stamp had been put straight, turned about the page's corner."""
    if not line.angle:
        return line.bbox
    left, top, right, bottom = line.bbox
    slope = tan(radians(line.angle))
    middle = (top + bottom) / 2 + slope * (left + right) / 2
    half = max(1.0, bottom - top - abs(slope) * (right - left)) / 2
    return BBox(left, round(middle - half), right, round(middle + half))


def _office(head: Sequence[Passage], lines: Sequence[PrintedLine]) -> Field:
    named = [line for row in head for line in row.lines]
    if named:
        return whole(named)
    first = lines[0]
    return Field(text="", value=None, page=first.page, bbox=first.bbox, confidence=0.0)
