"""Registers of letters received and sent, as the Rules on Correspondence lay them out (forms 13, 14)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from typing import Any, Literal

from laodoc.document import Document
from laodoc.export.masking import MASK, is_secret, masked
from laodoc.export.register_lines import Line, received_lines, sent_lines
from laodoc.thai.dates import ERA
from laodoc.thai.folding import folded

Kind = Literal["received", "sent"]
LINES = {"received": received_lines, "sent": sent_lines}

COVERED = ("subject", "action", "receiver")
"""What of a secret letter is covered; number, days and the sender stay, or nobody could ask for it."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers that no letter of the archive has: `first` to `last` of a series."""

    series: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Section:
    """The register of one office: its lines by number with the gaps between them, those without a number last."""

    office: str
    entries: tuple[Line | Gap, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """The year is of the Buddhist era; `undated` letters could be put into no year and are listed in `without_day`,
    `hidden` values are covered."""

    kind: Kind
    year: int
    sections: tuple[Section, ...]
    undated: int
    hidden: int
    without_day: tuple[Line, ...] = ()


def register_of(
    documents: Iterable[Document], kind: Kind, year: int, *, office: str | None = None, unmask: bool = False
) -> Register:
    """The register of the office whose name (or, of letters sent, document number) contains `office`; without one, a
    section for each office that received or sent something.

    A letter that was scanned twice has one line. Of secret letters `COVERED` is covered, and identity numbers anywhere.
    """
    book = _Book()
    undated, hidden = list[Line](), 0
    for document in documents:
        for letter in document.letters:
            for line in LINES[kind](letter, document.source.name):
                if office and not any(folded(office) in folded(said) for said in (line.office, line.letter)):
                    continue
                if line.day is None:
                    undated.append(line if unmask else _covered(line, secret=is_secret(letter))[0])
                if line.day is None or line.day.year + ERA != year:
                    continue
                kept, count = (line, 0) if unmask else _covered(line, secret=is_secret(letter))
                hidden += count if book.enter(office or kept.office, kept) else 0
    return Register(kind, year, tuple(book.sections()), len(undated), hidden, tuple(undated))


@dataclass
class _Book:
    """The lines of each office, gathered."""

    lines: dict[str, list[Line]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def enter(self, office: str, line: Line) -> bool:
        """Whether the line is new; where it is not, its place is noted with the one that stands there."""
        key = folded(office)
        self.names.setdefault(key, office)
        lines = self.lines.setdefault(key, [])
        for index, other in enumerate(lines):
            if replace(line, remark=other.remark) == other or _one_entry(line, other):
                lines[index] = replace(other, remark="; ".join(dict.fromkeys((other.remark, line.remark))))
                return False
        lines.append(line)
        return True

    def sections(self) -> Iterator[Section]:
        """By the offices' names."""
        for key in sorted(self.lines):
            numbered = sorted((line for line in self.lines[key] if line.running), key=_by_number)
            others = sorted((line for line in self.lines[key] if not line.running), key=_by_day)
            entries: list[Line | Gap] = []
            for _, series in groupby(numbered, key=lambda line: line.series):
                entries.extend(_with_gaps(list(series)))
            yield Section(self.names[key], (*entries, *others))


def _one_entry(line: Line, other: Line) -> bool:
    """Whether two scans show one entry: its number was understood, and letter and day are the same."""
    if line.running is None or (line.series, line.running, line.day) != (other.series, other.running, other.day):
        return False
    return folded(line.letter) == folded(other.letter)


def _by_number(line: Line) -> tuple[str, int, date]:
    return line.series, line.running or 0, line.day or date.max


def _by_day(line: Line) -> tuple[date, str]:
    return line.day or date.max, line.letter


def _with_gaps(lines: list[Line]) -> Iterator[Line | Gap]:
    """The lines of one series, from its first number on, with what is missing; a number with two letters says so."""
    expected = 1
    for line, before in zip(lines, (None, *lines), strict=False):
        running = line.running or 0
        if running > expected:
            yield Gap(line.series, expected, running - 1)
        twice = before is not None and before.running == running
        yield replace(line, remark=f"{TWICE}; {line.remark}") if twice else line
        expected = running + 1


TWICE = "เลขซ้ำ"


def _covered(line: Line, *, secret: bool) -> tuple[Line, int]:
    """The line with what is secret covered, and in how many places."""
    changed: dict[str, Any] = {}
    for name in ("number", "letter", "dated", "sender", "receiver", "subject", "action", "office"):
        value = getattr(line, name)
        kept = MASK if secret and name in COVERED and value else masked(value) if isinstance(value, str) else value
        if kept != value:
            changed[name] = kept
    return replace(line, **changed), len(changed)
