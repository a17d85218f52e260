"""Misread numbers set right where the table's own equations leave one reading, and the recognizer offered it.

The paper's own slips stay: a number changes only if its reading was in doubt, the ink has the other reading among its
alternatives, every equation that the number stands in then holds, and no other change would do as well.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isclose

from laodoc.checks.balances import agrees, balances
from laodoc.checks.doubtful_marks import settle_marks
from laodoc.checks.repair_words import settle_words
from laodoc.checks.sums import CUT_OFF, ROUNDED, decimals_of, may_be_printed_as, rounds, summed, sums_of
from laodoc.checks.table_rows import Number, cell_at, column_of, columns_of
from laodoc.document import Cell, Finding, Row, RowKind, Rule, Table
from laodoc.messages import Message
from laodoc.thai.digits import is_nil, parse_signed
from laodoc.thai.worded import worded

DOUBTED = 0.97
"""Confidence from which a number stays as it was read, whatever the equations say: then the paper is wrong."""

LIKELY = 0.1
"""How likely, beside the first reading, another must be to be believed on the word of one equation."""

VOUCHED = 0.035
"""The same where two equations vouch for it. Clear digits are offered other readings too, but hardly one in a hundred
gets one that is so likely: were any believed, slips of the sender would be set right."""

Place = tuple[int, int]
"""Row (its index in the table) and column of a cell."""

Values = Mapping[Place, Number | None]


@dataclass(frozen=True, slots=True)
class Equation:
    """Cells that must agree; `holds` is told all values of the table and is asked only where these were all read."""

    rule: Rule
    places: frozenset[Place]
    holds: Callable[[Values], bool]

    def state(self, values: Values) -> bool | None:
        """Whether it holds; None where one of its numbers was not read."""
        return None if any(values.get(place) is None for place in self.places) else self.holds(values)


@dataclass(frozen=True, slots=True)
class Change:
    """Another number for a cell, and the equation that asks for it."""

    place: Place
    number: Number
    rule: Rule


def repair(tables: Sequence[Table]) -> tuple[tuple[Table, ...], tuple[Finding, ...]]:
    """The tables with what could be set right, and a finding for each number that was."""
    repaired, findings = [], []
    spelled, of_words = settle_words(tables)
    for table in spelled:
        changes = changes_of(table)
        repaired.append(_changed(table, changes))
        findings += [_finding(table, change) for change in changes]
    settled, of_marks = settle_marks(repaired)
    return settled, (*of_words, *findings, *of_marks)


def changes_of(table: Table) -> list[Change]:
    """What the equations and the alternatives agree on, at most one change a cell."""
    equations, values = list(equations_of(table)), values_of(table)
    found: list[Change] = []
    for place, cell in cells_of(table):
        involved = [equation for equation in equations if place in equation.places]
        if not involved or (values.get(place) is not None and cell.confidence >= DOUBTED):
            continue
        if all(equation.state(values) for equation in involved):
            continue
        fitting = list(_offers(place, cell, involved, values))
        if len({change.number for change in fitting}) == 1:
            found.append(fitting[0])
    return [change for change in found if not _rivalled(change, found, equations)]


def _offers(place: Place, cell: Cell, involved: list[Equation], values: Values) -> Iterator[Change]:
    """The cell's other readings with which all its equations hold that can be reckoned.

    Its words alone ask for none: between them and the digits `settle_words` has decided.
    """
    now = values.get(place)
    for other in cell.alternatives:
        both = worded(other.text)
        plain = both.digits if both else other.text
        number = 0 if is_nil(plain) else parse_signed(plain)
        if number is None or number == now:
            continue
        states = [(equation, equation.state({**values, place: number})) for equation in involved]
        vouching = [equation for equation, state in states if state]
        needed = 0.0 if now is None else cell.confidence * (LIKELY if len(vouching) == 1 else VOUCHED)
        told = any(equation.rule != "words-digits" for equation in vouching)
        if told and all(state is not False for _, state in states) and other.confidence >= needed:
            yield Change(place, number, vouching[0].rule)


def _rivalled(change: Change, changes: list[Change], equations: list[Equation]) -> bool:
    """Whether another cell of one of its equations could be changed instead."""
    near = {place for equation in equations if change.place in equation.places for place in equation.places}
    return any(other.place != change.place and other.place in near for other in changes)


def cells_of(table: Table) -> Iterator[tuple[Place, Cell]]:
    """All cells of rows and sums, each with its place."""
    for index, row in enumerate(table.rows):
        if row.kind in ("row", "subtotal", "total"):
            for cell in row.cells:
                yield (index, cell.column), cell


def values_of(table: Table) -> dict[Place, Number | None]:
    """The numbers of the table, None where none was read."""
    return {place: cell.value if isinstance(cell.value, int | float) else None for place, cell in cells_of(table)}


def equations_of(table: Table) -> Iterator[Equation]:
    """What must agree in a table: rows, percentages, columns, marks, words and running numbers."""
    yield from _along_rows(table)
    yield from _down_columns(table)
    for place, cell in cells_of(table):
        if cell.words is not None and cell.words.value is not None:
            yield Equation("words-digits", frozenset((place,)), _is(place, cell.words.value))


def _along_rows(table: Table) -> Iterator[Equation]:
    total, done, pending = (column_of(table, "count", meaning) for meaning in ("total", "done", "pending"))
    above = {column: ROUNDED if rounds(table, column) else CUT_OFF for column in columns_of(table, "percent")}
    balanced = balances(table)
    for row in _indexes(table, "row", "subtotal", "total"):
        if total is not None and done is not None and pending is not None:
            yield _row_sum((row, total), (row, done), (row, pending))
        for balance in balanced:
            yield _balance([(row, column) for column in balance])
        for column in columns_of(table, "percent"):
            part = {"done": done, "pending": pending, None: done}.get(table.columns[column].meaning)
            cell = cell_at(table.rows[row], column)
            if total is not None and part is not None and cell is not None:
                yield _percent(((row, total), (row, part), (row, column)), cell, above[column])


def _down_columns(table: Table) -> Iterator[Equation]:
    body, sums = _indexes(table, "row"), _indexes(table, "total")
    for column in summed(table):
        for parts, total in sums_of(table):
            yield _column_sum([(row, column) for row in parts], (total, column))
    for column in columns_of(table, "mark"):
        if sums:
            yield from _mark_count(table, body, column, sums[-1])
    sequence = column_of(table, "sequence")
    if sequence is not None:
        for before, row, after in zip(body, body[1:], body[2:], strict=False):
            yield _in_sequence((before, sequence), (row, sequence), (after, sequence))


def _indexes(table: Table, *kinds: RowKind) -> list[int]:
    return [index for index, row in enumerate(table.rows) if row.kind in kinds]


def _is(place: Place, number: Number) -> Callable[[Values], bool]:
    return lambda values: values[place] == number


def _row_sum(total: Place, done: Place, pending: Place) -> Equation:
    def holds(values: Values) -> bool:
        return values[total] == _sum(values, (done, pending))

    return Equation("row-sum", frozenset((total, done, pending)), holds)


def _balance(places: list[Place]) -> Equation:
    """Of a whole and its two parts."""
    return Equation("row-sum", frozenset(places), lambda values: bool(agrees([values[place] for place in places])))


def _percent(places: tuple[Place, Place, Place], cell: Cell, above: float) -> Equation:
    """Of total, part and share."""
    total, part, share = places

    def holds(values: Values) -> bool:
        whole, some, printed = values[total], values[part], values[share]
        if not whole or some is None or printed is None:
            return not printed
        return may_be_printed_as(100 * some / whole, printed, decimals_of(cell, printed), above=above)

    return Equation("percent", frozenset(places), holds)


def _column_sum(rows: list[Place], total: Place) -> Equation:
    def holds(values: Values) -> bool:
        return isclose(_sum(values, rows), values[total] or 0, abs_tol=0.005)

    return Equation("column-total", frozenset((*rows, total)), holds)


def _mark_count(table: Table, body: list[int], column: int, total: int) -> Iterator[Equation]:
    cells = [cell_at(table.rows[row], column) for row in body]
    if all(cell is not None and cell.mark is not None for cell in cells):
        drawn = sum(cell is not None and cell.mark != "none" for cell in cells)
        yield Equation("mark-count", frozenset(((total, column),)), _is((total, column), drawn))


def _in_sequence(before: Place, here: Place, after: Place) -> Equation:
    """Holds where the row's number is the one between its neighbours', and where these leave no room for one."""

    def holds(values: Values) -> bool:
        low, number, high = values[before], values[here], values[after]
        return low is None or high is None or high - low != 2 or number == low + 1

    return Equation("sequence-gap", frozenset((before, here, after)), holds)


def _sum(values: Values, places: list[Place] | tuple[Place, ...]) -> float:
    return sum(values[place] or 0 for place in places)


def _changed(table: Table, changes: list[Change]) -> Table:
    wanted = {change.place: change.number for change in changes}
    if not wanted:
        return table
    rows = [
        row.model_copy(
            update={
                "cells": tuple(
                    cell.model_copy(update={"value": wanted[index, cell.column]})
                    if (index, cell.column) in wanted
                    else cell
                    for cell in row.cells
                )
            }
        )
        for index, row in enumerate(table.rows)
    ]
    return table.model_copy(update={"rows": tuple(rows)})


def _finding(table: Table, change: Change) -> Finding:
    row: Row = table.rows[change.place[0]]
    cell = cell_at(row, change.place[1])
    found = cell.value if cell and isinstance(cell.value, int | float) else None
    sequence = column_of(table, "sequence")
    number = cell_at(row, sequence)
    return Finding(
        rule=change.rule,
        severity="info",
        message=Message("number-repaired", read=cell.text if cell else "", number=change.number),
        page=row.page,
        bbox=cell.bbox if cell else None,
        table=table.id,
        sequence=(
            int(change.number)
            if change.place[1] == sequence
            else number.value
            if number and isinstance(number.value, int) and row.kind == "row"
            else None
        ),
        column=change.place[1],
        expected=change.number,
        found=found,
        repaired=True,
    )
