"""A number printed twice in one place, in digits and in words: `๑,๒๒๙ (หนึ่งพันสองร้อยยี่สิบเก้า)`, `(ยี่สิบเจ็ด) 27`."""

import re
from typing import NamedTuple

from laodoc.thai.digits import THAI_DIGITS, to_arabic
from laodoc.thai.number_words import number_in_words, says_some

_ANY_DIGIT = f"[0-9{THAI_DIGITS}]"
_STROKES = " \t\n=–—-()"
"""What clerks put before and behind words, so that nobody can add to them."""

_BRACKETS = re.compile(r"\((?P<inner>[^()]*)(?:\)|$)")
_LOST_BRACKET = re.compile(rf"(?P<before>{_ANY_DIGIT}\S*\s+)[^\sก-๎](?=[ก-ฮเ-ไ][^()]*\)?$)")
"""A bracket that was read as another sign: it stands between a space and a word."""
_DIGITS = re.compile(rf"{_ANY_DIGIT}[{THAI_DIGITS}0-9,. ]*")
_THAI = re.compile("[ก-ฮ]")
_UNIT = re.compile(r"(?:[.\s]*-)?\s*(?:[ก-๎]{1,12}\.?)?\s*")
"""What may stand between digits and words: `.-`, a unit."""

_UNITS = frozenset({"ร้อย", "พัน", "หมื่น", "แสน", "ล้าน"})
"""A power of ten alone, behind digits and without brackets, is a unit: `๕ ล้าน`."""


class Worded(NamedTuple):
    """Digits as printed, without a unit; the words, without brackets; and the number that the words say, None where
    they could not be read."""

    digits: str
    words: str
    spelled: int | None


def worded(text: str) -> Worded | None:
    """The digits and the words that `text` consists of, in either order and with or without brackets; else None.

    `๑,๒๒๙ (หนึ่งพันสองร้อยยี่สิบเก้า)`, `360,000.- บาท (-สามแสนหกหมื่นบาทถ้วน-)`, `(ยี่สิบเจ็ด) 27`, `๖ หก`, `สิบ (10)`.
    """
    plain = " ".join(text.split())
    if "(" not in plain:
        plain = _LOST_BRACKET.sub(r"\g<before>(", plain)
    found = _BRACKETS.search(plain)
    outer = plain[: found.start()] + plain[found.end() :] if found else ""
    if found and _letters(found["inner"]) >= max(1, _count_digits(found["inner"])):
        digits, words = _digits_of(outer), found["inner"].strip(_STROKES)
        spelled = number_in_words(words)
        return Worded(digits, words, spelled) if digits and (spelled is not None or says_some(words)) else None
    if found:
        digits, words = _digits_of(found["inner"]), outer.strip(_STROKES)
    else:
        run = _DIGITS.search(plain)
        digits = run[0].strip() if run else None
        words = (plain[: run.start()] + plain[run.end() :]).strip(_STROKES) if run else ""
        if run and plain[: run.start()].strip() and plain[run.end() :].strip():
            return None
    spelled = None if words in _UNITS else number_in_words(words)
    return Worded(digits, words, spelled) if digits and spelled is not None else None


_TWICE = re.compile(rf"{_ANY_DIGIT}[^()]*\((?P<words>[^()]*)(?:\)|$)")


def numbers_with_words(text: str) -> int:
    """How many numbers with their words behind them in brackets stand in a text."""
    return sum(number_in_words(found["words"].strip(_STROKES)) is not None for found in _TWICE.finditer(text))


def _digits_of(text: str) -> str | None:
    """The digits that are all of a text but a unit behind them."""
    run = _DIGITS.match(text.strip())
    if run is None or not _UNIT.fullmatch(text.strip()[run.end() :]):
        return None
    return run[0].strip().rstrip(".,")


def _letters(text: str) -> int:
    return len(_THAI.findall(text))


def _count_digits(text: str) -> int:
    return sum(map(str.isdigit, to_arabic(text)))
