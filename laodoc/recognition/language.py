"""Which of two readings is likelier Thai: a model of character sequences that settles what the ink leaves open.

An interpolated n-gram model (absolute discounting: Ney, Essen and Kneser, 1994), made by `laodoc.training.language`. It
only weighs readings that the recognizer itself offers, and it has no say in figures: a digit, and what stands right
behind one, costs nothing, so numbers are read from their ink alone.
"""

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from laodoc.errors import MissingDependency
from laodoc.messages import Message
from laodoc.recognition.decoding import add
from laodoc.recognition.reading import Guess, Guesses

ORDER = 7
"""Characters that a character's probability depends on, itself included; each takes a byte of a key."""

CONTEXT = (1 << 8 * (ORDER - 1)) - 1

WEIGHT = 0.5
"""Of the language beside the ink: it settles what is open, and cannot turn over what is clear. On the development set
anything from 0.35 to 0.8 serves as well (docs/benchmarks.md)."""

OPEN = 0.999
"""Confidence from which a line is read so surely that the language is not asked."""

KEPT = 12
"""Texts kept while a line is put together from left to right."""

THAI = "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรฤลฦวศษสหฬอฮฯะัาำิีึืฺุูเแโใไๅๆ็่้๊๋์ํ๎"
OTHERS = ' .,()-/:"'
DIGIT, LATIN, SIGN, START = 120, 121, 122, 123
"""Classes of characters: every Thai letter and mark and some signs have their own, after them come these."""

FILE = "laodoc-thai.language.npz"


def class_of(symbol: str) -> int:
    """The class of a character, 1..123; 0 is none."""
    return _classes().get(symbol) or (DIGIT if symbol.isdigit() else LATIN if symbol.isalpha() else SIGN)


@cache
def _classes() -> dict[str, int]:
    return {symbol: number for number, symbol in enumerate(THAI + OTHERS, start=1)}


class Language:
    """A model as `laodoc.training.language` wrote it.

    Args:
        keys: n-grams in rising order, each character a byte, the last one lowest.
        worth: the log-probability of the last character of each after the others.
        rest: the logarithm of what is left, after this n-gram, for characters that were not seen there.
    """

    def __init__(self, keys: NDArray[np.uint64], worth: NDArray[np.float32], rest: NDArray[np.float32]) -> None:
        self._keys: Sequence[int] = memoryview(np.ascontiguousarray(keys))  # type: ignore[arg-type]
        self._worth, self._rest = worth, rest
        self._known: dict[int, float] = {}

    @classmethod
    def load(cls, path: Path) -> "Language":
        """Read the model.

        Raises:
            MissingDependency: the file is missing or damaged.
        """
        try:
            with np.load(path) as stored:
                steps = stored["steps"].astype(np.uint64)
                return cls(np.cumsum(steps, dtype=np.uint64), _from_bytes(stored["worth"]), _from_bytes(stored["rest"]))
        except (OSError, ValueError, KeyError) as error:
            raise MissingDependency(Message("part-damaged", name=path.name, error=error)) from error

    def worth(self, context: int, symbol: int) -> float:
        """The log-probability of a class after up to `ORDER` - 1 others, which are packed as in a key."""
        key = (context << 8 | symbol) & (1 << 8 * ORDER) - 1
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = max(LEAST, self._look_up(key))
        return found

    def _look_up(self, key: int) -> float:
        left = 0.0
        for length in range(max(1, (key.bit_length() + 7) // 8), 0, -1):
            gram = key & (1 << 8 * length) - 1
            place = self._place(gram)
            if place is not None:
                return left + float(self._worth[place])
            context = self._place(gram >> 8)
            left += float(self._rest[context]) if context is not None else 0.0
        return left + UNSEEN

    def _place(self, gram: int) -> int | None:
        place = bisect_left(self._keys, gram)  # NumPy takes several times as long for a single number
        return place if place < len(self._keys) and self._keys[place] == gram else None


UNSEEN = math.log(1e-6)
LEAST = -8.0
"""The least log-probability of any character: one strange character must not outweigh clear ink."""
SCALE = 16.0
"""Steps of a stored byte in one unit of a natural logarithm, from 0 down."""


def to_bytes(logs: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Logarithms from 0 down to -15.9 in steps of 1/16."""
    return np.asarray(np.clip(np.rint(-logs * SCALE), 0, 255), np.uint8)


def _from_bytes(stored: NDArray[np.uint8]) -> NDArray[np.float32]:
    return np.asarray(-stored.astype(np.float32) / SCALE, np.float32)


@cache
def installed() -> Language:
    """The model that is installed with laodoc.

    Raises:
        MissingDependency: it is not.
    """
    return Language.load(Path(str(files("laodoc.models").joinpath(FILE))))


def weighed(
    pieces: Sequence[Guesses], log_rest: float, language: Language, *, best: int, weight: float = WEIGHT
) -> list[Guess]:
    """The `best` likeliest texts that the guesses of a line's pieces make together, ink and language both asked.

    Confidences sum to what the recognizer gave all of these texts together; the language only shifts shares.
    """
    lines = [Line("", log_rest, 0.0, START)]
    for guesses in pieces:
        made: dict[str, Line] = {}
        for line in lines:
            for more, ink in guesses:
                longer = line.and_then(more, ink, language, asked=len(lines) > 1 or len(guesses) > 1)
                twin = made.get(longer.text)
                made[longer.text] = longer if twin is None else replace(twin, ink=add(twin.ink, longer.ink))
        lines = sorted(made.values(), key=lambda line: -line.worth(weight))[:KEPT]
    top = max(line.worth(weight) for line in lines)
    shares = {line.text: math.exp(line.worth(weight) - top) for line in lines}
    scale = min(1.0, sum(math.exp(line.ink) for line in lines)) / sum(shares.values())
    ranked = sorted(shares.items(), key=lambda item: (-item[1], item[0]))[:best]
    return [Guess(text, share * scale) for text, share in ranked]


@dataclass(frozen=True, slots=True)
class Line:
    """A text from the left end of a line on: log-probabilities of ink and language, and its last classes packed."""

    text: str
    ink: float
    said: float
    context: int

    def worth(self, weight: float) -> float:
        return self.ink + weight * self.said

    def and_then(self, more: str, ink: float, language: Language, *, asked: bool) -> "Line":
        """This line with `more` behind it; the language is `asked` where there is anything to choose."""
        said, context = self.said, self.context
        for symbol in more:
            kind = class_of(symbol)
            if asked and DIGIT not in (kind, context & 0xFF):
                said += language.worth(context, kind)
            context = (context << 8 | kind) & CONTEXT
        return Line(self.text + more, self.ink + ink, said, context)
