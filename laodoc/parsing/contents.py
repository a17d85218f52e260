"""What the body cells of a column hold, whatever its header says."""

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
from laodoc.thai.places import find_districts, find_province

MOSTLY = 0.5
"""Share of a column's inked cells from which they say what the column is; sums may be among the rest."""

FEWEST_STEPS = 3
"""Pairs of neighbouring numbers that must rise by one before a column counts as a sequence: fewer happen by chance."""


@dataclass(frozen=True, slots=True)
class Contents:
    """Shares (0..1) of a column's inked cells that are marks, bars, numbers; `inked` counts these cells.

    `empty` is the share of all cells without ink, `rising` that of neighbouring numbers which rise by one, `length` the
    median number of letters, `words` the role whose words most cells begin with.
    """

    inked: int
    marks: float
    bars: float
    numbers: float
    decimals: float
    empty: float
    rising: float
    length: float
    words: str | None


def contents_of(rows: Sequence[Sequence[CellReading]], column: int, roles: tuple[Entry, ...]) -> Contents:
    """What the cells of `column` in the body `rows` hold."""
    cells = column_cells(rows, column)
    inked = [cell for cell in cells if has_ink(cell)]
    texts = [text_of(cell) for cell in inked if has_text(cell) and not has_mark(cell)]
    numbers = [number_in(cell) for cell in inked if has_text(cell)]
    return Contents(
        inked=len(inked),
        marks=share(sum(map(has_mark, inked)), len(inked)),
        bars=share(sum(map(has_bar, inked)), len(inked)),
        numbers=share(sum(says_number(cell) or number_in(cell) is not None for cell in inked), len(inked)),
        decimals=share(sum(isinstance(number, float) for number in numbers), len(numbers)),
        empty=share(len(cells) - len(inked), len(cells)),
        rising=_rising(numbers),
        length=float(median(map(len, texts))) if texts else 0.0,
        words=_role_of_words(texts, roles),
    )


def _rising(numbers: Sequence[int | float | None]) -> float:
    steps = [after - before for before, after in pairwise(numbers) if before is not None and after is not None]
    return share(sum(step == 1 for step in steps), len(steps)) if len(steps) >= FEWEST_STEPS else 0.0


def _role_of_words(texts: Sequence[str], roles: tuple[Entry, ...]) -> str | None:
    """The role that most cells name: by the words of the vocabulary, else by the official list of places."""
    for role in roles:
        if role.contents and sum(starts_like(text, role) for text in texts) > MOSTLY * len(texts):
            return role.name
    written = [text for text in texts if any(letter.isalpha() for letter in text)]
    if len(written) * 2 <= len(texts):
        return None
    if sum(find_province(text) is not None for text in written) > MOSTLY * len(written):
        return "province"
    if sum(bool(find_districts(text)) for text in written) > MOSTLY * len(written):
        return "district"
    return None
