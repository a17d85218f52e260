"""Tables as an XLSX workbook, so that what was printed is what is shown, and what is in doubt is found first."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from laodoc.export.books import Fitted, new_book, sheet_name
from laodoc.export.formats import Format, Item, Options, Output
from laodoc.export.origin import Placed
from laodoc.export.sheets import Entry, Sheet, sheets_of
from laodoc.export.table_sheets import DOUBT
from laodoc.export.xlsx_tables import DOUBTED, Tables, TableWriter
from laodoc.messages import language, name_of, say

THAI_DATE = "[$-107041E]d mmm yyyy;@"
"""Excel's format for a date of the Buddhist era with Thai months."""

FOR_PROGRAMS = frozenset(
    ("sha256", "record", "letter", "table", "place_code", "gone", "archive_id", "row", "green", "red")
)
"""Columns that are folded away: they join tables with each other, and say nothing to a reader."""

GROUPS = {
    "form": "form", "severity": "severity", "rule": "rule", "event": "event", "status": "status", "mark": "mark",
    "row_kind": "row-kind", "role": "role", "repaired": "yes-no",
}  # fmt: skip
"""Columns whose values come from a closed list, and the group of their names."""

Doubt = tuple[str, str, int, int, Entry]
"""A value in doubt: its sheet, its column, where it stands, and what it is."""


def to_xlsx(sheets: Sequence[Sheet], tables: Tables | None = None) -> bytes:
    """A sheet for each table: numbers as numbers, dates as dates in the Buddhist era, everything else as text; what was
    read with less confidence than `DOUBT` is coloured, says how much, and is listed with links on a sheet in front. In
    Thai, sheets, columns and values of closed lists have Thai names; in English they are those of the record."""
    content = BytesIO()
    book = new_book(content)
    taken: set[str] = set()
    titles = {sheet.name: sheet_name(_shown_name("sheet", sheet.name), taken) for sheet in sheets}
    doubts = [doubt for sheet in sheets for doubt in _doubts(sheet, titles[sheet.name])]
    writer = _Writer(book)
    if doubts and len(sheets) > 1:  # a program that asks for one table takes the first sheet
        writer.doubts(book.add_worksheet(sheet_name(say("sheet-doubts"), taken)), doubts)
    for sheet in sheets:
        writer.sheet(book.add_worksheet(titles[sheet.name]), sheet)
    if tables:
        TableWriter(book, THAI_DATE).write(tables, taken)
    book.close()
    return content.getvalue()


def _doubts(sheet: Sheet, title: str) -> Iterator[Doubt]:
    for number, row in enumerate(sheet.rows, start=1):
        for column, entry in enumerate(row):
            if _is_doubted(entry) and sheet.columns[column] not in FOR_PROGRAMS:
                yield title, sheet.columns[column], number, column, entry


def _is_doubted(entry: Entry) -> bool:
    return entry.value is not None and entry.confidence < DOUBT


def _shown_name(group: str, name: str) -> str:
    """The name in Thai; in English the record's own."""
    return name_of(group, name) if language() == "th" else name


def _shown(entry: Entry, column: str) -> object:
    """What people see of a value."""
    if language() == "en" or entry.value is None:
        return entry.value
    if entry.shown is not None:
        return entry.shown
    return name_of(GROUPS[column], str(entry.value)) if column in GROUPS else entry.value


class _Writer:
    """Writes sheets into a workbook of XlsxWriter."""

    def __init__(self, book: Any) -> None:
        look = {"valign": "top", "text_wrap": True}
        self._styles = {
            (dated, doubted): book.add_format(
                {**look, "num_format": THAI_DATE if dated else "General", **({"bg_color": DOUBTED} if doubted else {})}
            )
            for dated in (False, True)
            for doubted in (False, True)
        }
        self._head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})

    def sheet(self, page: Any, sheet: Sheet) -> None:
        """One table, wide enough to be read and set up to be printed."""
        fitted = Fitted(page, [_shown_name("column", name) for name in sheet.columns], self._head)
        for number, row in enumerate(sheet.rows, start=1):
            for column, entry in enumerate(row):
                name = sheet.columns[column]
                self._write(page, (number, column), _shown(entry, name), entry)
                fitted.see(column, _shown(entry, name))
                if name == "path" and isinstance(entry.value, str):
                    page.write_url(number, column, f"external:{entry.value}", string=entry.value)
        folded = {column for column, name in enumerate(sheet.columns) if name in FOR_PROGRAMS}
        empty = {
            column for column, name in enumerate(sheet.columns) if not any(row[column].value for row in sheet.rows)
        }
        fitted.close(len(sheet.rows), folded | (empty & {c for c, n in enumerate(sheet.columns) if n == "path"}))

    def doubts(self, page: Any, doubts: Sequence[Doubt]) -> None:
        """What is in doubt, the least sure first, each with a link to where it stands."""
        fitted = Fitted(
            page, [say("doubt-where"), say("doubt-what"), say("doubt-value"), say("doubt-sure")], self._head
        )
        ordered = sorted(enumerate(doubts), key=lambda pair: (pair[1][4].confidence, pair[0]))
        for number, (_, (title, name, row, column, entry)) in enumerate(ordered, start=1):
            place = f"{title} {_cell_name(row, column)}"
            page.write_url(number, 0, f"internal:'{title}'!{_cell_name(row, column)}", string=place)
            said = _shown(entry, name)
            page.write_string(number, 1, _shown_name("column", name))
            self._write(page, (number, 2), said, Entry(None))
            page.write_string(number, 3, f"{round(100 * entry.confidence)}%")
            for index, value in enumerate((place, _shown_name("column", name), said, "100%")):
                fitted.see(index, value)
        fitted.close(len(doubts), set())

    def _write(self, page: Any, place: tuple[int, int], value: object, entry: Entry) -> None:
        doubted = _is_doubted(entry)
        style = self._styles[isinstance(value, date), doubted]
        if value is None:
            return
        if isinstance(value, date):
            page.write_datetime(*place, value, style)
        elif isinstance(value, str):
            page.write_string(*place, value, style)
        else:
            page.write_number(*place, value, style)
        if doubted:
            page.write_comment(*place, say("confidence", percent=round(100 * entry.confidence)))


def _cell_name(row: int, column: int) -> str:
    """As Excel calls it: (1, 2) → C2."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, column))


def outputs(items: Iterable[Item], options: Options) -> Iterator[Output]:
    """One workbook: the four tables and a sheet for each table of the documents; or the one that is asked for."""
    tables = Tables()
    sheets, hidden = sheets_of(_gathering(items, tables, options), what=options.what, unmask=options.unmask)
    shown = [sheet for sheet in sheets if options.what or sheet.name != "tables"]
    yield Output("laodoc.xlsx", to_xlsx(shown, tables), hidden)


def _gathering(items: Iterable[Item], tables: Tables, options: Options) -> Iterator[Placed]:
    """The documents, while their tables are gathered: an archive is gone through once."""
    for item in items:
        if options.what is None:
            tables.gather(item, options)
        yield item.placed


FORMAT = Format(".xlsx", "all", outputs)
