"""The desk at which a page is made: its sheet, its dice, its print and its pen."""

from dataclasses import dataclass, field
from random import Random
from typing import Literal

from laodoc.ink.kinds import Kind
from laodoc.training.fonts import Face, pick
from laodoc.training.hand import Digits
from laodoc.training.ink import pen
from laodoc.training.ink.sheet import BLACK, MARGIN, PX_PER_MM, PX_PER_POINT, Colour, Ink, Sheet, text_ink

Anchor = Literal["l", "m", "r"]
"""Which part of a text stands at the given place: its left end, its middle, its right end."""

FOOT_MM = 12
"""Nothing that goes on from line to line begins lower than so much above the page's end."""


@dataclass(frozen=True, slots=True)
class Material:
    """What pages are made of: faces, running text, and digits written by hand (`laodoc.training.hand.load_digits`)."""

    faces: tuple[Face, ...]
    paragraphs: tuple[str, ...]
    digits: Digits


@dataclass
class Desk:
    """One page in the making.

    `left`, `right` and `y` say where print goes on: in pixels, y is the next baseline. `scale` is the size of
    everything on this page against what is usual, `points` the size of its print.
    """

    sheet: Sheet
    rng: Random
    material: Material
    face: Face
    scale: float
    points: float = 16.0
    left: float = 0.0
    right: float = 0.0
    y: float = 0.0
    ink: Colour = BLACK
    pen: Colour = (30, 40, 140)
    printed: tuple[Face, ...] = field(init=False)
    """The faces that are no handwriting: what printers and stamps have."""
    hands: tuple[Face, ...] = field(init=False)
    """The faces that a pen could have written."""

    def __post_init__(self) -> None:
        self.printed = tuple(face for face in self.material.faces if not face.hand)
        self.hands = pen.hands_of(self.material.faces)

    def mm(self, length: float) -> float:
        """Millimetres on this page in pixels."""
        return length * PX_PER_MM * self.scale

    def em(self, points: float | None = None) -> int:
        """Pixels in an em of print, of the page's own or of `points`."""
        return max(8, round((points or self.points) * PX_PER_POINT * self.scale))

    @property
    def pitch(self) -> float:
        """Pixels from line to line."""
        return self.em() * max(1.0, (self.face.ascent + self.face.descent) * 0.93)

    @property
    def bottom(self) -> float:
        """Where the page is full."""
        return self.sheet.size[1] - self.mm(FOOT_MM)

    @property
    def middle(self) -> float:
        """Half way between the margins."""
        return (self.left + self.right) / 2


COLOURED_PRINT: tuple[Colour, ...] = ((30, 40, 150), (170, 30, 40), (110, 30, 130), (20, 100, 60), (60, 60, 160))
"""Colours in which offices print: letterheads, ด่วนมาก, whole letters."""
COLOURED = 0.06
"""Share of the words that are printed in colour on a page of black print."""


FOREIGN = 0.4
"""Share of the words in Latin letters and figures that stand in another face than the page's."""


def say(
    desk: Desk, said: str, x: float, y: float, *, points: float | None = None, bold: int = 0, anchor: Anchor = "l"
) -> float:
    """Print `said` with its baseline at y and its `anchor` at x, now and then in colour; its width in pixels, 0 where
    no face can set it."""
    own = desk.face.can_draw(said) and not (said.isascii() and desk.rng.random() < FOREIGN)
    face = desk.face if own else pick(desk.rng, desk.printed, said)
    if face is None:
        return 0.0
    ink, baseline = text_ink(face, said, desk.em(points), bold=bold)
    wide = ink.shape[1] - 2 * MARGIN
    colour = desk.rng.choice(COLOURED_PRINT) if desk.rng.random() < COLOURED else desk.ink
    x -= {"l": 0, "m": wide / 2, "r": wide}[anchor]
    desk.sheet.lay(ink, x - MARGIN, y - baseline, Kind.PRINT, colour=colour)
    return float(wide)


def draw(desk: Desk, strokes: pen.Strokes, x: float, y: float, thick: float) -> float:
    """Draw strokes with the page's pen, their origin at (x, y); how wide they are, in pixels."""
    ink, left, top = pen.stroked(desk.rng, strokes, thick)
    desk.sheet.lay(ink, x + left, y + top, Kind.HAND, colour=desk.pen)
    return float(ink.shape[1])


def handwritten(desk: Desk, said: str, tall: float) -> Ink | None:
    """`said` by hand, its letters `tall` pixels high; None where no hand has its letters."""
    return pen.written(desk.rng, desk.hands, desk.material.digits, said, tall)
