"""Tick boxes: small ruled squares beside a text."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laodoc.document import BBox
from laodoc.layout.ink import Ink, pixels
from laodoc.layout.page import TickBox


@dataclass(frozen=True, slots=True)
class TickBoxSettings:
    """What a tick box looks like; no letter has four straight sides with four sharp corners."""

    side_mm: tuple[float, float] = (2.0, 7.0)
    square: float = 0.18
    """Width and height differ by no more than this part."""
    ruled: float = 0.9
    """Part of each side that is inked."""
    side_depth: float = 0.14
    """Depth of the strip in which a side lies, in parts of the box: the thickness of its ruling and some skew."""
    corner: float = 0.12
    """Size of the corners, each of which has ink, in parts of the box: rounder shapes are letters (๐, O)."""
    filled: float = 0.75
    """A box that is inked to this part is a blot or a bullet."""


PLAIN = TickBoxSettings()


def find_tick_boxes(ink: Ink, dpi: float, settings: TickBoxSettings = PLAIN) -> list[TickBox]:
    """The tick boxes among the components of an ink, empty or ticked inside."""
    smallest, largest = (pixels(side, dpi) for side in settings.side_mm)
    widths, heights = ink.widths, ink.heights
    shaped = (
        (np.minimum(widths, heights) >= smallest)
        & (np.maximum(widths, heights) <= largest)
        & (np.abs(widths - heights) <= settings.square * np.maximum(widths, heights))
        & (ink.areas <= settings.filled * widths * heights)
    )
    return [
        TickBox(BBox(*box)) for box in ink.boxes[shaped].tolist() if is_square(_cut(ink.mask, BBox(*box)), settings)
    ]


def _cut(mask: NDArray[np.uint8], box: BBox) -> NDArray[np.bool_]:
    return np.asarray(mask[box.top : box.bottom, box.left : box.right] > 0)


def is_square(shape: NDArray[np.bool_], settings: TickBoxSettings) -> bool:
    """Whether a shape, cut at its box, has four ruled sides and sharp corners."""
    height, width = shape.shape
    deep, wide = max(1, round(settings.side_depth * height)), max(1, round(settings.side_depth * width))
    sides = (
        shape[:deep].any(axis=0),
        shape[-deep:].any(axis=0),
        shape[:, :wide].any(axis=1),
        shape[:, -wide:].any(axis=1),
    )
    down, across = max(1, round(settings.corner * height)), max(1, round(settings.corner * width))
    corners = (
        shape[:down, :across],
        shape[:down, -across:],
        shape[-down:, :across],
        shape[-down:, -across:],
    )
    return all(side.mean() >= settings.ruled for side in sides) and all(corner.any() for corner in corners)
