"""What is asked for and until when: `laodoc tasks`."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

import laodoc
from laodoc.archive.tasks import Wanted, tasks_of, to_html, to_json, to_text, to_xlsx
from laodoc.export.origin import Origin, Placed
from laodoc.messages import use_language

DUE = date(2022, 10, 7)


@pytest.fixture(autouse=True)
def _thai() -> Iterator[None]:
    use_language("th")
    yield
    use_language(None)


@pytest.fixture(scope="module")
def placed() -> Placed:
    record = Path(__file__).parent.parent / "samples" / "bundle.json"
    return laodoc.load(record), Origin("scans/b.pdf", 3, None)


def test_a_task_says_who_asks_until_when_and_who_has_not_reported(placed: Placed) -> None:
    """The letter with the table of bodies counts them, and names those that are still to report."""
    tasks = tasks_of([placed], Wanted(DUE))
    assert [(task.number, task.deadline) for task in tasks] == [
        ("นน 0023.3/ว 905", "2022-10-07"), ("มท 0899.9/ว 41", "2022-10-07"),
    ]  # fmt: skip
    asked = tasks[1]
    assert asked.done + asked.pending == sum(record.status is not None for record in placed[0].records)
    assert len(asked.waiting) == asked.pending > 0
    assert (asked.path, asked.page) == ("scans/b.pdf", 2)


@pytest.mark.parametrize(
    ("today", "overdue", "this_week", "count"),
    [
        (date(2022, 10, 8), True, False, 2),
        (DUE, True, False, 0),
        (DUE, False, True, 2),
        (date(2022, 10, 1), False, True, 2),
        (date(2022, 9, 30), False, True, 0),
        (date(2022, 10, 8), False, True, 0),
    ],
)
def test_days_are_counted_from_today(placed: Placed, today: date, overdue: bool, this_week: bool, count: int) -> None:
    """Due today is not overdue; a week is seven days with today."""
    assert len(tasks_of([placed], Wanted(today, overdue=overdue, this_week=this_week))) == count


def test_an_office_is_who_asks_or_who_is_asked(placed: Placed) -> None:
    """A part of its name is enough, in whatever way its tone marks are typed."""
    assert len(tasks_of([placed], Wanted(DUE, office="กรมส่งเสริม"))) == 1
    assert len(tasks_of([placed], Wanted(DUE, office="ทุกอำเภอ"))) == 1
    assert tasks_of([placed], Wanted(DUE, office="กรมที่ดิน")) == []


def test_two_scans_of_a_letter_are_one_task(placed: Placed) -> None:
    """Whoever scanned it twice is asked once."""
    again = (placed[0], Origin("scans/again.pdf", 4, None))
    assert len(tasks_of([placed, again], Wanted(DUE))) == 2


def test_tasks_are_told_in_thai(placed: Placed) -> None:
    """Days of the Buddhist era, how late it is, and who is waited for."""
    told = to_text(tasks_of([placed], Wanted(DUE)), date(2022, 10, 10))
    assert "7 ต.ค. 2565  เลยกำหนด 3 วัน" in told
    assert "ยังไม่รายงาน 14: " in told
    assert "scans/b.pdf หน้า 2" in told


def test_tasks_are_a_sheet_and_a_page_to_print(placed: Placed) -> None:
    """Thai headings; days are days; what is late is coloured."""
    tasks = tasks_of([placed], Wanted(DUE))
    page = openpyxl.load_workbook(BytesIO(to_xlsx(tasks, date(2022, 10, 10)))).worksheets[0]
    assert (page.title, page["A1"].value, page["B3"].value) == ("งานค้าง", "กำหนดส่ง", "มท 0899.9/ว 41")
    assert page["A2"].is_date
    assert page["A2"].fill.fgColor.rgb == "FFF8D0C8"
    printed = to_html(tasks, DUE).decode()
    assert '<html lang="th">' in printed
    assert "<td>มท 0899.9/ว 41</td>" in printed


def test_what_a_secret_letter_asks_for_is_covered(placed: Placed) -> None:
    """That there is a day is shown, and not for what; nor who has to report."""
    document = placed[0]
    letter = document.letters[1]
    assert letter.number is not None
    secret = letter.model_copy(update={"secrecy": letter.number.model_copy(update={"text": "ลับ", "value": "ลับ"})})
    covered = (document.model_copy(update={"letters": (secret,)}), placed[1])
    (task,) = tasks_of([covered], Wanted(DUE))
    assert (task.done, task.pending, task.waiting) == (0, 0, ())
    assert "ทต." not in to_json([task])
    assert tasks_of([covered], Wanted(DUE), unmask=True)[0].waiting
