"""The tests' own helpers: what is remembered is what was scanned, and a forked command is a command."""

import sys
from pathlib import Path

import pytest
import scanning
from commands import ENVIRONMENT, ask, laodoc
from PIL import Image
from scanning import scanned

from laodoc import pipeline
from laodoc.errors import INTERRUPTED, UsageError

NULL = pipeline.ScanOptions(engine="null")


def test_a_file_is_scanned_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same content, name and options are looked up, wherever the file lies; with anything else it is scanned."""
    made: list[Path] = []

    def scan(path: Path, *words: object, **options: object) -> object:
        made.append(path)
        return pipeline.scan(path, *words, **options)

    monkeypatch.setattr(scanning, "_scan", scan)
    one, other = tmp_path / "one" / "a.png", tmp_path / "other" / "a.png"
    for path in (one, other):
        path.parent.mkdir()
        Image.new("L", (120, 70), 250).save(path)
    first = scanned(one, NULL)
    assert first == scanned(other, NULL) == pipeline.scan(one, NULL)
    assert made == [one]
    assert scanned(one, NULL, name="b").source.name == "b"
    assert scanned(one, pipeline.ScanOptions(engine="null", dpi=200)).pages[0].dpi == 200
    Image.new("L", (120, 70), 240).save(one)
    assert scanned(one, NULL).source.sha256 != first.source.sha256
    assert made == [one] * 4


def test_a_forked_command_is_one_of_its_own(tmp_path: Path) -> None:
    """Its folder, environment, streams and exit code are its own; the next one has nothing of them."""
    told = laodoc("scan", "absent.pdf", folder=tmp_path)
    assert (told.code, told.out) == (5, b"")
    assert told.messages.startswith("laodoc: absent.pdf")
    assert laodoc("scan", folder=tmp_path).code == UsageError.exit_code
    program = "import os, sys; print(os.getcwd(), os.environ['A']); print('b', file=sys.stderr); sys.exit(130)"
    done = ask(tmp_path, {**ENVIRONMENT, "A": "a"}, program=program)
    assert (done.code, done.text, done.messages) == (INTERRUPTED, f"{tmp_path} a\n", "b\n")
    assert ask(tmp_path, program="import os; assert 'A' not in os.environ; 1 / 0").code == 1
    assert ask(tmp_path, program="import os, signal; os.kill(os.getpid(), signal.SIGKILL)").code == -9
    fresh = laodoc("--lang", "en", "version", folder=tmp_path)
    assert (fresh.code, fresh.out) == (0, laodoc("version", folder=tmp_path).out)
    assert sys.modules["commands"]._server().poll() is None
