"""Groups of components on one baseline, and their measure: baseline and height of a letter."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laodoc.layout.ink import Boxes

Indexes = NDArray[np.intp]

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


def measured(members: list[Indexes], boxes: Boxes) -> list[Group]:
    """Groups with their measures from their own letters: medians, weighed by width."""
    if not members:
        return []
    counts = np.array([len(own) for own in members])
    owner, starts = np.repeat(np.arange(len(members)), counts), np.cumsum(counts) - counts
    own = boxes[np.concatenate(members)]
    heights = own[:, 3] - own[:, 1]
    widths = np.maximum(1, own[:, 2] - own[:, 0])
    tall = heights >= SHORTEST_DIGIT * weighted_medians(heights, widths, owner)[owner]
    baselines = weighted_medians(own[tall, 3], widths[tall], owner[tall])
    letters = weighted_medians(heights[tall], widths[tall], owner[tall])
    lefts, rights = np.minimum.reduceat(own[:, 0], starts), np.maximum.reduceat(own[:, 2], starts)
    return [
        Group(each, float(baseline), float(letter), float(left), float(right))
        for each, baseline, letter, left, right in zip(members, baselines, letters, lefts, rights, strict=True)
    ]


def weighted_medians(
    values: NDArray[np.int32], weights: NDArray[np.int32], owners: NDArray[np.intp]
) -> NDArray[np.int32]:
    """The weighted median of the values of each owner 0, 1, 2 …; each has at least one, with a weight of at least 1."""
    order = np.lexsort((values, owners))
    sums = np.cumsum(weights[order])
    ends = sums[np.cumsum(np.bincount(owners)) - 1]
    starts = np.concatenate(([0], ends[:-1]))
    return values[order][np.searchsorted(sums, (starts + ends) / 2)]


def weighted_median(values: NDArray[np.generic], weights: NDArray[np.generic]) -> float:
    order = np.argsort(values, kind="stable")
    sums = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(sums, sums[-1] / 2)])


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
