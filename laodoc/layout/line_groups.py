"""Components → groups, one a text line.

A variant of the nearest-neighbour clustering of O'Gorman, "The Document Spectrum for Page Layout Analysis" (1993), for
the stacked vowels and tone marks of Thai: letters that stand on one baseline link; marks, dots and what else is left
join the ink nearest to them, nearest pairs first, so that a tone mark follows the vowel under it, not the line above.
"""

import numpy as np
from numpy.typing import NDArray

from laodoc.layout.ink import Boxes
from laodoc.layout.line_marks import join_marks
from laodoc.layout.line_measure import Group, measured, united
from laodoc.layout.line_pairs import by_root, pairs_within, unite
from laodoc.layout.line_settings import GroupSettings


def group_components(
    seeds: list[Group], boxes: Boxes, zones: NDArray[np.int32], letter: float, settings: GroupSettings
) -> list[Group]:
    """The groups of components that make lines.

    Args:
        seeds: the letters of each line, see `seed_groups`.
        boxes: (n, 4) of all components.
        zones: (n,) the area (cell, stamp, or 0 for the open page) of each; lines never leave it.
        letter: height of the page's consonants in pixels.
    """
    lines = join_marks(seeds, boxes, zones, letter, settings)
    return merge_along(lines, boxes, zones, settings)


def seed_groups(boxes: Boxes, zones: NDArray[np.int32], letter: float, settings: GroupSettings) -> list[Group]:
    """Groups of letters that stand side by side on one baseline, without rows of marks beside larger letters."""
    heights = boxes[:, 3] - boxes[:, 1]
    lettered = np.flatnonzero(
        (heights >= settings.smallest_letter * letter) & (heights <= settings.largest_letter * letter)
    )
    pairs = letter_links(boxes[lettered], zones[lettered], settings)
    roots = unite(len(lettered), pairs)
    groups = measured([lettered[members] for members in by_root(roots)], boxes)
    groups = without_parts(groups, boxes, zones, settings)
    return without_parts(merge_along(groups, boxes, zones, settings), boxes, zones, settings)


def letter_links(boxes: Boxes, zones: NDArray[np.int32], settings: GroupSettings) -> NDArray[np.intp]:
    """Pairs (m, 2) of letters that follow each other on one baseline."""
    heights = (boxes[:, 3] - boxes[:, 1]).astype(float)
    first, second = pairs_within(boxes, settings.link_gap * float(heights.max(initial=0)))
    taller = np.maximum(heights[first], heights[second])
    shorter = np.minimum(heights[first], heights[second])
    linked = (
        (zones[first] == zones[second])
        & (taller <= settings.size_ratio * shorter)
        & (np.abs(boxes[first, 3] - boxes[second, 3]) <= settings.baseline_slack * taller)
        & (boxes[second, 0] - boxes[first, 2] <= settings.link_gap * taller)
    )
    return np.stack([first[linked], second[linked]], axis=1)


def without_parts(groups: list[Group], boxes: Boxes, zones: NDArray[np.int32], settings: GroupSettings) -> list[Group]:
    """The groups without those within reach of a longer line that are its row of marks, or one or two letters that did
    not link because marks touch them or the print is broken."""
    if not groups:
        return []
    letter, baseline = np.array([group.letter for group in groups]), np.array([group.baseline for group in groups])
    left, right = np.array([group.left for group in groups]), np.array([group.right for group in groups])
    count = np.array([len(group.members) for group in groups])
    zone = np.array([zones[group.members[0]] for group in groups])
    own, starts = boxes[np.concatenate([group.members for group in groups])], np.cumsum(count) - count
    middle = np.add.reduceat(own[:, 1] + own[:, 3], starts) / (2 * count)
    tallest = np.maximum.reduceat(own[:, 3] - own[:, 1], starts)
    lesser = (letter[None] * settings.mark_size > tallest[:, None]) & (count[None] >= count[:, None])
    within = (left[None] - letter[None] < left[:, None]) & (right[:, None] < right[None] + letter[None])
    reached = (
        (baseline[None] - settings.reach_up * letter[None] < middle[:, None])
        & (middle[:, None] < baseline[None] + settings.reach_down * letter[None])
        & (zone[None] == zone[:, None])
    )
    np.fill_diagonal(reached, False)
    for small, line in np.argwhere(lesser & within & reached).tolist():
        lesser[small, line] = over_letters(groups[small], groups[line], boxes, settings)
    top = np.minimum.reduceat(own[:, 1], starts)
    head = np.abs(top[:, None] - (baseline - letter)[None]) <= settings.baseline_slack * letter[None]
    # A vowel below changes a letter's foot, not its head; ะ, which is no letter here, may stand between.
    reach = np.where(head, settings.link_gap, settings.mark_gap) * letter[None]
    narrow = (right - left)[:, None] <= FEW_WIDE * letter[None]
    beside = narrow & (left[None] - reach < right[:, None]) & (left[:, None] < right[None] + reach)
    longer = count[None] >= LONGER * count[:, None]
    part = ((lesser & within) | (longer & (within | beside))) & reached
    return [group for group, lost in zip(groups, part.any(axis=1), strict=True) if not lost]


def over_letters(small: Group, line: Group, boxes: Boxes, settings: GroupSettings) -> bool:
    """Whether most of a small group stands over or under the line's letters, as marks do; what stands over blank paper,
    or over small print beside them, is a line of its own."""
    letters = boxes[line.members]
    letters = letters[letters[:, 3] - letters[:, 1] >= settings.mark_size * line.letter]
    own = boxes[small.members]
    meets = (own[:, None, 0] < letters[None, :, 2]) & (letters[None, :, 0] < own[:, None, 2])
    return bool(meets.any(axis=1).mean() >= OVER)


OVER = 0.5
"""Part of a row of marks that stands in the columns of letters."""

LONGER = 3
"""A line with this many times the letters takes in what lies within its reach."""

FEW_WIDE = 2.2
"""… and what stands beside it, if it is no wider than two letters: a letter and the vowel below that touches it."""


def merge_along(groups: list[Group], boxes: Boxes, zones: NDArray[np.int32], settings: GroupSettings) -> list[Group]:
    """Groups on one baseline with no more than a space between them become one line."""
    if len(groups) < 2:
        return groups
    base = np.array([group.baseline for group in groups])
    size = np.array([group.letter for group in groups])
    left, right = np.array([group.left for group in groups]), np.array([group.right for group in groups])
    zone = np.array([zones[group.members[0]] for group in groups])
    smaller, larger = np.minimum(size[:, None], size[None]), np.maximum(size[:, None], size[None])
    common = np.minimum(base[:, None], base[None]) - np.maximum((base - size)[:, None], (base - size)[None])
    gap = np.maximum(left[:, None], left[None]) - np.minimum(right[:, None], right[None])
    joined = (
        (zone[:, None] == zone[None])
        & (common >= 0.7 * smaller)
        & (np.abs(base[:, None] - base[None]) <= settings.baseline_slack * larger)
        & (larger <= settings.size_ratio * smaller)
        & (gap <= settings.line_gap * smaller)
    )
    roots = unite(len(groups), np.argwhere(np.triu(joined, 1)))
    return [
        groups[items[0]] if len(items) == 1 else united([groups[item] for item in items]) for items in by_root(roots)
    ]
