"""Received stamps: frames with a few lines of print and handwriting, often turned and in colour."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.document import BBox
from laodoc.imaging.channels import spread
from laodoc.imaging.page import Image
from laodoc.imaging.resample import halved
from laodoc.layout.boxes import grow, share_inside
from laodoc.layout.frames import PLAIN, REDUCED, Stamp, StampSettings, framed_in, half_hidden_frames
from laodoc.layout.ink import LETTER_MM, Boxes, components, dark_pixels, hull, inside, pixels
from laodoc.layout.loose_frames import loose_frames
from laodoc.layout.page import Edge

COLOUR_SCALE = 0.25
"""Coloured ink is looked for at this scale: letters are still apart, and averages have calmed JPEG's colours."""


def find_stamps(
    image: Image,
    grey: Image,
    dpi: float,
    edges: Sequence[Edge] = (),
    settings: StampSettings = PLAIN,
) -> tuple[Stamp, ...]:
    """The stamps of an upright page: framed ones in any colour, frameless ones where the scan has colour.

    Args:
        image: the page as scanned, grey or RGB.
        grey: the page's even grey.
        dpi: of both.
        edges: the page's rulings, from which a frame is known that an emblem hides in part.
    """
    small = dark_pixels(halved(grey), dpi * REDUCED)
    found = [*framed_in(small, dpi, settings)]
    hidden = [*half_hidden_frames(edges, small, dpi, settings)]
    found = [stamp for stamp in found if not any(_inside(stamp, other) for other in found)]
    for stamp in (*hidden, *(find_coloured(image, dpi, settings) if image.ndim == 3 else ())):
        if not _meets(stamp.region.bbox, [other.region.bbox for other in found]):
            found.append(stamp)
    for stamp in loose_frames(small, dpi, settings):
        if not any(_are_one(stamp, other) for other in found):
            found.append(stamp)
    return tuple(sorted(found, key=lambda stamp: (stamp.region.bbox.top, stamp.region.bbox.left)))


def find_coloured(image: Image, dpi: float, settings: StampSettings) -> list[Stamp]:
    """Blocks of coloured print of a stamp's size, without regard to frames."""
    scale = COLOUR_SCALE
    small = halved(halved(image))
    strong = (spread(small) > settings.colour).astype(np.uint8) * 255
    across, down = (max(1, int(pixels(reach, dpi * scale))) for reach in settings.cluster_mm)
    blocks = components(np.asarray(cv2.dilate(strong, np.ones((down, across), np.uint8)), np.uint8))
    letters = components(np.asarray(strong, np.uint8))
    found = []
    for block in blocks.boxes.tolist():
        own = inside(letters.boxes, BBox(*block))
        left, top, right, bottom = grow(hull(letters.boxes[own]), down // 2, strong.shape[1], strong.shape[0])
        own &= letters.heights < pixels(settings.height_mm[0], dpi * scale)
        own &= letters.heights >= pixels(LETTER_MM[0], dpi * scale)
        width, height = (right - left) / scale, (bottom - top) / scale
        if (
            np.count_nonzero(own) >= settings.letters
            and pixels(settings.width_mm[0], dpi) <= width <= pixels(settings.width_mm[1], dpi)
            and pixels(settings.height_mm[0], dpi) <= height <= pixels(settings.height_mm[1], dpi)
            and hull(letters.boxes[own]).bottom - hull(letters.boxes[own]).top
            >= settings.two_lines * float(np.median(letters.heights[own]))
        ):
            angle = slope(strong[top:bottom, left:right], settings.steepest)
            corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)], float) / scale
            found.append(Stamp(corners, angle, framed=False))
    return found


def slope(mask: NDArray[np.uint8], steepest: float) -> float:
    """By how many degrees lines rise (counter-clockwise positive): the angle whose row sums vary most."""
    ys, xs = np.nonzero(mask)
    best, sharpest = 0.0, -1.0
    for angle in np.arange(-steepest, steepest + 0.01, 0.5):
        rows = np.rint(ys + xs * np.tan(np.radians(angle))).astype(int)
        sums = np.bincount(rows - rows.min()).astype(float)
        sharp = float((np.diff(sums) ** 2).sum())
        if sharp > sharpest:
            best, sharpest = float(angle), sharp
    return best


def _inside(stamp: Stamp, other: Stamp) -> bool:
    """Whether a frame is the inner one of two."""
    corners = np.rint(stamp.corners).astype(np.int32)[:, [0, 1, 0, 1]]
    return other is not stamp and bool(within_stamp(corners, other).all())


def _are_one(stamp: Stamp, other: Stamp) -> bool:
    """Whether two frames are one: stamps that were put beside each other overlap by less."""
    one, two = stamp.region.bbox, other.region.bbox
    return max(share_inside(one, two), share_inside(two, one)) > SAME_FRAME


SAME_FRAME = 0.3
"""Part of one frame's box in another's from which they are one."""


def _meets(box: BBox, others: list[BBox]) -> bool:
    return any(
        box.left < other.right and other.left < box.right and box.top < other.bottom and other.top < box.bottom
        for other in others
    )


def within_stamp(boxes: Boxes, stamp: Stamp) -> NDArray[np.bool_]:
    """Which boxes have their centre inside a stamp's outline."""
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    held = np.ones(len(boxes), dtype=bool)
    for start, end in zip(stamp.corners, np.roll(stamp.corners, -1, axis=0), strict=True):
        held &= (end[0] - start[0]) * (y - start[1]) - (end[1] - start[1]) * (x - start[0]) >= 0
    return held
