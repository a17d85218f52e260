"""Columns of money or counts of which one is what two others make together, or what one leaves of another."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import isclose

from laodoc.checks.table_rows import Finder, Number, columns_of, number_at, rows_of_kind
from laodoc.document import Document, Finding, Row, RowKind, Table
from laodoc.messages import Message

BALANCED: tuple[RowKind, ...] = ("row", "subtotal", "total")

FEWEST = 3
"""Rows in which three columns must agree, none of them nil: in so many they do not by chance."""

MOST = 0.5
"""Part of the rows that were read in more than which they must agree; the others are slips, of paper or of reading."""

MOST_COLUMNS = 12
"""Columns of a table that are tried; wider tables are cross tables, whose columns sum in groups."""

Balance = tuple[int, int, int]
"""The column of the whole, and those of the two parts."""


def check_balances(document: Document) -> tuple[Finding, ...]:
    """A finding for every row in which a whole is not the sum of its parts, though it is in most others."""
    return tuple(finding for table in document.tables for finding in _in_table(table))


def balances(table: Table) -> list[Balance]:
    """The columns that agree with each other, each of them in one balance at most; those whose meaning as total, done
    and pending is known are not asked."""
    columns = [c for c in columns_of(table, "count", "amount") if table.columns[c].meaning is None]
    rows = list(rows_of_kind(table, *BALANCED))
    if len(columns) > MOST_COLUMNS or len(rows) < FEWEST:
        return []
    found: list[tuple[int, Balance]] = []
    for three in combinations(columns, 3):
        for whole in three:
            first, second = (column for column in three if column != whole)
            agreeing = _agreeing(rows, (whole, first, second))
            if agreeing:
                found.append((agreeing, (whole, first, second)))
    chosen: list[Balance] = []
    for _, balance in sorted(found, key=lambda each: (-each[0], each[1])):
        if not any(set(balance) & set(other) for other in chosen):
            chosen.append(balance)
    return sorted(chosen)


def agrees(numbers: Sequence[Number | None]) -> bool | None:
    """Whether the first number is the sum of the others, None where one was not read."""
    whole, *parts = numbers
    if whole is None or None in parts:
        return None
    return isclose(sum(part or 0 for part in parts), whole, abs_tol=0.005)


def _agreeing(rows: Sequence[Row], balance: Balance) -> int:
    """In how many rows the columns agree; 0 where these are too few."""
    numbers = [[number_at(row, column) for column in balance] for row in rows]
    states = [agrees(three) for three in numbers if all(three)]
    holding = sum(state is True for state in states)
    return holding if holding >= FEWEST and holding > MOST * len(states) else 0


def _in_table(table: Table) -> Iterator[Finding]:
    rule = Finder("row-sum", table)
    for balance in balances(table):
        for row in rows_of_kind(table, *BALANCED):
            whole, first, second = numbers = [number_at(row, column) for column in balance]
            if agrees(numbers) is False and whole is not None and first is not None and second is not None:
                message = Message("row-sum-parts", first=first, second=second, whole=whole)
                yield rule.at(row, balance[0], message, expected=first + second, found=whole)
