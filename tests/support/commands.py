"""laodoc's command line as a process of its own: code, output, messages."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from coverage import Coverage
from serving import ENDS_S

ROOT = Path(__file__).resolve().parents[2]

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "LC_ALL": ""}
"""Of the commands, where a test does not say otherwise."""

AT_START = ("LANG", "LC_ALL", "LAODOC_LANG", "LAODOC_DIGITS", "PYTHONIOENCODING", "PYTHONUTF8")
"""What Python and laodoc look at when they start: with another value a command needs a Python of its own."""


@dataclass(frozen=True)
class Ended:
    """A command that has ended."""

    code: int
    out: bytes
    err: bytes

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def messages(self) -> str:
        return self.err.decode()


def laodoc(*words: str | Path, folder: Path, environment: Mapping[str, str] = ENVIRONMENT, stdin: bytes = b"") -> Ended:
    """Run `python -m laodoc` in a folder. It is forked from a Python that has imported laodoc already, but where the
    command hangs on how Python was started."""
    said = [str(word) for word in words]
    fresh = stdin or any(word.startswith("--lang") for word in said)
    if fresh or any(environment.get(name) != ENVIRONMENT.get(name) for name in AT_START):
        command = [sys.executable, "-m", "laodoc", *said]
        done = subprocess.run(
            command, input=stdin, capture_output=True, cwd=folder, env=environment, timeout=ENDS_S, check=False
        )
        return Ended(done.returncode, done.stdout, done.stderr)
    return ask(folder, environment, words=said)


def ask(
    folder: Path,
    environment: Mapping[str, str] = ENVIRONMENT,
    *,
    words: list[str] | None = None,
    program: str | None = None,
    remember: bool = False,
    together: bool = False,
) -> Ended:
    """Let the server run a command or a program, see `serving.become`; `together`, messages are among the output."""
    with tempfile.TemporaryDirectory(prefix="laodoc-printed-") as printed:
        out = Path(printed, "out")
        err = out if together else Path(printed, "err")
        asked = {"words": words or [], "program": program, "folder": str(folder), "environment": dict(environment)}
        asked |= {"out": str(out), "err": str(err), "remember": remember}
        server = _server()
        assert server.stdin is not None
        assert server.stdout is not None
        print(json.dumps(asked), file=server.stdin, flush=True)
        code = int(server.stdout.readline())
        return Ended(code, out.read_bytes(), b"" if together else err.read_bytes())


@cache
def _server() -> subprocess.Popen[str]:
    """The server of this process, which ends when its standard input is closed; where coverage is measured, its too."""
    running = Coverage.current()
    measured = {"COVERAGE_PROCESS_CONFIG": running.config.serialize()} if running else {}
    return subprocess.Popen(
        [sys.executable, Path(__file__).with_name("serving.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=ENVIRONMENT | measured,
    )


def end() -> None:
    """Let the server end, where there is one."""
    if _server.cache_info().currsize:
        _server().communicate()
        _server.cache_clear()
