"""Blanks in count columns that mean nil."""

from collections.abc import Sequence

from laodoc.document import Cell, Meaning, Row
from laodoc.parsing.roles import ColumnType

PARTS: tuple[Meaning, Meaning] = ("done", "pending")


def with_nils(row: Row, types: Sequence[ColumnType]) -> Row:
    """The row with 0 in a blank count of done or pending, where the other one alone makes the total.

    Any other blank stays unread: nothing on paper says what it means.
    """
    counts = {
        types[cell.column].meaning: cell
        for cell in row.cells
        if types[cell.column].role == "count" and types[cell.column].meaning
    }
    meanings = [each.meaning for each in types if each.role == "count"]
    if row.kind != "row" or len(meanings) != len(set(meanings)) or {"total", *PARTS} != set(counts):
        return row
    for blank, other in (PARTS, PARTS[::-1]):
        if _is_blank(counts[blank]) and counts[other].value == counts["total"].value is not None:
            confidence = min(counts[other].confidence, counts["total"].confidence)
            nil = counts[blank].model_copy(update={"value": 0, "nil": True, "confidence": confidence})
            return row.model_copy(update={"cells": tuple(nil if cell is counts[blank] else cell for cell in row.cells)})
    return row


def _is_blank(cell: Cell) -> bool:
    """Nothing printed: ink that could not be read has no text either, but confidence 0."""
    return not cell.text and cell.confidence > 0
