"""What stands in ink where a person has put a value right: an answer gives the value, not always the print."""

import re

from laodoc.review.answers import AS_READ
from laodoc.review.spots import Kind, Spot
from laodoc.thai.diacritics import normalise
from laodoc.thai.digits import THAI_DIGITS, is_nil, parse_number, to_arabic, to_thai

AS_TYPED: frozenset[Kind] = frozenset(("text", "place", "province", "district"))
"""Kinds whose answers are the words that are printed."""

SAME_SCRIPT = 0.98
"""Share of a page's digits from which the rest are printed in that script too."""

THOUSAND = 1000
"""From here on a number may be printed with commas or without."""


def printed(spot: Spot, answer: str, page_text: str) -> str | None:
    """What is printed at the spot, or None where the answer leaves it open: a day or a number can be printed in several
    ways, and a line image with another text beside it would teach the reader what is not there."""
    said = " ".join(normalise(answer).split())
    if spot.kind == "mark" or not said:
        return None
    if said.casefold() in AS_READ:
        return _confirmed(spot)
    text = _in_script(said, spot.text, page_text)
    if text is None or spot.kind in AS_TYPED:
        return text
    if spot.kind == "number":
        return text if _as_printed(to_arabic(said), to_arabic(spot.text)) else None
    return text if _shape(text) == "0" or _shape(text) == _shape(spot.text) else None


def _confirmed(spot: Spot) -> str | None:
    """What is printed where the value was read rightly: names as the list spells them, else what was read, unless a
    number's reading has more in it than a number."""
    if spot.kind in AS_TYPED:
        return str(spot.value) if spot.value is not None else None
    if spot.kind == "number" and parse_number(spot.text) is None and not is_nil(spot.text):
        return None
    return spot.text or None


def _in_script(said: str, read: str, page_text: str) -> str | None:
    """The answer in the digits of the paper: those that it was typed in where they are Thai, else those that were read
    there, else those of the whole page; None where that does not tell."""
    if not re.search(r"\d", said) or _thai_share(said):
        return said
    share = _thai_share(read)
    share = _thai_share(page_text) if share is None or 0 < share < 1 else share
    if share is None or 1 - SAME_SCRIPT < share < SAME_SCRIPT:
        return None
    return to_thai(said) if share >= SAME_SCRIPT else said


def _thai_share(text: str) -> float | None:
    """The share of the text's digits that are Thai, None where it has none."""
    digits = [sign for sign in text if sign.isdecimal()]
    return sum(sign in THAI_DIGITS for sign in digits) / len(digits) if digits else None


def _as_printed(said: str, read: str) -> bool:
    """Whether commas and decimals of a number are sure: as many decimals as were read, and a comma from a thousand on
    where one was read or typed."""
    number = parse_number(said)
    if number is None:
        return said == read
    decimals = len(said.partition(".")[2]) == len(read.partition(".")[2].strip())
    return decimals and (number < THOUSAND or "," in said)


def _shape(text: str) -> str:
    """The text with every run of digits as one nought: `๑๕/๙/๖๕` and `3/12/65` have one shape."""
    return re.sub(r"\d+", "0", to_arabic(text))
