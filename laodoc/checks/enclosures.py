"""What a letter says to have been sent with it should lie in the bundle, or behind a QR code."""

from laodoc.document import Document, Finding
from laodoc.messages import Message


def check_enclosures(document: Document) -> tuple[Finding, ...]:
    """A finding for each letter with enclosures of which the bundle has nothing: no attached page and no QR code.

    For information only: archives often keep the letter alone.
    """
    coded = {page.number for page in document.pages if page.codes}
    findings = []
    for letter in document.letters:
        if letter.enclosures and not letter.attachments and not coded.intersection(letter.pages):
            first = letter.enclosures[0]
            count = len(letter.enclosures)
            findings.append(
                Finding(
                    rule="enclosure-missing",
                    severity="info",
                    message=Message("enclosure-missing", letter=letter.id, count=count),
                    page=first.page,
                    bbox=first.bbox,
                    letter=letter.id,
                    expected=count,
                    found=0,
                )
            )
    return tuple(findings)
