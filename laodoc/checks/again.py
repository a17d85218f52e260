"""Checks a record again that a person has edited."""

from collections.abc import Iterator

from laodoc.document import Cell, Document, Field, Finding, Letter, Rule, Table

LASTING: frozenset[Rule] = frozenset({"damaged-page", "text-layer", "annotation"})
"""Rules that looked at the paper, and not at the record: what they found stays."""

MENDED: frozenset[Rule] = frozenset({"two-in-one-cell", "split-row", "lone-column"})
"""Rules that mended the grid before there was a record: where they did, it stays so."""


def standing(document: Document) -> tuple[Finding, ...]:
    """The document's findings that are still true of it: of the paper, and repairs that nobody has changed."""
    tables = {table.id: table for table in document.tables}
    letters = {letter.id: letter for letter in document.letters}
    return tuple(
        finding
        for finding in document.findings
        if finding.rule in LASTING
        or (finding.rule in MENDED and finding.repaired)
        or _still_repaired(finding, tables.get(finding.table or ""))
        or _still_in_letter(finding, letters.get(finding.letter or ""))
    )


def _still_repaired(finding: Finding, table: Table | None) -> bool:
    """Whether a number that was set right still is; spellings of places are looked at anew."""
    if not finding.repaired or finding.rule == "unknown-place":
        return False
    return any(finding.expected in (cell.value, cell.mark) for cell in _cells(finding, table))


def _cells(finding: Finding, table: Table | None) -> list[Cell]:
    rows = table.rows if table else ()
    return [cell for row in rows for cell in row.cells if cell.bbox == finding.bbox and cell.column == finding.column]


def _still_in_letter(finding: Finding, letter: Letter | None) -> bool:
    """Whether a field of a letter that was set right still is."""
    if not finding.repaired or letter is None:
        return False
    return any(field.bbox == finding.bbox and field.value == finding.expected for field in _fields(letter))


def _fields(letter: Letter) -> Iterator[Field]:
    """The fields of a letter that a repair may change."""
    fields = (
        letter.number,
        *(each.number for each in letter.references),
        *(note.number for note in letter.endorsements),
        *(stamp.date for stamp in letter.received),
    )
    yield from filter(None, fields)
