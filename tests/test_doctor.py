"""What is installed here, and what is missing."""

import re
import shutil
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from types import SimpleNamespace

import pytest

from laodoc import doctor
from laodoc.errors import MissingDependency
from laodoc.imaging import rasterizer


def _states(symptoms: tuple[doctor.Symptom, ...]) -> dict[str, bool]:
    return {symptom.subject: symptom.well for symptom in symptoms}


def test_everything_is_looked_at_and_well_where_all_is_installed() -> None:
    """Packages, programs, languages, models, digits, space and cores are in the answer, and none is ill here."""
    states = _states(doctor.examine())
    assert {
        "laodoc",
        "pdftoppm",
        "pages of PDFs",
        "tesseract",
        "language tha",
        "models",
        "temporary space",
        "cores",
    } <= set(states)
    assert all(states.values())


def test_without_programs_each_is_named_and_none_is_needed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Poppler, Tesseract and the languages are missing, the remedies say which packages bring them, and laodoc does
    without: pypdfium2 draws the pages."""
    monkeypatch.setenv("PATH", str(tmp_path))
    looked = (*doctor.pages_of_pdfs(), *doctor.tesseract())
    ill = [symptom for symptom in looked if not symptom.well]
    assert {symptom.remedy for symptom in ill} == {
        "apt-get install poppler-utils",
        "apt-get install tesseract-ocr",
        "apt-get install tesseract-ocr-tha",
        "apt-get install tesseract-ocr-script-thai",
    }
    assert {(symptom.needed, symptom.sign) for symptom in ill} == {(False, "–")}
    assert doctor.Symptom("pages of PDFs", "by pypdfium2") in looked


def test_with_nothing_to_draw_pdfs_the_doctor_is_alarmed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither poppler nor pypdfium2: that is a fault, and both remedies are told."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(rasterizer, "find_spec", lambda name: None)
    fault = doctor.pages_of_pdfs()[-1]
    assert (fault.well, fault.sign) == (False, "✗")
    assert "pip install pypdfium2" in fault.remedy


def test_a_program_that_does_not_answer_is_shown_as_unknown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It is there, but says no version: that is shown, and stops nothing."""
    silent = tmp_path / "pdftoppm"
    silent.write_text("#!/bin/sh\nexec sleep 60\n")
    silent.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(doctor, "PROGRAM_ANSWERS_S", 0.2)
    assert doctor.pages_of_pdfs()[0] == doctor.Symptom("pdftoppm", "?")


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """pip's name for it is in the remedy."""

    def absent(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(doctor, "version", absent)
    found = {symptom.subject: symptom for symptom in doctor.packages()}
    assert (found["pytesseract"].sign, found["pytesseract"].remedy) == ("✗", "pip install pytesseract")
    assert (found["pyarrow"].sign, found["pyarrow"].remedy) == ("–", "pip install 'laodoc[parquet]'")


def test_digits_that_tesseract_can_never_read_are_named() -> None:
    """Stock Tesseract lacks most Thai digits, which is why an office should know before it starts."""
    by_engine = {symptom.subject: symptom.state for symptom in doctor.digits()}
    assert "never" in by_engine["Thai digits of tesseract"]
    assert "๙" in by_engine["Thai digits of tesseract"].split("never")[1]


def test_an_engine_that_cannot_be_asked_is_ill(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its error stands where the digits would."""

    def missing(engine: object) -> str:
        raise MissingDependency("tesseract is not installed")

    monkeypatch.setattr(doctor, "producible_digits", missing)
    assert not any(symptom.well for symptom in doctor.digits())


def test_too_little_temporary_space_is_ill(monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is found before a scan fails on it."""
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=1000))
    assert not doctor.machine()[0].well


def test_it_speaks_thai(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is looked at, how it is and what to do are said in the user's language; names of packages stay."""
    monkeypatch.setenv("LAODOC_LANG", "th")
    told = [
        f"{symptom.subject} {symptom.state} {symptom.remedy}" for symptom in (*doctor.tesseract(), *doctor.machine())
    ]
    assert any("ที่ว่างสำหรับแฟ้มชั่วคราว" in line for line in told)
    assert not [line for line in told if re.search(r"\b(missing|installed|free|cores)\b", line)]
