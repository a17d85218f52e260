"""An inbox: what comes is read once it is whole, and the watch ends cleanly."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from laodoc.archive import inbox
from laodoc.archive.batch import BatchOptions
from laodoc.archive.inbox import Settling, watch
from laodoc.archive.ledger import Ledger
from laodoc.errors import AccessError
from laodoc.pipeline import ScanOptions

NULL = BatchOptions(scan=ScanOptions(engine="null"))
PROGRAM_ENDS_S = 120.0


def test_a_file_is_whole_when_it_stands_still(tmp_path: Path) -> None:
    """Not before the time is over, not while it grows; told once, and again only when it has changed."""
    now, path = [0.0], tmp_path / "a.png"
    settling = Settling(10.0, clock=lambda: now[0])

    def look(at: float) -> bool:
        now[0] = at
        return settling(path, path.stat())

    path.write_bytes(b"half")
    assert [look(0), look(9)] == [False, False]
    path.write_bytes(b"half and more")
    assert [look(11), look(20), look(21)] == [False, False, True]
    assert look(99) is False
    path.write_bytes(b"another")
    assert [look(100), look(109), look(110)] == [False, False, True]


def test_the_clock_of_the_file_does_not_matter(tmp_path: Path) -> None:
    """A copy that keeps the old time of its file is not whole because it is old."""
    path = tmp_path / "a.png"
    path.write_bytes(b"half")
    os.utime(path, (0, 0))
    assert Settling(10.0, clock=lambda: 0.0)(path, path.stat()) is False


def test_what_comes_between_two_looks_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look reads what is new, by the same processes; a folder that goes is told once, and read when it is back."""
    folder, away = tmp_path / "in", tmp_path / "away"
    folder.mkdir()
    ledger, refused, looks = Ledger(tmp_path / "a.sqlite", create=True), list[str](), list[int]()

    def between(_: float) -> None:
        looks.append(len(list(ledger.records())))
        step = len(looks)
        if step in (1, 2):
            Image.new("L", (300 + step, 200), 255).save(folder / f"{step}.png")
        elif step == 3:
            folder.rename(away)
        elif step == 5:
            away.rename(folder)
            Image.new("L", (400, 200), 255).save(folder / "last.png")
        elif step == 6:
            raise KeyboardInterrupt

    monkeypatch.setattr(inbox.time, "sleep", between)
    with pytest.raises(KeyboardInterrupt):
        watch(
            ledger,
            [folder],
            NULL,
            every_s=1.0,
            settle_s=0.0,
            tell=lambda *_: None,
            refused=lambda place, _: refused.append(place),
        )
    assert looks == [0, 1, 2, 2, 2, 3]
    assert refused == [str(folder)]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """At the start, before anything is done."""
    ledger = Ledger(tmp_path / "a.sqlite", create=True)
    with pytest.raises(AccessError, match="no such folder"):
        watch(
            ledger,
            [tmp_path / "absent"],
            NULL,
            every_s=1,
            settle_s=0,
            tell=lambda *_: None,
            refused=lambda *_: None,
        )


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_watch_reads_an_inbox_until_it_is_stopped(tmp_path: Path, stop: signal.Signals) -> None:
    """A file written in two halves is read whole; SIGTERM and Ctrl-C end the watch with 0 and leave nothing."""
    folder, temporary = tmp_path / "in", tmp_path / "tmp"
    folder.mkdir()
    temporary.mkdir()
    Image.new("L", (300, 200), 255).save(tmp_path / "a.png")
    content = (tmp_path / "a.png").read_bytes()
    command = [sys.executable, "-m", "laodoc", "watch", str(folder), "--archive", "a.sqlite", "--engine", "null"]
    running = subprocess.Popen(
        [*command, "--every", "0.1", "--settle", "1.5", "--log", "log.jsonl"],
        cwd=tmp_path,
        env={**os.environ, "TMPDIR": str(temporary), "LANG": "C.UTF-8"},
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # jobs in the background ignore it
    )
    assert running.stderr
    assert "watching" in running.stderr.readline()
    with (folder / "a.png").open("wb", buffering=0) as file:
        file.write(content[:50])
        time.sleep(0.5)
        file.write(content[50:])
    until = time.monotonic() + PROGRAM_ENDS_S
    while not (tmp_path / "log.jsonl").read_bytes() and time.monotonic() < until:
        time.sleep(0.05)
    running.send_signal(stop)
    rest = running.communicate(timeout=PROGRAM_ENDS_S)[1]
    assert running.returncode == 0, rest
    assert "Traceback" not in rest
    assert "1 files found; 1 read now, 0 failed" in rest
    assert list(temporary.iterdir()) == []
    ((_, document),) = Ledger(tmp_path / "a.sqlite").documents()
    assert document.source.bytes == len(content)
