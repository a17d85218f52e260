"""Ruled tables: from pixels to edges, from edges to cells, under the damage of copying."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from grid_pages import DAMAGES, DPI, MM, WORDS, Damage, Table, bent, blank, cover, draw, plain, spans_of, write

from laodoc.imaging.page import Image
from laodoc.layout.edges import find_edges
from laodoc.layout.erasing import erase_edges
from laodoc.layout.grid import edges_to_grids, find_boxes, find_grids, intersections_to_cells, sides_to_spans
from laodoc.layout.intersections import edges_to_intersections
from laodoc.layout.page import Edge

TWO_LEVELS = replace(plain(rows=8), merged=((0, 0, 2, 1), (0, 1, 2, 1), (0, 2, 1, 2), (0, 4, 2, 1)))
GROUPED = replace(plain(rows=10), merged=((2, 0, 4, 1), (6, 0, 3, 1), (9, 0, 1, 3)))
OPEN = replace(plain(rows=7), outer=False)
BARS = replace(plain(rows=10), bars=4)
BROKEN = replace(plain(rows=10), breaks=True)
NARROW = replace(plain(rows=24, row_mm=12 / 72 * 25.4), points=7.5)
TOUCHING = replace(plain(rows=10, row_mm=6.0), text_rise_mm=1.3)
HAIR = replace(plain(rows=10), rule_mm=0.1, ink=90)
TABLES = {
    "plain": plain(),
    "two levels": TWO_LEVELS,
    "grouped": GROUPED,
    "open": OPEN,
    "bars": BARS,
    "broken": BROKEN,
    "narrow": NARROW,
    "touching": TOUCHING,
    "hair": HAIR,
}


HARSH = ("clean", "faxed", "bent, blurred, specked")
CASES = [(table, harm) for table in TABLES for harm in DAMAGES if table in ("plain", "touching") or harm in HARSH]
INVISIBLE = ("hair", "faxed")
"""Hairlines of which black-and-white scanning leaves no trace."""


def pages_of(table: Table, damage: Damage) -> Image:
    return damage(draw(blank(), table))


@pytest.mark.parametrize(("name", "harm"), [case for case in CASES if case != INVISIBLE])
def test_cells_are_those_drawn(name: str, harm: str) -> None:
    """Every row, column and merged cell is found, once, whatever the damage."""
    table = TABLES[name]
    (grid,) = find_grids(pages_of(table, DAMAGES[harm]), DPI)
    assert (grid.rows, grid.columns) == (len(table.ys) - 1, len(table.xs) - 1)
    assert spans_of(grid) == table.spans()
    assert (cover(grid) == 1).all()


def test_cells_lie_inside_their_rulings() -> None:
    """A cell's box ends within 0.4 mm of the middle of its rulings, and holds none of their ink."""
    table = replace(TWO_LEVELS, text=False)
    page = pages_of(table, DAMAGES["clean"])
    (grid,) = find_grids(page, DPI)
    for cell in grid.cells:
        left, top, right, bottom = cell.bbox
        borders = (
            table.xs[cell.column],
            table.ys[cell.row],
            table.xs[cell.column + cell.column_span],
            table.ys[cell.row + cell.row_span],
        )
        assert np.abs(np.array(cell.bbox) - np.array(borders) * MM).max() < 0.4 * MM
        assert page[top:bottom, left:right].min() > 200


def test_bent_rulings_are_followed() -> None:
    """An edge stays within a dot and a half of a ruling that wanders by six pixels."""
    page = bent(pages_of(replace(plain(), text=False), DAMAGES["clean"]), 6.0)
    edges = [edge for edge in find_edges(page, DPI) if edge.horizontal]
    assert len(edges) == 13
    for edge in edges:
        xs, ys = np.array(edge.points[1:-1]).T
        near = np.array([page[int(y) - 12 : int(y) + 13, int(x)] for x, y in zip(xs, ys, strict=True)])
        free = (near < 200).sum(axis=1) < 8
        middle = ys.astype(int) - 12 + np.average(np.broadcast_to(np.arange(25), near.shape), 1, 250.1 - near)
        assert np.abs(middle - ys)[free].max() < 1.5


def test_tables_of_a_page_are_apart() -> None:
    """Two tables, one below the other, are two grids, from top to bottom."""
    page = draw(draw(blank(), plain(rows=4)), plain(rows=6, top=60.0), seed=1)
    upper, lower = find_grids(page, DPI)
    assert (upper.rows, lower.rows) == (4, 6)
    assert upper.bbox.bottom < lower.bbox.top


@pytest.mark.parametrize("ends", [((60, 2), (60, 148)), ((2, 40.5), (146, 40.5))], ids=["down", "across"])
def test_streaks_of_the_scanner_are_no_rulings(ends: tuple[tuple[float, float], tuple[float, float]]) -> None:
    """A line that runs across table and page alike rules no row and no column."""
    page = pages_of(plain(), DAMAGES["clean"])
    start, end = ((round(x * MM), round(y * MM)) for x, y in ends)
    cv2.line(page, start, end, 120, 2)
    (grid,) = find_grids(page, DPI)
    assert spans_of(grid) == plain().spans()


def page_without_tables() -> Image:
    page = blank()
    for line in range(8):
        write(page, 20, 70 + 7 * line, " ".join((*WORDS[:4], "เรื่อง ............................")), 11)
        cv2.line(
            page, (round(20 * MM), round((75 + 7 * line) * MM)), (round(90 * MM), round((75 + 7 * line) * MM)), 40, 3
        )
    frame = np.array([(80, 12), (140, 14), (139, 34), (79, 32)]) * MM
    cv2.polylines(page, [frame.astype(np.int32)], isClosed=True, color=70, thickness=4)
    write(page, 85, 16, "รับที่ ๑๒๓๔")
    return page


@pytest.mark.parametrize("harm", ["clean", "faxed", "blurred"])
def test_stamps_underlines_and_text_are_no_tables(harm: str) -> None:
    """A stamp's frame is a box and no grid; underlined lines, leaders and letters are no edges."""
    page = DAMAGES[harm](page_without_tables())
    edges = find_edges(page, DPI)
    assert edges_to_grids(edges, DPI) == ()
    assert len(edges) == 4
    (box,) = find_boxes(edges, DPI)
    assert np.abs(np.array(box) - np.array((79, 12, 140, 34)) * MM).max() < 1.5 * MM


def test_tables_are_no_boxes() -> None:
    """A table's frame is not reported a second time as a box."""
    assert find_boxes(find_edges(pages_of(plain(), DAMAGES["clean"]), DPI), DPI) == ()


def test_blank_page_has_nothing() -> None:
    """A page without ink has no edges, no grids and no boxes."""
    assert find_edges(blank(), DPI) == ()
    assert find_grids(blank(), DPI) == ()
    assert find_boxes((), DPI) == ()


@pytest.mark.parametrize("harm", ["clean", "blurred", "bent", "faxed"])
def test_erased_page_keeps_its_text(harm: str) -> None:
    """Without its rulings a page looks like one on which only the text was written."""
    table = plain()
    page = pages_of(table, DAMAGES[harm])
    text_only = DAMAGES[harm](draw(blank(), replace(table, rule_mm=0.0)))
    erased = erase_edges(page, find_edges(page, DPI), DPI)
    ruled, left = (page < 150) & (text_only > 200), (erased < 150) & (text_only > 200)
    lost = (text_only < 100) & (erased > 200)
    assert left.sum() < 0.02 * ruled.sum()
    assert lost.sum() < 0.02 * (text_only < 100).sum()


def test_strokes_across_a_ruling_survive_its_erasure() -> None:
    """A pen stroke that crosses a ruling stays whole, and the caller's page is not changed."""
    page = blank()
    draw(page, replace(plain(rows=4), text=False))
    before = page.copy()
    cv2.line(page, (round(60 * MM), round(22 * MM)), (round(68 * MM), round(32 * MM)), 20, 6)
    given = page.copy()
    erased = erase_edges(page, find_edges(before, DPI), DPI)
    stroke = np.zeros_like(page)
    cv2.line(stroke, (round(60 * MM), round(22 * MM)), (round(68 * MM), round(32 * MM)), 255, 2)
    assert (erased[stroke > 0] < 120).mean() > 0.97
    assert (page == given).all()


def test_edges_that_nearly_touch_intersect() -> None:
    """A corner broken by less than a millimetre is an intersection, one broken by three is not."""
    level = Edge(((100.0, 100.0), (500.0, 104.0)), 3.0, True)
    near, far = (Edge(((300.0, y), (300.0, 600.0)), 3.0, False) for y in (110.0, 140.0))
    (crossing,) = edges_to_intersections((level, near, far), DPI)
    assert (crossing.level, crossing.upright) == (0, 1)
    assert crossing.x == 300.0
    assert 101.5 < crossing.y < 102.5


def test_a_frame_with_one_divider_is_no_grid() -> None:
    """A network with one row or one column gives no cells."""
    levels = [Edge(((100.0, y), (900.0, y)), 3.0, True) for y in (100.0, 300.0)]
    uprights = [Edge(((x, 100.0), (x, 300.0)), 3.0, False) for x in (100.0, 400.0, 900.0)]
    edges = (*levels, *uprights)
    assert intersections_to_cells(edges, edges_to_intersections(edges, DPI), DPI) == ()


def test_merged_cells_that_are_no_boxes_are_split() -> None:
    """Places that hang together in an L are covered by boxes that do not overlap."""
    above = np.array([[True, True], [False, True], [True, True]])
    before = np.array([[True, False, True], [True, True, True]])
    assert list(sides_to_spans(above, before)) == [(0, 0, 1, 2), (1, 0, 2, 1), (1, 1, 2, 2)]
