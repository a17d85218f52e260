"""What the page of a letter shows of one page of its document: places with their values, tables, findings."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from laodoc.document import Document, Finding, Table
from laodoc.messages import Message, name_of
from laodoc.review.answers import understand
from laodoc.review.correcting import read_at
from laodoc.review.doubts import finding_reason
from laodoc.review.framing import frames_of
from laodoc.review.spots import Misunderstood, Spot, Value, as_written
from laodoc.server.library import Held
from laodoc.server.words import Language, one_language

MOST_ALTERNATIVES = 5
"""Of a value that are offered; more are slower to read than to type."""


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """The fields of one letter on the page, or what of a table stands outside its cells."""

    title: str
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """The rows of a table on the page: of each cell its text, how many columns it spans, its place if it has one."""

    table: Table
    rows: tuple[tuple[str, tuple[tuple[str, int, Spot | None], ...]], ...]


@dataclass(frozen=True, slots=True)
class PageView:
    """All that stands on one page."""

    number: int
    groups: tuple[FieldGroup, ...]
    tables: tuple[TableView, ...]
    findings: tuple[Finding, ...]


def page_view(held: Held, number: int) -> PageView:
    """What stands on a page of a document."""
    here = {pointer: spot for pointer, spot in held.spots.items() if spot.page == number}
    groups: dict[str, list[Spot]] = {}
    for pointer, spot in here.items():
        if "/rows/" not in pointer:
            groups.setdefault(spot.label.partition(": ")[0], []).append(spot)
    tables = (_table(index, table, number, here) for index, table in enumerate(held.document.tables))
    return PageView(
        number,
        tuple(FieldGroup(title, tuple(spots)) for title, spots in groups.items()),
        tuple(view for view in tables if view.rows),
        tuple(finding for finding in held.document.findings if finding.page == number),
    )


def _table(index: int, table: Table, page: int, here: dict[str, Spot]) -> TableView:
    rows = []
    for number, row in enumerate(table.rows):
        if row.page != page:
            continue
        cells = []
        for place, cell in enumerate(row.cells):
            spot = here.get(f"/tables/{index}/rows/{number}/cells/{place}")
            cells.append((shown(spot) if spot else cell.said, cell.column_span, spot))
        rows.append((row.kind, tuple(cells)))
    return TableView(table, tuple(rows))


def shown(spot: Spot) -> str:
    """The value of a place as an officer writes it, or what was read where it was not understood."""
    return spot.text if spot.value is None else as_written(spot)


def places_of(held: Held, number: int, language: Language) -> dict[str, dict[str, Any]]:
    """The places on a page as the browser needs them, by pointer."""
    here = [spot for spot in held.spots.values() if spot.page == number]
    frames = list(frames_of(held.document, here))
    return {
        spot.pointer: {
            "key": held.key(spot),
            "kind": spot.kind,
            "label": label_of(spot, language),
            "read": spot.text,
            "value": shown(spot),
            "sure": spot.found and spot.value is not None,
            "confidence": spot.confidence,
            "alternatives": list(_alternatives(held.document, spot)),
            "box": list(frame),
            "why": list(_reasons(held, spot, language)),
            "done": spot.corrected,
        }
        for spot, frame in zip(here, frames, strict=True)
    }


def label_of(spot: Spot, language: Language) -> str:
    """What a place is called, without the id of its letter or table."""
    name = spot.label.partition(": ")[2]
    return name if "/rows/" in spot.pointer else one_language(name, language)


def _alternatives(document: Document, spot: Spot) -> Iterator[str]:
    """Other readings of the same ink, as far as each means something else."""
    read = read_at(document, spot.pointer)
    if read is None or spot.kind == "mark":
        return
    known: set[Value] = {spot.value}
    for each in read.alternatives:
        try:
            value = understand(each.text, spot)
        except Misunderstood:
            continue
        if value not in known and len(known) <= MOST_ALTERNATIVES:
            known.add(value)
            written = as_written(replace(spot, value=value))
            if written != shown(spot):
                yield written


def _reasons(held: Held, spot: Spot, language: Language) -> Iterator[str]:
    """Why the place is in doubt; empty where it is not."""
    doubt = held.doubts.get(spot.pointer)
    told = {finding_reason(each): each for each in held.document.findings} if doubt else {}
    for reason in doubt.reasons if doubt else ():
        if finding := told.get(reason):
            yield f"{name_of('rule', finding.rule, language)}: {message_of(finding, language)}"
        else:
            yield one_language(reason, language)


def message_of(finding: Finding, language: Language) -> str:
    """What a finding says; as its record has it, where another laodoc has written that."""
    try:
        return Message.of(finding.code, finding.values).in_language(language) if finding.code else finding.message
    except KeyError:
        return finding.message


def finding_told(finding: Finding, language: Language) -> dict[str, Any]:
    """A finding as the browser needs it."""
    return {
        "rule": name_of("rule", finding.rule, language),
        "message": message_of(finding, language),
        "severity": finding.severity,
        "repaired": finding.repaired,
        "box": list(finding.bbox) if finding.bbox else None,
    }
