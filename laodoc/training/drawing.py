"""A line of text as ink: drawn in its band, with what else stands in the crop."""

import re
from dataclasses import dataclass
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


EMBOLDENED = 0.1
"""Share of the lines whose strokes are thickened, as word processors do for faces that have no bold style."""
BOLDER = (0.008, 0.03)
"""By how much on either side, in parts of the size."""
UNDERLINED = 0.03
SPACED, SPACED_LETTERS = 0.05, 24
"""Share of the short lines that are letter-spaced, as headings are, and what counts as short."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How one line is set: a face at a `size` in pixels, its `baseline` in rows from the top, `bold` pixels added."""

    face: Face
    size: int
    baseline: float
    bold: float = 0.0


def setting(rng: Random, face: Face, height: int) -> Setting:
    """A face set in a crop of `height` rows: its band with a random shift and scale."""
    band = face.ascent + face.descent
    above = band * (rng.uniform(0.1, 0.35) if rng.random() < WIDE_CROP else rng.uniform(-0.02, 0.12))
    below = band * (rng.uniform(0.1, 0.35) if rng.random() < WIDE_CROP else rng.uniform(-0.04, 0.1))
    size = max(8, round(height / (band + above + below)))
    bold = size * rng.uniform(*BOLDER) if rng.random() < EMBOLDENED else 0.0
    return Setting(face, size, (face.ascent + above) * size, bold)


def draw(rng: Random, face: Face, text: str, height: int) -> Ink:
    """`text` in a crop of `height` rows: its band with a random shift and scale, a little ground at both ends."""
    line = setting(rng, face, height)
    pieces, width = _place(rng, face, text, line.size)
    margins = [rng.choice((rng.uniform(0, 0.15), rng.uniform(0.1, 0.6))) * height for _ in range(2)]
    canvas = Image.new("L", (max(8, round(width + sum(margins))), height), 0)
    pen = ImageDraw.Draw(canvas)
    for x, piece in pieces:
        put(pen, line, margins[0] + x, piece)
    if rng.random() < UNDERLINED:
        _underline(rng, pen, line, (margins[0], margins[0] + width))
    if rng.random() < 0.12:
        _neighbours(rng, face, pen, (canvas.width, height), line.size)
    return _squeezed(rng, np.asarray(canvas))


def set_piece(line: Setting, text: str, height: int) -> Ink:
    """A part of a line with no ground at its ends: pieces of one setting fit beside each other."""
    width = max(2, round(line.face.font(line.size).getlength(text)) + 2)
    canvas = Image.new("L", (width, height), 0)
    put(ImageDraw.Draw(canvas), line, 1, text)
    return np.asarray(canvas)


def put(pen: ImageDraw.ImageDraw, line: Setting, x: float, piece: str, *, fill: int = 255, rise: float = 0.0) -> None:
    """One piece on the baseline from column `x` on, `rise` rows above it."""
    at, font = (x, line.baseline - rise), line.face.font(line.size)
    pen.text(at, piece, fill=fill, font=font, anchor="ls", stroke_width=line.bold)


def clusters(text: str) -> list[str]:
    """Consonants with the marks that stand on them, and single characters."""
    return _CLUSTERS.findall(text)


def _underline(rng: Random, pen: ImageDraw.ImageDraw, line: Setting, ends: tuple[float, float]) -> None:
    """A line, sometimes a double one, under the text from its beginning to its end."""
    thick = max(1, round(line.size * rng.uniform(0.02, 0.06)))
    level = line.baseline + line.size * rng.uniform(0.05, 0.16)
    for nth in range(1 if rng.random() < 0.85 else 2):
        y = level + nth * 2.2 * thick
        pen.line((ends[0], y, ends[1], y), fill=255, width=thick)


def _place(rng: Random, face: Face, text: str, size: int) -> tuple[list[tuple[float, str]], float]:
    """Pieces of the text with the place where each begins: words with spaces of any width, sometimes single clusters
    pulled apart, as in justified Thai."""
    font = face.font(size)
    space = font.getlength(" ") * rng.choice((1.0, rng.uniform(0.7, 1.3), rng.uniform(1, 3)))
    tab = rng.random() < 0.08
    apart = size * rng.uniform(0.01, 0.12) if rng.random() < 0.15 else 0.0
    if len(text) <= SPACED_LETTERS and rng.random() < SPACED:
        apart = size * rng.uniform(0.12, 0.45)
        space = max(space, rng.uniform(2, 4) * (apart + 0.1 * size))
    x, placed = 0.0, []
    for word in text.split(" "):
        for piece in clusters(word) if apart else [word]:
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
