"""Components → groups, one a text line.

A variant of the nearest-neighbour clustering of O'Gorman, "The Document Spectrum for Page Layout Analysis" (1993), for
the stacked vowels and tone marks of Thai: letters that stand on one baseline link; marks, dots and what else is left
join the ink nearest to them, nearest pairs first, so that a tone mark follows the vowel under it, not the line above.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laodoc.layout.ink import Boxes

Indexes = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class GroupSettings:
    """How ink becomes lines; all lengths in parts of a letter's height (that of a consonant without marks)."""

    smallest_letter: float = 0.42
    """Of the page's letter height: digits of a note at ten points beside a text of sixteen."""
    largest_letter: float = 4.0
    """Of the page's letter height: the letters of a heading at 29 points with their ascenders."""
    size_ratio: float = 1.95
    """Letters that differ more in height don't link: ascenders are 1.9 times as high as consonants."""
    baseline_slack: float = 0.3
    """How far two letters' feet may differ: loops and blur; a descender hangs by more."""
    link_gap: float = 1.3
    """Widest gap between letters of a word or a phrase."""
    line_gap: float = 3.0
    """Widest space within a line: what justifying or a tab after a number leaves; columns stand further apart."""
    vowel_width: float = 0.42
    """Vowels above consonants are at least this wide, all tone marks but ๊ and ๋ less."""
    tone_gap: float = 0.22
    """Widest gap between a vowel and the tone mark on it; half as far may they reach into each other's rows."""
    tallest_below: float = 0.64
    """Vowels below consonants, and the tails of ญ and ฐ, are at most this high: 0.45 to 0.55, in bold fonts 0.63."""
    tallest_above: float = 1.0
    """A vowel with its tone, where they touch, is at most this high; what is higher is a stroke."""
    core_slack: float = 0.15
    """How far a letter's own foot and head may be from those of its line: bends, loops and blur."""
    mark_gap: float = 0.85
    """How far a mark or dot may be from the ink that it joins."""
    dot_size: float = 0.22
    """Components smaller than this in both directions are dots, or specks."""
    dot_gap: float = 0.4
    """How far a dot may be from the ink that it joins: the dots of a leader follow each other within this."""
    dash_width: float = 0.28
    """A hyphen's width: 0.42 to 0.8 in fonts, less on poor copies."""
    dash_shape: float = 1.5
    """Width of a dash in parts of its height; specks are round."""
    leader_slack: float = 0.15
    """How far the dots of a leader may be from level; dots that join each other otherwise are specks."""
    mark_size: float = 0.75
    """A group of letters smaller than this beside a larger group's letters is that group's row of marks."""
    reach_up: float = 2.3
    """Highest tone mark above the baseline."""
    reach_down: float = 1.0
    """Deepest descender below it."""


OPEN = 0
"""The zone of the open page; all others are cells."""

SHORTEST_DIGIT = 0.65
"""Height of ๓ and other low letters in parts of a consonant's; what is lower is no measure of a line."""


@dataclass(frozen=True, slots=True)
class Group:
    """The members of one line and its measure: the baseline's y and the height of a letter, in pixels."""

    members: Indexes
    baseline: float
    letter: float
    left: float
    right: float

    @property
    def core_top(self) -> float:
        return self.baseline - self.letter


def group_components(boxes: Boxes, zones: NDArray[np.int32], letter: float, settings: GroupSettings) -> list[Group]:
    """The groups of components that make lines.

    Args:
        boxes: (n, 4) of all components.
        zones: (n,) the area (cell, stamp, or 0 for the open page) of each; lines never leave it.
        letter: height of the page's consonants in pixels.
    """
    lines = join_marks(seed_groups(boxes, zones, letter, settings), boxes, zones, letter, settings)
    return merge_along(lines, boxes, zones, settings)


def seed_groups(boxes: Boxes, zones: NDArray[np.int32], letter: float, settings: GroupSettings) -> list[Group]:
    """Groups of letters that stand side by side on one baseline, without rows of marks beside larger letters."""
    heights = boxes[:, 3] - boxes[:, 1]
    lettered = np.flatnonzero(
        (heights >= settings.smallest_letter * letter) & (heights <= settings.largest_letter * letter)
    )
    pairs = letter_links(boxes[lettered], zones[lettered], settings)
    roots = unite(len(lettered), pairs)
    groups = [measured(lettered[members], boxes) for members in by_root(roots)]
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


def pairs_within(boxes: Boxes, reach: float) -> tuple[Indexes, Indexes]:
    """All pairs (first, second) where second begins at or right of first's beginning and at most `reach` after its end,
    and their rows are at most `reach` apart."""
    order = np.argsort(boxes[:, 0], kind="stable")
    lefts = boxes[order, 0]
    stops = np.searchsorted(lefts, boxes[order, 2] + reach, side="right")
    counts = np.maximum(0, stops - np.arange(len(order)) - 1)
    firsts = np.repeat(np.arange(len(order)), counts)
    ends = np.cumsum(counts)
    seconds = firsts + 1 + np.arange(len(firsts)) - np.repeat(ends - counts, counts)
    first, second = order[firsts], order[seconds]
    near = (boxes[second, 1] - boxes[first, 3] <= reach) & (boxes[first, 1] - boxes[second, 3] <= reach)
    return first[near], second[near]


def unite(count: int, pairs: NDArray[np.intp]) -> list[int]:
    """The root of each of `count` items after uniting all pairs."""
    parents = list(range(count))
    for first, second in pairs.tolist():
        a, b = root_of(parents, first), root_of(parents, second)
        if a != b:
            parents[max(a, b)] = min(a, b)
    return [root_of(parents, item) for item in range(count)]


def root_of(parents: list[int], item: int) -> int:
    while parents[item] != item:
        parents[item] = parents[parents[item]]
        item = parents[item]
    return item


def by_root(roots: list[int]) -> list[Indexes]:
    """The items of each root, in order."""
    if not roots:
        return []
    return list(members_of(np.asarray(roots, dtype=np.intp)).values())


def measured(members: Indexes, boxes: Boxes) -> Group:
    """The group with its measure from its own letters: medians, weighed by width."""
    own = boxes[members]
    heights = own[:, 3] - own[:, 1]
    widths = np.maximum(1, own[:, 2] - own[:, 0])
    tall = heights >= SHORTEST_DIGIT * weighted_median(heights, widths)
    return Group(
        members=members,
        baseline=weighted_median(own[tall, 3], widths[tall]),
        letter=weighted_median(heights[tall], widths[tall]),
        left=float(own[:, 0].min()),
        right=float(own[:, 2].max()),
    )


def weighted_median(values: NDArray[np.generic], weights: NDArray[np.generic]) -> float:
    order = np.argsort(values, kind="stable")
    sums = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(sums, sums[-1] / 2)])


def without_parts(groups: list[Group], boxes: Boxes, zones: NDArray[np.int32], settings: GroupSettings) -> list[Group]:
    """The groups without those within reach of a longer line that are its row of marks, or one or two letters that did
    not link because marks touch them or the print is broken."""
    if not groups:
        return []
    letter, baseline = np.array([group.letter for group in groups]), np.array([group.baseline for group in groups])
    left, right = np.array([group.left for group in groups]), np.array([group.right for group in groups])
    count = np.array([len(group.members) for group in groups])
    zone = np.array([zones[group.members[0]] for group in groups])
    middle = np.array([boxes[group.members][:, [1, 3]].mean() for group in groups])
    tallest = np.array([(boxes[group.members, 3] - boxes[group.members, 1]).max() for group in groups])
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
    top = np.array([boxes[group.members, 1].min() for group in groups])
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


def united(parts: list[Group]) -> Group:
    """Several groups as one; its measure is that of their letters, by number."""
    counts = np.array([len(part.members) for part in parts])
    return Group(
        members=np.concatenate([part.members for part in parts]),
        baseline=weighted_median(np.array([part.baseline for part in parts]), counts),
        letter=weighted_median(np.array([part.letter for part in parts]), counts),
        left=min(part.left for part in parts),
        right=max(part.right for part in parts),
    )


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
    low = ~(toned[first] | toned[second] | stands_up(first, second, owner, boxes, sizes, letter, settings))
    near &= ~hangs_under(first, second, owner, boxes, settings) | low
    distance[stacked] = 0.0
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
        & (2 * common >= np.minimum(width[upper], width[lower]))
        & (width[lower] >= settings.vowel_width * letter)
        & (gap >= -settings.tone_gap / 2 * letter)
        & (gap <= settings.tone_gap * letter)
    )


def hangs_under(
    first: Indexes, second: Indexes, owner: Indexes, boxes: Boxes, settings: GroupSettings
) -> NDArray[np.bool_]:
    """Which pairs are a loose component under a letter of a line."""
    loose, owned = np.where(owner[first] < 0, (first, second), (second, first))
    high = boxes[owned, 3] - boxes[owned, 1]
    return np.asarray((owner[owned] >= 0) & (boxes[loose, 1] >= boxes[owned, 3] - settings.core_slack * high))


def stands_up(
    first: Indexes,
    second: Indexes,
    owner: Indexes,
    boxes: Boxes,
    sizes: NDArray[np.float64],
    letter: float,
    settings: GroupSettings,
) -> NDArray[np.bool_]:
    """Which pairs have a loose component that is too high for a vowel below, by the letters of the pair's line."""
    height, size = boxes[:, 3] - boxes[:, 1], np.where(owner >= 0, sizes[owner] if len(sizes) else letter, 0.0)
    line = np.maximum(size[first], size[second])
    line[line == 0.0] = letter
    tall = [
        (owner[each] < 0)
        & (height[each] > settings.tallest_below * line)
        & (height[each] <= settings.tallest_above * line)
        for each in (first, second)
    ]
    return np.asarray(tall[0] | tall[1])


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


def members_of(labels: NDArray[np.integer]) -> dict[int, Indexes]:
    """The places in `labels` at which each label stands, ascending."""
    order = np.argsort(labels, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1) if len(order) else []
    return {int(labels[part[0]]): part for part in parts}


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
    return [measured(np.flatnonzero(roots == root), boxes) for root in np.unique(roots[lost])]
