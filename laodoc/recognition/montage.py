"""Many line images on one picture, and the words found on it given back to their lines.

Starting Tesseract and loading its models costs more than reading a short line, so lines share a picture.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.recognition.engine import LineImage
from laodoc.recognition.reading import Reading
from laodoc.thai.diacritics import normalise

LINE_HEIGHT = 72
"""Pixels to which every line is brought. Lines are cut from above the highest tone mark to below the deepest descender,
about one em, so that consonants are then near 30 px: the size for which Tesseract's models were trained."""

GAP = 0.5
"""White between two lines, in parts of the line height: enough that page segmentation never joins them."""

MARGIN = 0.5
"""White around the whole picture, in parts of the line height."""

LINES_A_PICTURE = 60
"""Lines on one picture: as many as an A4 page has, so that its own segmentation is at home."""

INK = 128
"""Grey below which a pixel may be ink: the ground was evened out to near 255."""

SPACE = 0.16
"""Smallest white between two words that was meant as a space, in parts of the line height. Thai is written without
spaces between words, yet Tesseract answers one between most; letters of one word stand within a tenth, and a printed
space is about a fifth of the line height."""

LOOK_AROUND = 0.3
"""How far into both words the white between them is looked for, in parts of the line height: Tesseract's boxes are off
by up to half a letter."""


@dataclass(frozen=True, slots=True)
class FoundWord:
    """A word on a picture: its box in pixels and Tesseract's confidence, 0..1."""

    text: str
    confidence: float
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Strip:
    """Where line `index` lies on its picture (rows `top` to `bottom`, exclusive)."""

    index: int
    top: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Montage:
    """One picture, grey, with the strips on it from top to bottom."""

    image: LineImage
    strips: tuple[Strip, ...]


def stack(lines: Sequence[LineImage]) -> list[Montage]:
    """Put the lines that have ink under each other, all at one height, on as few pictures as hold them."""
    inked = [index for index, line in enumerate(lines) if line.size and line.min() < INK]
    return [
        _picture([(index, _scaled(lines[index])) for index in inked[start : start + LINES_A_PICTURE]])
        for start in range(0, len(inked), LINES_A_PICTURE)
    ]


def _scaled(line: LineImage) -> LineImage:
    height, width = line.shape
    scale = LINE_HEIGHT / height
    size = (max(1, round(width * scale)), LINE_HEIGHT)
    return np.asarray(cv2.resize(line, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC), np.uint8)


def _picture(lines: Sequence[tuple[int, LineImage]]) -> Montage:
    margin, pitch = round(MARGIN * LINE_HEIGHT), round((1 + GAP) * LINE_HEIGHT)
    width = max(line.shape[1] for _, line in lines)
    image = np.full((2 * margin + pitch * len(lines), 2 * margin + width), 255, np.uint8)
    strips = []
    for place, (index, line) in enumerate(lines):
        top = margin + place * pitch
        image[top : top + LINE_HEIGHT, margin : margin + line.shape[1]] = line
        strips.append(Strip(index, top, top + LINE_HEIGHT))
    return Montage(image, tuple(strips))


def unstack(montage: Montage, words: Iterable[FoundWord]) -> Iterator[tuple[int, Reading]]:
    """(index, reading) of every line on the picture: a word belongs to the strip that its middle is nearest to."""
    homes: dict[Strip, list[FoundWord]] = {strip: [] for strip in montage.strips}
    for word in words:
        middle = (word.top + word.bottom) / 2
        homes[min(montage.strips, key=lambda strip: abs((strip.top + strip.bottom) / 2 - middle))].append(word)
    for strip, found in homes.items():
        inked = np.asarray((montage.image[strip.top : strip.bottom] < INK).any(axis=0), np.bool_)
        yield strip.index, join(sorted(found, key=lambda word: (word.left, word.right)), inked)


def join(words: Sequence[FoundWord], inked: NDArray[np.bool_]) -> Reading:
    """One reading from a line's words, left to right; its confidence is that of its letters on average.

    `inked` says of every column of the picture whether the line has ink there.
    """
    if not words:
        return Reading("", 0.0)
    text = words[0].text
    for before, word in pairwise(words):
        text += (" " if white_between(before, word, inked) >= SPACE * LINE_HEIGHT else "") + word.text
    letters = sum(len(word.text) for word in words)
    return Reading(normalise(text), sum(word.confidence * len(word.text) for word in words) / letters)


def white_between(before: FoundWord, word: FoundWord, inked: NDArray[np.bool_]) -> int:
    """Columns of the widest white around the seam of two words."""
    around = round(LOOK_AROUND * LINE_HEIGHT)
    start, end = min(before.right, word.left) - around, max(before.right, word.left) + around
    walls = np.flatnonzero(inked[max(0, start) : end])
    return int(np.diff(walls).max(initial=1)) - 1
