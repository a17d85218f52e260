"""From the network's log-probabilities to texts: best first, with what each is worth, and where each character stands.

Connectionist temporal classification: Graves et al. (2006); prefix beam search after Hannun et al. (2014). Steps at
which the network is sure to see nothing part a line into independent pieces: each is searched alone, which gives the
same shares as a search of the whole line at a fraction of the work, and keeps every piece's other readings at hand.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from laodoc.recognition.decoding import add, likeliest
from laodoc.recognition.reading import Character, Guesses

Scores = NDArray[np.float32]
"""Log-probabilities of one line, shape (steps, classes); class 0 is the blank."""

Beams = dict[str, tuple[float, float]]
"""Prefixes with their log-probabilities of ending in a blank, and in their last character."""

_NONE = -math.inf


@dataclass(frozen=True, slots=True)
class BeamSettings:
    """How many readings are kept."""

    width: int = 8
    """Prefixes kept at a step."""
    hopeless: float = -14.0
    """A prefix this much less likely than the best one (a millionth) is given up."""
    floor: float = -7.0
    """A class less likely than this (0.1 %) at a step is not tried there."""
    sure: float = -0.002
    """Steps where one class has at least this log-probability (99.8 %) are taken as said."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Steps `start` to `end` (exclusive) of a line, between two sure blanks.

    `guesses` are its texts in falling order of their log-probability; `said` what the likeliest path says there, as
    (character, step of its middle).
    """

    start: int
    end: int
    guesses: Guesses
    said: tuple[tuple[str, float], ...]


def greedy(scores: Scores, symbols: str) -> tuple[str, float]:
    """The text of the likeliest path, and the mean probability of its steps that say something (0 where none does)."""
    path = scores.argmax(axis=1)
    kept = path[np.flatnonzero(np.diff(path, prepend=-1))]
    spoken = scores.max(axis=1)[path > 0]
    return "".join(symbols[number - 1] for number in kept if number), float(np.exp(spoken).mean()) if len(
        spoken
    ) else 0.0


def find_pieces(scores: Scores, symbols: str, settings: BeamSettings = BeamSettings()) -> tuple[list[Piece], float]:
    """The pieces of a line from left to right, and the log-probability of the sure blanks between them."""
    tops, best = scores.argmax(axis=1).tolist(), scores.max(axis=1).tolist()  # lists: pieces are a few steps long
    pieces, silence, start = [], 0.0, 0
    silent = [top == 0 and value >= settings.sure for top, value in zip(tops, best, strict=True)]
    for quiet, steps in groupby(silent):
        end = start + sum(1 for _ in steps)
        if quiet:
            silence += sum(best[start:end])
        else:
            said = tuple(_said(tops[start:end], start, symbols))
            if min(best[start:end]) >= settings.sure:
                guesses: Guesses = (("".join(symbol for symbol, _ in said), sum(best[start:end])),)
            else:
                guesses = _search(scores[start:end], tops[start:end], best[start:end], symbols, settings)
            pieces.append(Piece(start, end, guesses, said))
        start = end
    return pieces, silence


def characters(pieces: Sequence[Piece]) -> list[tuple[str, Character]]:
    """The likeliest character after character, with the step of its middle as its place.

    A character's confidence is the share of its piece's guesses that have it in its place.
    """
    return [pair for piece in pieces for pair in _characters_of(piece)]


def _characters_of(piece: Piece) -> Iterator[tuple[str, Character]]:
    text, worth = piece.guesses[0]
    if len(piece.guesses) == 1:
        shares = [math.exp(worth)] * len(text)
    else:
        total = sum(math.exp(its) for _, its in piece.guesses)
        shares = [0.0] * len(text)
        for other, its in piece.guesses:
            for block in Levenshtein.editops(text, other).as_matching_blocks():
                for index in range(block.a, block.a + block.size):
                    shares[index] += math.exp(its) / max(1.0, total)
    if text == "".join(symbol for symbol, _ in piece.said):
        places = [place for _, place in piece.said]
    else:
        step = (piece.end - piece.start) / max(1, len(text))
        places = [piece.start + (index + 0.5) * step for index in range(len(text))]
    for symbol, share, place in zip(text, shares, places, strict=True):
        yield symbol, Character(min(1.0, share), place)


def _said(tops: Sequence[int], start: int, symbols: str) -> Iterator[tuple[str, float]]:
    """The characters of the likeliest path, each with the middle of its run."""
    first = start
    for number, run in groupby(tops):
        last = first + sum(1 for _ in run)
        if number:
            yield symbols[number - 1], (first + last - 1) / 2
        first = last


def _search(
    scores: Scores, tops: Sequence[int], best: Sequence[float], symbols: str, settings: BeamSettings
) -> Guesses:
    """The texts of one piece with their log-probabilities, the likeliest first; `tops` and `best` are each step's
    likeliest class and its log-probability."""
    beams: Beams = {"": (0.0, _NONE)}
    for row, top, value in zip(scores, tops, best, strict=True):
        if value >= settings.sure and top == 0:
            beams = {prefix: (add(*ends) + value, _NONE) for prefix, ends in beams.items()}
            continue
        tried = [top] if value >= settings.sure else np.flatnonzero(row >= settings.floor).tolist() or [top]
        beams = _step(beams, {"" if n == 0 else symbols[n - 1]: float(row[n]) for n in tried})
        if len(beams) > 1:
            beams = _pruned(beams, settings)
    return tuple(sorted(((prefix, add(*ends)) for prefix, ends in beams.items()), key=likeliest))


def _pruned(beams: Beams, settings: BeamSettings) -> Beams:
    """The best prefixes; none that is hopeless beside the very best."""
    worth = sorted(((add(*ends), prefix) for prefix, ends in beams.items()), key=lambda item: -item[0])
    least = worth[0][0] + settings.hopeless
    return {prefix: beams[prefix] for value, prefix in worth[: settings.width] if value >= least}


def _step(beams: Beams, row: dict[str, float]) -> Beams:
    """All prefixes after one more step of the classes in `row`, where "" is the blank."""
    blank: dict[str, float] = {}
    other: dict[str, float] = {}
    for prefix, (in_blank, in_other) in beams.items():
        total = add(in_blank, in_other)
        last = prefix[-1:]
        for symbol, value in row.items():
            if not symbol:
                blank[prefix] = add(blank.get(prefix, _NONE), total + value)
            elif symbol == last:
                other[prefix] = add(other.get(prefix, _NONE), in_other + value)
                if in_blank > _NONE:
                    other[prefix + symbol] = add(other.get(prefix + symbol, _NONE), in_blank + value)
            else:
                other[prefix + symbol] = add(other.get(prefix + symbol, _NONE), total + value)
    ends = {prefix: (blank.get(prefix, _NONE), other.get(prefix, _NONE)) for prefix in (*blank, *other)}
    return {prefix: pair for prefix, pair in ends.items() if max(pair) > _NONE}
