"""The doubt sheet as a workbook (XLSX): written for a person to fill in, and read again."""

import zlib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from unicodedata import category
from zipfile import BadZipFile, ZipFile

from laodoc.errors import AccessError, UsageError
from laodoc.export.books import new_book
from laodoc.export.crops import CROP_DPI
from laodoc.messages import Message
from laodoc.review.doubt_sheet import KINDS, DoubtRow, RemarkRow

COLUMNS = (
    ("แฟ้ม / file", 24), ("หน้า / page", 12), ("คืออะไร / what", 36), ("ต้องเป็น / kind", 22), ("เหตุ / why", 36),
    ("อ่านได้ / read", 22), ("เข้าใจว่า / understood", 22), ("ภาพ / picture", 46), ("ถูกต้อง / correct", 24),
    ("รหัส / key", 12),
)  # fmt: skip
"""Headers and widths in characters."""

CORRECT, KEY = "ถูกต้อง / correct", "รหัส / key"
DOUBTS, REMARKS, HOW = "ข้อสงสัย doubts", "ข้อสังเกต remarks", "วิธีใช้ how to"

HELP = (
    "เขียนค่าที่ถูกต้องตามที่พิมพ์อยู่บนกระดาษลงในช่อง “ถูกต้อง / correct” เลขไทยหรืออารบิกก็ได้",
    "อ่านถูกแล้วให้เขียน “ถูกต้อง” ไม่แน่ใจให้เว้นว่างไว้ ช่องเครื่องหมายใช้ ✓ × หรือ -",
    "ห้ามแก้ช่อง “รหัส / key” (ซ่อนไว้) จะเรียง กรอง หรือลบแถวก็ได้ เสร็จแล้วใช้คำสั่ง laodoc correct คลัง แฟ้มนี้.xlsx",
    "",
    "Write what is printed on the paper into the column “correct”, in Thai or Arabic digits.",
    "Write “ok” where it was read rightly; leave empty what you do not know. A mark is ✓, × or -.",
    "Leave the hidden column “key” alone; rows may be sorted, filtered or deleted.",
    "When done: laodoc correct ARCHIVE FILE.xlsx",
)

SCREEN_DPI = 96
LARGER = 1.25
"""Times as large as on paper, a picture on the screen."""

POINTS = 72 / SCREEN_DPI
TEXT_LINE = 16
"""Points of a line of text; Thai needs more than the usual 15."""

LEAST_HEIGHT = 2 * TEXT_LINE

MOST_HEIGHT = 260
MOST_ROWS = 100_000
"""Rows of a sheet that are looked at; laodoc writes fewer."""

MOST_UNFOLDED = 512 << 20
"""Bytes of a sheet without its ZIP's compression: 2000 pictures have a tenth of it."""

BROKEN_BOOK = (
    BadZipFile, zlib.error, SyntaxError, LookupError, ValueError, TypeError, AttributeError, RuntimeError, EOFError,
)  # fmt: skip
"""What openpyxl raises where a file is not the workbook that it says; XML parsers raise SyntaxErrors."""

PERCENT_DECIMALS = 6
"""Of a percentage, so that a hundred times 0.0372 is 3.72."""


Styles = tuple[object, object, object]
"""Of texts, of page numbers, and of the column for answers."""


def to_workbook(doubts: Sequence[DoubtRow], remarks: Sequence[RemarkRow]) -> bytes:
    """The workbook: a row a doubt with an empty column for the answer, the remarks, and how to use it."""
    content = BytesIO()
    book = new_book(content)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    middle = book.add_format({"align": "center", "valign": "top"})
    bold = book.add_format({"bold": True, "valign": "top", "bottom": 1})
    # Text, so that a program makes no date of 1/2 and drops no nought in front.
    answer = book.add_format(
        {"num_format": "@", "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#FFF8DC"}
    )
    page = book.add_worksheet(DOUBTS)
    page.freeze_panes(1, 0)
    for column, (name, width) in enumerate(COLUMNS):
        page.set_column(column, column, width, None, {"hidden": name == KEY})
        page.write_string(0, column, name, bold)
    for number, row in enumerate(doubts, start=1):
        _write_row(page, number, row, (wrapped, middle, answer))
    if doubts:
        page.autofilter(0, 0, len(doubts), len(COLUMNS) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    _write_table(book.add_worksheet(REMARKS), [(row.file, row.page, row.text) for row in remarks], bold, wrapped)
    help_page = book.add_worksheet(HOW)
    help_page.set_column(0, 0, 120)
    for number, text in enumerate(HELP):
        help_page.write_string(number, 0, text)
    book.close()
    return content.getvalue()


def _write_row(page: Any, number: int, row: DoubtRow, styles: Styles) -> None:
    wrapped, middle, answer = styles
    texts = (row.label, KINDS[row.kind], row.why, row.read, row.understood)
    page.write_string(number, 0, row.file, wrapped)
    page.write_number(number, 1, row.page, middle)
    for column, text in enumerate(texts, start=2):
        page.write_string(number, column, text, wrapped)
    place = [name for name, _ in COLUMNS].index(CORRECT)
    page.write_blank(number, place, None, answer)
    page.write_string(number, place + 1, row.key)
    if row.kind == "mark":
        page.data_validation(number, place, number, place, {"validate": "list", "source": ["✓", "×", "-", "ok"]})
    lines = (_lines(text, COLUMNS[column][1]) for column, text in enumerate(texts, start=2))
    height = max(LEAST_HEIGHT, TEXT_LINE * max(lines))
    if row.picture:
        scale = min(LARGER * SCREEN_DPI / CROP_DPI, 7 * COLUMNS[place - 1][1] / row.picture.width)
        scale = min(scale, MOST_HEIGHT / POINTS / row.picture.height)
        height = max(height, round(scale * row.picture.height * POINTS) + 6)
        options = {
            "image_data": BytesIO(row.picture.png), "x_scale": scale, "y_scale": scale, "x_offset": 3, "y_offset": 3,
            "object_position": 1, "description": f"{row.label}: {row.read}",
        }  # fmt: skip
        page.insert_image(number, place - 1, f"{number}.png", options)
    page.set_row(number, height)


def _lines(text: str, width: int) -> int:
    """About how many lines a text takes in a column of this width; Thai marks above and below take no room."""
    return sum(1 + sum(category(sign) != "Mn" for sign in line) // width for line in text.split("\n"))


def _write_table(page: Any, rows: Sequence[tuple[str, int | None, str]], bold: object, wrapped: object) -> None:
    for column, (name, width) in enumerate((("แฟ้ม / file", 24), ("หน้า / page", 8), ("ข้อสังเกต / remark", 100))):
        page.set_column(column, column, width)
        page.write_string(0, column, name, bold)
    for number, (file, leaf, text) in enumerate(rows, start=1):
        page.write_string(number, 0, file, wrapped)
        if leaf is not None:
            page.write_number(number, 1, leaf, wrapped)
        page.write_string(number, 2, text, wrapped)


def answers_in(path: Path) -> list[tuple[int, str, object]]:
    """(row, key, answer) of all rows of a sheet in which a person wrote an answer.

    Raises:
        AccessError: it cannot be read.
        UsageError: it is no doubt sheet, or a damaged one.
    """
    try:
        with path.open("rb") as file:
            return _answers(file)
    except OSError as refused:
        raise AccessError(Message("unreadable-file", path=path, why=refused.strerror)) from refused
    except BROKEN_BOOK as odd:
        raise UsageError(Message("no-doubt-sheet", path=path)) from odd


def _answers(file: BinaryIO) -> list[tuple[int, str, object]]:
    """Raises: BROKEN_BOOK."""
    import openpyxl

    with ZipFile(file) as parts:
        if sum(part.file_size for part in parts.infolist()) > MOST_UNFOLDED:
            raise BadZipFile("it unfolds to far more than sheets do")
    book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    try:
        found = [page for page in book.worksheets if page.title == DOUBTS] or book.worksheets[:1]
        rows = found[0].iter_rows(max_row=MOST_ROWS) if found else iter(())
        names = [str(cell.value) for cell in next(rows, ())]
        answer_at, key_at = names.index(CORRECT), names.index(KEY)
        filled = []
        for number, row in enumerate(rows, start=2):
            answer, key = (
                _said(row[at]) if at < len(row) else None for at in (answer_at, key_at)
            )  # rows may end early
            if answer is not None and str(answer).strip():
                filled.append((number, str(key or ""), answer))
        return filled
    finally:
        book.close()


def _said(cell: Any) -> object:
    """What a cell says: 3.72 where a program shows 3.72 % and keeps 0.0372."""
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool) and "%" in str(cell.number_format):
        return f"{round(100 * value, PERCENT_DECIMALS):g}"
    return value
