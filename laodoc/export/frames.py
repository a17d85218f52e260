"""Pages as their pictures lie in the scan, but upright: the frame in which hOCR and ALTO tell places."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import atan2, cos, degrees, radians, sin
from pathlib import Path

from laodoc.document import BBox, Document, Line, Page
from laodoc.errors import LaodocError
from laodoc.export.excerpt import scan_at_hand
from laodoc.export.glyphs import placed_words
from laodoc.export.grounds import Place, is_stretched, place_on_sheet
from laodoc.imaging.affine import after, apply, rotating, scaling, shift, turning
from laodoc.imaging.page import SourcePage
from laodoc.imaging.sheet import read_sheet
from laodoc.imaging.source import open_source
from laodoc.imaging.upright import SAME_RESOLUTION

SQUARE = 0.01
"""Degrees under which a page is not turned at all: a tenth of a pixel over the width of A4."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A page's picture with its own pixels, as it lies in the scan, turned by quarters until it is upright.

    `width` and `height` are in its pixels, of which there are `dpi` to an inch; `place` leads there from the pixels of
    the record's page.
    """

    width: int
    height: int
    dpi: float
    place: Place

    def around(self, left: float, top: float, right: float, bottom: float) -> BBox:
        """The box, with upright sides, around a box of the record's page; it stays within the frame."""
        corners = [self.place(x, y) for x in (left, right) for y in (top, bottom)]
        xs, ys = zip(*corners, strict=True)
        return BBox(
            min(max(round(min(xs)), 0), self.width - 1),
            min(max(round(min(ys)), 0), self.height - 1),
            min(max(round(max(xs)), 1), self.width),
            min(max(round(max(ys)), 1), self.height),
        )


@dataclass(frozen=True, slots=True)
class FramedWord:
    """A word and its box; `spaced` says whether a space stands before it."""

    text: str
    box: BBox
    spaced: bool


def frame_of(page: Page, document: Document, scans: Sequence[Path] = ()) -> Frame:
    """The frame of a page; of a flattened photo the photo where its scan is at hand, else the flat sheet."""
    if is_stretched(page.to_source):
        seen = _photo(page, document, scans)
        if seen:
            return seen
    angle = degrees(atan2(page.to_source[3], page.to_source[0])) + page.rotation
    angle = 0.0 if is_stretched(page.to_source) else (angle + 180) % 360 - 180
    scale = page.source_dpi / page.dpi
    if abs(angle) < SQUARE and abs(1 / scale - 1) <= SAME_RESOLUTION:
        scale = 1.0
    width, height = _unturned(page.width * scale, page.height * scale, angle)
    back = shift(-page.width / 2, -page.height / 2)
    there = after(shift(width / 2, height / 2), after(rotating(angle), after(scaling(scale, scale), back)))
    return Frame(round(width), round(height), page.source_dpi, lambda x, y: apply(there, x, y))


def framed_words(line: Line, frame: Frame) -> Iterator[FramedWord]:
    """The words of a line, each with its box in the frame."""
    at = 0
    for word in placed_words(line):
        start = line.said.index(word.text, at)
        box = frame.around(word.left, line.bbox.top, word.right, line.bbox.bottom)
        yield FramedWord(word.text, box, spaced=line.said[at:start] != "")
        at = start + len(word.text)


def union(boxes: Iterable[BBox]) -> BBox:
    """The box around boxes; there must be one."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return BBox(min(lefts), min(tops), max(rights), max(bottoms))


def _unturned(width: float, height: float, angle: float) -> tuple[float, float]:
    """The size of a picture around which, turned by `angle` degrees, lies a box of this width and height."""
    c, s = cos(radians(angle)), abs(sin(radians(angle)))
    whole = c * c - s * s
    return (width * c - height * s) / whole, (height * c - width * s) / whole


def _photo(page: Page, document: Document, scans: Sequence[Path]) -> Frame | None:
    """The photo in which a flattened page lies, where it can be looked at again."""
    path = scan_at_hand(scans, document.source.sha256)
    if path is None:
        return None
    try:
        source = open_source(path)
        (shown,) = read_sheet(source, page.source_page)
    except (LaodocError, ValueError):  # locked by now, or a sheet of two pages
        return None
    if not isinstance(shown, SourcePage):
        return None
    on_sheet = place_on_sheet(page, document, source)
    height, width = shown.image.shape[:2]
    turned = after(turning(page.rotation, width, height), scaling(1 / shown.to_source[0], 1 / shown.to_source[4]))
    wide, high = (height, width) if page.rotation in (90, 270) else (width, height)
    return Frame(wide, high, shown.source_dpi, lambda x, y: apply(turned, *on_sheet(x, y)))
