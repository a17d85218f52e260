"""Received stamps: office, number, date and time, printed or written by pen."""

import re
from collections.abc import Iterable, Sequence

from laodoc.document import Field, Received, Region
from laodoc.layout.boxes import overlap_x, overlap_y, union
from laodoc.parsing import phrases
from laodoc.parsing.cues import any_of
from laodoc.parsing.passages import Passage, PrintedLine, whole
from laodoc.parsing.rereading import read_again
from laodoc.parsing.stamp_rows import date_in, is_office, number_in, parts_of, says_received, time_in

SAME_ROW = 0.5
"""Two pieces of text stand in one row where they share more than this of the lower one's height."""
UNFRAMED_ROWS = 4
"""Rows of a stamp whose frame was not found: office, number, date, time."""
UNFRAMED_GAP = 2.5
"""Heights of a line between two rows of such a stamp: pens need room."""
STAMP_ZONE = 0.4
"""A received stamp without a frame is looked for in this upper part of the page."""

_OFFICE = re.compile(any_of(phrases.OFFICES))


def stamp_of(lines: Sequence[PrintedLine]) -> Received | None:
    """The received stamp whose lines these are, or None where they are another stamp's.

    A received stamp says how its number is called, or has two of number, date and time.
    """
    rows = rows_of(lines)
    labelled = [index for index, row in enumerate(rows) if _is_labelled(row, first=index == 0)]
    first = labelled[0] if labelled else len(rows)
    filled = {*labelled, *(index for index, row in enumerate(rows) if index > first and time_in(row))}
    if not any(map(says_received, rows)) and len(filled) < TWO:
        return None
    head, below = rows[:first], rows[first:]
    return Received(
        office=_office(head, lines),
        number=next(filter(None, (read_again(row, number_in) for row in below)), None),
        date=next(filter(None, (read_again(row, date_in) for row in below)), None),
        time=next(filter(None, (read_again(row, time_in) for row in below)), None),
    )


TWO = 2
"""Of number, date and time, a received stamp whose number is called by a common word has so many."""


def _is_labelled(row: Passage, *, first: bool) -> bool:
    """Whether the row begins with a label; `ที่` and `เลขที่` are none in the first row, nor before an office's name."""
    kinds = {part.kind for part in parts_of(row.text)}
    return (
        says_received(row) or bool(kinds & {"date", "time"}) or ("number" in kinds and not first and not is_office(row))
    )


def unframed_stamp(lines: Sequence[PrintedLine], height: int) -> tuple[PrintedLine, ...]:
    """The lines of a received stamp at the top of a page of `height` pixels whose frame was not found, or nothing."""
    top = [line for line in lines if line.bbox.bottom < STAMP_ZONE * height]
    anchor = next((line for line in top if says_received(Passage((line,)))), None)
    if anchor is None:
        return ()
    block = [anchor]
    for line in sorted(top, key=lambda line: abs(line.bbox.top - anchor.bbox.top)):
        box = union(part.bbox for part in block)
        gap = max(line.bbox.top - box.bottom, box.top - line.bbox.bottom)
        fits = gap <= UNFRAMED_GAP * anchor.height and overlap_x(line.bbox, box) > 0
        beside = overlap_y(line.bbox, box) > SAME_ROW * line.height and line.bbox.left > anchor.bbox.left
        known = _is_part(line) or beside
        if line is not anchor and (fits or beside) and known and len(rows_of([*block, line])) <= UNFRAMED_ROWS:
            block.append(line)
    return tuple(line for line in lines if any(line is part for part in block))


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
    """Pieces of text that stand side by side as one row, rows from top to bottom."""
    rows: list[list[PrintedLine]] = []
    for line in sorted(lines, key=lambda line: line.bbox.top + line.bbox.bottom):
        row = rows[-1] if rows else []
        if row and all(overlap_y(line.bbox, part.bbox) > SAME_ROW * min(line.height, part.height) for part in row):
            row.append(line)
        else:
            rows.append([line])
    return [Passage(tuple(sorted(row, key=lambda line: line.bbox.left))) for row in rows]


def _office(head: Sequence[Passage], lines: Sequence[PrintedLine]) -> Field:
    named = [line for row in head for line in row.lines]
    if named:
        return whole(named)
    first = lines[0]
    return Field(text="", value=None, page=first.page, bbox=first.bbox, confidence=0.0)
