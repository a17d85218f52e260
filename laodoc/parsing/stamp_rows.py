"""One row of a received stamp: the labels in it, and the number, the day and the time behind them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Literal

from laodoc.document import Field
from laodoc.parsing import phrases
from laodoc.parsing.cues import LEAD, any_near, any_of
from laodoc.parsing.passages import Passage
from laodoc.thai.dates import find_dates, parse_date
from laodoc.thai.digits import to_arabic

Kind = Literal["number", "date", "time"]

HOURS, MINUTES = 24, 60

_FILL = r"[\s.:_…·-]*"
_SURE = rf"(?!{any_of(phrases.NOT_RECEIVED)}){any_near(phrases.RECEIVED_SURE)}"
_DATES = any_near(phrases.RECEIVED_DATE)
_TIMES = any_of(phrases.RECEIVED_TIME)
_SURE_FIRST = re.compile(LEAD + _SURE)
_FIRST = re.compile(
    rf"{LEAD}(?:(?P<date>{_DATES})|(?P<number>{_SURE}|{any_of(phrases.RECEIVED_NUMBER)})|(?P<time>{_TIMES})){_FILL}"
)
_FURTHER = re.compile(rf"(?<=[\s.…:0-9])(?:(?P<date>{_DATES})|(?P<number>{_SURE})|(?P<time>{_TIMES})){_FILL}")
"""Further labels stand behind white space, a dotted line or what was written on it."""
_DIGITS = r"([0-9]+(?:\.? \.?[0-9]+)*(?:/[0-9]+)?)"
_PENNED = re.compile(_DIGITS)
"""A number written by pen: its digits stand apart, and dots of the dotted line between them."""
_BEFORE_LABEL = re.compile(rf"[\s.]*{_DIGITS}[\s.]+[^0-9\s]{{1,3}}[^\s]{{0,6}}[\s.]*")
"""The same with the bent label of a day behind it."""
_BARE = re.compile(r"(?:.{0,8}[^0-9/.,\s-]\s*)?(?P<number>[0-9]{1,6}(?:/[0-9]{2,4})?)[\s.]*")
"""A number behind what is left of a label."""
_CLOCK = re.compile(
    r"(?<![0-9.])(?P<hour>[0-9]{1,2})\s?[.:,-]\s?(?P<minute>[0-9]{2})(?![0-9.]*[0-9])"
    r"|(?<![0-9./])(?P<hours>[0-9]{2})(?P<minutes>[0-9]{2})(?=\s*น)"
)
"""A time of day; its point may be lost where `น.` says what the digits are."""
_OFFICE = re.compile(any_of(phrases.OFFICES))
_RECEIVER = re.compile(rf"(?:^{LEAD}|(?<=[\s0-9.…น])){any_of(phrases.RECEIVER)}")
_SPLIT_DAY = re.compile(r"(?<![0-9])(?P<tens>[0-3])\s(?P<ones>[0-9])(?=\s*[ก-ฮเ])")
"""The wheels of a dater stand apart: `1 7 มี.ค. 2566`."""


@dataclass(frozen=True, slots=True)
class Part:
    """What stands behind one label: the characters `start` to `end` of a row."""

    kind: Kind
    start: int
    end: int


def parts_of(text: str) -> tuple[Part, ...]:
    """The labelled parts of a row, from left to right; who signed for the paper is none."""
    text = text[: _unsigned(text)]
    found = list(_labels(to_arabic(text).replace("\n", " ")))
    ends = [*(start for _, start, _ in found[1:]), len(text)][: len(found)]
    return tuple(Part(kind, begin, end) for (kind, _, begin), end in zip(found, ends, strict=True))


def _unsigned(text: str) -> int:
    """Where somebody has signed in a row."""
    signed = _RECEIVER.search(text)
    return signed.start() if signed else len(text)


def _labels(plain: str) -> Iterator[tuple[Kind, int, int]]:
    """Kind, start and end of every label."""
    match = _FIRST.match(plain)
    while match:
        kind: Kind = next(kind for kind in _KINDS if match[kind])
        yield kind, match.start(), match.end()
        match = _FURTHER.search(plain, match.end())


_KINDS: tuple[Kind, ...] = ("date", "number", "time")


def says_received(row: Passage) -> bool:
    """Whether the row's label can only be that of a received stamp."""
    return _SURE_FIRST.match(row.text) is not None


def is_office(row: Passage) -> bool:
    """Whether the row begins with an office's name (`ที่ว่าการ…` too, which is no number behind `ที่`)."""
    return _OFFICE.match(row.text) is not None


def part_of(row: Passage, kind: Kind) -> Part | None:
    """What stands behind the label of this kind, if anything does."""
    plain = to_arabic(row.text)
    return next((p for p in parts_of(row.text) if p.kind == kind and plain[p.start : p.end].strip(" .\n:")), None)


def number_in(row: Passage) -> Field | None:
    """The number behind its label; without a value where what stands there is none."""
    part = part_of(row, "number")
    if part is None or is_office(row):
        return None
    text = to_arabic(row.text[part.start : part.end]).replace("\n", " ")
    text = text[: min((date.start for date in find_dates(text) if date.start), default=len(text))]
    number = _PENNED.fullmatch(text.strip(" .")) or _BEFORE_LABEL.fullmatch(text)
    if number is None:
        return row.field(part.start, part.end)
    start = part.start + text.index(number[1])
    return row.field(start, start + len(number[1]), re.sub(r"[\s.]", "", number[1]))


def bare_number_in(row: Passage) -> Field | None:
    """The number that ends a row whose label was lost or bent beyond knowing; none where a day or time stands there."""
    if parts_of(row.text) or is_office(row) or find_dates(row.text) or time_in(row):
        return None
    bare = _BARE.fullmatch(to_arabic(row.text[: _unsigned(row.text)]).replace("\n", " "))
    return row.field(*bare.span("number"), bare["number"]) if bare else None


def date_in(row: Passage) -> Field | None:
    """The day in this row: it stands behind its label, or alone where the label was bent."""
    part = part_of(row, "date")
    start, end = (part.start, part.end) if part else (0, len(row.text))
    found = find_dates(row.text[start:end])
    apart = _SPLIT_DAY.search(to_arabic(row.text), start, end)
    if apart:
        cut = apart.start("ones") - 1
        whole = find_dates(f"{row.text[apart.start() : cut]}{row.text[cut + 1 : end]}")
        if whole and whole[0].start == 0:
            return row.field(apart.start(), apart.start() + whole[0].end + 1, whole[0].date.isoformat())
    if found:
        return row.field(start + found[0].start, start + found[0].end, found[0].date.isoformat())
    if part is None:
        return None
    day = parse_date(row.text[start:end]) or day_of_strokes(row.text[start:end])
    return row.field(start, end, day.isoformat() if day else None)


def day_of_strokes(text: str) -> date | None:
    """The day of a text of figures (`1714161`) whose strokes between day, month and year were read as 1, if there is
    but one such day."""
    plain = to_arabic(text).strip(" .\n")
    days: set[date] = set()
    for lengths in product((1, 2), (1, 2), (2, 4)):
        figures = "".join(f"([0-9]{{{length}}})[1/]" for length in lengths).removesuffix("[1/]")
        match = re.fullmatch(figures, plain)
        day = parse_date("/".join(match.groups())) if match else None
        days |= {day} if day else set()
    return days.pop() if len(days) == 1 else None


def time_in(row: Passage) -> Field | None:
    """The time of day in this row: behind its label, or alone where the label was bent."""
    part = part_of(row, "time")
    if part is None and parts_of(row.text):
        return None
    plain = to_arabic(row.text)
    start, end = (part.start, part.end) if part else (0, len(plain))
    clock = _CLOCK.search(plain, start, end)
    if clock and not part and re.search("[0-9]", plain.replace(clock[0], "", 1)):
        return None
    hour, minute = (clock["hour"] or clock["hours"], clock["minute"] or clock["minutes"]) if clock else ("", "")
    if clock and int(hour) < HOURS and int(minute) < MINUTES:
        return row.field(clock.start(), clock.end(), f"{int(hour):02}:{minute}")
    return row.field(start, end) if part else None
