"""Documents as plain tables: what spreadsheets, CSV and other programs load."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from laodoc.document import Document, Field, Letter
from laodoc.export.masking import MASK, is_secret, masked, without_secret_pages
from laodoc.export.origin import IDENTITY, Placed, identity, placed

What = Literal["letters", "records", "routing", "findings", "tables"]
WHATS: tuple[What, ...] = ("letters", "records", "routing", "findings", "tables")

Plain = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell: its value, and how sure its reading is (1 where it was not read from paper); `shown` is what people see
    instead of the value, where that is a sentence that a program takes in English."""

    value: Plain
    confidence: float = 1.0
    shown: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: the names of its columns, and its rows."""

    name: What
    columns: tuple[str, ...]
    rows: tuple[tuple[Entry, ...], ...]


COLUMNS: dict[What, tuple[str, ...]] = {
    "letters": (
        "file", "letter", "pages", "form", "number", "date", "sender", "recipients", "subject", "urgency", "secrecy",
        "action", "references", "enclosures", "deadline", "as_of", "contacts", "signatory", "received", "endorsements",
        "event_date", "event_time", "event_place", "amounts",
    ),
    "records": (
        "file", "record", "table", "letter", "page", "sequence", "province", "district", "organisation", "place_code",
        "status", "total", "done", "pending", "percent", "as_of", "confidence",
    ),
    "routing": ("file", "date", "event", "from", "to", "number", "page"),
    "findings": (
        "file", "severity", "rule", "message", "page", "letter", "table", "sequence", "column", "expected", "found",
        "repaired",
    ),
    "tables": (
        "file", "table", "title", "page", "row", "row_kind", "column", "header", "role", "text", "value", "mark",
        "green", "red", "place_code", "confidence",
    ),
}  # fmt: skip
COLUMNS = {name: (*columns, *IDENTITY) for name, columns in COLUMNS.items()}
"""`tables` has a row for each cell of each table, since no two tables have the same columns."""


def sheets_of(
    documents: Iterable[Document | Placed], *, what: What | None = None, unmask: bool = False
) -> tuple[tuple[Sheet, ...], int]:
    """All tables of the documents, or one, and how many values and rows were kept from them (see
    `laodoc.export.masking`): of a secret letter its number, day and offices are shown, and nothing of its tables."""
    wanted: tuple[What, ...] = (what,) if what else WHATS
    rows: dict[What, list[tuple[Entry, ...]]] = {name: [] for name in wanted}
    hidden = 0
    for document, origin in placed(documents):
        last = tuple(map(Entry, identity(document, origin)))
        shown = document if unmask else without_secret_pages(document)[0]
        for name in wanted:
            if name not in SHOWN_OF_SECRET and shown is not document:
                hidden += sum(1 for _ in ROWS[name](document)) - sum(1 for _ in ROWS[name](shown))
            for row in ROWS[name](document if name in SHOWN_OF_SECRET else shown):
                kept, covered = (row, 0) if unmask else _masked(name, row, document)
                rows[name].append((Entry(document.source.name), *kept, *last))
                hidden += covered
    return tuple(Sheet(name, COLUMNS[name], tuple(rows[name])) for name in wanted), hidden


def _letters(document: Document) -> Iterator[tuple[Entry, ...]]:
    for letter in document.letters:
        yield tuple(_letter(letter))


def _records(document: Document) -> Iterator[tuple[Entry, ...]]:
    for record in document.records:
        counts = record.counts
        yield (
            *(Entry(value) for value in (record.id, record.table, record.letter, record.page, record.sequence)),
            *(Entry(name, record.confidence) for name in (record.province, record.district, record.organisation)),
            Entry(record.place_code),
            Entry(record.status, record.confidence),
            *(
                Entry(getattr(counts, name) if counts else None, record.confidence)
                for name in ("total", "done", "pending", "percent")
            ),
            Entry(_day(record.as_of)),
            Entry(record.confidence),
        )


def _routing(document: Document) -> Iterator[tuple[Entry, ...]]:
    for step in document.routing:
        values: Sequence[Plain] = (_day(step.date), step.event, step.from_, step.to, step.number, step.page)
        yield tuple(map(Entry, values))


def _findings(document: Document) -> Iterator[tuple[Entry, ...]]:
    for finding in document.findings:
        message = Entry(finding.message, shown=finding.told)
        where: Sequence[Plain] = (finding.page, finding.letter, finding.table, finding.sequence, finding.column)
        what: Sequence[Plain] = (finding.expected, finding.found, "yes" if finding.repaired else "no")
        yield (Entry(finding.severity), Entry(finding.rule), message, *map(Entry, where), *map(Entry, what))


def _tables(document: Document) -> Iterator[tuple[Entry, ...]]:
    for table in document.tables:
        columns = {column.index: column for column in table.columns}
        for number, row in enumerate(table.rows):
            for cell in row.cells:
                column = columns.get(cell.column)
                where: Sequence[Plain] = (table.id, table.title or None, row.page, number, row.kind, cell.column)
                said: Sequence[Plain] = (cell.text, cell.value, cell.mark)
                bar: Sequence[Plain] = (cell.bar.green, cell.bar.red) if cell.bar else (None, None)
                yield (
                    *map(Entry, where),
                    *map(Entry, (column.header, column.role) if column else (None, None)),
                    *(Entry(value, cell.confidence) for value in (*said, *bar)),
                    Entry(cell.place.code if cell.place else None),
                    Entry(cell.confidence),
                )


ROWS: dict[What, Callable[[Document], Iterator[tuple[Entry, ...]]]] = {
    "letters": _letters,
    "records": _records,
    "routing": _routing,
    "findings": _findings,
    "tables": _tables,
}
"""The rows of each table, without the name of the file that stands before each, and what else tells it behind."""

SHOWN_OF_SECRET = frozenset(("letters", "routing"))
"""Tables that tell of a secret letter that there is one, and where it went."""


def _letter(letter: Letter) -> Iterator[Entry]:
    yield Entry(letter.id)
    yield Entry(", ".join(map(str, letter.pages)))
    yield Entry(letter.form)
    yield _one(letter.number, normal=True)
    yield _one(letter.date, normal=True)
    yield _one(letter.sender)
    yield _many(letter.recipients)
    for field in (letter.subject, letter.urgency, letter.secrecy, letter.action):
        yield _one(field)
    yield _many((reference.number for reference in letter.references), normal=True)
    yield _many(letter.enclosures)
    yield _one(letter.deadline, normal=True)
    yield _one(letter.as_of, normal=True)
    yield _many(field for contact in letter.contacts for field in (contact.name, contact.phone, contact.email))
    signatory = letter.signatory
    yield _many((signatory.name, signatory.position)) if signatory else Entry(None)
    yield _rows_of((_many((r.office,)), _many((r.number, r.date, r.time), normal=True)) for r in letter.received)
    yield _rows_of(
        (
            _many((e.office,)),
            _many((e.number, e.date), normal=True),
            _many(e.to),
            _many((e.decision,), normal=True),
        )
        for e in letter.endorsements
    )
    event = letter.event
    yield _one(event.date if event else None, normal=True)
    yield _one(event.time if event else None, normal=True)
    yield _one(event.place if event else None)
    yield _many(letter.amounts, normal=True)


def _one(field: Field | None, *, normal: bool = False) -> Entry:
    """A field's value, else its text; with `normal`, a text without a value is marked as not understood."""
    if field is None:
        return Entry(None)
    if field.value is not None:
        return Entry(_day(field.value) if isinstance(field.value, str) else field.value, field.confidence)
    said = f"{field.text} {NOT_UNDERSTOOD}" if normal and field.text else field.text
    return Entry(said or None, field.confidence)


def _many(fields: Iterable[Field | None], *, normal: bool = False) -> Entry:
    """Several fields as one text; as sure as the least sure of them."""
    given = [entry for field in fields if (entry := _one(field, normal=normal)).value is not None]
    said = "; ".join(str(entry.value) for entry in given)
    return Entry(said or None, min((entry.confidence for entry in given), default=1.0))


def _rows_of(groups: Iterable[tuple[Entry, ...]]) -> Entry:
    """Several stamps or endorsements as one text, a line each."""
    lines, sure = [], 1.0
    for group in groups:
        given = [entry for entry in group if entry.value is not None]
        lines.append("; ".join(str(entry.value) for entry in given))
        sure = min([sure, *(entry.confidence for entry in given)])
    return Entry("\n".join(lines) or None, sure)


NOT_UNDERSTOOD = "(?)"
"""Behind what stands on the paper where a number, date or time should be, and could not be read as one."""


def _day(value: str | None) -> Plain:
    """A date where the text is one in ISO 8601, else the text itself."""
    try:
        return date.fromisoformat(value) if value and len(value) == len("2563-06-11") else value
    except ValueError:
        return value


def _masked(name: What, row: tuple[Entry, ...], document: Document) -> tuple[tuple[Entry, ...], int]:
    """The row with what is secret covered, and in how many places."""
    secret = name == "letters" and is_secret(next(e for e in document.letters if e.id == row[0].value))
    kept, covered = [], 0
    for column, entry in zip(COLUMNS[name][1 : -len(IDENTITY)], row, strict=True):
        value = entry.value
        if secret and column in SECRET_COLUMNS and value is not None:
            value = MASK
        elif isinstance(value, str):
            value = masked(value)
        covered += value != entry.value
        kept.append(Entry(value, entry.confidence, masked(entry.shown) if entry.shown else None))
    return tuple(kept), covered


SECRET_COLUMNS = frozenset(("subject", "action", "recipients", "references", "enclosures", "endorsements")) | frozenset(
    ("event_date", "event_time", "event_place", "amounts")
)
"""What of a secret letter says what it is about; number, date and the offices stay, or nobody could ask for it."""


def plain(value: Plain) -> str | int | float | None:
    """The value as JSON and CSV know it: dates in ISO 8601."""
    return value.isoformat() if isinstance(value, date) else value
