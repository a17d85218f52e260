"""Corrections in an archive: kept beside what was read, and put on every new reading of the same scan."""

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import groupby

from sqlalchemy import Connection, Select, func, inspect, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from laodoc.document import BBox, Document
from laodoc.export.json import to_json
from laodoc.messages import Message
from laodoc.review.correcting import Correction, corrected, find_places
from laodoc.review.spots import Kind, Misunderstood, Spot, Value, spots

KEY_COLONS = 3
"""In a key, see `key_of`."""

NOBODY = 0
"""In a key, where nobody has corrected the place yet."""


class CorrectionTables(DeclarativeBase):
    """Of the tables below."""


class CorrectionRow(CorrectionTables):
    """One correction: where (see `laodoc.review.spots.Spot`), what was read and stood there, what a person says, who
    and when. Rows are never deleted: a later correction of the same place is named in `superseded`. `origin` is the
    correction of another scan of the paper that this one repeats. `lost` says that the newest reading of the scan has
    no such place."""

    __tablename__ = "corrections"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(index=True)
    pointer: Mapped[str]
    shape: Mapped[str]
    kind: Mapped[str]
    page: Mapped[int]
    bbox: Mapped[str]
    read: Mapped[str]
    before: Mapped[str]
    answer: Mapped[str]
    value: Mapped[str]
    by: Mapped[str]
    at: Mapped[str]
    superseded: Mapped[int | None]
    origin: Mapped[int | None]
    lost: Mapped[bool] = mapped_column(default=False)

    def correction(self) -> Correction:
        """As it is put on a document."""
        kind: Kind = self.kind  # type: ignore[assignment]
        box = BBox(*json.loads(self.bbox))
        return Correction(self.id, self.pointer, self.shape, kind, self.page, box, json.loads(self.value))


class CorrectedRow(CorrectionTables):
    """The record of a content as people have put it right, compressed as the one that was read."""

    __tablename__ = "corrected"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    record: Mapped[bytes]


class WithdrawalRow(CorrectionTables):
    """That a correction was taken back: by whom, and when. It is superseded by itself, and what it had superseded holds
    again."""

    __tablename__ = "withdrawals"

    correction: Mapped[int] = mapped_column(primary_key=True)
    by: Mapped[str]
    at: Mapped[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a row of a sheet says: `key` is what `key_of` made, `row` its number for messages."""

    row: int
    key: str
    answer: object


@dataclass(slots=True)
class Taken:
    """What became of the rows of a sheet; a line for each that was refused, and which of them were made from what does
    not stand there any more."""

    new: int = 0
    known: int = 0
    refused: list[str] = field(default_factory=list)
    stale: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Held:
    """A correction that holds, at its place in the document as it was read."""

    spot: Spot
    answer: str
    value: Value


@dataclass(frozen=True, slots=True)
class LostCorrection:
    """A correction that the newest reading has no place for."""

    sha256: str
    page: int
    read: str
    value: Value


def make_tables(connection: Connection) -> None:
    """The tables of corrections, where they are not there yet."""
    CorrectionTables.metadata.create_all(connection)


def have_tables(session: Session) -> bool:
    """Whether the archive has them: an older one may not."""
    return bool(inspect(session.connection()).has_table(CorrectionRow.__tablename__))


def key_of(sha256: str, spot: Spot, correction: int = NOBODY) -> str:
    """What a sheet carries to know a spot again: its scan, its place, what was read, and the correction that stands."""
    return f"{sha256}:{spot.pointer}:{spot.guard}:{correction}"


def corrected_record(session: Session, sha256: str) -> bytes | None:
    """The corrected record of a content, compressed; None where nobody has corrected it."""
    found = session.get(CorrectedRow, sha256) if have_tables(session) else None
    return found.record if found else None


def standing(session: Session, sha256: str) -> dict[int, CorrectionRow]:
    """The corrections of a content that hold, by their ids."""
    if not have_tables(session):
        return {}
    chosen = select(CorrectionRow).where(CorrectionRow.sha256 == sha256, CorrectionRow.superseded.is_(None))
    return {row.id: row for row in session.scalars(chosen.order_by(CorrectionRow.id))}


def stamp(session: Session, sha256: str) -> tuple[int, int]:
    """Another one whenever the corrections of a content have changed."""
    if not have_tables(session):
        return 0, 0
    made = select(CorrectionRow.id).where(CorrectionRow.sha256 == sha256)
    taken_back = select(func.count()).where(WithdrawalRow.correction.in_(made))
    return session.scalar(select(func.count()).select_from(made.subquery())) or 0, session.scalar(taken_back) or 0


def corrected_contents(session: Session) -> list[str]:
    """The contents that somebody has corrected, the last one first."""
    if not have_tables(session):
        return []
    newest = select(CorrectionRow.sha256).group_by(CorrectionRow.sha256).order_by(func.max(CorrectionRow.id).desc())
    return list(session.scalars(newest))


def contents_put_right_from(session: Session, values: Iterable[str]) -> set[str]:
    """The contents of which a letter's number or date was one of these before somebody put it right."""
    before = [json.dumps(value, ensure_ascii=False) for value in values]
    kinds = ("document-number", "date")
    return set(
        session.scalars(
            select(CorrectionRow.sha256).where(CorrectionRow.before.in_(before), CorrectionRow.kind.in_(kinds))
        )
    )


def held_in(session: Session, read: Document) -> dict[int, Held]:
    """The corrections that hold and have a place in the document, which is as it was read, by their ids."""
    rows = standing(session, read.source.sha256)
    placed = find_places(read, [row.correction() for row in rows.values()])
    return {name: Held(spot, rows[name].answer, json.loads(rows[name].value)) for name, spot in placed.items()}


def reapply(session: Session, sha256: str, read: Document) -> Document:
    """The document as it was read now, with the corrections that hold; keeps it beside what was read, and marks those
    that find no place."""
    rows = standing(session, sha256)
    if not rows:
        if have_tables(session) and (taken_back := session.get(CorrectedRow, sha256)):
            session.delete(taken_back)
        return read
    document, lost = corrected(read, [row.correction() for row in rows.values()])
    for name, row in rows.items():
        row.lost = name in lost
    session.merge(CorrectedRow(sha256=sha256, record=zlib.compress(to_json(document))))
    return document


def lost_corrections(session: Session, there: Select[str]) -> list[LostCorrection]:
    """All corrections that hold and have no place in the newest reading; and those that were not taken over with others
    by a newer scan of the paper, where the scan that they were made on is not among those that are still `there`."""
    if not have_tables(session):
        return []
    taken_over = select(CorrectionRow.origin).where(CorrectionRow.origin.is_not(None))
    scanned_again = select(CorrectionRow.sha256).where(CorrectionRow.id.in_(taken_over))
    left = CorrectionRow.id.not_in(taken_over) & CorrectionRow.sha256.in_(scanned_again)
    gone = CorrectionRow.sha256.not_in(there) & left
    chosen = select(CorrectionRow).where(CorrectionRow.lost | gone, CorrectionRow.superseded.is_(None))
    rows = session.scalars(chosen.order_by(CorrectionRow.id))
    return [LostCorrection(row.sha256, row.page, row.read, json.loads(row.value)) for row in rows]


def by_content(answers: Iterable[Answer], taken: Taken) -> Iterator[tuple[str, list[Answer]]]:
    """The answers of each content, by its SHA-256; rows whose key was changed are refused."""
    sound = []
    for answer in answers:
        if answer.key.count(":") == KEY_COLONS:
            sound.append(answer)
        else:
            taken.refused.append(Message("row-key", row=answer.row))
    sound.sort(key=lambda answer: answer.key.partition(":")[0])
    for sha256, group in groupby(sound, key=lambda answer: answer.key.partition(":")[0]):
        yield sha256, sorted(group, key=lambda answer: answer.row)


def take(
    session: Session, read: Document, answers: Sequence[Answer], by: str, taken: Taken, *, strict: bool = False
) -> bool:
    """Enter the answers for one document, which is as it was read; whether any is new. The corrected record is not made
    here, see `reapply`. With `strict` nobody changes what he has not seen, not even what he has put there himself."""
    from laodoc.review.answers import understand  # heavy, and only answers need it

    here = {spot.pointer: spot for spot in spots(read)}
    rows = standing(session, read.source.sha256)
    places = find_places(read, [row.correction() for row in rows.values()])
    holding = {spot.pointer: rows[name] for name, spot in places.items()}
    new = 0
    for answer in answers:
        _, pointer, guard, known = answer.key.split(":")
        spot, held = here.get(pointer), holding.get(pointer)
        try:
            value = understand(answer.answer, _as_it_stands(spot, guard, held))
        except Misunderstood as refused:
            taken.refused.append(Message("row", row=answer.row, why=refused.args[0]))
            if spot is None or spot.guard != guard:
                taken.stale.add(answer.row)
            continue
        assert spot is not None
        if held is not None and json.loads(held.value) == value:
            taken.known += 1
        elif held is not None and (strict or held.by != by) and known != str(held.id):
            taken.stale.add(answer.row)
            taken.refused.append(Message("row-held", row=answer.row, by=held.by, value=json.loads(held.value)))
        elif held is None and strict and known != str(NOBODY):
            taken.stale.add(answer.row)
            taken.refused.append(Message("row-taken-back", row=answer.row))
        else:
            holding[pointer] = _enter(session, read.source.sha256, spot, held, answer, value, by)
            new += 1
    taken.new += new
    return new > 0


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _as_it_stands(spot: Spot | None, guard: str, held: CorrectionRow | None) -> Spot:
    """The spot with the value that holds now.

    Raises:
        Misunderstood: the sheet was made from another reading.
    """
    if spot is None or spot.guard != guard:
        raise Misunderstood(Message("answer-outdated"))
    if held is None:
        return spot
    return replace(spot, value=json.loads(held.value), found=True)


def _enter(
    session: Session, sha256: str, spot: Spot, held: CorrectionRow | None, answer: Answer, value: Value, by: str
) -> CorrectionRow:
    row = row_at(spot, sha256)
    row.answer, row.value = str(answer.answer), json.dumps(value, ensure_ascii=False)
    row.by, row.at = by, _now()
    session.add(row)
    session.flush()
    if held is not None:
        held.superseded = row.id
    return row


def withdraw(session: Session, sha256: str, correction: int, by: str) -> bool:
    """Take a correction of a content back, if it is one that holds: what it had superseded holds again."""
    row = standing(session, sha256).get(correction)
    if row is None:
        return False
    for before in session.scalars(select(CorrectionRow).where(CorrectionRow.superseded == row.id)):
        before.superseded = None
    row.superseded = row.id
    session.add(WithdrawalRow(correction=row.id, by=by, at=_now()))
    session.flush()
    return True


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the log of changes: who put what in the place of what, or took that back."""

    id: int
    at: str
    by: str
    sha256: str
    page: int
    shape: str
    kind: str
    read: str
    before: Value
    after: Value
    back: bool = False


def changes(session: Session, *, sha256: str | None = None, limit: int = 100) -> list[Change]:
    """The newest changes of all contents or one, the last first."""
    if not have_tables(session):
        return []
    chosen = select(CorrectionRow)
    chosen = chosen.where(CorrectionRow.sha256 == sha256) if sha256 else chosen
    back = select(WithdrawalRow, CorrectionRow).join(CorrectionRow, CorrectionRow.id == WithdrawalRow.correction)
    back = back.where(CorrectionRow.sha256 == sha256) if sha256 else back
    rows = list(session.scalars(chosen.order_by(CorrectionRow.id.desc()).limit(limit)))
    earlier = select(CorrectionRow.superseded, CorrectionRow.value).where(
        CorrectionRow.superseded.in_([row.id for row in rows]), CorrectionRow.superseded != CorrectionRow.id
    )
    stood = {row[0]: row[1] for row in session.execute(earlier)}
    found = [_change(row, stood.get(row.id, row.before)) for row in rows]
    for taken, row in session.execute(back.order_by(WithdrawalRow.at.desc()).limit(limit)):
        was = _change(row, row.before)
        found.append(replace(was, at=taken.at, by=taken.by, before=was.after, after=was.before, back=True))
    found.sort(key=lambda change: (change.at, change.id, change.back), reverse=True)
    return found[:limit]


def _change(row: CorrectionRow, stood: str) -> Change:
    before, after = json.loads(stood), json.loads(row.value)
    return Change(row.id, row.at, row.by, row.sha256, row.page, row.shape, row.kind, row.read, before, after)


def row_at(spot: Spot, sha256: str) -> CorrectionRow:
    """A correction of what was read at a spot; answer, value, who and when are still to be said."""
    return CorrectionRow(
        sha256=sha256,
        pointer=spot.pointer,
        shape=spot.shape,
        kind=spot.kind,
        page=spot.page,
        bbox=json.dumps(list(spot.bbox)),
        read=spot.text,
        before=json.dumps(spot.value, ensure_ascii=False),
    )
