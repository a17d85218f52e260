"""The page without dirt and without what pens wrote on it, as the ink map tells them from print."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.document import BBox
from laodoc.imaging.labels import labelled
from laodoc.imaging.page import Image
from laodoc.ink.kinds import MAP_DPI, Kind
from laodoc.ink.map import InkMap
from laodoc.layout.boxes import shifted
from laodoc.layout.clusters import clusters, to_page
from laodoc.layout.ink import GRAIN_MM, LETTER_MM, Ink, dark_pixels, inside, pixels
from laodoc.layout.line_groups import letter_links
from laodoc.layout.line_pairs import by_root, unite
from laodoc.layout.line_settings import GroupSettings
from laodoc.layout.page import Grid

GROUND = 255
GOES_FROM = 110
"""Chance, of 255, from which ink of a kind goes at all …"""
KEPT_FROM = 90
"""… unless a kind that stays has this chance, or is the likelier: to lose print is worse than to keep a stroke."""
WHOLLY = 0.7
"""Part of a piece of ink that is of a kind from which all of it is: the map's cells are coarse, and strokes end between
them. Where a pen crosses print they hang together, and stay."""
MOSTLY, HARDLY = 0.5, 0.05
"""A piece is a pen's, too, of which the map takes the first part for it and not even the second for what stays."""
HALO = 5
"""Side in pixels of the square by which removed ink takes its soft edge with it."""
SPECK_MM = 0.8
"""Dirt up to this size is taken away; consonants of 8-point print are 0.9 mm high."""
STREAK = 7.0
"""Length of a streak in parts of its width, at least: a dash has 4, ไ with its tail 3."""

STAYING = (Kind.PRINT, Kind.STAMP, Kind.RULING, Kind.BOX, Kind.LEADER, Kind.FIGURE)

Stats = NDArray[np.int32]
"""Statistics of pieces of ink as OpenCV tells them: left, top, width, height, area."""


@dataclass(frozen=True, slots=True)
class Peeled:
    """A page without dirt and pens outside the parts that were left alone, and the pens' ink that was taken from it."""

    clean: Image
    hand: Ink


def peel(inked: Image, ink_map: InkMap, dpi: float, taken: Sequence[BBox], grids: Sequence[Grid] = ()) -> Peeled:
    """Take from the even page `inked` (height, width), rulings painted out, what lies outside the boxes `taken` and is
    wholly dirt or a pen's, and the signatures that stand beside print in cells of `grids`. Dirt of a letter's shape
    stays: print under a highlighter may look like it."""
    mask = dark_pixels(inked, dpi)
    places = rather(ink_map, (Kind.HAND,), STAYING), rather(ink_map, (Kind.DIRT,), (Kind.HAND, *STAYING))
    nothing = Ink(mask, np.zeros((0, 4), np.int32), np.zeros(0, np.int32))
    if not (places[0].any() or places[1].any()):
        return Peeled(inked, nothing)
    labels, stats = labelled(mask)
    looked = (*places, ink_map.holds(*STAYING))
    shares = [np.bincount(labels[ink_map.on_page(each) > 0], minlength=len(stats)) for each in looked]
    areas = stats[:, cv2.CC_STAT_AREA]
    boxes = boxes_of(stats)
    free = np.ones(len(stats), np.bool_)
    free[0] = False
    for box in taken:
        free &= ~inside(boxes, box)
    written = (shares[0] >= WHOLLY * areas) | ((shares[0] >= MOSTLY * areas) & (shares[2] <= HARDLY * areas))
    hand = free & written
    hand &= ~in_rows_of_print(boxes, hand, dpi)
    hand |= signatures_in_cells(boxes, written, ink_map, dpi, grids)
    dirt = free & (shares[1] >= WHOLLY * areas) & no_letters(stats, dpi)
    marks = marks_of_letters(boxes, hand | dirt, dpi)
    hand, dirt = hand & ~marks, dirt & ~marks
    if not (hand.any() or dirt.any()):
        return Peeled(inked, nothing)
    gone = np.asarray((hand | dirt).astype(np.uint8) * 255, np.uint8)[labels]
    large = hand & (np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) >= pixels(GRAIN_MM, dpi))
    return Peeled(erased(inked, mask, gone), Ink(mask, boxes[large], areas[large].astype(np.int32)))


def in_rows_of_print(boxes: NDArray[np.int32], hand: NDArray[np.bool_], dpi: float) -> NDArray[np.bool_]:
    """Which pieces of a pen's ink stand among print on one baseline: figures filled in, or print that looks like a
    pen's. They are read with their row."""
    kept = np.zeros(len(boxes), np.bool_)
    if not hand.any():
        return kept
    heights = boxes[:, 3] - boxes[:, 1]
    lettered = (heights >= pixels(LETTER_MM[0], dpi)) & (heights <= pixels(LETTER_MM[1], dpi))
    lettered[0] = False
    members = np.flatnonzero(lettered)
    links = letter_links(boxes[members], np.zeros(len(members), np.int32), GroupSettings())
    for row in by_root(unite(len(members), links)):
        own = members[row]
        written = hand[own]
        if written.any() and np.count_nonzero(~written) >= ROW_OF_PRINT * len(own):
            kept[own[written]] = True
    return kept


ROW_OF_PRINT = 0.25
"""Part of a row's letters that is print, at least, where it is a row of print."""


MARK_MM = (0.4, 1.8)
"""Size of vowels and tone marks that stack on letters of 10 to 20 points; specks are smaller as a rule."""
STACKED = 0.8
"""Paper between a mark and its letter at most, in heights of the letter: a tone mark stands over a vowel."""


def marks_of_letters(boxes: NDArray[np.int32], going: NDArray[np.bool_], dpi: float) -> NDArray[np.bool_]:
    """Which of the pieces that are `going` may be marks of a letter that stays: over it or under it, no wider, and of a
    mark's size. On the map they are a cell or two, and beside a signature they look like it."""
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    largest = np.maximum(width, height)
    small = np.flatnonzero(going & (largest >= pixels(MARK_MM[0], dpi)) & (largest <= pixels(MARK_MM[1], dpi)))
    letters = ~going & (height >= pixels(LETTER_MM[0], dpi)) & (height <= pixels(LETTER_MM[1], dpi))
    letters[0] = False
    left, top, right, bottom = boxes[letters].T
    marks = np.zeros(len(boxes), np.bool_)
    for index in small:
        x, up, beyond, down = boxes[index]
        beside = (left < beyond) & (right > x)
        gap = np.maximum(top[beside] - down, up - bottom[beside])
        marks[index] = bool((gap <= STACKED * (bottom - top)[beside]).any())
    return marks


SIGNED_MM = (10.0, 5.0)
"""Width and height from which a pen's strokes in a cell are a signature: ticks and figures are smaller."""
STROKES_MM = (3.0, 2.0)
"""The strokes of one signature stand nearer than this, across and down."""
PRINTED = 60
"""Places on the map, of 0.18 mm², that hold print in a cell in which a name is printed: five letters."""


def signatures_in_cells(
    boxes: NDArray[np.int32], written: NDArray[np.bool_], ink_map: InkMap, dpi: float, grids: Sequence[Grid]
) -> NDArray[np.bool_]:
    """Which pieces of a pen's ink are signatures in a cell that has print too: name and post are read without them."""
    signed = np.zeros(len(boxes), np.bool_)
    printed, by_hand, scale = ink_map.holds(Kind.PRINT), ink_map.holds(Kind.HAND), MAP_DPI / dpi
    wide, high = (pixels(length, dpi) for length in SIGNED_MM)
    for cell in (cell.bbox for grid in grids for cell in grid.cells):
        if cell.right - cell.left < wide or not (written & inside(boxes, cell)).any():
            continue
        left, top, right, bottom = (round(side * scale) for side in cell)
        if np.count_nonzero(printed[top:bottom, left:right]) < PRINTED:
            continue
        for box in clusters(by_hand[top:bottom, left:right], *STROKES_MM):
            place = to_page(shifted(box, left, top), ink_map, dpi)
            if place.right - place.left >= wide and place.bottom - place.top >= high:
                signed |= written & inside(boxes, place)
    return signed


def boxes_of(stats: Stats) -> NDArray[np.int32]:
    """The boxes (n, 4) of pieces of ink."""
    corner = stats[:, [cv2.CC_STAT_LEFT, cv2.CC_STAT_TOP]]
    size = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
    return np.concatenate([corner, corner + size], axis=1).astype(np.int32)


def erased(page: Image, mask: Image, gone: Image) -> Image:
    """A copy of the page without the part `gone` of its ink `mask`, and without its soft edges."""
    kept = cv2.dilate(cv2.bitwise_and(mask, cv2.bitwise_not(gone)), np.ones((3, 3), np.uint8))
    halo = cv2.bitwise_and(cv2.dilate(gone, np.ones((HALO, HALO), np.uint8)), cv2.bitwise_not(kept))
    return np.asarray(cv2.max(page, cv2.bitwise_or(gone, halo)), np.uint8)


def rather(ink_map: InkMap, drop: Sequence[Kind], keep: Sequence[Kind]) -> NDArray[np.bool_]:
    """Where on the map ink is rather of the kinds `drop` than of `keep`."""
    gone = ink_map.chances[list(drop)].max(axis=0)
    kept = ink_map.chances[list(keep)].max(axis=0)
    return np.asarray((gone >= GOES_FROM) & (kept < np.minimum(gone, KEPT_FROM)), np.bool_)


def no_letters(stats: Stats, dpi: float) -> NDArray[np.bool_]:
    """Which pieces of ink are specks or streaks: smaller than any letter, or far longer than wide."""
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    longer, shorter = np.maximum(width, height), np.maximum(1, np.minimum(width, height))
    return np.asarray((longer <= pixels(SPECK_MM, dpi)) | (longer >= STREAK * shorter), np.bool_)
