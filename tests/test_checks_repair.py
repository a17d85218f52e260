"""Repair: only what equations and ink agree on; the paper's own slips stay."""

from collections.abc import Sequence

import pytest
from tables import Content, grid, page

from laodoc.checks.repair import repair
from laodoc.document import Finding, Table
from laodoc.parsing.tables import build_tables
from laodoc.recognition.reading import Guess, Reading

HEADER = ["ลำดับ", "จังหวัด", "จำนวน อปท. (แห่ง)", "ส่งแล้ว (แห่ง)", "ยังไม่ส่ง (แห่ง)", "ร้อยละที่ส่งแล้ว"]
ROWS: list[list[Content]] = [
    ["๑", "ลำปาง", "๔๔", "๓", "๔๑", "๖.๘๒"],
    ["๒", "ตาก", "๘๑", "๗", "๗๔", "๘.๖๔"],
    ["๓", "น่าน", "๖๙", "๐", "๖๙", "๐.๐๐"],
    ["๔", "แพร่", "๖๒", "๖๑", "๑", "๙๘.๓๙"],
    ["รวม", "<", "๒๕๖", "๗๑", "๑๘๕", "๒๗.๗๓"],
]


def doubtful(text: str, *others: tuple[str, float], confidence: float = 0.7) -> Reading:
    return Reading(text, confidence, tuple(Guess(other, share) for other, share in others))


def repaired(changes: dict[tuple[int, int], Content], *, total: bool = True) -> tuple[Table, tuple[Finding, ...]]:
    """The table with other contents in some cells, after repair."""
    rows: Sequence[Sequence[Content]] = [
        [changes.get((index, column), content) for column, content in enumerate(row)]
        for index, row in enumerate(ROWS if total else ROWS[:-1])
    ]
    (table,), findings = repair(build_tables([page(grid([HEADER, *rows]))]))
    return table, findings


def value(table: Table, row: int, column: int) -> object:
    return [row for row in table.rows if row.kind != "header"][row].cells[column].value


def test_a_sound_table_stays_as_it_is() -> None:
    """Doubtful readings are not touched where everything agrees."""
    table, findings = repaired({(0, 3): doubtful("๓", ("๘", 0.3))})
    assert findings == ()
    assert value(table, 0, 3) == 3


def test_a_lone_misread_number_is_set_right() -> None:
    """The value changes, the text does not, and a finding tells why."""
    table, (finding,) = repaired({(1, 3): doubtful("๑", ("๗", 0.2))})
    assert value(table, 1, 3) == 7
    assert [row for row in table.rows if row.kind == "row"][1].cells[3].text == "๑"
    assert (finding.rule, finding.repaired, finding.expected, finding.found) == ("row-sum", True, 7, 1)
    assert finding.sequence == 2


def test_a_reading_that_is_no_number_is_set_right_too() -> None:
    """Where no number was read at first, the equations choose among the offers."""
    table, (finding,) = repaired({(0, 4): doubtful("๔l", ("๔๗", 0.2), ("๔๑", 0.1))})
    assert value(table, 0, 4) == 41
    assert finding.repaired


def test_unlikely_offers_need_two_equations() -> None:
    """A reading of 3 % beside one of 70 % is believed where row and column both ask for it, not for the row alone."""
    change = {(1, 2): doubtful("๘๗", ("๘๑", 0.03))}
    assert value(repaired(change)[0], 1, 2) == 81
    alone = {**change, (1, 5): "", (4, 2): ""}
    assert value(repaired(alone)[0], 1, 2) == 87


def test_a_slip_of_the_paper_stays() -> None:
    """A clear reading is what the paper says, even if another adds up; so is one whose change breaks the column."""
    clear = {(1, 3): doubtful("๖", ("๗", 0.01), confidence=0.99)}
    table, findings = repaired(clear)
    assert (value(table, 1, 3), findings) == (6, ())
    slip = {(1, 2): doubtful("๘๒", ("๘๑", 0.2)), (4, 2): "๒๕๗", (4, 4): "๑๘๖", (4, 5): "๒๗.๖๓"}
    table, findings = repaired(slip)
    assert (value(table, 1, 2), findings) == (82, ())


def test_two_ways_to_set_it_right_are_none() -> None:
    """Where one number or another could be wrong, both stay."""
    both: dict[tuple[int, int], Content] = {
        (2, 2): doubtful("๖๘", ("๖๙", 0.3)),
        (2, 4): doubtful("๖๙", ("๖๘", 0.3)),
        (2, 5): "",
        (4, 2): "",
        (4, 4): "",
    }
    table, findings = repaired(both)
    assert (value(table, 2, 2), value(table, 2, 4), findings) == (68, 69, ())


@pytest.mark.parametrize(("read", "offer", "meant"), [("๕", "๓", 3), ("๘", "๓", 3)])
def test_running_numbers_are_set_right(read: str, offer: str, meant: int) -> None:
    """A number between two that differ by two is known."""
    table, findings = repaired({(2, 0): doubtful(read, (offer, 0.2))})
    assert value(table, 2, 0) == meant
    assert [finding.rule for finding in findings] == ["sequence-gap"]


def test_words_beside_the_digits_vouch_for_a_reading() -> None:
    """`๘๗ (แปดสิบเอ็ด)`: the words choose the ink's other reading."""
    read = doubtful("๘๗ (แปดสิบเอ็ด)", ("๘๑ (แปดสิบเอ็ด)", 0.1))
    table, (finding,) = repaired({(1, 2): read})
    assert value(table, 1, 2) == 81
    assert finding.repaired
