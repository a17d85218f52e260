"""A document as rows of the tables in `data/schema`."""

from collections.abc import Iterator
from datetime import date

from laodoc.document import Cell, Document, Field, Letter, Meeting, Model, Signatory, Table
from laodoc.export.masking import is_secret, open_document
from laodoc.export.origin import UNKNOWN, Origin
from laodoc.thai.folding import folded

Value = str | int | float | bool | date | None
Row = dict[str, Value]
Rows = dict[str, list[Row]]

EXACT = 2**53
"""Whole numbers up to here are exact in every program; a budget of the whole state is a hundredth of it in satang."""


def rows_of(document: Document, *, unmask: bool = False, origin: Origin = UNKNOWN) -> tuple[Rows, int]:
    """The rows of each table that has some, by its name; and how many pages and values were left out because they are
    secret. Of a secret letter (and one attached to it) there is a row that says who sent it when, and its stamps."""
    shown, hidden = open_document(document, unmask=unmask)
    rows: Rows = {}
    for name, row in _all_rows(document, shown):
        rows.setdefault(name, []).append({"sha256": document.source.sha256, **row})
    rows["sources"][0] |= {"path": origin.path, "archive_id": origin.archive_id, "gone": origin.gone}
    return rows, hidden


def _all_rows(document: Document, shown: Document) -> Iterator[tuple[str, Row]]:
    source, engine = shown.source, shown.engine
    yield (
        "sources",
        {
            "file": source.name,
            "bytes": source.bytes,
            "pages": source.pages,
            "engine": engine.name,
            "engine_version": engine.version,
            "engine_sha256": engine.sha256,
        },
    )
    for page in shown.pages:
        said = page.model_dump(include={"source_page", "width", "height", "dpi", "text_layer", "text"})
        yield "pages", {"page": page.number, **said}
    letters = {letter.id: letter for letter in shown.letters}
    for position, letter in enumerate(document.letters):
        yield from _letter_rows(letters.get(letter.id) or _sealed(letter), position)
    for table in shown.tables:
        yield from _table_rows(table)
    yield from _record_rows(shown)
    for position, step in enumerate(shown.routing):
        day = _day(step.date)
        row: Row = {"event": step.event, "from_office": step.from_, "to_office": step.to, "number": step.number}
        yield "routing", {"position": position, **row, "date": day, "date_text": step.date, "page": step.page}
    yield from _finding_rows(shown)


def _sealed(letter: Letter) -> Letter:
    """What may be known of a secret letter: that it is one, its number and day, who sent it, and who received it."""
    kept = ("id", "pages", "form", "number", "date", "sender", "secrecy", "received")
    nothing = {
        name: () if isinstance(getattr(letter, name), tuple) else None
        for name in Letter.model_fields
        if name not in kept
    }
    return letter.model_copy(update=nothing)


def _letter_rows(letter: Letter, position: int) -> Iterator[tuple[str, Row]]:
    yield (
        "letters",
        {
            "letter_id": letter.id,
            "position": position,
            "first_page": letter.pages[0],
            "pages": ", ".join(map(str, letter.pages)),
            "form": letter.form,
            "secret": is_secret(letter),
            **_compared(letter.number),
            **_dated("date", letter.date),
            **{name: _said(getattr(letter, name)) for name in ("sender", "subject", "urgency", "secrecy", "action")},
            **_dated("deadline", letter.deadline),
            **_dated("as_of", letter.as_of),
            **_signed(letter.signatory),
            **_met(letter.event),
        },
    )
    for name, rows in _parts(letter):
        for place, row in enumerate(rows):
            yield name, {"letter_id": letter.id, "position": place, **row}
    for path, field in fields_of(letter):
        yield "letter_fields", {"letter_id": letter.id, "path": path, **_read(field)}


def _parts(letter: Letter) -> Iterator[tuple[str, list[Row]]]:
    yield "letter_recipients", [{"name": _said(field)} for field in letter.recipients]
    yield (
        "letter_references",
        [
            {
                "issuer": _said(reference.issuer),
                **_compared(reference.number),
                **_dated("date", reference.date),
                "subject": _said(reference.subject),
            }
            for reference in letter.references
        ],
    )
    yield "letter_enclosures", [{"name": _said(field)} for field in letter.enclosures]
    contacts = ("name", "phone", "extension", "fax", "email")
    yield "letter_contacts", [{name: _best(getattr(contact, name)) for name in contacts} for contact in letter.contacts]
    yield (
        "letter_stamps",
        [
            {
                "office": _said(stamp.office),
                **_numbered(stamp.number),
                **_dated("date", stamp.date),
                "time": _best(stamp.time),
            }
            for stamp in letter.received
        ],
    )
    yield (
        "letter_endorsements",
        [
            {
                "office": _said(note.office),
                **_numbered(note.number),
                **_dated("date", note.date),
                "recipients": "\n".join(field.said for field in note.to) or None,
                "text": _said(note.text),
                **_signed(note.signatory),
                "kind": note.kind,
                "decision": _best(note.decision),
            }
            for note in letter.endorsements
        ],
    )
    yield (
        "letter_amounts",
        [
            {"text": _said(amount), "value": _near(amount.value), "words_agree": amount.words_agree}
            for amount in letter.amounts
            if not isinstance(amount.value, str)
        ],
    )
    yield "letter_attachments", [{"attachment": name} for name in letter.attachments]


def fields_of(part: object, path: str = "") -> Iterator[tuple[str, Field]]:
    """Every field of a part of a document, with its place: `references/0/date`."""
    if isinstance(part, Field):
        yield path, part
    elif isinstance(part, Model):
        for name in type(part).model_fields:
            yield from fields_of(getattr(part, name), f"{path}/{name}" if path else name)
    elif isinstance(part, tuple) and part and isinstance(part[0], Model):
        for index, entry in enumerate(part):
            yield from fields_of(entry, f"{path}/{index}")


def _read(field: Field) -> Row:
    left, top, right, bottom = field.bbox
    return {
        "text": field.text,
        "value": None if field.value is None else str(field.value),
        "page": field.page,
        "box_left": left,
        "box_top": top,
        "box_right": right,
        "box_bottom": bottom,
        "confidence": field.confidence,
        "corrected": field.corrected,
    }


def _table_rows(table: Table) -> Iterator[tuple[str, Row]]:
    known: Row = {"table_id": table.id}
    yield (
        "tables",
        {
            **known,
            "first_page": table.pages[0],
            "pages": ", ".join(map(str, table.pages)),
            "title": table.title,
            "kind": table.kind,
            "province": table.province,
            **_dated("as_of", table.as_of),
            "unit": table.unit,
            "notes": "\n".join(table.notes),
        },
    )
    headers: dict[int, Row] = {}
    for column in table.columns:
        headers[column.index] = {"header": column.header, "role": column.role, "meaning": column.meaning}
        yield "table_columns", {**known, "column_index": column.index, **headers[column.index]}
    for position, entry in enumerate(table.legend):
        yield "table_legends", {**known, "position": position, **entry.model_dump()}
    for row_index, row in enumerate(table.rows):
        where: Row = {**known, "row_index": row_index, "page": row.page, "row_kind": row.kind}
        for position, cell in enumerate(row.cells):
            header = headers.get(cell.column) or dict.fromkeys(("header", "role", "meaning"))
            yield "cells", {**where, "position": position, **header, **_cell(cell)}


def _cell(cell: Cell) -> Row:
    return {
        "column_index": cell.column,
        "row_span": cell.row_span,
        "column_span": cell.column_span,
        "text": cell.text,
        "value_number": _near(cell.value) if isinstance(cell.value, int | float) else None,
        "value_text": cell.value if isinstance(cell.value, str) else None,
        "nil": cell.nil,
        "mark": cell.mark,
        "green": cell.bar.green if cell.bar else None,
        "red": cell.bar.red if cell.bar else None,
        "place_code": cell.place.code if cell.place else None,
        "place_name": cell.place.name if cell.place else None,
        "confidence": cell.confidence,
        "corrected": cell.corrected,
    }


def _record_rows(document: Document) -> Iterator[tuple[str, Row]]:
    same = ("page", "province", "district", "organisation", "place_code", "status", "confidence")
    for position, record in enumerate(document.records):
        counts = record.counts
        yield (
            "records",
            {
                "record_id": record.id,
                "position": position,
                "table_id": record.table,
                "letter_id": record.letter,
                "sequence": _running(record.sequence),
                **{name: getattr(record, name) for name in same},
                **{name: _near(getattr(counts, name, None)) for name in ("total", "done", "pending", "percent")},
                "as_of": _day(record.as_of),
            },
        )


def _finding_rows(document: Document) -> Iterator[tuple[str, Row]]:
    for position, finding in enumerate(document.findings):
        told = finding.model_dump(include={"rule", "severity", "message", "page", "repaired"})
        where: Row = {"letter_id": finding.letter, "table_id": finding.table, "column_index": finding.column}
        where["sequence"] = _running(finding.sequence)
        values = {name: getattr(finding, name) for name in ("expected", "found")}
        shown: Row = {name: None if value is None else str(value) for name, value in values.items()}
        yield "findings", {"position": position, **told, **where, **shown}


def _near(number: int | float | None) -> int | float | None:
    """The number, or where it is of more digits than any program reckons with, the next that it does."""
    return float(number) if isinstance(number, int) and abs(number) > EXACT else number


def _running(number: int | None) -> int | None:
    """The running number of a row; None where it was misread as one of more digits than a database counts."""
    return None if number is None or abs(number) > EXACT else number


def _signed(signatory: Signatory | None) -> Row:
    return {
        "signatory": _said(signatory.name) if signatory else None,
        "signatory_position": _said(signatory.position) if signatory else None,
    }


def _met(event: Meeting | None) -> Row:
    return {
        **_dated("event_date", event.date if event else None),
        "event_time": _best(event.time) if event else None,
        "event_place": _said(event.place) if event else None,
    }


def _numbered(field: Field | None) -> Row:
    value = field.value if field is not None else None
    return {"number": None if value is None else str(value), "number_text": field.text if field is not None else None}


def _compared(field: Field | None) -> Row:
    number = _numbered(field)
    return {**number, "number_key": folded(str(number["number"])) if number["number"] else None}


def _dated(name: str, field: Field | None) -> Row:
    return {name: _day(field.value if field else None), f"{name}_text": field.text if field else None}


def _said(field: Field | None) -> str | None:
    return field.said if field is not None else None


def _best(field: Field | None) -> str | None:
    """The value of a telephone or a time, else what is printed."""
    return None if field is None else str(field.value) if field.value is not None else field.text


def _day(value: object) -> date | None:
    """The day, None where the text is none (any more)."""
    try:
        return date.fromisoformat(str(value)) if value is not None else None
    except ValueError:
        return None
