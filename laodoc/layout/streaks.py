"""Folds and scanner streaks among the traces of a table: they run on where its rulings end."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from laodoc.layout.medians import median, straight_line
from laodoc.layout.networks import find_meetings, keep_networks
from laodoc.layout.rulings import Ridges, Trace

CORNER_MM, BEYOND_MM = 1.5, 6.0
"""Where past the end of its table a trace is looked for: rulings overshoot a corner a little."""
DRIFT_MM = 0.3
"""By how much it may lie off its straight course there."""
INKED = 0.6
"""Part of that stretch that is inked where the trace runs on."""
LONG_MM = 40.0
"""A stray may hide a ruling of a table where it is as long as this."""
HELD_BY = 2
"""A side of a table is met by so many of its rulings at least: where cells are merged, by few of them."""
FEW = 1 / 3
"""Of a table's rulings, at most this part run on where some are streaks; of tables without sides all do."""
BESIDE_MM = 2.0
"""How near to a stray a ruling is looked for whose trace it may have taken along, as at a sharp angle."""
ON_COURSE = 0.8
"""Part of what shows of the stray that shows of the ruling, on the course of the ruling next to it."""
NARROWEST_MM = 4.0
"""No row is lower: in print of 8 points a line takes 3.5 mm with its marks, and has paper about it."""

Traces = tuple[Trace, ...]


def without_streaks(level: Traces, upright: Traces, rows: Ridges, columns: Ridges) -> tuple[Traces, Traces]:
    """The traces that belong to tables and frames (`keep_networks`), without folds and streaks.

    A trace that runs on past the end of its table, as few of the same table do, is a streak; so may be a long one that
    holds on to nothing. In its place stands the ruling near it that keeps to the course of the table's others, if
    there is one: where a fold meets a ruling at a sharp angle one trace is all that is found of both.
    """
    kept_level, kept_upright = keep_networks(level, upright, rows, columns)
    ruled_level = _ruled(kept_level, _lost(level, kept_level, rows), kept_upright, (rows, columns))
    ruled_upright = _ruled(kept_upright, _lost(upright, kept_upright, columns), kept_level, (columns, rows))
    if ruled_level is kept_level and ruled_upright is kept_upright:
        return kept_level, kept_upright
    held_level, held_upright = keep_networks(ruled_level, ruled_upright, rows, columns)
    return _with_found(held_level, ruled_level, kept_level), _with_found(held_upright, ruled_upright, kept_upright)


def _with_found(held: Traces, ruled: Traces, kept: Traces) -> Traces:
    """What is still `held` where streaks have gone, and the rulings that were found in their places."""
    known = {id(trace) for trace in (*held, *kept)}
    return (*held, *(trace for trace in ruled if id(trace) not in known))


def _lost(traces: Traces, kept: Traces, ridges: Ridges) -> Traces:
    """The long traces among those that were not kept."""
    held = {id(trace) for trace in kept}
    longest = ridges.strips_in(LONG_MM)
    return tuple(trace for trace in traces if id(trace) not in held and len(trace.across) >= longest)


def _ruled(kept: Traces, lost: Traces, crossing: Traces, ridges: tuple[Ridges, Ridges]) -> Traces:
    """The traces that rule something, of those along `ridges[0]`; the same where that is all that were `kept`."""
    traces = (*kept, *lost)
    meetings = find_meetings(traces, crossing, *ridges)
    meet = meetings.meet
    shared = (meet[:, None] & meet).sum(axis=2)
    peers = (shared >= np.minimum(2, np.diagonal(shared))[:, None]) & (np.arange(len(traces)) < len(kept))
    tables = [_ends(meetings.x[row], meet[row], ridges[0]) for row in peers]
    on = np.array([_runs_on(trace, table, ridges[0]) for trace, table in zip(traces, tables, strict=True)], np.bool_)
    stray = on & ((on & peers).sum(axis=1) <= FEW * peers.sum(axis=1))
    stray[len(kept) :] = np.diagonal(shared)[len(kept) :] >= 2
    if not stray.any():
        return kept
    ruled = [trace for trace, leaves in zip(kept, stray, strict=False) if not leaves]
    for index in np.flatnonzero(stray):
        others = [traces[other] for other in np.flatnonzero(peers[index] & ~on)]
        ruling = _ruling_at(traces[index], tables[index], others, ruled, ridges[0])
        ruled += [] if ruling is None else [ruling]
    return tuple(ruled)


def _ends(places: NDArray[np.float64], meet: NDArray[np.bool_], ridges: Ridges) -> tuple[int, int]:
    """The strips at which a table begins and ends along its rulings, of which each has a row that says where it meets
    the crossing ones (pixels): at the outermost that more than one of them meets."""
    outer = np.flatnonzero(meet.sum(axis=0) >= HELD_BY)
    if not len(outer):
        return 0, 0
    crossings = [median(places[meet[:, column], column]) for column in outer]
    return int(min(crossings) // ridges.size), int(max(crossings) // ridges.size) + 1


def _runs_on(trace: Trace, table: tuple[int, int], ridges: Ridges) -> bool:
    """Whether ink goes on along a trace past an end of its table."""
    near, far = ridges.strips_in(CORNER_MM), ridges.strips_in(BEYOND_MM)
    stretches = np.arange(table[0] - far, table[0] - near), np.arange(table[1] + near, table[1] + far)
    reached = trace.start <= table[0] + near, trace.end >= table[1] - near
    return any(
        here and _inked(trace, stretch, ridges) >= INKED for here, stretch in zip(reached, stretches, strict=True)
    )


def _inked(trace: Trace, strips: NDArray[np.intp], ridges: Ridges) -> float:
    """The part of a stretch of strips, on a trace or straight on from it, that is inked; 0 off the page."""
    height, width = ridges.ridge.shape
    if strips[0] < 0 or strips[-1] >= width:
        return 0.0
    slope, start = straight_line(trace.across)
    on_trace = np.clip(strips - trace.start, 0, len(trace.across) - 1)
    middle = np.where(strips - trace.start == on_trace, trace.across[on_trace], start + slope * (strips - trace.start))
    drift = round(ridges.pixels_in(DRIFT_MM))
    across = np.clip(np.rint(middle).astype(np.intp) + np.arange(-drift, drift + 1)[:, None], 0, height - 1)
    return float(np.mean(ridges.ridge[across, strips].max(axis=0) > ridges.threshold))


def _ruling_at(
    stray: Trace, table: tuple[int, int], others: list[Trace], known: list[Trace], ridges: Ridges
) -> Trace | None:
    """The ruling that a stray has run into: inked along it inside the `table` on the course of the nearest of the
    table's `others`, and leaving room for a row between it and all that are `known`."""
    if not others:
        return None
    level = median(stray.across)
    near = min(others, key=lambda other: abs(median(other.across) - level))
    strips = np.arange(max(table[0], stray.start, near.start), min(table[1], stray.end, near.end))
    if not len(strips):
        return None
    course = near.across[strips - near.start]
    apart = stray.across[strips - stray.start] - course
    reach = round(ridges.pixels_in(BESIDE_MM))
    shifts = np.arange(int(apart.min()) - reach, int(apart.max()) + reach + 1)
    rows = np.rint(course).astype(np.intp) + shifts[:, None]
    ink = np.max([ridges.ridge[np.clip(rows + by, 0, len(ridges.ridge) - 1), strips] for by in (-1, 0, 1)], axis=0)
    seen = ink > ridges.threshold
    best = int(seen.mean(axis=1).argmax())
    narrowest = ridges.pixels_in(NARROWEST_MM)
    crowded = any(abs(median(other.across) - median(rows[best])) < narrowest for other in known)
    if crowded or seen[best].mean() < ON_COURSE * stray.seen.mean():
        return None
    return replace(near, start=int(strips[0]), across=course + shifts[best], seen=seen[best])
