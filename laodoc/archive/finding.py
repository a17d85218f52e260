"""`laodoc find`: the pages of an archive on which words stand."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import text

from laodoc.archive.index import index_document, make_index, not_indexed
from laodoc.archive.ledger import Ledger
from laodoc.archive.tables import LAST_PLACE
from laodoc.document import BBox
from laodoc.errors import UsageError
from laodoc.export.masking import MASK, masked
from laodoc.messages import Message
from laodoc.thai.folding import folded

TRIGRAM = 3
"""Characters that a word needs to be in the index; shorter ones are looked for in the texts themselves."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for: phrases that all stand on the page, and what must hold of it or of its letter.

    `province` and `office` are looked for in the rows of its tables and among the letter's sender, addressees and
    stamps; `since` and `until` bound the letter's day, `due_by` its deadline; `status` is that of one of its rows.
    """

    words: tuple[str, ...]
    province: str | None = None
    office: str | None = None
    since: date | None = None
    until: date | None = None
    due_by: date | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that was found, and the line on it where the first of the words begins."""

    file: str
    page: int
    letter: str | None
    number: str | None
    date: str | None
    text: str
    bbox: BBox
    sha256: str | None = None
    archive_id: int | None = None
    gone: str | None = None


def find(ledger: Ledger, wanted: Wanted, *, limit: int = 50, unmask: bool = False) -> tuple[list[Hit], int]:
    """The pages found, by file and page, `limit` at most; and how many there are in all.

    An archive from before the index is indexed first, once.

    Raises:
        UsageError: there is nothing to look for.
        AccessError: the archive cannot be read, or has to be indexed and cannot be written.
    """
    phrases = [folded(word) for word in wanted.words if folded(word)]
    if not phrases:
        raise UsageError(Message("find-nothing"))
    catch_up(ledger)
    clauses, given = _clauses(phrases, wanted)
    pages = text(
        f"SELECT coalesce({LAST_PLACE}, p.sha256) AS place, p.page, p.id, l.number, l.date, p.sha256"
        " FROM page_texts p LEFT JOIN letter_facts l ON l.sha256 = p.sha256 AND l.letter = p.letter"
        f" WHERE {' AND '.join(clauses)} ORDER BY place, p.sha256, p.page"
    )
    lines = text(
        "SELECT p.letter, p.secret, p.folded, n.lines FROM page_texts p JOIN page_lines n USING (id) WHERE id = :id"
    )
    hits = []
    with ledger.session() as session:
        found = session.execute(pages, given).all()
        for place, page, key, number, day, sha256 in found[:limit]:
            letter, secret, said, where = session.execute(lines, {"id": key}).one()
            line, box = _line_at(json.loads(where), said.find(phrases[0]))
            shown = line if unmask else MASK if secret else masked(line)
            hits.append(Hit(place, page, letter, number, day, shown, BBox(*box), *_identity(ledger, sha256)))
    return hits, len(found)


def catch_up(ledger: Ledger) -> None:
    """Index what was read before there was an index."""
    with ledger.session() as session:
        missing = not_indexed(session)
    for sha256 in missing:
        document = ledger.document(sha256)
        with ledger.writing() as session:
            make_index(session.connection())
            if document is not None:
                index_document(session, sha256, document)


def to_json(hits: Sequence[Hit], count: int) -> str:
    """The hits as one JSON object."""
    found = {"count": count, "pages": [asdict(hit) for hit in hits]}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def to_text(hits: Sequence[Hit]) -> str:
    """A line for every hit: file, page, place of the line in the page's pixels, its letter, the line."""
    return "".join(map(_told, hits))


def _told(hit: Hit) -> str:
    letter = ", ".join(filter(None, (hit.number, hit.date)))
    box = ",".join(map(str, hit.bbox))
    gone = f" (gone since {hit.gone})" if hit.gone else ""
    return f"{hit.file}{gone} p.{hit.page} [{box}]{f' ({letter})' if letter else ''}: {hit.text}\n"


def _identity(ledger: Ledger, sha256: str) -> tuple[str, int | None, str | None]:
    origin = ledger.origin(sha256)
    return sha256, origin.archive_id, origin.gone


def _clauses(phrases: Sequence[str], wanted: Wanted) -> tuple[list[str], dict[str, object]]:
    """What must hold, as SQL with its values."""
    clauses: list[str] = []
    given: dict[str, object] = {}
    long = [phrase for phrase in phrases if len(phrase) >= TRIGRAM]
    if long:
        clauses.append("p.id IN (SELECT rowid FROM page_words WHERE page_words MATCH :words)")
        given["words"] = " AND ".join('"' + phrase.replace('"', '""') + '"' for phrase in long)
    for index, phrase in enumerate(phrase for phrase in phrases if len(phrase) < TRIGRAM):
        clauses.append(f"instr(p.folded, :short{index}) > 0")
        given[f"short{index}"] = phrase
    on_page = "EXISTS (SELECT 1 FROM record_facts r WHERE r.sha256 = p.sha256 AND r.page = p.page AND "
    for name, column, value in (("province", "province", wanted.province), ("office", "office", wanted.office)):
        if value:
            clauses.append(f"({on_page}instr(r.{column}, :{name}) > 0) OR instr(l.offices, :{name}) > 0)")
            given[name] = folded(value)
    if wanted.status:
        clauses.append(f"{on_page}r.status = :status)")
        given["status"] = wanted.status
    for name, column, sign, day in (
        ("since", "date", ">=", wanted.since),
        ("until", "date", "<=", wanted.until),
        ("due_by", "deadline", "<=", wanted.due_by),
    ):
        if day:
            clauses.append(f"l.{column} {sign} :{name}")
            given[name] = day.isoformat()
    return clauses, given


def _line_at(lines: list[tuple[int, str, list[int]]], position: int) -> tuple[str, list[int]]:
    """Text and box of the line in which the character at this position of the folded page stands."""
    return next((line, box) for start, line, box in reversed(lines) if start <= max(position, 0))
