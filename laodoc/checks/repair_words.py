"""Cells whose digits and words disagree, settled where one of both was read in doubt and its other reading agrees."""

from collections.abc import Sequence

from laodoc.checks.table_rows import sequence_at
from laodoc.document import Cell, Finding, Row, Table
from laodoc.messages import Message
from laodoc.thai.worded import worded

LIKELY = 0.1
"""How likely, beside the first reading, another must be to be believed on the word of the number beside it."""

DISTINCT = 3.0
"""By how many times other digits must be likelier than other words, or these than they: else nobody knows which."""


def settle_words(tables: Sequence[Table]) -> tuple[tuple[Table, ...], tuple[Finding, ...]]:
    """The tables with those cells settled, and a finding for each."""
    settled, findings = [], []
    for table in tables:
        rows = []
        for row in table.rows:
            cells = tuple(_settled(cell) for cell in row.cells)
            changed = [now for now, before in zip(cells, row.cells, strict=True) if now is not before]
            rows.append(row.model_copy(update={"cells": cells}) if changed else row)
            findings += [_finding(table, row, cell) for cell in changed]
        settled.append(table.model_copy(update={"rows": tuple(rows)}) if tuple(rows) != table.rows else table)
    return tuple(settled), tuple(findings)


def _settled(cell: Cell) -> Cell:
    """The cell as the likelier of its two other readings has it, where there is one that is likely enough."""
    words = cell.words
    if words is None or words.agree is not False or words.value is None:
        return cell
    of_digits, of_words = _likelihoods(cell)
    needed = LIKELY * cell.confidence
    agreed = words.model_copy(update={"agree": True})
    if of_digits >= max(needed, DISTINCT * of_words) and of_digits:
        return cell.model_copy(update={"value": words.value, "words": agreed})
    if of_words >= max(needed, DISTINCT * of_digits) and of_words:
        return cell.model_copy(update={"words": agreed.model_copy(update={"value": cell.value})})
    return cell


def _likelihoods(cell: Cell) -> tuple[float, float]:
    """The confidence of the reading with other digits that agrees with the words, and of that with other words."""
    digits = words = 0.0
    for other in cell.alternatives:
        read = worded(other.text)
        if read is None or read.spelled is None:
            continue
        if cell.words is not None and read.spelled == cell.words.value and read.words == cell.words.text:
            digits = max(digits, other.confidence)
        elif read.spelled == cell.value:
            words = max(words, other.confidence)
    return digits, words


def _finding(table: Table, row: Row, cell: Cell) -> Finding:
    text = " ".join(cell.text.split())
    return Finding(
        rule="words-digits",
        severity="info",
        message=Message("words-digits-repaired", read=text, value=cell.value),
        page=row.page,
        bbox=cell.bbox,
        table=table.id,
        sequence=sequence_at(table, row),
        column=cell.column,
        expected=cell.value if not isinstance(cell.value, str) else None,
        repaired=True,
    )
