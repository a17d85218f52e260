"""Traces to longer traces: pieces of one ruling are joined where the paper between them shows it, or hides it.

A ruling goes on through a gap that is short, through faint ink that alone would not have been found, and through solid
ink (a bar that fills its cell) that hides it. It does not go on over bare paper, where a merged cell may be.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from laodoc.layout.medians import median, straight_line
from laodoc.layout.rulings import MARGIN_MM, THICKEST_MM, Profile, Ridges, Trace

BRIDGE_MM = 4.0
"""Breaks that copies leave in a ruling; shorter than any column is wide or row is high."""
BRIDGE_SHARE = 0.35
"""… and in parts of the longer piece beside the break: letters in line with one another stand further apart."""
END_MM = 1.0
"""Length of the ends that are compared."""
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
    order = sorted(traces, key=lambda trace: trace.start)
    waiting = np.ones(len(order), np.bool_)
    near, far = ridges.strips_in(END_MM), ridges.strips_in(FARTHEST_MM)
    starts = np.array([trace.start for trace in order], np.intp)
    ends = np.array([trace.end for trace in order], np.intp)
    heads = np.array([median(trace.across[:near]) for trace in order])
    chains: list[Trace] = []
    for index, chain in enumerate(order):
        if not waiting[index]:
            continue
        waiting[index] = False
        while True:
            followers = np.flatnonzero(
                waiting & (ends > chain.end) & (starts >= chain.start) & (starts <= chain.end + far)
            )
            followers = followers[_in_line(chain, starts[followers], heads[followers], ridges)]
            beside = followers[starts[followers] < ends[followers[:1]].sum()]
            chosen = next((k for k in beside if _belongs(chain, order[k], ridges)), None)
            if chosen is None:
                break
            waiting[chosen] = False
            chain = _joined(chain, order[chosen])
        chains.append(chain)
    return tuple(chains)


def _in_line(chain: Trace, starts: NDArray[np.intp], heads: Profile, ridges: Ridges) -> NDArray[np.bool_]:
    """Which of the traces that start here, with their heads there, begin where the chain is or would go on."""
    if not len(starts):
        return np.zeros(0, np.bool_)
    gaps = starts - chain.end
    allowed = ridges.pixels_in(DRIFT_MM) + DRIFT_SLOPE * np.maximum(0, gaps) * ridges.size
    inside = np.minimum(starts - chain.start, len(chain.across) - 1)
    tail = median(chain.across[-ridges.strips_in(END_MM) :])
    places = np.where(gaps < 0, chain.across[inside], tail)
    return np.asarray(np.abs(places - heads) <= allowed, np.bool_)


def _belongs(chain: Trace, trace: Trace, ridges: Ridges) -> bool:
    gap = trace.start - chain.end
    longer = max(len(chain.across), len(trace.across))
    if gap <= min(ridges.strips_in(BRIDGE_MM), BRIDGE_SHARE * longer):
        return True
    return is_supported(_gap_path(chain, trace), chain.end, chain, ridges)


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
        (chain.clean * chain.seen.sum() + trace.clean * trace.seen.sum()) / (chain.seen.sum() + trace.seen.sum()),
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


def _hidden(across: NDArray[np.intp], along: NDArray[np.intp], ridges: Ridges) -> NDArray[np.bool_]:
    height = ridges.strips.shape[0]
    reach = round(ridges.pixels_in(THICKEST_MM))
    steps = np.linspace(0, reach, 4).astype(np.intp)[:, None]
    below = ridges.strips[np.clip(across + steps, 0, height - 1), along].max(axis=0) < DARK
    above = ridges.strips[np.clip(across - steps, 0, height - 1), along].max(axis=0) < DARK
    return np.asarray(below | above, np.bool_)


def tail_course(trace: Trace, ridges: Ridges, *, forward: bool) -> tuple[float, float]:
    """Place across (pixels) at the end of a trace, and its slope there in pixels a strip."""
    tail = trace.across if forward else trace.across[::-1]
    tail = tail[-ridges.strips_in(TAIL_MM) :]
    if len(tail) < ridges.strips_in(TAIL_MM) // 2:
        return median(tail), 0.0
    slope, start = straight_line(tail)
    limit = STEEPEST_TAIL * ridges.size
    return start + slope * (len(tail) - 1), min(limit, max(-limit, slope))


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
