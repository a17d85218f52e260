"""The tables of documents as sheets of a workbook: a row a row, what each cell says, and why it is in doubt."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from laodoc.document import BBox, Cell, Column, Document, Finding, MarkKind, Row
from laodoc.export.masking import masked, without_secret_pages
from laodoc.export.sheets import Plain
from laodoc.messages import name_of, say
from laodoc.thai.dates import parse_date
from laodoc.thai.digits import to_arabic

DOUBT = 0.9
"""Confidence below which a value is in doubt."""

SIGNS: dict[MarkKind | None, Plain] = {"check": "✓", "cross": "×", "none": None, None: "?"}

GENERAL = "General"
"""Excel's format of what needs none."""

OTHERS = 2
"""Other readings that a comment names."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """What a cell says, and `why` it is in doubt or was put right; `place` is where it stands on its page, `shown` how
    Excel is to show its number: with as many decimals and commas as were printed."""

    value: Plain
    why: tuple[str, ...] = ()
    place: tuple[int, BBox] | None = None
    corrected: bool = False
    shown: str = GENERAL


@dataclass(frozen=True, slots=True)
class TableSheet:
    """One table: `wish` is what its sheet would be called, `columns` the names of its columns, the page last."""

    wish: str
    file: str
    table: str
    title: str
    pages: tuple[int, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[TableCell, ...], ...]


def table_sheets(document: Document, *, unmask: bool = False) -> Iterator[TableSheet]:
    """A sheet for each table of the document, but for those of secret letters; identity numbers are covered."""
    shown = document if unmask else without_secret_pages(document)[0]
    told = _told(document)
    stem = Path(document.source.name).stem
    for table in shown.tables:
        columns = {column.index: column for column in table.columns}
        yield TableSheet(
            wish=f"{stem[:STEM]} {table.id.removeprefix('table-')}",
            file=document.source.name,
            table=table.id,
            title=table.title if unmask else masked(table.title),
            pages=table.pages,
            columns=(*table.column_names().values(), name_of("column", PAGE)),
            rows=tuple(_row(row, columns, told, unmask) for row in table.rows if row.kind != "header"),
        )


PAGE = "page"
STEM = 27
"""Characters of a file's name in the name of a sheet; the number of its table is never cut off."""

Told = Mapping[tuple[int | None, BBox | None], tuple[Finding, ...]]


def _told(document: Document) -> Told:
    """The findings that point to a place, by page and box."""
    found: dict[tuple[int | None, BBox | None], tuple[Finding, ...]] = {}
    for finding in document.findings:
        if finding.bbox is not None:
            place = (finding.page, finding.bbox)
            found[place] = (*found.get(place, ()), finding)
    return found


def _row(row: Row, columns: Mapping[int, Column], told: Told, unmask: bool) -> tuple[TableCell, ...]:
    """A cell for every column (merged ones stand in their first), and the page."""
    cells = {cell.column: cell for cell in row.cells}
    said = (_cell(cells.get(index), row, column, told) for index, column in columns.items())
    return (*(cell if unmask else _covered(cell) for cell in said), TableCell(row.page))


def _cell(cell: Cell | None, row: Row, column: Column, told: Told) -> TableCell:
    if cell is None:
        return TableCell(None)
    value = _value(cell, row, column)
    why = tuple(_why(cell, value, told.get((row.page, cell.bbox), ())))
    place = (row.page, cell.bbox) if why else None
    return TableCell(value, why, place, cell.corrected, _shown(value, cell.said))


def _shown(value: Plain, text: str) -> str:
    if not isinstance(value, int | float):
        return GENERAL
    decimals = sum(map(str.isdigit, to_arabic(text).partition(".")[2])) if isinstance(value, float) else 0
    whole = "#,##0" if "," in text else "0" if decimals else GENERAL
    return f"{whole}.{decimals * '0'}" if decimals else whole


def _value(cell: Cell, row: Row, column: Column) -> Plain:
    if "mark" in cell.model_fields_set:
        return SIGNS[cell.mark]
    plain = cell.plain
    if plain is None:
        return cell.text or None
    if isinstance(plain, str) and column.role in ("text", "remark", "date") and row.kind == "row":
        return parse_date(cell.said) or plain
    return plain


def _why(cell: Cell, value: Plain, findings: tuple[Finding, ...]) -> Iterator[str]:
    """Reasons to look at the cell, a line each."""
    if cell.corrected:
        yield say("put-right-read", read=cell.text) if cell.text else say("put-right")
        return
    said = bool(cell.text) or value is not None or cell.confidence == 0
    unread = "value" in cell.model_fields_set and cell.value is None and bool(cell.text)
    if said and (cell.confidence < DOUBT or unread):
        yield say("confidence", percent=round(100 * cell.confidence))
        if cell.text and str(value) != cell.text:
            yield say("was-read", read=cell.text)
        if unread:
            yield say("not-understood")
        for other in cell.alternatives[:OTHERS]:
            yield say("or-read", read=other.text, percent=round(100 * other.confidence))
    for finding in findings:
        yield f"{name_of('rule', finding.rule)}: {finding.told}"


def _covered(cell: TableCell) -> TableCell:
    """The cell without a citizen's identity number, and then without its picture."""
    said = cell.value
    why = tuple(map(masked, cell.why))
    hidden = masked(str(said)) if isinstance(said, str | int) else said
    if why == cell.why and (hidden == said or hidden == str(said)):
        return cell
    return replace(cell, value=said if hidden == str(said) else hidden, why=why, place=None)
