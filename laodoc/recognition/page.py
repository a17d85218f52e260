"""Reads everything that layout found on a page."""

from collections.abc import Sequence
from dataclasses import replace

from laodoc.document import BBox, Checkbox, Region
from laodoc.imaging.page import Image, Remark, UprightPage
from laodoc.layout.boxes import share_inside
from laodoc.layout.line_images import columns_of, cut_line
from laodoc.layout.page import GridCell, PageLayout, TextLine
from laodoc.messages import Message
from laodoc.recognition.bars import read_bar
from laodoc.recognition.check_box import read_box
from laodoc.recognition.engine import Engine
from laodoc.recognition.layer_judge import Judged, judged
from laodoc.recognition.marks import read_mark
from laodoc.recognition.reading import (
    CellReading,
    GridReading,
    Guess,
    LineReading,
    MarkReading,
    PageReading,
    Reading,
)
from laodoc.recognition.text_layer import LayerReader
from laodoc.recognition.writing import with_writing

SECOND_OPINION = 0.3
"""Confidence given to what a text layer says that another recognizer or a broken font left behind: it may be right, but
nothing vouches for it."""

READABLE = 0.6
"""Confidence from which a faint line is taken for what it says; print seen from behind is read with less."""

OTHER_TEXT = Remark("text-layer", "info", Message("text-layer"))

PLAIN_TEXT = 0.9
PLAIN_LENGTH = 2
NO_MARK = MarkReading(None, 0.0)


def read_layout(page: UprightPage, layout: PageLayout, engine: Engine) -> PageReading:
    """Read all lines, cells, marks, bars and tick boxes of one page; `assemble` numbers it."""
    inside = [line for grid in layout.cell_lines for cell in grid for line in cell]
    cuts = [
        cut_line(layout.clean if region is None else layout.stamped, line)
        for line, region in zip(layout.lines, layout.line_regions, strict=True)
    ]
    cuts += [cut_line(layout.inked, line) for line in layout.written]
    cuts += [cut_line(layout.clean, line) for line in inside]
    readings, sound = read_lines(page, cuts, (*layout.lines, *layout.written, *inside), engine)
    ends = len(layout.lines), len(layout.lines) + len(layout.written)
    outside, written, within = readings[: ends[0]], readings[ends[0] : ends[1]], iter(readings[ends[1] :])
    printed = [
        replace(line, region=region)
        for line, found, region in zip(outside, layout.lines, layout.line_regions, strict=True)
        if is_print(line, found)
    ]
    scrawls = {id(line) for line in printed if is_scrawl(line, layout.regions)}
    lines, notes = with_writing(
        [line for line in printed if id(line) not in scrawls],
        [*written, *(line for line in printed if id(line) in scrawls)],
    )
    grids = tuple(
        GridReading(
            bbox=grid.bbox,
            rows=grid.rows,
            columns=grid.columns,
            cells=tuple(
                read_cell(page, layout.clean, cell, [(next(within), line) for line in cell_lines])
                for cell, cell_lines in zip(grid.cells, cells_lines, strict=True)
            ),
        )
        for grid, cells_lines in zip(layout.grids, layout.cell_lines, strict=True)
    )
    height, width = page.grey.shape
    return PageReading(
        number=page.source_page,
        source_page=page.source_page,
        width=width,
        height=height,
        dpi=page.dpi,
        source_dpi=page.source_dpi,
        rotation=page.rotation,
        skew=page.skew,
        to_source=page.to_source,
        text_layer=page.text_layer if sound else "broken",
        lines=lines,
        grids=grids,
        regions=(*layout.regions, *(Region(kind="table", bbox=grid.bbox) for grid in layout.grids)),
        codes=layout.codes,
        checkboxes=tuple(read_tick_box(layout.inked, box.bbox) for box in layout.tick_boxes),
        remarks=page.remarks if sound else (*page.remarks, OTHER_TEXT),
        notes=notes,
    )


def read_lines(
    page: UprightPage, images: Sequence[Image], lines: Sequence[TextLine], engine: Engine
) -> tuple[list[LineReading], bool]:
    """Read text lines: from the text layer where the page was born digital and the layer says what is printed, from
    their images by `engine` elsewhere. False where a layer that looked sound does not say what is printed."""
    layer = LayerReader(page) if page.words else None
    printed = [layer.read_box(line.bbox) if layer else None for line in lines]

    def read(indexes: Sequence[int]) -> Sequence[Reading]:
        return engine.read([images[index] for index in indexes])

    if page.text_layer == "born-digital":
        found = judged(printed, read)
    else:
        found = Judged(dict(enumerate(read(range(len(lines))))), sound=True)
    agreed = [_agree(found.seen.get(index), printed[index]) for index in range(len(lines))]
    return [_placed(reading, line) for reading, line in zip(agreed, lines, strict=True)], found.sound


def _placed(reading: Reading, line: TextLine) -> LineReading:
    places = columns_of(line, (character.place for character in reading.characters))
    return LineReading(reading=reading, bbox=line.bbox, places=places, angle=line.angle)


def _agree(seen: Reading | None, printed: Reading | None) -> Reading:
    """What the picture says, with the text layer as a second opinion; the layer alone where nothing was seen."""
    if seen is None:
        return printed or Reading("", 0.0)
    if printed is None or printed.text == seen.text:
        return seen
    return replace(seen, alternatives=(*seen.alternatives, Guess(printed.text, SECOND_OPINION)))


def is_print(reading: LineReading, line: TextLine) -> bool:
    """Whether a line is print or pen of this side: what is faint and unreadable shows through from the other one."""
    return not line.faint or reading.reading.confidence >= READABLE


def is_scrawl(line: LineReading, regions: Sequence[Region]) -> bool:
    """Whether what was taken for print is writing: it stands amid what a pen wrote, and is unreadable."""
    return (
        line.region is None
        and line.reading.confidence < READABLE
        and any(
            region.kind in ("hand", "signature") and share_inside(line.bbox, region.bbox) >= AMID for region in regions
        )
    )


AMID = 0.5
"""Part of a line in the box of writing from which it stands amid it."""


def read_cell(
    page: UprightPage, clean: Image, cell: GridCell, found: Sequence[tuple[LineReading, TextLine]]
) -> CellReading:
    """One cell with its lines, read as a mark and as a bar too: what its column holds is known only to parsing.

    Only plain text is not looked at as a mark, see `is_plain_text`. Signs made of nothing but specks are no text.
    """
    lines = tuple(reading for reading, line in found if is_print(reading, line))
    mark = NO_MARK if is_plain_text(lines) else read_mark(clean, cell.bbox, page.dpi)
    if mark.kind == "none" and not any(letter.isalnum() for line in lines for letter in line.reading.text):
        lines = ()
    return CellReading(
        row=cell.row,
        column=cell.column,
        row_span=cell.row_span,
        column_span=cell.column_span,
        bbox=cell.bbox,
        lines=lines,
        mark=mark,
        bar=read_bar(page.image, cell.bbox, page.dpi),
    )


def is_plain_text(lines: Sequence[LineReading]) -> bool:
    """Whether a cell holds text beyond doubt: a mark is never read as several characters so surely."""
    return any(line.reading.confidence >= PLAIN_TEXT and len(line.reading.text) >= PLAIN_LENGTH for line in lines)


def read_tick_box(clean: Image, box: BBox) -> Checkbox:
    """The state of a tick box; what it belongs to is known only to parsing."""
    state, confidence = read_box(clean, box)
    return Checkbox(state=state, label="", bbox=box, confidence=confidence)
