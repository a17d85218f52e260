"""Frames of stamps: ruled rectangles of the size of a rubber stamp, often turned, sometimes hidden in part."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.document import BBox, Region
from laodoc.imaging.labels import labelled
from laodoc.imaging.page import Image
from laodoc.imaging.resample import halved
from laodoc.layout.ink import components, dark_pixels, pixels
from laodoc.layout.page import Edge

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
    cluster_mm: tuple[float, float] = (12.0, 5.0)
    """Coloured ink nearer than this, across and down, is of one stamp: dotted places to fill in, the space between its
    lines."""
    two_lines: float = 3.6
    """A stamp without a frame has two lines, and so is this many times as high as its letters. A single line in colour,
    of a printer or a dater, is a line of the page."""
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


REDUCED = 0.5
"""Stamps are looked for at this scale: their frames are some 40 mm wide and 0.4 thick."""


def find_frames_on(grey: Image, dpi: float, settings: StampSettings = PLAIN) -> list[Stamp]:
    """The whole frames of an even grey page."""
    return framed_in(dark_pixels(halved(grey), dpi * REDUCED), dpi, settings)


def framed_in(mask: Image, dpi: float, settings: StampSettings) -> list[Stamp]:
    """The frames in the ink of a page that was reduced by `REDUCED` from `dpi`, in pixels of the page itself."""
    found = find_frames(mask, dpi * REDUCED, settings)
    return [Stamp(stamp.corners / REDUCED, stamp.angle, stamp.framed) for stamp in found]


def find_frames(mask: Image, dpi: float, settings: StampSettings) -> list[Stamp]:
    """Ruled frames of the size of a stamp: components whose ink lies all along a turned rectangle."""
    kernel = np.ones((max(3, int(pixels(settings.gap_mm, dpi))),) * 2, np.uint8)
    closed = components(np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel), np.uint8))
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
    corners = np.array([meet(level[i], upright[j]) for i, j in ((0, 0), (0, 1), (1, 1), (1, 0))])
    across, down = np.hypot(*(corners[1] - corners[0])), np.hypot(*(corners[3] - corners[0]))
    sized = across <= pixels(settings.width_mm[1], dpi) and down <= pixels(settings.height_mm[1], dpi)
    if not sized or down < pixels(settings.height_mm[0], dpi):
        return None
    near = cv2.dilate(own, np.ones((int(2 * pixels(settings.side_mm, dpi)) | 1,) * 2, np.uint8))
    if min(ruled(np.asarray(near), corners[i], corners[(i + 1) % 4]) for i in range(4)) < settings.ruled:
        return None
    return Stamp(np.asarray(corners + np.array([box.left, box.top])), -float(np.median(angles)), framed=True)


def _largest(mask: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The component of a mask with the largest box, as 0 and 1."""
    labels, stats = labelled(mask)
    label = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_WIDTH] * stats[1:, cv2.CC_STAT_HEIGHT]))
    return np.asarray(labels == label, dtype=np.uint8)


MIDDLE = 0.1
"""Part at each end of a side that is left out when its line is fitted: a turned frame's next sides stand there."""


def half_hidden_frames(edges: Sequence[Edge], mask: Image, dpi: float, settings: StampSettings) -> Iterator[Stamp]:
    """Frames of which two level sides and one upright one are ruled and the fourth lies in ink all along.

    An emblem or a seal over one end of a frame grows together with it; its other sides are still rulings. `mask` is the
    page's ink reduced by `REDUCED`.
    """
    near: Image | None = None
    level = [_ends(edge) for edge in edges if edge.horizontal]
    upright = [_ends(edge) for edge in edges if not edge.horizontal]
    slack = pixels(CORNER_MM, dpi)
    for top, bottom in combinations(level, 2):
        down = bottom[0][1] - top[0][1]
        if not pixels(settings.height_mm[0], dpi) <= down <= pixels(settings.height_mm[1], dpi):
            continue
        for side in upright:
            for end in (0, 1):
                if max(np.hypot(*(side[0] - top[end])), np.hypot(*(side[1] - bottom[end]))) > slack:
                    continue
                stamp = _completed(top, bottom, end)
                across = np.hypot(*(stamp.corners[1] - stamp.corners[0]))
                sized = pixels(settings.width_mm[0], dpi) <= across <= pixels(settings.width_mm[1], dpi)
                if not sized or abs(stamp.angle) > settings.steepest:
                    continue
                if near is None:
                    reach = int(2 * pixels(settings.side_mm, dpi * REDUCED)) | 1
                    near = np.asarray(cv2.dilate(mask, np.ones((reach, reach), np.uint8)), np.uint8)
                corners = stamp.corners * REDUCED
                if min(ruled(near, corners[i], corners[(i + 1) % 4]) for i in range(4)) >= settings.ruled:
                    yield stamp


CORNER_MM = 2.5
"""How far apart two sides of a frame may end that meet in its corner: rounded, or not quite inked."""


def _ends(edge: Edge) -> NDArray[np.float64]:
    return np.array([edge.points[0], edge.points[-1]], dtype=np.float64)


def _completed(top: NDArray[np.float64], bottom: NDArray[np.float64], end: int) -> Stamp:
    """The frame of two level sides that an upright one joins at this `end` (0 left, 1 right); at the other end it
    reaches as far as the longer of them."""
    along = (top[1] - top[0] + bottom[1] - bottom[0]) / 2
    along /= np.hypot(*along)
    length = max(np.hypot(*(top[1] - top[0])), np.hypot(*(bottom[1] - bottom[0])))
    way = along * length * (1 - 2 * end)
    ends = [(line[end], line[end] + way) if end == 0 else (line[end] + way, line[end]) for line in (top, bottom)]
    corners = np.array([*ends[0], ends[1][1], ends[1][0]])
    return Stamp(corners, -float(np.degrees(np.arctan2(along[1], along[0]))), framed=True)


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


def meet(level: tuple[float, float], upright: tuple[float, float]) -> tuple[float, float]:
    """Where y = a·x + b meets x = c·y + d."""
    (a, b), (c, d) = level, upright
    y = (a * d + b) / (1 - a * c)
    return c * y + d, y


def ruled(mask: NDArray[np.uint8], start: NDArray[np.float64], end: NDArray[np.float64]) -> float:
    """The part of the way from start to end that is inked."""
    count = max(2, int(np.hypot(*(end - start))))
    points = np.rint(start + np.linspace(0, 1, count)[:, None] * (end - start)).astype(int)
    xs = np.clip(points[:, 0], 0, mask.shape[1] - 1)
    ys = np.clip(points[:, 1], 0, mask.shape[0] - 1)
    return float((mask[ys, xs] > 0).mean())


FRAME_MM = 1.2
"""Width of the stroke that paints a frame out: its own thickness and what a hand's pressure adds."""

FEWEST_PIXELS = 8
"""With fewer rows or columns on the page nothing of a stamp is left in it: one that was cut off by the scan's edge."""

INNER = 0.8
"""The inner one of two frames is at least so many parts as wide and as high as the outer."""


def erase_frame(page: Image, stamp: Stamp, dpi: float) -> None:
    """Paint a stamp's frame, if it has one, and a second one inside it, out of a page, in place."""
    if not stamp.framed:
        return
    _paint_out(page, stamp, dpi)
    left, top, right, bottom = stamp.region.bbox
    if min(page[top:bottom, left:right].shape) < FEWEST_PIXELS:
        return
    small = dark_pixels(halved(page[top:bottom, left:right]), dpi * REDUCED)
    for frame in framed_in(small, dpi, PLAIN):
        box = frame.region.bbox
        if box.right - box.left >= INNER * (right - left) and box.bottom - box.top >= INNER * (bottom - top):
            _paint_out(page, Stamp(frame.corners + np.array([left, top]), frame.angle, framed=True), dpi)


def _paint_out(page: Image, frame: Stamp, dpi: float) -> None:
    corners = np.rint(frame.corners).astype(np.int32).reshape(-1, 1, 2)
    cv2.polylines(page, [corners], isClosed=True, color=255, thickness=max(2, int(pixels(FRAME_MM, dpi))))
