"""Checks, crosses and other things, drawn as a pen or a printer would make them.

A drawing is a float picture, 1 where there is ink, of `CANVAS` pixels square, at the 300 dpi of a normal page.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image, ImageDraw, ImageFont

Drawing = NDArray[np.float32]
Points = NDArray[np.float64]
Random = np.random.Generator

CANVAS = 200
PX_PER_MM = 300 / 25.4
STEPS = 24
"""Points along one stroke."""


def bend(start: ArrayLike, end: ArrayLike, bulge: float) -> Points:
    """A stroke from `start` to `end` whose middle is pushed aside by `bulge` parts of its length."""
    a, b = np.asarray(start, float), np.asarray(end, float)
    aside = np.array([a[1] - b[1], b[0] - a[0]]) * bulge
    t = np.linspace(0, 1, STEPS)[:, np.newaxis]
    return np.asarray((1 - t) ** 2 * a + 2 * t * (1 - t) * ((a + b) / 2 + aside) + t**2 * b)


def ink(strokes: Sequence[Points], rng: Random, *, size_mm: float) -> Drawing:
    """Strokes in unit coordinates (y down), drawn with one pen: its width, its taper and the tremor of the hand."""
    scale = size_mm * PX_PER_MM
    width = np.clip(scale * rng.uniform(0.03, 0.2), 2.0, 14.0)
    taper, tremor = rng.uniform(0, 0.6), rng.uniform(0, 0.012)
    picture = np.zeros((CANVAS * 2, CANVAS * 2), np.uint8)
    for stroke in strokes:
        shaken = stroke + rng.normal(0, tremor, stroke.shape)
        places = np.round((shaken - 0.5) * scale * 2 + CANVAS).astype(int)
        for step, (a, b) in enumerate(pairwise(places)):
            thick = width * (1 - taper * step / len(places))
            cv2.line(picture, a.tolist(), b.tolist(), 255, max(1, round(2 * thick)), cv2.LINE_AA)
    small = cv2.resize(picture, (CANVAS, CANVAS), interpolation=cv2.INTER_AREA)
    return np.asarray(small / 255.0, np.float32)


def turned(strokes: Sequence[Points], degrees: float) -> list[Points]:
    """All strokes turned about the middle of the unit square."""
    angle = np.radians(degrees)
    matrix = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return [(stroke - 0.5) @ matrix + 0.5 for stroke in strokes]


def check(rng: Random) -> list[Points]:
    """A short stroke down to the right, a longer one up to the right, at times far; some have a hook at the start."""
    low = (rng.uniform(0.2, 0.45), rng.uniform(0.8, 1.0))
    start = (low[0] - rng.uniform(0.1, 0.3), low[1] - rng.uniform(0.12, 0.4))
    end = (rng.uniform(0.65, 1.0), low[1] - rng.uniform(0.55, 1.0))
    if rng.random() < 0.3:
        end = (rng.uniform(0.9, 1.5), low[1] - rng.uniform(0.4, 1.5))
    strokes = [bend(start, low, rng.uniform(-0.2, 0.2)), bend(low, end, rng.uniform(-0.22, 0.15))]
    if rng.random() < 0.35:
        hook = (start[0] - rng.uniform(0.02, 0.18), start[1] + rng.uniform(-0.02, 0.1))
        strokes.insert(0, bend(hook, start, rng.uniform(-0.3, 0.3)))
    return turned(strokes, rng.normal(0, 5))


def cross(rng: Random) -> list[Points]:
    """Two strokes that cross near their middles, straight, bent, unequal, or drawn without lifting the pen."""
    wide, tall = rng.uniform(0.6, 1.0), rng.uniform(0.6, 1.0)
    left, top = (1 - wide) / 2, (1 - tall) / 2
    jitter = rng.normal(0, 0.06, (4, 2))
    a, b, c, d = np.array([(left, top), (1 - left, 1 - top), (1 - left, top), (left, 1 - top)]) + jitter
    falling, rising = bend(a, b, rng.uniform(-0.15, 0.15)), bend(c, d, rng.uniform(-0.15, 0.15))
    if rng.random() < 0.2:
        return turned([falling, rising, bend(b, c, rng.uniform(-0.5, 0.1))], rng.normal(0, 7))
    shorter = moved(smaller([falling], rng.uniform(0.6, 1.0)), rng.normal(0, 0.03), rng.normal(0, 0.03))
    return turned([*shorter, rising], rng.normal(0, 7))


def ring(rng: Random) -> list[Points]:
    angles = np.linspace(0, 2 * np.pi * rng.uniform(0.85, 1.1), STEPS * 2) + rng.uniform(0, 6)
    radii = 0.5 * rng.uniform(0.8, 1.15, 2)
    return [np.stack([0.5 + radii[0] * np.cos(angles), 0.5 + radii[1] * np.sin(angles)], axis=1)]


def slash(rng: Random) -> list[Points]:
    a, b = (rng.uniform(0.0, 0.5), 1.0), (rng.uniform(0.4, 1.0), 0.0)
    return [bend(a, b, rng.uniform(-0.15, 0.15))]


def scribble(rng: Random) -> list[Points]:
    corners = rng.uniform(0, 1, (rng.integers(4, 10), 2))
    return [bend(a, b, rng.uniform(-0.6, 0.6)) for a, b in pairwise(corners)]


def smaller(strokes: Sequence[Points], by: float) -> list[Points]:
    return [(stroke - 0.5) * by + 0.5 for stroke in strokes]


def moved(strokes: Sequence[Points], right: float, down: float) -> list[Points]:
    return [stroke + np.array([right, down]) for stroke in strokes]


def struck(rng: Random) -> list[Points]:
    """A check whose long arm was crossed by a stroke: undone, or half right, nobody knows."""
    strokes = [bend((0.05, 0.6), (0.35, 1.0), 0), bend((0.35, 1.0), (1.0, 0.0), rng.uniform(-0.1, 0.1))]
    middle = (rng.uniform(0.55, 0.8), rng.uniform(0.3, 0.55))
    reach = np.array([rng.uniform(0.15, 0.4), rng.uniform(-0.1, 0.4)])
    return [*strokes, bend(middle - reach, middle + reach, rng.uniform(-0.1, 0.1))]


def plus(rng: Random) -> list[Points]:
    upright = [bend((0.5, 0), (0.5, 1), 0), bend((0, rng.uniform(0.3, 0.7)), (1, rng.uniform(0.3, 0.7)), 0)]
    return turned(upright, rng.normal(0, 4))


def vee(rng: Random) -> list[Points]:
    """Two arms alike, of a V, a roof, an angle or a corner: no check."""
    arms = [bend((rng.uniform(0, 0.2), 0), (0.5, 1), 0), bend((0.5, 1), (rng.uniform(0.8, 1), 0), 0)]
    return turned(arms, rng.choice([90, 120, 180, 210, 240, 270]) + rng.normal(0, 10))


def fork(rng: Random) -> list[Points]:
    """Y and λ: strokes that meet but do not cross."""
    middle = (0.5 + rng.normal(0, 0.08), 0.5 + rng.normal(0, 0.1))
    ends = [(0.05, 0.0), (0.95, 0.0), (0.5 + rng.uniform(-0.4, 0.2), 1.0)]
    return turned(
        [bend(end, middle, rng.uniform(-0.15, 0.15)) for end in ends], rng.choice([0, 0, 180]) + rng.normal(0, 8)
    )


OTHERS: tuple[Callable[[Random], list[Points]], ...] = (
    slash,
    lambda rng: turned(slash(rng), rng.uniform(0, 180)),
    ring,
    scribble,
    struck,
    plus,
    vee,
    fork,
    lambda rng: [*check(rng), *cross(rng)],
    lambda rng: [*ring(rng), *smaller(check(rng), rng.uniform(0.5, 0.9))],
    lambda rng: [*ring(rng), *smaller(cross(rng), rng.uniform(0.5, 0.9))],
    lambda rng: [*smaller(check(rng), 0.8), *moved(smaller(check(rng), 0.8), rng.uniform(0.1, 0.3), 0.0)],
    lambda rng: [*cross(rng), *slash(rng)],
    lambda rng: [*cross(rng), bend((0, 0.5), (1, 0.5), rng.uniform(-0.1, 0.1))],
)


def printed(text: str, font_file: str, *, size_mm: float) -> Drawing | None:
    """`text` set in a font, its ink `size_mm` large; None where the font does not have it."""
    font = ImageFont.truetype(font_file, 120)
    probe = Image.new("L", (800, 400), 0)
    ImageDraw.Draw(probe).text((100, 100), text, font=font, fill=255)
    box = probe.getbbox()
    if box is None:
        return None
    scale = size_mm * PX_PER_MM / max(box[2] - box[0], box[3] - box[1])
    wide, tall = (max(2, round((box[2 + axis] - box[axis]) * scale)) for axis in (0, 1))
    glyph = np.asarray(probe.crop(box).resize((wide, tall), Image.Resampling.LANCZOS), np.float32) / 255
    picture = np.zeros((CANVAS, CANVAS), np.float32)
    top, left = (CANVAS - tall) // 2, (CANVAS - wide) // 2
    picture[top : top + tall, left : left + wide] = glyph[: CANVAS - top, : CANVAS - left]
    return picture
