"""Numbers written out in Thai words: `หนึ่งหมื่นหนึ่งพัน`, `สามพันบาทถ้วน`."""

from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from laodoc.thai.diacritics import REMEMBERED, from_pythainlp, normalise

_DIGITS = {
    "ศูนย์": 0, "หนึ่ง": 1, "เอ็ด": 1, "สอง": 2, "ยี่": 2, "สาม": 3, "สี่": 4, "ห้า": 5, "หก": 6, "เจ็ด": 7,
    "แปด": 8, "เก้า": 9,
}  # fmt: skip
_POWERS = {"สิบ": 10, "ร้อย": 100, "พัน": 1_000, "หมื่น": 10_000, "แสน": 100_000}
_MILLION = "ล้าน"
_WORDS = (*_DIGITS, *_POWERS, _MILLION)
_MARKS = str.maketrans("", "", "็่้๊๋์ํ๎ิีึืั")


@lru_cache(REMEMBERED)
def number_in_words(text: str) -> int | None:
    """The number that `text` writes out, with words read a little wrong forgiven; None where it writes out none.

    `หนึ่งหมื่นหนึ่งพันหนึ่งร้อยเก้าสิบแปด` → 11198, `สิบล้านห้าแสนบาทถ้วน` → 10500000. Fractions of a baht are none.
    """
    plain = "".join(normalise(text).split()).removesuffix("ถ้วน").removesuffix("บาท")
    words = _split(plain) if plain else None
    return _value(words) if words else None


def in_words(number: int) -> str:
    """A number from 0 written out: 1229 → `หนึ่งพันสองร้อยยี่สิบเก้า`."""
    return str(from_pythainlp("num_to_thaiword")(number))


def says_some(text: str) -> bool:
    """Whether some word of a number stands in the text: what it says may then be a number that was misread."""
    return any(word in text for word in _WORDS)


def _split(text: str) -> list[str] | None:
    """The text as number words, the fewest slips first; None where it is something else."""
    best: list[tuple[int, list[str]] | None] = [(0, [])] + [None] * len(text)
    for end in range(1, len(text) + 1):
        for word in _WORDS:
            for length in {len(word), len(word) - 1, len(word) + 1}:
                start = end - length
                if length < 1 or start < 0 or best[start] is None:
                    continue
                slips = _slips(text[start:end], word)
                before = best[start]
                if slips is None or before is None:
                    continue
                now = best[end]
                if now is None or before[0] + slips < now[0]:
                    best[end] = (before[0] + slips, [*before[1], word])
    whole = best[-1]
    return whole[1] if whole and whole[0] <= max(1, len(whole[1]) // 2) else None


def _slips(read: str, word: str) -> int | None:
    """How many marks or letters of a number word were read wrong, at most one."""
    if read == word:
        return 0
    if Levenshtein.distance(read, word) > 1:
        return None
    return 1 if read.translate(_MARKS) == word.translate(_MARKS) or len(word) > SHORT else None


SHORT = 3
"""In words of so few letters only a mark may be wrong: หก and หา are other words."""


def _value(words: list[str]) -> int | None:
    """Digits before powers of ten, from high to low, with ล้าน as a power of its own; None where the order is wrong."""
    millions, total, digit, last = 0, 0, None, 1_000_000
    for word in words:
        if word == _MILLION:
            millions = (millions + total + (digit or 0) or 1) * 1_000_000
            total, digit, last = 0, None, 1_000_000
        elif word in _POWERS:
            power = _POWERS[word]
            if power >= last:
                return None
            total, digit, last = total + (1 if digit is None else digit) * power, None, power
        elif digit is not None:
            return None
        else:
            digit = _DIGITS[word]
    return millions + total + (digit or 0)
