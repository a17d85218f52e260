"""What is no better than a guess has no value, unless the paper itself confirms it."""

from dataclasses import replace

import pytest
from tables import Content, grid, page
from test_checks_repair import HEADER, ROWS

from laodoc.checks.repair import repair
from laodoc.checks.withhold import withhold, without_guesses
from laodoc.document import BBox, Cell, Field, Reference, Table
from laodoc.parsing.passages import Passage, printed_lines
from laodoc.parsing.tables import build_tables
from laodoc.recognition.decoding import FLOOR
from laodoc.recognition.reading import Character, Guess, LineReading, Reading

WEAK, FIRM = round(FLOOR / 2, 3), round((1 + FLOOR) / 2, 3)
PLAIN = ["ลำดับ", "จังหวัด", "คะแนน"]


def field(text: str, value: str | None, confidence: float, **more: object) -> Field:
    return Field(text=text, value=value, page=1, bbox=BBox(0, 0, 9, 9), confidence=confidence, **more)  # type: ignore[arg-type]


def withheld(header: list[str], rows: list[list[Content]]) -> Table:
    tables, _ = repair(build_tables([page(grid([header, *rows]))]))
    (table,) = withhold(tables)
    return table


def cell(table: Table, row: int, column: int) -> Cell:
    return [row for row in table.rows if row.kind != "header"][row].cells[column]


def test_a_guess_that_nothing_confirms_is_no_number() -> None:
    """An empty cell in which specks were read as a figure: what was read is offered, not given."""
    rows: list[list[Content]] = [["๑", "ลำปาง", Reading("๖", WEAK)], ["๒", "ตาก", "๘๑"], ["๓", "น่าน", "๖๙"]]
    table = withheld(PLAIN, rows)
    doubted = cell(table, 0, 2)
    assert doubted.value is None and doubted.text == "๖"
    assert [(other.text, other.confidence) for other in doubted.alternatives] == [("๖", WEAK)]
    assert [cell(table, row, 2).value for row in (1, 2)] == [81, 69]


def test_a_weak_dash_is_no_nought() -> None:
    table = withheld(PLAIN, [["๑", "ลำปาง", Reading("-", WEAK)], ["๒", "ตาก", "๘๑"], ["๓", "น่าน", "-"]])
    assert (cell(table, 0, 2).value, cell(table, 0, 2).nil) == (None, False)
    assert (cell(table, 2, 2).value, cell(table, 2, 2).nil) == (0, True)


@pytest.mark.parametrize(("weak", "kept"), [((0, 2), 44), ((4, 3), 71), ((1, 0), 2), ((2, 5), 0.0)])
def test_what_sums_and_neighbours_confirm_stays(weak: tuple[int, int], kept: float) -> None:
    """A row's sum, a column's total, the order of running numbers: each vouches for what was hardly legible."""
    rows = [list(row) for row in ROWS]
    rows[weak[0]][weak[1]] = Reading(str(rows[weak[0]][weak[1]]), WEAK)
    row = [row for row in withheld(HEADER, rows).rows if row.kind != "header"][weak[0]]
    assert next(cell for cell in row.cells if cell.column == weak[1]).value == kept


def test_words_of_a_cell_stay() -> None:
    table = withheld(PLAIN, [["๑", Reading("ลำปาง", WEAK), "๔๔"], ["๒", "ตาก", "๘๑"], ["๓", "น่าน", "๖๙"]])
    assert cell(table, 0, 1).text == "ลำปาง"


def test_fields_anywhere_in_a_letter_lose_values_that_are_guesses() -> None:
    weak, firm = field("๒ ธ.ค. ๒๕๖๗", "2024-12-02", WEAK), field("มท ๐๘๑๐/๑", "มท 0810/1", FIRM)
    letter = (Reference(issuer=None, number=firm, date=weak, subject=None),)
    (found,) = without_guesses(letter)
    assert found.number is firm
    assert found.date is not None and found.date.value is None and found.date.text == weak.text
    assert [other.text for other in found.date.alternatives] == [weak.text]


def test_what_a_person_said_and_what_is_sure_is_the_same_object() -> None:
    """A person's value stays; where nothing changes nothing is copied."""
    said = field("๗", "7", FIRM, corrected=True).model_copy(update={"confidence": WEAK})
    letter = (Reference(issuer=None, number=said, date=field("", None, 0.0), subject=None),)
    assert without_guesses(letter) is letter


def test_a_field_is_as_sure_as_its_own_part_of_the_line() -> None:
    """A day is not in doubt because a word far from it is."""
    text = "ตามหนังสิอ ลงวันที่ ๗ มีนาคม ๒๕๔๖"
    sure = [0.2 if symbol == "อ" else 0.95 for symbol in text]
    said = Reading(text, 0.19, (Guess("x", 0.1),), tuple(Character(one, 0.5) for one in sure))
    sheet = page(grid([PLAIN, ["๑", "ตาก", "๑"], ["๒", "น่าน", "๒"]]))
    sheet = replace(sheet, lines=(LineReading(said, BBox(0, 0, 900, 40)),))
    passage = Passage(printed_lines(sheet))
    at = text.index("๗")
    assert passage.field(at, len(text)).confidence == 0.95
    assert passage.field(0, len(text)).confidence == 0.2
