"""Framed parts of a form, and the small frame with its number."""

from itertools import pairwise

import numpy as np

from laodoc.training import forms
from laodoc.training.ink import wording
from laodoc.training.ink.blocks import paragraph
from laodoc.training.ink.boxes import tick_box
from laodoc.training.ink.desk import Desk, say
from laodoc.training.ink.rulings import Ruling, frame_lines, leader, rule
from laodoc.training.ink.sheet import PX_PER_POINT
from laodoc.training.ink.writing import filled


def frame(desk: Desk) -> None:
    """A framed part of a form: one box, two or three side by side, text and lines to fill in inside."""
    rng = desk.rng
    left, right, top = desk.left - desk.mm(2), desk.right + desk.mm(2), desk.y - desk.pitch * 0.8
    bottom = min(desk.bottom, top + desk.mm(rng.uniform(15, 80)))
    edges = np.linspace(left, right, rng.choice((1, 1, 2, 3)) + 1)
    look = Ruling(thick=rng.triangular(0.55, 2.9, 1.2))
    margins = desk.left, desk.right
    for start, end in pairwise(edges):
        desk.left, desk.right, desk.y = start + desk.mm(2.5), end - desk.mm(2.5), top + desk.pitch
        while desk.y < bottom - desk.pitch * 0.6:
            _entry(desk)
    desk.left, desk.right = margins
    frame_lines(desk, (left, top), (right, bottom), look)
    for x in edges[1:-1]:
        rule(desk, (x, top), (x, bottom), look)
    desk.y = bottom + desk.pitch * 1.3


def _entry(desk: Desk) -> None:
    """One line of a framed part: running text, a tick box with its label, or a label with a line to write on."""
    rng = desk.rng
    kind = rng.random()
    if kind < 0.3:
        paragraph(desk, 1)
    elif kind < 0.5:
        side = desk.mm(rng.uniform(2.5, 4.5))
        tick_box(desk, desk.left, desk.y + desk.mm(0.3), side, marked=rng.random() < 0.3)
        say(desk, wording.cell(rng)[:20], desk.left + side + desk.mm(2), desk.y)
        desk.y += desk.pitch
    else:
        start = desk.left + say(desk, forms.heading(rng)[:14], desk.left, desk.y)
        leader(desk, start, desk.right, desk.y + desk.mm(0.5))
        if rng.random() < 0.45 and start < desk.right:
            filled(desk, start, desk.y, desk.right - start)
        desk.y += desk.pitch * rng.uniform(1, 1.4)


def label_frame(desk: Desk) -> None:
    """A small frame at the page's corner with the form's number in it."""
    rng = desk.rng
    said = rng.choice((forms.reference, forms.number, forms.heading))(rng)[:12]
    size = desk.em() / PX_PER_POINT / desk.scale * rng.uniform(0.8, 1.1)
    x, y = desk.sheet.size[0] - desk.mm(rng.uniform(40, 55)), desk.mm(rng.uniform(12, 25))
    wide, pad = say(desk, said, x, y, points=size), desk.mm(2.5)
    corner = (x - pad, y - desk.em(size) - pad * 0.3)
    frame_lines(desk, corner, (x + max(wide, 20) + pad, y + pad), Ruling(thick=rng.uniform(0.6, 2.1)))
