"""What the short places of a page say: labels, cells, lines that stand alone."""

import re
from collections.abc import Callable
from random import Random

from laodoc.training import forms, text

_LEFT_OVER = "ิีึืุูั็่้๊๋์ํ"
"""Marks that are of no use at the end of a word that was cut."""

_SYLLABLES = (
    *("a", "an", "ar", "be", "ca", "co", "con", "da", "de", "di", "e", "el", "en", "er", "es", "fi", "for", "ga", "hi"),
    *("i", "in", "ing", "ion", "ko", "la", "li", "lo", "ma", "mi", "no", "o", "of", "or", "per", "pla", "qu", "ra"),
    *("ri", "sch", "se", "st", "str", "ta", "te", "the", "tion", "u", "un", "ur", "va", "vi", "wa", "x", "y", "z"),
)
"""Of which words in Latin letters are made."""

_SHORT = (forms.person, forms.office, forms.number, forms.date, forms.heading, forms.reference, text.words)
_ALONE = (forms.reference, forms.date, forms.office, forms.heading, text.words, forms.contact)
_CELL = (forms.person, forms.office, forms.office, text.words, forms.date)


def short(rng: Random, most: int) -> str:
    """Some words or figures, of `most` characters at most."""
    return text.clean(rng.choice(_SHORT)(rng))[:most].rstrip(_LEFT_OVER) or "-"


def alone(rng: Random, most: int = 60) -> str:
    """What stands on a line of its own: number, date, subject, recipient."""
    return text.clean(rng.choice(_ALONE)(rng))[:most]


def cell(rng: Random) -> str:
    """What stands in a cell that holds words."""
    return rng.choice(_CELL)(rng)


def spaced(said: str, count: int) -> str:
    """`said` with `count` spaces between its letters; what stacks on a letter stays with it."""
    return (" " * count).join(re.findall(f".[{_LEFT_OVER}]*", said))


def latin(rng: Random, most: int) -> str:
    """Words in Latin letters that mean nothing, an address on the net among them now and then: `most` characters."""
    words: list[str] = []
    while sum(len(word) + 1 for word in words) < most:
        word = "".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(1, 4)))
        if rng.random() < 0.06:
            word = rng.choice((f"{word}@{word[::-1]}.go.th", f"www.{word}.go.th/{rng.randint(1, 99)}", word.upper()))
        words.append(word.capitalize() if rng.random() < 0.15 else word)
    return " ".join(words)[:most].strip()


def piece(rng: Random, source: str, measure: Callable[[str], float], room: float) -> str:
    """A piece of `source` about as wide as `room` pixels, as `measure` tells."""
    start = rng.randrange(max(1, len(source) - 40))
    sample = source[start : start + 40]
    letter = measure(sample) / max(1, len(sample))
    found = source[start : start + max(4, int(room / max(1.0, letter)))]
    while len(found) > 3 and measure(found) > room:
        found = found[: -max(1, len(found) // 20)]
    return found.lstrip("ะาำ" + _LEFT_OVER + "ๅ")
