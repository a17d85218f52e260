"""Where each character of a line stands, from the middles that the reader noted: for text laid over a picture."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from laodoc.document import Line

MARKS = frozenset("\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e")
"""Thai marks: they stand over or under a letter and take no room of their own."""

NARROW = frozenset("เโใไาๅะ.,:;'|!()[]ijlI1 ๆ-/")
WIDE = frozenset("ฌญฐฒณพฟฬผฝฆฑถmwMWำ@%แ๛")
LOOSE = 0.75
"""Of a letter's width, from its middle: where no neighbour is nearer (a space, a dotted leader), it ends here."""

WIDTHS = {"narrow": 0.6, "plain": 1.0, "wide": 1.35}
"""Widths of letters beside that of ก, as text faces have them."""


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """What stands between two spaces (or other wide gaps) of a line: its text, and the left edge of each character and
    the right edge of the last one, in pixels from the page's left."""

    text: str
    edges: tuple[float, ...]

    @property
    def left(self) -> float:
        return self.edges[0]

    @property
    def right(self) -> float:
        return self.edges[-1]


def placed_words(line: Line) -> tuple[PlacedWord, ...]:
    """The words of a line from left to right; they do not overlap, and stay within the line's box."""
    middles = line.places if len(line.places) == len(line.said) else ()
    spans = list(_clusters(line.said))
    if not spans:
        return ()
    letters = [index for index, span in enumerate(spans) if not line.said[span[0]].isspace()]
    if not letters:
        return ()
    widths = [_width(line.said[start]) for start, _ in spans]
    lefts, rights = (
        _around(line, [float(middles[start]) for start, _ in spans], widths) if middles else _spread(line, widths)
    )
    words: list[PlacedWord] = []
    for run in _runs(letters, lefts, rights):
        edges = [lefts[run[0]]]
        for index in run:
            start, end = spans[index]
            edges += [edges[-1] + (rights[index] - edges[-1]) * (k + 1) / (end - start) for k in range(end - start)]
        first, last = spans[run[0]][0], spans[run[-1]][1]
        words.append(PlacedWord(line.said[first:last], tuple(edges)))
    return tuple(words)


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every letter with the marks that stand on it."""
    start = 0
    for index in range(1, len(text) + 1):
        if index == len(text) or text[index] not in MARKS:
            yield start, index
            start = index


def _runs(letters: Sequence[int], lefts: Sequence[float], rights: Sequence[float]) -> Iterator[list[int]]:
    """Letters that follow each other, and between which no letter has room."""
    run: list[int] = []
    for index in letters:
        if run and (index != run[-1] + 1 or lefts[index] - rights[run[-1]] > rights[run[-1]] - lefts[run[-1]]):
            yield run
            run = []
        run.append(index)
    yield run


def _width(letter: str) -> float:
    return WIDTHS["narrow" if letter in NARROW else "wide" if letter in WIDE else "plain"]


def _spread(line: Line, widths: Sequence[float]) -> tuple[list[float], list[float]]:
    """Left and right edges where no middle is known: as wide as letters are wont to be."""
    unit = (line.bbox.right - line.bbox.left) / sum(widths)
    edges = [float(line.bbox.left)]
    for width in widths:
        edges.append(edges[-1] + width * unit)
    return edges[:-1], edges[1:]


def _around(line: Line, middles: Sequence[float], widths: Sequence[float]) -> tuple[list[float], list[float]]:
    """Left and right edges about the middles: neighbours share the room between them as their widths are."""
    left, right = float(line.bbox.left), float(line.bbox.right)
    middles = _rising([min(max(middle, left), right) for middle in middles])
    pitch = [(b - a) / ((v + w) / 2) for (a, b), (v, w) in zip(pairwise(middles), pairwise(widths), strict=True)]
    unit = median(pitch) if pitch else (right - left) / widths[0]
    lefts, rights = [max(left, middles[0] - LOOSE * widths[0] * unit)], []
    for (a, b), (v, w) in zip(pairwise(middles), pairwise(widths), strict=True):
        edge = a + (b - a) * v / (v + w)
        rights.append(min(edge, a + LOOSE * v * unit))
        lefts.append(max(edge, b - LOOSE * w * unit))
    rights.append(min(right, middles[-1] + LOOSE * widths[-1] * unit))
    return lefts, rights


def _rising(values: Sequence[float]) -> list[float]:
    highest, risen = values[0], []
    for value in values:
        highest = max(highest, value)
        risen.append(highest)
    return risen
