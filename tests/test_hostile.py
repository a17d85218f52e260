"""Odd, broken and hostile files: each earns its exit code and one line, leaves nothing behind, holds up no batch."""

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import commands
import pytest
from commands import ENVIRONMENT
from hostile import ABSENT, MATRIX, OK, UNREADABLE, Case
from hostile_pdfs import one_page

from laodoc.archive.batch import BatchOptions, run_batch
from laodoc.archive.entering import enter_files
from laodoc.archive.ledger import Ledger
from laodoc.archive.scratch import scratch_folder
from laodoc.document import parse_record
from laodoc.errors import BatchFailures, LaodocError
from laodoc.pipeline import ScanOptions, scan

QUICK = ScanOptions(engine="null", dpi=150)
"""What lies where, at half the resolution: what a file does to laodoc it does before it is read."""

LONGEST_MESSAGE = 250
AS_PROCESS = ("password", "contents that are a bomb", "TIFF cut off", "JavaScript")


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The temporary folder of this process while the test runs; it must be empty when it ends."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def file_of(case: Case, folder: Path) -> Path:
    path = folder / f"{case.what}.{case.suffix}"
    path.write_bytes(case.make())
    os.utime(path, (0, 0))  # what is empty is not just being copied
    return path


def test_the_matrix_is_large_and_names_each_file_once() -> None:
    """At least sixty different files."""
    assert len({case.what for case in MATRIX}) == len(MATRIX) >= 60


@pytest.mark.parametrize("case", MATRIX, ids=lambda case: case.what)
@pytest.mark.usefixtures("scratch")
def test_each_file_earns_its_code_and_one_line(case: Case, tmp_path: Path) -> None:
    """A file that cannot be read says why in a line; one that is merely odd is read, all its lines found."""
    path = file_of(case, tmp_path)
    options = replace(QUICK, timeout_s=case.timeout_s)
    if case.code:
        with pytest.raises(LaodocError) as raised:
            scan(path, options)
        message = str(raised.value)
        assert raised.value.exit_code == case.code, message
        assert case.says in message
        assert message.isprintable()
        assert len(message) <= LONGEST_MESSAGE
        assert str(tmp_path) not in message
    else:
        document = scan(path, options)
        assert len(document.pages[0].lines) >= case.lines
        assert not [finding for finding in document.findings if finding.rule == "damaged-page"]


def test_a_batch_goes_on_over_all_of_them(tmp_path: Path) -> None:
    """Each file of the matrix ends in the ledger as it does alone, and the good ones before and behind are read."""
    folder = tmp_path / "scans"
    folder.mkdir()
    cases = [case for case in MATRIX if case.timeout_s == Case.timeout_s]
    for case in cases:
        file_of(case, folder)
    for name in ("000.pdf", "~~~.pdf"):
        (folder / name).write_bytes(one_page(trailer=f"/Name ({name})".encode()))
    ledger, codes = Ledger(tmp_path / "a.sqlite", create=True), dict[str, int]()
    enter_files(ledger, [folder], refused=lambda place, why: pytest.fail(f"{place}: {why}"))
    run_batch(
        ledger,
        BatchOptions(scan=QUICK, jobs=2, timeout_s=60.0),
        tell=lambda outcome, *_: codes.update({outcome.place: outcome.error.exit_code if outcome.error else OK}),
    )
    assert list(scratch_folder().glob("pool-*")) == []
    twins = {place: codes[first] for first, *others in ledger.duplicates() for place in others}
    told = {Path(place).stem: code for place, code in (codes | twins).items()}
    assert told == {**{case.what: case.code for case in cases}, "000": OK, "~~~": OK}


@dataclass(frozen=True)
class Outcome:
    code: int
    out: bytes
    lines: list[str]


def laodoc(folder: Path, *words: str, **environment: str) -> Outcome:
    """Run laodoc in a folder, where it must leave nothing temporary."""
    (folder / "tmp").mkdir(exist_ok=True)
    usual = {**ENVIRONMENT, "TMPDIR": str(folder / "tmp")}
    done = commands.laodoc(*words, folder=folder, environment={**usual, **environment})
    assert list((folder / "tmp").iterdir()) == []
    lines = done.err.decode().splitlines()
    assert not any("Traceback" in line for line in lines)
    return Outcome(done.code, done.out, lines)


@pytest.mark.parametrize("case", [case for case in MATRIX if case.what in AS_PROCESS], ids=lambda case: case.what)
def test_the_command_line_tells_it_in_one_line(case: Case, tmp_path: Path) -> None:
    """The same code and the same line from a process of its own, which writes a whole record or none."""
    path = file_of(case, tmp_path)
    timeout = str(max(1.0, case.timeout_s))
    done = laodoc(tmp_path, "scan", path.name, "-o", "out.json", "-q", "--engine", "null", "--timeout", timeout)
    assert (done.code, done.out) == (case.code, b"")
    assert (tmp_path / "out.json").exists() == (case.code == OK)
    assert len(done.lines) == bool(case.code)
    assert all(line.startswith("laodoc: ") and case.says in line for line in done.lines)


LONG = "ก" * 78 + ".pdf"
NAMES = (
    "หนังสือ ที่ ๑.pdf", "two  spaces.pdf", "end\nof line.pdf", "-o.pdf", "--help.pdf", LONG, "x" * 236 + ".pdf",
    "\x1b[31mred.pdf", "$(touch pwned);`id`.pdf",
)  # fmt: skip


def test_files_of_any_name_are_scanned(tmp_path: Path) -> None:
    """Thai, spaces, the end of a line, options, 240 characters, commands to terminal and shell: names, and no more."""
    for name in NAMES:
        (tmp_path / name).write_bytes(one_page())
    done = laodoc(tmp_path, "scan", "-o", "out", "-q", "--engine", "null", "--", *NAMES)
    assert (done.code, done.lines) == (0, [])
    written = {parse_record(path.read_bytes(), name="").source.name for path in (tmp_path / "out").iterdir()}
    assert written == set(NAMES)
    assert not (tmp_path / "pwned").exists()


def test_messages_are_one_line_whatever_the_name(tmp_path: Path) -> None:
    """A name with the end of a line or a command to the terminal in it breaks no line and colours none."""
    names = ("end\nof line.pdf", "\x1b[31mred.pdf")
    for name in names:
        (tmp_path / name).write_bytes(b"")
    done = laodoc(tmp_path, "scan", "-o", "out", "-q", "--engine", "null", "--", *names)
    assert (done.code, len(done.lines)) == (UNREADABLE, len(names) + 1)
    assert all(line.isprintable() for line in done.lines)


def test_a_name_in_bytes_of_thai_windows_is_spelled(tmp_path: Path) -> None:
    """Such a file is scanned under its Thai name; a ledger could not write its place down, so a batch tells it."""
    (tmp_path / "scans").mkdir()
    raw = os.path.join(os.fsencode(tmp_path / "scans"), "ก.pdf".encode("cp874"))  # noqa: PTH118
    Path(os.fsdecode(raw)).write_bytes(one_page())
    assert scan(Path(os.fsdecode(raw)), QUICK).source.name == "ก.pdf"
    done = laodoc(tmp_path, "batch", "scans", "--archive", "a.sqlite", "-q", "--engine", "null")
    assert done.code == BatchFailures.exit_code
    assert "rename it" in done.lines[0]


def _loop(folder: Path) -> Path:
    (folder / "a.pdf").symlink_to("b.pdf")
    (folder / "b.pdf").symlink_to("a.pdf")
    return folder / "a.pdf"


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "a.pdf")
    return folder / "a.pdf"


def _folder(folder: Path) -> Path:
    (folder / "a.pdf").mkdir()
    return folder / "a.pdf"


def _device(folder: Path) -> Path:
    (folder / "a.pdf").symlink_to("/dev/zero")
    return folder / "a.pdf"


def _gone(folder: Path) -> Path:
    (folder / "a.pdf").symlink_to("never there")
    return folder / "a.pdf"


@pytest.mark.parametrize("make", [_loop, _pipe, _folder, _device, _gone])
@pytest.mark.usefixtures("scratch")
def test_what_is_no_file_is_told_at_once(make: Callable[[Path], Path], tmp_path: Path) -> None:
    """A loop of links, a pipe, a folder, an endless device, a link to nothing: code 5; a batch reads its neighbour."""
    scans = tmp_path / "scans"
    scans.mkdir()
    with pytest.raises(LaodocError) as raised:
        scan(make(scans), QUICK)
    assert raised.value.exit_code == ABSENT
    (scans / "good.pdf").write_bytes(one_page())
    ledger, refused = Ledger(tmp_path / "a.sqlite", create=True), list[str]()
    enter_files(ledger, [scans], refused=lambda place, _: refused.append(Path(place).name))
    assert set(refused) <= {"a.pdf", "b.pdf"}
    assert bool(refused) == (make is not _folder)
    assert [Path(place).name for _, place in ledger.waiting()] == ["good.pdf"]


def test_a_file_that_vanishes_or_is_replaced_fails_alone(tmp_path: Path) -> None:
    """Between being found and being read; the third is read, and the replaced one at the next run."""
    for number in range(3):
        (tmp_path / f"{number}.pdf").write_bytes(one_page(trailer=b"/Number %d" % number))
    ledger = Ledger(tmp_path / "a.sqlite", create=True)
    enter_files(ledger, [tmp_path])
    (tmp_path / "0.pdf").unlink()
    (tmp_path / "1.pdf").write_bytes(one_page(trailer=b"/Number 7"))
    assert run_batch(ledger, BatchOptions(scan=QUICK)) == (1, 2)
    assert {failure.exit_code for failure in ledger.failures()} == {ABSENT}
    enter_files(ledger, [tmp_path])
    assert run_batch(ledger, BatchOptions(scan=QUICK)) == (1, 0)


def test_folders_that_cannot_be_written_or_looked_into_are_told(tmp_path: Path) -> None:
    """An output in a folder of the system's, or an archive there: code 5."""
    (tmp_path / "a.pdf").write_bytes(one_page())
    closed = "/proc"  # refuses files even to root
    for words in (
        ["scan", "a.pdf", "-o", f"{closed}/out.json"],
        ["batch", "a.pdf", "--archive", f"{closed}/a.sqlite"],
    ):
        done = laodoc(tmp_path, *words, "-q", "--engine", "null")
        assert (done.code, len(done.lines)) == (ABSENT, 1), done.lines


def test_an_output_that_is_open_elsewhere_is_replaced_whole(tmp_path: Path) -> None:
    """Whoever reads the old record reads on in it; the new one stands under its name."""
    (tmp_path / "a.pdf").write_bytes(one_page())
    (tmp_path / "out.json").write_bytes(b"old")
    with (tmp_path / "out.json").open("rb") as old:
        assert laodoc(tmp_path, "scan", "a.pdf", "-o", "out.json", "-q", "--engine", "null").code == OK
        assert old.read() == b"old"
    assert (tmp_path / "out.json").read_bytes().startswith(b"{")
