"""The image of one line, cut from its page without its neighbours' ink."""

from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.document import BBox
from laodoc.imaging.labels import Labels, labelled
from laodoc.imaging.page import Image
from laodoc.layout.boxes import area, intersection, shifted
from laodoc.layout.ink import CONTRAST
from laodoc.layout.page import TextLine

GROUND = 255

MARGIN = 0.06
"""White ground around a line image, in parts of the band's height."""

SAME_BOX = 0.04
"""By how much the box of the same ink may differ between page and line image, in parts of the band's height."""

MARK = 0.26
"""Vowels and tone marks are at most this high and wide, in parts of the band's height, letters mostly larger."""

SMALL = 0.8
"""A neighbour's mark is at most this high and wide, in parts of the band's height; what lies within the box of larger
ink (a signature, a frame) may well be the line's own."""

STROKES = 0.005
"""Share of a line image's pixels that are at least as dark as the cores of its strokes; specks are a fifth of that."""

BLACKER = 30
"""Grey levels by which a speck is darker than that."""

BLURRED = 45
"""Where the cores of strokes are darker than this the scan is sharp, and its points may be as black as specks."""

SPECK = 0.04
SPECK_PIXELS = 3
"""Width and height of a speck at most, in parts of the band's height and in pixels. Points are mostly wider, and where
thin strokes are blurred they are the blackest there is."""

HALO = 3
"""Side in pixels of the kernel that takes a removed component's soft edge with it."""


def cut_line(clean: Image, line: TextLine) -> Image:
    """The line as it is handed to a recognizer.

    Args:
        clean: the page's even grey without rulings, (height, width).
        line: a line of that page.

    Returns:
        Grey, (band's height, band's width) and a margin on each side; ink of neighbouring lines is white, a turned line
        level.
    """
    band = line.band
    crop = _turned(clean, line) if line.angle else clean[band.top : band.bottom, band.left : band.right].copy()
    for box in (*line.blanks, *line.seams):
        left, top, right, bottom = shifted(box, -band.left, -band.top)
        crop[max(0, top) : max(0, bottom), max(0, left) : max(0, right)] = GROUND
    if line.others and crop.size:
        crop[_neighbours(crop, line)] = GROUND
    erase_specks(crop)
    margin = _margin(band)
    return np.asarray(
        cv2.copyMakeBorder(crop, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=GROUND), np.uint8
    )


def erase_specks(line: Image) -> None:
    """Paint out, in place, small spots that are darker than the strokes beside them.

    Whatever blurred the print blurred its points too: a spot narrower than a stroke and blacker than all strokes came
    later, from a dirty glass or a drum. On sharp and on bilevel scans nothing is blacker than the strokes: all stays.
    """
    if not line.size:
        return
    levels = np.bincount(line.ravel(), minlength=256).cumsum()
    strokes = int(np.searchsorted(levels, STROKES * line.size))
    black = line < strokes - BLACKER
    if strokes < BLURRED or not black.any():
        return
    labels, stats = labelled((line < (strokes + GROUND) // 2).astype(np.uint8))
    small = stats[:, 2:4].max(axis=1) <= max(SPECK_PIXELS, SPECK * line.shape[0])
    small[0] = False
    spots = np.zeros(len(stats), dtype=bool)
    spots[labels[black]] = True
    found = (spots & small)[labels]
    line[cv2.dilate(found.astype(np.uint8), np.ones((HALO, HALO), np.uint8)) > 0] = GROUND


def columns_of(line: TextLine, shares: Iterable[float]) -> tuple[int, ...]:
    """The columns of the page at which parts of the width of the line's image (0..1) lie, see `cut_line`."""
    margin = _margin(line.band)
    wide = line.band.right - line.band.left + 2 * margin
    return tuple(round(line.band.left - margin + share * wide) for share in shares)


def _margin(band: BBox) -> int:
    return max(2, round(MARGIN * (band.bottom - band.top)))


def _turned(clean: Image, line: TextLine) -> Image:
    band = line.band
    width, height = band.right - band.left, band.bottom - band.top
    matrix = cv2.getRotationMatrix2D(((band.left + band.right) / 2, (band.top + band.bottom) / 2), -line.angle, 1.0)
    matrix[:, 2] -= (band.left, band.top)
    turned = cv2.warpAffine(
        clean, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=GROUND
    )
    return np.asarray(turned, np.uint8)


def _neighbours(crop: Image, line: TextLine) -> NDArray[np.bool_]:
    """The pixels of a band that are other lines' ink, with their soft edges."""
    height, width = crop.shape
    half = int(np.searchsorted(np.bincount(crop.ravel(), minlength=256).cumsum(), crop.size / 2))
    mask = (crop < half - CONTRAST).astype(np.uint8)
    labels, stats = labelled(mask)
    boxes = [BBox(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in stats]
    others = [
        (whole, seen)
        for whole in (shifted(other, -line.band.left, -line.band.top) for other in line.others)
        if area(seen := intersection(whole, BBox(0, 0, width, height)))
    ]
    slack = max(2.0, SAME_BOX * height)
    taken = _covered(mask, labels, [seen for whole, seen in others if _extent(whole) <= MARK * height], slack)
    removed = np.zeros(crop.shape, dtype=bool)
    for whole, seen in others:
        part = np.s_[seen.top : seen.bottom, seen.left : seen.right]
        for label in np.unique(labels[part]).tolist():
            if label and not taken[label]:
                taken[label] = _is_same(boxes[label], seen, slack, small=_extent(whole) <= SMALL * height)
                if not taken[label] and _sticks_out(boxes[label], whole, height):
                    removed[part] |= labels[part] == label
    taken[0] = False
    removed |= taken[labels]
    kept = (mask > 0) & ~removed
    wide = cv2.dilate(removed.astype(np.uint8), np.ones((HALO, HALO), np.uint8)) > 0
    return np.asarray(wide & ~kept)


def _extent(box: BBox) -> int:
    return max(box.bottom - box.top, box.right - box.left)


def _covered(mask: Image, labels: Labels, marks: list[BBox], slack: float) -> NDArray[np.bool_]:
    """Which components lie within the boxes of neighbours' marks, or of several that run into each other here."""
    cover = np.zeros(mask.shape, np.uint8)
    reach = int(slack)
    for left, top, right, bottom in marks:
        cover[max(0, top - reach) : bottom + reach, max(0, left - reach) : right + reach] = 1
    count = int(labels.max()) + 1
    inked, inside = (
        np.bincount(labels[mask > 0], minlength=count),
        np.bincount(labels[cover & mask > 0], minlength=count),
    )
    return np.asarray(inside >= np.maximum(1, COVERED * inked), np.bool_)


COVERED = 0.98
"""Part of a component's ink that lies within neighbours' boxes where it is theirs."""


def _is_same(found: BBox, seen: BBox, slack: float, *, small: bool) -> bool:
    """Whether a component is the ink that is seen of a neighbour; within a `small` one's box there is no other."""
    inside = (
        found.left >= seen.left - slack
        and found.top >= seen.top - slack
        and found.right <= seen.right + slack
        and found.bottom <= seen.bottom + slack
    )
    alike = found.right - found.left >= seen.right - seen.left - 2 * slack and (
        found.bottom - found.top >= seen.bottom - seen.top - 2 * slack
    )
    return inside and (small or alike)


def _sticks_out(found: BBox, other: BBox, height: int) -> bool:
    """Whether ink leaves the band at the side where its other part, cut off from it, belongs to the next line."""
    above = other.top < 0 and other.bottom < height and found.top == 0
    below = other.bottom > height and other.top > 0 and found.bottom == height
    return above or below
