"""One sheet of the file: its page, or the two pages that lie side by side on it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import or_
from typing import TypeVar

import numpy as np

from laodoc.imaging.affine import after, apply, inverse, shift
from laodoc.imaging.deskew import without_border
from laodoc.imaging.grounds import positive
from laodoc.imaging.ink import Components, Ink, components, find_ink, kept, letter_boxes
from laodoc.imaging.orientation import lying_rows
from laodoc.imaging.page import Image, SourcePage, UnreadablePage
from laodoc.imaging.paper import MM_PER_INCH, too_narrow
from laodoc.imaging.pdf import read_pdf_page
from laodoc.imaging.picture import read_picture
from laodoc.imaging.resample import grey_of, quarter_turned
from laodoc.imaging.source import SourceFile
from laodoc.imaging.strips import find_rows

Each = TypeVar("Each")

LANDSCAPE = 1.25
"""Long ÷ short side from which a sheet may carry two portrait pages; two A5 leaves side by side have 1.41."""

DOUBLE_MM = 380.0
"""Long side of a sheet that is larger than any page of a letter: two of A4 have 420 mm, two of folio 430."""

GUTTER_MM = 14.0
NARROW_GUTTER_MM = 4.0
"""Width that must be bare from top to bottom: two inner margins of at least 7 mm, and on a double sheet of 2 mm.
Columns of a table stand closer than the one, and are ruled through where they stand wider than the other."""

GUTTER_ZONE = 0.06
"""How far from the middle of the sheet, in parts of its width, the gutter may lie."""

FOLD_HIGH, FOLD_MM = 0.5, 6.0
"""A fold's shadow, or the edge of a leaf, in the middle: how high in parts of the sheet at least, how wide at most."""

LONG_ROW = 0.6
"""A row of running text fills this part of its page's text; cells and list entries fill less."""

ENOUGH_ROWS = 6
FEW_ROWS, MORE_ROWS = 3, 4
"""Rows of running text that each of the two pages must have; on a double sheet with a wide and a narrow gutter. What
has fewer is left whole: a landscape table cut in two is lost, a spread read as one page is only in a wrong order."""

BLANK = 3
"""Pieces of a letter's size up to which a half is blank paper with specks on it."""

OWN_FRAME = 0.4
"""Part of a half that a ruled frame spans, at least, which makes a page of it though it has few rows of text."""


@dataclass(frozen=True, slots=True)
class Fold:
    """Where a sheet is to be cut: at a column of its pixels, or, where its pages lie on their sides, at a row. `blank`
    are the halves (0, 1) on which nothing stands."""

    at: int
    across: bool
    blank: tuple[int, ...] = ()


def read_sheet(source: SourceFile, number: int) -> tuple[SourcePage | UnreadablePage, ...]:
    """Sheet `number` (from 1): one page, or two where it carries two, left before right and upper before lower (see
    `in_reading_order`). Where one of the two is blank, the other one alone.

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
    fold = find_fold(page.image, page.source_dpi)
    if fold is None:
        return (page,)
    halves = split_at(page, fold.at, across=fold.across)
    return tuple(half for index, half in enumerate(halves) if index not in fold.blank)


def in_reading_order(pages: Sequence[Each], sheet: Sequence[SourcePage | UnreadablePage], rotation: int) -> list[Each]:
    """What belongs to the pages of a `sheet`, first page first, when it is known that they are upright after a turn by
    `rotation` degrees: of an overturned sheet the right page is the first, of one that lies on its right side the lower
    one."""
    maps = [page.to_source for page in sheet if isinstance(page, SourcePage)]
    if len(maps) != 2 or len(pages) != 2:
        return list(pages)
    stacked = maps[0][5] != maps[1][5]
    return list(pages)[::-1] if rotation == (90 if stacked else 180) else list(pages)


def find_fold(image: Image, dpi: float) -> Fold | None:
    """Where two pages meet that lie side by side on one sheet; None for a single page."""
    height, width = image.shape[:2]
    if max(width, height) < LANDSCAPE * min(width, height):
        return None
    tall = height > width
    double = max(width, height) / dpi * MM_PER_INCH >= DOUBLE_MM
    if tall and not double:
        return None  # an ordinary page; two of A5 on an A4 that lies are too few to look for in every letter
    ink = find_ink(grey_of(positive(image, dpi)), dpi)
    pieces = components(ink.mask)
    mask = without_border(ink, pieces)
    if tall:
        lead = lying_rows(ink, pieces)
        if lead is None or lead >= 0:
            return None
        ink, mask = Ink(quarter_turned(ink.mask, 90), ink.dpi), quarter_turned(mask, 90)
        place = _fold_in(Ink(mask, ink.dpi), double=double)
        if place is None:
            return None
        middle, blank = place  # turned clockwise, the lower half stands left
        at = int((mask.shape[1] - middle) * height / mask.shape[1])
        return Fold(at, across=True, blank=tuple(1 - half for half in blank))
    place = _fold_in(Ink(mask, ink.dpi), double=double)
    return Fold(int(place[0] * width / mask.shape[1]), across=False, blank=place[1]) if place else None


def _fold_in(ink: Ink, *, double: bool) -> tuple[int, tuple[int, ...]] | None:
    """The column of the ink between two pages, and which of them are blank."""
    pieces = components(ink.mask)
    mask = _without_fold(ink, pieces)
    width = mask.shape[1]
    counts = [
        _count_letters(Ink(np.ascontiguousarray(half), ink.dpi))
        for half in (mask[:, : width // 2], mask[:, width // 2 :])
    ]
    if double and min(counts) <= BLANK < max(counts):
        return _blank_half(mask, counts.index(max(counts)))
    bare = bare_run(mask)
    if bare is None or bare[1] - bare[0] < ink.pixels(NARROW_GUTTER_MM if double else GUTTER_MM):
        return None
    wide = bare[1] - bare[0] >= ink.pixels(GUTTER_MM)
    middle = width // 2 if double and bare[0] <= width // 2 < bare[1] else sum(bare) // 2
    enough = ENOUGH_ROWS if not double else FEW_ROWS if wide else MORE_ROWS
    halves = [Ink(np.ascontiguousarray(half), ink.dpi) for half in (mask[:, :middle], mask[:, middle:])]
    written = [count_long_rows(half) >= enough for half in halves]
    framed = [double and _has_frame(half) for half in halves]
    return (middle, ()) if any(written) and all(map(or_, written, framed)) else None


def _blank_half(mask: Image, inked: int) -> tuple[int, tuple[int, ...]] | None:
    """The cut between a page and blank paper beside it, where it goes through nothing."""
    middle = mask.shape[1] // 2
    return None if mask[:, middle - 1 : middle + 1].any() else (middle, (1 - inked,))


def _without_fold(ink: Ink, pieces: Components) -> Image:
    """The mask without an upright line in its middle: a fold's shadow, the edge of a leaf."""
    height, width = ink.mask.shape
    left, _, wide, high = pieces.boxes.T
    away = np.abs(left + wide / 2 - width / 2)
    fold = (away <= GUTTER_ZONE * width) & (high >= FOLD_HIGH * height) & (wide <= ink.pixels(FOLD_MM))
    return kept(pieces, ~fold)


def _count_letters(ink: Ink) -> int:
    return len(letter_boxes(components(ink.mask), ink))


def _has_frame(ink: Ink) -> bool:
    """Whether a half of a sheet has a ruled frame of its own, as a table beside a letter."""
    height, width = ink.mask.shape
    boxes = components(ink.mask).boxes
    return bool(((boxes[:, 2] >= OWN_FRAME * width) & (boxes[:, 3] >= OWN_FRAME / 2 * height)).any())


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


def split_at(page: SourcePage, at: int, *, across: bool = False) -> tuple[SourcePage, SourcePage]:
    """The pages left and right of a column of pixels, or above and below a row of them, each with its own words."""
    to_pixels = inverse(page.to_source)
    middles = [apply(to_pixels, (w.left + w.right) / 2, (w.top + w.bottom) / 2)[across] for w in page.words]
    first = tuple(word for word, place in zip(page.words, middles, strict=True) if place < at)
    second = tuple(word for word, place in zip(page.words, middles, strict=True) if place >= at)
    images = (page.image[:at], page.image[at:]) if across else (page.image[:, :at], page.image[:, at:])
    return (
        replace(page, image=np.ascontiguousarray(images[0]), words=first),
        replace(
            page,
            image=np.ascontiguousarray(images[1]),
            words=second,
            to_source=after(page.to_source, shift(0.0, at) if across else shift(at, 0.0)),
            remarks=(),
        ),
    )
