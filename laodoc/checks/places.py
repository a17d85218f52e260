"""Names of places that the official list does not have, has several times, or has in another spelling."""

from collections.abc import Iterator
from typing import Any

from laodoc.document import Cell, Column, Document, Finding, Place, Row, Rule, Table
from laodoc.messages import Message
from laodoc.thai import places
from laodoc.thai.lookalikes import distance

UNKNOWN: Rule = "unknown-place"
NAMED_FREELY = ("เทศบาลตำบล", "ทต.")
"""Bodies that mostly bear the name of their subdistrict, and need not."""

NEAR_SHARE = 0.4
"""Cost a character (`lookalikes.distance`) up to which a free name may be a misread one: it is told, not changed."""


def check_places(document: Document) -> tuple[Finding, ...]:
    """Corrected spellings, and names of provinces, districts and subdistrict bodies that are not in the list."""
    return tuple(finding for table in document.tables for row in table.rows for finding in _in_row(row, table))


def _in_row(row: Row, table: Table) -> Iterator[Finding]:
    columns = {column.index: column for column in table.columns}
    for cell in row.cells if row.kind == "row" else ():
        column = columns.get(cell.column)
        if column is None or not cell.text or cell.corrected:
            continue
        if cell.place and isinstance(cell.value, str) and cell.value != cell.text:
            message = Message("place-corrected", read=cell.text, place=cell.value)
            yield _finding(row, table, cell, UNKNOWN, message, severity="info", expected=cell.value, repaired=True)
        elif cell.place is None and (near := _near_municipality(cell, column, row)):
            message = Message("unknown-place-near", name=near[0], near=near[1].name)
            yield _finding(row, table, cell, UNKNOWN, message, severity="info", expected=near[1].name)
        elif cell.place is None and (name := _listed_name(cell, column)):
            known = places.find_subdistricts(name)
            if column.role == "organisation" and len(known) > 1:
                message = Message("homonym", count=len(known), name=name)
                yield _finding(row, table, cell, "homonym", message, severity="info")
            else:
                message = Message("unknown-place", name=name)
                yield _finding(row, table, cell, UNKNOWN, message, severity="warning")


def _near_municipality(cell: Cell, column: Column, row: Row) -> tuple[str, Place] | None:
    """The name of a municipality that no subdistrict bears, and the one of its district that comes near."""
    text = str(cell.value or cell.text)
    start = next((word for word in NAMED_FREELY if text.startswith(word)), None)
    district = next((c.place for c in row.cells if c.place and c.place.kind == "district" and c != cell), None)
    if start is None or district is None or column.role != "organisation":
        return None
    name = "".join(text.removeprefix(start).split())
    reach = NEAR_SHARE * len(name)
    costs = sorted(
        (distance(name, place.name, reach), place.code, place) for place in places.subdistricts(district.code)
    )
    return (name, costs[0][2]) if costs and 0 < costs[0][0] <= reach else None


def _listed_name(cell: Cell, column: Column) -> str | None:
    """The name that the list should have, or None where the cell may name something else."""
    text = str(cell.value or cell.text)
    if column.role in ("province", "district"):
        return places.bare(text, column.role)
    start = next((word for word in places.NAMED_BY_SUBDISTRICT if text.startswith(word)), None)
    return text.removeprefix(start).strip() if start and column.role == "organisation" else None


def _finding(row: Row, table: Table, cell: Cell, rule: Rule, message: Message, **more: Any) -> Finding:
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
