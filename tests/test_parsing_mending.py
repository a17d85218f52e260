"""Grids that are not the paper's, mended by what is printed in them, and others that stay as they are."""

from dataclasses import replace

from tables import grid, page

from laodoc.parsing.grids import rows_of, text_of
from laodoc.parsing.mending import findings_of, mended
from laodoc.parsing.tables import build_tables
from laodoc.recognition.reading import GridReading, LineReading

VOTES = ["หมายเลข", "ชื่อตัว - ชื่อสกุล", "พรรค", "ได้คะแนน"]
ROWS = [
    ["๑", "นายสมเดช ใจซื่อ", "ก้าวเดิน", "๑๒ (สิบสอง)"],
    ["๒", "นางสาวมะลิ งามตา", "ไม้งาม", "๒๗ (ยี่สิบเจ็ด)"],
    ["๓", "นายปรีดา ยืนยง", "น้ำใส", "๖ (หก)"],
]
FUSED = ["๔\n๕", "นายก้อน ดินดี\nนายเมฆ ฟ้าใส", "ดินดี\nฟ้าใส", "๘ (แปด)\n๑๐ (สิบ)"]


def _texts(one: GridReading) -> list[list[str]]:
    return [[text_of(cell) for cell in row] for row in rows_of(one)]


def _rules(one: GridReading) -> tuple[GridReading, list[tuple[str, bool]]]:
    (done,), mends = mended([page(one)])
    found = findings_of(mends, build_tables([done]))
    return done.grids[0], [(finding.rule, finding.repaired) for finding in found if finding.table]


def test_two_rows_in_one_are_parted() -> None:
    """Two numbers, names, parties and votes in one grid row are two rows, with their own values, and a finding."""
    better, rules = _rules(grid([VOTES, *ROWS, FUSED]))
    assert _texts(better)[4:] == [
        ["๔", "นายก้อน ดินดี", "ดินดี", "๘ (แปด)"],
        ["๕", "นายเมฆ ฟ้าใส", "ฟ้าใส", "๑๐ (สิบ)"],
    ]
    assert rules == [("two-in-one-cell", True)]
    (table,) = build_tables([page(better)])
    assert [row.cells[3].value for row in table.rows[1:]] == [12, 27, 6, 8, 10]


def test_a_header_is_parted_from_the_row_below_it() -> None:
    """Words above, and a number, a name and votes below: the ruling under the header was lost."""
    header = [f"{name}\n{said}" for name, said in zip(VOTES, ROWS[0], strict=True)]
    better, rules = _rules(grid([header, *ROWS[1:], ["๔", "นายก้อน ดินดี", "ดินดี", "๘ (แปด)"]]))
    assert _texts(better)[:2] == [VOTES, ROWS[0]]
    assert rules == [("two-in-one-cell", True)]


def test_rows_of_one_number_stay() -> None:
    """A long name, a long number in words, a wrapped text and a stroke read as a figure part nothing."""
    long = ["๔", "ว่าที่ร้อยตรีหญิงกุหลาบ\nแดงสดใสนัก", "ดินดี", "๑๒๑ (หนึ่งร้อย\nยี่สิบเอ็ด)"]
    stroke = ["๕\n2", "นางสาวกุหลาบ\nแดงสดใสนัก", "ฟ้าใส", "๙ (เก้า)"]
    better, rules = _rules(grid([VOTES, *ROWS, long, stroke]))
    assert better.rows == 6
    assert rules == []


def test_a_ruling_seen_in_half_of_the_columns_is_drawn_through() -> None:
    """Numbers and names merged over two rows that the other columns have apart."""
    halved = [["๔\n๕", "นายก้อน ดินดี\nนายเมฆ ฟ้าใส", "ดินดี", "๘ (แปด)"], ["^", "^", "ฟ้าใส", "๑๐ (สิบ)"]]
    made = grid([VOTES, *ROWS, *halved])
    apart = {0: 10, 1: 70}
    cells = tuple(
        replace(cell, lines=tuple(_at(line, cell.bbox.top + apart[n]) for n, line in enumerate(cell.lines)))
        if cell.row_span == 2
        else cell
        for cell in made.cells
    )
    better, rules = _rules(replace(made, cells=cells))
    assert _texts(better)[4:] == [
        ["๔", "นายก้อน ดินดี", "ดินดี", "๘ (แปด)"],
        ["๕", "นายเมฆ ฟ้าใส", "ฟ้าใส", "๑๐ (สิบ)"],
    ]
    assert rules == [("two-in-one-cell", True)]


def test_columns_of_a_frame_that_touches_the_table_are_none() -> None:
    """A box with the form's number above the header makes no columns, and is no header."""
    wide = [[a, b, c, d, "<"] for a, b, c, d in (VOTES, *ROWS, ["๔", "นายก้อน ดินดี", "ดินดี", "๘ (แปด)"])]
    better, rules = _rules(grid([["-๒-", "<", "<", "<", "ผ.ถ. ๕/๖"], *wide]))
    assert better.columns == 4
    assert rules == [("lone-column", True)]
    (table,) = build_tables([page(better)])
    assert [column.role for column in table.columns] == ["number", "name", "party", "count"]


def test_the_halves_of_a_folded_row_are_joined() -> None:
    """A fold through its last columns leaves a strip too low for letters: number, name and votes are one row."""
    folded = [["๔", "นายก้อน ดินดี", "", ""], ["^", "^", "ดินดี", "๘ (แปด)"]]
    made = grid([VOTES, *ROWS, *folded])
    low = made.cells[-1].bbox.top - 40
    cells = tuple(
        replace(cell, bbox=cell.bbox._replace(**{"bottom" if cell.row == 4 else "top": low}))
        if cell.row >= 4 and cell.row_span == 1
        else cell
        for cell in made.cells
    )
    better, rules = _rules(replace(made, cells=cells))
    assert _texts(better)[4:] == [["๔", "นายก้อน ดินดี", "ดินดี", "๘ (แปด)"]]
    assert rules == [("split-row", True)]


def test_rows_of_two_lines_each_stay() -> None:
    """A name over two rows as high as any other has two rows of votes."""
    two = [["๔", "นายก้อน ดินดี", "ดินดี", "๘ (แปด)"], ["^", "^", "ฟ้าใส", ""]]
    assert _rules(grid([VOTES, *ROWS, *two]))[1] == []


def test_a_form_keeps_its_columns() -> None:
    """Where every row has edges of its own, none is alone."""
    rows = [["ชื่อ", "<", "<", "อายุ"], ["ที่อยู่", "<", "โทร", "<"], ["เลขที่", "หมู่", "<", "ตำบล"], ["อำเภอ", "<", "<", "<"]]
    assert mended([page(grid([*rows, ["ก", "ข", "ค", "ง"]]))])[1] == ()


def _at(line: LineReading, top: int) -> LineReading:
    box = line.bbox
    return replace(line, bbox=box._replace(top=top, bottom=top + box.bottom - box.top))
