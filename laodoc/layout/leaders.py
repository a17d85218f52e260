"""Dotted lines to write on: printed dots of one size at one distance, which part nothing and say nothing."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from laodoc.document import BBox
from laodoc.imaging.page import Image
from laodoc.layout.frames import Stamp
from laodoc.layout.ink import find_ink, pixels
from laodoc.layout.line_images import GROUND

DOT_MM = 0.75
"""Dots are no larger: those of 16-pt print have 0.5 mm, and blur adds to them."""
PITCH_MM = 2.2
"""Widest distance of two dots' middles."""
LEVEL_MM = 0.35
"""How far two dots that follow each other may be from level."""
EVEN = 0.3
"""By what part of the usual distance of a leader's dots a single one may differ."""
FEWEST = 6
"""Dots that make a leader; the points of abbreviations and ellipses are fewer."""
EDGE = 2
"""Pixels of a dot's soft edge."""


def without_leaders(page: Image, stamps: Sequence[Stamp], dpi: float) -> Image:
    """The page, even grey, without the dotted lines of its stamps, but with what pens wrote over them; the same page
    where there are none."""
    dots = [dot for stamp in stamps for dot in leader_dots(page, stamp, dpi)]
    if not dots:
        return page
    erased = page.copy()
    for left, top, right, bottom in dots:
        erased[max(0, top - EDGE) : bottom + EDGE, max(0, left - EDGE) : right + EDGE] = GROUND
    return erased


def leader_dots(page: Image, stamp: Stamp, dpi: float) -> list[BBox]:
    """The dots of a stamp's dotted lines, in pixels of the page."""
    left, top, right, bottom = stamp.region.bbox
    ink = find_ink(np.ascontiguousarray(page[top:bottom, left:right]), dpi)
    dots = ink.boxes[np.maximum(ink.widths, ink.heights) <= pixels(DOT_MM, dpi)]
    found = dots[in_leaders(dots, stamp.angle, dpi)] + np.array([left, top, left, top], np.int32)
    return [BBox(*dot) for dot in found.tolist()]


def in_leaders(dots: NDArray[np.int32], angle: float, dpi: float) -> NDArray[np.bool_]:
    """Which of the dots (boxes, (n, 4)) stand at even distances along lines that rise by `angle` degrees."""
    kept = np.zeros(len(dots), bool)
    if len(dots) < FEWEST:
        return kept
    x, y = (dots[:, 0] + dots[:, 2]) / 2, (dots[:, 1] + dots[:, 3]) / 2
    turn = np.radians(angle)
    along, across = x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)
    following = _following(along, across, pixels(PITCH_MM, dpi), pixels(LEVEL_MM, dpi))
    for start in set(range(len(dots))) - set(following.values()):
        chain = [start]
        while chain[-1] in following:
            chain.append(following[chain[-1]])
        gaps = np.diff(along[chain])
        if len(chain) >= FEWEST and np.mean(np.abs(gaps - np.median(gaps)) <= EVEN * np.median(gaps)) >= MOST:
            kept[chain] = True
    return kept


MOST = 0.6
"""Part of a leader's dots at the usual distance: pens hide some."""


def _following(along: NDArray[np.float64], across: NDArray[np.float64], pitch: float, level: float) -> dict[int, int]:
    """For each dot the nearest one to its right on its line, each the follower of one only."""
    following: dict[int, int] = {}
    taken: set[int] = set()
    for index in np.argsort(along, kind="stable").tolist():
        ahead = np.flatnonzero((along > along[index]) & (along - along[index] <= pitch))
        ahead = ahead[np.abs(across[ahead] - across[index]) <= level]
        if len(ahead):
            nearest = int(ahead[np.argmin(along[ahead])])
            if nearest not in taken:
                following[index] = nearest
                taken.add(nearest)
    return following
