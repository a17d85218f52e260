"""Finds by how many quarters a page must be turned: rows from geometry, the upper edge by reading samples."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.imaging.affine import Turn
from laodoc.imaging.deskew import skew_of, without_border
from laodoc.imaging.ink import LARGEST_LETTER_MM, SMALLEST_LETTER_MM, Components, Ink, components, find_ink, kept
from laodoc.imaging.page import Image
from laodoc.imaging.resample import grey_of, quarter_turned
from laodoc.imaging.strips import sample_strips

ReadLines = Callable[[Sequence[Image]], Sequence[tuple[str, float]]]
"""Reads line images (grey, dark on white, 300 dots an inch): text and confidence 0..1 of each, in order."""

FEWEST_LETTERS = 6
"""Letters under which a page has no rows to speak of."""

CLEAR_ROWS = 0.2
"""How far the votes for one direction of rows must lead, in parts of all votes, to be believed without reading."""

SAMPLES = (3, 9, 18)
"""Strips read each way round; the further numbers where the first leave doubt."""

SURENESS = 4
"""Power of the confidence by which a letter counts: recognizers read overturned Thai as about as many letters, but at
0.6 where upright text has over 0.9, and a strip or two may not be read at all."""

CLEAR_READING = 2.0
"""Times by which the right way round must be read better than the next before no more samples are read."""

PLAIN_LETTERS = 24
PLAIN_READING = 0.5
"""So many letters that are read so surely on the average (as `SURENESS` counts them) cannot be upside down, and the
other way is not read at all: overturned pages reach 0.16, upright ones nearly all 0.5."""

LEAST_READ = 6.0
"""Sure letters under which a way round counts as hardly read: two short cells of a table have as many."""

CLOSE_BY = 0.45
"""Gap that is closed, in letter sizes: letters of a row stand 0.1-0.3 apart, consonants of two rows 0.6 and more."""

FULL_SIZE = 0.6
"""Of the usual size, what a letter has at least; the vowels and tones above consonants have half."""

GROWN_TOGETHER = 2.5
"""Times as wide as high: no letter, but several in a row."""

THINNEST_LETTER_MM = 0.6
LONGEST_WORD_MM = 36.0

LETTER = re.compile(r"[ก-ฮ๐-๙0-9A-Za-zเ-ไะาำ]")


@dataclass(frozen=True, slots=True)
class Attitude:
    """How a page lies: `turn` clockwise degrees make it upright, and then its lines fall by `skew` degrees."""

    turn: Turn
    skew: float


def rotation(page: Image, dpi: float, read: ReadLines) -> Turn:
    """Clockwise degrees that turn a page (grey or RGB, `dpi` pixels an inch) upright; 0 for an empty page."""
    return attitude(grey_of(page), dpi, read).turn


def attitude(grey: Image, dpi: float, read: ReadLines) -> Attitude:
    """How a grey page lies; as it should where it is empty.

    Whether rows lie or stand is told by where letters have their neighbours (in the spirit of O'Gorman's docstrum,
    1993); which way is up by reading some of them both ways. Where the rows are in doubt all four ways are read.
    """
    ink = find_ink(grey, dpi)
    pieces = components(ink.mask)
    mask = without_border(ink, pieces)
    lead = lying_rows(ink, pieces)
    if lead is None:
        return Attitude(0, skew_of(mask))
    pairs: list[tuple[Turn, Turn]] = [(0, 180), (90, 270)]
    if lead < 0:
        pairs.reverse()
    if abs(lead) >= CLEAR_ROWS:
        pairs.pop()
    ways = [Way(turns, quarter_turned(grey, turns[0]), Ink(quarter_turned(mask, turns[0]), ink.dpi)) for turns in pairs]
    return best_way(ways, dpi, read)


class Way:
    """A page turned so that its rows may lie; `turns` are the quarters for this way up and for the other."""

    def __init__(self, turns: tuple[Turn, Turn], grey: Image, ink: Ink) -> None:
        self.turns, self.grey, self.ink = turns, grey, ink
        self.skew = skew_of(ink.mask)


def best_way(ways: Sequence[Way], dpi: float, read: ReadLines) -> Attitude:
    """The way round that is read best; the first one where nothing is read at all."""
    scores: dict[Turn, float] = {}
    for count in SAMPLES:
        for way in ways:
            strips = sample_strips(way.grey, dpi, way.ink, way.skew, count)
            letters, sure = read_letters(strips, read)
            if letters >= PLAIN_LETTERS and sure >= PLAIN_READING * letters:
                return Attitude(way.turns[0], way.skew)
            overturned = read_letters([quarter_turned(strip, 180) for strip in strips], read)
            scores.update(zip(way.turns, (sure, overturned[1]), strict=True))
        first, second = sorted(scores.values(), reverse=True)[:2]
        if first >= LEAST_READ and first >= CLEAR_READING * second:
            break
    best = max(scores, key=lambda turn: scores[turn])
    return Attitude(best, next(way.skew for way in ways if best in way.turns))


def read_letters(strips: Sequence[Image], read: ReadLines) -> tuple[int, float]:
    """How many letters are read in the strips, and how many when each counts as much as it is sure."""
    readings = [(len(LETTER.findall(text)), confidence) for text, confidence in read(strips)] if strips else []
    return sum(letters for letters, _ in readings), sum(n * confidence**SURENESS for n, confidence in readings)


def lying_rows(ink: Ink, pieces: Components) -> float | None:
    """From -1 (all rows stand) to 1 (all rows lie); None where there are too few letters to say.

    Letters stand close in their row and far from the next row, so closing small gaps along the rows joins many of them
    and across the rows few. Words already grown together vote by their shape.
    """
    letters = letter_like(pieces, ink)
    count = int(np.count_nonzero(letters))
    if count < FEWEST_LETTERS:
        return None
    width, height = pieces.boxes[letters, 2], pieces.boxes[letters, 3]
    reach = max(2, round(CLOSE_BY * float(np.median(np.maximum(width, height))))) + 1
    mask = kept(pieces, letters)
    lying = count - count_closed(mask, reach, 1) + int(np.count_nonzero(width > GROWN_TOGETHER * height))
    standing = count - count_closed(mask, 1, reach) + int(np.count_nonzero(height > GROWN_TOGETHER * width))
    return (lying - standing) / max(1, lying + standing)


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
