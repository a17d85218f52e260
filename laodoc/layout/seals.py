"""Round seals over print: the office's name and the date stand under them, and are to be read all the same.

A seal's ring is found as a circle. Its ink is told from print by its colour; on grey scans by its level, since red is
a lighter grey than black; where neither tells them apart only the ring itself is painted out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.document import BBox, Region
from laodoc.imaging.channels import spread
from laodoc.imaging.levels import percentile
from laodoc.imaging.page import Image, UprightPage
from laodoc.imaging.resample import halved
from laodoc.layout.ink import components, dark_pixels, pixels

RADIUS_MM = (9.0, 26.0)
"""Seals of offices are 30 to 45 mm wide, those of local bodies down to 20."""

REDUCED = 0.25
"""Rings are looked for at this scale: they are half a millimetre thick and more."""

SLACK_MM = 0.7
"""How far a ring may be from a circle: paper warps, and stamps are pressed."""

RINGED = 0.72
"""Part of the circle that is inked; stamps leave gaps."""

OUTSIDE_MM = 2.2
"""So far outside a ring there is paper, but for print that runs under it:"""

OPEN = 0.4
"""no more than this part of the way around is inked. In dense tables any circle is."""

STEPS = 120
"""Places on a circle that are looked at."""

VOTES = 28
"""Of the Hough transform, from which a circle is looked at closer."""

GAP_MM = 0.9
"""Gaps in a ring that are bridged to find it whole."""

BLOCK_MM = 110.0
"""A seal with the office's name that it touches is no wider; paragraphs are."""

FAINT_COLOUR = 24
"""Distance between the strongest and the weakest of red, green and blue in the ink of a seal, pale and compressed."""

BLACK = 110
"""The strongest channel of black ink, also under a seal's colour, is weaker than this."""

INKED = 190
"""Grey of the even page under which a pixel is ink."""

LIGHTER = 30
"""Grey levels by which a seal's ink must be lighter than print to be told from it."""

GROUND = 255


@dataclass(frozen=True, slots=True)
class Seal:
    """A ring: its centre and radius in pixels of the page."""

    x: float
    y: float
    radius: float

    @property
    def region(self) -> Region:
        x, y, r = round(self.x), round(self.y), round(self.radius) + 1
        return Region(kind="stamp", bbox=BBox(max(0, x - r), max(0, y - r), x + r, y + r))


def find_seals(grey: Image, dpi: float) -> tuple[Seal, ...]:
    """The round seals of an even grey page, from top to bottom."""
    scale = dpi * REDUCED
    small = halved(halved(grey))
    mask = dark_pixels(small, scale)
    side = max(2, round(pixels(GAP_MM, scale)))
    closed = components(np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8)), np.uint8))
    least, most = 2 * pixels(RADIUS_MM[0], scale), pixels(BLOCK_MM, scale)
    sized = (np.minimum(closed.widths, closed.heights) >= least) & (np.maximum(closed.widths, closed.heights) <= most)
    found: list[Seal] = []
    for left, top, right, bottom in closed.boxes[sized].tolist():
        ring = _ring(mask[top:bottom, left:right], scale)
        if ring is not None:
            x, y, radius = ring
            found.append(Seal((left + x) / REDUCED, (top + y) / REDUCED, radius / REDUCED))
    return tuple(sorted(found, key=lambda seal: seal.y))


def _ring(mask: Image, dpi: float) -> tuple[float, float, float] | None:
    """Centre and radius of the circle that is inked all around and has paper around it, in a mask of `dpi`."""
    pad = round(pixels(SLACK_MM, dpi)) + 2
    mask = np.asarray(cv2.copyMakeBorder(mask, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=0), np.uint8)
    low, high = (round(pixels(radius, dpi)) for radius in RADIUS_MM)
    circles = cv2.HoughCircles(
        mask, cv2.HOUGH_GRADIENT, 1, minDist=2, param1=100, param2=VOTES, minRadius=low, maxRadius=high
    )
    if circles is None:
        return None
    slack, outside = max(1, round(pixels(SLACK_MM, dpi) / 2)), pixels(OUTSIDE_MM, dpi)
    near = cv2.dilate(mask, np.ones((2 * slack + 1,) * 2, np.uint8)) > 0
    rings = circles.reshape(-1, 3)[:FIRST].astype(float)
    for step in REFINED:
        moves = np.stack(np.meshgrid(*[np.arange(-2, 3) * float(step)] * 3), axis=-1).reshape(-1, 3)
        tried = (rings[:, None] + moves).reshape(-1, 3)
        inked, open_ = _inked(near, tried), _inked(near, tried + np.array([0.0, 0.0, outside]))
        best = np.argsort(open_ - inked)[:FIRST]
        rings, inked, open_ = tried[best], inked[best], open_[best]
    x, y, radius = rings[0].tolist()
    if inked[0] < RINGED or open_[0] > OPEN or not low <= radius <= high:
        return None
    return x - pad, y - pad, radius


FIRST = 8
"""So many circles are looked at closer at a time"""

REFINED = (2, 1)
"""and moved by up to twice as many pixels: the transform finds thin rings to within a few."""


def _inked(mask: NDArray[np.bool_], rings: NDArray[np.float64]) -> NDArray[np.float64]:
    """The share of each circle (x, y, radius) that is inked."""
    turn = np.arange(STEPS) * (2 * np.pi / STEPS)
    columns = np.rint(rings[:, 0, None] + rings[:, 2, None] * np.cos(turn)).astype(int)
    rows = np.rint(rings[:, 1, None] + rings[:, 2, None] * np.sin(turn)).astype(int)
    within = (columns >= 0) & (rows >= 0) & (columns < mask.shape[1]) & (rows < mask.shape[0])
    found = mask[np.clip(rows, 0, mask.shape[0] - 1), np.clip(columns, 0, mask.shape[1] - 1)] & within
    return np.asarray(found.mean(axis=1))


def lift_seals(page: UprightPage, seals: Sequence[Seal]) -> Image:
    """The page's even grey without the ink of the seals, as far as it can be told from print."""
    lifted = page.grey.copy()
    print_level = _core(page.grey[page.grey < INKED]) if seals else 0.0
    for seal in seals:
        slack = pixels(SLACK_MM, page.dpi)
        reach = seal.radius + AROUND * slack
        top, left = max(0, int(seal.y - reach)), max(0, int(seal.x - reach))
        part = np.s_[top : int(seal.y + reach) + 1, left : int(seal.x + reach) + 1]
        grey = page.grey[part]
        rows, columns = np.indices(grey.shape)
        away = np.hypot(columns + left - seal.x, rows + top - seal.y) - seal.radius
        ring = (np.abs(away) <= RING * slack) & (grey < INKED)
        disc = away <= AROUND * slack
        clear = _in_its_channel(page.image[part], ring) if page.image.ndim == 3 else None
        if clear is not None:
            lifted[part][disc] = clear[disc]
        elif (level := _core(grey[ring])) >= print_level + LIGHTER:
            lifted[part][disc & ~_darker(grey, (level + print_level) / 2)] = GROUND
        else:
            lifted[part][ring] = GROUND
    return lifted


AROUND = 4
"""So many times the slack around the found circle may be ink of the seal: rings are double, and bent."""

RING = 1.5
"""So many times the slack around it is the ring itself."""

MOSTLY = 0.5
"""A ring is coloured where this part of its ink is."""

CORE = 25
"""Percentile of the ink's levels that tells how black its cores are."""


def _core(levels: NDArray[np.uint8]) -> float:
    return percentile(levels, CORE) if levels.size else 0.0


def _darker(grey: Image, level: float) -> NDArray[np.bool_]:
    """The pixels of print: what is darker than `level`, with its soft edge."""
    core = (grey < level).astype(np.uint8)
    return np.asarray(cv2.dilate(core, np.ones((3, 3), np.uint8)) > 0, np.bool_)


def _in_its_channel(image: Image, ring: NDArray[np.bool_]) -> Image | None:
    """A coloured seal's surroundings in the channel in which its ink is lightest, without it: print in black or in
    another colour is dark there; None where the ring has no colour, or is as dark as print in every channel.

    Args:
        image: RGB, (height, width, 3).
        ring: the pixels of the ring's ink, (height, width).
    """
    inked = image[ring]
    if not ring.any() or (spread(image)[ring] >= FAINT_COLOUR).mean() <= MOSTLY:
        return None
    channel = image[:, :, int(np.argmax(inked.mean(axis=0)))]
    level = float(np.median(inked.max(axis=1)))
    if level < BLACK:
        return None
    print_level = percentile(channel[channel <= BLACK], CORE) if (channel <= BLACK).any() else 0.0
    return np.asarray(np.where(_darker(channel, (level + print_level) / 2), channel, GROUND), np.uint8)
