"""The held-out test: pages of text and in faces that were never trained on, looked at by the net as it is installed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from laodoc.ink.kinds import Kind
from laodoc.ink.map import CHANCES, MULTIPLE, SURE, spread
from laodoc.ink.planes import with_margin
from laodoc.training.ink.desk import Material
from laodoc.training.ink.pages import INKED, Lesson, page, seen

PAGES = 60
"""Pages of a test."""


@dataclass(frozen=True, slots=True)
class Score:
    """Of one kind, the places of ink that were said rightly, said wrongly, and missed."""

    hits: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.hits + other.hits, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Share of the places said that are right."""
        return self.hits / max(1, self.hits + self.wrong)

    @property
    def recall(self) -> float:
        """Share of the places that were found."""
        return self.hits / max(1, self.hits + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.hits / max(1, 2 * self.hits + self.wrong + self.missed)


Scores = Mapping[Kind, Score]


def made(material: Material, name: str, count: int) -> Iterator[Lesson]:
    """Scans of `count` pages; the same for the same material and `name`. No run is trained with their seeds."""
    for number in range(count):
        rng = Random(f"ink held out/{name}/{number}")
        yield seen(rng, page(rng, material))


def measure(model: Path, lessons: Iterator[Lesson]) -> dict[Kind, Score]:
    """What the net in the ONNX file `model` says of whole pages, at places with ink."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    scores = dict.fromkeys(Kind, Score())
    for lesson in lessons:
        size = (-(-length // MULTIPLE) * MULTIPLE for length in lesson.planes.shape[1:])
        logits = session.run(None, {"planes": with_margin(lesson.planes[None], *size)})[0][0]
        rows, columns = lesson.weights.shape
        said = CHANCES[spread(logits)][:, :rows, :columns] >= SURE
        for kind in Kind:
            scores[kind] += scored(said[kind], lesson.kinds[kind] > 0, lesson.weights == INKED)
    return scores


Mask = NDArray[np.bool_]


def scored(said: Mask, true: Mask, ink: Mask) -> Score:
    """Compare what was said with what is true, where `ink` holds; three masks of one shape."""
    hits, wrong, missed = ((said & true), (said & ~true), (~said & true))
    return Score(*(int((mask & ink).sum()) for mask in (hits, wrong, missed)))


def table(scores: Scores) -> str:
    """The scores as a Markdown table, in per cent; `places` is on how many cells of the map they rest."""
    rows = ["| kind | places | precision % | recall % | F1 % |", "|---|---|---|---|---|"]
    for kind, score in scores.items():
        figures = " | ".join(f"{100 * share:.1f}" for share in (score.precision, score.recall, score.f1))
        rows.append(f"| {kind.name.lower()} | {score.hits + score.missed:,} | {figures} |")
    return "\n".join(rows)
