"""What people add by pen: on lines to write on, in notes, around and under what is printed."""

from random import Random

from laodoc.ink.kinds import Kind
from laodoc.thai.digits import to_thai
from laodoc.training import forms
from laodoc.training.ink import pen
from laodoc.training.ink.desk import Desk, draw, handwritten
from laodoc.training.vocabulary import MONTHS, SHORT_MONTHS

LEGIBLE = 0.45
"""Share of the entries whose letters and figures can be read; the rest is cursive."""
HAND_MM = (1.8, 4.8, 2.8)
"""Height of a written letter: least, most, usual."""


def filled(desk: Desk, x: float, y: float, width: float) -> None:
    """What somebody wrote on a line to write on, over it, through it, above it: words, figures, a date."""
    rng = desk.rng
    tall = desk.mm(rng.triangular(*HAND_MM))
    if rng.random() >= LEGIBLE:
        strokes = pen.cursive(rng, max(1, round(width / tall * rng.uniform(0.3, 1.1))), tall)
        draw(desk, strokes, x + rng.uniform(0, width * 0.2), y - rng.uniform(-1, 5), pen.width(rng, tall))
        return
    ink = handwritten(desk, hand_words(rng), tall)
    if ink is None:
        return
    ink = ink[:, : max(8, round(width * 1.2))]
    at = x + rng.uniform(0, max(1.0, width - ink.shape[1]))
    desk.sheet.lay(ink, at, y - ink.shape[0] + rng.uniform(-2, 8), Kind.HAND, colour=desk.pen)


def hand_words(rng: Random) -> str:
    """What is written by hand in words or figures."""
    number = str(rng.randrange(1, 10 ** rng.randint(1, 5)))
    month, year = rng.choice(rng.choice((SHORT_MONTHS, MONTHS))), rng.randint(2540, 2575)
    date = f"{rng.randint(1, 31)} {month} {rng.choice((year, year % 100))}"
    time = f"{rng.randint(0, 23)}{rng.choice('.:')}{rng.randint(0, 59):02d}"
    register = f"{number}/{rng.randint(2550, 2570)}"
    said = rng.choice((number, number, number, register, date, date, time, forms.person(rng), forms.office(rng)))
    return to_thai(said) if rng.random() < 0.5 else said


def note(desk: Desk) -> None:
    """Some lines of writing from `desk.y` down that hardly anybody can read, as superiors write them."""
    rng = desk.rng
    x, tall = rng.choice((desk.left, desk.middle, desk.mm(5))), desk.mm(rng.uniform(2.2, 4.8))
    usual, desk.pen = desk.pen, pen.colour(rng)
    thick, climb = pen.width(rng, tall), rng.uniform(-0.05, 0.12)
    for _ in range(rng.randint(1, 6)):
        at = x + rng.uniform(0, 12)
        for _ in range(rng.randint(1, 4)):
            level = desk.y - (at - x) * climb
            if rng.random() < 0.3:
                ink = handwritten(desk, hand_words(rng), tall)
                if ink is not None:
                    desk.sheet.lay(ink, at, level - ink.shape[0], Kind.HAND, colour=desk.pen)
                    at += ink.shape[1] + tall
            else:
                at += draw(desk, pen.cursive(rng, rng.randint(2, 9), tall), at, level, thick)
                at += tall * rng.uniform(0.2, 0.8)
        desk.y += tall * rng.uniform(1.9, 2.9)
    desk.pen = usual


def scribble(desk: Desk, x: float, y: float) -> None:
    """One thing that a pen adds to a page that is done: a ring, an underline, a signature, a tick."""
    rng = desk.rng
    desk.pen = pen.colour(rng)
    kind = rng.choices((_ring, _line, _signature, _mark), (0.3, 0.25, 0.25, 0.2))[0]
    draw(desk, kind(desk), x, y, pen.width(rng))
    if kind is _ring and rng.random() < 0.5:
        ink = handwritten(desk, str(rng.randint(1, 9)), desk.mm(3))
        if ink is not None:
            desk.sheet.lay(ink, x - ink.shape[1] / 2, y - ink.shape[0] / 2, Kind.HAND, colour=desk.pen)


def _ring(desk: Desk) -> pen.Strokes:
    """Around a figure, or around some words."""
    rng = desk.rng
    if rng.random() < 0.5:
        side = desk.mm(rng.uniform(4, 9))
        return pen.ring(rng, side, side)
    return pen.ring(rng, desk.mm(rng.uniform(10, 70)), desk.mm(rng.uniform(5, 12)))


def _line(desk: Desk) -> pen.Strokes:
    """Under words, or upright beside them."""
    strokes = pen.stroke_line(desk.rng, desk.mm(desk.rng.uniform(10, 150)))
    return [stroke[:, ::-1] for stroke in strokes] if desk.rng.random() < 0.3 else strokes


def _signature(desk: Desk) -> pen.Strokes:
    return pen.signature(desk.rng, desk.mm(desk.rng.uniform(10, 55)))


def _mark(desk: Desk) -> pen.Strokes:
    return pen.mark(desk.rng, desk.mm(desk.rng.uniform(3, 12)))
