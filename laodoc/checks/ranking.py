"""Which findings a person should look at first, and which need not be shown unless asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from laodoc.document import BBox, Document, Finding, Rule, Severity

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")

CONSEQUENCES: tuple[Rule, ...] = (
    "damaged-page", "missing-page", "enclosure-missing", "unread", "two-in-one-cell", "tall-row", "lone-column",
    "cut-by-column", "split-row", "column-total", "row-sum", "mark-exclusive", "mark-count", "words-digits",
    "summary-table",
    "percent", "bar-percent", "sequence-gap", "sequence-repeat", "place-repeat", "reference-mismatch",
    "office-mismatch", "number-code", "date-order", "no-such-day", "weekday", "unknown-place", "homonym",
    "three-decimals", "annotation", "text-layer", "order",
)  # fmt: skip
"""Rules by what follows where the finding is right: something is lost, then counted wrongly, then filed wrongly."""


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one rule in one table or letter, as they stand on paper."""

    rule: Rule
    severity: Severity
    findings: tuple[Finding, ...]


def ranked(findings: Iterable[Finding], *, everything: bool = False) -> list[Group]:
    """The findings by consequence, those of one rule in one place together; information stays out unless `everything`
    is asked for: the paper may well be right there, or it was settled."""
    shown = [finding for finding in findings if everything or finding.severity != "info"]
    groups: dict[tuple[Severity, Rule, str | None], list[Finding]] = {}
    for finding in shown:
        groups.setdefault((finding.severity, finding.rule, finding.table or finding.letter), []).append(finding)
    order = sorted(groups, key=lambda key: (SEVERITIES.index(key[0]), CONSEQUENCES.index(key[1])))
    return [Group(key[1], key[0], tuple(groups[key])) for key in order]


def sureness(document: Document, finding: Finding) -> float | None:
    """How surely was read what a finding speaks of: the confidence of the cell or line at its place, else None."""
    if finding.bbox is None or finding.page is None:
        return None
    cells = (
        (row.page, cell.bbox, cell.confidence) for table in document.tables for row in table.rows for cell in row.cells
    )
    lines = ((page.number, line.bbox, line.confidence) for page in document.pages for line in page.lines)
    for places in (cells, lines):
        for page, box, confidence in places:
            if page == finding.page and _same(box, finding.bbox):
                return confidence
    return None


def _same(one: Sequence[int], other: BBox) -> bool:
    return tuple(one) == tuple(other)


def column_name(document: Document, finding: Finding) -> str | None:
    """What the column is called in which a finding stands."""
    table = next((table for table in document.tables if table.id == finding.table), None)
    column = next((c for c in table.columns if c.index == finding.column), None) if table else None
    return (" ".join(column.header.split()) or column.role) if column else None
