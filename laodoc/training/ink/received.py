"""The stamp that says when a letter was received: rows with places to fill in, and who filled them in."""

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from laodoc.training import forms, text
from laodoc.training.fonts import Face, pick
from laodoc.training.ink import pen
from laodoc.training.ink.desk import Desk
from laodoc.training.ink.sheet import Ink, Path, Point, dot, polyline, text_ink, turned
from laodoc.training.ink.stamps import Print, date, pad, press, set_into
from laodoc.training.ink.writing import filled

_LABELS = ("เลขรับ", "เลขที่รับ", "รับที่", "วันที่", "วันที่", "เวลา", "ผู้รับ", "เลขที่", "เสนอ", "ส่งต่อ", "เรื่อง")

EDGE = 5.0
"""Pixels from the canvas's edge to the frame."""
INDENT = 8.0
"""Pixels from the canvas's edge to the labels."""
DOTTED_FRAME, FRAMED = 0.12, 0.88
"""Shares of the stamps whose frame is a row of dots, and of those that have any frame."""
ROUNDED = 0.12
"""Share of the framed ones whose corners are round."""
FILLED_IN, EMPTY_ROW = 0.85, 0.12
"""Shares of the stamps that somebody filled in, and of their rows that were left empty all the same."""


@dataclass
class _Stamp:
    """A stamp in the making: what is frame, what is words; the places to fill in (start, baseline, width)."""

    face: Face
    size: int
    row: float
    wide: float
    high: float
    frame: Ink = field(init=False)
    words: Ink = field(init=False)
    places: list[tuple[float, float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        shape = (int(self.high) + 12, int(self.wide) + 12)
        self.frame, self.words = np.zeros(shape, np.uint8), np.zeros(shape, np.uint8)


def received(desk: Desk, x: float, y: float) -> None:
    """A stamp of some rows with places to fill in, framed by one line, two, a broken one, dots, or by none."""
    rng = desk.rng
    said, size, rows = text.clean(forms.office(rng))[:30], desk.em(rng.uniform(9, 15)), rng.randint(2, 5)
    row = size * rng.uniform(1.05, 1.7)
    face = pick(rng, desk.printed, said) or desk.face
    stamp = _Stamp(face, size, row, desk.mm(rng.uniform(38, 78)), row * (rows + 0.9))
    _frame(desk, stamp)
    _title(desk, stamp, said)
    _rows(desk, stamp, rows)
    degrees = rng.uniform(-6, 6) if rng.random() < 0.6 else 0.0
    how = Print(pad(rng), degrees, rng.uniform(0.55, 1.0))
    press(desk, stamp.frame, stamp.words, (x, y), how)
    if rng.random() < FILLED_IN:
        _fill_in(desk, stamp, (x, y), how)


def _frame(desk: Desk, stamp: _Stamp) -> None:
    rng = desk.rng
    kind, right, low = rng.random(), stamp.wide, stamp.high
    corners = np.array([(EDGE, EDGE), (right, EDGE), (right, low), (EDGE, low), (EDGE, EDGE)])
    if kind < DOTTED_FRAME:
        _dotted(stamp.frame, corners)
    elif kind < FRAMED:
        thick = rng.triangular(0.6, 2.9, 1.3)
        polyline(stamp.frame, _rounded(corners, stamp.row * 0.4) if rng.random() < ROUNDED else corners, thick)
        if rng.random() < 0.12:
            polyline(stamp.frame, corners + np.array([(4, 4), (-4, 4), (-4, -4), (4, -4), (4, 4)]), 1)
        if rng.random() < 0.1:
            under = EDGE + stamp.row * 1.1
            polyline(stamp.frame, np.array([(EDGE, under), (right, under)]), thick)


def _rounded(corners: Path, radius: float) -> Path:
    """The closed path `corners` with arcs of `radius` pixels at its corners."""
    left, top = corners.min(axis=0) + radius
    right, bottom = corners.max(axis=0) - radius
    arcs = [
        np.stack([x + radius * np.cos(turn), y + radius * np.sin(turn)], axis=1)
        for x, y, start in ((right, bottom, 0.0), (left, bottom, 90.0), (left, top, 180.0), (right, top, 270.0))
        for turn in (np.radians(np.linspace(start, start + 90, 6)),)
    ]
    path = np.concatenate(arcs)
    return np.concatenate([path, path[:1]])


def _dotted(frame: Ink, corners: Path, step: float = 3.6) -> None:
    for start, end in pairwise(corners):
        way = end - start
        for at in np.arange(0, 1, step / max(EDGE, float(np.hypot(*way)))):
            x, y = start + way * at
            dot(frame, (x, y), 1.0)


def _title(desk: Desk, stamp: _Stamp, said: str) -> None:
    """The office's name in the first row, at the left or in the middle."""
    ink, baseline = text_ink(stamp.face, said, stamp.size)
    ink = ink[:, : round(stamp.wide - 12)]
    room = max(0.0, (stamp.wide - ink.shape[1]) / 2)
    set_into(stamp.words, ink, INDENT + desk.rng.choice((0.0, room)), EDGE + stamp.row * 0.85 - baseline)


def _rows(desk: Desk, stamp: _Stamp, rows: int) -> None:
    rng, size = desk.rng, stamp.size
    lined, dots = rng.random() < 0.88, rng.random() < 0.75
    for number, label in enumerate(rng.sample(_LABELS, rows), start=1):
        level = EDGE + stamp.row * (0.85 + number)
        ink, baseline = text_ink(stamp.face, label, size)
        set_into(stamp.words, ink, INDENT, level - baseline)
        start = INDENT + ink.shape[1] - size * 0.3
        end = stamp.wide * (1 - rng.uniform(0, 0.3)) - 6
        if lined:
            _place(stamp.frame, start, end, level + 1, rng.uniform(1.9, 3.6) if dots else 0.0)
            if rng.random() < 0.4:
                tail, baseline = text_ink(stamp.face, "น.", size)
                set_into(stamp.words, tail, end, level - baseline)
        stamp.places.append((start, level, end - start))


def _place(frame: Ink, start: float, end: float, y: float, step: float) -> None:
    """A place to fill in: a row of dots, `step` pixels apart, or a thin line where that is 0."""
    if not step:
        polyline(frame, np.array([(start, y), (end, y)]), 0.9)
        return
    for at in np.arange(start, end, step):
        dot(frame, (at, y), 0.8)


def _fill_in(desk: Desk, stamp: _Stamp, at: Point, how: Print) -> None:
    """Numbers, dates and names on the stamp's rows: by one pen, some by a dater."""
    rng, usual = desk.rng, desk.pen
    desk.pen = pen.colour(rng)
    high, wide = stamp.frame.shape
    turned_high, turned_wide = turned(stamp.frame, how.degrees).shape
    x, y = at[0] + (turned_wide - wide) / 2, at[1] + (turned_high - high) / 2
    lean = -np.tan(np.radians(how.degrees))
    for start, level, room in stamp.places:
        if rng.random() < EMPTY_ROW:
            continue
        base = y + level + (start + room / 2 - wide / 2) * lean
        if rng.random() < 0.2:
            by_dater = Print(how.colour, how.degrees, rng.uniform(0.6, 1.0))
            date(desk, (x + start + desk.mm(1), base - stamp.size), stamp.size, by_dater)
        else:
            filled(desk, x + start, base, max(desk.mm(10), room))
    desk.pen = usual
