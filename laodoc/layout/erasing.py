"""The page without its rulings: edges painted out, strokes that cross or touch them left standing."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.imaging.page import Image
from laodoc.imaging.paper import MM_PER_INCH
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
    first = max(0, int(edge.along[0] - OVERHANG_MM * mm))
    last = min(width, int(edge.along[-1] + OVERHANG_MM * mm) + 1)
    at = np.arange(first, last)
    half = edge.thickness / 2
    core, flank = round(half), round(half + FLANK_MM * mm)
    look = max(flank + 1, round(half + (FLANK_MM + LOOK_MM) * mm))
    middle = np.rint(np.interp(at, edge.along, edge.across)).astype(np.intp)
    band = page[np.clip(middle + np.arange(-look - SWAY, look + SWAY + 1)[:, None], 0, height - 1), at]
    sway = _to_ink(band[look : look + 2 * SWAY + 1], flank)
    middle += sway
    band = band[np.arange(SWAY, SWAY + 2 * look + 1)[:, None] + sway, at - first]
    ground = median(page[np.clip(np.stack([middle - 2 * look, middle + 2 * look]), 0, height - 1), at].ravel())
    stroke = STROKE * max(median(ground - band[look].astype(np.float64)), 1.0)
    above = ground - band[: look - flank].min(axis=0).astype(np.float64) > stroke
    below = ground - band[look + flank + 1 :].min(axis=0).astype(np.float64) > stroke
    crossing = _Crossing(above, below, look)
    for step in range(-flank, flank + 1):
        free = ~crossing.at(step)
        if step < -core:
            free &= ~above
        if step > core:
            free &= ~below
        rows = np.clip(middle[free] + step, 0, height - 1)
        page[rows, at[free]] = int(ground)


class _Crossing:
    """Where strokes pass from the ink above a ruling to the ink below it; `look` as in `_erase`."""

    def __init__(self, above: NDArray[np.bool_], below: NDArray[np.bool_], look: int) -> None:
        self.look, self.count, self.reach = look, len(above), 2 * look + 1
        self.above, self.below = np.pad(above, self.reach), np.pad(below, self.reach)

    def at(self, step: int) -> NDArray[np.bool_]:
        """The places where a stroke passes `step` pixels below the ruling's middle."""
        through = self._moved(self.above, 0) & self._moved(self.below, 0)
        for slope in SLOPES:
            up, down = round(slope * (step + self.look)), round(slope * (self.look - step))
            through |= self._moved(self.above, up) & self._moved(self.below, -down)
        return through

    def _moved(self, padded: NDArray[np.bool_], by: int) -> NDArray[np.bool_]:
        """The flags moved on by so many places; none comes in at the end."""
        return padded[self.reach - by : self.reach - by + self.count]


SWAY = 2
"""Pixels by which a ruling's ink may lie beside its smoothed course."""


def _to_ink(rows: NDArray[np.uint8], reach: int) -> NDArray[np.intp]:
    """For each place along a ruling, by how many pixels its ink lies beside its course: which of the `rows` (from
    -`SWAY` to `SWAY`) is darkest over a short stretch."""
    window = 4 * reach + 1
    if rows.shape[1] < window:
        return np.zeros(rows.shape[1], np.intp)
    smooth = cv2.blur(rows.astype(np.float64), (window, 1), borderType=cv2.BORDER_REPLICATE)
    shifts = np.arange(-SWAY, SWAY + 1)
    return np.asarray(shifts[np.argmin(smooth + np.abs(shifts)[:, None] * 2.0, axis=0)], np.intp)
