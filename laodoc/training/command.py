"""What `laodoc train` does."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from laodoc.errors import MissingDependency, UsageError


@dataclass(frozen=True, slots=True)
class TrainRequest:
    """The arguments of the command. `fonts` are folders; `hand` .npz files of handwritten digits."""

    text: Path
    fonts: Sequence[Path]
    out: Path
    hand: Sequence[Path] = ()
    seed: int = 1
    rate: float = 1.5e-3
    steps: int = 0
    cool_down: int = 0
    threads: int = 1
    hours: float = float("inf")


def run_training(request: TrainRequest) -> None:
    """Train, or go on training, as `request` says.

    Raises:
        MissingDependency: torch is not installed, or Pillow cannot shape Thai.
        UsageError: no usable font in the folders.
        AccessError: text or digits cannot be read.
    """
    try:
        from laodoc.training.train import TrainSettings, train
    except ImportError as error:
        raise MissingDependency(f"training needs the extra 'train': pip install laodoc[train] ({error})") from error
    from laodoc.training.fonts import find_faces
    from laodoc.training.hand import load_digits
    from laodoc.training.lines import Source
    from laodoc.training.text import load_corpus

    faces = find_faces(request.fonts)
    if not faces:
        raise UsageError("no font with Thai or Latin letters in the folders given with --fonts")
    source = Source(faces=faces, paragraphs=load_corpus(request.text).train, digits=load_digits(list(request.hand)))
    settings = TrainSettings(
        seed=request.seed, rate=request.rate, steps=request.steps, cool_down=request.cool_down, threads=request.threads
    )
    train(source, request.out, settings, seconds=request.hours * 3600)
