"""The ledger: which files there are, what became of each, and the records. One writer, many readers."""

import json
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Select, create_engine, event, func, select, tuple_
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from laodoc.archive import correcting, migrating, places
from laodoc.archive.carrying import carry
from laodoc.archive.index import index_document, make_index
from laodoc.archive.places import NEVER_READ, Look, Looks, Missed
from laodoc.archive.tables import VERSION, Content, File, LetterRow, State, last_place, now
from laodoc.document import Document, EngineInfo, parse_record
from laodoc.errors import AccessError
from laodoc.export.origin import Origin
from laodoc.messages import Message
from laodoc.review.rescans import letter_key

BUSY_S = 30.0
"""How long a reader or the writer waits for the other."""


MOST_SCANS = 8
"""Scans of one paper whose corrections a further scan looks at; an office has two or three."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and why; since when it is gone, if it is."""

    place: str
    error: str
    exit_code: int
    sha256: str = ""
    number: int | None = None
    gone: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with a content: its number in the archive, its pages once it is read, why it could not be."""

    state: State
    number: int | None
    pages: int | None
    error: str | None


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
            raise AccessError(Message("no-archive", path=path))
        if not path.parent.is_dir():
            raise AccessError(Message("archive-no-folder", path=path))
        self.path = path
        self._engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_S})
        event.listen(self._engine, "connect", _prepare)
        try:
            with self._engine.begin() as connection:
                version = migrating.version_of(connection)
                if version > VERSION:
                    raise AccessError(Message("archive-version", path=path, version=version, known=VERSION))
                if version == 0 and create:
                    migrating.make_tables(connection)
                elif version == 0:
                    raise AccessError(Message("archive-foreign", path=path))
                elif version < VERSION:
                    migrating.bring_up(connection)
                if create:
                    make_index(connection)
                    correcting.make_tables(connection)
        except DatabaseError as error:
            raise AccessError(Message("archive-broken", path=path, why=error.orig)) from error

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
            raise AccessError(Message("archive-not-written", path=self.path, why=error.orig)) from error

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def places(self, sha256: str) -> list[str]:
        """Where files with a content lie, as they were found; then where they lay, the last one first."""
        with self.session() as session:
            chosen = select(File.place).where(File.sha256 == sha256)
            return list(session.scalars(chosen.order_by(File.gone.is_not(None), File.gone.desc(), File.place)))

    def origin(self, sha256: str) -> Origin:
        """By what a content is known: where it lies or was seen last, its number, since when it is gone."""
        with self.session() as session:
            chosen = select(File.place, Content.number, File.gone).join(Content).where(File.sha256 == sha256)
            found = session.execute(chosen.where(File.place == last_place(Content.sha256))).first()
            return Origin(*found) if found else Origin()

    def find(self, place: str, size: int, changed_ns: int, touched_ns: int | None = None) -> str | None:
        """The content of a file that has not changed since it was entered, or None; see `places.Looks`."""
        with self.session() as session:
            known = places.there(session, place)
            looks = Looks(size, changed_ns, touched_ns)
            return known.sha256 if known is not None and looks.like(known) else None

    def enter(self, place: str, sha256: str, size: int, changed_ns: int, touched_ns: int | None = None) -> None:
        """A file and its content. A content that is known already is not touched, but that it is tried again where it
        could not be had. What lay at the place before stays in the archive, as one that is gone from there."""
        with self.writing() as session:
            places.enter(session, place, sha256, Looks(size, changed_ns, touched_ns))
            _try_again(session, sha256)

    def try_again(self, sha256: str) -> None:
        """A content that could not be had, for its file was gone or another one, waits again: it is there."""
        with self.session() as session:
            content = session.get_one(Content, sha256)
            if (content.state, content.exit_code) != (State.FAILED, AccessError.exit_code):
                return
        with self.writing() as session:
            _try_again(session, sha256)

    def retry(self, sha256: str) -> None:
        """A content that could not be read waits again."""
        with self.writing() as session:
            content = session.get(Content, sha256)
            if content and content.state == State.FAILED:
                content.state, content.error, content.exit_code = State.WAITING, None, None

    def state_of(self, sha256: str) -> Standing | None:
        """How it stands with a content; None where it was never entered."""
        with self.session() as session:
            content = session.get(Content, sha256)
            if content is None:
                return None
            return Standing(State(content.state), content.number, content.pages, content.error)

    def numbers(self, contents: Collection[str]) -> dict[str, int]:
        """The numbers of contents in this archive, by their SHA-256."""
        with self.session() as session:
            chosen = select(Content.sha256, Content.number).where(Content.sha256.in_(contents))
            return {sha256: number or 0 for sha256, number in session.execute(chosen)}

    def looked(self, look: Look) -> None:
        """Note what a look at some folders has found, and what it has missed."""
        with self.writing() as session:
            places.note(session, look)

    def never_read(self) -> set[Missed]:
        """The contents that wait and of which no file is left."""
        with self.session() as session:
            return places.never_read(session)

    def waiting(self, *, failed: bool = False, older_than: EngineInfo | None = None) -> list[tuple[str, str]]:
        """(SHA-256, place) of the contents to be read, in order of their places: those that wait, the `failed` too,
        and those that another version of the engine has read. Of several places it is one where a file is now; what
        has gone from all of them is left."""
        lying: dict[str, list[str]] = {}
        with self.session() as session:
            chosen = select(Content.sha256, Content.state, Content.engine_sha256, File.place).join(File)
            for sha256, state, engine, place in session.execute(chosen.where(File.gone.is_(None))):
                if _wanted(state, engine, failed, older_than):
                    lying.setdefault(sha256, []).append(place)
        several = ((sha256, sorted(found)) for sha256, found in lying.items())
        at_hand = ((sha256, next(filter(places.is_at_hand, found), found[0])) for sha256, found in several)
        return sorted(at_hand, key=lambda pair: (pair[1], pair[0]))

    def keep(self, sha256: str, document: Document, record: bytes, seconds: float) -> None:
        """A content was read: its record, whole or not at all. Corrections of an earlier reading, and of other scans of
        its letters, are put on it."""
        with self.writing() as session:
            content = session.get_one(Content, sha256)
            content.state, content.error, content.error_said, content.exit_code = State.DONE, None, None, None
            content.attempts += 1
            content.pages, content.seconds, content.finished = document.source.pages, round(seconds, 3), now()
            content.engine, content.engine_version = document.engine.name, document.engine.version
            content.engine_sha256 = document.engine.sha256
            content.record = zlib.compress(record)
            for other, mended in _corrected_scans_of(session, sha256, document):
                carry(session, document, other, mended)
            _enter_meaning(session, sha256, correcting.reapply(session, sha256, document))

    def fail(self, sha256: str, error: Message, exit_code: int, seconds: float) -> None:
        """A content could not be read."""
        with self.writing() as session:
            content = session.get_one(Content, sha256)
            content.state, content.error, content.exit_code = State.FAILED, str(error), exit_code
            content.error_said = json.dumps(error.kept(), ensure_ascii=False)
            content.attempts += 1
            content.seconds, content.finished = round(seconds, 3), now()

    def counts(self) -> dict[State, int]:
        """How many contents are in each state, of those that were read or that a file still has."""
        with self.session() as session:
            there = Content.record.is_not(None) | Content.sha256.in_(_lying())
            found = session.execute(select(Content.state, func.count()).where(there).group_by(Content.state))
            return {State(state): count for state, count in found}

    def kept_without_file(self) -> int:
        """How many contents were read and have no file any more, as far as is known."""
        kept = Content.record.is_not(None) & Content.sha256.not_in(_lying())
        with self.session() as session:
            return session.scalar(select(func.count()).where(kept)) or 0

    def failures(self, *, gone: bool = False) -> list[Failure]:
        """All files that could not be read, by place; with `gone` those too that are not there any more and whose
        content nobody has read, but for empty ones."""
        there = (Content.state == State.FAILED) & File.gone.is_(None)
        unread = Content.record.is_(None) & Content.sha256.not_in(_lying()) & (Content.size > 0)
        missed = unread & (File.place == last_place(Content.sha256))
        with self.session() as session:
            rows = session.execute(
                select(
                    File.place,
                    Content.error,
                    Content.error_said,
                    Content.exit_code,
                    Content.sha256,
                    Content.number,
                    File.gone,
                )
                .join(Content)
                .where(there | missed if gone else there)
                .order_by(File.place, Content.number)
            )
            return [
                Failure(place, _said(error, said), code or 0, sha256, number, since)
                for place, error, said, code, sha256, number, since in rows
            ]

    def duplicates(self) -> list[tuple[str, ...]]:
        """Places of files with the same content that are there now, two and more, the first of each in front."""
        with self.session() as session:
            by_content: dict[str, list[str]] = {}
            chosen = select(File.place, File.sha256).where(File.gone.is_(None)).order_by(File.place)
            for place, sha256 in session.execute(chosen):
                by_content.setdefault(sha256, []).append(place)
        copies = [places.several(found) for found in by_content.values() if len(found) > 1]
        return [found for found in copies if len(found) > 1]

    def rescans(self) -> list[tuple[str, ...]]:
        """Places of different contents that have a letter of the same number and date."""
        place = last_place(LetterRow.sha256)
        with self.session() as session:
            rows = session.execute(
                select(LetterRow.number, LetterRow.date, place)
                .where(LetterRow.number.is_not(None), LetterRow.date.is_not(None))
                .group_by(LetterRow.sha256, LetterRow.number, LetterRow.date)
                .order_by(place)
            )
            alike: dict[tuple[str | None, str | None], list[str]] = {}
            for number, date, where in rows:
                alike.setdefault((number, date), []).append(where)
        return [tuple(found) for found in alike.values() if len(found) > 1]

    def records(self) -> Iterator[tuple[str, bytes]]:
        """(place, record as JSON) of all that was ever read, by the place where it lies or was seen last; one at a time
        in memory."""
        place = func.coalesce(last_place(Content.sha256), Content.sha256)
        with self.session() as session:
            chosen = select(place, Content.sha256).where(Content.record.is_not(None))
            rows = session.execute(chosen.order_by(place, Content.number)).all()
        for where, sha256 in rows:
            with self.session() as session:
                record = correcting.corrected_record(session, sha256) or session.get_one(Content, sha256).record
            if record:
                yield where, zlib.decompress(record)

    def document(self, sha256: str) -> Document | None:
        """The document of a content as people have put it right, or None where it was not read."""
        with self.session() as session:
            record = correcting.corrected_record(session, sha256) or _record_read(session, sha256)
        return parse_record(zlib.decompress(record), name=sha256) if record else None

    def correct(self, answers: Iterable[correcting.Answer], by: str, *, strict: bool = False) -> correcting.Taken:
        """Take the answers of a sheet: corrections, corrected records and what is found by them, each document whole or
        not at all. The same answers twice change nothing. With `strict` an answer counts only where the correction that
        its key names still stands, whoever made it.

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
                    taken.refused += [Message("row-scan", row=each.row) for each in group]
                    continue
                read = parse_record(zlib.decompress(record), name=sha256)
                if correcting.take(session, read, group, by, taken, strict=strict):
                    _enter_meaning(session, sha256, correcting.reapply(session, sha256, read))
        return taken

    def withdraw(self, sha256: str, correction: int, by: str) -> bool:
        """Take back a correction that holds; whether it did. What stood there before stands there again.

        Raises:
            AccessError: the archive cannot be written.
        """
        with self.writing() as session:
            session.connection().exec_driver_sql("BEGIN IMMEDIATE")
            correcting.make_tables(session.connection())
            record = _record_read(session, sha256)
            if record is None or not correcting.withdraw(session, sha256, correction, by):
                return False
            read = parse_record(zlib.decompress(record), name=sha256)
            _enter_meaning(session, sha256, correcting.reapply(session, sha256, read))
            return True

    def stamp(self, sha256: str) -> object:
        """Another one whenever the document of a content may have changed."""
        with self.session() as session:
            content = session.execute(
                select(Content.finished, Content.attempts).where(Content.sha256 == sha256)
            ).first()
            return content and tuple(content), correcting.stamp(session, sha256)

    def places_of_corrections(self, document: Document) -> dict[str, int]:
        """The ids of the corrections that hold in a document, by the pointers of their places."""
        with self.session() as session:
            return {each.spot.pointer: name for name, each in correcting.held_in(session, document).items()}

    def corrections_at(self, sha256: str) -> dict[str, int]:
        """The ids of a content's corrections that hold, by the pointers of their places in its record."""
        with self.session() as session:
            record = _record_read(session, sha256)
        return self.places_of_corrections(parse_record(zlib.decompress(record), name=sha256)) if record else {}

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
            lost = correcting.lost_corrections(session, _lying())
            place = select(last_place(Content.sha256)).where
            return [(session.scalar(place(Content.sha256 == each.sha256)) or each.sha256, each) for each in lost]

    def documents(self) -> Iterator[tuple[str, Document]]:
        """(place, document) of all that was read, by place."""
        return ((place, parse_record(record, name=place)) for place, record in self.records())


def _said(error: str | None, said: str | None) -> str:
    """An error as it was kept: a `Message` where this laodoc knows its sentence."""
    try:
        return Message.of(**json.loads(said)) if said else error or NEVER_READ
    except KeyError:
        return error or NEVER_READ


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
    make_index(session.connection())
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


def _wanted(state: str, engine_sha256: str | None, failed: bool, older_than: EngineInfo | None) -> bool:
    if state == State.DONE:
        return older_than is not None and engine_sha256 != older_than.sha256
    return state == State.WAITING or failed


def _lying() -> Select[str]:
    """The contents that a file still has, as far as is known."""
    return select(File.sha256).where(File.gone.is_(None))


def _try_again(session: Session, sha256: str) -> None:
    content = session.get_one(Content, sha256)
    if (content.state, content.exit_code) == (State.FAILED, AccessError.exit_code):
        content.state, content.error, content.error_said, content.exit_code = State.WAITING, None, None, None


def _prepare(connection: object, _: object) -> None:
    """Write-ahead logging: readers and the writer do not wait for each other, and a commit survives a crash."""
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()
