"""Telling body rows from totals, subtotals, group headings and notes."""

from collections.abc import Sequence

from laodoc.document import Role, RowKind
from laodoc.parsing.grids import has_ink, has_mark, has_text, says_number, text_of
from laodoc.parsing.roles import ColumnType
from laodoc.parsing.vocabulary import Vocabulary, best_fit
from laodoc.recognition.reading import CellReading

WIDE = 0.5
"""Share of the columns that a heading over a group is merged across at least."""

PLACES: frozenset[Role] = frozenset({"province", "district", "organisation", "name"})
LABELS: frozenset[Role] = PLACES | {"sequence", "text"}
FIGURES: frozenset[Role] = frozenset({"count", "percent", "amount", "mark"})

GridRow = Sequence[CellReading]


def row_kinds(rows: Sequence[GridRow], types: Sequence[ColumnType], vocabulary: Vocabulary) -> list[RowKind]:
    """The kind of each body row, top to bottom, over all pages of a table.

    A sum is told by its word, or where that cannot be read by its shape: merged or missing names before figures. One
    that says to be of everything is the total; where none does, it is the last sum, if no body rows stand below it.
    """
    words = [_word(row, types, vocabulary) for row in rows]
    kinds: list[RowKind] = [_kind(row, word, types) for row, word in zip(rows, words, strict=True)]
    sums = [index for index, kind in enumerate(kinds) if kind == "total"]
    totals = [index for index in sums if words[index] == "total"]
    if not totals:
        totals = [index for index in sums[-1:] if "row" not in kinds[index:]]
    return ["subtotal" if kind == "total" and index not in totals else kind for index, kind in enumerate(kinds)]


def is_merged(row: GridRow) -> bool:
    """Whether cells of the row are merged to the right, as they are in headings and sums, not in body rows."""
    return any(cell.column_span > 1 for cell in row)


def is_sum(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a row's first text says that it adds up others."""
    fit = best_fit(text, vocabulary.rows)
    return fit is not None and fit.name in ("sum", "total", "subtotal")


def _word(row: GridRow, types: Sequence[ColumnType], vocabulary: Vocabulary) -> str | None:
    label = next((cell for cell in row if text_of(cell) and types[cell.column].role in LABELS), None)
    fit = best_fit(text_of(label), vocabulary.rows) if label else None
    return fit.name if fit else None


def _kind(row: GridRow, word: str | None, types: Sequence[ColumnType]) -> RowKind:
    inked = [cell for cell in row if has_ink(cell)]
    if len(inked) == 1 and not has_mark(inked[0]):
        alone = inked[0]
        if alone.column_span > 1 and alone.column_span >= WIDE * len(types):
            return "note" if word == "note" else "group"
        if word == "group" and alone.column == 0:
            return "group"
    if _has_number(row, types):
        return "row"
    if word == "subtotal":
        return "subtotal"
    if word == "note":
        return "note"
    return "total" if word in ("sum", "total") or _has_shape_of_sum(row, types) else "row"


def _has_number(row: GridRow, types: Sequence[ColumnType]) -> bool:
    """Whether the row has a running number of its own."""
    return any(types[cell.column].role == "sequence" and cell.column_span == 1 and says_number(cell) for cell in row)


def _has_shape_of_sum(row: GridRow, types: Sequence[ColumnType]) -> bool:
    """Figures, but no names: these are merged into one cell with each other, or left empty."""
    if not any(types[cell.column].role in FIGURES and has_ink(cell) for cell in row):
        return False
    if any(cell.column_span > 1 and has_text(cell) and _covers_labels(cell, types) for cell in row):
        return True
    names = [cell for cell in row if types[cell.column].role in PLACES]
    labelled = any(types[cell.column].role in ("sequence", "text") and has_text(cell) for cell in row)
    return labelled and bool(names) and not any(map(has_text, names))


def _covers_labels(cell: CellReading, types: Sequence[ColumnType]) -> bool:
    covered = types[cell.column : cell.column + cell.column_span]
    return all(each.role in LABELS for each in covered)
