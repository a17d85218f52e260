"""What else stands in the crop of a line and says nothing: rulings, leaders, specks, stamps, strokes of a pen."""

from random import Random

import cv2
import numpy as np

from laodoc.training.drawing import Ink
from laodoc.training.ink import pen


def rulings(rng: Random, ink: Ink) -> None:
    """Remains of ruled lines at the edges, a line under the text or beside it, now and then broken."""
    height, width = ink.shape
    thick = max(1, round(height * rng.uniform(0.015, 0.07)))
    grey = rng.randint(90, 255)
    if rng.random() < 0.6:
        y = rng.choice(
            (
                rng.randint(0, max(1, height // 14)),
                height - 1 - rng.randint(0, max(1, height // 14)),
                round(height * rng.uniform(0.8, 0.98)),
            )
        )
        left, right = (0, width) if rng.random() < 0.6 else sorted(rng.randint(0, width) for _ in range(2))
        cv2.line(ink, (left, y), (right, y + rng.randint(-2, 2) * (width > 300)), grey, thick)
    if rng.random() < 0.6:
        for x in rng.sample(
            (rng.randint(0, max(1, height // 10)), width - 1 - rng.randint(0, max(1, height // 10))), rng.randint(1, 2)
        ):
            top = 0 if rng.random() < 0.7 else rng.randint(0, height // 2)
            cv2.line(ink, (x, top), (x + rng.randint(-1, 1), height), grey, thick)


def leaders(rng: Random, ink: Ink) -> Ink:
    """Dotted leaders below the text, or beside it as far as the line goes."""
    height, width = ink.shape
    step = height * rng.uniform(0.07, 0.22)
    radius = max(0.5, height * rng.uniform(0.012, 0.035))
    kind = rng.random()
    if kind < 0.5:
        grown = np.zeros((height, round(width + height * rng.uniform(1, 7))), np.uint8)
        at = 0 if rng.random() < 0.7 else grown.shape[1] - width
        grown[:, at : at + width] = ink
        spans = [(width, grown.shape[1])] if at == 0 else [(0, at)]
        if rng.random() < 0.5:
            spans = [(0, grown.shape[1])]
        ink = grown
    else:
        spans = [(0, width)]
    y = height * rng.uniform(0.66, 0.9)
    for start, end in spans:
        for x in np.arange(start, end, step):
            cv2.circle(
                ink,
                (round(x * 4), round((y + rng.uniform(-0.3, 0.3)) * 4)),
                round(radius * 4),
                rng.randint(120, 255),
                -1,
                shift=2,
                lineType=cv2.LINE_AA,
            )
    return ink


def specks(rng: Random, ink: Ink, density: float) -> None:
    """Dirt: `density` specks a square of the line's height, each smaller than a full stop."""
    height, width = ink.shape
    for _ in range(round(density * width / height * rng.uniform(0.3, 1.5))):
        x, y = rng.randrange(width), rng.randrange(height)
        if rng.random() < 0.7:
            ink[y, x] = rng.randint(120, 255)
        else:
            cv2.circle(ink, (x, y), max(1, round(height * rng.uniform(0.008, 0.03))), rng.randint(80, 255), -1)


def strokes(rng: Random, ink: Ink, *, faint: bool) -> None:
    """Curves of a pen or a stamp across the crop; `faint` ones are far lighter than the print under them."""
    height, width = ink.shape
    layer = np.zeros_like(ink)
    grey = rng.randint(25, 110) if faint else rng.randint(120, 255)
    for _ in range(rng.randint(1, 3)):
        points = scribble(rng, width, height, rng.randint(3, 6))
        cv2.polylines(layer, [points], False, grey, max(1, round(height * rng.uniform(0.02, 0.07))), cv2.LINE_AA)
    if faint and rng.random() < 0.5:
        cv2.rectangle(
            layer,
            (rng.randint(-width, width), rng.randint(-height, height)),
            (rng.randint(0, 2 * width), rng.randint(0, 2 * height)),
            grey,
            2,
        )
    np.maximum(ink, layer, out=ink)


def scribble(rng: Random, width: int, height: int, turns: int) -> "np.ndarray":
    """A smooth curve through `turns` random points of a box, as int32 points for `cv2.polylines`."""
    nodes = np.array([[rng.uniform(-0.1, 1.1) * width, rng.uniform(-0.1, 1.1) * height] for _ in range(max(3, turns))])
    at = np.linspace(0, len(nodes) - 1, 14 * len(nodes))
    curve = np.stack([np.interp(at, np.arange(len(nodes)), nodes[:, axis]) for axis in (0, 1)], axis=1)
    kernel = np.hanning(13) / np.hanning(13).sum()
    smooth = np.stack([np.convolve(curve[:, axis], kernel, mode="valid") for axis in (0, 1)], axis=1)
    return smooth.round().astype(np.int32)


def cursive(rng: Random, height: int) -> Ink:
    """Writing that nobody can read, about on the line."""
    tall = height * rng.uniform(0.16, 0.42)
    thick = max(1.0, min(height * rng.uniform(0.02, 0.06), 0.16 * tall))
    drawn, _, top = pen.stroked(rng, pen.cursive(rng, rng.randint(1, 12), tall, lift=rng.uniform(0.1, 0.7)), thick)
    ink = np.zeros((height, drawn.shape[1]), np.uint8)
    first = round(height * rng.uniform(0.62, 0.76) + top)
    rows = range(max(0, first), min(height, first + len(drawn)))
    if rows:
        ink[rows.start : rows.stop] = drawn[rows.start - first : rows.stop - first]
    return ink


def signature(rng: Random, height: int) -> Ink:
    """A crop that says nothing: a signature, a part of an emblem, or bare paper."""
    width = round(height * rng.uniform(0.5, 7))
    ink = np.zeros((height, width), np.uint8)
    kind = rng.random()
    if kind < 0.45:
        for _ in range(rng.randint(1, 3)):
            part = scribble(rng, width, height, rng.randint(4, 14))
            cv2.polylines(
                ink, [part], False, rng.randint(120, 255), max(1, round(height * rng.uniform(0.02, 0.08))), cv2.LINE_AA
            )
    elif kind < 0.6:
        for _ in range(rng.randint(3, 25)):
            center = (rng.randint(0, width), rng.randint(0, height))
            axes = (rng.randint(1, height), rng.randint(1, height))
            turn = rng.randint(0, 360)
            cv2.ellipse(
                ink, center, axes, turn, 0, rng.randint(30, 360), rng.randint(120, 255), rng.randint(1, 3), cv2.LINE_AA
            )
    return ink
