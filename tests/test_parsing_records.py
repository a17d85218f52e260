"""Records: one a body row, with merged cells and group headings filled in."""

from collections.abc import Sequence

import pytest
from tables import Content, centred, grid, line, page

from laodoc.document import Letter, Record
from laodoc.parsing.records import build_records
from laodoc.parsing.tables import build_tables
from laodoc.recognition.reading import MarkReading, PageReading

STATUS = ["ลำดับ", "อำเภอ", "อปท.", "ส่งรายงานแล้ว", "ยังไม่ส่งรายงาน"]
TITLE = [centred("ผลการส่งรายงาน จังหวัดอุทัยธานี", 335)]


def records_of(*pages: PageReading) -> tuple[Record, ...]:
    return build_records(build_tables(pages), ())


def status_records(rows: Sequence[Sequence[Content]], header: Sequence[Content] = STATUS) -> tuple[Record, ...]:
    return records_of(page(grid([header, *rows]), lines=TITLE))


def letter_with(*attachments: str) -> Letter:
    nothing = dict.fromkeys(
        ("number", "date", "sender", "subject", "urgency", "secrecy", "action", "deadline", "as_of", "signatory")
    )
    none_of = dict.fromkeys(("recipients", "references", "enclosures", "contacts", "received", "endorsements"), ())
    return Letter.model_validate(
        {"id": "letter-2", "pages": (1,), "form": "stamped", **nothing, **none_of, "attachments": attachments}
    )


def test_record_of_a_status_row() -> None:
    """A status row becomes a record with its names, its status, and the province and day that the table gives."""
    reading = grid([STATUS, ["๑", "ลานสัก", "อบต.ระบำ", "✓", ""], ["๒", "ลานสัก", "ทต.ลานสัก", "", "×"]])
    as_of = line("ข้อมูล ณ วันที่ ๘ พฤษภาคม ๒๕๖๗", 200, reading.bbox.bottom + 40)
    tables = build_tables([page(reading, lines=[*TITLE, as_of])])
    first, second = build_records(tables, [letter_with("page-9"), letter_with("table-1")])
    assert (first.sequence, first.province, first.district) == (1, "อุทัยธานี", "ลานสัก")
    assert (first.organisation, first.status, second.status) == ("อบต.ระบำ", "done", "pending")
    assert (first.as_of, first.letter, first.table, first.page) == ("2024-05-08", "letter-2", "table-1", 1)
    assert (first.counts, first.confidence) == (None, 0.9)


def test_record_of_a_statistics_row() -> None:
    """A statistics row becomes a record with its counts by meaning, null where a number was not read."""
    header = ["ร้อยละ", "ยังไม่ส่ง (แห่ง)", "จังหวัด", "จำนวน อปท. (แห่ง)", "ส่งแล้ว (แห่ง)"]
    rows = [["๖.๘๒", "๔๑", "ตรัง", "๔๔", "๓"], ["xx", "๕", "ตราด", "๕", "-"]]
    first, second = records_of(page(grid([header, *rows])))
    assert (first.province, first.status, first.sequence) == ("ตรัง", None, None)
    assert first.counts is not None and second.counts is not None
    assert first.counts.model_dump() == {"total": 44, "done": 3, "pending": 41, "percent": 6.82}
    assert second.counts.model_dump() == {"total": 5, "done": 0, "pending": 5, "percent": None}


@pytest.mark.parametrize(
    ("done", "pending", "status"),
    [
        ("✓", "", "done"),
        ("", "×", "pending"),
        ("", "✓", "pending"),
        ("✓", "×", None),
        ("", "", None),
        ("×", "", None),
        (MarkReading(None, 0.2), "", None),
        ("✓", MarkReading(None, 0.2), None),
    ],
)
def test_status_from_marks(done: Content, pending: Content, status: str | None) -> None:
    """One clear mark gives the status; both, neither, a cross under done, or doubt give none."""
    rows: list[list[Content]] = [
        ["๑", "ลานสัก", "อบต.ระบำ", done, pending],
        ["๒", "ลานสัก", "อบต.ประดู่ยืน", "✓", ""],
        ["๓", "ลานสัก", "อบต.ป่าอ้อ", "", "×"],
        ["๔", "ลานสัก", "อบต.น้ำรอบ", "✓", ""],
        ["๕", "ลานสัก", "อบต.ทุ่งนางาม", "", "×"],
    ]
    assert status_records(rows)[0].status == status


def test_single_mark_column() -> None:
    """Where there is only a column for done, a check is done and everything else says nothing."""
    rows = [["๑", "ลานสัก", f"อบต.{name}", mark] for name, mark in (("ก", "✓"), ("ข", ""), ("ค", "✓"), ("ง", "×"))]
    assert [record.status for record in status_records(rows, STATUS[:4])] == ["done", None, "done", None]


def test_merged_districts_are_filled_down() -> None:
    """A district merged over rows, and blanks below one on the next page, hold until another is printed."""
    header = ["อำเภอ", "อปท.", "ส่งรายงานแล้ว", "ยังไม่ส่งรายงาน"]
    first = grid([header, ["ลานสัก", "อบต.ก", "✓", ""], ["^", "อบต.ข", "", "×"], ["ทัพทัน", "อบต.ค", "✓", ""]])
    second = grid([header, ["", "อบต.ง", "", "×"], ["บ้านไร่", "อบต.จ", "✓", ""]])
    records = records_of(page(first, lines=TITLE), page(second, number=2))
    assert [record.district for record in records] == ["ลานสัก", "ลานสัก", "ทัพทัน", "ทัพทัน", "บ้านไร่"]
    assert [record.page for record in records] == [1, 1, 1, 2, 2]


def test_group_headings_are_filled_down() -> None:
    """A heading of a district or province holds for the rows below; any other heading changes nothing."""
    header = ["ลำดับ", "อปท.", "ส่งรายงานแล้ว", "ยังไม่ส่งรายงาน"]
    rows = [
        ["จังหวัดตรัง", "<", "<", "<"],
        ["๑. อำเภอกันตัง", "<", "<", "<"],
        ["๑", "อบต.ก", "✓", ""],
        ["ประเภทสามัญ", "<", "<", "<"],
        ["๒", "อบต.ข", "", "×"],
        ["จังหวัดตราด", "<", "<", "<"],
        ["๓", "อบต.ค", "✓", ""],
    ]
    records = records_of(page(grid([header, *rows])))
    assert [(record.province, record.district) for record in records] == [
        ("ตรัง", "กันตัง"),
        ("ตรัง", "กันตัง"),
        ("ตราด", None),
    ]


def test_new_province_ends_the_district() -> None:
    """A district is not carried over into the rows of another province."""
    header = ["จังหวัด", "อำเภอ", "อปท.", "ส่งรายงานแล้ว", "ยังไม่ส่งรายงาน"]
    rows = [["ตรัง", "กันตัง", "อบต.ก", "✓", ""], ["", "", "อบต.ข", "", "×"], ["ตราด", "", "อบต.ค", "✓", ""]]
    records = records_of(page(grid([header, *rows])))
    assert [(record.province, record.district) for record in records] == [
        ("ตรัง", "กันตัง"),
        ("ตรัง", "กันตัง"),
        ("ตราด", None),
    ]


def test_sums_and_other_tables_give_no_records() -> None:
    """Sums are no records, and neither are the rows of a table without counts and marks."""
    rows = [["๑", "ลานสัก", "อบต.ก", "✓", ""], ["๒", "ลานสัก", "อบต.ข", "", "×"], ["รวม", "<", "<", "๑", "๑"]]
    assert len(status_records(rows)) == 2
    assert records_of(page(grid([["ชื่อ", "หมายเหตุ"], ["นายก ข", "มา"], ["นางค ง", "ไม่มา"]]))) == ()


def test_several_columns_of_one_meaning_are_not_chosen_from() -> None:
    """Of two columns that count the same nothing is taken: which one is meant is not known."""
    header = ["อปท.", "จำนวนทั้งหมด", "ส่งแล้ว (แห่ง)", "รายงานแล้ว (แห่ง)"]
    (record,) = records_of(page(grid([header, ["อบต.ก", "๔๔", "๓", "๔"]])))
    assert record.counts is not None
    assert (record.counts.total, record.counts.done) == (44, None)


def test_ids_are_stable_over_rescans() -> None:
    """The id depends on what a row is, not on where it lies, what its marks say, or what its title was read as."""
    rows = [["๑", "ลานสัก", "อบต.ก", "✓", ""], ["๒", "ลานสัก", "อบต.ข", "", "×"], ["๓", "ทัพทัน", "อบต.ก", "✓", ""]]
    again = [["๑", "ลานสัก", "อบต.ก", "", "×"], ["o", "ลาน สัก", "อบต.ข", "", "×"], ["๓", "ทัพทัน", "อบต.ก", "✓", ""]]
    one = records_of(page(grid([STATUS, *rows]), lines=TITLE))
    title = [centred("ผสการสงรายงาบ จังหวัดอุทัยธานี", 435)]
    other = records_of(page(number=1), page(grid([STATUS, *again], top=500), number=2, lines=title))
    assert [record.id for record in one] == [record.id for record in other]
    assert len({record.id for record in one}) == 3


def test_rows_that_read_alike_have_ids_of_their_own() -> None:
    """Two rows that read the same have different ids, and without names the running number tells rows apart."""
    same = [["๑", "ลานสัก", "อบต.ก", "✓", ""], ["๒", "ลานสัก", "อบต.ก", "", "×"]]
    first, second = status_records(same)
    assert second.id == f"{first.id}-2"
    header = ["ลำดับ", "ส่งรายงานแล้ว", "ยังไม่ส่งรายงาน"]
    nameless = records_of(page(grid([header, ["๑", "✓", ""], ["๒", "", "×"], ["๓", "✓", ""]])))
    assert len({record.id for record in nameless}) == 3
    assert all("-" not in record.id for record in nameless)


def test_a_row_that_says_nothing_is_no_record() -> None:
    """A row with neither a name nor a status nor a count makes no record; the others keep their order."""
    rows = [["๑", "ลานสัก", "อบต.ระบำ", "✓", ""], ["๒", "", "ทต.ลานสัก", "", "×"]]
    assert [record.sequence for record in status_records(rows)] == [1, 2]
    header = ["ลำดับ", "รายการ", "ส่งรายงานแล้ว", "ยังไม่ส่งรายงาน"]
    bare = [["๑", "แบบรายงาน", "", ""], ["๒", "บัญชีรายชื่อ", "✓", ""]]
    records = records_of(page(grid([header, *bare])))
    assert all(record.status or record.organisation or record.province for record in records)
