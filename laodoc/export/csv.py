"""Tables as CSV, as Excel and other programs load it."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from laodoc.export.formats import Format, Item, Options, Output
from laodoc.export.sheets import Plain, Sheet, plain, sheets_of

BOM = "\ufeff"
"""Without it Excel takes UTF-8 for the local code page, and shows no Thai."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a text a formula in a spreadsheet, where it stands first."""


def to_csv(sheet: Sheet) -> bytes:
    """UTF-8 with BOM, a comma between columns, dates in ISO 8601; texts that would be formulas begin with `'`."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(sheet.columns)
    writer.writerows([_harmless(entry.value) for entry in row] for row in sheet.rows)
    return (BOM + text.getvalue()).encode()


def _harmless(value: Plain) -> str | int | float | None:
    bare = plain(value)
    return f"'{bare}" if isinstance(bare, str) and bare.startswith(FORMULA) else bare


def outputs(items: Iterable[Item], options: Options) -> Iterator[Output]:
    """A file for each table."""
    sheets, hidden = sheets_of((item.placed for item in items), what=options.what, unmask=options.unmask)
    for index, sheet in enumerate(sheets):
        yield Output(f"{sheet.name}.csv", to_csv(sheet), 0 if index else hidden)


FORMAT = Format(".csv", "table", outputs)
