"""What an archive holds at a glance: a line for every document, by doubt, day, office or deadline, without its record.

The lines stand in the index (`laodoc.archive.index`) and are made anew with it, as a document is read or put right.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import bindparam, text
from sqlalchemy.orm import Session

from laodoc.archive.finding import catch_up
from laodoc.archive.ledger import Ledger
from laodoc.archive.tables import LAST_PLACE
from laodoc.export.masking import MASK
from laodoc.thai.folding import folded

Order = Literal["doubt", "date", "office", "deadline", "newest"]
State = Literal["doubtful", "settled"]
Due = Literal["due", "overdue"]

ORDERS: dict[Order, str] = {
    "doubt": "o.doubts DESC, o.lowest, c.number",
    "date": "o.date IS NULL, o.date DESC, c.number",
    "office": "o.sender IS NULL, o.sender, o.date, c.number",
    "deadline": "o.deadline IS NULL, o.deadline, c.number",
    "newest": "c.number DESC",
}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which documents: all that is given must hold. `province` and `office` are parts of a name; `year` is of the
    Buddhist era, that of the first letter; `status` is that of one of its rows; `due` is seen from `today`."""

    province: str | None = None
    office: str | None = None
    year: int | None = None
    status: str | None = None
    state: State | None = None
    due: Due | None = None
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """One document: the number by which its archive knows it, its file, and what its first letter says. `doubts` are
    left to a person, `lowest` is the least confidence among them; `warnings` counts what its checks find."""

    number: int
    sha256: str
    place: str
    pages: int
    doubts: int
    lowest: float
    warnings: int
    letter: str | None
    date: str | None
    sender: str | None
    subject: str | None
    deadline: str | None
    done: int
    pending: int


def listing(
    ledger: Ledger,
    wanted: Narrowing = Narrowing(),
    *,
    order: Order = "doubt",
    limit: int = 50,
    offset: int = 0,
    unmask: bool = False,
) -> tuple[list[Overview], int]:
    """The documents in this order, `limit` from `offset` on; and how many there are in all. The subjects of secret
    letters are covered unless `unmask`.

    Raises:
        AccessError: the archive cannot be read, or has to be indexed and cannot be written.
    """
    catch_up(ledger)
    clauses, given = _clauses(wanted)
    where = f"WHERE {' AND '.join(clauses)}" if clauses else ""
    place = LAST_PLACE.replace("p.sha256", "o.sha256")
    rows = text(
        f"SELECT c.number, o.sha256, coalesce({place}, o.sha256), o.pages, o.doubts, o.lowest, o.warnings, o.letter,"
        f" o.date, o.sender, CASE WHEN o.secret AND :masked THEN '{MASK}' ELSE o.subject END, o.deadline, o.done,"
        f" o.pending FROM overview o JOIN contents c USING (sha256) {where} ORDER BY {ORDERS[order]}"
        " LIMIT :limit OFFSET :offset"
    )
    count = text(f"SELECT count(*) FROM overview o {where}")
    with ledger.session() as session:
        found = session.execute(rows, {**given, "masked": not unmask, "limit": limit, "offset": offset}).all()
        return [Overview(*row) for row in found], session.execute(count, given).scalar_one()


def _clauses(wanted: Narrowing) -> tuple[list[str], dict[str, Any]]:
    clauses: list[str] = []
    given: dict[str, Any] = {}
    for name, column, said in (("province", "provinces", wanted.province), ("office", "offices", wanted.office)):
        if said:
            clauses.append(f"instr(o.{column}, :{name}) > 0")
            given[name] = folded(said)
    if wanted.year is not None:
        clauses.append("o.year = :year")
        given["year"] = wanted.year
    if wanted.status in ("done", "pending"):
        clauses.append(f"o.{wanted.status} > 0")
    if wanted.state:
        clauses.append("o.doubts > 0" if wanted.state == "doubtful" else "o.doubts = 0")
    if wanted.due:
        clauses.append("o.deadline >= :today" if wanted.due == "due" else "o.deadline < :today")
        given["today"] = (wanted.today or date.today()).isoformat()
    return clauses, given


@dataclass(frozen=True, slots=True)
class Deadline:
    """A letter that is to be answered by a day."""

    number: int
    letter: str
    said: str | None
    day: str
    page: int
    sender: str | None
    subject: str | None


def deadlines(ledger: Ledger, *, limit: int = 200, unmask: bool = False) -> list[Deadline]:
    """The letters with a deadline, the nearest first."""
    catch_up(ledger)
    found = text(
        "SELECT c.number, d.letter, d.said, d.deadline, d.page, d.sender,"
        f" CASE WHEN d.secret AND :masked THEN '{MASK}' ELSE d.subject END"
        " FROM letter_overview d JOIN contents c USING (sha256) WHERE d.deadline IS NOT NULL"
        " ORDER BY d.deadline DESC, c.number LIMIT :limit"
    )
    with ledger.session() as session:
        return [Deadline(*row) for row in session.execute(found, {"masked": not unmask, "limit": limit})]


@dataclass(frozen=True, slots=True)
class Reported:
    """What the newest row about a local body says: a page of a document, as of a day."""

    province: str
    district: str
    organisation: str
    status: str | None
    as_of: str | None
    number: int
    page: int


def reported(ledger: Ledger, *, province: str | None = None) -> list[Reported]:
    """Of every local body the newest row, by province, district and name: who has reported, and who has not."""
    catch_up(ledger)
    chosen = "AND r.province = :province" if province else ""
    rows = text(
        "SELECT r.province, r.district, r.organisation, r.status, r.as_of, c.number, r.page, max(coalesce(r.as_of, ''))"
        f" FROM reported r JOIN contents c USING (sha256) WHERE r.status IS NOT NULL {chosen}"
        " GROUP BY r.province, r.district, r.organisation ORDER BY r.province, r.district, r.organisation"
    )
    with ledger.session() as session:
        found = session.execute(rows, {"province": province} if province else {})
        return [Reported(*row[:-1]) for row in found]


@dataclass(frozen=True, slots=True)
class Figures:
    """The archive in figures: documents and pages, doubts left, how many documents have some; pages read by day (the
    last of them), and by sender (pages, doubts left, values that people changed)."""

    documents: int
    pages: int
    doubts: int
    doubtful: int
    days: list[tuple[str, int]]
    offices: list[tuple[str, int, int, int]]


DAYS = 30
OFFICES = 15


def figures(ledger: Ledger) -> Figures:
    """What the dashboard shows."""
    catch_up(ledger)
    with ledger.session() as session:
        total = session.execute(
            text("SELECT count(*), coalesce(sum(pages), 0), coalesce(sum(doubts), 0), sum(doubts > 0) FROM overview")
        ).one()
        days = session.execute(
            text(
                "SELECT substr(finished, 1, 10) AS day, sum(pages) FROM contents WHERE state = 'done'"
                f" GROUP BY day ORDER BY day DESC LIMIT {DAYS}"
            )
        ).all()
        offices = session.execute(
            text(
                "SELECT sender, sum(pages), sum(doubts), sum(changed) FROM overview WHERE sender IS NOT NULL"
                f" GROUP BY sender ORDER BY sum(changed) * 1.0 / sum(pages) DESC, sum(doubts) DESC LIMIT {OFFICES}"
            )
        ).all()
    return Figures(
        total[0],
        total[1],
        total[2],
        total[3] or 0,
        [(d, n or 0) for d, n in reversed(days)],
        [tuple(o) for o in offices],
    )


def secret_pages(ledger: Ledger, contents: Collection[str]) -> set[tuple[str, int]]:
    """(SHA-256, page) of the pages of these contents that belong to secret letters."""
    chosen = text("SELECT sha256, page FROM page_texts WHERE secret AND sha256 IN :contents")
    with ledger.session() as session:
        found = session.execute(chosen.bindparams(bindparam("contents", expanding=True)), {"contents": list(contents)})
        return {(sha256, page) for sha256, page in found}


def doubts_left(ledger: Ledger) -> int:
    """The doubts of all documents."""
    with ledger.session() as session:
        return int(session.execute(text("SELECT coalesce(sum(doubts), 0) FROM overview")).scalar_one())


def provinces(ledger: Ledger) -> list[str]:
    """The provinces of which a row speaks, by name."""
    catch_up(ledger)
    with ledger.session() as session:
        return list(session.execute(text("SELECT DISTINCT province FROM reported ORDER BY province")).scalars())


def years(ledger: Ledger) -> list[int]:
    """The years of the Buddhist era of which there are letters, the last first."""
    catch_up(ledger)
    chosen = text("SELECT DISTINCT year FROM overview WHERE year IS NOT NULL ORDER BY year DESC")
    with ledger.session() as session:
        return list(session.execute(chosen).scalars())


def content_of(session: Session, number: int) -> str | None:
    """The SHA-256 of the content with this number in the archive."""
    found = session.execute(text("SELECT sha256 FROM contents WHERE number = :number"), {"number": number})
    return found.scalar_one_or_none()
