"""The doubt sheet of an archive: gathered document by document."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from laodoc.archive.correcting import key_of
from laodoc.archive.ledger import Ledger
from laodoc.archive.scans import scans_of
from laodoc.document import Document
from laodoc.errors import LaodocError
from laodoc.export.crops import Picture, Place, cut, scan_of
from laodoc.review.doubt_sheet import DoubtRow, RemarkRow, SheetOfDocument, sheet_of
from laodoc.review.framing import frames_of
from laodoc.review.spots import Spot


@dataclass(frozen=True, slots=True)
class DoubtOptions:
    """What to list: at most so many doubts, those that were put right too, what is secret too; whether each has its
    picture, and the password of encrypted scans."""

    limit: int = 2000
    settled: bool = False
    unmask: bool = False
    pictures: bool = True
    password: str | None = None


@dataclass(slots=True)
class Doubts:
    """What goes into a sheet: `left` doubts are over the limit, `hidden` on secret pages; `blind` says why
    the doubts of a scan that could not be opened again have no pictures."""

    rows: list[DoubtRow] = field(default_factory=list)
    remarks: list[RemarkRow] = field(default_factory=list)
    left: int = 0
    hidden: int = 0
    blind: list[str] = field(default_factory=list)


def doubts_of(ledger: Ledger, options: DoubtOptions = DoubtOptions()) -> Doubts:
    """The doubts of all documents, by the paths of their files."""
    found = Doubts()
    for _, document in ledger.documents():
        sheet = _sheet(ledger, document, options)
        room = options.limit - len(found.rows)
        rows = [row for _, row in sheet.doubts[:room]]
        frames = list(frames_of(document, [spot for spot, _ in sheet.doubts[:room]]))
        found.left += len(sheet.doubts) - len(rows)
        found.hidden += sheet.hidden
        found.remarks += sheet.remarks
        pictures = dict[Place, Picture]()
        if options.pictures and rows:
            try:
                places = [(row.page, frame) for row, frame in zip(rows, frames, strict=True)]
                pictures = _pictures(ledger, document, places, options.password)
            except LaodocError as refused:
                found.blind.append(refused.message)
        shown = (pictures.get((row.page, frame)) for row, frame in zip(rows, frames, strict=True))
        found.rows += [replace(row, picture=picture) for row, picture in zip(rows, shown, strict=True)]
    return found


def _sheet(ledger: Ledger, document: Document, options: DoubtOptions) -> SheetOfDocument:
    sha256 = document.source.sha256
    held = ledger.corrections_at(sha256) if options.settled else {}
    return sheet_of(document, partial(_key, sha256, held), settled=options.settled, unmask=options.unmask)


def _pictures(
    ledger: Ledger, document: Document, places: Collection[Place], password: str | None
) -> dict[Place, Picture]:
    with scans_of(ledger, document.source.sha256) as scans:
        return dict(cut(document, scan_of(document, scans, password=password), places))


def _key(sha256: str, held: Mapping[str, int], spot: Spot) -> str:
    return key_of(sha256, spot, held.get(spot.pointer, 0))
