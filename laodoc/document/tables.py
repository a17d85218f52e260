"""Tables with their columns, rows and cells, and the records that their rows make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from laodoc.document.base import (
    Alternative,
    BBox,
    Confidence,
    Field,
    MarkKind,
    Meaning,
    Model,
    Role,
    RowKind,
    TableKind,
)

if TYPE_CHECKING:
    from pandas import DataFrame


class Place(Model):
    """An entry of the official list of provinces, districts and subdistricts."""

    name: str
    kind: Literal["province", "district", "subdistrict"]
    code: str


class Bar(Model):
    """The shares of a colour bar; null where the scan has no colour."""

    green: float
    red: float


class Words(Model):
    """The number that a cell says again in words, null where they could not be read; whether digits and words agree."""

    text: str
    value: int | None
    agree: bool | None


class Cell(Model):
    """One cell of a table. `mark` stands only in mark columns, `bar` only in bar columns; null there means doubt.

    Where a person has put it right, `corrected` is true, value or mark and the confidence (1) are that person's.
    """

    omitted_when_unset = frozenset({"value", "nil", "words", "place", "mark", "bar", "alternatives", "corrected"})

    column: int
    row_span: int = 1
    column_span: int = 1
    text: str
    value: str | int | float | None = None
    nil: bool = False
    words: Words | None = None
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
