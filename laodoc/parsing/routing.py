"""The way that the paper went: sent, received, forwarded and decided on, in the order of time."""

from collections.abc import Sequence

from laodoc.document import Endorsement, Event, Field, Letter, Routing

UNDATED = "9999"
"""Sorts behind every date."""

_ORDER: dict[Event, int] = {"sent": 0, "received": 1, "forwarded": 2, "decided": 3}


def build_routing(letters: Sequence[Letter]) -> tuple[Routing, ...]:
    """All steps of all letters by date.

    An undated step stands right before the next dated one of its letter; a letter without any date stands last. On one
    day a letter is sent before it is received, received before it is forwarded, and forwarded before it is decided on.
    """
    steps: list[tuple[tuple[str, int], Routing]] = []
    for letter in letters:
        known = UNDATED
        for step in reversed((*_sent(letter), *_received(letter), *_forwarded(letter))):
            known = step.date or known
            steps.append(((known, _ORDER[step.event]), step))
    return tuple(step for _, step in sorted(steps, key=lambda entry: entry[0]))


def _sent(letter: Letter) -> list[Routing]:
    if letter.number is None and letter.date is None:
        return []
    to = "; ".join(str(_said(recipient)) for recipient in letter.recipients) or None
    return [_step("sent", _said(letter.sender), to, letter.number, letter.date, letter.pages[0])]


def _received(letter: Letter) -> list[Routing]:
    return [
        _step("received", _said(letter.sender), _said(stamp.office), letter.number, stamp.date, stamp.office.page)
        for stamp in letter.received
    ]


def _forwarded(letter: Letter) -> list[Routing]:
    return [
        _step(
            "decided" if note.decision and not note.to else "forwarded",
            _said(note.office) or _who(note),
            "; ".join(str(_said(recipient)) for recipient in note.to) or None,
            note.number,
            note.date,
            note.office.page,
        )
        for note in letter.endorsements
    ]


def _who(note: Endorsement) -> str | None:
    """Who wrote a note that names no office: the post, else the person."""
    signed = note.signatory
    return (_said(signed.position) or _said(signed.name)) if signed else None


def _step(
    event: Event, sender: str | None, to: str | None, number: Field | None, date: Field | None, page: int
) -> Routing:
    return Routing.model_validate(
        {
            "from": sender,
            "to": to,
            "number": number.value if number else None,
            "date": date.value if date else None,
            "event": event,
            "page": page,
        }
    )


def _said(field: Field | None) -> str | None:
    if field is None:
        return None
    return str(field.value if field.value is not None else field.text) or None
