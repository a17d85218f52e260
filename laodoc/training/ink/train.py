"""The ink net's trainer: resumable, with its log."""

import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import cv2
import numpy as np
import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, IterableDataset

from laodoc.ink.kinds import Kind
from laodoc.ink.planes import NEUTRAL
from laodoc.training.ink.desk import Material
from laodoc.training.ink.log import LOG, Log, note_settings
from laodoc.training.ink.net import InkNet
from laodoc.training.ink.pages import CROPS, INKED, Lesson, crops, page, seen
from laodoc.training.train import TrainSettings, follow, rate_at, weight_groups

CHECKPOINT = "checkpoint.pt"
BATCH = 6
SAVE_SECONDS = 300
LOG_STEPS = 25
AVERAGE_OVER = 400
"""Steps over which the weights are averaged (Polyak): the average is what is exported."""
SCANS = 2
"""Scans made of each page: to draw it costs more than to wear it."""
POOL = 96
"""Lessons that wait to be drawn from, so that a batch has some of many pages."""
WAITING = 20
"""Batches made ahead of the trainer, of 7 MB each."""
COLOUR_SPREAD = 64.0
"""Levels of colour that the net sees as 1: what a blue pen differs by."""
ENTROPY, DICE, SOFT = 4.0, 2.0, 50.0
"""Weights of the two parts of the loss, and the places added to both sides of Dice, so that a kind of which a batch has
hardly any does not jump about."""

RARE = {Kind.STAMP: 3.0, Kind.BOX: 8.0, Kind.DIRT: 2.5}
"""How much more than others the places of a kind count where it lies: stamps, tick boxes and dirt are a hundredth of
the ink, and a net that never named them lost little."""

Batch = tuple[Tensor, Tensor, Tensor]
"""Planes, kinds and weights of some lessons, uint8."""


class Stream(IterableDataset[Batch]):
    """Endless batches; made by one worker beside the trainer. A run that goes on gets new pages."""

    def __init__(self, material: Material, seed: int, start: int) -> None:
        self.material, self.seed, self.start = material, seed, start

    def __iter__(self) -> Iterator[Batch]:
        rng = Random(f"ink/{self.seed}/{self.start}")
        pool: list[Lesson] = []
        while True:
            sheet = page(rng, self.material)
            for _ in range(SCANS):
                pool += crops(rng, seen(rng, sheet), CROPS)
            while len(pool) >= POOL:
                yield batch_of([pool.pop(rng.randrange(len(pool))) for _ in range(BATCH)])


def batch_of(lessons: list[Lesson]) -> Batch:
    """Lessons of one size, stacked."""
    return (
        torch.from_numpy(np.stack([each.planes for each in lessons])),
        torch.from_numpy(np.stack([each.kinds for each in lessons])),
        torch.from_numpy(np.stack([each.weights for each in lessons])),
    )


def floats(planes: Tensor) -> Tensor:
    """Planes as the net takes them: ink 1 and paper 0, colour about 0."""
    values = planes.float()
    dark = (255 - values[:, :1]) / 255
    return torch.cat([dark, (values[:, 1:] - NEUTRAL) / COLOUR_SPREAD], dim=1)


def loss_of(logits: Tensor, kinds: Tensor, weights: Tensor) -> Tensor:
    """Cross-entropy of every kind at every place, weighted to ink, and a soft Dice loss a kind (Milletari et al.,
    2016), so that rare kinds count."""
    share, truth = weights.float().div(255)[:, None], kinds.float()
    rare = torch.tensor([RARE.get(kind, 1.0) for kind in Kind])[:, None, None]
    entropy = nn.functional.binary_cross_entropy_with_logits(logits, truth, reduction="none", pos_weight=rare)
    mean = (entropy * share).sum() / (share.sum() * len(Kind) + 1)
    chance, truth = torch.sigmoid(logits) * share, truth * share
    both = (chance * truth).sum(dim=(0, 2, 3))
    either = (chance * chance).sum(dim=(0, 2, 3)) + (truth * truth).sum(dim=(0, 2, 3))
    dice = (2 * both + SOFT) / (either + SOFT)
    return ENTROPY * mean + DICE * (1 - dice).mean()


class Trainer:
    """Network, averaged weights, optimizer, steps; everything that a checkpoint holds."""

    def __init__(self, settings: TrainSettings) -> None:
        torch.manual_seed(settings.seed)
        torch.set_num_threads(settings.threads)
        self.settings = settings
        self.net = InkNet().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.average = {name: value.clone() for name, value in self.net.state_dict().items()}
        self.optimizer = torch.optim.AdamW(
            weight_groups(self.net, settings.weight_decay), lr=settings.rate, betas=(0.9, 0.98)
        )
        self.steps = 0
        self.seconds = 0.0

    def step(self, batch: Batch) -> tuple[float, Tensor]:
        """One step of the optimizer; the loss, and what `tallied` says of the batch before it."""
        for group in self.optimizer.param_groups:
            group["lr"] = self.settings.rate * rate_at(self.steps, self.settings)
        self.net.train()
        planes, kinds, weights = batch
        logits = self.net(floats(planes).contiguous(memory_format=torch.channels_last))
        loss = loss_of(logits, kinds, weights)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.net.parameters(), self.settings.clip)
        self.optimizer.step()
        self.steps += 1
        self._follow()
        return loss.item(), tallied(logits.detach(), kinds, weights)

    def _follow(self) -> None:
        """Let the average follow the weights, faster at the beginning."""
        follow(self.average, self.net, 1 / min(AVERAGE_OVER, 1 + self.steps / 10))

    def state(self) -> dict[str, Any]:
        return {
            "net": self.net.state_dict(),
            "average": self.average,
            "optimizer": self.optimizer.state_dict(),
            "steps": self.steps,
            "seconds": self.seconds,
        }

    def restore(self, state: dict[str, Any]) -> None:
        self.net.load_state_dict(state["net"])
        self.average = {name: value.clone() for name, value in state["average"].items()}
        self.optimizer.load_state_dict(state["optimizer"])
        self.steps, self.seconds = int(state["steps"]), float(state["seconds"])

    def start_from(self, weights: dict[str, Tensor]) -> None:
        """Begin with other weights and a fresh optimizer."""
        self.net.load_state_dict(weights)
        self.average = {name: value.clone() for name, value in self.net.state_dict().items()}


@torch.no_grad()
def tallied(logits: Tensor, kinds: Tensor, weights: Tensor) -> Tensor:
    """Of every kind the places of ink that were said rightly, said wrongly, and missed; shape (3, kinds)."""
    ink = weights[:, None] == INKED
    said, true = (logits > 0) & ink, (kinds > 0) & ink
    return torch.stack([(a & b).sum(dim=(0, 2, 3)) for a, b in ((said, true), (said, ~true), (~said, true))])


def train(
    material: Material,
    folder: Path,
    settings: TrainSettings,
    *,
    seconds: float = float("inf"),
    start: dict[str, Tensor] | None = None,
) -> Trainer:
    """Train until `settings.steps` or until `seconds` are over; go on where the checkpoint in `folder` stands.

    Writes checkpoint.pt, log.csv and settings.json. `start`: weights to begin with when there is no checkpoint yet.
    SIGTERM ends the run with a last checkpoint.
    """
    folder.mkdir(parents=True, exist_ok=True)
    cv2.setNumThreads(1)  # before the worker is forked: it would wait for threads that it has not
    trainer = Trainer(settings)
    if (folder / CHECKPOINT).exists():
        trainer.restore(torch.load(folder / CHECKPOINT, weights_only=True))
    elif start is not None:
        trainer.start_from(start)
    note_settings(folder, settings, trainer.steps)
    log = Log(folder / LOG, trainer.steps)
    asked_to_stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: asked_to_stop.set())
    begun = saved = time.monotonic()
    before = trainer.seconds
    for batch in _stream(material, settings.seed, trainer.steps):
        log.add(*trainer.step(batch))
        now = time.monotonic()
        trainer.seconds = before + now - begun
        if trainer.steps % LOG_STEPS == 0:
            log.write(trainer.steps, trainer.seconds)
        over = asked_to_stop.is_set() or now - begun > seconds or (settings.steps and trainer.steps >= settings.steps)
        if over or now - saved > SAVE_SECONDS:
            _save(trainer, folder)
            saved = now
        if over:
            break
    return trainer


def _stream(material: Material, seed: int, steps: int) -> "DataLoader[Batch]":
    return DataLoader(
        Stream(material, seed, steps),
        batch_size=None,
        num_workers=1,
        prefetch_factor=WAITING,
        worker_init_fn=_leave_signals_to_trainer,
    )


def _leave_signals_to_trainer(_: int) -> None:
    """SIGTERM to the whole group must not take the worker before the trainer has saved."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


def _save(trainer: Trainer, folder: Path) -> None:
    """Whole or not at all."""
    part = folder / (CHECKPOINT + ".part")
    torch.save(trainer.state(), part)
    part.replace(folder / CHECKPOINT)
