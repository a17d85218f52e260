"""A letter and what another letter of the bundle says of it must have the same number and date."""

from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from laodoc.document import Document, Field, Finding, Letter, Reference
from laodoc.messages import Message

MISREAD = 2
"""Characters in which two numbers of the same day may differ and still be meant for one letter."""


def check_references(document: Document) -> tuple[Finding, ...]:
    """A finding for each reference to a letter of the bundle that gives it another date or another number."""
    findings: list[Finding] = []
    for letter in document.letters:
        for reference in letter.references:
            others = [other for other in document.letters if other.id != letter.id]
            findings.extend(_differences(letter, reference, others))
    return tuple(findings)


def _differences(letter: Letter, reference: Reference, others: list[Letter]) -> Iterator[Finding]:
    number, day = reference.number.value, reference.date.value if reference.date else None
    if not number:
        return
    same = [other for other in others if other.number and other.number.value == number]
    dated = [other for other in same if other.date and other.date.value]
    if dated and day and all(other.date and other.date.value != day for other in dated):
        yield _finding(letter, reference.date or reference.number, dated[0], dated[0].date)
    if same or not day:
        return
    for other in others:
        if other.number and other.number.value and other.date and other.date.value == day:
            edits = Levenshtein.distance(str(number), str(other.number.value), score_cutoff=MISREAD)
            if edits <= MISREAD:
                yield _finding(letter, reference.number, other, other.number)


def _finding(letter: Letter, field: Field, other: Letter, meant: Field | None) -> Finding:
    said = meant.value if meant else None
    return Finding(
        rule="reference-mismatch",
        severity="warning",
        message=Message("reference-mismatch", letter=letter.id, other=other.id, found=field.value, said=said),
        page=field.page,
        bbox=field.bbox,
        letter=letter.id,
        expected=said,
        found=field.value,
    )
