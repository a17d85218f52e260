"""Emblems, logos, watermarks, photographs, bars and codes."""

from collections.abc import Callable, Sequence
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.ink.kinds import Kind
from laodoc.training.fonts import Face, pick
from laodoc.training.ink.desk import Desk
from laodoc.training.ink.sheet import BLACK, Colour, Ink, Point, Sheet, polyline, smooth, text_ink, turned

Picture = NDArray[np.uint8]
"""Shape (height, width, 3)."""

_ACROSS = ("สำเนา", "ร่าง", "ตัวอย่าง", "COPY", "DRAFT")
"""What is printed in large pale letters across a page."""
EYE = 7
"""Modules across one of the three eyes of a square code."""


def emblem(rng: Random, faces: Sequence[Face], side: int) -> Ink:
    """Something winged, crowned, rayed or round that is the same on both sides, as state emblems and crests are."""
    half = np.zeros((side, max(8, side // 2)), np.uint8)
    thick = max(0.8, side / 90)
    for _ in range(rng.randint(4, 12)):
        add = rng.choices((_wing, _round, _stroke, _solid), (0.4, 0.2, 0.2, 0.2))[0]
        add(rng, half, thick)
    if rng.random() < 0.5:
        _letter(rng, half, faces)
    whole = np.concatenate([half, half[:, ::-1]], axis=1)
    if rng.random() < 0.35:
        middle = (whole.shape[1] // 2, side // 2)
        for share in rng.choice(((1.0,), (1.0, 0.9), (1.0, 0.75))):
            cv2.circle(whole, middle, round(side / 2 * share) - 2, 255, max(1, round(thick * 1.5)), cv2.LINE_AA)
    if rng.random() < 0.4:
        whole = np.asarray(cv2.morphologyEx(whole, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)), np.uint8)
    return whole


def _wing(rng: Random, half: Ink, thick: float) -> None:
    """Feathers from one root to the left."""
    high, wide = half.shape
    x, y = rng.uniform(0, wide), rng.uniform(0.1, 0.9) * high
    for feather in range(rng.randint(3, 9)):
        end_x, end_y = x - rng.uniform(0.2, 0.8) * wide, y + (feather - 4) * high * 0.05
        bend = rng.uniform(-4, 4)
        nodes = [(x, y), ((x + end_x) / 2 + bend, (y + end_y) / 2 + bend), (end_x, end_y)]
        polyline(half, smooth(nodes, 6), thick * rng.uniform(0.7, 3))


def _round(rng: Random, half: Ink, thick: float) -> None:
    high, wide = half.shape
    axes = (round(rng.uniform(0.05, 0.5) * wide), round(rng.uniform(0.03, 0.25) * high))
    at = (round(wide - rng.uniform(0, 0.5) * wide), round(rng.uniform(0.1, 0.9) * high))
    line = rng.choice((-1, max(1, round(thick)), max(1, round(2 * thick))))
    cv2.ellipse(half, at, axes, rng.uniform(0, 180), 0, 360, 255, line, cv2.LINE_AA)


def _stroke(rng: Random, half: Ink, thick: float) -> None:
    polyline(half, smooth(_places(rng, half, rng.randint(3, 7)), 8), thick * rng.uniform(0.7, 2.5))


def _solid(rng: Random, half: Ink, thick: float) -> None:
    nodes = np.array(_places(rng, half, rng.randint(3, 6)))
    cv2.fillPoly(half, [np.round(nodes).astype(np.int32)], 255, cv2.LINE_AA)


def _places(rng: Random, half: Ink, count: int) -> list[Point]:
    high, wide = half.shape
    return [(rng.uniform(0.1, 1) * wide, rng.uniform(0.05, 0.95) * high) for _ in range(count)]


def _letter(rng: Random, half: Ink, faces: Sequence[Face]) -> None:
    """A letter at the inner edge: mirrored, it is an ornament."""
    high, wide = half.shape
    face = rng.choice(faces)
    glyph, _ = text_ink(face, rng.choice(sorted(face.symbols)), max(10, round(high * rng.uniform(0.3, 0.9))))
    glyph = turned(glyph, rng.uniform(-60, 60))[:high, :wide]
    part = half[: glyph.shape[0], wide - glyph.shape[1] :]
    np.maximum(part, glyph, out=part)


def _colour(rng: Random) -> Colour:
    if rng.random() < 0.55:
        return BLACK
    return rng.randint(20, 200), rng.randint(20, 200), rng.randint(20, 200)


def head_emblem(desk: Desk) -> None:
    """The emblem at the head: in the middle, or small at the left."""
    rng = desk.rng
    side = round(desk.mm(rng.choice((rng.uniform(25, 34), rng.uniform(12, 18)))))
    x = rng.choice((desk.sheet.size[0] / 2 - side / 2, desk.left, desk.left, desk.right - side))
    y = desk.mm(rng.uniform(6, 22))
    ink = emblem(rng, desk.printed, side)
    desk.sheet.lay(ink, x, y, Kind.FIGURE, colour=_colour(rng), strength=rng.uniform(0.8, 1))
    desk.y = max(desk.y, y + side + desk.mm(rng.uniform(-8, 6)))


def watermark(desk: Desk) -> None:
    """A large pale emblem, or pale letters across the page, behind what was printed."""
    rng, (width, height) = desk.rng, desk.sheet.size
    side, said = round(rng.uniform(0.25, 0.85) * width), rng.choice(_ACROSS)
    face = pick(rng, desk.printed, said)
    if face is None or rng.random() < 0.75:
        ink = emblem(rng, desk.printed, side)
    else:
        ink = turned(text_ink(face, said, side // 3)[0], rng.uniform(20, 55))
    x = rng.uniform(0.1, 0.9) * width - ink.shape[1] / 2
    y = rng.uniform(0.2, 0.8) * height - ink.shape[0] / 2
    desk.sheet.lay(ink, x, y, Kind.FIGURE, colour=_colour(rng), strength=rng.uniform(0.12, 0.45))


def photograph(desk: Desk) -> None:
    """A photograph, a chart or a screen shot: patches, edges and grain in a rectangle."""
    rng = desk.rng
    wide, high = round(desk.mm(rng.uniform(25, 110))), round(desk.mm(rng.uniform(20, 80)))
    noise = np.random.default_rng(rng.getrandbits(32))
    coarse = noise.uniform(0, 255, (rng.randint(3, 14), rng.randint(3, 14), 3)).astype(np.float32)
    patches = cv2.resize(coarse, (wide, high), interpolation=rng.choice((cv2.INTER_CUBIC, cv2.INTER_NEAREST)))
    grainy = patches + noise.normal(0, rng.uniform(0, 25), patches.shape)
    picture = np.clip(grainy, 0, 255).astype(np.uint8)
    for _ in range(rng.randint(0, 25)):
        at, axes = (rng.randrange(wide), rng.randrange(high)), (rng.randint(2, 60), rng.randint(2, 60))
        shade = [rng.randint(0, 255) for _ in range(3)]
        cv2.ellipse(picture, at, axes, rng.randint(0, 180), 0, 360, shade, rng.choice((-1, 1, 3)))
    _put(desk.sheet, picture, rng.uniform(desk.left, max(desk.left + 1, desk.right - wide)), desk.y)
    desk.y += high + desk.mm(rng.uniform(3, 8))


def _put(sheet: Sheet, picture: Picture, x: float, y: float) -> None:
    """Put a picture over whatever lies there: all of it is a figure."""
    left, top = max(0, round(x)), max(0, round(y))
    part = sheet.image[top : top + picture.shape[0], left : left + picture.shape[1]]
    part[:] = picture[: part.shape[0], : part.shape[1]]
    covered = sheet.kinds[:, top : top + part.shape[0], left : left + part.shape[1]]
    covered[:] = 0
    covered[Kind.FIGURE] = 255


def code(desk: Desk, x: float, y: float) -> None:
    """A square code of modules, or bars."""
    make: Callable[[Desk], Ink] = _square_code if desk.rng.random() < 0.75 else _bar_code
    desk.sheet.lay(make(desk), x, y, Kind.FIGURE, colour=(20, 20, 20))


def _square_code(desk: Desk) -> Ink:
    rng = desk.rng
    count, side = rng.choice((21, 25, 29, 33, 41)), round(desk.mm(rng.uniform(14, 32)))
    noise = np.random.default_rng(rng.getrandbits(32))
    modules = (noise.random((count, count)) < 0.48).astype(np.uint8) * 255
    eye = np.full((EYE, EYE), 255, np.uint8)
    eye[1:-1, 1:-1], eye[2:-2, 2:-2] = 0, 255
    for row, column in ((0, 0), (0, count - EYE), (count - EYE, 0)):
        modules[row : row + EYE, column : column + EYE] = eye
    return np.asarray(cv2.resize(modules, (side, side), interpolation=cv2.INTER_NEAREST), np.uint8)


def _bar_code(desk: Desk) -> Ink:
    rng = desk.rng
    noise = np.random.default_rng(rng.getrandbits(32))
    bars = (noise.random((1, rng.randint(60, 110))) < 0.5).astype(np.uint8) * 255
    size = (round(desk.mm(rng.uniform(30, 60))), round(desk.mm(rng.uniform(6, 15))))
    return np.asarray(cv2.resize(bars, size, interpolation=cv2.INTER_NEAREST), np.uint8)


def bar(desk: Desk, corner: Point, size: Point) -> None:
    """A bar of a chart, of one or two colours."""
    rng, (x, y), (wide, high) = desk.rng, corner, size
    cut = wide * rng.random()
    for start, end in ((0.0, cut), (cut, wide)):
        if end - start > 2:
            solid = np.full((max(2, round(high)), round(end - start)), 255, np.uint8)
            shade = (rng.randint(0, 220), rng.randint(0, 220), rng.randint(0, 220))
            desk.sheet.lay(solid, x + start, y, Kind.FIGURE, colour=shade)
