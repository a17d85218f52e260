"""The rows of a doubt sheet: what a person sees of every doubtful value, and the key by which its answer is known."""

from collections.abc import Callable
from dataclasses import dataclass

from laodoc.document import Document
from laodoc.export.crops import Picture
from laodoc.export.masking import masked, secret_pages
from laodoc.review.doubts import doubts_in
from laodoc.review.spots import Kind, Spot, as_written
from laodoc.thai.digits import parse_number

KINDS: dict[Kind, str] = {
    "number": "ตัวเลข / number",
    "date": "วันที่ / date",
    "mark": "เครื่องหมาย / ✓ × -",
    "province": "จังหวัด / province",
    "district": "อำเภอ / district",
    "place": "ชื่อ อปท. / local body",
    "text": "ข้อความ / text",
    "document-number": "เลขที่หนังสือ / letter number",
    "register": "เลขทะเบียน / register number",
    "time": "เวลา / time",
    "phone": "โทรศัพท์ / telephone",
}
"""What an answer must be, in words."""


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """One doubtful value for a person: all texts are as they are shown."""

    file: str
    page: int
    label: str
    kind: Kind
    why: str
    read: str
    understood: str
    key: str
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """A finding that asks for no single value."""

    file: str
    page: int | None
    text: str


@dataclass(frozen=True, slots=True)
class SheetOfDocument:
    """All of one document; `hidden` counts the doubts on secret pages, which are left out."""

    doubts: tuple[tuple[Spot, DoubtRow], ...]
    remarks: tuple[RemarkRow, ...]
    hidden: int


def sheet_of(
    document: Document, key: Callable[[Spot], str], *, settled: bool = False, unmask: bool = False
) -> SheetOfDocument:
    """The rows of one document; `key` makes a spot's key, `settled` lists too what was put right, `unmask` shows what
    is secret."""
    doubts, remarks = doubts_in(document, settled=settled)
    secret = set[int]() if unmask else secret_pages(document)
    name = document.source.name
    shown = [doubt for doubt in doubts if doubt.spot.page not in secret and (unmask or not _is_masked(doubt.spot))]
    rows = (
        (
            each.spot,
            DoubtRow(
                file=name,
                page=each.spot.page,
                label=each.spot.label,
                kind=each.spot.kind,
                why="\n".join(each.reasons),
                read=each.spot.text,
                understood=understood(each.spot),
                key=key(each.spot),
            ),
        )
        for each in shown
    )
    told = tuple(RemarkRow(name, remark.page, remark.text) for remark in remarks if remark.page not in secret)
    return SheetOfDocument(tuple(rows), told, len(doubts) - len(shown))


def understood(spot: Spot) -> str:
    """The value in the record, as an officer writes it; nothing where it is the text itself."""
    value = spot.value
    if value is None or str(value) == spot.text or parse_number(spot.text) == value:
        return ""
    return as_written(spot)


def _is_masked(spot: Spot) -> bool:
    """Whether a citizen's identity number stands there: the picture would show what an export covers."""
    return masked(spot.text) != spot.text or (isinstance(spot.value, str) and masked(spot.value) != spot.value)
