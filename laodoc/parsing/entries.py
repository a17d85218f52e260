"""Forms: grids whose cells are labels and values, not columns of rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from laodoc.document import BBox, Entry, Field, Script
from laodoc.layout.boxes import union
from laodoc.parsing.grids import has_text, rows_of, share, text_of
from laodoc.parsing.passages import flowing
from laodoc.parsing.vocabulary import Vocabulary, best_fit, skeleton
from laodoc.recognition.reading import CellReading, GridReading, LineReading, PageReading
from laodoc.thai.diacritics import normalise

FEWEST_LABELS = 2
"""Labels that make a grid a form, …"""

LABELLED = 0.25
"""… if they are so large a part of its cells: in a table they head columns, and many cells stand below."""

ENDS = " \t:.…-–_"
"""What stands between a label and its value."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """An entry, with the name of its label in the vocabulary, and the lines of its value."""

    name: str
    entry: Entry
    lines: tuple[LineReading, ...]


def is_form(grid: GridReading, vocabulary: Vocabulary) -> bool:
    """Whether the cells of a grid are labels and values: its labels stand in several rows, or hold their values."""
    inked = [cell for cell in grid.cells if has_text(cell)]
    labels = [cell for cell in inked if _label_in(cell, vocabulary) is not None]
    rows = {cell.row for cell in labels}
    holding = sum(_rest_of(cell, vocabulary) is not None for cell in labels)
    enough = len(labels) >= FEWEST_LABELS and share(len(labels), len(inked)) >= LABELLED
    return enough and len(rows) > 1 and (len(rows) > len(labels) / 2 or holding > 1)


def entries_of(page: PageReading, vocabulary: Vocabulary) -> tuple[Labelled, ...]:
    """The entries of all forms of a page, from top to bottom, left to right."""
    forms = sorted((grid for grid in page.grids if is_form(grid, vocabulary)), key=lambda grid: grid.bbox.top)
    return tuple(found for grid in forms for found in _entries_in(grid, page.number, vocabulary))


def _entries_in(grid: GridReading, page: int, vocabulary: Vocabulary) -> Iterator[Labelled]:
    cells = [cell for row in rows_of(grid) for cell in row]
    for cell in cells:
        name = _label_in(cell, vocabulary)
        if name is None:
            continue
        inner = _rest_of(cell, vocabulary)
        if inner is not None:
            label, value, lines = inner
            yield Labelled(name, _entry(label, value, cell.lines, lines, page), lines)
            continue
        held = _beside(cell, cells, vocabulary) or _below(cell, cells, vocabulary)
        own = held.lines if held else ()
        yield Labelled(name, _entry(text_of(cell), text_of(held) if held else "", cell.lines, own, page), own)


def _label_in(cell: CellReading, vocabulary: Vocabulary) -> str | None:
    """The name of the label that a cell is, or begins with; `other` for one that ends in a colon."""
    if not has_text(cell):
        return None
    if text_of(cell).endswith(":"):
        return "other"
    for text in (text_of(cell), _text(cell.lines[:1])):
        fit = best_fit(text.rstrip(ENDS), vocabulary.labels)
        if fit is not None:
            return fit.name
    begun = _begun(_text(cell.lines[:1]), vocabulary)
    return begun[0] if begun else None


def _rest_of(cell: CellReading, vocabulary: Vocabulary) -> tuple[str, str, tuple[LineReading, ...]] | None:
    """Label, value and the value's lines of a cell that holds both; None where it holds the label alone."""
    if text_of(cell).endswith(":") or best_fit(text_of(cell).rstrip(ENDS), vocabulary.labels) is not None:
        return None
    first, more = _text(cell.lines[:1]), cell.lines[1:]
    begun = _begun(first, vocabulary)
    if begun is not None:
        _, label, value = begun
        return label, flowing(f"{value}\n{_text(more)}"), cell.lines
    return (first, _text(more), more) if more else None


def _begun(text: str, vocabulary: Vocabulary) -> tuple[str, str, str] | None:
    """The name of the label with which a line begins, the label, and what is behind it; the longest label wins."""
    words = text.split()
    for count in range(len(words) - 1, 0, -1):
        label = " ".join(words[:count]).rstrip(ENDS)
        name = _exactly(label, vocabulary)
        value = " ".join(words[count:]).lstrip(ENDS)
        if name is not None and value:
            return name, label, value
    return None


def _exactly(text: str, vocabulary: Vocabulary) -> str | None:
    bare = skeleton(text)
    return next((entry.name for entry in vocabulary.labels if bare in entry.whole), None)


def _beside(cell: CellReading, cells: Sequence[CellReading], vocabulary: Vocabulary) -> CellReading | None:
    """The cell at the right of a label, where it is no label itself."""
    end = cell.column + cell.column_span
    return _value_in((c for c in cells if c.column == end and c.row == cell.row), vocabulary)


def _below(cell: CellReading, cells: Sequence[CellReading], vocabulary: Vocabulary) -> CellReading | None:
    """The cell below a label, as wide as it, where it is none and is not that of one at its left."""
    end = cell.row + cell.row_span
    below = next((c for c in cells if (c.row, c.column, c.column_span) == (end, cell.column, cell.column_span)), None)
    before = [c for c in cells if c.row <= end < c.row + c.row_span and c.column + c.column_span == cell.column]
    waiting = (c for c in before if _label_in(c, vocabulary) is not None and _rest_of(c, vocabulary) is None)
    if below is None or next(waiting, None) is not None:
        return None
    return _value_in(iter((below,)), vocabulary)


def _value_in(cells: Iterator[CellReading], vocabulary: Vocabulary) -> CellReading | None:
    return next((cell for cell in cells if has_text(cell) and _label_in(cell, vocabulary) is None), None)


def _entry(label: str, value: str, own: Sequence[LineReading], lines: Sequence[LineReading], page: int) -> Entry:
    script: Script = "hand" if lines and all(line.script == "hand" for line in lines) else "print"
    said = _field(value, lines, page) if value and lines else None
    return Entry(label=_field(label, own, page), value=said, script=script)


def _field(text: str, lines: Sequence[LineReading], page: int) -> Field:
    box: BBox = union(line.bbox for line in lines)
    sure = min(line.reading.confidence for line in lines)
    return Field(text=text, value=text, page=page, bbox=box, confidence=sure)


def _text(lines: Sequence[LineReading]) -> str:
    return flowing(normalise("\n".join(line.reading.text for line in lines if line.reading.text)))
