"""The ink that belongs to a cell, gathered to pieces that a hand made in one go."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.document import BBox
from laodoc.imaging.page import Image
from laodoc.layout.boxes import grow

MM_PER_INCH = 25.4

INK = 190
"""Grey below which a pixel is ink: the ground was evened out to near 255, strokes of a faded pen lie near 150."""

REACH_MM = 5.0
"""How far beyond its cell a mark is followed: a hand draws over the border, rarely over a whole row."""

LINK_MM = 0.3
"""Ink closer than this is one piece: a bilevel scan breaks thin strokes, and an erased ruling cuts them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of ink, cut out alone: `image` is grey on 255, `bbox` its place on the page, `share_inside` the part of
    its ink that lies in the cell; width and height in mm."""

    image: Image
    bbox: BBox
    share_inside: float
    width: float
    height: float

    @property
    def extent(self) -> float:
        return max(self.width, self.height)


def pieces_of(grey: Image, cell: BBox, dpi: float) -> tuple[Piece, ...]:
    """All pieces that have ink in `cell`, the largest first; `grey` is the whole page without its rulings."""
    dots_per_mm = dpi / MM_PER_INCH
    if not (grey[cell.top : cell.bottom, cell.left : cell.right] < INK).any():
        return ()
    page_height, page_width = grey.shape
    window = grow(cell, round(REACH_MM * dots_per_mm), page_width, page_height)
    picture = grey[window.top : window.bottom, window.left : window.right]
    ink = (picture < INK).astype(np.uint8)
    link = max(1, round(LINK_MM * dots_per_mm))
    count, labels = cv2.connectedComponents(cv2.dilate(ink, disc(link)), connectivity=8)
    labels[ink == 0] = 0
    inside = labels[
        cell.top - window.top : cell.bottom - window.top, cell.left - window.left : cell.right - window.left
    ]
    inked, inked_inside = np.bincount(labels.ravel(), minlength=count), np.bincount(inside.ravel(), minlength=count)
    pieces = [
        _piece(
            picture, labels == label, window=window, share=inked_inside[label] / inked[label], dots_per_mm=dots_per_mm
        )
        for label in range(1, count)
        if inked_inside[label]
    ]
    return tuple(sorted(pieces, key=lambda piece: -piece.extent))


def disc(diameter: int) -> NDArray[np.uint8]:
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (diameter, diameter)), np.uint8)


def _piece(picture: Image, ink: NDArray[np.bool_], *, window: BBox, share: float, dots_per_mm: float) -> Piece:
    left, top, width, height = cv2.boundingRect(ink.astype(np.uint8))
    own = ink[top : top + height, left : left + width].astype(np.uint8)
    cut = picture[top : top + height, left : left + width].copy()
    cut[cv2.dilate(own, disc(3)) == 0] = 255
    return Piece(
        image=cut,
        bbox=BBox(window.left + left, window.top + top, window.left + left + width, window.top + top + height),
        share_inside=float(share),
        width=width / dots_per_mm,
        height=height / dots_per_mm,
    )
