"""Marks that were left in doubt, settled where the row's other column and the total row agree on them."""

from collections import Counter
from collections.abc import Sequence

from laodoc.checks.table_rows import cell_at, columns_of, number_at, rows_of_kind
from laodoc.document import Cell, Finding, MarkKind, Row, Table
from laodoc.messages import Message

Settled = dict[tuple[int, int], MarkKind]
"""A mark for a row (its index in the table) and column."""


def settle_marks(tables: Sequence[Table]) -> tuple[tuple[Table, ...], tuple[Finding, ...]]:
    """The tables with the marks that follow, and a finding for each.

    Of two mark columns a row has exactly one mark; so an empty cell asks for a mark beside it, and a mark for none. The
    total row must count what follows, in both columns, and no row may have two marks or none.
    """
    settled, findings = [], []
    for table in tables:
        marks = _following(table)
        settled.append(_with(table, marks))
        findings += [_finding(table, table.rows[row], column, mark) for (row, column), mark in marks.items()]
    return tuple(settled), tuple(findings)


def _following(table: Table) -> Settled:
    columns = columns_of(table, "mark")
    totals = list(rows_of_kind(table, "total"))
    if len(columns) != 2 or not totals:
        return {}
    marks: Settled = {}
    counted: Counter[int] = Counter()
    for index, row in enumerate(table.rows):
        if row.kind != "row":
            continue
        pair = [cell_at(row, column) for column in columns]
        drawn = [_is_drawn(cell) for cell in pair]
        if None in drawn and drawn != [None, None]:
            doubtful = drawn.index(None)
            drawn[doubtful] = not drawn[1 - doubtful]
            marks[index, columns[doubtful]] = _usual(table, columns[doubtful]) if drawn[doubtful] else "none"
        if drawn not in ([True, False], [False, True]):
            return {}
        counted[columns[drawn.index(True)]] += 1
    return marks if all(number_at(totals[-1], column) == counted[column] for column in columns) else {}


def _is_drawn(cell: Cell | None) -> bool | None:
    return None if cell is None or cell.mark is None else cell.mark != "none"


def _usual(table: Table, column: int) -> MarkKind:
    """The sign that the column has most often; a check where it has none at all."""
    cells = [cell_at(row, column) for row in rows_of_kind(table, "row")]
    signs = Counter(cell.mark for cell in cells if cell and cell.mark not in (None, "none"))
    return (signs.most_common(1)[0][0] if signs else None) or "check"


def _with(table: Table, marks: Settled) -> Table:
    rows = [
        row.model_copy(
            update={
                "cells": tuple(
                    cell.model_copy(update={"mark": marks[index, cell.column]})
                    if (index, cell.column) in marks
                    else cell
                    for cell in row.cells
                )
            }
        )
        if any(place[0] == index for place in marks)
        else row
        for index, row in enumerate(table.rows)
    ]
    return table.model_copy(update={"rows": tuple(rows)}) if marks else table


def _finding(table: Table, row: Row, column: int, mark: MarkKind) -> Finding:
    cell = cell_at(row, column)
    sequence = next((number_at(row, each) for each in columns_of(table, "sequence")), None)
    return Finding(
        rule="mark-exclusive",
        severity="info",
        message=Message("mark-settled", mark=mark),
        page=row.page,
        bbox=cell.bbox if cell else None,
        table=table.id,
        sequence=sequence if isinstance(sequence, int) else None,
        column=column,
        expected=mark,
        repaired=True,
    )
