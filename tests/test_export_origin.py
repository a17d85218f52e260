"""Two files of one name stay two in every table and export: path, hash and the archive's number tell them apart."""

import csv
import json
import sqlite3
from collections.abc import Iterable
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest
from pyarrow import parquet
from readings import page, typed
from test_public import document as statistics

import laodoc
from laodoc.archive import finding, thread_text
from laodoc.archive.entering import enter_files
from laodoc.archive.ledger import Ledger
from laodoc.archive.reading import items_in, placed_in
from laodoc.archive.tracing import trace
from laodoc.document import Document, EngineInfo, Routing, Source
from laodoc.export.command import write_export
from laodoc.export.database import store
from laodoc.export.formats import Options
from laodoc.export.json import to_json
from laodoc.pipeline import assemble

__all__ = ["statistics"]

LETTER = "ที่ มท ๐๘๙๙.๗/ว {}\nถึง จังหวัดเลย\n>ขอให้สำรวจบ่อน้ำ\n@120 กรมสมมุติ\n@120 ๑๗ สิงหาคม ๒๕๖๔"
TABLES = ("letters", "records", "routing", "findings", "tables")


@pytest.fixture
def archive(tmp_path: Path, statistics: Document) -> Path:
    """Two letters called letter.pdf in two folders, both with the same table, of which the second is gone since."""
    ledger = Ledger(tmp_path / "a.sqlite", create=True)
    for folder in ("east", "west"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "letter.pdf").write_text(folder, encoding="utf-8")
    enter_files(ledger, [tmp_path / "east", tmp_path / "west"])
    for number, (sha256, place) in enumerate(ledger.waiting()):
        assert place.endswith("letter.pdf")
        document = made(sha256, "๔๑๒" if number == 0 else "๔๑๕", statistics)
        ledger.keep(sha256, document, to_json(document), 0.1)
    (tmp_path / "west" / "letter.pdf").unlink()
    enter_files(ledger, [tmp_path / "west"])
    ledger.close()
    return ledger.path


def made(sha256: str, number: str, table: Document) -> Document:
    source = Source(name="letter.pdf", sha256=sha256, bytes=4, pages=1)
    engine = EngineInfo(name="n", version="0", sha256=None)
    letter = assemble([page(1, typed(LETTER.format(number)))], source=source, engine=engine)
    parts: dict[str, object] = {name: getattr(table, name) for name in ("tables", "records", "findings")}
    step = Routing(from_="ก", to=None, number=None, date=None, event="sent", page=1)
    return letter.model_copy(update={**parts, "routing": (step,)})


def told_by(rows: Iterable[dict[str, object]]) -> set[tuple[object, ...]]:
    return {(row["file"], row["path"], row["sha256"], int(str(row["archive_id"])), bool(row["gone"])) for row in rows}


def expected(archive: Path) -> set[tuple[object, ...]]:
    found = {document.source.sha256: place for place, document in Ledger(archive).documents()}
    assert len(found) == 2
    return {
        ("letter.pdf", place, sha256, 2 if "west" in place else 1, "west" in place) for sha256, place in found.items()
    }


def exported(archive: Path, form: str, what: str) -> bytes:
    out = archive.with_name(f"{what}.{form}")
    write_export(items_in([archive]), form, out, Options(what=what))  # type: ignore[arg-type]
    return out.read_bytes()


@pytest.mark.parametrize("what", TABLES)
def test_every_table_tells_two_files_of_one_name_apart(archive: Path, what: str) -> None:
    """As CSV, JSON lines, XLSX and Parquet."""
    lines = csv.DictReader(StringIO(exported(archive, "csv", what).decode("utf-8-sig")))
    assert told_by(lines) == expected(archive)
    assert told_by(map(json.loads, exported(archive, "jsonl", what).splitlines())) == expected(archive)
    head, *rows = openpyxl.load_workbook(BytesIO(exported(archive, "xlsx", what)))[what].values
    assert told_by(dict(zip(head, row, strict=True)) for row in rows) == expected(archive)
    assert told_by(parquet.read_table(BytesIO(exported(archive, "parquet", what))).to_pylist()) == expected(archive)


def test_the_list_of_tables_in_a_workbook_does(archive: Path) -> None:
    """Whose sheets have names of their own."""
    write_export(items_in([archive]), "xlsx", archive.with_name("all.xlsx"), Options())
    head, *rows = openpyxl.load_workbook(archive.with_name("all.xlsx"))["tables"].values
    assert told_by(dict(zip(head, row, strict=True)) for row in rows) == expected(archive)
    assert len({row[0] for row in rows}) == len(rows)


def test_databases_do(archive: Path) -> None:
    """In the table of scans, to which every other table leads; twice changes nothing."""
    url = f"sqlite:///{archive.with_name('db.sqlite')}"
    assert store(placed_in([archive]), url).documents == 2
    assert store(placed_in([archive]), url).written == 0
    write_export(items_in([archive]), "sqlite", archive.with_name("all.sqlite"), Options())
    for name in ("db.sqlite", "all.sqlite"):
        with sqlite3.connect(archive.with_name(name)) as plain:
            plain.row_factory = sqlite3.Row
            assert told_by(map(dict, plain.execute("SELECT * FROM sources"))) == expected(archive)


def test_answers_do(archive: Path) -> None:
    """`find`, `trace`, and the records in Python; what is gone is told as gone."""
    hits, _ = finding.find(Ledger(archive), finding.Wanted(("บ่อน้ำ",)))
    found = {(Path(hit.file).name, hit.file, hit.sha256, hit.archive_id, bool(hit.gone)) for hit in hits}
    assert found == expected(archive)
    assert finding.to_text(hits).count(" (gone since 20") == 1
    copies = [copy for number in ("412", "415") for copy in _copies(archive, f"มท 0899.7/ว {number}")]
    assert told_by(copies) == expected(archive)
    frame = laodoc.Archive(archive).records().rename(columns={"source": "file"})
    assert told_by(frame.astype(object).where(frame.notna(), None).to_dict("records")) == expected(archive)


def _copies(archive: Path, number: str) -> list[dict[str, object]]:
    thread = trace(placed_in([archive]), number)
    day = thread.letters[0].date
    assert day is not None
    told = thread_text.to_text(thread, date.fromisoformat(day))
    (letter,) = json.loads(thread_text.to_json(thread, date.fromisoformat(day)))["letters"]
    assert (" (gone since 20" in told) == bool(letter["copies"][0]["gone"])
    assert letter["copies"][0]["path"] in told
    return list(letter["copies"])


def test_files_for_each_document_stay_two(archive: Path) -> None:
    """Records and pages of two files of one name do not write over each other."""
    for form in ("json", "md"):
        out = archive.with_name(form)
        write_export(items_in([archive]), form, out, Options())
        assert len({path.read_bytes() for path in out.iterdir()}) == 2
