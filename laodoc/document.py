"""What leaves laodoc: the record of one scanned file, as frozen models.

The models are the JSON format (`laodoc/1`). Every value read from paper is a `Field`: the text as printed beside its
normalised value, with page, box and confidence. Boxes are in pixels of the upright page, origin top-left; pages count
from 1, every other index from 0; a confidence lies in 0..1 and has three decimals.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError, model_serializer
from pydantic import Field as Alias

from laodoc.errors import UsageError

if TYPE_CHECKING:
    from pandas import DataFrame

SCHEMA: Literal["laodoc/1"] = "laodoc/1"


class BBox(NamedTuple):
    """A box in pixels of the upright page; `right` and `bottom` are exclusive."""

    left: int
    top: int
    right: int
    bottom: int


def _three_decimals(confidence: float) -> float:
    if not 0.0 <= confidence <= 1.0:
        raise ValueError("a confidence lies between 0 and 1")
    return round(float(confidence), 3)


Confidence = Annotated[float, AfterValidator(_three_decimals)]

TextLayer = Literal["none", "born-digital", "ocr", "broken"]
Script = Literal["print", "hand"]
RegionKind = Literal["stamp", "signature", "table", "figure", "emblem"]
Form = Literal["stamped", "external", "internal", "order", "announcement", "minutes", "other"]
TableKind = Literal["statistics", "status", "other"]
Role = Literal[
    "sequence", "province", "district", "organisation", "name", "count", "percent", "amount", "mark", "bar", "remark",
    "text",
]  # fmt: skip
Meaning = Literal["total", "done", "pending"]
RowKind = Literal["row", "group", "subtotal", "total", "note", "header"]
MarkKind = Literal["check", "cross", "none"]
Event = Literal["sent", "received", "forwarded"]
Severity = Literal["info", "warning", "error"]
Rule = Literal[
    "sequence-gap", "sequence-repeat", "row-sum", "percent", "column-total", "mark-exclusive", "mark-count",
    "bar-percent", "summary-table", "words-digits", "order", "place-repeat", "unknown-place", "homonym", "weekday",
    "date-order",
    "reference-mismatch", "office-mismatch", "number-code", "enclosure-missing", "missing-page", "damaged-page",
    "text-layer", "unread",
]  # fmt: skip


class Model(BaseModel):
    """Base of all models: frozen, no unknown keys, optional keys left out where they were not set."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True, validate_by_name=True)
    omitted_when_unset: ClassVar[frozenset[str]] = frozenset()

    @model_serializer(mode="wrap")
    def _leave_out_unset(self, serialise: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        absent = self.omitted_when_unset - self.model_fields_set
        return {key: value for key, value in serialise(self).items() if key not in absent}


class Alternative(Model):
    """Another reading of the same ink."""

    text: str
    confidence: Confidence


class Field(Model):
    """One value read from paper: as printed, normalised, and where it stands.

    Where a person has put it right, `corrected` is true, `value` and `confidence` (1) are that person's, and `text`
    stays what was read.
    """

    omitted_when_unset = frozenset({"alternatives", "corrected"})

    text: str
    value: str | int | float | None
    page: int
    bbox: BBox
    confidence: Confidence
    alternatives: tuple[Alternative, ...] = ()
    corrected: bool = False

    @property
    def said(self) -> str:
        """The words of it: as printed, or as a person has put them right."""
        return str(self.value) if self.corrected and self.value is not None else self.text


class Source(Model):
    """The scanned file."""

    name: str
    sha256: str
    bytes: int
    pages: int


class EngineInfo(Model):
    """The recognizer that read the text: its name, version and the digest of its weights."""

    name: str
    version: str
    sha256: str | None


class Line(Model):
    """One line of text; `places`: the middle of each of its characters, pixels from the page's left, where known."""

    text: str
    bbox: BBox
    confidence: Confidence
    script: Script
    places: tuple[int, ...] = ()


class Code(Model):
    """A bar code or QR code and what it says."""

    kind: str
    value: str
    bbox: BBox


class Checkbox(Model):
    """A tick box outside tables, with the text that it belongs to; `state` is null where it is in doubt."""

    state: Literal["checked", "empty"] | None
    label: str
    bbox: BBox
    confidence: Confidence


class Region(Model):
    """A part of the page that is not running text."""

    kind: RegionKind
    bbox: BBox


class Page(Model):
    """One upright page.

    `rotation` is in clockwise degrees that made it upright, `skew` in degrees, `to_source` an affine map
    (x' = a·x + b·y + c, y' = d·x + e·y + f) from upright pixels to points of the source page. `source_page` is the page
    of the file, which differs from `number` where one sheet carries two pages.
    """

    number: int
    source_page: int
    width: int
    height: int
    dpi: float
    source_dpi: float
    rotation: Literal[0, 90, 180, 270]
    skew: float
    to_source: tuple[float, float, float, float, float, float]
    text_layer: TextLayer
    text: str
    lines: tuple[Line, ...]
    codes: tuple[Code, ...]
    checkboxes: tuple[Checkbox, ...]
    regions: tuple[Region, ...]


class Reference(Model):
    """An earlier letter that this one names."""

    issuer: Field | None
    number: Field
    date: Field | None
    subject: Field | None


class Contact(Model):
    """Whom to ask."""

    name: Field | None
    phone: Field | None
    extension: Field | None
    fax: Field | None
    email: Field | None


class Signatory(Model):
    """Who signed, and in which post."""

    name: Field
    position: Field | None


class Received(Model):
    """A received stamp."""

    office: Field
    number: Field | None
    date: Field | None
    time: Field | None


class Endorsement(Model):
    """The note with which a lower office passes the letter on."""

    office: Field
    number: Field | None
    date: Field | None
    to: tuple[Field, ...]
    text: Field
    signatory: Signatory | None


class Letter(Model):
    """One official letter."""

    id: str
    pages: tuple[int, ...]
    form: Form
    number: Field | None
    date: Field | None
    sender: Field | None
    recipients: tuple[Field, ...]
    subject: Field | None
    urgency: Field | None
    secrecy: Field | None
    action: Field | None
    references: tuple[Reference, ...]
    enclosures: tuple[Field, ...]
    deadline: Field | None
    as_of: Field | None
    contacts: tuple[Contact, ...]
    signatory: Signatory | None
    received: tuple[Received, ...]
    endorsements: tuple[Endorsement, ...]
    attachments: tuple[str, ...]


class Place(Model):
    """An entry of the official list of provinces, districts and subdistricts."""

    name: str
    kind: Literal["province", "district", "subdistrict"]
    code: str


class Bar(Model):
    """The shares of a colour bar; null where the scan has no colour."""

    green: float
    red: float


class Cell(Model):
    """One cell of a table. `mark` stands only in mark columns, `bar` only in bar columns; null there means doubt.

    Where a person has put it right, `corrected` is true, value or mark and the confidence (1) are that person's.
    """

    omitted_when_unset = frozenset({"value", "nil", "place", "mark", "bar", "alternatives", "corrected"})

    column: int
    row_span: int = 1
    column_span: int = 1
    text: str
    value: str | int | float | None = None
    nil: bool = False
    place: Place | None = None
    mark: MarkKind | None = None
    bar: Bar | None = None
    bbox: BBox
    confidence: Confidence
    alternatives: tuple[Alternative, ...] = ()
    corrected: bool = False

    @property
    def said(self) -> str:
        """The words in it: as printed, or as a person has put them right."""
        return str(self.value) if self.corrected and isinstance(self.value, str) else self.text

    @property
    def plain(self) -> str | int | float | None:
        """What the cell says, in one value: its mark, the green of its bar, its value."""
        if "mark" in self.model_fields_set:
            return self.mark
        if "bar" in self.model_fields_set:
            return self.bar.green if self.bar else None
        return self.value if "value" in self.model_fields_set else self.text or None


class Column(Model):
    """A leaf column: the names of a two-level header are joined by ` / `."""

    index: int
    header: str
    role: Role
    meaning: Meaning | None


class Row(Model):
    """One row of a table, with the page on which it stands."""

    page: int
    kind: RowKind
    cells: tuple[Cell, ...]


class LegendEntry(Model):
    """What a colour of the bars means."""

    colour: str
    meaning: Meaning | None
    text: str


class Table(Model):
    """One table, over as many pages as it runs."""

    id: str
    pages: tuple[int, ...]
    title: str
    kind: TableKind
    province: str | None
    as_of: Field | None
    unit: str | None
    notes: tuple[str, ...]
    legend: tuple[LegendEntry, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def column_names(self) -> dict[int, str]:
        """A name for each column by its index: its header, else its role; the second of the same name gets `.2`."""
        names: dict[int, str] = {}
        for column in self.columns:
            name = column.header or column.role
            again = sum(other == name or other.startswith(f"{name}.") for other in names.values())
            names[column.index] = f"{name}.{again + 1}" if again else name
        return names

    def to_frame(self) -> DataFrame:
        """The body rows with their values, a column each (twice the same header: the second gets `.2`), and the page.

        A mark is "check", "cross", "none" or None, a bar the share of its green; what was not read is None.
        """
        from pandas import DataFrame

        names = self.column_names()
        body = [row for row in self.rows if row.kind == "row"]
        rows = [{names[c.column]: c.plain for c in row.cells if c.column in names} | {"page": row.page} for row in body]
        return DataFrame(rows, columns=[*names.values(), "page"])


class Counts(Model):
    """The numbers of a statistics row."""

    total: int | float | None
    done: int | float | None
    pending: int | float | None
    percent: float | None


class Record(Model):
    """One body row of a statistics or status table: what downstream systems load."""

    id: str
    table: str
    sequence: int | None
    province: str | None
    district: str | None
    organisation: str | None
    place_code: str | None
    status: Literal["done", "pending"] | None
    counts: Counts | None
    as_of: str | None
    letter: str | None
    page: int
    confidence: Confidence


class Routing(Model):
    """One step of the way that the paper went."""

    from_: str | None = Alias(alias="from")
    to: str | None
    number: str | None
    date: str | None
    event: Event
    page: int


class Finding(Model):
    """Something that does not agree, or could not be read."""

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
        UsageError: it is no record; the message says where it is not.
    """
    try:
        return Document.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the start"
        raise UsageError(f"{name}: not a record of laodoc: {first['msg']} (at {where})") from error
