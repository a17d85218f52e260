"""Received stamps: office, number, date and time, printed or written by pen."""

import re
from collections.abc import Iterable, Sequence

from laodoc.document import Field, Received, Region
from laodoc.layout.boxes import overlap_x, overlap_y, union
from laodoc.parsing import phrases
from laodoc.parsing.cues import LEAD, any_of
from laodoc.parsing.passages import Passage, PrintedLine, whole
from laodoc.thai.dates import find_dates
from laodoc.thai.digits import to_arabic

SAME_ROW = 0.5
"""Two pieces of text stand in one row where they share more than this of the lower one's height."""
UNFRAMED_ROWS = 4
"""Rows of a stamp whose frame was not found: office, number, date, time."""
UNFRAMED_GAP = 2.5
"""Heights of a line between two rows of such a stamp: pens need room."""
STAMP_ZONE = 0.4
"""A received stamp without a frame is looked for in this upper part of the page."""

GUESSED = 0.1
"""What a pen wrote and is read with less confidence than this is a guess: its field has text and place, no value."""

HOURS, MINUTES = 24, 60

_FILL = r"[\s.:_…·-]*"
_SURE = re.compile(rf"{LEAD}{any_of(phrases.RECEIVED_SURE)}")
_NUMBER = re.compile(rf"{LEAD}{any_of(phrases.RECEIVED_NUMBER)}{_FILL}(?P<rest>.*)")
_DATE = re.compile(rf"{LEAD}{any_of(phrases.RECEIVED_DATE)}{_FILL}(?P<rest>.*)")
_TIME = re.compile(rf"{LEAD}{any_of(phrases.RECEIVED_TIME)}{_FILL}(?P<rest>.*)")
_PENNED = re.compile(r"[0-9]+(?:\.? \.?[0-9]+)*(?:/[0-9]+)?")
"""A number written by pen: its digits stand apart, and dots of the dotted line between them."""
_TIME_LABEL = re.compile(any_of(phrases.RECEIVED_TIME) + _FILL)
_CLOCK = re.compile(
    r"(?<![0-9.])(?P<hour>[0-9]{1,2})\s?[.:,]\s?(?P<minute>[0-9]{2})(?![0-9.]*[0-9])"
    r"|(?<![0-9./])(?P<hours>[0-9]{2})(?P<minutes>[0-9]{2})(?=\s*น)"
)
"""A time of day; its point may be lost where `น.` says what the digits are."""
_OFFICE = re.compile(any_of(phrases.OFFICES))


def stamp_of(lines: Sequence[PrintedLine]) -> Received | None:
    """The received stamp whose lines these are, or None where they are another stamp's.

    A received stamp says how its number is called, or has two of number, date and time.
    """
    rows = rows_of(lines)
    labelled = [row for row in rows if any(cue.match(row.text) for cue in (_SURE, _DATE, _TIME))]
    first = next((index for index, row in enumerate(rows) if index and _numbered(row)), len(rows))
    filled = {
        index for index, row in enumerate(rows) if row in labelled or index == first or (index > first and _time(row))
    }
    if not any(_SURE.match(row.text) for row in rows) and len(filled) < len((_DATE, _TIME)):
        return None
    head = rows[: min(first, *(rows.index(row) for row in labelled[:1]), *filled)]
    below = rows[len(head) :]
    return Received(
        office=_office(head, lines),
        number=next(filter(None, map(_number, below)), None),
        date=next(filter(None, map(_date, below)), None),
        time=next(filter(None, map(_time, below)), None),
    )


def _numbered(row: Passage) -> bool:
    """Whether the row is a number behind its label, and no office (`ที่ว่าการ…`) or date."""
    return _NUMBER.match(row.text) is not None and not _OFFICE.match(row.text) and not _DATE.match(row.text)


def unframed_stamp(lines: Sequence[PrintedLine], height: int) -> tuple[PrintedLine, ...]:
    """The lines of a received stamp at the top of a page of `height` pixels whose frame was not found, or nothing."""
    top = [line for line in lines if line.bbox.bottom < STAMP_ZONE * height]
    anchor = next((line for line in top if _SURE.match(line.text)), None)
    if anchor is None:
        return ()
    block = [anchor]
    for line in sorted(top, key=lambda line: abs(line.bbox.top - anchor.bbox.top)):
        box = union(part.bbox for part in block)
        gap = max(line.bbox.top - box.bottom, box.top - line.bbox.bottom)
        fits = gap <= UNFRAMED_GAP * anchor.height and overlap_x(line.bbox, box) > 0
        beside = overlap_y(line.bbox, box) > SAME_ROW * line.height and line.bbox.left > anchor.bbox.left
        known = any(cue.match(line.text) for cue in (_DATE, _TIME, _OFFICE)) or beside
        if line is not anchor and (fits or beside) and known and len(rows_of([*block, line])) <= UNFRAMED_ROWS:
            block.append(line)
    return tuple(line for line in lines if any(line is part for part in block))


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


def _rest(row: Passage, cue: re.Pattern[str]) -> tuple[int, str] | None:
    plain = to_arabic(row.text).replace("\n", " ")
    match = cue.match(plain)
    return (match.start("rest"), match["rest"]) if match and match["rest"].strip(" .") else None


def _number(row: Passage) -> Field | None:
    rest = None if _DATE.match(row.text) else _rest(row, _NUMBER)
    if rest is None:
        return None
    start, text = rest
    number = _PENNED.fullmatch(text.strip(" ."))
    return _sure(row.field(start, start + len(text), re.sub(r"[\s.]", "", number[0]) if number else None))


def _sure(field: Field) -> Field:
    return field if field.confidence >= GUESSED else field.model_copy(update={"value": None})


def _date(row: Passage) -> Field | None:
    """The day in this row: it stands behind its label, or alone where the label was bent."""
    found = find_dates(row.text)
    if found:
        return _sure(row.field(found[0].start, found[0].end, found[0].date.isoformat()))
    rest = _rest(row, _DATE)
    return row.field(rest[0], rest[0] + len(rest[1])) if rest else None


def _time(row: Passage) -> Field | None:
    """The time of day in this row: behind its label, in the date's row too, or alone where the label was bent."""
    plain = to_arabic(row.text)
    label = _TIME_LABEL.search(plain)
    first = label.end() if label else 0
    clock = _CLOCK.search(plain, first)
    if clock and not label and (_DATE.match(plain) or re.search("[0-9]", plain.replace(clock[0], "", 1))):
        return None
    hour, minute = (clock["hour"] or clock["hours"], clock["minute"] or clock["minutes"]) if clock else ("", "")
    if clock and int(hour) < HOURS and int(minute) < MINUTES:
        return _sure(row.field(clock.start(), clock.end(), f"{int(hour):02}:{minute}"))
    if label and plain[first:].strip(" .:\n"):
        return row.field(first, len(plain))
    return None
