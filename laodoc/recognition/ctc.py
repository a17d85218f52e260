"""From the network's log-probabilities to texts: best first, with what each is worth.

Connectionist temporal classification: Graves et al. (2006); prefix beam search after Hannun et al. (2014).
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laodoc.recognition.reading import Guess

Scores = NDArray[np.float32]
"""Log-probabilities of one line, shape (steps, classes); class 0 is the blank."""

Beams = dict[str, tuple[float, float]]
"""Prefixes with their log-probabilities of ending in a blank, and in their last character."""

_NONE = -math.inf
_NEGLIGIBLE = 30.0


@dataclass(frozen=True, slots=True)
class BeamSettings:
    """How many readings are kept."""

    width: int = 8
    """Prefixes kept at a step."""
    best: int = 5
    """Readings given back at most."""
    hopeless: float = -14.0
    """A prefix this much less likely than the best one (a millionth) is given up."""
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
    beams: Beams = {"": (0.0, _NONE)}
    tops = scores.argmax(axis=1).tolist()
    for row, top, best in zip(scores, tops, scores.max(axis=1).tolist(), strict=True):
        if top == 0 and best >= settings.sure:
            beams = {prefix: (_add(*ends) + best, _NONE) for prefix, ends in beams.items()}
            continue
        tried = [top] if best >= settings.sure else np.flatnonzero(row >= settings.floor).tolist() or [top]
        beams = _step(beams, {"" if n == 0 else symbols[n - 1]: float(row[n]) for n in tried})
        if len(beams) > 1:
            beams = _pruned(beams, settings)
    ranked = sorted(beams.items(), key=lambda item: (-_add(*item[1]), item[0]))[: settings.best]
    return [Guess(prefix, min(1.0, math.exp(_add(*ends)))) for prefix, ends in ranked]


def _pruned(beams: Beams, settings: BeamSettings) -> Beams:
    """The best prefixes; none that is hopeless beside the very best."""
    worth = sorted(((_add(*ends), prefix) for prefix, ends in beams.items()), key=lambda item: -item[0])
    least = worth[0][0] + settings.hopeless
    return {prefix: beams[prefix] for value, prefix in worth[: settings.width] if value >= least}


def _step(beams: Beams, row: dict[str, float]) -> Beams:
    """All prefixes after one more step of the classes in `row`, where "" is the blank."""
    blank: dict[str, float] = {}
    other: dict[str, float] = {}
    for prefix, (in_blank, in_other) in beams.items():
        total = _add(in_blank, in_other)
        last = prefix[-1:]
        for symbol, value in row.items():
            if not symbol:
                blank[prefix] = _add(blank.get(prefix, _NONE), total + value)
            elif symbol == last:
                other[prefix] = _add(other.get(prefix, _NONE), in_other + value)
                if in_blank > _NONE:
                    other[prefix + symbol] = _add(other.get(prefix + symbol, _NONE), in_blank + value)
            else:
                other[prefix + symbol] = _add(other.get(prefix + symbol, _NONE), total + value)
    ends = {prefix: (blank.get(prefix, _NONE), other.get(prefix, _NONE)) for prefix in (*blank, *other)}
    return {prefix: pair for prefix, pair in ends.items() if max(pair) > _NONE}


def _add(a: float, b: float) -> float:
    """log(exp(a) + exp(b))."""
    if a < b:
        a, b = b, a
    return a if b == _NONE or b - a < -_NEGLIGIBLE else a + math.log1p(math.exp(b - a))
