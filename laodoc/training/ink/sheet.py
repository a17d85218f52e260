"""A sheet on which ink is laid, each time with its kind."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from laodoc.ink.kinds import INPUT_DPI, Kind
from laodoc.training.fonts import Face

Ink = NDArray[np.uint8]
"""Coverage with ink, shape (height, width), 255 = full."""

Colour = tuple[int, int, int]
"""Red, green, blue."""
Point = tuple[float, float]
"""x and y in pixels."""
Path = NDArray[np.float64]
"""Points along a line, shape (count, 2)."""

BLACK: Colour = (25, 25, 28)
PX_PER_MM = INPUT_DPI / 25.4
PX_PER_POINT = INPUT_DPI / 72
VISIBLE = 70
"""Coverage from which a pixel is ink for the truth: what is fainter is a stroke's soft edge."""
MARGIN = 3
"""Pixels of bare paper left and right of set text."""
PARTS = 16
"""Parts of a pixel to which drawn points are exact."""


class Sheet:
    """The picture, uint8 (height, width, 3), and for every kind of ink where it lies, uint8 (kinds, height, width)."""

    def __init__(self, width: int, height: int, paper: Colour) -> None:
        self.image = np.empty((height, width, 3), np.uint8)
        self.image[:] = paper
        self.kinds = np.zeros((len(Kind), height, width), np.uint8)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.image.shape[1], self.image.shape[0]

    def lay(
        self,
        ink: Ink,
        x: float,
        y: float,
        *kinds: Kind,
        colour: Colour = BLACK,
        strength: float = 1.0,
    ) -> None:
        """Lay ink with its top left corner at (x, y); what hangs over the edge is cut off.

        Ink is a glaze: what lies under it stays visible through it. `strength` 1 is full, less is faint.
        """
        left, top = round(x), round(y)
        width, height = self.size
        from_x, from_y = max(0, -left), max(0, -top)
        ink = ink[from_y : max(0, height - top), from_x : max(0, width - left)]
        if not ink.size:
            return
        left, top = left + from_x, top + from_y
        rows, columns = slice(top, top + ink.shape[0]), slice(left, left + ink.shape[1])
        part = self.image[rows, columns]
        share = ink.astype(np.float32)[..., None] * (strength / 255)
        part[:] = part * (1 - share) + np.asarray(colour, np.float32) * (part.astype(np.float32) / 255) * share
        seen = np.where(ink >= VISIBLE, np.uint8(255), np.uint8(0))
        for kind in kinds:
            np.maximum(self.kinds[kind, rows, columns], seen, out=self.kinds[kind, rows, columns])


def text_ink(face: Face, text: str, size: int, *, bold: int = 0, apart: float = 0.0) -> tuple[Ink, int]:
    """`text` at `size` pixels an em and the row of its baseline; `apart` pixels of extra space between words."""
    font = face.font(size)
    above, below = (round(reach * size * 1.05) + 2 for reach in (face.ascent, face.descent))
    words = text.split(" ") if apart else [text]
    space = font.getlength(" ") + apart
    lengths = [font.getlength(word) for word in words]
    width = round(sum(lengths) + space * (len(words) - 1)) + 2 * MARGIN + size // 3
    canvas = Image.new("L", (width, above + below), 0)
    pen = ImageDraw.Draw(canvas)
    x = float(MARGIN)
    for word, length in zip(words, lengths, strict=True):
        pen.text((x, above), word, fill=255, font=font, anchor="ls", stroke_width=bold)
        x += length + space
    return np.asarray(canvas), above


def turned(ink: Ink, degrees: float) -> Ink:
    """Ink turned about its middle, on a canvas that holds all of it."""
    if not degrees:
        return ink
    height, width = ink.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    cos, sin = abs(matrix[0, 0]), abs(matrix[0, 1])
    wide, high = int(height * sin + width * cos) + 2, int(height * cos + width * sin) + 2
    matrix[0, 2] += wide / 2 - width / 2
    matrix[1, 2] += high / 2 - height / 2
    return np.asarray(cv2.warpAffine(ink, matrix, (wide, high)), np.uint8)


def polyline(canvas: Ink, path: Path, thick: float, level: int = 255) -> None:
    """A line along `path`, `thick` pixels wide (parts of a pixel as paler ink)."""
    whole = max(1, round(thick))
    level = round(level * min(1.0, max(0.35, thick))) if thick < 1 else level
    cv2.polylines(canvas, [np.round(path * PARTS).astype(np.int32)], False, level, whole, cv2.LINE_AA, shift=4)


def dot(canvas: Ink, at: Point, radius: float, level: int = 255) -> None:
    """A round dot with its middle at `at`."""
    ellipse(canvas, at, (radius, radius), level=level, thick=-1)


def ellipse(
    canvas: Ink,
    at: Point,
    radii: Point,
    *,
    turn: float = 0.0,
    arc: Point = (0.0, 360.0),
    level: int = 255,
    thick: int = 1,
) -> None:
    """An ellipse about `at`, or the part of it in `arc` (degrees); filled where `thick` is -1."""
    middle = (round(PARTS * at[0]), round(PARTS * at[1]))
    axes = (round(PARTS * radii[0]), round(PARTS * radii[1]))
    cv2.ellipse(canvas, middle, axes, turn, *arc, level, thick, cv2.LINE_AA, 4)


def smooth(nodes: Sequence[Point] | Path, steps: int = 10) -> Path:
    """A soft curve near all nodes: their polygon, averaged along the way."""
    path = np.asarray(nodes, float)
    at = np.linspace(0, len(path) - 1, steps * (len(path) - 1) + 1)
    curve = np.stack([np.interp(at, np.arange(len(path)), path[:, axis]) for axis in (0, 1)], axis=1)
    window = np.hanning(steps + 3)
    half = len(window) // 2
    padded = np.pad(curve, ((half, len(window) - 1 - half), (0, 0)), mode="edge")
    return np.stack([np.convolve(padded[:, a], window / window.sum(), mode="valid") for a in (0, 1)], axis=1)
