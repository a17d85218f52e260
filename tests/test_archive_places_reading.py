"""Files that go, come or change while an archive is still to read them, and batches and inboxes of such files."""

from functools import partial
from itertools import count
from pathlib import Path

import pytest
from PIL import Image
from placing import ENGINE, look, lying

from laodoc.archive import batch, inbox
from laodoc.archive.batch import BatchOptions, open_scan, put_together, read_packed, run_batch
from laodoc.archive.entering import enter_files
from laodoc.archive.inbox import watch
from laodoc.archive.ledger import Ledger, State
from laodoc.errors import AccessError, ChildFailure, DamagedInput
from laodoc.messages import Message
from laodoc.pipeline import ScanOptions

NULL = BatchOptions(scan=ScanOptions(engine="null"), timeout_s=60.0)


def test_what_goes_before_it_is_read_is_told(ledger: Ledger, folder: Path) -> None:
    """Once, by its name; put back it is read."""
    for name in ("deleted.pdf", "replaced.pdf"):
        (folder / name).write_text(name, encoding="utf-8")
    enter_files(ledger, [folder])
    (folder / "deleted.pdf").unlink()
    (folder / "replaced.pdf").write_text("another letter", encoding="utf-8")
    assert look(ledger, folder) == ["deleted.pdf", "replaced.pdf"]
    assert look(ledger, folder) == []
    (folder / "deleted.pdf").write_text("deleted.pdf", encoding="utf-8")
    assert look(ledger, folder) == []
    assert sorted(lying(ledger)) == [("deleted.pdf", "there"), ("replaced.pdf", "there")]


def test_what_could_not_be_had_is_tried_again_when_it_is_back(ledger: Ledger, folder: Path) -> None:
    """Its file had gone, or was another one: that was no fault of the letter. What is damaged stays failed."""
    for name in ("away.pdf", "damaged.pdf"):
        (folder / name).write_text(name, encoding="utf-8")
    enter_files(ledger, [folder])
    codes = {"away.pdf": AccessError.exit_code, "damaged.pdf": DamagedInput.exit_code}
    for sha256, place in ledger.waiting():
        ledger.fail(sha256, Message("process-died"), codes[Path(place).name], 0.1)
    look(ledger, folder)
    assert lying(ledger) == [("away.pdf", "there")]
    assert [Path(failure.place).name for failure in ledger.failures()] == ["damaged.pdf"]


def test_pages_of_two_letters_never_make_one_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is written over while it is read fails, and for that alone, whatever its new pages do; one that is
    removed after its last page does not."""
    path, folder = tmp_path / "a.png", tmp_path / "0"
    Image.new("L", (300, 200), 255).save(path)
    source = open_scan(str(path), folder, NULL)
    sheets = [read_packed(source, 1, NULL.scan)]
    Image.new("L", (301, 200), 255).save(path)
    with pytest.raises(AccessError, match="changed"):
        put_together(source, sheets, ENGINE)
    path.unlink()
    assert put_together(source, sheets, ENGINE)[0].source.sha256 == source.sha256
    path.write_bytes(b"no picture")
    monkeypatch.setattr(batch, "read_one_sheet", _crash)
    with pytest.raises(AccessError, match="changed"):
        read_packed(source, 1, NULL.scan)
    with pytest.raises(AccessError, match="changed"):
        open_scan(str(path), folder, NULL)


def _crash(*_: object, **__: object) -> None:
    raise ChildFailure("it crashed")


def test_an_inbox_that_is_emptied_and_filled_again(
    ledger: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Watched day after day: each day's letters stay, under names that come again."""
    days = count()

    def between(_: float) -> None:
        day = next(days)
        if day == 3:
            raise KeyboardInterrupt
        for path in folder.iterdir():
            path.unlink()
        if day < 2:
            Image.new("L", (300 + day, 200), 255).save(folder / "scan0001.png")

    monkeypatch.setattr(inbox.time, "sleep", between)
    heard = partial(pytest.fail, "nothing is refused")
    with pytest.raises(KeyboardInterrupt):
        watch(ledger, [folder], NULL, every_s=1.0, settle_s=0.0, tell=lambda *_: None, refused=lambda *_: heard())
    assert lying(ledger) == [("scan0001.png", "gone")] * 2
    assert ledger.counts() == {State.DONE: 2}


def test_a_batch_goes_by_contents(ledger: Ledger, folder: Path) -> None:
    """The same with real reading: a name used again, and the first letter back under another name."""
    for width in (300, 301):
        Image.new("L", (width, 200), 255).save(folder / "scan0001.png")
        enter_files(ledger, [folder])
        assert run_batch(ledger, NULL) == (1, 0)
    Image.new("L", (300, 200), 255).save(folder / "back.png")
    enter_files(ledger, [folder])
    assert run_batch(ledger, NULL) == (0, 0)
    assert lying(ledger) == [("back.png", "there"), ("scan0001.png", "there")]
