"""A crude finder of text rows: sample strips by which the orientation of a page is judged, nothing more."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.imaging.affine import after, inverse, opencv_matrix, rotating, scaling, shift
from laodoc.imaging.cleanup import stretch
from laodoc.imaging.ink import Components, Ink, components, kept, letter_boxes
from laodoc.imaging.levels import percentile
from laodoc.imaging.page import Affine, Image
from laodoc.imaging.paper import MM_PER_INCH
from laodoc.imaging.resample import moved

STRIP_DPI = 300.0
"""What line recognizers are made for."""

JOIN = 1.2
"""Gap between letters, in letter heights, over which a row goes on."""

ROW_HEIGHTS = (0.8, 3.5)
"""A row's ink in letter heights: from digits alone to a consonant with two marks above and one below."""

NARROWEST = 3.0
"""Width in letter heights under which a strip says too little."""

WIDEST_MM = 60.0
"""Longer strips say no more, and cost time."""

SOLID = 0.7
"""Part of its box that a bar or a filled cell has as ink; letters that run together have under half."""

MARGIN = 0.6
"""Ground left around a strip, in letter heights: room for the marks that the row finder may have missed."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of ink on the straightened reduced page, in its pixels."""

    left: int
    top: int
    right: int
    bottom: int


def sample_strips(grey: Image, dpi: float, ink: Ink, skew: float, count: int) -> list[Image]:
    """Up to `count` strips of text of a page whose rows lie, or are upside down.

    `grey` is the page at `dpi`, `ink` its reduced ink, `skew` its angle in degrees. Each strip is grey (height, width)
    at 300 dots an inch, straight, dark on white; from long rows all over the page.
    """
    height, width = ink.mask.shape
    middle = shift(-width / 2, -height / 2)
    level = after(inverse(middle), after(rotating(-skew), middle))
    straight = cv2.warpAffine(ink.mask, opencv_matrix(level), (width, height), flags=cv2.INTER_NEAREST)
    letter, rows = find_rows(Ink(np.asarray(straight, dtype=np.uint8), ink.dpi))
    rows.sort(key=lambda row: min(row.right - row.left, ink.pixels(WIDEST_MM)), reverse=True)
    to_level = after(level, scaling(width / grey.shape[1], height / grey.shape[0]))
    return [cut_strip(grey, to_level, row, letter, ink.dpi) for row in spread(rows, count)]


def spread(rows: list[Row], count: int) -> list[Row]:
    """`count` of the rows, from the better half of them and from everywhere on the page."""
    better = sorted(rows[: max(count, len(rows) // 2)], key=lambda row: row.top)
    step = max(1.0, len(better) / count)
    return [better[int(index * step)] for index in range(min(count, len(better)))]


def find_rows(ink: Ink) -> tuple[float, list[Row]]:
    """The usual letter height in pixels, and the rows of letters found between rulings, pictures and specks."""
    pieces = components(ink.mask)
    letters = letter_boxes(pieces, ink)
    if not len(letters):
        return 0.0, []
    letter = float(np.median(letters[:, 3]))
    joined = cv2.morphologyEx(
        kept(pieces, text_like(pieces, letter)),
        cv2.MORPH_CLOSE,
        np.ones((1, max(1, round(JOIN * letter))), dtype=np.uint8),
    )
    rows = []
    for left, top, width, height in components(np.asarray(joined, dtype=np.uint8)).boxes:
        if ROW_HEIGHTS[0] * letter <= height <= ROW_HEIGHTS[1] * letter and width >= NARROWEST * letter:
            rows.append(Row(int(left), int(top), int(left + width), int(top + height)))
    return letter, rows


def text_like(pieces: Components, letter: float) -> NDArray[np.bool_]:
    """Which pieces may be letters, or diacritics of them: no ruling, no picture, no speck."""
    width, height = pieces.boxes[:, 2], pieces.boxes[:, 3]
    thick = pieces.areas / np.maximum(width, height)
    ruling = (np.maximum(width, height) > 4 * letter) & (thick < 0.25 * letter)
    solid = (width > 2 * letter) & (pieces.areas > SOLID * width * height)
    size = np.maximum(width, height)
    return np.asarray((height <= 2.5 * letter) & (width <= 20 * letter) & (size >= 0.2 * letter) & ~ruling & ~solid)


def cut_strip(grey: Image, straightening: Affine, row: Row, letter: float, dpi: float) -> Image:
    """The row's pixels from the full page, straight and at 300 dots an inch, its contrast stretched."""
    margin = MARGIN * letter
    right = min(row.right, row.left + WIDEST_MM / MM_PER_INCH * dpi)
    scale = STRIP_DPI / dpi
    to_strip = after(scaling(scale, scale), after(shift(margin - row.left, margin - row.top), straightening))
    width, height = round((right - row.left + 2 * margin) * scale), round((row.bottom - row.top + 2 * margin) * scale)
    strip = moved(grey, to_strip, width, height)
    bright = max(1.0, percentile(strip, 80))
    even = np.clip(strip.astype(np.float32) * (255.0 / bright), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(even, stretch(even)), dtype=np.uint8)
