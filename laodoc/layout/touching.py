"""Ink of two lines that touches: cut in two at the thinnest place between them.

Two letters touch where print is heavy or a pen crossed the lines; where lines are set close, the tone mark on a vowel
reaches up to the feet of the line above.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from laodoc.layout.ink import Boxes, Ink
from laodoc.layout.line_measure import Group
from laodoc.layout.line_settings import GroupSettings

TALL = 1.7
"""Only components higher than this many letters can touch two lines."""

WIDE = 8.0
"""Wider components are drawings or pen strokes through the text, not two letters that touch (in letters' heights)."""

HANGING = 1.2
"""Components higher than this many letters may be a letter and a mark that hangs under it."""

TIGHT = 1.4
"""Where the heads of a line come within this many letters of the feet of the line above its marks may hang there."""

HANGS = 0.15
"""A mark hangs at least so many letters under the feet of the line above, more than loops and blur."""

LONGEST_TONE = 0.6
"""So many letters under the feet a tone mark ends; ฤ and ฦ reach further down."""

IN_CORE = 0.5
"""A component stands in a line if it covers this much of the line's letter height."""


def split_touching(
    ink: Ink, zones: NDArray[np.int32], letter: float, seeds: list[Group], settings: GroupSettings
) -> tuple[Ink, NDArray[np.int32]]:
    """The same ink, where components that stand in two lines are replaced by one part for each line; the very same
    where there are none. `seeds` are the lines' letters, `letter` their height on the page."""
    heights, lines = ink.heights, [seed for seed in seeds if len(seed.members) > 1]
    tall = heights >= HANGING * letter
    for line in lines:
        tall[line.members] |= ink.boxes[line.members, 3] - line.baseline >= HANGS * line.letter
    tall &= (heights <= 5 * letter) & (ink.widths <= WIDE * letter)
    if not tall.any() or len(lines) < 2:
        return ink, zones
    parts: list[tuple[int, Boxes]] = []
    seams: list[tuple[int, int, int, int]] = []
    for index in np.flatnonzero(tall).tolist():
        rows = cuts(index, lines, ink, zones) if heights[index] >= TALL * letter else []
        rows = rows or hanging_mark(index, lines, ink, zones, settings)
        if rows:
            parts.append((index, pieces(ink, index, rows)))
            left, _, right, _ = ink.boxes[index].tolist()
            seams += [(left, row, right, row + 1) for row in rows]
    return replaced(ink, zones, parts, seams)


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


def hanging_mark(
    index: int, lines: list[Group], ink: Ink, zones: NDArray[np.int32], settings: GroupSettings
) -> list[int]:
    """The row at which a component is cut into a letter and what hangs under its foot from the next line: a tone mark
    close over a vowel there, or a vowel with its tone close over a letter."""
    left, top, right, bottom = ink.boxes[index].tolist()
    own = [line for line in lines if zones[line.members[0]] == zones[index] and line.left < right and left < line.right]
    upper = [line for line in own if min(bottom, line.baseline) - max(top, line.core_top) >= IN_CORE * line.letter]
    if len(upper) != 1:
        return []
    (line,) = upper
    below = [other for other in own if 0 < other.core_top - line.baseline <= TIGHT * line.letter]
    hangs = (bottom - line.baseline) / line.letter
    if not below or not HANGS <= hangs <= TIGHT:
        return []
    start = max(1, round(line.baseline) - top)
    stop = max(start + 1, round(line.baseline + HANGS * line.letter) - top)
    profile = (ink.mask[top:bottom, left:right] > 0).sum(axis=1)
    row = top + start + int(np.argmin(profile[start:stop]))
    columns = np.flatnonzero((ink.mask[row:bottom, left:right] > 0).any(axis=0)) + left
    wide, gap = columns[-1] + 1 - columns[0], settings.tone_gap * line.letter
    heads = min(other.core_top for other in below)
    common = np.minimum(ink.boxes[:, 2], columns[-1] + 1) - np.maximum(ink.boxes[:, 0], columns[0])
    under = (ink.boxes[:, 1] - bottom >= -gap) & (ink.boxes[:, 1] - bottom <= gap) & (zones == zones[index])
    under &= 3 * common >= np.minimum(wide, ink.widths)  # tones stand over the right end of their vowels
    vowels = (ink.widths >= settings.vowel_width * line.letter) & (ink.boxes[:, 3] <= heads + gap)
    letters = (ink.heights >= IN_CORE * line.letter) & (np.abs(ink.boxes[:, 1] - heads) <= gap)
    tone = hangs <= LONGEST_TONE and (under & vowels).any()
    vowel = wide >= settings.vowel_width * line.letter and (under & letters).any()
    return [row] if tone or vowel else []


def pieces(ink: Ink, index: int, rows: list[int]) -> Boxes:
    """The boxes of a component's parts between the cuts."""
    left, top, right, bottom = ink.boxes[index].tolist()
    found = []
    for start, stop in zip([top, *rows], [*rows, bottom], strict=True):
        ys, xs = np.nonzero(ink.mask[start:stop, left:right])
        if len(ys):
            found.append((left + xs.min(), start + ys.min(), left + xs.max() + 1, start + ys.max() + 1))
    return np.array(found, dtype=np.int32).reshape(-1, 4)


def replaced(
    ink: Ink, zones: NDArray[np.int32], parts: list[tuple[int, Boxes]], seams: list[tuple[int, int, int, int]]
) -> tuple[Ink, NDArray[np.int32]]:
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
            np.array(seams, dtype=np.int32),
        ),
        np.concatenate([zones[keep], *numbers]),
    )
