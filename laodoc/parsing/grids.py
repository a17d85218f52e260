"""Reading a grid row by row: its cells, their ink, their text, and where its columns stand."""

import re
from collections.abc import Iterable, Sequence
from statistics import median

from laodoc.parsing.passages import flowing
from laodoc.recognition.decoding import decode
from laodoc.recognition.reading import CellReading, GridReading
from laodoc.thai.diacritics import normalise
from laodoc.thai.digits import is_nil, parse_number, parse_signed
from laodoc.thai.worded import worded

SURE_MARK = 0.5
"""Confidence from which a mark counts as one when a column's role is judged; a recognizer in doubt says less."""

COLUMN_NUMBER = re.compile(r"\([\d๐-๙]{1,2}\).*")
"""What stands under the names of columns, to refer to them: `(3)`, `(4) = (2) - (3)`."""

ONE_MARK = 2
"""Letters that an engine makes of a check or a cross at most; longer text is not a drawn mark."""


def rows_of(grid: GridReading) -> list[tuple[CellReading, ...]]:
    """The cells that start in each grid row, from left to right."""
    rows: list[list[CellReading]] = [[] for _ in range(grid.rows)]
    for cell in sorted(grid.cells, key=lambda cell: cell.column):
        rows[cell.row].append(cell)
    return [tuple(row) for row in rows]


def text_of(cell: CellReading) -> str:
    """The cell's lines as one: Thai runs on over the end of a line, anything else goes on with a space."""
    return flowing(normalise(cell.text))


def has_mark(cell: CellReading) -> bool:
    """Whether the ink in the cell is a check or a cross."""
    return cell.mark.kind in ("check", "cross") and cell.mark.confidence >= SURE_MARK and len(text_of(cell)) <= ONE_MARK


def has_bar(cell: CellReading) -> bool:
    return cell.bar is not None and not cell.bar.plain


def has_text(cell: CellReading) -> bool:
    """Whether there are lines of text, read or not."""
    return bool(cell.lines)


def has_ink(cell: CellReading) -> bool:
    """Whether anything is printed or drawn in the cell."""
    return has_text(cell) or has_mark(cell) or has_bar(cell)


def number_in(cell: CellReading) -> int | float | None:
    """The number that a cell of one line says, in the engine's first or next best reading."""
    if len(cell.lines) != 1:
        return parse_number(text_of(cell))
    reading = decode(cell.lines[0].reading, lambda text: parse_number(text) is not None)
    return parse_number(reading.text) if reading else None


def says_number(cell: CellReading) -> bool:
    """Whether the cell's text is a number, perhaps with its words beside it, or the dash that stands for none."""
    text = text_of(cell).removesuffix("%")
    if worded(text) is not None:
        return True
    return (parse_signed(text) is not None and not COLUMN_NUMBER.fullmatch(text)) or is_nil(text)


def column_edges(grid: GridReading) -> tuple[float, ...]:
    """The left edge of each column as a part of the table's width, 0..1, from cells that cover one column."""
    width = max(1, grid.bbox.right - grid.bbox.left)
    edges = []
    for column in range(grid.columns):
        lefts = [cell.bbox.left for cell in grid.cells if cell.column == column]
        edges.append((median(lefts) - grid.bbox.left) / width if lefts else 0.0)
    return tuple(edges)


def column_cells(rows: Iterable[Sequence[CellReading]], column: int) -> list[CellReading]:
    """The cells that stand in this column alone."""
    return [cell for row in rows for cell in row if cell.column == column and cell.column_span == 1]


def share(part: int, whole: int) -> float:
    """`part` of `whole`, 0 where there is nothing."""
    return part / whole if whole else 0.0
