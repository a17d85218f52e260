"""Cells, numbers and days of letters in which something stands that could not be read."""

from collections.abc import Iterator

from laodoc.checks.table_rows import Finder, cell_at, rows_of_kind
from laodoc.document import Cell, Column, Document, Finding, Letter, Role, Row, Table
from laodoc.messages import Message
from laodoc.thai.dates import is_no_day

NUMBERS: frozenset[Role] = frozenset({"sequence", "count", "percent", "amount"})
NAMES: frozenset[Role] = frozenset({"province", "district", "organisation", "name"})

MANY = 3
"""Unread cells of a column on one page up to which each is named; more are one finding for the column."""


def check_unread(document: Document) -> tuple[Finding, ...]:
    """A finding for every unread cell, or for a column of a page in which many are unread; and for every letter whose
    number or day is there and has no value."""
    in_letters = tuple(finding for letter in document.letters for finding in _unread_head(letter))
    return in_letters + tuple(
        finding
        for table in document.tables
        for column in table.columns
        for page in table.pages
        for finding in _unread_in(table, column, page)
    )


def _unread_head(letter: Letter) -> Iterator[Finding]:
    for name, field in (("number", letter.number), ("date", letter.date)):
        if field is not None and field.value is None and field.text and not is_no_day(field.text):
            yield Finding(
                rule="unread",
                severity="warning",
                message=Message("unread-field", field=name, letter=letter.id),
                page=field.page,
                bbox=field.bbox,
                letter=letter.id,
                found=field.text,
            )


def _unread_in(table: Table, column: Column, page: int) -> Iterator[Finding]:
    rows = [row for row in rows_of_kind(table, "row", "subtotal", "total") if row.page == page]
    cells = [(row, cell) for row in rows if (cell := cell_at(row, column.index)) is not None]
    unread = [row for row, cell in cells if _is_unread(row, cell, column.role)]
    rule = Finder("unread", table)
    if len(unread) <= MANY:
        for row in unread:
            yield rule.at(row, column.index, Message("unread-cell"))
        return
    message = Message("unread-column", count=len(unread), cells=len(cells))
    yield rule.at(unread[0], column.index, message, found=len(unread)).model_copy(
        update={"sequence": None, "bbox": None}
    )


def _is_unread(row: Row, cell: Cell, role: Role) -> bool:
    """Whether something stands in the cell (text, or ink of confidence 0) without the value that its column needs."""
    if role == "mark" and row.kind == "row":
        return cell.mark is None
    if cell.column_span > 1:
        return False
    if role == "sequence" and row.kind != "row":
        return False  # where a sum is labelled, if anything
    inked = bool(cell.text) or cell.confidence == 0
    if role in NUMBERS or role == "mark":
        return inked and cell.value is None
    return role in NAMES and inked and not cell.text
