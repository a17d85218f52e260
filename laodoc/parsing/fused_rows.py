"""Grid rows that hold two rows of the table, as a ruling was not seen: parted where what stands in them proves it.

Two running numbers, two names, two counts, one above the other in one grid row: nobody sets a table so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from laodoc.document import BBox
from laodoc.parsing.grids import column_cells, has_ink, has_text, rows_of, says_number, share, text_of
from laodoc.parsing.vocabulary import starts_like, vocabulary
from laodoc.recognition.reading import CellReading, GridReading, LineReading, MarkReading

MOSTLY = 0.5
"""Share of a column's inked cells that say one number from which it is one of numbers."""

ID_COLUMNS = 2
"""Columns from the left among which the one with the rows' numbers stands."""

FEWEST_COUNTED = 2
"""Columns with a number above and below that prove two rows: one may be a stroke of the pen read as a figure."""

FEWEST_FILLED = 2
"""Columns of text with something above and below that do so beside the row's own number: one is a name in two lines."""

FEWEST_CELLS = 3
"""Cells of a row that is looked at: two columns are a form, or a list of pairs."""

PERSONS = next(role for role in vocabulary().roles if role.name == "name")


def parted_rows(grid: GridReading) -> tuple[GridReading, list[BBox]]:
    """The grid with every fused row parted, and the boxes of the rows that were."""
    boxes = []
    while (found := next(_fused(grid), None)) is not None:
        row, height = found
        boxes.append(row_box(grid, row))
        grid = part_row(grid, row, height)
    for row in _half_ruled(grid):
        boxes.append(row_box(grid, row)._replace(bottom=row_box(grid, row + 1).bottom))
        grid = rule_through(grid, row)
    return grid, boxes


def row_box(grid: GridReading, row: int) -> BBox:
    """The box of a grid row: the table's width, from its cells' upper to their lower edges."""
    cells = [cell for cell in grid.cells if cell.row == row and cell.row_span == 1]
    return BBox(
        grid.bbox.left, min(cell.bbox.top for cell in cells), grid.bbox.right, max(cell.bbox.bottom for cell in cells)
    )


def part_row(grid: GridReading, row: int, height: float) -> GridReading:
    """The grid with one more row: `row` parted at `height`, in pixels from the page's top."""
    cells: list[CellReading] = []
    for cell in grid.cells:
        if cell.row > row:
            cells.append(replace(cell, row=cell.row + 1))
        elif cell.row + cell.row_span - 1 < row:
            cells.append(cell)
        elif cell.row_span > 1:
            cells.append(replace(cell, row_span=cell.row_span + 1))
        else:
            cells += _parted(cell, height)
    return replace(grid, rows=grid.rows + 1, cells=tuple(cells))


def _half_ruled(grid: GridReading) -> list[int]:
    """Rows whose number is merged with the next one's, though both were read: the ruling below was seen elsewhere."""
    rows = rows_of(grid)
    found = []
    for index, row in enumerate(rows[:-1]):
        others = [other for place, other in enumerate(rows) if place not in (index, index + 1)]
        merged = next((cell for cell in row if cell.row_span == 2 and cell.column_span == 1), None)
        if merged is None or not any(cell.row_span == 1 for cell in row) or merged.column >= ID_COLUMNS:
            continue
        if merged.column in _number_columns(others, grid.columns) and all(
            map(_has_number, _parted(merged, _border(grid, index)))
        ):
            found.append(index)
    return found


def rule_through(grid: GridReading, row: int) -> GridReading:
    """The grid with the cells that are merged over `row` and the next one parted, where something stands in both."""
    height = _border(grid, row)
    cells: list[CellReading] = []
    for cell in grid.cells:
        halves = _parted(cell, height) if (cell.row, cell.row_span) == (row, 2) else ()
        whole = not halves or not all(map(has_text, halves))
        cells += (cell,) if whole else (replace(half, row_span=1) for half in halves)
    return replace(grid, cells=tuple(cells))


def _border(grid: GridReading, row: int) -> float:
    """The height of the ruling below a row, where its cells have one."""
    ends = [cell.bbox.bottom for cell in grid.cells if cell.row == row and cell.row_span == 1]
    starts = [cell.bbox.top for cell in grid.cells if cell.row == row + 1]
    return (sum(ends) / len(ends) + sum(starts) / len(starts)) / 2 if starts else max(ends)


def _parted(cell: CellReading, height: float) -> tuple[CellReading, CellReading]:
    """The upper and the lower half of a cell; of a mark that was read in both at once nobody knows where it stands."""
    box, edge = cell.bbox, round(height)
    above, below = _sides(cell, height)
    mark = cell.mark if cell.mark.kind == "none" else MarkReading(None, 0.0)
    upper = replace(cell, bbox=BBox(box.left, box.top, box.right, edge), lines=above, mark=mark, bar=None)
    lower = replace(
        cell, row=cell.row + 1, bbox=BBox(box.left, edge, box.right, box.bottom), lines=below, mark=mark, bar=None
    )
    return upper, lower


def _fused(grid: GridReading) -> Iterator[tuple[int, float]]:
    """Grid rows that are two, with the height at which they part."""
    rows = rows_of(grid)
    for index, row in enumerate(rows):
        if len(row) < FEWEST_CELLS or any(cell.row_span > 1 for cell in row):
            continue
        numbers = _number_columns([other for place, other in enumerate(rows) if place != index], grid.columns)
        cut = _best_cut(row, numbers)
        if cut is not None:
            yield index, cut


def _number_columns(rows: Sequence[Sequence[CellReading]], columns: int) -> list[int]:
    """The columns whose cells, in the other rows, say a number each."""
    found = []
    for column in range(columns):
        inked = [cell for cell in column_cells(rows, column) if has_ink(cell)]
        if inked and share(sum(map(says_number, inked)), len(inked)) > MOSTLY:
            found.append(column)
    return found


def _best_cut(row: Sequence[CellReading], numbers: Sequence[int]) -> float | None:
    """The height, if any, above and below which the row holds one row each; of several the widest gap's."""
    lines = sorted((line for cell in row for line in cell.lines), key=_middle)
    gaps = [
        (_middle(after) - _middle(before), (_middle(before) + _middle(after)) / 2) for before, after in pairwise(lines)
    ]
    proven = [(gap, height) for gap, height in gaps if _is_proven(row, height, numbers)]
    return max(proven)[1] if proven else None


def _is_proven(row: Sequence[CellReading], height: float, numbers: Sequence[int]) -> bool:
    """Whether the row's number stands above and below, and so do a count, two names, or most of the row; or whether
    all of it stands below words alone: the header and a row."""
    halves = {cell.column: _parted(cell, height) for cell in row if cell.column_span == 1}
    filled = {column for column, sides in halves.items() if all(map(has_text, sides))}
    counted = [column for column in numbers if column in halves]
    twice = [column for column in counted if all(map(_has_number, halves[column]))]
    named = [column for column in filled if all(map(_names_somebody, halves[column]))]
    if not counted or counted[0] >= ID_COLUMNS:
        return len(twice) >= FEWEST_COUNTED and len(filled) > len(twice)
    if counted[0] in twice:
        return len(twice) >= FEWEST_COUNTED or bool(named) or len(filled - set(twice)) >= FEWEST_FILLED
    words_above = not any(_has_number(halves[column][0]) for column in counted)
    figures_below = all(_has_number(halves[column][1]) for column in counted)
    return len(counted) >= FEWEST_COUNTED and words_above and figures_below and len(filled) == len(halves)


def _names_somebody(cell: CellReading) -> bool:
    return starts_like(text_of(cell), PERSONS)


def _has_number(cell: CellReading) -> bool:
    """Whether the half of a cell is a number, or has a line that is one: a stroke of the pen may be read beside it."""
    return says_number(cell) or any(says_number(replace(cell, lines=(line,))) for line in cell.lines)


def _sides(cell: CellReading, height: float) -> tuple[tuple[LineReading, ...], tuple[LineReading, ...]]:
    above = tuple(line for line in cell.lines if _middle(line) < height)
    return above, tuple(line for line in cell.lines if _middle(line) >= height)


def _middle(line: LineReading) -> float:
    return (line.bbox.top + line.bbox.bottom) / 2
