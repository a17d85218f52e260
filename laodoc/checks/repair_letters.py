"""Sets right, in letters, what their other parts contradict and the ink itself may also say.

Two witnesses, as in tables: a day of receipt that no other step allows, or letters of a number that no agency has, and
another reading of the same ink that is free of the fault. What the recognizer does not offer is left, for the checks
to tell.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from laodoc.document import Alternative, Field, Finding, Letter, Rule
from laodoc.messages import Message
from laodoc.thai.dates import find_dates
from laodoc.thai.offices import is_agency, letters_of

LATEST_DAYS = 366
"""A letter is received within a year of its day."""

LEAST_SHARE = 0.1
"""Another reading counts if it is at least so many times as likely as the one that was taken first."""

DISTINCT = 2.0
"""By how many times a reading must be likelier than the next possible one."""

SURE = 0.5
"""Confidence below which a year gives way to the only possible one that the ink offers at all."""
SURE_AGAINST = 0.9
"""Confidence from which a day of receipt stands although no other step allows it: the paper may be wrong."""

Change = Callable[[Field], Field]


def repair_letters(letters: Iterable[Letter]) -> tuple[tuple[Letter, ...], tuple[Finding, ...]]:
    """The letters with repaired days of receipt and agency letters, and a finding for each repair."""
    repaired, findings = [], []
    for letter in letters:
        found: list[Finding] = []
        repaired.append(_repaired(letter, found))
        findings += found
    return tuple(repaired), tuple(findings)


def _repaired(letter: Letter, findings: list[Finding]) -> Letter:
    def told(
        rule: Rule, code: str, mend: Callable[[Field], str | None], doubted: Change = lambda field: field
    ) -> Change:
        def change(field: Field) -> Field:
            value = mend(field)
            if value is None:
                return doubted(field)
            findings.append(_finding(letter, rule, Message(code, letter=letter.id), field, value))
            return field.model_copy(update={"value": value})

        return change

    agency = told("number-code", "number-code-repaired", listed_letters)
    sent = _day(letter.date)
    receipt = told(
        "date-order",
        "receipt-day-repaired",
        lambda field: possible_day(field, sent),
        doubted=lambda field: without_guess(field, sent),
    )
    return letter.model_copy(
        update={
            "number": letter.number and agency(letter.number),
            "references": tuple(each.model_copy(update={"number": agency(each.number)}) for each in letter.references),
            "endorsements": tuple(
                note.model_copy(update={"number": note.number and agency(note.number)}) for note in letter.endorsements
            ),
            "received": tuple(
                stamp.model_copy(update={"date": stamp.date and receipt(stamp.date)}) for stamp in letter.received
            ),
        }
    )


def listed_letters(number: Field) -> str | None:
    """The value of another reading of a number whose own letters no agency has; None where its own are listed, or where
    no reading, or more than one, has listed letters."""
    value = str(number.value or "")
    own = letters_of(value)
    if own is None or is_agency(own):
        return None
    offered = {letters for other in number.alternatives if (letters := letters_of(other.text)) and is_agency(letters)}
    return f"{offered.pop()}{value[len(own) :]}" if len(offered) == 1 else None


def possible_day(field: Field, sent: date | None) -> str | None:
    """The likeliest other reading of a day of receipt that could not be read, or is before the letter was `sent` or a
    year later; None where the day is possible, or no reading of any weight is, or two are as likely."""
    day = _day(field)
    if sent is None or (day is not None and _possible(day, sent)):
        return None
    least = LEAST_SHARE * field.confidence if day else 0.0
    unsure = field.confidence < SURE
    ranked = sorted(field.alternatives, key=lambda other: -other.confidence)
    possible = [
        (other.confidence, each)
        for other in ranked
        for each in _days(other)
        if _possible(each, sent) and (other.confidence >= least or (unsure and _same_but_year(each, day)))
    ]
    if not possible or (len(possible) > 1 and possible[0][0] < DISTINCT * possible[1][0]):
        return None
    return possible[0][1].isoformat()


def without_guess(field: Field, sent: date | None) -> Field:
    """A day of receipt without its value where it was read with little confidence and is not possible either."""
    day = _day(field)
    if sent is None or day is None or _possible(day, sent) or field.confidence >= SURE_AGAINST:
        return field
    return field.model_copy(update={"value": None})


def _same_but_year(one: date, other: date | None) -> bool:
    """Whether only the year tells the days apart: which one it is, the letter's own day says."""
    return other is not None and (one.month, one.day) == (other.month, other.day)


def _possible(day: date, sent: date) -> bool:
    return sent <= day <= sent + timedelta(days=LATEST_DAYS)


def _days(reading: Alternative) -> Iterator[date]:
    yield from (each.date for each in find_dates(reading.text))


def _day(field: Field | None) -> date | None:
    try:
        return date.fromisoformat(str(field.value)) if field else None
    except ValueError:
        return None


def _finding(letter: Letter, rule: Rule, message: Message, field: Field, value: str) -> Finding:
    return Finding(
        rule=rule,
        severity="info",
        message=message,
        page=field.page,
        bbox=field.bbox,
        letter=letter.id,
        expected=value,
        found=field.value,
        repaired=True,
    )
