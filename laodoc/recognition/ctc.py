"""From the network's log-probabilities to texts: best first, with what each is worth.

Connectionist temporal classification: Graves et al. (2006); prefix beam search after Hannun et al. (2014).
"""

import math
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laodoc.recognition.reading import Guess

Scores = NDArray[np.float32]
"""Log-probabilities of one line, shape (steps, classes); class 0 is the blank."""

_NONE = -math.inf


@dataclass(frozen=True, slots=True)
class BeamSettings:
    """How many readings are kept."""

    width: int = 8
    """Prefixes kept at a step."""
    best: int = 5
    """Readings given back at most."""
    floor: float = -7.0
    """A class less likely than this (0.1 %) at a step is not tried there."""
    sure: float = -0.002
    """Steps where one class has at least this log-probability (99.8 %) are taken as said."""


def greedy(scores: Scores, symbols: str) -> str:
    """The text of the likeliest path."""
    path = scores.argmax(axis=1)
    kept = path[np.flatnonzero(np.diff(path, prepend=-1))]
    return "".join(symbols[number - 1] for number in kept if number)


def beam_search(scores: Scores, symbols: str, settings: BeamSettings = BeamSettings()) -> list[Guess]:
    """The likeliest texts in falling order of their share of the probability, each summed over all its alignments.

    At least one; confidences are in 0..1 and sum to at most 1 (and a rounding error).
    """
    beams: dict[tuple[int, ...], tuple[float, float]] = {(): (0.0, _NONE)}
    for row in scores:
        top = int(row.argmax())
        tried = [top] if row[top] >= settings.sure else np.flatnonzero(row >= settings.floor).tolist()
        beams = _step(beams, {number: float(row[number]) for number in tried or [top]})
        if len(beams) > settings.width:
            kept = sorted(beams.items(), key=lambda item: -_total(item[1]))[: settings.width]
            beams = dict(kept)
    ranked = sorted(beams.items(), key=lambda item: (-_total(item[1]), item[0]))[: settings.best]
    return [
        Guess("".join(symbols[number - 1] for number in prefix), min(1.0, math.exp(_total(ends))))
        for prefix, ends in ranked
    ]


def _step(
    beams: dict[tuple[int, ...], tuple[float, float]], row: dict[int, float]
) -> dict[tuple[int, ...], tuple[float, float]]:
    """All prefixes after one more step: each with the log-probability that it ends in a blank, and that it does not."""
    blank: dict[tuple[int, ...], float] = defaultdict(lambda: _NONE)
    other: dict[tuple[int, ...], float] = defaultdict(lambda: _NONE)
    for prefix, (in_blank, in_other) in beams.items():
        total = _add(in_blank, in_other)
        for number, value in row.items():
            if number == 0:
                blank[prefix] = _add(blank[prefix], total + value)
            elif prefix and prefix[-1] == number:
                other[prefix] = _add(other[prefix], in_other + value)
                longer = (*prefix, number)
                other[longer] = _add(other[longer], in_blank + value)
            else:
                longer = (*prefix, number)
                other[longer] = _add(other[longer], total + value)
    return {
        prefix: (blank[prefix], other[prefix])
        for prefix in blank.keys() | other.keys()
        if _add(blank[prefix], other[prefix]) > _NONE
    }


def _total(ends: tuple[float, float]) -> float:
    return _add(*ends)


def _add(a: float, b: float) -> float:
    """log(exp(a) + exp(b))."""
    if a < b:
        a, b = b, a
    return a if b == _NONE else a + math.log1p(math.exp(b - a))
