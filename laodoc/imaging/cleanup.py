"""Evens out the light: ground near 255, ink dark, on faded, shaded, photocopied and bilevel scans alike."""

import cv2
import numpy as np

from laodoc.imaging.levels import percentile
from laodoc.imaging.page import Image
from laodoc.imaging.paper import MM_PER_INCH
from laodoc.imaging.resample import reduced

GROUND_DPI = 50.0
"""Light changes slowly over paper: half a millimetre is fine enough to follow a shadow's edge."""

INK_REACH_MM = 6.0
"""Wider than any stroke or filled letter; what is dark over more than this is ground (a shaded cell) or a picture."""

SMOOTH_MM = 4.0
"""Over how much paper the ground is smoothed, so that the ragged edges of letters leave no trace in it."""

DARKEST_GROUND = 0.4
"""Part of the page's ordinary ground below which nothing is taken for ground: a shadow leaves more light than this,
and white letters on a dark band must not be lost."""

INK_SHARE = 0.75
"""What is darker than this part of its ground is ink for certain; its usual darkness tells how faded the scan is."""

INK_PERCENTILE = 20.0
"""Of the ink, which level becomes dark: the cores of strokes, not their soft edges."""

INK_TARGET = 40.0
"""Level that stroke cores get: dark, with room for still darker ones."""

FAINTEST_INK = 170.0
"""Stroke cores lighter than this are taken to be of this level, so that dirt on an empty page is not made ink."""

GROUND_SLACK = 2.0
"""Deviations of the ground's grain that still become white."""


def even_light(grey: Image, dpi: float) -> Image:
    """A grey page (height, width) with its light evened out, same size: ground near 255, stroke cores near 40.

    The ground is estimated by a grey-scale closing of the reduced page and divided out, a usual treatment of uneven
    light (Gonzalez & Woods, Digital Image Processing, 9.6); then one stretch for the page.
    """
    ground = ground_of(grey, dpi)
    if int(ground.min()) < 255:
        full = cv2.resize(ground, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
        grey = np.asarray(cv2.divide(grey, full, scale=255), dtype=np.uint8)
    return np.asarray(cv2.LUT(grey, stretch(grey)), dtype=np.uint8)


def ground_of(grey: Image, dpi: float) -> Image:
    """The light of the bare paper at each place, reduced to 50 dots an inch (or less)."""
    small = reduced(grey, min(1.0, GROUND_DPI / dpi))
    scale = min(GROUND_DPI, dpi) / MM_PER_INCH
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, _disc(INK_REACH_MM * scale))
    smooth = cv2.blur(closed, (_odd(SMOOTH_MM * scale),) * 2)
    ordinary = percentile(np.asarray(smooth, np.uint8), 75)
    return np.asarray(np.maximum(smooth, max(1, round(ordinary * DARKEST_GROUND))), dtype=np.uint8)


def stretch(grey: Image) -> Image:
    """The table of 256 levels that makes ink dark and the ground's grain white."""
    counts = np.bincount(np.ravel(grey[::3, ::3]), minlength=256).astype(np.float64)
    levels = np.arange(256)
    ink = np.cumsum(counts[: int(255 * INK_SHARE)])
    dark = FAINTEST_INK
    if ink[-1] > 0:
        dark = min(FAINTEST_INK, float(np.searchsorted(ink, ink[-1] * INK_PERCENTILE / 100)))
    bright = counts[int(255 * INK_SHARE) :]
    mean = float(np.average(levels[-bright.size :], weights=bright)) if bright.sum() else 255.0
    grain = float(np.average((levels[-bright.size :] - mean) ** 2, weights=bright)) ** 0.5 if bright.sum() else 0.0
    white = max(dark + 1.0, min(255.0, mean - GROUND_SLACK * grain))
    black = min(INK_TARGET, dark)
    table = black + (levels - dark) * (255.0 - black) / (white - dark)
    return np.clip(np.where(levels < dark, levels * black / max(dark, 1.0), table), 0, 255).astype(np.uint8)


def _odd(size: float) -> int:
    return max(1, round(size)) | 1


def _disc(diameter: float) -> Image:
    side = _odd(diameter)
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), dtype=np.uint8)
