"""Lines put together from the readings of their pieces, freely or under a constraint."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from laodoc.recognition.reading import Guess, Guesses, Reading

_NONE = -math.inf
_NEGLIGIBLE = 30.0
"""How much less a log-probability must be than another to add nothing to it."""

KEPT = 8
"""Texts kept while a line is put together from left to right."""

TRIED = 64
"""The same under a constraint, which most texts do not meet."""


LEAST = 0.01
"""Probability under which what a constraint leaves is no reading: nearly all that was seen speaks against it."""


ENOUGH = 0.1
"""Probability of all texts together that a place may hold, under which it holds something else: a word, a flourish."""

FLOOR = 0.5
"""Confidence under which a value is not given, and its reading only offered: of figures so read, in print and by pen, a
third at most is right, and half of those read with 0.5 to 0.6 (docs/benchmarks.md)."""


def texts(
    pieces: Sequence[Guesses],
    log_rest: float,
    *,
    best: int,
    width: int = KEPT,
    sieve: Callable[[str], bool] | None = None,
) -> list[Guess]:
    """The `best` likeliest texts that the guesses of independent pieces make together, in falling order.

    `log_rest` is the log-probability of what lies between the pieces. Confidences are in 0..1. With `sieve` only
    pieces' guesses for which it holds are used; then there may be no text at all.
    """
    lines: dict[str, float] = {"": log_rest}
    for guesses in pieces:
        made: dict[str, float] = {}
        for text, worth in lines.items():
            for more, its in guesses:
                if sieve is None or sieve(more):
                    made[text + more] = add(made.get(text + more, _NONE), worth + its)
        lines = dict(sorted(made.items(), key=likeliest)[:width]) if len(made) > width else made
    ranked = sorted(lines.items(), key=likeliest)[:best]
    return [Guess(text, min(1.0, math.exp(worth))) for text, worth in ranked]


def decode(reading: Reading, constraint: Callable[[str], bool], alphabet: str = "") -> Reading | None:
    """Read it again as something particular: the likeliest text for which `constraint` holds, or None.

    The reading's own texts are tried first. With `alphabet`, the characters that such a text may have, its pieces are
    then put together anew from those of their guesses that have no other character.
    """
    for guess in (Guess(reading.text, reading.confidence), *reading.alternatives):
        if constraint(guess.text):
            return _said_as(reading, guess)
    if alphabet and reading.pieces:
        allowed = frozenset(alphabet)
        for guess in texts(reading.pieces, reading.log_rest, best=TRIED, width=TRIED, sieve=allowed.issuperset):
            if guess.confidence >= LEAST and constraint(guess.text):
                return _said_as(reading, guess)
    return None


def held(reading: Reading, value_of: Callable[[str], str | None], alphabet: str) -> Guess | None:
    """What a place to fill in holds, where its form tells what it may hold: the value that most of the ink's texts say,
    of those that `value_of` finds one in; None where the ink hardly says anything of the kind.

    Texts are put together from the characters of `alphabet`. The confidence is the value's part of all such texts,
    since nothing else can stand there.
    """
    said = {guess.text: guess.confidence for guess in (*reading.alternatives, Guess(reading.text, reading.confidence))}
    if reading.pieces:
        allowed = frozenset(alphabet)
        for guess in texts(reading.pieces, reading.log_rest, best=TRIED, width=TRIED, sieve=allowed.issuperset):
            said.setdefault(guess.text, guess.confidence)
    shares: dict[str, float] = {}
    for text, confidence in said.items():
        value = value_of(text)
        if value is not None:
            shares[value] = shares.get(value, 0.0) + confidence
    total = sum(shares.values())
    if total < ENOUGH:
        return None
    best = max(shares, key=lambda value: (shares[value], value))
    return Guess(best, shares[best] / total)


def guesses(reading: Reading, most: int = TRIED) -> list[Guess]:
    """What the ink of a line may say, in falling order: its own text, its alternatives, and what its pieces make."""
    found = {reading.text: reading.confidence}
    others = texts(reading.pieces, reading.log_rest, best=most, width=most) if reading.pieces else []
    for guess in (*reading.alternatives, *others):
        found.setdefault(guess.text, guess.confidence)
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:most]
    return [Guess(text, confidence) for text, confidence in ranked]


def _said_as(reading: Reading, guess: Guess) -> Reading:
    if guess.text == reading.text:
        return reading
    return replace(reading, text=guess.text, confidence=guess.confidence, characters=())


def likeliest(item: tuple[str, float]) -> tuple[float, str]:
    """Sorts texts with their log-probabilities: the likeliest first, equals by their text."""
    return -item[1], item[0]


def add(a: float, b: float) -> float:
    """log(exp(a) + exp(b))."""
    if a < b:
        a, b = b, a
    return a if b == _NONE or b - a < -_NEGLIGIBLE else a + math.log1p(math.exp(b - a))
