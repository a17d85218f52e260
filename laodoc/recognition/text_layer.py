"""Text that a PDF carries itself, asked for by the boxes of the upright page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from laodoc.document import BBox
from laodoc.imaging.affine import apply, inverse
from laodoc.imaging.page import Affine, UprightPage, Word
from laodoc.recognition.reading import Reading

PRINTED = 0.99
"""Confidence in a text layer: what a program wrote there is what it printed, but for rare faults of fonts."""

SPACE = 0.15
"""Smallest gap between two runs that was meant as a space, in parts of the runs' height; letters of one word lie closer
and a printed space is a quarter of an em."""

SAME_LINE = 0.5
"""Two runs stand on one line where the middle of one lies within this part of the other's height from its middle."""


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A run of text with its box in pixels of the upright page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top


class LayerReader:
    """Reads boxes of one page from its text layer."""

    def __init__(self, page: UprightPage) -> None:
        to_upright = inverse(page.to_source)
        self._words = tuple(place(word, to_upright) for word in page.words if word.text.strip())

    def read_box(self, bbox: BBox) -> Reading | None:
        """The text whose middle lies in `bbox` (pixels of the upright page), line by line; None where there is none."""
        inside = [word for word in self._words if _within(word.middle, bbox)]
        if not inside:
            return None
        return Reading(" ".join(_joined(line) for line in _in_lines(inside)), PRINTED)


def place(word: Word, to_upright: Affine) -> PlacedWord:
    """The word where it lies on the upright page, its box the one around its four mapped corners."""
    corners = [apply(to_upright, x, y) for x in (word.left, word.right) for y in (word.top, word.bottom)]
    xs, ys = zip(*corners, strict=True)
    return PlacedWord(word.text, min(xs), min(ys), max(xs), max(ys))


def _within(point: tuple[float, float], bbox: BBox) -> bool:
    x, y = point
    return bbox.left <= x < bbox.right and bbox.top <= y < bbox.bottom


def _in_lines(words: Iterable[PlacedWord]) -> list[list[PlacedWord]]:
    """Words gathered to lines from top to bottom, each from left to right."""
    lines: list[list[PlacedWord]] = []
    for word in sorted(words, key=lambda word: word.middle[1]):
        if lines and word.middle[1] - lines[-1][0].middle[1] <= SAME_LINE * lines[-1][0].height:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.left) for line in lines]


def _joined(line: Sequence[PlacedWord]) -> str:
    text = line[0].text
    for before, word in pairwise(line):
        apart = word.left - before.right >= SPACE * min(before.height, word.height)
        text += (" " if apart else "") + word.text
    return " ".join(text.split())
