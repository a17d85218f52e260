"""Names of places that the official list does not have, has several times, or has in another spelling."""

from collections.abc import Iterator
from typing import Any

from laodoc.document import Cell, Column, Document, Finding, Row, Rule, Table
from laodoc.thai import places

UNKNOWN: Rule = "unknown-place"


def check_places(document: Document) -> tuple[Finding, ...]:
    """Corrected spellings, and names of provinces, districts and subdistrict bodies that are not in the list."""
    return tuple(finding for table in document.tables for row in table.rows for finding in _in_row(row, table))


def _in_row(row: Row, table: Table) -> Iterator[Finding]:
    columns = {column.index: column for column in table.columns}
    for cell in row.cells if row.kind == "row" else ():
        column = columns.get(cell.column)
        if column is None or not cell.text:
            continue
        if cell.place and isinstance(cell.value, str) and cell.value != cell.text:
            message = f"{cell.text} was read; {cell.value} is the place of this name there"
            yield _finding(row, table, cell, UNKNOWN, message, severity="info", expected=cell.value, repaired=True)
        elif cell.place is None and (name := _listed_name(cell, column)):
            known = places.find_subdistricts(name)
            if column.role == "organisation" and len(known) > 1:
                message = f"{len(known)} subdistricts are called {name}: which one is not said"
                yield _finding(row, table, cell, "homonym", message, severity="info")
            else:
                message = f"{name} is not in the official list there"
                yield _finding(row, table, cell, UNKNOWN, message, severity="warning")


def _listed_name(cell: Cell, column: Column) -> str | None:
    """The name that the list should have, or None where the cell may name something else."""
    text = str(cell.value or cell.text)
    if column.role in ("province", "district"):
        return places.bare(text, column.role)
    start = next((word for word in places.NAMED_BY_SUBDISTRICT if text.startswith(word)), None)
    return text.removeprefix(start).strip() if start and column.role == "organisation" else None


def _finding(row: Row, table: Table, cell: Cell, rule: Rule, message: str, **more: Any) -> Finding:
    sequence = {column.index for column in table.columns if column.role == "sequence"}
    number = next((other.value for other in row.cells if other.column in sequence), None)
    return Finding(
        rule=rule,
        message=message,
        page=row.page,
        bbox=cell.bbox,
        table=table.id,
        sequence=number if isinstance(number, int) else None,
        column=cell.column,
        found=cell.text,
        **more,
    )
