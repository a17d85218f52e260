"""Sheets of tables in a workbook: doubtful cells coloured, with a comment and, where asked for, their picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any

from laodoc.errors import LaodocError
from laodoc.export.books import Fitted, sheet_name
from laodoc.export.crops import CROP_DPI, Picture, Place, cut, scan_of
from laodoc.export.formats import Item, Options
from laodoc.export.origin import IDENTITY, identity
from laodoc.export.table_sheets import TableCell, TableSheet, table_sheets
from laodoc.messages import language, name_of, say

MOST = 200
"""Sheets of tables in a workbook: with more, Excel is slow to open it and nobody finds his way in it. What is beyond
stands in the list of tables only, and whole in `--what tables`."""

MOST_PICTURES = 2000
"""Pictures in a workbook."""

LIST = "tables"
FOLDED = frozenset(("sha256", "archive_id", "gone", "table", "pictures"))
"""Columns of the list that are folded away."""

LISTED = ("sheet", "file", "table", "title", "pages", "rows", "pictures", *IDENTITY)
SCREEN_DPI = 96
POINTS = 72 / SCREEN_DPI


Told = tuple[str | int | None, ...]


@dataclass(slots=True)
class Tables:
    """The tables that are gathered for a workbook, with the pictures of their doubtful cells, for each why there are
    none, and what tells its file."""

    sheets: list[tuple[TableSheet, Mapping[Place, Picture], str, Told]] = field(default_factory=list)
    pictures: int = 0

    def gather(self, item: Item, options: Options) -> None:
        """Take in the tables of one document."""
        found = list(table_sheets(item.document, unmask=options.unmask))
        pictures, blind = dict[Place, Picture](), ""
        if options.pictures and len(self.sheets) < MOST:
            places = [cell.place for sheet in found for row in sheet.rows for cell in row if cell.place]
            places = places[: MOST_PICTURES - self.pictures]
            self.pictures += len(places)
            try:
                if places:
                    scan = scan_of(item.document, item.scans, password=options.password)
                    pictures = dict(cut(item.document, scan, places))
            except LaodocError as refused:
                blind = refused.told
        self.sheets += [(sheet, pictures, blind, identity(*item.placed)) for sheet in found]


class TableWriter:
    """Writes sheets of tables into a workbook of XlsxWriter."""

    def __init__(self, book: Any, date_format: str) -> None:
        self._book = book
        self._bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self._date_format = date_format
        self._styles: dict[tuple[str, str], object] = {}

    def _style(self, shown: str, colour: str) -> object:
        """The format of a cell, made when it is first wanted."""
        if (shown, colour) not in self._styles:
            coloured = {"bg_color": colour} if colour else {}
            self._styles[shown, colour] = self._book.add_format({"num_format": shown, "valign": "top", **coloured})
        return self._styles[shown, colour]

    def write(self, tables: Tables, taken: set[str]) -> None:
        """The list of all tables, then a sheet for each; `taken` are the names of the sheets that are there."""
        if not tables.sheets:
            return
        thai = language() == "th"
        listing = self._book.add_worksheet(sheet_name(name_of("sheet", LIST) if thai else LIST, taken))
        fitted = Fitted(listing, [name_of("column", name) if thai else name for name in LISTED], self._bold)
        for number, (sheet, pictures, blind, told) in enumerate(tables.sheets, start=1):
            name = sheet_name(sheet.wish, taken) if number <= MOST else say("tables-no-room", most=MOST)
            pages = ", ".join(map(str, sheet.pages))
            said = (name, sheet.file, sheet.table, sheet.title, pages, len(sheet.rows), blind, *told)
            for column, value in enumerate(said):
                if isinstance(value, int):
                    listing.write_number(number, column, value)
                elif value is not None:
                    listing.write_string(number, column, value)
                fitted.see(column, value)
            if number <= MOST:
                listing.write_url(number, 0, f"internal:'{name}'!A1", string=name)
            if number <= MOST:
                self._sheet(self._book.add_worksheet(name), sheet, pictures)
        fitted.close(len(tables.sheets), {column for column, name in enumerate(LISTED) if name in FOLDED})

    def _sheet(self, page: Any, sheet: TableSheet, pictures: Mapping[Place, Picture]) -> None:
        fitted = Fitted(page, sheet.columns, self._bold)
        for number, row in enumerate(sheet.rows, start=1):
            for column, cell in enumerate(row):
                self._cell(page, (number, column), cell)
                fitted.see(column, cell.value)
            shown = [pictures[cell.place] for cell in row if cell.place and cell.place in pictures]
            if shown:
                _beside(page, (number, len(row) + 1), shown)
        fitted.close(len(sheet.rows), ())

    def _cell(self, page: Any, place: tuple[int, int], cell: TableCell) -> None:
        colour = PUT_RIGHT if cell.corrected else DOUBTED if cell.why else ""
        style = self._style(self._date_format if isinstance(cell.value, date) else cell.shown, colour)
        if cell.value is None:
            if colour:
                page.write_blank(*place, None, style)
        elif isinstance(cell.value, date):
            page.write_datetime(*place, cell.value, style)
        elif isinstance(cell.value, str):
            page.write_string(*place, cell.value, style)
        else:
            page.write_number(*place, cell.value, style)
        if cell.why:
            page.write_comment(*place, "\n".join(cell.why), {"x_scale": 2, "author": "laodoc"})


DOUBTED, PUT_RIGHT = "#FFE08A", "#D6F0D0"
"""Colours of doubtful cells, and of those that a person has put right."""


def _beside(page: Any, place: tuple[int, int], pictures: Sequence[Picture]) -> None:
    """Pictures in a row, right of the table, as large as on paper; the row grows with the highest."""
    scale, left = SCREEN_DPI / CROP_DPI, 0
    for number, picture in enumerate(pictures):
        options = {
            "image_data": BytesIO(picture.png), "x_scale": scale, "y_scale": scale, "x_offset": left, "y_offset": 1,
            "object_position": 1,
        }  # fmt: skip
        page.insert_image(*place, f"{number}.png", options)
        left += round(scale * picture.width) + 6
    page.set_row(place[0], max(16, round(scale * max(picture.height for picture in pictures) * POINTS) + 3))
