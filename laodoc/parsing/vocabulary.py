"""The words by which columns and rows are known, from `roles.toml`, and how well a misread text fits them."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from laodoc.thai.diacritics import normalise

ALIKE = 0.75
"""Share of a word that must have been read right: a weak engine gets one letter in five to ten of a header wrong, and
the words of one table differ from each other by far more than a quarter."""

SHORTEST_FORGIVEN = 4
"""Letters below which a word must be read exactly: ที่ with one letter changed is any other word of that length."""

_LATIN = re.compile("[A-Za-z]{3}[A-Za-z ./]*")
_THAI = re.compile("[ก-ฮ]")

_IGNORED = frozenset("็่้๊๋์ํ๎ฺ")
"""Marks above the line, a few pixels each: what is lost first on a poor scan."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that words can say: its name, and its words as skeletons (see `skeleton`)."""

    name: str
    whole: tuple[str, ...]
    start: tuple[str, ...]
    end: tuple[str, ...]
    part: tuple[str, ...]
    exact: tuple[str, ...]
    contents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All words of `roles.toml`, each list in the order of the file."""

    roles: tuple[Entry, ...]
    meanings: tuple[Entry, ...]
    rows: tuple[Entry, ...]
    units: tuple[Entry, ...]
    colours: tuple[Entry, ...]
    labels: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """The entry that fits a text best, and how well (`ALIKE`..1)."""

    name: str
    score: float


@cache
def vocabulary() -> Vocabulary:
    """The words that come with laodoc."""
    return parse_vocabulary(files("laodoc.parsing").joinpath("roles.toml").read_text(encoding="utf-8"))


def parse_vocabulary(toml: str) -> Vocabulary:
    """The vocabulary that a text in the format of `roles.toml` holds."""
    data = tomllib.loads(toml)
    kinds = ("role", "meaning", "row", "unit", "colour", "label")
    return Vocabulary(*(tuple(_entry(**each) for each in data.get(kind, ())) for kind in kinds))


@cache
def skeleton(text: str) -> str:
    """What is left of a word on a poor scan: no white space, no marks above the line, ASCII in lower case."""
    return "".join(
        letter
        for letter in normalise(text).casefold()
        if letter not in _IGNORED and not unicodedata.category(letter).startswith("Z") and not letter.isspace()
    )


def best_fit(text: str, entries: tuple[Entry, ...]) -> Fit | None:
    """The entry whose words `text` fits best, or None where none is alike; beside Thai words, English ones that say
    the same (`Quantity ปริมาณ`) are passed over."""
    thai = _LATIN.sub(" ", text)
    return _best_fit(text, entries) or (_best_fit(thai, entries) if thai != text and _THAI.search(thai) else None)


def _best_fit(text: str, entries: tuple[Entry, ...]) -> Fit | None:
    bare = skeleton(text)
    fits = [Fit(entry.name, score) for entry in entries if (score := fit_of(bare, entry)) >= ALIKE]
    return max(fits, key=lambda fit: fit.score, default=None)


def fit_of(bare: str, entry: Entry) -> float:
    """How well a skeleton fits the words of `entry`, 0..1; what does not reach `ALIKE` is 0."""
    if not bare:
        return 0.0
    if any(word in bare for word in entry.exact):
        return 1.0
    scores = (
        *(_likeness(bare, word) for word in entry.whole),
        *(_likeness(bare[: len(word)], word) for word in entry.start),
        *(_likeness(bare[-len(word) :], word) for word in entry.end),
        *(_likeness(_best_part(bare, word), word) for word in entry.part),
    )
    return max(scores, default=0.0)


def starts_like(text: str, entry: Entry) -> bool:
    """Whether a cell begins with one of the entry's words for contents."""
    bare = skeleton(text)
    return any(_likeness(bare[: len(word)], word) >= ALIKE for word in entry.contents)


def _likeness(bare: str, word: str) -> float:
    edits = Levenshtein.distance(bare, word)
    if edits and len(word) < SHORTEST_FORGIVEN:
        return 0.0
    score = 1 - edits / len(word)
    return score if score >= ALIKE else 0.0


def _best_part(bare: str, word: str) -> str:
    if word in bare:
        return word
    found = fuzz.partial_ratio_alignment(word, bare) if len(bare) > len(word) else None
    return bare[found.dest_start : found.dest_end] if found else bare


def _entry(
    *,
    name: str,
    whole: tuple[str, ...] = (),
    start: tuple[str, ...] = (),
    end: tuple[str, ...] = (),
    part: tuple[str, ...] = (),
    exact: tuple[str, ...] = (),
    contents: tuple[str, ...] = (),
) -> Entry:
    def bare(words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(skeleton, words))

    return Entry(name, bare(whole), bare(start), bare(end), bare(part), bare(exact), bare(contents))
