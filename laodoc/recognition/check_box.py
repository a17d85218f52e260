"""Tick boxes outside tables: checked, empty, or in doubt."""

from typing import Literal

import numpy as np

from laodoc.document import BBox
from laodoc.imaging.labels import labelled
from laodoc.imaging.page import Image

State = Literal["checked", "empty"]

BORDER = 0.18
"""Part of the side that belongs to the printed border, its blur and its skew on each side."""

INK = 160
"""Grey below which a pixel is ink: the ground was evened out to near 255, and faded ink lies near 130."""

STROKE = 0.4
"""Extent of the ink inside, in parts of the side, from which it is a stroke that somebody made."""

SPECK = 0.16
"""Extent up to which it is dust."""

REST_OF_BORDER = 0.12
"""A piece along one inner edge that is thinner than this part of the side is a rest of the printed border."""

FAR_FROM_DOUBT = 0.98
NEAR_DOUBT = 0.7
IN_DOUBT = 0.3
"""Confidence well beyond a limit, at a limit, and between the limits."""


def read_box(grey: Image, box: BBox) -> tuple[State | None, float]:
    """State of the tick box `box` on the page `grey` (ground near 255), and confidence 0..1.

    All measures are parts of the box's own side, so the resolution does not matter. A tick, a cross, a fill or a
    scribble inside counts as checked, however far it runs over the border; dust and rests of the border do not.
    """
    side = min(box.right - box.left, box.bottom - box.top)
    edge = round(BORDER * side)
    inside = grey[box.top + edge : box.bottom - edge, box.left + edge : box.right - edge]
    if inside.size == 0:
        return None, 0.0
    extent = extent_of_ink(inside, side)
    if SPECK < extent < STROKE:
        extent += extent_beyond(grey, box, side)
    return state_of(extent)


BEYOND = 0.6
"""How far around the box a stroke that leaves it is followed, in parts of its side: the label stands further off."""
TOUCHES = 0.12
"""Ink outside goes on from the inside where it comes so near to the border, in parts of the side."""


def extent_beyond(grey: Image, box: BBox, side: int) -> float:
    """How far ink that comes up to the border from outside leads away from it, in parts of the box's side: of a stroke
    that leaves the box most may lie there. What keeps close to the border is the border's own."""
    reach, near = round(BEYOND * side), max(2, round(TOUCHES * side))
    left, top = max(0, box.left - reach), max(0, box.top - reach)
    around = (grey[top : box.bottom + reach, left : box.right + reach] < INK).astype(np.uint8)
    inner = BBox(box.left - left, box.top - top, box.right - left, box.bottom - top)
    around[inner.top : inner.bottom, inner.left : inner.right] = 0
    labels, stats = labelled(around)
    rows, columns = (
        slice(max(0, inner.top - near), inner.bottom + near),
        slice(max(0, inner.left - near), inner.right + near),
    )
    farthest = 0
    for label in np.unique(labels[rows, columns]).tolist():
        if label:
            x, y, wide, tall = stats[label, :4].tolist()
            away = max(inner.left - x, inner.top - y, x + wide - inner.right, y + tall - inner.bottom)
            farthest = max(farthest, away if away > near else 0)
    return farthest / side


def extent_of_ink(inside: Image, side: int) -> float:
    """Longest side of the largest piece of ink inside, in parts of its side; rests of the border do not count."""
    _, stats = labelled((inside < INK).astype(np.uint8))
    pieces = [part for part in stats[1:].tolist() if not _is_border(part, inside.shape, side)]
    return max((max(wide, tall) for _, _, wide, tall, _ in pieces), default=0) / side


def _is_border(part: list[int], shape: tuple[int, ...], side: int) -> bool:
    left, top, wide, tall, _ = part
    lies_along = tall < REST_OF_BORDER * side and (top == 0 or top + tall == shape[0])
    stands_along = wide < REST_OF_BORDER * side and (left == 0 or left + wide == shape[1])
    return lies_along or stands_along


def state_of(extent: float) -> tuple[State | None, float]:
    """The state that an extent of ink means, surer the farther it lies from the limits."""
    if extent >= STROKE:
        return "checked", _between(extent, STROKE, 1.5 * STROKE)
    if extent <= SPECK:
        return "empty", _between(SPECK - extent, 0.0, SPECK)
    return None, IN_DOUBT


def _between(value: float, near: float, far: float) -> float:
    share = min(1.0, max(0.0, (value - near) / (far - near)))
    return round(NEAR_DOUBT + share * (FAR_FROM_DOUBT - NEAR_DOUBT), 3)
