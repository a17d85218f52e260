"""Pages of a letter that must lie between, or behind, those that were scanned."""

import re
from collections.abc import Iterator
from itertools import pairwise

from rapidfuzz.fuzz import partial_ratio

from laodoc.document import Document, Finding, Letter, Line, Page
from laodoc.thai.digits import to_arabic

TOP = 0.12
"""A page's number stands in this upper part of it."""

MIDDLE = 0.15
"""How far from the page's middle, as a share of its width."""

BOTTOM = 0.75
"""A catchword stands below this share of the page's height, at its right."""

ALIKE = 75.0
"""How much (0..100) of a catchword must begin the next page: both are read by the same reader, with its slips."""

REACH = 3
"""The page that a catchword leads to begins with it in one of its first lines: its number and stamps stand above."""

SHORTEST = 3
"""Letters that a catchword has at least; less may be a date's slash."""

_NUMBER = re.compile(r"[-–—.\s]*([0-9]{1,3})[-–—.\s]*")
_CATCHWORD = re.compile(r"\s*/\s?(?P<word>[^/]*?)[\s.…]*")


def check_paging(document: Document) -> tuple[Finding, ...]:
    """A finding where the numbers printed on the pages of a letter leave one out, or a catchword leads nowhere."""
    pages = {page.number: page for page in document.pages}
    findings: list[Finding] = []
    for letter in document.letters:
        own = [pages[number] for number in letter.pages if number in pages]
        findings.extend(_left_out(letter, own))
        findings.extend(_led_nowhere(letter, own))
    return tuple(findings)


def number_on(page: Page) -> int | None:
    """The number printed at the top of the page (`- ๒ -`), or None."""
    for line in page.lines:
        box = line.bbox
        centred = abs((box.left + box.right) / 2 - page.width / 2) <= MIDDLE * page.width
        match = _NUMBER.fullmatch(to_arabic(line.text))
        if match and centred and box.bottom <= TOP * page.height:
            return int(match[1])
    return None


def catchword_on(page: Page) -> Line | None:
    """The line at the foot of the page that says how the next one begins (`/๒. ให้ …`), or None."""
    for line in reversed(page.lines):
        match = _CATCHWORD.fullmatch(line.text)
        low = line.bbox.top >= BOTTOM * page.height and line.bbox.left >= page.width / 2
        if match and low and len(match["word"]) >= SHORTEST:
            return line
    return None


def _left_out(letter: Letter, pages: list[Page]) -> Iterator[Finding]:
    known = [(index, page, number) for index, page in enumerate(pages) if (number := number_on(page)) is not None]
    before = (0, 1)
    for index, page, number in known:
        expected = before[1] + index - before[0]
        if number != expected:
            yield Finding(
                rule="missing-page",
                severity="warning",
                message=f"the page is number {expected} of {letter.id}, but says {number}",
                page=page.number,
                letter=letter.id,
                expected=expected,
                found=number,
            )
        before = (index, number)


def _led_nowhere(letter: Letter, pages: list[Page]) -> Iterator[Finding]:
    for page, after in pairwise((*pages, None)):
        line = catchword_on(page) if page else None
        if page is None or line is None or (after is not None and _begins_with(after, line.text)):
            continue
        begins = "the next page begins otherwise" if after else "no page follows"
        yield Finding(
            rule="missing-page",
            severity="warning",
            message=f"{letter.id} goes on with “{line.text.strip()}”, but {begins}",
            page=page.number,
            bbox=line.bbox,
            letter=letter.id,
        )


def _begins_with(page: Page, catchword: str) -> bool:
    match = _CATCHWORD.fullmatch(catchword)
    word = "".join(match["word"].split()) if match else ""
    first = ["".join(line.text.split())[: len(word)] for line in page.lines[: 2 * REACH]]
    return any(partial_ratio(word, start) >= ALIKE for start in first if len(start) >= SHORTEST)
