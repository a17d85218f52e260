"""What leaves laodoc: the record of one scanned file, as frozen models.

The models are the JSON format (`laodoc/1`). Every value read from paper is a `Field`: the text as printed beside its
normalised value, with page, box and confidence. Boxes are in pixels of the upright page, origin top-left; pages count
from 1, every other index from 0; a confidence lies in 0..1 and has three decimals.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field as Alias
from pydantic import ValidationError, model_validator

from laodoc.document.base import (
    Alternative,
    BBox,
    Confidence,
    Event,
    Field,
    Form,
    MarkKind,
    Meaning,
    Model,
    NoteKind,
    RegionKind,
    Role,
    RowKind,
    Rule,
    Script,
    Severity,
    TableKind,
    TextLayer,
)
from laodoc.document.letters import Amount, Contact, Endorsement, Letter, Meeting, Received, Reference, Signatory
from laodoc.document.pages import Checkbox, Code, EngineInfo, Entry, Line, Page, Region, Source
from laodoc.document.tables import Bar, Cell, Column, Counts, LegendEntry, Place, Record, Row, Table, Words
from laodoc.errors import InputError
from laodoc.messages import Language, Message, language

__all__ = [
    "SCHEMA",
    "Alternative",
    "Amount",
    "BBox",
    "Bar",
    "Cell",
    "Checkbox",
    "Code",
    "Column",
    "Confidence",
    "Contact",
    "Counts",
    "Document",
    "Endorsement",
    "EngineInfo",
    "Entry",
    "Event",
    "Field",
    "Finding",
    "Form",
    "LegendEntry",
    "Letter",
    "Line",
    "MarkKind",
    "Meaning",
    "Meeting",
    "Model",
    "NoteKind",
    "Page",
    "Place",
    "Received",
    "Record",
    "Reference",
    "Region",
    "RegionKind",
    "Role",
    "Routing",
    "Row",
    "RowKind",
    "Rule",
    "Script",
    "Severity",
    "Signatory",
    "Source",
    "Table",
    "TableKind",
    "TextLayer",
    "Words",
    "parse_record",
]

SCHEMA: Literal["laodoc/1"] = "laodoc/1"


class Routing(Model):
    """One step of the way that the paper went."""

    from_: str | None = Alias(alias="from")
    to: str | None
    number: str | None
    date: str | None
    event: Event
    page: int


class Finding(Model):
    """Something that does not agree, or could not be read. `message` is the English sentence of `code` with `values`,
    by which `told` says it in the user's language."""

    omitted_when_unset = frozenset({"code", "values"})

    rule: Rule
    severity: Severity
    message: str
    page: int | None
    bbox: BBox | None = None
    table: str | None = None
    sequence: int | None = None
    column: int | None = None
    letter: str | None = None
    expected: str | int | float | None = None
    found: str | int | float | None = None
    repaired: bool = False
    code: str | None = None
    values: dict[str, Any] = Alias(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _take_message(cls, given: Any) -> Any:
        message = given.get("message") if isinstance(given, dict) else None
        return {**given, **message.kept()} if isinstance(message, Message) else given

    @property
    def told(self) -> str:
        """The message in the user's language, or as it is where another laodoc has written it."""
        return self.told_in(language())

    def told_in(self, wanted: Language) -> str:
        """The message in a language, or as it is where another laodoc has written it."""
        try:
            return Message.of(self.code, self.values).in_language(wanted) if self.code else self.message
        except KeyError:
            return self.message


class Document(Model):
    """The record of one scanned file."""

    schema_: Literal["laodoc/1"] = Alias(alias="schema", default=SCHEMA)
    source: Source
    engine: EngineInfo
    pages: tuple[Page, ...]
    letters: tuple[Letter, ...]
    tables: tuple[Table, ...]
    records: tuple[Record, ...]
    routing: tuple[Routing, ...]
    findings: tuple[Finding, ...]


def parse_record(content: bytes, *, name: str) -> Document:
    """The document that a record's JSON holds; `name` is for the message.

    Raises:
        InputError: it is no record; the message says where it is not.
    """
    try:
        return Document.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the start"
        raise InputError(Message("not-a-record", name=name, why=first["msg"], where=where)) from error
