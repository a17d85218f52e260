"""What was once read stays in the archive, whatever becomes of its path; and a file that is gone is told as gone."""

import hashlib
import os
import shutil
import unicodedata
import zipfile
from collections.abc import Callable
from functools import partial, partialmethod
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from placing import ENGINE, keep, look, lying, present
from readings import page, typed

from laodoc.archive import entering, places
from laodoc.archive.entering import enter_files
from laodoc.archive.finding import Wanted, find
from laodoc.archive.ledger import Ledger
from laodoc.archive.reading import documents_in, items_in
from laodoc.archive.tracing import trace
from laodoc.document import Source
from laodoc.export.json import to_json
from laodoc.pipeline import assemble

NAME = "scan0001.pdf"


def test_a_name_that_is_used_again_takes_nothing_away(ledger: Ledger, folder: Path) -> None:
    """Scanners count from scan0001.pdf every day: each day's letter stays, the earlier ones are told as gone."""
    for day in range(3):
        (folder / NAME).write_text(f"letter {day}", encoding="utf-8")
        assert look(ledger, folder) == []
    assert sorted(lying(ledger)) == [(NAME, "gone"), (NAME, "gone"), (NAME, "there")]
    assert ledger.kept_without_file() == 2
    assert len({document.source.sha256 for _, document in ledger.documents()}) == 3


LETTERS = (
    "ที่ มท ๐๘๙๙.๗/ว ๔๑๒\nถึง จังหวัดเลย\n>ขอให้สำรวจบ่อน้ำ\n@120 กรมสมมุติ\n@120 ๑๗ สิงหาคม ๒๕๖๔",
    "ที่ มท ๐๘๙๙.๗/ว ๔๑๕\nถึง จังหวัดน่าน\n>ขอให้สำรวจสะพาน\n@120 กรมสมมุติ\n@120 ๓ มกราคม ๒๕๖๕",
)


def test_every_answer_knows_both_letters_of_a_name(ledger: Ledger, folder: Path) -> None:
    """What exports go through, `trace` and `find`, for the letter whose name was used again and for the one that has
    it now."""
    for index, text in enumerate(LETTERS):
        (folder / NAME).write_text(text, encoding="utf-8")
        enter_files(ledger, [folder])
        ((sha256, _),) = ledger.waiting()
        source = Source(name=NAME, sha256=sha256, bytes=1, pages=1)
        document = assemble([page(1, typed(text))], source=source, engine=ENGINE)
        ledger.keep(sha256, document, to_json(document), 0.1)
        assert len(list(items_in([ledger.path]))) == index + 1
    for number, word in (("มท 0899.7/ว 412", "บ่อน้ำ"), ("มท 0899.7/ว 415", "สะพาน")):
        (letter,) = trace(documents_in([ledger.path]), number).letters
        assert [copy.file for copy in letter.copies] == [NAME]
        (hit,), found = find(ledger, Wanted((word,)))
        assert (hit.file, hit.number, found) == (str(folder / NAME), number, 1)


def test_a_file_that_looks_the_same_is_another_one(ledger: Ledger, folder: Path) -> None:
    """The same name, size and time of change, as copies that keep their times and old file systems make them."""
    for text in ("letter 1", "letter 2"):
        (folder / "new").write_text(text, encoding="utf-8")
        os.utime(folder / "new", ns=(10**18, 10**18))
        (folder / "new").replace(folder / NAME)
        look(ledger, folder)
    assert sorted(lying(ledger)) == [(NAME, "gone"), (NAME, "there")]


def _renamed(folder: Path) -> None:
    (folder / NAME).rename(folder / "letter.pdf")


def _moved(folder: Path) -> None:
    (folder / "done").mkdir()
    (folder / NAME).rename(folder / "done" / NAME)


def _moved_away(folder: Path) -> None:
    (folder / NAME).rename(folder.parent / NAME)


def _copied(folder: Path) -> None:
    shutil.copy2(folder / NAME, folder / "copy.pdf")


def _deleted(folder: Path) -> None:
    (folder / NAME).unlink()


def _replaced_by_a_folder(folder: Path) -> None:
    (folder / NAME).unlink()
    (folder / NAME).mkdir()


def _packed(folder: Path) -> None:
    with zipfile.ZipFile(folder / "old.zip", "w") as packed:
        packed.write(folder / NAME, NAME)
    (folder / NAME).unlink()


@pytest.mark.parametrize(
    ("change", "name", "now"),
    [
        (_renamed, "letter.pdf", "there"),
        (_moved, NAME, "there"),
        (_moved_away, NAME, "gone"),
        (_copied, "copy.pdf", "there"),
        (_deleted, NAME, "gone"),
        (_replaced_by_a_folder, NAME, "gone"),
        (_packed, NAME, "there"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_what_becomes_of_a_file(
    ledger: Ledger, folder: Path, change: Callable[[Path], None], name: str, now: str
) -> None:
    """One document before and after, under the place where it lies or was seen last."""
    (folder / NAME).write_text("letter", encoding="utf-8")
    look(ledger, folder)
    before = [record for _, record in ledger.records()]
    change(folder)
    assert look(ledger, folder) == []
    assert lying(ledger) == [(name, now)]
    assert [record for _, record in ledger.records()] == before
    assert ledger.kept_without_file() == (now == "gone")


def test_what_is_restored_is_there_again(ledger: Ledger, folder: Path) -> None:
    """Deleted, put back; written over, put back: never read twice, and what is known of its place is true each time."""
    path, other = folder / NAME, folder.parent / "other.pdf"
    path.write_text("letter 1", encoding="utf-8")
    other.write_text("letter 2", encoding="utf-8")
    look(ledger, folder)
    shutil.move(path, folder.parent / NAME)
    look(ledger, folder)
    assert lying(ledger) == [(NAME, "gone")]
    shutil.copy(other, path)
    look(ledger, folder)
    assert sorted(lying(ledger)) == [(NAME, "gone"), (NAME, "there")]
    shutil.move(folder.parent / NAME, path)
    enter_files(ledger, [folder])
    assert ledger.waiting() == []
    there = {document.source.sha256: present(ledger) for _, document in ledger.documents()}
    assert len(there) == 2
    assert sorted(lying(ledger)) == [(NAME, "gone"), (NAME, "there")]


def test_a_copy_stands_in_for_what_is_gone(ledger: Ledger, folder: Path) -> None:
    """Of two files with one content that is still to be read, the one that is there is read."""
    for name in ("a.pdf", "b.pdf"):
        (folder / name).write_text("letter", encoding="utf-8")
    enter_files(ledger, [folder])
    (folder / "a.pdf").unlink()
    assert [Path(place).name for _, place in ledger.waiting()] == ["b.pdf"]
    look(ledger, folder)
    assert lying(ledger) == [("b.pdf", "there")]


def test_places_of_another_machine_are_not_missed(
    ledger: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two machines write one archive: what lies on the other one is neither gone nor there twice."""
    path = folder / NAME
    path.write_text("letter", encoding="utf-8")
    look(ledger, folder)
    ((_, document),) = ledger.documents()
    for place in (f"Z:\\scans\\{NAME}", f"\\\\server\\scans\\{NAME}", f"/mnt/other/{NAME}"):
        ledger.enter(place, document.source.sha256, 1, 1)
    ledger.enter(f"Z:\\scans\\only-there-{NAME}", "0" * 64, 1, 1)
    keep(ledger, "0" * 64, "only-there.pdf")
    monkeypatch.chdir(folder)
    look(ledger, Path())
    assert present(ledger) == {document.source.sha256, "0" * 64}
    assert len(ledger.places(document.source.sha256)) == 5
    assert ledger.duplicates() == []
    path.unlink()
    look(ledger, folder)
    assert present(ledger) == {document.source.sha256, "0" * 64}
    assert len(lying(ledger)) == 2


def test_relative_and_absolute_are_one_file(ledger: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever way a folder is named, a file in it is there once, and gone for both when it is gone."""
    monkeypatch.chdir(folder.parent)
    (folder / NAME).write_text("letter", encoding="utf-8")
    for name in (Path("scans"), folder, Path("scans/../scans")):
        look(ledger, name)
    assert len(lying(ledger)) == 1
    assert ledger.duplicates() == []
    (folder / NAME).unlink()
    look(ledger, folder)
    assert lying(ledger) == [(NAME, "gone")]


NFC = unicodedata.normalize("NFC", "กู้é.pdf")
NFD = unicodedata.normalize("NFD", NFC)


@pytest.mark.parametrize(("first", "second"), [("scan.pdf", "SCAN.PDF"), (NFC, NFD)], ids=["case", "composed"])
def test_names_that_some_systems_take_for_one(
    ledger: Ledger, folder: Path, first: str, second: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where they are two files they stay two letters; where they are one file it is one, however it is spelled."""
    assert first != second
    for number, name in enumerate((first, second)):
        (folder / name).write_text(f"letter {number}", encoding="utf-8")
    look(ledger, folder)
    assert sorted(lying(ledger)) == sorted([(first, "there"), (second, "there")])
    (folder / second).unlink()
    (folder / second).hardlink_to(folder / first)  # what a file system does that takes them for one
    look(ledger, folder)
    assert len(lying(ledger)) == 2
    assert ledger.kept_without_file() == 1
    assert ledger.duplicates() == []
    listed = partial(monkeypatch.setattr, entering, "scans_in")
    listed(lambda *_: iter([folder / second]))  # it lists one spelling, and finds both
    look(ledger, folder)
    assert ledger.kept_without_file() == 1
    (folder / first).unlink()
    (folder / second).unlink()
    listed(lambda *_: iter(()))
    look(ledger, folder)
    assert [now for _, now in lying(ledger)] == ["gone", "gone"]


def test_members_of_zips_come_and_go_as_files_do(ledger: Ledger, folder: Path) -> None:
    """A ZIP packed anew under its name: the letter that is in it no more is gone, and stays."""
    for members in (("1.pdf", "2.pdf"), ("2.pdf", "3.pdf")):
        with zipfile.ZipFile(folder / "day.zip", "w") as packed:
            for name in members:
                packed.writestr(name, f"letter {name}")
        look(ledger, folder)
    assert sorted(lying(ledger)) == [("1.pdf", "gone"), ("2.pdf", "there"), ("3.pdf", "there")]
    (folder / "day.zip").write_bytes(b"PK\x03\x04 half")
    assert look(ledger, folder) == ["day.zip"]
    assert ledger.kept_without_file() == 1
    (folder / "day.zip").unlink()
    look(ledger, folder)
    assert ledger.kept_without_file() == 3


def test_a_folder_that_cannot_be_looked_into_hides_nothing(
    ledger: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What could not be looked at is not told as gone."""
    (folder / NAME).write_text("letter", encoding="utf-8")
    look(ledger, folder)
    monkeypatch.setattr(entering, "scans_in", lambda *_: iter(()))
    monkeypatch.setattr(places.Path, "stat", partialmethod(_refuse, places.Path.stat))
    look(ledger, folder)
    monkeypatch.undo()
    assert lying(ledger) == [(NAME, "there")]


def _refuse(path: Path, look_at: Callable[..., os.stat_result], **more: bool) -> os.stat_result:
    if path.name == NAME:
        raise PermissionError(13, "Permission denied", str(path))
    return look_at(path, **more)


NAMES = st.sampled_from(["a.pdf", "A.pdf", "b.pdf", "in/a.pdf"])
STEPS = st.one_of(
    st.tuples(st.just("write"), NAMES, st.integers(0, 3)),
    st.tuples(st.just("move"), NAMES, NAMES),
    st.tuples(st.just("copy"), NAMES, NAMES),
    st.tuples(st.just("delete"), NAMES, st.none()),
    st.tuples(st.just("batch"), st.sampled_from([".", "in"]), st.booleans()),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(STEPS, min_size=4, max_size=14))
def test_whatever_is_done_to_the_files_nothing_is_lost(steps: list[tuple[str, str, object]]) -> None:
    """Any order of writing, moving, copying, deleting and batches: every letter that a batch has read is there, once,
    and the archive knows of each whether it lies there still."""
    with TemporaryDirectory() as name:
        root, read = Path(name) / "scans", set[str]()
        (root / "in").mkdir(parents=True)
        ledger = Ledger(Path(name) / "a.sqlite", create=True)
        for what, first, second in [*steps, ("batch", ".", False)]:
            _step(root, what, first, second)
            if what == "batch":
                look(ledger, root / first)
                read |= {_letter(path) for path in (root / first).rglob("*.pdf")}
            assert {document.source.sha256 for _, document in ledger.documents()} == read
        assert present(ledger) == {_letter(path) for path in root.rglob("*.pdf")}
        assert ledger.kept_without_file() == len(read - present(ledger))
        ledger.close()


def _step(root: Path, what: str, first: str, second: object) -> None:
    path = root / first
    if what == "write":
        path.write_text(f"letter {second}", encoding="utf-8")
    elif what in ("move", "copy") and path.exists() and first != second:
        (path.rename if what == "move" else partial(shutil.copy2, path))(root / str(second))
    elif what == "delete":
        path.unlink(missing_ok=True)


def _letter(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
