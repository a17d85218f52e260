"""Which traces hold on to each other: rulings of tables and frames meet, strokes and underlines do not."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laodoc.layout.chains import BRIDGE_MM, FARTHEST_MM, extended, is_supported, tail_course
from laodoc.layout.medians import straight_line
from laodoc.layout.rulings import WINDOW_MM, Ridges, Trace

TOUCH_MM = 1.2
"""An end this close to a crossing ruling meets it: corners of poor copies are broken."""
UNBROKEN_CONTRAST = 0.4
"""Where a ruling is unbroken it shows at least this part of its contrast."""
ARM_MM = 0.7
"""Letters stand at least this far off one of the two rulings of their row."""
ARM_SHARE = 0.6
"""Part of the arms that are unbroken, however poor the copy."""
SURE_MM = 25.0
"""The same word in row after row makes a line of strokes, but seldom as long as this."""
SHORT_CLEAN = 0.7
"""Part of a shorter ruling that is free on both sides."""
SHORT_CONTRAST = 0.5
"""Its contrast beside that of the page's long rulings: letters are thinner, or lighter, in blurred copies."""
SHORT_SLOPE = 0.06
"""Its slope: a frame may be stamped askew, strokes of letters lean more."""
SHORT_ROUGH_MM = 0.1
"""Its deviation from straight: about one dot, as bilevel scans have it."""
SEEN_SHARE = 0.65
"""Part of a ruling that shows, however broken it is."""
LONG_MM = 9.0
"""Rulings of this length stand for themselves; shorter ones must run from one ruling to another."""


@dataclass(frozen=True, slots=True)
class Meetings:
    """For each pair (i, j) of a horizontal and a vertical trace: whether they meet, and where (pixels x, y)."""

    meet: NDArray[np.bool_]
    x: NDArray[np.float64]
    y: NDArray[np.float64]


def _table_of(traces: tuple[Trace, ...], ridges: Ridges, reach: int) -> NDArray[np.float64]:
    count = ridges.strips.shape[1]
    places = np.full((len(traces), count), np.nan)
    for row, trace in zip(places, traces, strict=True):
        row[max(0, trace.start - reach) : trace.start] = trace.across[0]
        row[trace.end : trace.end + reach] = trace.across[-1]
        row[trace.start : trace.end] = trace.across[: count - trace.start]
    return places


def find_meetings(
    level: tuple[Trace, ...], upright: tuple[Trace, ...], rows: Ridges, columns: Ridges, *, reach_mm: float = TOUCH_MM
) -> Meetings:
    """Where horizontal traces (of ridges `rows`) and vertical ones (of `columns`) cross or touch."""
    if not level or not upright:
        empty = np.zeros((len(level), len(upright)))
        return Meetings(empty.astype(np.bool_), empty, empty)
    across_level = _table_of(level, rows, rows.strips_in(reach_mm))
    across_upright = _table_of(upright, columns, columns.strips_in(reach_mm))
    i, j = np.indices((len(level), len(upright)))
    x = np.broadcast_to(np.nanmean(across_upright, axis=1), i.shape)
    y = np.zeros(i.shape)
    for _ in range(2):
        y = across_level[i, np.clip(np.nan_to_num(x) / rows.size, 0, across_level.shape[1] - 1).astype(np.intp)]
        x = across_upright[j, np.clip(np.nan_to_num(y) / columns.size, 0, across_upright.shape[1] - 1).astype(np.intp)]
    return Meetings(np.isfinite(x) & np.isfinite(y), np.nan_to_num(x), np.nan_to_num(y))


def keep_networks(
    level: tuple[Trace, ...], upright: tuple[Trace, ...], rows: Ridges, columns: Ridges
) -> tuple[tuple[Trace, ...], tuple[Trace, ...]]:
    """Only the traces that belong to a table or a frame."""
    sure = [t for t in level if _is_sure(t, rows)] + [t for t in upright if _is_sure(t, columns)]
    contrast = float(np.median([trace.contrast for trace in sure] or [0.0]))
    thickness = float(np.median([trace.thickness for trace in sure] or [0.0]))
    level = tuple(trace for trace in level if may_rule(trace, contrast, rows))
    upright = tuple(trace for trace in upright if may_rule(trace, contrast, columns))
    meetings = find_meetings(level, upright, rows, columns)
    alive_level, alive_upright = np.ones(len(level), np.bool_), np.ones(len(upright), np.bool_)
    while True:
        met = meetings.meet & alive_level[:, None] & alive_upright
        before = alive_level.sum() + alive_upright.sum()
        for i in np.flatnonzero(alive_level):
            alive_level[i] = _is_held(level[i], meetings.x[i, met[i]], thickness, rows)
        for j in np.flatnonzero(alive_upright):
            alive_upright[j] = _is_held(upright[j], meetings.y[met[:, j], j], thickness, columns)
        if alive_level.sum() + alive_upright.sum() == before:
            break
    return (
        tuple(trace for trace, alive in zip(level, alive_level, strict=True) if alive),
        tuple(trace for trace, alive in zip(upright, alive_upright, strict=True) if alive),
    )


def _is_sure(trace: Trace, ridges: Ridges) -> bool:
    return len(trace.across) >= ridges.strips_in(SURE_MM) and bool(trace.seen.mean() >= SEEN_SHARE)


def may_rule(trace: Trace, contrast: float, ridges: Ridges) -> bool:
    """Whether a trace looks like a ruling of a page whose long rulings have this contrast."""
    if trace.seen.mean() < SEEN_SHARE:
        return False
    if _is_sure(trace, ridges):
        return True
    if trace.clean < SHORT_CLEAN or trace.contrast < SHORT_CONTRAST * contrast:
        return False
    slope, start = straight_line(trace.across)
    off = np.sqrt(np.mean((trace.across - start - slope * np.arange(len(trace.across))) ** 2))
    return bool(abs(slope) <= SHORT_SLOPE * ridges.size and off <= ridges.pixels_in(SHORT_ROUGH_MM))


def _is_held(trace: Trace, places: NDArray[np.float64], crossing: float, ridges: Ridges) -> bool:
    """Whether a trace holds on to the rulings met at `places` (pixels along it), which are `crossing` thick."""
    if not len(places) or arm_share(trace, places, crossing, ridges) < ARM_SHARE:
        return False
    if len(trace.across) >= ridges.strips_in(LONG_MM):
        return len(places) >= 2 or len(trace.across) >= 2 * ridges.strips_in(LONG_MM)
    return len(places) >= 2 and _is_unbroken(trace, places, crossing, ridges)


def arm_share(trace: Trace, places: NDArray[np.float64], crossing: float, ridges: Ridges) -> float:
    """The part of the trace's arms, at the rulings it meets, along which ink runs right up to the ruling, 0..1.

    A ruling goes through the rulings that it crosses; letters that stand one above the other in the rows of a table
    leave paper before each.
    """
    away = crossing / 2 + 1
    arm = ridges.strips_in(ARM_MM)
    befores, afters = ((places - away) // ridges.size).astype(int), ((places + away) // ridges.size).astype(int)
    arms = [range(before - arm, before) for before in befores if before - arm >= trace.start]
    arms += [range(after + 1, after + 1 + arm) for after in afters if after + arm < trace.end]
    if not arms:
        return 1.0
    inked = _is_inked(trace, np.array(arms, np.intp), ridges)
    return float(np.mean(inked.all(axis=1)))


def _is_inked(trace: Trace, along: NDArray[np.intp], ridges: Ridges) -> NDArray[np.bool_]:
    along = np.clip(along, 0, ridges.ridge.shape[1] - 1)
    across = np.rint(np.interp(along, np.arange(trace.start, trace.end), trace.across)).astype(np.intp)
    ink = np.max([ridges.ridge[np.clip(across + k, 0, ridges.ridge.shape[0] - 1), along] for k in (-1, 0, 1)], axis=0)
    return np.asarray(ink >= UNBROKEN_CONTRAST * trace.contrast, np.bool_)


def _is_unbroken(trace: Trace, places: NDArray[np.float64], crossing: float, ridges: Ridges) -> bool:
    """Whether ink runs from the first ruling that a short trace meets right up to the last, as letters do not."""
    away = crossing / 2 + 1
    first, last = int((places.min() + away) // ridges.size) + 1, int((places.max() - away) // ridges.size)
    if last - first < ridges.strips_in(WINDOW_MM) // 2:
        return False
    return bool(_is_inked(trace, np.arange(first, last), ridges).all())


def carry_on(
    traces: tuple[Trace, ...], crossing: tuple[Trace, ...], ridges: Ridges, other: Ridges
) -> tuple[Trace, ...]:
    """Each trace carried on to the crossing rulings that faint or solid ink leads it to.

    `ridges` are those of `traces`, `other` those of `crossing`.
    """
    if not crossing:
        return traces
    places = _table_of(crossing, other, other.strips_in(TOUCH_MM))
    return tuple(
        _carried(_carried(trace, places, ridges, other, True), places, ridges, other, False) for trace in traces
    )


def _carried(trace: Trace, places: NDArray[np.float64], ridges: Ridges, other: Ridges, forward: bool) -> Trace:
    while (strip := _next_crossing(trace, places, ridges, other, forward)) is not None:
        longer = extended(trace, strip, ridges)
        added = (
            longer.across[len(trace.across) :] if forward else longer.across[: len(longer.across) - len(trace.across)]
        )
        start = trace.end if forward else strip
        if len(added) > ridges.strips_in(BRIDGE_MM) and not is_supported(added, start, trace, ridges):
            return trace
        trace = longer
    return trace


def _next_crossing(
    trace: Trace, places: NDArray[np.float64], ridges: Ridges, other: Ridges, forward: bool
) -> int | None:
    place, _ = tail_course(trace, ridges, forward=forward)
    column = places[:, int(np.clip(place / other.size, 0, places.shape[1] - 1))]
    strips = np.floor(column[np.isfinite(column)] / ridges.size).astype(np.intp)
    farthest = ridges.strips_in(FARTHEST_MM)
    if forward:
        ahead = strips[(strips >= trace.end) & (strips < trace.end + farthest)]
        return int(ahead.min()) if len(ahead) else None
    ahead = strips[(strips < trace.start) & (strips > trace.start - farthest)]
    return int(ahead.max()) if len(ahead) else None
