"""Frames of stamps that hang together no more: thin, dotted, broken at the corners, crossed by pens."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.imaging.page import Image
from laodoc.layout.frames import REDUCED, Corners, Stamp, StampSettings, meet, ruled
from laodoc.layout.ink import pixels


@dataclass(frozen=True, slots=True)
class LooseSettings:
    """How far a frame may have fallen apart, in millimetres, degrees and parts of a side."""

    alone: tuple[float, float] = (0.7, 1.6)
    """A ruling has white on both sides from so far to so far off: letters have other strokes there."""
    shortest: tuple[float, float] = (12.0, 6.0)
    """Pieces of a level and of an upright side are at least so long,"""
    gap: float = 2.5
    """with gaps of dots and breaks up to this."""
    bend: float = 0.9
    """Pieces of one side lie within so much of a straight line."""
    apart: float = 12.0
    """… and so far from each other, end to end."""
    beyond: float = 4.0
    """A side ends at most so far beyond the corner; rulings of tables and forms run on."""
    square: float = 3.0
    """Degrees by which the sides may be out of square."""
    sure: float = 0.72
    """Part of a side that is inked, for three of the four sides,"""
    weakest: float = 0.6
    """and for the fourth one, over which pens write."""
    straight: float = 0.5
    """Part of every side that is ruled by pieces: print that happens to lie on the rest does not make a side."""
    most: int = 80
    """Pieces that are looked at in either direction, the longest: a page of rulings is a table's."""
    same: float = 0.3
    """Frames that share more than this part of the smaller one are one frame, or its inner one."""


PLAIN_LOOSE = LooseSettings()

Pieces = NDArray[np.float64]
"""Straight strokes from left to right or from top to bottom, (n, 4): x, y, x, y."""


def loose_frames(mask: Image, dpi: float, settings: StampSettings, loose: LooseSettings = PLAIN_LOOSE) -> list[Stamp]:
    """Rectangles of a stamp's size of which three sides are ruled all along and the fourth at least in half.

    Args:
        mask: the page's ink reduced by `REDUCED` from `dpi`, 0 and 255, (height, width).
        dpi: of the page itself; the stamps' corners are in its pixels.
    """
    scale = dpi * REDUCED
    level = joined(straight_pieces(mask, scale, loose.shortest[0], settings, loose), scale, loose)
    if len(level) < len(("top", "bottom")):
        return []
    turned = np.ascontiguousarray(mask.T)
    upright = joined(straight_pieces(turned, scale, loose.shortest[1], settings, loose), scale, loose)
    reach = int(2 * pixels(settings.side_mm, scale)) | 1
    near = np.asarray(cv2.dilate(mask, np.ones((reach, reach), np.uint8)), np.uint8)
    found: list[tuple[float, Corners]] = []
    for corners in _rectangles(level, upright[:, [1, 0, 3, 2]], scale, settings, loose):
        shares = sorted(ruled(near, corners[i], corners[(i + 1) % 4]) for i in range(4))
        if shares[0] >= loose.weakest and shares[1] >= loose.sure:
            found.append((_area(corners) * shares[0] ** WEAKNESS, corners))
    kept: list[Corners] = []
    for _, corners in sorted(found, key=lambda each: each[0], reverse=True):
        if all(_shared(corners, other) <= loose.same * min(_area(corners), _area(other)) for other in kept):
            kept.append(corners)
    return [Stamp(corners / REDUCED, _angle(corners), framed=True) for corners in kept]


WEAKNESS = 4
"""Of two frames that are one the larger counts, the outer of a double frame, unless a side of it is inked less: the
share of the weakest side counts so many times. A side of the stamp beside it makes a frame wider, but leaves a gap."""


def straight_pieces(mask: Image, dpi: float, shortest: float, settings: StampSettings, loose: LooseSettings) -> Pieces:
    """The level strokes of a mask that stand alone between white, the longest first."""
    found = cv2.HoughLinesP(
        lone_strokes(mask, dpi, loose),
        rho=1,
        theta=float(np.radians(HALF_A_DEGREE)),
        threshold=round(VOTES * pixels(shortest, dpi)),
        minLineLength=pixels(shortest, dpi),
        maxLineGap=pixels(loose.gap, dpi),
    )
    pieces = np.zeros((0, 4)) if found is None else np.asarray(found, np.float64).reshape(-1, 4)
    across, down = pieces[:, 2] - pieces[:, 0], pieces[:, 3] - pieces[:, 1]
    pieces = pieces[np.abs(down) <= across * np.tan(np.radians(settings.steepest))]
    return np.asarray(pieces[np.argsort(pieces[:, 0] - pieces[:, 2], kind="stable")][: loose.most])


HALF_A_DEGREE = 0.5
VOTES = 0.55
"""Part of the shortest piece's pixels that must lie on its line: dots of a dotted side fill half of it."""


def lone_strokes(mask: Image, dpi: float, loose: LooseSettings) -> Image:
    """The ink of a mask with nothing over and under it at a ruling's distance."""
    close, far = (max(1, round(pixels(each, dpi))) for each in loose.alone)
    column = np.ones((far - close + 1, 1), np.uint8)
    padded = cv2.copyMakeBorder(mask, far, far, 0, 0, cv2.BORDER_CONSTANT, value=0)
    height = mask.shape[0]
    over = cv2.dilate(padded, column, anchor=(0, 0))[:height]
    under = cv2.dilate(padded, column, anchor=(0, 0))[far + close : far + close + height]
    return np.asarray(np.where((over == 0) & (under == 0), mask, 0), np.uint8)


def joined(pieces: Pieces, dpi: float, loose: LooseSettings) -> Pieces:
    """Pieces that lie on one straight line as one, the longest first."""
    sides: list[NDArray[np.float64]] = []
    bend, apart = pixels(loose.bend, dpi), pixels(loose.apart, dpi)
    for piece in pieces:
        for index, side in enumerate(sides):
            slope = (side[3] - side[1]) / (side[2] - side[0])
            off = max(abs(side[1] + slope * (x - side[0]) - y) for x, y in (piece[:2], piece[2:]))
            if off <= bend and max(piece[0] - side[2], side[0] - piece[2]) <= apart:
                start = piece[:2] if piece[0] < side[0] else side[:2]
                end = piece[2:] if piece[2] > side[2] else side[2:]
                sides[index] = np.concatenate([start, end])
                break
        else:
            sides.append(piece)
    return np.array(sides).reshape(-1, 4)


def _rectangles(
    level: Pieces, upright: Pieces, dpi: float, settings: StampSettings, loose: LooseSettings
) -> Iterator[Corners]:
    """Every rectangle of a stamp's size on four sides that end near its corners."""
    low, high = (pixels(each, dpi) for each in settings.height_mm)
    narrow, wide = (pixels(each, dpi) for each in settings.width_mm)
    slack = pixels(loose.beyond, dpi)
    lines = sorted(level, key=lambda side: side[1] + side[3])
    for top, bottom in combinations(lines, 2):
        down = (bottom[1] + bottom[3] - top[1] - top[3]) / 2
        shared = min(top[2], bottom[2]) - max(top[0], bottom[0])
        if not low <= down <= high or shared <= loose.straight * narrow:
            continue
        middle = (top[1] + top[3] + bottom[1] + bottom[3]) / 4
        crossing = upright[(upright[:, 1] < middle + down / 2) & (upright[:, 3] > middle - down / 2)]
        for left, right in combinations(sorted(crossing, key=lambda side: side[0] + side[2]), 2):
            if not narrow <= (right[0] + right[2] - left[0] - left[2]) / 2 <= wide:
                continue
            corners = _corners(top, bottom, left, right)
            if _is_square(corners, settings, loose) and _ends_there(corners, (top, right, bottom, left), slack, loose):
                yield corners


def _corners(*sides: NDArray[np.float64]) -> Corners:
    top, bottom, left, right = sides
    level = [_as_line(side) for side in (top, bottom)]
    upright = [_as_line(side[[1, 0, 3, 2]]) for side in (left, right)]
    return np.array([meet(level[i], upright[j]) for i, j in ((0, 0), (0, 1), (1, 1), (1, 0))])


def _as_line(side: NDArray[np.float64]) -> tuple[float, float]:
    slope = float((side[3] - side[1]) / (side[2] - side[0]))
    return slope, float(side[1] - slope * side[0])


def _is_square(corners: Corners, settings: StampSettings, loose: LooseSettings) -> bool:
    ways = np.roll(corners, -1, axis=0) - corners
    angles = (np.degrees(np.arctan2(ways[:, 1], ways[:, 0])) - 90.0 * np.arange(4) + 180.0) % 360.0 - 180.0
    return bool(np.abs(angles).max() <= settings.steepest and np.ptp(angles) <= loose.square)


def _ends_there(corners: Corners, sides: Sequence[NDArray[np.float64]], slack: float, loose: LooseSettings) -> bool:
    """Whether every side's pieces fill enough of the way between its corners, and end there."""
    for index, side in enumerate(sides):
        start, end = corners[index], corners[(index + 1) % 4]
        length = float(np.hypot(*(end - start)))
        along = [float((side[at : at + 2] - start) @ (end - start)) / length for at in (0, 2)]
        first, last = min(along), max(along)
        if first < -slack or last > length + slack or min(last, length) - max(first, 0.0) < loose.straight * length:
            return False
    return True


def _angle(corners: Corners) -> float:
    along = corners[1] - corners[0] + corners[2] - corners[3]
    return -float(np.degrees(np.arctan2(along[1], along[0])))


def _area(corners: Corners) -> float:
    return float(abs(cv2.contourArea(corners.astype(np.float32))))


def _shared(one: Corners, other: Corners) -> float:
    return float(cv2.intersectConvexConvex(one.astype(np.float32), other.astype(np.float32))[0])
