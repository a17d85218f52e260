"""Thai and Arabic digits, and the numbers that they print."""

import re

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
_TO_ARABIC = str.maketrans(THAI_DIGITS, "0123456789")
_TO_THAI = str.maketrans("0123456789", THAI_DIGITS)

MOST_DIGITS = 20
"""No number in a letter has more digits (a budget in satang has 17); a longer run is not read as a number."""

_NUMBER = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?")
_NIL = frozenset("-–—")


def to_arabic(text: str) -> str:
    """Thai digits as Arabic ones; everything else, and so every position, stays."""
    return text.translate(_TO_ARABIC)


def to_thai(text: str) -> str:
    """Arabic digits as Thai ones; everything else, and so every position, stays."""
    return text.translate(_TO_THAI)


def parse_number(text: str) -> int | float | None:
    """The number that `text` is, in Thai, Arabic or mixed digits, with or without thousands commas, or None.

    Strict: anything but digits, well-placed commas, one decimal point and surrounding white space is no number.
    `๗,๘๕๐` → 7850, `๓.๗๒` → 3.72, `๒๖3` → 263, `1,23` → None.
    """
    plain = to_arabic(text).strip()
    match = _NUMBER.fullmatch(plain)
    if match is None or sum(map(str.isdigit, plain)) > MOST_DIGITS:
        return None
    digits = plain.replace(",", "")
    return float(digits) if match[1] else int(digits)


def is_nil(text: str) -> bool:
    """Whether `text` is a lone dash, with which a table says "none"."""
    return text.strip() in _NIL
