"""Values into the places of a sentence."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from string import Formatter
from typing import Any

from laodoc.messages.catalogue import names
from laodoc.messages.language import Digits, Language, digits

BUDDHIST = 543
"""Years of the Buddhist era before the Christian one began."""

DAY = "day"
"""`{day:day}` is a date, given as ISO 8601; `{kind:row-kind}` a value of that group of names."""

_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def fill(text: str, values: Mapping[str, object], wanted: Language) -> str:
    """The sentence with its values.

    Raises:
        KeyError: a value is not given.
    """
    return _filler(wanted).vformat(text, (), values)


def shown_day(day: date | str, wanted: Language, chosen: Digits | None = None) -> str:
    """A date as people write it: `23 มิ.ย. 2563`, in English `23 Jun 2020`; what is no date stays as it is."""
    try:
        given = day if isinstance(day, date) else date.fromisoformat(day)
    except ValueError:
        return str(day)
    month = names("month")[str(given.month)][wanted]
    if wanted == "en":
        return f"{given.day} {month} {given.year}"
    return in_digits(f"{given.day} {month} {given.year + BUDDHIST}", chosen)


def in_digits(text: str, chosen: Digits | None = None) -> str:
    """The text with Thai digits, where these were chosen."""
    return text.translate(_THAI_DIGITS) if (chosen or digits()) == "thai" else text


class _Filler(Formatter):
    def __init__(self, wanted: Language) -> None:
        self._wanted = wanted

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == DAY:
            return shown_day(value, self._wanted)
        group = names(format_spec)
        if group:
            return group.get(str(value), {}).get(self._wanted, str(value))
        return format(value, format_spec)


@cache
def _filler(wanted: Language) -> _Filler:
    return _Filler(wanted)
