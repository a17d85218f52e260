"""Words and figures written by hand, as in received stamps."""

from collections.abc import Mapping
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
from laodoc.training.fonts import Face, pick
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
REAL_DIGITS = 0.6
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


def written(rng: Random, faces: tuple[Face, ...], digits: Digits, height: int) -> tuple[str, Ink] | None:
    """A figure, date, time or name as it is written into a stamp, with its ink; None where no face can draw it."""
    text = rng.choices(_KINDS, _WEIGHTS)[0](rng)
    printed_face = pick(rng, faces, text)
    parts: list[Ink] = []
    hands = [face for face in faces if face.hand]
    if printed_face is None or not hands:
        return None
    tall = rng.uniform(0.28, 0.62)
    foot = height * rng.uniform(0.6, 0.76)
    drawn_digits = digits if rng.random() < REAL_DIGITS else {}
    for word in text.split(" "):
        if parts:
            parts.append(np.zeros((height, round(height * rng.uniform(0.15, 0.9))), np.uint8))
        for run in _runs(word, drawn_digits):
            real = run in drawn_digits
            ink = _digit(rng, drawn_digits[run], height, tall, foot) if real else _word(rng, hands, run, height, tall)
            if ink is None:
                return None
            parts.append(ink)
    if rng.random() < LABELLED:
        label = rng.choice(("เลขที่รับ", "วันที่", "เวลา", "เลขรับ", "รับที่", "ที่"))
        if printed_face.can_draw(label + "."):
            leader = "." * rng.randint(3, 12) if rng.random() < LEADERS else ""
            parts.insert(0, draw(rng, printed_face, label + leader, height))
            text = f"{label} {text}"
    ground = [round(height * rng.uniform(0.0, most)) for most in (0.2, 0.6)]
    ink = np.pad(np.concatenate(parts, axis=1), ((0, 0), (ground[0], ground[1])))
    return text, _dotted(rng, ink) if rng.random() < DOTTED else ink


def _dotted(rng: Random, ink: Ink) -> Ink:
    """The same on a dotted line."""
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


def _digit(rng: Random, inks: NDArray[np.uint8], height: int, tall: float, foot: float) -> Ink:
    """One digit with its foot near row `foot`, as tall as its neighbours give or take."""
    ink = _trimmed(inks[rng.randrange(len(inks))])
    rows = max(6, round(height * tall * rng.uniform(0.85, 1.15)))
    columns = max(3, round(ink.shape[1] * rows / ink.shape[0] * rng.uniform(0.85, 1.15)))
    ink = np.asarray(cv2.resize(ink, (min(columns, 2 * rows), rows), interpolation=cv2.INTER_AREA), np.uint8)
    if rng.random() < 0.4:
        ink = np.asarray(cv2.dilate(ink, np.ones((2, 2), np.uint8)), np.uint8)
    gap = round(height * rng.uniform(0.0, 0.16))
    placed = np.zeros((height, ink.shape[1] + gap), np.uint8)
    top = max(0, min(height - rows, round(foot + height * rng.uniform(-0.04, 0.04)) - rows))
    placed[top : top + rows, : ink.shape[1]] = ink[: height - top]
    return placed


def _word(rng: Random, hands: list[Face], word: str, height: int, tall: float) -> Ink | None:
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
_WEIGHTS = (5, 6, 3, 1, 2, 3)
