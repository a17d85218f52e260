"""Ruled tables: from pixels to edges, from edges to cells, under the damage of copying."""

from dataclasses import replace

import pytest
from grid_pages import DAMAGES, DPI, Damage, Table, blank, cover, draw, plain, spans_of

from laodoc.imaging.page import Image
from laodoc.layout.grid import find_grids

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


INVISIBLE = {("hair", "faxed"), ("hair", "skewed, faxed")}
"""Hairlines that black-and-white scanning leaves no trace of."""


def pages_of(table: Table, damage: Damage) -> Image:
    return damage(draw(blank(), table))


@pytest.mark.parametrize(("name", "harm"), [(t, d) for t in TABLES for d in DAMAGES if (t, d) not in INVISIBLE])
def test_cells_are_those_drawn(name: str, harm: str) -> None:
    """Every row, column and merged cell is found, once, under every damage."""
    table = TABLES[name]
    (grid,) = find_grids(pages_of(table, DAMAGES[harm]), DPI)
    assert (grid.rows, grid.columns) == (len(table.ys) - 1, len(table.xs) - 1)
    assert spans_of(grid) == table.spans()
    assert (cover(grid) == 1).all()
