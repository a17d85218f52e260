"""What the short places of a page say: labels, cells, lines that stand alone."""

from collections.abc import Callable
from random import Random

from laodoc.training import forms, text

_LEFT_OVER = "ิีึืุูั็่้๊๋์ํ"
"""Marks that are of no use at the end of a word that was cut."""

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


def piece(rng: Random, source: str, measure: Callable[[str], float], room: float) -> str:
    """A piece of `source` about as wide as `room` pixels, as `measure` tells."""
    start = rng.randrange(max(1, len(source) - 40))
    sample = source[start : start + 40]
    letter = measure(sample) / max(1, len(sample))
    found = source[start : start + max(4, int(room / max(1.0, letter)))]
    while len(found) > 3 and measure(found) > room:
        found = found[: -max(1, len(found) // 20)]
    return found.lstrip("ะาำ" + _LEFT_OVER + "ๅ")
