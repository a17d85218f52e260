"""Which pages of a bundle are letters, and what is attached to each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from laodoc.document import Form
from laodoc.parsing.headings import Label, begins_body, form_of, heading_of, title_of
from laodoc.parsing.passages import PrintedLine, printed_lines, without
from laodoc.parsing.stamps import stamp_lines, unframed_stamp
from laodoc.recognition.reading import PageReading

HEADING_ZONE = 0.6
"""A letter's number and addressee stand in this upper part of its first page."""


@dataclass(frozen=True, slots=True)
class LetterPages:
    """One letter: its pages, and the numbers of the pages attached to it (tables and others), in order."""

    form: Form
    pages: tuple[PageReading, ...]
    attached: tuple[int, ...]


def split(pages: Sequence[PageReading], table_pages: Collection[int]) -> tuple[LetterPages, ...]:
    """Part a bundle into letters.

    A page opens a letter where it bears a title (memo, order, announcement, minutes) or an addressee with a number or
    subject above or a letter's first words below. Pages without a table go on with the letter above until the first
    attachment; whatever comes then is attached. Text before the first letter is a letter of form "other"; tables before
    it belong to none.
    """
    found: list[LetterPages] = []
    for page in pages:
        form = opening_form(page, has_table=page.number in table_pages)
        if form is not None:
            found.append(LetterPages(form, (page,), ()))
        elif found and (found[-1].attached or page.number in table_pages):
            last = found[-1]
            found[-1] = LetterPages(last.form, last.pages, (*last.attached, page.number))
        elif found:
            found[-1] = LetterPages(found[-1].form, (*found[-1].pages, page), ())
        elif page.number not in table_pages and printed_lines(page):
            found.append(LetterPages("other", (page,), ()))
    return tuple(found)


def opening_form(page: PageReading, *, has_table: bool) -> Form | None:
    """The form of the letter that begins on this page, or None where none does."""
    lines = own_lines(page)
    title = title_of(lines)
    if title is not None:
        return title[0]
    heading = heading_of([line for line in lines if line.bbox.top < HEADING_ZONE * page.height], "other")
    labels = {section.label for section in heading.sections}
    wanted = {Label.NUMBER, Label.SUBJECT} if not has_table else {Label.NUMBER}
    begun = heading.body < len(lines) and begins_body(lines[heading.body])
    if Label.TO in labels and (labels & wanted or begun):
        return form_of(lines, heading)
    return None


def own_lines(page: PageReading) -> tuple[PrintedLine, ...]:
    """The lines of the page that stand in no stamp."""
    lines = printed_lines(page)
    stamped = [line for inside in stamp_lines(lines, page.regions).values() for line in inside]
    rest = without(lines, stamped)
    return without(rest, unframed_stamp(rest, page.height))
