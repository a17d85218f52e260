"""Tables without rules: found by their white columns, and letters are not taken for them."""

import pytest
from layout_drawing import BODY, Sheet

from laodoc.layout.analysis import find_layout
from laodoc.layout.page import Grid, PageLayout

COLUMNS = (150, 400, 900, 1200)
ROWS = [
    ("๑", "บ้านไร่", "๑๒", "๓.๕๐"),
    ("๒", "ลานสัก", "-", "๐.๐๐"),
    ("๓", "ทัพทัน", "๑,๒๐๕", "๑๑.๒๕"),
    ("๔", "สว่างอารมณ์", "๗", "๕๐.๐๐"),
]
HEADER = ("ลำดับ", "อำเภอ", "จำนวน", "ร้อยละ")


def layout_of(sheet: Sheet) -> PageLayout:
    return find_layout(sheet.page())


def table(rows: list[tuple[str, ...]], top: int = 200, pitch: int = 90) -> Sheet:
    """A page with these rows, each text at the left of its column."""
    sheet = Sheet.blank()
    for number, row in enumerate(rows):
        for x, text in zip(COLUMNS, row, strict=False):
            if text:
                sheet.write(x, top + pitch * number, text)
    return sheet


def grid_of(sheet: Sheet) -> Grid:
    (grid,) = layout_of(sheet).grids
    return grid


def test_rows_and_columns() -> None:
    """Heading and rows have a cell for every column, with its line in it, and no line stays outside."""
    layout = layout_of(table([HEADER, *ROWS, *ROWS]))
    (grid,) = layout.grids
    assert (grid.rows, grid.columns, grid.edges) == (9, 4, ())
    assert [len(lines) for lines in layout.cell_lines[0]] == [1] * 36
    assert layout.lines == ()


def test_blanks_and_sums() -> None:
    """Empty cells are cells; a heading of a group that runs over columns is one cell of several."""
    group = ("", "", "", "")
    rows = [HEADER, *ROWS, group, *ROWS, ("", "รวม", "๑,๒๒๔", "")]
    sheet = table(rows)
    sheet.write(150, 200 + 90 * 5, "หน่วยงานในสังกัดกระทรวงทั้งหมดตามบัญชี")
    grid = grid_of(sheet)
    assert (grid.rows, grid.columns) == (11, 4)
    wide = [cell for cell in grid.cells if cell.column_span > 1]
    assert [(cell.row, cell.column) for cell in wide] == [(5, 0)]
    assert sum(cell.row == 10 for cell in grid.cells) == 4


def test_heading_of_two_lines_is_one_row() -> None:
    """Its second line belongs to the cell of the first."""
    sheet = table([HEADER, *ROWS, *ROWS], top=300, pitch=120)
    sheet.write(900, 240, "แห่งที่")
    sheet.write(1200, 240, "ที่ส่งแล้ว")
    assert grid_of(sheet).rows == 9


@pytest.mark.parametrize("rows", [3, 20])
def test_letters_have_no_tables(rows: int) -> None:
    """Paragraphs, and a few lines of three words, are none."""
    sheet = table(ROWS[:3]) if rows == 3 else Sheet.blank()
    for number in range(rows):
        words = f"{BODY[number % 3]}  {number}  {BODY[(number + 1) % 3]}"[number % 7 :]
        sheet.write(150, 560 + 40 * number, words, points=9)
    assert layout_of(sheet).grids == ()
