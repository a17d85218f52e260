"""Pages of a letter that must lie between, or behind, those that were scanned."""

from collections.abc import Iterator
from itertools import pairwise

from laodoc.document import Document, Finding, Letter, Page
from laodoc.messages import Message
from laodoc.thai.page_numbers import begins_with, catchword_on_page, number_on_page


def check_paging(document: Document) -> tuple[Finding, ...]:
    """A finding where the numbers printed on the pages of a letter leave one out, or a catchword leads nowhere.

    Pages of no known form may be cut from a book that counts on: their numbers say nothing.
    """
    pages = {page.number: page for page in document.pages}
    findings: list[Finding] = []
    for letter in document.letters:
        own = [pages[number] for number in letter.pages if number in pages]
        if letter.form != "other":
            findings.extend(_left_out(letter, own))
        findings.extend(_led_nowhere(letter, own))
    return tuple(findings)


def _left_out(letter: Letter, pages: list[Page]) -> Iterator[Finding]:
    before = (0, 1)
    for index, page in enumerate(pages):
        number = number_on_page(page.lines, page.width, page.height)
        if number is None:
            continue
        expected = before[1] + index - before[0]
        if number != expected:
            yield Finding(
                rule="missing-page",
                severity="warning",
                message=Message("missing-page", expected=expected, letter=letter.id, found=number),
                page=page.number,
                letter=letter.id,
                expected=expected,
                found=number,
            )
        before = (index, number)


def _led_nowhere(letter: Letter, pages: list[Page]) -> Iterator[Finding]:
    for page, after in pairwise((*pages, None)):
        line = catchword_on_page(page.lines, page.width, page.height) if page else None
        if page is None or line is None or (after is not None and begins_with(after.lines, line.said)):
            continue
        code = "missing-page-otherwise" if after else "missing-page-none"
        yield Finding(
            rule="missing-page",
            severity="warning",
            message=Message(code, letter=letter.id, word=line.said.strip()),
            page=page.number,
            bbox=line.bbox,
            letter=letter.id,
        )
