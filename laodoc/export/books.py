"""Workbooks (XLSX) as XlsxWriter makes them: nothing becomes a formula or a link by itself, and no time goes in."""

import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

WRITTEN = datetime(2000, 1, 1, tzinfo=UTC)
"""The day on which every workbook was made: the same tables give the same bytes."""


LONGEST_NAME = 31
"""Characters that Excel allows in the name of a sheet."""

RESERVED = "history"
"""A name that Excel keeps for itself."""

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def sheet_name(wanted: str, taken: set[str], *, otherwise: str = "sheet") -> str:
    """A name for a sheet that Excel takes: like `wanted`, or `otherwise` where nothing is left of that; not one of the
    names `taken` (in small letters), which it joins."""
    clean = _FORBIDDEN.sub(" ", wanted).strip("' ")[:LONGEST_NAME].strip("' ") or otherwise
    name, again = clean, 1
    while name.casefold() in taken or name.casefold() == RESERVED:
        again += 1
        name = f"{clean[: LONGEST_NAME - len(f' {again}')]} {again}"
    taken.add(name.casefold())
    return name


def new_book(content: BytesIO, *, title: str | None = None) -> Any:
    """An empty `xlsxwriter.Workbook` that is written into `content` when it is closed."""
    import xlsxwriter

    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": WRITTEN, **({"title": title} if title else {})})
    return book
