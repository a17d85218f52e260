"""Traces to longer traces: pieces of one ruling are joined where the paper between them shows it, or hides it.

A ruling goes on through a gap that is short, through faint ink that alone would not have been found, and through solid
ink (a bar that fills its cell) that hides it. It does not go on over bare paper, where a merged cell may be.
"""

from dataclasses import replace

import numpy as np

from laodoc.layout.rulings import MARGIN_MM, THICKEST_MM, Profile, Ridges, Trace

BRIDGE_MM = 4.0
"""Breaks that copies leave in a ruling; shorter than any column is wide or row is high."""
FARTHEST_MM = 80.0
"""Length over which a ruling is followed through faint or solid ink: the width of a wide column."""
DRIFT_MM = 0.35
"""How far the two ends at a gap may lie apart across it: two to three dots."""
DRIFT_SLOPE = 0.012
"""… and this part of the gap's length more: residual skew and bends."""
SUPPORT_SHARE = 0.6
"""Part of a gap that has to show or hide the ruling; text that stands in the way shows less."""
SUPPORT_CONTRAST = 0.3
"""Ink this strong, beside that of the ruling's own, is the ruling's where one is expected."""
DARK = 110
"""Grey level below which ink hides a ruling: that of a coloured bar; the ground is near 255."""
TAIL_MM = 25.0
"""The last part of a trace, whose course says where it would go on."""
STEEPEST_TAIL = 0.01
"""Slope with which a trace is carried on, at most: a short tail says little."""


def link_traces(traces: tuple[Trace, ...], ridges: Ridges) -> tuple[Trace, ...]:
    """Join traces that follow one another along one ruling."""
    waiting = sorted(traces, key=lambda trace: trace.start)
    chains: list[Trace] = []
    while waiting:
        chain = waiting.pop(0)
        while (index := _successor(chain, waiting, ridges)) is not None:
            chain = _joined(chain, waiting.pop(index))
        chains.append(chain)
    return tuple(chains)


def _successor(chain: Trace, waiting: list[Trace], ridges: Ridges) -> int | None:
    for index, trace in enumerate(waiting):
        gap = trace.start - chain.end
        if gap > ridges.strips_in(FARTHEST_MM):
            return None
        if trace.end <= chain.end or not _in_line(chain, trace, gap, ridges):
            continue
        if gap <= ridges.strips_in(BRIDGE_MM) or is_supported(_gap_path(chain, trace), chain.end, chain, ridges):
            return index
    return None


def _in_line(chain: Trace, trace: Trace, gap: int, ridges: Ridges) -> bool:
    allowed = ridges.pixels_in(DRIFT_MM) + DRIFT_SLOPE * max(0, gap) * ridges.size
    if gap < 0:
        return bool(abs(chain.across[gap:].mean() - trace.across[:-gap].mean()) <= allowed)
    near = ridges.strips_in(1.0)
    return bool(abs(np.median(chain.across[-near:]) - np.median(trace.across[:near])) <= allowed)


def _gap_path(chain: Trace, trace: Trace) -> Profile:
    gap = max(0, trace.start - chain.end)
    return np.linspace(chain.across[-1], trace.across[0], gap + 2)[1:-1]


def _joined(chain: Trace, trace: Trace) -> Trace:
    gap = trace.start - chain.end
    rest = slice(max(0, -gap), None)
    longer, shorter = (chain, trace) if len(chain.across) >= len(trace.across) else (trace, chain)
    return Trace(
        chain.start,
        np.concatenate((chain.across, _gap_path(chain, trace), trace.across[rest])),
        np.concatenate((chain.seen, np.zeros(max(0, gap), np.bool_), trace.seen[rest])),
        longer.contrast,
        longer.thickness if len(shorter.across) < len(longer.across) // 2 else (chain.thickness + trace.thickness) / 2,
    )


def is_supported(path: Profile, start: int, like: Trace, ridges: Ridges) -> bool:
    """Whether the paper along `path` (pixels across, from strip `start` on) shows a ruling like `like`, or hides it."""
    if not len(path):
        return True
    height, count = ridges.strips.shape
    along = np.clip(np.arange(start, start + len(path)), 0, count - 1)
    across = np.rint(path).astype(np.intp)
    sway = round(ridges.pixels_in(DRIFT_MM) / 2)
    near = np.clip(across + np.arange(-sway, sway + 1)[:, None], 0, height - 1)
    shown = ridges.ridge[near, along].max(axis=0) >= max(ridges.threshold / 2, SUPPORT_CONTRAST * like.contrast)
    away = round(like.thickness / 2 + ridges.pixels_in(MARGIN_MM))
    light = np.minimum(
        ridges.strips[np.clip(across - away, 0, height - 1), along],
        ridges.strips[np.clip(across + away, 0, height - 1), along],
    )
    shown &= light > ridges.strips[np.clip(across, 0, height - 1), along]
    return float(np.mean(shown | _hidden(across, along, ridges))) >= SUPPORT_SHARE


def _hidden(across: np.ndarray[tuple[int], np.dtype[np.intp]], along: Profile, ridges: Ridges) -> Profile:
    height = ridges.strips.shape[0]
    reach = round(ridges.pixels_in(THICKEST_MM))
    steps = np.linspace(0, reach, 4).astype(np.intp)[:, None]
    below = ridges.strips[np.clip(across + steps, 0, height - 1), along].max(axis=0) < DARK
    above = ridges.strips[np.clip(across - steps, 0, height - 1), along].max(axis=0) < DARK
    return below | above


def tail_course(trace: Trace, ridges: Ridges, *, forward: bool) -> tuple[float, float]:
    """Place across (pixels) at the end of a trace, and its slope there in pixels a strip."""
    tail = trace.across if forward else trace.across[::-1]
    tail = tail[-ridges.strips_in(TAIL_MM) :]
    steps = np.arange(len(tail)) - (len(tail) - 1)
    slope, place = np.polyfit(steps, tail, 1) if len(tail) >= ridges.strips_in(TAIL_MM) // 2 else (0.0, np.median(tail))
    limit = STEEPEST_TAIL * ridges.size
    return float(place), float(np.clip(slope, -limit, limit))


def extended(trace: Trace, strip: int, ridges: Ridges) -> Trace:
    """The trace carried on to `strip`, before its start or after its end."""
    forward = strip >= trace.end
    count = strip + 1 - trace.end if forward else trace.start - strip
    if count <= 0:
        return trace
    place, slope = tail_course(trace, ridges, forward=forward)
    path = place + slope * np.arange(1, count + 1)
    unseen = np.zeros(count, np.bool_)
    if forward:
        return replace(trace, across=np.concatenate((trace.across, path)), seen=np.concatenate((trace.seen, unseen)))
    return replace(
        trace,
        start=strip,
        across=np.concatenate((path[::-1], trace.across)),
        seen=np.concatenate((unseen, trace.seen)),
    )
