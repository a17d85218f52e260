"""Trains the shapes of marks: `python -m laodoc.training.marks OUT.npz`.

Deterministic where the same fonts are installed: one seed, one thread, numpy only.
The held-out set is printed in fonts that are not trained on; its pen strokes are new ones of the same kinds.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import ImageFont

from laodoc.document import BBox
from laodoc.recognition.ink import pieces_of
from laodoc.recognition.mark_shape import FEATURES, SHAPES, Floats, Weights, features, scores
from laodoc.recognition.marks import SMALLEST_MARK_MM, SURE
from laodoc.training.mark_drawings import OTHERS, Drawing, Random, check, cross, ink, printed
from laodoc.training.mark_scans import scan

FONT_FOLDER = Path("/usr/share/fonts/truetype")
HELD_OUT_FONTS = ("DejaVuSerif-Bold.ttf", "DejaVuSansMono.ttf", "Loma.ttf", "DejaVuMathTeXGyre.ttf")
CHECKS = "✓✔√"
CROSSES = "×✗✘xX✕✖"
TEXTS = (*"กขคงจชซดตถทนบปผพมยรลวศสหอฮ๐๑๒๓๔๕๖๗๘๙0123456789VvYyKkZzTLAN7+-/*", "12", "๓๔", "57", "อบต", "ไม่", "NA", "//")
DPI = 300.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is drawn and learned."""

    seed: int = 11
    samples: int = 45000
    held_out: int = 6000
    hidden: int = 64
    epochs: int = 40
    batch: int = 128
    rate: float = 2e-3
    decay: float = 1e-4


@dataclass(frozen=True, slots=True)
class Examples:
    """Features, shape (n, FEATURES), and the index of each one's shape."""

    x: Floats
    shape: NDArray[np.int64]


def fonts(*, held_out: bool) -> list[str]:
    """Font files to print with: those held out, or the others."""
    found = sorted(FONT_FOLDER.rglob("*.ttf"))
    return [str(file) for file in found if (file.name in HELD_OUT_FONTS) == held_out]


def printable(signs: Sequence[str], files: Sequence[str]) -> list[tuple[str, str]]:
    """Signs with the fonts that have all their letters, and do not draw the box of a missing glyph instead."""
    pairs = []
    for file in files:
        font = ImageFont.truetype(file, 40)
        missing = bytes(font.getmask("\U0010fffd"))
        pairs += [(sign, file) for sign in signs if all(bytes(font.getmask(letter)) != missing for letter in sign)]
    return pairs


def drawings(rng: Random, *, held_out: bool) -> Iterator[tuple[Drawing, int]]:
    """Endless drawings with the index of their shape, the three shapes equally often."""
    files = fonts(held_out=held_out)
    signs = [printable(letters, files) for letters in (CHECKS, CROSSES, TEXTS)]
    while True:
        shape = int(rng.integers(3))
        size = float(rng.uniform(1.8, 6.0) if rng.random() < 0.7 else rng.uniform(6.0, 13.0))
        if rng.random() < 0.4 and signs[shape]:
            text, file = signs[shape][rng.integers(len(signs[shape]))]
            drawing = printed(text, file, size_mm=min(size, 6.0))
            if drawing is not None:
                yield drawing, shape
            continue
        strokes = check(rng) if shape == 0 else cross(rng) if shape == 1 else OTHERS[rng.integers(len(OTHERS))](rng)
        yield ink(strokes, rng, size_mm=size), shape


def examples(count: int, rng: Random, *, held_out: bool) -> Examples:
    """Scanned drawings, cut out by the same code that cuts cells."""
    rows: list[Floats] = []
    shapes: list[int] = []
    source = drawings(rng, held_out=held_out)
    while len(rows) < count:
        drawing, shape = next(source)
        page = scan(drawing, rng)
        pieces = pieces_of(page, BBox(0, 0, page.shape[1], page.shape[0]), DPI)
        if pieces and pieces[0].extent >= SMALLEST_MARK_MM:
            rows.append(features(pieces[0].image))
            shapes.append(shape)
    return Examples(np.stack(rows), np.asarray(shapes))


def train(data: Examples, plan: Plan, rng: Random) -> Weights:
    """Cross-entropy by Adam (Kingma and Ba, 2015), the rate falling to zero on a cosine."""
    sizes = ((FEATURES, plan.hidden), (plan.hidden,), (plan.hidden, len(SHAPES)), (len(SHAPES),))
    values = [
        (rng.normal(0, (2 / size[0]) ** 0.5, size) if len(size) == 2 else np.zeros(size)).astype(np.float32)
        for size in sizes
    ]
    first, second = [np.zeros_like(v) for v in values], [np.zeros_like(v) for v in values]
    steps = plan.epochs * (len(data.x) // plan.batch)
    order = np.concatenate([rng.permutation(len(data.x)) for _ in range(plan.epochs)])
    for step in range(steps):
        chosen = order[step * plan.batch : (step + 1) * plan.batch]
        slopes = gradient(Weights(*values), data.x[chosen], data.shape[chosen])
        rate = plan.rate * (1 + np.cos(np.pi * step / steps)) / 2
        for place, slope in enumerate(slopes):
            first[place] = 0.9 * first[place] + 0.1 * slope
            second[place] = 0.999 * second[place] + 0.001 * slope**2
            fitted = first[place] / (1 - 0.9 ** (step + 1))
            spread = np.sqrt(second[place] / (1 - 0.999 ** (step + 1))) + 1e-8
            values[place] = (values[place] - rate * (fitted / spread + plan.decay * values[place])).astype(np.float32)
    return Weights(*values)


def gradient(weights: Weights, x: Floats, shape: NDArray[np.int64]) -> tuple[Floats, Floats, Floats, Floats]:
    """Slope of the mean cross-entropy by each of the weights."""
    hidden = np.maximum(x @ weights.first + weights.first_bias, 0)
    error = scores(x, weights)
    error[np.arange(len(x)), shape] -= 1
    error /= len(x)
    back = (error @ weights.second.T) * (hidden > 0)
    return x.T @ back, back.sum(axis=0), hidden.T @ error, error.sum(axis=0)


def report(data: Examples, weights: Weights) -> str:
    """Right, doubted and opposite, of each shape, at the probability from which a mark is called."""
    likely = scores(data.x, weights)
    called = np.where(likely[:, :2].max(axis=1) >= SURE, likely[:, :2].argmax(axis=1), 2)
    lines = []
    for place, shape in enumerate(SHAPES):
        own = called[data.shape == place]
        shares = ", ".join(f"{name} {np.mean(own == other):.4f}" for other, name in enumerate((*SHAPES[:2], "doubt")))
        lines.append(f"{shape}: called {shares} of {len(own)}")
    return "\n".join(lines)


def main(out: Path, plan: Plan = Plan()) -> str:
    """Draw, train and write the weights; the answer says how well they do on the held-out set."""
    cv2.setNumThreads(1)
    rng = np.random.default_rng(plan.seed)
    data = examples(plan.samples, rng, held_out=False)
    weights = train(data, plan, rng)
    stored = {field.name: getattr(weights, field.name).astype(np.float16) for field in fields(weights)}
    np.savez(out, **stored)
    kept = Weights(**{name: values.astype(np.float32) for name, values in stored.items()})
    return report(examples(plan.held_out, rng, held_out=True), kept)


if __name__ == "__main__":
    print(main(Path(sys.argv[1])))
