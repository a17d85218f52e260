"""Cells of a table: numbers, marks, bars, blanks and merged ones."""

import pytest
from tables import (
    STATISTICS,
    STATUS,
    grid,
    kinds,
    only,
    reading,
    statistics_rows,
    status_rows,
)

from laodoc.recognition.reading import BarReading, MarkReading, Reading


def test_doubtful_mark_keeps_its_ink() -> None:
    """A mark in doubt is null with its confidence, and the text read there is kept."""
    rows: list[list[object]] = [list(row) for row in status_rows()]
    rows[0][3] = MarkReading(None, 0.3)
    cell = only(grid([STATUS, *rows])).rows[1].cells[3]  # type: ignore[arg-type]
    assert (cell.mark, cell.confidence, "mark" in cell.model_fields_set) == (None, 0.3, True)


def test_bars() -> None:
    """A column of bars has their shares, null where the scan has no colour."""
    bars = [BarReading(0.25, 0.75), BarReading(None, None), BarReading(1.0, 0.0)]
    rows = [[*row[:2], bar] for row, bar in zip(statistics_rows(count=3), bars, strict=True)]
    table = only(grid([["ลำดับ", "จังหวัด", "กกกกก"], *rows]))
    assert table.columns[2].role == "bar"
    shares = [row.cells[2].bar for row in table.rows[1:]]
    assert [(bar.green, bar.red) if bar else None for bar in shares] == [(0.25, 0.75), None, (1.0, 0.0)]


def test_bar_columns_of_sums_have_no_bar() -> None:
    """The empty bar cell of a total row says nothing about a bar."""
    rows = [[*row[:2], BarReading(0.5, 0.5)] for row in statistics_rows()]
    table = only(grid([["ลำดับ", "จังหวัด", "แถบสี"], *rows, ["รวม", "<", ""]]))
    assert "bar" not in table.rows[-1].cells[-1].model_fields_set


def test_cells_merged_downward_stand_once() -> None:
    """A district merged over its rows stands in the first of them with its span."""
    rows = [["ลานสัก", "๑", "อบต.ก", "✓", ""], ["^", "๒", "อบต.ข", "", "×"], ["^", "๓", "อบต.ค", "✓", ""]]
    table = only(grid([["อำเภอ", "ลำดับ", *STATUS[2:]], *rows]))
    assert kinds(table) == ["row"] * 3
    assert table.rows[1].cells[0].row_span == 3
    assert [cell.column for cell in table.rows[2].cells] == [1, 2, 3, 4]


def test_numbers_by_alternatives() -> None:
    """A cell that is no number is read again as one: with its own confidence, the free reading beside it."""
    rows: list[list[object]] = [list(row) for row in statistics_rows()]
    rows[0][2] = reading("๔m", "๔๒")
    cell = only(grid([STATISTICS, *rows])).rows[1].cells[2]  # type: ignore[list-item]
    assert (cell.text, cell.value, cell.confidence) == ("๔๒", 42, 0.5)
    assert [other.text for other in cell.alternatives] == ["๔m"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("๗,๘๕๐", 7850),
        ("๗, ๘๕๐", 7850),
        ("๒๖3", 263),
        ("๑.", 1),
        ("-", 0),
        ("ddv", None),
        ("๑,๒๓", None),
        ("๑๒ (สิบสอง)", 12),
    ],
)
def test_numbers_in_count_columns(text: str, value: int | None) -> None:
    """Thai, Arabic and mixed numbers are values, a dash is nil, anything else is null."""
    rows = statistics_rows()
    rows[0][2] = text
    cell = only(grid([STATISTICS, *rows])).rows[1].cells[2]
    assert (cell.text, cell.value, cell.nil) == (text, value, text == "-")
    assert "value" in cell.model_fields_set


def test_number_on_two_lines_is_not_guessed() -> None:
    """Two lines in a numeric cell are no number."""
    rows = statistics_rows()
    rows[0][2] = "๔๒\n๑๗"
    assert only(grid([STATISTICS, *rows])).rows[1].cells[2].value is None


def test_blank_counts() -> None:
    """A blank is nil where the other part makes the total; otherwise, and where ink is unread, it stays null."""
    rows: list[list[object]] = [list(row) for row in statistics_rows()]
    rows[0][2:5] = ["๔๑", "", "๔๑"]
    rows[1][2:5] = ["๔๔", "", "๔๒"]
    rows[2][2:5] = ["๔๓", Reading("", 0.0), "๔๓"]
    rows[3][2:5] = ["๔", "๔", ""]
    cells = [row.cells for row in only(grid([STATISTICS, *rows])).rows[1:5]]  # type: ignore[list-item]
    assert [(cell[3].value, cell[3].nil) for cell in cells[:3]] == [(0, True), (None, False), (None, False)]
    assert (cells[3][4].value, cells[3][4].nil) == (0, True)
