"""What `laodoc train` does: train, and publish what was trained."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from laodoc.errors import MissingDependency, UsageError
from laodoc.messages import Message

if TYPE_CHECKING:
    from laodoc.evaluation.tally import Tally
    from laodoc.training.lines import Line, Source

MODEL = "laodoc-thai"
CALIBRATION_SEED = 9
"""Of the lines by which an exported model's ranges are set: no run is trained with it."""


@dataclass(frozen=True, slots=True)
class Material:
    """What lines are made of: a text file (plain or .xz) and folders of fonts, .npz files of handwritten digits; and
    folders of an office's own lines (`laodoc.evaluation.pairs.line_pairs`), which do without the rest."""

    text: Path | None
    fonts: Sequence[Path]
    hand: Sequence[Path] = ()
    data: Sequence[Path] = ()


@dataclass(frozen=True, slots=True)
class TrainRequest:
    """How to train, and where checkpoint, log and curve go. `steps` 0: no end; `start`: weights to fine-tune from."""

    material: Material
    out: Path
    seed: int = 1
    rate: float = 1.5e-3
    steps: int = 0
    cool_down: int = 0
    threads: int = 1
    hours: float = float("inf")
    start: Path | None = None


@dataclass(frozen=True, slots=True)
class PublishRequest:
    """Which checkpoint becomes the installed model, blended with which others, and the command that published it."""

    material: Material
    checkpoint: Path
    models: Path
    version: str
    command: str
    blend: Sequence[Path] = ()
    lines: int = 200


def run_training(request: TrainRequest) -> None:
    """Train, or go on training from the checkpoint in `request.out`.

    Raises:
        MissingDependency: torch is not installed, or Pillow cannot shape Thai.
        UsageError: no usable font in the folders, no line in the data, or a character that the reader does not know.
        AccessError: text, digits or weights cannot be read.
    """
    require_torch()
    from laodoc.training.export import load_weights
    from laodoc.training.train import TrainSettings, train

    settings = TrainSettings(
        seed=request.seed, rate=request.rate, steps=request.steps, cool_down=request.cool_down, threads=request.threads
    )
    start = load_weights(request.start) if request.start else None
    train(source_of(request.material), request.out, settings, seconds=request.hours * 3600, start=start)


def run_publishing(request: PublishRequest) -> None:
    """Export a checkpoint into the folder `request.models`, test it on what is held out, and write its card.

    Writes laodoc-thai.onnx, laodoc-thai.md and checkpoint/laodoc-thai.pt (half precision, to go on from).

    Raises: see `run_training`.
    """
    require_torch()
    text = request.material.text
    if text is None or not request.material.fonts:
        raise UsageError(Message("publish-needs"))
    import torch

    from laodoc.training.card import Card, write_card
    from laodoc.training.export import CALIBRATED_ON, blend, export, save_half
    from laodoc.training.lines import batches
    from laodoc.training.text import load_corpus

    target = request.models / f"{MODEL}.onnx"
    state = torch.load(request.checkpoint, weights_only=True)
    source = source_of(request.material)
    pictures = [batch.images for batch in batches(source, CALIBRATION_SEED, 0)[: 2 * CALIBRATED_ON]]
    with tempfile.TemporaryDirectory(prefix="laodoc-") as folder:
        weights = request.checkpoint
        if request.blend:
            weights = Path(folder) / weights.name
            blend([request.checkpoint, *request.blend], weights)
        sha256 = export(weights, target, request.version, pictures)
        save_half(weights, request.models / "checkpoint" / f"{MODEL}.pt")
    card = Card(
        name=MODEL,
        version=request.version,
        sha256=sha256,
        command=request.command,
        settings=state["settings"],
        steps=state["place"]["steps"],
        lines=state["place"]["lines"],
        hours=state["seconds"] / 3600,
        data=(text, *request.material.hand),
        faces=source.faces,
        scores=held_out_scores(request.material, load_corpus(text).held_out, source, target, request.lines),
    )
    write_card(card, request.models / f"{MODEL}.md")


def held_out_scores(
    material: Material, paragraphs: tuple[str, ...], source: "Source", model: Path, lines: int
) -> dict[str, dict[str, "Tally"]]:
    """The scores of held-out `paragraphs` in trained fonts and, where there are any, in held-out fonts."""
    from laodoc.recognition.line_recognizer import LineRecognizer
    from laodoc.training.fonts import find_faces
    from laodoc.training.measure import measure, slices

    engine = LineRecognizer(model)
    unseen = replace(source, paragraphs=paragraphs, own=())
    tests = {"Trained fonts, held-out text": unseen}
    if held_out := find_faces(material.fonts, held_out=True):
        tests["Held-out fonts and text"] = replace(unseen, faces=held_out, digits={})
    return {
        name: measure(lambda images: [reading.text for reading in engine.read_prepared(images)], slices(test, lines))
        for name, test in tests.items()
    }


def source_of(material: Material) -> "Source":
    """The fonts, paragraphs and digits that lines are made of.

    Raises: see `run_training`.
    """
    from laodoc.training.fonts import find_faces
    from laodoc.training.hand import load_digits
    from laodoc.training.lines import Source
    from laodoc.training.text import load_corpus

    own = tuple(line for folder in material.data for line in own_lines(folder))
    if material.text is None:
        if not own:
            raise UsageError(Message("train-needs"))
        return Source(faces=(), paragraphs=(), own=own)
    faces = find_faces(material.fonts)
    if not faces:
        raise UsageError(Message("train-no-font"))
    digits = load_digits(list(material.hand))
    return Source(faces=faces, paragraphs=load_corpus(material.text).train, digits=digits, own=own)


def own_lines(folder: Path) -> Iterator["Line"]:
    """The lines of a folder as the trainer takes them.

    Raises:
        AccessError: the folder or a file cannot be read, or a picture has no text.
        UsageError: the folder has no lines, or one has a character that the reader does not know.
    """
    from laodoc.evaluation.pairs import line_pairs
    from laodoc.recognition.line_input import prepare
    from laodoc.training.alphabet import known
    from laodoc.training.lines import BUCKETS, Line

    pairs = list(line_pairs(folder))
    if not pairs:
        raise UsageError(Message("train-no-lines", folder=folder))
    for pair in pairs:
        strange = sorted({symbol for symbol in pair.text if not known(symbol)})
        if strange:
            raise UsageError(Message("train-no-class", path=pair.path.with_suffix(".txt"), letters=" ".join(strange)))
        image = prepare(pair.image)
        if image.shape[1] > BUCKETS[-1]:
            raise UsageError(Message("train-long-line", path=pair.path))
        yield Line(image=image, text=pair.text)


def require_torch() -> None:
    """That all parts of the extra `train` are installed.

    Raises:
        MissingDependency: one is not.
    """
    for name in ("torch", "onnx", "fontTools", "matplotlib"):
        if find_spec(name) is None:
            raise MissingDependency(Message("train-library", name=name))
