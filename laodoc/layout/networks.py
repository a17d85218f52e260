"""Which traces hold on to each other: rulings of tables and frames meet, strokes and underlines do not."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laodoc.layout.chains import BRIDGE_MM, FARTHEST_MM, extended, is_supported, tail_course
from laodoc.layout.rulings import Ridges, Trace

TOUCH_MM = 1.2
"""An end this close to a crossing ruling meets it: corners of poor copies are broken."""
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
    meetings = find_meetings(level, upright, rows, columns)
    alive_level, alive_upright = np.ones(len(level), np.bool_), np.ones(len(upright), np.bool_)
    while True:
        met = meetings.meet & alive_level[:, None] & alive_upright
        held_level = np.array(
            [_is_held(trace, met[i], meetings.x[i], rows) for i, trace in enumerate(level)], dtype=np.bool_
        )
        held_upright = np.array(
            [_is_held(trace, met[:, j], meetings.y[:, j], columns) for j, trace in enumerate(upright)], dtype=np.bool_
        )
        if (held_level >= alive_level).all() and (held_upright >= alive_upright).all():
            break
        alive_level &= held_level
        alive_upright &= held_upright
    return (
        tuple(trace for trace, alive in zip(level, alive_level, strict=True) if alive),
        tuple(trace for trace, alive in zip(upright, alive_upright, strict=True) if alive),
    )


def _is_held(trace: Trace, met: NDArray[np.bool_], places: NDArray[np.float64], ridges: Ridges) -> bool:
    if not met.any():
        return False
    length = len(trace.across)
    if length >= ridges.strips_in(LONG_MM):
        return bool(met.sum() >= 2) or length >= 2 * ridges.strips_in(LONG_MM)
    strips = places[met] / ridges.size
    reach = ridges.strips_in(TOUCH_MM)
    return bool(strips.min() <= trace.start + reach and strips.max() >= trace.end - 1 - reach and met.sum() >= 2)


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
