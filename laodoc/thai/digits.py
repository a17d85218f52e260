"""Thai and Arabic digits, and the numbers that they print."""

import re

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
_TO_ARABIC = str.maketrans(THAI_DIGITS, "0123456789")
_TO_THAI = str.maketrans("0123456789", THAI_DIGITS)

MOST_DIGITS = 20
"""No number in a letter has more digits (a budget in satang has 17); a longer run is not read as a number."""

_NUMBER = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?")
DASHES = "-‐‑–—−"
"""What is set for a minus, and alone for nil: the hyphen, its kin, and the sign itself."""

_SIGNED = re.compile(rf"(?:[{DASHES}]|(?:ติด)?ลบ)\s*(?P<behind>[0-9].*)|\(\s*(?P<within>[0-9][^()]*)\)")
"""A minus, the word for it, or the brackets of bookkeepers."""

_SET_OFF = re.compile(r"(?P<whole>[0-9]{1,3}(?:[,. ]{0,3}[0-9]{3})+)(?P<decimals>\.[0-9]{1,2})?")
"""A number whose groups of three digits are set off by anything that is printed, or read, for a thousands comma."""


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


def parse_signed(text: str) -> int | float | None:
    """The number that `text` is, which may be less than nothing; else None, as `parse_number`.

    `-๒๐,๐๐๐`, `− 20,000`, `(20,000)` and `ติดลบ 20,000` are all -20000.
    """
    plain = to_arabic(text).strip()
    match = _SIGNED.fullmatch(plain)
    number = parse_number(match["behind"] or match["within"]) if match else None
    return parse_number(plain) if number is None else -number


def with_commas(text: str) -> str | None:
    """A whole number or one with up to two decimals, in whose place of a thousands comma anything may stand, with the
    commas; None for other text.

    In some faces a comma is hardly more than a point: `250.000` → `250,000`, `1 250.000` → `1,250,000`,
    `๓๘๐. ๕๐๐` → `380,500`, `1.250.000.50` → `1,250,000.50`.
    """
    match = _SET_OFF.fullmatch(to_arabic(text).strip())
    if match is None:
        return None
    digits = re.sub("[^0-9]", "", match["whole"])
    return f"{int(digits):,}{match['decimals'] or ''}" if len(digits) <= MOST_DIGITS else None


def is_nil(text: str) -> bool:
    """Whether `text` is a lone dash, with which a table says "none"."""
    return len(text.strip()) == 1 and text.strip() in DASHES
