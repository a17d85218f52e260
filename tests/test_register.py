"""Registers of letters received and sent: what openpyxl and a browser show of them."""

import re
import shutil
import subprocess
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from letters_made import day, document, endorsement, field, letter, number, received

from laodoc.document import Document, Letter, Reference
from laodoc.errors import UsageError
from laodoc.export.books import LONGEST_NAME
from laodoc.export.masking import MASK
from laodoc.export.register import Gap, Register, register_of
from laodoc.export.register_file import writer_for
from laodoc.export.register_html import to_html
from laodoc.export.register_lines import Line
from laodoc.export.register_text import columns, count
from laodoc.export.register_xlsx import LINE_POINTS, to_xlsx

OFFICE = "ที่ว่าการอำเภอตัวอย่าง"
OTHER = "ศาลากลางจังหวัดตัวอย่าง"


def arrived(said: str | None, dated: str | None = "2020-06-12", **parts: object) -> Letter:
    """A letter with the received stamp of OFFICE."""
    stamp = received(OFFICE, number(said) if said else field("37ร"), day(dated) if dated else field("๓๑/๖"))
    given: dict[str, object] = {
        "number": number("มท 0899.9/ว 41"),
        "date": day("2020-06-11"),
        "sender": field("กรมตัวอย่าง"),
        "recipients": (field("ผู้ว่าราชการจังหวัด ทุกจังหวัด"),),
        "subject": field("=การสำรวจ"),
        "received": (stamp,),
    }
    return letter(**(given | parts))


def left(said: str, dated: str = "2020-06-11", **parts: object) -> Letter:
    """A letter that OFFICE sent."""
    return letter(number=number(said), date=day(dated), sender=field(OFFICE), **parts)


def entries(made: Register) -> list[int | tuple[int, int] | None]:
    """Running numbers, and gaps as pairs."""
    return [
        (entry.first, entry.last) if isinstance(entry, Gap) else entry.running
        for section in made.sections
        for entry in section.entries
    ]


def lines(made: Register) -> list[Line]:
    """All lines of all offices."""
    return [entry for section in made.sections for entry in section.entries if isinstance(entry, Line)]


def test_gaps_in_the_numbers_are_shown() -> None:
    """From 1 on; what could not be read stands last, a number that two letters have says so."""
    letters = [arrived("12"), arrived("9/2563"), arrived(None), arrived("12", number=number("มท 1/7"))]
    made = register_of([document([one], f"{place}.pdf") for place, one in enumerate(letters)], "received", 2563)
    assert entries(made) == [(1, 8), 9, (10, 11), 12, 12, None]
    nine, first, second, unread = lines(made)
    assert nine.number == "9/2563"
    assert (first.remark, second.remark) == ("0.pdf หน้า 1", "เลขซ้ำ; 3.pdf หน้า 1")
    assert unread.number == "37ร (?)"


def test_a_year_holds_its_own_letters() -> None:
    """By the day of receipt, or where that was not understood by the letter's; those without any day are counted."""
    documents = [
        document([arrived("1"), arrived("2", "2021-01-02"), arrived("3", None), arrived("4", None, date=None)])
    ]
    made = register_of(documents, "received", 2563)
    assert entries(made) == [1, (2, 2), 3]
    assert made.undated == 1
    assert [line.number for line in made.without_day] == ["4"]
    assert lines(made)[1].remark.startswith("วันที่รับ ๓๑/๖ (?); ")
    assert entries(register_of(documents, "received", 2564)) == [(1, 1), 2]
    assert count(register_of(documents, "received", 2565)) == 0


def test_a_letter_without_a_subject_is_about_what_it_follows_or_asks_for() -> None:
    """Stamped letters print no subject: that of the letter they follow up stands there, else what they ask for."""
    follows = Reference(issuer=None, number=number("มท 1/2"), date=None, subject=field("การสำรวจลานกีฬา"))
    asks = field("จึงขอให้รายงานผล")
    letters = [
        arrived("1", subject=None, references=(follows,), action=asks),
        arrived("2", subject=None, action=asks),
        arrived("3", action=asks),
    ]
    told = lines(register_of([document(letters)], "received", 2563))
    assert [line.subject for line in told] == ["การสำรวจลานกีฬา", "จึงขอให้รายงานผล", "=การสำรวจ"]


def test_a_rescan_is_no_second_letter() -> None:
    """Two files show the same stamp: one line that names both; what the stamp does not say is no reason to join."""
    again = [document([arrived("5")], "a.pdf"), document([arrived("5")], "b.pdf")]
    (line,) = lines(register_of(again, "received", 2563))
    assert line.remark == "a.pdf หน้า 1; b.pdf หน้า 1"
    unread = [document([arrived(None, subject=field(said))], said) for said in ("ก", "ข")]
    assert len(lines(register_of(unread, "received", 2563))) == 2


def test_each_office_has_its_own_register() -> None:
    """A stamp counts in the register of the office that it names; one office is chosen by a part of its name."""
    both = arrived("7", endorsements=(endorsement(OFFICE, number("ตย 0023.15/ว 8"), day("2020-06-15"), "นายก อบต."),))
    both = both.model_copy(update={"received": (*both.received, received(OTHER, number("3"), day("2020-06-11")))})
    made = register_of([document([both])], "received", 2563)
    assert [section.office for section in made.sections] == [OFFICE, OTHER]
    one = register_of([document([both])], "received", 2563, office="อำเภอ ตัวอย่าง")
    (line,) = lines(one)
    assert line.running == 7
    assert line.action == "ส่งต่อ นายก อบต. ที่ ตย 0023.15/ว 8 ลง 15 มิ.ย. 63"
    assert one.sections[0].office == "อำเภอ ตัวอย่าง"


def test_letters_sent_are_counted_by_their_numbers() -> None:
    """Circulars in a series of their own; what was passed on is a letter sent; a number to be filled in is none."""
    note = endorsement(OFFICE, number("ตย 0023.15/ว 8"), day("2020-06-15"), "นายก อบต.", "นายกเทศมนตรี")
    documents = [
        document([left("ตย 0023.15/2"), left("ตย 0023.15/ว 6", recipients=(field("ก"), field("ข")))]),
        document([left("ตย 0023.15/ว"), arrived("7", endorsements=(note,))]),
    ]
    made = register_of(documents, "sent", 2563, office="0023.15")
    assert entries(made) == [(1, 1), 2, (1, 5), 6, (7, 7), 8, None]
    regular, circular, passed_on, unfilled = lines(made)
    assert (regular.number, circular.number, passed_on.number, unfilled.number) == ("2", "ว 6", "ว 8", "")
    assert circular.receiver == "ก; ข"
    assert passed_on.remark.startswith("ส่งต่อหนังสือ มท 0899.9/ว 41")
    assert passed_on.subject == "=การสำรวจ"


def test_of_secret_letters_number_and_days_are_shown() -> None:
    """Subject, action and receiver are covered, and identity numbers anywhere; a rescan counts once."""
    secret = arrived("5", secrecy=field("ลับ"), action=field("โปรดทราบ"), sender=field("นาย ก 1-2345-67890-12-1"))
    documents = [document([secret], "a.pdf"), document([secret], "b.pdf")]
    made = register_of(documents, "received", 2563)
    (line,) = lines(made)
    assert (line.subject, line.action, line.receiver) == (MASK, MASK, MASK)
    assert line.letter == "มท 0899.9/ว 41"
    assert "12345" not in line.sender.replace("-", "")
    assert made.hidden == 4
    shown = register_of(documents, "received", 2563, unmask=True)
    assert (lines(shown)[0].subject, shown.hidden) == ("=การสำรวจ", 0)


@pytest.fixture
def made() -> Register:
    """Two offices, whose names differ only behind what Excel keeps of a name, with sixty letters."""
    name = "สำนักงานส่งเสริมการปกครองท้องถิ่นอำเภอ"
    documents: list[Document] = []
    for office in (f"{name}หนึ่ง", f"{name}/สอง"):
        stamps = [received(office, number(str(3 * place)), day("2020-06-12")) for place in range(1, 31)]
        letters = [arrived("1", received=(stamp,), action=field("โปรด" * 15)) for stamp in stamps]
        documents.append(document(letters, f"{office[-4:]}.pdf"))
    return register_of(documents, "received", 2563)


def test_the_workbook_keeps_numbers_text_and_days_dates(made: Register) -> None:
    """A sheet an office; the head is printed on every page, A4 across; the same register gives the same bytes."""
    content = to_xlsx(made)
    book = openpyxl.load_workbook(BytesIO(content))
    assert len(book.sheetnames) == 2
    assert all(len(name) <= LONGEST_NAME for name in book.sheetnames)
    page = book.worksheets[0]
    assert [cell.value for cell in page[3]] == list(columns(made))
    assert page["A4"].value == "1–2 ไม่พบหนังสือ (2 เลข)"
    assert [(cell.value, cell.data_type) for cell in page[5]][:4] == [
        ("3", "s"),
        (datetime(2020, 6, 12), "d"),
        ("มท 0899.9/ว 41", "s"),
        (datetime(2020, 6, 11), "d"),
    ]
    assert "107041E" in page["B5"].number_format
    assert (page["G5"].value, page["G5"].data_type) == ("=การสำรวจ", "s")
    assert 3 * LINE_POINTS <= page.row_dimensions[5].height < 4 * LINE_POINTS  # its action of 60 letters
    assert page.print_title_rows == "$3:$3"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert content == to_xlsx(made)
    with zipfile.ZipFile(BytesIO(content)) as parts:
        assert b"2000-01-01" in parts.read("docProps/core.xml")


def test_the_page_says_the_same(made: Register) -> None:
    """Every line and gap has a row, days are of the Buddhist era, and nothing comes from elsewhere."""
    page = to_html(made).decode()
    assert "12 มิ.ย. 63" in page
    assert not re.search(r"https?:|src=|url\(", page)
    rows = [re.findall(r"<td[^>]*>([^<]*)</td>", row) for row in page.split("<tr>")]
    shown = [row for row in rows if row]
    assert len(shown) == sum(len(section.entries) for section in made.sections)
    assert shown[0] == ["1–2 ไม่พบหนังสือ (2 เลข)"]
    assert shown[1][:4] == ["3", "12 มิ.ย. 63", "มท 0899.9/ว 41", "11 มิ.ย. 63"]
    assert {len(row) for row in shown} == {1, len(columns(made))}


def test_files_are_told_by_their_ends() -> None:
    """Workbook or page; anything else is no register."""
    assert writer_for(Path("a.XLSX")) is to_xlsx
    assert writer_for(Path("a.html")) is to_html
    with pytest.raises(UsageError, match=r"\.xlsx or \.html"):
        writer_for(Path("a.pdf"))


@pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium, which prints the page, is not installed")
def test_the_page_prints_with_its_head_on_every_sheet(made: Register, tmp_path: Path) -> None:
    """Chromium prints A4 across; each sheet has the head, each office begins a sheet of its own."""
    (tmp_path / "register.html").write_bytes(to_html(made))
    target = tmp_path / "register.pdf"
    chromium = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    command = [*chromium, "--no-pdf-header-footer", f"--print-to-pdf={target}", (tmp_path / "register.html").as_uri()]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    told = subprocess.run(["pdfinfo", target], capture_output=True, text=True, check=True).stdout
    size = re.search(r"Page size: +([\d.]+) x ([\d.]+)", told)
    pages = re.search(r"Pages: +(\d+)", told)
    assert size is not None
    assert pages is not None
    assert [round(float(side)) for side in size.groups()] == [842, 595]
    assert int(pages[1]) > 2
    for sheet in range(1, int(pages[1]) + 1):
        command = ["pdftotext", "-f", str(sheet), "-l", str(sheet), "-raw", str(target), "-"]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert "หมายเหตุ" in text
        assert "มท 0899.9/ว" in text
