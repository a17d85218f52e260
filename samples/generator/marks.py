"""Checks and crosses in a cell: printed shapes, and by pen."""

from random import Random
from typing import Literal, get_args

from PIL import ImageDraw

from samples.generator import ink
from samples.generator.sheet import BLACK, Sheet, px

MarkStyle = Literal["pen", "check-cross", "check-times", "heavy"]
MARK_STYLES: tuple[MarkStyle, ...] = get_args(MarkStyle)


def draw_mark(
    sheet: Sheet,
    mark: str,
    box: tuple[float, float, float, float],
    *,
    style: MarkStyle,
    pen: ink.Pen,
    rng: Random,
) -> None:
    """Put a check or a cross into a cell: printed ones in the middle, those by pen anywhere, some over the border."""
    left, top, right, bottom = box
    height, middle = bottom - top, ((left + right) / 2, (top + bottom) / 2)
    if style == "pen":
        size = height * rng.uniform(0.62, 1.15)
        x = middle[0] + _within(rng.gauss(0, 0.11), 0.28) * (right - left) - size / 2
        y = middle[1] + _within(rng.gauss(0, 0.09), 0.16) * height - size / 2
        strokes = ink.CHECK if mark == "check" else ink.CROSS
        ink.draw(sheet, strokes, (x, y, size * rng.uniform(0.85, 1.25), size), pen, rng)
        return
    size = min(3.3, height * 0.6)
    points = _PRINTED[_shape(mark, style)]
    draw = ImageDraw.Draw(sheet.image)
    for polygon in points:
        corners = [(middle[0] + (x - 0.5) * size, middle[1] + (y - 0.5) * size) for x, y in polygon]
        draw.polygon([(px(x), px(y)) for x, y in corners], fill=BLACK)


def _within(offset: float, limit: float) -> float:
    return max(-limit, min(limit, offset))


def _shape(mark: str, style: MarkStyle) -> str:
    if mark == "check":
        return "heavy-check" if style == "heavy" else "check"
    return {"check-times": "times", "heavy": "heavy-cross"}.get(style, "cross")


def _bar_of(x1: float, y1: float, x2: float, y2: float, thick: float) -> tuple[tuple[float, float], ...]:
    """A straight stroke with square ends as a polygon."""
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    across = ((y1 - y2) / length * thick / 2, (x2 - x1) / length * thick / 2)
    return (
        (x1 + across[0], y1 + across[1]),
        (x2 + across[0], y2 + across[1]),
        (x2 - across[0], y2 - across[1]),
        (x1 - across[0], y1 - across[1]),
    )


_PRINTED = {
    "check": (((0.05, 0.58), (0.2, 0.5), (0.38, 0.78), (0.86, 0.02), (0.96, 0.06), (0.42, 1.0), (0.34, 1.0)),),
    "heavy-check": (((0.0, 0.6), (0.2, 0.42), (0.38, 0.66), (0.84, 0.0), (1.0, 0.08), (0.46, 1.0), (0.32, 1.0)),),
    "times": (_bar_of(0.15, 0.15, 0.85, 0.85, 0.1), _bar_of(0.85, 0.15, 0.15, 0.85, 0.1)),
    "cross": (_bar_of(0.12, 0.02, 0.85, 0.98, 0.13), _bar_of(0.9, 0.05, 0.1, 0.95, 0.09)),
    "heavy-cross": (_bar_of(0.1, 0.05, 0.9, 0.95, 0.24), _bar_of(0.9, 0.05, 0.1, 0.95, 0.2)),
}
