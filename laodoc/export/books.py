"""Workbooks (XLSX) as XlsxWriter makes them: nothing becomes a formula or a link by itself, and no time goes in."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

WRITTEN = datetime(2000, 1, 1, tzinfo=UTC)
"""The day on which every workbook was made: the same tables give the same bytes."""


def new_book(content: BytesIO) -> Any:
    """An empty `xlsxwriter.Workbook` that is written into `content` when it is closed."""
    import xlsxwriter

    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": WRITTEN})
    return book
