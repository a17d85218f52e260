"""Checks a record again that a person has edited."""

from laodoc.document import Cell, Document, Finding, Rule, Table

LASTING: frozenset[Rule] = frozenset({"damaged-page", "text-layer"})
"""Rules that looked at the paper, and not at the record: what they found stays."""


def standing(document: Document) -> tuple[Finding, ...]:
    """The document's findings that are still true of it: of the paper, and repairs that nobody has changed."""
    tables = {table.id: table for table in document.tables}
    return tuple(
        finding
        for finding in document.findings
        if finding.rule in LASTING or _still_repaired(finding, tables.get(finding.table or ""))
    )


def _still_repaired(finding: Finding, table: Table | None) -> bool:
    """Whether a number that was set right still is; spellings of places are looked at anew."""
    if not finding.repaired or finding.rule == "unknown-place":
        return False
    return any(finding.expected in (cell.value, cell.mark) for cell in _cells(finding, table))


def _cells(finding: Finding, table: Table | None) -> list[Cell]:
    rows = table.rows if table else ()
    return [cell for row in rows for cell in row.cells if cell.bbox == finding.bbox and cell.column == finding.column]
