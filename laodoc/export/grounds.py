"""From pixels of an upright page to its sheet: where on a PDF's page a word lies, photos in perspective too."""

from collections.abc import Callable

import pikepdf

from laodoc.document import Document, Page
from laodoc.imaging.affine import Turn, after, apply, inverse, turning
from laodoc.imaging.content import page_box
from laodoc.imaging.page import Affine, SourcePage
from laodoc.imaging.photo import lens_of
from laodoc.imaging.sheet import read_sheet
from laodoc.imaging.source import SourceFile

STRETCHED = 1e-3
"""By how much, in parts, the sides of a scan differ in scale or leave the right angle: more is a flattened photo."""

Place = Callable[[float, float], tuple[float, float]]
"""From a pixel of the upright page to a point of the sheet."""


def to_user_space(page: pikepdf.Page) -> Affine:
    """From what a viewer shows of a PDF's page (points from its top-left corner) to the page's own space."""
    left, bottom, right, top = page_box(page)
    back = inverse(turning(turn_of(page), right - left, top - bottom))
    return after((1.0, 0.0, left, 0.0, -1.0, top), back)


def turn_of(page: pikepdf.Page) -> Turn:
    """The quarters clockwise by which a viewer turns the page."""
    turns: dict[int, Turn] = {0: 0, 90: 90, 180: 180, 270: 270}
    return turns.get(int(page.get("/Rotate", 0)) % 360, 0)


def place_on_sheet(page: Page, document: Document, source: SourceFile) -> Place:
    """Where each pixel of an upright page lies on its sheet, in points from the sheet's top-left corner.

    `to_source` says it for scans. Of a photo in perspective it is only near: the photo is looked at again.
    """
    affine = page.to_source
    if source.kind == "picture" or is_stretched(affine):
        sheets = [other.number for other in document.pages if other.source_page == page.source_page]
        shown = read_sheet(source, page.source_page)
        part = shown[sheets.index(page.number)] if len(shown) == len(sheets) else None
        place = _in_perspective(affine, part) if isinstance(part, SourcePage) else None
        if place:
            return place
    return lambda x, y: apply(affine, x, y)


def is_stretched(affine: Affine) -> bool:
    """Whether a map does more than turn, shift and scale."""
    a, b, _, d, e, _ = affine
    return max(abs(a - e), abs(b + d)) > STRETCHED * max(abs(a), abs(b))


def _in_perspective(affine: Affine, shown: SourcePage) -> Place | None:
    lens = lens_of(shown)
    if lens is None:
        return None
    to_flat = after(inverse(after(shown.to_source, lens.nearest)), affine)
    to_photo = lens.to_photo

    def place(x: float, y: float) -> tuple[float, float]:
        seen_x, seen_y, depth = to_photo @ (*apply(to_flat, x, y), 1.0)
        return apply(shown.to_source, float(seen_x / depth), float(seen_y / depth))

    return place
