"""A document as a person reads it: letters with what they say, tables with their marks, what does not add up, the text.

`laodoc.export.md` and `laodoc.export.html` write it down; the labels are Thai, as the documents are.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from laodoc.document import Cell, Document, Endorsement, Field, Finding, Letter, Table
from laodoc.messages import name_of, shown_day
from laodoc.thai.dates import find_dates
from laodoc.thai.digits import to_arabic

DOUBT = 0.9
"""Confidence below which a reading is marked."""

MARKS = {"check": "✓", "cross": "✗", "none": "", None: ""}


@dataclass(frozen=True, slots=True)
class Said:
    """A text, whether its reading is in doubt, and what was printed where that differs."""

    text: str
    doubted: bool = False
    printed: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What a letter says, by labels."""

    title: str
    rows: tuple[tuple[str, tuple[Said, ...]], ...]


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table, the column at which it begins, and how many rows and columns it takes."""

    said: Said
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row; `strong` where it is no body row (a total, a group)."""

    cells: tuple[GridCell, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table."""

    title: str
    header: tuple[str, ...]
    rows: tuple[GridRow, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Readable:
    """A document with its parts in the order in which they are shown; `pages` are (number, lines of text)."""

    title: str
    letters: tuple[Facts, ...]
    grids: tuple[Grid, ...]
    findings: tuple[str, ...]
    pages: tuple[tuple[int, tuple[str, ...]], ...]
    left_out: int


def readable(document: Document, left_out: int = 0) -> Readable:
    """The document as it is shown; `left_out` values and pages of it are not, because they are secret."""
    return Readable(
        Path(document.source.name).stem,
        tuple(map(_letter, document.letters)),
        tuple(map(_grid, document.tables)),
        tuple(_finding(finding) for finding in document.findings),
        tuple((page.number, tuple(line.text for line in page.lines if line.text)) for page in document.pages),
        left_out,
    )


def _letter(letter: Letter) -> Facts:
    pages = ", ".join(map(str, letter.pages))
    rows = ((label, tuple(_said(field) for field in fields if field)) for label, fields in _fields(letter))
    return Facts(f"{name_of('form', letter.form, 'th')} (หน้า {pages})", tuple(row for row in rows if row[1]))


def _fields(letter: Letter) -> Iterator[tuple[str, Iterable[Field | None]]]:
    yield "ที่", (letter.number,)
    yield "วันที่", (letter.date,)
    yield "จาก", (letter.sender,)
    yield "ถึง", letter.recipients
    yield "เรื่อง", (letter.subject,)
    yield "ชั้นความเร็ว", (letter.urgency,)
    yield "ชั้นความลับ", (letter.secrecy,)
    yield "อ้างถึง", (part for r in letter.references for part in (r.issuer, r.number, r.date, r.subject))
    yield "สิ่งที่ส่งมาด้วย", letter.enclosures
    yield "การปฏิบัติ", (letter.action,)
    yield "ภายในวันที่", (letter.deadline,)
    yield "ข้อมูล ณ วันที่", (letter.as_of,)
    yield "จัดเมื่อ", (letter.event.date, letter.event.time, letter.event.place) if letter.event else ()
    yield "จำนวนเงิน", letter.amounts
    yield "ผู้ลงนาม", (letter.signatory.name, letter.signatory.position) if letter.signatory else ()
    yield "ติดต่อ", (part for c in letter.contacts for part in (c.name, c.phone, c.extension, c.fax, c.email))
    yield "รับ", (part for stamp in letter.received for part in (stamp.office, stamp.number, stamp.date, stamp.time))
    yield "เกษียน", (part for note in letter.endorsements for part in _noted(note))


def _noted(note: Endorsement) -> tuple[Field | None, ...]:
    """What a note says, and of one that decides who signed it; what it lacks is left out."""
    who = note.signatory.name if note.kind == "approval" and note.signatory else None
    office, text = (part if part.text else None for part in (note.office, note.text))
    return (office, note.number, note.date, *note.to, text, who)


def _said(field: Field) -> Said:
    """As printed; where that does not say what was understood, or a person has put it right, the value and what was
    printed. A date is shown in the Buddhist era."""
    printed, doubted = " ".join(field.text.split()), field.confidence < DOUBT
    value = None if field.value is None else str(field.value)
    if (
        value is None
        or _squashed(value) in _squashed(printed)
        or any(found.date.isoformat() == value for found in find_dates(printed))
    ):
        return Said(printed, doubted or (value is None and field.confidence < 1))
    return Said(shown_day(value, "th"), doubted, printed or None)


def _squashed(text: str) -> str:
    """Without spaces and in Arabic digits: what is only written otherwise is the same."""
    return "".join(to_arabic(text).split())


def _grid(table: Table) -> Grid:
    columns = {column.index: column.header or column.role for column in table.columns}
    rows = (
        GridRow(
            tuple(GridCell(_cell(cell), cell.column, cell.row_span, cell.column_span) for cell in row.cells),
            strong=row.kind != "row",
        )
        for row in table.rows
        if row.kind != "header"
    )
    title = table.title or f"ตาราง (หน้า {', '.join(map(str, table.pages))})"
    return Grid(" ".join(title.split()), tuple(columns[index] for index in sorted(columns)), tuple(rows), table.notes)


def _cell(cell: Cell) -> Said:
    """A mark by its sign, a bar by its shares, a name in its right spelling, all else as printed."""
    doubted = cell.confidence < DOUBT
    printed = " ".join(cell.text.split())
    if "mark" in cell.model_fields_set:
        return Said(MARKS[cell.mark], doubted=doubted or cell.mark is None)
    if "bar" in cell.model_fields_set:
        bar = cell.bar
        return Said(f"เขียว {bar.green:.0%} แดง {bar.red:.0%}" if bar else "", doubted=bar is None)
    if isinstance(cell.value, str) and cell.value != printed:
        return Said(cell.value, doubted, printed)
    return Said(printed, doubted)


def _finding(finding: Finding) -> str:
    where = f" หน้า {finding.page}" if finding.page else ""
    severity, rule = name_of("severity", finding.severity, "th"), name_of("rule", finding.rule, "th")
    return f"{severity}{where}: {rule}: {finding.told_in('th')}"
