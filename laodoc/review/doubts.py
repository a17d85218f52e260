"""What of a document a person should look at: values that were hardly read, and those that a check points to."""

from collections.abc import Iterator
from dataclasses import dataclass

from laodoc.document import BBox, Document, Finding
from laodoc.export.table_sheets import DOUBT
from laodoc.messages import name_of
from laodoc.review.spots import Spot, spots


@dataclass(frozen=True, slots=True)
class Doubt:
    """A value to look at, and why: one text a reason."""

    spot: Spot
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding that points to no value that could be put right: of the paper, or of several values together."""

    page: int | None
    text: str


def doubts_in(document: Document, *, settled: bool = False) -> tuple[tuple[Doubt, ...], tuple[Remark, ...]]:
    """The doubts of a document by page and place, and what else its checks say. What a person has put right is in doubt
    no more; with `settled` it is listed too."""
    told: dict[tuple[int | None, BBox | None], list[Finding]] = {}
    for finding in document.findings:
        told.setdefault((finding.page, finding.bbox), []).append(finding)
    doubts, heard = [], set[tuple[int | None, BBox | None]]()
    for spot in spots(document):
        place = (spot.page, spot.bbox)
        if spot.corrected and not settled:
            continue
        reasons = (*_reasons(spot), *(finding_reason(finding) for finding in told.get(place, ())))
        if reasons:
            heard.add(place)
            doubts.append(Doubt(spot, reasons))
    remarks = [
        Remark(finding.page, finding_reason(finding))
        for place, group in told.items()
        if place not in heard
        for finding in group
    ]
    doubts.sort(key=lambda doubt: (doubt.spot.page, doubt.spot.bbox.top, doubt.spot.bbox.left, doubt.spot.pointer))
    return tuple(doubts), tuple(remarks)


def _reasons(spot: Spot) -> Iterator[str]:
    if spot.corrected:
        yield "แก้ไขแล้ว / put right by a person"
    elif not spot.found:
        yield "หาไม่พบ / not found"
    elif spot.confidence < DOUBT and (spot.text or spot.confidence == 0 or spot.kind == "mark"):
        yield f"อ่านไม่ชัด / hardly read ({spot.confidence:.2f})"
    elif spot.value is None and spot.text:
        yield f"ไม่เข้าใจ / not understood ({spot.confidence:.2f})"


def finding_reason(finding: Finding) -> str:
    """A finding as a reason to look: in Thai and English, as sheets have it."""
    thai, english = (f"{name_of('rule', finding.rule, wanted)}: {finding.told_in(wanted)}" for wanted in ("th", "en"))
    return f"{thai} / {english}"
