"""Documents in a database: PostgreSQL or SQLite, by its URL. The same documents twice change nothing."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Executable,
    Table,
    create_engine,
    delete,
    event,
    make_url,
    select,
    tuple_,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError

from laodoc.document import Document
from laodoc.errors import AccessError, MissingDependency, UsageError
from laodoc.export.origin import Placed, placed
from laodoc.export.rows import Row, Rows, Value, rows_of
from laodoc.export.schema import migrate, tables
from laodoc.messages import Message

DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg", "sqlite": "sqlite"}

AT_ONCE = 500
"""Keys in one statement: SQLite takes 32,766 values, and no key has more than four parts."""


@dataclass(frozen=True, slots=True)
class Stored:
    """How many documents were put in, how many rows are new or different and how many went, and how many pages and
    values were left out because they are secret."""

    documents: int
    written: int
    removed: int
    hidden: int


def store(documents: Iterable[Document | Placed], url: str, *, unmask: bool = False) -> Stored:
    """Put documents into a database, each whole or not at all, in place of what an earlier reading of their scans left.

    The tables are made, or brought to the newest schema, first. Rows that say the same are not touched. Documents that
    are in the database alone stay there.

    Raises:
        UsageError: the URL is none, or of another kind of database.
        MissingDependency: the driver is not installed.
        AccessError: the database cannot be reached or written; or is of a newer laodoc.
    """
    with _opened(url) as engine:
        return _fill(engine, documents, unmask=unmask)


def as_sqlite(documents: Iterable[Document | Placed], *, unmask: bool = False) -> tuple[bytes, int]:
    """An SQLite file that holds these documents alone, and how much is left out because it is secret.

    The same documents give the same bytes, where SQLite is the same.
    """
    with _opened("sqlite://") as engine:
        hidden = _fill(engine, documents, unmask=unmask).hidden
        with engine.connect() as connection:
            file: Any = connection.connection.driver_connection
            connection.rollback()
            return file.serialize(), hidden


def _fill(engine: Engine, documents: Iterable[Document | Placed], *, unmask: bool) -> Stored:
    count = written = removed = hidden = 0
    with engine.begin() as connection:
        migrate(connection)
    for document, origin in placed(documents):
        rows, covered = rows_of(document, unmask=unmask, origin=origin)
        with engine.begin() as connection:
            new, gone = put(connection, document.source.sha256, rows)
        count, written, removed, hidden = count + 1, written + new, removed + gone, hidden + covered
    return Stored(count, written, removed, hidden)


def put(connection: Connection, sha256: str, rows: Rows) -> tuple[int, int]:
    """Make the rows of a scan these; (new or different, removed). What says the same is not touched."""
    changed: dict[str, list[Row]] = {}
    removed = 0
    for table in reversed(tables().sorted_tables):  # what belongs to a row goes before it
        there = _rows_there(connection, table, sha256)
        wanted = {_key(row, table): row for row in rows.get(table.name, [])}
        changed[table.name] = [row for key, row in wanted.items() if there.get(key) != row]
        gone = [key for key in there if key not in wanted]
        keys = tuple_(*table.primary_key.columns)
        for start in range(0, len(gone), AT_ONCE):
            connection.execute(delete(table).where(keys.in_(gone[start : start + AT_ONCE])))
        removed += len(gone)
    for table in tables().sorted_tables:
        if changed[table.name]:
            connection.execute(_upsert(table, connection.dialect.name), changed[table.name])
    return sum(map(len, changed.values())), removed


def _rows_there(connection: Connection, table: Table, sha256: str) -> dict[tuple[Value, ...], Row]:
    found = connection.execute(select(table).where(table.c.sha256 == sha256)).mappings()
    return {_key(row, table): row for row in map(dict, found)}


def _key(row: Row, table: Table) -> tuple[Value, ...]:
    return tuple(row[column.name] for column in table.primary_key.columns)


def _upsert(table: Table, dialect: str) -> Executable:
    """A row put in, or in the place of the one with its key."""
    statement = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(table)
    update = {column.name: statement.excluded[column.name] for column in table.columns if not column.primary_key}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=update)


@contextmanager
def _opened(url: str) -> Iterator[Engine]:
    """The database, with what goes wrong in it told in one line, without its password."""
    try:
        place = make_url(url)
    except ArgumentError as error:
        raise UsageError(Message("to-option", url=url)) from error
    if place.drivername not in (*DRIVERS, *DRIVERS.values()):
        raise UsageError(Message("to-driver", driver=place.drivername))
    shown = place.render_as_string(hide_password=True)
    try:
        engine = create_engine(place.set(drivername=DRIVERS.get(place.drivername, place.drivername)))
    except (ImportError, NoSuchModuleError) as error:
        raise MissingDependency(Message("postgres-driver")) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_connected)
        event.listen(engine, "begin", _sqlite_begun)
    try:
        yield engine
    except DatabaseError as error:
        said = str(error.orig).strip().splitlines()
        raise AccessError(Message("database-says", place=shown, why=said[0] if said else error)) from error
    finally:
        engine.dispose()


def _sqlite_connected(connection: object, _: object) -> None:
    """Transactions that hold tables too: the driver's own would end before each CREATE."""
    connection.isolation_level = None  # type: ignore[attr-defined]
    connection.execute("PRAGMA foreign_keys = ON")  # type: ignore[attr-defined]


def _sqlite_begun(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
