"""A file for each letter, named by a template."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from laodoc.document import Document, Field, Letter
from laodoc.errors import UsageError
from laodoc.export import NAME_PARTS
from laodoc.export.formats import Item
from laodoc.export.masking import is_secret
from laodoc.export.narrowing import letter_pages, letterless_pages, narrowed
from laodoc.messages import Message

TEMPLATE = "{date}_{number}_{subject}"
PART = re.compile(r"\{(\w+)\}")


def check_template(template: str) -> None:
    """Raises:
    UsageError: it names something else, or nothing.
    """
    named = PART.findall(template)
    if not named or not set(named) <= set(NAME_PARTS) or set(PART.sub("", template)) & set("{}"):
        parts = ", ".join(f"{{{part}}}" for part in NAME_PARTS)
        raise UsageError(Message("names-option", parts=parts, template=template))


def letter_items(items: Iterable[Item], template: str = TEMPLATE) -> Iterator[Item]:
    """Each letter with all that belongs to it as an item of its own; then, once, the pages that belong to none.

    A letter that is attached to another one goes with it, and alone too.
    """
    for item in items:
        document = item.document
        for letter in document.letters:
            pages = set(letter_pages(letter, document))
            records = [record for record in document.records if record.page in pages]
            name = name_of(letter, document, template)
            yield item.cut(narrowed(document, pages, records), name)
        rest = letterless_pages(document)
        if rest:
            records = [record for record in document.records if record.page in rest]
            name = f"{Path(document.source.name).stem}_{'-'.join(map(str, sorted(rest)))}"
            yield item.cut(narrowed(document, rest, records), name)


def name_of(letter: Letter, document: Document, template: str) -> str:
    """The template filled in; what the letter lacks is left out with the separator that follows it. The name of a
    secret letter does not say what it is about."""
    said = {
        "date": _said(letter.date),
        "number": _said(letter.number),
        "subject": "" if is_secret(letter) else _said(letter.subject),
        "sender": _said(letter.sender),
        "letter": letter.id,
        "file": Path(document.source.name).stem,
    }
    filled = PART.sub(lambda match: said[match[1]].replace("_", " "), template)
    named = re.sub(r"_{2,}", "_", filled).strip("_ ")
    return named or f"{said['file']}_{letter.id}"


def _said(field: Field | None) -> str:
    """A field as understood, else as printed, in one line."""
    if field is None:
        return ""
    return " ".join(str(field.text if field.value is None else field.value).split())
