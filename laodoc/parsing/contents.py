"""What the body cells of a column hold, whatever its header says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from laodoc.parsing.grids import (
    column_cells,
    has_bar,
    has_ink,
    has_mark,
    has_text,
    number_in,
    says_number,
    share,
    text_of,
)
from laodoc.parsing.vocabulary import Entry, starts_like
from laodoc.recognition.reading import CellReading
from laodoc.thai.digits import THAI_DIGITS
from laodoc.thai.places import find_districts, find_province, nearest, provinces

MOSTLY = 0.5
"""Share of a column's inked cells from which they say what the column is; sums may be among the rest."""

FEWEST_STEPS = 3
"""Pairs of neighbouring numbers that must rise by one before a column counts as a sequence: fewer happen by chance."""

LETTERS_AN_EDIT = 4
"""Letters of a place's name for each one that may have been misread."""

_DIGITS = frozenset("0123456789" + THAI_DIGITS)
_IN_NUMBERS = _DIGITS | frozenset(",.-–— ")
_PERCENT = re.compile(r"\S{1,3}\.\S{2}\s?%?")
"""The shape of a percentage with two decimals, whatever its digits were read as."""


@dataclass(frozen=True, slots=True)
class Contents:
    """Shares (0..1) of a column's inked cells that are marks, checks, bars, numbers, percentages by their shape.

    `inked` counts these cells, `empty` is the share of all cells without ink, `rising` that of neighbouring numbers
    which rise by one, `digits` that of letters which are digits or stand in numbers, `length` the median number of
    letters; `texts` are those of the cells that hold no mark.
    """

    inked: int
    empty: float
    marks: float
    checks: float
    bars: float
    numbers: float
    percents: float
    rising: float
    digits: float
    length: float
    texts: tuple[str, ...]


def contents_of(rows: Sequence[Sequence[CellReading]], column: int) -> Contents:
    """What the cells of `column` in the body `rows` hold."""
    cells = column_cells(rows, column)
    inked = [cell for cell in cells if has_ink(cell)]
    written = [cell for cell in inked if has_text(cell) and not has_mark(cell)]
    texts = tuple(text_of(cell) for cell in written)
    letters = "".join(texts)
    return Contents(
        inked=len(inked),
        empty=share(len(cells) - len(inked), len(cells)),
        marks=share(sum(map(has_mark, inked)), len(inked)),
        checks=share(sum(cell.mark.kind == "check" for cell in inked if has_mark(cell)), len(inked)),
        bars=share(sum(map(has_bar, inked)), len(inked)),
        numbers=share(sum(map(_is_number, inked)), len(inked)),
        percents=share(sum(_PERCENT.fullmatch(text) is not None for text in texts), len(inked)),
        rising=_rising([number_in(cell) for cell in inked]),
        digits=share(sum(letter in _IN_NUMBERS for letter in letters), len(letters)),
        length=float(median(map(len, texts))) if texts else 0.0,
        texts=texts,
    )


def _is_number(cell: CellReading) -> bool:
    """Whether the cell is read as a number, or could be; as what else an engine may take a clear mark for, says
    nothing."""
    return says_number(cell) or (number_in(cell) is not None and not has_mark(cell))


def role_of_words(contents: Contents, roles: tuple[Entry, ...]) -> str | None:
    """The role whose words for contents most cells begin with."""
    for role in roles:
        hits = sum(starts_like(text, role) for text in contents.texts) if role.contents else 0
        if hits > MOSTLY * len(contents.texts):
            return role.name
    return None


def role_of_places(contents: Contents) -> str | None:
    """`province` or `district` where most cells are names of the official list, some with a letter misread."""
    names = [text for text in contents.texts if not _DIGITS.issuperset(text)]
    if not names or len(names) <= MOSTLY * len(contents.texts):
        return None
    if sum(_is_province(name) for name in names) > MOSTLY * len(names):
        return "province"
    return "district" if sum(bool(find_districts(name)) for name in names) > MOSTLY * len(names) else None


def _is_province(name: str) -> bool:
    return find_province(name) is not None or nearest(name, provinces(), len(name) // LETTERS_AN_EDIT) is not None


def _rising(numbers: Sequence[int | float | None]) -> float:
    steps = [after - before for before, after in pairwise(numbers) if before is not None and after is not None]
    return share(sum(step == 1 for step in steps), len(steps)) if len(steps) >= FEWEST_STEPS else 0.0
