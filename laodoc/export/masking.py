"""What leaves the house only when asked for: secret letters, and citizens' identity numbers."""

import re

from laodoc.document import Letter
from laodoc.thai.digits import THAI_DIGITS, to_arabic

MASK = "▒▒▒"

_DIGIT = f"[0-9{THAI_DIGITS}]"
_IDENTITY = re.compile(rf"(?<!{_DIGIT})(?:{_DIGIT}[ -]?){{12}}{_DIGIT}(?!{_DIGIT})")
_SECRET = re.compile("ลับ|ปกปิด")


def is_secret(letter: Letter) -> bool:
    """Whether a letter is marked ลับ or above."""
    return letter.secrecy is not None and _SECRET.search(letter.secrecy.text) is not None


def masked(text: str) -> str:
    """The text with every citizen's identity number covered but for its last three digits."""
    return _IDENTITY.sub(lambda match: f"{MASK}{match[0][-3:]}" if is_identity(match[0]) else match[0], text)


def is_identity(text: str) -> bool:
    """Whether thirteen digits end in the check digit of a Thai identity number (weights 13 to 2, modulo 11)."""
    digits = [int(digit) for digit in to_arabic(text) if digit.isdigit()]
    total = sum(weight * digit for weight, digit in zip(range(13, 1, -1), digits, strict=False))
    return len(digits) == len("1234567890123") and (11 - total % 11) % 10 == digits[-1]
