"""Dates as Thai letters print them: Buddhist era, long and short, in Thai, Arabic or mixed digits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rapidfuzz.distance import Levenshtein

from laodoc.thai.digits import to_arabic, to_thai

MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
SHORT_MONTHS = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
"""Monday first, as `datetime.date.weekday` counts."""

ERA = 543
"""The Buddhist era's lead over the common one."""

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Common-era years that a letter may name; 2443 to 2643 of the Buddhist era, so that no year can mean both."""

SHORT_YEARS_FROM, SHORT_COMMON_YEARS_FROM = 2500, 2000
"""What a year of two digits leaves out: letters that are scanned today are of these centuries of the two eras."""

LAST_TYPED_DAY, LAST_TYPED_MONTH = 39, 19
"""Days and months up to which a slip of the pen is one; what goes beyond belongs to some other number."""

MONTH_EDITS = 1
"""Misread characters in a long month name: names differ from each other by at least three."""

DateStyle = Literal["long", "short", "slash"]


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: `text[start:end]`, with the weekday printed before it (Monday is 0), if there is one.

    `agrees` is false where the year of the other era, printed behind it (`๒๕๖๓ (ค.ศ. ๒๐๒๐)`), is another year.
    """

    date: date
    start: int
    end: int
    weekday: int | None
    agrees: bool = True


_WEEKDAY = rf"(?:วัน\s*)?(?P<weekday>{'|'.join(WEEKDAYS)}|พฤหัส)(?:ฯ)?\s*(?:ที่)?\s*"
_DAY = r"(?<![0-9])(?<![0-9][.,/])(?P<day>[0-9]{1,2})"
_SHORT_MONTH = "|".join(
    r"\s?".join(re.escape(part) + r"(?:\s?\.)?" for part in name[:-1].split(".")) for name in SHORT_MONTHS
)
_MONTH = rf"(?P<month>{_SHORT_MONTH}|[ก-ฮะ-ฺเ-ไ็-ํ]{{5,11}}?)"
_ERA_NAME = r"[พค]\s?\.?\s?ศ\s?\.{0,2}|พุทธศักราช|คริสต์ศักราช"
_ERA = rf"(?:(?P<era>{_ERA_NAME})\s*)?"
_YEAR = r"(?P<year>[0-9]{4}|[0-9]{2})(?![0-9])(?![.,][0-9])"
_OTHER = rf"(?:\s*[(/]\s*(?:{_ERA_NAME})?\s*(?P<other>(?:19|20|21|24|25|26)[0-9]{{2}})(?![0-9])\s*\)?)?"
_WRITTEN = re.compile(rf"(?:{_WEEKDAY})?{_DAY}\s*(?:เดือน)?\s*{_MONTH}\s*,?\s*{_ERA}{_YEAR}{_OTHER}")
_SLASHED = re.compile(rf"(?:{_WEEKDAY})?{_DAY}\s?/\s?(?P<month>[0-9]{{1,2}})\s?/\s?{_ERA}{_YEAR}(?!/)(?P<other>)?")
_DOTTED = re.compile(
    rf"{_DAY}\s?(?P<dot>[.-])\s?(?P<month>[0-9]{{1,2}})\s?(?P=dot)\s?(?P<era>)?(?P<weekday>)?{_YEAR}(?P<other>)?"
)
_LEAD = re.compile(r"\s*(?:ลง)?(?:\s*วันที่)?[\s.:]*")
_BEFORE = re.compile(rf"{_LEAD.pattern}(?:{_WEEKDAY})?")
_TRAIL = " .\t\n"


def find_dates(text: str) -> list[FoundDate]:
    """All dates in `text` that the calendar knows, in the order in which they stand.

    Written months, long or short, and d/m/y; a year of two digits or from 2443 is of the Buddhist era.
    """
    plain = to_arabic(text)
    return sorted(
        (found for form in (_WRITTEN, _SLASHED) for found in _dates(form, plain)), key=lambda date: date.start
    )


def find_no_days(text: str) -> list[tuple[int, int]]:
    """Where, as `text[start:end]`, something is written as a date that the calendar does not know.

    `๓๑ กันยายน ๒๕๖๓`, `๒๙ ก.พ. ๖๒`, `๕/๑๓/๒๕๖๓`, `๕ มกราคม ๒๖๕๓`. Figures between strokes are a date where `วันที่` stands
    before them or their year is written out.
    """
    plain, days = to_arabic(text), find_dates(text)
    found = []
    for form in (_WRITTEN, _SLASHED):
        start = 0
        while match := form.search(plain, start):
            first, last = match.start("day"), match.end("year")
            if _is_no_day(match) and not any(day.start < last and first < day.end for day in days):
                found.append((first, last))
            start = first + 1
    return sorted(_outermost(found))


def is_no_day(text: str) -> bool:
    """Whether the whole of `text` is written as a date, and the calendar does not know it."""
    spans = find_no_days(text)
    return len(spans) == 1 and bool(_BEFORE.fullmatch(text, 0, spans[0][0])) and not text[spans[0][1] :].strip(_TRAIL)


def parse_date(text: str) -> date | None:
    """The date that the whole of `text` is, or None, also where the calendar has no such day.

    Beyond what `find_dates` finds in running text, `11.6.63` and `11-06-2563` are dates here.
    """
    plain = to_arabic(text).rstrip(_TRAIL)
    lead = _LEAD.match(plain)
    start = lead.end() if lead else 0
    for form in (_WRITTEN, _SLASHED, _DOTTED):
        match = form.fullmatch(plain, start)
        found = _found(match) if match else None
        if found is not None:
            return found.date
    return None


def format_date(day: date, style: DateStyle = "long", *, thai: bool = True, weekday: bool = False) -> str:
    """`day` as a letter prints it: `๑๑ มิถุนายน ๒๕๖๓`, `๑๑ มิ.ย. ๖๓` or `๑๑/๖/๖๓`, on wish after `วันพฤหัสบดีที่`."""
    year = day.year + ERA
    texts = {
        "long": f"{day.day} {MONTHS[day.month - 1]} {year}",
        "short": f"{day.day} {SHORT_MONTHS[day.month - 1]} {year % 100:02}",
        "slash": f"{day.day}/{day.month}/{year % 100:02}",
    }
    text = f"วัน{WEEKDAYS[day.weekday()]}ที่ {texts[style]}" if weekday else texts[style]
    return to_thai(text) if thai else text


def _dates(form: re.Pattern[str], plain: str) -> Iterator[FoundDate]:
    """What the form finds; what looks like a date and is none (`ว ๑๕ วันที่ ๒๓`) hides no date that begins in it."""
    start = 0
    while match := form.search(plain, start):
        found = _found(match)
        if found:
            yield found
        start = match.end() if found else match.start("day") + 1


def _found(match: re.Match[str]) -> FoundDate | None:
    month, year = _month(match["month"]), _year(match["year"], match["era"] or "")
    if month is None or year is None:
        return None
    try:
        day = date(year, month, int(match["day"]))
    except ValueError:
        return None
    other = int(match["other"] or 0)
    return FoundDate(day, match.start(), match.end(), _weekday(match["weekday"]), agrees=other in (0, year, year + ERA))


def _is_no_day(match: re.Match[str]) -> bool:
    """Whether a match that is no date was meant as one."""
    month, year = _month(match["month"]), _year(match["year"], match["era"] or "")
    if month is None or int(match["day"]) > LAST_TYPED_DAY:
        return False
    if match["month"][0].isdigit():
        dated = _DATED.search(match.string, 0, match.start("day"))
        if month > LAST_TYPED_MONTH or not (dated or (year and len(match["year"]) > len("63"))):
            return False
    return _found(match) is None


_DATED = re.compile(r"วันที่[\s.:]*$")


def _outermost(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans that lie in no other one."""
    return [
        span
        for span in spans
        if not any(other != span and other[0] <= span[0] and span[1] <= other[1] for other in spans)
    ]


def _weekday(name: str | None) -> int | None:
    return next((i for i, full in enumerate(WEEKDAYS) if name and full.startswith(name)), None)


def _month(name: str) -> int | None:
    if name[0].isdigit():
        return int(name)
    if (letters := re.sub(r"[.\s]", "", name)) in _SHORT_LETTERS:
        return _SHORT_LETTERS.index(letters) + 1
    near = [i for i, full in enumerate(MONTHS, 1) if Levenshtein.distance(name, full) <= MONTH_EDITS]
    return near[0] if near else None


_SHORT_LETTERS = tuple(name.replace(".", "") for name in SHORT_MONTHS)


def _year(digits: str, era: str) -> int | None:
    year = int(digits)
    if len(digits) == len("63"):
        year += SHORT_COMMON_YEARS_FROM if era.startswith("ค") else SHORT_YEARS_FROM
    common = year if FIRST_YEAR <= year <= LAST_YEAR else year - ERA
    if era and (era[0] == "ค") != (common == year):
        return None
    return common if FIRST_YEAR <= common <= LAST_YEAR else None
