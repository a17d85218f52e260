"""Numbers of a table that add up to, or are a part of, others."""

from collections.abc import Iterator
from math import isclose

from laodoc.checks.table_rows import Finder, Number, cell_at, column_of, columns_of, number_at, rows_of_kind
from laodoc.document import Cell, Document, Finding, Meaning, Row, RowKind, Table
from laodoc.messages import Message
from laodoc.thai.digits import to_arabic

SUMMED: tuple[RowKind, ...] = ("row", "subtotal", "total")

SHOWN = 3
"""Percentages that were rounded up from which on a column is known to be rounded; and so many a misread one."""

ROUNDED, CUT_OFF = 0.5 + 1e-6, 1.0
"""By how much of the last decimal the exact share may lie above what is printed: half of it if it was rounded up (and a
hair for binary fractions), nearly all of it if it was cut off."""


def check_row_sums(document: Document) -> tuple[Finding, ...]:
    """A finding for every row in which done and pending, all read, do not make the total."""
    return tuple(finding for table in document.tables for finding in _row_sums(table))


def check_percents(document: Document) -> tuple[Finding, ...]:
    """A finding for every percentage that is neither the rounded nor the cut-off share that its row gives."""
    return tuple(finding for table in document.tables for finding in _percents(table))


def check_column_totals(document: Document) -> tuple[Finding, ...]:
    """A finding for every total under a column whose numbers, all read, do not add up to it."""
    return tuple(finding for table in document.tables for finding in _column_totals(table))


def may_be_printed_as(exact: float, printed: float, decimals: int, *, above: float = CUT_OFF) -> bool:
    """Whether `printed` is `exact` rounded (half up or half even) or cut off after `decimals` decimals.

    `above`: ROUNDED where it is known that nothing was cut off.
    """
    return -ROUNDED <= _beyond(exact, printed, decimals) < above


def rounds(table: Table, column: int) -> bool:
    """Whether the column's percentages are rounded, as its rows show, and hardly any is cut off."""
    beyond = [_beyond(exact, printed, decimals) for _, exact, printed, decimals in _shares(table, column)]
    up = sum(-ROUNDED <= part < 0 for part in beyond)
    return up >= SHOWN and sum(ROUNDED < part < CUT_OFF for part in beyond) <= up / SHOWN


def _beyond(exact: float, printed: float, decimals: int) -> float:
    """How much of the last decimal the exact share lies above what is printed."""
    return float(exact * 10**decimals - round(printed * 10**decimals))


def _row_sums(table: Table) -> Iterator[Finding]:
    total, done, pending = (_count(table, meaning) for meaning in ("total", "done", "pending"))
    rule = Finder("row-sum", table)
    for row in rows_of_kind(table, *SUMMED):
        whole, some, rest = number_at(row, total), number_at(row, done), number_at(row, pending)
        if whole is None or some is None or rest is None or whole == some + rest:
            continue
        yield rule.at(
            row, total, Message("row-sum", done=some, pending=rest, whole=whole), expected=some + rest, found=whole
        )


def _count(table: Table, meaning: Meaning) -> int | None:
    return column_of(table, "count", meaning)


def _percents(table: Table) -> Iterator[Finding]:
    rule = Finder("percent", table)
    for column in columns_of(table, "percent"):
        for row, exact, printed, decimals in _shares(table, column):
            if not may_be_printed_as(exact, printed, decimals):
                message = Message("percent", exact=f"{exact:.{decimals + 2}f}", printed=f"{printed:.{decimals}f}")
                yield rule.at(row, column, message, expected=round(exact, decimals), found=printed)


def _shares(table: Table, column: int) -> Iterator[tuple[Row, float, Number, int]]:
    """For each row whose numbers were read: the exact share, the printed one, and its decimals."""
    total = _count(table, "total")
    meaning = table.columns[column].meaning or "done"
    part = _count(table, meaning) if meaning != "total" else None
    for row in rows_of_kind(table, *SUMMED):
        cell, some, whole = cell_at(row, column), number_at(row, part), number_at(row, total)
        printed = number_at(row, column)
        if cell is not None and printed is not None and some is not None and whole:
            yield row, 100 * some / whole, printed, decimals_of(cell, printed)


def decimals_of(cell: Cell, printed: Number) -> int:
    """How many decimals are printed: those of the text, unless the number was taken from another reading of it, or is a
    person's."""
    read = "" if cell.corrected else to_arabic(cell.text)
    shown = max(read.partition(".")[2], str(printed).partition(".")[2], key=len)
    return sum(map(str.isdigit, shown))


def check_percent_style(document: Document) -> tuple[Finding, ...]:
    """As information: where percentages are cut off instead of rounded; once a column that does so throughout."""
    return tuple(finding for table in document.tables for finding in _cut_off(table))


def _cut_off(table: Table) -> Iterator[Finding]:
    rule = Finder("percent", table, severity="info")
    for column in columns_of(table, "percent"):
        cut, rounded = [], 0
        for row, exact, printed, decimals in _shares(table, column):
            beyond = _beyond(exact, printed, decimals)
            cut += [(row, exact, printed, decimals)] if ROUNDED < beyond < CUT_OFF else []
            rounded += -ROUNDED <= beyond < 0
        if len(cut) > 1 and not rounded:
            yield rule.at(cut[0][0], column, Message("percent-style")).model_copy(
                update={"sequence": None, "bbox": None}
            )
            continue
        for row, exact, printed, decimals in cut:
            message = Message("percent-cut", exact=f"{exact:.{decimals + 2}f}", printed=f"{printed:.{decimals}f}")
            yield rule.at(row, column, message, expected=round(exact, decimals), found=printed)


def _column_totals(table: Table) -> Iterator[Finding]:
    rule = Finder("column-total", table)
    for column in summed(table):
        for parts, total in sums_of(table):
            row = table.rows[total]
            found = number_at(row, column)
            numbers = [number for part in parts if (number := number_at(table.rows[part], column)) is not None]
            if len(numbers) < len(parts) or found is None or isclose(sum(numbers), found, abs_tol=0.005):
                continue
            message = Message("column-total", sum=_short(sum(numbers)), kind=row.kind, found=_short(found))
            yield rule.at(row, column, message, expected=sum(numbers), found=found)


def summed(table: Table) -> list[int]:
    """The columns whose numbers a total adds up: not satang, nor the baht beside them, as a hundred make one more."""
    names = [column.header.rpartition("/")[2].strip() for column in table.columns]
    columns = columns_of(table, "count", "amount")
    small = {column for column in columns if names[column] in SATANG}
    return [column for column in columns if not {column, column + 1} & small]


SATANG = frozenset({"สตางค์", "สต.", "สต"})
"""Names of the column behind that of baht."""


def sums_of(table: Table) -> list[tuple[list[int], int]]:
    """Which rows add up to which: indexes of the parts, and of the row that prints their sum.

    The last total sums all rows. A subtotal sums the rows since the heading or subtotal before it; one that stands
    right below a heading sums the rows behind it. With subtotals the total is asked twice: of the rows, and of the
    subtotals where every row belongs to one.
    """
    kinds = [row.kind for row in table.rows]
    body = [index for index, kind in enumerate(kinds) if kind == "row"]
    totals = [index for index, kind in enumerate(kinds) if kind == "total"]
    sums = [(parts, subtotal) for parts, subtotal in _subtotals(kinds) if parts]
    covered = [part for parts, _ in sums for part in parts]
    if totals and body:
        if len(sums) > 1 and covered == body:
            sums.append(([subtotal for _, subtotal in sums], totals[-1]))
        sums.append((body, totals[-1]))
    return sums


def _subtotals(kinds: list[RowKind]) -> Iterator[tuple[list[int], int]]:
    """Each subtotal with the rows that it sums."""
    edges = [index for index, kind in enumerate(kinds) if kind in ("group", "subtotal", "total")]
    stands_first = [index for index in edges if kinds[index] == "subtotal" and kinds[max(0, index - 1)] == "group"]
    for index in edges:
        if kinds[index] != "subtotal":
            continue
        if stands_first:
            ends = [edge for edge in edges if edge > index]
            span = range(index + 1, ends[0] if ends else len(kinds))
        else:
            starts = [edge for edge in edges if edge < index]
            span = range(starts[-1] + 1 if starts else 0, index)
        yield [row for row in span if kinds[row] == "row"], index


def _short(number: Number) -> str:
    return f"{number:,.2f}".removesuffix(".00")
