"""Ink that is no text: emblems, figures and signatures."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.document import BBox, Region
from laodoc.layout.ink import Ink, hull, pixels


@dataclass(frozen=True, slots=True)
class PictureSettings:
    """What is no text. Losing print is worse than a junk line, so only what no font makes counts."""

    picture_mm: float = 7.0
    """Ink that hangs together and is at least this wide and high is no letter: 29-pt print with marks has 7."""
    picture_fill: float = 0.14
    """Part of its box that a picture's ink fills; frames and pen strokes fill less."""
    around_mm: float = 1.5
    """Ink this near to a picture is part of it."""
    emblem_mm: float = 45.0
    """Emblems are 15 or 30 mm high."""
    emblem_depth: float = 0.4
    """They stand in this upper part of the page."""
    stroke_width: float = 4.0
    """A signature's stroke is at least this many letters wide without lifting the pen"""
    stroke_height: float = 1.2
    """… and this many high."""
    stroke_fill: float = 0.2
    """It fills no more of its box"""
    crossings: float = 2.3
    """and is crossed no more often by a vertical, on average: letters that touch are crossed three times and more."""
    scribble_height: float = 2.9
    """Pen loops higher than this many letters are a signature even when narrow."""


PLAIN = PictureSettings()


def find_pictures(ink: Ink, dpi: float, settings: PictureSettings = PLAIN) -> list[Region]:
    """Emblems and figures: large filled shapes with the ink around them."""
    smallest = pixels(settings.picture_mm, dpi)
    boxes = (ink.heights * ink.widths).astype(float)
    seeds = (ink.heights >= smallest) & (ink.widths >= smallest) & (ink.areas >= settings.picture_fill * boxes)
    found: list[BBox] = []
    for index in np.flatnonzero(seeds):
        box = _grown(hull(ink.boxes[index : index + 1]), ink, pixels(settings.around_mm, dpi))
        found = [other for other in found if not _overlap(box, other)] + [_joined(box, found)]
    return [Region(kind="emblem" if _is_emblem(box, ink, dpi, settings) else "figure", bbox=box) for box in found]


def _grown(box: BBox, ink: Ink, around: float) -> BBox:
    for _ in range(3):
        near = (
            (ink.boxes[:, 0] >= box.left - around)
            & (ink.boxes[:, 1] >= box.top - around)
            & (ink.boxes[:, 2] <= box.right + around)
            & (ink.boxes[:, 3] <= box.bottom + around)
        )
        if near.any():
            box = _hull_of(box, hull(ink.boxes[near]))
    return box


def _joined(box: BBox, found: list[BBox]) -> BBox:
    for other in found:
        if _overlap(box, other):
            box = _hull_of(box, other)
    return box


def _hull_of(a: BBox, b: BBox) -> BBox:
    return BBox(min(a.left, b.left), min(a.top, b.top), max(a.right, b.right), max(a.bottom, b.bottom))


def _overlap(a: BBox, b: BBox) -> bool:
    return a.left < b.right and b.left < a.right and a.top < b.bottom and b.top < a.bottom


def _is_emblem(box: BBox, ink: Ink, dpi: float, settings: PictureSettings) -> bool:
    width, height = box.right - box.left, box.bottom - box.top
    return (
        box.bottom <= settings.emblem_depth * ink.mask.shape[0]
        and max(width, height) <= pixels(settings.emblem_mm, dpi)
        and 0.6 <= width / height <= 1.7
    )


def find_signatures(ink: Ink, letter: float, settings: PictureSettings = PLAIN) -> list[Region]:
    """Strokes by pen that are no letters: long or high, thin, crossed seldom."""
    boxes = (ink.heights * ink.widths).astype(float)
    long = (ink.widths >= settings.stroke_width * letter) & (ink.heights >= settings.stroke_height * letter)
    high = (ink.heights >= settings.scribble_height * letter) & (ink.widths >= 1.5 * letter)
    thin = ink.areas <= settings.stroke_fill * boxes
    found = []
    for index in np.flatnonzero((long | high) & thin):
        box = hull(ink.boxes[index : index + 1])
        limit = settings.crossings if long[index] else 2 * settings.crossings
        if crossings(ink.mask, box) <= limit:
            found.append(Region(kind="signature", bbox=box))
    return found


def crossings(mask: NDArray[np.uint8], box: BBox) -> float:
    """How often a vertical crosses the largest component in a box, on the mean of the box's columns."""
    part = mask[box.top : box.bottom, box.left : box.right]
    _, labels, stats, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    own = labels == 1 + int(np.argmax(stats[1:, cv2.CC_STAT_WIDTH] * stats[1:, cv2.CC_STAT_HEIGHT]))
    starts = np.count_nonzero(own[1:] & ~own[:-1]) + np.count_nonzero(own[0])
    return float(starts / own.shape[1])


def find_bars(ink: Ink, letter: float) -> NDArray[np.bool_]:
    """Which components are filled bars, as statistics tables have them in cells: solid, and no dash."""
    filled = ink.areas >= BAR_FILL * ink.widths * ink.heights
    return np.asarray(filled & (ink.heights >= BAR_HEIGHT * letter) & (ink.widths >= BAR_WIDTH * letter))


BAR_FILL = 0.75
"""Part of its box that a bar fills: blurred letters stay under 0.6."""
BAR_HEIGHT = 0.7
"""In letters' heights: the thickest dash has 0.2."""
BAR_WIDTH = 1.6
"""In letters' heights: the widest letter, ฌ, has 1.5."""
