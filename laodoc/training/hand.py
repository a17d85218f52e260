"""Words and figures written by hand, as in received stamps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.errors import AccessError
from laodoc.messages import Message
from laodoc.thai.digits import THAI_DIGITS, to_thai
from laodoc.training import forms
from laodoc.training.drawing import Ink, draw
from laodoc.training.fonts import Face, hands_of, pick
from laodoc.training.vocabulary import MONTHS, SHORT_MONTHS
from laodoc.training.wear import elastic

Digits = Mapping[str, NDArray[np.uint8]]
"""For each character the inks of it, shape (count, side, side), 255 = full."""

NEIGHBOURS = 7
"""A picture whose nearest neighbours are mostly of another label is left out: the labels of the set are noisy."""
LABELLED = 0.55
"""Share of the strings that stand behind the printed word of a stamp's form."""
LEADERS = 0.4
"""Share of these with the form's dots before them, which say nothing."""
DOTTED = 0.6
"""Share of the strings that are written on the form's dotted line, which goes on under them and behind."""
BASELINE = 0.7
"""Where print stands in its band, in parts of its height from the top."""
PRINTED = 0.3
"""Height of a printed letter in parts of its band's height."""
_SIGNS = "/-.,"
REAL_DIGITS = 0.7
"""Share of the strings whose digits are real handwriting; in the others a handwriting-like font wavers."""


def load_digits(paths: list[Path]) -> Digits:
    """Read handwritten digits from .npz files with `images` (count, side, side), black on white, and `labels`.

    Labels are characters, or 1..10 where 10 means ๐ (kittinan/thai-handwriting-number).

    Raises:
        AccessError: a file cannot be read, or has no such arrays.
    """
    found: dict[str, NDArray[np.uint8]] = {}
    for path in paths:
        try:
            with np.load(path) as data:
                images, labels = 255 - data["images"], data["labels"]
        except (OSError, KeyError, ValueError) as error:
            raise AccessError(Message("not-digits", path=path, error=error)) from error
        names = labels if labels.dtype.kind == "U" else np.array(list(THAI_DIGITS))[labels.astype(int) % 10]
        kept = _agreeing(images, names)
        found |= {str(name): images[kept & (names == name)] for name in np.unique(names)}
    return found


def _agreeing(images: NDArray[np.uint8], names: NDArray[np.str_]) -> NDArray[np.bool_]:
    """Which images look like others of their name."""
    small = np.array(
        [cv2.resize(cv2.GaussianBlur(_trimmed(i), (0, 0), 2), (14, 14), interpolation=cv2.INTER_AREA) for i in images]
    )
    flat = small.reshape(len(small), -1).astype(np.float32)
    flat /= np.linalg.norm(flat, axis=1, keepdims=True) + 1e-6
    alike = flat @ flat.T
    np.fill_diagonal(alike, -1)
    nearest = np.argpartition(-alike, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
    return np.asarray((names[nearest] == names[:, None]).mean(axis=1) > 0.5)


def _trimmed(ink: Ink) -> Ink:
    rows, columns = np.flatnonzero(ink.max(axis=1) > 60), np.flatnonzero(ink.max(axis=0) > 60)
    if not len(rows):
        return ink
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


@dataclass(frozen=True, slots=True)
class Pen:
    """How one person writes one line: figures `tall` parts of the band's height with their feet at row `foot`; `lean`
    is the slope of upright strokes, `wide` a figure's width against its model's, `swell` pixels added to a stroke at
    twice its size, `apart` the most ground between figures (negative: they run together) in parts of the height;
    `skips` is the share of a stroke at which the ball does not roll. `digits` are the real ones that are used."""

    digits: Digits
    tall: float
    foot: float
    lean: float
    wide: float
    swell: int
    apart: float
    skips: float


def pen_of(rng: Random, digits: Digits, height: int, foot: float | None = None) -> Pen:
    """A hand at random; it writes on row `foot` where that is given, or somewhere about the line."""
    return Pen(
        digits=digits if rng.random() < REAL_DIGITS else {},
        tall=rng.uniform(0.28, 0.62),
        foot=height * rng.uniform(0.6, 0.76) if foot is None else foot + height * rng.uniform(-0.06, 0.08),
        lean=rng.gauss(0.08, 0.15),
        wide=rng.uniform(0.75, 1.2),
        swell=rng.choice((-1, 0, 0, 1, 1, 2, 3)),
        apart=rng.choice((-0.03, 0.04, 0.1, 0.16)),
        skips=rng.choice((0.0, 0.0, 0.0, rng.uniform(0.03, 0.2))),
    )


def penned(rng: Random, hands: Sequence[Face], text: str, pen: Pen, height: int) -> Ink | None:
    """`text` by that pen, with no ground at its ends; None where no hand can write it."""
    parts: list[Ink] = []
    for word in text.split(" "):
        if parts:
            parts.append(np.zeros((height, round(height * rng.uniform(0.15, 0.9))), np.uint8))
        for run in _runs(word, pen.digits):
            ink = _digit(rng, pen, run, height) if run in pen.digits else None
            if ink is None and pen.digits and set(run) <= set(_SIGNS):
                ink = np.concatenate([_sign(rng, symbol, pen, height) for symbol in run], axis=1)
            if ink is None:
                ink = _word(rng, hands, run, height, pen.tall)
            if ink is None:
                return None
            parts.append(ink)
    ink = np.concatenate(parts, axis=1)
    if pen.skips:
        noise = np.random.default_rng(rng.getrandbits(32))
        grain = noise.random((max(2, height // 5), max(2, ink.shape[1] // 5))).astype(np.float32)
        rolled = cv2.resize(grain, ink.shape[::-1], interpolation=cv2.INTER_LINEAR) > pen.skips
        ink = np.asarray(ink * rolled, np.uint8)
    return elastic(rng, ink, rng.uniform(0.005, 0.03))


def written(rng: Random, faces: tuple[Face, ...], digits: Digits, height: int) -> tuple[str, Ink] | None:
    """A figure, date, time or name as it is written into a stamp, with its ink; None where no face can draw it."""
    text = rng.choices(_KINDS, _WEIGHTS)[0](rng)
    printed_face = pick(rng, faces, text)
    hands = hands_of(faces)
    if printed_face is None or not hands:
        return None
    ink = penned(rng, hands, text, pen_of(rng, digits, height), height)
    if ink is None:
        return None
    parts = [ink]
    if rng.random() < LABELLED:
        label = rng.choice(("เลขที่รับ", "วันที่", "เวลา", "เลขรับ", "รับที่", "ที่"))
        if printed_face.can_draw(label + "."):
            leader = "." * rng.randint(3, 12) if rng.random() < LEADERS else ""
            parts.insert(0, draw(rng, printed_face, label + leader, height))
            text = f"{label} {text}"
    ground = [round(height * rng.uniform(0.0, most)) for most in (0.2, 0.6)]
    ink = np.pad(np.concatenate(parts, axis=1), ((0, 0), (ground[0], ground[1])))
    return text, dotted(rng, ink) if rng.random() < DOTTED else ink


def dotted(rng: Random, ink: Ink) -> Ink:
    """The same on a dotted line, which goes on behind it."""
    height = len(ink)
    ink = np.pad(ink, ((0, 0), (0, round(height * rng.choice((0.0, rng.uniform(0, 4)))))))
    step, radius = height * rng.uniform(0.06, 0.14), height * rng.uniform(0.01, 0.025)
    level = height * (BASELINE + rng.uniform(-0.02, 0.06))
    grey, start = rng.randint(110, 255), rng.choice((0.0, height * rng.uniform(0.5, 2.5)))
    for x in np.arange(start, ink.shape[1], step):
        center = (round(4 * (x + rng.uniform(-0.3, 0.3))), round(4 * level))
        cv2.circle(ink, center, max(2, round(4 * radius)), grey, -1, shift=2, lineType=cv2.LINE_AA)
    return ink


def _runs(word: str, digits: Digits) -> list[str]:
    """Digits one by one, everything between them whole."""
    runs: list[str] = []
    for symbol in word:
        if symbol in digits or not runs or runs[-1] in digits:
            runs.append(symbol)
        else:
            runs[-1] += symbol
    return runs


def _digit(rng: Random, pen: Pen, symbol: str, height: int) -> Ink:
    """One digit with its foot near the pen's row, as tall as its neighbours give or take."""
    inks = pen.digits[symbol]
    ink = _trimmed(inks[rng.randrange(len(inks))])
    rows = max(6, round(height * pen.tall * rng.uniform(0.85, 1.15)))
    columns = max(3, min(2 * rows, round(ink.shape[1] * rows / ink.shape[0] * pen.wide * rng.uniform(0.9, 1.1))))
    lean = pen.lean + rng.gauss(0, 0.05)
    large = cv2.resize(ink, (2 * columns, 2 * rows), interpolation=cv2.INTER_AREA)
    slide = round(abs(lean) * 2 * rows)
    onto = np.array([[1, -lean, lean * 2 * rows if lean > 0 else 0], [0, 1, 0]], np.float32)
    large = cv2.warpAffine(large, onto, (2 * columns + slide, 2 * rows))
    if pen.swell:
        change = cv2.dilate if pen.swell > 0 else cv2.erode
        large = change(large, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (abs(pen.swell) + 1,) * 2))
    small = _trimmed(np.asarray(cv2.resize(large, (max(3, large.shape[1] // 2), rows), interpolation=cv2.INTER_AREA)))
    gap = round(height * rng.uniform(min(0.0, pen.apart), max(0.0, pen.apart)))
    return _placed(small, pen.foot + height * rng.uniform(-0.04, 0.04), gap, height)


def _sign(rng: Random, symbol: str, pen: Pen, height: int) -> Ink:
    """A stroke between figures: `/`, `-`, `.` or `,`."""
    tall = max(4, round(height * pen.tall))
    thick = max(1, round(tall * 0.08) + max(0, pen.swell) // 2)
    if symbol == "/":
        ink = np.zeros((round(tall * rng.uniform(1, 1.4)), round(tall * rng.uniform(0.25, 0.6)) + 2), np.uint8)
        cv2.line(ink, (1, len(ink) - 1), (ink.shape[1] - 2, 0), 255, thick, cv2.LINE_AA)
        drop = 0.1 * tall
    elif symbol == "-":
        ink = np.zeros((thick + 4, round(tall * rng.uniform(0.3, 0.6))), np.uint8)
        cv2.line(
            ink, (1, len(ink) // 2), (ink.shape[1] - 2, len(ink) // 2 + rng.randint(-1, 1)), 255, thick, cv2.LINE_AA
        )
        drop = -0.4 * tall
    else:
        ink = np.zeros((thick + 3 + (tall // 6 if symbol == "," else 0), thick + 3), np.uint8)
        cv2.line(
            ink,
            (ink.shape[1] - 2, 1),
            (1 if symbol == "," else ink.shape[1] - 2, len(ink) - 2),
            255,
            thick,
            cv2.LINE_AA,
        )
        drop = 0.1 * tall if symbol == "," else 0.0
    return _placed(ink, pen.foot + drop, round(height * max(0.0, rng.uniform(-0.02, pen.apart))), height)


def _placed(ink: Ink, foot: float, gap: int, height: int) -> Ink:
    """Ink in a crop of `height` rows, its foot on row `foot`; `gap` columns behind it, cut off where negative."""
    rows, columns = ink.shape
    columns = max(2, columns + min(0, gap))
    placed = np.zeros((height, columns + max(0, gap)), np.uint8)
    top = max(0, min(height - rows, round(foot) - rows))
    placed[top : top + rows, :columns] = ink[: height - top, :columns]
    return placed


def _word(rng: Random, hands: Sequence[Face], word: str, height: int, tall: float) -> Ink | None:
    """A word on the line, as tall as the digits or as small as print."""
    face = pick(rng, hands, word)
    if face is None or not face.can_draw(word):
        return None
    larger = max(1.0, tall / PRINTED * rng.uniform(0.75, 1.05)) if rng.random() < 0.6 else 1.0
    ink = draw(rng, face, word, round(height * larger))
    top = min(len(ink) - height, round(BASELINE * (len(ink) - height)))
    ink = elastic(rng, ink[top : top + height], rng.uniform(0.01, 0.05))
    columns = np.flatnonzero(ink.max(axis=0) > 40)
    if not len(columns):
        return None
    return ink[:, max(0, columns[0] - 2) : columns[-1] + 3]


def _script(rng: Random, text: str) -> str:
    return to_thai(text) if rng.random() < 0.45 else text


def _date(rng: Random) -> str:
    year = rng.randint(2540, 2580)
    month = rng.choice(SHORT_MONTHS)
    said = f"{rng.randint(1, 31)} {month} {rng.choice((year, year % 100, year % 100))}"
    return _script(rng, said.replace(" ", "") if rng.random() < 0.15 else said)


def _number(rng: Random) -> str:
    said = str(rng.randrange(10 ** rng.randint(1, 5)))
    return _script(rng, said + (f"/{rng.randint(2540, 2580)}" if rng.random() < 0.15 else ""))


def _time(rng: Random) -> str:
    return _script(rng, f"{rng.randint(0, 23):02d}{rng.choice('.:')}{rng.randint(0, 59):02d}") + rng.choice(
        (" น.", "", " น.")
    )


def _mixed(rng: Random) -> str:
    return _script(rng, f"{rng.randint(1, 9999)} ") + rng.choice(SHORT_MONTHS)


def _name(rng: Random) -> str:
    return rng.choice((forms.person(rng), forms.office(rng), rng.choice(MONTHS)))


def _register(rng: Random) -> str:
    """A number with what offices put before or behind it."""
    said = f"{rng.randint(1, 99999)}"
    return _script(
        rng, rng.choice((f"ว {said}", f"ว{said}", f"{rng.randint(1, 99)}/{said}", f"{said}/{rng.randint(60, 75)}"))
    )


_KINDS = (_date, _number, _time, _mixed, _register, _name)
_WEIGHTS = (5, 7, 3, 1, 3, 1.5)
