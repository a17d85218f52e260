"""A line of text as ink: drawn in its band, with what else stands in the crop."""

import re
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from laodoc.training.fonts import Face

Ink = NDArray[np.uint8]
"""Coverage with ink, shape (height, width), 255 = full."""

_CLUSTERS = re.compile(r"[^\u0e31\u0e34-\u0e3a\u0e47-\u0e4e][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*\u0e33?|.")

WIDE_CROP = 0.12
"""Share of the lines cut with far more ground above and below than the band."""


def draw(rng: Random, face: Face, text: str, height: int) -> Ink:
    """`text` in a crop of `height` rows: its band with a random shift and scale, a little ground at both ends."""
    band = face.ascent + face.descent
    above = band * (rng.uniform(0.1, 0.35) if rng.random() < WIDE_CROP else rng.uniform(-0.02, 0.12))
    below = band * (rng.uniform(0.1, 0.35) if rng.random() < WIDE_CROP else rng.uniform(-0.04, 0.1))
    size = max(8, round(height / (band + above + below)))
    baseline = (face.ascent + above) * size
    font = face.font(size)
    pieces, width = _place(rng, face, text, size)
    margins = [rng.choice((rng.uniform(0, 0.15), rng.uniform(0.1, 0.6))) * height for _ in range(2)]
    canvas = Image.new("L", (max(8, round(width + sum(margins))), height), 0)
    pen = ImageDraw.Draw(canvas)
    bold = 1 if rng.random() < 0.03 and size > 30 else 0
    for x, piece in pieces:
        pen.text((margins[0] + x, baseline), piece, fill=255, font=font, anchor="ls", stroke_width=bold)
    if rng.random() < 0.12:
        _neighbours(rng, face, pen, (canvas.width, height), size)
    return _squeezed(rng, np.asarray(canvas))


def _place(rng: Random, face: Face, text: str, size: int) -> tuple[list[tuple[float, str]], float]:
    """Pieces of the text with the place where each begins: words with spaces of any width, sometimes single clusters
    pulled apart, as in justified Thai."""
    font = face.font(size)
    space = font.getlength(" ") * rng.choice((1.0, rng.uniform(0.7, 1.3), rng.uniform(1, 3)))
    tab = rng.random() < 0.08
    apart = size * rng.uniform(0.01, 0.12) if rng.random() < 0.15 else 0.0
    x, placed = 0.0, []
    for word in text.split(" "):
        for piece in _CLUSTERS.findall(word) if apart else [word]:
            placed.append((x, piece))
            x += font.getlength(piece) + apart
        x += space * (rng.uniform(1.5, 8) if tab and rng.random() < 0.5 else 1)
    return placed, x - space


def _neighbours(rng: Random, face: Face, pen: ImageDraw.ImageDraw, shape: tuple[int, int], size: int) -> None:
    """What reaches into the crop from the lines above and below: descenders at the top, marks at the bottom."""
    width, height = shape
    clusters = ("ฎู", "ญ", "ปุ", "ฐ", "ฤๅ", "ชู", "y,") if rng.random() < 0.5 else ("ที่", "นี้", "ป้า", "ไม้", "พี่", "ใช้", "ก่")
    above = clusters[0] == "ฎู"
    baseline = -rng.uniform(0, face.descent) * size if above else height + (face.body + rng.uniform(0, 0.3)) * size
    x = -rng.uniform(0, size)
    while x < width:
        word = rng.choice(clusters)
        if face.can_draw(word):
            pen.text((x, baseline), word, fill=255, font=face.font(size), anchor="ls")
        x += size * rng.uniform(0.3, 3)


def _squeezed(rng: Random, ink: Ink) -> Ink:
    """Sometimes narrower or wider: condensed faces, and scanners whose feed is off."""
    if rng.random() < 0.7:
        return ink
    width = max(8, round(ink.shape[1] * rng.uniform(0.76, 1.22)))
    return np.asarray(cv2.resize(ink, (width, ink.shape[0]), interpolation=cv2.INTER_AREA), np.uint8)
