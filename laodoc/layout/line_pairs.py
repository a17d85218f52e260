"""Pairs of components that may belong together, and what hangs together by such pairs."""

import numpy as np
from numpy.typing import NDArray

from laodoc.layout.ink import Boxes
from laodoc.layout.line_measure import Indexes


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


def members_of(labels: NDArray[np.integer]) -> dict[int, Indexes]:
    """The places in `labels` at which each label stands, ascending."""
    order = np.argsort(labels, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1) if len(order) else []
    return {int(labels[part[0]]): part for part in parts}
