"""What a run of the ink net's trainer notes: its progress, and the settings it was given."""

import csv
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from laodoc.ink.kinds import Kind
from laodoc.training.train import TrainSettings

LOG = "log.csv"
SETTINGS = "settings.json"
_HEAD = ("step", "hours", "loss", *(kind.name.lower() for kind in Kind))


class Log:
    """The run's log.csv: every so many steps the loss, and the F1 of every kind at places with ink."""

    def __init__(self, path: Path, steps: int) -> None:
        """Go on in `path` behind step `steps`; rows of later steps go, which were lost with an unwritten checkpoint."""
        self._path = path
        self._begin_anew()
        rows = path.read_text(encoding="utf-8").splitlines()[1:] if path.exists() else []
        kept = [row for row in rows if int(row.split(",")[0]) <= steps]
        path.write_text("\n".join([",".join(_HEAD), *kept]) + "\n", encoding="utf-8")

    def _begin_anew(self) -> None:
        self._losses: list[float] = []
        self._counts = torch.zeros(3, len(Kind))

    def add(self, loss: float, counts: Tensor) -> None:
        """Take in one step: its loss, and `laodoc.training.ink.train.tallied`."""
        self._losses.append(loss)
        self._counts += counts

    def write(self, steps: int, seconds: float) -> None:
        """A row for the steps since the last one."""
        hits, wrong, missed = self._counts
        f1 = 2 * hits / (2 * hits + wrong + missed).clamp(min=1)
        with self._path.open("a", newline="", encoding="utf-8") as file:
            mean = f"{float(np.mean(self._losses)):.4f}"
            csv.writer(file, lineterminator="\n").writerow(
                (steps, f"{seconds / 3600:.3f}", mean, *(f"{value:.3f}" for value in f1.tolist()))
            )
        self._begin_anew()


def note_settings(folder: Path, settings: TrainSettings, steps: int) -> None:
    """Add to the run's settings.json what holds from step `steps` on; what it replaces before a step is taken goes."""
    earlier = [each for each in read_settings(folder) if each["from_step"] < steps]
    told = json.dumps([*earlier, {"from_step": steps, **asdict(settings)}], indent=1)
    (folder / SETTINGS).write_text(told + "\n", encoding="utf-8")


def read_settings(folder: Path) -> list[dict[str, Any]]:
    """What the run in `folder` was given, in order; empty where it is not noted."""
    path = folder / SETTINGS
    noted: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return noted
