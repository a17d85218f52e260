"""The tables of an archive: contents and what became of them, the places where they were seen, their letters."""

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, ScalarSelect, select, text
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, Mapped, mapped_column

VERSION = 3
"""Of the tables below; stands in SQLite's user_version. Older ones are brought up to it, see `migrating`."""


class State(StrEnum):
    """What became of a content."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class Base(DeclarativeBase):
    """Of all tables."""


class Content(Base):
    """One content, however many files have it or had it; the key is its SHA-256. Rows are never deleted. `error_said`
    is the error as code and values (JSON), to be said in Thai too. `number` is the id by which people know the
    content in this archive: contents are numbered as they come, from 1."""

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
    error_said: Mapped[str | None]
    exit_code: Mapped[int | None]
    finished: Mapped[str | None]
    record: Mapped[bytes | None]
    number: Mapped[int | None]

    __table_args__ = (Index("contents_by_number", "number", unique=True),)


class File(Base):
    """That a content lies, or lay, at a place: the path as it was found, letter by letter, for two spellings may be two
    files. Rows are never deleted, and at most one of a place is not `gone`: when the content was missed there, because
    the file is not there any more or is another one. Times are null where an older laodoc did not note them."""

    __tablename__ = "files"

    place: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("contents.sha256"), primary_key=True, index=True)
    size: Mapped[int]
    changed_ns: Mapped[int]
    touched_ns: Mapped[int | None]
    first_seen: Mapped[str | None]
    last_seen: Mapped[str | None]
    gone: Mapped[str | None]

    __table_args__ = (Index("files_there", "place", unique=True, sqlite_where=text("gone IS NULL")),)


class LetterRow(Base):
    """The letters of the records, to find rescans and references by."""

    __tablename__ = "letters"

    sha256: Mapped[str] = mapped_column(ForeignKey("contents.sha256"), primary_key=True)
    letter: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str | None]
    date: Mapped[str | None]
    subject: Mapped[str | None]

    __table_args__ = (Index("letters_by_number", "number", "date"),)


def last_place(sha256: InstrumentedAttribute[str]) -> ScalarSelect[str]:
    """Where a content lies, the first place where it is in several; else where it was seen last."""
    rows = select(File.place).where(File.sha256 == sha256).correlate_except(File)
    return rows.order_by(File.gone.is_not(None), File.gone.desc(), File.place).limit(1).scalar_subquery()


LAST_PLACE = """(SELECT place FROM files WHERE files.sha256 = p.sha256
    ORDER BY gone IS NOT NULL, gone DESC, place LIMIT 1)"""
"""The same as SQL, of a table `p`."""


def now() -> str:
    """The time as it stands in the tables: UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
