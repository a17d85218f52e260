"""What of the documents is exported: `--since DAY` and `--where CONDITIONS`."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from laodoc.document import Document, Field, Letter
from laodoc.errors import UsageError
from laodoc.export import KEYS, KEYS_OF_LETTERS, KEYS_OF_RECORDS
from laodoc.export.formats import Item
from laodoc.export.narrowing import letter_pages, letterless_pages, narrowed
from laodoc.messages import Message
from laodoc.thai.folding import folded

CONDITION = re.compile(r"\s*(\w+)\s*([=~])\s*(.*?)\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Condition:
    """`key=value` (the same) or, `within`, `key~value` (contains); neither spaces nor the script of digits matter."""

    key: str
    value: str
    within: bool = False

    def met_by(self, said: str | None) -> bool:
        text, value = folded(said or ""), folded(self.value)
        return value in text if self.within else value == text


@dataclass(frozen=True, slots=True)
class Wanted:
    """Letters of the day `since` or later, and conditions that all hold; nothing: everything."""

    since: date | None = None
    where: tuple[Condition, ...] = ()


def conditions(text: str) -> tuple[Condition, ...]:
    """`province=อุตรดิตถ์,subject~สำรวจ` → two conditions.

    Raises:
        UsageError: it is something else, or a key is unknown.
    """
    found = []
    for part in text.split(","):
        match = CONDITION.fullmatch(part)
        if match is None or not match[3]:
            raise UsageError(Message("where-option", part=part))
        if match[1] not in KEYS:
            raise UsageError(Message("where-key", key=match[1], keys=", ".join(KEYS)))
        found.append(Condition(match[1], match[3], within=match[2] == "~"))
    return tuple(found)


def wanted_items(items: Iterable[Item], wanted: Wanted) -> Iterator[Item]:
    """What is wanted of each item, without those of which nothing is."""
    for item in items:
        document = wanted_of(item.document, wanted)
        if document is not None:
            yield item if document is item.document else item.cut(document)


def wanted_of(document: Document, wanted: Wanted) -> Document | None:
    """What is wanted of a document, or None.

    Conditions on letters keep the letters that meet them, with all that belongs to those; conditions on records keep
    the records that meet them, with their letters (or, where a record has none, its page).
    """
    if wanted == Wanted():
        return document
    if not all(condition.met_by(document.source.name) for condition in wanted.where if condition.key == "file"):
        return None
    of_letters = [condition for condition in wanted.where if condition.key in KEYS_OF_LETTERS]
    of_records = [condition for condition in wanted.where if condition.key in KEYS_OF_RECORDS]
    letters = {
        letter.id: letter
        for letter in document.letters
        if _in_time(letter, wanted.since) and all(_letter_meets(letter, condition) for condition in of_letters)
    }
    narrow = bool(of_letters) or wanted.since is not None
    records = [
        record
        for record in document.records
        if (record.letter in letters if record.letter else not narrow)
        and all(condition.met_by(getattr(record, condition.key)) for condition in of_records)
    ]
    if of_records:
        letters = {record.letter: letters[record.letter] for record in records if record.letter}
    pages = {page for letter in letters.values() for page in letter_pages(letter, document)}
    if of_records:
        pages |= {record.page for record in records}
    elif not narrow:
        pages |= letterless_pages(document)
    return narrowed(document, pages, records) if pages else None


def _in_time(letter: Letter, since: date | None) -> bool:
    """A letter without a day that was understood is of no day."""
    if since is None:
        return True
    return letter.date is not None and isinstance(letter.date.value, str) and letter.date.value >= since.isoformat()


def _letter_meets(letter: Letter, condition: Condition) -> bool:
    if condition.key == "form":
        return condition.met_by(letter.form)
    given = letter.recipients if condition.key == "recipient" else (getattr(letter, condition.key),)
    return any(condition.met_by(said) for field in given if field is not None for said in _said(field))


def _said(field: Field) -> tuple[str, ...]:
    """As printed, and as understood."""
    return (field.text,) if field.value is None else (field.text, str(field.value))
