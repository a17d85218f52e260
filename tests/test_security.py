"""What SECURITY.md promises: no network, no shell, nothing run, limits, private files, no paths in records."""

import ast
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import hostile
import pytest
from commands import ENVIRONMENT, laodoc
from hostile_pdfs import one_page
from pypdfium2 import version

from laodoc.imaging.child import MOST_MEMORY, MOST_OUTPUT, PASSWORD_VARIABLE, run

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "laodoc").rglob("*.py"))

AUDIT = """
import os, sys

FOR_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT

def note(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "os.system", "os.exec", "os.posix_spawn"):
        told = f"{event} {arguments[1:]!r}"
    elif event == "socket.bind":
        told = f"{event} {arguments[1]!r}"
    elif event == "subprocess.Popen":
        told = f"{event} {arguments[0]}"
    elif event == "open" and arguments[0] != os.environ["AUDIT"] and (arguments[2] or 0) & FOR_WRITING:
        told = f"{event} {arguments[0]}"
    else:
        return
    line = os.open(os.environ["AUDIT"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(line, told.encode("utf-8", "replace") + b"\\n")
    os.close(line)

sys.addaudithook(note)
"""
"""A sitecustomize: every Python process that is started notes what it opens, starts and connects to."""

PROGRAMS = {"pdfimages", "pdftoppm", "pdftotext", "pdfinfo", Path(sys.executable).name}


def _audited(folder: Path, *words: str, **environment: str) -> list[str]:
    """What laodoc did, in a folder that is also its home."""
    (folder / "audit").mkdir(exist_ok=True)
    (folder / "audit" / "sitecustomize.py").write_text(AUDIT, encoding="utf-8")
    (folder / "tmp").mkdir(exist_ok=True)
    told = folder / "audit" / "told"
    done = subprocess.run(
        [sys.executable, "-m", "laodoc", *words],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(folder / "audit"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "AUDIT": str(told),
            "TMPDIR": str(folder / "tmp"),
            "HOME": str(folder / "home"),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return told.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("programs", [os.environ["PATH"], "/nowhere"], ids=["poppler", "pypdfium2"])
def test_nothing_is_connected_run_or_written_but_what_must_be(tmp_path: Path, programs: str) -> None:
    """PDFs with scripts, programs to launch and embedded files are read into an archive and exported: no socket but
    those between laodoc's own processes, no program but those that draw, no file but those asked for and temporary."""
    (tmp_path / "scans").mkdir()
    for what in ("JavaScript", "a program to launch", "embedded files"):
        (case,) = [case for case in hostile.MATRIX if case.what == what]
        (tmp_path / "scans" / f"{what}.pdf").write_bytes(case.make())
    told = _audited(tmp_path, "batch", "scans", "--archive", "a.sqlite", "-q", PATH=programs)
    told += _audited(tmp_path, "export", "a.sqlite", "-o", "a.xlsx", PATH=programs)
    allowed = ("/dev/null", "a.sqlite", "a.xlsx")
    for line in told:
        event, what = line.split(" ", 1)
        if event == "subprocess.Popen":
            assert Path(what).name in PROGRAMS, line
        elif event == "open":
            path = what.removeprefix(f"{tmp_path}/")
            assert path.isdigit() or path.startswith(("tmp/", ".laodoc-", *allowed)), line
        else:
            assert event in ("socket.bind", "socket.connect"), line
            assert str(tmp_path / "tmp") in what, line
    assert {path.name for path in tmp_path.iterdir()} == {"scans", "a.sqlite", "a.xlsx", "audit", "tmp"}
    assert [line for line in told if "Popen" in line]


def _calls() -> Iterator[tuple[Path, ast.Call]]:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield path, node


def test_no_shell_and_nothing_evaluated() -> None:
    """No call of the sources asks for a shell, evaluates a text or loads pickled objects of files."""
    for path, call in _calls():
        name = ast.unparse(call.func)
        where = f"{path.name}:{call.lineno} {name}"
        assert not any(word.arg == "shell" for word in call.keywords), where
        assert name not in ("eval", "exec", "os.system", "os.popen", "pickle.load", "pickle.loads", "marshal.loads"), (
            where
        )
        if name == "torch.load":
            assert any(word.arg == "weights_only" and ast.unparse(word.value) == "True" for word in call.keywords), (
                where
            )
        if name in ("np.load", "numpy.load"):
            assert not any(word.arg == "allow_pickle" for word in call.keywords), where


def test_no_module_for_the_network_is_imported() -> None:
    """Not socket, http, urllib.request or their like, in any source but the server's and its client's."""
    network = {"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "requests", "httpx", "aiohttp", "asyncio"}
    package = ROOT / "laodoc"
    for path in SOURCES:
        if path == package / "client.py" or path.is_relative_to(package / "server"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {name.split(".")[0] for name in names} & network, f"{path}: {names}"


def test_pdfium_cannot_run_javascript() -> None:
    """The build that comes with pypdfium2 has no engine for it."""
    assert "V8" not in version.PDFIUM_INFO.flags


ASK = """
import resource, time
time.sleep(0.2)
limits = (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE)
print([resource.getrlimit(limit)[0] for limit in limits])
"""


def test_programs_that_draw_have_limits() -> None:
    """Memory, processor time, output, and no picture of their memory on the disk when they crash."""
    answer = run([sys.executable, "-c", ASK], 30.0, remedy="")
    memory, processor, output, core = json.loads(answer.output)
    assert (memory, output, core) == (MOST_MEMORY, MOST_OUTPUT, 0)
    assert 30 <= processor <= 60


def test_the_password_reaches_no_other_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It is taken from the environment, and children do not inherit it."""
    monkeypatch.setenv(PASSWORD_VARIABLE, "key")
    answer = run([sys.executable, "-c", "import os; print(sorted(os.environ))"], 30.0, remedy="")
    assert PASSWORD_VARIABLE not in answer.output.decode()
    (case,) = [case for case in hostile.MATRIX if case.what == "password"]
    (tmp_path / "locked.pdf").write_bytes(case.make())
    environment = {**ENVIRONMENT, PASSWORD_VARIABLE: "key"}
    assert laodoc("scan", "locked.pdf", "--engine", "null", "-q", folder=tmp_path, environment=environment).code == 0


def test_a_record_tells_no_path(tmp_path: Path) -> None:
    """The name of the file alone, however it was given."""
    folder = tmp_path / "secret-folder"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(one_page())
    record = laodoc("scan", folder / "a.pdf", "--engine", "null", "-q", folder=tmp_path).out
    assert b"secret-folder" not in record
    assert json.load(io.BytesIO(record))["source"]["name"] == "a.pdf"
