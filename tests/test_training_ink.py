"""The room that makes the ink map: composed pages and their truth, the trainer, the export, the command."""

import warnings
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from random import Random

import numpy as np
import pytest
from PIL import features

from laodoc.errors import UsageError
from laodoc.ink.kinds import INPUTS, MARGIN, Kind
from laodoc.ink.planes import NEUTRAL, PAPER, planes, with_margin

PROSE = "กรมส่งเสริมการปกครองท้องถิ่นแจ้งว่า มีองค์กร 25 แห่ง ที่ดำเนินการครบถ้วน และอีก 1,204 แห่ง ยังไม่แล้วเสร็จ"
MANY = 9
"""Pages on which every kind of ink must have come up: the rarest, a tick box, is on two in five."""
SMALL = 128
"""Side of a lesson in the tests: small ones learn faster."""


@pytest.fixture(scope="module")
def font_folder() -> Path:
    pytest.importorskip("fontTools")
    if not features.check("raqm"):
        pytest.skip("Pillow cannot shape Thai here")
    try:
        return Path(str(files("fontpkg_sarabun")))
    except ModuleNotFoundError:
        pytest.skip("fontpkg-sarabun is not installed")


@pytest.fixture(scope="module")
def digits_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("digits") / "digits.npz"
    images = np.full((40, 64, 64), 255, np.uint8)
    for number, image in enumerate(images):
        image[10:50, 20 + number % 4 : 26 + number % 4] = 0
        if number % 2:
            image[10:16, 20:50] = 0
    np.savez(path, images=images, labels=np.where(np.arange(40) % 2, 7, 10))
    (path.parent / "README.md").write_text("| file | licence |\n|---|---|\n| digits.npz | MIT |\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def material(font_folder: Path, digits_file: Path):  # type: ignore[no-untyped-def]
    from laodoc.training.fonts import find_faces
    from laodoc.training.hand import load_digits
    from laodoc.training.ink.desk import Material

    faces = find_faces([font_folder])
    written = tuple(replace(face, hand=True) for face in faces if "Italic" in face.path)
    return Material((*faces, *written), (PROSE,), load_digits([digits_file]))


@pytest.fixture(scope="module")
def sheets(material):  # type: ignore[no-untyped-def]
    from laodoc.training.ink.pages import page

    return [page(Random(f"test/{number}"), material) for number in range(MANY)]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A trainer that steps on two small lessons at a time; OpenCV gets back the threads that it takes away."""
    import cv2

    pytest.importorskip("torch")
    threads = cv2.getNumThreads()
    monkeypatch.setattr("laodoc.training.ink.pages.CROP", SMALL)
    monkeypatch.setattr("laodoc.training.ink.train.BATCH", 2)
    monkeypatch.setattr("laodoc.training.ink.train.POOL", 4)
    monkeypatch.setattr("laodoc.training.ink.train.LOG_STEPS", 1)
    yield
    cv2.setNumThreads(threads)


def test_planes_show_colour_where_there_is_any() -> None:
    """Darkness as it is; red and blue against green; nothing of colour where the page is grey or has none."""
    grey = np.full((2, 3), 90, np.uint8)
    red = np.zeros((2, 3, 3), np.uint8)
    red[..., 0] = 255
    made = planes(grey, red)
    assert made.shape == (INPUTS, 2, 3) and made.dtype == np.uint8
    assert (made[0] == 90).all()
    assert (made[1] > 250).all() and (made[2] == NEUTRAL).all()
    for image in (None, np.repeat(grey[..., None], 3, axis=2)):
        assert (planes(grey, image)[1:] == NEUTRAL).all()


def test_a_page_lies_on_blank_paper() -> None:
    """The net is given a margin, and more paper where asked for: without ink, without colour."""
    framed = with_margin(np.zeros((1, INPUTS, 6, 8), np.uint8), 10, 8)
    assert framed.shape == (1, INPUTS, 10 + 2 * MARGIN, 8 + 2 * MARGIN)
    assert not framed[:, :, MARGIN : MARGIN + 6, MARGIN:-MARGIN].any()
    for part in (framed[..., :MARGIN], framed[..., -MARGIN:], framed[:, :, :MARGIN], framed[:, :, MARGIN + 6 :]):
        assert (part[:, 0] == PAPER).all() and (part[:, 1:] == NEUTRAL).all()


def test_the_same_seed_gives_the_same_page(material, sheets) -> None:  # type: ignore[no-untyped-def]
    """Picture and truth, to the last pixel; and the scan of it too. Another seed gives another page."""
    from laodoc.training.ink.pages import page, seen

    again = page(Random("test/0"), material)
    assert np.array_equal(again.image, sheets[0].image)
    assert np.array_equal(again.kinds, sheets[0].kinds)
    first, second = (seen(Random(4), again) for _ in range(2))
    assert np.array_equal(first.planes, second.planes) and np.array_equal(first.weights, second.weights)
    assert not np.array_equal(again.image[:900, :900], sheets[1].image[:900, :900])


def test_every_kind_of_ink_comes_up(sheets) -> None:  # type: ignore[no-untyped-def]
    """No kind is forgotten, and print and pen are on nearly every page."""
    there = np.array([[bool(sheet.kinds[kind].any()) for kind in Kind] for sheet in sheets])
    assert there.any(axis=0).all()
    assert there[:, Kind.PRINT].mean() > 0.9 and there[:, Kind.HAND].mean() > 0.8


def test_truth_lies_where_ink_is(sheets) -> None:  # type: ignore[no-untyped-def]
    """What is told of has darkened the paper; and what is much darker than the paper is told of."""
    for sheet in sheets[:6]:
        image, kinds = sheet.image[::3, ::3].astype(np.int16), sheet.kinds[:, ::3, ::3] > 0
        darker = (np.median(image.reshape(-1, 3), axis=0) - image).max(axis=2)
        kinds[Kind.FIGURE] &= darker > 5  # a photograph may be as light as paper
        assert (darker[kinds.any(axis=0)] > 5).mean() > 0.97
        assert kinds.any(axis=0)[darker > 150].mean() > 0.97


def test_ink_keeps_to_its_place() -> None:
    """What is laid darkens just there, of the kinds said; soft edges are not told of; what hangs over is cut off."""
    from laodoc.training.ink.sheet import Sheet

    sheet = Sheet(40, 30, (255, 255, 255))
    ink = np.full((10, 10), 255, np.uint8)
    ink[:, 0] = 30
    sheet.lay(ink, 35, -5, Kind.STAMP, Kind.PRINT)
    for kind in Kind:
        rows, columns = np.nonzero(sheet.kinds[kind])
        assert (len(rows) > 0) == (kind in (Kind.STAMP, Kind.PRINT))
        if len(rows):
            assert (rows.max(), columns.min(), columns.max()) == (4, 36, 39)
    assert (sheet.image[:5, 36:] < 40).all() and (sheet.image[5:] == 255).all()
    assert (sheet.image[:5, 35] < 255).all()
    sheet.lay(ink, 100, 100, Kind.DIRT)
    assert not sheet.kinds[Kind.DIRT].any()


def test_a_printer_has_no_handwriting(material) -> None:  # type: ignore[no-untyped-def]
    """What the page's own face cannot draw is set in another printed one, or not at all: never in a hand."""
    from laodoc.training.ink.desk import Desk, Material, say
    from laodoc.training.ink.sheet import Sheet

    whole = next(face for face in material.faces if not face.hand)
    poor, hand = replace(whole, symbols=frozenset("ก")), replace(whole, hand=True)
    for faces, is_set in (((poor, hand), False), ((poor, hand, whole), True)):
        sheet = Sheet(400, 100, (255, 255, 255))
        desk = Desk(sheet, Random(1), Material(faces, (PROSE,), {}), poor, 1.0)
        assert (say(desk, "ขคง", 20, 60) > 0) == is_set
        assert sheet.kinds[Kind.PRINT].any() == is_set


def test_lessons_have_the_promised_shapes(sheets) -> None:  # type: ignore[no-untyped-def]
    """Crops of one size, the truth at half the resolution; ink weighs most, and what the scanner lost nothing."""
    from laodoc.training.ink.pages import CROP, HALVES, INKED, crops, seen

    for sheet in sheets[:3]:
        lesson = seen(Random(2), sheet)
        width, height = sheet.size
        assert lesson.planes.shape == (INPUTS, height, width)
        assert lesson.kinds.shape[1:] == lesson.weights.shape == (height // 2, width // 2)
        assert set(np.unique(lesson.kinds)) <= {0, 1}
        assert lesson.kinds.any(axis=0)[lesson.weights == INKED].all()
        cut = list(crops(Random(3), lesson, 4))
        assert len(cut) == 4
        for each in cut:
            side = CROP // HALVES
            assert each.planes.shape == (INPUTS, CROP, CROP)
            assert each.kinds.shape == (len(Kind), side, side)
            assert each.weights.shape == (side, side)


def test_the_licence_of_the_data_is_read_beside_it(digits_file: Path, tmp_path: Path) -> None:
    """From the table in the README; where there is none the card says so."""
    from laodoc.training.ink.card import licence

    assert licence(digits_file) == "MIT"
    assert "not told" in licence(tmp_path / "other.npz")


def test_scores_count_places_with_ink() -> None:
    """Right, wrong and missed, only where the mask holds; scores add up."""
    from laodoc.training.ink.measure import scored

    said, true, ink = (np.array(row, bool) for row in ([1, 1, 0, 0, 1], [1, 0, 1, 0, 1], [1, 1, 1, 1, 0]))
    score = scored(said, true, ink)
    assert (score.hits, score.wrong, score.missed) == (1, 1, 1)
    assert (score.precision, score.recall, score.f1) == (0.5, 0.5, 0.5)
    assert (score + score).hits == 2
    assert scored(ink & False, true & False, ink).f1 == 0


def test_the_loss_falls(small: None, sheets) -> None:  # type: ignore[no-untyped-def]
    """A few steps on one batch bring the loss down; two and two with a checkpoint between are the same four."""
    import torch

    from laodoc.training.ink.pages import crops, seen
    from laodoc.training.ink.train import Trainer, batch_of
    from laodoc.training.train import TrainSettings

    batch = batch_of(list(crops(Random(5), seen(Random(5), sheets[0]), 2)))
    settings = TrainSettings(rate=2e-3, warm_up=1)
    whole, resumed = Trainer(settings), Trainer(settings)
    losses = [whole.step(batch)[0] for _ in range(2)]
    resumed.restore(deepcopy(whole.state()))
    losses += [whole.step(batch)[0] for _ in range(2)]
    assert losses[-1] < 0.9 * losses[0]
    for _ in range(2):
        resumed.step(batch)
    assert resumed.steps == 4
    assert all(torch.equal(value, resumed.average[name]) for name, value in whole.average.items())


def test_a_run_goes_on_and_is_published(
    small: None, font_folder: Path, digits_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`laodoc train-ink` writes a checkpoint and goes on from it; its net is exported with a card and small weights,
    from which another run begins."""
    pytest.importorskip("onnx")
    pytest.importorskip("matplotlib")
    import torch

    from laodoc.training.command import Material, TrainRequest
    from laodoc.training.ink.command import PublishRequest, run_publishing, run_training
    from laodoc.training.ink.train import CHECKPOINT

    monkeypatch.setattr("laodoc.training.ink.export.AGREEMENT", 0.0)  # two steps have taught it nothing to agree on
    monkeypatch.setattr("laodoc.training.ink.export.CALIBRATED_ON", 1)
    (tmp_path / "text.txt").write_text(f"{PROSE}\n{PROSE}\n", encoding="utf-8")
    sources = Material(text=tmp_path / "text.txt", fonts=[font_folder], hand=[digits_file])
    run, models = tmp_path / "run", tmp_path / "models"
    run_training(TrainRequest(material=sources, out=run, steps=1))
    run_training(TrainRequest(material=sources, out=run, steps=2, cool_down=1))
    assert torch.load(run / CHECKPOINT, weights_only=True)["steps"] == 2
    rows = (run / "log.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0].startswith("step,hours,loss,print,hand") and [row[0] for row in rows[1:]] == ["1", "2"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch's exporter warns of its own parts
        run_publishing(PublishRequest(sources, run, models, "test", "laodoc train-ink", pages=1))
    card = (models / "laodoc-ink.md").read_text(encoding="utf-8")
    for said in ("2 steps", "From step 1: seed 1", "cool down 1", "licence: MIT", "Sarabun", "| leader |", "F1"):
        assert said in card
    small_weights = models / "checkpoint" / "laodoc-ink.pt"
    assert small_weights.stat().st_size < 5_000_000
    run_training(TrainRequest(material=sources, out=tmp_path / "other", steps=1, start=small_weights))
    assert torch.load(tmp_path / "other" / CHECKPOINT, weights_only=True)["steps"] == 1


def test_what_pages_are_made_of_is_asked_for(tmp_path: Path) -> None:
    """Without text or fonts, or with fonts of no use, nothing is trained."""
    pytest.importorskip("fontTools")
    if not features.check("raqm"):
        pytest.skip("Pillow cannot shape Thai here")
    from laodoc.training.command import Material
    from laodoc.training.ink.command import material_of

    (tmp_path / "text.txt").write_text(PROSE, encoding="utf-8")
    for sources in (Material(None, [tmp_path]), Material(tmp_path / "text.txt", ())):
        with pytest.raises(UsageError, match="--text and --fonts"):
            material_of(sources)
    with pytest.raises(UsageError, match="no font"):
        material_of(Material(tmp_path / "text.txt", [tmp_path]))


def test_the_command_passes_on_what_was_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Options arrive in the requests; --publish trains nothing."""
    from typer.testing import CliRunner

    from laodoc.cli.application import app

    asked: list[object] = []
    monkeypatch.setattr("laodoc.training.ink.command.run_training", asked.append)
    monkeypatch.setattr("laodoc.training.ink.command.run_publishing", asked.append)
    words = ["train-ink", "--out", str(tmp_path), "--text", "a.txt", "--fonts", "b", "--fonts", "c", "--seed", "3"]
    assert CliRunner().invoke(app, [*words, "--steps", "9", "--cool-down", "4"]).exit_code == 0
    assert CliRunner().invoke(app, [*words, "--publish", "models", "--version", "1.0"]).exit_code == 0
    trained, published = asked
    assert (trained.seed, trained.steps, trained.cool_down, trained.rate) == (3, 9, 4, 2e-3)  # type: ignore[attr-defined]
    assert trained.material.fonts == [Path("b"), Path("c")]  # type: ignore[attr-defined]
    assert (published.run, published.models, published.version) == (tmp_path, Path("models"), "1.0")  # type: ignore[attr-defined]
