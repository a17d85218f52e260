"""The language that settles doubtful readings: its probabilities, and what it may not touch."""

import math
from pathlib import Path

import numpy as np
import pytest

from laodoc.errors import MissingDependency
from laodoc.recognition.language import START, Language, class_of, installed, weighed
from laodoc.training.language import model_of, write_model

LINES = ["องค์การบริหารส่วนตำบลคลองทราย", "เทศบาลตำบลคลองใหญ่", "จำนวน 12 แห่ง", "ท้องถิ่นจังหวัด"] * 20


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Language:
    path = tmp_path_factory.mktemp("language") / "small.npz"
    write_model(path, LINES)
    return Language.load(path)


def _context(text: str) -> int:
    packed = START
    for symbol in text:
        packed = packed << 8 | class_of(symbol)
    return packed & (1 << 48) - 1


@pytest.mark.parametrize("context", ["", "ตำบล", "คลอง", "ไม่เคยเห็น"])
def test_probabilities_after_any_context_sum_to_one(context: str) -> None:
    """What follows is shared out among all characters that were ever seen, and no more than that."""
    keys, worth, rest = model_of(LINES)
    language = Language(keys, worth.astype(np.float32), rest.astype(np.float32))
    seen = {class_of(symbol) for line in LINES for symbol in line} | {START}
    total = sum(math.exp(language.worth(_context(context), number)) for number in seen)
    assert total == pytest.approx(1.0, abs=0.02)


def test_what_was_seen_is_likelier(small: Language) -> None:
    """After ตำบลคล comes อ, not ่; a file keeps that to a sixteenth."""
    assert small.worth(_context("ตำบลคล"), class_of("อ")) > small.worth(_context("ตำบลคล"), class_of("่")) + 3


def test_the_language_settles_what_the_ink_leaves_open(small: Language) -> None:
    """A speck read as a tone mark is dropped; the shares still sum to what the recognizer gave."""
    pieces = (
        (("ตำบล", 0.0),),
        (("คล่", math.log(0.55)), ("คล", math.log(0.40))),
        (("อง", 0.0),),
    )
    first, second = weighed(pieces, 0.0, small, best=5)
    assert (first.text, second.text) == ("ตำบลคลอง", "ตำบลคล่อง")
    assert first.confidence + second.confidence == pytest.approx(0.95)
    assert first.confidence > 0.8


def test_sure_ink_is_not_turned_over(small: Language) -> None:
    """A name that was never seen stays as it was read where the ink is clear."""
    pieces = ((("ตำบลคล่อง", math.log(0.999)), ("ตำบลคลอง", math.log(0.0005))),)
    assert weighed(pieces, 0.0, small, best=1)[0].text == "ตำบลคล่อง"


@pytest.mark.parametrize("texts", [("13", "12"), ("๑๔.", "๑๔,"), ("1", "7")])
def test_figures_are_read_from_their_ink_alone(small: Language, texts: tuple[str, str]) -> None:
    """The language has no say between digits, nor in what stands right behind one."""
    pieces = ((("จำนวน ", 0.0),), tuple((text, math.log(share)) for text, share in zip(texts, (0.6, 0.4), strict=True)))
    guesses = weighed(pieces, 0.0, small, best=2)
    assert [guess.confidence for guess in guesses] == pytest.approx([0.6, 0.4])
    assert guesses[0].text.endswith(texts[0])


def test_one_text_by_two_ways_counts_once(small: Language) -> None:
    """A mark that may stand in either of two pieces makes one text with both shares."""
    pieces = (
        (("ก", math.log(0.5)), ("กข", math.log(0.5))),
        (("ขค", math.log(0.5)), ("ค", math.log(0.5))),
    )
    shares = {guess.text: guess.confidence for guess in weighed(pieces, 0.0, small, best=5, weight=0.0)}
    assert shares["กขค"] == pytest.approx(0.5)


def test_the_installed_language_knows_thai() -> None:
    """ท้องถิ่น is likelier than ท้องถิน."""
    language = installed()
    right = language.worth(_context("ส่วนท้องถิ"), class_of("่"))
    assert right > language.worth(_context("ส่วนท้องถิ"), class_of("น"))


@pytest.mark.parametrize("content", [None, b"no model"])
def test_a_language_that_is_not_there_is_a_missing_dependency(tmp_path: Path, content: bytes | None) -> None:
    """Neither absent nor damaged files crash the product with a foreign error."""
    path = tmp_path / "language.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(MissingDependency):
        Language.load(path)
