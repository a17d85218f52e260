"""Lines far fainter than the page's print: mostly the other side of the paper, seen through it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from laodoc.document import BBox
from laodoc.imaging.levels import percentile
from laodoc.imaging.page import Image
from laodoc.layout.ink import Boxes, inside
from laodoc.layout.page import TextLine

FAINT = 0.33
"""Part of the contrast of the page's usual line below which a line is faint: print that shows through has 0.1 to 0.3,
pencil and a pale pen 0.4 and more."""

CORE_PERCENTILE = 10.0
"""Of a line's ink, which level tells how dark its strokes are: their cores, not their soft edges."""

FEWEST_LINES = 5
"""With fewer lines none of them is the page's usual one."""


def faint_lines(lines: Sequence[TextLine], grey: Image, mask: Image) -> NDArray[np.bool_]:
    """For each line whether it is faint; `mask` is 255 where the even page `grey`, both (height, width), has ink."""
    if len(lines) < FEWEST_LINES:
        return np.zeros(len(lines), dtype=bool)
    contrasts = np.array([_contrast(line.bbox, grey, mask) for line in lines])
    widths = np.array([line.bbox.right - line.bbox.left for line in lines])
    order = np.argsort(contrasts)
    reached = np.cumsum(widths[order])
    usual = contrasts[order][np.searchsorted(reached, reached[-1] / 2)]
    return np.asarray(contrasts < FAINT * usual)


def within_lines(boxes: Boxes, lines: Sequence[TextLine]) -> NDArray[np.bool_]:
    """Which boxes (n, 4) have their centre in one of the lines."""
    held = np.zeros(len(boxes), dtype=bool)
    for line in lines:
        held |= inside(boxes, line.bbox)
    return held


def _contrast(box: BBox, grey: Image, mask: Image) -> float:
    rows, columns = slice(box.top, box.bottom), slice(box.left, box.right)
    ink = grey[rows, columns][mask[rows, columns] > 0]
    return 255.0 - percentile(ink, CORE_PERCENTILE) if ink.size else 0.0
