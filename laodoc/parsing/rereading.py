"""A row read again as what it must be (a day, a time, a number): among all that its ink may say."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from laodoc.document import Alternative, Field
from laodoc.parsing.passages import Passage, PrintedLine
from laodoc.recognition.decoding import LEAST, guesses
from laodoc.recognition.reading import Guess
from laodoc.thai.diacritics import normalise

GUESSED = 0.1
"""What nothing but guesses of less confidence than this, taken together, says is a guess itself: text and place stand,
without a value."""

AGREED = 0.8
"""Part of all readings that are a value, the likeliest one's; where it is due, it is as sure as this at most."""

DISTINCT = 2.0
"""By how many times the likeliest value must be likelier than the next one: else it is a guess between two."""

OFFERED = 0.01
"""Confidence under which another value is not worth telling."""

Parse = Callable[[Passage], Field | None]
"""What a row of text says, None where it says nothing of the kind; a field without a value is a failed attempt."""


def read_again(row: Passage, parse: Parse, *, due: bool = False) -> Field | None:
    """What the row says, as `parse` finds it: the value that most of the ink's readings speak for.

    The first text that gives this value stands as the field's, other values as its alternatives. Where no reading
    gives a value, or only guesses do, the field is that of the row's own text, with value None. Where a value is `due`,
    and few texts are one (a day behind its label), a weak reading counts if nearly all that are a value agree on it:
    its confidence is then `AGREED` of its part of them.
    """
    plain = parse(row)
    said: dict[object, Field] = {plain.value: plain} if plain and plain.value is not None else {}
    found: dict[object, dict[int, float]] = {}
    for changed, confidence, reading in _readings(row):
        field = parse(reading)
        if field is not None and field.value is not None and field.confidence < UNTOUCHED:
            said.setdefault(field.value, field)
            lines = found.setdefault(field.value, {})
            lines[changed] = lines.get(changed, 0.0) + confidence
    shares = {value: min(lines.values()) for value, lines in found.items()}
    ranked = sorted(shares, key=lambda value: (-shares[value], str(value)))
    offered = due and bool(ranked) and all(line.reading.pieces for line in row.lines)
    agreed = offered and shares[ranked[0]] >= max(LEAST, AGREED * sum(shares.values()))
    if not ranked or (shares[ranked[0]] < GUESSED and not agreed):
        return _field(plain or (said[ranked[0]] if ranked else None), ())
    first, others = ranked[0], ranked[1:]
    told = [(said[value].text, shares[value]) for value in ranked if shares[value] >= OFFERED]
    if others and shares[first] < DISTINCT * shares[others[0]]:
        return _field(plain or said[first], told)
    sure = max(shares[first], AGREED * shares[first] / sum(shares.values()) if agreed else 0.0)
    return _field(said[first], [each for each in told if each[0] != said[first].text], first, sure)


def _field(
    field: Field | None, others: Sequence[tuple[str, float]], value: object = None, confidence: float | None = None
) -> Field | None:
    """The field with this value, None by default, and with other readings as its alternatives."""
    if field is None:
        return None
    sure = field.confidence if confidence is None else min(1.0, confidence)
    alternatives = tuple(Alternative(text=text, confidence=min(1.0, share)) for text, share in others)
    plain = Field(text=field.text, value=None, page=field.page, bbox=field.bbox, confidence=sure)
    changed = plain.model_copy(update={"value": value})
    return changed.model_copy(update={"alternatives": alternatives}) if alternatives else changed


UNTOUCHED = 1.0
"""Confidence that marks, while one line of a row is read otherwise, the others: what stands in them alone stays."""


def _readings(row: Passage) -> Iterator[tuple[int, float, Passage]]:
    """The row with each of its lines, in turn, as its other readings have it: the line's index, the reading's
    confidence, and the row."""
    sure = [replace(line, confidence=UNTOUCHED) for line in row.lines]
    for index, line in enumerate(row.lines):
        for guess in _guesses(line):
            said = replace(line, text=guess.text, confidence=min(guess.confidence, SUREST))
            yield index, guess.confidence, Passage((*sure[:index], said, *sure[index + 1 :]))


SUREST = 0.9999


def _guesses(line: PrintedLine) -> Sequence[Guess]:
    """The line's own text first, as it stands in the page's; then its other texts."""
    own = Guess(line.text, line.confidence)
    others = (Guess(normalise(guess.text).strip(), guess.confidence) for guess in guesses(line.reading))
    return [own, *(guess for guess in others if guess.text and guess.text != line.text)]
