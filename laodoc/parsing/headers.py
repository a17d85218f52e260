"""Where a table's header ends, and what its leaf columns are called."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from laodoc.parsing.entries import is_form
from laodoc.parsing.grids import (
    COLUMN_NUMBER,
    column_cells,
    has_bar,
    has_ink,
    has_mark,
    has_text,
    rows_of,
    says_number,
    share,
    text_of,
)
from laodoc.parsing.vocabulary import Vocabulary, best_fit
from laodoc.recognition.reading import CellReading, GridReading

LIKE_A_HEADER = 0.5
"""Share of the cells of a row that must speak for a header: a body row has at most a chance hit or two."""

LONGER_THAN_BODY = 2.0
"""A column's name against the median length of what stands below: `จำนวน อปท. (แห่ง)` over short numbers."""

MOSTLY = 0.5
"""Share of a column's inked cells from which they say what it holds."""

DEEPEST_HEADER = 4
"""Rows that a header may have: two levels of names, a row of column numbers, and a title inside the frame."""


@dataclass(frozen=True, slots=True)
class Header:
    """`rows` leading grid rows are the header; `titles` of them, from the top, are a title over the whole width."""

    rows: int
    titles: int
    names: tuple[str, ...]
    """The leaf columns' names, left to right, levels joined by ` / `; all empty where there is no header."""


def find_header(grid: GridReading, vocabulary: Vocabulary) -> Header:
    """The header of one page's grid; a page that goes on with a table may have none, and a form has none."""
    if is_form(grid, vocabulary):
        return Header(0, 0, ("",) * grid.columns)
    rows = rows_of(grid)
    titles = _above(rows, grid.columns, vocabulary)
    depth = titles + _depth(rows[titles:], grid.columns, vocabulary)
    if depth == titles:
        return Header(0, 0, ("",) * grid.columns)
    names = tuple(_name_of(grid, column, range(titles, depth)) for column in range(grid.columns))
    while depth < min(grid.rows - 1, DEEPEST_HEADER) and _numbers_columns(rows[depth]):
        depth += 1
    return Header(depth, titles, names)


def best_names(headers: Sequence[Header], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The columns' names over all pages of a table: for each column the reading that comes nearest to known words."""
    known = (*vocabulary.roles, *vocabulary.meanings)

    def fit(name: str) -> tuple[float, int]:
        found = best_fit(leaf_and_parent(name)[0], known)
        return (found.score if found else 0.0, len(name) > 0)

    return tuple(max(readings, key=fit) for readings in zip(*(header.names for header in headers), strict=True))


def leaf_and_parent(name: str) -> tuple[str, str]:
    """The lower and the upper name of a column; the upper one is empty where there is one level."""
    parent, _, leaf = name.rpartition(" / ")
    return leaf, parent


def _above(rows: Sequence[Sequence[CellReading]], columns: int, vocabulary: Vocabulary) -> int:
    """How many rows stand above the header: titles over the whole width; or what is none of the table's, as the page's
    number in a box that touches it: no word of it is a header's, and most of the row below are."""
    most = min(len(rows) - 1, DEEPEST_HEADER)
    titles = next((index for index in range(most) if not _is_title(rows[index], columns)), most)
    for index in range(titles + 1, most):
        stray = rows[titles:index]
        if any(_known(row, vocabulary) or _speaks_as_header(row, rows[index:], vocabulary) for row in stray):
            break
        if _known(rows[index], vocabulary) > MOSTLY and all(len(row) < len(rows[index]) for row in stray):
            return index
    return titles


def _depth(rows: Sequence[Sequence[CellReading]], columns: int, vocabulary: Vocabulary) -> int:
    """How many of `rows` are the header, 0 for none."""
    if not rows or not rows[0]:
        return 0
    levels = _levels(rows, columns)
    top = [cell for row in rows[:levels] for cell in row]
    if levels > 1:
        return levels
    if not _speaks_as_header(top, rows[1:], vocabulary):
        return 0
    split = any(1 < cell.column_span < columns for cell in top)
    return 2 if split and len(rows) > 1 and _speaks_as_header(rows[1], rows[2:], vocabulary) else 1


def _levels(rows: Sequence[Sequence[CellReading]], columns: int) -> int:
    """The rows that the merged cells of a two-level header reach over.

    A name over several columns stands beside names that reach down to where its leaf columns end. Cells merged downward
    alone are no header (a district before its rows), nor are cells merged to the right alone (a total row).
    """
    over = [cell for cell in rows[0] if 1 < cell.column_span < columns]
    down = [cell for cell in rows[0] if cell.row_span > 1 and cell.column_span == 1]
    if not over or not down:
        return 1
    depth = min(cell.row_span for cell in down)
    return depth if depth <= min(DEEPEST_HEADER, len(rows)) else 1


def _speaks_as_header(
    top: Sequence[CellReading], body: Sequence[Sequence[CellReading]], vocabulary: Vocabulary
) -> bool:
    """Whether words, or the difference to what stands below, tell a header."""
    inked = [cell for cell in top if has_text(cell)]
    if len(inked) < 2:
        return False
    if share(sum(says_number(cell) or has_mark(cell) for cell in inked), len(inked)) >= LIKE_A_HEADER:
        return False
    known = (*vocabulary.roles, *vocabulary.meanings)
    words = sum(best_fit(text_of(cell), known) is not None for cell in inked)
    unlike = [_unlike_body(cell, column_cells(body, cell.column)) for cell in inked]
    telling = [each for each in unlike if each is not None]
    return max(share(words, len(inked)), share(sum(telling), len(telling))) >= LIKE_A_HEADER


def _unlike_body(cell: CellReading, below: Sequence[CellReading]) -> bool | None:
    """Whether a cell holds a name, while its column holds marks, bars, numbers, nothing, or much shorter text.

    None where nothing can be said: no cells below, or text that could not be read.
    """
    if says_number(cell) or has_bar(cell) or has_mark(cell):
        return False
    if not below:
        return None
    inked = [other for other in below if has_ink(other)]
    if sum(has_mark(other) or has_bar(other) or says_number(other) for other in inked) > MOSTLY * len(inked):
        return True
    written = [len(text_of(other)) for other in below if has_text(other)]
    if not text_of(cell) or (written and not any(written)):
        return None
    return not written or len(text_of(cell)) >= LONGER_THAN_BODY * max(1.0, median(written))


def _is_title(row: Sequence[CellReading], columns: int) -> bool:
    return len(row) == 1 and row[0].column_span == columns > 1 and row[0].row_span == 1


def _known(row: Sequence[CellReading], vocabulary: Vocabulary) -> float:
    """The share of the row's cells that are words of a header."""
    inked = [text_of(cell) for cell in row if has_text(cell)]
    known = (*vocabulary.roles, *vocabulary.meanings)
    return share(sum(best_fit(text, known) is not None for text in inked), len(inked))


def _numbers_columns(row: Sequence[CellReading]) -> bool:
    """A row of bracketed column numbers, `(๑) (๒) (๓) = (๑) + (๒)`."""
    inked = [text_of(cell) for cell in row if has_text(cell)]
    return len(inked) > 1 and all(COLUMN_NUMBER.fullmatch(text) for text in inked)


def _name_of(grid: GridReading, column: int, header_rows: range) -> str:
    over = [
        cell
        for cell in grid.cells
        if cell.row in header_rows and cell.column <= column < cell.column + cell.column_span and text_of(cell)
    ]
    return " / ".join(text_of(cell) for cell in sorted(over, key=lambda cell: cell.row))
