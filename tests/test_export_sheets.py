"""Tables for other programs: opened by them, and saying no more than was read."""

import csv
import json
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pandas
import pytest
from letters_made import approval, field
from openpyxl.utils import column_index_from_string
from scanning import scanned
from test_public import document as document

import laodoc
from laodoc.archive.batch import BatchOptions, run_batch
from laodoc.archive.entering import enter_files
from laodoc.archive.ledger import Ledger
from laodoc.archive.reading import documents_in
from laodoc.document import Amount, BBox, Document, Field, Letter, Meeting
from laodoc.errors import AccessError, InputError, UsageError
from laodoc.export.command import table_named, write_export
from laodoc.export.csv import to_csv
from laodoc.export.formats import Item, Options
from laodoc.export.json import to_json
from laodoc.export.jsonl import to_json_lines
from laodoc.export.masking import MASK, is_identity, masked
from laodoc.export.sheets import COLUMNS, Entry, Sheet, sheets_of
from laodoc.export.xlsx import to_xlsx
from laodoc.messages.catalogue import names as names_of

BUNDLE = Path(__file__).parent.parent / "samples" / "bundle.json"

LETTER = Path(__file__).resolve().parent.parent / "samples" / "external_letter.pdf"
ODD = Sheet(
    "letters",
    ("number", "day", "text", "count"),
    (
        (Entry("1/2"), Entry(date(2020, 6, 11), 0.5), Entry("=1+1"), Entry(7, 0.5)),
        (Entry("มท 0810.2/ว 1756"), Entry(None), Entry("-ไม่มี"), Entry(3.71)),
    ),
)


@pytest.fixture(scope="module")
def letter() -> Document:
    return scanned(LETTER)


def test_csv_is_what_excel_and_pandas_load() -> None:
    """UTF-8 with a mark, dates in ISO, and no text that a spreadsheet would reckon."""
    content = to_csv(ODD)
    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(content.decode("utf-8-sig").splitlines()))[1] == ["1/2", "2020-06-11", "'=1+1", "7"]
    frame = pandas.read_csv(BytesIO(content), encoding="utf-8-sig")
    assert frame["number"].tolist() == ["1/2", "มท 0810.2/ว 1756"]
    assert frame["count"].tolist() == [7.0, 3.71]


def test_xlsx_has_dates_as_dates_and_document_numbers_as_text() -> None:
    """openpyxl finds text, number and date in their kinds, no formula, and a comment where the reading was in doubt."""
    page = openpyxl.load_workbook(BytesIO(to_xlsx([ODD])))["letters"]
    assert (page["A2"].value, page["A2"].data_type) == ("1/2", "s")
    assert page["B2"].value == datetime(2020, 6, 11)
    assert "107041E" in page["B2"].number_format
    assert (page["C2"].value, page["C2"].data_type) == ("=1+1", "s")
    assert (page["D3"].value, page["D3"].data_type) == (3.71, "n")
    assert page["D2"].comment is not None
    assert page["D3"].comment is None
    assert page["D2"].fill.fgColor.rgb == "FFFFE08A"


def test_json_lines_are_one_object_a_row() -> None:
    """Every row by its column's names, Thai as it is."""
    rows = [json.loads(line) for line in to_json_lines(ODD).decode().splitlines()]
    assert rows[1] == {"number": "มท 0810.2/ว 1756", "day": None, "text": "-ไม่มี", "count": 3.71}


def test_a_letter_and_its_table_come_out_whole(letter: Document, document: Document) -> None:
    """Columns and rows fit; a letter has its number and date; every record and finding has a row."""
    (letters, records, routing, findings, tables), hidden = sheets_of([letter, document])
    for sheet in (letters, records, routing, findings, tables):
        assert sheet.columns == COLUMNS[sheet.name]
        assert all(len(row) == len(sheet.columns) for row in sheet.rows)
    number = letter.letters[0].number
    assert number is not None
    assert letters.rows[0][4].value == number.value
    assert isinstance(letters.rows[0][5].value, date)
    assert len(records.rows) == len(letter.records) + len(document.records)
    assert len(findings.rows) == len(letter.findings) + len(document.findings)
    cells = [cell for whole in (letter, document) for t in whole.tables for row in t.rows for cell in row.cells]
    assert [row[9].value for row in tables.rows] == [cell.text for cell in cells]
    assert hidden == 0


def test_what_was_not_understood_says_so(letter: Document) -> None:
    """A number that could not be read stands with a mark of doubt, not as if it were one."""
    field = Field(text="80ใ", value=None, page=1, bbox=BBox(0, 0, 1, 1), confidence=0.4)
    doubtful = letter.letters[0].model_copy(update={"number": field})
    (letters, *_), _ = sheets_of([letter.model_copy(update={"letters": (doubtful,)})])
    assert letters.rows[0][4] == Entry("80ใ (?)", 0.4)


def test_meetings_sums_and_decisions_have_columns(letter: Document) -> None:
    """Day, time and place of a meeting, sums of money, and what was decided; of a secret letter they are covered."""
    place = field("หอประชุมสมมุติ")
    event = Meeting(date=field("๒๑ กันยายน ๒๕๖๐", "2017-09-21"), time=field("๑๓.๐๐ น.", "13:00"), place=place)
    amount = Amount(**{**field("๑๕,๐๐๐ บาท").model_dump(), "value": 15000, "words_agree": None})
    parts = {"event": event, "amounts": (amount,), "endorsements": (approval("โรงพยาบาลสมมุติ", "อนุมัติ", None),)}
    invited = letter.letters[0].model_copy(update=parts)

    def told(invited: Letter) -> dict[str, object]:
        (sheet, *_), _ = sheets_of([letter.model_copy(update={"letters": (invited,)})])
        return dict(zip(sheet.columns, (entry.value for entry in sheet.rows[0]), strict=True))

    row = told(invited)
    assert [row["event_date"], row["event_time"], row["event_place"]] == [date(2017, 9, 21), "13:00", place.text]
    assert (row["amounts"], row["endorsements"]) == ("15000", "โรงพยาบาลสมมุติ; อนุมัติ")
    covered = told(invited.model_copy(update={"secrecy": field("ลับ", "ลับ")}))
    assert {covered[name] for name in ("event_date", "event_time", "event_place", "amounts")} == {MASK}


def test_secret_letters_and_identity_numbers_are_covered(letter: Document) -> None:
    """Unless asked for; what was covered is counted."""
    secrecy = Field(text="ลับมาก", value=None, page=1, bbox=BBox(0, 0, 1, 1), confidence=0.9)
    secret = letter.model_copy(update={"letters": (letter.letters[0].model_copy(update={"secrecy": secrecy}),)})
    (letters, *_), hidden = sheets_of([secret])
    subject = COLUMNS["letters"].index("subject")
    assert letters.rows[0][subject].value == MASK
    assert hidden >= 2
    (shown, *_), none = sheets_of([secret], unmask=True)
    assert shown.rows[0][subject].value not in (MASK, None)
    assert none == 0


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("เลข 1234567890121 นั้น", True),
        ("๑-๒๓๔๕-๖๗๘๙๐-๑๒-๑", True),
        ("1234567890122", False),
        ("โทร. 02 241 9000", False),
        ("12345678901211", False),
    ],
)
def test_identity_numbers_are_known_by_their_check_digit(text: str, covered: bool) -> None:
    """Thirteen digits in any script and spacing, with the right last one."""
    assert (MASK in masked(text)) is covered
    assert is_identity(text) is covered


def test_archives_and_records_are_both_sources(document: Document, tmp_path: Path) -> None:
    """What batch made and what scan wrote; anything else is told."""
    (tmp_path / "a.json").write_bytes(to_json(document))
    ledger = Ledger(tmp_path / "a.sqlite", create=True)
    enter_files(ledger, [LETTER])
    assert run_batch(ledger, BatchOptions()) == (1, 0)
    assert [d.source.name for d in documents_in([tmp_path / "a.json", tmp_path / "a.sqlite"])] == [
        "made.pdf",
        "external_letter.pdf",
    ]
    (tmp_path / "b.json").write_text("no record", encoding="utf-8")
    with pytest.raises(InputError):
        list(documents_in([tmp_path / "b.json"]))
    with pytest.raises(AccessError):
        list(documents_in([tmp_path / "absent"]))


def test_one_table_is_a_file_and_all_are_a_folder(document: Document, tmp_path: Path) -> None:
    """A workbook holds all; CSV and JSON lines have a file each; unknown names are told."""
    items = [Item(document)]
    write_export(items, "xlsx", tmp_path / "all.xlsx", Options())
    assert openpyxl.load_workbook(tmp_path / "all.xlsx").sheetnames == [
        "to check",
        "letters", "records", "routing", "findings", "tables", "made 1",
    ]  # fmt: skip
    write_export(items, "csv", tmp_path / "csv", Options())
    assert {path.name for path in (tmp_path / "csv").iterdir()} == {f"{name}.csv" for name in COLUMNS}
    write_export(items, "jsonl", tmp_path / "records.jsonl", Options(what="records"))
    assert len((tmp_path / "records.jsonl").read_text(encoding="utf-8").splitlines()) == len(document.records)
    with pytest.raises(UsageError, match="format"):
        write_export(items, "doc", tmp_path / "x", Options())
    with pytest.raises(UsageError, match="table"):
        table_named("pages")
    with pytest.raises(AccessError):
        write_export(items, "csv", tmp_path / "all.xlsx" / "under", Options())


def test_a_workbook_for_people_speaks_thai(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sheets, columns and values of closed lists have Thai names; in front is what to check, with links to it."""
    monkeypatch.setenv("LAODOC_LANG", "th")
    sheets, _ = sheets_of([laodoc.load(BUNDLE)])
    book = openpyxl.load_workbook(BytesIO(to_xlsx(sheets)))
    assert book.sheetnames == ["ควรตรวจ", "หนังสือ", "รายแถว", "เส้นทาง", "ข้อสังเกต", "ตาราง"]
    letters = [[cell.value for cell in row] for row in book["หนังสือ"].iter_rows()]
    assert {"แฟ้ม", "ชนิดหนังสือ", "เลขที่", "กำหนดส่ง"} <= set(letters[0])
    assert letters[1][letters[0].index("ชนิดหนังสือ")] in {names["th"] for names in names_of("form").values()}
    front = list(book["ควรตรวจ"].iter_rows(min_row=2))
    places = [cell.value for cell, *_ in front]
    assert places
    assert all(row[0].hyperlink is not None for row in front)
    sheet, _, place = str(places[0]).rpartition(" ")
    assert book[sheet][place].fill.fgColor.rgb == "FFFFE08A"


def test_a_sheet_is_set_up_to_be_read_and_printed() -> None:
    """Headers stay in sight and on each page, all columns on one page; days have room, hashes are folded away."""
    sheets, _ = sheets_of([laodoc.load(BUNDLE)], what="letters")
    page = openpyxl.load_workbook(BytesIO(to_xlsx(sheets))).worksheets[0]
    heads = {str(cell.value): cell.column_letter for cell in page[1]}
    assert (page.freeze_panes, page.print_title_rows) == ("B2", "$1:$1")
    assert (page.page_setup.orientation, page.page_setup.fitToHeight) == ("landscape", 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.auto_filter.ref
    assert page.column_dimensions[heads["date"]].width >= len("16 ก.ย. 2565")
    column = column_index_from_string(heads["sha256"])
    folded = [each for each in page.column_dimensions.values() if each.hidden and each.min <= column <= each.max]
    assert len(folded) == 1  # neighbours that look alike are kept as one
