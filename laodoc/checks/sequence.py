"""Running numbers go up by one: a gap is a lost row, a repeat a slip or a row that was read twice."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from laodoc.checks.table_rows import Finder, column_of, sequence_at
from laodoc.document import Document, Finding, Row, Table

FIRST_LEAD = 1
"""The lead of a sequence that starts with one."""


class Numbered(NamedTuple):
    """A body row with its running number; `place` counts the body rows, so rows without a number leave their place."""

    place: int
    number: int
    row: Row

    @property
    def lead(self) -> int:
        """The same for all rows of an unbroken sequence."""
        return self.number - self.place


def check_sequence_gaps(document: Document) -> tuple[Finding, ...]:
    """A finding for every running number that is not the next one."""
    return tuple(finding for table in document.tables for finding in _broken(table) if finding.rule == "sequence-gap")


def check_sequence_repeats(document: Document) -> tuple[Finding, ...]:
    """A finding for every running number that stands twice where the next one belongs."""
    return tuple(
        finding for table in document.tables for finding in _broken(table) if finding.rule == "sequence-repeat"
    )


def _broken(table: Table) -> Iterator[Finding]:
    """What breaks the sequence: a number after which the rows count on from it, or one that its neighbours refute."""
    column = column_of(table, "sequence")
    for run in _runs(table):
        lead = FIRST_LEAD if any(entry.lead == FIRST_LEAD for entry in run[:2]) or not _confirmed(run, 0) else None
        for index, here in enumerate(run):
            expected = here.place + (FIRST_LEAD if lead is None else lead)
            if here.number != expected:
                repeated = index > 0 and here.number == run[index - 1].number
                rule = Finder("sequence-repeat" if repeated else "sequence-gap", table)
                message = f"running number {here.number} stands where {expected} belongs"
                yield rule.at(here.row, column, message, expected=expected, found=here.number)
            if lead is None or not _refuted(run, index, lead):
                lead = here.lead


def _confirmed(run: Sequence[Numbered], index: int) -> bool:
    """Whether the next number follows on this one."""
    return index + 1 < len(run) and run[index + 1].lead == run[index].lead


def _refuted(run: Sequence[Numbered], index: int, lead: int) -> bool:
    """Whether the next number goes on as if this one had been right."""
    return index + 1 < len(run) and run[index + 1].lead == lead


def _runs(table: Table) -> list[list[Numbered]]:
    """The numbered rows, divided at group headings and where the numbers start again at one."""
    runs: list[list[Numbered]] = [[]]
    place = 0
    for row in table.rows:
        number = sequence_at(table, row)
        if row.kind == "group" or (number == 1 and runs[-1] and runs[-1][-1].number != 1):
            runs.append([])
            place = 0
        if row.kind == "row":
            if number is not None:
                runs[-1].append(Numbered(place, number, row))
            place += 1
    return [run for run in runs if run]
