"""A register as a workbook: a sheet for each office, which prints as the HTML does."""

import re
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from laodoc.export import register_text as words
from laodoc.export.register import Gap, Register, Section

THAI_SHORT_DATE = "[$-107041E]d mmm yyyy;@"
"""Excel's format for a date of the Buddhist era with short Thai months."""

WIDTHS = {
    "เลขทะเบียนรับ": 10, "เลขทะเบียนส่ง": 10, "วันที่รับ": 13, "ที่": 20, "ลงวันที่": 13, "จาก": 26, "ถึง": 26, "เรื่อง": 36,
    "การปฏิบัติ": 28, "หมายเหตุ": 24,
}  # fmt: skip
"""Widths of the columns in characters."""

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
LONGEST_NAME = 31
"""Characters that Excel allows in the name of a sheet."""

MADE = datetime(2000, 1, 1)
"""Stands as its day of making, so that the same register gives the same bytes."""


def to_xlsx(register: Register) -> bytes:
    """Document numbers as text, days as dates that are shown in the Buddhist era, texts never as formulas."""
    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(content, options)
    book.set_properties({"title": words.title(register), "created": MADE})
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
        _sheet(book.add_worksheet(_name(section.office or words.NO_OFFICE, taken)), section, register, formats)
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
    for row, entry in enumerate(section.entries, start=HEAD_ROW + 1):
        if isinstance(entry, Gap):
            page.merge_range(row, 0, row, len(names) - 1, "", formats["missing"])
            page.write_string(row, 0, words.missing(entry), formats["missing"])
            continue
        for column, cell in enumerate(words.cells(entry, register)):
            if isinstance(cell, date):
                page.write_datetime(row, column, cell, formats["day"])
            else:
                page.write_string(row, column, cell or "", formats["text"])


def _name(office: str, taken: set[str]) -> str:
    """A name that Excel takes, each once."""
    clean = _FORBIDDEN.sub(" ", office).strip("' ")[:LONGEST_NAME] or words.NO_OFFICE
    name, again = clean, 1
    while name.casefold() in taken:
        again += 1
        name = f"{clean[: LONGEST_NAME - len(f' {again}')]} {again}"
    taken.add(name.casefold())
    return name
