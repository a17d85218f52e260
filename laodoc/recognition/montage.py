"""Many line images on one picture, and the words found on it given back to their lines.

Starting Tesseract and loading its models costs more than reading a short line, so lines share a picture.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from laodoc.recognition.engine import LineImage
from laodoc.recognition.reading import Reading

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

SPACE = 0.2
"""Smallest white between two Thai words that was meant as a space, in parts of the line height. Thai is written without
spaces between words, Tesseract puts one between most; a printed space is a quarter of an em."""


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
    homes: dict[int, list[FoundWord]] = {strip.index: [] for strip in montage.strips}
    for word in words:
        middle = (word.top + word.bottom) / 2
        nearest = min(montage.strips, key=lambda strip: abs((strip.top + strip.bottom) / 2 - middle))
        homes[nearest.index].append(word)
    for index, found in homes.items():
        yield index, join(sorted(found, key=lambda word: (word.left, word.right)))


def join(words: Sequence[FoundWord]) -> Reading:
    """One reading from a line's words, left to right; its confidence is that of its letters on average."""
    if not words:
        return Reading("", 0.0)
    text = words[0].text
    for before, word in pairwise(words):
        text += (" " if _apart(before, word) else "") + word.text
    letters = sum(len(word.text) for word in words)
    return Reading(text, sum(word.confidence * len(word.text) for word in words) / letters)


def _apart(before: FoundWord, word: FoundWord) -> bool:
    """A space stands between two words where one is not Thai, or where the white between them is wide."""
    if not (_is_thai(before.text[-1]) and _is_thai(word.text[0])):
        return True
    return word.left - before.right >= SPACE * LINE_HEIGHT


def _is_thai(letter: str) -> bool:
    return "฀" <= letter <= "๿"
