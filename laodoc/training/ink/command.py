"""What `laodoc train-ink` does: train the ink net, and publish what was trained."""

import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from laodoc.errors import AccessError, UsageError
from laodoc.messages import Message
from laodoc.training.command import Material as Sources
from laodoc.training.command import TrainRequest, require_torch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from laodoc.training.ink.desk import Material
    from laodoc.training.ink.measure import Scores

MODEL = "laodoc-ink"
CALIBRATION_CROPS = 4
"""Crops in a batch by which an exported net's ranges are set; each batch is of another page."""
WARM_UP = 150


@dataclass(frozen=True, slots=True)
class PublishRequest:
    """The run whose checkpoint becomes the installed net, and the command that published it."""

    sources: Sources
    run: Path
    models: Path
    version: str
    command: str
    pages: int = 60


def run_training(request: TrainRequest) -> None:
    """Train, or go on training from the checkpoint in `request.out`.

    Raises:
        MissingDependency: torch is not installed, or Pillow cannot shape Thai.
        UsageError: no text, or no usable font in the folders.
        AccessError: text, digits or weights cannot be read.
    """
    require_torch()
    from laodoc.training.export import load_weights
    from laodoc.training.ink.train import train
    from laodoc.training.train import TrainSettings

    settings = TrainSettings(
        seed=request.seed,
        rate=request.rate,
        warm_up=WARM_UP,
        steps=request.steps,
        cool_down=request.cool_down,
        threads=request.threads,
    )
    start = load_weights(request.start) if request.start else None
    train(material_of(request.material), request.out, settings, seconds=request.hours * 3600, start=start)


def run_publishing(request: PublishRequest) -> None:
    """Export a run's checkpoint into the folder `request.models`, test it on what is held out, and write its card.

    Writes laodoc-ink.onnx, laodoc-ink.md and checkpoint/laodoc-ink.pt (half precision, to go on from).

    Raises: see `run_training`.
    """
    require_torch()
    import torch

    from laodoc.training.ink.card import InkCard, write_ink_card
    from laodoc.training.ink.export import CALIBRATED_ON, export_ink, save_small
    from laodoc.training.ink.log import read_settings
    from laodoc.training.ink.train import BATCH, CHECKPOINT

    material = material_of(request.sources)
    target = request.models / f"{MODEL}.onnx"
    planes = [_calibration(material, number) for number in range(2 * CALIBRATED_ON)]
    with tempfile.TemporaryDirectory(prefix="laodoc-") as folder:
        checkpoint = Path(folder) / CHECKPOINT
        _copied(request.run / CHECKPOINT, checkpoint)
        sha256 = export_ink(checkpoint, target, request.version, planes)
        save_small(checkpoint, request.models / "checkpoint" / f"{MODEL}.pt")
        state = torch.load(checkpoint, weights_only=True)
    text = request.sources.text
    card = InkCard(
        name=MODEL,
        version=request.version,
        sha256=sha256,
        command=request.command,
        settings=read_settings(request.run),
        steps=state["steps"],
        lessons=state["steps"] * BATCH,
        hours=state["seconds"] / 3600,
        data=(*([text] if text else []), *request.sources.hand),
        faces=material.faces,
        pages=request.pages,
        scores=held_out_scores(request.sources, material, target, request.pages),
    )
    write_ink_card(card, request.models / f"{MODEL}.md")


def _copied(checkpoint: Path, target: Path) -> None:
    """Take a copy, so that net, weights and card are of the same step even while the run goes on."""
    try:
        shutil.copyfile(checkpoint, target)
    except OSError as error:
        raise AccessError(Message("of-file", name=checkpoint, why=error.strerror)) from error


def held_out_scores(sources: Sources, material: "Material", model: Path, pages: int) -> dict[str, "Scores"]:
    """What the net `model` tells apart on pages of held-out paragraphs: in trained faces and, where there are any, in
    print of held-out faces."""
    from laodoc.training.fonts import find_faces
    from laodoc.training.ink.measure import made, measure
    from laodoc.training.text import load_corpus

    paragraphs = load_corpus(sources.text).held_out if sources.text else ()
    unseen = replace(material, paragraphs=paragraphs)
    tests = {"Trained fonts, held-out text": unseen}
    if held_out := find_faces(sources.fonts, held_out=True):
        hands = tuple(face for face in material.faces if face.hand)
        tests["Held-out fonts and text"] = replace(unseen, faces=(*held_out, *hands))
    return {name: measure(model, made(test, name, pages)) for name, test in tests.items()}


def material_of(sources: Sources) -> "Material":
    """The faces, paragraphs and digits that pages are made of.

    Raises: see `run_training`.
    """
    from laodoc.training.fonts import find_faces
    from laodoc.training.hand import load_digits
    from laodoc.training.ink.desk import Material
    from laodoc.training.text import load_corpus

    if sources.text is None or not sources.fonts:
        raise UsageError(Message("train-ink-needs"))
    faces = find_faces(sources.fonts)
    if not any("ก" in face.symbols and not face.hand for face in faces):
        raise UsageError(Message("train-ink-no-font"))
    return Material(faces, load_corpus(sources.text).train, load_digits(list(sources.hand)))


def _calibration(material: "Material", number: int) -> "NDArray[np.uint8]":
    """A batch of crops of one page; no run is trained with it."""
    import numpy as np

    from laodoc.training.ink.pages import crops, page, seen

    rng = Random(f"ink calibration/{number}")
    return np.stack([each.planes for each in crops(rng, seen(rng, page(rng, material)), CALIBRATION_CROPS)])
