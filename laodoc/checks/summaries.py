"""Sentences of a letter that sum a table up: `… จำนวน ๗,๘๕๐ แห่ง … คิดเป็นร้อยละ ๓.๗๑`."""

import re
from collections.abc import Iterator

from laodoc.checks.sums import may_be_printed_as
from laodoc.checks.table_rows import Number, column_of, columns_of, number_at, rows_of_kind
from laodoc.document import Document, Finding, Page, Table
from laodoc.thai.digits import THAI_DIGITS, parse_number

_NUMBER = rf"(?P<number>[0-9{THAI_DIGITS}][0-9{THAI_DIGITS},.]*)"
_COUNT = re.compile(rf"จำนวน(?:ทั้งสิ้น|ทั้งหมด)?\s*{_NUMBER}\s*(?:แห่ง|อปท)")
_SHARE = re.compile(rf"ร้อยละ\s*{_NUMBER}")

NEAR = 0.1
"""Part by which a count may differ from one of the table's sums to be meant for it: an older or misread figure. What is
further away counts something else."""

NEAR_SHARE = 1.0
"""The same in percentage points."""


def check_summaries(document: Document) -> tuple[Finding, ...]:
    """A finding for every sentence whose count or share is nearly, but not, one of the only statistics table's sums."""
    tables = [table for table in document.tables if table.kind == "statistics"]
    if len(tables) != 1:
        return ()
    return tuple(finding for page in document.pages for finding in _on_page(page, tables[0]))


def _on_page(page: Page, table: Table) -> Iterator[Finding]:
    counts, shares = _sums(table), _shares(table)
    if not counts:
        return
    text = " ".join(line.text for line in page.lines)
    inside = any(region.kind == "table" for region in page.regions)
    for match in () if inside else _COUNT.finditer(text):
        said = parse_number(match["number"].rstrip(".,"))
        if said is not None and said not in counts:
            near = [count for count in counts if count and abs(count - said) <= NEAR * count]
            if len(near) == 1:
                yield _finding(page, table, match[0], said, near[0])
    for match in () if inside else _SHARE.finditer(text):
        plain = match["number"].rstrip(".,")
        said = parse_number(plain)
        if said is None or not shares:
            continue
        decimals = len(plain.partition(".")[2])
        if not any(may_be_printed_as(share, said, decimals) for share in shares):
            close = [share for share in shares if abs(share - said) <= NEAR_SHARE]
            if len(close) == 1:
                yield _finding(page, table, match[0], said, round(close[0], max(2, decimals)))


def _sums(table: Table) -> list[Number]:
    """What the count columns add up to, as the total row says or, where there is none, as the rows do."""
    sums: list[Number] = []
    totals = list(rows_of_kind(table, "total"))
    for column in columns_of(table, "count"):
        printed = number_at(totals[-1], column) if totals else None
        numbers = [number_at(row, column) for row in rows_of_kind(table, "row")]
        if printed is not None:
            sums.append(printed)
        elif numbers and None not in numbers:
            sums.append(sum(number or 0 for number in numbers))
    return sums


def _shares(table: Table) -> list[float]:
    """The shares of done and pending in the table's sums, in percent."""
    totals = list(rows_of_kind(table, "total"))[-1:]
    whole = column_of(table, "count", "total")
    parts = [column_of(table, "count", meaning) for meaning in ("done", "pending")]
    return [
        100 * part / total
        for row in totals
        for column in parts
        if (total := number_at(row, whole)) and (part := number_at(row, column)) is not None
    ]


def _finding(page: Page, table: Table, sentence: str, said: Number, meant: Number) -> Finding:
    return Finding(
        rule="summary-table",
        severity="warning",
        message=f"the text says {sentence}; the table gives {meant:,g}",
        page=page.number,
        table=table.id,
        expected=meant,
        found=said,
    )
