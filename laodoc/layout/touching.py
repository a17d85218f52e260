"""Ink of two lines that touches: cut in two at the thinnest place between them."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from laodoc.layout.ink import Boxes, Ink
from laodoc.layout.line_groups import seed_groups
from laodoc.layout.line_measure import Group
from laodoc.layout.line_settings import GroupSettings

TALL = 1.7
"""Only components higher than this many letters can touch two lines."""

WIDE = 8.0
"""Wider components are drawings or pen strokes through the text, not two letters that touch (in letters' heights)."""

IN_CORE = 0.5
"""A component stands in a line if it covers this much of the line's letter height."""


def split_touching(
    ink: Ink, zones: NDArray[np.int32], letter: float, settings: GroupSettings
) -> tuple[Ink, NDArray[np.int32]]:
    """The same ink, where components that stand in two lines are replaced by one part for each line."""
    heights, widths = ink.heights, ink.widths
    tall = np.flatnonzero((heights >= TALL * letter) & (heights <= 5 * letter) & (widths <= WIDE * letter))
    if len(tall) == 0:
        return ink, zones
    seeds = [seed for seed in seed_groups(ink.boxes, zones, letter, settings) if len(seed.members) > 1]
    parts: list[tuple[int, Boxes]] = []
    for index in tall.tolist():
        rows = cuts(index, seeds, ink, zones)
        if rows:
            parts.append((index, pieces(ink, index, rows)))
    return replaced(ink, zones, parts)


def cuts(index: int, seeds: list[Group], ink: Ink, zones: NDArray[np.int32]) -> list[int]:
    """The rows at which a component is cut: between each two lines in which it stands."""
    left, top, right, bottom = ink.boxes[index].tolist()
    stands = sorted(
        (
            seed
            for seed in seeds
            if zones[seed.members[0]] == zones[index]
            and min(bottom, seed.baseline) - max(top, seed.core_top) >= IN_CORE * seed.letter
            and seed.left - seed.letter < right
            and left < seed.right + seed.letter
            and bottom - top > TALL * seed.letter
        ),
        key=lambda seed: seed.baseline,
    )
    profile = (ink.mask[top:bottom, left:right] > 0).sum(axis=1)
    rows = []
    for upper, lower in pairwise(stands):
        start, stop = int(upper.baseline) + 1 - top, int(lower.core_top) - top
        if start < stop:
            rows.append(top + start + int(np.argmin(profile[start:stop])))
    return rows


def pieces(ink: Ink, index: int, rows: list[int]) -> Boxes:
    """The boxes of a component's parts between the cuts."""
    left, top, right, bottom = ink.boxes[index].tolist()
    found = []
    for start, stop in zip([top, *rows], [*rows, bottom], strict=True):
        ys, xs = np.nonzero(ink.mask[start:stop, left:right])
        if len(ys):
            found.append((left + xs.min(), start + ys.min(), left + xs.max() + 1, start + ys.max() + 1))
    return np.array(found, dtype=np.int32).reshape(-1, 4)


def replaced(ink: Ink, zones: NDArray[np.int32], parts: list[tuple[int, Boxes]]) -> tuple[Ink, NDArray[np.int32]]:
    """The ink with some components exchanged for their parts; ink is shared out by the parts' size."""
    if not parts:
        return ink, zones
    keep = np.ones(len(ink.boxes), dtype=bool)
    keep[[index for index, _ in parts]] = False
    areas, numbers = [], []
    for index, boxes in parts:
        sizes = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
        areas.append(ink.areas[index] * sizes / max(1, sizes.sum()))
        numbers.append(np.full(len(boxes), zones[index], dtype=np.int32))
    return (
        Ink(
            ink.mask,
            np.concatenate([ink.boxes[keep], *(boxes for _, boxes in parts)]),
            np.concatenate([ink.areas[keep], *areas]).astype(np.int32),
        ),
        np.concatenate([zones[keep], *numbers]),
    )
