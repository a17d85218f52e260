"""Archives: each file read once, nothing lost, whatever happens to a file, a process, or all of them."""

import json
import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from PIL import Image

import laodoc
from laodoc.archive.batch import BatchOptions, Outcome, log_line, run_batch
from laodoc.archive.entering import enter_files, scans_in
from laodoc.archive.ledger import Ledger, State
from laodoc.errors import AccessError, EmptyInput
from laodoc.messages import Message
from laodoc.pipeline import ScanOptions

NULL = BatchOptions(scan=ScanOptions(engine="null"), timeout_s=60.0)
SAMPLES = Path(__file__).resolve().parent.parent / "samples"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three small scans, one of them twice, an empty one, and something that is no scan."""
    place = tmp_path / "scans"
    (place / "ย่อย").mkdir(parents=True)
    for number in range(3):
        Image.new("L", (300 + number, 200), 255).save(place / f"{number}.png")
    shutil.copy(place / "0.png", place / "ย่อย" / "again.png")
    (place / "empty.pdf").write_bytes(b"")
    os.utime(place / "empty.pdf", (0, 0))  # it is not just being copied
    (place / "notes.txt").write_text("no scan", encoding="utf-8")
    return place


def ledger_of(folder: Path, *more: Path) -> Ledger:
    ledger = Ledger(folder.parent / "archive.sqlite", create=True)
    enter_files(ledger, [folder, *more])
    return ledger


def test_every_content_is_read_once(folder: Path) -> None:
    """Four good files with three contents give three records; the bad one is told; a second run has nothing to do."""
    ledger, heard = ledger_of(folder), list[tuple[Outcome, int, int]]()
    assert run_batch(ledger, NULL, tell=lambda *told: heard.append(told)) == (3, 1)
    assert [over for _, over, _ in heard] == [1, 2, 3, 4]
    assert [Path(place).name for place, _ in ledger.documents()] == ["0.png", "1.png", "2.png"]
    assert ledger.counts() == {State.DONE: 3, State.FAILED: 1}
    (failure,) = ledger.failures()
    assert (Path(failure.place).name, failure.exit_code) == ("empty.pdf", EmptyInput.exit_code)
    assert [[Path(place).name for place in places] for places in ledger.duplicates()] == [["0.png", "again.png"]]
    assert run_batch(ledger, NULL) == (0, 0)
    lines = [json.loads(log_line(outcome)) for outcome, *_ in heard]
    assert sum(line["error"] is not None for line in lines) == 1


def test_new_and_changed_files_are_found(folder: Path) -> None:
    """A second look enters only what is new; a file whose content changed is another content."""
    ledger = ledger_of(folder)
    run_batch(ledger, NULL)
    Image.new("L", (900, 200), 255).save(folder / "new.png")
    Image.new("L", (901, 200), 255).save(folder / "1.png")
    assert enter_files(ledger, [folder]) == 6
    assert [Path(place).name for _, place in ledger.waiting()] == ["1.png", "new.png"]


def test_a_file_that_changes_under_way_is_not_kept_as_what_it_was(folder: Path) -> None:
    """Its record would stand under the wrong content: it fails, and the next run reads what it has become."""
    ledger = ledger_of(folder)
    Image.new("L", (950, 200), 255).save(folder / "1.png")
    assert run_batch(ledger, NULL) == (2, 2)
    assert "changed" in next(failure.error for failure in ledger.failures() if failure.place.endswith("1.png"))
    enter_files(ledger, [folder])
    assert run_batch(ledger, NULL) == (1, 0)
    assert ledger.counts() == {State.DONE: 3, State.FAILED: 1}
    for _, record in ledger.records():
        assert json.loads(record)["source"]["sha256"] in {sha for (sha,) in _contents(ledger)}


def _contents(ledger: Ledger) -> list[tuple[str]]:
    with sqlite3.connect(ledger.path) as plain:
        return plain.execute("select sha256 from contents where state = 'done'").fetchall()


def test_what_cannot_be_read_or_written_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that vanishes between finding and reading is heard of; a full disk is an error of ours."""
    ledger, heard = Ledger(folder.parent / "archive.sqlite", create=True), list[str]()
    monkeypatch.setattr("laodoc.archive.entering.scans_in", lambda *_: iter([folder / "gone.png", folder / "0.png"]))
    assert enter_files(ledger, [folder], refused=lambda place, _: heard.append(place)) == 2
    assert [Path(place).name for place in heard] == ["gone.png"]
    with sqlite3.connect(ledger.path) as plain:
        plain.execute("create trigger full before insert on contents begin select raise(abort, 'disk full'); end")
    with pytest.raises(AccessError, match="cannot be written"):
        ledger.enter("x.png", "0" * 64, 1, 1)


def test_failed_files_are_tried_again_when_asked(folder: Path) -> None:
    """Not by themselves; then with another attempt counted."""
    ledger = ledger_of(folder)
    run_batch(ledger, NULL)
    assert run_batch(ledger, BatchOptions(scan=NULL.scan, retry_failed=True)) == (0, 1)
    with sqlite3.connect(folder.parent / "archive.sqlite") as plain:
        assert plain.execute("select attempts from contents where state = 'failed'").fetchall() == [(2,)]


def test_what_another_engine_read_is_read_again_when_asked(folder: Path) -> None:
    """`--since-model` looks at the digest of the weights, and at nothing that is up to date."""
    ledger = ledger_of(folder)
    run_batch(ledger, NULL)
    anew = BatchOptions(scan=NULL.scan, since_model=True)
    assert run_batch(ledger, anew) == (0, 0)
    with sqlite3.connect(folder.parent / "archive.sqlite") as plain:
        plain.execute("update contents set engine_sha256 = 'old' where sha256 in (select sha256 from contents limit 1)")
    assert sum(run_batch(ledger, anew)) <= 1


def test_a_reading_that_failed_later_hides_no_earlier_one(folder: Path) -> None:
    """Where a newer model's reading goes wrong, what was read before can still be had, and the failure is told."""
    ledger = ledger_of(folder)
    run_batch(ledger, NULL)
    before = dict(ledger.records())
    with sqlite3.connect(folder.parent / "archive.sqlite") as plain:
        (digest,) = plain.execute("select sha256 from contents where state = 'done' limit 1").fetchone()
    died = Message("process-died")
    ledger.fail(digest, died, 7, 0.1)
    assert dict(ledger.records()) == before
    assert died in [failure.error for failure in ledger.failures()]


def test_a_limit_leaves_the_rest_waiting(folder: Path) -> None:
    """So many files at most; the next run goes on."""
    ledger = ledger_of(folder)
    assert sum(run_batch(ledger, BatchOptions(scan=NULL.scan, limit=1))) == 1
    assert sum(run_batch(ledger, NULL)) == 3


def test_pages_of_one_file_come_together_in_order(tmp_path: Path) -> None:
    """A bundle read by two processes gives the record that one scan gives."""
    ledger = Ledger(tmp_path / "a.sqlite", create=True)
    enter_files(ledger, [SAMPLES / "bundle.pdf"])
    assert run_batch(ledger, BatchOptions(scan=ScanOptions(engine="null"), jobs=2)) == (1, 0)
    ((_, document),) = ledger.documents()
    assert document == laodoc.scan(SAMPLES / "bundle.pdf", engine="null")


def test_rescans_of_a_letter_are_linked(tmp_path: Path) -> None:
    """Two scans of one letter are two contents with a letter of the same number and date."""
    ledger = Ledger(tmp_path / "a.sqlite", create=True)
    letter = SAMPLES / "external_letter.pdf"
    shutil.copy(letter, tmp_path / "first.pdf")
    (tmp_path / "second.pdf").write_bytes(letter.read_bytes() + b"\n% scanned again\n%%EOF\n")
    enter_files(ledger, [tmp_path])
    assert run_batch(ledger, BatchOptions()) == (2, 0)
    assert [[Path(place).name for place in places] for places in ledger.rescans()] == [["first.pdf", "second.pdf"]]


def test_an_archive_is_read_from_python(folder: Path) -> None:
    """Documents, records and failures of what was read."""
    ledger = ledger_of(folder)
    run_batch(ledger, NULL)
    archive = laodoc.Archive(folder.parent / "archive.sqlite")
    assert len(list(archive.documents())) == 3
    assert next(iter(archive.records().columns)) == "source"
    assert [Path(place).name for place, _ in archive.failures()] == ["empty.pdf"]


def test_what_is_no_archive_is_told(tmp_path: Path) -> None:
    """Absent, another kind of file, another database, another version, a folder that is not there."""
    with pytest.raises(AccessError, match="no archive"):
        Ledger(tmp_path / "absent.sqlite")
    (tmp_path / "text").write_text("no database at all " * 100, encoding="utf-8")
    with pytest.raises(AccessError):
        Ledger(tmp_path / "text")
    with sqlite3.connect(tmp_path / "other.sqlite") as other:
        other.execute("create table t (x)")
    with pytest.raises(AccessError, match="not an archive"):
        Ledger(tmp_path / "other.sqlite")
    with sqlite3.connect(tmp_path / "newer.sqlite") as newer:
        newer.execute("pragma user_version = 99")
    with pytest.raises(AccessError, match="version 99"):
        Ledger(tmp_path / "newer.sqlite")
    with pytest.raises(AccessError, match="folder"):
        Ledger(tmp_path / "no" / "a.sqlite", create=True)
    with pytest.raises(AccessError, match="no such folder"):
        list(scans_in([tmp_path / "absent"]))
