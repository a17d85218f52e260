"""Flattens a phone's photo of a sheet: finds its four corners, takes out the perspective and the shadow."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.imaging.affine import after
from laodoc.imaging.cleanup import ground_of
from laodoc.imaging.page import Affine, Image, SourcePage
from laodoc.imaging.paper import MM_PER_INCH, PAPERS_MM, nearest_paper_mm
from laodoc.imaging.resample import WHITE, grey_of

Points = NDArray[np.float64]
"""Shape (4, 2): x, y of the corners top-left, top-right, bottom-right, bottom-left, in pixels."""

OUTLINE_SIDE = 700
"""Pixels along the long side at which outlines are looked for; corners are then refined from whole sides."""

RING = 0.015
"""Width of the picture's rim, in parts of its sides: where a photo shows what the sheet lies on."""

RING_SHARE = 0.6
"""Part of the rim that must be no paper: a sheet may run out of the picture at a corner or along one side."""

DARKER = 25.0
"""Grey levels by which what the sheet lies on is darker than the sheet: more than any shading of a scanner's lid."""

PAPER_LEVELS = (0.5, 0.3, 0.2)
"""Between the rim's brightness and the sheet's, where paper may begin: a hand's shadow takes over half of the light."""

EDGE_WIDTH = 0.008
"""In parts of the picture, over which the brightness falls at the sheet's edge; shading fades over far more."""

EDGE_SHARE = 0.85
"""Part of the outline that must be such an edge."""

SHEET_SHARE = (0.25, 0.98)
"""Part of the picture that the sheet fills; smaller ones are slips of paper or labels."""

STRAIGHT_SIDES = 0.94
"""Part of the quadrilateral that the outline fills and of the outline that it holds; crumpled sheets have less."""

CORNER_SLACK = 0.02
"""In parts of its perimeter, how far an outline may leave the quadrilateral."""

SIDE_MIDDLE = (0.1, 0.9)
"""The part of a side from which its line is fitted; dog-eared and rounded corners are left out."""

FOCAL_LENGTHS = (0.55, 1.3)
"""Of phones' main cameras, in diagonals of the picture: 24 to 56 mm on film."""

PAPER_TOLERANCE = 0.05
"""Difference of proportions within which a sheet is taken for a known paper: perspective is measured to some 3 %."""


def rectify(page: SourcePage) -> SourcePage:
    """The sheet alone, flat and without its shadows; the page itself where it is no photo of a sheet.

    `to_source` is then the nearest affine map, since a perspective is none.
    """
    lens = lens_of(page)
    if lens is None:
        return page
    matrix = opencv_perspective(lens)
    image = cv2.warpPerspective(
        page.image, matrix, (lens.width, lens.height), flags=cv2.INTER_LINEAR, borderValue=(WHITE, WHITE, WHITE)
    )
    return replace(
        page,
        image=without_shadow(np.asarray(image, dtype=np.uint8), lens.dpi),
        source_dpi=lens.dpi,
        to_source=after(page.to_source, lens.nearest),
    )


@dataclass(frozen=True, slots=True)
class Lens:
    """How a photo shows a flat sheet of `width` × `height` pixels at `dpi`: `corners` are the sheet's in the photo."""

    corners: Points
    width: int
    height: int
    dpi: float

    @property
    def flat(self) -> Points:
        """The sheet's corners where it is flat."""
        return np.array([(0, 0), (self.width, 0), (self.width, self.height), (0, self.height)], dtype=np.float64)

    @property
    def nearest(self) -> Affine:
        """The affine map that comes nearest to the way from the flat sheet to the photo."""
        return nearest_affine(self.flat, self.corners)

    @property
    def to_photo(self) -> NDArray[np.float64]:
        """The matrix (3, 3) that brings a point (x, y, 1) of the flat sheet to where the photo shows it."""
        flat, seen = self.flat.astype(np.float32), self.corners.astype(np.float32)
        return np.asarray(cv2.getPerspectiveTransform(flat, seen), dtype=np.float64)


def lens_of(page: SourcePage) -> Lens | None:
    """How the photo shows its sheet; None where the page is no photo of one."""
    corners = find_sheet(page.image)
    return None if corners is None else Lens(corners, *flat_size(corners, page.image.shape[1], page.image.shape[0]))


def opencv_perspective(lens: Lens) -> NDArray[np.float64]:
    """The matrix from the photo to the flat sheet for OpenCV, whose whole numbers are the middles of pixels."""
    seen, flat = (lens.corners - 0.5).astype(np.float32), (lens.flat - 0.5).astype(np.float32)
    return np.asarray(cv2.getPerspectiveTransform(seen, flat), dtype=np.float64)


def find_sheet(image: Image) -> Points | None:
    """The corners of a bright sheet on a darker ground; None where the picture is not clearly a photo of one."""
    step = max(1, -(-max(image.shape[:2]) // OUTLINE_SIDE))
    small = np.ascontiguousarray(image[::step, ::step])
    grey = np.asarray(cv2.medianBlur(grey_of(small), 5), dtype=np.uint8)
    rim = rim_of(grey.shape[0], grey.shape[1])
    dark, bright = float(np.median(grey[rim])), float(np.percentile(grey, 90))
    if dark > bright - DARKER:
        return None
    levels = (dark + part * (bright - dark) for part in PAPER_LEVELS)
    for paper in (brighter(grey), *(brighter_than(grey, level) for level in levels), unlike_rim(small, rim)):
        corners = quadrilateral(paper, grey, rim)
        if corners is not None:
            return np.asarray(corners * step, dtype=np.float64)
    return None


def rim_of(height: int, width: int) -> NDArray[np.bool_]:
    """A mask (height, width) of the picture's rim."""
    rim = np.ones((height, width), dtype=bool)
    down, across = max(1, round(RING * height)), max(1, round(RING * width))
    rim[down : height - down, across : width - across] = False
    return rim


def brighter(grey: Image) -> Image:
    """The mask of the brighter of two classes (Otsu 1979)."""
    return np.asarray(cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)[1], dtype=np.uint8)


def brighter_than(grey: Image, level: float) -> Image:
    """The mask of what is brighter than a level."""
    return np.asarray(cv2.threshold(grey, level, 255, cv2.THRESH_BINARY)[1], dtype=np.uint8)


def unlike_rim(small: Image, rim: NDArray[np.bool_]) -> Image:
    """The mask of what differs in colour from the rim: finds sheets that a shadow makes as dark as their ground."""
    if small.ndim == 2:
        return np.zeros_like(small)
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB).astype(np.float32)
    distance = np.linalg.norm(lab - np.median(lab[rim], axis=0), axis=2)
    return brighter(np.clip(distance, 0, 255).astype(np.uint8))


def quadrilateral(paper: Image, grey: Image, rim: NDArray[np.bool_]) -> Points | None:
    """The corners of the largest piece of `paper`, where it has four straight sides and stands out."""
    if float(np.mean(paper[rim] > 0)) > 1 - RING_SHARE:
        return None
    side = max(3, round(0.02 * max(paper.shape))) | 1
    filled = cv2.morphologyEx(paper, cv2.MORPH_CLOSE, np.ones((side, side), dtype=np.uint8))
    outlines, _ = cv2.findContours(filled, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not outlines:
        return None
    outline = max(outlines, key=cv2.contourArea)
    hull = cv2.convexHull(outline)
    rough = cv2.approxPolyDP(hull, CORNER_SLACK * cv2.arcLength(hull, True), True).reshape(-1, 2)
    share = cv2.contourArea(outline) / paper.size
    if len(rough) != 4 or not SHEET_SHARE[0] <= share <= SHEET_SHARE[1]:
        return None
    fills = cv2.contourArea(outline) / max(1.0, cv2.contourArea(rough))
    if not STRAIGHT_SIDES <= fills <= 1 / STRAIGHT_SIDES:
        return None
    points = np.asarray(outline.reshape(-1, 2), dtype=np.int32)
    if edge_share(grey, points) < EDGE_SHARE:
        return None
    return refined(in_order(rough.astype(np.float64)), points.astype(np.float64))


def edge_share(grey: Image, outline: NDArray[np.int32]) -> float:
    """Part of an outline (n, 2) on which the brightness falls at once; what lies on the picture's edge is left out."""
    height, width = grey.shape
    reach = max(1, round(EDGE_WIDTH * max(height, width)))
    x, y = outline[:, 0], outline[:, 1]
    within = (x >= reach) & (y >= reach) & (x < width - reach) & (y < height - reach)
    square = np.ones((2 * reach + 1, 2 * reach + 1), dtype=np.uint8)
    steps = cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, square)[y[within], x[within]]
    return float(np.mean(steps >= DARKER)) if steps.size else 0.0


def in_order(corners: Points) -> Points:
    """The corners clockwise from the top-left one."""
    middle = corners.mean(axis=0)
    around = np.argsort(np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0]))
    clockwise = corners[around]
    first = int(np.argmin(clockwise.sum(axis=1)))
    return np.roll(clockwise, -first, axis=0)


def refined(corners: Points, outline: NDArray[np.float64]) -> Points:
    """The corners where lines fitted to the whole sides meet."""
    reach = CORNER_SLACK * float(np.abs(np.roll(corners, -1, axis=0) - corners).sum()) / 4
    lines = []
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = (end - start) / max(1.0, float(np.hypot(*(end - start))))
        offset = outline - start
        part = offset @ along / max(1.0, float(np.hypot(*(end - start))))
        away = np.abs(offset @ np.array((-along[1], along[0])))
        near = outline[(part > SIDE_MIDDLE[0]) & (part < SIDE_MIDDLE[1]) & (away < reach)]
        if len(near) < 10:
            return corners
        vx, vy, x, y = np.ravel(cv2.fitLine(near.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01))
        lines.append((float(-vy), float(vx), float(vx * y - vy * x)))
    meeting = [np.cross(lines[index - 1], lines[index]) for index in range(4)]
    if any(abs(point[2]) < 1e-9 for point in meeting):
        return corners
    return np.array([(-p[0] / p[2], -p[1] / p[2]) for p in meeting], dtype=np.float64) + 0.5


def flat_size(corners: Points, width: int, height: int) -> tuple[int, int, float]:
    """Width and height in pixels of the flattened sheet, and its resolution."""
    top, right, bottom, left = (float(np.hypot(*(np.roll(corners, -1, axis=0) - corners)[i])) for i in range(4))
    across, down = max(top, bottom), max(left, right)
    proportion = true_proportion(corners - (width / 2, height / 2), float(np.hypot(width, height)))
    lengthwise = max(proportion, 1 / proportion)
    for long_side, short_side in PAPERS_MM:
        if abs(lengthwise / (long_side / short_side) - 1) < PAPER_TOLERANCE:
            lengthwise = long_side / short_side
            break
    longest = max(across, down)
    dpi = longest / nearest_paper_mm(lengthwise) * MM_PER_INCH
    long_pixels, short_pixels = max(1, round(longest)), max(1, round(longest / lengthwise))
    return (long_pixels, short_pixels, dpi) if proportion > 1 else (short_pixels, long_pixels, dpi)


def true_proportion(corners: Points, diagonal: float) -> float:
    """Width ÷ height of the sheet itself, from its corners about the middle of a photo of this diagonal, in pixels.

    After Zhang & He, Whiteboard scanning and image enhancement (2007), with square pixels; the focal length that the
    corners give is kept within those of phones, since it is poorly known where there is little perspective.
    """
    tl, tr, br, bl = (np.array((x, y, 1.0)) for x, y in corners)
    k2 = np.cross(tl, br) @ bl / (np.cross(tr, br) @ bl)
    k3 = np.cross(tl, br) @ tr / (np.cross(bl, br) @ tr)
    across, down = k2 * tr - tl, k3 * bl - tl
    tilt = across[2] * down[2]
    focal_squared = -(across[0] * down[0] + across[1] * down[1]) / tilt if tilt else -1.0
    shortest, longest = ((part * diagonal) ** 2 for part in FOCAL_LENGTHS)
    if not focal_squared > 0:
        focal_squared = shortest
    focal_squared = min(max(focal_squared, shortest), longest)
    lengths = [(v[0] ** 2 + v[1] ** 2) / focal_squared + v[2] ** 2 for v in (across, down)]
    return float((lengths[0] / lengths[1]) ** 0.5)


def nearest_affine(from_points: Points, to_points: Points) -> Affine:
    """The affine map that brings the first points nearest to the second (least squares)."""
    known = np.column_stack((from_points, np.ones(len(from_points))))
    (a, d), (b, e), (c, f) = np.linalg.lstsq(known, to_points, rcond=None)[0]
    return (float(a), float(b), float(c), float(d), float(e), float(f))


def without_shadow(image: Image, dpi: float) -> Image:
    """The image with each channel divided by its own ground, so that paper is white everywhere."""
    if image.ndim == 2:
        return _divided(image, dpi)
    return np.ascontiguousarray(np.dstack([_divided(np.ascontiguousarray(c), dpi) for c in cv2.split(image)]))


def _divided(channel: Image, dpi: float) -> Image:
    ground = cv2.resize(ground_of(channel, dpi), (channel.shape[1], channel.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(channel, ground, scale=255), dtype=np.uint8)
