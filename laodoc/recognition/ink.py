"""The ink that belongs to a cell, gathered to pieces that a hand made in one go."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.document import BBox
from laodoc.imaging.labels import Labels, labelled
from laodoc.imaging.page import Image
from laodoc.imaging.paper import MM_PER_INCH
from laodoc.layout.boxes import grow, union

INK = 190
"""Grey below which a pixel is ink: the ground was evened out to near 255, strokes of a faded pen lie near 150."""

REACH_MM = 5.0
"""How far beyond its cell a mark is followed: a hand draws over the border, rarely over a whole row."""

LINK_MM = 0.3
"""Ink closer than this is one piece: a bilevel scan breaks thin strokes, and an erased ruling cuts them."""


DUST_MM = 0.5
"""Extent up to which a spot of its own is dust, toner or a bit broken off a stroke: beside a larger part it does
not stretch the piece."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of ink, cut out alone: `image` is grey on 255, `bbox` its place on the page, `share_inside` the part of
    its ink that lies in the cell; width and height, and the extent of its largest unbroken part (`grain`), in mm."""

    image: Image
    bbox: BBox
    share_inside: float
    width: float
    height: float
    grain: float

    @property
    def extent(self) -> float:
        return max(self.width, self.height)


def pieces_of(grey: Image, cell: BBox, dpi: float, *, link_mm: float = LINK_MM) -> tuple[Piece, ...]:
    """All pieces that have ink in `cell`, the largest first; `grey` is the whole page without its rulings. Ink closer
    than `link_mm` is one piece."""
    dots_per_mm = dpi / MM_PER_INCH
    if not (grey[cell.top : cell.bottom, cell.left : cell.right] < INK).any():
        return ()
    page_height, page_width = grey.shape
    window = grow(cell, round(REACH_MM * dots_per_mm), page_width, page_height)
    picture = grey[window.top : window.bottom, window.left : window.right]
    ink = (picture < INK).astype(np.uint8)
    link = max(1, round(link_mm * dots_per_mm))
    linked = labelled(np.asarray(cv2.dilate(ink, disc(link)), np.uint8))[0] * ink
    inside = linked[
        cell.top - window.top : cell.bottom - window.top, cell.left - window.left : cell.right - window.left
    ]
    inked = np.bincount(linked[ink > 0])
    inked_inside = np.bincount(inside.ravel(), minlength=len(inked))
    pieces = []
    for label, parts in _parts_of(ink, linked).items():
        if inked_inside[label]:
            box, grain = _solid_box(parts, dots_per_mm)
            piece = Piece(
                image=_alone(picture, linked, label, box),
                bbox=BBox(
                    window.left + box.left, window.top + box.top, window.left + box.right, window.top + box.bottom
                ),
                share_inside=float(inked_inside[label] / inked[label]),
                width=(box.right - box.left) / dots_per_mm,
                height=(box.bottom - box.top) / dots_per_mm,
                grain=grain,
            )
            pieces.append(piece)
    return tuple(sorted(pieces, key=lambda piece: -piece.extent))


def disc(diameter: int) -> NDArray[np.uint8]:
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (diameter, diameter)), np.uint8)


def _parts_of(ink: NDArray[np.uint8], linked: Labels) -> dict[int, list[BBox]]:
    """The boxes of the unbroken parts of every linked piece."""
    labels, stats = labelled(ink)
    homes: dict[int, list[BBox]] = {}
    for name, (left, top, width, height, _) in enumerate(stats[1:].tolist(), start=1):
        column = left + int(np.argmax(labels[top, left : left + width] == name))
        homes.setdefault(int(linked[top, column]), []).append(BBox(left, top, left + width, top + height))
    return homes


def _solid_box(parts: list[BBox], dots_per_mm: float) -> tuple[BBox, float]:
    """The box around the parts that are more than dust (around all where all are), and the largest extent in mm."""
    extents = [max(part.right - part.left, part.bottom - part.top) / dots_per_mm for part in parts]
    solid = [part for part, extent in zip(parts, extents, strict=True) if extent > DUST_MM]
    return union(solid or parts), max(extents)


def _alone(picture: Image, linked: Labels, label: int, box: BBox) -> Image:
    """The piece's picture within the box, everything else white."""
    part = np.s_[box.top : box.bottom, box.left : box.right]
    cut = picture[part].copy()
    cut[cv2.dilate((linked[part] == label).astype(np.uint8), disc(3)) == 0] = 255
    return cut
