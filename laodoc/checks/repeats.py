"""Places that a table lists twice, and places out of alphabetical order."""

from bisect import bisect_right
from collections.abc import Iterator

from laodoc.checks.table_rows import Finder, cell_at, column_of, rows_of_kind
from laodoc.document import Cell, Document, Finding, Row, Table
from laodoc.messages import Message
from laodoc.thai import places
from laodoc.thai.collation import thai_order

MOST = 0.75
"""Part of the country's provinces from which on a table is meant to have all of them."""

IN_ORDER = 0.8
"""Part of the rows that keep to the alphabet where a table is sorted by it; less is no order."""

FEWEST = 8
"""Rows from which on an order is told from chance."""


def check_repeats(document: Document) -> tuple[Finding, ...]:
    """A finding for every province, or body of one district, that a table has in two rows."""
    return tuple(finding for table in document.tables for finding in _repeats(table))


def check_order(document: Document) -> tuple[Finding, ...]:
    """As information: provinces that break the alphabetical order that the others keep. It proves nothing."""
    return tuple(finding for table in document.tables for finding in _out_of_order(table))


def _repeats(table: Table) -> Iterator[Finding]:
    rule = Finder("place-repeat", table)
    seen: dict[object, Row] = {}
    for row, cell, key in _listed(table):
        name = str(cell.value or cell.text)
        if key in seen:
            lacking = _left_out(table)
            message = (
                Message("place-repeat-lacking", name=name, lacking=lacking)
                if lacking
                else Message("place-repeat", name=name)
            )
            yield rule.at(row, cell.column, message).model_copy(update={"found": name})
        seen[key] = row


def _left_out(table: Table) -> str:
    """Which provinces a table lacks that has most of them: one of them may be meant by the name that is there twice."""
    known = {cell.place.code for _, cell, _ in _listed(table) if cell.place and cell.place.kind == "province"}
    missing = [place.name for place in places.provinces() if place.code not in known]
    if not missing or len(known) < MOST * len(places.provinces()):
        return ""
    return ", ".join(missing)


def _listed(table: Table) -> Iterator[tuple[Row, Cell, object]]:
    """The rows with the cell that says of whom they are, where that is a known place, and what must not come twice."""
    organisation, province = column_of(table, "organisation"), column_of(table, "province")
    district = column_of(table, "district")
    if organisation is None and (province is None or district is not None):
        return
    for row in rows_of_kind(table, "row"):
        cell = cell_at(row, province if organisation is None else organisation)
        if cell is None or cell.place is None:
            continue
        kind = "" if organisation is None else "".join(str(cell.value or cell.text).split())
        yield row, cell, (cell.place.code, kind)


def _out_of_order(table: Table) -> Iterator[Finding]:
    if column_of(table, "organisation") is not None:
        return
    listed = [(row, cell) for row, cell, _ in _listed(table)]
    keys = [thai_order(cell.place.name) for _, cell in listed if cell.place]
    kept = _longest_rise(keys)
    if len(keys) < FEWEST or len(kept) < IN_ORDER * len(keys):
        return
    rule = Finder("order", table, severity="info")
    for index, (row, cell) in enumerate(listed):
        if index not in kept:
            yield rule.at(row, cell.column, Message("order", name=cell.value or cell.text))


def _longest_rise(keys: list[tuple[str, str]]) -> set[int]:
    """Indexes of a longest run of keys that never falls (Schensted 1961)."""
    ends: list[tuple[str, str]] = []
    at: list[int] = []
    before: list[int] = []
    for index, key in enumerate(keys):
        place = bisect_right(ends, key)
        ends[place:] = [key, *ends[place + 1 :]]
        before.append(at[place - 1] if place else -1)
        at[place:] = [index, *at[place + 1 :]]
    kept: set[int] = set()
    last = at[-1] if at else -1
    while last >= 0:
        kept.add(last)
        last = before[last]
    return kept
