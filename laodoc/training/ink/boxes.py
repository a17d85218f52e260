"""Tick boxes, bare and marked, alone and in lists."""

from itertools import pairwise
from random import Random

import numpy as np

from laodoc.ink.kinds import Kind
from laodoc.training.ink import pen
from laodoc.training.ink.desk import Desk, draw, say
from laodoc.training.ink.rulings import leader
from laodoc.training.ink.sheet import PX_PER_POINT, Ink, ellipse, polyline
from laodoc.training.ink.wording import short
from laodoc.training.ink.writing import filled

SIDE_MM = (2.2, 6.5, 3.6)
"""Side of a tick box: least, most, usual."""
ROUND = 0.12
"""Share of the boxes that are circles."""
FAULTY_SIDE = 0.03
"""Share of the sides that are cut short, and of those that are too thick."""
GROUND = 4
"""Pixels of bare paper around a box."""
PRINTED_MARK, SOLID_MARK = 0.12, 0.04
"""Shares of the marks that are printed, and of those that are a square painted full; the others are drawn."""


def box_ink(rng: Random, side: float) -> Ink:
    """A square, at times broken, doubled or with a shadow; or a circle."""
    size, thick = round(side) + 2 * GROUND, rng.triangular(0.55, 2.6, 1.1)
    ink = np.zeros((size, size), np.uint8)
    low, high = float(GROUND), GROUND + side
    if rng.random() < ROUND:
        middle = (low + high) / 2
        ellipse(ink, (middle, middle), (side / 2, side / 2), thick=max(1, round(thick)))
        return ink
    corners = np.array([(low, low), (high, low), (high, high), (low, high), (low, low)])
    for start, end in pairwise(corners):
        stop = start + (end - start) * rng.uniform(0.3, 0.8) if rng.random() < FAULTY_SIDE else end
        heavier = rng.uniform(1.5, 2.2) if rng.random() < FAULTY_SIDE else 1
        polyline(ink, np.stack([start, stop]), thick * heavier)
    if rng.random() < 0.06:
        polyline(ink, corners[1:4] + 2, 2)
    return ink


def tick_box(desk: Desk, x: float, y: float, side: float, *, marked: bool) -> None:
    """A box with its lower left corner at (x, y), perhaps with a mark in it, over it, far beyond it."""
    desk.sheet.lay(box_ink(desk.rng, side), x - GROUND, y - side - GROUND, Kind.BOX, colour=desk.ink)
    if marked:
        _mark(desk, x + side / 2, y - side / 2, side)


def _mark(desk: Desk, x: float, y: float, side: float) -> None:
    rng = desk.rng
    kind = rng.random()
    if kind < PRINTED_MARK:
        points = side / PX_PER_POINT / desk.scale * rng.uniform(0.8, 1.4)
        say(desk, rng.choice("✓✗×✓"), x, y + side * 0.35, anchor="m", points=points)
    elif kind < PRINTED_MARK + SOLID_MARK:
        solid = np.full((round(side * 0.8), round(side * 0.8)), 255, np.uint8)
        desk.sheet.lay(solid, x - side * 0.4, y - side * 0.4, Kind.HAND, colour=desk.pen)
    else:
        size = side * rng.choice((rng.uniform(0.5, 1.0), rng.uniform(0.8, 1.6), rng.uniform(1.2, 3.0)))
        left, top = (middle - size / 2 + rng.gauss(0, side * 0.18) for middle in (x, y))
        draw(desk, pen.mark(rng, size), left, top, pen.width(rng))


def tick_boxes(desk: Desk) -> None:
    """A list of tick boxes with labels, one a line or several beside each other."""
    rng = desk.rng
    side = desk.mm(rng.triangular(*SIDE_MM))
    left = desk.left + rng.choice((0.0, desk.mm(15), desk.mm(40)))
    across, apart = rng.choice((1, 1, 1, 2, 3)), rng.uniform(1.0, 1.7)
    share = rng.choice((0.0, 0.3, 0.5, 0.9))
    for _ in range(rng.randint(2, 14)):
        for column in range(across):
            _labelled(desk, left + column * (desk.right - left) / across, side, marked=rng.random() < share)
        desk.y += max(desk.pitch, side * 1.25) * apart
        if desk.y > desk.bottom:
            return


def _labelled(desk: Desk, x: float, side: float, *, marked: bool) -> None:
    """A box with its label, and now and then a line to write on behind."""
    rng = desk.rng
    tick_box(desk, x, desk.y + desk.mm(rng.uniform(-0.3, 0.5)), side, marked=marked)
    label = f"{rng.randint(1, 12)}. {short(rng, 26)}" if rng.random() < 0.4 else short(rng, 30)
    end = x + side + desk.mm(2.5)
    end += say(desk, label, end, desk.y)
    if rng.random() < 0.2:
        stop = min(desk.right, end + desk.mm(rng.uniform(10, 60)))
        leader(desk, end, stop, desk.y + desk.mm(0.4))
        if rng.random() < 0.5 and stop > end:
            filled(desk, end, desk.y, stop - end)
