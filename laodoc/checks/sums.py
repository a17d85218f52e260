"""Numbers of a table that add up to, or are a part of, others."""

from collections.abc import Iterator
from math import isclose

from laodoc.checks.table_rows import Finder, Number, cell_at, column_of, columns_of, number_at, rows_of_kind
from laodoc.document import Cell, Document, Finding, Meaning, Row, RowKind, Table
from laodoc.thai.digits import to_arabic

SUMMED: tuple[RowKind, ...] = ("row", "subtotal", "total")

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


def may_be_printed_as(exact: float, printed: float, decimals: int) -> bool:
    """Whether `printed` is `exact` rounded (half up or half even) or cut off after `decimals` decimals."""
    unit = 10.0**-decimals
    beyond = exact / unit - round(printed / unit)
    return -ROUNDED <= beyond < CUT_OFF


def _row_sums(table: Table) -> Iterator[Finding]:
    total, done, pending = (_count(table, meaning) for meaning in ("total", "done", "pending"))
    rule = Finder("row-sum", table)
    for row in rows_of_kind(table, *SUMMED):
        whole, some, rest = number_at(row, total), number_at(row, done), number_at(row, pending)
        if whole is None or some is None or rest is None or whole == some + rest:
            continue
        yield rule.at(row, total, f"{some} and {rest} do not make {whole}", expected=some + rest, found=whole)


def _count(table: Table, meaning: Meaning) -> int | None:
    return column_of(table, "count", meaning)


def _percents(table: Table) -> Iterator[Finding]:
    total = _count(table, "total")
    rule = Finder("percent", table)
    for column in columns_of(table, "percent"):
        meaning = table.columns[column].meaning or "done"
        part = _count(table, meaning) if meaning != "total" else None
        for row in rows_of_kind(table, *SUMMED):
            cell, some, whole = cell_at(row, column), number_at(row, part), number_at(row, total)
            printed = number_at(row, column)
            if cell is None or printed is None or some is None or not whole:
                continue
            exact, decimals = 100 * some / whole, decimals_of(cell, printed)
            if not may_be_printed_as(exact, printed, decimals):
                message = f"{some} of {whole} is {exact:.{decimals}f} %, not {printed:.{decimals}f} %"
                yield rule.at(row, column, message, expected=round(exact, decimals), found=printed)


def decimals_of(cell: Cell, printed: Number) -> int:
    """How many decimals are printed: those of the text, unless the number was taken from another reading of it."""
    shown = max(to_arabic(cell.text).partition(".")[2], str(printed).partition(".")[2], key=len)
    return sum(map(str.isdigit, shown))


def _column_totals(table: Table) -> Iterator[Finding]:
    totals = list(rows_of_kind(table, "total"))
    body = list(rows_of_kind(table, "row"))
    rule = Finder("column-total", table)
    for column in columns_of(table, "count", "amount"):
        numbers = _all_numbers(body, column)
        for row in totals[-1:]:
            found = number_at(row, column)
            if not numbers or found is None or isclose(sum(numbers), found, abs_tol=0.005):
                continue
            message = f"the rows add up to {_short(sum(numbers))}, the total says {_short(found)}"
            yield rule.at(row, column, message, expected=sum(numbers), found=found)


def _all_numbers(rows: list[Row], column: int) -> list[Number]:
    """The numbers of the column, or nothing where one of them was not read."""
    numbers = [number for row in rows if (number := number_at(row, column)) is not None]
    return numbers if len(numbers) == len(rows) else []


def _short(number: Number) -> str:
    return f"{number:,.2f}".removesuffix(".00")
