"""Makes readings of pages with tables by hand, as perfect or as bad as a test wants them."""

from collections.abc import Sequence

from laodoc.document import BBox
from laodoc.recognition.reading import (
    BarReading,
    CellReading,
    GridReading,
    Guess,
    LineReading,
    MarkReading,
    PageReading,
    Reading,
)

LEFT, ROW_HEIGHT, COLUMN_WIDTH = 200, 60, 240
PAGE_WIDTH, PAGE_HEIGHT, DPI = 2480, 3508, 300.0
FROM_LEFT, FROM_ABOVE = "<", "^"
MARKS = {"✓": "check", "×": "cross"}

Content = str | Reading | BarReading | MarkReading
"""Text (lines divided by a line break), a mark (✓ or ×), a bar, or `<` and `^` for what a merged cell covers."""


def reading(text: str, *others: str, confidence: float = 0.9) -> Reading:
    """A line's reading with alternatives of confidence 0.5."""
    return Reading(text, confidence, tuple(Guess(other, 0.5) for other in others))


def line(content: str | Reading, left: int, top: int, *, region: int | None = None) -> LineReading:
    """A line of text 40 pixels high and 18 a letter wide."""
    read = content if isinstance(content, Reading) else reading(content)
    return LineReading(read, BBox(left, top, left + 18 * max(1, len(read.text)), top + 40), region=region)


def centred(text: str, top: int) -> LineReading:
    """A line in the middle of the page."""
    return line(text, (PAGE_WIDTH - 18 * len(text)) // 2, top)


def grid(rows: Sequence[Sequence[Content]], *, top: int = 400, widths: Sequence[int] = ()) -> GridReading:
    """A ruled table, one content a cell; its rows are equally high."""
    columns = len(rows[0])
    sizes = widths or (COLUMN_WIDTH,) * columns
    edges = [LEFT + sum(sizes[:column]) for column in range(columns + 1)]
    cells = []
    for row, contents in enumerate(rows):
        assert len(contents) == columns, contents
        for column, content in enumerate(contents):
            if content not in (FROM_LEFT, FROM_ABOVE):
                across = _run(contents[column + 1 :], FROM_LEFT)
                down = _run([below[column] for below in rows[row + 1 :]], FROM_ABOVE)
                box = BBox(
                    edges[column] + 2,
                    top + row * ROW_HEIGHT + 2,
                    edges[column + across] - 2,
                    top + (row + down) * ROW_HEIGHT - 2,
                )
                cells.append(_cell(content, row, column, (down, across), box))
    box = BBox(edges[0], top, edges[-1], top + len(rows) * ROW_HEIGHT)
    return GridReading(box, len(rows), columns, tuple(cells))


def page(
    *grids: GridReading, number: int = 1, lines: Sequence[LineReading] = (), height: int = PAGE_HEIGHT
) -> PageReading:
    """An upright page with these tables and lines."""
    return PageReading(
        number=number,
        source_page=number,
        width=PAGE_WIDTH,
        height=height,
        dpi=DPI,
        source_dpi=DPI,
        rotation=0,
        skew=0.0,
        to_source=(0.24, 0.0, 0.0, 0.0, 0.24, 0.0),
        text_layer="none",
        lines=tuple(lines),
        grids=grids,
        regions=(),
        codes=(),
        checkboxes=(),
    )


def _run(contents: Sequence[Content], sign: str) -> int:
    """One, and how many covered places follow."""
    return 1 + next((index for index, content in enumerate(contents) if content != sign), len(contents))


def _cell(content: Content, row: int, column: int, spans: tuple[int, int], box: BBox) -> CellReading:
    mark, bar, lines = MarkReading("none", 0.95), None, ()
    if isinstance(content, BarReading):
        bar = content
    elif isinstance(content, MarkReading):
        mark = content
    elif content in MARKS:
        mark = MarkReading(MARKS[content], 0.97)
    elif isinstance(content, Reading):
        lines = (line(content, box.left + 10, box.top + 8),)
    elif content:
        lines = tuple(
            line(text, box.left + 10, box.top + 8 + 20 * index) for index, text in enumerate(content.split("\n"))
        )
    return CellReading(row, column, *spans, box, lines, mark, bar)
