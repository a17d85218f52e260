"""Finds by how many quarters a page must be turned: rows from geometry, the upper edge by reading samples."""

import re
from collections.abc import Callable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.imaging.affine import Turn
from laodoc.imaging.ink import LARGEST_LETTER_MM, SMALLEST_LETTER_MM, Components, Ink, components, find_ink, kept
from laodoc.imaging.page import Image
from laodoc.imaging.resample import quarter_turned
from laodoc.imaging.strips import sample_strips

ReadLines = Callable[[Sequence[Image]], Sequence[tuple[str, float]]]
"""Reads line images (grey, dark on white, 300 dots an inch): text and confidence 0..1 of each, in order."""

FEWEST_LETTERS = 6
"""Letters under which a page has no rows to speak of."""

CLEAR_ROWS = 0.2
"""How far the votes for one direction of rows must lead, in parts of all votes, to be believed without reading."""

SAMPLES = 6
MORE_SAMPLES = 14
"""Strips read each way round; the second number where the first leave doubt."""

CLEAR_READING = 1.35
"""Times by which the right way round must be read better than the other: upside-down Thai still gives some letters."""

LEAST_READ = 2.0
"""Sure letters under which a way round counts as not read at all."""

CLOSE_BY = 0.45
"""Gap that is closed, in letter sizes: letters of a row stand 0.1-0.3 apart, consonants of two rows 0.6 and more."""

FULL_SIZE = 0.6
"""Of the usual size, what a letter has at least; Thai vowels and tone marks, which stand above consonants, have half."""

GROWN_TOGETHER = 2.5
"""Times as wide as high: no letter, but several in a row."""

THINNEST_LETTER_MM = 0.6
LONGEST_WORD_MM = 36.0

LETTER = re.compile(r"[ก-ฮ๐-๙0-9A-Za-zเ-ไะาำ]")


def rotation(page: Image, dpi: float, read: ReadLines) -> Turn:
    """Clockwise degrees that turn a page (grey or RGB, `dpi` pixels an inch) upright; 0 for an empty page.

    Whether rows lie or stand is told by where letters have their neighbours (after O'Gorman's docstrum, 1993); which
    way is up by reading some of them both ways. Where the rows are in doubt all four ways are read.
    """
    grey = page if page.ndim == 2 else np.ascontiguousarray(page[:, :, 1])
    lead = lying_rows(grey, dpi)
    if lead is None:
        return 0
    if abs(lead) >= CLEAR_ROWS:
        pairs: tuple[tuple[Turn, Turn], ...] = ((0, 180),) if lead > 0 else ((90, 270),)
    else:
        pairs = ((0, 180), (90, 270)) if lead >= 0 else ((90, 270), (0, 180))
    return best_turn(grey, dpi, read, pairs)


def best_turn(grey: Image, dpi: float, read: ReadLines, pairs: Sequence[tuple[Turn, Turn]]) -> Turn:
    """The way round that is read best; the first one where nothing is read at all."""
    for count in (SAMPLES, MORE_SAMPLES):
        scores: dict[Turn, float] = {}
        for upright, overturned in pairs:
            strips = sample_strips(quarter_turned(grey, upright), dpi, count)
            scores[upright], scores[overturned] = read_both_ways(strips, read)
        first, *others = sorted(scores, key=lambda turn: scores[turn], reverse=True)
        if scores[first] >= LEAST_READ and scores[first] >= CLEAR_READING * scores[others[0]]:
            break
    return first


def read_both_ways(strips: Sequence[Image], read: ReadLines) -> tuple[float, float]:
    """Sure letters read in the strips as they are, and turned upside down."""
    if not strips:
        return 0.0, 0.0
    readings = read([*strips, *(quarter_turned(strip, 180) for strip in strips)])
    sure = [confidence**2 * len(LETTER.findall(text)) for text, confidence in readings]
    return sum(sure[: len(strips)]), sum(sure[len(strips) :])


def lying_rows(grey: Image, dpi: float) -> float | None:
    """From -1 (all rows stand) to 1 (all rows lie); None where there are too few letters to say.

    Letters stand close in their row and far from the next row, so closing small gaps along the rows joins many of them
    and across the rows few. Words already grown together vote by their shape.
    """
    ink = find_ink(grey, dpi)
    pieces = components(ink.mask)
    letters = letter_like(pieces, ink)
    count = int(np.count_nonzero(letters))
    if count < FEWEST_LETTERS:
        return None
    width, height = pieces.boxes[letters, 2], pieces.boxes[letters, 3]
    reach = max(2, round(CLOSE_BY * float(np.median(np.maximum(width, height))))) + 1
    mask = kept(pieces, letters)
    lying = count - count_closed(mask, reach, 1) + np.count_nonzero(width > GROWN_TOGETHER * height)
    standing = count - count_closed(mask, 1, reach) + np.count_nonzero(height > GROWN_TOGETHER * width)
    return float((lying - standing) / max(1, lying + standing))


def letter_like(pieces: Components, ink: Ink) -> NDArray[np.bool_]:
    """Which pieces are letters or words grown together, whichever way they stand; no rulings, specks or diacritics."""
    shorter = np.minimum(pieces.boxes[:, 2], pieces.boxes[:, 3])
    longer = np.maximum(pieces.boxes[:, 2], pieces.boxes[:, 3])
    possible = (
        (shorter >= ink.pixels(THINNEST_LETTER_MM))
        & (shorter <= ink.pixels(LARGEST_LETTER_MM))
        & (longer >= ink.pixels(SMALLEST_LETTER_MM))
        & (longer <= ink.pixels(LONGEST_WORD_MM))
    )
    if not possible.any():
        return possible
    return np.asarray(possible & (longer >= FULL_SIZE * np.median(longer[possible])))


def count_closed(mask: Image, across: int, down: int) -> int:
    """How many pieces the mask has when gaps narrower than `across` × `down` pixels are closed."""
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((down, across), dtype=np.uint8))
    return int(cv2.connectedComponents(closed, connectivity=8)[0]) - 1
