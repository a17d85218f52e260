"""The line images of values that people have put right, cut as the recognizer saw them."""

from collections.abc import Iterator, Mapping
from unicodedata import category

import cv2
import numpy as np

from laodoc.document import BBox, Document, Page
from laodoc.imaging.page import Image
from laodoc.imaging.reopening import upright_again
from laodoc.imaging.source import SourceFile
from laodoc.layout.analysis import find_layout
from laodoc.layout.boxes import area, intersection
from laodoc.layout.line_images import GROUND, columns_of, cut_line
from laodoc.layout.page import PageLayout, TextLine
from laodoc.review.framing import frame_in, line_of
from laodoc.review.spots import Spot

SAME_LINE = 0.8
"""Common share of two boxes from which they are of one line: layout finds the same page's lines where it found them."""

GAP = 0.35
"""How far from where the words begin or end the gap beside them is looked for, in parts of the line's height."""

BARE = 170
"""Grey level that the darkest point of a gap does not reach: ground near 255, ink below."""


EDGE = 2
"""Pixels to the edge of a cell at which a line touches it."""

MARGIN = 0.06
"""White ground left and right of a part of a line, in parts of its height, as whole lines have it."""

NARROWEST = 0.18
"""Width of a letter, in parts of the line's height, under which not all of a text can be in a picture: letters have
0.3, and what a ruling was found in stands in two cells."""


def line_images(document: Document, source: SourceFile, wanted: Mapping[Spot, str]) -> Iterator[tuple[Spot, Image]]:
    """Of these spots, with their texts, those that stand alone on a line, or with gaps on both sides, and their images,
    grey, dark on white. One page at a time in memory.

    Raises:
        ChildTimeout, MissingDependency: see `laodoc.imaging.reopening.upright_again`.
    """
    by_page: dict[int, list[Spot]] = {}
    for spot in wanted:
        by_page.setdefault(spot.page, []).append(spot)
    for page, image in upright_again(source, document.pages, by_page):
        layout = find_layout(image)
        for spot in by_page[page.number]:
            cut = _in_cell(layout, spot) if "/rows/" in spot.pointer else _in_line(page, layout, spot)
            if cut is not None and _has_room(cut, wanted[spot]):
                yield spot, cut


def _in_cell(layout: PageLayout, spot: Spot) -> Image | None:
    """The only line of a cell."""
    lines = [line for grid in layout.cell_lines for cell in grid for line in cell if _holds(spot.bbox, line.bbox)]
    if len(lines) != 1 or _is_cut_off(lines[0].bbox, spot.bbox):
        return None
    return cut_line(layout.clean, lines[0])


def _is_cut_off(line: BBox, cell: BBox) -> bool:
    """Whether a line goes on behind the edge of its cell."""
    return line.left <= cell.left + EDGE or line.right >= cell.right - EDGE


def _has_room(image: Image, text: str) -> bool:
    letters = sum(category(sign) != "Mn" for sign in text)
    return bool(image.size) and image.shape[1] >= NARROWEST * image.shape[0] * letters


def _in_line(page: Page, layout: PageLayout, spot: Spot) -> Image | None:
    """The line that is the field, or the field's part of a line."""
    known = line_of(page, spot)
    if known is None:
        return None
    for line, region in zip(layout.lines, layout.line_regions, strict=True):
        if _common(line.bbox, known.bbox) >= SAME_LINE:
            image = cut_line(layout.clean if region is None else layout.stamped, line)
            return image if known.said.strip() == spot.text else _part(image, line, frame_in(page, spot))
    return None


def _part(image: Image, line: TextLine, frame: BBox | None) -> Image | None:
    """The columns of a line's image in which the framed words stand; None where other ink touches them."""
    if frame is None or line.angle:
        return None
    start, stop = columns_of(line, (0.0, 1.0))
    scale = image.shape[1] / max(1, stop - start)
    left, right = (
        _gap(image, round((edge - start) * scale)) if known else end
        for edge, known, end in (
            (frame.left, frame.left > line.bbox.left, 0),
            (frame.right, frame.right < line.bbox.right, image.shape[1]),
        )
    )
    if left is None or right is None or right <= left:
        return None
    margin = max(2, round(MARGIN * image.shape[0]))
    part = cv2.copyMakeBorder(image[:, left:right], 0, 0, margin, margin, cv2.BORDER_CONSTANT, value=GROUND)
    return np.asarray(part, np.uint8)


def _gap(image: Image, column: int) -> int | None:
    """The bare column nearest to this one."""
    reach = round(GAP * image.shape[0])
    near = sorted(range(max(0, column - reach), min(image.shape[1], column + reach + 1)), key=lambda x: abs(x - column))
    return next((x for x in near if image[:, x].min() >= BARE), None)


def _holds(cell: BBox, line: BBox) -> bool:
    middle = ((line.left + line.right) / 2, (line.top + line.bottom) / 2)
    return cell.left <= middle[0] <= cell.right and cell.top <= middle[1] <= cell.bottom


def _common(one: BBox, other: BBox) -> float:
    shared = area(intersection(one, other))
    return shared / max(1, area(one) + area(other) - shared)
