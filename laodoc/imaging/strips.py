"""A crude finder of text rows: sample strips by which the orientation of a page is judged, nothing more."""

from dataclasses import dataclass

import cv2
import numpy as np

from laodoc.imaging.affine import after, inverse, rotating, scaling, shift
from laodoc.imaging.cleanup import stretch
from laodoc.imaging.deskew import skew_angle
from laodoc.imaging.ink import Components, Ink, components, find_ink, kept, letter_boxes
from laodoc.imaging.page import Affine, Image
from laodoc.imaging.paper import MM_PER_INCH
from laodoc.imaging.resample import grey_of, moved

STRIP_DPI = 300.0
"""What line recognizers are made for."""

JOIN = 1.2
"""Gap between letters, in letter heights, over which a row goes on."""

ROW_HEIGHTS = (0.8, 3.5)
"""A row's ink in letter heights: from digits alone to a consonant with two marks above and one below."""

NARROWEST = 3.0
"""Width in letter heights under which a strip says too little."""

WIDEST_MM = 110.0
"""Longer strips say no more, and cost time."""

MARGIN = 0.6
"""Ground left around a strip, in letter heights: room for the marks that the row finder may have missed."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of ink on the straightened reduced page, in its pixels."""

    left: int
    top: int
    right: int
    bottom: int


def sample_strips(grey: Image, dpi: float, count: int) -> list[Image]:
    """Up to `count` strips of text of a page that is within 7° of horizontal or of upside down.

    Each is grey (height, width) at 300 dots an inch, straight, dark on white; the longest rows first.
    """
    angle = skew_angle(grey, dpi)
    height, width = grey.shape
    scale = min(1.0, 120.0 / dpi)
    straightening = after(
        shift(width * scale / 2, height * scale / 2),
        after(rotating(-angle), after(scaling(scale, scale), shift(-width / 2, -height / 2))),
    )
    small = moved(grey, straightening, max(1, round(width * scale)), max(1, round(height * scale)))
    ink = find_ink(small, min(dpi, 120.0))
    letter, rows = find_rows(ink)
    rows.sort(key=lambda row: min(row.right - row.left, ink.pixels(WIDEST_MM)), reverse=True)
    return [cut_strip(grey, straightening, row, letter, ink.dpi) for row in spread(rows, count)]


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


def text_like(pieces: Components, letter: float) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Which pieces may be letters, or diacritics of them: no ruling, no picture, no speck."""
    width, height = pieces.boxes[:, 2], pieces.boxes[:, 3]
    thick = pieces.areas / np.maximum(width, height)
    ruling = (np.maximum(width, height) > 4 * letter) & (thick < 0.25 * letter)
    return np.asarray(
        (height <= 2.5 * letter) & (width <= 20 * letter) & (np.maximum(width, height) >= 0.2 * letter) & ~ruling
    )


def cut_strip(grey: Image, straightening: Affine, row: Row, letter: float, dpi: float) -> Image:
    """The row's pixels from the full page, straight and at 300 dots an inch, its contrast stretched."""
    margin = MARGIN * letter
    right = min(row.right, row.left + WIDEST_MM / MM_PER_INCH * dpi)
    scale = STRIP_DPI / dpi
    to_strip = after(scaling(scale, scale), after(shift(margin - row.left, margin - row.top), straightening))
    width, height = round((right - row.left + 2 * margin) * scale), round((row.bottom - row.top + 2 * margin) * scale)
    strip = moved(grey, to_strip, width, height)
    bright = max(1.0, float(np.percentile(strip, 80)))
    even = np.clip(strip.astype(np.float32) * (255.0 / bright), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(even, stretch(even)), dtype=np.uint8)
