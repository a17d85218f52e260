"""What the synthetic lines say."""

import lzma
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from laodoc.errors import AccessError
from laodoc.messages import Message
from laodoc.thai.diacritics import normalise
from laodoc.thai.digits import to_thai
from laodoc.training import forms
from laodoc.training.alphabet import known

HELD_OUT_EVERY = 50
"""One paragraph in so many is never trained on: the held-out text."""
TO_THAI_DIGITS = 0.6
"""Share of the prose pieces whose Arabic digits become Thai ones: news has Arabic digits, letters mostly Thai."""

_BLANKS = re.compile(r"\s+")
_LEADERS = re.compile(r"\.{4,}|_{3,}")
_MARKS_START = re.compile(r"^[\u0e30-\u0e3a\u0e45-\u0e4e]+")


@dataclass(frozen=True, slots=True)
class Corpus:
    """Running text, one paragraph each, parted into what is trained on and what is held out."""

    train: tuple[str, ...]
    held_out: tuple[str, ...]


def load_corpus(path: Path) -> Corpus:
    """Read a text file (UTF-8, plain or .xz), one paragraph a line.

    Raises:
        AccessError: it cannot be read.
    """
    try:
        data = path.read_bytes()
        text = (lzma.decompress(data) if path.suffix == ".xz" else data).decode("utf-8")
    except (OSError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise AccessError(Message("not-text", path=path, error=error)) from error
    paragraphs = [clean(line) for line in text.splitlines()]
    return Corpus(
        train=tuple(p for i, p in enumerate(paragraphs) if p and i % HELD_OUT_EVERY),
        held_out=tuple(p for i, p in enumerate(paragraphs) if p and not i % HELD_OUT_EVERY),
    )


def clean(text: str) -> str:
    """`text` as a label says it: normal spelling, single spaces, no leaders, nothing at the ends."""
    return _BLANKS.sub(" ", _LEADERS.sub(" ", normalise(text))).strip()


def prose(rng: Random, paragraphs: Sequence[str]) -> str:
    """A piece of a paragraph as long as (part of) a line, cut at a cluster's border."""
    paragraph = rng.choice(paragraphs)
    length = rng.choice((rng.randint(6, 30), rng.randint(20, 60), rng.randint(50, 105)))
    start = rng.randint(0, max(0, len(paragraph) - length))
    piece = _MARKS_START.sub("", paragraph[start : start + length])
    while start + length < len(paragraph) and _MARKS_START.match(paragraph[start + length]):
        piece += paragraph[start + length]
        length += 1
    return to_thai(piece) if rng.random() < TO_THAI_DIGITS else piece


@cache
def _words() -> tuple[str, ...]:
    from pythainlp.corpus import thai_words

    return tuple(sorted(word for word in thai_words() if known(word)))


@cache
def _syllables() -> tuple[str, ...]:
    from pythainlp.corpus import thai_syllables

    return tuple(sorted(word for word in thai_syllables() if known(word)))


def words(rng: Random) -> str:
    """Dictionary words in a random order, mostly written together."""
    glue = rng.choice(("", "", " "))
    return glue.join(rng.choice(_words()) for _ in range(rng.choice((1, 1, 1, 2, 3, 4))))


def syllables(rng: Random) -> str:
    """Syllables without sense, in which every mark stands on every consonant."""
    choices: tuple[Callable[[], str], ...] = (
        lambda: rng.choice(_syllables()),
        lambda: forms.stacked(rng),
        lambda: forms.stacked(rng),
    )
    return "".join(rng.choice(choices)() for _ in range(rng.randint(1, 9)))


def line(rng: Random, paragraphs: Sequence[str]) -> str:
    """The text of one printed line: prose, words, names, figures, dates, offices, headings and the rest, mixed."""
    kind = rng.choices(_KINDS, _WEIGHTS)[0]
    text = prose(rng, paragraphs) if kind is prose else kind(rng)
    if rng.random() < forms.MIXED_LINES:
        text += " " + rng.choice((forms.number, forms.date, forms.office, words))(rng)
    text = clean(text)
    return text if known(text) else line(rng, paragraphs)


_TABLE: tuple[tuple[Callable[..., str], float], ...] = (
    (prose, 34),
    (words, 6),
    (syllables, 7),
    (forms.person, 5),
    (forms.office, 9),
    (forms.number, 16),
    (forms.digits, 8),
    (forms.lookalikes, 7),
    (forms.date, 4),
    (forms.reference, 4),
    (forms.contact, 4),
    (forms.latin, 4),
    (forms.english, 4),
    (forms.heading, 5),
    (forms.short, 5),
    (forms.marks, 1),
)
_KINDS = tuple(kind for kind, _ in _TABLE)
_WEIGHTS = tuple(weight for _, weight in _TABLE)
