"""An archive of an older laodoc becomes one of this laodoc: whole or not at all, and nothing of it is left out."""

import json
import zlib
from collections.abc import Callable

from sqlalchemy import Connection

from laodoc.archive.tables import VERSION, Base, now
from laodoc.errors import AccessError
from laodoc.messages import Message


def version_of(connection: Connection) -> int:
    """The version of an archive's tables; 0 where there are none."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar() or 0)


def make_tables(connection: Connection) -> None:
    """The tables of a new archive."""
    Base.metadata.create_all(connection)
    connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


def bring_up(connection: Connection) -> None:
    """The tables of an archive become those of this version, in one transaction. Of two programs that come at the same
    time the second finds that it is done.

    Raises:
        AccessError: what it holds is damaged.
    """
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    for version in range(version_of(connection), VERSION):
        _STEPS[version](connection)
    connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


def _places_get_a_history(connection: Connection) -> None:
    """Version 1 knew one content of each place and dropped the one before it from all that it told."""
    for statement in _TO_2:
        connection.exec_driver_sql(statement)
    placeless = "SELECT sha256, size FROM contents WHERE sha256 NOT IN (SELECT sha256 FROM files)"
    record = "SELECT record FROM contents WHERE sha256 = ?"
    lost = "INSERT INTO files (place, sha256, size, changed_ns, gone) VALUES (?, ?, ?, 0, ?)"
    for sha256, size in connection.exec_driver_sql(placeless).all():
        name = _name_in(connection.exec_driver_sql(record, (sha256,)).scalar_one())
        connection.exec_driver_sql(lost, (name or sha256, sha256, size, now()))


def _name_in(record: bytes | None) -> str | None:
    """The name of the file as its record has it.

    Raises:
        AccessError: the record is damaged.
    """
    try:
        return str(json.loads(zlib.decompress(record))["source"]["name"]) if record else None
    except (zlib.error, ValueError, LookupError) as broken:
        raise AccessError(Message("archive-record-damaged")) from broken


_TO_2 = (
    "ALTER TABLE contents ADD COLUMN number INTEGER",
    "UPDATE contents SET number = rowid",
    "CREATE UNIQUE INDEX contents_by_number ON contents (number)",
    """CREATE TABLE files_2 (
        place VARCHAR NOT NULL, sha256 VARCHAR NOT NULL REFERENCES contents (sha256), size INTEGER NOT NULL,
        changed_ns INTEGER NOT NULL, touched_ns INTEGER, first_seen VARCHAR, last_seen VARCHAR, gone VARCHAR,
        PRIMARY KEY (place, sha256))""",
    "INSERT INTO files_2 (place, sha256, size, changed_ns) SELECT place, sha256, size, changed_ns FROM files",
    "DROP TABLE files",
    "ALTER TABLE files_2 RENAME TO files",
    "CREATE INDEX ix_files_sha256 ON files (sha256)",
    "CREATE UNIQUE INDEX files_there ON files (place) WHERE gone IS NULL",
)


def _errors_get_their_codes(connection: Connection) -> None:
    """Version 2 kept errors as English sentences alone; those that it kept stay so."""
    connection.exec_driver_sql("ALTER TABLE contents ADD COLUMN error_said VARCHAR")


_STEPS: dict[int, Callable[[Connection], None]] = {1: _places_get_a_history, 2: _errors_get_their_codes}
"""From each older version to the next."""
