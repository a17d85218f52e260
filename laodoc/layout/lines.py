"""Text lines: where each stands, in which measure, and its image."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laodoc.document import BBox
from laodoc.layout.boxes import area, intersection
from laodoc.layout.ink import Boxes, Ink, hull, letter_height
from laodoc.layout.line_groups import group_components, seed_groups
from laodoc.layout.line_images import cut_line
from laodoc.layout.line_measure import Group, weighted_median
from laodoc.layout.line_settings import GroupSettings
from laodoc.layout.page import TextLine
from laodoc.layout.touching import split_touching

__all__ = ["FoundLine", "LineSettings", "cut_line", "find_lines"]


GROUPS = GroupSettings()


@dataclass(frozen=True, slots=True)
class LineSettings:
    """What a line is and how far its band reaches; all lengths in parts of a letter's height (a consonant's)."""

    groups: GroupSettings = GROUPS
    band_up: float = 2.3
    """From the baseline to above the highest tone mark: 2.15 in the fonts of official letters, and some blur."""
    band_down: float = 1.0
    """From the baseline to below the deepest descender: ฎ and ญ reach 0.9, with ู under them 1.1 (then ink decides)."""
    margin: float = 0.25
    """Ground left and right of the ink."""
    smallest_ink: float = 0.025
    """A line has at least this much ink, in squares of the page's letter height: a thin dash has 0.04, a digit 0.25."""
    reliable: int = 5
    """With this many letters a line's own height is a measure for others."""
    same_size: float = 0.12
    """Measures that differ by less are of one font size: the next sizes in use, 14 and 16 points, differ by 0.13."""
    larger: float = 1.25
    """A short line higher than this is in larger print"""
    agreeing: int = 3
    """if so many of its letters are of one height."""
    low_letters: float = 0.62
    """A short line may be this much lower than the measure: ๓ has 0.73 of a consonant's height."""
    high_letters: float = 1.9
    """… and this much higher: ไ with its tail."""
    one_print: bool = False
    """Whether all print is of the size of the line with most letters, and what is larger was written by a pen: its band
    is that of the print beside it."""


PLAIN = LineSettings()


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A line and the zone in which it was found."""

    line: TextLine
    zone: int


def find_lines(
    ink: Ink,
    zones: NDArray[np.int32],
    dpi: float,
    settings: LineSettings = PLAIN,
) -> list[FoundLine]:
    """All text lines of a page, in no particular order.

    Args:
        ink: the page's ink without rulings, codes, pictures.
        zones: (n,) for each component of `ink` the area that its line must not leave: 0 for the open page, other
            numbers for cells and frames.
        dpi: of the page.

    Every component that can be text is in one line; specks that are near no text are in none.
    """
    if len(ink.boxes) == 0:
        return []
    letter = letter_height(ink, dpi)
    seeds = seed_groups(ink.boxes, zones, letter, settings.groups)
    parted, zones = split_touching(ink, zones, letter, seeds, settings.groups)
    if parted is not ink:
        ink, seeds = parted, seed_groups(parted.boxes, zones, letter, settings.groups)
    groups = group_components(seeds, ink.boxes, zones, letter, settings.groups)
    groups = [group for group in groups if is_text(group, ink, letter, settings)]
    lines = zip(groups, line_measures(groups, ink.boxes, settings), strict=True)
    return [
        FoundLine(text_line(group, measure, ink, settings), int(zones[group.members[0]])) for group, measure in lines
    ]


def is_text(group: Group, ink: Ink, letter: float, settings: LineSettings) -> bool:
    """Whether a group has the ink of at least a dash."""
    return bool(ink.areas[group.members].sum() >= settings.smallest_ink * letter**2)


def line_measures(groups: list[Group], boxes: Boxes, settings: LineSettings) -> list[float]:
    """The letter height of each line, shared among lines of one font size; lines of a few letters, whose own height
    says little (๓ is low, ไ is high), take that of the nearest line that has more, where it can be theirs."""
    if not groups:
        return []
    own = np.array([group.letter for group in groups])
    counts = np.array([len(group.members) for group in groups])
    places = np.array([((group.left + group.right) / 2, group.baseline) for group in groups])
    reliable = counts >= settings.reliable
    if not reliable.any():
        return [float(height) for height in own]
    pooled = np.array([_pooled(height, own[reliable], counts[reliable], settings) for height in own])
    measures = []
    for index, height in enumerate(own):
        lettered = height >= settings.low_letters * pooled
        dash = height < settings.groups.smallest_letter * pooled
        fits = reliable & (lettered | dash) & (height <= settings.high_letters * pooled)
        if even(groups[index], boxes, settings):
            fits &= height <= settings.larger * pooled
        if reliable[index] or not fits.any():
            measures.append(float(pooled[index] if reliable[index] else height))
            continue
        away = np.abs(places[:, 1] - places[index, 1]) + NEARER_ACROSS * np.abs(places[:, 0] - places[index, 0])
        measures.append(float(pooled[np.argmin(np.where(fits, away, np.inf))]))
    if not settings.one_print:
        return measures
    print_size = measures[int(np.argmax([_letters(group, boxes, settings) for group in groups]))]
    return [min(measure, print_size) for measure in measures]


def _letters(group: Group, boxes: Boxes, settings: LineSettings) -> int:
    """How many members of a group are letters, and neither marks nor dots."""
    heights = boxes[group.members, 3] - boxes[group.members, 1]
    return int((heights >= settings.groups.mark_size * group.letter).sum())


def even(group: Group, boxes: Boxes, settings: LineSettings) -> bool:
    """Whether some letters of a short line are of one height: no ascenders, but a word in larger print."""
    heights = boxes[group.members, 3] - boxes[group.members, 1]
    return int((np.abs(heights - group.letter) <= settings.same_size * group.letter).sum()) >= settings.agreeing


NEARER_ACROSS = 0.3
"""Lines beside each other are more likely of one size than lines under each other."""


def _pooled(height: float, own: NDArray[np.floating], counts: NDArray[np.intp], settings: LineSettings) -> float:
    alike = np.abs(own - height) <= settings.same_size * height
    return weighted_median(own[alike], counts[alike]) if alike.any() else float(height)


def text_line(group: Group, measure: float, ink: Ink, settings: LineSettings) -> TextLine:
    """The group's box and band, in the given measure."""
    height, width = ink.mask.shape
    bbox = hull(ink.boxes[group.members])
    baseline = baseline_of(group, bbox, measure, settings)
    side = settings.margin * measure
    band = BBox(
        max(0, int(bbox.left - side)),
        max(0, min(bbox.top - 1, round(baseline - settings.band_up * measure))),
        min(width, int(bbox.right + side) + 1),
        min(height, max(bbox.bottom + 1, round(baseline + settings.band_down * measure))),
    )
    seams = tuple(BBox(*seam) for seam in ink.seams.tolist() if area(intersection(BBox(*seam), band)))
    others, blanks = foreign(band, group, ink.boxes)
    return TextLine(bbox=bbox, band=band, others=others, blanks=blanks, seams=seams)


DASH_HEIGHT = 0.42
"""Height of a dash's middle above the baseline in parts of a letter's height."""


def baseline_of(group: Group, bbox: BBox, measure: float, settings: LineSettings) -> float:
    """The y of the baseline: that of the letters, or what a lone dash floats above."""
    if bbox.bottom - bbox.top >= settings.groups.smallest_letter * measure:
        return group.baseline
    return (bbox.top + bbox.bottom) / 2 + DASH_HEIGHT * measure


def foreign(band: BBox, group: Group, boxes: Boxes) -> tuple[tuple[BBox, ...], tuple[BBox, ...]]:
    """The boxes of components that reach into a band and are not the group's: those that overlap boxes of its own, and
    those that stand apart, with the soft edges of their ink."""
    within = (
        (boxes[:, 0] < band.right) & (boxes[:, 2] > band.left) & (boxes[:, 1] < band.bottom) & (boxes[:, 3] > band.top)
    )
    within[group.members] = False
    others, own = boxes[within] + np.array([-SOFT, -SOFT, SOFT, SOFT], np.int32), boxes[group.members]
    after = (others[:, None, :2] < own[None, :, 2:]).all(axis=2)
    meets = np.asarray(after & (own[None, :, :2] < others[:, None, 2:]).all(axis=2)).any(axis=1)
    return tuple(BBox(*box) for box in boxes[within][meets].tolist()), tuple(
        BBox(*box) for box in others[~meets].tolist()
    )


SOFT = 1
"""Pixels of a stroke's soft edge."""
