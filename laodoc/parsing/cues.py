"""Finds fixed phrases in text that a recognizer may have bent."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

TONES = "\u0e47-\u0e4e"
"""Maitaikhu, tone marks, thanthakhat, nikhahit, yamakkan: a few pixels each, often lost or made up."""

LEAD = r"[\s.:;,'\"“”‘’|*•·\-–_\u0e47-\u0e4e]{0,6}"
"""A regular expression for specks at the start of a line that were read as punctuation or as marks without a letter."""

_GAP = rf"[{TONES}]?\s?"
"""What may stand between two letters of a phrase."""

_CLASSES = (
    frozenset("ิีึื"),
    frozenset("ุู"),
    frozenset("ำา"),
    frozenset("ใไ"),
    frozenset("เแ"),
    frozenset("ฎฏ"),
    frozenset("ดค"),
    frozenset("บป"),
)
"""Characters that differ by a stroke and are often read for each other."""


@cache
def loose(phrase: str) -> str:
    """A regular expression for `phrase`: marks may be lost or added, look-alikes swapped, white space anywhere.

    Consonants and leading vowels must all be there, so that one word is never taken for another.
    """
    letters = [letter for letter in phrase if letter not in _TONE_SET and not letter.isspace()]
    return _GAP.join(_class_of(letter) for letter in letters) + rf"[{TONES}]?"


def any_of(phrases: Iterable[str]) -> str:
    """A regular expression for any of `phrases`, the longest first."""
    return "(?:" + "|".join(loose(phrase) for phrase in sorted(phrases, key=len, reverse=True)) + ")"


def near(phrase: str) -> str:
    """A regular expression for `phrase` with one of its letters read as another, none lost or added: for long phrases,
    where their place on the page vouches for them."""
    letters = [letter for letter in phrase if letter not in _TONE_SET and not letter.isspace()]
    return rf"(?:{loose(phrase)}|{_bent([_class_of(letter) for letter in letters])}[{TONES}]?)"


def any_near(phrases: Iterable[str], shortest: int = 5) -> str:
    """A regular expression for any of `phrases`, the longest first; those of `shortest` letters and more may be bent,
    see `near`."""
    ordered = sorted(phrases, key=len, reverse=True)
    return "(?:" + "|".join(near(phrase) if len(phrase) >= shortest else loose(phrase) for phrase in ordered) + ")"


def _bent(letters: Sequence[str]) -> str:
    """A regular expression for letters of which one is any other. It is the left half bent and the right half whole, or
    the other way round: shorter than its n wordings beside one another, and compiled in half the time."""
    if len(letters) == 1:
        return "[ก-ฺเ-ๅ]"
    middle = len(letters) // 2
    left, right = letters[:middle], letters[middle:]
    return f"(?:{_bent(left)}{_GAP}{_GAP.join(right)}|{_GAP.join(left)}{_GAP}{_bent(right)})"


def _class_of(letter: str) -> str:
    if letter == "ั":
        return "[ัิ-ื]?"
    for similar in _CLASSES:
        if letter in similar:
            return "[" + "".join(sorted(similar)) + "]"
    return re.escape(letter)


_TONE_SET = frozenset(map(chr, range(0x0E47, 0x0E4F)))
