"""Ruled tables: what they hold (`TableSpec`), and printing them with merged cells, marks and bars."""

from dataclasses import dataclass, replace
from random import Random

from samples.generator import ink, truth
from samples.generator.marks import MarkStyle, draw_mark
from samples.generator.sheet import BREAK, Colour, Sheet, thai

Value = str | int | float | None
TEXT_ROLES = ("sequence", "province", "district", "organisation", "name", "remark", "text")
GREEN: Colour = (38, 140, 62)
RED: Colour = (196, 52, 44)
PADDING = 1.6
MARK_PEN = ink.Pen()


@dataclass(frozen=True)
class Column:
    """A leaf column: `width` is relative to the others', `group` the upper name in a two-level header."""

    name: str
    role: str
    width: float
    meaning: str | None = None
    group: str | None = None

    @property
    def header(self) -> str:
        names = (self.group, self.name) if self.group else (self.name,)
        return " / ".join(name.replace(BREAK, "") for name in names)


@dataclass(frozen=True)
class BodyRow:
    """A row's values, one a column: numbers, text, "check"/"cross"/"none" in mark columns, a share in bar columns.

    A row of kind "group" has one value, its heading; one of kind "total" or "subtotal" its label and then the values.
    """

    values: tuple[Value, ...]
    kind: str = "row"


@dataclass(frozen=True)
class TableSpec:
    """A table and how it is to look. `row_height` and `rule` are in millimetres, `size` in points of Sarabun."""

    columns: tuple[Column, ...]
    rows: tuple[BodyRow, ...]
    titles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    kind: str = "status"
    face: str = "Sarabun"
    size: float = 9.5
    row_height: float = 6.6
    rule: float = 0.2
    width: float = 176.0
    landscape: bool = False
    thai_digits: bool = True
    nil_dash: bool = False
    outer_border: bool = True
    merge_districts: bool = False
    marks: MarkStyle = "check-cross"
    pen: ink.Pen = MARK_PEN


@dataclass(frozen=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float


def printed(value: Value, role: str, spec: TableSpec) -> str:
    """How a value is printed."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if spec.nil_dash and value == 0 and role == "count":
        return "-"
    text = f"{value:,.2f}" if role in ("percent", "amount") else f"{value:,}" if role == "count" else str(value)
    return thai(text) if spec.thai_digits else text


def draw_table(
    sheet: Sheet, spec: TableSpec, rows: tuple[BodyRow, ...], *, top: float, page: int, rng: Random
) -> tuple[float, tuple[truth.Row, ...]]:
    """Print header and rows from `top` on; return where the table ends and what its rows say."""
    table = _Table(sheet, spec, top, rng)
    body_top = table.header()
    table.body_bottom = body_top + spec.row_height * len(rows)
    kept = tuple(
        truth.Row(page, row.kind, table.row(rows, index, body_top + spec.row_height * index))
        for index, row in enumerate(rows)
    )
    return table.body_bottom, kept


def columns_truth(spec: TableSpec) -> tuple[truth.Column, ...]:
    """The leaf columns as the record names them."""
    return tuple(truth.Column(i, c.header, c.role, c.meaning) for i, c in enumerate(spec.columns))


class _Table:
    """One table on one sheet: where its columns lie, and printing into them."""

    def __init__(self, sheet: Sheet, spec: TableSpec, top: float, rng: Random) -> None:
        self.sheet, self.spec, self.top, self.rng = sheet, spec, top, rng
        self.body_bottom = top
        unit = spec.width / sum(column.width for column in spec.columns)
        self.edges = [(sheet.width_mm - spec.width) / 2]
        for column in spec.columns:
            self.edges.append(self.edges[-1] + column.width * unit)

    def header(self) -> float:
        """Print the header in one or two levels; return its bottom."""
        columns, line = self.spec.columns, self.spec.size * 0.55
        heights = [self._lines_of(c.name, self._width(i)) * line + 2.2 for i, c in enumerate(columns)]
        two_levels = any(c.group for c in columns)
        lower = max((h for h, c in zip(heights, columns, strict=True) if c.group or not two_levels), default=0.0)
        upper = line + 2.2 if two_levels else 0.0
        bottom = self.top + max(upper + lower, *heights)
        for first, last in self._groups():
            column = columns[first]
            if column.group:
                self._text(_Box(self.edges[first], self.top, self.edges[last], self.top + upper), column.group, "m")
        for index, column in enumerate(columns):
            top = self.top + upper if column.group else self.top
            self._text(_Box(self.edges[index], top, self.edges[index + 1], bottom), column.name, "m")
        return bottom

    def row(self, rows: tuple[BodyRow, ...], index: int, top: float) -> tuple[truth.Cell, ...]:
        """Print row `index` at `top` and return its cells."""
        row, bottom = rows[index], top + self.spec.row_height
        if row.kind == "group":
            heading = str(row.values[0])
            self._text(_Box(self.edges[0], top, self.edges[-1], bottom), heading, "l")
            return (truth.Cell(0, heading, heading, column_span=len(self.spec.columns)),)
        if row.kind != "row":
            return self._total(row, top, bottom)
        cells = []
        for number, (column, value) in enumerate(zip(self.spec.columns, row.values, strict=True)):
            span = self._span(rows, index, number) if column.role == "district" else 1
            if span:
                box = _Box(self.edges[number], top, self.edges[number + 1], top + span * self.spec.row_height)
                cells.append(replace(self._cell(box, number, value), row_span=span))
        return tuple(cells)

    def _total(self, row: BodyRow, top: float, bottom: float) -> tuple[truth.Cell, ...]:
        columns, cells, number = self.spec.columns, [], 0
        label = next(i for i, column in enumerate(columns) if column.role in TEXT_ROLES)
        while number < len(columns):
            last = number + 1
            value = row.values[number]
            if number == label:
                while last < len(columns) and columns[last].role in TEXT_ROLES:
                    last += 1
                value = row.values[label]
            text = printed(value, "count" if columns[number].role == "mark" else columns[number].role, self.spec)
            self._text(_Box(self.edges[number], top, self.edges[last], bottom), text, "m")
            cells.append(truth.Cell(number, text, value, column_span=last - number))
            number = last
        return tuple(cells)

    def _cell(self, box: _Box, number: int, value: Value) -> truth.Cell:
        role = self.spec.columns[number].role
        if role == "mark":
            self._border(box)
            if value != "none":
                place = (box.left, box.top, box.right, box.bottom)
                draw_mark(self.sheet, str(value), place, style=self.spec.marks, pen=self.spec.pen, rng=self.rng)
            return truth.Cell(number, mark=str(value))
        if role == "bar":
            self._border(box)
            return truth.Cell(number, bar=self._bar(box, float(value or 0)))
        text = printed(value, role, self.spec)
        self._text(box, text, "l" if role in ("province", "district", "organisation", "name", "remark") else "m")
        return truth.Cell(number, text, value)

    def _bar(self, box: _Box, green: float) -> dict[str, float]:
        left, right = box.left + 0.9, box.right - 0.9
        middle = left + (right - left) * green
        self.sheet.fill((left, box.top + 1.1, right, box.bottom - 1.1), RED)
        if green > 0:
            self.sheet.fill((left, box.top + 1.1, middle, box.bottom - 1.1), GREEN)
        return {"green": round(green, 3), "red": round(1 - green, 3)}

    def _text(self, box: _Box, text: str, align: str) -> None:
        self._border(box)
        if not text:
            return
        size = self.spec.size
        lines = self.sheet.broken(text, box.right - box.left - 2 * PADDING, size=size)
        pitch = size * 0.55
        baseline = (box.top + box.bottom) / 2 - pitch * (len(lines) - 1) / 2 + size * 0.11
        x = (box.left + box.right) / 2 if align == "m" else box.left + PADDING
        for number, line in enumerate(lines):
            self.sheet.write(x, baseline + number * pitch, line, size=size, align=align)

    def _border(self, box: _Box) -> None:
        """The four sides of a cell, without those on the table's outside where it has no outer border."""
        sides = (
            (box.left, box.top, box.right, box.top, box.top == self.top),
            (box.left, box.bottom, box.right, box.bottom, abs(box.bottom - self.body_bottom) < 0.01),
            (box.left, box.top, box.left, box.bottom, box.left == self.edges[0]),
            (box.right, box.top, box.right, box.bottom, box.right == self.edges[-1]),
        )
        for x1, y1, x2, y2, outside in sides:
            if self.spec.rule and (self.spec.outer_border or not outside):
                self.sheet.rule((x1, y1, x2, y2), width=self.spec.rule)

    def _span(self, rows: tuple[BodyRow, ...], index: int, number: int) -> int:
        """How many rows the cell covers that starts here; 0 where it belongs to the row above."""
        if not self.spec.merge_districts:
            return 1
        value = rows[index].values[number]
        same = [row.kind == "row" and row.values[number] == value for row in rows]
        if index and same[index - 1]:
            return 0
        end = index
        while end < len(rows) and same[end]:
            end += 1
        return end - index

    def _groups(self) -> list[tuple[int, int]]:
        """Runs (first, past the last) of columns under one upper name."""
        columns, runs, first = self.spec.columns, [], 0
        for index in range(1, len(columns) + 1):
            if index == len(columns) or columns[index].group != columns[first].group:
                runs.append((first, index))
                first = index
        return runs

    def _width(self, index: int) -> float:
        return self.edges[index + 1] - self.edges[index]

    def _lines_of(self, text: str, width: float) -> int:
        return len(self.sheet.broken(text, width - 2 * PADDING, size=self.spec.size))
