"""What a made page says: the part of the record (`laodoc/1`) that a generator knows for certain."""

import json
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

SUFFIX = ".truth.json"


@dataclass(frozen=True)
class Cell:
    """One cell; `mark` is "check", "cross" or "none" in mark columns, `bar` the shares of a colour bar."""

    column: int
    text: str = ""
    value: str | int | float | None = None
    mark: str | None = None
    bar: dict[str, float] | None = None
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True)
class Row:
    """One row below the header; a cell that is merged over several rows stands in the first of them only."""

    page: int
    kind: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    """A leaf column of the header, both names of a two-level header joined by ` / `."""

    index: int
    header: str
    role: str
    meaning: str | None = None


@dataclass(frozen=True)
class Table:
    """One table, over as many pages as it runs."""

    pages: tuple[int, ...]
    kind: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """One page: `lines` as printed; `rotation` makes it upright (degrees clockwise), `skew` is how it lies (too)."""

    number: int
    rotation: int
    skew: float
    lines: tuple[str, ...]
    codes: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contact:
    name: str | None = None
    phone: str | None = None
    extension: str | None = None
    fax: str | None = None
    email: str | None = None


@dataclass(frozen=True)
class Signatory:
    name: str
    position: str | None = None


@dataclass(frozen=True)
class Reference:
    number: str
    date: str | None = None
    issuer: str | None = None


@dataclass(frozen=True)
class Received:
    office: str
    number: str | None = None
    date: str | None = None
    time: str | None = None


@dataclass(frozen=True)
class Endorsement:
    office: str
    number: str | None = None
    date: str | None = None
    to: tuple[str, ...] = ()
    text: str | None = None
    signatory: Signatory | None = None


@dataclass(frozen=True)
class Letter:
    """One letter: the normalised values of its fields (numbers in Arabic digits, dates in ISO 8601)."""

    pages: tuple[int, ...]
    form: str
    number: str | None = None
    date: str | None = None
    sender: str | None = None
    recipients: tuple[str, ...] = ()
    subject: str | None = None
    urgency: str | None = None
    references: tuple[Reference, ...] = ()
    enclosures: tuple[str, ...] = ()
    deadline: str | None = None
    as_of: str | None = None
    contacts: tuple[Contact, ...] = ()
    signatory: Signatory | None = None
    received: tuple[Received, ...] = ()
    endorsements: tuple[Endorsement, ...] = ()


@dataclass(frozen=True)
class Truth:
    """Everything known of one sample."""

    name: str
    profiles: tuple[str, ...]
    pages: tuple[Page, ...]
    letters: tuple[Letter, ...] = ()
    tables: tuple[Table, ...] = field(default=())


def as_json(truth: Truth) -> str:
    """The truth as JSON: keys that say nothing (null, a span of one) left out, one row or field a line."""
    return _pretty(_plain(truth), "") + "\n"


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        pairs = ((f.name, getattr(value, f.name)) for f in fields(value))
        return {name: _plain(v) for name, v in pairs if v is not None and not (name.endswith("_span") and v == 1)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


def _pretty(value: Any, indent: str) -> str:
    flat = json.dumps(value, ensure_ascii=False)
    is_row = isinstance(value, dict) and "cells" in value
    if not isinstance(value, dict | list) or is_row or len(flat) + len(indent) <= 120:
        return flat
    deeper = indent + " "
    if isinstance(value, dict):
        parts = [f"{json.dumps(key)}: {_pretty(item, deeper)}" for key, item in value.items()]
    else:
        parts = [_pretty(item, deeper) for item in value]
    ends = "{}" if isinstance(value, dict) else "[]"
    return f"{ends[0]}\n{deeper}" + f",\n{deeper}".join(parts) + f"\n{indent}{ends[1]}"


def beside(scan: Path) -> Path:
    """Where the truth of a scan lies: NAME.truth.json beside it."""
    return scan.with_suffix(SUFFIX)


def load(path: Path) -> Truth:
    """The truth from its JSON file.

    Raises:
        pydantic.ValidationError: the file says something that is not in these classes.
    """
    return TypeAdapter(Truth).validate_json(path.read_bytes(), extra="forbid")
