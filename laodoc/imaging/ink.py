"""Where ink is on a reduced page: what skew, orientation and row finding start from."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.imaging.labels import Labels, labelled
from laodoc.imaging.page import Image
from laodoc.imaging.paper import MM_PER_INCH
from laodoc.imaging.resample import reduced

WORK_DPI = 120.0
"""Enough to tell strokes (0.4 mm) from ground, while a page stays near one megapixel."""

NEIGHBOURHOOD_MM = 6.0
"""Ink is darker than the mean of its neighbourhood, which is wider than letters and narrower than shadows."""

CONTRAST = 18.0
"""Grey levels by which ink is darker: over the grain of a photocopy (σ about 6), under faded print."""

SMALLEST_LETTER_MM = 1.1
LARGEST_LETTER_MM = 9.0
"""Height of letters without diacritics: from 8-pt print (a consonant is 1.3 mm) to the headings of announcements."""


@dataclass(frozen=True, slots=True)
class Ink:
    """The ink of a page: `mask` (height, width) is 255 where it is; `dpi` of the mask."""

    mask: Image
    dpi: float

    def pixels(self, mm: float) -> float:
        return mm / MM_PER_INCH * self.dpi


@dataclass(frozen=True, slots=True)
class Components:
    """Connected pieces of ink: `labels` (height, width) with 0 for ground, `boxes` (n, 4) left, top, width, height."""

    labels: Labels
    boxes: NDArray[np.int32]
    areas: NDArray[np.int32]


def find_ink(grey: Image, dpi: float) -> Ink:
    """The ink of a grey page, at 120 dots an inch or less."""
    small = reduced(grey, min(1.0, WORK_DPI / dpi))
    dpi = min(dpi, WORK_DPI)
    side = max(3, round(NEIGHBOURHOOD_MM / MM_PER_INCH * dpi)) | 1
    mean = cv2.blur(small, (side, side), borderType=cv2.BORDER_REPLICATE)
    darker = cv2.subtract(mean, small)
    return Ink(np.asarray(cv2.threshold(darker, CONTRAST, 255, cv2.THRESH_BINARY)[1], dtype=np.uint8), dpi)


def components(mask: Image) -> Components:
    """The 8-connected pieces of a mask; index i of the boxes has label i + 1."""
    labels, stats = labelled(mask)
    return Components(labels, stats[1:, :4], stats[1:, cv2.CC_STAT_AREA])


def kept(pieces: Components, wanted: NDArray[np.bool_]) -> Image:
    """The mask of the pieces for which `wanted` is true."""
    table = np.zeros(len(wanted) + 1, dtype=np.uint8)
    table[1:][wanted] = 255
    return np.take(table, pieces.labels)


def letter_boxes(pieces: Components, ink: Ink) -> NDArray[np.int32]:
    """The boxes (n, 4) of pieces that have a letter's height, or are a few letters grown together."""
    if not len(pieces.boxes):
        return pieces.boxes
    width, height = pieces.boxes[:, 2], pieces.boxes[:, 3]
    low, high = ink.pixels(SMALLEST_LETTER_MM), ink.pixels(LARGEST_LETTER_MM)
    return pieces.boxes[(height >= low) & (height <= high) & (width >= 0.3 * low) & (width <= 4 * high)]
