"""Tables as an XLSX workbook, so that what was printed is what is shown."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import BytesIO

from laodoc.export.books import new_book
from laodoc.export.formats import Format, Item, Options, Output
from laodoc.export.origin import Placed
from laodoc.export.sheets import Entry, Sheet, sheets_of
from laodoc.export.table_sheets import DOUBT
from laodoc.export.xlsx_tables import Tables, TableWriter

THAI_DATE = "[$-107041E]d mmmm yyyy;@"
"""Excel's format for a date of the Buddhist era with Thai months."""

WIDEST = 60


def to_xlsx(sheets: Sequence[Sheet], tables: Tables | None = None) -> bytes:
    """A sheet for each table: numbers as numbers, dates as dates in the Buddhist era, everything else as text; what was
    read with less confidence than `DOUBT` is coloured and says how much."""
    content = BytesIO()
    book = new_book(content)
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
    if tables:
        TableWriter(book, THAI_DATE).write(tables, {sheet.name for sheet in sheets})
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
