"""Our own reader at work: what goes in, how lines are batched, how texts come out of probabilities."""

import hashlib
import math
from importlib.resources import files
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from laodoc.document import BBox
from laodoc.errors import MissingDependency
from laodoc.recognition.ctc import BeamSettings, characters, find_pieces
from laodoc.recognition.decoding import decode, held, texts
from laodoc.recognition.line_input import HEIGHT, MIN_WIDTH, prepare
from laodoc.recognition.line_recognizer import (
    BATCH_COLUMNS,
    LineRecognizer,
    batches,
    default_weights,
    fitted,
    tidy,
)
from laodoc.recognition.page import is_plain_text
from laodoc.recognition.reading import Character, Guess, LineReading, Reading

SYMBOLS = "กข"
SARABUN = files("fontpkg_sarabun").joinpath("files", "Sarabun-Regular.ttf")


def _scores(rows: list[list[float]]) -> np.ndarray:
    return np.log(np.array(rows, np.float32))


PLAIN = BeamSettings()


def beam_search(scores: np.ndarray, settings: BeamSettings = PLAIN) -> list[Guess]:
    """The likeliest texts of a line, as the reader puts them together."""
    pieces, blanks = find_pieces(scores, SYMBOLS, settings)
    return texts([piece.guesses for piece in pieces], blanks, best=5, width=settings.width)


def _shares(scores: np.ndarray) -> dict[str, float]:
    """The probability of each text by adding up all paths: what the beam search must find."""
    found: dict[str, float] = {}
    for path in product(range(scores.shape[1]), repeat=scores.shape[0]):
        kept = [n for i, n in enumerate(path) if n and (i == 0 or path[i - 1] != n)]
        said = "".join(SYMBOLS[n - 1] for n in kept)
        found[said] = found.get(said, 0.0) + math.exp(sum(float(scores[i, n]) for i, n in enumerate(path)))
    return found


def test_a_line_is_brought_to_the_readers_height_and_full_contrast() -> None:
    """Faint ink on grey paper comes out black on white, at 48 rows, in its own shape."""
    line = np.full((106, 400), 190, np.uint8)
    line[35:65, 100:140] = 120
    image = prepare(line)
    assert image.shape == (HEIGHT, 200)
    assert image[40, 10] == 255
    assert image[22, 60] == 0


def test_light_letters_on_a_dark_field_are_turned_over() -> None:
    """The head of a table in white on blue comes out as black on white; bold print does not."""
    dark = np.full((106, 400), 60, np.uint8)
    dark[35:65, 100:140] = 235
    image = prepare(dark)
    assert image[40, 10] == 255 and image[22, 60] == 0
    bold = np.full((106, 400), 235, np.uint8)
    bold[30:70, 40:220] = 30
    assert prepare(bold)[22, 60] == 0 and prepare(bold)[3, 180] == 255


def test_bare_paper_is_not_stretched_into_ink() -> None:
    """The grain of an empty crop stays light, and a crop without pixels is white."""
    grain = np.random.default_rng(1).normal(230, 3, (60, 200)).clip(0, 255).astype(np.uint8)
    assert prepare(grain).min() > 120
    assert (prepare(np.zeros((0, 30), np.uint8)) == 255).all()
    assert prepare(np.full((48, 3), 255, np.uint8)).shape == (HEIGHT, MIN_WIDTH)


@pytest.mark.parametrize("seed", range(8))
def test_a_wide_beam_finds_the_true_shares(seed: int) -> None:
    """With room for all prefixes the beam's texts and confidences are those of adding up every path."""
    rng = np.random.default_rng(seed)
    scores = _scores(rng.dirichlet([0.5, 0.5, 0.5], 5).clip(1e-3).tolist())
    scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
    wanted = sorted(_shares(scores).items(), key=lambda item: -item[1])[:5]
    found = beam_search(scores, BeamSettings(width=500, floor=-50.0, sure=0.0, hopeless=-99.0))
    assert [guess.text for guess in found] == [said for said, _ in wanted]
    assert [guess.confidence for guess in found] == pytest.approx([share for _, share in wanted], rel=1e-3)


def test_doubt_gives_alternatives_and_certainty_none() -> None:
    """A step torn between two characters gives both texts; sure steps give one text worth nearly 1."""
    torn = beam_search(_scores([[0.01, 0.6, 0.39]]))
    assert [guess.text for guess in torn[:2]] == ["ก", "ข"]
    assert torn[0].confidence == pytest.approx(0.6, abs=0.01)
    sure = beam_search(_scores([[0.0005, 0.999, 0.0005], [0.999, 0.0005, 0.0005]]))
    assert [guess.text for guess in sure] == ["ก"]
    assert sure[0].confidence > 0.99


def test_pieces_between_sure_blanks_are_searched_alone() -> None:
    """Sure blanks part a line; its shares are those of a search of the whole line."""
    blank = [0.9999, 0.00005, 0.00005]
    rows = [blank, [0.3, 0.5, 0.2], blank, blank, [0.05, 0.15, 0.8], [0.6, 0.1, 0.3], blank]
    pieces, rest = find_pieces(_scores(rows), SYMBOLS)
    assert [(piece.start, piece.end) for piece in pieces] == [(1, 2), (4, 6)]
    assert rest == pytest.approx(4 * math.log(0.9999), abs=1e-4)
    apart = {guess.text: guess.confidence for guess in beam_search(_scores(rows))}
    wanted = sorted(_shares(_scores(rows)).items(), key=lambda item: -item[1])[:5]
    assert list(apart) == [text for text, _ in wanted]
    assert list(apart.values()) == pytest.approx([share for _, share in wanted], rel=0.02)


def test_a_character_has_its_place_and_its_own_confidence() -> None:
    """The torn character is unsure, its sure neighbour is not; each stands in the middle of its steps."""
    blank = [0.9999, 0.00005, 0.00005]
    rows = [[0.0001, 0.9998, 0.0001], [0.0001, 0.9998, 0.0001], blank, [0.01, 0.6, 0.39], blank]
    (first, sure), (second, torn) = characters(find_pieces(_scores(rows), SYMBOLS)[0])
    assert (first, second) == ("ก", "ก")
    assert (sure.place, torn.place) == (0.5, 3.0)
    assert sure.confidence > 0.99
    assert torn.confidence == pytest.approx(0.6, abs=0.01)


def test_characters_follow_the_spelling_of_the_text() -> None:
    """Marks put in order and spaces dropped keep the places of what they were made of."""
    found = [(symbol, Character(0.9, float(step))) for step, symbol in enumerate("นํ้า  ใ")]
    spelled = list(fitted(tidy("นํ้า  ใ"), found, steps=7))
    assert len(spelled) == len(tidy("นํ้า  ใ"))
    assert [character.place for character in spelled] == sorted(character.place for character in spelled)
    assert spelled[0] == Character(0.9, 0.0)
    assert spelled[-1] == Character(0.9, 1.0)


def test_a_line_is_read_again_as_what_it_must_be() -> None:
    """Where the likeliest text is no number, its pieces are put together from those readings that are."""
    torn = ((("l", math.log(0.6)), ("1", math.log(0.4))),)
    reading = Reading("l25", 0.6, (), (), (*torn, (("2", 0.0),), (("S", math.log(0.8)), ("5", math.log(0.2)))))
    number = decode(reading, str.isdigit, "0123456789")
    assert number is not None
    assert number.text == "125"
    assert number.confidence == pytest.approx(0.08)
    assert decode(reading, str.isdigit) is None
    assert decode(Reading("รวม", 1.0, (), (), ((("ร", 0.0),), (("วม", 0.0),))), str.isdigit, "0123456789") is None


def test_a_place_to_fill_in_is_read_as_what_it_may_hold() -> None:
    """Among digits the ink's likeliest stand, however likely letters are; what is hardly digits at all is none."""

    def digits(text: str) -> str | None:
        return text.replace(" ", "") if text.replace(" ", "").isdigit() else None

    pieces = (
        (("l", math.log(0.6)), ("1", math.log(0.4))),
        (("2", math.log(0.9)), (" 2", math.log(0.05)), ("7", math.log(0.05))),
    )
    found = held(Reading("l2", 0.54, (), (), pieces), digits, "0123456789 ")
    assert found is not None and found.text == "12"
    assert found.confidence == pytest.approx(0.95)
    word = ((("สมชาย", math.log(0.95)), ("1", math.log(0.01))),)
    assert held(Reading("สมชาย", 0.95, (), (), word), digits, "0123456789 ") is None


def test_every_line_is_in_one_batch_and_no_batch_is_too_wide() -> None:
    """Batches part the lines by width; only a line that is alone may be wider than a batch."""
    widths = [40, 4000, 90, 1000, 9000, 41, 300]
    made = list(batches(widths))
    assert sorted(index for group in made for index in group) == list(range(len(widths)))
    assert all(len(group) == 1 or max(widths[i] for i in group) * len(group) <= BATCH_COLUMNS for group in made)
    assert list(batches([])) == []


def test_a_text_is_in_normal_spelling_with_single_spaces() -> None:
    """Marks in their order, no spaces at the ends, one between words."""
    assert tidy("  นํ้า   ใจ ") == "น้ำ ใจ"


def test_weights_that_are_not_there_are_a_missing_dependency(tmp_path: Path) -> None:
    """Neither absent nor damaged weights crash the product with a foreign error."""
    with pytest.raises(MissingDependency):
        LineRecognizer(tmp_path / "absent.onnx").read([np.full((48, 90), 255, np.uint8)])
    (tmp_path / "damaged.onnx").write_bytes(b"no model")
    with pytest.raises(MissingDependency):
        LineRecognizer(tmp_path / "damaged.onnx").read([np.full((48, 90), 255, np.uint8)])


def test_no_lines_cost_nothing(tmp_path: Path) -> None:
    """An empty page does not even need the weights."""
    assert LineRecognizer(tmp_path / "absent.onnx").read([]) == []


SAID = ("ที่ มท ๐๘๑๐.๒/ว ๑๗๕๖", "๑,๒๐๔.๖๗", "จังหวัดกาฬสินธุ์", "อบต.ทุ่งกุลา", "www.dla.go.th")


@pytest.fixture(scope="module")
def installed() -> LineRecognizer:
    return LineRecognizer()


@pytest.fixture(scope="module")
def printed() -> list[np.ndarray]:
    return [_printed(said, 60) for said in SAID]


def _printed(said: str, size: int) -> np.ndarray:
    """A line in its band, as the layout room cuts it: 2.3 heights of a consonant above the baseline, one below."""
    font = ImageFont.truetype(str(SARABUN), size, layout_engine=ImageFont.Layout.RAQM)
    body = -font.getbbox("ก", anchor="ls")[1]
    width = round(font.getlength(said)) + body
    picture = Image.new("L", (width, round(3.6 * body)), 255)
    ImageDraw.Draw(picture).text((body / 2, 2.45 * body), said, fill=20, font=font, anchor="ls")
    return np.asarray(picture)


def test_the_installed_model_reads_print(installed: LineRecognizer, printed: list[np.ndarray]) -> None:
    """Clean lines of prose, figures, names and Latin are read to the letter, in the order in which they were given."""
    assert [reading.text for reading in installed.read(printed)] == list(SAID)


def test_bare_paper_says_nothing(installed: LineRecognizer) -> None:
    """Nothing is invented on white."""
    assert [reading.text for reading in installed.read([np.full((86, 300), 255, np.uint8)])] == [""]


def test_a_line_reads_the_same_alone_and_in_a_batch(installed: LineRecognizer, printed: list[np.ndarray]) -> None:
    """What stands beside a line in its batch changes neither its text nor, beyond rounding, its confidence."""
    together = installed.read(printed)
    alone = [installed.read([line])[0] for line in printed]
    assert [reading.text for reading in together] == [reading.text for reading in alone]
    assert [r.confidence for r in together] == pytest.approx([r.confidence for r in alone], abs=0.02)


def test_the_model_says_what_it_is(installed: LineRecognizer) -> None:
    """Name, version and digest stand in every record, and all Thai digits can be answered."""
    assert installed.info.name == "laodoc-thai"
    assert installed.info.version != "0"
    assert installed.info.sha256 == hashlib.sha256(default_weights().read_bytes()).hexdigest()
    assert installed.producible_digits() == "๐๑๒๓๔๕๖๗๘๙"


def test_the_card_names_the_file_that_is_there() -> None:
    """The model card's digest is that of the installed weights."""
    digest = hashlib.sha256(default_weights().read_bytes()).hexdigest()
    assert digest in default_weights().with_suffix(".md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "confidence", "plain"), [("๑๒", 0.95, True), ("ทต.", 0.5, False), ("✓", 0.99, False), ("", 0.0, False)]
)
def test_only_sure_text_of_several_characters_is_never_a_mark(text: str, confidence: float, plain: bool) -> None:
    """A check is at times read as a letter or two: such cells are still looked at as marks."""
    line = LineReading(Reading(text, confidence), BBox(0, 0, 9, 9))
    assert is_plain_text([line]) is plain
