"""One sheet of the file: its page, or the two pages that lie side by side on it."""

from dataclasses import replace

import numpy as np

from laodoc.imaging.affine import after, apply, inverse, shift
from laodoc.imaging.deskew import without_border
from laodoc.imaging.ink import Ink, components, find_ink
from laodoc.imaging.page import Image, SourcePage, UnreadablePage
from laodoc.imaging.paper import too_narrow
from laodoc.imaging.pdf import read_pdf_page
from laodoc.imaging.picture import read_picture
from laodoc.imaging.resample import grey_of
from laodoc.imaging.source import SourceFile
from laodoc.imaging.strips import find_rows

LANDSCAPE = 1.25
"""Width ÷ height from which a sheet may carry two portrait pages; two A5 leaves side by side have 1.41."""

GUTTER_MM = 14.0
"""Width that must be bare from top to bottom: two inner margins of at least 7 mm. Columns of a table stand closer."""

GUTTER_ZONE = 0.06
"""How far from the middle of the sheet, in parts of its width, the gutter may lie."""

LONG_ROW = 0.6
"""A row of running text fills this part of its page's text; cells and list entries fill less."""

ENOUGH_ROWS = 6
"""Rows of running text that each of the two pages must have. A sheet with fewer is left whole: a landscape table cut in
two is lost, a spread read as one page is only in a wrong order."""


def read_sheet(source: SourceFile, number: int) -> tuple[SourcePage | UnreadablePage, ...]:
    """Sheet `number` (from 1): one page, or two where it carries two, left before right.

    A damaged or too large page comes as an `UnreadablePage`.

    Raises:
        ChildTimeout: poppler hung. MissingDependency: poppler is not installed.
    """
    page = read_pdf_page(source, number) if source.kind == "pdf" else read_picture(source.path, number)
    if isinstance(page, UnreadablePage):
        return (page,)
    height, width = page.image.shape[:2]
    if reason := too_narrow(width, height, page.source_dpi):
        return (UnreadablePage(number, reason),)
    gutter = find_gutter(page.image, page.source_dpi)
    return (page,) if gutter is None else split_at(page, gutter)


def find_gutter(image: Image, dpi: float) -> int | None:
    """The column of pixels between two pages of text that lie side by side; None for a single page."""
    height, width = image.shape[:2]
    if width < LANDSCAPE * height:
        return None
    ink = find_ink(grey_of(image), dpi)
    mask = without_border(ink, components(ink.mask))
    bare = bare_run(mask)
    if bare is None or bare[1] - bare[0] < ink.pixels(GUTTER_MM):
        return None
    middle = sum(bare) // 2
    for half in (mask[:, :middle], mask[:, middle:]):
        if count_long_rows(Ink(np.ascontiguousarray(half), ink.dpi)) < ENOUGH_ROWS:
            return None
    return int(middle * width / mask.shape[1])


def bare_run(mask: Image) -> tuple[int, int] | None:
    """First and last column, exclusive, of the bare stripe nearest to the middle of the sheet."""
    width = mask.shape[1]
    inked = np.flatnonzero(mask.any(axis=0))
    near = range(round(width * (0.5 - GUTTER_ZONE)), round(width * (0.5 + GUTTER_ZONE)))
    bare = [column for column in sorted(near, key=lambda column: abs(column - width / 2)) if not mask[:, column].any()]
    if not bare or not inked.size:
        return None
    before, behind = inked[inked < bare[0]], inked[inked > bare[0]]
    return (int(before[-1]) + 1, int(behind[0])) if before.size and behind.size else None


def count_long_rows(ink: Ink) -> int:
    """Rows that run over most of the width of all the ink: running text."""
    columns = np.flatnonzero(ink.mask.any(axis=0))
    extent = int(columns[-1] - columns[0]) if columns.size else 0
    return sum(row.right - row.left >= LONG_ROW * extent for row in find_rows(ink)[1])


def split_at(page: SourcePage, column: int) -> tuple[SourcePage, SourcePage]:
    """The pages left and right of a column of pixels, each with its own words."""
    to_pixels = inverse(page.to_source)
    middles = [apply(to_pixels, (w.left + w.right) / 2, (w.top + w.bottom) / 2)[0] for w in page.words]
    left = tuple(word for word, x in zip(page.words, middles, strict=True) if x < column)
    right = tuple(word for word, x in zip(page.words, middles, strict=True) if x >= column)
    return (
        replace(page, image=np.ascontiguousarray(page.image[:, :column]), words=left),
        replace(
            page,
            image=np.ascontiguousarray(page.image[:, column:]),
            words=right,
            to_source=after(page.to_source, shift(column, 0.0)),
        ),
    )
