"""Lines from older machines: typewriters, dot-matrix printers, daters and numbering machines."""

from collections.abc import Callable, Sequence
from random import Random

import cv2
import numpy as np
from PIL import Image, ImageDraw

from laodoc.thai.digits import to_thai
from laodoc.training import forms
from laodoc.training.drawing import Ink, Setting, clusters, draw, put, setting
from laodoc.training.fonts import Face, pick
from laodoc.training.vocabulary import MONTHS, SHORT_MONTHS

PINS = (18, 22, 26, 30, 36)
"""Rows of dots in a line's band: nine-pin printers in draft and in two passes, those with 24 pins."""
DOT = 9
"""Pixels of a dot's side while the band is put together."""
FILLED = 0.35
"""Coverage from which a cell of the matrix is printed."""
_LATIN_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def typed(rng: Random, faces: Sequence[Face], text: str, height: int) -> Ink | None:
    """`text` as a typewriter strikes it: one width, letters that stand unevenly, some struck hard and some hardly."""
    face = pick(rng, [face for face in faces if face.machine] or faces, text)
    if face is None:
        return None
    line = setting(rng, face, height)
    pitch = face.font(line.size).getlength("น" if "ก" in face.symbols else "n") * rng.uniform(0.95, 1.1)
    pieces = clusters(text)
    widths = [max(pitch, pitch * round(face.font(line.size).getlength(piece) / pitch)) for piece in pieces]
    ink = np.zeros((height, round(sum(widths) + height * rng.uniform(0.1, 0.8))), np.uint8)
    uneven, worn = rng.uniform(0, 0.03), rng.uniform(0.1, 0.6)
    tape = rng.random() < 0.25
    x = height * rng.uniform(0.03, 0.3)
    for piece, width in zip(pieces, widths, strict=True):
        _strike(rng, ink, line, (x, piece), uneven=uneven, worn=worn)
        x += width
    if tape:
        _two_coloured(rng, ink, line)
    return ink


def _strike(rng: Random, ink: Ink, line: Setting, what: tuple[float, str], *, uneven: float, worn: float) -> None:
    """One type on the paper: raised or lowered, light or dark, now and then clogged; a full stop cuts through."""
    x, piece = what
    wide = round(line.face.font(line.size).getlength(piece)) + 2 * line.size
    layer = Image.new("L", (wide, ink.shape[0]), 0)
    fill = 255 if piece in ".,-" else round(255 * (1 - worn * rng.random() ** 2))
    put(ImageDraw.Draw(layer), line, line.size, piece, fill=fill, rise=rng.gauss(0, uneven) * line.size)
    drawn = np.asarray(layer)
    if rng.random() < 0.06:
        drawn = cv2.GaussianBlur(cv2.dilate(drawn, np.ones((2, 2), np.uint8)), (0, 0), line.size * 0.03)
    left = round(x + rng.gauss(0, uneven) * line.size) - line.size
    first, last = max(0, left), min(ink.shape[1], left + wide)
    if first < last:
        np.maximum(ink[:, first:last], drawn[:, first - left : last - left], out=ink[:, first:last])


def _two_coloured(rng: Random, ink: Ink, line: Setting) -> None:
    """A ribbon that does not rise far enough: the upper or the lower part of the letters is faint."""
    level = round(line.baseline - line.size * rng.uniform(0.05, 0.35))
    part = ink[:level] if rng.random() < 0.5 else ink[max(0, level) :]
    part[:] = (part * rng.uniform(0.4, 0.8)).astype(np.uint8)


def dotted(rng: Random, faces: Sequence[Face], text: str, height: int) -> Ink | None:
    """`text` from a dot-matrix printer: in round dots, the ribbon fading along the line, a pin that fails."""
    face = pick(rng, faces, text, even=True)
    if face is None:
        return None
    ink = draw(rng, face, text, height)
    rows = rng.choice(PINS)
    columns = max(4, round(ink.shape[1] * rows / height * rng.uniform(1.0, 1.4)))
    cells = cv2.resize(ink, (columns, rows), interpolation=cv2.INTER_AREA) > 255 * FILLED * rng.uniform(0.7, 1.2)
    if rng.random() < 0.15:
        cells[rng.randrange(rows)] = False
    noise = np.random.default_rng(rng.getrandbits(32))
    force = np.where(cells, noise.uniform(0.6, 1.0, cells.shape), 0) * 255
    force *= np.linspace(rng.uniform(0.55, 1), rng.uniform(0.55, 1), columns)[None]
    dot = np.zeros((DOT, DOT), np.float32)
    cv2.circle(dot, (DOT // 2, DOT // 2), round(DOT * rng.uniform(0.36, 0.6)), 1.0, -1, cv2.LINE_AA)
    large = np.kron(force.astype(np.float32), dot)
    return np.asarray(cv2.resize(large, (ink.shape[1], height), interpolation=cv2.INTER_AREA), np.uint8)


def stamped(rng: Random, faces: Sequence[Face], height: int) -> tuple[str, Ink] | None:
    """What a dater or a numbering machine leaves, and its ink: heavy figures, not level, unevenly inked."""
    said = rng.choices((_numbered, _dated), (1, 2))[0](rng)
    face = pick(rng, [face for face in faces if face.heavy and not face.hand] or faces, said, even=True)
    if face is None:
        return None
    line = setting(rng, face, height)
    uneven, apart = rng.uniform(0, 0.05), line.size * rng.choice((0.0, rng.uniform(0.02, 0.2)))
    advance = [face.font(line.size).getlength(piece) + apart for piece in clusters(said)]
    ink = np.zeros((height, round(sum(advance) + height * rng.uniform(0.2, 1.2))), np.uint8)
    x = height * rng.uniform(0.05, 0.5)
    for piece, width in zip(clusters(said), advance, strict=True):
        if piece != " ":
            _strike(rng, ink, line, (x, piece), uneven=uneven, worn=0.3)
        x += width
    return said, _inked_unevenly(rng, ink)


def _inked_unevenly(rng: Random, ink: Ink) -> Ink:
    """Rubber that presses more on one side, with pale middles of thick strokes."""
    height, width = ink.shape
    noise = np.random.default_rng(rng.getrandbits(32))
    patches = noise.uniform(rng.uniform(0.3, 0.9), 1.0, (3, max(2, width // height * 2))).astype(np.float32)
    field = cv2.resize(patches, (width, height), interpolation=cv2.INTER_LINEAR)
    if rng.random() < 0.3:
        middles = cv2.erode(ink, np.ones((3, 3), np.uint8))
        ink = np.asarray(cv2.addWeighted(ink, 1.0, middles, -rng.uniform(0.2, 0.5), 0), np.uint8)
    return np.asarray(ink * field, np.uint8)


def _numbered(rng: Random) -> str:
    """What a numbering machine counts: with zeros before it."""
    figures = f"{rng.randrange(10 ** rng.randint(2, 6)):0{rng.randint(4, 7)}d}"
    return rng.choice((figures, figures, f"{figures}/{rng.randint(2540, 2575)}", f"No. {figures}"))


def _dated(rng: Random) -> str:
    """What a dater says."""
    day, month, year = rng.randint(1, 31), rng.randrange(12), rng.randint(2533, 2575)
    said = rng.choice(
        (
            f"{day} {SHORT_MONTHS[month]} {year}",
            f"{day:02d} {SHORT_MONTHS[month]} {year}",
            f"-{day} {SHORT_MONTHS[month]} {year}",
            f"{day} {MONTHS[month]} {year}",
            f"{day} {SHORT_MONTHS[month]} {year % 100}",
            f"{day} {_LATIN_MONTHS[month]} {year - 543}",
            f"{_LATIN_MONTHS[month]} {day} {year - 543}",
            f"{year - 543}-{month + 1:02d}-{day:02d}",
        )
    )
    return to_thai(said) if rng.random() < 0.25 else said


def by_machine(rng: Random, faces: Sequence[Face], say: Callable[[Random], str], height: int) -> tuple[str, Ink] | None:
    """A line from one of the machines with its ink; `say` tells what typewriters and matrix printers are given."""
    kind = rng.random()
    if kind < 0.3:
        return stamped(rng, faces, height)
    said = rng.choice((say, say, forms.number, forms.digits, forms.date, forms.reference))(rng)
    ink = (typed if kind < 0.7 else dotted)(rng, faces, said, height)
    return None if ink is None else (said, ink)
