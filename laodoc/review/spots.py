"""Every value of a document that a person may put right, with an address that a sheet can carry."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from laodoc.document import BBox, Cell, Column, Document, Field, Letter, Model, Page, Role, Row, Table
from laodoc.thai.dates import format_date

Kind = Literal[
    "number", "date", "mark", "province", "district", "place", "text", "document-number", "register", "time", "phone"
]  # fmt: skip
"""What an answer must be, see `laodoc.review.answers`."""

Value = str | int | float | None

_FIELD_KINDS: dict[str, Kind] = {
    "number": "document-number", "date": "date", "deadline": "date", "as_of": "date", "time": "time",
    "phone": "phone", "fax": "phone", "amounts": "number",
}  # fmt: skip

_PLACE_KINDS: dict[Role, Kind] = {"province": "province", "district": "district", "organisation": "place"}

WORDS = {
    "number": "เลขที่ / number", "date": "วันที่ / date", "sender": "จาก / sender", "recipients": "ถึง / recipient",
    "subject": "เรื่อง / subject", "urgency": "ชั้นความเร็ว / urgency", "secrecy": "ชั้นความลับ / secrecy",
    "action": "การปฏิบัติ / action", "references": "อ้างถึง / reference", "enclosures": "สิ่งที่ส่งมาด้วย / enclosure",
    "deadline": "กำหนดส่ง / deadline", "as_of": "ข้อมูล ณ วันที่ / as of", "contacts": "ผู้ประสานงาน / contact",
    "signatory": "ผู้ลงนาม / signatory", "received": "ตรารับ / received stamp", "endorsements": "การส่งต่อ / endorsement",
    "issuer": "เจ้าของหนังสือ / issuer", "name": "ชื่อ / name", "phone": "โทรศัพท์ / telephone",
    "extension": "หมายเลขต่อ / extension", "fax": "โทรสาร / fax", "email": "อีเมล / e-mail",
    "position": "ตำแหน่ง / position", "office": "หน่วยงาน / office", "time": "เวลา / time", "to": "ถึง / to",
    "text": "ข้อความ / text", "decision": "คำสั่งการ / decision", "event": "กำหนดการ / event", "place": "สถานที่ / place",
    "amounts": "จำนวนเงิน / amount",
}  # fmt: skip
"""What the parts of a letter are called in a sheet that officers fill in."""

WANTED = ("number", "date")
"""What an official letter has: where it was not found, a person may fill it in."""

WANTED_IN = frozenset(("external", "internal", "stamped"))

HEAD = 0.4
"""The upper part of a page, in which a letter's number and date stand."""

GUARD_DIGITS = 12
"""Hexadecimal digits of a guard: a reading that changed has another one but for one in 280 million million."""


class Misunderstood(ValueError):
    """An answer that cannot be taken for a spot; the message is one line."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A value on paper: its JSON pointer in the record, the `shape` that this has in every record (indexes left out,
    for a cell its column's role), what an answer to it must be, and how it was read; `label` names it for a person.

    `text` is what was read, `value` what stands in the record, `found` whether there is anything there in the record.
    """

    pointer: str
    shape: str
    kind: Kind
    label: str
    page: int
    bbox: BBox
    text: str
    value: Value
    confidence: float
    corrected: bool = False
    found: bool = True

    @property
    def guard(self) -> str:
        """A digest of what was read and where: another reading has another one."""
        said = "|".join((self.pointer, self.kind, self.text, str(self.page), *map(str, self.bbox)))
        return hashlib.sha256(said.encode()).hexdigest()[:GUARD_DIGITS]


def spots(document: Document) -> Iterator[Spot]:
    """All spots of the document: the fields of its letters, then the cells of its tables, in their order."""
    pages = {page.number: page for page in document.pages}
    for index, letter in enumerate(document.letters):
        yield from _of_letter(letter, f"/letters/{index}", pages)
    for index, table in enumerate(document.tables):
        if table.as_of:
            yield _of_field(table.as_of, f"/tables/{index}/as_of", "date", f"{table.id}: {WORDS['as_of']}")
        yield from _of_table(table, f"/tables/{index}")


def shape_of(pointer: str) -> str:
    """The pointer without its indexes."""
    return re.sub(r"/\d+(?=/|$)", "/*", pointer)


def _of_letter(letter: Letter, pointer: str, pages: Mapping[int, Page]) -> Iterator[Spot]:
    for name, field, path in _fields(letter, pointer):
        kind = _FIELD_KINDS.get(name, "text")
        if "/received/" in path and name == "number":
            kind = "register"
        yield _of_field(field, path, kind, f"{letter.id}: {_in_words(path.removeprefix(pointer + '/'))}")
    for name in WANTED if letter.form in WANTED_IN else ():
        page = pages.get(letter.pages[0]) if letter.pages else None
        if getattr(letter, name) is None and page:
            path = f"{pointer}/{name}"
            yield Spot(
                pointer=path,
                shape=shape_of(path),
                kind=_FIELD_KINDS[name],
                label=f"{letter.id}: {WORDS[name]}",
                page=page.number,
                bbox=BBox(0, 0, page.width, round(HEAD * page.height)),
                text="",
                value=None,
                confidence=0.0,
                found=False,
            )


def _in_words(path: str) -> str:
    """`received/0/date` as an officer calls it."""
    return ", ".join(WORDS.get(part, part) if not part.isdigit() else str(int(part) + 1) for part in path.split("/"))


def _fields(model: Model, pointer: str) -> Iterator[tuple[str, Field, str]]:
    """(name, field, pointer) of all fields in a model and in the models under it."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, Field):
            yield name, value, f"{pointer}/{name}"
        elif isinstance(value, Model):
            yield from _fields(value, f"{pointer}/{name}")
        elif isinstance(value, tuple):
            for index, each in enumerate(value):
                if isinstance(each, Field):
                    yield name, each, f"{pointer}/{name}/{index}"
                elif isinstance(each, Model):
                    yield from _fields(each, f"{pointer}/{name}/{index}")


def _of_field(field: Field, pointer: str, kind: Kind, label: str) -> Spot:
    return Spot(
        pointer=pointer,
        shape=shape_of(pointer),
        kind=kind,
        label=label,
        page=field.page,
        bbox=field.bbox,
        text=field.text,
        value=field.value if field.value is not None or kind != "text" else field.text,
        confidence=field.confidence,
        corrected=field.corrected,
    )


def _of_table(table: Table, pointer: str) -> Iterator[Spot]:
    columns = {column.index: column for column in table.columns}
    for number, row in enumerate(table.rows):
        for index, cell in enumerate(row.cells):
            column = columns.get(cell.column)
            kind = _cell_kind(row, cell, column)
            if column and kind:
                path = f"{pointer}/rows/{number}/cells/{index}"
                yield Spot(
                    pointer=path,
                    shape=f"{shape_of(path)}:{cell.column}",
                    kind=kind,
                    label=f"{table.id}: {_row_name(row, table)} {column.header or column.role}",
                    page=row.page,
                    bbox=cell.bbox,
                    text=cell.text,
                    value=cell.mark if kind == "mark" else cell.value if kind == "number" else cell.plain,
                    confidence=cell.confidence,
                    corrected=cell.corrected,
                )


def _cell_kind(row: Row, cell: Cell, column: Column | None) -> Kind | None:
    """What the cell must say; None where nothing of it goes into values: headers, notes, bars."""
    if column is None or row.kind in ("header", "note") or "bar" in cell.model_fields_set:
        return None
    if row.kind == "group" or cell.column_span > 1:
        return "text"
    if column.role == "mark":
        return "mark" if row.kind == "row" else "number"
    if column.role in ("sequence", "count", "percent", "amount"):
        return "number"
    return _PLACE_KINDS.get(column.role, "text") if row.kind == "row" else "text"


def _row_name(row: Row, table: Table) -> str:
    """The running number or the first words of the row, for a person to find it."""
    sequence = {column.index for column in table.columns if column.role == "sequence"}
    number = next((cell.value for cell in row.cells if cell.column in sequence and cell.value is not None), None)
    first = number if number is not None else next((cell.said for cell in row.cells if cell.said), "")
    return f"{'' if row.kind == 'row' else row.kind + ' '}[{first}]"


MARK_SIGNS = {"check": "✓", "cross": "×", "none": "-"}


def as_written(spot: Spot) -> str:
    """The value of a spot as an officer writes it: a day of the Buddhist era, a number with commas, a sign."""
    value = spot.value
    if spot.kind == "mark":
        return MARK_SIGNS.get(str(value), str(value))
    if spot.kind == "date":
        try:
            return format_date(date.fromisoformat(str(value)), thai=False)
        except ValueError:
            return str(value)
    return f"{value:,}" if isinstance(value, int | float) else str(value)
