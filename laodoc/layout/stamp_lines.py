"""Text lines inside a stamp, found along the stamp's own angle."""

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.document import BBox
from laodoc.imaging.page import Image
from laodoc.layout.boxes import overlap_y, shifted
from laodoc.layout.frames import Stamp
from laodoc.layout.ink import find_ink
from laodoc.layout.line_images import GROUND
from laodoc.layout.lines import LineSettings, find_lines
from laodoc.layout.page import TextLine

SAME_ROW = 0.5
"""Two lines stand in one row where they share more than this of the lower one's height."""
PENNED = LineSettings(one_print=True, margin=1.5)
"""A stamp's print is of one size, pens write larger; with less ground behind it a last 1 is often not read."""
LABELS = 0.35
"""The labels of a stamp begin in this left part of its width."""
TALL = 1.5
"""What is so many times as high as the usual label is none, or has grown together with pen."""
LOW = 0.3
"""Who fills in a row writes above its dotted line: a row ends so far down in the white below its label."""
HIGHER = 1.25
"""Ink so many times as high as a row belongs to more than one,"""
EDGE = 0.2
"""and is cut where this part of a row's height of it stands on either side."""
LEVEL = 0.25
"""Degrees up to which a line counts as level: a line of 60 mm then rises by 0.3 mm, a tenth of its height."""


def find_stamp_lines(clean: Image, stamp: Stamp, dpi: float) -> list[TextLine]:
    """The lines of one stamp from top to bottom, in pixels of the page.

    Args:
        clean: the page without rulings and frames, (height, width).
        stamp: on that page.
        dpi: of the page.
    """
    matrix, width, height = _levelling(stamp)
    level = np.asarray(cv2.warpAffine(clean, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255), np.uint8)
    lines = _lines_in(level, dpi)
    if cut_at_rows(level, lines, dpi):
        lines = _lines_in(level, dpi)
    back = np.asarray(cv2.invertAffineTransform(matrix), dtype=np.float64)
    angle = stamp.angle if abs(stamp.angle) > LEVEL else 0.0
    return [_on_page(line, back, angle, clean.shape) for line in lines]


def _lines_in(level: Image, dpi: float) -> list[TextLine]:
    ink = find_ink(level, dpi)
    found = find_lines(ink, np.zeros(len(ink.boxes), np.int32), dpi, PENNED)
    return in_rows([entry.line for entry in found])


def cut_at_rows(level: Image, lines: Sequence[TextLine], dpi: float) -> bool:
    """Cut what runs through several rows of a level stamp (a scrawl) where one row ends and the next begins, in place:
    else all that it touches hangs together. False where nothing does."""
    ends = row_ends(lines, level.shape[1])
    ink = find_ink(level, dpi)
    cut = False
    for left, top, right, bottom in ink.boxes.tolist():
        for end, pitch in ends:
            if bottom - top > HIGHER * pitch and top < end - EDGE * pitch and bottom > end + EDGE * pitch:
                level[end - 1 : end + 2, left:right] = GROUND
                cut = True
    return cut


def row_ends(lines: Sequence[TextLine], width: int) -> list[tuple[int, float]]:
    """Where each row of a level stamp of this width ends, by the labels at its left, with the height from there to the
    end of the next row."""
    labels = [line.bbox for line in lines if line.bbox.left < LABELS * width]
    if not labels:
        return []
    typical = float(np.median([box.bottom - box.top for box in labels]))
    labels = sorted((box for box in labels if box.bottom - box.top <= TALL * typical), key=lambda box: box.bottom)
    ends = []
    for upper, lower in pairwise(labels):
        if lower.bottom - upper.bottom > SAME_ROW * typical:
            free = max(0, lower.top - upper.bottom)
            ends.append((round(upper.bottom + LOW * free), float(lower.bottom - upper.bottom)))
    return ends


def in_rows(lines: list[TextLine]) -> list[TextLine]:
    """The lines of a level stamp or a cell row by row, each row from left to right: a pen writes above the label beside
    it, and the parts of a name stand at different heights by what hangs and stands over them."""
    rows: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda line: line.bbox.top + line.bbox.bottom):
        height = line.bbox.bottom - line.bbox.top
        row = rows[-1] if rows else []
        if row and all(
            overlap_y(line.bbox, other.bbox) > SAME_ROW * min(height, other.bbox.bottom - other.bbox.top)
            for other in row
        ):
            row.append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.bbox.left)]


def _levelling(stamp: Stamp) -> tuple[NDArray[np.float64], int, int]:
    """The affine map from the page to the level stamp, and the stamp's width and height."""
    across, down = stamp.corners[1] - stamp.corners[0], stamp.corners[3] - stamp.corners[0]
    if stamp.framed:
        width, height = int(np.hypot(*across)), int(np.hypot(*down))
    else:
        box = stamp.region.bbox
        width, height = box.right - box.left, box.bottom - box.top
    x, y = stamp.corners.mean(axis=0)
    matrix = np.asarray(cv2.getRotationMatrix2D((float(x), float(y)), -stamp.angle, 1.0), dtype=np.float64)
    matrix[:, 2] += (width / 2 - x, height / 2 - y)
    return matrix, width, height


def _on_page(line: TextLine, back: NDArray[np.float64], angle: float, shape: tuple[int, ...]) -> TextLine:
    band = _moved(line.band, back)
    by = (band.left - line.band.left, band.top - line.band.top)
    return TextLine(
        bbox=_hull(line.bbox, back, shape),
        band=band,
        angle=angle,
        others=tuple(shifted(other, *by) for other in line.others),
        blanks=tuple(shifted(blank, *by) for blank in line.blanks),
        seams=tuple(shifted(seam, *by) for seam in line.seams),
    )


def _moved(box: BBox, back: NDArray[np.float64]) -> BBox:
    """A box of the same size whose centre lies where the map takes the box's centre."""
    x, y = back @ ((box.left + box.right) / 2, (box.top + box.bottom) / 2, 1.0)
    left, top = round(x - (box.right - box.left) / 2), round(y - (box.bottom - box.top) / 2)
    return BBox(left, top, left + box.right - box.left, top + box.bottom - box.top)


def _hull(box: BBox, back: NDArray[np.float64], shape: tuple[int, ...]) -> BBox:
    corners = np.array([(x, y, 1.0) for x in (box.left, box.right) for y in (box.top, box.bottom)])
    xs, ys = back @ corners.T
    return BBox(
        max(0, int(xs.min())),
        max(0, int(ys.min())),
        min(shape[1], int(np.ceil(xs.max()))),
        min(shape[0], int(np.ceil(ys.max()))),
    )
