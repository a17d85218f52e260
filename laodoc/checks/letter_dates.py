"""The dated steps of a letter."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from laodoc.document import Field, Letter

Step = Literal["letter", "data", "reference", "deadline", "received", "endorsed"]


@dataclass(frozen=True, slots=True)
class Dated:
    """A date that a letter bears, and what happened on it."""

    step: Step
    field: Field

    @property
    def day(self) -> date | None:
        """The day, or None where it could not be read, or was edited into no date."""
        try:
            return date.fromisoformat(str(self.field.value))
        except ValueError:
            return None


def letter_dates(letter: Letter) -> Iterator[Dated]:
    """All dates of the letter that stand in fields of their own."""
    single: tuple[tuple[Step, Field | None], ...] = (
        ("letter", letter.date),
        ("data", letter.as_of),
        ("deadline", letter.deadline),
        *(("reference", reference.date) for reference in letter.references),
        *(("received", stamp.date) for stamp in letter.received),
        *(("endorsed", note.date) for note in letter.endorsements),
    )
    for step, field in single:
        if field is not None:
            yield Dated(step, field)
