"""Documents as people have put them right: what was read stays as text, values are theirs, everything else follows."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from laodoc.document import BBox, Cell, Document, Field, Finding
from laodoc.layout.boxes import area, intersection
from laodoc.review.spots import Kind, Spot, Value, spots

SAME_PLACE = 0.5
"""Share of the smaller of two boxes that both cover, from which two readings are of one place: a field's box moves with
the number of its letters, a cell's by a few pixels."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says stands at a place; the place is that of the reading that the person saw, see `Spot`."""

    id: int
    pointer: str
    shape: str
    kind: Kind
    page: int
    bbox: BBox
    value: Value


def corrected(document: Document, corrections: Sequence[Correction]) -> tuple[Document, frozenset[int]]:
    """The document with its corrections: places looked up, way and records made anew, checks run again; and the ids of
    those that no longer find their place in it.

    `document` is as the machine read it, perhaps not as it did when the corrections were made.
    """
    placed = find_places(document, corrections)
    lost = frozenset(correction.id for correction in corrections if correction.id not in placed)
    values = {placed[each.id].pointer: (placed[each.id], each) for each in corrections if each.id in placed}
    if not values:
        return document, lost
    changed = document
    for spot, correction in values.values():
        changed = _put(changed, spot, correction.value)
    return _followed(changed), lost


@dataclass(frozen=True, slots=True)
class Trial:
    """What a value would change: findings that would be gone, and new ones."""

    resolved: tuple[Finding, ...]
    raised: tuple[Finding, ...]


def tried(document: Document, spot: Spot, value: Value) -> Trial:
    """What the checks would say if this value stood at the spot; nothing is kept."""
    after = _followed(_put(document, spot, value)).findings
    before = document.findings
    return Trial(
        tuple(finding for finding in before if finding not in after),
        tuple(finding for finding in after if finding not in before),
    )


def _followed(changed: Document) -> Document:
    """The document with what follows from its values: places looked up, way and records made anew, checks run again."""
    # Heavy, and most archives that are opened have no corrections.
    from laodoc.parsing.placing import place_tables
    from laodoc.parsing.routing import build_routing
    from laodoc.pipeline import recheck

    tables = place_tables(changed.tables, changed.letters)
    changed = changed.model_copy(update={"tables": tables, "routing": build_routing(changed.letters)})
    return recheck(changed)


def find_places(document: Document, corrections: Iterable[Correction]) -> dict[int, Spot]:
    """Where in the document each correction belongs, by its id; of two that claim one place the nearer has it, and of
    equals the later."""
    by_shape: dict[tuple[str, int, Kind], list[Spot]] = {}
    for spot in spots(document):
        by_shape.setdefault((spot.shape, spot.page, spot.kind), []).append(spot)
    claims = []
    for each in corrections:
        for spot in by_shape.get((each.shape, each.page, each.kind), ()):
            shared = _shared(each.bbox, spot.bbox)
            if shared >= SAME_PLACE:
                claims.append((spot.pointer == each.pointer, shared, each.id, spot))
    claims.sort(key=lambda claim: claim[:3], reverse=True)
    found: dict[int, Spot] = {}
    taken: set[str] = set()
    for _, _, name, spot in claims:
        if name not in found and spot.pointer not in taken:
            found[name] = spot
            taken.add(spot.pointer)
    return found


def _shared(one: BBox, other: BBox) -> float:
    smaller = min(area(one), area(other))
    return area(intersection(one, other)) / smaller if smaller else float(one == other)


def _put(document: Document, spot: Spot, value: Value) -> Document:
    """The document with a value at a spot."""
    steps = _steps(spot.pointer)

    def within(whole: Any, rest: Sequence[str | int]) -> Any:
        if not rest:
            return _with_value(whole, spot, value)
        first, *others = rest
        if isinstance(first, int):
            return (*whole[:first], within(whole[first], others), *whole[first + 1 :])
        return whole.model_copy(update={first: within(getattr(whole, first), others)})

    put: Document = within(document, steps)
    return put


def read_at(document: Document, pointer: str) -> Field | Cell | None:
    """The field or cell that a pointer of `spots` leads to; None where nothing was found there."""
    found: Any = document
    for step in _steps(pointer):
        found = found[step] if isinstance(step, int) else getattr(found, step)
    assert found is None or isinstance(found, Field | Cell)
    return found


def _steps(pointer: str) -> list[str | int]:
    return [int(step) if re.fullmatch(r"\d+", step) else step for step in pointer.strip("/").split("/")]


def _with_value(read: Field | Cell | None, spot: Spot, value: Value) -> Field | Cell:
    sure: dict[str, Any] = {"confidence": 1.0, "corrected": True}
    if read is None:
        return Field(text="", value=value, page=spot.page, bbox=spot.bbox, **sure)
    if spot.kind == "mark":
        return read.model_copy(update={"mark": value, **sure})
    if isinstance(read, Cell) and spot.kind == "number" and read.nil and value != 0:
        sure["nil"] = False
    return read.model_copy(update={"value": value, **sure})
