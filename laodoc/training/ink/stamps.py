"""Rubber stamps: words, dates, names, seals; how a stamp prints."""

from dataclasses import dataclass
from random import Random

import cv2
import numpy as np

from laodoc.ink.kinds import Kind
from laodoc.thai.digits import to_thai
from laodoc.training import forms, text
from laodoc.training.fonts import pick
from laodoc.training.ink.desk import Desk
from laodoc.training.ink.sheet import Colour, Ink, Point, ellipse, polyline, text_ink, turned
from laodoc.training.vocabulary import SHORT_MONTHS

_PADS: tuple[tuple[Colour, float], ...] = (
    ((60, 50, 160), 4),
    ((90, 60, 160), 3),
    ((40, 60, 175), 3),
    ((190, 40, 55), 3),
    ((200, 50, 90), 1),
    ((40, 40, 45), 7),
    ((90, 90, 95), 1.5),
    ((30, 110, 90), 0.5),
)
"""Colours of stamp pads and how often each is used."""
_URGENT = ("ด่วนที่สุด", "ด่วนมาก", "ด่วน", "ลับ", "สำเนาถูกต้อง", "สำเนาคู่ฉบับ", "ร่าง", "รับแล้ว", "จ่ายเงินแล้ว")
_LETTER = 0.33
"""Height of the letters around a seal, in parts of its radius."""


@dataclass(frozen=True, slots=True)
class Print:
    """One press of a stamp: the pad's colour, how far it is turned (degrees), how much ink it had."""

    colour: Colour
    degrees: float
    strength: float


def pad(rng: Random) -> Colour:
    """The colour of one stamp pad."""
    return rng.choices([colour for colour, _ in _PADS], [share for _, share in _PADS])[0]


def press(desk: Desk, frame: Ink, words: Ink, at: Point, how: Print) -> None:
    """Press a stamp onto the sheet with its top left corner at `at`; its words are print too."""
    for ink, kinds in ((frame, (Kind.STAMP,)), (words, (Kind.STAMP, Kind.PRINT))):
        if ink.any():
            uneven = _uneven(desk.rng, turned(ink, how.degrees))
            desk.sheet.lay(uneven, at[0], at[1], *kinds, colour=how.colour, strength=how.strength)


def _uneven(rng: Random, ink: Ink) -> Ink:
    """As a stamp prints: patches that took no ink, grains, edges that ran."""
    noise = np.random.default_rng(rng.getrandbits(32))
    if rng.random() < 0.6:
        patches = noise.uniform(rng.uniform(0.2, 0.85), 1.1, (max(2, ink.shape[0] // 20), max(2, ink.shape[1] // 20)))
        field = cv2.resize(patches.astype(np.float32), ink.shape[::-1], interpolation=cv2.INTER_LINEAR)
        ink = np.clip(ink * field, 0, 255).astype(np.uint8)
    if rng.random() < 0.4:
        ink = np.where(noise.random(ink.shape) < rng.uniform(0.02, 0.25), ink // 3, ink).astype(np.uint8)
    if rng.random() < 0.3:
        ink = np.asarray(cv2.GaussianBlur(ink, (0, 0), rng.uniform(0.4, 1.0)), np.uint8)
    return ink


def set_into(canvas: Ink, ink: Ink, x: float, y: float) -> None:
    """Add set text to a stamp's canvas; what does not fit is cut off, or left out at the upper and left edge."""
    column, row = round(x), round(y)
    if row < 0 or column < 0:
        return
    part = canvas[row : row + ink.shape[0], column : column + ink.shape[1]]
    np.maximum(part, ink[: part.shape[0], : part.shape[1]], out=part)


def dater(desk: Desk, x: float, y: float) -> None:
    """A date stamp."""
    rng = desk.rng
    date(desk, (x, y), desk.em(rng.uniform(11, 20)), Print(pad(rng), rng.uniform(-4, 4), rng.uniform(0.6, 1.0)))


def date(desk: Desk, at: Point, size: int, how: Print) -> None:
    """A date set by wheels, `size` pixels an em: heavy figures, apart, off the level; now and then a running number."""
    rng = desk.rng
    said = _wheels(rng)
    face = pick(rng, desk.printed, said) or desk.face
    words = np.zeros((size * 3, round(size * 14)), np.uint8)
    x = 4.0
    for piece in said.split(" "):
        ink, baseline = text_ink(face, piece, round(size * rng.uniform(0.95, 1.05)), bold=int(rng.random() < 0.7))
        set_into(words, ink, x, size * 1.6 - baseline + rng.uniform(-0.08, 0.08) * size)
        x += ink.shape[1] + size * rng.uniform(0.0, 0.35)
    words = words[:, : round(x) + 6]
    press(desk, np.zeros_like(words), words, (at[0], at[1] - size * 0.6), how)


def _wheels(rng: Random) -> str:
    tens, ones = rng.randint(1, 3), rng.randint(1, 9)
    day = rng.choice((str(rng.randint(10, 31)), f"{tens} {rng.randint(0, 9)}", f"- {ones}", str(ones)))
    year = rng.choice((rng.randint(2540, 2570), rng.randint(40, 70)))
    kind = rng.random()
    if kind < 0.1:
        return str(rng.randint(1, 99999)).zfill(rng.randint(4, 6))
    said = f"{day} {rng.choice(SHORT_MONTHS)} {year}"
    return to_thai(said) if kind < 0.25 else said


def urgent(desk: Desk, x: float, y: float) -> None:
    """A large word, framed or not."""
    rng = desk.rng
    said = rng.choice(_URGENT)
    face = pick(rng, desk.printed, said) or desk.face
    ink, _ = text_ink(face, said, desk.em(rng.uniform(20, 38)), bold=rng.choice((0, 1, 1)))
    words = np.pad(ink, 12)
    frame = np.zeros_like(words)
    if rng.random() < 0.4:
        high, wide = frame.shape
        corners = np.array([(4, 4), (wide - 5, 4), (wide - 5, high - 5), (4, high - 5), (4, 4)], float)
        polyline(frame, corners, rng.uniform(1.5, 4))
    degrees = rng.choice((0.0, rng.uniform(-12, 12)))
    press(desk, frame, words, (x, y), Print(pad(rng), degrees, rng.uniform(0.5, 1)))


def named(desk: Desk, x: float, y: float) -> None:
    """Name and post of who signs, by stamp."""
    rng = desk.rng
    size = desk.em(rng.uniform(10, 16))
    lines = [text.clean(make(rng))[:34] for make in (forms.person, text.words, forms.office)[: rng.randint(1, 3)]]
    face = pick(rng, desk.printed, "".join(lines).replace(" ", "")) or desk.face
    known = ["".join(c for c in said if c in face.symbols or c == " ") or "-" for said in lines]
    inks = [text_ink(face, said, size)[0] for said in known]
    wide, high = max(ink.shape[1] for ink in inks), sum(ink.shape[0] for ink in inks)
    words = np.zeros((high + 6, wide + 6), np.uint8)
    top = 2
    for ink in inks:
        set_into(words, ink, (wide - ink.shape[1]) / 2, top)
        top += round(ink.shape[0] * 0.85)
    press(desk, np.zeros_like(words), words, (x, y), Print(pad(rng), rng.uniform(-5, 5), rng.uniform(0.6, 1)))


def seal(desk: Desk, x: float, y: float) -> None:
    """A round or oval seal: rings, letters around that hardly anybody can read, a figure within."""
    rng = desk.rng
    radius = desk.mm(rng.uniform(9, 20))
    flat = rng.choice((1.0, 1.0, 1.0, rng.uniform(0.6, 0.9)))
    side = round(2 * radius) + 12
    middle = side / 2
    canvas = np.zeros((side, side), np.uint8)
    for part in rng.choice(((1.0,), (1.0, 0.93), (1.0, 0.66), (1.0, 0.94, 0.66))):
        radii = (radius * part, radius * part * flat)
        ellipse(canvas, (middle, middle), radii, thick=round(rng.uniform(1, 3.4)))
    _letters_around(desk, canvas, radius, flat)
    for _ in range(rng.randint(6, 40)):
        nodes = np.array([(rng.uniform(-1, 1), rng.uniform(-1, 1)) for _ in range(rng.randint(2, 5))])
        polyline(canvas, middle + radius * 0.45 * nodes, rng.uniform(1, 2.5))
    how = Print(pad(rng), rng.uniform(-30, 30), rng.uniform(0.4, 1))
    press(desk, canvas, np.zeros_like(canvas), (x, y), how)


def _letters_around(desk: Desk, canvas: Ink, radius: float, flat: float) -> None:
    rng, middle = desk.rng, len(canvas) / 2
    letters = text.clean(forms.office(rng))
    for index, letter in enumerate(letters):
        face = pick(rng, desk.printed, letter) if letter.strip() else None
        if face is None:
            continue
        angle = 360 * index / max(6, len(letters)) - 90
        ink, _ = text_ink(face, letter, max(8, round(radius * _LETTER)))
        glyph = turned(ink, -angle - 90)
        x = middle + radius * 0.8 * np.cos(np.radians(angle))
        y = middle + radius * 0.8 * np.sin(np.radians(angle)) * flat
        set_into(canvas, glyph, x - glyph.shape[1] / 2, y - glyph.shape[0] / 2)
