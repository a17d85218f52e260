"""Documents in databases: what psycopg and sqlite3 find there is what was read, however often it is put in."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import psycopg
import pytest
from letters_made import (
    amount,
    approval,
    day,
    document,
    endorsement,
    field,
    letter,
    number,
    received,
    reference,
    signatory,
)
from postgres import program, server
from scanning import scanned
from sqlalchemy import create_engine, make_url
from test_public import document as statistics

from laodoc.document import BBox, Contact, Counts, Document, Field, Finding, Meeting, Record
from laodoc.errors import AccessError, MissingDependency, UsageError
from laodoc.export import database
from laodoc.export.database import Stored, store
from laodoc.export.rows import fields_of, rows_of
from laodoc.export.schema import migrate, steps, tables

__all__ = ["statistics"]
SAMPLES = Path(__file__).resolve().parent.parent / "samples"
ASKED = letter(
    "letter-1",
    pages=(1, 2),
    number=number("มท 0899.9/ว 41"),
    date=day("2020-06-11"),
    sender=field("กรมตัวอย่าง"),
    subject=field("การสำรวจ ๑'; DROP TABLE letters; --"),
    deadline=day("2020-06-30"),
    as_of=field("๓๑ มิ.ย.", None),
    recipients=(field("ผู้ว่าราชการจังหวัด"), field("นายอำเภอ")),
    references=(reference("มท 0899.9/ว 17", "2020-05-01", "เรื่องก่อน"),),
    enclosures=(field("แบบสำรวจ"),),
    contacts=(Contact(name=field("นายสมมุติ"), phone=field("๐", "055000123"), extension=None, fax=None, email=None),),
    received=(received("จังหวัดตัวอย่าง", number("412"), day("2020-06-12")), received("อำเภอ", field("37ร"), None)),
    endorsements=(
        endorsement("อำเภอ", number("ตย 1/ว 8"), day("2020-06-15"), "ก", "ข"),
        approval("โรงพยาบาล", "ทราบ", day("2020-06-16")),
    ),
    event=Meeting(date=day("2020-06-25"), time=field("๐๙.๓๐ น.", "09:30"), place=field("ห้องประชุม")),
    amounts=(amount("๑,๐๐๐ บาท", 1000, words_agree=True), amount("๕๐.๒๕ บาท", 50.25)),
    signatory=signatory("นายสมมุติ", "อธิบดี"),
    attachments=("letter-2",),
)
PASSED_ON = letter(
    "letter-2",
    number=number("ตย 0023/5"),
    date=day("2020-06-20"),
    references=(reference("มท 0899.9/ว41", "2020-06-11"),),
)
"""Names the letter above, its number spaced otherwise."""
OPEN = letter("letter-3", number=number("ตย 0023/9"), date=day("2020-06-21"), deadline=day("2999-01-01"))


def record(name: str, as_of: str | None, pending: int, status: Any = None) -> Record:
    """A body's report."""
    counts = Counts(total=9, done=9 - pending, pending=pending, percent=34.78)
    where = {"province": "ตาก", "district": None, "organisation": name, "place_code": "63"}
    return Record(
        id=f"id-{name}", table="table-1", sequence=1, status=status, counts=counts, as_of=as_of, letter="letter-1",
        page=1, confidence=0.9, **where,
    )  # fmt: skip


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    """A server for this module's tests."""
    if program("initdb") is None:
        pytest.skip("PostgreSQL's server is not installed: apt-get install postgresql")
    with server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'a.sqlite'}"
    place = make_url(request.getfixturevalue("postgresql"))
    with psycopg.connect(host=place.query["host"], user="laodoc", dbname="postgres", autocommit=True) as connection:
        name = f"test_{connection.execute('SELECT count(*) FROM pg_database').fetchone()[0]}"
        connection.execute(f"CREATE DATABASE {name}")
    return place.set(database=name).render_as_string()


def ask(url: str, question: str) -> list[tuple[Any, ...]]:
    """What the database's own driver answers."""
    place = make_url(url)
    if place.drivername == "sqlite":
        connection = sqlite3.connect(str(place.database))
        try:
            return connection.execute(question).fetchall()
        finally:
            connection.close()
    with psycopg.connect(host=place.query["host"], user="laodoc", dbname=place.database) as connection:
        return connection.execute(question).fetchall()


def plain(value: Any) -> Any:
    """The value as both drivers give it: days as text, true as 1, numbers as floats."""
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) or value is None else float(value)


def said(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The rows as both drivers give them, in order."""
    return sorted((tuple(map(plain, row)) for row in rows), key=repr)


def test_every_value_comes_back(url: str, statistics: Document) -> None:
    """All rows of all tables, of a bundle with tables and of a letter with every part, as they were put in."""
    documents = [scanned(SAMPLES / "bundle.pdf"), document([ASKED, PASSED_ON]), statistics]
    stored = store(documents, url)
    written = 0
    for table in tables().sorted_tables:
        names = [column.name for column in table.columns]
        wanted = [row for each in documents for row in rows_of(each)[0].get(table.name, [])]
        assert wanted, table.name
        found = ask(url, f"SELECT {', '.join(names)} FROM {table.name}")
        assert said(found) == said([tuple(row[name] for name in names) for row in wanted]), table.name
        written += len(found)
    assert stored == Stored(3, written, 0, 0)


def test_every_field_of_a_letter_is_a_row(url: str) -> None:
    """Nothing that was read of a letter is missing: its place in the record leads back to each value."""
    store([document([ASKED])], url)
    found = {path: (text, value) for path, text, value in ask(url, "SELECT path, text, value FROM letter_fields")}
    every = dict(fields_of(ASKED))
    assert len(every) == 36
    assert found == {path: (read.text, None if read.value is None else str(read.value)) for path, read in every.items()}
    assert found["references/0/date"] == ("2020-05-01", "2020-05-01")


def test_the_same_again_changes_nothing(url: str) -> None:
    """The second time not a row is written; what a new reading has no more is removed, what it reads otherwise is put
    right, and other scans stay."""
    other = document([OPEN])
    other = other.model_copy(update={"source": other.source.model_copy(update={"sha256": "1" * 64})})
    first = store([document([ASKED, PASSED_ON]), other], url)
    assert first.written > 0
    assert store([document([ASKED, PASSED_ON]), other], url) == Stored(2, 0, 0, 0)
    read_again = ASKED.model_copy(update={"subject": field("การสำรวจ"), "recipients": ASKED.recipients[:1]})
    changed = store([document([read_again])], url)
    assert changed.written == 2  # the letter, and where its subject was read
    assert changed.removed > 3
    assert ask(url, "SELECT letter_id, subject FROM letters ORDER BY 1") == [
        ("letter-1", "การสำรวจ"),
        ("letter-3", None),
    ]
    assert ask(url, "SELECT name FROM letter_recipients") == [("ผู้ว่าราชการจังหวัด",)]
    assert ask(url, "SELECT count(*) FROM letter_fields WHERE letter_id = 'letter-2'") == [(0,)]


def test_views_answer_what_offices_ask(url: str) -> None:
    """Open tasks are those that no letter refers to; of a body's reports the newest counts; doubt is listed."""
    doubtful = field("37ร", None, confidence=0.3)
    unsure = OPEN.model_copy(update={"sender": doubtful})
    early = document(
        [ASKED, PASSED_ON, unsure], records=(record("ก", "2020-06-01", 5), record("ข", None, 0, "pending"))
    )
    late = document([], "late.pdf", records=(record("ก", "2020-07-01", 0), record("ค", "2020-07-01", 2)))
    late = late.model_copy(update={"source": late.source.model_copy(update={"sha256": "2" * 64})})
    store([early, late], url)
    assert said(ask(url, "SELECT number, overdue, deadline FROM open_tasks")) == [("ตย 0023/9", 0.0, "2999-01-01")]
    missing = ask(url, "SELECT organisation, pending, number FROM not_reported ORDER BY organisation")
    assert said(missing) == said([("ข", 0, "มท 0899.9/ว 41"), ("ค", 2, None)])
    assert said(ask(url, "SELECT part, place, text, confidence FROM doubtful")) == [("letter-3", "sender", "37ร", 0.3)]
    assert ask(url, "SELECT received_number FROM received WHERE office = 'อำเภอ'") == [(None,)]
    assert ask(url, "SELECT number, passed_on FROM sent WHERE office = 'อำเภอ'") == [("ตย 1/ว 8", "มท 0899.9/ว 41")]


def test_an_overdue_task_says_so(url: str) -> None:
    """Its deadline lies before today."""
    store([document([ASKED])], url)
    assert said(ask(url, "SELECT number, overdue, subject FROM open_tasks")) == [
        ("มท 0899.9/ว 41", 1.0, "การสำรวจ ๑'; DROP TABLE letters; --")
    ]


def test_of_a_secret_letter_there_is_that_it_came(url: str) -> None:
    """Number, day, sender and stamps, and no more unless asked for; what was open and is secret now goes."""
    secret = ASKED.model_copy(update={"secrecy": field("ลับมาก"), "attachments": ()})
    store([document([ASKED])], url)
    stored = store([document([secret])], url)
    assert stored.hidden > 0
    assert stored.removed > 0
    assert ask(url, "SELECT number, secrecy, subject, action FROM letters WHERE secret") == [
        ("มท 0899.9/ว 41", "ลับมาก", None, None)
    ]
    assert ask(url, "SELECT count(*) FROM letter_stamps") == [(2,)]
    assert ask(url, "SELECT count(*) FROM letter_recipients") == [(0,)]
    assert {path.split("/")[0] for (path,) in ask(url, "SELECT path FROM letter_fields")} == {
        "number", "date", "sender", "secrecy", "received",
    }  # fmt: skip
    assert store([document([secret])], url, unmask=True).hidden == 0
    assert ask(url, "SELECT count(*) FROM letter_recipients") == [(2,)]


def test_a_database_of_an_older_schema_is_brought_up_to_date(url: str) -> None:
    """Step by step, its rows kept; twice is once; one of a newer laodoc is left alone."""
    place = make_url(url)
    engine = create_engine(place.set(drivername=database.DRIVERS[place.drivername]))
    with engine.begin() as connection:
        assert migrate(connection, upto=1) == (0, 1)
        connection.exec_driver_sql("INSERT INTO sources VALUES ('9', 'old.pdf', 1, 1, 'n', '0', NULL)")
    with pytest.raises((sqlite3.Error, psycopg.Error)):
        ask(url, "SELECT * FROM open_tasks")
    store([document([OPEN])], url)
    assert ask(url, "SELECT version FROM laodoc_schema") == [(len(steps()),)]
    assert ask(url, "SELECT file FROM sources ORDER BY sha256") == [("made.pdf",), ("old.pdf",)]
    with engine.begin() as connection:
        assert migrate(connection) == (len(steps()), len(steps()))
        connection.exec_driver_sql("UPDATE laodoc_schema SET version = 99")
    engine.dispose()
    with pytest.raises(AccessError, match="newer laodoc"):
        store([document([OPEN])], url)


def test_each_step_of_the_schema_has_a_number_of_its_own() -> None:
    """From 1 on without a gap: a step that came between others would never reach a database that is past them."""
    names = sorted(path.name for path in files("laodoc.export").joinpath("data/schema").iterdir())
    assert [int(name.partition("-")[0]) for name in names] == list(range(1, len(steps()) + 1))


def test_a_document_is_put_in_whole_or_not_at_all(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure in the middle leaves what stood there, and says so in one line."""
    store([document([ASKED])], url)
    broken = Finding(rule="order", severity="info", message="x", page=1).model_copy(update={"message": None})
    changed = document([ASKED.model_copy(update={"subject": field("อื่น")})], findings=(broken,))
    with pytest.raises(AccessError) as refused:
        store([changed], url)
    assert "\n" not in str(refused.value)
    assert ask(url, "SELECT count(*) FROM letters WHERE subject = 'อื่น'") == [(0,)]


def test_numbers_that_are_misread_are_no_reason_to_fail(url: str, statistics: Document) -> None:
    """Twenty digits in a cell come as near as numbers do; a running number of so many is none."""
    huge = 12345678901234567890
    table = statistics.tables[0]
    row = table.rows[1].model_copy(
        update={"cells": tuple(cell.model_copy(update={"value": huge}) for cell in table.rows[1].cells)}
    )
    rows = (table.rows[0], row, *table.rows[2:])
    misread = statistics.model_copy(
        update={
            "tables": (table.model_copy(update={"rows": rows}),),
            "records": (statistics.records[0].model_copy(update={"sequence": huge}),),
            "findings": (Finding(rule="order", severity="info", message="x", page=1, sequence=huge, found=huge),),
        }
    )
    store([misread], url)
    assert store([misread], url).removed == 0
    assert ask(url, "SELECT sequence FROM records") == [(None,)]
    assert ask(url, "SELECT found, sequence FROM findings") == [(str(huge), None)]
    values = ask(url, "SELECT DISTINCT value_number FROM cells WHERE row_index = 1")
    assert [float(value) for (value,) in values] == [float(huge)]


def test_two_programs_at_once_do_not_disturb_each_other(url: str) -> None:
    """Both make the tables and put in the same; each row stands there once."""
    documents = [
        document([ASKED]).model_copy(
            update={"source": document([ASKED]).source.model_copy(update={"sha256": f"{place:064}"})}
        )
        for place in range(10)
    ]
    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(store, documents, url) for _ in range(2)]
        assert [each.result().documents for each in done] == [10, 10]
    assert ask(url, "SELECT count(*) FROM letters") == [(10,)]
    assert store(documents, url) == Stored(10, 0, 0, 0)


@pytest.mark.parametrize("wrong", ["nonsense", "mysql://host/name", "postgresql+pg8000://host/name"])
def test_other_databases_are_told(wrong: str) -> None:
    """Only PostgreSQL and SQLite, and only what is a URL."""
    with pytest.raises(UsageError, match="--to takes"):
        store([], wrong)


def test_a_database_that_cannot_be_reached_is_told_without_the_password(tmp_path: Path) -> None:
    """One line for the user, with the place and without the secret."""
    with pytest.raises(AccessError) as refused:
        store([], f"postgresql://a:hunter2@/postgres?host={tmp_path}")
    assert "hunter2" not in str(refused.value)
    assert "\n" not in str(refused.value)
    with pytest.raises(AccessError, match="unable to open"):
        store([], f"sqlite:///{tmp_path / 'absent' / 'a.sqlite'}")


def test_a_missing_driver_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to install."""
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(MissingDependency, match=r"laodoc\[postgres\]"):
        store([], "postgresql://host/name")


def test_numbers_and_days_that_a_person_spoilt_are_no_values() -> None:
    """A day that was edited into no date is null beside its text."""
    odd = letter(date=Field(text="ก", value="2563-13-40", page=1, bbox=BBox(0, 0, 1, 1), confidence=1))
    rows, _ = rows_of(document([odd]))
    assert (rows["letters"][0]["date"], rows["letters"][0]["date_text"]) == (None, "ก")
