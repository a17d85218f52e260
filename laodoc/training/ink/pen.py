"""What a pen leaves: writing, figures, signatures, ticks, rings, lines."""

import re
from collections.abc import Sequence
from itertools import groupby
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.training import mark_drawings
from laodoc.training.fonts import Face, pick
from laodoc.training.hand import Digits
from laodoc.training.ink.sheet import PX_PER_MM, Colour, Ink, Path, Point, polyline, smooth, text_ink, turned
from laodoc.training.wear import elastic

Strokes = list[Path]
"""What is drawn without lifting the pen, one path each, in pixels."""

_PENS: tuple[tuple[Colour, float], ...] = (
    ((28, 42, 140), 5),
    ((40, 60, 170), 4),
    ((20, 30, 90), 3),
    ((70, 90, 190), 2),
    ((35, 35, 40), 3),
    ((20, 20, 20), 3),
    ((60, 60, 70), 1),
    ((190, 40, 40), 1),
    ((40, 110, 70), 0.3),
)
"""Colours of pens and how often each is used: offices sign in blue."""

_HEAVY = re.compile(r"bold|black|heavy|700|800|900", re.IGNORECASE)
"""Styles that no pen writes."""

PEN_MM = (0.18, 0.75, 0.34)
"""Width of a pen's stroke: least, most, usual."""
FINE = 0.12
"""A stroke is at most so thick, in parts of the letters' height: what is thicker runs together to a blot."""
THICK_FROM = 20.0
"""Height of letters in pixels from which a thick pen still leaves them open."""
LONGEST = 3000
"""Pixels at which strokes are cut off: twice the page."""
REAL_DIGITS = 0.75
"""Share of the writing whose digits are real handwriting; in the rest a handwriting-like face wavers."""
INKED = 60
"""Coverage from which a pixel belongs to a letter when the ground around it is cut off."""

_LETTERS: tuple[tuple[tuple[Point, ...], float], ...] = (
    (((0.1, -0.1), (0.0, -0.5), (0.4, -0.75), (0.75, -0.4), (0.45, 0.0), (0.95, -0.1)), 0.35),
    (((0.0, 0.0), (0.15, -0.85), (0.45, -0.8), (0.5, 0.0), (0.7, -0.75), (0.9, -0.05)), 0.2),
    (((0.2, -0.4), (0.35, -1.5), (0.5, -1.6), (0.45, 0.0), (0.9, -0.15)), 0.15),
    (((0.1, -0.7), (0.5, -0.75), (0.6, 0.0), (0.45, 0.7), (0.1, 0.5), (0.9, -0.1)), 0.12),
    (((0.1, -0.75), (0.3, -0.55), (0.15, -0.45), (0.0, -0.6), (0.35, -0.9), (0.6, -0.1), (0.95, -0.8)), 0.1),
    (((0.0, -0.4), (0.5, -0.5), (1.0, -0.4)), 0.08),
)
"""Ways of a pen through one letter, a letter's height being 1, and how often each is taken: a bowl, two arches, an
ascender, a descender, a loop, a dash."""


def colour(rng: Random) -> Colour:
    """The colour of one pen."""
    red, green, blue = rng.choices([c for c, _ in _PENS], [share for _, share in _PENS])[0]
    return _near(rng, red), _near(rng, green), _near(rng, blue)


def _near(rng: Random, level: int) -> int:
    return max(0, min(255, level + rng.randint(-12, 12)))


def width(rng: Random, tall: float = float("inf")) -> float:
    """The width of one pen's stroke in pixels, for letters `tall` pixels high."""
    return min(rng.triangular(*PEN_MM) * PX_PER_MM, max(1.0, FINE * tall))


def hands_of(faces: Sequence[Face]) -> tuple[Face, ...]:
    """Those faces that look written, and by a pen at that."""
    return tuple(face for face in faces if face.hand and not _HEAVY.search(face.path))


def stroked(rng: Random, strokes: Strokes, thick: float) -> tuple[Ink, float, float]:
    """Strokes as ink, and where the top left corner of the ink lies (x, y). The pen presses unevenly; some skip."""
    every = np.concatenate(strokes)
    margin = thick + 3
    left, top = every.min(axis=0) - margin
    wide, high = np.ceil(np.ptp(every, axis=0) + 2 * margin).astype(int)
    canvas = np.zeros((min(LONGEST, int(high)), min(LONGEST, int(wide))), np.uint8)
    uneven, skips = rng.random() < 0.6, rng.random() < 0.08
    for stroke in strokes:
        path = stroke - (left, top)
        if not uneven or len(path) < 8:
            polyline(canvas, path, thick)
            continue
        parts = max(2, len(path) // 9)
        for index in range(parts):
            piece = path[index * len(path) // parts : (index + 1) * len(path) // parts + 1]
            if len(piece) > 1 and not (skips and rng.random() < 0.25):
                polyline(canvas, piece, thick * rng.uniform(0.7, 1.25), rng.randint(190, 255))
    return canvas, float(left), float(top)


def cursive(rng: Random, letters: int, height: float, *, lift: float = 0.35) -> Strokes:
    """Writing that nobody can read: loops, stems and hooks from left to right, marks above now and then.

    `height` is that of a letter in pixels, `lift` the share of the letters after which the pen is lifted.
    """
    slant, narrow = rng.uniform(-0.1, 0.45), rng.uniform(0.6, 1.3)
    ways: list[Path] = []
    nodes: list[Point] = []
    x = 0.0
    for _ in range(letters):
        wide = narrow * rng.uniform(0.5, 1.2)
        nodes += _letter(rng, x, wide)
        x += wide * rng.uniform(0.85, 1.15)
        marked = rng.random() < 0.22
        if marked or rng.random() < lift:
            ways.append(smooth(nodes, 7))
            nodes = []
        if marked:
            ways.append(_mark_above(rng, x, wide))
    if nodes:
        ways.append(smooth(nodes, 7))
    lean = np.array([[1.0, 0.0], [-slant, 1.0]])
    return [way @ lean * height for way in ways]


def _letter(rng: Random, x: float, wide: float) -> list[Point]:
    shape = rng.choices([shape for shape, _ in _LETTERS], [share for _, share in _LETTERS])[0]
    return [(x + wide * (px + rng.uniform(-0.09, 0.09)), py + rng.uniform(-0.09, 0.09)) for px, py in shape]


def _mark_above(rng: Random, x: float, wide: float) -> Path:
    """A vowel or tone mark over the letter that ends at `x`."""
    up = rng.uniform(-1.7, -1.15)
    middle, end = (x - wide * 0.4, up - rng.uniform(0.1, 0.4)), (x, up - rng.uniform(-0.1, 0.4))
    return smooth([(x - wide * 0.8, up), middle, end], 6)


def signature(rng: Random, size: float) -> Strokes:
    """A signature about `size` pixels wide, its middle at y = 0: a few bold turns, a line that runs on."""
    strokes: Strokes = []
    if rng.random() < 0.5:
        strokes += cursive(rng, rng.randint(2, 8), size * rng.uniform(0.1, 0.22), lift=0.1)
    if not strokes or rng.random() < 0.7:
        wide, high = size * rng.uniform(0.3, 1), size * rng.uniform(0.15, 0.6)
        for _ in range(rng.randint(1, 3)):
            count = rng.randint(4, 12)
            nodes = [(wide * (k / count + rng.uniform(-0.3, 0.3)), high * rng.uniform(-0.8, 0.3)) for k in range(count)]
            strokes.append(smooth(nodes, 9))
    if rng.random() < 0.55:
        strokes.append(_run_on(rng, size))
    lean = np.radians(rng.uniform(-25, 12))
    matrix = np.array([[np.cos(lean), np.sin(lean)], [-np.sin(lean), np.cos(lean)]])
    leaning = [stroke @ matrix for stroke in strokes]
    heights = np.concatenate(leaning)[:, 1]
    return [stroke - (0.0, (heights.min() + heights.max()) / 2) for stroke in leaning]


def _run_on(rng: Random, size: float) -> Path:
    """The line under or through a signature."""
    x, y = rng.uniform(-0.2, 0.4) * size, rng.uniform(-0.2, 0.15) * size
    end_x, end_y = x + size * rng.uniform(0.3, 1.1), y + rng.uniform(-0.15, 0.15) * size
    return smooth([(x, y), ((x + end_x) / 2, y + rng.uniform(-9, 9)), (end_x, end_y)], 9)


def mark(rng: Random, size: float) -> Strokes:
    """A tick, a cross, a slash or another sign, about `size` pixels large."""
    noise = np.random.default_rng(rng.getrandbits(32))
    others = mark_drawings.OTHERS
    draw = rng.choices((mark_drawings.check, mark_drawings.cross, *others), (14, 6, *[0.4] * len(others)))[0]
    return [stroke * size for stroke in draw(noise)]


def ring(rng: Random, wide: float, high: float) -> Strokes:
    """A loop drawn around something, with its middle at (0, 0)."""
    start = rng.uniform(0, 2 * np.pi)
    angles = np.linspace(start, start + 2 * np.pi * rng.uniform(0.9, 1.2), 40)
    drift = np.linspace(1, rng.uniform(0.85, 1.15), 40)
    return [np.stack([wide / 2 * np.cos(angles) * drift, high / 2 * np.sin(angles) * drift], axis=1)]


def stroke_line(rng: Random, length: float) -> Strokes:
    """An underline, a bar beside a paragraph, an arrow: nearly straight."""
    count = rng.randint(3, 7)
    wobble = length * rng.uniform(0, 0.02)
    nodes = [(length * k / (count - 1), rng.uniform(-1, 1) * wobble) for k in range(count)]
    strokes = [smooth(nodes, 8)]
    if rng.random() < 0.15:
        tip = length * rng.uniform(0.02, 0.06) + 4
        strokes.append(np.array([(length - tip, -tip), (length, 0.0), (length - tip, tip)]))
    return strokes


def written(rng: Random, hands: Sequence[Face], digits: Digits, said: str, tall: float) -> Ink | None:
    """`said` by hand, its letters `tall` pixels high, digits mostly from real hands; None where no hand has it."""
    real: Digits = digits if rng.random() < REAL_DIGITS else {}
    parts: list[Ink] = []
    for word in said.split(" "):
        if parts:
            parts.append(np.zeros((1, round(tall * rng.uniform(0.3, 1.1))), np.uint8))
        for drawn, symbols in groupby(word, key=real.__contains__):
            if drawn:
                parts += [_digit(rng, real[symbol], tall) for symbol in symbols]
                continue
            ink = _word(rng, hands, "".join(symbols), tall)
            if ink is None:
                return None
            parts.append(ink)
    return _joined(rng, parts, tall)


def _word(rng: Random, hands: Sequence[Face], word: str, tall: float) -> Ink | None:
    face = pick(rng, hands, word) if hands else None
    if face is None:
        return None
    ink, _ = text_ink(face, word, max(8, round(tall / max(0.2, face.body) * rng.uniform(0.8, 1.1))))
    return _trimmed(ink)


def _digit(rng: Random, inks: NDArray[np.uint8], tall: float) -> Ink:
    ink = _trimmed(inks[rng.randrange(len(inks))])
    rows = max(5, round(tall * rng.uniform(0.85, 1.3)))
    columns = max(2, min(2 * rows, round(ink.shape[1] * rows / ink.shape[0])))
    small = cv2.resize(ink, (columns, rows), interpolation=cv2.INTER_AREA)
    return np.pad(np.asarray(small, np.uint8), ((0, 0), (1, 1)))


def _trimmed(ink: Ink) -> Ink:
    rows, columns = np.flatnonzero(ink.max(axis=1) > INKED), np.flatnonzero(ink.max(axis=0) > INKED)
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] if len(rows) else ink[:1, :1]


def _joined(rng: Random, parts: Sequence[Ink], tall: float) -> Ink:
    """Words and digits on one line, which wavers and leans."""
    high = max(len(part) for part in parts) + 6
    placed = []
    for part in parts:
        lowest = high - len(part)
        top = max(0, min(lowest, lowest - 3 + round(rng.uniform(-0.06, 0.06) * tall)))
        apart = max(0, round(rng.uniform(-0.02, 0.12) * tall))
        placed.append(np.pad(part, ((top, lowest - top), (0, apart))))
    ink = np.pad(np.concatenate(placed, axis=1), 8)
    if rng.random() < 0.8:
        ink = elastic(rng, ink, rng.uniform(0.01, 0.06))
    if rng.random() < 0.5:
        change = cv2.dilate if rng.random() < 0.5 and tall > THICK_FROM else cv2.erode
        ink = np.asarray(change(ink, np.ones((2, 2), np.uint8)), np.uint8)
    return turned(ink, rng.uniform(-4, 6) if rng.random() < 0.5 else 0)
