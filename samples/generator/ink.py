"""Pen on paper: strokes of varying width that never run quite straight."""

import math
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from PIL import Image, ImageDraw

from samples.generator.sheet import Colour, Sheet, px

SUPERSAMPLE = 3
BLUE: Colour = (28, 42, 130)
DARK: Colour = (40, 40, 48)
Point = tuple[float, float]
Strokes = tuple[tuple[Point, ...], ...]

CHECK: Strokes = (((0.05, 0.55), (0.22, 0.72), (0.36, 0.98), (0.55, 0.55), (0.95, 0.02)),)
CROSS: Strokes = (((0.06, 0.08), (0.5, 0.48), (0.95, 0.94)), ((0.92, 0.04), (0.5, 0.52), (0.05, 0.97)))
SIGNATURE: Strokes = (
    ((0.0, 0.75), (0.08, 0.15), (0.16, 0.85), (0.24, 0.35), (0.30, 0.70), (0.38, 0.40), (0.46, 0.72), (0.55, 0.45)),
    ((0.42, 0.10), (0.50, 0.95), (0.60, 0.20), (0.72, 0.65), (0.80, 0.50), (1.0, 0.42)),
)

DIGITS: dict[str, Strokes] = {
    "0": (((0.55, 0.02), (0.15, 0.25), (0.12, 0.75), (0.5, 0.98), (0.88, 0.7), (0.85, 0.25), (0.5, 0.03)),),
    "1": (((0.3, 0.22), (0.55, 0.02), (0.52, 0.5), (0.5, 0.98)),),
    "2": (((0.15, 0.22), (0.45, 0.0), (0.82, 0.22), (0.55, 0.6), (0.12, 0.96), (0.5, 0.92), (0.92, 0.96)),),
    "3": (((0.18, 0.1), (0.6, 0.02), (0.78, 0.25), (0.42, 0.46), (0.85, 0.68), (0.6, 0.97), (0.12, 0.88)),),
    "4": (
        ((0.62, 0.02), (0.35, 0.35), (0.1, 0.66), (0.5, 0.64), (0.95, 0.62)),
        ((0.68, 0.4), (0.66, 0.7), (0.64, 1.0)),
    ),
    "5": (((0.3, 0.04), (0.24, 0.42), (0.6, 0.4), (0.85, 0.65), (0.6, 0.97), (0.12, 0.9)), ((0.3, 0.04), (0.85, 0.0))),
    "6": (((0.7, 0.0), (0.3, 0.35), (0.14, 0.75), (0.45, 0.98), (0.82, 0.75), (0.55, 0.5), (0.18, 0.72)),),
    "7": (((0.1, 0.06), (0.5, 0.03), (0.9, 0.04), (0.6, 0.5), (0.42, 1.0)),),
    "8": (
        ((0.8, 0.12), (0.4, 0.02), (0.25, 0.28), (0.75, 0.62), (0.6, 0.98), (0.18, 0.85), (0.5, 0.48), (0.82, 0.14)),
    ),
    "9": (((0.82, 0.25), (0.45, 0.04), (0.18, 0.28), (0.5, 0.5), (0.82, 0.22), (0.76, 0.6), (0.62, 1.0)),),
    "/": (((0.85, -0.05), (0.5, 0.5), (0.15, 1.05)),),
    ".": (((0.4, 0.92), (0.46, 0.98)),),
}


@dataclass(frozen=True)
class Pen:
    """Colour and mean width of the line in millimetres; `shake` is its tremor as a part of the drawing's size."""

    ink: Colour = BLUE
    width: float = 0.5
    shake: float = 0.035


def draw(sheet: Sheet, strokes: Strokes, box: tuple[float, float, float, float], pen: Pen, rng: Random) -> None:
    """Draw strokes given in the unit square into a box (x, y, width, height in millimetres)."""
    x, y, width, height = box
    for stroke in strokes:
        shaken = [
            (x + width * (px_ + rng.gauss(0, pen.shake)), y + height * (py + rng.gauss(0, pen.shake)))
            for px_, py in stroke
        ]
        _run(sheet, _smooth(shaken), pen, rng)


def handwrite(sheet: Sheet, x: float, baseline: float, text: str, *, pen: Pen, height: float, rng: Random) -> float:
    """Write digits by strokes and letters in an italic, one unsteady glyph after another; return the right end.

    The caller records what was written.
    """
    for glyph in _clusters(text):
        lift = rng.uniform(-0.06, 0.06) * height
        if glyph in DIGITS:
            wide = height * (0.25 if glyph in "1." else rng.uniform(0.5, 0.62))
            draw(sheet, DIGITS[glyph], (x, baseline - height + lift, wide, height), pen, rng)
            x += wide + height * rng.uniform(0.14, 0.24)
        elif glyph == " ":
            x += 0.45 * height
        else:
            points = height * 4.2
            style = "Italic"
            x += sheet.write(x, baseline + lift, glyph, size=points, weight=style, ink=pen.ink, record=False)
            x += 0.08 * height
    return x


def _clusters(text: str) -> list[str]:
    """Letters with what stacks on them."""
    clusters: list[str] = []
    for character in text:
        if clusters and character in "ัิีึืฺุู็่้๊๋์ํ":
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters


def _smooth(points: list[Point]) -> list[Point]:
    """A Catmull-Rom spline through the points."""
    if len(points) < 3:
        return points
    padded = [points[0], *points, points[-1]]
    curve = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(12):
            t = step / 12
            curve.append(tuple(_spline(a[k], b[k], c[k], d[k], t) for k in (0, 1)))
    return [(p[0], p[1]) for p in curve] + [points[-1]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)


def _run(sheet: Sheet, curve: list[Point], pen: Pen, rng: Random) -> None:
    """Run a round nib along the curve: thin where it starts and ends, pressed unevenly between."""
    margin = pen.width * 2
    left, top = min(p[0] for p in curve) - margin, min(p[1] for p in curve) - margin
    right, bottom = max(p[0] for p in curve) + margin, max(p[1] for p in curve) + margin
    size = (px(right - left), px(bottom - top))
    mask = Image.new("L", (size[0] * SUPERSAMPLE, size[1] * SUPERSAMPLE), 0)
    nib = ImageDraw.Draw(mask)
    scale = SUPERSAMPLE * px(25.4) / 25.4
    phase = rng.uniform(0, 6.28)
    dense = _dense(curve, pen.width / 6)
    for index, (x, y) in enumerate(dense):
        along = index / max(1, len(dense) - 1)
        pressure = min(1.0, 0.55 + 4 * along, 0.45 + 3 * (1 - along)) * (1 + 0.15 * math.sin(phase + 7 * along))
        radius = max(0.5, pen.width / 2 * pressure * scale)
        cx, cy = (x - left) * scale, (y - top) * scale
        nib.ellipse((cx - radius, cy - radius, cx + radius, cy + radius), fill=235)
    sheet.image.paste(pen.ink, (px(left), px(top)), mask.resize(size, Image.Resampling.BOX))


def _dense(curve: list[Point], step: float) -> list[Point]:
    """The curve with points no further apart than `step` millimetres."""
    points = []
    for (x1, y1), (x2, y2) in pairwise(curve):
        count = max(1, math.ceil(math.hypot(x2 - x1, y2 - y1) / step))
        points += [(x1 + (x2 - x1) * k / count, y1 + (y2 - y1) * k / count) for k in range(count)]
    return [*points, curve[-1]]
