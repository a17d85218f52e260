"""What a person wrote beside a doubtful value: understood as that kind of value, or refused in one line."""

import re
from collections.abc import Callable
from datetime import date, datetime, time

from laodoc.document import MarkKind
from laodoc.messages import Message
from laodoc.parsing.cells import number_of
from laodoc.parsing.numbers import NUMBER_PATTERN, SERIAL_PATTERN, number_value, serial_value
from laodoc.parsing.people import phone_value
from laodoc.review.spots import Kind, Misunderstood, Spot, Value
from laodoc.thai import places
from laodoc.thai.dates import ERA, FIRST_YEAR, LAST_YEAR, parse_date
from laodoc.thai.diacritics import normalise
from laodoc.thai.digits import to_arabic

AS_READ = frozenset(("ok", "ถูก", "ถูกต้อง", "ถูกแล้ว"))
"""Answers by which a person says that it was read rightly."""

CHECKS, CROSSES, NOTHING = frozenset("✓✔√/☑"), frozenset("×✗✘xX✕☒"), frozenset(("-", "–", "—", "ว่าง"))
MARKS: tuple[tuple[frozenset[str], MarkKind], ...] = ((CHECKS, "check"), (CROSSES, "cross"), (NOTHING, "none"))

LONGEST = 2000
"""Characters of an answer; no value on a page of paper is longer."""


_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_REGISTER = re.compile(r"[0-9]{1,7}(?:/[0-9]{2,4})?")
_CLOCK = re.compile(r"(\d{1,2})\s*[.:]\s*(\d{2})(?::\d{2})?\s*(?:น\.?|นาฬิกา)?")


def understand(answer: object, spot: Spot) -> Value:
    """The value that an answer (text, or what a spreadsheet holds) means at this spot.

    Raises:
        Misunderstood: it is not what the spot needs.
    """
    said = _plain(answer)
    if said.casefold() in AS_READ and said != spot.text:
        value = spot.value if spot.value is not None else _withheld(spot)
        if value is None or not spot.found:
            raise Misunderstood(Message("answer-not-understood", said=said, hint=_hint(spot)))
        return value
    if len(said) > LONGEST:
        raise Misunderstood(Message("answer-too-long", count=len(said)))
    value = _READERS[spot.kind](said)
    if value is None:
        raise Misunderstood(Message("answer-wrong-kind", said=said, hint=_hint(spot)))
    return value


def _withheld(spot: Spot) -> Value | None:
    """What was read but not believed (it has no value): a person who finds it right does not type it again."""
    return _READERS[spot.kind](_plain(spot.text)) if spot.text else None


def _hint(spot: Spot) -> Message:
    return Message(f"hint-{spot.kind}")


def _plain(answer: object) -> str:
    """What the cell of a spreadsheet says, as text in normal spelling: programs make numbers and dates of answers."""
    if isinstance(answer, datetime | date):
        day = answer.date() if isinstance(answer, datetime) else answer
        return day.isoformat()
    if isinstance(answer, time):
        return answer.strftime("%H:%M")
    if isinstance(answer, bool):
        return "✓" if answer else "×"
    if isinstance(answer, float) and answer.is_integer():
        answer = int(answer)
    return " ".join(normalise(str(answer)).split())


def _number(said: str) -> int | float | None:
    return number_of(said.removesuffix("%"))


def _date(said: str) -> str | None:
    iso = _ISO.fullmatch(to_arabic(said))
    if not iso:
        found = parse_date(said)
        return found.isoformat() if found else None
    year = int(iso[1])
    year = year if FIRST_YEAR <= year <= LAST_YEAR else year - ERA
    try:
        day = date(year, int(iso[2]), int(iso[3]))
    except ValueError:
        return None
    return day.isoformat() if FIRST_YEAR <= year <= LAST_YEAR else None


def _mark(said: str) -> MarkKind | None:
    return next((mark for signs, mark in MARKS if said in signs), None)


def _document_number(said: str) -> str | None:
    plain = to_arabic(said).removeprefix("ที่").strip()
    match = re.fullmatch(NUMBER_PATTERN, plain)
    if match:
        return number_value(match)
    return serial_value(plain) if re.fullmatch(SERIAL_PATTERN, plain) else None


def _register(said: str) -> str | None:
    plain = re.sub(r"\s", "", to_arabic(said))
    return plain if _REGISTER.fullmatch(plain) else None


def _time(said: str) -> str | None:
    match = _CLOCK.fullmatch(to_arabic(said))
    try:
        return time(int(match[1]), int(match[2])).strftime("%H:%M") if match else None
    except ValueError:
        return None


def _text(said: str) -> str | None:
    return said or None


def _province(said: str) -> str | None:
    return said if places.find_province(said) else None


def _district(said: str) -> str | None:
    """The list has all districts; that of the province's town is often called only เมือง."""
    return said if places.bare(said, "district") == "เมือง" or places.find_districts(said) else None


_READERS: dict[Kind, Callable[[str], Value]] = {
    "number": _number,
    "date": _date,
    "mark": _mark,
    "province": _province,
    "district": _district,
    "place": _text,
    "text": _text,
    "document-number": _document_number,
    "register": _register,
    "time": _time,
    "phone": phone_value,
}
