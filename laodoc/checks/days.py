"""Days that the calendar does not know, and years of two eras that are not the same."""

from collections.abc import Iterator

from laodoc.checks.letter_dates import letter_dates
from laodoc.document import BBox, Document, Finding
from laodoc.messages import Message
from laodoc.thai.dates import find_dates, find_no_days


def check_days(document: Document) -> tuple[Finding, ...]:
    """A finding for everything on paper that is written as a date and is none, each text of a page once."""
    found: dict[tuple[int, str], Finding] = {}
    for page, text, bbox, letter in _printed(document):
        for printed, message in _wrong(text):
            key = (page, "".join(printed.split()))
            found.setdefault(
                key,
                Finding(
                    rule="no-such-day",
                    severity="warning",
                    message=message,
                    page=page,
                    bbox=bbox,
                    letter=letter,
                    found=printed,
                ),
            )
    return tuple(found.values())


def _wrong(text: str) -> Iterator[tuple[str, Message]]:
    """What is written there as a date, and what is wrong with it."""
    for start, end in find_no_days(text):
        printed = " ".join(text[start:end].split())
        yield printed, Message("no-such-day", printed=printed)
    for day in find_dates(text):
        if not day.agrees:
            printed = " ".join(text[day.start : day.end].split())
            yield printed, Message("eras-differ", printed=printed)


def _printed(document: Document) -> Iterator[tuple[int, str, BBox | None, str | None]]:
    """All text on paper: first the dates of letters, whose place is known, then what else the pages say."""
    for letter in document.letters:
        for dated in letter_dates(letter):
            if not dated.field.corrected:
                yield dated.field.page, dated.field.text, dated.field.bbox, letter.id
    for page in document.pages:
        yield page.number, page.text, None, None
