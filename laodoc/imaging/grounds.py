"""Light letters on dark ground: on pages scanned as negatives, and in the dark headings and bands of others."""

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.imaging.ink import LARGEST_LETTER_MM, SMALLEST_LETTER_MM, components
from laodoc.imaging.labels import labelled
from laodoc.imaging.levels import percentile
from laodoc.imaging.page import Image
from laodoc.imaging.paper import MM_PER_INCH
from laodoc.imaging.resample import WHITE, grey_of, reduced

WORK_DPI = 75.0
"""Enough to see the strokes of letters, a third of a millimetre."""

NEGATIVE = 0.75
"""Part of a negative that is dark; the darkest tables and forms have half of it."""

SHEET_MM, SHEET_SHARE = 15.0, 0.1
"""What is light over so much each way is paper; a photo of a sheet on a dark desk has more than a tenth of it."""

FEWEST_LETTERS = 6
"""Light pieces of the size of letters that make a negative of a dark page."""

DARK = 0.7
"""Part of the paper's light under which a ground is dark: pastel shades under black letters stay over it."""

SOLID_MM = 1.5
"""Dark both ways over so much is ground; the strokes of headings are thinner."""

FILLED_MM = 6.0
"""Gaps in the ground up to this are letters that stand on it."""

LEAST_BAND_MM = 3.5
LEAST_BAND_MM2 = 40.0
"""Height of a row that holds letters, and the area of a small cell of a heading."""

MOSTLY_GROUND = 0.65
"""Part of a band that is dark between its letters; codes and emblems have half."""

STRAIGHT = 0.8
"""Part of its box that a band fills."""

CONTRAST = 50
"""Grey levels by which letters are lighter than their ground."""

RIM_MM = 0.5
"""Edge of a band that stays dark: it is the frame that it would have on white."""

BESIDE_MM = 8.0
RULING_MM = 1.2
"""A ruling that ends at a band goes on through it unseen: beside, it is so long, longer than letters, and so thick at
most."""


def positive(image: Image, dpi: float) -> Image:
    """A negative - light letters on a dark page - turned over; any other page as it is, the same object."""
    small = reduced(grey_of(image), min(1.0, WORK_DPI / dpi))
    scale = min(dpi, WORK_DPI) / MM_PER_INCH
    middle = WHITE // 2
    dark = np.count_nonzero(small < middle)
    if dark < NEGATIVE * small.size:
        return image
    light = np.asarray(small >= middle, dtype=np.uint8)
    sheet = cv2.morphologyEx(light, cv2.MORPH_OPEN, _square(SHEET_MM * scale))
    if np.count_nonzero(sheet) > SHEET_SHARE * small.size or _letters(light, scale) < FEWEST_LETTERS:
        return image
    return np.asarray(WHITE - image, dtype=np.uint8)


def without_dark_bands(grey: Image, dpi: float) -> Image:
    """A grey page with the light letters of its dark bands dark on white; without such bands the same object."""
    small = reduced(grey, min(1.0, WORK_DPI / dpi))
    scale = min(dpi, WORK_DPI) / MM_PER_INCH
    paper = percentile(small, 75)
    dark = np.asarray(small < DARK * paper, dtype=np.uint8)
    solid = cv2.morphologyEx(dark, cv2.MORPH_OPEN, _square(SOLID_MM * scale))
    if np.count_nonzero(solid) < LEAST_BAND_MM2 * scale**2 / 4:
        return grey
    bands = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, _square(FILLED_MM * scale))
    labels, stats = labelled(np.asarray(bands * WHITE, dtype=np.uint8))
    turned = grey
    for index in range(1, len(stats)):
        left, top, width, height, area = (int(value) for value in stats[index])
        if min(width, height) < LEAST_BAND_MM * scale or area < max(
            LEAST_BAND_MM2 * scale**2, STRAIGHT * width * height
        ):
            continue
        box = (slice(top, top + height), slice(left, left + width))
        inside = labels[box] == index
        ground = _ground(small[box], inside, scale)
        if ground is not None:
            if turned is grey:
                turned = grey.copy()
            rules = _rulings_beside(dark, (left, top, width, height), scale)
            _turn_over(turned, box, inside, ground=ground, rules=rules, factor=grey.shape[0] / small.shape[0], dpi=dpi)
    return turned


def _ground(levels: Image, inside: NDArray[np.bool_], scale: float) -> int | None:
    """The level of a band's ground, where light letters stand on it."""
    ground = int(np.median(levels[inside]))
    light = np.asarray(inside & (levels >= ground + CONTRAST), dtype=np.uint8)
    if np.count_nonzero(inside & (levels < ground + CONTRAST / 2)) < MOSTLY_GROUND * np.count_nonzero(inside):
        return None
    return ground if _letters(light, scale) >= 1 else None


def _letters(light: Image, scale: float) -> int:
    """How many light pieces have the size of letters, or of a few grown together; gaps between bars reach the edge."""
    left, top, wide, high = components(np.asarray(light * WHITE, dtype=np.uint8)).boxes.T
    within = (left > 0) & (top > 0) & (left + wide < light.shape[1]) & (top + high < light.shape[0])
    low, most = SMALLEST_LETTER_MM * scale, LARGEST_LETTER_MM * scale
    sized = (np.maximum(wide, high) >= low) & (np.minimum(wide, high) <= most) & (np.maximum(wide, high) <= 3 * most)
    return int(np.count_nonzero(within & sized & (np.minimum(wide, high) >= low / 2)))


def _rulings_beside(dark: Image, box: tuple[int, int, int, int], scale: float) -> list[tuple[int, int]]:
    """First and last column, exclusive, within the box, of upright rulings that end at its lower or upper edge."""
    left, top, width, height = box
    beside, gap = max(3, round(BESIDE_MM * scale)), max(1, round(RIM_MM * scale)) + 1
    found: list[tuple[int, int]] = []
    below = dark[top + height + gap : top + height + gap + beside, left : left + width]
    above = dark[max(0, top - gap - beside) : max(0, top - gap), left : left + width]
    for strip in (below, above):
        if len(strip) < beside:
            continue
        steps = np.flatnonzero(np.diff(np.concatenate([[0], strip.min(axis=0), [0]]).astype(np.int8)))
        runs = [(int(first), int(last)) for first, last in steps.reshape(-1, 2)]
        found += [run for run in runs if run[1] - run[0] <= RULING_MM * scale]
    return found


def _turn_over(
    grey: Image,
    box: tuple[slice, slice],
    inside: NDArray[np.bool_],
    *,
    ground: int,
    rules: list[tuple[int, int]],
    factor: float,
    dpi: float,
) -> None:
    """Make what differs from the ground dark on white, but for the band's rim; draw rulings through it."""
    rows, columns = (slice(round(side.start * factor), round(side.stop * factor)) for side in box)
    part = grey[rows, columns]
    size = (part.shape[1], part.shape[0])
    mask = cv2.resize(np.asarray(inside, dtype=np.uint8), size, interpolation=cv2.INTER_NEAREST)
    rim = max(1, round(RIM_MM * dpi / MM_PER_INCH))
    mask = cv2.erode(mask, _square(2 * rim + 1), borderType=cv2.BORDER_CONSTANT, borderValue=0)
    away = np.abs(part.astype(np.float32) - ground)
    reach = np.where(part > ground, WHITE - ground, max(ground, CONTRAST)).astype(np.float32)
    over = np.clip(WHITE - away * (WHITE / np.maximum(reach, 1)), 0, WHITE).astype(np.uint8)
    for first, last in rules:
        over[:, round(first * factor) : max(round(first * factor) + 2, round(last * factor))] = 0
    grey[rows, columns] = np.where(mask > 0, over, part)


def _square(side: float) -> Image:
    """A square of ones, its side odd, so that nothing is moved by it."""
    return np.ones((max(1, round(side)) | 1,) * 2, dtype=np.uint8)
