"""What is installed here, and what is missing."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files

from laodoc.errors import ChildFailure, LaodocError, MissingDependency
from laodoc.imaging import poppler
from laodoc.imaging.rasterizer import rasterizer
from laodoc.messages import say
from laodoc.recognition.engines import DEFAULT_ENGINE, ENGINES, engine, producible_digits
from laodoc.recognition.tessdata import inspect
from laodoc.thai.digits import THAI_DIGITS

PACKAGES = (
    "laodoc",
    "pytesseract",
    "opencv-python-headless",
    "pythainlp",
    "pandas",
    "pydantic",
    "pikepdf",
    "pypdfium2",
)
EXTRAS = {"pyarrow": "parquet", "psycopg": "postgres"}
"""Packages that a part of laodoc needs, and the names by which pip brings them: `laodoc[parquet]`."""
LANGUAGES = {"tha": "tesseract-ocr-tha", "Thai": "tesseract-ocr-script-thai"}
PROGRAM_ANSWERS_S = 20
ROOM_NEEDED_GB = 0.5
"""A page of 250 megapixels is some 0.25 GB when it is rendered, and two may be in hand."""


@dataclass(frozen=True, slots=True)
class Symptom:
    """One thing that was looked at; `remedy` says what to do where it is not `well`. What is not `needed` is missed
    only by those who ask for it."""

    subject: str
    state: str
    well: bool = True
    remedy: str = ""
    needed: bool = True

    @property
    def sign(self) -> str:
        return "✓" if self.well else "✗" if self.needed else "–"


def examine() -> tuple[Symptom, ...]:
    """Versions, languages, models, the Thai digits that each engine can produce, temporary space and cores."""
    looks: Iterable[Callable[[], tuple[Symptom, ...]]] = (packages, pages_of_pdfs, tesseract, models, digits, machine)
    return tuple(symptom for look in looks for symptom in look())


def packages() -> tuple[Symptom, ...]:
    """The Python packages that matter."""
    needed = tuple(_package(name, name) for name in PACKAGES)
    return (*needed, *(_package(name, f"'laodoc[{extra}]'", needed=False) for name, extra in EXTRAS.items()))


def _package(name: str, wanted: str, *, needed: bool = True) -> Symptom:
    try:
        return Symptom(name, version(name))
    except PackageNotFoundError:
        return Symptom(name, say("doctor-missing"), well=False, remedy=say("doctor-pip", name=wanted), needed=needed)


def pages_of_pdfs() -> tuple[Symptom, ...]:
    """Poppler's programs, and who draws the pages of PDFs here."""
    programs = tuple(_program(name, "-v", package="poppler-utils", needed=False) for name in poppler.PROGRAMS)
    if all(program.well for program in programs):
        return (*programs, Symptom(say("doctor-pdf-pages"), say("doctor-by", name="poppler")))
    try:
        rasterizer()
    except MissingDependency as missing:
        return (*programs, Symptom(say("doctor-pdf-pages"), say("doctor-by-nothing"), well=False, remedy=missing.told))
    return (*programs, Symptom(say("doctor-pdf-pages"), say("doctor-by", name="pypdfium2")))


def tesseract() -> tuple[Symptom, ...]:
    """Tesseract and its languages, which only `--engine tesseract` needs."""
    program = _program("tesseract", "--version", package="tesseract-ocr", needed=False)
    installed = _languages() if program.well else frozenset()
    return (
        program,
        *(
            Symptom(say("doctor-language", name=name), say("doctor-installed"))
            if {name, f"script/{name}"} & installed
            else Symptom(
                say("doctor-language", name=name),
                say("doctor-missing"),
                False,
                say("doctor-apt", name=package),
                needed=False,
            )
            for name, package in LANGUAGES.items()
        ),
    )


def _languages() -> frozenset[str]:
    try:
        return frozenset(inspect("tesseract", PROGRAM_ANSWERS_S).languages)
    except ChildFailure:
        return frozenset()


def _program(name: str, question: str, *, package: str, needed: bool) -> Symptom:
    if not shutil.which(name):
        return Symptom(name, say("doctor-missing"), False, say("doctor-apt", name=package), needed=needed)
    return Symptom(name, next(iter(_output(name, question).splitlines()), "?").strip())


def _output(name: str, question: str) -> str:
    try:
        answer = subprocess.run(
            [name, question], capture_output=True, text=True, timeout=PROGRAM_ANSWERS_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout or answer.stderr


def models() -> tuple[Symptom, ...]:
    """The weights that came with the package."""
    weights = sorted(
        entry.name for entry in files("laodoc.models").iterdir() if entry.name.endswith((".onnx", ".npz", ".json"))
    )
    return (Symptom(say("doctor-models"), ", ".join(weights) or say("doctor-none")),)


def digits() -> tuple[Symptom, ...]:
    """Which Thai digits each engine can produce."""
    return tuple(_digits_of(name) for name in ENGINES)


def _digits_of(name: str) -> Symptom:
    try:
        able = producible_digits(engine(name))
    except LaodocError as trouble:
        needed = name == DEFAULT_ENGINE
        return Symptom(
            say("doctor-digits", name=name), trouble.told, well=False, remedy=say("doctor-see-above"), needed=needed
        )
    lacking = "".join(digit for digit in THAI_DIGITS if digit not in able)
    shown = able or say("doctor-none")
    said = say("doctor-never", able=shown, lacking=lacking) if lacking else shown
    return Symptom(say("doctor-digits", name=name), said)


def machine() -> tuple[Symptom, ...]:
    """Temporary space and cores."""
    folder = tempfile.gettempdir()
    free_gb = shutil.disk_usage(folder).free / 1e9
    room = free_gb >= ROOM_NEEDED_GB
    return (
        Symptom(
            say("doctor-space"),
            say("doctor-free", gigabytes=free_gb),
            well=room,
            remedy="" if room else say("doctor-make-room", gigabytes=ROOM_NEEDED_GB),
        ),
        Symptom(say("doctor-cores"), str(os.cpu_count() or 1)),
    )
