"""The tables of a database: numbered files of SQL, of which a database has had the first so many.

Migrations are our own and not Alembic's: every row is a copy of what an archive holds, steps only go forward, and two
kinds of database understand the same SQL, so that a table with a number and these few lines do what an office needs,
without a program to install beside its database.
"""

import re
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from sqlalchemy import Connection, Dialect, MetaData, Numeric, TypeDecorator, create_engine, inspect

from laodoc.errors import AccessError
from laodoc.messages import Message

_FILE = re.compile(r"(?P<number>[0-9]{4})-.*\.sql")
_TABLE = re.compile(r"CREATE TABLE (\w+)")
_COMMENT = re.compile(r"^\s*--.*$", re.MULTILINE)

LOCK = 0x6C616F646F63
"""PostgreSQL's number for a lock of our own (`laodoc`): two programs do not migrate at once."""


class Number(TypeDecorator[float]):
    """A float that comes back as it was: as a number of its shortest digits, since PostgreSQL rounds floats to 15."""

    impl = Numeric(asdecimal=False)
    cache_ok = True

    def process_bind_param(self, value: float | None, dialect: Dialect) -> Any:
        """What the driver is given."""
        return Decimal(repr(value)) if isinstance(value, float) and dialect.name == "postgresql" else value


def migrate(connection: Connection, *, upto: int | None = None) -> tuple[int, int]:
    """Bring the database to the newest schema (or the one of number `upto`), in the caller's transaction.

    Returns:
        The number that it had (0: none), and the one that it has.

    Raises:
        AccessError: the database is of a newer laodoc, or has tables of another program.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
    before = _version(connection)
    known = len(steps())
    if before > known:
        raise AccessError(Message("database-schema", before=before, known=known))
    after = max(before, known if upto is None else upto)
    for statements in steps()[before:after]:
        for statement in statements:
            connection.exec_driver_sql(statement)
    if after > before:
        connection.exec_driver_sql("DELETE FROM laodoc_schema")
        connection.exec_driver_sql(f"INSERT INTO laodoc_schema (version) VALUES ({after:d})")
    return before, after


def _version(connection: Connection) -> int:
    there = inspect(connection)
    if not there.has_table("laodoc_schema"):
        if foreign := sorted(set(there.get_table_names()) & _made_first()):
            raise AccessError(Message("database-foreign", name=foreign[0]))
        connection.exec_driver_sql("CREATE TABLE laodoc_schema (version INTEGER NOT NULL)")
    return int(connection.exec_driver_sql("SELECT version FROM laodoc_schema").scalar() or 0)


def _made_first() -> set[str]:
    """The names of the tables with which a database begins."""
    return {match[1] for statement in steps()[0] if (match := _TABLE.match(statement))}


@cache
def steps() -> tuple[tuple[str, ...], ...]:
    """The statements of each file, in the order of their numbers."""
    folder = files("laodoc.export").joinpath("data/schema")
    named = sorted((entry.name, entry) for entry in folder.iterdir() if _FILE.fullmatch(entry.name))
    texts = [_COMMENT.sub("", entry.read_text(encoding="utf-8")) for _, entry in named]
    return tuple(tuple(part.strip() for part in text.split(";") if part.strip()) for text in texts)


@cache
def tables() -> MetaData:
    """The tables as the newest schema has them, views left out; the SQL is the only place that says so."""
    metadata = MetaData()
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        migrate(connection)
        metadata.reflect(connection)
    engine.dispose()
    metadata.remove(metadata.tables["laodoc_schema"])
    for table in metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, Numeric):
                column.type = Number()
    return metadata
