"""Doubt sheets: every doubt with its place on the scan, on the screen and on paper."""

import base64
import re
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from PIL import Image
from scanning import fill

from laodoc.archive.batch import BatchOptions, run_batch
from laodoc.archive.correcting import Answer
from laodoc.archive.doubting import DoubtOptions, Doubts, doubts_of
from laodoc.archive.entering import enter_files
from laodoc.archive.ledger import Ledger
from laodoc.document import BBox
from laodoc.export.crops import FRAME, picture_of
from laodoc.imaging.page import UprightPage
from laodoc.imaging.reopening import upright_again
from laodoc.imaging.source import open_source
from laodoc.layout.page import PageLayout
from laodoc.pipeline import ScanOptions, scan
from laodoc.recognition.reading import PageReading
from laodoc.review.doubt_sheet import DoubtRow, RemarkRow
from laodoc.review.paper import to_html
from laodoc.review.workbook import CORRECT, DOUBTS, answers_in, to_workbook

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
LIBREOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with a letter and a table of drawn marks of which two are in doubt; the scans lie beside it."""
    folder = tmp_path_factory.mktemp("archive")
    for name in ("status_drawn_marks.pdf", "external_letter.pdf"):
        shutil.copy(SAMPLES / name, folder)
    ledger = Ledger(folder / "a.sqlite", create=True)
    enter_files(ledger, [folder])
    fill(ledger)
    return folder


@pytest.fixture(scope="module")
def doubts(archive: Path) -> Doubts:
    found = doubts_of(Ledger(archive / "a.sqlite"))
    assert found.blind == []
    return found


@pytest.mark.parametrize("name", ["turned_two_level.pdf", "phone_photo.jpg"])
def test_a_page_is_opened_again_as_it_was_read(name: str) -> None:
    """Turned, straightened, flattened from a photo: the same pixels as those in which the boxes were found."""
    seen: list[UprightPage] = []

    def look(page: UprightPage, _: PageLayout, __: PageReading) -> None:
        seen.append(page)

    path = SAMPLES / name
    document = scan(path, ScanOptions(engine="null"), observe=look)
    again = list(upright_again(open_source(path), document.pages, {page.number for page in document.pages}))
    assert [page.number for page, _ in again] == [page.number for page in document.pages]
    for (_, image), first in zip(again, seen, strict=True):
        assert np.array_equal(image.grey, first.grey)


def test_a_picture_shows_the_place_framed_with_its_surroundings() -> None:
    """Ink in the box and beside it, the frame around the box; at the page's edge the picture ends with the page."""
    page = np.full((600, 900), 255, np.uint8)
    page[300:320, 400:460] = 0
    picture = picture_of(page, BBox(400, 300, 460, 320), 300.0)
    pixels = np.asarray(Image.open(BytesIO(picture.png)).convert("RGB")).astype(int)
    assert pixels.shape == (picture.height, picture.width, 3)
    red = (np.abs(pixels - FRAME).sum(axis=2) < 120).nonzero()
    dark = (pixels.sum(axis=2) < 200).nonzero()
    assert red[0].min() < dark[0].min() <= dark[0].max() < red[0].max()
    assert red[1].min() < dark[1].min() <= dark[1].max() < red[1].max()
    edge = picture_of(page, BBox(880, 590, 950, 640), 300.0)
    assert edge.width < picture.width


def test_every_doubt_of_a_scan_has_its_picture(doubts: Doubts) -> None:
    """The two marks that could not be read are there, each with the ink of its tick."""
    marks = [row for row in doubts.rows if row.kind == "mark"]
    assert len(marks) == 2
    assert all(row.picture is not None for row in doubts.rows)
    for row in marks:
        assert row.picture is not None
        pixels = np.asarray(Image.open(BytesIO(row.picture.png)).convert("L"))
        assert pixels.shape == (row.picture.height, row.picture.width)
        assert (pixels < 128).mean() > 0.005


def test_the_paper_sheet_needs_nothing_but_itself(doubts: Doubts) -> None:
    """One file: a row a doubt, each picture in it, nothing fetched, what was read not taken for HTML."""
    html = to_html(doubts.rows, doubts.remarks).decode()
    pictures = re.findall(r'src="data:image/png;base64,([^"]+)"', html)
    assert len(pictures) == html.count("<tr><td>") == len(doubts.rows)
    for picture in pictures:
        Image.open(BytesIO(base64.b64decode(picture))).verify()
    assert not re.search(r"https?:|<script|<link|url\(", html)
    odd = DoubtRow("<b>.pdf", 1, "letter-1", "text", "why & how", "<i>ก</i>", "", "key")
    said = to_html([odd], [RemarkRow("a.pdf", None, "1 < 2")]).decode()
    assert "&lt;i&gt;ก&lt;/i&gt;" in said
    assert "1 &lt; 2" in said
    assert "<b>.pdf" not in said


def test_the_workbook_holds_the_pictures_and_is_the_same_each_time(doubts: Doubts) -> None:
    """openpyxl finds a picture a row in its place; the key is hidden; twice written are the same bytes."""
    content = to_workbook(doubts.rows, doubts.remarks)
    assert content == to_workbook(doubts.rows, doubts.remarks)
    page = openpyxl.load_workbook(BytesIO(content))[DOUBTS]
    rows = sorted(picture.anchor._from.row for picture in page._images)
    assert rows == list(range(1, len(doubts.rows) + 1))
    names = [cell.value for cell in page[1]]
    assert page.column_dimensions[openpyxl.utils.get_column_letter(len(names))].hidden
    assert [cell.value for cell in page[2]][names.index(CORRECT)] is None


def test_a_scan_that_moved_or_changed_gives_a_sheet_without_its_pictures(archive: Path, tmp_path: Path) -> None:
    """The reason is one line a file; the other file's doubts keep their pictures."""
    folder = tmp_path / "there"
    shutil.copytree(archive, folder)
    with (Ledger(folder / "a.sqlite")).writing() as session:
        session.connection().exec_driver_sql(
            "update files set place = replace(place, ?, ?)", (str(archive), str(folder))
        )
    (folder / "status_drawn_marks.pdf").rename(folder / "elsewhere.pdf")
    found = doubts_of(Ledger(folder / "a.sqlite"))
    assert len(found.blind) == 1
    assert "does not exist" in found.blind[0]
    assert {row.picture is None for row in found.rows if row.file == "status_drawn_marks.pdf"} == {True}
    assert {row.picture is None for row in found.rows if row.file == "external_letter.pdf"} == {False}
    shutil.copy(SAMPLES / "fax.pdf", folder / "status_drawn_marks.pdf")
    (changed,) = doubts_of(Ledger(folder / "a.sqlite")).blind
    assert "another scan" in changed
    assert to_html(found.rows, found.remarks)


def test_a_scan_in_a_zip_has_its_pictures(tmp_path: Path) -> None:
    """It is unpacked to be shown, and nothing of it is left behind."""
    with zipfile.ZipFile(tmp_path / "scans.zip", "w") as packed:
        packed.write(SAMPLES / "status_drawn_marks.pdf", "in/table.pdf")
    ledger = Ledger(tmp_path / "a.sqlite", create=True)
    enter_files(ledger, [tmp_path / "scans.zip"])
    assert run_batch(ledger, BatchOptions()) == (1, 0)
    found = doubts_of(ledger)
    assert found.blind == []
    assert all(row.picture is not None for row in found.rows)


def test_no_more_doubts_than_asked_for(archive: Path, doubts: Doubts) -> None:
    """The rest is counted."""
    found = doubts_of(Ledger(archive / "a.sqlite"), DoubtOptions(limit=2, pictures=False))
    assert (len(found.rows), found.left) == (2, len(doubts.rows) - 2)
    assert found.rows[0].picture is None


def test_no_reading_undoes_a_correction(archive: Path, doubts: Doubts, tmp_path: Path) -> None:
    """Read again with `since_model`: by an engine that sees marks and reads no text, then by the usual one."""
    shutil.copytree(archive, tmp_path / "copy")
    ledger = Ledger(tmp_path / "copy" / "a.sqlite")
    with ledger.writing() as session:
        session.connection().exec_driver_sql("delete from files where place like '%letter.pdf'")
    answers = [Answer(2, row.key, "✓") for row in doubts.rows if row.kind == "mark"]
    assert ledger.correct(answers, "สมชาย").new == 2
    before = dict(ledger.records())
    for engine in ("null", "laodoc-thai"):
        options = BatchOptions(scan=ScanOptions(engine=engine), since_model=True)
        assert run_batch(ledger, options) == (1, 0)
        assert ledger.lost_corrections() == []
        (table,) = (table for _, document in ledger.documents() for table in document.tables)
        assert [table.rows[row].cells[3].mark for row in (12, 13)] == ["check", "check"]
        assert (dict(ledger.records()) == before) is (engine == "laodoc-thai")


@pytest.mark.skipif(LIBREOFFICE is None, reason="LibreOffice (libreoffice-calc) is not installed")
def test_a_sheet_that_libreoffice_saved_comes_back(archive: Path, doubts: Doubts, tmp_path: Path) -> None:
    """Filled in, opened and saved by LibreOffice: the answers are as they were typed, and the marks are settled."""
    path = tmp_path / "d.xlsx"
    path.write_bytes(to_workbook(doubts.rows, doubts.remarks))
    book = openpyxl.load_workbook(path)
    column = [cell.value for cell in book[DOUBTS][1]].index(CORRECT) + 1
    for number, row in enumerate(doubts.rows, start=2):
        book[DOUBTS].cell(number, column).value = "✓" if row.kind == "mark" else "ok"
    book.save(path)
    convert(path, tmp_path / "saved", "xlsx")
    shutil.copytree(archive, tmp_path / "copy")
    ledger = Ledger(tmp_path / "copy" / "a.sqlite")
    answers = [Answer(*each) for each in answers_in(tmp_path / "saved" / "d.xlsx")]
    assert {str(answer.answer) for answer in answers} == {"✓", "ok"}
    taken = ledger.correct(answers, "สมชาย")
    assert (taken.new, taken.refused) == (len(doubts.rows), [])
    assert not [row for row in doubts_of(ledger, DoubtOptions(pictures=False)).rows if row.kind == "mark"]


def convert(path: Path, folder: Path, form: str) -> None:
    """Let LibreOffice save a file in another format, with a profile of its own."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(LIBREOFFICE), profile, "--headless", "--convert-to", form, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
