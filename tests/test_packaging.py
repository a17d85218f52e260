"""The package as it is built and installed."""

import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from configparser import ConfigParser
from importlib.resources import files
from pathlib import Path
from zipfile import ZipFile

import pytest

import laodoc

ROOT = Path(__file__).resolve().parent.parent


def test_every_room_is_in_the_installed_package() -> None:
    """A room that setup.cfg forgets would work in the checkout and be missing in the office."""
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg")
    listed = set(setup["options"]["packages"].split())
    rooms = {
        ".".join(folder.relative_to(ROOT).parts)
        for folder in (ROOT / "laodoc").rglob("*")
        if (folder / "__init__.py").is_file()
    }
    assert listed == rooms | {"laodoc", "laodoc.models"}


def test_the_models_folder_is_importable_as_a_package() -> None:
    """Weights are found as package data, wherever laodoc is installed."""
    assert files("laodoc.models").joinpath("__init__.py").is_file()


def test_the_version_stands_in_one_place() -> None:
    """What is cited and what the change log begins with is the version of the package."""
    cited = re.search(r"^version: (.+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE)
    changed = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert cited and changed
    assert cited[1] == changed[1] == laodoc.__version__


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel, made from the source package, and that one too."""
    source, folder = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("dist")
    for name in ("LICENSE", "NOTICE", "README.md", "pyproject.toml", "setup.cfg", "laodoc", "models"):
        place = ROOT / name
        if place.is_dir():
            shutil.copytree(place, source / name, ignore=shutil.ignore_patterns("__pycache__", "checkpoint"))
        else:
            shutil.copy(place, source)
    _run([sys.executable, "-m", "build", "--no-isolation", "--outdir", folder], cwd=source)
    return folder


@pytest.fixture(scope="module")
def bare(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment with the wheel and nothing else."""
    return _environment(tmp_path_factory.mktemp("bare"), built)


@pytest.fixture(scope="module")
def office(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, where the libraries of this environment can be seen too."""
    python = _environment(tmp_path_factory.mktemp("office"), built)
    (packages,) = python.parent.parent.glob("lib/python*/site-packages")
    here = dict.fromkeys(path for path in sys.path if path.endswith("-packages"))
    (packages / "libraries.pth").write_text("\n".join(here), encoding="utf-8")
    return python


def _environment(place: Path, built: Path) -> Path:
    venv.create(place)
    python = place / "bin" / "python"
    (wheel,) = built.glob("*.whl")
    _run(
        [sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps", "--no-index", wheel], cwd=built
    )
    return python


def test_the_wheel_is_what_an_index_takes(built: Path) -> None:
    """Metadata, description and contents are well formed; the licence and what it rests on are in it."""
    files_built = sorted(built.iterdir())
    assert [path.suffix for path in files_built] == [".whl", ".gz"]
    _run([sys.executable, "-m", "twine", "check", "--strict", *files_built], cwd=built)
    _run([sys.executable, "-m", "check_wheel_contents", files_built[0]], cwd=built)
    names = {Path(name).name for name in ZipFile(files_built[0]).namelist() if "/licenses/" in name}
    assert names == {"LICENSE", "NOTICE"}


def test_the_installed_wheel_scans_from_any_folder(office: Path, tmp_path: Path) -> None:
    """The command that the wheel brings reads a sample where nothing of the checkout can be seen."""
    shutil.copy(ROOT / "samples" / "external_letter.pdf", tmp_path / "letter.pdf")
    command = office.with_name("laodoc")
    assert _run([command, "version"], cwd=tmp_path) == f"laodoc {laodoc.__version__}\n"
    _run([command, "scan", "letter.pdf", "-q", "-o", "letter.json"], cwd=tmp_path)
    assert laodoc.load(tmp_path / "letter.json").letters[0].number is not None


PROGRAM = """
import laodoc
from laodoc import Document, LaodocError


def numbers(document: Document) -> list[str]:
    return [letter.number.text for letter in document.letters if letter.number]


with laodoc.Archive("a.sqlite") as archive:
    for read in archive.documents():
        laodoc.export(read, "html", "letter.html")
        reveal_type(read.pages[0].text)
try:
    numbers(laodoc.scan(b"", name="letter.pdf"))
except LaodocError as error:
    reveal_type(error.exit_code)
laodoc.scan(3)
"""


def test_programs_of_others_see_the_types(bare: Path, tmp_path: Path) -> None:
    """mypy, strict, on a program that imports the installed laodoc: it knows the types, and finds the one fault.
    Without pydantic and pandas, which it would have to read first."""
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--strict",
            "--ignore-missing-imports",
            "--python-executable",
            bare,
            "program.py",
        ],
        cwd=tmp_path,
        env=_without_checkout(),
        capture_output=True,
        text=True,
        check=False,
    )
    told = [line.split(": ", 1)[1] for line in done.stdout.splitlines()[:-1]]
    assert [line for line in told if line.startswith("note: Revealed")] == [
        'note: Revealed type is "str"',
        'note: Revealed type is "int"',
    ], done.stdout
    assert [line.split('"')[1] for line in told if line.startswith("error")] == ["scan"], done.stdout


def _run(command: Sequence[str | Path], *, cwd: Path) -> str:
    """What the command prints; it fails with what it says."""
    done = subprocess.run(command, cwd=cwd, env=_without_checkout(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _without_checkout() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
