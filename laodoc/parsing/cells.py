"""From the reading of a cell to the cell of the record: text as read, and the value that its column asks for."""

import re
from functools import partial

from laodoc.document import Alternative, Bar, Cell, Role, RowKind
from laodoc.parsing.grids import has_bar, text_of
from laodoc.parsing.roles import NUMERIC, ColumnType
from laodoc.parsing.worded_cells import reading_of, with_words
from laodoc.recognition.decoding import decode
from laodoc.recognition.reading import CellReading, Reading
from laodoc.thai.dates import parse_date
from laodoc.thai.diacritics import normalise
from laodoc.thai.digits import DASHES, THAI_DIGITS, is_nil, parse_number, parse_signed, to_arabic, with_commas
from laodoc.thai.worded import worded

REMAINS_OF_RULES = " \t\n'\"`‘’|_"
"""What engines make of a bit of a ruling left at the end of a line; no number begins or ends with it."""

NUMBER_SIGNS = THAI_DIGITS + "0123456789,.-–−()% "
"""What a number is written with; the text of a numeric cell that says none is put together again from these."""

_PARTED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})+")
"""The number of a part of an item, `1.10`: it is none to reckon with."""

_ASIDE = re.compile(r"\s*\([^()\d]{3,}\)?\s*$")
"""`(แห่ง)` after a number."""

_SIGN = re.compile(rf"(?:[{DASHES}(]|(?:ติด)?ลบ)\s*(?=[0-9{THAI_DIGITS}])")

PLAIN: frozenset[RowKind] = frozenset({"header", "group", "note"})
"""Kinds of rows whose cells are only text."""

_BESIDE_A_NUMBER = re.compile(r"(?<=[,.])\s+|\s+(?=[,.])|\s*%$|(?<=\d)\s*\.$")
"""What may stand beside a number without being part of it: a space at a comma, %, the full stop of a running number."""


def build_cell(cell: CellReading, kind: RowKind, column: ColumnType) -> Cell:
    """The cell as its column and the kind of its row ask for it.

    A mark stands only in mark columns of body rows; sums have a number there. A numeric cell is read as a number: its
    text is the likeliest that says one, what it is read as without that knowledge is its first alternative; where none
    does, the value is None, whatever the text. The confidence is that of the reading from which the value was taken.
    """
    plain = _plain_cell(cell)
    if kind in PLAIN:
        return plain
    if cell.column_span == 1 and column.role == "mark" and kind == "row":
        drawn = cell.mark.kind in ("check", "cross")
        text = "" if drawn else plain.text
        return plain.model_copy(
            update={"text": text, "mark": cell.mark.kind, "confidence": round(cell.mark.confidence, 3)}
        )
    if cell.column_span == 1 and column.role == "bar":
        return plain.model_copy(update={"bar": _bar(cell)}) if kind == "row" or has_bar(cell) else plain
    if column.role == "mark" or (column.role in NUMERIC and cell.column_span == 1):
        return _numeric_cell(cell, plain, column)
    return plain.model_copy(update={"value": _said(plain.text, column.role)}) if plain.text else plain


def _said(text: str, role: Role) -> str | int:
    """A day as ISO 8601, a number that names as a number unless a nought leads it; all else as printed."""
    day = parse_date(text) if role == "date" else None
    number = parse_number(text) if role == "number" else None
    named = isinstance(number, int) and str(number) == to_arabic(text).strip()
    return day.isoformat() if day else number if isinstance(number, int) and named else text


def number_of(text: str, *, signed: bool = True) -> int | float | None:
    """The number that a cell of a numeric column says, also where it stands again in words in brackets; a dash is 0.

    What is counted is not less than nothing: where not `signed`, a minus or brackets make it no number.
    """
    both = worded(text)
    text = both.digits if both else _ASIDE.sub("", text)
    plain = _BESIDE_A_NUMBER.sub("", normalise(text).strip(REMAINS_OF_RULES))
    if is_nil(plain):
        return 0
    return parse_signed(plain) if signed else parse_number(plain)


def whole_number_of(text: str, *, signed: bool = True) -> int | float | None:
    """The same in a column of money or counts, where no number has three decimals: `250.000` and `250 000` are 250000.

    A point with three digits behind it is a comma that was printed small, or read as one.
    """
    both = worded(text)
    bare = normalise(both.digits if both else text).strip(REMAINS_OF_RULES)
    sign = _SIGN.match(bare)
    body, end = (bare[sign.end() :], ")" if sign and "(" in sign[0] else "") if sign else (bare, "")
    commas = with_commas(body.removesuffix(end))
    return number_of(text if commas is None else f"{sign[0] if sign else ''}{commas}{end}", signed=signed)


def _plain_cell(cell: CellReading) -> Cell:
    others = cell.lines[0].reading.alternatives if len(cell.lines) == 1 else ()
    plain = Cell(
        column=cell.column,
        row_span=cell.row_span,
        column_span=cell.column_span,
        text=text_of(cell),
        bbox=cell.bbox,
        confidence=cell.confidence,
    )
    alternatives = tuple(Alternative(text=other.text, confidence=other.confidence) for other in others)
    return plain.model_copy(update={"alternatives": alternatives}) if alternatives else plain


def _numeric_cell(cell: CellReading, plain: Cell, column: ColumnType) -> Cell:
    parse = partial(
        number_of if column.role in ("sequence", "percent") else whole_number_of,
        signed=column.role not in ("sequence", "mark") and column.meaning is None,
    )
    if column.role == "sequence" and _PARTED.fullmatch(to_arabic(plain.text)):
        return plain.model_copy(update={"value": to_arabic(plain.text)})
    twice = with_words(plain, reading_of(cell), parse)
    if twice is not None:
        return twice
    whole = cell.lines[0].reading if len(cell.lines) == 1 else Reading(plain.text, cell.confidence)
    read = decode(whole, lambda text: parse(text) is not None, NUMBER_SIGNS)
    if read is None:
        return plain.model_copy(update={"value": None})
    update: dict[str, object] = {"value": parse(read.text), "confidence": round(read.confidence, 3)}
    if read.text != whole.text:
        freely = Alternative(text=plain.text, confidence=round(whole.confidence, 3))
        others = [other for other in plain.alternatives if other.text != read.text]
        update |= {"text": read.text, "alternatives": (freely, *others)}
    if is_nil(normalise(read.text)):
        update["nil"] = True
    return plain.model_copy(update=update)


def _bar(cell: CellReading) -> Bar | None:
    """The shares of the bar, None where there is none or the scan has no colour."""
    if cell.bar is None or cell.bar.green is None or cell.bar.red is None:
        return None
    return Bar(green=cell.bar.green, red=cell.bar.red)
