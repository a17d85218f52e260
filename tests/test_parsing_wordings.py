"""Letters in wordings of many offices (`letter_wordings.py`): every field of theirs, and none that they lack."""

from collections.abc import Iterator

import pytest
from letter_wordings import STAMPS, WORDINGS
from readings import page, typed

from laodoc.document import Field, Letter
from laodoc.parsing.letters import build_letters
from laodoc.parsing.passages import printed_lines
from laodoc.parsing.stamps import stamp_of


def fields_of(letter: Letter) -> dict[str, list[str]]:
    """All that a letter says by the names of its fields: values, or texts where a field has no value."""
    found: dict[str, list[str]] = {}
    for name, field in _named(letter):
        if field is not None:
            found.setdefault(name, []).append(field if isinstance(field, str) else str(field.value or field.text))
    return found


def _named(letter: Letter) -> Iterator[tuple[str, Field | str | None]]:
    yield "form", letter.form
    for name in ("number", "date", "sender", "subject", "urgency", "secrecy", "deadline", "as_of"):
        yield name, getattr(letter, name)
    yield from (("recipient", to) for to in letter.recipients)
    yield from (("enclosure", each) for each in letter.enclosures)
    if letter.signatory:
        yield from (("signatory", letter.signatory.name), ("position", letter.signatory.position))
    for each in letter.references:
        yield from (("reference number", each.number), ("reference date", each.date))
    for contact in letter.contacts:
        yield from ((f"contact {n}", getattr(contact, n)) for n in ("name", "phone", "extension", "fax", "email"))
    for stamp in letter.received:
        yield from ((f"received {n}", getattr(stamp, n)) for n in ("office", "number", "date", "time"))
    for note in letter.endorsements:
        yield from ((f"endorsement {n}", getattr(note, n)) for n in ("office", "number", "date"))
        yield "endorsement signatory", note.signatory.name if note.signatory else None


@pytest.mark.parametrize("name", WORDINGS)
def test_wordings(name: str) -> None:
    """A letter gives all that it says, and nothing else."""
    text, said = WORDINGS[name]
    (letter,) = build_letters([page(1, typed(text))], [])
    assert fields_of(letter) == said


@pytest.mark.parametrize("name", STAMPS)
def test_stamps(name: str) -> None:
    """A received stamp gives office, number, day and time, and null for what is not there or cannot be."""
    text, said = STAMPS[name]
    stamp = stamp_of(printed_lines(page(1, typed(text, top=10))))
    assert stamp is not None
    parts = (stamp.number, stamp.date, stamp.time)
    assert (stamp.office.text, *(str(part.value) if part and part.value else None for part in parts)) == said
