"""The same number in digits and in words beside them: `๑๑,๑๙๘ (หนึ่งหมื่นหนึ่งพันหนึ่งร้อยเก้าสิบแปด)`."""

import re
from collections.abc import Iterator

from laodoc.checks.table_rows import Finder, columns_of, rows_of_kind
from laodoc.document import Cell, Document, Finding, Page, Table
from laodoc.messages import Message
from laodoc.thai.digits import THAI_DIGITS, parse_number
from laodoc.thai.number_words import number_in_words

_BESIDE = re.compile(
    rf"(?P<digits>[0-9{THAI_DIGITS}][0-9{THAI_DIGITS},.]*)-?\s*(?:[ก-๎.]{{1,12}}\s*)?"
    r"\([\s=–-]*(?P<words>[ก-๎\s]{3,})[\s=–-]*\)"
)
"""Digits, perhaps a unit, and words in brackets, perhaps between strokes, so that nobody can add to them."""


def check_words(document: Document) -> tuple[Finding, ...]:
    """A finding wherever digits and the words beside them say different numbers."""
    in_tables = (finding for table in document.tables for finding in _in_table(table))
    in_text = (finding for page in document.pages for finding in _in_text(page))
    found = list(in_tables)
    boxes = {(finding.page, finding.bbox) for finding in found}
    return (*found, *(finding for finding in in_text if (finding.page, finding.bbox) not in boxes))


def disagreement(text: str) -> tuple[int | float, int] | None:
    """The number in digits and the other one in words, where `text` has both and they differ."""
    for match in _BESIDE.finditer(text):
        printed, spelled = parse_number(match["digits"].rstrip(".,")), number_in_words(match["words"])
        if printed is not None and spelled is not None and printed != spelled:
            return printed, spelled
    return None


def _in_table(table: Table) -> Iterator[Finding]:
    rule = Finder("words-digits", table)
    for row in rows_of_kind(table, "row", "subtotal", "total"):
        for cell in row.cells:
            differing = _differing(cell) if cell.words else disagreement(" ".join(cell.text.split()))
            spelled = number_in_words(cell.said)
            if differing is None and spelled is not None:
                left = [c for c in row.cells if c.column < cell.column and isinstance(c.value, int | float)]
                if left and left[-1].column in columns_of(table, "count", "amount") and left[-1].value != spelled:
                    differing = (float(left[-1].value or 0), spelled)
            if differing:
                message = Message("words-digits", digits=differing[0], words=differing[1])
                yield rule.at(row, cell.column, message, expected=differing[1], found=differing[0])


def _differing(cell: Cell) -> tuple[int | float, int] | None:
    """The cell's number, as it was read or put right by a person, and the other one that its words say."""
    spelled = cell.words.value if cell.words else None
    if spelled is None or not isinstance(cell.value, int | float) or cell.value == spelled:
        return None
    return cell.value, spelled


def _in_text(page: Page) -> Iterator[Finding]:
    inside = [region.bbox for region in page.regions if region.kind == "table"]
    for line in page.lines:
        box = line.bbox
        held = any(
            table.top <= (box.top + box.bottom) / 2 <= table.bottom and table.left <= box.left for table in inside
        )
        differing = None if held else disagreement(line.said)
        if differing:
            yield Finding(
                rule="words-digits",
                severity="warning",
                message=Message("words-digits", digits=differing[0], words=differing[1]),
                page=page.number,
                bbox=box,
                expected=differing[1],
                found=differing[0],
            )
