"""The page with some kinds of ink taken away, as the ink map tells them apart."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.imaging.labels import labelled
from laodoc.imaging.page import Image
from laodoc.ink.kinds import Kind
from laodoc.ink.map import InkMap
from laodoc.layout.ink import dark_pixels

GROUND = 255
GOES_FROM = 110
"""Chance, of 255, from which ink of a kind goes at all …"""
KEPT_FROM = 90
"""… unless a kind that stays has this chance, or is the likelier: print under a highlighter is print, and to lose it is
worse than to keep a pen's stroke."""
WHOLLY = 0.7
"""Part of a piece of ink that is of a kind from which all of it is: the map's cells are coarse, and strokes end between
them."""
HALO = 5
"""Side in pixels of the square by which removed ink takes its soft edge with it."""


def without(grey: Image, ink_map: InkMap, dpi: float, *, drop: Sequence[Kind], keep: Sequence[Kind]) -> Image:
    """The even page `grey` (height, width) without the ink that is rather of the kinds `drop` than of `keep`; the same
    object where nothing goes."""
    places = rather(ink_map, drop, keep)
    if not places.any():
        return grey
    mask = dark_pixels(grey, dpi)
    gone = cv2.bitwise_and(mask, ink_map.on_page(places))
    if not gone.any():
        return grey
    gone = whole_pieces(mask, np.asarray(gone, np.uint8))
    if not gone.any():
        return grey
    kept = cv2.dilate(cv2.bitwise_and(mask, cv2.bitwise_not(gone)), np.ones((3, 3), np.uint8))
    halo = cv2.dilate(gone, np.ones((HALO, HALO), np.uint8))
    peeled = grey.copy()
    peeled[(gone > 0) | ((halo > 0) & (kept == 0))] = GROUND
    return peeled


def rather(ink_map: InkMap, drop: Sequence[Kind], keep: Sequence[Kind]) -> NDArray[np.bool_]:
    """Where on the map ink is rather of the kinds `drop` than of `keep`."""
    gone = ink_map.chances[list(drop)].max(axis=0)
    kept = ink_map.chances[list(keep)].max(axis=0)
    return np.asarray((gone >= GOES_FROM) & (kept < np.minimum(gone, KEPT_FROM)), np.bool_)


def whole_pieces(mask: Image, gone: Image) -> Image:
    """The pieces of the ink `mask` (255) of which `gone` is the most; where a pen crosses print, they hang together and
    stay."""
    labels, stats = labelled(mask)
    taken = np.bincount(labels[gone > 0], minlength=len(stats))
    whole = taken >= WHOLLY * stats[:, cv2.CC_STAT_AREA]
    whole[0] = False
    return np.asarray(whole.astype(np.uint8) * 255, np.uint8)[labels]
