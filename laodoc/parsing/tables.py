"""Tables: grids of neighbouring pages stitched together, their columns typed, their rows told apart."""

from collections.abc import Sequence

from laodoc.document import Cell, Column, Row, RowKind, Table, TableKind
from laodoc.parsing.blanks import with_nils
from laodoc.parsing.cells import build_cell
from laodoc.parsing.contents import contents_of
from laodoc.parsing.context import day_of_data, legend_in, notes_in, province_in, unit_in
from laodoc.parsing.decimals import with_decimals
from laodoc.parsing.grids import has_ink, rows_of
from laodoc.parsing.headers import best_names
from laodoc.parsing.meanings import meanings_by_sums
from laodoc.parsing.roles import ColumnEvidence, ColumnType, column_types, role_by_name
from laodoc.parsing.rows import is_merged, row_kinds
from laodoc.parsing.stitching import Part, find_tables
from laodoc.parsing.vocabulary import Vocabulary, vocabulary
from laodoc.recognition.reading import CellReading, GridReading, PageReading

GridRow = Sequence[CellReading]


def build_tables(pages: Sequence[PageReading]) -> tuple[Table, ...]:
    """All ruled tables of the document, in reading order; `pages` are numbered in the order of the document."""
    words = vocabulary()
    return tuple(
        _build_table(f"table-{number}", parts, words) for number, parts in enumerate(find_tables(pages, words), start=1)
    )


def _build_table(name: str, parts: Sequence[Part], words: Vocabulary) -> Table:
    body = [row for part in parts for row in part.body]
    headers = best_names([part.header for part in parts], words)
    types = _types(parts[0].grid, headers, [row for row in body if not is_merged(row)], words)
    kinds = row_kinds(body, types, words)
    rows = _rows(parts, kinds, types)
    types = meanings_by_sums(types, rows)
    above, below = [line for part in parts for line in part.around.above], parts[-1].around.below
    rows = with_decimals(rows, types, _units(headers, [line.text for line in above]))
    title = " ".join(filter(None, (parts[0].around.title, *_inner_titles(parts[0]))))
    province = province_in(title)
    return Table(
        id=name,
        pages=tuple(part.page.number for part in parts),
        title=title,
        kind=_kind(types),
        province=province.name if province else None,
        as_of=day_of_data(below) or day_of_data(above),
        unit=unit_in(headers, words),
        notes=notes_in(below),
        legend=legend_in(below, words),
        columns=tuple(
            Column(index=index, header=header, role=each.role, meaning=each.meaning)
            for index, (header, each) in enumerate(zip(headers, types, strict=True))
        ),
        rows=tuple(with_nils(row, types) for row in rows),
    )


def _types(
    grid: GridReading, headers: Sequence[str], body: Sequence[GridRow], words: Vocabulary
) -> tuple[ColumnType, ...]:
    widths = _widths(grid)
    evidence = [
        ColumnEvidence(name, role_by_name(name, words), contents_of(body, index), width)
        for index, (name, width) in enumerate(zip(headers, widths, strict=True))
    ]
    return column_types(evidence, body, words)


def _units(headers: Sequence[str], above: Sequence[str]) -> list[str]:
    """For each column the text that may name its unit: its header, and `หน่วย : ล้านบาท` over the table."""
    over = " ".join(text.partition("หน่วย")[2] for text in above)
    return [f"{header} {over}" for header in headers]


def _widths(grid: GridReading) -> list[float]:
    """The columns' widths as parts of their mean."""
    mean = max(1.0, (grid.bbox.right - grid.bbox.left) / grid.columns)
    alone = {cell.column: cell.bbox.right - cell.bbox.left for cell in grid.cells if cell.column_span == 1}
    return [alone.get(column, mean) / mean for column in range(grid.columns)]


def _kind(types: Sequence[ColumnType]) -> TableKind:
    roles = {each.role for each in types}
    if "mark" in roles:
        return "status"
    return "statistics" if "count" in roles else "other"


def _inner_titles(part: Part) -> list[str]:
    """Titles that stand inside the frame, over the header and over all of its columns."""
    titles = [row for row in rows_of(part.grid)[: part.header.titles] if len(row) == 1]
    return [cell.text for row in titles for cell in map(_as_text, row)]


def _as_text(cell: CellReading) -> Cell:
    return build_cell(cell, "header", ColumnType("text", None))


def _rows(parts: Sequence[Part], kinds: Sequence[RowKind], types: Sequence[ColumnType]) -> tuple[Row, ...]:
    """All rows of all pages, headers where they stand; rows in which nothing is printed are left out."""
    rows, body_kinds = [], iter(kinds)
    for part in parts:
        for index, cells in enumerate(rows_of(part.grid)):
            kind: RowKind = "header" if index < part.header.rows else next(body_kinds)
            if any(map(has_ink, cells)):
                built = tuple(build_cell(cell, kind, types[cell.column]) for cell in cells)
                rows.append(Row(page=part.page.number, kind=kind, cells=built))
    return tuple(rows)
