"""How a record compares with what was printed: rows, marks, numbers, names and columns of tables; fields of letters."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from rapidfuzz import fuzz

from laodoc.document import Cell, Document, Field, Letter, Row, Table
from samples.generator import truth

Score = Counter[str]
"""Counts named `rows`, `rows_found`, `rows_extra`, `marks`, `marks_right`, `marks_opposite` …"""

PLACE_IN_ORDER = 0.02
"""What it is worth that a row stands where it should, though nothing in it was read right."""

NO_BREAK = re.compile(r"\s+")


def score_tables(document: Document, expected: truth.Truth) -> Score:
    """All tables of a document against those that were printed, paired by their pages."""
    score: Score = Counter()
    for table in expected.tables:
        found = [t for t in document.tables if set(t.pages) & set(table.pages)]
        score += score_table(max(found, key=lambda t: len(t.rows), default=None), table)
        score["tables_extra"] += max(0, len(found) - 1)
    return score


def score_table(found: Table | None, expected: truth.Table) -> Score:
    """One table. Its rows are paired in order (Needleman and Wunsch 1970) by how alike names and numbers are."""
    score: Score = Counter()
    body = [row for row in expected.rows if row.kind == "row"]
    read = [row for row in found.rows if row.kind == "row"] if found else []
    score["rows"] += len(body)
    pairs = paired(body, read)
    score["rows_found"] += len(pairs)
    score["rows_extra"] += len(read) - len(pairs)
    partner = dict(pairs)
    for index, row in enumerate(body):
        cells = {cell.column: cell for cell in read[partner[index]].cells} if index in partner else {}
        for cell in row.cells:
            score += score_cell(cells.get(cell.column), cell)
    score["others"] += sum(row.kind in ("group", "subtotal", "total") for row in expected.rows)
    score["others_right"] += _common(expected.rows, found.rows if found else (), ("group", "subtotal", "total"))
    columns = found.columns if found else ()
    score["columns"] += len(expected.columns)
    score["columns_right"] += sum(
        (read_column.role, read_column.meaning if column.meaning else None) == (column.role, column.meaning)
        for column, read_column in zip(expected.columns, columns, strict=False)
    )
    return score


def score_cell(found: Cell | None, expected: truth.Cell) -> Score:
    """One cell: a mark is right, opposite, lost (none read), invented (where there is none) or null."""
    score: Score = Counter()
    if expected.mark is not None:
        score["marks"] += 1
        score[f"marks_{_verdict(found.mark if found else None, expected.mark)}"] += 1
    elif isinstance(expected.value, int | float):
        score["numbers"] += 1
        value = found.value if found else None
        score["numbers_right"] += isinstance(value, int | float) and abs(value - expected.value) < 5e-4
    elif expected.text:
        score["names"] += 1
        score["names_right"] += _squeezed(_name(found)) == _squeezed(expected.text)
    return score


def paired(expected: list[truth.Row], found: list[Row]) -> list[tuple[int, int]]:
    """Indexes of the rows that belong together, in order."""
    rows, columns = len(expected), len(found)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(1, rows + 1):
        for j in range(1, columns + 1):
            both = best[i - 1][j - 1] + likeness(expected[i - 1], found[j - 1])
            best[i][j] = max(both, best[i - 1][j], best[i][j - 1])
    pairs, i, j = [], rows, columns
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]


def likeness(expected: truth.Row, found: Row) -> float:
    """How alike two rows are, 0..1: their names and numbers, compared as text."""
    cells = {cell.column: cell for cell in found.cells}
    printed = [cell for cell in expected.cells if cell.text]
    alike = [fuzz.ratio(_squeezed(cell.text), _squeezed(_name(cells.get(cell.column)))) / 100 for cell in printed]
    return PLACE_IN_ORDER + (1 - PLACE_IN_ORDER) * sum(alike) / max(1, len(alike))


def score_letters(document: Document, expected: truth.Truth) -> tuple[Score, list[str]]:
    """The fields of all letters (right, and how many there are), QR codes, and the names of those that were missed."""
    score: Score = Counter()
    missed = []
    for letter in expected.letters:
        found = next((item for item in document.letters if set(item.pages) & set(letter.pages)), None)
        read = dict(read_fields(found)) if found else {}
        for name, value in printed_fields(letter):
            score["fields"] += 1
            right = _squeezed(value) in {_squeezed(item) for item in read.get(name, ())}
            score["fields_right"] += right
            missed += [] if right else [f"p{letter.pages[0]} {name}"]
    for page in expected.pages:
        codes = [code.value for p in document.pages if p.number == page.number for code in p.codes]
        score["codes"] += len(page.codes)
        score["codes_right"] += sum(code in codes for code in page.codes)
    return score, missed


def printed_fields(letter: truth.Letter) -> Iterator[tuple[str, str]]:
    """Name and value of everything that the letter says."""
    singles: Mapping[str, Any] = {
        name: getattr(letter, name) for name in ("form", "number", "date", "sender", "subject", "deadline", "as_of")
    }
    for name, value in singles.items():
        if value:
            yield name, value
    yield from (("recipient", to) for to in letter.recipients)
    for name, parts in (
        ("reference", letter.references),
        ("contact", letter.contacts),
        ("received", letter.received),
        ("endorsement", letter.endorsements),
        ("signatory", (letter.signatory,) if letter.signatory else ()),
    ):
        for part in parts:
            for key in ("office", "number", "date", "time", "name", "phone", "extension", "fax", "email"):
                if getattr(part, key, None):
                    yield f"{name} {key}", getattr(part, key)


def read_fields(letter: Letter) -> Iterator[tuple[str, list[str]]]:
    """The same of a record: every value that was read under a name."""
    yield "form", [letter.form]
    for name in ("number", "date", "sender", "subject", "deadline", "as_of"):
        yield name, _values([getattr(letter, name)])
    yield "recipient", _values(list(letter.recipients))
    for name, parts in (
        ("reference", letter.references),
        ("contact", letter.contacts),
        ("received", letter.received),
        ("endorsement", letter.endorsements),
        ("signatory", (letter.signatory,) if letter.signatory else ()),
    ):
        for key in ("office", "number", "date", "time", "name", "phone", "extension", "fax", "email"):
            yield f"{name} {key}", _values([getattr(part, key, None) for part in parts])


def _values(fields: list[Field | None]) -> list[str]:
    return [str(field.text if field.value is None else field.value) for field in fields if field]


def _verdict(found: str | None, expected: str) -> str:
    if found == expected:
        return "right"
    if found is None:
        return "null"
    if expected == "none":
        return "invented"
    return "lost" if found == "none" else "opposite"


def _name(cell: Cell | None) -> str:
    if cell is None:
        return ""
    return cell.value if isinstance(cell.value, str) and cell.value else cell.text


def _squeezed(text: object) -> str:
    return NO_BREAK.sub("", str(text))


def _common(expected: tuple[truth.Row, ...], found: tuple[Row, ...], kinds: tuple[str, ...]) -> int:
    """How many rows of these kinds both have."""
    wanted = Counter(row.kind for row in expected if row.kind in kinds)
    return (wanted & Counter(row.kind for row in found if row.kind in kinds)).total()
