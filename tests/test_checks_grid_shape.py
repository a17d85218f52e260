"""A grid that is not the paper's is told, and one that is gives no finding."""

from dataclasses import replace

from tables import grid, page
from test_checks import findings

from laodoc import checks
from laodoc.document import BBox, Document, EngineInfo, Source
from laodoc.parsing.pages import build_page
from laodoc.parsing.tables import build_tables
from laodoc.recognition.reading import GridReading

HEADER = ["ลำดับ", "รายการ", "จำนวน"]
ROWS = [[str(number), f"งานที่{number}", str(10 * number)] for number in range(1, 7)]
SHAPE = {"two-in-one-cell", "tall-row", "cut-by-column", "lone-column"}


def _told(made: GridReading) -> list[tuple[str, int | None, int | None]]:
    read = page(made)
    document = Document(
        source=Source(name="made.pdf", sha256="", bytes=0, pages=1),
        engine=EngineInfo(name="made", version="", sha256=None),
        pages=(build_page(read),),
        letters=(),
        tables=build_tables([read]),
        records=(),
        routing=(),
        findings=(),
    )
    return [(f.rule, f.sequence, f.column) for f in checks.run(document) if f.rule in SHAPE]


def test_two_numbers_in_one_cell() -> None:
    """Two running numbers, or two counts, in a cell; a number with a gap at its comma is one."""
    found = findings(HEADER, [*ROWS[:4], ["5 6", "งาน", "50"], ["7", "งาน", "70 80"], ["8", "งาน", "1, 250"]])
    told = [(finding.column, finding.found) for finding in found if finding.rule == "two-in-one-cell"]
    assert told == [(0, None), (2, None)]


def test_a_tall_row_with_twice_the_lines() -> None:
    """Such a row may be two; one whose text alone is long, beside one number, is one."""
    tall = ["7\n8", "งานที่7\nงานที่8", "70\n80"]
    assert ("tall-row", None, 0) in _told(_tallest(grid([HEADER, *ROWS, tall])))
    assert "tall-row" not in [rule for rule, *_ in _told(_tallest(grid([HEADER, *ROWS, ["7", "งาน\nที่ยาว", "70"]])))]


def test_words_cut_by_a_column() -> None:
    """Text that runs up to a ruling and goes on right behind it, in row after row, has no ruling there."""
    made = grid([HEADER, *ROWS])
    cells = tuple(
        replace(cell, lines=tuple(replace(line, bbox=_over(cell.column, cell.bbox)) for line in cell.lines))
        for cell in made.cells
    )
    assert _told(replace(made, cells=cells)) == [("cut-by-column", None, 2)]


def test_a_sound_table_has_the_grid_of_the_paper() -> None:
    """No finding speaks of its grid."""
    assert _told(grid([HEADER, *ROWS])) == []


def _tallest(made: GridReading) -> GridReading:
    """The last row twice as high, its second lines in the lower half."""
    last = made.rows - 1
    cells = tuple(
        replace(
            cell,
            bbox=cell.bbox._replace(bottom=cell.bbox.bottom + 60),
            lines=tuple(
                replace(line, bbox=line.bbox._replace(top=line.bbox.top + 50 * n, bottom=line.bbox.bottom + 50 * n))
                for n, line in enumerate(cell.lines)
            ),
        )
        if cell.row == last
        else cell
        for cell in made.cells
    )
    return replace(made, cells=cells)


def _over(column: int, box: BBox) -> BBox:
    """A line in a cell; those of the second column end, and those of the third begin, right at the ruling."""
    left = box.left + (2 if column == 2 else 40)
    return BBox(left, box.top + 8, box.right - (2 if column == 1 else 60), box.top + 48)
