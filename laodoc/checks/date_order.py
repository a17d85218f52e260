"""The steps of a letter follow each other in time."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from laodoc.checks.letter_dates import Dated, Step, letter_dates
from laodoc.document import Document, Finding, Letter
from laodoc.messages import Message


class Rule(NamedTuple):
    """`before` is no later than `after`; `code` is of the sentence that says what the paper claims where it is."""

    before: Step
    after: Step
    code: str


RULES = (
    Rule("letter", "received", "date-order-received"),
    Rule("letter", "endorsed", "date-order-endorsed"),
    Rule("received", "endorsed", "date-order-endorsed-received"),
    Rule("reference", "letter", "date-order-reference"),
    Rule("data", "letter", "date-order-data"),
    Rule("letter", "deadline", "date-order-deadline"),
)


def check_date_order(document: Document) -> tuple[Finding, ...]:
    """A finding for every step that is dated before one that must come first, in a letter or in what it passes on."""
    letters = {letter.id: letter for letter in document.letters}
    findings: list[Finding] = []
    for letter in document.letters:
        findings.extend(_within(letter))
        for other in (letters[name] for name in letter.attachments if name in letters):
            findings.extend(_forwarded(other, letter))
    return tuple(findings)


def _within(letter: Letter) -> Iterator[Finding]:
    dated = [(day, entry) for entry in letter_dates(letter) if (day := entry.day)]
    for rule in RULES:
        befores = [(day, entry) for day, entry in dated if entry.step == rule.before]
        if rule.before == "received":
            befores = sorted(befores, key=lambda pair: pair[0])[:1]  # the stamps of later offices come after the note
        for first, _ in befores:
            for day, entry in dated:
                if entry.step == rule.after and day < first:
                    yield _finding(
                        letter,
                        entry,
                        first,
                        Message(rule.code, letter=letter.id, day=day, first=first),
                    )


def _forwarded(forwarded: Letter, letter: Letter) -> Iterator[Finding]:
    """A letter that passes another on is received and endorsed after that one was written."""
    written = next((entry.day for entry in letter_dates(forwarded) if entry.step == "letter"), None)
    for entry in letter_dates(letter):
        if written and entry.step in ("letter", "received", "endorsed") and entry.day and entry.day < written:
            message = Message(
                "date-order-forwarded",
                letter=letter.id,
                other=forwarded.id,
                day=entry.day,
                first=written,
            )
            yield _finding(letter, entry, written, message)


def _finding(letter: Letter, entry: Dated, first: date, message: Message) -> Finding:
    return Finding(
        rule="date-order",
        severity="warning",
        message=message,
        page=entry.field.page,
        bbox=entry.field.bbox,
        letter=letter.id,
        expected=first.isoformat(),
        found=entry.field.value,
    )
