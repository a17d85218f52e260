"""Tables from readings made by hand: headers, roles and meanings of columns, kinds of rows."""

from dataclasses import replace

import pytest
from tables import (
    PROVINCES,
    STATISTICS,
    STATISTICS_TYPES,
    STATUS,
    STATUS_TYPES,
    grid,
    kinds,
    line,
    only,
    reading,
    statistics_rows,
    status_rows,
    types,
    values,
)

from laodoc.parsing.mark_pairs import lean
from laodoc.parsing.vocabulary import best_fit, parse_vocabulary, vocabulary
from laodoc.recognition.reading import BarReading, Reading
from laodoc.thai.digits import to_thai


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


def test_marks_that_an_engine_could_take_for_digits() -> None:
    """Clear marks are none the less marks where the engine, reading letters alone, offers a digit for each."""
    read = grid([STATUS, *status_rows()])
    offered = replace(
        read,
        cells=tuple(
            replace(cell, lines=(line(reading("", "6", "๖"), cell.bbox.left, cell.bbox.top),))
            if cell.mark.kind in ("check", "cross")
            else cell
            for cell in read.cells
        ),
    )
    speck = replace(offered.cells[-2], lines=(line("-", 9, 9),))
    table = only(replace(offered, cells=(*offered.cells[:-2], speck, offered.cells[-1])))
    assert types(table) == STATUS_TYPES


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


def test_last_meaning_from_few_sums() -> None:
    """Where the headers name done and pending, four rows that add up tell the total among many misread ones."""
    header = [*STATISTICS[:2], "กกกกกกกก (แห่ง)", *STATISTICS[3:]]
    rows = [*statistics_rows(1, 4), *([*row[:2], "๙๙๙", *row[3:]] for row in statistics_rows(5, 6))]
    assert types(only(grid([header, *rows])))[2] == ("count", "total")
    assert types(only(grid([header, *rows[1:]])))[2] == ("count", None)


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


@pytest.mark.parametrize("day", ["{} มิ.ย. ๖๓", "{}/๖/๖๓", "{} มิถุนายน ๒๕๖๓"])
def test_days_are_not_counted(day: str) -> None:
    """A column of dates has days for values, although most of it is digits."""
    rows = [[to_thai(str(number)), "งาน", day.format(to_thai(str(10 + number)))] for number in range(1, 6)]
    table = only(grid([["ลำดับ", "รายการ", "ลงวันที่"], *rows]))
    assert table.columns[2].role == "date"
    assert [row.cells[2].value for row in table.rows[1:3]] == ["2020-06-11", "2020-06-12"]


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


def test_a_plain_fill_is_a_whole_bar_only_among_bars() -> None:
    """What fills its cell in one colour is a bar of 100 % where its column has bars, and a shaded cell elsewhere."""
    fills = [BarReading(0.4, 0.6), BarReading(1.0, 0.0, plain=True), BarReading(0.0, 1.0, plain=True)]
    fills += [BarReading(0.1, 0.9)] * 3
    rows = [[*row, fill] for row, fill in zip(statistics_rows(), fills, strict=True)]
    table = only(grid([[*STATISTICS, "แถบสี"], *rows]))
    assert types(table)[-1] == ("bar", None)
    body = [row for row in table.rows if row.kind == "row"]
    assert [row.cells[-1].bar.green for row in body if row.cells[-1].bar] == [0.4, 1.0, 0.0, 0.1, 0.1, 0.1]
    shaded = only(grid([[*STATISTICS, "หมายเหตุ"], *([*row, fills[1]] for row in statistics_rows())]))
    assert types(shaded)[-1][0] == "remark"
    assert not any(cell.bar for row in shaded.rows for cell in row.cells)
