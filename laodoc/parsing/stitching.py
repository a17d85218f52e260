"""Which grids of neighbouring pages are one table."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from laodoc.parsing.context import province_in
from laodoc.parsing.grids import column_edges, has_text, number_in, rows_of, text_of
from laodoc.parsing.headers import Header, find_header
from laodoc.parsing.rows import is_sum
from laodoc.parsing.surroundings import Surroundings, surroundings
from laodoc.parsing.vocabulary import Vocabulary, skeleton
from laodoc.recognition.reading import CellReading, GridReading, PageReading

SAME_EDGE = 0.03
"""How far a column's left edge may differ between pages, as a part of the table's width: 5 mm on A4, more than skew and
paper shrinkage move it, less than half of the narrowest column."""

SAME_WORDS = 0.6
"""Likeness of two readings of one header: a weak engine gets up to a fifth of the letters wrong each time."""


@dataclass(frozen=True, slots=True)
class Part:
    """One page's share of a table."""

    page: PageReading
    grid: GridReading
    header: Header
    around: Surroundings

    @property
    def body(self) -> list[tuple[CellReading, ...]]:
        """The rows below the header."""
        return rows_of(self.grid)[self.header.rows :]


def find_tables(pages: Sequence[PageReading], vocabulary: Vocabulary) -> list[tuple[Part, ...]]:
    """The parts of every table, in reading order."""
    tables: list[tuple[Part, ...]] = []
    for page in pages:
        grids = sorted(page.grids, key=lambda grid: (grid.bbox.top, grid.bbox.left))
        for index, grid in enumerate(grids):
            part = Part(page, grid, find_header(grid, vocabulary), surroundings(page, grids, index))
            if tables and index == 0 and goes_on(tables[-1], part, vocabulary):
                tables[-1] = (*tables[-1], part)
            else:
                tables.append((part,))
    return tables


def goes_on(table: Sequence[Part], part: Part, vocabulary: Vocabulary) -> bool:
    """Whether `part`, the first grid of its page, continues `table`, the last one of the page before.

    The columns must stand alike. Then the running numbers decide where they can be read; else a title of its own, a
    different header, or anything printed below the end of the table say that a new one begins.
    """
    last = table[-1]
    if (
        part.page.number != last.page.number + 1
        or not last.around.last_on_page
        or not _same_columns(last.grid, part.grid)
    ):
        return False
    counted = _counts_on(last, part)
    if counted is not None:
        return counted
    if part.around.title and (
        _ends_in_sum(last, vocabulary) or not _same_title(part.around.title, table[0].around.title)
    ):
        return False
    if part.header.rows and table[0].header.rows and not _same_header(table[0].header, part.header):
        return False
    return not last.around.closed


def _same_columns(one: GridReading, other: GridReading) -> bool:
    return one.columns == other.columns and all(
        abs(a - b) <= SAME_EDGE for a, b in zip(column_edges(one), column_edges(other), strict=True)
    )


def _counts_on(last: Part, part: Part) -> bool | None:
    """Whether some column's numbers go on from one part to the next, or start again; None where that cannot be read."""
    for column in range(part.grid.columns):
        before, after = _numbers(last.body, column), _numbers(part.body, column)
        if len(before) < 2 or len(after) < 1 or before[-1] - before[-2] != 1:
            continue
        if after[0] == before[-1] + 1:
            return True
        if after[:2] == [1, 2]:
            return False
    return None


def _numbers(rows: Sequence[Sequence[CellReading]], column: int) -> list[int]:
    cells = (cell for row in rows for cell in row if cell.column == column and cell.column_span == 1)
    return [number for cell in cells if isinstance(number := number_in(cell), int)]


def _same_header(one: Header, other: Header) -> bool:
    """Whether two headers are readings of the same one; what could not be read at all says nothing."""
    likeness = [
        fuzz.ratio(skeleton(a), skeleton(b)) / 100
        for a, b in zip(one.names, other.names, strict=True)
        if skeleton(a) and skeleton(b)
    ]
    return not likeness or sum(likeness) / len(likeness) >= SAME_WORDS


def _same_title(one: str, other: str) -> bool:
    """Whether two titles are readings of the same one: they may differ in letters, but not in the province."""
    provinces = {place.name for title in (one, other) if (place := province_in(title))}
    return len(provinces) < 2 and fuzz.ratio(skeleton(one), skeleton(other)) / 100 >= SAME_WORDS


def _ends_in_sum(part: Part, vocabulary: Vocabulary) -> bool:
    """Whether the last row has its first cells merged, or says that it is a sum."""
    first = next((cell for cell in part.body[-1] if has_text(cell)), None) if part.body else None
    return first is not None and (1 < first.column_span < part.grid.columns or is_sum(text_of(first), vocabulary))
