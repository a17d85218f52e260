"""Each row of a status table is marked once, and the totals count the marks."""

from collections.abc import Iterator

from laodoc.checks.table_rows import Finder, cell_at, columns_of, number_at, rows_of_kind
from laodoc.document import Document, Finding, MarkKind, Row, Table
from laodoc.messages import Message

DRAWN: frozenset[MarkKind] = frozenset({"check", "cross"})


def check_marks_exclusive(document: Document) -> tuple[Finding, ...]:
    """A finding for every row of which both or neither of two mark columns are marked, and surely so; and where one is
    marked and in the other stands what may be a mark."""
    return tuple(finding for table in document.tables for finding in _not_one(table))


def check_mark_counts(document: Document) -> tuple[Finding, ...]:
    """A finding for every total under a mark column that is not the number of marks, where all of them were read."""
    return tuple(finding for table in document.tables for finding in _miscounted(table))


def _not_one(table: Table) -> Iterator[Finding]:
    columns = columns_of(table, "mark")
    rule = Finder("mark-exclusive", table)
    if len(columns) != 2:
        return
    for row in rows_of_kind(table, "row"):
        marks = [_mark(row, column) for column in columns]
        drawn = sum(mark in DRAWN for mark in marks)
        if None not in marks and drawn != 1:
            message = Message("mark-both") if drawn else Message("mark-neither")
            yield rule.at(row, columns[0], message, expected=1, found=drawn)
        elif drawn == 1 and None in marks:
            doubtful = columns[marks.index(None)]
            yield rule.at(row, doubtful, Message("mark-and-doubt"), expected=1)


def _miscounted(table: Table) -> Iterator[Finding]:
    rule = Finder("mark-count", table)
    for column in columns_of(table, "mark"):
        marks = [_mark(row, column) for row in rows_of_kind(table, "row")]
        drawn = sum(mark in DRAWN for mark in marks)
        for row in list(rows_of_kind(table, "total"))[-1:]:
            found = number_at(row, column)
            if None not in marks and found is not None and found != drawn:
                yield rule.at(row, column, Message("mark-count", drawn=drawn, found=found), expected=drawn, found=found)


def _mark(row: Row, column: int) -> MarkKind | None:
    cell = cell_at(row, column)
    return cell.mark if cell else None
