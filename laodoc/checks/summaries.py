"""Sentences that sum a table up: `… จำนวน ๗,๘๕๐ แห่ง … คิดเป็นร้อยละ ๓.๗๑`, below it or in a letter."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from laodoc.checks.sums import may_be_printed_as
from laodoc.checks.table_rows import Number, column_of, columns_of, number_at, rows_of_kind
from laodoc.document import Document, Finding, Meaning, Page, Severity, Table
from laodoc.messages import Message
from laodoc.thai.digits import THAI_DIGITS, parse_number

_NUMBER = rf"[0-9{THAI_DIGITS}][0-9{THAI_DIGITS},.]*"
_SAID = re.compile(
    rf"จำนวน(?:ทั้งสิ้น|ทั้งหมด|รวม)*\s*(?P<count>{_NUMBER})\s*(?:แห่ง|อปท)|ร้อยละ\s*(?P<share>{_NUMBER})(?!\s*ของ)"
)
"""A count of bodies, or a share; not `ร้อยละ ๘๐ ของ …`, which is a goal."""

APART = 160
"""Characters between two figures from which on they are not of one passage."""

NEAR = 0.1
"""Part by which a count may differ from one of the table's sums to be meant for it: an older or misread figure. What is
further away counts something else, unless the figures around it are the table's."""

NEAR_SHARE = 1.0
"""The same in percentage points."""

TELLING = 10
"""A count from which on it is no chance that a sentence and a table both have it."""


@dataclass(frozen=True, slots=True)
class Said:
    """A figure of the text; `share` tells a percentage from a count."""

    text: str
    start: int
    number: Number
    share: bool
    decimals: int


@dataclass(frozen=True, slots=True)
class Sums:
    """What a table sums up: its counts, and of the parts of its total the exact shares and the printed ones."""

    table: Table
    counts: tuple[Number, ...]
    shares: dict[Number, float]
    printed: tuple[Number, ...]


def check_summaries(document: Document) -> tuple[Finding, ...]:
    """A finding for every figure of a sentence that is meant for a sum of a statistics table, and is another."""
    sums = [_sums(table) for table in document.tables if table.kind == "statistics"]
    sums = [each for each in sums if each.counts]
    return tuple(finding for page in document.pages if sums for finding in _on_page(page, sums))


def _on_page(page: Page, sums: Sequence[Sums]) -> Iterator[Finding]:
    for passage in _passages(_text(page)):
        yield from _in_passage(page, passage, sums)


def _text(page: Page) -> str:
    """What the page says outside its tables."""
    tables = [region.bbox for region in page.regions if region.kind == "table"]
    outside = []
    for line in page.lines:
        x, y = (line.bbox.left + line.bbox.right) / 2, (line.bbox.top + line.bbox.bottom) / 2
        if not any(t.left <= x <= t.right and t.top <= y <= t.bottom for t in tables):
            outside.append(line.said)
    return " ".join(outside)


def _passages(text: str) -> list[list[Said]]:
    passages: list[list[Said]] = []
    for match in _SAID.finditer(text):
        plain = (match["count"] or match["share"]).rstrip(".,")
        number = parse_number(plain)
        if number is None:
            continue
        said = Said(match[0], match.start(), number, match["share"] is not None, len(plain.partition(".")[2]))
        if passages and said.start - passages[-1][-1].start - len(passages[-1][-1].text) <= APART:
            passages[-1].append(said)
        else:
            passages.append([said])
    return passages


def _in_passage(page: Page, passage: list[Said], sums: Sequence[Sums]) -> Iterator[Finding]:
    numbers = {said.number for said in passage if not said.share}
    known = {number for each in sums for number in each.counts}
    about = max(sums, key=lambda each: len(numbers & {n for n in each.counts if n >= TELLING}))
    agreeing = numbers & set(about.counts)
    anchored = len({number for number in agreeing if number >= TELLING}) > 0
    count: Number | None = None
    for said in passage:
        if said.share:
            yield from _share(page, said, about if anchored or len(sums) == 1 else None, count)
            continue
        count = said.number
        if said.number in known:
            continue
        near = {n for n in about.counts if n and abs(n - said.number) <= NEAR * n} - agreeing
        left = set(about.counts) - agreeing if len(agreeing) > 1 else near
        meant = near if len(near) == 1 else left
        if len(meant) == 1:
            count = meant.pop()
            yield _finding(page, about.table, said, count)


def _share(page: Page, said: Said, about: Sums | None, count: Number | None) -> Iterator[Finding]:
    """A share is that of the count before it, where the table has that; else any of the table's that is near."""
    if about is None or not about.shares:
        return
    exact = about.shares.get(count) if count is not None else None
    fitting = [exact] if exact is not None else list(about.shares.values())
    if not any(may_be_printed_as(share, said.number, said.decimals) for share in fitting):
        close = fitting if exact is not None else [s for s in fitting if abs(s - said.number) <= NEAR_SHARE]
        if len(close) == 1:
            yield _finding(page, about.table, said, round(close[0], max(2, said.decimals)))
        return
    # Rounded here and cut off there: both are right, and yet they differ.
    other = [p for p in about.printed if p != said.number and abs(p - said.number) <= 10.0**-said.decimals * 1.01]
    if other and said.number not in about.printed:
        yield _finding(page, about.table, said, other[0], severity="info")


def _sums(table: Table) -> Sums:
    """What the count columns add up to, as the total row says or, where there is none, as the rows do."""
    totals = list(rows_of_kind(table, "total"))[-1:]
    by_column: dict[int, Number] = {}
    for column in columns_of(table, "count"):
        printed = number_at(totals[0], column) if totals else None
        numbers = [number_at(row, column) for row in rows_of_kind(table, "row")]
        if printed is not None:
            by_column[column] = printed
        elif numbers and None not in numbers:
            by_column[column] = sum(number or 0 for number in numbers)
    meanings: tuple[Meaning, ...] = ("total", "done", "pending")
    whole, *parts = (by_column.get(-1 if (c := column_of(table, "count", m)) is None else c) for m in meanings)
    shares = {part: 100 * part / whole for part in parts if whole and part is not None}
    printed_shares = [number_at(row, column) for row in totals for column in columns_of(table, "percent")]
    return Sums(table, tuple(by_column.values()), shares, tuple(p for p in printed_shares if p is not None))


def _finding(page: Page, table: Table, said: Said, meant: Number, severity: Severity = "warning") -> Finding:
    return Finding(
        rule="summary-table",
        severity=severity,
        message=Message("summary-table", said=said.text, meant=meant),
        page=page.number,
        table=table.id,
        expected=meant,
        found=said.number,
    )
