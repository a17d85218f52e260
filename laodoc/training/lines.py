"""Synthetic text lines with their truth, looking like the crops that the layout room cuts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.recognition.line_input import HEIGHT, prepare
from laodoc.training import clutter, hand, machines, text
from laodoc.training.alphabet import known
from laodoc.training.drawing import Ink, draw
from laodoc.training.filled import filled
from laodoc.training.fonts import Face, pick
from laodoc.training.wear import Look, reshaped, scanned

SOURCE_HEIGHTS = (24, 88, 45)
"""Rows of a line's band in its scan, smallest, largest and commonest: a 16-pt line has 86 at 300 dpi, 43 at
150 and 29 at 100."""
BUCKETS = (96, 160, 256, 384, 512, 704, 960, 1400)
"""Lines are padded to one of these widths: every new shape costs the trainer a compilation."""
BATCH_AREA = 16 * 400
"""Columns in one batch, so that a batch of narrow lines has more lines."""
MARGIN = 0.06
"""White ground around a line, in parts of the height: so the layout room hands it on."""
EVENED = 0.7
"""Share of the lines whose paper is made white before, as the layout room does it where it can."""
NOTHING_SHARE = 0.045
"""Share of the crops that say nothing: signatures, words that nobody can read, bare paper."""
HAND_SHARE, FILLED_SHARE = 0.15, 0.12
"""Shares of the lines that are written by hand, and of those printed ones into which a pen filled something: a few of a
letter's thirty lines, but harder than the rest."""
MACHINE_SHARE = 0.08
"""Share of the lines from typewriters, dot-matrix printers, daters and numbering machines."""
EVEN_SHARE = 0.3
"""Share of the printed lines for which every family is as likely as any other: prose is mostly in Sarabun."""
REVERSED = 0.015
"""Share of the lines in white on a dark field."""
OWN_SHARE = 0.3
"""Share of the lines that an office gives itself: with more, what is not among them is forgotten."""
DRAWS = 768
"""Lines drawn at once, then sorted into batches."""

Image = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Source:
    """What lines are made of; `own` are real lines of an office, drawn for `OWN_SHARE` of the lines, or for all where
    there is nothing else."""

    faces: tuple[Face, ...]
    paragraphs: tuple[str, ...]
    digits: hand.Digits = field(default_factory=dict)
    buckets: tuple[int, ...] = BUCKETS
    own: tuple["Line", ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `image` as the reader takes it, shape (48, width), and what it says."""

    image: Image
    text: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines padded with white to one width: `images` (count, 48, width)."""

    images: Image
    texts: tuple[str, ...]


def synthesise(rng: Random, source: Source) -> Line:
    """One line at random; drawn again while it is wider than the widest bucket or cannot be drawn."""
    own = source.own and (not source.faces or rng.random() < OWN_SHARE)
    while True:
        line = handled(rng, rng.choice(source.own)) if own else _attempt(rng, source)
        if line is not None and line.image.shape[1] <= source.buckets[-1]:
            return line


def printed(rng: Random, source: Source, said: str, look: Look | None = None) -> Line | None:
    """`said` in print, with clutter and the wear of `look` (any by default); None where no face has its characters."""
    height = _height(rng)
    face = pick(rng, source.faces, said, even=rng.random() < EVEN_SHARE)
    if face is None:
        return None
    return _finished(rng, reshaped(rng, draw(rng, face, said, height)).copy(), said, look)


def handwritten(rng: Random, source: Source) -> Line | None:
    """What is written into a stamp; None where no face has its characters."""
    return _known(rng, hand.written(rng, source.faces, source.digits, _height(rng)))


def filled_in(rng: Random, source: Source) -> Line | None:
    """A printed line into which a pen filled something; None where no face has its characters."""
    return _known(rng, filled(rng, source.faces, source.digits, source.paragraphs, _height(rng)))


def by_machine(rng: Random, source: Source) -> Line | None:
    """A line of a typewriter, a matrix printer, a dater or a numbering machine; None where no face has it."""
    drawn = machines.by_machine(rng, source.faces, lambda rng: text.line(rng, source.paragraphs), _height(rng))
    return _known(rng, drawn)


def nothing(rng: Random) -> Line:
    """A crop that says nothing."""
    make = clutter.signature if rng.random() < 0.5 else clutter.cursive
    return _finished(rng, make(rng, _height(rng)), "")


def _known(rng: Random, drawn: tuple[str, Ink] | None) -> Line | None:
    return _finished(rng, drawn[1].copy(), drawn[0]) if drawn is not None and known(drawn[0]) else None


def _attempt(rng: Random, source: Source) -> Line | None:
    written = (HAND_SHARE, FILLED_SHARE) if source.digits else (0.0, 0.0)
    shares = (NOTHING_SHARE, *written, MACHINE_SHARE)
    kind = rng.choices(range(5), (*shares, 1 - sum(shares)))[0]
    if kind == 0:
        return nothing(rng)
    if kind == 4:
        return printed(rng, source, text.line(rng, source.paragraphs))
    return (handwritten, filled_in, by_machine)[kind - 1](rng, source)


def handled(rng: Random, line: Line) -> Line:
    """A real line as another scan of it might be: a little wider or narrower, softer, fainter, with some noise."""
    width = max(8, round(line.image.shape[1] * rng.uniform(0.94, 1.06)))
    picture = cv2.resize(line.image, (width, HEIGHT), interpolation=cv2.INTER_LINEAR)
    if rng.random() < 0.4:
        picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.3, 0.8))
    noise = np.random.default_rng(rng.getrandbits(32)).normal(0, rng.uniform(0, 9), picture.shape)
    faint = rng.uniform(0.8, 1.05)
    return Line(np.clip(255 - (255 - picture.astype(float)) * faint + noise, 0, 255).astype(np.uint8), line.text)


def _height(rng: Random) -> int:
    return round(rng.triangular(*SOURCE_HEIGHTS))


def _finished(rng: Random, ink: Image, said: str, look: Look | None = None) -> Line:
    if rng.random() < 0.2:
        clutter.rulings(rng, ink)
    if rng.random() < 0.06:
        ink = clutter.leaders(rng, ink)
    if rng.random() < 0.25:
        clutter.specks(rng, ink, rng.choice((0.5, 2.0, 6.0)))
    if rng.random() < 0.06:
        clutter.strokes(rng, ink, faint=rng.random() < 0.75)
    picture = scanned(rng, ink, look)
    if rng.random() < EVENED:
        picture = np.clip(picture * (255 / max(64.0, np.percentile(picture, 75))), 0, 255).astype(np.uint8)
    margin = max(2, round(MARGIN * picture.shape[0]))
    if rng.random() < REVERSED:
        picture = 255 - picture
        picture = np.pad(picture, margin, constant_values=int(np.median(picture)))
    else:
        picture = np.pad(picture, margin, constant_values=255)
    return Line(image=prepare(picture), text=said)


def batches(source: Source, seed: int, number: int) -> list[Batch]:
    """The batches of drawing number `number`: the same for the same arguments, whatever went before.

    Lines are sorted by width; those that do not fill a batch of their bucket go to the next wider one, and the last is
    filled up with others of the same drawing.
    """
    rng = Random(f"{seed}/{number}")
    waiting = sorted((synthesise(rng, source) for _ in range(DRAWS)), key=lambda line: line.image.shape[1])
    made: list[Batch] = []
    for bucket in source.buckets:
        size = batch_size(bucket)
        fitting = [line for line in waiting if line.image.shape[1] <= bucket]
        wider = [line for line in waiting if line.image.shape[1] > bucket]
        while len(fitting) >= size:
            made.append(pad(fitting[:size], bucket))
            fitting = fitting[size:]
        waiting = fitting + wider
    if waiting:
        size = batch_size(source.buckets[-1])
        made.append(pad((waiting * size)[:size], source.buckets[-1]))
    rng.shuffle(made)
    return made


def batch_size(bucket: int) -> int:
    """How many lines of a bucket go into one batch."""
    return max(6, min(48, BATCH_AREA // bucket))


def pad(lines: Sequence[Line], width: int) -> Batch:
    """Put lines side by side in one array of `width` columns, white behind each."""
    images = np.full((len(lines), HEIGHT, width), 255, np.uint8)
    for image, line in zip(images, lines, strict=True):
        image[:, : line.image.shape[1]] = line.image
    return Batch(images=images, texts=tuple(line.text for line in lines))
