"""Three digits behind a point in a column of money or counts: thousands, or after all decimals."""

import re
from collections.abc import Iterator, Sequence
from math import isclose

from laodoc.document import Cell, Row
from laodoc.parsing.roles import ColumnType
from laodoc.thai.digits import parse_number, to_arabic

_MEASURED = re.compile(r"ล้าน|พันบาท|ไร่|เฮกตาร์|กก\.?|กิโล|ตัน|เมตร|กม\.?|ลิตร|ลบ\.\s?ม|ตร\.\s?ม|เมกะ|ค่าเฉลี่ย|อัตรา|ดัชนี")
"""Units of which offices print thousandths: what is weighed, measured, or counted in millions."""

HALF_A_SATANG = 0.005


def with_decimals(rows: Sequence[Row], types: Sequence[ColumnType], units: Sequence[str]) -> tuple[Row, ...]:
    """The rows with `1.250` as 1.25 in columns that have thousandths: their unit says so, or their sums hold only then.

    Such cells come as 1250. `units` is, for each column, the text that may name its unit.
    """
    settled = list(rows)
    for column, each in enumerate(types):
        places = list(_with_point(rows, column)) if each.role in ("count", "amount") else []
        if not places:
            continue
        decimals = {row: parse_number(to_arabic(cell.text).strip()) for row, cell in places}
        either = [_adds_up(rows, column, values) for values in ({}, decimals)]
        if (either[1] and not either[0]) or (either[0] == either[1] and _MEASURED.search(units[column])):
            for row, cell in places:
                settled[row] = _changed(settled[row], cell, decimals[row])
    return tuple(settled)


def _with_point(rows: Sequence[Row], column: int) -> Iterator[tuple[int, Cell]]:
    """The cells of a column, with their rows' indexes, that may be thousands or a number with three decimals."""
    for index, row in enumerate(rows):
        for cell in row.cells:
            if cell.column == column and row.kind in ("row", "subtotal", "total"):
                number = parse_number(to_arabic(cell.text).strip())
                if isinstance(number, float) and isinstance(cell.value, int):
                    yield index, cell


def _adds_up(rows: Sequence[Row], column: int, instead: dict[int, int | float | None]) -> bool:
    """Whether the last total is the sum of the rows, with these values in the place of those read."""
    numbers: dict[int, float | None] = {}
    for index, row in enumerate(rows):
        read = next((cell.value for cell in row.cells if cell.column == column), None)
        value = instead.get(index, read)
        numbers[index] = float(value) if isinstance(value, int | float) else None
    body = [numbers[index] for index, row in enumerate(rows) if row.kind == "row"]
    total = next((numbers[index] for index in range(len(rows) - 1, -1, -1) if rows[index].kind == "total"), None)
    read_all = [number for number in body if number is not None]
    return total is not None and len(read_all) == len(body) and isclose(sum(read_all), total, abs_tol=HALF_A_SATANG)


def _changed(row: Row, old: Cell, value: int | float | None) -> Row:
    new = old.model_copy(update={"value": value})
    return row.model_copy(update={"cells": tuple(new if cell is old else cell for cell in row.cells)})
