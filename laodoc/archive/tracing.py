"""What belongs to one letter over many records: what it answers, what passes it on, who has it, and what is due."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from laodoc.document import Document, Endorsement, Event, Field, Letter
from laodoc.export.masking import MASK, is_secret
from laodoc.export.origin import Origin, Placed, identity, placed
from laodoc.thai.diacritics import normalise
from laodoc.thai.digits import to_arabic

Relation = Literal["refers to", "passes on"]

Key = tuple[str, str | None]
"""Number and day of a letter; the day is None where nothing says it."""

UNNUMBERED = ("/", "/ว")
"""How a number ends whose running number is still to be filled in: many letters share it."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Where a letter was scanned: file, its id there, its first page, and what else tells the file."""

    file: str
    letter: str
    page: int
    path: str | None = None
    sha256: str | None = None
    archive_id: int | None = None
    gone: str | None = None


@dataclass(frozen=True, slots=True)
class Traced:
    """A letter of the thread, or one that is only spoken of; then `copies` is empty."""

    number: str
    date: str | None
    sender: str | None
    subject: str | None
    deadline: str | None
    copies: tuple[Copy, ...]

    @property
    def key(self) -> Key:
        """What tells it from others."""
        return number_key(self.number), self.date


@dataclass(frozen=True, slots=True)
class Link:
    """`later` refers to `earlier`, or passes it on."""

    later: Key
    relation: Relation
    earlier: Key


@dataclass(frozen=True, slots=True)
class Step:
    """Who received a letter, passed it on to whom, or decided what on it, and when."""

    letter: Key
    event: Event
    office: str | None
    to: str | None
    number: str | None
    date: str | None
    copy: Copy
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class Thread:
    """All letters that hang together with the one asked for, in order of time, that one's keys first named in `roots`.

    A letter without a day stands before its first step that has one, or last.
    """

    roots: tuple[Key, ...]
    letters: tuple[Traced, ...]
    links: tuple[Link, ...]
    steps: tuple[Step, ...]

    def due(self, today: date) -> tuple[Traced, ...]:
        """The letters whose deadline has not passed on that day."""
        return tuple(letter for letter in self.letters if letter.deadline and letter.deadline >= today.isoformat())


def number_key(text: str) -> str:
    """A document number as it is compared: Arabic digits, no white space."""
    return "".join(to_arabic(normalise(text)).split())


def trace(documents: Iterable[Document | Placed], number: str, day: date | None = None) -> Thread:
    """The thread of the letter with this number (in Thai or Arabic digits), of that day where several have it.

    A number is one letter's only together with its day: circulars without a running number share theirs, and every year
    begins at 1. A reference without a day means any letter of its number.
    """
    gathered = _Gathered()
    for document, origin in placed(documents):
        gathered.add(document, origin)
    return gathered.thread(number_key(number), day.isoformat() if day else None)


class _Gathered:
    """Letters by key, with what links them."""

    def __init__(self) -> None:
        self.letters: dict[Key, Traced] = {}
        self.links: dict[Link, None] = {}
        self.steps: dict[Key, list[Step]] = {}

    def add(self, document: Document, origin: Origin) -> None:
        keys = {letter.id: key for letter in document.letters if (key := _key(letter.number, letter.date))}
        for letter in document.letters:
            key = keys.get(letter.id)
            if key is None:
                continue
            copy = Copy(document.source.name, letter.id, letter.pages[0], *identity(document, origin))
            subject = MASK if is_secret(letter) else _said(letter.subject)
            number, sender, deadline = str(_said(letter.number)), _said(letter.sender), _day(letter.deadline)
            self._enter(key, Traced(number, key[1], sender, subject, deadline, (copy,)))
            self.steps.setdefault(key, []).extend(_steps(key, letter, copy))
            for reference in letter.references:
                other = _key(reference.number, reference.date)
                if other and other != key:
                    self.links[Link(key, "refers to", other)] = None
                    subject = MASK if is_secret(letter) else _said(reference.subject)
                    issuer, number = _said(reference.issuer), str(_said(reference.number))
                    self._enter(other, Traced(number, other[1], issuer, subject, None, ()))
            for name in letter.attachments:
                if name in keys and keys[name] != key:
                    self.links[Link(key, "passes on", keys[name])] = None

    def _enter(self, key: Key, letter: Traced) -> None:
        known = self.letters.get(key)
        # A scan says more of its letter than those that speak of it.
        first, second = (known, letter) if known and (known.copies or not letter.copies) else (letter, known)
        self.letters[key] = _joined(first, second) if first and second else letter

    def thread(self, number: str, day: str | None) -> Thread:
        """What hangs together with the letters of this number."""
        same = self._same()
        letters, steps = self._merged(same)
        links = list(dict.fromkeys(Link(same[a.later], a.relation, same[a.earlier]) for a in self.links))
        roots = [key for key in letters if key[0] == number and day in (None, key[1])]
        found, new = dict.fromkeys(roots), set(roots)
        while new:
            new = {b for link in links for a, b in _both_ways(link) if a in new and b not in found}
            found.update(dict.fromkeys(sorted(new, key=_in_time)))
        # A letter without a day goes before its first step.
        days = {key: key[1] or min((step.date for step in steps[key] if step.date), default=None) for key in found}
        ordered = sorted(found, key=lambda key: (*_in_time((0, days[key])), key[1] is not None))
        return Thread(
            roots=tuple(roots),
            letters=tuple(letters[key] for key in ordered),
            links=tuple(link for link in links if link.later in found),
            steps=tuple(
                sorted((step for key in ordered for step in steps[key]), key=lambda step: _in_time((0, step.date)))
            ),
        )

    def _same(self) -> dict[Key, Key]:
        """Every key with the one that it stands for: one without a day stands for the only dated one of its number."""
        dated: dict[str, list[Key]] = {}
        for key in self.letters:
            if key[1] is not None:
                dated.setdefault(key[0], []).append(key)
        same = {}
        for key in self.letters:
            meant = dated.get(key[0], []) if key[1] is None and not key[0].endswith(UNNUMBERED) else []
            same[key] = meant[0] if len(meant) == 1 else key
        return same

    def _merged(self, same: dict[Key, Key]) -> tuple[dict[Key, Traced], dict[Key, list[Step]]]:
        """Letters and steps under the keys that they stand for."""
        letters: dict[Key, Traced] = {}
        steps: dict[Key, list[Step]] = {}
        for key, letter in sorted(self.letters.items(), key=lambda item: item[0][1] is None):
            meant = same[key]
            letters[meant] = _joined(letters[meant], letter) if meant in letters else letter
            steps.setdefault(meant, []).extend(replace(step, letter=meant) for step in self.steps.get(key, ()))
        return letters, steps


def _joined(known: Traced, more: Traced) -> Traced:
    """Two scans, or a scan and what others say of it, as one letter; what `known` says goes first."""
    return Traced(
        number=known.number,
        date=known.date or more.date,
        sender=known.sender or more.sender,
        subject=known.subject or more.subject,
        deadline=known.deadline or more.deadline,
        copies=(*known.copies, *more.copies),
    )


def _in_time(key: tuple[object, str | None]) -> tuple[bool, str]:
    return key[1] is None, key[1] or ""


def _both_ways(link: Link) -> Iterator[tuple[Key, Key]]:
    yield link.later, link.earlier
    yield link.earlier, link.later


def _steps(key: Key, letter: Letter, copy: Copy) -> Iterator[Step]:
    for stamp in letter.received:
        yield Step(key, "received", _said(stamp.office), None, _said(stamp.number), _day(stamp.date), copy)
    for note in letter.endorsements:
        to = "; ".join(filter(None, map(_said, note.to))) or None
        decided = _said(note.decision) if note.kind == "approval" and not note.to and not is_secret(letter) else None
        event: Event = "decided" if decided else "forwarded"
        who = _said(note.office) or _signatory(note)
        yield Step(key, event, who, to, _said(note.number), _day(note.date), copy, decided)


def _signatory(note: Endorsement) -> str | None:
    """Who signed a note that names no office: the post, else the person."""
    signed = note.signatory
    return (_said(signed.position) or _said(signed.name)) if signed else None


def _key(number: Field | None, day: Field | None) -> Key | None:
    return (number_key(str(number.value)), _day(day)) if number and number.value else None


def _day(field: Field | None) -> str | None:
    """The day in ISO 8601, None where it could not be read, or was edited into no date."""
    try:
        return date.fromisoformat(str(field.value)).isoformat() if field else None
    except ValueError:
        return None


def _said(field: Field | None) -> str | None:
    return (str(field.value if field.value is not None else field.text) or None) if field else None
