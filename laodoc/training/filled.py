"""Printed lines into which a pen has filled something: a number behind `ที่`, a day before a month, an amount."""

from collections.abc import Callable, Sequence
from random import Random

import numpy as np

from laodoc.thai.digits import to_thai
from laodoc.training import forms, text
from laodoc.training.clutter import cursive
from laodoc.training.drawing import Ink, clusters, set_piece, setting
from laodoc.training.fonts import Face, hands_of, pick
from laodoc.training.hand import Digits, dotted, pen_of, penned
from laodoc.training.vocabulary import MONTHS, SHORT_MONTHS

Piece = tuple[bool, str]
"""Whether a pen wrote it, and what; None in place of the text: writing that says nothing (`SCRAWL`)."""
SCRAWL = "\0"
"""Stands for a word by hand that nobody can read: it is not in the line's text."""
DOTTED = 0.55
"""Share of the pen's places that are dotted lines."""
THAI = 0.6
"""Share of the lines whose figures are Thai."""


def filled(
    rng: Random, faces: Sequence[Face], digits: Digits, paragraphs: Sequence[str], height: int
) -> tuple[str, Ink] | None:
    """A printed line with what a pen filled in, and its ink; None where no face or no hand can draw it."""
    kind = rng.choices(_KINDS, _WEIGHTS)[0]
    pieces = kind(rng, paragraphs)
    if rng.random() < THAI:
        pieces = [(by_pen, to_thai(said)) for by_pen, said in pieces]
    print_ = "".join(said for by_pen, said in pieces if not by_pen)
    face = pick(rng, [face for face in faces if not face.hand], print_)
    hands = hands_of(faces)
    if face is None or not hands:
        return None
    line = setting(rng, face, height)
    pen = pen_of(rng, digits, height, line.baseline)
    parts: list[Ink] = [_ground(rng, height, 0.3)]
    for by_pen, said in pieces:
        if not by_pen:
            parts += [set_piece(line, said, height), _ground(rng, height, 0.25)]
            continue
        ink = cursive(rng, height) if said == SCRAWL else penned(rng, hands, said, pen, height) if said else None
        if said and ink is None:
            return None
        place = [_ground(rng, height, 0.8)] + ([] if ink is None else [ink, _ground(rng, height, 0.8)])
        joined = np.concatenate(place, axis=1)
        parts.append(dotted(rng, joined) if rng.random() < DOTTED else joined)
    says = " ".join(said for _, said in pieces if said and said != SCRAWL)
    return text.clean(says.replace("/ ", "/")), np.concatenate(parts, axis=1)


def _ground(rng: Random, height: int, most: float) -> Ink:
    return np.zeros((height, round(height * rng.uniform(0.02, most))), np.uint8)


def _number(rng: Random, _: Sequence[str]) -> list[Piece]:
    """The office's code is printed, the running number written."""
    printed = forms.reference(rng).split("/")[0].split(" ")
    code = "ที่ " + " ".join(printed[-2:]) if len(printed) > 1 else "ที่ " + printed[-1]
    running = str(rng.randrange(1, 10 ** rng.randint(1, 5)))
    kind = rng.random()
    if kind < 0.55:
        return [(False, code + "/"), (True, running)]
    if kind < 0.7:
        return [(False, code + "/ว"), (True, running)]
    if kind < 0.8:
        return [(False, code), (True, "/" + running)]
    if kind < 0.9:
        return [(False, rng.choice(("ที่", "เลขที่", "ครั้งที่", "ฉบับที่"))), (True, f"{running}/{rng.randint(2535, 2575)}")]
    return [(False, code + "/"), (True, "")]


def _day(rng: Random, _: Sequence[str]) -> list[Piece]:
    """The day is written, month and year printed; or the month too; or all."""
    day, year = str(rng.randint(1, 31)), rng.randint(2535, 2575)
    months = rng.choice((MONTHS, MONTHS, SHORT_MONTHS))
    month = rng.choice(months)
    label = rng.choice(("", "", "วันที่", "ลงวันที่", "ณ วันที่"))
    before: list[Piece] = [(False, label)] if label else []
    kind = rng.random()
    if kind < 0.6:
        return [*before, (True, day), (False, f"{month} {rng.choice(('', '', 'พ.ศ. '))}{year}")]
    if kind < 0.7:
        return [*before, (True, ""), (False, f"{month} {year}")]
    if kind < 0.85:
        return [*before, (True, f"{day} {month}"), (False, f"{rng.choice(('', 'พ.ศ. '))}{year}")]
    return [(False, label or "วันที่"), (True, f"{day} {rng.choice(SHORT_MONTHS)} {year % 100}")]


def _amount(rng: Random, paragraphs: Sequence[str]) -> list[Piece]:
    """A figure among words: how many, how much."""
    before = _words(rng, paragraphs, 22)
    amount = f"{rng.randrange(1, 10 ** rng.randint(1, 6)):,}"
    unit = rng.choice(("บัตร", "คะแนน", "บาท", "คน", "ฉบับ", "แผ่น", "ใบ", "ราย", "เครื่อง", "น.", ""))
    after: list[Piece] = [(False, unit)] if unit else []
    return [(False, before or "จำนวน"), (True, amount), *after]


def _words(rng: Random, paragraphs: Sequence[str], most: int) -> str:
    """A few words of prose."""
    piece, length = text.prose(rng, paragraphs), rng.randint(3, most)
    return "".join(clusters(piece)[:length]).strip()


def _unread(rng: Random, paragraphs: Sequence[str]) -> list[Piece]:
    """Behind print, a word that nobody can read."""
    return [(False, _words(rng, paragraphs, 25) or "เรื่อง"), (True, SCRAWL)]


_KINDS: tuple[Callable[[Random, Sequence[str]], list[Piece]], ...] = (_number, _day, _amount, _unread)
_WEIGHTS = (5, 4, 2, 1.5)
