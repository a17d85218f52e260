"""Cells that say a number twice, in digits and in words: its value, whether both agree, what else they may say."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from laodoc.document import Alternative, Cell, Words
from laodoc.recognition.decoding import guesses
from laodoc.recognition.reading import CellReading, Character, Guess, Reading
from laodoc.thai.digits import THAI_DIGITS
from laodoc.thai.number_words import in_words
from laodoc.thai.worded import Worded, worded

Number = int | float
Parse = Callable[[str], Number | None]

ALIKE = 0.75
"""Part of the letters of a number's words that must be right where what was read is no number: of the words of another
number, as long, hardly more than half are."""

AGREED = 0.9
"""How sure a number is at least that was read twice: that two misreadings say the same is hardly ever so."""

_THAI = re.compile("[ก-ฮ]")
_DIGIT = re.compile(f"[0-9{THAI_DIGITS}]")


def reading_of(cell: CellReading) -> Reading:
    """The cell's lines as one reading, with all that they may say."""
    lines = [line.reading for line in cell.lines]
    if len(lines) == 1:
        return lines[0]
    pieces = [piece for line in lines for piece in ((("\n", 0.0),), *line.pieces)][1:] if lines else []
    known = all(line.pieces for line in lines)
    characters = [one for line in lines for one in (Character(1.0, 0.0), *line.characters)][1:]
    return Reading(
        text="\n".join(line.text for line in lines),
        confidence=min((line.confidence for line in lines), default=1.0),
        characters=tuple(characters) if all(line.characters for line in lines) else (),
        pieces=tuple(pieces) if known else (),
        log_rest=sum(line.log_rest for line in lines),
    )


def with_words(plain: Cell, whole: Reading, parse: Parse) -> Cell | None:
    """The cell with its number, its words, and whether they agree; None where it does not say a number twice.

    Where they do not, readings in which one of both is another and they would agree are the first alternatives.
    """
    both = worded(plain.text)
    if both is None:
        return None
    value, spelled = parse(both.digits), both.spelled
    if value is None:
        offered = next(_agreeing(whole, parse, fixed=_THAI), None)
        value = parse(offered[1].digits) if offered else spelled
    if spelled is None and value is not None and _look_alike(both.words, value):
        spelled = int(value)
    agree = None if value is None or spelled is None else value == spelled
    sure = max(whole.confidence, AGREED if agree else _sure_digits(whole))
    update: dict[str, object] = {
        "value": value,
        "words": Words(text=both.words, value=spelled, agree=agree),
        "confidence": round(sure, 3),
    }
    others = _offers(whole, both, parse) if agree is False else ()
    if others:
        update["alternatives"] = (*others, *plain.alternatives)
    return plain.model_copy(update=update)


def _sure_digits(whole: Reading) -> float:
    """How sure the least sure digit is; the whole reading where that is not known."""
    if len(whole.characters) != len(whole.text):
        return whole.confidence
    said = zip(whole.text, whole.characters, strict=True)
    return min((one.confidence for letter, one in said if _DIGIT.match(letter)), default=whole.confidence)


def _offers(whole: Reading, both: Worded, parse: Parse) -> tuple[Alternative, ...]:
    """The likeliest reading with other digits that agrees with the words, and the one with other words."""
    value = parse(both.digits)
    digits = (guess for guess, read in _agreeing(whole, parse, fixed=_THAI) if read.spelled == both.spelled)
    words = (guess for guess, read in _agreeing(whole, parse, fixed=_DIGIT) if parse(read.digits) == value)
    found = [guess for guess in (next(digits, None), next(words, None)) if guess is not None]
    return tuple(Alternative(text=guess.text, confidence=guess.confidence) for guess in found)


def _agreeing(whole: Reading, parse: Parse, *, fixed: re.Pattern[str]) -> Iterator[tuple[Guess, Worded]]:
    """Readings in which digits and words agree, in falling order; pieces of the line that are `fixed` stay."""
    pieces = tuple(piece[:1] if fixed.search(piece[0][0]) else piece for piece in whole.pieces)
    for guess in guesses(replace(whole, pieces=pieces)):
        read = worded(guess.text)
        if read is not None and read.spelled is not None and parse(read.digits) == read.spelled:
            yield guess, read


def _look_alike(words: str, value: Number) -> bool:
    """Whether words that are no number, as they were read, are more like those of this number than of any other that
    differs in one digit."""
    if value != int(value) or value < 0:
        return False
    read = "".join(words.split()).removesuffix("ถ้วน").removesuffix("บาท")
    likeness = Levenshtein.normalized_similarity(read, in_words(int(value)))
    digits = str(int(value))
    near = {int(digits[:at] + other + digits[at + 1 :]) for at in range(len(digits)) for other in "0123456789"}
    rivals = (Levenshtein.normalized_similarity(read, in_words(other)) for other in near - {int(value)})
    return likeness >= ALIKE and likeness > max(rivals, default=0.0)
