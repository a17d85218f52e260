"""Folds across tables, and lines under words."""

from dataclasses import replace

import numpy as np
import pytest
from grid_pages import DPI, MM, blank, draw, plain, spans_of
from layout_drawing import BODY, Sheet
from PIL import Image as Pillow
from PIL import ImageDraw

from laodoc.imaging.page import Image
from laodoc.ink.map import find_ink_map
from laodoc.layout.edges import find_edges
from laodoc.layout.erasing import erase_edges
from laodoc.layout.grid import edges_to_grids, find_grids
from laodoc.layout.underlines import find_underlines


def folded(page: Image, y: float, *, lean: float, start: float = 0.0, end: float = 1.0) -> Image:
    """The page with a dark line over its width, at `y` in the middle, that sinks by `lean` pixels from end to end."""
    picture = Pillow.fromarray(page)
    width = page.shape[1]
    ends = [(width * share, y + lean * (share - 0.5)) for share in (start, end)]
    ImageDraw.Draw(picture).line(ends, fill=70, width=4)
    return np.asarray(picture)


@pytest.mark.parametrize("lean", [-24.0, 0.0, 24.0])
@pytest.mark.parametrize("into_row", [0.12, 0.5])
def test_a_fold_through_a_row_is_no_ruling(lean: float, into_row: float) -> None:
    """A line from edge to edge of the paper parts no row, whether it is level or not, near a ruling or through text."""
    table = plain()
    y = (table.ys[4] + into_row * (table.ys[5] - table.ys[4])) * MM
    (grid,) = find_grids(folded(draw(blank(), table), y, lean=lean), DPI)
    assert (grid.rows, grid.columns) == (len(table.ys) - 1, len(table.xs) - 1)


def test_a_fold_that_crosses_a_ruling_does_not_take_it_along() -> None:
    """Where both run into each other at a sharp angle the ruling is still found, on its own course."""
    table = plain()
    page = folded(draw(blank(), table), table.ys[4] * MM, lean=14.0)
    (grid,) = find_grids(page, DPI)
    assert grid.rows == len(table.ys) - 1
    top = sorted({cell.bbox.top for cell in grid.cells})[4]
    assert abs(top - table.ys[4] * MM) < 0.6 * MM


@pytest.mark.parametrize("fold", [False, True])
def test_sides_that_few_rulings_reach_are_sides(fold: bool) -> None:
    """Where the cells of the first column are merged most rulings end before it: those that reach it are no streaks."""
    table = replace(plain(rows=10), merged=((1, 0, 9, 1),))
    page = draw(blank(), table)
    if fold:
        page = folded(page, (table.ys[7] + 3.2) * MM, lean=20.0)
    (grid,) = find_grids(page, DPI)
    assert spans_of(grid) == table.spans()


def underlined(gap: int) -> Sheet:
    """Two lines of text, a solid line under the first word of the second, `gap` pixels below its letters' feet."""
    sheet = Sheet.blank()
    for row, text in enumerate(BODY[:2]):
        sheet.write(200, 300 + 150 * row, text, points=16)
    sheet.draw.line([(200, 452 + gap), (620, 453 + gap)], fill="black", width=5)
    return sheet


@pytest.mark.parametrize("gap", [0, 6, 14])
def test_lines_under_words_are_erased(gap: int) -> None:
    """A line under words goes whether it touches them or not, and the letters stay."""
    sheet, bare = underlined(gap), Sheet.blank()
    for row, text in enumerate(BODY[:2]):
        bare.write(200, 300 + 150 * row, text, points=16)
    page = sheet.page()
    (line,) = find_underlines(page.grey, page.dpi, find_ink_map(page), ())
    assert line.along[0] == pytest.approx(200, abs=25) and line.along[-1] == pytest.approx(620, abs=25)
    wrong = (erase_edges(page.grey, [line], page.dpi) < 128) != (bare.grey < 128)
    assert wrong.sum() < 0.35 * ((page.grey < 128) != (bare.grey < 128)).sum()


def test_rulings_and_letters_are_no_underlines() -> None:
    """Edges of tables are not found again, and nothing is found in plain text."""
    sheet = Sheet.blank()
    for row, text in enumerate(BODY):
        sheet.write(200, 300 + 150 * row, text, points=16)
    page = sheet.page()
    assert find_underlines(page.grey, page.dpi, find_ink_map(page), ()) == ()
    for y in (800, 900, 1000):
        sheet.draw.line([(200, y), (1600, y)], fill="black", width=4)
    for x in (200, 900, 1600):
        sheet.draw.line([(x, 800), (x, 1000)], fill="black", width=4)
    page = sheet.page()
    edges = find_edges(page.grey, page.dpi)
    assert len(edges) == 6
    assert find_underlines(page.grey, page.dpi, find_ink_map(page), edges) == ()


@pytest.mark.parametrize(("long", "step"), [(12, 20), (18, 27)])
def test_broken_rulings_rule_tables(long: int, step: int) -> None:
    """A table ruled in dashes has the cells that were drawn, and no more."""
    sheet = Sheet.blank(2000, 1400)
    for row in range(5):
        for column in range(3):
            sheet.write(240 + 500 * column, 360 + 110 * row, ("เทศบาลเมือง", "๑,๒๕๐,๐๐๐", "-")[column])
    for y in range(290, 290 + 6 * 110, 110):
        for x in range(200, 1701, step):
            sheet.draw.rectangle((x, y, x + long - 1, y + 4), fill="black")
    for x in (200, 700, 1200, 1700):
        for y in range(290, 841, step):
            sheet.draw.rectangle((x, y, x + 4, y + long - 1), fill="black")
    page = sheet.page()
    (grid,) = edges_to_grids(find_edges(page.grey, page.dpi, find_ink_map(page)), page.dpi)
    assert (grid.rows, grid.columns) == (5, 3)
