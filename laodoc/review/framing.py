"""Where on the page the words of a value stand: a field's box is an estimate, its line's characters know better."""

from collections.abc import Iterator, Mapping

from laodoc.document import BBox, Document, Line, Page
from laodoc.layout.boxes import overlap_y
from laodoc.review.spots import Spot

SAME_ROW = 0.5
"""Part of a line's height by which the box of a value in it overlaps it."""


def frames_of(document: Document, spots: list[Spot]) -> Iterator[BBox]:
    """For each spot the box to look at: of its characters where its line knows where they stand, else its own."""
    pages: Mapping[int, Page] = {page.number: page for page in document.pages}
    for spot in spots:
        page = pages.get(spot.page)
        yield (frame_in(page, spot) if page else None) or spot.bbox


def frame_in(page: Page, spot: Spot) -> BBox | None:
    """The box of the spot's characters; None for cells, and where no line of the page holds just these words there."""
    line = line_of(page, spot)
    if line is None or len(line.places) != len(line.said):
        return None
    start = min(_starts(line.said, spot.text), key=lambda at: abs(line.places[at] - spot.bbox.left))
    end = start + len(spot.text)
    left = (line.places[start - 1] + line.places[start]) // 2 if start else line.bbox.left
    right = (line.places[end - 1] + line.places[end]) // 2 if end < len(line.said) else line.bbox.right
    return BBox(min(left, right - 1), line.bbox.top, right, line.bbox.bottom)


def line_of(page: Page, spot: Spot) -> Line | None:
    """The line of the page in which a field was read; None for cells, and for what runs over several lines."""
    if not spot.text or "/rows/" in spot.pointer:
        return None
    here = [line for line in page.lines if spot.text in line.said and _beside(line.bbox, spot.bbox)]
    return min(here, key=lambda line: abs(line.bbox.top - spot.bbox.top), default=None)


def _beside(line: BBox, box: BBox) -> bool:
    across = min(line.right, box.right) - max(line.left, box.left)
    return across > 0 and overlap_y(line, box) >= SAME_ROW * (line.bottom - line.top)


def _starts(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)
