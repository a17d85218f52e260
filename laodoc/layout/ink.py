"""Ink: the dark pixels of a page and their connected components."""

from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.document import BBox
from laodoc.imaging.labels import labelled
from laodoc.imaging.page import Image
from laodoc.imaging.paper import MM_PER_INCH

Boxes = NDArray[np.int32]
"""Boxes of components, shape (n, 4): left, top, right, bottom; right and bottom exclusive."""

CONTRAST = 30
"""Ink is at least this much darker than its surroundings (of 255): faded copies keep some 60 between text and paper,
the grain of paper and JPEG stays under 20."""

SURROUNDINGS_MM = 5.0
"""Side of the square whose mean is the local ground: wider than the widest stroke, narrower than shading."""

GRAIN_MM = 0.12
"""Components smaller than this in both directions are grain of the scan: the dot of 10-pt print is twice as large."""

LETTER_MM = (0.9, 6.0)
"""Heights of consonants of print from 8 to 40 points."""

DEFAULT_LETTER_MM = 1.9
"""A consonant of 16-pt print, the size of official letters, for pages with hardly any text."""


@dataclass(frozen=True, slots=True)
class Ink:
    """Dark pixels (`mask`, 255 for ink) and their components: `boxes` (n, 4) and `areas` (n,) in pixels.

    `seams` (k, 4) are where components that touched were cut from each other: boxes one row high.
    """

    mask: Image
    boxes: Boxes
    areas: NDArray[np.int32]
    seams: Boxes = field(default_factory=lambda: np.zeros((0, 4), np.int32))

    @property
    def heights(self) -> NDArray[np.int32]:
        return self.boxes[:, 3] - self.boxes[:, 1]

    @property
    def widths(self) -> NDArray[np.int32]:
        return self.boxes[:, 2] - self.boxes[:, 0]

    def select(self, keep: NDArray[np.bool_]) -> "Ink":
        """Only the components for which `keep` holds; the mask stays whole."""
        return replace(self, boxes=self.boxes[keep], areas=self.areas[keep])


def pixels(millimetres: float, dpi: float) -> float:
    """A length on paper in pixels."""
    return millimetres * dpi / MM_PER_INCH


def dark_pixels(grey: Image, dpi: float) -> Image:
    """A mask (255) of what is darker than its surroundings by `CONTRAST` on an even grey page."""
    side = max(3, int(pixels(SURROUNDINGS_MM, dpi)) | 1)
    mask = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, side, CONTRAST)
    return np.asarray(mask, np.uint8)


def find_ink(grey: Image, dpi: float) -> Ink:
    """The ink of an even grey page: its dark pixels, and their components without the grain of the scan."""
    return components(dark_pixels(grey, dpi), grain=pixels(GRAIN_MM, dpi))


def components(mask: Image, *, grain: float = 0.0) -> Ink:
    """The 8-connected components of a mask that are at least `grain` pixels wide or high."""
    stats = labelled(mask)[1][1:]
    large = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) >= grain
    stats = stats[large]
    left, top = stats[:, cv2.CC_STAT_LEFT], stats[:, cv2.CC_STAT_TOP]
    boxes = np.stack(
        [left, top, left + stats[:, cv2.CC_STAT_WIDTH], top + stats[:, cv2.CC_STAT_HEIGHT]], axis=1
    ).astype(np.int32)
    return Ink(mask, boxes, stats[:, cv2.CC_STAT_AREA].astype(np.int32))


def letter_height(ink: Ink, dpi: float) -> float:
    """The height of the page's consonants in pixels: the commonest height among components of letter size.

    Heights are weighed by width, so that many narrow marks and specks do not outweigh the letters.
    """
    low, high = (pixels(limit, dpi) for limit in LETTER_MM)
    heights = ink.heights
    letters = (heights >= low) & (heights <= high) & (ink.widths <= 3 * heights) & (3 * ink.widths >= heights)
    if np.count_nonzero(letters) < FEWEST_LETTERS:
        typical = float(np.median(heights[letters])) if letters.any() else 0.0
        return max(pixels(DEFAULT_LETTER_MM, dpi), typical)
    votes = np.bincount(heights[letters], weights=ink.widths[letters].astype(float))
    spread = max(1, round(low / 10))
    smooth = np.convolve(votes, np.ones(2 * spread + 1), mode="same")
    return float(np.argmax(smooth))


FEWEST_LETTERS = 8
"""With fewer components of letter size their commonest height says little: they pass for letters of an ordinary page
unless they are larger, so that a lone heading is not taken for pen strokes."""


def inside(boxes: Boxes, area: BBox) -> NDArray[np.bool_]:
    """Which boxes have their centre in `area`."""
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    return np.asarray((x >= area.left) & (x < area.right) & (y >= area.top) & (y < area.bottom))


def hull(boxes: Boxes) -> BBox:
    """The smallest box around all boxes (at least one)."""
    left, top = boxes[:, :2].min(axis=0)
    right, bottom = boxes[:, 2:].max(axis=0)
    return BBox(int(left), int(top), int(right), int(bottom))
