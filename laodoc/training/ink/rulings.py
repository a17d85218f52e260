"""Ruled lines: solid, dotted, broken, wavering; lines to write on; frames."""

from dataclasses import dataclass
from itertools import pairwise
from random import Random

import numpy as np

from laodoc.ink.kinds import Kind
from laodoc.training.ink.desk import Desk
from laodoc.training.ink.sheet import Ink, Path, Point, dot, polyline

JOINT = 60
"""Pixels from one joint of a line to the next: there it may bend, and between two it may be missing."""
BROKEN = 0.06
"""Share of the solid lines that are broken, as copies of copies have them."""
DASHED = 0.15
"""Share of the dotted lines that have dashes in place of dots."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """How a ruled line looks: `thick` in pixels; `dotted` pixels from dot to dot, 0 for a solid line; `strength` as in
    `Sheet.lay`; `waver` how far it bends from one joint to the next, in pixels."""

    thick: float = 1.5
    dotted: float = 0.0
    strength: float = 1.0
    waver: float = 0.0
    kind: Kind = Kind.RULING


def rule(desk: Desk, start: Point, end: Point, look: Ruling) -> None:
    """A ruled line from point to point."""
    path = _bent(desk.rng, start, end, look.waver)
    if path is None:
        return
    corner = path.min(axis=0) - 4
    wide, high = np.ceil(np.ptp(path, axis=0) + 8).astype(int)
    ink = np.zeros((int(high), int(wide)), np.uint8)
    if look.dotted:
        _dots(desk.rng, ink, path - corner, look)
    elif desk.rng.random() < BROKEN:
        for piece in pairwise(path - corner):
            if desk.rng.random() < 0.8:
                polyline(ink, np.stack(piece), look.thick, desk.rng.randint(150, 255))
    else:
        polyline(ink, path - corner, look.thick)
    desk.sheet.lay(ink, corner[0], corner[1], look.kind, colour=desk.ink, strength=look.strength)


def _bent(rng: Random, start: Point, end: Point, waver: float) -> Path | None:
    """The joints of a line; None where it is too short to be one."""
    first, way = np.array(start), np.subtract(end, start)
    length = float(np.hypot(*way))
    if length < 2:
        return None
    count = max(2, int(length / JOINT))
    aside = np.cumsum([rng.uniform(-waver, waver) for _ in range(count)]) * 0.4
    normal = np.array([-way[1], way[0]]) / length
    return np.asarray(first + np.linspace(0, 1, count)[:, None] * way + aside[:, None] * normal)


def _dots(rng: Random, ink: Ink, path: Path, look: Ruling) -> None:
    first, way = path[0], path[-1] - path[0]
    length = float(np.hypot(*way))
    dashed = rng.random() < DASHED
    for at in np.arange(0, length, look.dotted):
        here = first + way * (at / length)
        if dashed:
            ends = np.stack([here, first + way * (min(length, at + look.dotted * 0.6) / length)])
            polyline(ink, ends, look.thick)
        else:
            dot(ink, (here[0], here[1]), max(0.75, look.thick * 0.55))


def leader(desk: Desk, x1: float, x2: float, y: float) -> None:
    """A line to write on: dots as a rule, sometimes a thin line."""
    rng = desk.rng
    if rng.random() < 0.72:
        step = rng.uniform(1.5, 4.0) * max(0.8, desk.scale)
        look = Ruling(thick=rng.uniform(0.9, 1.6), dotted=step, kind=Kind.LEADER)
    else:
        look = Ruling(thick=rng.uniform(0.5, 1.3), kind=Kind.LEADER)
    rule(desk, (x1, y), (x2, y), look)


def frame_lines(desk: Desk, corner: Point, opposite: Point, look: Ruling) -> None:
    """Four lines about a rectangle."""
    (left, top), (right, bottom) = corner, opposite
    for y in (top, bottom):
        rule(desk, (left, y), (right, y), look)
    for x in (left, right):
        rule(desk, (x, top), (x, bottom), look)
