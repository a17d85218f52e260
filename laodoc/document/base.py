"""What all models of the record are made of: boxes, confidences, the words that fields may have, and the field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict, model_serializer


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
RegionKind = Literal["stamp", "signature", "table", "figure", "emblem", "hand"]
Form = Literal["stamped", "external", "internal", "order", "announcement", "minutes", "other"]
TableKind = Literal["statistics", "status", "other"]
Role = Literal[
    "sequence", "province", "district", "organisation", "name", "count", "percent", "amount", "mark", "bar", "remark",
    "text", "number", "party", "date",
]  # fmt: skip
Meaning = Literal["total", "done", "pending"]
RowKind = Literal["row", "group", "subtotal", "total", "note", "header"]
MarkKind = Literal["check", "cross", "none"]
Event = Literal["sent", "received", "forwarded", "decided"]
NoteKind = Literal["endorsement", "approval"]
Severity = Literal["info", "warning", "error"]
Rule = Literal[
    "sequence-gap", "sequence-repeat", "row-sum", "percent", "column-total", "mark-exclusive", "mark-count",
    "bar-percent", "summary-table", "words-digits", "order", "place-repeat", "unknown-place", "homonym", "weekday",
    "date-order",
    "reference-mismatch", "office-mismatch", "number-code", "enclosure-missing", "missing-page", "damaged-page",
    "text-layer", "unread", "three-decimals", "no-such-day", "annotation",
    "two-in-one-cell", "split-row", "tall-row", "cut-by-column", "lone-column",
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
