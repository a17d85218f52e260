"""Rules for tables: each is shown a table that keeps it and one that breaks it."""

from collections.abc import Sequence

import pytest
from tables import Content, grid, page

from laodoc import checks
from laodoc.checks.sums import may_be_printed_as
from laodoc.document import Document, EngineInfo, Finding, Source
from laodoc.parsing.pages import build_page
from laodoc.parsing.tables import build_tables
from laodoc.recognition.reading import Guess, MarkReading, Reading
from laodoc.thai.digits import to_thai

STATISTICS = ["ลำดับ", "จังหวัด", "จำนวน อปท. (แห่ง)", "ส่งแล้ว (แห่ง)", "ยังไม่ส่ง (แห่ง)", "ร้อยละที่ส่งแล้ว"]
STATUS = ["ลำดับ", "อำเภอ", "อปท.", "ส่งรายงานแล้ว", "ยังไม่ส่งรายงาน"]

Rows = Sequence[Sequence[Content]]


def findings(header: Sequence[Content], rows: Rows, *more: Rows) -> tuple[Finding, ...]:
    """What the rules find in a document with this table, which goes on over further pages; its places are made up, so
    what is found about them is left out (tests/test_parsing_placing.py)."""
    pages = [page(grid([header, *part]), number=number) for number, part in enumerate((rows, *more), start=1)]
    document = Document(
        source=Source(name="made.pdf", sha256="", bytes=0, pages=len(pages)),
        engine=EngineInfo(name="made", version="", sha256=None),
        pages=tuple(map(build_page, pages)),
        letters=(),
        tables=build_tables(pages),
        records=(),
        routing=(),
        findings=(),
    )
    return tuple(f for f in checks.run(document) if f.rule not in ("unknown-place", "homonym"))


def statistics_rows() -> list[list[Content]]:
    """Six rows and a total in which everything agrees."""
    counts = [(44, 3), (81, 7), (69, 0), (61, 61), (100, 6), (90, 4)]
    rows: list[list[Content]] = []
    for number, (total, done) in enumerate(counts, start=1):
        figures = (f"{total}", f"{done}", f"{total - done}", f"{100 * done / total:.2f}")
        rows.append([to_thai(str(number)), f"จังหวัดที่{number}", *map(to_thai, figures)])
    return [*rows, ["รวม", "<", "๔๔๕", "๘๑", "๓๖๔", "๑๘.๒๐"]]


def status_rows(*numbers: int) -> list[list[Content]]:
    """Rows with these running numbers, done and pending by turns."""
    return [[to_thai(str(n)), "ลานสัก", f"อบต.บ้านที่{n}", "✓" if n % 2 else "", "" if n % 2 else "×"] for n in numbers]


def test_sound_tables_have_no_findings() -> None:
    """Nothing is found where everything agrees."""
    assert findings(STATISTICS, statistics_rows()) == ()
    assert findings(STATUS, [*status_rows(1, 2, 3, 4, 5), ["รวม", "<", "<", "๓", "๒"]]) == ()


def test_finding_says_where() -> None:
    """A finding names rule, table, page, running number, column, and what is expected."""
    rows = statistics_rows()
    rows[1][3] = "๙"
    found = next(finding for finding in findings(STATISTICS, rows) if finding.rule == "row-sum")
    assert (found.table, found.page, found.sequence, found.column) == ("table-1", 1, 2, 2)
    assert (found.expected, found.found, found.repaired) == (83, 81, False)
    assert found.bbox is not None


@pytest.mark.parametrize(
    ("numbers", "rule", "expected", "found"),
    [
        ((1, 2, 3, 6, 7), "sequence-gap", 4, 6),
        ((1, 2, 3, 3, 5, 6), "sequence-repeat", 4, 3),
        ((1, 2, 3, 3, 4, 5), "sequence-repeat", 4, 3),
        ((1, 2, 73, 4, 5), "sequence-gap", 3, 73),
        ((3, 4, 5, 6), "sequence-gap", 1, 3),
        ((7, 2, 3, 4), "sequence-gap", 1, 7),
        ((1, 2, 3, 1, 5, 6), "sequence-gap", 4, 1),
    ],
)
def test_broken_sequence(numbers: tuple[int, ...], rule: str, expected: int, found: int) -> None:
    """A break in the running numbers is found once, at the row that breaks it."""
    broken = [f for f in findings(STATUS, status_rows(*numbers)) if f.rule.startswith("sequence")]
    assert [(f.rule, f.expected, f.found, f.column) for f in broken] == [(rule, expected, found, 0)]


def test_unread_numbers_leave_their_place() -> None:
    """Rows whose number was not read are no gap."""
    rows = status_rows(1, 2, 3, 4, 5, 6)
    rows[2][0] = rows[3][0] = "ddv"
    assert {finding.rule for finding in findings(STATUS, rows)} == {"unread"}


def test_gap_over_a_page_turn() -> None:
    """Rows lost between two pages are a gap at the first row of the second."""
    (gap,) = findings(STATUS, status_rows(1, 2, 3, 4), status_rows(7, 8, 9))
    assert (gap.rule, gap.page, gap.expected, gap.found) == ("sequence-gap", 2, 5, 7)


def test_sequences_that_start_again() -> None:
    """Numbers that start again under a heading, or without one, are no break."""
    groups = [["อำเภอลานสัก", *"<<<<"], *status_rows(1, 2, 3), ["อำเภอทัพทัน", *"<<<<"], *status_rows(1, 2)]
    assert findings(STATUS, groups) == ()
    assert findings(STATUS, status_rows(1, 2, 3, 1, 2, 3)) == ()


@pytest.mark.parametrize(
    ("printed", "agrees"),
    [("๔.๕๔", True), ("๔.๕๕", True), ("๔.๕", True), ("๕", True), ("๔.๕๖", False), ("๕.๔๕", False)],
)
def test_percent(printed: str, agrees: bool) -> None:
    """A percentage may be rounded or cut off after the decimals that are printed, and nothing else (5 of 110)."""
    rows = statistics_rows()[:-1]
    rows[0][2:] = ["๑๑๐", "๕", "๑๐๕", printed]
    found = [f for f in findings(STATISTICS, rows) if f.severity != "info"]
    assert [(f.rule, f.column, f.expected) for f in found] == ([] if agrees else [("percent", 5, 4.55)])


def test_percent_cut_off_is_told() -> None:
    """A share that is cut off among rounded ones is told by its row, and a column of such shares once."""
    rows = statistics_rows()[:-1]
    rows[0][5] = "๖.๘๑"
    assert [(f.sequence, f.severity) for f in findings(STATISTICS, rows) if f.rule == "percent"] == [(1, "info")]
    everywhere = [
        [to_thai(str(n)), f"จังหวัดที่{n}", "๖๖", to_thai(str(done)), to_thai(str(66 - done)), to_thai(cut)]
        for n, done, cut in ((1, 1, "1.51"), (2, 4, "6.06"), (3, 7, "10.60"), (4, 10, "15.15"))
    ]
    assert [(f.sequence, f.severity) for f in findings(STATISTICS, everywhere)] == [(None, "info")]


GROUPED: list[list[Content]] = [
    ["อำเภอลานสัก", "<", "<"],
    ["๑", "ก", "๕"],
    ["๒", "ข", "๗"],
    ["รวมอำเภอลานสัก", "<", "๑๒"],
    ["อำเภอบ้านไร่", "<", "<"],
    ["๓", "ค", "๔"],
    ["๔", "ง", "๒"],
    ["รวมอำเภอบ้านไร่", "<", "๖"],
    ["รวมทั้งสิ้น", "<", "๑๘"],
]


@pytest.mark.parametrize(
    ("row", "column", "text", "found"),
    [
        (0, 0, "อำเภอลานสัก", []),
        (3, 2, "๑๓", [("column-total", None, 12), ("column-total", None, 19)]),
        (8, 2, "๒๘", [("column-total", None, 18), ("column-total", None, 18)]),
        (5, 2, "๕", [("column-total", None, 7), ("column-total", None, 19)]),
        (5, 0, "๔", [("sequence-gap", 4, 3)]),
    ],
)
def test_groups(row: int, column: int, text: str, found: list[tuple[str, int | None, int]]) -> None:
    """Subtotals sum their groups, the total sums rows and subtotals, and numbers may go on from group to group."""
    rows = [list(line) for line in GROUPED]
    rows[row][column] = text
    header = ["ลำดับ", "อปท.", "จำนวน (แห่ง)"]
    said = [(f.rule, f.sequence, f.expected) for f in findings(header, rows)]
    assert said == found


def test_rounded_half_and_cut_off() -> None:
    """Halves may go up or down; a share just below the next step may be cut off but never printed above itself."""
    assert may_be_printed_as(12.345, 12.35, 2) and may_be_printed_as(12.345, 12.34, 2)
    assert may_be_printed_as(3.7197, 3.71, 2) and not may_be_printed_as(3.7142, 3.72, 2)


def test_percent_of_pending() -> None:
    """A percentage that a header gives for what is pending is checked against that."""
    header = [*STATISTICS[:5], "ร้อยละที่ยังไม่ส่ง"]
    rows = [[*row[:5], "๙๓.๑๘"] for row in statistics_rows()[:1]]
    assert findings(header, rows) == ()
    (found,) = findings(header, [[*rows[0][:5], "๖.๘๒"]])
    assert (found.rule, found.expected) == ("percent", 93.18)


def test_column_total() -> None:
    """A total that its column does not add up to is found, unless a number of the column was not read."""
    rows = statistics_rows()
    rows[-1] = ["รวม", "<", "๔๔๗", "๘๑", "๓๖๔", "๑๘.๒๐"]
    totals = [f for f in findings(STATISTICS, rows) if f.rule == "column-total"]
    assert [(f.column, f.expected, f.found, f.sequence) for f in totals] == [(2, 445, 447, None)]
    rows[0][2] = "ddv"
    assert "column-total" not in {f.rule for f in findings(STATISTICS, rows)}


def test_marks_exclusive() -> None:
    """Two marks or none in a row are found, a doubtful one is only unread."""
    rows = status_rows(1, 2, 3, 4, 5, 6, 7)
    rows[0][3:], rows[1][3:], rows[2][3:] = ["✓", "×"], ["", ""], [MarkReading(None, 0.2), ""]
    found = [(f.rule, f.sequence, f.found) for f in findings(STATUS, rows)]
    assert found == [("mark-exclusive", 1, 2), ("mark-exclusive", 2, 0), ("unread", 3, None)]


def test_a_mark_beside_what_may_be_one_is_told() -> None:
    """A sure mark in one column and ink in doubt in the other: the sender may have marked both."""
    rows = status_rows(1, 2, 3, 4, 5)
    rows[1][3:] = ["✓", MarkReading(None, 0.0)]
    found = [(f.rule, f.sequence, f.column) for f in findings(STATUS, rows)]
    assert found == [("mark-exclusive", 2, 4), ("unread", 2, 4)]


def test_mark_count() -> None:
    """A total that is not the number of marks above it is found, unless one of them is in doubt."""
    rows = [*status_rows(1, 2, 3, 4, 5), ["รวม", "<", "<", "๓", "๔"]]
    (found,) = findings(STATUS, rows)
    assert (found.rule, found.column, found.expected, found.found) == ("mark-count", 4, 2, 4)
    rows[0][4] = MarkReading(None, 0.2)
    assert "mark-count" not in {f.rule for f in findings(STATUS, rows)}


def test_single_mark_column_may_be_empty() -> None:
    """One mark column alone excludes nothing."""
    rows = [row[:4] for row in status_rows(1, 2, 3, 5, 7)]
    assert "mark-exclusive" not in {f.rule for f in findings(STATUS[:4], rows)}


def test_unread_cells() -> None:
    """Cells with ink but no value are found: numbers, names, totals under marks; blanks are not."""
    rows = [*status_rows(1, 2, 3, 4, 5), ["รวม", "<", "<", "dd", ""]]
    rows[1][2] = Reading("", 0.0)
    assert [(f.rule, f.sequence, f.column) for f in findings(STATUS, rows)] == [("unread", 2, 2), ("unread", None, 3)]
    blank = statistics_rows()[:-1]
    blank[0][4] = ""
    assert findings(STATISTICS, blank) == ()


def test_many_unread_cells_are_one_finding() -> None:
    """A column that could not be read gives one finding a page."""
    rows = [[*row[:2], "ddv", *row[3:]] for row in statistics_rows()[:-1]]
    (found,) = findings(STATISTICS, rows)
    assert (found.rule, found.column, found.sequence, found.found) == ("unread", 2, None, 6)


BUDGET = ["ลำดับ", "จังหวัด", "จัดสรร (บาท)", "เบิกจ่าย (บาท)", "คงเหลือ (บาท)"]


def budget_rows(*balances: str | Reading) -> list[list[Content]]:
    """Four rows, of which the second has spent more than it was given, and their total."""
    money = [("1,250,000", "1,000,000"), ("450,000", "470,000"), ("380,500", "300,000"), ("299,000", "280,000")]
    left = list(balances) or ["250,000", "-20,000", "80,500", "19,000"]
    rows: list[list[Content]] = [
        [str(number), f"จังหวัดที่{number}", *amounts, rest]
        for number, (amounts, rest) in enumerate(zip(money, left, strict=True), start=1)
    ]
    return [*rows, ["รวม", "<", "2,379,500", "2,050,000", "329,500"]]


def test_sums_are_reckoned_with_what_is_less_than_nothing() -> None:
    """With the minus, rows and columns agree."""
    assert findings(BUDGET, budget_rows()) == ()


def test_a_lost_minus_is_found_twice() -> None:
    """By its row, since the columns agree in the others, and by its column."""
    found = findings(BUDGET, budget_rows("250,000", "20,000", "80,500", "19,000"))
    assert [finding.rule for finding in found] == ["row-sum", "column-total"]
    assert found[0].sequence == 2


def test_a_lost_minus_is_set_right() -> None:
    """The ink offers it, and row and column ask for it."""
    lost = Reading("20,000", 0.7, (Guess("-20,000", 0.3),))
    tables, repairs = checks.repair(
        build_tables([page(grid([BUDGET, *budget_rows("250,000", lost, "80,500", "19,000")]))])
    )
    assert tables[0].rows[2].cells[4].value == -20000
    assert [(finding.found, finding.expected, finding.repaired) for finding in repairs] == [(20000, -20000, True)]


def test_columns_that_agree_nowhere_are_not_asked() -> None:
    """Three columns of money that have nothing to do with each other."""
    rows = [[str(n), f"จังหวัดที่{n}", f"{n},000", f"{7 * n % 5},500", f"{11 - n},100"] for n in range(1, 7)]
    assert findings(BUDGET, rows) == ()


@pytest.mark.parametrize(("unit", "severity"), [("บาท", "info"), ("ล้านบาท", "warning")])
def test_three_decimals_are_told(unit: str, severity: str) -> None:
    """Once a column: as information where they were thousands, else as a warning."""
    header = [*BUDGET[:2], f"จัดสรร ({unit})", *BUDGET[3:]]
    rows: list[list[Content]] = [["1", "ตาก", "1.250", "1,000", "7"], ["2", "น่าน", "4.500", "3,000", "9"]]
    (found,) = findings(header, rows)
    assert (found.rule, found.severity, found.column, found.sequence) == ("three-decimals", severity, 2, 1)


def test_parts_of_an_item_and_blanks_break_no_sequence() -> None:
    """Bills of quantities number their items `1`, `1.1`, `1.10`, or leave the parts of an item without a number."""
    header = ["ลำดับ", "รายการ", "หน่วย", "Quantity ปริมาณ", "Unit Price ต่อหน่วย", "Cost เป็นเงิน"]
    parts = [["1.1", "ท่อ", "ท่อน", "2", "5", "10"], ["1.10", "ข้อต่อ", "ตัว", "3", "5", "15"]]
    rows: list[list[Content]] = [["1", "งานท่อ", *[""] * 4], *parts, ["2", "งานไม้", *[""] * 4], ["3", "งานสี", *[""] * 4]]
    assert findings(header, rows) == ()
    blanks = [["", *part[1:]] for part in parts * 2]
    assert findings(header, [rows[0], *blanks, rows[3]]) == ()
    (table,) = build_tables([page(grid([header, *rows]))])
    assert [column.role for column in table.columns[3:]] == ["count", "amount", "amount"]
    assert table.rows[3].cells[0].value == "1.10"


def test_satang_are_not_summed_alone() -> None:
    """A hundred of them are one baht more: neither column adds up by itself."""
    header = ["ลำดับ", "รายการ", "จำนวนเงิน / บาท", "สตางค์"]
    rows = [["1", "งาน", "10", "75"], ["2", "งาน", "20", "50"], ["3", "งาน", "5", "00"], ["รวม", "<", "36", "25"]]
    assert findings(header, rows) == ()
