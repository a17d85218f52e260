"""Typed tables for other programs: what pyarrow, pandas and sqlite3 find in Parquet and SQLite files."""

import math
import sqlite3
import sys
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas
import pyarrow
import pytest
from letters_made import document, field
from pyarrow import parquet as files
from test_database import ASKED, OPEN, PASSED_ON
from test_public import document as statistics

from laodoc.document import Document
from laodoc.errors import MissingDependency, UsageError
from laodoc.export import parquet, sqlite
from laodoc.export.command import write_export
from laodoc.export.formats import Item, Options
from laodoc.export.rows import rows_of
from laodoc.export.schema import tables
from laodoc.export.sheets import WHATS

__all__ = ["statistics"]


@pytest.fixture
def letters() -> Document:
    """Three letters, one with every part."""
    return document([ASKED, PASSED_ON, OPEN])


def written(documents: list[Document], what: Any = None, *, unmask: bool = False) -> dict[str, pyarrow.Table]:
    """The tables by the names of their files, as pyarrow reads them."""
    made = parquet.outputs(map(Item, documents), Options(what=what, unmask=unmask))
    return {output.name: files.read_table(BytesIO(output.content)) for output in made}


def test_parquet_has_types_and_a_file_for_each_table(letters: Document, statistics: Document) -> None:
    """Days are days, numbers numbers, lists lists; also where a table has no row."""
    made = written([letters, statistics])
    assert list(made) == [f"{name}.parquet" for name in WHATS]
    schema = made["letters.parquet"].schema
    assert schema.field("date").type == pyarrow.date32()
    assert schema.field("secret").type == pyarrow.bool_()
    assert schema.field("references").type.value_type.field("date").type == pyarrow.date32()
    assert not schema.field("letter_id").nullable
    assert made["records.parquet"].schema.field("total").type == pyarrow.float64()
    assert made["routing.parquet"].num_rows == 0
    assert made["routing.parquet"].schema.field("page").type == pyarrow.int32()


def test_parquet_loses_nothing(letters: Document, statistics: Document) -> None:
    """Every row of every table as it was made, with the parts of each letter and what is said of each cell's table."""
    made = written([letters, statistics])
    rows = {name: [] for name in tables().tables}
    for each in (letters, statistics):
        for name, some in rows_of(each)[0].items():
            rows[name] += some
    for name in ("records", "routing", "findings"):
        assert [without(row, "file", *parquet.OF_SOURCES) for row in made[f"{name}.parquet"].to_pylist()] == rows[name]
    cells = made["tables.parquet"].to_pylist()
    names = list(rows["cells"][0])
    assert [{name: cell[name] for name in names} for cell in cells] == rows["cells"]
    assert {cell["table_title"] for cell in cells} == {row["title"] for row in rows["tables"]}
    assert {cell["file"] for cell in cells} == {"made.pdf"}
    for part in parquet.PARTS:
        found = [entry for letter in made["letters.parquet"].to_pylist() for entry in letter[part]]
        assert found == [without(row, "sha256", "letter_id", "position") for row in rows[f"letter_{part}"]]
        assert found, part


def without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


def test_pandas_loads_letters_and_counts(letters: Document, statistics: Document, tmp_path: Path) -> None:
    """One table is one file; what is null stays null, and can be reckoned with."""
    assert write_export([Item(letters)], "parquet", tmp_path / "a.parquet", Options(what="letters")).hidden == 0
    frame = pandas.read_parquet(tmp_path / "a.parquet")
    assert frame["number"].tolist() == ["มท 0899.9/ว 41", "ตย 0023/5", "ตย 0023/9"]
    assert frame["deadline"].tolist() == [date(2020, 6, 30), None, date(2999, 1, 1)]
    assert [recipient["name"] for recipient in frame["recipients"][0]] == ["ผู้ว่าราชการจังหวัด", "นายอำเภอ"]
    assert frame["as_of_text"][0] == "๓๑ มิ.ย."
    write_export([Item(statistics)], "parquet", tmp_path / "all", Options())
    counts = pandas.read_parquet(tmp_path / "all" / "records.parquet")
    assert counts["done"].sum() == 71
    assert not math.isnan(counts["percent"].iloc[0])


def test_a_number_of_twenty_digits_comes_as_near_as_it_can(statistics: Document) -> None:
    """Misread numbers are no reason to fail."""
    huge = 12345678901234567890
    table = statistics.tables[0]
    cells = tuple(cell.model_copy(update={"value": huge}) for cell in table.rows[1].cells)
    table = table.model_copy(update={"rows": (table.rows[1].model_copy(update={"cells": cells}),)})
    records = (statistics.records[0].model_copy(update={"sequence": huge}),)
    made = written([statistics.model_copy(update={"tables": (table,), "records": records})])
    assert set(made["tables.parquet"]["value_number"].to_pylist()) == {float(huge)}
    assert made["records.parquet"]["sequence"].to_pylist() == [None]


def test_many_rows_are_written_in_groups(letters: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept in memory has a bound; the file is whole."""
    monkeypatch.setattr(parquet, "ROWS_IN_GROUP", 3)
    (output,) = parquet.outputs([Item(letters)] * 5, Options(what="letters"))
    assert files.ParquetFile(BytesIO(output.content)).num_row_groups == 5
    assert files.read_table(BytesIO(output.content)).num_rows == 15


def test_without_pyarrow_it_is_told_what_to_install(letters: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, and the exit code of a missing program."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingDependency, match=r"laodoc\[parquet\]"):
        list(parquet.outputs([Item(letters)], Options()))


def opened(content: bytes, folder: Path) -> sqlite3.Connection:
    """The file as another program has it."""
    (folder / "a.sqlite").write_bytes(content)
    return sqlite3.connect(folder / "a.sqlite")


def test_sqlite_answers_questions(letters: Document, statistics: Document, tmp_path: Path) -> None:
    """The file is sound, its keys hold, its views answer, and rows come back as they were made."""
    (output,) = sqlite.outputs([Item(letters), Item(statistics)], Options())
    connection = opened(output.content, tmp_path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("SELECT number FROM open_tasks").fetchall() == [("ตย 0023/9",)]
    numbers = connection.execute("SELECT value_number, typeof(value_number) FROM cells WHERE role = 'count'").fetchall()
    assert (3, "integer") in numbers
    for table in tables().tables:
        count = sum(len(rows_of(each)[0].get(table, [])) for each in (letters, statistics))
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (count,)
    connection.close()


@pytest.mark.parametrize("outputs", [parquet.outputs, sqlite.outputs])
def test_the_same_documents_give_the_same_bytes(letters: Document, outputs: Callable[..., Any]) -> None:
    """Twice the same; and what is secret is left out and counted, unless asked for."""
    first, again = ([output.content for output in outputs([Item(letters)], Options())] for _ in range(2))
    assert first == again
    secret = ASKED.model_copy(update={"secrecy": field("ลับ"), "attachments": ()})
    covered = list(outputs([Item(document([secret]))], Options()))
    assert sum(output.hidden for output in covered) > 0
    shown = list(outputs([Item(document([secret]))], Options(unmask=True)))
    assert sum(output.hidden for output in shown) == 0
    said = b"DROP TABLE letters; --"
    if outputs is sqlite.outputs:
        assert said not in covered[0].content
        assert said in shown[0].content


def test_an_sqlite_file_has_all_tables(letters: Document) -> None:
    """One alone cannot be asked for."""
    with pytest.raises(UsageError, match="--what"):
        list(sqlite.outputs([Item(letters)], Options(what="records")))
