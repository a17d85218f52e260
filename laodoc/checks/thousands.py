"""A point or a gap before three digits, in a column of money or counts, where a comma belongs."""

import re
from collections.abc import Iterator

from laodoc.checks.table_rows import Finder, cell_at, columns_of, rows_of_kind
from laodoc.document import Cell, Document, Finding, Table
from laodoc.messages import Message
from laodoc.thai.digits import to_arabic

_NO_COMMA = re.compile(r"[0-9][. ]+[0-9]{3}(?![0-9])")


def check_thousands(document: Document) -> tuple[Finding, ...]:
    """A finding for every column in which numbers were read with three decimals, or in two pieces: information where
    they were taken for thousands, a warning where they stay decimals."""
    return tuple(finding for table in document.tables for finding in _in_table(table))


def _in_table(table: Table) -> Iterator[Finding]:
    for column in columns_of(table, "count", "amount"):
        rows = [
            (row, cell)
            for row in rows_of_kind(table, "row", "subtotal", "total")
            if (cell := cell_at(row, column)) is not None and _is_without_comma(cell)
        ]
        if not rows:
            continue
        row, cell = rows[0]
        decimals = isinstance(cell.value, float) and not cell.value.is_integer()
        code = "three-decimals" if decimals else "taken-for-thousands"
        message = Message(code, read=cell.text, value=cell.value, more=len(rows) - 1)
        rule = Finder("three-decimals", table, severity="warning" if decimals else "info")
        found = cell.value if isinstance(cell.value, int | float) else None
        yield rule.at(row, column, message, found=found)


def _is_without_comma(cell: Cell) -> bool:
    return isinstance(cell.value, int | float) and not cell.corrected and bool(_NO_COMMA.search(to_arabic(cell.text)))
