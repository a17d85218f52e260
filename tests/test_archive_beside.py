"""What lies beside scans is passed over and counted apart; what failed is listed; a slip makes no archive."""

import json
import os
import time
import zipfile
from pathlib import Path

import pytest
from commands import laodoc
from PIL import Image

from laodoc.archive.batch import BatchOptions, run_batch
from laodoc.archive.beside import FRESH_S
from laodoc.archive.entering import enter_files
from laodoc.archive.inbox import Settling
from laodoc.archive.ledger import Ledger
from laodoc.errors import AccessError, BatchFailures, EmptyInput
from laodoc.messages import Message
from laodoc.pipeline import ScanOptions

NULL = BatchOptions(scan=ScanOptions(engine="null"), timeout_s=60.0)
BESIDE = ("._a.pdf", "~$a.pdf", "Thumbs.db", ".DS_Store", "desktop.ini", "a.pdf.tmp", "a.pdf.part", "b.PART")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A scan among all that systems and programs leave beside scans."""
    place = tmp_path / "scans"
    place.mkdir()
    Image.new("L", (300, 200), 255).save(place / "a.png")
    for name in BESIDE:
        (place / name).write_bytes(b"\0\5\x16\7 no scan")
    return place


def test_what_lies_beside_scans_is_passed_over(tmp_path: Path, folder: Path) -> None:
    """None is refused, entered or counted as a file; in a ZIP neither, nor where it is named itself."""
    with zipfile.ZipFile(folder / "old.zip", "w") as packed:
        packed.write(folder / "a.png", "in/b.png")
        packed.writestr("in/._b.png", b"\0\5\x16\7")
    ledger, passed = Ledger(tmp_path / "a.sqlite", create=True), list[str]()
    count = enter_files(
        ledger,
        [folder, folder / "~$a.pdf"],
        refused=lambda place, why: pytest.fail(f"{place}: {why}"),
        passed=lambda place: passed.append(Path(place).name),
    )
    assert count == 2
    assert sorted(passed) == sorted([*BESIDE, "~$a.pdf", "._b.png"])
    assert [Path(place).name for _, place in ledger.waiting()] == ["a.png"]


@pytest.mark.parametrize(("age", "failed"), [(0.0, 0), (-FRESH_S / 2, 0), (2 * FRESH_S, 1), (-1e6, 1)])
def test_a_copy_without_a_byte_is_only_begun(tmp_path: Path, age: float, failed: int) -> None:
    """Young, by a clock that may be ahead, it is passed over; an empty file that stays is one that failed. What it
    becomes is read."""
    folder, path = tmp_path / "in", tmp_path / "in" / "a.png"
    folder.mkdir()
    path.touch()
    os.utime(path, (time.time() - age,) * 2)
    ledger, passed = Ledger(tmp_path / "a.sqlite", create=True), list[str]()
    assert enter_files(ledger, [folder], passed=passed.append) == failed
    assert passed == ([] if failed else [str(path)])
    for sha256, _ in ledger.waiting():
        ledger.fail(sha256, Message("file-empty", name="a.png"), EmptyInput.exit_code, 0.1)
    assert len(ledger.failures()) == failed
    Image.new("L", (300, 200), 255).save(path)
    assert enter_files(ledger, [folder], passed=pytest.fail) == 1
    assert run_batch(ledger, NULL) == (1, 0)
    assert ledger.failures(gone=True) == []


def test_an_inbox_waits_for_the_first_byte(tmp_path: Path) -> None:
    """A file that stands still without a byte is not taken for whole as long as it is young."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.png").touch()
    ledger, settling = Ledger(tmp_path / "a.sqlite", create=True), Settling(0.0)
    assert [enter_files(ledger, [tmp_path / "in"], ready=settling) for _ in range(3)] == [0, 0, 0]
    os.utime(tmp_path / "in" / "a.png", (0, 0))
    assert enter_files(ledger, [tmp_path / "in"], ready=settling) == 1


def test_failures_are_listed_with_their_reasons(tmp_path: Path, folder: Path) -> None:
    """By the commands: the batch counts what it passed over apart, `failures` tells each file and why, those that are
    gone too, as lines and as JSON."""
    for name in ("broken.pdf", "gone.pdf"):
        (folder / name).write_bytes(f"no scan: {name}".encode())
    done = laodoc("batch", "scans", "--archive", "a.sqlite", "--engine", "null", folder=tmp_path)
    assert done.code == BatchFailures.exit_code
    assert "3 files found; 1 read now, 2 failed" in done.messages
    assert f"{len(BESIDE)} passed over" in done.messages
    (folder / "gone.pdf").unlink()
    again = laodoc("batch", "scans", "--archive", "a.sqlite", "--engine", "null", "-q", folder=tmp_path)
    assert (again.code, again.messages) == (BatchFailures.exit_code, "")
    loud = laodoc("batch", "scans", "--archive", "a.sqlite", "--engine", "null", folder=tmp_path)
    assert "1 file(s) failed before: laodoc failures a.sqlite" in loud.messages
    told = laodoc("failures", "a.sqlite", folder=tmp_path)
    broken, gone = told.text.splitlines()
    assert broken.startswith("scans/broken.pdf: broken.pdf is neither a PDF")
    assert gone.startswith("scans/gone.pdf: gone.pdf is neither a PDF")
    assert gone[gone.index(" (") :].startswith(" (gone since 20")
    assert (told.code, told.messages) == (0, "2 file(s) could not be read\n")
    listed = json.loads(laodoc("failures", "a.sqlite", "--json", folder=tmp_path).text)
    assert listed["count"] == 2
    assert [(each["path"], each["exit_code"], bool(each["gone"])) for each in listed["files"]] == [
        ("scans/broken.pdf", 2, False),
        ("scans/gone.pdf", 2, True),
    ]
    assert len({(each["sha256"], each["archive_id"]) for each in listed["files"]}) == 2
    assert "อ่านไม่สำเร็จ 2 แฟ้ม" in laodoc("--lang", "th", "failures", "a.sqlite", folder=tmp_path).messages


@pytest.mark.parametrize("words", [("batch", "nodir"), ("batch", "scans", "nodir"), ("watch", "nodir")])
def test_a_folder_that_is_not_there_makes_no_archive(tmp_path: Path, folder: Path, words: tuple[str, ...]) -> None:
    """A slip of the pen leaves nothing behind: no archive, no lock, no log."""
    told = laodoc(*words, "--archive", "a.sqlite", "--engine", "null", "--log", "log.jsonl", folder=tmp_path)
    assert told.code == AccessError.exit_code
    assert "nodir: there is no such folder" in told.messages
    assert list(tmp_path.iterdir()) == [folder]
