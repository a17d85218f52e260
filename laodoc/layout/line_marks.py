"""Marks to lines: vowels, tone marks, dots and what else is left join the ink nearest to them, nearest pairs first, so
that a tone mark follows the vowel under it, not the line above."""

import numpy as np
from numpy.typing import NDArray

from laodoc.layout.ink import Boxes
from laodoc.layout.line_measure import Group, Indexes, measured
from laodoc.layout.line_pairs import members_of, pairs_within, root_of
from laodoc.layout.line_settings import GroupSettings

OPEN = 0
"""The zone of the open page; all others are cells."""


def join_marks(
    seeds: list[Group], boxes: Boxes, zones: NDArray[np.int32], letter: float, settings: GroupSettings
) -> list[Group]:
    """Every component that is in no seed joins the ink nearest to it, nearest pairs first (Kruskal's order); two seeds
    never join. What reaches no seed is left out, but for a dash that is all there is in a cell."""
    owner = owners_by_core(seeds, boxes, zones, letter, settings)
    sizes = np.array([seed.letter for seed in seeds], dtype=float)
    reach = np.where(owner >= 0, sizes[owner] if len(sizes) else 0.0, letter) * settings.mark_gap
    dots = dots_among(boxes, letter, settings)
    first, second = pairs_within(boxes, float(reach.max(initial=0)))
    loose = ((owner[first] < 0) | (owner[second] < 0)) & (zones[first] == zones[second])
    first, second = first[loose], second[loose]
    tops, bottoms = core_spans(seeds, owner, boxes, settings)
    across = np.maximum(0, boxes[second, 0] - boxes[first, 2])
    down = np.maximum(0, np.maximum(tops[first], tops[second]) - np.minimum(bottoms[first], bottoms[second]))
    distance = np.hypot(across, down)
    allowed = np.maximum(reach[first], reach[second])
    near = distance <= np.where(dots[first] | dots[second], settings.dot_gap / settings.mark_gap * allowed, allowed)
    stacked = tones_on_vowels(first, second, owner, boxes, letter, settings)
    toned = np.zeros(len(boxes), dtype=bool)
    toned[first[stacked]] = toned[second[stacked]] = True
    low = ~(toned[first] | toned[second] | is_no_vowel_below(first, second, owner, boxes, sizes, letter, settings))
    hangs, holds = hangs_under(first, second, owner, boxes, sizes, settings)
    near &= ~hangs | (low & holds)
    distance[stacked] = 0.0
    upper = np.zeros(len(boxes), dtype=bool)
    upper[np.where(boxes[first, 1] <= boxes[second, 1], first, second)[stacked]] = True
    near &= stacked | ~(upper[first] | upper[second])  # a tone goes where its vowel goes
    level = np.abs(boxes[first, 3] - boxes[second, 3]) <= settings.leader_slack * allowed
    near &= level | ~dots[first] | ~dots[second]
    order = np.flatnonzero(near)[np.argsort(distance[near], kind="stable")]
    parents = list(range(len(boxes)))
    owners = owner.tolist()
    for item in np.flatnonzero(owner >= 0).tolist():
        parents[item] = int(seeds[owners[item]].members[0])
    for a, b in zip(first[order].tolist(), second[order].tolist(), strict=True):
        _join(parents, owners, a, b)
    roots = np.array([root_of(parents, item) for item in range(len(boxes))], dtype=np.intp)
    finished = np.array(owners, dtype=np.intp)[roots]
    lost = (finished < 0) & (zones != OPEN) & dashes_among(boxes, letter, settings)
    lost &= ~np.isin(zones, [zones[seed.members[0]] for seed in seeds])
    return _regrouped(seeds, finished, boxes, settings) + _small_lines(roots, lost, boxes)


def tones_on_vowels(
    first: Indexes, second: Indexes, owner: Indexes, boxes: Boxes, letter: float, settings: GroupSettings
) -> NDArray[np.bool_]:
    """Which pairs are a tone mark on a vowel that lies on a consonant: of two loose marks, one close above the other,
    the lower one wide. Where lines are set close, the tone nearly touches the line above and belongs to the vowel."""
    upper, lower = np.where(boxes[first, 1] <= boxes[second, 1], (first, second), (second, first))
    width = boxes[:, 2] - boxes[:, 0]
    common = np.minimum(boxes[upper, 2], boxes[lower, 2]) - np.maximum(boxes[upper, 0], boxes[lower, 0])
    gap = boxes[lower, 1] - boxes[upper, 3]
    return np.asarray(
        (owner[first] < 0)
        & (owner[second] < 0)
        & (3 * common >= np.minimum(width[upper], width[lower]))
        & (width[lower] >= settings.vowel_width * letter)
        & (gap >= -settings.tone_gap / 2 * letter)
        & (gap <= settings.tone_gap * letter)
    )


def hangs_under(
    first: Indexes,
    second: Indexes,
    owner: Indexes,
    boxes: Boxes,
    sizes: NDArray[np.float64],
    settings: GroupSettings,
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which pairs are a loose component under ink of a line, and which of that ink is high enough for a letter: vowels
    hang under no others, such as the lower half of ะ."""
    loose, owned = np.where(owner[first] < 0, (first, second), (second, first))
    high = boxes[owned, 3] - boxes[owned, 1]
    held = owner[owned] >= 0
    hangs = held & (boxes[loose, 1] >= boxes[owned, 3] - settings.core_slack * high)
    letter = np.where(held, sizes[owner[owned]] if len(sizes) else 0.0, 0.0)
    return np.asarray(hangs), np.asarray(high >= settings.holds_vowel * letter)


def is_no_vowel_below(
    first: Indexes,
    second: Indexes,
    owner: Indexes,
    boxes: Boxes,
    sizes: NDArray[np.float64],
    letter: float,
    settings: GroupSettings,
) -> NDArray[np.bool_]:
    """Which pairs have a loose component that is too high or too narrow for a vowel below, by the letters of the pair's
    line."""
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    size = np.where(owner >= 0, sizes[owner] if len(sizes) else letter, 0.0)
    line = np.maximum(size[first], size[second])
    line[line == 0.0] = letter
    neither = [
        (owner[each] < 0)
        & (height[each] <= settings.tallest_above * line)
        & ((height[each] > settings.tallest_below * line) | (width[each] < settings.narrowest_below * line))
        & (height[each] >= settings.dot_size * line)
        for each in (first, second)
    ]
    return np.asarray(neither[0] | neither[1])


def core_spans(
    seeds: list[Group], owner: Indexes, boxes: Boxes, settings: GroupSettings
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The top and bottom of every component as marks measure their distance from it: a line's letters without their
    ascenders and descenders, between which the marks of the next line may hang; all else as it is."""
    tops, bottoms = boxes[:, 1].astype(float), boxes[:, 3].astype(float)
    owned = owner >= 0
    if owned.any():
        size = np.array([seed.letter for seed in seeds])[owner[owned]]
        baseline = np.array([seed.baseline for seed in seeds])[owner[owned]]
        high, low = baseline - (1 + settings.core_slack) * size, baseline + settings.core_slack * size
        tops[owned] = np.clip(tops[owned], np.minimum(high, bottoms[owned] - 1), None)
        bottoms[owned] = np.clip(bottoms[owned], None, np.maximum(low, tops[owned] + 1))
    return tops, bottoms


def _join(parents: list[int], owners: list[int], a: int, b: int) -> None:
    a, b = root_of(parents, a), root_of(parents, b)
    if a == b or (owners[a] >= 0 and owners[b] >= 0):
        return
    parents[b] = a
    owners[a] = max(owners[a], owners[b])


def dots_among(boxes: Boxes, letter: float, settings: GroupSettings) -> NDArray[np.bool_]:
    """Which components are dots, or specks."""
    return np.asarray((boxes[:, 2:] - boxes[:, :2]).max(axis=1) < settings.dot_size * letter)


def dashes_among(boxes: Boxes, letter: float, settings: GroupSettings) -> NDArray[np.bool_]:
    """Which components are wide and low enough for dashes."""
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    return np.asarray((width >= settings.dash_width * letter) & (width >= settings.dash_shape * height))


def owners_by_core(
    seeds: list[Group], boxes: Boxes, zones: NDArray[np.int32], letter: float, settings: GroupSettings
) -> NDArray[np.intp]:
    """(n,) the number of the seed to which a component belongs, or -1: its letters, and what stands among them (broken
    letters, punctuation), that is with most of its height between their heads and feet."""
    owner = np.full(len(boxes), -1, dtype=np.intp)
    all_dots = dots_among(boxes, letter, settings)
    of_zone = members_of(zones)
    for number, seed in enumerate(seeds):
        beside = of_zone[int(zones[seed.members[0]])]
        beside = beside[(boxes[beside, 3] > seed.core_top) & (boxes[beside, 1] < seed.baseline)]
        own, dots = boxes[beside], all_dots[beside]
        heights = own[:, 3] - own[:, 1]
        common = np.minimum(own[:, 3], seed.baseline) - np.maximum(own[:, 1], seed.core_top)
        head = np.abs(own[:, 1] - seed.core_top) <= settings.baseline_slack * seed.letter
        head &= heights >= settings.smallest_letter * seed.letter
        side = np.where(dots, 0.0, np.where(head, settings.link_gap, settings.mark_gap) * seed.letter)
        among = (2 * common >= heights) & (own[:, 0] < seed.right + side) & (own[:, 2] > seed.left - side)
        free = beside[among & (owner[beside] < 0)]
        owner[free] = number
    for number, seed in enumerate(seeds):
        owner[seed.members] = number
    return owner


def _regrouped(seeds: list[Group], owner: Indexes, boxes: Boxes, settings: GroupSettings) -> list[Group]:
    """The seeds with all that they own, but for specks that a chain of specks ties to a line out of its reach."""
    groups = []
    owned = members_of(owner)
    for number, seed in enumerate(seeds):
        members = owned[number]
        own = boxes[members]
        far = (own[:, 3] - own[:, 1] < seed.letter) & (
            (own[:, 3] < seed.baseline - settings.reach_up * seed.letter)
            | (own[:, 1] > seed.baseline + settings.reach_down * seed.letter)
        )
        members, own = members[~far], own[~far]
        groups.append(Group(members, seed.baseline, seed.letter, float(own[:, 0].min()), float(own[:, 2].max())))
    return groups


def _small_lines(roots: Indexes, lost: NDArray[np.bool_], boxes: Boxes) -> list[Group]:
    """Groups of what is joined but in no seed, where any of it is `lost`."""
    return measured([np.flatnonzero(roots == root) for root in np.unique(roots[lost])], boxes)
