"""Marks in doubt: settled by the other column and the total row together, and by neither alone."""

import pytest
from tables import grid, only
from test_checks import STATUS, status_rows

from laodoc.checks import repair
from laodoc.document import Table
from laodoc.recognition.reading import MarkReading

DOUBT = MarkReading(None, 0.0)


def read(doubtful: dict[tuple[int, int], MarkReading | str], done: str = "๓", pending: str = "๒") -> Table:
    """A status table of five rows (three done) with these cells instead, and a total row."""
    rows = status_rows(1, 2, 3, 4, 5)
    for (row, column), content in doubtful.items():
        rows[row][column] = content
    return only(grid([STATUS, *rows, ["รวม", "<", "<", done, pending]]))


def marks(table: Table) -> list[list[str | None]]:
    return [[cell.mark for cell in row.cells[3:]] for row in table.rows if row.kind == "row"]


@pytest.mark.parametrize("place", [(0, 3), (0, 4), (1, 3), (1, 4)])
def test_what_both_ask_for_is_settled(place: tuple[int, int]) -> None:
    """A mark beside an empty cell, or an empty cell beside a mark, and it is said that it was in doubt."""
    (table,), (finding,) = repair([read({place: DOUBT})])
    assert marks(table) == marks(read({}))
    assert (finding.rule, finding.sequence, finding.column, finding.repaired) == (
        "mark-exclusive",
        place[0] + 1,
        place[1],
        True,
    )


@pytest.mark.parametrize(
    ("doubtful", "done"),
    [({(0, 3): DOUBT}, "๔"), ({(0, 3): DOUBT, (0, 4): DOUBT}, "๓"), ({(0, 3): DOUBT, (1, 3): "✓"}, "๓")],
)
def test_doubt_stays_where_they_do_not_agree(doubtful: dict[tuple[int, int], MarkReading | str], done: str) -> None:
    """A total that counts otherwise, both cells in doubt, or a row with two marks."""
    table = read(doubtful, done)
    assert repair([table]) == ((table,), ())
