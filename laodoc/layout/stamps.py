"""Received stamps: frames with a few lines of print and handwriting, often turned and in colour."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.document import BBox, Region
from laodoc.imaging.labels import labelled
from laodoc.imaging.page import Image
from laodoc.layout.ink import LETTER_MM, Boxes, Ink, components, find_ink, inside, pixels

Corners = NDArray[np.float64]
"""The corners of a turned rectangle, (4, 2), x and y: top left, top right, bottom right, bottom left."""


@dataclass(frozen=True, slots=True)
class StampSettings:
    """What a stamp looks like."""

    width_mm: tuple[float, float] = (22.0, 110.0)
    height_mm: tuple[float, float] = (8.0, 60.0)
    """Rubber stamps are made to fit into the margin above or beside a letter."""
    steepest: float = 9.0
    """Degrees by which a hand turns a stamp, and no more."""
    crooked: float = 3.0
    """Degrees by which the sides of a frame may be out of square, from warped paper."""
    ruled: float = 0.72
    """Part of each side of the frame that is inked; rubber stamps leave gaps."""
    gap_mm: float = 0.6
    """Gaps in a frame that are bridged to find it whole."""
    side_mm: float = 0.7
    """How far a side may bend from straight."""
    colour: int = 48
    """Distance between the strongest and the weakest of red, green and blue in coloured ink."""
    cluster_mm: float = 3.5
    """Coloured ink nearer than this is of one stamp: the space between its lines."""
    letters: int = 14
    """Coloured print with fewer components may be a signature or a note by pen."""


PLAIN = StampSettings()


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp: its outline, by how many degrees its lines rise, and whether it has a ruled frame."""

    corners: Corners
    angle: float
    framed: bool

    @property
    def region(self) -> Region:
        left, top = np.floor(self.corners.min(axis=0)).astype(int).tolist()
        right, bottom = np.ceil(self.corners.max(axis=0)).astype(int).tolist()
        return Region(kind="stamp", bbox=BBox(max(0, left), max(0, top), right + 1, bottom + 1))


COLOUR_SCALE = 0.25
"""Coloured ink is looked for at this scale: letters are still apart, and averages have calmed JPEG's colours."""

REDUCED = 0.5
"""Stamps are looked for at this scale: their frames are some 40 mm wide and 0.4 thick."""


def find_stamps(
    image: Image,
    grey: Image,
    dpi: float,
    settings: StampSettings = PLAIN,
) -> tuple[Stamp, ...]:
    """The stamps of an upright page: framed ones in any colour, frameless ones where the scan has colour.

    Args:
        image: the page as scanned, grey or RGB.
        grey: the page's even grey.
        dpi: of both.
    """
    small = np.asarray(cv2.resize(grey, None, fx=REDUCED, fy=REDUCED, interpolation=cv2.INTER_AREA), np.uint8)
    framed = find_frames(find_ink(small, dpi * REDUCED), dpi * REDUCED, settings)
    found = [Stamp(stamp.corners / REDUCED, stamp.angle, stamp.framed) for stamp in framed]
    if image.ndim == 3:
        taken = [stamp.region.bbox for stamp in found]
        found += [stamp for stamp in find_coloured(image, dpi, settings) if not _meets(stamp.region.bbox, taken)]
    return tuple(sorted(found, key=lambda stamp: (stamp.region.bbox.top, stamp.region.bbox.left)))


def find_frames(ink: Ink, dpi: float, settings: StampSettings) -> list[Stamp]:
    """Ruled frames of the size of a stamp: components whose ink lies all along a turned rectangle."""
    kernel = np.ones((max(3, int(pixels(settings.gap_mm, dpi))),) * 2, np.uint8)
    closed = components(np.asarray(cv2.morphologyEx(ink.mask, cv2.MORPH_CLOSE, kernel), np.uint8))
    widths, heights = closed.widths, closed.heights
    slack = 1.3
    sized = (
        (widths >= pixels(settings.width_mm[0], dpi))
        & (widths <= slack * pixels(settings.width_mm[1], dpi))
        & (heights >= pixels(settings.height_mm[0], dpi))
        & (heights <= slack * pixels(settings.height_mm[1], dpi))
    )
    return [stamp for box in closed.boxes[sized].tolist() if (stamp := _framed(closed.mask, BBox(*box), dpi, settings))]


def _framed(mask: Image, box: BBox, dpi: float, settings: StampSettings) -> Stamp | None:
    own = _largest(mask[box.top : box.bottom, box.left : box.right])
    sides = [_side(own), _side(own[:, ::-1].T), _side(own[::-1]), _side(own.T)]
    height, width = own.shape
    (top_slope, top), (right_slope, right), (bottom_slope, bottom), (left_slope, left) = sides
    right, bottom = width - 1 - right, height - 1 - bottom
    right_slope, bottom_slope = -right_slope, -bottom_slope
    angles = np.degrees(np.arctan([top_slope, bottom_slope, -left_slope, -right_slope]))
    if np.abs(angles).max() > settings.steepest or np.ptp(angles) > settings.crooked:
        return None
    level, upright = [(top_slope, top), (bottom_slope, bottom)], [(left_slope, left), (right_slope, right)]
    corners = np.array([_meet(level[i], upright[j]) for i, j in ((0, 0), (0, 1), (1, 1), (1, 0))])
    across, down = np.hypot(*(corners[1] - corners[0])), np.hypot(*(corners[3] - corners[0]))
    if across > pixels(settings.width_mm[1], dpi) or down > pixels(settings.height_mm[1], dpi):
        return None
    near = cv2.dilate(own, np.ones((int(2 * pixels(settings.side_mm, dpi)) | 1,) * 2, np.uint8))
    if min(_ruled(np.asarray(near), corners[i], corners[(i + 1) % 4]) for i in range(4)) < settings.ruled:
        return None
    return Stamp(np.asarray(corners + np.array([box.left, box.top])), -float(np.median(angles)), framed=True)


def _largest(mask: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The component of a mask with the largest box, as 0 and 1."""
    labels, stats = labelled(mask)
    label = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_WIDTH] * stats[1:, cv2.CC_STAT_HEIGHT]))
    return np.asarray(labels == label, dtype=np.uint8)


MIDDLE = 0.1
"""Part at each end of a side that is left out when its line is fitted: a turned frame's next sides stand there."""


def _side(shape: NDArray[np.uint8]) -> tuple[float, float]:
    """Slope and intercept of a shape's upper side: a robust line through the first ink of each column."""
    width = shape.shape[1]
    columns = np.arange(int(MIDDLE * width), max(int(MIDDLE * width) + 2, int((1 - MIDDLE) * width)))
    columns = columns[shape[:, columns].any(axis=0)]
    if len(columns) < 2:
        return 0.0, 0.0
    rows = shape[:, columns].argmax(axis=0)
    points = np.stack([columns, rows], axis=1).astype(np.float32)
    across, down, x, y = (float(value) for value in cv2.fitLine(points, cv2.DIST_WELSCH, 0, 0.01, 0.01).ravel())
    slope = down / across if across else 0.0
    return slope, y - slope * x


def _meet(level: tuple[float, float], upright: tuple[float, float]) -> tuple[float, float]:
    """Where y = a·x + b meets x = c·y + d."""
    (a, b), (c, d) = level, upright
    y = (a * d + b) / (1 - a * c)
    return c * y + d, y


def _ruled(mask: NDArray[np.uint8], start: NDArray[np.float64], end: NDArray[np.float64]) -> float:
    """The part of the way from start to end that is inked."""
    count = max(2, int(np.hypot(*(end - start))))
    points = np.rint(start + np.linspace(0, 1, count)[:, None] * (end - start)).astype(int)
    xs = np.clip(points[:, 0], 0, mask.shape[1] - 1)
    ys = np.clip(points[:, 1], 0, mask.shape[0] - 1)
    return float((mask[ys, xs] > 0).mean())


def find_coloured(image: Image, dpi: float, settings: StampSettings) -> list[Stamp]:
    """Blocks of coloured print of a stamp's size, without regard to frames."""
    scale = COLOUR_SCALE
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    strong = (small.max(axis=2).astype(np.int16) - small.min(axis=2) > settings.colour).astype(np.uint8) * 255
    side = max(1, int(pixels(settings.cluster_mm, dpi * scale)))
    blocks = components(np.asarray(cv2.dilate(strong, np.ones((side, side), np.uint8)), np.uint8))
    letters = components(np.asarray(strong, np.uint8))
    found = []
    for left, top, right, bottom in blocks.boxes.tolist():
        box = BBox(left, top, right, bottom)
        own = inside(letters.boxes, box) & (letters.heights < pixels(settings.height_mm[0], dpi * scale))
        own &= letters.heights >= pixels(LETTER_MM[0], dpi * scale)
        width, height = (right - left) / scale, (bottom - top) / scale
        if (
            np.count_nonzero(own) >= settings.letters
            and pixels(settings.width_mm[0], dpi) <= width <= pixels(settings.width_mm[1], dpi)
            and pixels(settings.height_mm[0], dpi) <= height <= pixels(settings.height_mm[1], dpi)
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


def _meets(box: BBox, others: list[BBox]) -> bool:
    return any(
        box.left < other.right and other.left < box.right and box.top < other.bottom and other.top < box.bottom
        for other in others
    )


FRAME_MM = 1.2
"""Width of the stroke that paints a frame out: its own thickness and what a hand's pressure adds."""


def erase_frame(page: Image, stamp: Stamp, dpi: float) -> None:
    """Paint a stamp's frame, if it has one, out of a page, in place."""
    if not stamp.framed:
        return
    corners = np.rint(stamp.corners).astype(np.int32).reshape(-1, 1, 2)
    cv2.polylines(page, [corners], isClosed=True, color=255, thickness=max(2, int(pixels(FRAME_MM, dpi))))


def within_stamp(boxes: Boxes, stamp: Stamp) -> NDArray[np.bool_]:
    """Which boxes have their centre inside a stamp's outline."""
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    held = np.ones(len(boxes), dtype=bool)
    for start, end in zip(stamp.corners, np.roll(stamp.corners, -1, axis=0), strict=True):
        held &= (end[0] - start[0]) * (y - start[1]) - (end[1] - start[1]) * (x - start[0]) >= 0
    return held
