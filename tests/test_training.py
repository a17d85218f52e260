"""The training room: synthetic lines, the trainer, its checkpoint, the export."""

import re
import warnings
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from random import Random

import cv2
import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("fontTools")
pytest.importorskip("matplotlib")

import torch
from PIL import features

from laodoc.errors import AccessError, UsageError
from laodoc.recognition.line_input import HEIGHT
from laodoc.training import clutter, drawing, fonts, forms, hand, lines, machines, text, wear
from laodoc.training.alphabet import SYMBOLS, collapse, encode, known
from laodoc.training.command import Material, PublishRequest, TrainRequest, run_publishing, run_training, source_of
from laodoc.training.drawing import draw
from laodoc.training.filled import filled
from laodoc.training.train import CHECKPOINT, Place, Trainer, TrainSettings, rate_at, train

pytestmark = pytest.mark.skipif(not features.check("raqm"), reason="Pillow cannot shape Thai here")

PROSE = "กรมส่งเสริมการปกครองท้องถิ่นแจ้งว่า มีองค์กร 25 แห่ง ที่ดำเนินการครบถ้วน และอีก 1,204 แห่ง ยังไม่แล้วเสร็จ"
SMALL = (128, 256)
"""Buckets of the tests: short lines learn and compile faster."""


@pytest.fixture(scope="module")
def font_folder() -> Path:
    return Path(str(files("fontpkg_sarabun"))) if _has_sarabun() else pytest.skip("fontpkg-sarabun is not installed")


def _has_sarabun() -> bool:
    try:
        return bool(files("fontpkg_sarabun"))
    except ModuleNotFoundError:
        return False


@pytest.fixture(autouse=True)
def few_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "DRAWS", 60)
    monkeypatch.setattr(lines, "BATCH_AREA", 1500)


@pytest.fixture(scope="module")
def faces(font_folder: Path) -> tuple[fonts.Face, ...]:
    return fonts.find_faces([font_folder])


@pytest.fixture(scope="module")
def digits(tmp_path_factory: pytest.TempPathFactory) -> hand.Digits:
    path = tmp_path_factory.mktemp("digits") / "digits.npz"
    rng = np.random.default_rng(1)
    images = np.full((40, 64, 64), 255, np.uint8)
    for number, image in enumerate(images):
        left = 20 + int(rng.integers(0, 4))
        image[10:50, left : left + 6] = 0
        if number % 2:
            image[10:16, left : left + 30] = 0
    np.savez(path, images=images, labels=np.where(np.arange(40) % 2, 7, 10))
    return hand.load_digits([path])


@pytest.fixture(scope="module")
def source(faces: tuple[fonts.Face, ...], digits: hand.Digits) -> lines.Source:
    return lines.Source(faces=faces, paragraphs=(PROSE,), digits=digits, buckets=SMALL)


def test_the_alphabet_has_what_letters_use_once_each() -> None:
    """Every character has one class, and all that the issue names are there."""
    assert len(set(SYMBOLS)) == len(SYMBOLS)
    assert known("ฃฅฌฦฯๆ๏๚๛฿๐๙09azAZ~“”‘’–—✓✗×ำ์็ํ")
    assert not known("☃")


def test_a_path_collapses_to_the_text_it_was_made_of() -> None:
    """Blanks part equal characters; repeats without a blank are one."""
    classes = encode("๒๒ก")
    assert collapse([0, classes[0], classes[0], 0, classes[1], classes[2], 0]) == "๒๒ก"


def test_every_kind_of_line_says_only_what_the_alphabet_has() -> None:
    """Three hundred lines of all kinds are in the alphabet, in normal spelling, without double spaces or leaders."""
    rng = Random(3)
    said = [text.line(rng, (PROSE,)) for _ in range(300)]
    assert all(known(line) and line == text.clean(line) and "...." not in line for line in said)
    assert any(any(digit in line for digit in forms.THAI_DIGITS) for line in said)
    assert any("@" in line or "." in line for line in said)


def test_a_paragraph_is_either_trained_on_or_held_out(tmp_path: Path) -> None:
    """The text file is parted so that no held-out paragraph is among those trained on."""
    path = tmp_path / "text.txt"
    path.write_text("\n".join(f"ย่อหน้าที่ {i}" for i in range(120)), encoding="utf-8")
    corpus = text.load_corpus(path)
    assert len(corpus.train) + len(corpus.held_out) == 120
    assert len(corpus.held_out) == 3
    assert not set(corpus.train) & set(corpus.held_out)


@pytest.mark.parametrize("name", ["absent.txt", "damaged.xz"])
def test_text_that_cannot_be_read_is_an_access_error(tmp_path: Path, name: str) -> None:
    """A missing or damaged text file is told as such."""
    (tmp_path / "damaged.xz").write_bytes(b"no archive")
    with pytest.raises(AccessError):
        text.load_corpus(tmp_path / name)


@pytest.mark.parametrize(
    "name",
    [
        "THNiramitAS-Bold",
        "THKodchasal-Regular",
        "TH Kodchasal Bold",
        "Kodchasan_400Regular",
        "THChakraPetch-Italic",
        "ChakraPetch-Bold",
    ],
)
def test_held_out_families_are_known_by_name(name: str) -> None:
    """The families that test the reader are never taken for training."""
    assert fonts.HELD_OUT.search(name)
    assert not any(fonts.HELD_OUT.search(other) for other in ("THSarabunNew-Bold", "AngsanaNew"))


def test_a_face_draws_only_what_it_has_a_glyph_for(faces: tuple[fonts.Face, ...], font_folder: Path) -> None:
    """A character that no face has finds none, one that all have finds one, and nothing here is held out."""
    assert fonts.pick(Random(1), faces, "กุ้ง ๑๒") in faces
    assert fonts.pick(Random(1), faces, "☃") is None
    assert fonts.find_faces([font_folder], held_out=True) == ()


def test_a_drawn_line_keeps_its_marks_and_descenders(faces: tuple[fonts.Face, ...]) -> None:
    """Piled marks and low tails stay inside the crop: its edges are mostly free."""
    rng = Random(5)
    free = 0
    for _ in range(40):
        ink = draw(rng, rng.choice(faces), "ปี้ฎู", 60)
        assert ink.shape[0] == 60
        assert ink.max() > 200
        free += ink[0].max() < 128 and ink[-1].max() < 128
    assert free >= 30


def test_every_look_keeps_dark_ink_on_light_paper(faces: tuple[fonts.Face, ...]) -> None:
    """Print, office scan, photocopy and fax all leave the strokes darker than the ground."""
    rng = Random(7)
    for look in ("print", "office", "photocopy", "fax"):
        ink = draw(rng, faces[0], "องค์การบริหาร", 60)
        picture = wear.scanned(rng, ink, look)
        assert picture.dtype == np.uint8
        assert np.percentile(picture, 2) + 40 < np.median(picture)


def test_clutter_adds_ink_and_leaders_make_room(faces: tuple[fonts.Face, ...]) -> None:
    """Rulings, specks and strokes only darken; leaders beside the text make the crop wider or keep its width."""
    rng = Random(11)
    ink = draw(rng, faces[0], "เรื่อง", 48).copy()
    before = int(ink.astype(int).sum())
    for _ in range(6):
        clutter.rulings(rng, ink)
        clutter.specks(rng, ink, 4.0)
        clutter.strokes(rng, ink, faint=True)
    assert int(ink.astype(int).sum()) > before
    assert clutter.leaders(rng, ink).shape[1] >= ink.shape[1]
    assert clutter.signature(rng, 48).shape[0] == 48


def test_mislabelled_handwriting_is_left_out(tmp_path: Path) -> None:
    """A picture that looks like those of another label is not used under its own."""
    images = np.full((33, 32, 32), 255, np.uint8)
    images[:16, 4:28, 14:18] = 0
    images[16:, 14:18, 4:28] = 0
    images[16:, 4:28, 24:28] = 0
    labels = np.array([1] * 16 + [2] * 16 + [1])
    np.savez(tmp_path / "digits.npz", images=images, labels=labels)
    found = hand.load_digits([tmp_path / "digits.npz"])
    assert {name: len(inks) for name, inks in found.items()} == {"๑": 16, "๒": 16}


def test_handwriting_that_is_not_there_is_an_access_error(tmp_path: Path) -> None:
    """A file without the two arrays is told as such."""
    np.savez(tmp_path / "other.npz", pictures=np.zeros(3))
    with pytest.raises(AccessError):
        hand.load_digits([tmp_path / "other.npz"])


def test_handwritten_stamps_use_the_written_digits(digits: hand.Digits, faces: tuple[fonts.Face, ...]) -> None:
    """What is written says what its label says, with ink in it; without a hand-like face nothing is written."""
    as_hand = tuple(_as_hand(face) for face in faces)
    made = [hand.written(Random(i), as_hand, digits, 48) for i in range(30)]
    assert all(item is None or (item[0] and item[1].shape[0] == 48 and item[1].max() > 100) for item in made)
    assert any(item is not None for item in made)
    assert hand.written(Random(1), faces, digits, 48) is None


def test_what_a_pen_fills_in_stands_among_print(digits: hand.Digits, faces: tuple[fonts.Face, ...]) -> None:
    """Number, day or amount in their place in the text; a word that nobody can read is not in it."""
    with_hands = (*faces, *(_as_hand(face) for face in faces))
    made = [filled(Random(i), with_hands, digits, (PROSE,), 48) for i in range(60)]
    assert all(item and item[1].shape[0] == 48 and item[1].max() > 100 for item in made)
    said = [item[0] for item in made if item]
    assert all(known(text_) and "  " not in text_ and "\0" not in text_ for text_ in said)
    assert any(re.match(r"ที่ \S+ \S+/[0-9๐-๙]+$", text_) for text_ in said)
    assert any(re.search(r"[0-9๐-๙]+ (?:มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม)", text_) for text_ in said)
    assert filled(Random(1), faces, digits, (PROSE,), 48) is None


@pytest.mark.parametrize("machine", [machines.typed, machines.dotted])
def test_machines_print_what_they_are_given(
    machine: Callable[..., drawing.Ink | None], faces: tuple[fonts.Face, ...]
) -> None:
    """Ink as high as the band, over about as many columns as the text is long; nothing where no face has it."""
    ink = machine(Random(4), faces, "ที่ ๑๒๓/๒๕๔๖", 48)
    assert ink is not None and ink.shape[0] == 48 and ink.max() > 150
    assert machine(Random(4), faces, "☃", 48) is None


def test_a_dater_says_a_day_and_a_numbering_machine_a_number(faces: tuple[fonts.Face, ...]) -> None:
    made = [machines.stamped(Random(i), faces, 48) for i in range(20)]
    said = [item[0] for item in made if item]
    assert any(re.search("[A-Zก-ฮ]", text_) for text_ in said)
    assert any(re.fullmatch("[0-9]{4,7}", text_) for text_ in said)
    assert all(known(text_) for text_ in said)


def test_letters_that_are_mistaken_for_each_other_are_shown_beside_each_other() -> None:
    """Every figure, tone mark and look-alike letter comes up within some hundred lines."""
    shown = set("".join(forms.lookalikes(Random(i)) for i in range(400)))
    assert shown >= set("๐๑๒๓๔๕๖๗๘๙0123456789ซชขฃฎฏดตค่้๊๋")


def test_writing_that_nobody_can_read_says_nothing() -> None:
    """A crop with ink in it, and no text to learn."""
    made = [lines.nothing(Random(i)) for i in range(12)]
    assert all(line.text == "" and line.image.shape[0] == HEIGHT for line in made)
    assert sum(bool((line.image < 100).any()) for line in made) >= 8


def _as_hand(face: fonts.Face) -> fonts.Face:
    return replace(face, hand=True)


def test_a_drawing_gives_the_same_batches_again(source: lines.Source) -> None:
    """Batches depend on seed and number only, hold lines of one bucket, and say what is known."""
    first, again, other = (lines.batches(source, 1, n) for n in (0, 0, 1))
    assert [batch.texts for batch in first] == [batch.texts for batch in again]
    assert all(np.array_equal(a.images, b.images) for a, b in zip(first, again, strict=True))
    assert [batch.texts for batch in first] != [batch.texts for batch in other]
    assert all(batch.images.shape[1:] in {(HEIGHT, width) for width in SMALL} for batch in first)
    assert all(known(said) for batch in first for said in batch.texts)


def test_steps_lower_the_loss_on_one_batch(source: lines.Source) -> None:
    """The network learns: twelve steps on the same twelve lines take its loss down by a third and more."""
    rng = Random(2)
    batch = lines.pad([lines.synthesise(rng, source) for _ in range(12)], SMALL[-1])
    trainer = Trainer(TrainSettings(warm_up=1, rate=3e-3))
    losses = [trainer.step(batch)[0] for _ in range(12)]
    assert losses[-1] < losses[0] * 0.66


def test_the_rate_rises_stays_and_falls() -> None:
    """Warm-up from nearly nothing, the full rate in the middle, nothing at the end; without an end it stays."""
    settings = TrainSettings(warm_up=10, steps=100, cool_down=20)
    assert rate_at(0, settings) == pytest.approx(0.1)
    assert rate_at(50, settings) == 1.0
    assert 0.2 < rate_at(90, settings) < 0.4
    assert rate_at(100, settings) == pytest.approx(0.0)
    assert rate_at(10**6, TrainSettings()) == 1.0


def test_a_resumed_run_is_the_same_run(source: lines.Source) -> None:
    """Two steps, a checkpoint, and two more give the weights of four steps in one go, to the last bit."""
    made = lines.batches(source, 3, 0)[:4]
    whole, half = Trainer(TrainSettings()), Trainer(TrainSettings())
    for number, batch in enumerate(made, start=1):
        whole.step(batch)
        whole.place = Place(steps=number)
    for number, batch in enumerate(made[:2], start=1):
        half.step(batch)
        half.place = Place(steps=number)
    resumed = Trainer(TrainSettings(seed=1))
    resumed.restore(half.state())
    for number, batch in enumerate(made[2:], start=3):
        resumed.step(batch)
        resumed.place = Place(steps=number)
    for name, value in whole.net.state_dict().items():
        assert torch.equal(value, resumed.net.state_dict()[name])
        assert torch.equal(whole.average[name], resumed.average[name])


def test_the_command_trains_resumes_and_notes(
    tmp_path: Path, font_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`laodoc train` writes a checkpoint, goes on from it, publishes it with its card, and fine-tunes from that."""
    monkeypatch.setattr(lines, "DRAWS", 24)
    (tmp_path / "text.txt").write_text(f"{PROSE}\n{PROSE}\n", encoding="utf-8")
    material = Material(text=tmp_path / "text.txt", fonts=[font_folder])
    run_training(TrainRequest(material=material, out=tmp_path / "run", steps=2))
    assert torch.load(tmp_path / "run" / CHECKPOINT, weights_only=True)["place"]["steps"] == 2
    run_training(TrainRequest(material=material, out=tmp_path / "run", steps=3))
    assert torch.load(tmp_path / "run" / CHECKPOINT, weights_only=True)["place"]["steps"] == 3
    publish = PublishRequest(
        material=material,
        checkpoint=tmp_path / "run" / CHECKPOINT,
        models=tmp_path / "models",
        version="test",
        command="laodoc train",
        lines=2,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch's exporter warns of its own parts
        run_publishing(publish)
    card = (tmp_path / "models" / "laodoc-thai.md").read_text(encoding="utf-8")
    assert "3 steps" in card and "text.txt" in card and "Sarabun" in card and "prose, fax" in card
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        run_publishing(replace(publish, models=tmp_path / "again", blend=[tmp_path / "run" / CHECKPOINT]))
    assert (tmp_path / "again" / "laodoc-thai.onnx").exists()
    tuned = TrainRequest(
        material=material, out=tmp_path / "tuned", steps=1, start=tmp_path / "models" / "checkpoint" / "laodoc-thai.pt"
    )
    run_training(tuned)
    assert torch.load(tmp_path / "tuned" / CHECKPOINT, weights_only=True)["place"]["steps"] == 1


def test_a_folder_without_fonts_is_a_usage_error(tmp_path: Path) -> None:
    """There is nothing to draw with: told before anything is trained."""
    (tmp_path / "text.txt").write_text(PROSE, encoding="utf-8")
    with pytest.raises(UsageError):
        run_training(
            TrainRequest(material=Material(text=tmp_path / "text.txt", fonts=[tmp_path]), out=tmp_path / "run")
        )


def test_an_office_trains_on_its_own_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--data` alone is enough to fine-tune; what cannot be trained on is told with the file's name."""
    monkeypatch.setattr(lines, "DRAWS", 24)
    data = tmp_path / "data"
    data.mkdir()
    with pytest.raises(UsageError, match="no pictures"):
        source_of(Material(text=None, fonts=(), data=(data,)))
    with pytest.raises(UsageError, match="--data"):
        source_of(Material(text=None, fonts=()))
    assert cv2.imwrite(str(data / "a.png"), np.full((60, 300), 255, np.uint8))
    (data / "a.txt").write_text("ที่ มท ๐๘๑๐", encoding="utf-8")
    own = source_of(Material(text=None, fonts=(), data=(data,)))
    batch = lines.batches(own, 1, 0)[0]
    assert set(batch.texts) == {"ที่ มท ๐๘๑๐"}
    run_training(TrainRequest(material=Material(text=None, fonts=(), data=(data,)), out=tmp_path / "run", steps=1))
    assert torch.load(tmp_path / "run" / CHECKPOINT, weights_only=True)["place"]["steps"] == 1
    with pytest.raises(UsageError, match="--text"):
        run_publishing(PublishRequest(Material(None, ()), tmp_path / CHECKPOINT, tmp_path, "1", ""))
    (data / "a.txt").write_text("語", encoding="utf-8")
    with pytest.raises(UsageError, match=r"a\.txt.*語"):
        source_of(Material(text=None, fonts=(), data=(data,)))


def test_own_lines_are_mixed_in(source: lines.Source) -> None:
    """Beside synthetic lines the office's own are drawn for about their share."""
    own = lines.Line(np.full((HEIGHT, 120), 255, np.uint8), "ของเราเอง")
    rng = Random(1)
    drawn = [lines.synthesise(rng, replace(source, own=(own,))).text for _ in range(120)]
    assert 20 <= drawn.count("ของเราเอง") <= 55


def test_log_and_curve_are_written(source: lines.Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every so many steps the log has a row, and a curve; rows past the checkpoint are dropped when a run goes on."""
    monkeypatch.setattr("laodoc.training.train.LOG_STEPS", 1)
    monkeypatch.setattr(lines, "DRAWS", 12)
    train(source, tmp_path, TrainSettings(steps=5))
    rows = (tmp_path / "log.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0].startswith("step,lines,loss")
    assert len(rows) == 6
    assert (tmp_path / "curve.png").stat().st_size > 1000
    (tmp_path / "log.csv").write_text("\n".join([*rows, "9,99,1,1,1,1"]) + "\n", encoding="utf-8")
    train(source, tmp_path, TrainSettings(steps=6))
    steps = [row.split(",")[0] for row in (tmp_path / "log.csv").read_text(encoding="utf-8").splitlines()[1:]]
    assert steps == ["1", "2", "3", "4", "5", "6"]


def test_the_export_says_what_torch_says(source: lines.Source, tmp_path: Path) -> None:
    """The ONNX file passes its parity check, carries the alphabet, and is read by the product's engine."""
    pytest.importorskip("onnx")
    from laodoc.recognition.line_recognizer import LineRecognizer
    from laodoc.training.export import blend, export, load_weights, save_half
    from laodoc.training.train import _save

    trainer = Trainer(TrainSettings())
    trainer.step(lines.batches(source, 5, 0)[0])
    _save(trainer, tmp_path, 0.0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch's exporter warns of its own parts
        pictures = [batch.images for batch in lines.batches(source, 9, 0)[:4]]
        digest = export(tmp_path / CHECKPOINT, tmp_path / "reader.onnx", "test", pictures)
    engine = LineRecognizer(tmp_path / "reader.onnx")
    assert engine.info.sha256 == digest
    assert engine.info.version == "test"
    assert engine.producible_digits() == "๐๑๒๓๔๕๖๗๘๙"
    assert len(engine.read([np.full((60, 200), 255, np.uint8)] * 2)) == 2
    save_half(tmp_path / CHECKPOINT, tmp_path / "half" / "reader.pt")
    kept = load_weights(tmp_path / "half" / "reader.pt")
    assert all(
        torch.allclose(kept[name].float(), value.float(), rtol=1e-2, atol=1e-2)
        for name, value in trainer.average.items()
    )
    head = "head.weight"
    other = tmp_path / "other.pt"
    torch.save({"average": {**kept, head: kept[head] + 2}, "symbols": ""}, other)
    blend([tmp_path / "half" / "reader.pt", other], tmp_path / "mean.pt")
    assert torch.allclose(load_weights(tmp_path / "mean.pt")[head], kept[head] + 1)
    with pytest.raises(AccessError):
        load_weights(tmp_path / "absent.pt")
