"""Filled bars in cells: how much of their length is green, how much red."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.document import BBox
from laodoc.imaging.labels import labelled
from laodoc.imaging.page import Image
from laodoc.imaging.paper import MM_PER_INCH
from laodoc.recognition.reading import BarReading

INSET_MM = 0.3
"""Strip along the cell's border that is not looked at: what is left of the ruling there is no bar."""

GRAIN_MM = 0.5
"""Side of the square over which fill is averaged: dither and paper grain are finer, gaps between letters are not."""

MIN_FILL = 50
"""Weakest fill (255 less the darkest channel) that is a bar on purpose: faded bars are stronger, shaded cells and
show-through are weaker."""

MIN_HEIGHT_MM = 1.2
MIN_LENGTH_MM = 4.0
"""A bar is taller than a dash and longer than a blot."""

MIN_RECTANGLE = 0.9
"""Part of its box that a bar covers; rounded and blurred corners cost less than the rest."""

STRONG_SHARE = 0.98
"""Part of a cell's pixels that are no stronger than its strong fill."""

QUICK_SHARE = 0.4
"""Part of the strongest fill that counts as filled at a quick look; a bar is measured at half of it."""

MAX_UNEVEN = 0.3
"""Largest share of a bar's inner pixels that may be as light as its half: letters, stamps and strokes of a pen leave
white between them, figures printed on a bar cover less."""

MIN_CHROMA = 28
"""Difference between strongest and weakest channel from which a fill has a colour; JPEG tints grey by less."""

MIN_COLOURED = 0.9
"""Part of a bar's length that must be green or red for its shares to say something."""

MIN_SHARE = 0.02
"""A fill that covers its whole cell is a shaded cell, unless at least this much of it has the other colour."""

GREEN_HUES = (65.0, 175.0)
RED_HUES = (330.0, 390.0)
"""Degrees of the colour circle, red a little way over 360 up to orange: inks fade and scanners shift by some 15."""

HALF_RED = 0.1
"""Red less green, in parts of the fill, halfway between a red (some 0.8) and a green ink (some -0.6). Blending with
white at the ends does not change it, and where the two colours blur into each other their border lies here."""


@dataclass(frozen=True, slots=True)
class FilledBox:
    """A filled rectangle in the picture of a cell, and whether it reaches all four borders."""

    box: BBox
    fills_cell: bool


def read_bar(image: Image, cell: BBox, dpi: float) -> BarReading | None:
    """The bar in `cell` of the page `image` (RGB or grey): shares of its length; None where there is no bar."""
    inset = round(INSET_MM * dpi / MM_PER_INCH)
    picture = image[cell.top + inset : cell.bottom - inset, cell.left + inset : cell.right - inset]
    if picture.size == 0:
        return None
    filled = find_filled(picture, dpi)
    if filled is None:
        return None
    bar = picture[filled.box.top : filled.box.bottom, filled.box.left : filled.box.right]
    reading = _shares(bar) if bar.ndim == 3 else BarReading(None, None)
    if not filled.fills_cell or _two_colours(reading):
        return reading
    return replace(reading, plain=True) if reading.green is not None else None


def _two_colours(reading: BarReading) -> bool:
    return reading.green is not None and reading.red is not None and min(reading.green, reading.red) >= MIN_SHARE


def find_filled(picture: Image, dpi: float) -> FilledBox | None:
    """The largest evenly filled rectangle in the picture of a cell, or None."""
    grain, height, length = (round(mm * dpi / MM_PER_INCH) for mm in (GRAIN_MM, MIN_HEIGHT_MM, MIN_LENGTH_MM))
    fill = 255 - _darkest(picture)
    if not _may_hold_bar(fill, grain, height, length):
        return None
    smooth = cv2.blur(fill, (grain, grain), borderType=cv2.BORDER_REPLICATE)
    levels = np.bincount(smooth.ravel(), minlength=256).cumsum()
    strong = int(np.searchsorted(levels, STRONG_SHARE * smooth.size))
    if strong < MIN_FILL:
        return None
    left, top, wide, tall, area = max(
        labelled(np.asarray(smooth > strong / 2, np.uint8))[1][1:].tolist(), key=lambda part: part[cv2.CC_STAT_AREA]
    )
    box = BBox(left, top, left + wide, top + tall)
    if tall < height or wide < max(length, tall) or area < MIN_RECTANGLE * wide * tall:
        return None
    inner = smooth[box.top + grain : box.bottom - grain, box.left + grain : box.right - grain]
    raw = fill[box.top : box.bottom, box.left : box.right]
    if inner.size == 0 or (cv2.medianBlur(raw, 5) < float(np.median(inner)) / 2).mean() > MAX_UNEVEN:
        return None
    rows, columns = fill.shape
    fills = box.left <= grain and box.top <= grain and columns - box.right <= grain and rows - box.bottom <= grain
    return FilledBox(box, fills)


def _darkest(picture: Image) -> NDArray[np.uint8]:
    """The darkest channel of each pixel."""
    if picture.ndim == 2:
        return picture
    red, green, blue = cv2.split(picture)
    return np.asarray(cv2.min(cv2.min(red, green), blue), np.uint8)


def _may_hold_bar(fill: NDArray[np.uint8], grain: int, height: int, length: int) -> bool:
    """A quick look at means of squares of one grain: whether so many of them lie together as the smallest bar has."""
    squares = cv2.resize(
        fill, (max(1, fill.shape[1] // grain), max(1, fill.shape[0] // grain)), interpolation=cv2.INTER_AREA
    )
    strong = int(squares.max())
    smallest = np.ones((max(1, height // grain - 1), max(1, length // grain - 1)), np.uint8)
    filled = (squares > QUICK_SHARE * strong).astype(np.uint8)
    return strong >= MIN_FILL and bool(cv2.erode(filled, smallest, borderType=cv2.BORDER_CONSTANT, borderValue=0).any())


def _shares(bar: Image) -> BarReading:
    """Green and red as parts of the bar's length, from the median colour of each column's middle half."""
    rows = bar.shape[0]
    colours = np.median(bar[rows // 4 : max(rows // 4 + 1, rows - rows // 4)], axis=0)
    chroma = colours.max(axis=1) - colours.min(axis=1)
    if np.median(chroma) < MIN_CHROMA:
        return BarReading(None, None)
    hues = hue(colours)
    known = _between(hues, GREEN_HUES) | _between(hues, RED_HUES) | _between(hues + 360.0, RED_HUES)
    if known.mean() < MIN_COLOURED:
        return BarReading(None, None)
    redness = (colours[:, 0] - colours[:, 1]) / np.maximum(1.0, 255.0 - colours.min(axis=1))
    share = float((redness < HALF_RED).mean())
    return BarReading(round(share, 4), round(1.0 - share, 4))


def hue(colours: NDArray[np.float64]) -> NDArray[np.float64]:
    """Degrees 0..360 on the colour circle of each row of `colours`, shape (n, 3), as R, G, B."""
    red, green, blue = (colours[:, channel] for channel in range(3))
    turn = np.degrees(np.arctan2(np.sqrt(3.0) * (green - blue), 2.0 * red - green - blue))
    return np.asarray(turn % 360.0, np.float64)


def _between(hues: NDArray[np.float64], limits: tuple[float, float]) -> NDArray[np.bool_]:
    return (hues >= limits[0]) & (hues <= limits[1])
