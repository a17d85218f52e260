"""Which grids are one table, what the lines around it say, and where it stands in the text of its page."""

import pytest
from tables import (
    STATUS,
    centred,
    grid,
    kinds,
    line,
    page,
    status_rows,
)

from laodoc.document import BBox, Region
from laodoc.parsing.pages import build_page
from laodoc.parsing.tables import build_tables
from laodoc.recognition.reading import Reading


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
