"""The page without its rulings: edges painted out, strokes that cross or touch them left standing."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from laodoc.imaging.page import Image
from laodoc.imaging.paper import MM_PER_INCH
from laodoc.layout.intersections import along_and_across
from laodoc.layout.medians import median
from laodoc.layout.page import Edge

FLANK_MM = 0.2
"""Blurred flank of a ruling on either side of its thickness."""
LOOK_MM = 0.17
"""Where, beyond the flank, a stroke that meets the ruling shows."""
STROKE = 0.45
"""A stroke has at least this part of the ruling's contrast, next to it."""
SLOPES = (-1.0, -0.5, 0.5, 1.0)
"""Courses, in pixels along a pixel across, of strokes that cross a ruling otherwise than square."""
OVERHANG_MM = 0.7
"""Edges end a little before the ink of their rulings does."""


def erase_edges(grey: Image, edges: Sequence[Edge], dpi: float) -> Image:
    """A copy of the page, (height, width) uint8, with the rulings painted out along their bends.

    Where ink stands on both sides of a ruling, a stroke crosses it and the pixels between stay; where it stands on one
    side, the ruling goes up to the stroke.
    """
    page = grey.copy()
    for edge in edges:
        _erase(page if edge.horizontal else page.T, edge, dpi / MM_PER_INCH)
    return page


def _erase(page: NDArray[np.uint8], edge: Edge, mm: float) -> None:
    """Paint out one edge of a page on which it runs along the second axis, in place."""
    height, width = page.shape
    along, across = along_and_across(edge)
    first, last = max(0, int(along[0] - OVERHANG_MM * mm)), min(width, int(along[-1] + OVERHANG_MM * mm) + 1)
    at = np.arange(first, last)
    half = edge.thickness / 2
    core, flank = round(half), round(half + FLANK_MM * mm)
    look = max(flank + 1, round(half + (FLANK_MM + LOOK_MM) * mm))
    middle = _centred(page, np.rint(np.interp(at, along, across)).astype(np.intp), at, flank)
    ground = np.full(len(at), _ground(page, middle, at, 2 * look))
    ink = ground - page[np.clip(middle, 0, height - 1), at]
    stroke = STROKE * max(median(ink), 1.0)
    above = ground - _darkest(page, middle, at, range(-look, -flank)) > stroke
    below = ground - _darkest(page, middle, at, range(flank + 1, look + 1)) > stroke
    for step in range(-flank, flank + 1):
        free = ~_crosses(above, below, step, look)
        if step < -core:
            free &= ~above
        if step > core:
            free &= ~below
        rows = np.clip(middle + step, 0, height - 1)[free]
        page[rows, at[free]] = ground[free]


def _crosses(above: NDArray[np.bool_], below: NDArray[np.bool_], step: int, look: int) -> NDArray[np.bool_]:
    """Where, `step` pixels below the ruling's middle, a stroke passes from the ink above to the ink below it."""
    through = above & below
    for slope in SLOPES:
        up, down = round(slope * (step + look)), round(slope * (look - step))
        through |= _shifted(above, up) & _shifted(below, -down)
    return through


def _shifted(flags: NDArray[np.bool_], by: int) -> NDArray[np.bool_]:
    """The flags moved on by so many places; none comes in at the end."""
    moved = np.zeros_like(flags)
    if by >= 0:
        moved[by:] = flags[: max(0, len(flags) - by)]
    else:
        moved[:by] = flags[-by:]
    return moved


def _darkest(
    page: NDArray[np.uint8], middle: NDArray[np.intp], at: NDArray[np.intp], steps: range
) -> NDArray[np.float64]:
    rows = np.clip(middle + np.array(steps)[:, None], 0, page.shape[0] - 1)
    return np.asarray(page[rows, at].min(axis=0), np.float64)


def _ground(page: NDArray[np.uint8], middle: NDArray[np.intp], at: NDArray[np.intp], away: int) -> float:
    rows = np.clip(np.stack([middle - away, middle + away]), 0, page.shape[0] - 1)
    return median(page[rows, at].ravel())


def _centred(page: NDArray[np.uint8], middle: NDArray[np.intp], at: NDArray[np.intp], reach: int) -> NDArray[np.intp]:
    """The middle moved by up to two pixels to where the ink of a short stretch really is."""
    window = np.ones(4 * reach + 1) / (4 * reach + 1)
    shifts = np.arange(-2, 3)
    ink = np.stack([page[np.clip(middle + shift, 0, page.shape[0] - 1), at] for shift in shifts]).astype(np.float64)
    if len(at) < len(window):
        return middle
    smooth = np.stack([np.convolve(np.pad(row, len(window) // 2, "edge"), window, "valid") for row in ink])
    smooth += np.abs(shifts)[:, None] * 2.0
    return np.asarray(middle + shifts[np.argmin(smooth, axis=0)], np.intp)
