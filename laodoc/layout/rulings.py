"""Pixels to traces: thin dark lines along one direction of a page, followed from end to end.

The page is averaged along the line into strips (specks and short breaks fade, faint lines gain) and keeps its full
resolution across it. What is darker than the ground on both of its sides is a ridge; ridges that fill most of a window
along the line are pieces of a ruling, whatever bend the whole ruling has.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.imaging.labels import labelled
from laodoc.imaging.page import Image
from laodoc.imaging.paper import MM_PER_INCH
from laodoc.layout.medians import medians

STRIP_MM = 0.34
"""Length of a strip: long enough to average out specks of one or two dots, short beside any ruling."""
THICKEST_MM = 1.1
"""Rulings are up to 3 points thick; what is thicker is a bar."""
WINDOW_MM = 4.0
"""Rows are at least 12 points high, so every ruling of a table is this long, and no stroke of body text is."""
WINDOW_FILL = 0.75
"""Part of the window that a broken ruling still fills; a line of text fills about half."""
CLOSE_MM = 0.5
"""Gaps between the dots of a dotted ruling; the dots of leaders stand further apart."""
FAINTEST = 12
"""Contrast, in grey levels on evened-out ground, of the faintest ruling a person would follow."""
NOISE_FACTOR = 5.0
"""A ridge stands out from the paper's grain by this many times the grain's median ridge."""

SHORTEST_PART = 0.6
"""A piece is at least this part of the window; shorter ones are strokes."""
STEEPEST = 0.06
"""Slope of a ruling on a straightened page: residual skew, bends of paper, stamps set askew."""
ROUGHEST_MM = 0.12
"""Mean deviation from straight over a third of the window: the raggedness of fax pixels, below that of letters."""
MARGIN_MM = 0.3
"""Paper that a ruling has on either side of it where no text touches."""
CLEAN_SHARE = 0.5
"""Part of a ruling that text and bars leave free on both sides."""
ECHO_MM = 2.4
"""Reach of the ringing of JPEG blocks (8 dots at 100 to 200 dpi)."""
ECHO_SHARE = 0.15
"""Contrast of ringing beside that of the ink which caused it."""

Profile = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ridges:
    """`strips` (across, along) are grey levels, `ridge` how much darker than both sides; `size` is a strip's pixels."""

    strips: Image
    ridge: Image
    threshold: int
    size: int
    dpi: float

    def strips_in(self, mm: float) -> int:
        """The number of strips in a length along the line."""
        return max(1, round(mm * self.dpi / MM_PER_INCH / self.size))

    def pixels_in(self, mm: float) -> float:
        """The number of pixels in a length across the line."""
        return mm * self.dpi / MM_PER_INCH


@dataclass(frozen=True, slots=True)
class Trace:
    """A thin line: from strip `start` on, its place across (pixels), and the strips in which ink was seen.

    `contrast` is in grey levels, `thickness` in pixels; `clean` is the part with light paper on both sides, 0..1.
    """

    start: int
    across: Profile
    seen: NDArray[np.bool_]
    contrast: float
    clean: float
    thickness: float

    @property
    def end(self) -> int:
        """The strip after the last."""
        return self.start + len(self.across)


def page_to_ridges(grey: Image, dpi: float, *, horizontal: bool) -> Ridges:
    """Average the page along lines of one direction and find what is darker than both sides.

    `grey` is (height, width) uint8 with ground near 255. For vertical lines the strips are transposed, so that lines
    always run along the second axis. The ridge is a black top-hat one pixel wide.
    """
    height, width = grey.shape
    size = max(1, round(STRIP_MM * dpi / MM_PER_INCH))
    if horizontal:
        count = max(1, width // size)
        strips = cv2.resize(grey[:, : count * size], (count, height), interpolation=cv2.INTER_AREA)
    else:
        count = max(1, height // size)
        strips = cv2.transpose(cv2.resize(grey[: count * size], (width, count), interpolation=cv2.INTER_AREA))
    reach = 2 * round(THICKEST_MM * dpi / MM_PER_INCH / 2) + 1
    ridge = cv2.morphologyEx(
        strips, cv2.MORPH_BLACKHAT, np.ones((reach, 1), np.uint8), borderValue=(255, 255, 255, 255)
    )
    grain = float(np.median(ridge[::7, ::7]))
    return Ridges(
        np.asarray(strips, np.uint8), np.asarray(ridge, np.uint8), int(max(FAINTEST, NOISE_FACTOR * grain)), size, dpi
    )


def ridges_to_mask(ridges: Ridges) -> Image:
    """The ridges that run on for a window's length, as a mask of 0 and 255 (across, along).

    A pixel of freedom to either side lets a line drift while it stays in the window.
    """
    _, found = cv2.threshold(ridges.ridge, ridges.threshold, 255, cv2.THRESH_BINARY)
    loose = cv2.dilate(found, np.ones((3, 1), np.uint8))
    gap = ridges.strips_in(CLOSE_MM)
    loose = cv2.morphologyEx(loose, cv2.MORPH_CLOSE, np.ones((1, gap + 1), np.uint8))
    window = ridges.strips_in(WINDOW_MM) | 1
    filled = cv2.blur(loose, (window, 1), borderType=cv2.BORDER_CONSTANT)
    _, core = cv2.threshold(filled, round(255 * WINDOW_FILL) - 1, 255, cv2.THRESH_BINARY)
    return np.asarray(cv2.min(loose, cv2.dilate(core, np.ones((1, window), np.uint8))), np.uint8)


def mask_to_traces(mask: Image, ridges: Ridges) -> tuple[Trace, ...]:
    """Each connected part of the mask that runs like a ruling, as one trace through the middle of its ink."""
    labels, stats = labelled(mask)
    if len(stats) == 1:
        return ()
    lengths = stats[:, cv2.CC_STAT_WIDTH].astype(np.intp)
    steep = stats[:, cv2.CC_STAT_HEIGHT] > ridges.pixels_in(THICKEST_MM) + STEEPEST * lengths * ridges.size
    keep = (lengths >= SHORTEST_PART * ridges.strips_in(WINDOW_MM)) & ~steep
    keep[0] = False
    columns, rows = np.asarray(cv2.findNonZero(mask), np.intp).reshape(-1, 2).T
    part = labels[rows, columns]
    chosen = keep[part]
    rows, columns, part = rows[chosen], columns[chosen], part[chosen]
    offsets = np.concatenate(([0], np.cumsum(np.where(keep, lengths, 0))))
    place = offsets[part] + columns - stats[part, cv2.CC_STAT_LEFT]
    ink = ridges.ridge[rows, columns].astype(np.float64)
    weight = np.asarray(np.bincount(place, ink, offsets[-1]), np.float64)
    peak = np.zeros(offsets[-1])
    np.maximum.at(peak, place, ink)
    middle = np.asarray(np.bincount(place, ink * rows, offsets[-1]) / np.maximum(weight, 1e-6), np.float64)
    along = np.arange(offsets[-1]) - np.repeat((offsets[:-1] - stats[:, cv2.CC_STAT_LEFT])[keep], lengths[keep])
    clean = free_on_both_sides(along, middle, weight / np.maximum(peak, 1), ridges)
    owner = np.repeat(np.arange(len(lengths)), np.where(keep, lengths, 0))
    seen = peak > ridges.threshold
    shares = np.bincount(owner[seen & clean], minlength=len(lengths)) / np.maximum(
        1, np.bincount(owner[seen], minlength=len(lengths))
    )
    found = keep & (shares >= CLEAN_SHARE)
    inked = seen & found[owner]
    thickness = medians((weight / np.maximum(peak, 1))[inked], owner[inked], len(lengths))
    found &= thickness <= ridges.pixels_in(THICKEST_MM)
    contrast = medians(peak[inked], owner[inked], len(lengths))
    own = found[owner]
    across, seen = _through(middle[own], seen[own], owner[own]), seen[own]
    ends = np.cumsum(np.where(found, lengths, 0))
    found &= _smooth(across, owner[own], ends, ridges)
    return without_echoes(
        [
            Trace(
                int(stats[index, cv2.CC_STAT_LEFT]),
                across[ends[index] - lengths[index] : ends[index]],
                seen[ends[index] - lengths[index] : ends[index]],
                float(contrast[index]),
                float(shares[index]),
                float(thickness[index]),
            )
            for index in np.flatnonzero(found)
        ],
        ridges,
    )


def _through(middle: Profile, seen: NDArray[np.bool_], owner: NDArray[np.intp]) -> Profile:
    """The places across of all traces, one after the other; where nothing was seen, those between its neighbours' on
    the same trace, or that of the nearer end. Every trace was seen somewhere."""
    places, count = np.arange(len(middle)), len(middle)
    before = np.maximum.accumulate(np.where(seen, places, -1))
    after = np.minimum.accumulate(np.where(seen, places, count)[::-1])[::-1]
    first, last = np.maximum(before, 0), np.minimum(after, count - 1)
    first = np.where((before < 0) | (owner[first] != owner), last, first)
    last = np.where((after == count) | (owner[last] != owner), first, last)
    slope = (middle[last] - middle[first]) / np.maximum(1, last - first)
    return np.asarray(slope * (places - first) + middle[first], np.float64)


def _smooth(across: Profile, owner: NDArray[np.intp], ends: NDArray[np.intp], ridges: Ridges) -> NDArray[np.bool_]:
    """Which traces bend as slowly as paper does; a pen, and a row of letters, go up and down.

    `across` are the places of all of them, one after the other, `owner` their traces, `ends` where each trace ends.
    """
    lengths = np.bincount(owner, minlength=len(ends))
    lag = max(1, ridges.strips_in(WINDOW_MM) // 3)
    lags = np.where(lengths <= 2 * lag, np.maximum(1, (lengths - 1) // 2), lag)[owner]
    far = np.arange(len(across)) + 2 * lags
    start = np.flatnonzero(far < ends[owner])
    bend = np.abs(across[far[start]] - 2 * across[start + lags[start]] + across[start])
    sums = np.bincount(owner[start], bend, minlength=len(ends))
    counts = np.bincount(owner[start], minlength=len(ends))
    return np.asarray(sums <= ridges.pixels_in(ROUGHEST_MM) * counts, np.bool_)


def free_on_both_sides(
    along: NDArray[np.intp], across: Profile, thickness: Profile, ridges: Ridges
) -> NDArray[np.bool_]:
    """For each place on a line (strip, pixels across), whether light paper lies close to it on both sides."""
    height = ridges.strips.shape[0]
    middle = np.clip(np.rint(across), 0, height - 1).astype(np.intp)
    away = np.rint(thickness / 2 + ridges.pixels_in(MARGIN_MM)).astype(np.intp)
    light = ridges.strips[middle, along].astype(np.intp) + ridges.ridge[middle, along] // 2
    above = ridges.strips[np.clip(middle - away, 0, height - 1), along]
    below = ridges.strips[np.clip(middle + away, 0, height - 1), along]
    return np.asarray((above > light) & (below > light), np.bool_)


def without_echoes(traces: Sequence[Trace], ridges: Ridges) -> tuple[Trace, ...]:
    """The traces without those that are but the ringing that compression leaves beside much darker ink."""
    if not traces:
        return ()
    along = np.concatenate([trace.start + np.flatnonzero(trace.seen) for trace in traces])
    across = np.rint(np.concatenate([trace.across[trace.seen] for trace in traces])).astype(np.intp)
    owner = np.repeat(np.arange(len(traces)), [np.count_nonzero(trace.seen) for trace in traces])
    steps = np.rint(np.linspace(-1.0, 1.0, 9) * ridges.pixels_in(ECHO_MM)).astype(np.intp)
    near = np.clip(across + steps[:, None], 0, ridges.strips.shape[0] - 1)
    darkness = 255.0 - medians(ridges.strips[near, along].min(axis=0), owner, len(traces))
    return tuple(
        trace for trace, dark in zip(traces, darkness.tolist(), strict=True) if trace.contrast >= ECHO_SHARE * dark
    )


def find_traces(ridges: Ridges) -> tuple[Trace, ...]:
    """All pieces of thin lines along one direction of the page."""
    return mask_to_traces(ridges_to_mask(ridges), ridges)
