"""Workbooks (XLSX) as XlsxWriter makes them: nothing becomes a formula or a link by itself, and no time goes in."""

import re
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

WRITTEN = datetime(2000, 1, 1, tzinfo=UTC)
"""The day on which every workbook was made: the same tables give the same bytes."""


FONT = {"font_name": "Tahoma", "font_size": 10, "font_scheme": ""}
"""A font with Thai letters of the size of its Latin ones, on every Windows; else Thai comes small from another one."""

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


WIDEST, NARROWEST = 45, 5
"""Characters of a column; longer texts are wrapped."""

ON_A_PAGE = 170
"""Characters beside each other on A4 across that can still be read; the widest columns make room."""

PAPER_A4 = 9
"""Excel's number of the size."""

ABOVE = frozenset("ัิีึืฺุู็่้๊๋์ํ๎")
"""Thai signs that take no room of their own."""


def width(value: object) -> int:
    """The characters that a value takes in a cell: of its longest line, of a day as it is shown."""
    if isinstance(value, date):
        return len("30 ก.ย. 2563") + 1
    return max((sum(sign not in ABOVE for sign in line) for line in str(value or "").split("\n")), default=0)


class Fitted:
    """A sheet with a header that stays in sight and columns as wide as their contents. It is printed on A4 across, all
    columns on one page and the header on each.

    Args:
        page: worksheet of XlsxWriter.
        columns: the header.
        head: its format.
    """

    def __init__(self, page: Any, columns: Sequence[str], head: object) -> None:
        self._page, self._columns = page, columns
        self._widths = [min(width(name), 14) for name in columns]
        for column, name in enumerate(columns):
            page.write_string(0, column, name, head)

    def see(self, column: int, value: object) -> None:
        """Make room for a value."""
        self._widths[column] = max(self._widths[column], width(value))

    def close(self, rows: int, folded: Collection[int]) -> None:
        """Set the sheet up, when all is written; columns that are `folded` away open with a click."""
        page, shown = self._page, [wide for column, wide in enumerate(self._widths) if column not in folded]
        widest = next(
            (most for most in range(WIDEST, NARROWEST, -1) if sum(min(wide, most) + 2 for wide in shown) <= ON_A_PAGE),
            NARROWEST,
        )
        for column, wide in enumerate(self._widths):
            options = {"level": 1, "hidden": True} if column in folded else {}
            page.set_column(column, column, min(widest, max(NARROWEST, wide)) + 2, None, options)
        page.freeze_panes(1, 1)
        if rows:
            page.autofilter(0, 0, rows, len(self._columns) - 1)
        page.set_landscape()
        page.set_paper(PAPER_A4)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.repeat_rows(0)
        page.fit_to_pages(1, 0)
        page.set_footer("&L&A&R&P / &N")


def new_book(content: BytesIO, *, title: str | None = None) -> Any:
    """An empty `xlsxwriter.Workbook` that is written into `content` when it is closed."""
    import xlsxwriter

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(content, {**options, "default_format_properties": {**FONT}})
    book.set_properties({"created": WRITTEN, **({"title": title} if title else {})})
    return book
