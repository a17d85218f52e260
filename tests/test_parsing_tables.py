"""Tables from readings made by hand: headers, roles, rows, stitching, cells, and what stands around them."""

import pytest
from tables import centred, grid, line, page, reading

from laodoc.document import BBox, Region, Row, Table
from laodoc.parsing.mark_pairs import lean
from laodoc.parsing.pages import build_page
from laodoc.parsing.tables import build_tables
from laodoc.parsing.vocabulary import best_fit, parse_vocabulary, vocabulary
from laodoc.recognition.reading import BarReading, GridReading, MarkReading, Reading
from laodoc.thai.digits import to_thai

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
    return [(column.role, column.meaning) for column in table.columns]


def kinds(table: Table) -> list[str]:
    return [row.kind for row in table.rows if row.kind != "header"]


def values(row: Row) -> list[object]:
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


def test_statistics_table() -> None:
    """A statistics table has its columns typed, its header told from its rows, and numbers as values."""
    table = only(grid([STATISTICS, *statistics_rows()]))
    assert (table.kind, table.unit, types(table)) == ("statistics", "แห่ง", STATISTICS_TYPES)
    assert table.columns[2].header == "จำนวน อปท. (แห่ง)"
    assert [row.kind for row in table.rows] == ["header", *["row"] * 6]
    assert values(table.rows[1]) == [1, "ตรัง", 44, 3, 41, 6.82]


def test_status_table() -> None:
    """A status table has marks in the mark columns of body rows, with no text of their own."""
    table = only(grid([STATUS, *status_rows()]))
    assert (table.kind, types(table)) == ("status", STATUS_TYPES)
    assert [[cell.mark for cell in row.cells[3:]] for row in table.rows[1:3]] == [["check", "none"], ["none", "cross"]]
    assert "mark" not in table.rows[1].cells[2].model_fields_set


def test_thai_words_run_on_over_lines() -> None:
    """A header word broken over two lines is one word again, and other parts are joined by a space."""
    header = [*STATUS[:3], "ส่งรายงาน\nเรียบร้อยแล้ว\n(แห่ง)", STATUS[4]]
    assert only(grid([header, *status_rows()])).columns[3].header == "ส่งรายงานเรียบร้อยแล้ว (แห่ง)"


def test_two_level_header() -> None:
    """Leaf columns under a merged name carry both names, and the roles come from both."""
    upper = ["ลำดับ", "จังหวัด", "จำนวน (แห่ง)", "<", "<", "ร้อยละ"]
    lower = ["^", "^", "ทั้งหมด", "ส่งแล้ว", "ยังไม่ส่ง", "^"]
    table = only(grid([upper, lower, *statistics_rows()]))
    assert [column.header for column in table.columns[2:4]] == ["จำนวน (แห่ง) / ทั้งหมด", "จำนวน (แห่ง) / ส่งแล้ว"]
    assert types(table) == [*STATISTICS_TYPES[:5], ("percent", None)]
    assert kinds(table) == ["row"] * 6


def test_two_level_header_without_merged_rows() -> None:
    """A second header row is found by its words where no cell is merged downward."""
    upper = ["ลำดับ", "อำเภอ", "อปท.", "ผลการส่งรายงาน", "<"]
    lower = ["", "", "", "เรียบร้อยแล้ว", "ยังไม่ส่ง"]
    table = only(grid([upper, lower, *status_rows()]))
    assert types(table) == STATUS_TYPES
    assert kinds(table) == ["row"] * 6


def test_title_and_column_numbers_inside_the_frame() -> None:
    """A title in a row of its own and a row of column numbers belong to the header."""
    title = ["บัญชีสรุปผลการส่งรายงาน", "<", "<", "<", "<"]
    numbers = ["(๑)", "(๒)", "(๓)", "(๔)", "(๕)"]
    table = only(grid([title, STATUS, numbers, *status_rows()]))
    assert table.title == "บัญชีสรุปผลการส่งรายงาน"
    assert [row.kind for row in table.rows][:4] == ["header", "header", "header", "row"]
    assert table.columns[1].header == "อำเภอ"


@pytest.mark.parametrize("order", [(2, 1, 4, 3, 0), (3, 4, 0, 2, 1), (1, 2, 3, 4), (4, 0, 3, 2)])
def test_columns_in_any_order(order: tuple[int, ...]) -> None:
    """Columns are known by words and contents wherever they stand, with or without a sequence column."""
    rows = [STATUS, *status_rows()]
    table = only(grid([[row[index] for index in order] for row in rows]))
    assert types(table) == [STATUS_TYPES[index] for index in order]


def test_header_with_misread_letters() -> None:
    """A letter in seven misread and lost tone marks do not hide what a column is."""
    noisy = ["สำดับ", "อำเกอ", "อปท", "สงรายงานเเลัว (แหง)", "ยังใม่สงรายงาน แห่ง)"]
    assert types(only(grid([noisy, *status_rows()]))) == STATUS_TYPES


def test_header_that_cannot_be_read() -> None:
    """Marks, running numbers and organisations tell their columns where the header cannot be read at all."""
    lost = ["กกกกกก", "", Reading("", 0.0), "ขขขขขขขขข", "คคคคคคคคคค"]
    table = only(grid([lost, *status_rows()]))
    assert [role for role, _ in types(table)] == ["sequence", "district", "organisation", "mark", "mark"]
    assert [row.kind for row in table.rows][:2] == ["header", "row"]
    assert [meaning for _, meaning in types(table)[3:]] == ["done", "pending"]


def test_nothing_can_be_read() -> None:
    """Header, rows and marks are found where not a letter was read; what the columns mean comes from the signs."""
    unread = Reading("", 0.0)
    rows = [[unread, unread, unread, *row[3:]] for row in status_rows()]
    table = only(grid([[unread] * 5, *rows]))
    assert [row.kind for row in table.rows] == ["header", *["row"] * 6]
    assert types(table)[3:] == STATUS_TYPES[3:]


def test_marks_alike_under_unread_headers_mean_nothing() -> None:
    """Two mark columns with the same sign and no readable name stay without a meaning, and so does the status."""
    rows = [["กขคงกขคงกข", "ฆฆฆฆฆฆฆฆ", "อปท."], *[["✓", "", "ทต.ก"], ["", "✓", "ทต.ข"]] * 3]
    assert types(only(grid(rows)))[:2] == [("mark", None), ("mark", None)]


def test_clear_header_outweighs_crosses() -> None:
    """A form that is crossed everywhere is understood by its header."""
    rows = [[*row[:3], "×" if row[3] else "", "×" if row[4] else ""] for row in status_rows()]
    assert types(only(grid([STATUS, *rows]))) == STATUS_TYPES


def test_empty_mark_column() -> None:
    """Where nobody has done it yet, the empty column for done is still a mark column."""
    rows = [[*row[:3], "", "×"] for row in status_rows()]
    assert types(only(grid([STATUS, *rows]))) == STATUS_TYPES


def test_single_mark_and_its_total() -> None:
    """A column with one mark and a total below it is a mark column, and the total has a value, not a mark."""
    rows = [[*row[:3], "", "×"] for row in status_rows()]
    rows[2][3:] = ["✓", ""]
    table = only(grid([STATUS, *rows, ["รวมทั้งสิ้น", "<", "<", "๑", "๕"]]))
    assert types(table) == STATUS_TYPES
    total = table.rows[-1]
    assert (total.kind, [cell.value for cell in total.cells[1:]]) == ("total", [1, 5])
    assert all("mark" not in cell.model_fields_set for cell in total.cells)


def test_doubtful_mark_keeps_its_ink() -> None:
    """A mark in doubt is null with its confidence, and the text read there is kept."""
    rows: list[list[object]] = [list(row) for row in status_rows()]
    rows[0][3] = MarkReading(None, 0.3)
    cell = only(grid([STATUS, *rows])).rows[1].cells[3]  # type: ignore[arg-type]
    assert (cell.mark, cell.confidence, "mark" in cell.model_fields_set) == (None, 0.3, True)


def test_bars() -> None:
    """A column of bars has their shares, null where the scan has no colour."""
    bars = [BarReading(0.25, 0.75), BarReading(None, None), BarReading(1.0, 0.0)]
    rows = [[*row[:2], bar] for row, bar in zip(statistics_rows(count=3), bars, strict=True)]
    table = only(grid([["ลำดับ", "จังหวัด", "กกกกก"], *rows]))
    assert table.columns[2].role == "bar"
    shares = [row.cells[2].bar for row in table.rows[1:]]
    assert [(bar.green, bar.red) if bar else None for bar in shares] == [(0.25, 0.75), None, (1.0, 0.0)]


def test_bar_columns_of_sums_have_no_bar() -> None:
    """The empty bar cell of a total row says nothing about a bar."""
    rows = [[*row[:2], BarReading(0.5, 0.5)] for row in statistics_rows()]
    table = only(grid([["ลำดับ", "จังหวัด", "แถบสี"], *rows, ["รวม", "<", ""]]))
    assert "bar" not in table.rows[-1].cells[-1].model_fields_set


@pytest.mark.parametrize("label", ["รวม", "รวมทั้งสิ้น", "soนnv", ""])
def test_merged_total_row(label: str) -> None:
    """A last row with merged names is the total, whatever its label was read as."""
    total: list[object] = [label or Reading("", 0.0), "<", "๒๖๑", "๒๑", "๒๔๐", "๘.๐๕"]
    table = only(grid([STATISTICS, *statistics_rows(), total]))  # type: ignore[list-item]
    assert kinds(table)[-2:] == ["row", "total"]
    assert values(table.rows[-1])[1:] == [261, 21, 240, 8.05]


def test_total_row_without_merged_cells() -> None:
    """A last row with figures but no name is the total even if its label is junk."""
    table = only(grid([STATISTICS, *statistics_rows(), ["sอม", "", "๒๖๑", "๒๑", "๒๔๐", "๘.๐๕"]]))
    assert kinds(table)[-1] == "total"


def test_percentages_below_the_total_are_a_note() -> None:
    """A row that gives the shares of the total is no total itself."""
    rows = [*status_rows(), ["รวม", "<", "<", "๓", "๓"], ["คิดเป็นร้อยละ", "<", "<", "๕๐.๐๐", "๕๐.๐๐"]]
    assert kinds(only(grid([STATUS, *rows])))[-2:] == ["total", "note"]


def test_only_a_header() -> None:
    """A table of which a page holds nothing but the header has no rows."""
    assert kinds(only(grid([STATUS]))) == []


def test_row_without_name_but_with_number_is_a_row() -> None:
    """A body row whose name is missing keeps its kind: its running number tells."""
    rows = statistics_rows()
    rows[-1][1] = ""
    assert kinds(only(grid([STATISTICS, *rows]))) == ["row"] * 6


def test_groups_and_subtotals() -> None:
    """Headings over groups, sums within the table and the last sum are told apart."""
    rows = [
        ["อำเภอลานสัก", "<", "<", "<", "<"],
        *status_rows(1, 3),
        ["รวม", "<", "<", "๒", "๑"],
        ["อำเภอทัพทัน", "<", "<", "<", "<"],
        *status_rows(4, 2),
        ["รวม", "<", "<", "๑", "๑"],
        ["รวมทั้งสิ้น", "<", "<", "๓", "๒"],
        ["หมายเหตุ ข้อมูลจากระบบ", "<", "<", "<", "<"],
    ]
    expected = ["group", *["row"] * 3, "subtotal", "group", *["row"] * 2, "subtotal", "total", "note"]
    assert kinds(only(grid([STATUS, *rows]))) == expected


def test_group_in_the_first_cell_and_labelled_subtotal() -> None:
    """A heading alone in the first cell is a group, and รวมอำเภอ… a subtotal also at the end."""
    rows = [["อำเภอลานสัก", "", "", "", ""], *status_rows(1, 3), ["รวมอำเภอลานสัก", "", "", "๒", "๑"]]
    assert kinds(only(grid([STATUS, *rows]))) == ["group", "row", "row", "row", "subtotal"]


def test_empty_rows_are_left_out() -> None:
    """A ruled row in which nothing is printed is no row of the record."""
    assert kinds(only(grid([STATUS, *status_rows(), [""] * 5]))) == ["row"] * 6


def test_cells_merged_downward_stand_once() -> None:
    """A district merged over its rows stands in the first of them with its span."""
    rows = [["ลานสัก", "๑", "อบต.ก", "✓", ""], ["^", "๒", "อบต.ข", "", "×"], ["^", "๓", "อบต.ค", "✓", ""]]
    table = only(grid([["อำเภอ", "ลำดับ", *STATUS[2:]], *rows]))
    assert kinds(table) == ["row"] * 3
    assert table.rows[1].cells[0].row_span == 3
    assert [cell.column for cell in table.rows[2].cells] == [1, 2, 3, 4]


def test_repeated_header_is_stitched() -> None:
    """Pages with the same columns and a misread repeat of the header are one table with the header on each page."""
    noisy = ["ลำคับ", "อำเภอ", "อบท.", "สงรายงานแล้ว (แห่ง", "ยังไม่ส่งรายงาบ (แห่ง)"]
    first, second = grid([STATUS, *status_rows(1, 6)]), grid([noisy, *status_rows(7, 3)])
    (table,) = build_tables([page(first), page(second, number=2)])
    assert (table.pages, kinds(table)) == ((1, 2), ["row"] * 9)
    assert [row.page for row in table.rows if row.kind == "header"] == [1, 2]
    assert table.columns[2].header == "อปท."


def test_pages_without_repeated_header_are_stitched() -> None:
    """A page that goes on without a header belongs to the table, also where its numbers cannot be read."""
    rows = [["?", *row[1:]] for row in status_rows(7, 3)]
    (table,) = build_tables([page(grid([STATUS, *status_rows()])), page(grid(rows), number=2)])
    assert kinds(table) == ["row"] * 9


def test_lost_rows_at_a_page_turn_do_not_part_a_table() -> None:
    """A gap in the running numbers over a page turn leaves the table whole."""
    pages = [page(grid([STATUS, *status_rows(1, 6)])), page(grid([STATUS, *status_rows(9, 3)]), number=2)]
    assert len(build_tables(pages)) == 1


def test_numbers_that_start_again_begin_a_table() -> None:
    """The same columns with running numbers from one are a new table."""
    pages = [page(grid([STATUS, *status_rows()])), page(grid([STATUS, *status_rows()]), number=2)]
    assert [table.id for table in build_tables(pages)] == ["table-1", "table-2"]


def test_running_numbers_outweigh_a_repeated_title() -> None:
    """A title repeated on each page does not part a table whose numbers go on."""
    titles = [centred("บัญชีรายชื่อหน่วยงานที่ส่งรายงาน", 330)]
    pages = [
        page(grid([STATUS, *status_rows(1, 6)]), lines=titles),
        page(grid([STATUS, *status_rows(7, 3)]), number=2, lines=titles),
    ]
    assert len(build_tables(pages)) == 1


UNNUMBERED = [row[1:] for row in [STATUS, *status_rows()]]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("บัญชีรายชื่อ จังหวัดตรัง",), ("บัญชีรายชื่อ จังหวัดตราด",)),
        (("รายชื่อหน่วยงานที่รายงานแล้ว",), ("แบบสำรวจลานกีฬาของตำบล",)),
    ],
)
def test_another_title_begins_a_table(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    """Without numbers, a different title, or the same of another province, begins a new table."""
    pages = [
        page(grid(UNNUMBERED), lines=[centred(title, 330) for title in before]),
        page(grid(UNNUMBERED), number=2, lines=[centred(title, 330) for title in after]),
    ]
    assert len(build_tables(pages)) == 2


def test_same_title_after_a_total_begins_a_table() -> None:
    """Without numbers, a table that has its total is over when the title stands there again."""
    title = [centred("บัญชีรายชื่อหน่วยงานที่ส่งรายงาน", 330)]
    ended = grid([*UNNUMBERED, ["รวม", "<", "๓", "๓"]])
    pages = [page(ended, lines=title), page(grid(UNNUMBERED), number=2, lines=title)]
    assert len(build_tables(pages)) == 2


def test_text_below_ends_a_table() -> None:
    """Without numbers, a note below the table ends it, but a footer of the page does not."""
    first = grid(UNNUMBERED)
    for top, tables in ((first.bbox.bottom + 40, 2), (3400, 1)):
        pages = [
            page(first, lines=[line("ข้อมูล ณ วันที่ ๘ พฤษภาคม ๒๕๖๗", 200, top)]),
            page(grid(UNNUMBERED), number=2),
        ]
        assert len(build_tables(pages)) == tables


def test_other_columns_begin_a_table() -> None:
    """Grids with other columns, other headers, or a page between them are tables of their own."""
    first = page(grid(UNNUMBERED))
    wider = page(grid(UNNUMBERED, widths=[500, 240, 240, 240]), number=2)
    others = [["โรงเรียน", "ชื่อ-สกุล", "งบประมาณ (บาท)", "หมายเหตุ"], *[["บ้านสวน", "นายก ข", "-", "ปีก่อน"]] * 4]
    assert len(build_tables([first, wider])) == 2
    assert len(build_tables([first, page(grid(others), number=2)])) == 2
    assert len(build_tables([first, page(number=2), page(grid(UNNUMBERED), number=3)])) == 2
    assert len(build_tables([page(grid(UNNUMBERED), grid(UNNUMBERED, top=1600))])) == 2


def test_numbers_by_alternatives() -> None:
    """A number that is only the next best reading becomes the value with its own confidence; the text stays as read."""
    rows: list[list[object]] = [list(row) for row in statistics_rows()]
    rows[0][2] = reading("๔m", "๔๒")
    cell = only(grid([STATISTICS, *rows])).rows[1].cells[2]  # type: ignore[list-item]
    assert (cell.text, cell.value, cell.confidence) == ("๔m", 42, 0.5)
    assert [other.text for other in cell.alternatives] == ["๔๒"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("๗,๘๕๐", 7850),
        ("๗, ๘๕๐", 7850),
        ("๒๖3", 263),
        ("๑.", 1),
        ("-", 0),
        ("ddv", None),
        ("๑,๒๓", None),
        ("๑๒ (สิบสอง)", 12),
    ],
)
def test_numbers_in_count_columns(text: str, value: int | None) -> None:
    """Thai, Arabic and mixed numbers are values, a dash is nil, anything else is null."""
    rows = statistics_rows()
    rows[0][2] = text
    cell = only(grid([STATISTICS, *rows])).rows[1].cells[2]
    assert (cell.text, cell.value, cell.nil) == (text, value, text == "-")
    assert "value" in cell.model_fields_set


def test_number_on_two_lines_is_not_guessed() -> None:
    """Two lines in a numeric cell are no number."""
    rows = statistics_rows()
    rows[0][2] = "๔๒\n๑๗"
    assert only(grid([STATISTICS, *rows])).rows[1].cells[2].value is None


def test_blank_counts() -> None:
    """A blank is nil where the other part makes the total; otherwise, and where ink is unread, it stays null."""
    rows: list[list[object]] = [list(row) for row in statistics_rows()]
    rows[0][2:5] = ["๔๑", "", "๔๑"]
    rows[1][2:5] = ["๔๔", "", "๔๒"]
    rows[2][2:5] = ["๔๓", Reading("", 0.0), "๔๓"]
    rows[3][2:5] = ["๔", "๔", ""]
    cells = [row.cells for row in only(grid([STATISTICS, *rows])).rows[1:5]]  # type: ignore[list-item]
    assert [(cell[3].value, cell[3].nil) for cell in cells[:3]] == [(0, True), (None, False), (None, False)]
    assert (cells[3][4].value, cells[3][4].nil) == (0, True)


def test_meanings_from_sums() -> None:
    """Unreadable count headers get their meaning where the sums and a percentage leave one way only."""
    lost = ["ลำดับ", "จังหวัด", "กกกกกกกก", "ขขขขขขขข", "คคคคคคคค", "ร้อยละ"]
    table = only(grid([lost, *statistics_rows()]))
    assert types(table)[2:5] == STATISTICS_TYPES[2:5]


def test_no_meanings_from_sums_without_a_hint_for_done() -> None:
    """Without a percentage or a header nothing says which part is done, so none is named."""
    lost = ["ลำดับ", "จังหวัด", "กกกกกกกก", "ขขขขขขขข", "คคคคคคคค"]
    assert types(only(grid([lost, *(row[:5] for row in statistics_rows())])))[2:] == [("count", None)] * 3
    known = [*lost[:4], "ยังไม่ส่ง"]
    table = only(grid([known, *(row[:5] for row in statistics_rows())]))
    assert types(table)[2:] == STATISTICS_TYPES[2:5]


def test_no_meanings_from_sums_that_do_not_hold() -> None:
    """Columns that do not add up get no meaning from sums."""
    lost = ["ลำดับ", "จังหวัด", "กกกกกกกก", "ขขขขขขขข", "คคคคคคคค", "ร้อยละ"]
    rows = [[*row[:2], to_thai(str(90 + n)), *row[3:]] for n, row in enumerate(statistics_rows())]
    assert types(only(grid([lost, *rows])))[2:5] == [("count", None)] * 3


def test_narrow_first_column_is_the_sequence() -> None:
    """Running numbers that cannot be read are known by the narrow column that they stand in."""
    rows = [["๑o", *row[1:]] for row in status_rows()]
    table = only(grid([["กกกก", *STATUS[1:]], *rows], widths=[100, 300, 400, 300, 300]))
    assert table.columns[0].role == "sequence"
    assert table.rows[1].cells[0].value is None


def test_percentages_by_shape() -> None:
    """A column under an unreadable header is a percentage by two decimals, its digits read or not."""
    rows = [[*row[:5], f"d.{row[5][-2:]}"] for row in statistics_rows()]
    assert types(only(grid([[*STATISTICS[:5], "กกกกกกกกก"], *rows])))[5] == ("percent", None)


def test_provinces_and_districts_by_the_official_list() -> None:
    """Names of provinces and districts tell their columns under an unreadable header."""
    districts = ["ลานสัก", "ทัพทัน", "หนองฉาง", "บ้านไร่"]
    rows = [[*pair, "ข้อความยาวพอสมควร"] for pair in zip(PROVINCES, districts, strict=False)]
    table = only(grid([["กกกกกก", "ขขขขขข", "คคคคคค"], *rows]))
    assert [column.role for column in table.columns] == ["province", "district", "text"]


def test_numbers_that_name_are_text() -> None:
    """A column of identifiers is text, whatever its cells look like, and the votes beside it are counts."""
    rows = [["๗", "นายก ข", "๗,๑๙๘ (เจ็ดพันหนึ่งร้อยเก้าสิบแปด)"], ["๑", "นางค ง", "๙๘๑ (เก้าร้อยแปดสิบเอ็ด)"]]
    table = only(grid([["หมายเลขประจำตัว", "ชื่อตัว - ชื่อสกุล", "ได้คะแนน"], *rows, ["รวมคะแนนทั้งสิ้น", "<", "๘,๑๗๙"]]))
    assert [column.role for column in table.columns] == ["text", "name", "count"]
    assert [row.cells[-1].value for row in table.rows[1:]] == [7198, 981, 8179]
    assert kinds(table) == ["row", "row", "total"]


def test_table_of_words_is_other() -> None:
    """A table without counts and marks is of another kind."""
    table = only(grid([["ชื่อ", "หมายเหตุ"], ["นายก ข", "มา"], ["นางค ง", "ไม่มา"]]))
    assert (table.kind, [column.role for column in table.columns]) == ("other", ["name", "remark"])


def test_second_sequence_is_text() -> None:
    """A table has one sequence column: the one whose numbers rise."""
    rows = [["๗", *row] for row in status_rows()]
    assert [role for role, _ in types(only(grid([["ที่", *STATUS], *rows])))][:2] == ["text", "sequence"]


def test_surroundings() -> None:
    """Title, province, day of the data, legend and notes come from the lines around the table."""
    reading_of = grid([STATUS, *status_rows()])
    bottom = reading_of.bbox.bottom
    lines = [
        line("ที่ นน ๐๐๒๓.๓/ว ๑๒", 200, 60),
        centred("ผลการส่งรายงานลานกีฬาชุมชน", 280),
        centred("จังหวัดอุทัยธานี", 335),
        line("ข้อมูล ณ วันที่ ๘ พฤษภาคม ๒๕๖๗", 200, bottom + 30),
        line("สีเขียว หมายถึง ส่งรายงานแล้ว สีแดง หมายถึง ยังไม่ส่งรายงาน", 200, bottom + 90),
        line("- ๒ -", 1200, bottom + 150),
        line("ลงชื่อผู้รายงาน", 1200, bottom + 700),
    ]
    (table,) = build_tables([page(reading_of, lines=lines)])
    assert (table.title, table.province) == ("ผลการส่งรายงานลานกีฬาชุมชน จังหวัดอุทัยธานี", "อุทัยธานี")
    assert table.as_of is not None and table.as_of.value == "2024-05-08"
    assert [(entry.colour, entry.meaning) for entry in table.legend] == [("green", "done"), ("red", "pending")]
    assert len(table.notes) == 2


def test_unread_day_of_data_stays_text() -> None:
    """A day of the data that cannot be read is text without a value; a misread province is found or left out."""
    reading_of = grid([STATUS, *status_rows()])
    lines = [centred("จังหวัดอุทัยธาบี", 335), line("ข้อมูล ณ วันที่ d wqvn a๕", 200, reading_of.bbox.bottom + 30)]
    (table,) = build_tables([page(reading_of, lines=lines)])
    assert table.as_of is not None
    assert (table.as_of.text, table.as_of.value, table.province) == ("d wqvn a๕", None, "อุทัยธานี")
    (table,) = build_tables([page(reading_of, lines=[centred("สรุปผลรายจังหวัด", 335), centred("จังหวัดกกกก", 290)])])
    assert (table.province, table.as_of) == (None, None)


def test_prose_above_is_no_title() -> None:
    """A letter's text right above a table is not its title."""
    lines = [centred("ข้อความของหนังสือที่ยาวต่อเนื่องกันหลายบรรทัด", top) for top in range(60, 391, 55)]
    (table,) = build_tables([page(grid([STATUS, *status_rows()]), lines=lines)])
    assert table.title == ""


def test_two_tables_on_a_page_share_no_lines() -> None:
    """The title of the second table on a page is no note of the first."""
    first, second = grid(UNNUMBERED, top=400), grid(UNNUMBERED, top=1000)
    lines = [centred("บัญชีรายชื่อที่หนึ่ง", 350), centred("บัญชีรายชื่อที่สอง", 940)]
    one, two = build_tables([page(first, second, lines=lines)])
    assert (one.title, one.notes, two.title) == ("บัญชีรายชื่อที่หนึ่ง", (), "บัญชีรายชื่อที่สอง")


def test_page_text_puts_tables_among_lines() -> None:
    """The page's text has its lines in order, the table cell by cell at its height, and stamps where they were read."""
    reading_of = grid([["อำเภอ", "ผลการ\nรายงาน"], ["ลานสัก", Reading("", 0.0)]])
    lines = [
        line("ตราประทับ", 1800, 2000, region=0),
        line("เหนือตาราง", 200, 300),
        line("ใต้ตาราง", 200, 900),
    ]
    built = build_page(page(reading_of, lines=lines))
    assert built.text.split("\n") == ["ตราประทับ", "เหนือตาราง", "อำเภอ", "ผลการ", "รายงาน", "ลานสัก", "ใต้ตาราง"]
    assert len(built.lines) == 8
    assert [region.kind for region in built.regions] == ["table"]


def test_page_lists_each_table_region_once() -> None:
    """A table that layout has listed as a region already is not listed again; at the page's end it has its text."""
    reading_of = grid([["อำเภอ", "อปท."], ["ลานสัก", "อบต.ก"]])
    plain = page(reading_of)
    listed = type(plain)(**{name: getattr(plain, name) for name in plain.__slots__} | {
        "regions": (Region(kind="table", bbox=reading_of.bbox), Region(kind="emblem", bbox=BBox(0, 0, 9, 9)))
    })  # fmt: skip
    built = build_page(listed)
    assert [region.kind for region in built.regions] == ["table", "emblem"]
    assert built.text.endswith("อบต.ก")


def test_vocabulary_is_data() -> None:
    """An office's own words are read from the same format, and a short word must be read exactly."""
    own = parse_vocabulary('[[role]]\nname = "count"\nwhole = ["ลานกีฬา", "ที่"]\n')
    fit = best_fit("ลานกิฬา", own.roles)
    assert fit is not None and fit.name == "count" and fit.score < 1
    assert best_fit("ตี่", own.roles) is None and best_fit("", own.roles) is None


def test_lean_of_headers() -> None:
    """A word for pending outweighs the word for done that it contains, and unknown words lean nowhere."""
    assert lean("ไม่แล้วเสร็จ (แห่ง)", vocabulary()) < 0 < lean("แล้วเสร็จ (แห่ง)", vocabulary())
    assert lean("กกกกกก", vocabulary()) == 0
