"""Outputs that are no files: pipes, devices, links and descriptors are written into, and standard output may fail."""

import errno
import os
import re
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PIL import Image

from laodoc.arguments import output_places
from laodoc.errors import AccessError, ReaderGone, UsageError
from laodoc.export.files import write_whole

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="POSIX has these")

LAODOC = [sys.executable, "-m", "laodoc"]
FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="Linux has a device that is always full")


def test_a_pipe_with_a_name_gets_the_bytes_and_stays(tmp_path: Path) -> None:
    """Its reader has all of them, more than a pipe holds; the pipe is one afterwards."""
    pipe, content, got = tmp_path / "pipe", bytes(200_000), bytearray()
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: got.extend(pipe.read_bytes()))
    reader.start()
    write_whole(pipe, content)
    reader.join()
    assert got == content
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_pipe_whose_reader_leaves_is_told_as_such(tmp_path: Path) -> None:
    """More than the pipe holds, and a reader who goes after the first bytes."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    def read_a_little() -> None:
        with pipe.open("rb", buffering=0) as file:
            file.read(10)

    reader = threading.Thread(target=read_a_little)
    reader.start()
    with pytest.raises(ReaderGone):
        write_whole(pipe, bytes(1 << 20))
    reader.join()


@pytest.mark.parametrize("relative", [True, False], ids=["relative", "absolute"])
@pytest.mark.parametrize("there", [True, False], ids=["to a file", "to nothing yet"])
def test_a_link_stays_and_its_target_is_written(tmp_path: Path, there: bool, relative: bool) -> None:
    """Through two links, in another folder: what they lead to is new, whole, and has the rights it had."""
    (tmp_path / "far").mkdir()
    target, second, link = tmp_path / "far" / "a.json", tmp_path / "far" / "second", tmp_path / "link"
    if there:
        target.write_bytes(b"old")
        target.chmod(0o640)
    second.symlink_to("a.json" if relative else target)
    link.symlink_to("far/second" if relative else second)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert second.is_symlink()
    assert target.read_bytes() == b"new"
    assert not there or stat.S_IMODE(target.stat().st_mode) == 0o640
    assert len(list((tmp_path / "far").iterdir())) == 2


def test_a_ring_of_links_is_an_access_error(tmp_path: Path) -> None:
    """Both links stay."""
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(AccessError):
        write_whole(tmp_path / "a", b"x")
    assert (tmp_path / "a").is_symlink()
    assert (tmp_path / "b").is_symlink()


def _own(device: Path, folder: Path) -> Path:
    """A device like this one that may be lost: root could put a file in the place of the system's own."""
    if os.geteuid() != 0:
        return device
    own = folder / device.name
    try:
        os.mknod(own, stat.S_IFCHR | 0o666, device.stat().st_rdev)
        own.write_bytes(b"")
    except OSError as refused:
        pytest.skip(f"no device can be made in {folder}: {refused.strerror}")
    return own


def test_a_device_is_written_into(tmp_path: Path) -> None:
    """A /dev/null, also through a link: both stay what they are."""
    device, link = _own(Path(os.devnull), tmp_path), tmp_path / "link"
    link.symlink_to(device)
    write_whole(link, b"x")
    write_whole(device, b"x")
    assert link.is_symlink()
    assert stat.S_ISCHR(device.stat().st_mode)


@needs_full
def test_a_full_device_is_an_access_error_and_stays(tmp_path: Path) -> None:
    """What the system says is told."""
    device = _own(FULL, tmp_path)
    with pytest.raises(AccessError, match=os.strerror(errno.ENOSPC)):
        write_whole(device, b"x")
    assert stat.S_ISCHR(device.stat().st_mode)


def test_a_socket_and_a_folder_are_refused(tmp_path: Path) -> None:
    """Nobody can mean them; the message says what they are."""
    import socket

    name = tmp_path / "s"
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(name))
        with pytest.raises(AccessError, match="socket"):
            write_whole(name, b"x")
        assert stat.S_ISSOCK(name.stat().st_mode)
    with pytest.raises(AccessError, match="folder"):
        write_whole(tmp_path, b"x")


@pytest.mark.parametrize("name", ["/dev/fd/{}", "/proc/self/fd/{}"])
def test_a_descriptor_is_written_where_it_stands(tmp_path: Path, name: str) -> None:
    """What was in its file stays before the output, as with `>> file`, and the file is the same."""
    if not Path("/dev/fd").exists():
        pytest.skip("this system has no names for descriptors")
    with (tmp_path / "log").open("wb", buffering=0) as file:
        file.write(b"before ")
        write_whole(Path(name.format(file.fileno())), b"output")
        file.write(b" behind")
        assert os.fstat(file.fileno()).st_nlink == 1
    assert (tmp_path / "log").read_bytes() == b"before output behind"


def test_several_records_do_not_go_into_a_device() -> None:
    """They need a folder."""
    with pytest.raises(UsageError, match="folder"):
        output_places(["a.pdf", "b.pdf"], os.devnull)


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scan") / "a.png"
    Image.new("L", (830, 1170), 255).save(path)
    (path.parent / "stdout").symlink_to("/dev/fd/1")  # as /dev/stdout; that one itself is not put at risk
    (path.parent / "other.pdf").symlink_to(path)
    return path


def _run(command: str, scan: Path) -> tuple[int, str]:
    """Exit code and messages of a shell line in which LAODOC, SCAN and STDOUT stand for themselves."""
    words = {"LAODOC": " ".join(f"'{word}'" for word in LAODOC), "SCAN": f"'{scan}'", "STDOUT": "stdout"}
    line = re.sub("|".join(words), lambda word: words[word[0]], command)
    done = subprocess.run(
        ["bash", "-c", line], capture_output=True, text=True, timeout=120, cwd=scan.parent, check=False
    )
    return done.returncode, done.stderr


@needs_full
@pytest.mark.parametrize(
    "command",
    [
        "scan SCAN -q --engine null",
        "scan SCAN -q --engine null -o STDOUT",
        "scan SCAN -q --engine null --format csv --what findings",
        "schema",
        "version",
        "doctor",
        "--help",
        "scan --help",
    ],
)
@pytest.mark.parametrize("into", ["> /dev/full", ">&-"], ids=["full", "closed"])
def test_standard_output_that_fails_is_exit_5_and_one_line(command: str, into: str, scan: Path) -> None:
    """Whoever relies on the exit code learns of it, and nobody is asked to report a fault."""
    code, messages = _run(f"LAODOC {command} {into}", scan)
    assert (code, len(messages.splitlines())) == (5, 1), messages
    assert messages.startswith("laodoc: cannot write ")


@pytest.mark.parametrize("command", ["scan SCAN -q --engine null", "schema", "version", "--help"])
def test_a_reader_who_has_left_is_no_complaint(command: str, scan: Path) -> None:
    """Standard output is a pipe that nobody reads: exit code 5 and silence."""
    code, messages = _run(f"set -o pipefail; (sleep 0.3; LAODOC {command}) | true", scan)
    assert (code, messages) == (5, "")


@needs_full
@pytest.mark.parametrize("into", ["2> /dev/full", "2>&-"], ids=["full", "closed"])
def test_messages_that_nobody_can_have_stop_nothing(into: str, scan: Path) -> None:
    """The record is whole without them, and a failure keeps its exit code."""
    assert _run(f"LAODOC scan SCAN --engine null -o out.json {into}", scan)[0] == 0
    assert (scan.parent / "out.json").stat().st_size > 100
    assert _run(f"LAODOC scan absent.pdf {into}", scan)[0] == 5


@needs_full
def test_a_log_that_cannot_be_written_is_exit_5(scan: Path) -> None:
    """One line says which file it is."""
    code, messages = _run("LAODOC batch SCAN -q --engine null --archive a.sqlite --log /dev/full", scan)
    assert (code, len(messages.splitlines())) == (5, 1), messages
    assert "/dev/full" in messages


@pytest.mark.parametrize("options", ["", "--format pdf", "--format json"])
def test_an_output_does_not_take_the_place_of_its_scan(options: str, scan: Path) -> None:
    """Nor by another name of the same file; the scan is as it was."""
    before = scan.read_bytes()
    for name in ("SCAN", "other.pdf"):
        code, messages = _run(f"LAODOC scan SCAN -q --engine null {options} -o {name}", scan)
        assert (code, "what is read" in messages) == (1, True), messages
    assert scan.read_bytes() == before
