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

SHORT_YEARS_FROM = 2500
"""What a year of two digits leaves out: letters that are scanned today are of this century of the Buddhist era."""

MONTH_EDITS = 1
"""Misread characters in a long month name: names differ from each other by at least three."""

DateStyle = Literal["long", "short", "slash"]


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: `text[start:end]`, with the weekday printed before it (Monday is 0), if there is one."""

    date: date
    start: int
    end: int
    weekday: int | None


_WEEKDAY = rf"(?:วัน\s*)?(?P<weekday>{'|'.join(WEEKDAYS)}|พฤหัส)(?:ฯ)?\s*(?:ที่)?\s*"
_DAY = r"(?<![0-9])(?<![0-9][.,/])(?P<day>[0-9]{1,2})"
_SHORT_MONTH = "|".join(
    r"\s?".join(re.escape(part) + r"(?:\s?\.)?" for part in name[:-1].split(".")) for name in SHORT_MONTHS
)
_MONTH = rf"(?P<month>{_SHORT_MONTH}|[ก-ฮะ-ฺเ-ไ็-ํ]{{5,11}}?)"
_ERA = r"(?:(?P<era>[พค]\s?\.?\s?ศ\s?\.?|พุทธศักราช|คริสต์ศักราช)\s*)?"
_YEAR = r"(?P<year>[0-9]{4}|[0-9]{2})(?![0-9])(?![.,][0-9])"
_WRITTEN = re.compile(rf"(?:{_WEEKDAY})?{_DAY}\s*(?:เดือน)?\s*{_MONTH}\s*,?\s*{_ERA}{_YEAR}")
_SLASHED = re.compile(rf"(?:{_WEEKDAY})?{_DAY}\s?/\s?(?P<month>[0-9]{{1,2}})\s?/\s?(?P<era>)?{_YEAR}(?!/)")
_DOTTED = re.compile(rf"{_DAY}\s?(?P<dot>[.-])\s?(?P<month>[0-9]{{1,2}})\s?(?P=dot)\s?(?P<era>)?(?P<weekday>)?{_YEAR}")
_LEAD = re.compile(r"\s*(?:ลง)?(?:\s*วันที่)?[\s.:]*")
_TRAIL = " .\t\n"


def find_dates(text: str) -> list[FoundDate]:
    """All dates in `text` that the calendar knows, in the order in which they stand.

    Written months, long or short, and d/m/y; a year of two digits or from 2443 is of the Buddhist era.
    """
    plain = to_arabic(text)
    return sorted(
        (found for form in (_WRITTEN, _SLASHED) for found in _dates(form, plain)), key=lambda date: date.start
    )


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
    return FoundDate(day, match.start(), match.end(), _weekday(match["weekday"]))


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
        year += SHORT_YEARS_FROM
    common = year if FIRST_YEAR <= year <= LAST_YEAR else year - ERA
    if era and (era[0] == "ค") != (common == year):
        return None
    return common if FIRST_YEAR <= common <= LAST_YEAR else None
