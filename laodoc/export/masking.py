"""What leaves the house only when asked for: secret letters, and citizens' identity numbers."""

import json
import re
from typing import Any

from laodoc.document import Document, Letter
from laodoc.export.narrowing import letter_pages, narrowed
from laodoc.thai.digits import THAI_DIGITS, to_arabic

COVER = "▒"
MASK = COVER * 3
SHOWN = 3
"""So many characters at the end of an identity number stay, to tell two people apart."""

_DIGIT = f"[0-9{THAI_DIGITS}]"
_IDENTITY = re.compile(rf"(?<!{_DIGIT})(?:{_DIGIT}[ -]?){{12}}{_DIGIT}(?!{_DIGIT})")
_SECRET = re.compile("ลับ|ปกปิด")
_NOT_READ = frozenset(("sha256", "id"))
"""Keys of the record under which digits are no one's number."""


def is_secret(letter: Letter) -> bool:
    """Whether a letter is marked ลับ or above."""
    return letter.secrecy is not None and _SECRET.search(letter.secrecy.said) is not None


def masked(text: str) -> str:
    """The text, as long as before, with every citizen's identity number covered but for its last three characters."""
    return _IDENTITY.sub(lambda match: _covered(match[0]) if is_identity(match[0]) else match[0], text)


def _covered(number: str) -> str:
    return re.sub(_DIGIT, COVER, number[:-SHOWN]) + number[-SHOWN:]


def is_identity(text: str) -> bool:
    """Whether thirteen digits end in the check digit of a Thai identity number (weights 13 to 2, modulo 11)."""
    digits = [int(digit) for digit in to_arabic(text) if digit.isdigit()]
    total = sum(weight * digit for weight, digit in zip(range(13, 1, -1), digits, strict=False))
    return len(digits) == len("1234567890123") and (11 - total % 11) % 10 == digits[-1]


def secret_pages(document: Document) -> set[int]:
    """The pages of letters marked ลับ or above, with all that is attached to them."""
    secret = [letter for letter in document.letters if is_secret(letter)]
    return {page for letter in secret for page in letter_pages(letter, document)}


def without_secret_pages(document: Document) -> tuple[Document, int]:
    """The document without the pages of secret letters, and how many those are."""
    hidden = secret_pages(document)
    if not hidden:
        return document, 0
    shown = {page.number for page in document.pages} - hidden
    open_letters = tuple(letter for letter in document.letters if not is_secret(letter))
    records = [record for record in document.records if record.page in shown]
    return narrowed(document.model_copy(update={"letters": open_letters}), shown, records), len(hidden)


def without_identities(document: Document) -> tuple[Document, int]:
    """The document with citizens' identity numbers covered wherever they were read, and how many values were."""
    if not any(is_identity(match[0]) for match in _IDENTITY.finditer(document.model_dump_json())):
        return document, 0
    covered = 0

    def cover(part: Any) -> Any:
        nonlocal covered
        if isinstance(part, dict):
            return {key: value if key in _NOT_READ else cover(value) for key, value in part.items()}
        if isinstance(part, list):
            return [cover(value) for value in part]
        if isinstance(part, bool) or not isinstance(part, str | int):
            return part
        hidden = masked(str(part))
        covered += hidden != str(part)
        return part if hidden == str(part) else hidden

    return Document.model_validate(cover(json.loads(document.model_dump_json()))), covered


def open_document(document: Document, *, unmask: bool) -> tuple[Document, int]:
    """What of a document leaves the house, and how many pages and values do not."""
    if unmask:
        return document, 0
    shown, pages = without_secret_pages(document)
    shown, values = without_identities(shown)
    return shown, pages + values


def open_sheets(document: Document, shown: Document) -> dict[int, int]:
    """The sheet of each page, without the sheets of which something may not be shown."""
    open_pages = {page.number: page for page in shown.pages}
    closed = {page.source_page for page in document.pages if open_pages.get(page.number) != page}
    return {page.number: page.source_page for page in document.pages if page.source_page not in closed}
