"""The ledger: which files there are, what became of each, and the records. One writer, many readers."""

import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import ForeignKey, Index, create_engine, event, func, select, tuple_
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from laodoc.archive import correcting
from laodoc.archive.carrying import carry
from laodoc.archive.index import index_document, make_index
from laodoc.document import Document, EngineInfo, parse_record
from laodoc.errors import AccessError
from laodoc.review.rescans import letter_key

VERSION = 1
"""Of the tables below; stands in SQLite's user_version."""

BUSY_S = 30.0
"""How long a reader or the writer waits for the other."""


MOST_SCANS = 8
"""Scans of one paper whose corrections a further scan looks at; an office has two or three."""


class State(StrEnum):
    """What became of a file."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class Base(DeclarativeBase):
    """Of all tables."""


class Content(Base):
    """One content, however many files have it; the key is its SHA-256."""

    __tablename__ = "contents"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    state: Mapped[str] = mapped_column(default=State.WAITING, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    pages: Mapped[int | None]
    engine: Mapped[str | None]
    engine_version: Mapped[str | None]
    engine_sha256: Mapped[str | None]
    seconds: Mapped[float | None]
    error: Mapped[str | None]
    exit_code: Mapped[int | None]
    finished: Mapped[str | None]
    record: Mapped[bytes | None]


class File(Base):
    """Where a content lies; `place` is the path as it was found."""

    __tablename__ = "files"

    place: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("contents.sha256"), index=True)
    size: Mapped[int]
    changed_ns: Mapped[int]


class LetterRow(Base):
    """The letters of the records, to find rescans and references by."""

    __tablename__ = "letters"

    sha256: Mapped[str] = mapped_column(ForeignKey("contents.sha256"), primary_key=True)
    letter: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str | None]
    date: Mapped[str | None]
    subject: Mapped[str | None]

    __table_args__ = (Index("letters_by_number", "number", "date"),)


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and why."""

    place: str
    error: str
    exit_code: int


class Ledger:
    """The tables of one archive.

    Args:
        path: the SQLite file.
        create: make it where it does not exist.

    Raises:
        AccessError: it does not exist, cannot be opened, or is no archive of this version.
    """

    def __init__(self, path: Path, *, create: bool = False) -> None:
        if not create and not path.is_file():
            raise AccessError(f"{path}: there is no archive; make one with laodoc batch FOLDER --archive {path}")
        if not path.parent.is_dir():
            raise AccessError(f"{path}: its folder does not exist")
        self.path = path
        self._engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_S})
        event.listen(self._engine, "connect", _prepare)
        try:
            with self._engine.begin() as connection:
                version = int(connection.exec_driver_sql("PRAGMA user_version").scalar() or 0)
                if version not in (0, VERSION):
                    raise AccessError(f"{path}: an archive of version {version}; this laodoc knows {VERSION}")
                if version == 0 and create:
                    Base.metadata.create_all(connection)
                    connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")
                elif version == 0:
                    raise AccessError(f"{path}: not an archive of laodoc")
                if create:
                    make_index(connection)
                    correcting.make_tables(connection)
        except DatabaseError as error:
            raise AccessError(f"{path}: not an archive that can be opened ({error.orig})") from error

    def session(self) -> Session:
        """A session of its own transaction."""
        return Session(self._engine)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that is written whole or not at all.

        Raises:
            AccessError: the disk is full, or the archive cannot be written.
        """
        try:
            with self.session() as session, session.begin():
                yield session
        except DatabaseError as error:
            raise AccessError(f"{self.path}: cannot be written ({error.orig}); make room and go on") from error

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def places(self, sha256: str) -> list[str]:
        """Where files with a content lie, as they were found."""
        with self.session() as session:
            return list(session.scalars(select(File.place).where(File.sha256 == sha256).order_by(File.place)))

    def find(self, place: str, size: int, changed_ns: int) -> str | None:
        """The content of a file that has not changed since it was entered, or None."""
        with self.session() as session:
            known = session.get(File, place)
            same = known is not None and (known.size, known.changed_ns) == (size, changed_ns)
            return known.sha256 if known is not None and same else None

    def enter(self, place: str, sha256: str, size: int, changed_ns: int) -> None:
        """A file and its content; a content that is known already is not touched."""
        with self.writing() as session:
            if session.get(Content, sha256) is None:
                session.add(Content(sha256=sha256, size=size))
                session.flush()
            session.merge(File(place=place, sha256=sha256, size=size, changed_ns=changed_ns))

    def waiting(self, *, failed: bool = False, older_than: EngineInfo | None = None) -> list[tuple[str, str]]:
        """(SHA-256, place) of the contents to be read, in order of their places: those that wait, the `failed` too,
        and those that another version of the engine has read."""
        with self.session() as session:
            rows = session.execute(
                select(Content, func.min(File.place)).join(File).group_by(Content.sha256).order_by(func.min(File.place))
            )
            return [(content.sha256, place) for content, place in rows if _wanted(content, failed, older_than)]

    def keep(self, sha256: str, document: Document, record: bytes, seconds: float) -> None:
        """A content was read: its record, whole or not at all. Corrections of an earlier reading, and of other scans of
        its letters, are put on it."""
        with self.writing() as session:
            content = session.get_one(Content, sha256)
            content.state, content.error, content.exit_code = State.DONE, None, None
            content.attempts += 1
            content.pages, content.seconds, content.finished = document.source.pages, round(seconds, 3), _now()
            content.engine, content.engine_version = document.engine.name, document.engine.version
            content.engine_sha256 = document.engine.sha256
            content.record = zlib.compress(record)
            for other, mended in _corrected_scans_of(session, sha256, document):
                carry(session, document, other, mended)
            _enter_meaning(session, sha256, correcting.reapply(session, sha256, document))

    def fail(self, sha256: str, error: str, exit_code: int, seconds: float) -> None:
        """A content could not be read."""
        with self.writing() as session:
            content = session.get_one(Content, sha256)
            content.state, content.error, content.exit_code = State.FAILED, error, exit_code
            content.attempts += 1
            content.seconds, content.finished = round(seconds, 3), _now()

    def counts(self) -> dict[State, int]:
        """How many contents that a file still has are in each state."""
        with self.session() as session:
            there = select(File.sha256).distinct()
            found = session.execute(
                select(Content.state, func.count()).where(Content.sha256.in_(there)).group_by(Content.state)
            )
            return {State(state): count for state, count in found}

    def failures(self) -> list[Failure]:
        """All contents that could not be read, by place."""
        with self.session() as session:
            rows = session.execute(
                select(func.min(File.place), Content.error, Content.exit_code)
                .join(File)
                .where(Content.state == State.FAILED)
                .group_by(Content.sha256)
                .order_by(func.min(File.place))
            )
            return [Failure(place, error or "", code or 0) for place, error, code in rows]

    def duplicates(self) -> list[tuple[str, ...]]:
        """Places with the same content, two and more, the first of each in front."""
        with self.session() as session:
            by_content: dict[str, list[str]] = {}
            for place, sha256 in session.execute(select(File.place, File.sha256).order_by(File.place)):
                by_content.setdefault(sha256, []).append(place)
        return [tuple(places) for places in by_content.values() if len(places) > 1]

    def rescans(self) -> list[tuple[str, ...]]:
        """Places of different contents that have a letter of the same number and date."""
        with self.session() as session:
            rows = session.execute(
                select(LetterRow.number, LetterRow.date, func.min(File.place))
                .join(File, File.sha256 == LetterRow.sha256)
                .where(LetterRow.number.is_not(None), LetterRow.date.is_not(None))
                .group_by(LetterRow.sha256, LetterRow.number, LetterRow.date)
                .order_by(func.min(File.place))
            )
            alike: dict[tuple[str | None, str | None], list[str]] = {}
            for number, date, place in rows:
                alike.setdefault((number, date), []).append(place)
        return [tuple(places) for places in alike.values() if len(places) > 1]

    def records(self) -> Iterator[tuple[str, bytes]]:
        """(place, record as JSON) of all that was read, by place; one at a time in memory."""
        with self.session() as session:
            rows = session.execute(
                select(func.min(File.place), Content.sha256)
                .join(Content)
                .where(Content.record.is_not(None))
                .group_by(Content.sha256)
                .order_by(func.min(File.place))
            ).all()
        for place, sha256 in rows:
            with self.session() as session:
                record = correcting.corrected_record(session, sha256) or session.get_one(Content, sha256).record
            if record:
                yield place, zlib.decompress(record)

    def document(self, sha256: str) -> Document | None:
        """The document of a content as people have put it right, or None where it was not read."""
        with self.session() as session:
            record = correcting.corrected_record(session, sha256) or _record_read(session, sha256)
        return parse_record(zlib.decompress(record), name=sha256) if record else None

    def correct(self, answers: Iterable[correcting.Answer], by: str) -> correcting.Taken:
        """Take the answers of a sheet: corrections, corrected records and what is found by them, each document whole or
        not at all. The same answers twice change nothing.

        Raises:
            AccessError: the archive cannot be written.
        """
        taken = correcting.Taken()
        for sha256, group in correcting.by_content(answers, taken):
            with self.writing() as session:
                session.connection().exec_driver_sql("BEGIN IMMEDIATE")
                correcting.make_tables(session.connection())
                record = _record_read(session, sha256)
                if record is None:
                    taken.refused += [f"row {each.row}: its scan is not in this archive" for each in group]
                    continue
                read = parse_record(zlib.decompress(record), name=sha256)
                if correcting.take(session, read, group, by, taken):
                    _enter_meaning(session, sha256, correcting.reapply(session, sha256, read))
        return taken

    def corrections_at(self, sha256: str) -> dict[str, int]:
        """The ids of a content's corrections that hold, by the pointers of their places in its record."""
        with self.session() as session:
            record = _record_read(session, sha256)
            read = parse_record(zlib.decompress(record), name=sha256) if record else None
            held = correcting.held_in(session, read) if read else {}
        return {each.spot.pointer: name for name, each in held.items()}

    def corrected(self) -> Iterator[tuple[Document, list[correcting.Held]]]:
        """Every document that somebody has corrected, as it was read, with its corrections that hold."""
        with self.session() as session:
            contents = correcting.corrected_contents(session)
        for sha256 in contents:
            with self.session() as session:
                record = _record_read(session, sha256)
                if record:
                    read = parse_record(zlib.decompress(record), name=sha256)
                    yield read, list(correcting.held_in(session, read).values())

    def lost_corrections(self) -> list[tuple[str, correcting.LostCorrection]]:
        """(place, correction) of those that the newest reading of their scan has no place for."""
        with self.session() as session:
            there = select(File.sha256)
            lost = correcting.lost_corrections(session, there)
            place = select(func.min(File.place)).where
            return [(session.scalar(place(File.sha256 == each.sha256)) or each.sha256, each) for each in lost]

    def documents(self) -> Iterator[tuple[str, Document]]:
        """(place, document) of all that was read, by place."""
        return ((place, parse_record(record, name=place)) for place, record in self.records())


def _record_read(session: Session, sha256: str) -> bytes | None:
    """The record as the machine read it, compressed."""
    content = session.get(Content, sha256)
    return content.record if content else None


def _corrected_scans_of(session: Session, sha256: str, document: Document) -> Iterator[tuple[Document, Document]]:
    """Other scans of the document's letters that somebody has corrected: as they were read, and as they were put right;
    the one that was put right last comes first."""
    if not correcting.have_tables(session):
        return
    keys = [key for letter in document.letters if (key := letter_key(letter))]
    same = tuple_(LetterRow.number, LetterRow.date).in_(keys)
    others = set(session.scalars(select(LetterRow.sha256).where(same)))
    others |= correcting.contents_put_right_from(session, {value for key in keys for value in key})
    others.discard(sha256)
    corrected = [other for other in correcting.corrected_contents(session) if other in others]
    for other in corrected[:MOST_SCANS]:
        read, mended = _record_read(session, other), correcting.corrected_record(session, other)
        if read and mended:
            yield parse_record(zlib.decompress(read), name=other), parse_record(zlib.decompress(mended), name=other)


def _enter_meaning(session: Session, sha256: str, document: Document) -> None:
    """What a document is found by: its words, and its letters."""
    index_document(session, sha256, document)
    for old in session.scalars(select(LetterRow).where(LetterRow.sha256 == sha256)):
        session.delete(old)
    session.flush()
    for letter in document.letters:
        session.add(
            LetterRow(
                sha256=sha256,
                letter=letter.id,
                number=str(letter.number.value) if letter.number and letter.number.value else None,
                date=str(letter.date.value) if letter.date and letter.date.value else None,
                subject=letter.subject.said if letter.subject else None,
            )
        )


def _wanted(content: Content, failed: bool, older_than: EngineInfo | None) -> bool:
    if content.state == State.DONE:
        return older_than is not None and content.engine_sha256 != older_than.sha256
    return content.state == State.WAITING or failed


def _prepare(connection: object, _: object) -> None:
    """Write-ahead logging: readers and the writer do not wait for each other, and a commit survives a crash."""
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
