"""Text as it is compared: neither spaces nor the script of digits tell two spellings of one thing apart."""

from laodoc.thai.diacritics import normalise
from laodoc.thai.digits import to_arabic


def folded(words: str) -> str:
    """The text in one spelling, with Arabic digits, small letters and no white space."""
    return "".join(to_arabic(normalise(words)).casefold().split())
