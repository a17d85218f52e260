"""An archive that an older laodoc has written opens with all that is in it."""

import json
import shutil
import sqlite3
import zlib
from pathlib import Path

import pytest

from laodoc.archive.entering import enter_files
from laodoc.archive.ledger import Ledger, State
from laodoc.document import Document, EngineInfo, Source
from laodoc.errors import AccessError
from laodoc.export.json import to_json

FIRST_TABLES = """
CREATE TABLE contents (
    sha256 VARCHAR NOT NULL, size INTEGER NOT NULL, state VARCHAR NOT NULL, attempts INTEGER NOT NULL, pages INTEGER,
    engine VARCHAR, engine_version VARCHAR, engine_sha256 VARCHAR, seconds FLOAT, error VARCHAR, exit_code INTEGER,
    finished VARCHAR, record BLOB, PRIMARY KEY (sha256));
CREATE INDEX ix_contents_state ON contents (state);
CREATE TABLE files (
    place VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, size INTEGER NOT NULL, changed_ns INTEGER NOT NULL,
    PRIMARY KEY (place), FOREIGN KEY(sha256) REFERENCES contents (sha256));
CREATE INDEX ix_files_sha256 ON files (sha256);
CREATE TABLE letters (
    sha256 VARCHAR NOT NULL, letter VARCHAR NOT NULL, number VARCHAR, date VARCHAR, subject VARCHAR,
    PRIMARY KEY (sha256, letter), FOREIGN KEY(sha256) REFERENCES contents (sha256));
CREATE INDEX letters_by_number ON letters (number, date);
PRAGMA user_version = 1;
"""
"""As version 1 made them."""


def record(sha256: str, name: str) -> bytes:
    return to_json(
        Document(
            source=Source(name=name, sha256=sha256, bytes=1, pages=0),
            engine=EngineInfo(name="null", version="0", sha256=None),
            pages=(), letters=(), tables=(), records=(), routing=(), findings=(),
        )
    )  # fmt: skip


LOST, THERE, UNREAD, FAILED = ("ab" * 32, "cd" * 32, "ef" * 32, "01" * 32)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """An archive of version 1: a letter whose name was used again, the one that has the name, one that was never read
    and has no file either, and one that failed and is there."""
    path = tmp_path / "a.sqlite"
    with sqlite3.connect(path) as plain:
        plain.executescript(FIRST_TABLES)
        for sha256, state in ((LOST, "done"), (THERE, "done"), (UNREAD, "waiting"), (FAILED, "failed")):
            packed = zlib.compress(record(sha256, "scan0001.pdf")) if state == "done" else None
            plain.execute(
                "INSERT INTO contents (sha256, size, state, attempts, record) VALUES (?, 1, ?, 1, ?)",
                (sha256, state, packed),
            )
        plain.execute("INSERT INTO files VALUES ('in/scan0001.pdf', ?, 1, 7)", (THERE,))
        plain.execute("INSERT INTO files VALUES ('in/broken.pdf', ?, 1, 7)", (FAILED,))
    plain.close()
    return path


def test_what_an_older_laodoc_has_lost_is_there_again(old: Path) -> None:
    """Opened to read, as `export` does: the letter without a place comes back, by the name that its record has."""
    ledger = Ledger(old)
    assert [(place, json.loads(made)["source"]["sha256"]) for place, made in ledger.records()] == [
        ("in/scan0001.pdf", THERE),
        ("scan0001.pdf", LOST),
    ]
    assert ledger.kept_without_file() == 1
    assert [failure.place for failure in ledger.failures()] == ["in/broken.pdf"]
    assert ledger.counts() == {State.DONE: 2, State.FAILED: 1}
    assert [each.sha256 for each in ledger.never_read()] == [UNREAD]


def test_it_goes_on_as_one_of_today(old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that are known are known again, new ones are entered, and no number is given twice."""
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("in/new.pdf").write_text("new", encoding="utf-8")
    ledger = Ledger(old, create=True)
    assert ledger.find("in/scan0001.pdf", 1, 7) == THERE
    enter_files(ledger, [Path("in")])
    assert [Path(place).name for _, place in ledger.waiting()] == ["new.pdf"]
    assert ledger.kept_without_file() == 2
    with sqlite3.connect(old) as plain:
        assert plain.execute("select number from contents order by number").fetchall() == [(n,) for n in range(1, 6)]


def test_it_is_brought_up_whole_or_not_at_all(old: Path) -> None:
    """A migration that breaks off leaves the older archive as it was; the next one makes it."""
    with sqlite3.connect(old) as plain:
        plain.execute("UPDATE contents SET record = x'00' WHERE sha256 = ?", (LOST,))
        before = list(plain.iterdump())
    with pytest.raises(AccessError, match="damaged"):
        Ledger(old)
    with sqlite3.connect(old) as plain:
        assert list(plain.iterdump()) == before
        assert plain.execute("PRAGMA user_version").fetchone() == (1,)
        plain.execute("UPDATE contents SET record = ? WHERE sha256 = ?", (zlib.compress(record(LOST, "a")), LOST))
    assert len(list(Ledger(old).records())) == 2


def test_two_programs_may_bring_it_up(old: Path, tmp_path: Path) -> None:
    """The second finds it done, and a copy of the older archive beside it is an archive of its own."""
    shutil.copy(old, tmp_path / "b.sqlite")
    first, second = Ledger(old), Ledger(old)
    assert list(first.records()) == list(second.records()) == list(Ledger(tmp_path / "b.sqlite").records())
