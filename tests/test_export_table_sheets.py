"""The tables of documents in a workbook: a sheet each, loaded by other programs as what they are."""

import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pandas
import pytest
from openpyxl.workbook import Workbook
from scanning import scanned
from tables import STATISTICS, STATUS, Content, grid, page, reading, statistics_rows, status_rows

from laodoc.document import Document, EngineInfo, Source
from laodoc.export import xlsx
from laodoc.export.books import LONGEST_NAME, sheet_name
from laodoc.export.formats import Item, Options
from laodoc.pipeline import assemble
from laodoc.recognition.reading import MarkReading

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
LIBREOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
PLAIN = ["ลำดับ", "ชื่อ", "เลขที่", "ลงวันที่", "หมายเหตุ"]
PLAIN_ROWS: list[list[Content]] = [
    ["๑", "ก้อย", "1/2", "๑๑ มิ.ย. ๖๓", "=1+1"],
    ["๒", "แก้ว", "๓/๒๕๖๓", "๑๒ มิ.ย. ๖๓", "@SUM(A1)"],
    ["๓", "กล้วย", "-๕", "๑๓ มิ.ย. ๖๓", "1234567890121"],
    ["๔", "กุ้ง", "๐๑๒", "๑๔ มิ.ย. ๖๓", "+66"],
]


def made(*tables: Sequence[Sequence[Content]], name: str = "made.pdf") -> Document:
    return assemble(
        [page(grid(rows), number=number) for number, rows in enumerate(tables, start=1)],
        source=Source(name=name, sha256="", bytes=0, pages=len(tables)),
        engine=EngineInfo(name="made", version="", sha256=None),
    )


PLAIN_EXPORT = Options()


def exported(*items: Item, options: Options = PLAIN_EXPORT) -> tuple[Workbook, bytes]:
    (output,) = xlsx.outputs(items, options)
    return openpyxl.load_workbook(BytesIO(output.content)), output.content


def statistics() -> list[list[Content]]:
    rows: list[list[Content]] = [list(STATISTICS), *map(list, statistics_rows(count=4))]
    rows[2][2] = reading("๔๒", "๔๓", confidence=0.6)
    rows[3][2] = "๑,๒๓๔"
    return rows


def status() -> list[list[Content]]:
    rows: list[list[Content]] = [list(STATUS), *map(list, status_rows(count=5))]
    rows[3][3] = MarkReading(None, 0.2)
    return rows


def test_every_table_has_a_sheet_that_pandas_loads() -> None:
    """Headers first, numbers as numbers with the decimals and commas of the paper, marks as signs, the page last."""
    book, content = exported(Item(made(statistics(), status())))
    assert book.sheetnames == ["to check", "letters", "records", "routing", "findings", "tables", "made 1", "made 2"]
    frame = pandas.read_excel(BytesIO(content), sheet_name="made 1")
    assert frame["จังหวัด"].tolist() == [row[1] for row in statistics_rows(count=4)]
    assert frame["จำนวน อปท. (แห่ง)"].tolist() == [44, 42, 1234, 49]
    assert frame["page"].tolist() == [1, 1, 1, 1]
    assert book["made 1"]["F2"].number_format == "0.00"
    assert book["made 1"]["C4"].number_format == "#,##0"
    marks = pandas.read_excel(BytesIO(content), sheet_name="made 2")
    assert marks.iloc[:, 3].fillna("").tolist() == ["✓", "", "?", "", "✓"]
    assert [row[0] for row in book["tables"].iter_rows(min_row=2, values_only=True)] == ["made 1", "made 2"]


def test_a_doubtful_cell_is_coloured_and_says_why() -> None:
    """Its confidence, the other readings of its ink and what the checks say; a sure cell says nothing."""
    book, _ = exported(Item(made(statistics(), status())))
    cell, sure = book["made 1"]["C3"], book["made 1"]["B3"]
    assert cell.fill.fgColor.rgb == "FFFFE08A"
    assert cell.comment is not None
    assert "read with 60 % confidence" in cell.comment.text
    assert "๔๓" in cell.comment.text
    assert "sum of a row" in cell.comment.text
    assert sure.comment is None
    assert book["made 2"]["D4"].fill.fgColor.rgb == "FFFFE08A"


def test_numbers_of_documents_stay_text_and_dates_are_dates() -> None:
    """`1/2` is no day, a leading nought stays, and nothing becomes a formula."""
    book, content = exported(Item(made([PLAIN, *PLAIN_ROWS])))
    rows = list(book["made 1"].iter_rows(min_row=2))
    assert [row[2].value for row in rows] == ["1/2", "๓/๒๕๖๓", "-๕", "๐๑๒"]
    assert [row[4].value for row in rows][:2] == ["=1+1", "@SUM(A1)"]
    assert {cell.data_type for row in rows for cell in row} == {"n", "s", "d"}
    assert rows[0][3].value == datetime(2020, 6, 11)
    assert "107041E" in rows[0][3].number_format
    with zipfile.ZipFile(BytesIO(content)) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist() if "sheet" in name)


def test_identity_numbers_are_covered_in_tables_too() -> None:
    """As a text, or read as a number."""
    book, _ = exported(Item(made([PLAIN, *PLAIN_ROWS])))
    shown, _ = exported(Item(made([PLAIN, *PLAIN_ROWS])), options=Options(unmask=True))
    assert "▒" in str(book["made 1"]["E4"].value)
    assert "1234567890121" in str(shown["made 1"]["E4"].value)


def test_what_a_person_put_right_has_a_colour_of_its_own() -> None:
    """And the comment says what was read."""
    document = made(statistics())
    table = document.tables[0]
    cell = table.rows[2].cells[2].model_copy(update={"value": 44, "confidence": 1.0, "corrected": True})
    row = table.rows[2].model_copy(update={"cells": (*table.rows[2].cells[:2], cell, *table.rows[2].cells[3:])})
    table = table.model_copy(update={"rows": (*table.rows[:2], row, *table.rows[3:])})
    book, _ = exported(Item(document.model_copy(update={"tables": (table,)})))
    put = book["made 1"]["C3"]
    assert (put.value, put.fill.fgColor.rgb) == (44, "FFD6F0D0")
    assert put.comment is not None
    assert "๔๒" in put.comment.text


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("a[1]:*?/\\", "a 1"),
        ("'quoted'", "quoted"),
        ("ก" * 40, "ก" * LONGEST_NAME),
        ("History", "History 2"),
        ("::", "sheet"),
        ("Made 1", "Made 1 2"),
    ],
)
def test_names_of_sheets_are_such_as_excel_takes(wanted: str, name: str) -> None:
    """Without its forbidden characters, no longer than 31, no two alike."""
    assert sheet_name(wanted, {"made 1"}) == name


def test_long_and_equal_names_of_files_are_told_apart() -> None:
    """Two files of one long name: four sheets with four names, the numbers of their tables kept."""
    items = [Item(made(statistics(), status(), name=f"{'ยาวมาก' * 9}.pdf")) for _ in range(2)]
    book, _ = exported(*items)
    names = book.sheetnames[6:]
    assert len(set(names)) == 4
    assert all(len(name) <= LONGEST_NAME for name in names)


def test_doubtful_cells_have_their_pictures_where_asked_for(tmp_path: Path) -> None:
    """One for each doubtful mark of the sample, in its row; a scan that is gone is told in the list of tables."""
    scan = SAMPLES / "status_drawn_marks.pdf"
    document = scanned(scan)
    book, content = exported(Item(document, (scan,)), options=Options(pictures=True))
    sheet = book["status_drawn_marks 1"]
    doubted = [row for row in sheet.iter_rows() if any(cell.comment for cell in row)]
    assert sorted(picture.anchor._from.row + 1 for picture in sheet._images) == [row[0].row for row in doubted]
    assert exported(Item(document, (scan,)), options=Options(pictures=True))[1] == content
    gone, _ = exported(Item(document, (tmp_path / "gone.pdf",)), options=Options(pictures=True))
    assert "does not exist" in str(gone["tables"]["G2"].value)
    assert not gone["status_drawn_marks 1"]._images
    assert not exported(Item(document, (scan,)))[0]["status_drawn_marks 1"]._images


@pytest.mark.skipif(LIBREOFFICE is None, reason="LibreOffice (libreoffice-calc) is not installed")
def test_libreoffice_shows_what_was_printed(tmp_path: Path) -> None:
    """As it prints a sheet: decimals and commas, 1/2 as it is, days of the Buddhist era, no sum of =1+1."""
    _, content = exported(Item(made(statistics(), [PLAIN, *PLAIN_ROWS])))
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true,true,false,false,-1"
    command = [str(LIBREOFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", every_sheet, "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    first = (tmp_path / "a-made 1.csv").read_text(encoding="utf-8-sig")
    second = (tmp_path / "a-made 2.csv").read_text(encoding="utf-8-sig")
    assert '"1,234"' in first
    assert "1/2" in second
    assert "=1+1" in second
    assert "11 มิ.ย. 2563" in second
