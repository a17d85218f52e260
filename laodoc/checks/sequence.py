"""Running numbers go up by one: a gap is a lost row, a repeat a slip or a row that was read twice."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from laodoc.checks.table_rows import Finder, cell_at, column_of, rows_of_kind, sequence_at
from laodoc.document import Document, Finding, Row, Table
from laodoc.messages import Message

FIRST = 1
"""The number that a sequence starts with."""

FIRST_LEAD = FIRST
"""The lead of a sequence that starts with it at place 0."""

BREAK_COSTS = 1.5
"""What a break of the sequence costs against 1 for a number that does not fit: two rows must agree on a break, a single
number that differs from those before and after it is on its own."""


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
    """What breaks the sequence: a number from which the rows count on, or one that its neighbours refute.

    Numbers that start again at one, and go on from there, break nothing.
    """
    column = column_of(table, "sequence")
    for run in _runs(table):
        current = FIRST_LEAD
        for index, (here, lead) in enumerate(zip(run, likeliest_leads(run), strict=True)):
            expected = here.place + (current if here.lead == lead else lead)
            if here.lead == lead:
                current = lead
            if here.number == expected or (here.number == FIRST and here.lead == lead):
                continue
            repeated = index > 0 and here.number == run[index - 1].number
            rule = Finder("sequence-repeat" if repeated else "sequence-gap", table)
            message = Message("sequence", found=here.number, expected=expected)
            yield rule.at(here.row, column, message, expected=expected, found=here.number)


def likeliest_leads(run: Sequence[Numbered]) -> list[int]:
    """For each number the lead that the sequence has there: the way through the run with the least breaks and misfits.

    Found by dynamic programming (Viterbi 1967) over the leads that occur; of equally good ways the one that stays.
    """
    leads = sorted({FIRST_LEAD, *(entry.lead for entry in run)})
    costs = {lead: 0.0 if lead == FIRST_LEAD else BREAK_COSTS for lead in leads}
    steps: list[dict[int, int]] = []
    for entry in run:
        cheapest = min(leads, key=lambda lead: costs[lead])
        came_from = {lead: lead if costs[lead] <= costs[cheapest] + BREAK_COSTS else cheapest for lead in leads}
        costs = {
            lead: costs[before] + (BREAK_COSTS if before != lead else 0.0) + (entry.lead != lead)
            for lead, before in came_from.items()
        }
        steps.append(came_from)
    way = [min(leads, key=lambda lead: costs[lead])]
    for came_from in reversed(steps[1:]):
        way.append(came_from[way[-1]])
    return way[::-1]


def _runs(table: Table) -> list[list[Numbered]]:
    """The numbered rows, divided at the group headings behind which the numbers do not go on.

    A row whose number was not read leaves its place; parts of an item (`1.1`) have none, nor have blanks where most
    rows are.
    """
    runs: list[list[Numbered]] = [[]]
    placeless = _without_place(table)
    place, headed = 0, False
    for row in table.rows:
        number = sequence_at(table, row)
        headed = headed or row.kind == "group"
        if row.kind != "row":
            continue
        if number is not None:
            if headed and runs[-1] and number <= runs[-1][-1].number:
                runs.append([])
                place = 0
            headed = False
            runs[-1].append(Numbered(place, number, row))
        place += id(row) not in placeless
    return [run for run in runs if run]


def _without_place(table: Table) -> set[int]:
    """The rows, by their identity, that count for nothing in the sequence."""
    column = column_of(table, "sequence")
    cells = [(row, cell) for row in rows_of_kind(table, "row") if (cell := cell_at(row, column)) is not None]
    blank = [row for row, cell in cells if not cell.text and cell.confidence > 0]
    parts = [row for row, cell in cells if isinstance(cell.value, str) and "." in cell.value]
    return set(map(id, (*parts, *(blank if 2 * len(blank) > len(cells) - len(parts) else ()))))
