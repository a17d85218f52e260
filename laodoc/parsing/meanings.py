"""What count columns count where their headers cannot be read: told by the sums that hold in nearly every row."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

from laodoc.document import Meaning, Row
from laodoc.parsing.roles import ColumnType

FEWEST_ROWS = 4
"""Rows with all numbers read that must agree; fewer could do so by chance."""

NEARLY_ALL = 0.8
"""Share of these rows in which a sum must hold, since the paper and the engine have slips; not asked where the headers
leave one way only, because then misread rows speak for no other."""

HALF_A_HUNDREDTH = 0.011
"""Percentages are printed with two decimals, rounded or cut off."""


def meanings_by_sums(types: Sequence[ColumnType], rows: Sequence[Row]) -> tuple[ColumnType, ...]:
    """`types` with meanings for three count columns of which not all are known, where sums leave one way only.

    The total is the sum of the other two; which of these is done must be said by a header, or by a column of
    percentages: the part that it gives of the total.
    """
    counts = [index for index, each in enumerate(types) if each.role == "count"]
    known = [types[index].meaning for index in counts]
    if len(counts) != 3 or None not in known:
        return tuple(types)
    values = [_numbers(row) for row in rows if row.kind == "row"]
    percents = [index for index, each in enumerate(types) if each.role == "percent"]
    ways = [way for way in permutations(counts) if _fits(way, percents, values, types)]
    if len(ways) != 1:
        return tuple(types)
    meanings: dict[int, Meaning] = dict(zip(ways[0], ("total", "done", "pending"), strict=True))
    return tuple(replace(each, meaning=meanings.get(index, each.meaning)) for index, each in enumerate(types))


def _fits(
    way: tuple[int, ...], percents: Sequence[int], values: Sequence[dict[int, float]], types: Sequence[ColumnType]
) -> bool:
    """Whether reading the columns in the order total, done, pending agrees with the headers and nearly all rows."""
    if any(
        types[index].meaning not in (None, name) for index, name in zip(way, ("total", "done", "pending"), strict=True)
    ):
        return False
    total, done, pending = way
    full = [row for row in values if all(index in row for index in way)]
    holding = [row for row in full if row[total] == row[done] + row[pending]]
    unknown = sum(types[index].meaning is None for index in way)
    if len(holding) < max(FEWEST_ROWS, NEARLY_ALL * len(full) * (unknown > 1)):
        return False
    if types[done].meaning or types[pending].meaning:
        return True
    shares = [(row[percent], row[done], row[total]) for percent in percents for row in holding if percent in row]
    agreeing = sum(abs(share * whole - 100 * part) <= HALF_A_HUNDREDTH * whole for share, part, whole in shares)
    return agreeing >= max(FEWEST_ROWS, NEARLY_ALL * len(shares))


def _numbers(row: Row) -> dict[int, float]:
    return {cell.column: float(cell.value) for cell in row.cells if isinstance(cell.value, int | float)}
