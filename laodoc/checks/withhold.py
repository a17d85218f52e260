"""Values that are no better than guesses are withheld: null, with what was read among their alternatives.

A guess that another part of the paper confirms is none: the number that its row's or its column's sum asks for, the
amount that stands beside it in words, the running number between its neighbours.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TypeVar

from laodoc.checks.repair import Place, equations_of, values_of
from laodoc.checks.table_rows import cell_at, column_of
from laodoc.document import Alternative, Amount, Cell, Field, Model, Rule, Table
from laodoc.recognition.decoding import FLOOR

Part = TypeVar("Part")

CONFIRMING: frozenset[Rule] = frozenset({"row-sum", "column-total", "percent", "words-digits"})
"""Equations that hardly hold by accident."""


def withhold(tables: Iterable[Table]) -> tuple[Table, ...]:
    """The tables without numbers that are guesses and that nothing confirms; words stay, since they are their text."""
    return tuple(_without_guesses(table) for table in tables)


def without_guesses(part: Part) -> Part:
    """A model, or several, in which no field has a value that is a guess; the same object where none had."""
    if isinstance(part, tuple):
        parts = tuple(without_guesses(each) for each in part)
        return part if all(new is old for new, old in zip(parts, part, strict=True)) else parts  # type: ignore[return-value]
    if isinstance(part, Field):
        vouched = isinstance(part, Amount) and part.words_agree
        return part if vouched else _withheld(part)  # type: ignore[return-value]
    if not isinstance(part, Model):
        return part
    changes = {}
    for name in type(part).model_fields:
        old = getattr(part, name)
        new = without_guesses(old)
        if new is not old:
            changes[name] = new
    return part.model_copy(update=changes) if changes else part


def _without_guesses(table: Table) -> Table:
    settled = confirmed(table)
    rows = []
    for index, row in enumerate(table.rows):
        cells = tuple(cell if (index, cell.column) in settled else _withheld_number(cell) for cell in row.cells)
        rows.append(row.model_copy(update={"cells": cells}))
    return table.model_copy(update={"rows": tuple(rows), "as_of": without_guesses(table.as_of)})


def confirmed(table: Table) -> frozenset[Place]:
    """The cells whose numbers other cells confirm."""
    values = values_of(table)
    held = {
        place
        for equation in equations_of(table)
        if equation.rule in CONFIRMING and equation.state(values)
        for place in equation.places
    }
    return frozenset(held | set(_in_sequence(table)))


def _in_sequence(table: Table) -> Iterator[Place]:
    """Running numbers that follow the one above, or come before the one below."""
    column = column_of(table, "sequence")
    if column is None:
        return
    body = [(index, row) for index, row in enumerate(table.rows) if row.kind == "row"]
    for (above, upper), (below, lower) in pairwise(body):
        first, second = cell_at(upper, column), cell_at(lower, column)
        numbers = [cell.value if cell else None for cell in (first, second)]
        if all(isinstance(number, int) for number in numbers) and numbers[1] == numbers[0] + 1:  # type: ignore[operator]
            yield from ((above, column), (below, column))


def _withheld_number(cell: Cell) -> Cell:
    return _withheld(cell) if isinstance(cell.value, int | float) else cell


Read = TypeVar("Read", Field, Cell)


def _withheld(read: Read) -> Read:
    """The same without its value where that is a guess."""
    if read.value is None or read.corrected or read.confidence >= FLOOR:
        return read
    own = Alternative(text=read.text, confidence=read.confidence)
    others: tuple[Alternative, ...] = tuple(other for other in read.alternatives if other.text != read.text)
    update: dict[str, object] = {"value": None, "alternatives": (own, *others)}
    if isinstance(read, Cell):
        update |= _as_read(own, others) | ({"nil": False} if read.nil else {})
    return read.model_copy(update=update)


def _as_read(number: Alternative, others: tuple[Alternative, ...]) -> dict[str, object]:
    """The text of a cell that was read as a number against what its ink rather says: a blank, a word."""
    likeliest = max((number, *others), key=lambda each: each.confidence)
    if likeliest is number:
        return {}
    rest = (number, *(other for other in others if other is not likeliest))
    return {"text": likeliest.text, "confidence": likeliest.confidence, "alternatives": rest}
