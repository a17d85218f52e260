"""A grid that is not the paper's tells on itself: by what its cells hold, how high its rows are, where words end."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from laodoc.checks.table_rows import Finder, cell_at, columns_of, rows_of_kind
from laodoc.document import BBox, Cell, Document, Finding, Line, Page, Row, Table
from laodoc.imaging.paper import MM_PER_INCH
from laodoc.messages import Message
from laodoc.thai.digits import parse_number
from laodoc.thai.worded import numbers_with_words

TALL = 1.7
"""A row so many times as high as the table's others may be two."""

TWICE = 2.0
"""… if each of its cells holds so many times the lines that hardly any other has more of."""

USUAL = 0.8
"""Part of the rows that have no more lines than what is usual."""

FEWEST_ROWS = 4
"""Body rows from which a table says what is usual in it."""

CLOSE_MM = 0.5
"""Words end so near to a ruling, and go on so near behind it, only where there is none."""

CUT_ROWS = 2
"""Rows in which words are cut at one edge: in one it may be a long word."""

FEW = 0.2
"""Part of the rows in which a column stands alone, at most, where it is no column of the table."""


def check_two_in_one(document: Document) -> tuple[Finding, ...]:
    """A finding for every cell of a column of numbers that holds two of them, and for every header that holds one."""
    return _each_table(document, lambda table, _: _two_in_one(table))


def check_tall_rows(document: Document) -> tuple[Finding, ...]:
    """A finding for every row about twice as high as the others, and with twice their lines."""
    return _each_table(document, _tall)


def check_cut_words(document: Document) -> tuple[Finding, ...]:
    """A finding for every edge of a column at which words of several rows are cut."""
    return _each_table(document, _cut)


def check_lone_columns(document: Document) -> tuple[Finding, ...]:
    """A finding for every column over which nearly all rows, and the header, are merged."""
    return _each_table(document, lambda table, _: _lone(table))


def _each_table(document: Document, rule: Callable[[Table, Sequence[Page]], Iterator[Finding]]) -> tuple[Finding, ...]:
    return tuple(finding for table in document.tables for finding in rule(table, document.pages))


def _two_in_one(table: Table) -> Iterator[Finding]:
    rule = Finder("two-in-one-cell", table)
    columns = columns_of(table, "sequence", "number", "count", "amount", "percent")
    for row in rows_of_kind(table, "row", "subtotal", "total"):
        for column in columns:
            cell = cell_at(row, column)
            if cell is not None and not cell.corrected and cell.column_span == 1 and holds_two(cell.text):
                yield rule.at(row, column, Message("two-in-one-cell", read=" ".join(cell.text.split())))
    for row in rows_of_kind(table, "header"):
        for column in columns:
            cell = cell_at(row, column)
            if cell is not None and numbers_with_words(cell.text):
                yield rule.at(row, column, Message("number-in-header"))


def holds_two(text: str) -> bool:
    """Whether a text is two numbers or more, set apart; `1 250` and `๓๘๐, ๕๐๐` are one, with a gap at its comma."""
    if numbers_with_words(text) > 1:
        return True
    parts = text.split()
    whole = [part for part in parts if parse_number(part) is not None]
    thousands = all(len(part) == len("000") for part in parts[1:]) or any(part.endswith((",", ".")) for part in parts)
    return len(parts) > 1 and len(whole) == len(parts) and not thousands


def _tall(table: Table, pages: Sequence[Page]) -> Iterator[Finding]:
    rule = Finder("tall-row", table)
    rows = list(rows_of_kind(table, "row"))
    if len(rows) < FEWEST_ROWS:
        return
    lines = {page.number: page.lines for page in pages}
    shapes = [_shape(row, lines.get(row.page, ())) for row in rows]
    usual = median(height for height, _ in shapes)
    for row, (height, counts) in zip(rows, shapes, strict=True):
        full = [count >= TWICE * _usual_lines(shapes, column) for column, count in counts.items()]
        if height >= TALL * usual and len(full) > 1 and all(full):
            yield rule.at(row, row.cells[0].column, Message("tall-row"))


def _shape(row: Row, lines: Sequence[Line]) -> tuple[float, dict[int, int]]:
    """The row's height in pixels, and how many lines stand in each of its cells that has any."""
    single = [cell for cell in row.cells if cell.row_span == 1] or list(row.cells)
    height = median(cell.bbox.bottom - cell.bbox.top for cell in single)
    counts = {cell.column: sum(_is_in(line.bbox, cell.bbox) for line in lines if line.text) for cell in single}
    return height, {column: count for column, count in counts.items() if count}


def _usual_lines(shapes: Sequence[tuple[float, dict[int, int]]], column: int) -> int:
    counts = sorted(counts[column] for _, counts in shapes if column in counts)
    return counts[round(USUAL * (len(counts) - 1))]


def _cut(table: Table, pages: Sequence[Page]) -> Iterator[Finding]:
    rule = Finder("cut-by-column", table)
    by_number = {page.number: page for page in pages}
    cut: dict[int, list[Row]] = {}
    for row in rows_of_kind(table, "row", "header", "subtotal", "total"):
        page = by_number.get(row.page)
        if page is None:
            continue
        close = CLOSE_MM * page.dpi / MM_PER_INCH
        lines = [line for line in page.lines if line.text and line.script == "print"]
        cells = sorted(row.cells, key=lambda cell: cell.column)
        for left, right in pairwise(cells):
            if _is_cut(left, right, lines, close):
                cut.setdefault(right.column, []).append(row)
    for column, rows in cut.items():
        if len(rows) >= CUT_ROWS:
            message = Message("cut-by-column", count=len(rows))
            yield rule.at(rows[0], column, message, found=len(rows)).model_copy(update={"sequence": None})


def _is_cut(left: Cell, right: Cell, lines: Sequence[Line], close: float) -> bool:
    """Whether a line runs up to the edge between two cells, and another goes on from there at its height."""
    ending = [b.bbox for b in lines if _is_in(b.bbox, left.bbox) and b.bbox.right >= left.bbox.right - close]
    begun = [b.bbox for b in lines if _is_in(b.bbox, right.bbox) and b.bbox.left <= right.bbox.left + close]
    return any(one.top < (other.top + other.bottom) / 2 < one.bottom for one in ending for other in begun)


def _lone(table: Table) -> Iterator[Finding]:
    rule = Finder("lone-column", table)
    rows = list(rows_of_kind(table, "row"))
    if len(rows) < FEWEST_ROWS:
        return
    for column in table.columns:
        alone = [row for row in rows if _stands_alone(row, column.index)]
        named = any(_stands_alone(row, column.index) for row in rows_of_kind(table, "header"))
        merged = sum(_is_covered(row, column.index) for row in rows)
        if alone and not named and len(alone) <= FEW * len(rows) and merged >= (1 - FEW) * len(rows):
            message = Message("lone-column", count=len(alone), rows=len(rows))
            yield rule.at(alone[0], column.index, message, found=len(alone))


def _stands_alone(row: Row, column: int) -> bool:
    return any(cell.column == column and cell.column_span == 1 for cell in row.cells)


def _is_covered(row: Row, column: int) -> bool:
    return any(cell.column < column < cell.column + cell.column_span for cell in row.cells)


def _is_in(line: BBox, cell: BBox) -> bool:
    """Whether the middle of a line lies in a cell."""
    across, down = (line.left + line.right) / 2, (line.top + line.bottom) / 2
    return cell.left <= across < cell.right and cell.top <= down < cell.bottom
