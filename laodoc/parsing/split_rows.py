"""Rows through which a fold or a stroke was taken for a ruling: their halves, too low for letters, are joined."""

from dataclasses import replace
from statistics import median

from laodoc.document import BBox
from laodoc.layout.boxes import union
from laodoc.parsing.fused_rows import ID_COLUMNS, row_box
from laodoc.parsing.grids import rows_of
from laodoc.recognition.reading import CellReading, GridReading

TOO_LOW = 0.8
"""A row so low, in parts of the height of the table's lines, holds no line of its own."""


def joined_rows(grid: GridReading) -> tuple[GridReading, list[BBox]]:
    """The grid with the halves of such rows joined, and the boxes of the rows."""
    boxes = []
    row = 0
    while row < grid.rows - 1:
        if _is_split(grid, row):
            boxes.append(row_box(grid, row)._replace(bottom=row_box(grid, row + 1).bottom))
            grid = _joined(grid, row)
        row += 1
    return grid, boxes


def _is_split(grid: GridReading, row: int) -> bool:
    """Whether the row's number stands in both this and the next grid row, and one of them is too low for a line."""
    rows = rows_of(grid)
    cells = (*rows[row], *rows[row + 1])
    whole = [cell for cell in rows[row] if cell.row_span == 2 and cell.column < ID_COLUMNS]
    apart = [cell for cell in rows[row] if cell.row_span == 1]
    if not whole or not apart or not rows[row + 1] or any(cell.row + cell.row_span > row + 2 for cell in cells):
        return False
    alike = [(cell.column, cell.column_span) for cell in apart]
    if alike != [(cell.column, cell.column_span) for cell in rows[row + 1]]:
        return False
    heights = [line.bbox.bottom - line.bbox.top for cell in grid.cells for line in cell.lines if line.reading.text]
    if not heights:
        return False
    boxes = row_box(grid, row), row_box(grid, row + 1)
    return min(box.bottom - box.top for box in boxes) < TOO_LOW * median(heights)


def _joined(grid: GridReading, row: int) -> GridReading:
    lower = {cell.column: cell for cell in grid.cells if cell.row == row + 1}
    cells: list[CellReading] = []
    for cell in grid.cells:
        if cell.row == row and cell.row_span == 2:
            cells.append(replace(cell, row_span=1))
        elif cell.row == row:
            cells.append(_whole(cell, lower[cell.column]))
        elif cell.row != row + 1:
            covers = cell.row < row < cell.row + cell.row_span
            placed = replace(cell, row=cell.row - 1) if cell.row > row else cell
            cells.append(replace(placed, row_span=cell.row_span - 1) if covers else placed)
    return replace(grid, rows=grid.rows - 1, cells=tuple(cells))


def _whole(upper: CellReading, lower: CellReading) -> CellReading:
    """One cell of two halves; what was read in the narrower one is left out where the other has words."""
    strip, other = sorted((upper, lower), key=lambda cell: cell.bbox.bottom - cell.bbox.top)
    lines = other.lines if other.text else (*upper.lines, *lower.lines)
    mark = strip.mark if other.mark.kind == "none" else other.mark
    return replace(upper, bbox=union((upper.bbox, lower.bbox)), lines=lines, mark=mark)
