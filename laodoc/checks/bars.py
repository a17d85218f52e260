"""A colour bar shows the share that its row prints."""

from collections.abc import Iterator

from laodoc.checks.table_rows import Finder, cell_at, columns_of, number_at, rows_of_kind
from laodoc.document import Document, Finding, Meaning, Table
from laodoc.messages import Message

TOLERANCE = 2.5
"""Percentage points by which a bar and its figure may differ: bars are measured to 1.5, and drawn to a pixel."""


def check_bars(document: Document) -> tuple[Finding, ...]:
    """A finding for every bar whose colour is not the percentage that its row prints."""
    return tuple(finding for table in document.tables for finding in _bars(table))


def _bars(table: Table) -> Iterator[Finding]:
    bars, percents = columns_of(table, "bar"), columns_of(table, "percent")
    if len(bars) != 1 or len(percents) != 1:
        return
    share_of = table.columns[percents[0]].meaning or "done"
    colour = _colour_of(table, share_of)
    rule = Finder("bar-percent", table)
    for row in rows_of_kind(table, "row"):
        cell, printed = cell_at(row, bars[0]), number_at(row, percents[0])
        if cell is None or cell.bar is None or printed is None:
            continue
        shown = 100 * (cell.bar.green if colour == "green" else cell.bar.red)
        if abs(shown - printed) > TOLERANCE:
            message = Message("bar-percent", shown=shown, printed=printed)
            yield rule.at(row, bars[0], message, expected=printed, found=round(shown, 1))


def _colour_of(table: Table, meaning: Meaning) -> str:
    """The colour that stands for a meaning: as the legend says, else green for done."""
    named = [entry.colour for entry in table.legend if entry.meaning == meaning and entry.colour in ("green", "red")]
    return named[0] if named else "red" if meaning == "pending" else "green"
