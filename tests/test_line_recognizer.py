"""Our own reader at work: what goes in, how lines are batched, how texts come out of probabilities."""

import hashlib
import math
from importlib.resources import files
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from laodoc.errors import MissingDependency
from laodoc.recognition.ctc import BeamSettings, beam_search, greedy
from laodoc.recognition.line_input import HEIGHT, MIN_WIDTH, prepare
from laodoc.recognition.line_recognizer import BATCH_COLUMNS, LineRecognizer, batches, default_weights, tidy

SYMBOLS = "กข"
SARABUN = files("fontpkg_sarabun").joinpath("files", "Sarabun-Regular.ttf")


def _scores(rows: list[list[float]]) -> np.ndarray:
    return np.log(np.array(rows, np.float32))


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


def test_bare_paper_is_not_stretched_into_ink() -> None:
    """The grain of an empty crop stays light, and a crop without pixels is white."""
    grain = np.random.default_rng(1).normal(230, 3, (60, 200)).clip(0, 255).astype(np.uint8)
    assert prepare(grain).min() > 120
    assert (prepare(np.zeros((0, 30), np.uint8)) == 255).all()
    assert prepare(np.full((48, 3), 255, np.uint8)).shape == (HEIGHT, MIN_WIDTH)


def test_the_likeliest_path_is_read_greedily() -> None:
    """Repeats are one character, and a blank between equals makes two."""
    rows = [[0.1, 0.8, 0.1], [0.1, 0.8, 0.1], [0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8]]
    assert greedy(_scores(rows), SYMBOLS) == "กกข"
    assert greedy(_scores([[0.9, 0.05, 0.05]] * 3), SYMBOLS) == ""


@pytest.mark.parametrize("seed", range(8))
def test_a_wide_beam_finds_the_true_shares(seed: int) -> None:
    """With room for all prefixes the beam's texts and confidences are those of adding up every path."""
    rng = np.random.default_rng(seed)
    scores = _scores(rng.dirichlet([0.5, 0.5, 0.5], 5).clip(1e-3).tolist())
    scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
    wanted = sorted(_shares(scores).items(), key=lambda item: -item[1])[:5]
    found = beam_search(scores, SYMBOLS, BeamSettings(width=500, floor=-50.0, sure=0.0, hopeless=-99.0))
    assert [guess.text for guess in found] == [said for said, _ in wanted]
    assert [guess.confidence for guess in found] == pytest.approx([share for _, share in wanted], rel=1e-3)


def test_doubt_gives_alternatives_and_certainty_none() -> None:
    """A step torn between two characters gives both texts; sure steps give one text worth nearly 1."""
    torn = beam_search(_scores([[0.01, 0.6, 0.39]]), SYMBOLS)
    assert [guess.text for guess in torn[:2]] == ["ก", "ข"]
    assert torn[0].confidence == pytest.approx(0.6, abs=0.01)
    sure = beam_search(_scores([[0.0005, 0.999, 0.0005], [0.999, 0.0005, 0.0005]]), SYMBOLS)
    assert [guess.text for guess in sure] == ["ก"]
    assert sure[0].confidence > 0.99


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
