"""Makes readings of pages with tables by hand, as perfect or as bad as a test wants them."""

from collections.abc import Sequence

from laodoc.document import BBox, Row, Table
from laodoc.parsing.tables import build_tables
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
from laodoc.thai.digits import to_thai

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


STATISTICS = ["ลำดับ", "จังหวัด", "จำนวน อปท.\n(แห่ง)", "ส่งรายงานแล้ว\n(แห่ง)", "ยังไม่ส่งรายงาน\n(แห่ง)", "ร้อยละที่ส่งแล้ว"]
STATUS = ["ลำดับ", "อำเภอ", "อปท.", "ส่งรายงานแล้ว (แห่ง)", "ยังไม่ส่งรายงาน (แห่ง)"]
PROVINCES = ["กระบี่", "ตรัง", "พังงา", "ระนอง", "สตูล", "ยะลา"]


def statistics_rows(first: int = 1, count: int = 6) -> list[list[str]]:
    """Rows of a statistics table in which everything adds up."""
    rows = []
    for number in range(first, first + count):
        done, pending = 3 * number % 7, 40 + number % 5
        percent = f"{100 * done / (done + pending):.2f}"
        figures = [to_thai(str(done + pending)), to_thai(str(done)), to_thai(str(pending)), to_thai(percent)]
        rows.append([to_thai(str(number)), PROVINCES[number % 6], *figures])
    return rows


def status_rows(first: int = 1, count: int = 6, district: str = "ลานสัก") -> list[list[str]]:
    """Rows of a status table, done and pending by turns."""
    return [
        [to_thai(str(n)), district, f"อบต.บ้านที่{n}", "✓" if n % 2 else "", "" if n % 2 else "×"]
        for n in range(first, first + count)
    ]


def only(*grids: GridReading) -> Table:
    """The one table of a page with these grids."""
    (table,) = build_tables([page(*grids)])
    return table


def types(table: Table) -> list[tuple[str, str | None]]:
    """Role and meaning of every column."""
    return [(column.role, column.meaning) for column in table.columns]


def kinds(table: Table) -> list[str]:
    """The kinds of the rows below the header."""
    return [row.kind for row in table.rows if row.kind != "header"]


def values(row: Row) -> list[object]:
    """The values of the row's cells."""
    return [cell.value for cell in row.cells]


STATISTICS_TYPES = [
    ("sequence", None),
    ("province", None),
    ("count", "total"),
    ("count", "done"),
    ("count", "pending"),
    ("percent", "done"),
]
STATUS_TYPES = [
    ("sequence", None),
    ("district", None),
    ("organisation", None),
    ("mark", "done"),
    ("mark", "pending"),
]
