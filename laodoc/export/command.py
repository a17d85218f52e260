"""What `laodoc export` writes where."""

from collections.abc import Sequence
from pathlib import Path

from laodoc.errors import AccessError, UsageError
from laodoc.export.files import write_whole
from laodoc.export.sheets import SHEETS, Sheet
from laodoc.export.spreadsheets import to_csv, to_json_lines, to_xlsx

FORMATS = ("csv", "jsonl", "xlsx")


def write_sheets(sheets: Sequence[Sheet], out: Path, form: str, what: str | None) -> None:
    """One table into the file `out`; all into a workbook, or into a folder with a file for each.

    Raises:
        UsageError: there is no such format or table.
        AccessError: a file cannot be written.
    """
    if form not in FORMATS:
        raise UsageError(f"there is no format {form!r}; use one of: {', '.join(FORMATS)}")
    if what is not None and what not in SHEETS:
        raise UsageError(f"there is no table {what!r}; use one of: {', '.join(SHEETS)}")
    wanted = [sheet for sheet in sheets if what in (None, sheet.name)]
    if form == "xlsx":
        write_whole(out, to_xlsx(wanted))
        return
    write = to_csv if form == "csv" else to_json_lines
    if what:
        write_whole(out, write(wanted[0]))
        return
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise AccessError(f"cannot make the folder {out}: {refused.strerror}; or give --what for one file") from refused
    for sheet in wanted:
        write_whole(out / f"{sheet.name}.{form}", write(sheet))
