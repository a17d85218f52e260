"""The doubt sheet of an archive: gathered document by document."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from laodoc.archive.correcting import key_of
from laodoc.archive.ledger import Ledger
from laodoc.review.doubt_sheet import DoubtRow, RemarkRow, SheetOfDocument, sheet_of
from laodoc.review.spots import Spot


@dataclass(frozen=True, slots=True)
class DoubtOptions:
    """What to list: at most so many doubts, those that were put right too, what is secret too."""

    limit: int = 2000
    settled: bool = False
    unmask: bool = False


@dataclass(slots=True)
class Doubts:
    """What goes into a sheet: `left` doubts are over the limit, `hidden` on secret pages."""

    rows: list[DoubtRow] = field(default_factory=list)
    remarks: list[RemarkRow] = field(default_factory=list)
    left: int = 0
    hidden: int = 0


def doubts_of(ledger: Ledger, options: DoubtOptions = DoubtOptions()) -> Doubts:
    """The doubts of all documents, by the paths of their files."""
    found = Doubts()
    for sheet in _sheets(ledger, options):
        room = options.limit - len(found.rows)
        found.rows += [row for _, row in sheet.doubts[:room]]
        found.left += max(0, len(sheet.doubts) - room)
        found.hidden += sheet.hidden
        found.remarks += sheet.remarks
    return found


def _sheets(ledger: Ledger, options: DoubtOptions) -> Iterator[SheetOfDocument]:
    for _, document in ledger.documents():
        sha256 = document.source.sha256
        held = ledger.corrections_at(sha256) if options.settled else {}
        key = partial(_key, sha256, held)
        yield sheet_of(document, key, settled=options.settled, unmask=options.unmask)


def _key(sha256: str, held: Mapping[str, int], spot: Spot) -> str:
    return key_of(sha256, spot, held.get(spot.pointer, 0))
