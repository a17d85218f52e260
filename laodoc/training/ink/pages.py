"""Pages of every kind that offices scan, with the kind of every drop of ink; lessons cut from them."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.imaging.cleanup import even_light
from laodoc.ink.kinds import INPUT_DPI, MAP_DPI, Kind
from laodoc.ink.planes import planes
from laodoc.training.ink import layers, pen
from laodoc.training.ink.desk import COLOURED_PRINT, Desk, Material
from laodoc.training.ink.scans import scanned
from laodoc.training.ink.sheet import PX_PER_MM, Colour, Sheet

HALVES = round(INPUT_DPI / MAP_DPI)
"""Pixels of the input along a cell of the map."""
DARK = 226
"""Level of the evened picture under which there is ink to be seen."""
CROP = 448
"""Side of a lesson in pixels of the input, 95 mm: as much as the deepest layer looks at."""
CROPS = 7
"""Lessons cut from a page: it costs more to make than to cut."""
TRIES = 3
"""Places looked at for each of them; the one with the most to tell apart is taken."""

INKED, UNKNOWN, FAINT = 255, 40, 0
"""Weights in the loss of ink whose kind is known; of dark places that nothing was laid on, as soft edges are; of ink
that the scanner has lost."""
BLANK = 15
"""Weight of bare paper: a page is mostly paper, and nobody asks of what kind that is."""

A4_MM = (210, 297)
LYING = 0.12
"""Share of the pages that are wider than high."""
COLOURED_PAGE = 0.12
"""Share of the pages that are printed in colour throughout."""
SHOWS_THROUGH = 0.06
"""Share of the pages through which the other side shows."""
BODY = 0.36
"""Height of ก in ems in most office faces: print in a face of another is set larger or smaller, as people do."""

Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Lesson:
    """`planes` (3, height, width) as the net sees them, `kinds` (kinds, height / 2, width / 2) 0 or 1, and `weights`
    (height / 2, width / 2), 0..255, of each place in the loss."""

    planes: Bytes
    kinds: Bytes
    weights: Bytes


def page(rng: Random, material: Material, *, both_sides: bool = True) -> Sheet:
    """One page with its ink, before it is scanned; with `both_sides` the other one shows through some."""
    width, height = (round(length * PX_PER_MM) for length in A4_MM)
    sheet = Sheet(height, width, _paper(rng)) if rng.random() < LYING else Sheet(width, height, _paper(rng))
    desk = _desk(rng, sheet, material)
    layers.printed(desk)
    layers.later(desk)
    behind = page(rng, material, both_sides=False) if both_sides and rng.random() < SHOWS_THROUGH else None
    layers.soiled(rng, sheet, behind)
    return sheet


def _paper(rng: Random) -> Colour:
    """White, greyish or coloured."""
    if rng.random() < 0.05:
        return rng.randint(150, 255), rng.randint(190, 255), rng.randint(150, 255)
    if rng.random() < 0.2:
        return rng.randint(205, 255), rng.randint(205, 255), rng.randint(205, 255)
    shade = rng.choice((255, 255, 252, rng.randint(225, 255)))
    return shade, shade, shade


def _desk(rng: Random, sheet: Sheet, material: Material) -> Desk:
    """With a face, sizes, margins and a pen of its own."""
    thai = [face for face in material.faces if "ก" in face.symbols and not face.hand]
    face = rng.choices(thai, [face.weight for face in thai])[0]
    desk = Desk(sheet, rng, material, face, scale=rng.triangular(0.8, 1.25, 1.0))
    desk.points = rng.triangular(12, 20, 16) * (BODY / max(0.25, face.body)) ** 0.8
    desk.left, desk.right = desk.mm(rng.uniform(14, 32)), sheet.size[0] - desk.mm(rng.uniform(10, 25))
    desk.y, desk.pen = desk.mm(rng.uniform(12, 35)), pen.colour(rng)
    if rng.random() < COLOURED_PAGE:
        desk.ink = rng.choice(COLOURED_PRINT)
    return desk


def seen(rng: Random, sheet: Sheet) -> Lesson:
    """The sheet scanned, with its light evened out, and what is known of it."""
    scan = scanned(rng, sheet.image)
    grey = np.asarray(cv2.cvtColor(scan, cv2.COLOR_RGB2GRAY), np.uint8)
    even = even_light(grey, INPUT_DPI) if rng.random() < 0.97 else grey
    coloured = bool((scan[..., 0] != scan[..., 1]).any())
    kinds = np.minimum(quarter(sheet.kinds, np.maximum), 1)
    return Lesson(planes(even, scan if coloured else None), kinds, _weights(even, kinds))


def _weights(even: Bytes, kinds: Bytes) -> Bytes:
    dark = quarter(even, np.minimum) < DARK
    near = cv2.dilate(dark.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    known = kinds.any(axis=0)
    cases = [dark & known, dark & ~known, known & ~near]
    return np.select(cases, [INKED, UNKNOWN, FAINT], BLANK).astype(np.uint8)


def quarter(image: Bytes, of: np.ufunc) -> Bytes:
    """One value for every two by two pixels of the last two axes, by `np.maximum` or `np.minimum`."""
    height, width = (size // 2 * 2 for size in image.shape[-2:])
    even_rows, odd_rows = image[..., 0:height:2, :width], image[..., 1:height:2, :width]
    rows = of(even_rows, odd_rows)
    return np.asarray(of(rows[..., 0::2], rows[..., 1::2]), np.uint8)


def crops(rng: Random, lesson: Lesson, count: int = CROPS) -> Iterator[Lesson]:
    """Lessons of `CROP` pixels cut from a page, rather where there is much to tell apart than of bare paper."""
    rows, columns = lesson.weights.shape
    side = CROP // HALVES
    worth = (lesson.weights == INKED) + 3 * lesson.kinds[1:].any(axis=0).astype(np.int32)
    worth += 4 * lesson.kinds[Kind.STAMP].astype(np.int32)
    for _ in range(count):
        places = [(rng.randrange(rows - side + 1), rng.randrange(columns - side + 1)) for _ in range(TRIES)]
        y, x = max(places, key=lambda at: int(worth[at[0] : at[0] + side : 4, at[1] : at[1] + side : 4].sum()))
        top, left = y * HALVES, x * HALVES
        yield Lesson(
            lesson.planes[:, top : top + CROP, left : left + CROP],
            lesson.kinds[:, y : y + side, x : x + side],
            lesson.weights[y : y + side, x : x + side],
        )
