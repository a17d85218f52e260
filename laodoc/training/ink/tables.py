"""Ruled tables with what stands in their cells."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import Literal

import numpy as np

from laodoc.thai.digits import to_thai
from laodoc.training import forms, text
from laodoc.training.ink import pen, wording
from laodoc.training.ink.boxes import tick_box
from laodoc.training.ink.desk import Anchor, Desk, draw, say
from laodoc.training.ink.rulings import Ruling, rule
from laodoc.training.ink.sheet import Path
from laodoc.training.ink.writing import filled

Content = Literal["number", "word", "mark", "empty", "hand", "long", "sequence", "head"]
_CONTENTS: tuple[Content, ...] = ("number", "number", "word", "word", "mark", "empty", "hand", "long", "sequence")

TWO_LINES = 2.6
"""Height of a row, in ems, from which two lines stand in its cells."""
PAD = 4.0
"""Pixels from a ruling to what stands beside it."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """Where a cell lies, in pixels; the size of its print; the number of its row."""

    left: float
    right: float
    top: float
    bottom: float
    points: float
    row: int


def table(desk: Desk) -> None:
    """A table of some columns from `desk.y` down: rulings of any make, cells with figures, words, marks or pen."""
    rng = desk.rng
    edges = _edges(desk)
    points = desk.points * (rng.uniform(0.7, 0.95) if rng.random() < 0.5 else 1.0)
    pitch = desk.em(points) * (desk.face.ascent + desk.face.descent) * rng.uniform(0.9, 1.5)
    heads = rng.choice((0, 1, 1, 2))
    levels = _levels(desk, pitch, heads)
    if len(levels) < 3:
        desk.y = levels[-1] + pitch
        return
    if rng.random() < 0.1:
        _ground(desk, edges, levels)
    contents = [rng.choice(_CONTENTS) for _ in edges[1:]]
    for row, (top, bottom) in enumerate(pairwise(levels)):
        for content, (left, right) in zip(contents, pairwise(edges), strict=True):
            cell = _Cell(left, right, top, bottom, points, row)
            _fill(desk, cell, "head" if row < heads else content)
    _rulings(desk, edges, levels)
    desk.y = levels[-1] + pitch * rng.uniform(0.8, 2)


def _edges(desk: Desk) -> Path:
    """Where the columns begin and end, from margin to margin or over a part of the page's width."""
    rng = desk.rng
    left, right = desk.left - desk.mm(rng.uniform(0, 8)), desk.right + desk.mm(rng.uniform(0, 8))
    if rng.random() < 0.25:
        right = left + (right - left) * rng.uniform(0.4, 0.9)
    widths = np.array([rng.uniform(0.4, 2.2) for _ in range(rng.randint(2, 9))])
    return np.asarray(left + np.concatenate([[0], np.cumsum(widths / widths.sum())]) * (right - left))


def _levels(desk: Desk, pitch: float, heads: int) -> Path:
    """Where the rows begin and end, down to the page's end at most."""
    rng = desk.rng
    levels = [desk.y - pitch * 0.3]
    for row in range(heads + rng.randint(2, 26)):
        high = pitch * rng.choice((1.3, 2, 2.6) if row < heads else (1.15, 1.15, 1.15, 2.2))
        if levels[-1] + high > desk.bottom:
            break
        levels.append(levels[-1] + high)
    return np.array(levels)


def _ground(desk: Desk, edges: Path, levels: Path) -> None:
    """A grey or coloured ground behind the head or a row: of no kind, as the paper's own colour is."""
    rng = desk.rng
    row = 0 if rng.random() < 0.7 else rng.randrange(len(levels) - 1)
    size = (max(1, round(levels[row + 1] - levels[row])), max(1, round(edges[-1] - edges[0])))
    grey = rng.randint(150, 240)
    colour = rng.choice(((grey, grey, grey), (200, 220, 240), (250, 235, 180)))
    desk.sheet.lay(np.full(size, 255, np.uint8), edges[0], levels[row], colour=colour)


def _fill(desk: Desk, cell: _Cell, content: Content) -> None:
    rng = desk.rng
    room = cell.right - cell.left - 2 * PAD
    if content == "empty" or room < 12 or rng.random() < 0.06:
        return
    if content == "mark":
        _mark(desk, cell)
    elif content == "hand":
        filled(desk, cell.left + PAD, _baseline(desk, cell) + 3, room * 0.9)
    else:
        _print(desk, cell, content, room)


def _baseline(desk: Desk, cell: _Cell) -> float:
    high = cell.bottom - cell.top
    if high > desk.em(cell.points) * TWO_LINES:
        return cell.top + desk.em(cell.points)
    return cell.bottom - high * desk.rng.uniform(0.26, 0.34)


def _print(desk: Desk, cell: _Cell, content: Content, room: float) -> None:
    rng, em = desk.rng, desk.em(cell.points)
    said = text.clean(_said(rng, content, cell.row)) or "-"
    font = desk.face.font(em)
    while len(said) > 1 and font.getlength(said) > room:
        said = said[:-1].rstrip("เแโใไ") or "-"
    places: dict[Content, tuple[float, Anchor]] = {
        "number": (cell.right - PAD, "r"),
        "head": ((cell.left + cell.right) / 2, "m"),
        "sequence": ((cell.left + cell.right) / 2, "m"),
    }
    x, anchor = places.get(content, (cell.left + PAD, "l"))
    y, bold = _baseline(desk, cell), int(content == "head" and rng.random() < 0.5)
    say(desk, said, x, y, points=cell.points, anchor=anchor, bold=bold)
    if cell.bottom - cell.top > em * TWO_LINES and rng.random() < 0.7:
        say(desk, said, x, y + em * 1.05, points=cell.points, anchor=anchor)


def _said(rng: Random, content: Content, row: int) -> str:
    if content == "sequence":
        return to_thai(str(row)) if rng.random() < 0.5 else str(row)
    make: dict[Content, Callable[[Random], str]] = {"number": forms.number, "head": forms.heading, "long": text.words}
    return make.get(content, wording.cell)(rng)


def _mark(desk: Desk, cell: _Cell) -> None:
    """A mark, printed or by pen; or a tick box; or nothing, as where somebody else ticked."""
    rng = desk.rng
    if rng.random() < 0.4:
        return
    wide, high = cell.right - cell.left, cell.bottom - cell.top
    x, y = cell.left + wide / 2, cell.top + high / 2
    kind = rng.random()
    if kind < 0.25:
        say(desk, rng.choice("✓✗×✓-"), x, cell.bottom - high * 0.3, anchor="m")
    elif kind < 0.35:
        side = min(wide, high) * 0.55
        tick_box(desk, x - side / 2, y + side / 2, side, marked=rng.random() < 0.5)
    else:
        size = high * rng.uniform(0.5, 1.8)
        left, top = x - size / 2 + rng.gauss(0, wide * 0.1), y - size / 2 + rng.gauss(0, size * 0.1)
        draw(desk, pen.mark(rng, size), left, top, pen.width(rng))


def _rulings(desk: Desk, edges: Path, levels: Path) -> None:
    """The lines between the cells: all, only some, double, dotted, faint, uneven, a little off the level."""
    rng = desk.rng
    inner = Ruling(
        thick=rng.triangular(0.45, 2.8, 1.1),
        dotted=rng.uniform(2, 4) if rng.random() < 0.08 else 0.0,
        strength=rng.uniform(0.35, 0.8) if rng.random() < 0.15 else 1.0,
        waver=rng.choice((0, 0, rng.uniform(0, 0.8))),
    )
    outer = Ruling(inner.thick, 0.0, inner.strength, inner.waver)
    tilt = rng.uniform(-0.002, 0.002) * (edges[-1] - edges[0])
    merged = rng.randrange(len(edges)) if rng.random() < 0.3 else -1
    _level_lines(desk, edges, levels, (outer, inner), tilt, merged)
    for index, x in enumerate(edges):
        at_side = index in (0, len(edges) - 1)
        if rng.random() < (0.12 if at_side else 0.03):
            continue
        start = levels[1] if index == merged and not at_side else levels[0]
        rule(desk, (x, start), (x + tilt, levels[-1]), outer if at_side else inner)


def _level_lines(desk: Desk, edges: Path, levels: Path, looks: tuple[Ruling, Ruling], tilt: float, merged: int) -> None:
    """Those from left to right; where the first column is `merged`, every other one begins behind it."""
    rng, (outer, inner) = desk.rng, looks
    framed, ruled, double = rng.random() < 0.9, rng.random() < 0.93, rng.random() < 0.08
    heavy = Ruling(outer.thick * 1.5, outer.dotted, outer.strength, outer.waver)
    for index, level in enumerate(levels):
        at_end = index in (0, len(levels) - 1)
        if not (framed if at_end else ruled):
            continue
        start = edges[1] if merged == 0 and not at_end and index % 2 else edges[0]
        look = (heavy if rng.random() < 0.3 else outer) if at_end else inner
        for shift in (0, 3.5) if double and at_end else (0,):
            rule(desk, (start, level + shift), (edges[-1], level + shift + tilt), look)
