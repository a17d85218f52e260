"""Streaks of a scanner: dirt on its glass draws one dark line along the whole way of the paper."""

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.imaging.levels import percentile
from laodoc.imaging.page import Image
from laodoc.imaging.paper import MM_PER_INCH
from laodoc.imaging.resample import grey_of

BESIDE_MM = 0.7
"""Paper beside a streak is looked at in this distance: streaks are thinner, letters and rulings keep further apart."""

DARKER = 8
"""Grey levels by which a streak is darker than the paper on both sides of it."""

LIGHT = 0.75
"""Part of the page's ordinary light from which a place is paper; in ink nobody sees whether the streak goes on."""

UNBROKEN = 0.95
"""Part of the paper along the way on which a streak is seen."""

MOSTLY_PAPER = 0.3
"""Part of the way that is paper on both sides, at least: elsewhere it cannot be told."""

END = 0.012
"""Part of the way at either end into which a streak reaches; no ruling and no frame goes up to the paper's edge."""

SAMPLED = 12
"""Every so manieth place along the way is looked at."""


def without_streaks(image: Image, dpi: float) -> Image:
    """The page as it lies in the file, grey or RGB, with the streaks along its columns and rows filled from both sides;
    the same object where it has none."""
    grey = grey_of(image)
    upright = _filled(image, streaks(grey, dpi))
    turned = upright.swapaxes(0, 1)
    filled = _filled(turned, streaks(grey.T, dpi))
    return upright if filled is turned else np.ascontiguousarray(filled.swapaxes(0, 1))


def streaks(grey: Image, dpi: float) -> tuple[tuple[int, int], ...]:
    """First and last column, exclusive, of every streak along the columns of a grey page (height, width)."""
    rows = np.ascontiguousarray(grey[::SAMPLED])
    beside = max(2, round(BESIDE_MM * dpi / MM_PER_INCH))
    if rows.shape[1] <= 4 * beside or len(rows) < 1 / END:
        return ()
    here = rows[:, beside:-beside]
    lighter = np.minimum(rows[:, : -2 * beside], rows[:, 2 * beside :])
    paper = lighter >= LIGHT * percentile(rows[:, ::SAMPLED], 75)
    seen = (cv2.subtract(lighter, here) >= DARKER) & paper
    end = max(2, round(END * len(rows)))
    streak = _mostly(seen, paper, MOSTLY_PAPER)
    for ends in (slice(0, end), slice(-end, None)):
        streak &= _mostly(seen[ends], paper[ends], 0.0)
    return tuple((first + beside - 1, last + beside + 1) for first, last in _runs(streak) if last - first < beside)


def _mostly(seen: NDArray[np.bool_], paper: NDArray[np.bool_], least: float) -> NDArray[np.bool_]:
    """In which columns the streak is seen on nearly all of the paper, of which there is a `least` part."""
    papers = paper.sum(axis=0)
    return np.asarray((seen.sum(axis=0) >= UNBROKEN * papers) & (papers >= least * len(paper)))


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    steps = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return [(int(first), int(last)) for first, last in steps.reshape(-1, 2)]


def _filled(image: Image, columns: tuple[tuple[int, int], ...]) -> Image:
    """A copy in which the columns lead over from what stands left of them to what stands right."""
    if not columns:
        return image
    filled = image.copy()
    for first, last in columns:
        left, right = image[:, first - 1].astype(np.float32), image[:, last].astype(np.float32)
        for step, column in enumerate(range(first, last), start=1):
            share = step / (last - first + 1)
            filled[:, column] = np.rint(left * (1 - share) + right * share)
    return filled
