"""A register as a workbook: a sheet for each office, which prints as the HTML does."""

import unicodedata
from datetime import date
from io import BytesIO
from math import ceil
from typing import Any

from laodoc.export import register_text as words
from laodoc.export.books import new_book, sheet_name
from laodoc.export.register import Gap, Register, Section

THAI_SHORT_DATE = "[$-107041E]d mmm yyyy;@"
"""Excel's format for a date of the Buddhist era with short Thai months."""

WIDTHS = {
    "เลขทะเบียนรับ": 10, "เลขทะเบียนส่ง": 10, "วันที่รับ": 13, "ที่": 20, "ลงวันที่": 13, "จาก": 26, "ถึง": 26, "เรื่อง": 36,
    "การปฏิบัติ": 28, "หมายเหตุ": 24,
}  # fmt: skip
"""Widths of the columns in characters."""

LINE_POINTS = 17
"""Height of a line of Thai in 11 points, marks above and below included. Rows are as high as their fullest cell: not
every program makes them so by itself."""

WORDS_FILL = 0.85
"""How much of a line words fill, since Thai breaks between words."""


def to_xlsx(register: Register) -> bytes:
    """Document numbers as text, days as dates that are shown in the Buddhist era, texts never as formulas."""
    content = BytesIO()
    book = new_book(content, title=words.title(register))
    cell = {"border": 1, "text_wrap": True, "valign": "top"}
    formats = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({**cell, "bold": True, "bg_color": "#EEEEEE", "align": "center"}),
        "text": book.add_format({**cell, "num_format": "@"}),
        "day": book.add_format({**cell, "num_format": THAI_SHORT_DATE, "align": "center"}),
        "missing": book.add_format({**cell, "italic": True, "font_color": "#666666", "align": "center"}),
    }
    taken: set[str] = set()
    for section in register.sections:
        name = sheet_name(section.office or words.NO_OFFICE, taken, otherwise=words.NO_OFFICE)
        _sheet(book.add_worksheet(name), section, register, formats)
    book.close()
    return content.getvalue()


HEAD_ROW = 2
"""Above it stand the title and the office."""


def _sheet(page: Any, section: Section, register: Register, formats: dict[str, object]) -> None:
    names = words.columns(register)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD_ROW)
    page.freeze_panes(HEAD_ROW + 1, 1)
    page.write_string(0, 0, words.title(register), formats["title"])
    page.write_string(1, 0, section.office or words.NO_OFFICE, formats["title"])
    for column, name in enumerate(names):
        page.write_string(HEAD_ROW, column, name, formats["head"])
        page.set_column(column, column, WIDTHS[name])
    page.set_row(HEAD_ROW, 2 * LINE_POINTS)
    for row, entry in enumerate(section.entries, start=HEAD_ROW + 1):
        if isinstance(entry, Gap):
            page.merge_range(row, 0, row, len(names) - 1, "", formats["missing"])
            page.write_string(row, 0, words.missing(entry), formats["missing"])
            continue
        cells = words.cells(entry, register)
        page.set_row(
            row, LINE_POINTS * max(_lines(cell, WIDTHS[name]) for name, cell in zip(names, cells, strict=True))
        )
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                page.write_datetime(row, column, cell, formats["day"])
            else:
                page.write_string(row, column, cell or "", formats["text"])


def _lines(cell: str | date | None, width: int) -> int:
    """How many lines the text fills; Thai marks above and below take no room of their own."""
    letters = sum(unicodedata.category(letter) != "Mn" for letter in cell) if isinstance(cell, str) else 0
    return max(1, ceil(letters / (WORDS_FILL * width)))
