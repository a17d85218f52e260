"""Columns of a row or two, as a frame that touches the table or a stroke makes them: joined with their neighbours.

Only in grids that are tables beyond doubt: each edge of a column runs through nearly all rows, or through hardly any.
"""

from collections.abc import Iterable
from dataclasses import replace

from laodoc.layout.boxes import union
from laodoc.parsing.grids import share
from laodoc.recognition.reading import CellReading, GridReading

FEW = 0.2
"""Part of the rows through which an edge runs that is none of the table's, at most."""

FEWEST_ROWS = 5
"""Rows of a grid from which it says what is usual in it."""


def lone_edges(grid: GridReading) -> list[int]:
    """The columns at whose left edge there is none in nearly all rows; none in a grid that is no plain table."""
    if grid.rows < FEWEST_ROWS:
        return []
    crossed = {edge: share(_crossing(grid, edge), grid.rows) for edge in range(1, grid.columns)}
    lone = [edge for edge, part in crossed.items() if part >= 1 - FEW]
    plain = all(part <= FEW or part >= 1 - FEW for part in crossed.values())
    return lone if plain and len(lone) < len(crossed) else []


def _crossing(grid: GridReading, edge: int) -> int:
    """How many rows have a cell that reaches over the edge."""
    return sum(cell.row_span for cell in grid.cells if cell.column < edge < cell.column + cell.column_span)


def without_edges(grid: GridReading, edges: Iterable[int]) -> GridReading:
    """The grid without these columns' left edges; cells between which an edge was are one."""
    gone = set(edges)
    new = [0]
    for column in range(1, grid.columns):
        new.append(new[-1] + (column not in gone))
    rows: dict[int, list[CellReading]] = {}
    for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.column)):
        first, last = new[cell.column], new[cell.column + cell.column_span - 1]
        placed = replace(cell, column=first, column_span=last - first + 1)
        row = rows.setdefault(cell.row, [])
        before = row[-1] if row else None
        if before is None or before.column + before.column_span <= first:
            row.append(placed)
        elif before.column < first:
            row[-1] = replace(before, column_span=first - before.column)
            row.append(placed)
        else:
            row[-1] = _joined(before, placed)
    cells = tuple(cell for row in rows.values() for cell in row)
    return replace(grid, columns=new[-1] + 1, cells=cells)


def _joined(one: CellReading, other: CellReading) -> CellReading:
    lines = (*one.lines, *other.lines)
    end = max(one.column + one.column_span, other.column + other.column_span)
    mark = other.mark if one.mark.kind == "none" else one.mark
    box = union((one.bbox, other.bbox))
    return replace(one, column_span=end - one.column, bbox=box, lines=lines, mark=mark, bar=one.bar or other.bar)
