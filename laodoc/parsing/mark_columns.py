"""Which columns hold marks: told by how ink is spread over them, more than by what each sign was taken for."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from laodoc.document import Role
from laodoc.parsing.contents import MOSTLY, Contents
from laodoc.parsing.grids import ONE_MARK, has_ink, share
from laodoc.recognition.reading import CellReading

EITHER_OR = 0.8
"""Share of rows in which exactly one of two mark columns is marked; in some it is both, neither, or a speck."""

FEWEST_ROWS = 3
"""Rows that must show it; one or two do so by chance."""

OFTEN_EMPTY = 0.2
"""Share of empty cells in a lone mark column; a column of counts is filled, if only with dashes."""


@dataclass(frozen=True, slots=True)
class MarkCandidate:
    """A column that may hold marks: its place, the role that its header names, and its contents."""

    index: int
    by_name: Role | None
    contents: Contents


def mark_columns(candidates: Sequence[MarkCandidate], rows: Sequence[Sequence[CellReading]]) -> set[int]:
    """The indexes of the mark columns.

    Two columns of which nearly every row has ink in exactly one are a pair of mark columns, whatever the signs were
    read as: counts stand in every row. Besides, a column of mostly marks is one if its name does not speak against it
    and it is often empty or has no readable name. A header for `(แห่ง)` may stand over both counts and marks.
    """
    possible = [each for each in candidates if _may_hold_marks(each)]
    pairs = {
        (one.index, other.index): _either_or(rows, one.index, other.index) for one, other in combinations(possible, 2)
    }
    best = max(pairs, key=lambda pair: pairs[pair], default=None)
    found = set(best) if best is not None and pairs[best] >= EITHER_OR else set()
    for each in possible:
        marked = each.contents.marks > MOSTLY and each.contents.marks > each.contents.numbers
        if marked and (each.contents.empty >= OFTEN_EMPTY or each.by_name is None):
            found.add(each.index)
    return found


def _may_hold_marks(column: MarkCandidate) -> bool:
    """Whether name and contents leave it open: mostly marks, short or no text, no bars, not mostly numbers."""
    contents = column.contents
    short = contents.length <= ONE_MARK or contents.marks > MOSTLY
    counted = contents.numbers > max(MOSTLY, contents.marks)
    return column.by_name in (None, "count", "mark") and short and contents.bars <= MOSTLY and not counted


def _either_or(rows: Sequence[Sequence[CellReading]], one: int, other: int) -> float:
    """The share of rows with ink in exactly one of the two columns; doubtful signs are passed over."""
    exactly, seen = 0, 0
    for row in rows:
        pair = [cell for cell in row if cell.column in (one, other) and cell.column_span == 1]
        if len(pair) == 2 and not any(cell.mark.kind is None and not cell.lines for cell in pair):
            seen += 1
            exactly += sum(map(has_ink, pair)) == 1
    return share(exactly, seen) if seen >= FEWEST_ROWS else 0.0
