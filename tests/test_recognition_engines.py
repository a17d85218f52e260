"""Tesseract, the null engine and their names."""

import os
from pathlib import Path

import fontpkg_sarabun
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from pytesseract import pytesseract as runner
from rapidfuzz.fuzz import ratio

from laodoc.errors import ChildFailure, ChildTimeout, MissingDependency, UsageError
from laodoc.recognition.engine import Engine, LineImage
from laodoc.recognition.engines import ENGINES, engine, producible_digits
from laodoc.recognition.reading import Guess, Reading
from laodoc.recognition.tessdata import Installation, characters, digest, inspect, resolve
from laodoc.recognition.tesseract import TesseractEngine, beside, parse_tsv

SARABUN = next(Path(fontpkg_sarabun.__file__).parent.rglob("Sarabun-Regular.ttf"))
HEADER = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
LISTING = 'List of available languages in "{folder}" (2):\ntha\nscript/Thai\n'


def line(text: str, size: int = 54) -> LineImage:
    """`text` printed black on white, with the room of a line."""
    font = ImageFont.truetype(str(SARABUN), size)
    picture = Image.new("L", (round(font.getlength(text)) + 20, round(1.5 * size)), 255)
    ImageDraw.Draw(picture).text((10, 2), text, font=font, fill=0)
    return np.asarray(picture)


def fake_tesseract(folder: Path, on_picture: str, *, version: str = "tesseract 5.3.0", listing: str = LISTING) -> str:
    """A program that answers questions like Tesseract and does `on_picture` (shell; $2 is the output's name)."""
    program = folder / "tesseract"
    (folder / "listing").write_text(listing.format(folder=folder))
    program.write_text(
        f"#!/bin/sh\ncase \"$1\" in\n--version) echo '{version}';;\n--list-langs) cat '{folder}/listing';;\n"
        f"*) {on_picture};;\nesac\n"
    )
    program.chmod(0o755)
    return str(program)


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Puts a fake program in Tesseract's place."""

    def install(on_picture: str, **answers: str) -> None:
        monkeypatch.setattr(runner, "tesseract_cmd", fake_tesseract(tmp_path, on_picture, **answers))

    return install


def test_lines_are_read_in_order_with_confidence() -> None:
    """Lines of different width come back in their order, nearly right, their spaces kept, with a confidence in 0..1."""
    texts = ["สำนักงานส่งเสริมการปกครองท้องถิ่น", "42", "เรื่อง การประชุมประจำปี"]
    readings = TesseractEngine().read([line(text) for text in texts])
    assert all(ratio(reading.text, text) > 90 for reading, text in zip(readings, texts, strict=True))
    assert [reading.text.count(" ") for reading in readings] == [0, 0, 1]
    assert all(0.5 < reading.confidence <= 1 for reading in readings)


def test_blank_lines_cost_nothing_and_stay_in_place() -> None:
    """A line without ink is empty with confidence 0, and its neighbours keep their places."""
    blank = np.full((60, 200), 255, np.uint8)
    readings = TesseractEngine().read([blank, line("อำเภอ"), blank])
    assert [reading.text for reading in readings] == ["", "อำเภอ", ""]
    assert readings[0] == Reading("", 0.0)


def test_ink_without_text_is_empty() -> None:
    """Ink that is no text gives no text and no confidence, or says how little it is sure."""
    dots = np.full((60, 200), 255, np.uint8)
    dots[30, 100] = 0
    assert TesseractEngine().read([dots]) == [Reading("", 0.0)]


def test_nothing_to_read_starts_no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty list is answered even where Tesseract is not installed."""
    monkeypatch.setattr(runner, "tesseract_cmd", "no-such-program")
    assert TesseractEngine().read([]) == []


def test_a_second_model_gives_alternatives() -> None:
    """With a second model, where the two differ the second's text is an alternative of the first's."""
    readings = TesseractEngine("eng", second="tha").read([line("เทศบาลเมือง")])
    assert "เทศบาลเมือง" in [guess.text for guess in readings[0].alternatives]


def test_two_readings_become_one() -> None:
    """The first text stands, the second is an alternative unless it is empty or the same."""
    first, second = Reading("ก", 0.6), Reading("ข", 0.9)
    assert beside(first, second) == Reading("ก", 0.6, (Guess("ข", 0.9),))
    assert beside(Reading("", 0.0), second) == second
    assert beside(first, Reading("", 0.0)) == beside(first, first) == first


def test_info_names_version_languages_and_weights() -> None:
    """The engine says its version with its models, and a digest that changes with them."""
    both, one = TesseractEngine("tha+eng").info, TesseractEngine("tha").info
    assert both.version.endswith(" tha+eng") and both.version[0].isdigit()
    assert both.sha256 and one.sha256 and both.sha256 != one.sha256


def test_digits_come_from_the_models_character_set() -> None:
    """Only Thai digits in the models' own character sets count as producible, in order; English has none."""
    able = producible_digits(TesseractEngine("tha"))
    assert able and set(able) <= set("๐๑๒๓๔๕๖๗๘๙") and list(able) == sorted(able)
    assert producible_digits(TesseractEngine("eng")) == ""
    assert set(able) <= set(producible_digits(TesseractEngine("eng", second="tha")))


def test_own_environment_stays_as_it_is() -> None:
    """The limit of one thread reaches Tesseract's processes and not our own environment."""
    before = dict(os.environ)
    TesseractEngine("eng").read([line("a")])
    assert dict(os.environ) == before
    assert runner.environ["OMP_THREAD_LIMIT"] == "1"


def test_crash_is_a_child_failure(fake) -> None:
    """A crash is a ChildFailure that quotes the program on one line."""
    fake("echo 'bad\nnews' >&2; exit 9")
    with pytest.raises(ChildFailure, match=r"exit code 9: bad news") as caught:
        TesseractEngine("tha").read([line("ก")])
    assert "\n" not in str(caught.value)


def test_hang_is_a_child_timeout(fake) -> None:
    """A program that does not answer is stopped and reported."""
    fake("exec sleep 60")
    with pytest.raises(ChildTimeout, match="did not answer within"):
        TesseractEngine("tha", timeout_s=0.5).read([line("ก")])


@pytest.mark.parametrize(
    "garbage",
    ["5\\tgarbage\\n", "5\\t1\\t1\\t1\\t1\\t1\\tx\\t0\\t9\\t9\\t90\\tก\\n"],
)
def test_garbage_is_a_child_failure(fake, garbage: str) -> None:
    """A table that Tesseract would not write is a ChildFailure."""
    fake(f'printf "head\\n{garbage}" > "$2.tsv"')
    with pytest.raises(ChildFailure, match="not TSV"):
        TesseractEngine("tha").read([line("ก")])


def test_answer_that_is_no_text_is_a_child_failure(fake) -> None:
    """Bytes that are no UTF-8, or no answer at all, are a ChildFailure."""
    fake('printf "\\377\\376" > "$2.tsv"')
    with pytest.raises(ChildFailure, match="no answer that can be read"):
        TesseractEngine("tha").read([line("ก")])
    fake("true")
    with pytest.raises(ChildFailure, match="no answer that can be read"):
        TesseractEngine("tha").read([line("ก")])


def test_missing_program_names_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Tesseract the error names the package to install."""
    monkeypatch.setattr(runner, "tesseract_cmd", "no-such-program")
    with pytest.raises(MissingDependency, match="tesseract-ocr"):
        TesseractEngine().read([line("ก")])


def test_program_that_vanishes_names_its_package(fake, tmp_path: Path) -> None:
    """Where Tesseract disappears after it was asked for its version, the error is the same."""
    fake("true")
    vanishing = TesseractEngine("tha")
    assert vanishing.info.sha256 is None
    (tmp_path / "tesseract").unlink()
    with pytest.raises(MissingDependency, match="tesseract-ocr"):
        vanishing.read([line("ก")])


@pytest.mark.parametrize(("name", "package"), [("eng", "tesseract-ocr-eng"), ("lao", "tesseract-ocr-lao")])
def test_missing_language_names_its_package(fake, name: str, package: str) -> None:
    """Without a language the error names the package to install."""
    fake("true")
    with pytest.raises(MissingDependency, match=package):
        TesseractEngine(name).read([line("ก")])


def test_script_models_are_found_in_their_folder() -> None:
    """A script model that is installed under script/ is asked for by that name."""
    known = Installation("5", {"tha": Path("tha"), "script/Thai": Path("Thai")})
    assert resolve("tha+Thai", known) == "tha+script/Thai"


def test_nonsense_about_itself_is_a_child_failure(fake) -> None:
    """A Tesseract that cannot say its version or languages is reported, not guessed."""
    fake("true", version="hello")
    with pytest.raises(ChildFailure, match="--version"):
        inspect(runner.tesseract_cmd, 5)
    fake("true", listing="")
    with pytest.raises(ChildFailure, match="--list-langs"):
        inspect(runner.tesseract_cmd, 5)


def test_questions_that_fail_or_hang_are_translated(tmp_path: Path) -> None:
    """A program that crashes or hangs already when asked its version gives the same errors."""
    for body, error in (("exit 3", ChildFailure), ("exec sleep 60", ChildTimeout)):
        program = tmp_path / "program"
        program.write_text(f"#!/bin/sh\n{body}\n")
        program.chmod(0o755)
        with pytest.raises(error):
            inspect(str(program), 0.5)


def test_only_word_rows_are_words() -> None:
    """Rows of blocks and lines, and words of nothing but white space, are left out; confidence is clamped to 0..1."""
    rows = [
        HEADER,
        "4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t",
        "5\t1\t1\t1\t1\t1\t1\t2\t3\t4\t130\tก",
        "5\t1\t1\t1\t1\t2\t1\t2\t3\t4\t95\t ",
    ]
    (word,) = parse_tsv("\n".join(rows))
    assert (word.text, word.confidence, word.left, word.top, word.right, word.bottom) == ("ก", 1.0, 1, 2, 4, 6)


def test_damaged_model_is_a_missing_dependency(tmp_path: Path) -> None:
    """A file that is no model of Tesseract, or lacks the part asked for, says so; an absent one has no digest."""
    broken = tmp_path / "tha.traineddata"
    broken.write_bytes(b"\x05")
    with pytest.raises(MissingDependency, match=r"tha\.traineddata"):
        characters(broken)
    broken.write_bytes((24).to_bytes(4, "little") + (-1).to_bytes(8, "little", signed=True) * 24)
    with pytest.raises(MissingDependency, match="LSTM"):
        characters(broken)
    assert digest([tmp_path / "absent"]) is None


def test_null_engine_reads_nothing() -> None:
    """The null engine answers every line with nothing and no confidence, and can write no digit."""
    null = engine("null")
    assert null.read([line("ก"), line("ข")]) == [Reading("", 0.0)] * 2
    assert null.info.name == "null" and producible_digits(null) == ""


@pytest.mark.parametrize("name", ENGINES)
def test_engines_are_made_by_name(name: str) -> None:
    """Every engine can be made by its name and says it in its info."""
    made: Engine = engine(name)
    assert made.info.name == name


def test_unknown_engine_lists_those_that_exist() -> None:
    """An unknown name is a usage error that lists the names."""
    with pytest.raises(UsageError, match=r"tesseract, laodoc-thai, null"):
        engine("oracle")


def test_engine_that_cannot_say_its_digits() -> None:
    """An engine that does not know its characters is not credited with any digit."""

    class Mute:
        info = engine("null").info

        def read(self, lines: object) -> list[Reading]:
            return []

    assert producible_digits(Mute()) == ""
