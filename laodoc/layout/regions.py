"""Ink that is no text: emblems, figures and signatures."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laodoc.document import BBox, Region
from laodoc.layout.boxes import share_inside, union
from laodoc.layout.ink import Ink, hull, inside, pixels


@dataclass(frozen=True, slots=True)
class PictureSettings:
    """What is no text. Losing print is worse than a junk line, so only what no font makes counts."""

    stroke_width: float = 4.0
    """A pen stroke is at least this many letters wide without being lifted"""
    stroke_height: float = 1.2
    """… and this many high"""
    crossings: float = 2.3
    """and is crossed no more often by a vertical, on average: letters that touch are crossed three times and more."""
    stroke_fill: float = 0.25
    """It fills no more of its box than this: heavy print that runs together fills 0.4."""
    scribble_height: float = 2.9
    """Ink that hangs together and is higher than this many letters is none: a consonant with marks above and below is
    2.6 high."""
    scribble_width: float = 2.2
    """… if it is also wider than this many: marks that touch the next line make narrow ink as high."""
    beyond_print: float = 8.0
    """Ink higher than this many letters is none, however thin: dark edges of a scan, broken frames."""
    solid: float = 0.035
    """Part of its box that a stroke or picture fills at least: broken rulings fill less."""
    together_mm: float = 1.5
    """Strokes and parts of a picture stand nearer to each other than this; text keeps more distance."""
    picture_mm: float = 7.0
    """Emblems and figures are at least this wide and high"""
    picture_crossings: float = 4.0
    """and so full of lines that a vertical crosses this many of them,"""
    picture_fill: float = 0.11
    """of which ink fills this part: signatures with print between them fill under 0.08, the thinnest emblem 0.15."""
    emblem_mm: float = 45.0
    """Emblems are 15 or 30 mm high."""
    emblem_depth: float = 0.4
    """They stand in this upper part of the page."""


PLAIN = PictureSettings()


def find_pictures(ink: Ink, letter: float, dpi: float, settings: PictureSettings = PLAIN) -> list[Region]:
    """The emblems, figures and signatures among a page's ink outside tables and stamps.

    Args:
        ink: components of the page; `letter` is the height of its consonants in pixels.
        dpi: of the page.
    """
    strange = ink.boxes[not_letters(ink, letter, settings)]
    gap = pixels(settings.together_mm, dpi)
    parts = [(box, _grown(box, ink, gap)) for box in clusters([BBox(*box) for box in strange.tolist()], gap)]
    pictures = clusters([whole for _, whole in parts if _is_picture(whole, ink, dpi, settings)], gap)
    strokes = [box for box, _ in parts if not any(share_inside(box, picture) >= PART for picture in pictures)]
    return [
        *(Region(kind="emblem" if _is_emblem(box, ink, dpi, settings) else "figure", bbox=box) for box in pictures),
        *(Region(kind="signature", bbox=box) for box in strokes),
    ]


PART = 0.5
"""Strokes that lie so far within a picture are part of it: a pale emblem falls into pieces."""


def not_letters(ink: Ink, letter: float, settings: PictureSettings = PLAIN) -> NDArray[np.bool_]:
    """Which components no font makes: strokes by pen, and what is much higher and wider than a letter with marks."""
    heights, widths = ink.heights, ink.widths
    strange = (heights >= settings.scribble_height * letter) & (widths >= settings.scribble_width * letter)
    boxes = heights.astype(float) * widths
    long = (heights >= settings.stroke_height * letter) & (widths >= settings.stroke_width * letter)
    long &= ~strange & (ink.areas <= settings.stroke_fill * boxes)
    for index in np.flatnonzero(long):
        strange[index] = crossings(ink.mask, hull(ink.boxes[index : index + 1])) <= settings.crossings
    return np.asarray(strange & (ink.areas >= settings.solid * boxes))


def crossings(mask: NDArray[np.uint8], box: BBox) -> float:
    """How often a vertical crosses ink in a box, on the mean of its columns."""
    own = mask[box.top : box.bottom, box.left : box.right] > 0
    starts = np.count_nonzero(own[1:] & ~own[:-1]) + np.count_nonzero(own[0])
    return float(starts / own.shape[1])


def clusters(boxes: list[BBox], gap: float) -> list[BBox]:
    """Boxes nearer to each other than `gap` pixels as one box."""
    found: list[BBox] = []
    for box in boxes:
        near = [other for other in found if _near(box, other, gap)]
        while near:
            found = [other for other in found if other not in near]
            box = union([box, *near])
            near = [other for other in found if _near(box, other, gap)]
        found.append(box)
    return found


def _near(a: BBox, b: BBox, gap: float) -> bool:
    return a.left < b.right + gap and b.left < a.right + gap and a.top < b.bottom + gap and b.top < a.bottom + gap


def _grown(box: BBox, ink: Ink, gap: float) -> BBox:
    """The box with the ink that stands wholly in it and its near surroundings, as it spreads a few times."""
    for _ in range(SPREADS):
        near = (
            (ink.boxes[:, 0] >= box.left - gap)
            & (ink.boxes[:, 1] >= box.top - gap)
            & (ink.boxes[:, 2] <= box.right + gap)
            & (ink.boxes[:, 3] <= box.bottom + gap)
        )
        box = union([box, hull(ink.boxes[near])]) if near.any() else box
    return box


SPREADS = 3
"""Parts of a picture stand within three steps of its main part; text that comes too near is lost no further."""


def _is_picture(box: BBox, ink: Ink, dpi: float, settings: PictureSettings) -> bool:
    smallest = pixels(settings.picture_mm, dpi)
    return (
        min(box.right - box.left, box.bottom - box.top) >= smallest
        and crossings(ink.mask, box) >= settings.picture_crossings
        and (ink.mask[box.top : box.bottom, box.left : box.right] > 0).mean() >= settings.picture_fill
    )


def _is_emblem(box: BBox, ink: Ink, dpi: float, settings: PictureSettings) -> bool:
    width, height = box.right - box.left, box.bottom - box.top
    return (
        box.bottom <= settings.emblem_depth * ink.mask.shape[0]
        and max(width, height) <= pixels(settings.emblem_mm, dpi)
        and 0.6 <= width / height <= 1.7
    )


def outside_pictures(
    ink: Ink, regions: list[Region], letter: float, settings: PictureSettings = PLAIN
) -> NDArray[np.bool_]:
    """Which components are not ink of the regions: nothing in a picture, no stroke of a signature; small ink inside a
    signature's box may be print that it runs through. Nor are they too high for print, as a scan's dark edges are."""
    kept = ~not_letters(ink, letter, settings) & (ink.heights <= settings.beyond_print * letter)
    for region in regions:
        if region.kind != "signature":
            kept &= ~inside(ink.boxes, region.bbox)
    return np.asarray(kept)


def punched_holes(ink: Ink, dpi: float) -> NDArray[np.bool_]:
    """Which components are the holes of a binder: round, of their size, in the margin. (Of a dark disc wider than the
    square that tells ink from its surroundings only the rim is ink.)"""
    page_height, page_width = ink.mask.shape
    widths, heights = ink.widths, ink.heights
    low, high = (pixels(mm, dpi) for mm in HOLE_MM)
    sized = (np.minimum(widths, heights) >= low) & (np.maximum(widths, heights) <= high)
    round_ = np.abs(widths - heights) <= HOLE_SLACK * np.maximum(widths, heights)
    x, y = (ink.boxes[:, 0] + ink.boxes[:, 2]) / 2, (ink.boxes[:, 1] + ink.boxes[:, 3]) / 2
    near = np.minimum(np.minimum(x, page_width - x), np.minimum(y, page_height - y)) <= pixels(HOLE_MARGIN_MM, dpi)
    return np.asarray(sized & round_ & near)


HOLE_MM = (4.0, 9.0)
"""Punches make holes of 5 to 8 mm; no letter of a letter's margin is as large."""
HOLE_SLACK = 0.15
"""By which part of its size a hole may be longer than wide: torn, or scanned askew."""
HOLE_MARGIN_MM = 20.0
"""From the paper's edge to the middle of a hole: 12 mm by ISO 838."""


def find_bars(ink: Ink, letter: float) -> NDArray[np.bool_]:
    """Which components are filled bars, as statistics tables have them in cells: solid, and no dash."""
    filled = ink.areas >= BAR_FILL * ink.widths * ink.heights
    return np.asarray(filled & (ink.heights >= BAR_HEIGHT * letter) & (ink.widths >= BAR_WIDTH * letter))


BAR_FILL = 0.75
"""Part of its box that a bar fills: blurred letters stay under 0.6."""
BAR_HEIGHT = 0.7
"""In letters' heights: the thickest dash has 0.2."""
BAR_WIDTH = 1.6
"""In letters' heights: the widest letter, ฌ, has 1.5."""
