"""Tick boxes: small ruled squares and rings beside a text, empty or ticked far beyond their sides."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.document import BBox
from laodoc.imaging.page import Image
from laodoc.ink.kinds import MAP_DPI, Kind
from laodoc.ink.map import InkMap
from laodoc.layout.boxes import share_inside, shifted
from laodoc.layout.ink import components, dark_pixels, pixels
from laodoc.layout.page import TickBox


@dataclass(frozen=True, slots=True)
class TickBoxSettings:
    """What a tick box looks like."""

    side_mm: tuple[float, float] = (1.8, 8.0)
    square: float = 0.35
    """Width and height differ by no more than this part."""
    gap_mm: float = 0.5
    """Gaps in the sides of worn boxes are bridged."""
    chained: float = 8.0
    """Boxes that ticks join are so many times as long, at most, as the largest box."""
    ruled: float = 0.55
    """Part of each side that is inked, at least; a ring's sides are inked where they touch its box."""
    ringed: float = 0.3


PLAIN = TickBoxSettings()


def find_tick_boxes(
    grey: Image, ink_map: InkMap, dpi: float, taken: Sequence[BBox] = (), settings: TickBoxSettings = PLAIN
) -> list[TickBox]:
    """The tick boxes of an even grey page outside the boxes `taken`, tables and stamps, from top to bottom."""
    places = ink_map.holds(Kind.BOX)
    if not places.any():
        return []
    near = cv2.dilate(places.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    mask = cv2.bitwise_and(dark_pixels(grey, dpi), ink_map.on_page(near))
    side = max(3, round(pixels(settings.gap_mm, dpi)))
    closed = components(np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8)), np.uint8))
    low, high = (pixels(mm, dpi) for mm in settings.side_mm)
    shaped = np.minimum(closed.widths, closed.heights) >= low
    shaped &= np.maximum(closed.widths, closed.heights) <= settings.chained * high
    found = [
        box for each in closed.boxes[shaped].tolist() for box in squares_in(closed.mask, BBox(*each), dpi, settings)
    ]
    found = [box for box in found if not any(share_inside(box, other) > INSIDE for other in taken)]
    sides = places & (ink_map.chance(Kind.BOX) > ink_map.chance(Kind.PRINT))
    found = [box for box in found if boxed_share(sides, box, MAP_DPI / dpi) >= BOXED]
    margin, width = pixels(MARGIN_MM, dpi), grey.shape[1]
    found = [
        box for box in found if margin <= (box.left + box.right) / 2 <= width - margin or has_corners(closed.mask, box)
    ]
    found = without_letters(found)
    return [TickBox(box) for box in sorted(found, key=lambda box: (box.top, box.left))]


FEWEST_ALIKE, LETTER = 3, 0.6
"""Of so many boxes on, a page's boxes have a size; what is smaller than this part of it is a bullet, or a letter with
square corners (บ) that stands over a column of boxes."""


def without_letters(found: list[BBox]) -> list[BBox]:
    """The boxes without those that are far smaller than the page's others."""
    if len(found) < FEWEST_ALIKE:
        return found
    sides = [min(box.right - box.left, box.bottom - box.top) for box in found]
    least = LETTER * float(np.median(sides))
    return [box for box, side in zip(found, sides, strict=True) if side >= least]


MARGIN_MM = 16.0
"""Rings in the margin of the paper are holes that binders punch, 12 mm from the edge (ISO 838)."""
INSIDE = 0.5
"""Part of a box in a table or stamp from which it is theirs: cells are read as marks."""


BOXED = 0.5
"""Part of a square's outline that the map takes for the sides of a box: a letter beside a box has less."""


def boxed_share(places: NDArray[np.bool_], box: BBox, scale: float) -> float:
    """The part of a box's outline, on the map with `scale` of its places to a pixel, where `places` holds."""
    outline = np.zeros(places.shape, np.uint8)
    corner, other = ((round(x * scale), round(y * scale)) for x, y in ((box.left, box.top), (box.right, box.bottom)))
    cv2.rectangle(outline, corner, other, 1, 1)
    near = cv2.dilate(places.astype(np.uint8), np.ones((2, 2), np.uint8))
    return float(near[outline > 0].mean()) if outline.any() else 0.0


def has_corners(mask: Image, box: BBox) -> bool:
    """Whether ink stands in most corners of a box, as in no ring's."""
    inner = mask[box.top : box.bottom, box.left : box.right] > 0
    return sum(bool(corner.any()) for corner in corners(inner)) >= FEWEST_CORNERS


FEWEST_CORNERS = 3
"""Of four: a worn box may lack one."""


def squares_in(mask: Image, box: BBox, dpi: float, settings: TickBoxSettings) -> list[BBox]:
    """The squares that the ink in a box draws: several where ticks run from one into the next."""
    ink = mask[box.top : box.bottom, box.left : box.right] > 0
    found: list[BBox] = []
    for _ in range(MOST_CHAINED):
        square = square_in(ink, dpi, settings)
        if square is None:
            break
        found.append(shifted(square, box.left, box.top))
        ink = ink.copy()
        by = round(AROUND * (square.right - square.left))
        ink[max(0, square.top - by) : square.bottom + by, max(0, square.left - by) : square.right + by] = False
    return found


AROUND = 0.15
"""A side is so thick, in parts of the box, that what is left of it beside the square found is no other."""
MOST_CHAINED = 6
"""Boxes that ticks join are not looked for beyond so many."""


def square_in(ink: NDArray[np.bool_], dpi: float, settings: TickBoxSettings) -> BBox | None:
    """The clearest square in a piece of ink, in its own pixels, or None: two columns and two rows as far apart that are
    inked most. Columns are looked for first or rows, as neighbours stand above or beside each other."""
    turned = pair_first(ink.T, dpi, settings)
    tried = [pair_first(ink, dpi, settings), turned and BBox(turned.top, turned.left, turned.bottom, turned.right)]
    found = [(ruled_share(ink, box, settings), box) for box in tried if box is not None]
    share, best = max(found, default=(0.0, None), key=lambda each: each[0])
    return best if share > 0 else None


def pair_first(ink: NDArray[np.bool_], dpi: float, settings: TickBoxSettings) -> BBox | None:
    """Two columns of a tick box's size apart, and two rows between which about as much lies."""
    low, high = (round(pixels(mm, dpi)) for mm in settings.side_mm)
    columns = strongest_pair(ink.sum(axis=0), low, high)
    if columns is None:
        return None
    side, slack = columns[1] + 1 - columns[0], 1 - settings.square
    within = ink[:, columns[0] : columns[1] + 1].sum(axis=1)
    rows = strongest_pair(within, max(low, round(slack * side)), min(high, round(side / slack)))
    return None if rows is None else BBox(columns[0], rows[0], columns[1] + 1, rows[1] + 1)


def ruled_share(ink: NDArray[np.bool_], box: BBox, settings: TickBoxSettings) -> float:
    """How much of three sides of a box is inked at least, 0..1; 0 where it is no tick box."""
    inner = ink[box.top : box.bottom, box.left : box.right]
    thick = max(1, round(SIDE_DEPTH * min(inner.shape)))
    strips = (inner[:thick], inner[-thick:], inner[:, :thick].T, inner[:, -thick:].T)
    inked = sorted(float(strip.any(axis=0).mean()) for strip in strips)
    ring = inked[0] >= settings.ringed and not any(corner.any() for corner in corners(inner))
    return inked[1] if inked[1] >= settings.ruled or ring else 0.0


SIDE_DEPTH = 0.1
"""Depth of the strip in which a side lies, in parts of the box."""
ALIKE = 0.85
"""Rows or columns inked nearly as much as the best are as good: the outermost of a thick side counts."""


def strongest_pair(profile: NDArray[np.intp], low: int, high: int) -> tuple[int, int] | None:
    """Two places from `low` to `high` apart of which the weaker one is inked most, the outermost among those alike."""
    count = len(profile)
    if count <= low:
        return None
    first, last = np.indices((count, count))
    apart = last - first
    weaker = np.where((apart >= low) & (apart <= high), np.minimum(profile[:, None], profile[None, :]), -1)
    best = int(weaker.max())
    if best <= 0:
        return None
    good = np.argwhere(weaker >= ALIKE * best)
    start, end = good[np.argmax(good[:, 1] - good[:, 0])].tolist()
    return start, end


def corners(inner: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], ...]:
    """The four corners of a shape, a ninth of its sides wide."""
    down, across = max(1, inner.shape[0] // 9), max(1, inner.shape[1] // 9)
    return inner[:down, :across], inner[:down, -across:], inner[-down:, :across], inner[-down:, -across:]
