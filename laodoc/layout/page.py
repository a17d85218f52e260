"""What layout hands to recognition: the places of everything on a page."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from laodoc.document import BBox, Code, Region
from laodoc.imaging.page import Image
from laodoc.ink.map import InkMap


@dataclass(frozen=True, slots=True)
class Edge:
    """A ruled line, horizontal or vertical: it follows the points (x, y) from end to end, so it may bend.

    `along` and `across` are the points' coordinates along its direction (ascending) and across it.
    """

    points: tuple[tuple[float, float], ...]
    thickness: float
    horizontal: bool
    along: NDArray[np.float64] = field(init=False, repr=False, compare=False)
    across: NDArray[np.float64] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        x, y = np.array(self.points, np.float64).T
        object.__setattr__(self, "along", x if self.horizontal else y)
        object.__setattr__(self, "across", y if self.horizontal else x)


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: grid position, spans, and the box inside its rulings."""

    row: int
    column: int
    row_span: int
    column_span: int
    bbox: BBox


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: cells that cover `rows` × `columns` without overlap, in row order, and their edges."""

    bbox: BBox
    rows: int
    columns: int
    cells: tuple[GridCell, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text: the box around its ink with all diacritics, and the line's own measure.

    `top` and `bottom` of `band` are those of the line of its page, column or cell (from above the highest tone mark
    to below the deepest descender), whatever ink this line happens to have; line images are cut at it. A line that
    rises by `angle` degrees (counter-clockwise, as in a turned stamp) has its band turned by as much about the band's
    centre; its `bbox` is upright all the same. `others` are the boxes of ink in the band that is not the line's
    and stands among its own, `blanks` those in which nothing of the line stands, `seams` those, one row high, where
    such ink touches the line's own and is cut from it. A `faint` line is far fainter than the page's others, as the
    other side of the paper is that shows through.
    """

    bbox: BBox
    band: BBox
    angle: float = 0.0
    others: tuple[BBox, ...] = ()
    blanks: tuple[BBox, ...] = ()
    seams: tuple[BBox, ...] = ()
    faint: bool = False


@dataclass(frozen=True, slots=True)
class TickBox:
    """A small ruled square outside tables."""

    bbox: BBox


@dataclass(frozen=True, slots=True)
class PageLayout:
    """The places of everything: `lines` outside grids in reading order, `cell_lines[g][c]` inside cell c of grid g.

    `line_regions[i]` is the index in `regions` of the stamp in which line i stands, or None. `clean` is the page's even
    grey without its rulings: what line images and marks are cut from; those of stamps are cut from `stamped`, which
    differs from it where print runs through a coloured stamp; `inked` has the ink of pens and the dirt that `clean`
    lacks: tick boxes are read from it, and `written`, the lines by pen outside tables and stamps. `ink` is the map by
    which ink was told apart.
    """

    grids: tuple[Grid, ...]
    lines: tuple[TextLine, ...]
    line_regions: tuple[int | None, ...]
    cell_lines: tuple[tuple[tuple[TextLine, ...], ...], ...]
    regions: tuple[Region, ...]
    codes: tuple[Code, ...]
    tick_boxes: tuple[TickBox, ...]
    clean: Image
    stamped: Image
    inked: Image
    written: tuple[TextLine, ...] = ()
    ink: InkMap | None = None
