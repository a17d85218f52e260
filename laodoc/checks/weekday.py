"""A weekday and its date check each other."""

from collections.abc import Iterator

from laodoc.checks.letter_dates import letter_dates
from laodoc.document import BBox, Document, Finding
from laodoc.messages import Message
from laodoc.thai.dates import WEEKDAYS, FoundDate, find_dates


def check_weekdays(document: Document) -> tuple[Finding, ...]:
    """A finding for every date of the document that is printed with a weekday on which it does not fall."""
    found: dict[tuple[int, FoundDate], Finding] = {}
    for page, dated, bbox, letter in _printed(document):
        if dated.weekday is None or dated.weekday == dated.date.weekday():
            continue
        expected, printed = WEEKDAYS[dated.date.weekday()], WEEKDAYS[dated.weekday]
        key = (page, FoundDate(dated.date, 0, 0, dated.weekday))
        found.setdefault(
            key,
            Finding(
                rule="weekday",
                severity="warning",
                message=Message("weekday", day=dated.date.isoformat(), expected=expected, printed=printed),
                page=page,
                bbox=bbox,
                letter=letter,
                expected=expected,
                found=printed,
            ),
        )
    return tuple(found.values())


def _printed(document: Document) -> Iterator[tuple[int, FoundDate, BBox | None, str | None]]:
    """All dates on paper: first the fields of letters, whose place is known, then whatever else the pages say."""
    for letter in document.letters:
        for dated in letter_dates(letter):
            for found in find_dates(dated.field.text):
                yield dated.field.page, found, dated.field.bbox, letter.id
    for page in document.pages:
        for found in find_dates(page.text):
            yield page.number, found, None, None
