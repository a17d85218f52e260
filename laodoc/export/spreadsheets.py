"""Tables as CSV, JSON lines and XLSX, so that what was printed is what is shown."""

import csv
import json
from collections.abc import Sequence
from datetime import date
from io import BytesIO, StringIO

from laodoc.export.sheets import Entry, Plain, Sheet

BOM = "\ufeff"
"""Without it Excel takes UTF-8 for the local code page, and shows no Thai."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a text a formula in a spreadsheet, where it stands first."""

DOUBT = 0.9
"""Confidence below which a cell is coloured."""

THAI_DATE = "[$-107041E]d mmmm yyyy;@"
"""Excel's format for a date of the Buddhist era with Thai months."""

WIDEST = 60


def to_csv(sheet: Sheet) -> bytes:
    """UTF-8 with BOM, a comma between columns, dates in ISO 8601; texts that would be formulas begin with `'`."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(sheet.columns)
    writer.writerows([_harmless(entry.value) for entry in row] for row in sheet.rows)
    return (BOM + text.getvalue()).encode()


def to_json_lines(sheet: Sheet) -> bytes:
    """One object a row, in UTF-8; dates in ISO 8601."""
    rows = ({name: _plain(entry.value) for name, entry in zip(sheet.columns, row, strict=True)} for row in sheet.rows)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def to_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """A sheet for each table: numbers as numbers, dates as dates in the Buddhist era, everything else as text; what was
    read with less confidence than `DOUBT` is coloured and says how much."""
    import xlsxwriter

    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    styles = {
        (dated, doubted): book.add_format(
            {"num_format": THAI_DATE if dated else "General", **({"bg_color": "#FFE08A"} if doubted else {})}
        )
        for dated in (False, True)
        for doubted in (False, True)
    }
    bold = book.add_format({"bold": True})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 1)
        page.write_row(0, 0, sheet.columns, bold)
        for number, row in enumerate(sheet.rows, start=1):
            for column, entry in enumerate(row):
                _write(page, (number, column), entry, styles)
        for column, name in enumerate(sheet.columns):
            longest = max((len(str(row[column].value or "")) for row in sheet.rows), default=0)
            page.set_column(column, column, min(WIDEST, max(len(name), longest) + 2))
        if sheet.rows:
            page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    book.close()
    return content.getvalue()


def _write(page: object, place: tuple[int, int], entry: Entry, styles: dict[tuple[bool, bool], object]) -> None:
    value, doubted = entry.value, entry.value is not None and entry.confidence < DOUBT
    style = styles[isinstance(value, date), doubted]
    if value is None:
        return
    if isinstance(value, date):
        page.write_datetime(*place, value, style)  # type: ignore[attr-defined]
    elif isinstance(value, str):
        page.write_string(*place, value, style)  # type: ignore[attr-defined]
    else:
        page.write_number(*place, value, style)  # type: ignore[attr-defined]
    if doubted:
        page.write_comment(*place, f"confidence {entry.confidence:.2f}")  # type: ignore[attr-defined]


def _plain(value: Plain) -> str | int | float | None:
    return value.isoformat() if isinstance(value, date) else value


def _harmless(value: Plain) -> str | int | float | None:
    plain = _plain(value)
    return f"'{plain}" if isinstance(plain, str) and plain.startswith(FORMULA) else plain
