"""A row read again as what it must be (a day, a time, a number): among all that its ink may say."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from math import prod

from laodoc.document import Alternative, Field
from laodoc.parsing.passages import Passage, PrintedLine
from laodoc.recognition.decoding import guesses
from laodoc.recognition.reading import Guess
from laodoc.thai.diacritics import normalise

GUESSED = 0.1
"""What nothing but guesses of less confidence than this, taken together, says is a guess itself: text and place stand,
without a value."""

DISTINCT = 2.0
"""By how many times the likeliest value must be likelier than the next one, where the ink's first text is neither."""

OFFERED = 0.01
"""Confidence under which another value is not worth telling."""

TRIED = (64, 12, 5)
"""Texts tried of each line of a row, by the number of its lines."""

Parse = Callable[[Passage], Field | None]
"""What a row of text says, None where it says nothing of the kind; a field without a value is a failed attempt."""


def read_again(row: Passage, parse: Parse) -> Field | None:
    """What the row says, as `parse` finds it: the value that most of the ink's readings speak for.

    The first text that gives this value stands as the field's, other values as its alternatives. Where no reading
    gives a value, or only guesses do, the field is that of the row's own text, with value None.
    """
    plain = parse(row)
    said: dict[object, Field] = {}
    shares: dict[object, float] = {}
    for reading in _readings(row):
        field = parse(reading)
        if field is None or field.value is None:
            continue
        said.setdefault(field.value, field)
        shares[field.value] = shares.get(field.value, 0.0) + field.confidence
    ranked = sorted(shares, key=lambda value: (-shares[value], str(value)))
    if not ranked or shares[ranked[0]] < GUESSED:
        return _valueless(plain, said[ranked[0]] if ranked else None)
    first, others = ranked[0], ranked[1:]
    own = plain.value if plain else None
    if first != own and others and shares[first] < DISTINCT * shares[others[0]]:
        return _valueless(plain, said[first])
    alternatives = tuple(
        Alternative(text=said[value].text, confidence=min(1.0, shares[value]))
        for value in others
        if shares[value] >= OFFERED
    )
    field = said[first].model_copy(update={"confidence": min(1.0, shares[first])})
    return field.model_copy(update={"alternatives": alternatives}) if alternatives else field


def _valueless(plain: Field | None, guess: Field | None) -> Field | None:
    field = plain or guess
    return field.model_copy(update={"value": None}) if field else None


def _readings(row: Passage) -> Iterator[Passage]:
    """The row as each combination of what its lines may say has it, each line's confidence that of its guess.

    A line without pieces or alternatives has its own text alone.
    """
    most = TRIED[min(len(row.lines), len(TRIED)) - 1]
    for chosen in product(*(_guesses(line, most) for line in row.lines)):
        together = prod(guess.confidence for guess in chosen)
        yield Passage(tuple(_said(line, guess, together) for line, guess in zip(row.lines, chosen, strict=True)))


def _guesses(line: PrintedLine, most: int) -> Sequence[Guess]:
    """The line's own text first, as it stands in the page's; then other texts that are not the same but for spaces."""
    own = Guess(line.text, line.confidence)
    others = (Guess(normalise(guess.text).strip(), guess.confidence) for guess in guesses(line.reading, most))
    return [own, *(guess for guess in others if guess.text and guess.text != line.text)]


def _said(line: PrintedLine, guess: Guess, confidence: float) -> PrintedLine:
    return replace(line, text=guess.text, confidence=confidence)
