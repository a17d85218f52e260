"""The page of the record: every line in reading order, tables among the rest."""

from collections.abc import Iterator
from typing import Literal

from laodoc.document import Line, Page, Region
from laodoc.layout.boxes import share_inside
from laodoc.parsing.entries import entries_of
from laodoc.parsing.passages import printed_lines
from laodoc.parsing.tick_labels import labelled
from laodoc.parsing.vocabulary import vocabulary
from laodoc.recognition.reading import GridReading, LineReading, PageReading
from laodoc.thai.diacritics import normalise

SAME_REGION = 0.5
"""Share of a grid inside a table region from which layout has listed it already."""


def build_page(reading: PageReading) -> Page:
    """All that one page says, in reading order: outside lines, each table row by row and cell by cell among them."""
    lines = tuple(_line(line) for line in (*reading_order(reading), *reading.notes))
    return Page(
        number=reading.number,
        source_page=reading.source_page,
        width=reading.width,
        height=reading.height,
        dpi=reading.dpi,
        source_dpi=reading.source_dpi,
        rotation=_right_angle(reading.rotation),
        skew=reading.skew,
        to_source=reading.to_source,
        text_layer=reading.text_layer,
        text="\n".join(line.text for line in lines if line.text),
        lines=lines,
        codes=reading.codes,
        checkboxes=labelled(reading.checkboxes, printed_lines(reading)),
        regions=(*reading.regions, *_table_regions(reading)),
        entries=tuple(each.entry for each in entries_of(reading, vocabulary())),
    )


def reading_order(reading: PageReading) -> Iterator[LineReading]:
    """Every line of the page: a table stands before the first line outside stamps that lies below its upper edge."""
    waiting = sorted(reading.grids, key=lambda grid: (grid.bbox.top, grid.bbox.left))
    for line in reading.lines:
        while waiting and line.region is None and _middle(line) > waiting[0].bbox.top:
            yield from _lines_in(waiting.pop(0))
        yield line
    for grid in waiting:
        yield from _lines_in(grid)


def _lines_in(grid: GridReading) -> Iterator[LineReading]:
    for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.column)):
        yield from cell.lines


def _middle(line: LineReading) -> float:
    return (line.bbox.top + line.bbox.bottom) / 2


def _line(line: LineReading) -> Line:
    text = normalise(line.reading.text)
    return Line(
        text=None if line.script == "hand" and not text else text,
        bbox=line.bbox,
        confidence=line.reading.confidence,
        script=line.script,
        places=line.places if len(line.places) == len(text) else (),
    )


def _table_regions(reading: PageReading) -> tuple[Region, ...]:
    listed = [region.bbox for region in reading.regions if region.kind == "table"]
    return tuple(
        Region(kind="table", bbox=grid.bbox)
        for grid in reading.grids
        if all(share_inside(grid.bbox, box) < SAME_REGION for box in listed)
    )


def _right_angle(degrees: int) -> Literal[0, 90, 180, 270]:
    found: Literal[0, 90, 180, 270] = next(angle for angle in (0, 90, 180, 270) if angle == degrees)
    return found
