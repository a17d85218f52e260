"""Makes the model of character sequences that `laodoc.recognition.language` asks: `python -m laodoc.training.language`.

Counted are the prose that the reader is trained on, and lines of the same templates (places, offices, headings, names).
"""

import argparse
from collections.abc import Iterable
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from laodoc.recognition.language import FILE, ORDER, START, class_of, to_bytes
from laodoc.training import forms, text
from laodoc.training.card import digest

DISCOUNT = 0.75
"""What is taken from every count for characters that were not seen there."""

RAREST = (1, 1, 1, 2, 3, 4, 5)
"""How often an n-gram of each length must be seen to be kept."""

TEMPLATES = (
    (forms.office, 60_000),
    (forms.heading, 8_000),
    (forms.person, 15_000),
    (forms.short, 8_000),
    (text.words, 20_000),
)
"""How many lines of each template are counted beside the prose."""

CARD = """# laodoc-thai, language

How likely a Thai character is after six others: interpolated character n-grams. Settles which of the reader's own
readings of a doubtful line is meant; has no say in figures. Made by `python -m laodoc.training.language --text {text}`.

- `{file}`, sha256 `{sha256}`, {grams:,} n-grams of up to seven characters
- prose: `{text}`, sha256 `{source}`, the paragraphs that the reader is trained on
- lines of the templates of `laodoc.training.forms` (places of geothai, offices, headings, names), words of pythainlp
"""

Keys = NDArray[np.uint64]


def main() -> None:
    parser = argparse.ArgumentParser(prog="laodoc.training.language", description=__doc__.splitlines()[0])
    parser.add_argument("--text", type=Path, required=True, help="paragraphs, one a line (plain or .xz)")
    parser.add_argument("--models", type=Path, default=Path("models"), help="folder that the model is written into")
    given = parser.parse_args()
    target = given.models / FILE
    grams = write_model(target, [*text.load_corpus(given.text).train, *template_lines(Random(1))])
    card = CARD.format(file=FILE, sha256=digest(target), grams=grams, text=given.text.name, source=digest(given.text))
    target.with_suffix(".md").write_text(card, encoding="utf-8")


def template_lines(rng: Random) -> Iterable[str]:
    """Lines of the templates that the reader is trained on."""
    return [text.clean(make(rng)) for make, count in TEMPLATES for _ in range(count)]


def write_model(target: Path, lines: Iterable[str]) -> int:
    """Count `lines`, write the model, and return how many n-grams it has."""
    keys, worth, rest = model_of(lines)
    steps = np.diff(keys, prepend=np.uint64(0))
    np.savez_compressed(target, steps=steps, worth=to_bytes(worth), rest=to_bytes(rest))
    return len(keys)


def model_of(lines: Iterable[str]) -> tuple[Keys, NDArray[np.float64], NDArray[np.float64]]:
    """Keys, log-probabilities and logarithms of what is left, as `laodoc.recognition.language.Language` takes them."""
    counted = list(_counts(classes_of(lines)))
    keys = np.concatenate([grams for grams, _ in counted])
    worth = np.zeros(len(keys))
    rest = np.zeros(len(keys))
    lower: tuple[Keys, NDArray[np.float64]] | None = None
    contexts: tuple[Keys, NDArray[np.float64]] = (np.zeros(1, np.uint64), np.array([float(counted[0][1].sum())]))
    start = 0
    for length, (grams, seen) in enumerate(counted, start=1):
        total = contexts[1][np.searchsorted(contexts[0], grams >> np.uint64(8))]
        kept, homes = np.unique(grams >> np.uint64(8), return_inverse=True)
        left = 1 - np.bincount(homes, (seen - DISCOUNT) / total)
        if lower is None:
            share = (seen - DISCOUNT) / total + left[homes] / len(grams)
        else:
            tail = grams & np.uint64((1 << 8 * (length - 1)) - 1)
            share = (seen - DISCOUNT) / total + left[homes] * lower[1][np.searchsorted(lower[0], tail)]
            place = np.searchsorted(lower[0], kept)
            rest[start - len(lower[0]) + place] = np.log(np.clip(left, 1e-6, 1.0))
        worth[start : start + len(grams)] = np.log(share)
        lower, contexts = (grams, share), (grams, seen.astype(np.float64))
        start += len(grams)
    order = np.argsort(keys)
    return keys[order], worth[order], rest[order]


def classes_of(lines: Iterable[str]) -> NDArray[np.uint8]:
    """All lines in one row of classes, each begun by `START`."""
    known: dict[str, int] = {}
    row = bytearray()
    for line in lines:
        row.append(START)
        for symbol in line:
            if symbol not in known:
                known[symbol] = class_of(symbol)
            row.append(known[symbol])
    return np.frombuffer(bytes(row), np.uint8)


def _counts(row: NDArray[np.uint8]) -> Iterable[tuple[Keys, NDArray[np.int64]]]:
    """The kept n-grams of each length in rising order, and how often each was seen; none goes over a line's start."""
    codes = row.astype(np.uint64)
    inside = np.ones(len(row), bool)
    for length, rarest in enumerate(RAREST[:ORDER], start=1):
        if length > 1:
            codes = codes[:-1] << np.uint64(8) | row[length - 1 :].astype(np.uint64)
            inside = inside[:-1] & (row[length - 1 :] != START)
        grams, seen = np.unique(codes[inside], return_counts=True)
        often = seen >= rarest
        yield grams[often], seen[often]


if __name__ == "__main__":
    main()
