"""A batch outlives what its pages, its processes, its disk and its user do to it, and leaves nothing behind."""

import os
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from benchmarks.kill import Batch, kept, make_scans
from laodoc.archive import workers as pool
from laodoc.archive.ledger import Ledger
from laodoc.archive.scratch import scratch_folder, sweep
from laodoc.archive.turn import only_batch
from laodoc.archive.workers import Workers
from laodoc.errors import INTERRUPTED, AccessError, ChildFailure, ChildTimeout

HANGS_S = 600.0
PROGRAM_ENDS_S = 120
ROOM = 680_000
"""Bytes that a file may have on the full disk: enough for an archive of a few records, not for all."""


def _answer(value: int) -> int:
    return value


def _process() -> int:
    return os.getpid()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _hang() -> None:
    time.sleep(HANGS_S)


def _fail() -> None:
    raise ZeroDivisionError("no such\nluck")


def _swell() -> None:
    hoard = []
    while True:
        hoard.append(bytearray(16 << 20))
        time.sleep(0.01)


def _hang_with_child_and_file(note: Path) -> None:
    child = subprocess.Popen(["sleep", str(HANGS_S)])
    with tempfile.NamedTemporaryFile(delete=False) as file:
        note.write_text(f"{child.pid} {file.name}", encoding="utf-8")
    _hang()


def _write_temporary() -> str:
    with tempfile.NamedTemporaryFile(delete=False) as file:
        return file.name


@pytest.mark.parametrize(
    ("task", "error", "why"),
    [
        (_die, ChildFailure, "died"),
        (_hang, ChildTimeout, "--timeout"),
        (_fail, ChildFailure, "no such luck"),
        (_swell, ChildFailure, "--memory"),
    ],
)
def test_a_process_that_dies_hangs_fails_or_swells_is_replaced(
    task: Callable[[], None], error: type[Exception], why: str
) -> None:
    """Its task ends with one line of ours, and the next one is done as if nothing had been."""
    with Workers(1, timeout_s=3.0 if task is _hang else 60.0, memory=600 << 20) as workers:
        workers.give("bad", task)
        bad = workers.next()
        assert bad.key == "bad"
        assert type(bad.error) is error
        assert why in str(bad.error)
        assert "\n" not in str(bad.error)
        workers.give("good", partial(_answer, 7))
        assert workers.next().answer == 7


def test_a_task_may_be_given_more_time() -> None:
    """Twenty times the usual, for a file of very many pages that is put together."""
    with Workers(1, timeout_s=0.2) as workers:
        workers.give("long", partial(time.sleep, 0.6), times=20.0)
        assert workers.next().error is None
        workers.give("too long", partial(time.sleep, HANGS_S), times=2.0)
        assert "0.4 seconds" in str(workers.next().error)


def test_a_process_that_hangs_takes_its_children_and_files_along(tmp_path: Path) -> None:
    """What a stopped page started is stopped too, and its temporary files are gone."""
    with Workers(1, timeout_s=2.0) as workers:
        workers.give("bad", partial(_hang_with_child_and_file, tmp_path / "note"))
        assert isinstance(workers.next().error, ChildTimeout)
        child, file = (tmp_path / "note").read_text(encoding="utf-8").split(maxsplit=1)
        assert not Path(file).exists()
        assert _is_over(int(child))


def _is_over(process: int) -> bool:
    """Whether a process is gone, or dead and not yet fetched by its new parent."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def test_processes_are_recycled(monkeypatch: pytest.MonkeyPatch) -> None:
    """After so many tasks another process goes on."""
    monkeypatch.setattr(pool, "PAGES_A_LIFE", 2)
    with Workers(1, timeout_s=60.0) as workers:
        served = []
        for number in range(5):
            workers.give(number, _process)
            served.append(workers.next().answer)
    assert [served.count(process) for process in dict.fromkeys(served)] == [2, 2, 1]


def test_temporary_files_are_private_and_go_with_the_pool() -> None:
    """They lie in a folder that only this user can look into."""
    with Workers(1, timeout_s=60.0) as workers:
        workers.give("write", _write_temporary)
        file = Path(workers.next().answer)
        assert file.is_relative_to(scratch_folder())
        assert scratch_folder().stat().st_mode & 0o077 == 0
    assert not file.parent.exists()


def test_what_a_killed_batch_left_is_swept(tmp_path: Path) -> None:
    """Its folder goes; that of one that is alive, and what is nobody's of ours, stays."""
    (tmp_path / "laodoc-batch-dead" / "files").mkdir(parents=True)
    (tmp_path / "other").mkdir()
    (tmp_path / "laodoc-batch-alive").symlink_to(scratch_folder())
    sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["laodoc-batch-alive", "other"]
    assert scratch_folder().is_dir()


def test_one_batch_at_a_time(tmp_path: Path) -> None:
    """A second one is told so; after the first has ended the lock is gone."""
    archive = tmp_path / "a.sqlite"
    with only_batch(archive), pytest.raises(AccessError, match="another laodoc batch"), only_batch(archive):
        pass
    with only_batch(archive):
        pass
    assert list(tmp_path.iterdir()) == []


def test_kill_9_loses_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    """Killed before it has begun, at its first file and two files later, it goes on: the same records, kept once."""
    make_scans(tmp_path / "scans", 9)
    calm = Batch(tmp_path / "scans", tmp_path / "calm.sqlite", engine="null")
    disturbed = Batch(tmp_path / "scans", tmp_path / "disturbed.sqlite", engine="null")
    assert calm.start().wait() == 0
    for files, seconds in ((0, 0.4), (1, 0.0), (2, 0.0)):
        disturbed.kill(files, seconds)
    assert disturbed.start().wait() == 0
    (expected, _), (records, most) = kept(calm.archive), kept(disturbed.archive)
    assert len(records) == 9
    assert records == expected
    assert most == 1
    assert disturbed.cleared()


def test_sigterm_ends_a_batch_as_ctrl_c_does(tmp_path: Path) -> None:
    """What was read stays, nothing temporary is left, no lock and no traceback; the next run reads the rest."""
    make_scans(tmp_path / "scans", 30)
    (tmp_path / "tmp").mkdir()
    command = [sys.executable, "-m", "laodoc", "batch", "scans", "--archive", "a.sqlite", "--engine", "null"]
    environment = {**os.environ, "TMPDIR": str(tmp_path / "tmp"), "LANG": "C.UTF-8"}
    running = subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True)
    assert running.stderr
    assert "looking through scans" in running.stderr.readline()
    assert "of 30 files" in running.stderr.readline()
    running.terminate()
    rest = running.communicate(timeout=PROGRAM_ENDS_S)[1]
    assert running.returncode == INTERRUPTED
    assert "interrupted" in rest
    assert "read now" in rest
    assert "Traceback" not in rest
    assert list((tmp_path / "tmp").iterdir()) == []
    assert {path.name for path in tmp_path.iterdir()} == {"a.sqlite", "scans", "tmp"}
    assert 1 <= len(list(Ledger(tmp_path / "a.sqlite").records())) < 30
    subprocess.run(command, cwd=tmp_path, env=environment, stderr=subprocess.DEVNULL, check=True)
    assert len(list(Ledger(tmp_path / "a.sqlite").records())) == 30


def test_a_full_disk_stops_the_batch_and_loses_nothing(tmp_path: Path) -> None:
    """One line and exit code 5; with room again the rest is read, and every record is whole."""
    make_scans(tmp_path / "scans", 9)
    command = [sys.executable, "-m", "laodoc", "batch", "scans", "--archive", "a.sqlite", "-q", "--engine", "null"]

    def run(**options: object) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, **options)

    full = run(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, ROOM)))
    assert full.returncode == AccessError.exit_code
    assert "Traceback" not in full.stderr
    assert "make room" in full.stderr
    assert len(list(Ledger(tmp_path / "a.sqlite").records())) in range(1, 9)
    assert run().returncode == 0
    assert len(list(Ledger(tmp_path / "a.sqlite").documents())) == 9
    with sqlite3.connect(tmp_path / "a.sqlite") as plain:
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
