"""Tables as JSON lines: an object a row."""

import json
from collections.abc import Iterable, Iterator

from laodoc.export.formats import Format, Item, Options, Output
from laodoc.export.sheets import Sheet, plain, sheets_of


def to_json_lines(sheet: Sheet) -> bytes:
    """One object a row, in UTF-8; dates in ISO 8601."""
    rows = ({name: plain(entry.value) for name, entry in zip(sheet.columns, row, strict=True)} for row in sheet.rows)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def outputs(items: Iterable[Item], options: Options) -> Iterator[Output]:
    """A file for each table."""
    sheets, hidden = sheets_of((item.placed for item in items), what=options.what, unmask=options.unmask)
    for index, sheet in enumerate(sheets):
        yield Output(f"{sheet.name}.jsonl", to_json_lines(sheet), 0 if index else hidden)


FORMAT = Format(".jsonl", "table", outputs)
