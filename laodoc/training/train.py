"""The trainer: resumable, exact to the batch, with its log and its learning curve."""

import csv
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, IterableDataset

from laodoc.training.alphabet import BLANK, SYMBOLS, encode
from laodoc.training.lines import Batch, Source, batches
from laodoc.training.net import Reader

CHECKPOINT = "checkpoint.pt"
LOG = "log.csv"
SAVE_SECONDS = 300
LOG_STEPS = 50
AVERAGE_OVER = 1000
"""Steps over which the weights are averaged (Polyak): the average is what is evaluated and exported."""


@dataclass(frozen=True, slots=True)
class TrainSettings:
    """How to train. The rate rises over `warm_up` steps, stays, and falls to 0 over the last `cool_down` of `steps`
    (Hägele et al., 2024): so a run that stops early or goes on longer has lost nothing. `steps` 0 means: no end."""

    seed: int = 1
    rate: float = 1.5e-3
    weight_decay: float = 0.02
    warm_up: int = 300
    steps: int = 0
    cool_down: int = 0
    clip: float = 5.0
    threads: int = 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the stream of batches a run stands: drawing `number`, its batch `index`; `steps`, `lines` are done."""

    number: int = 0
    index: int = 0
    steps: int = 0
    lines: int = 0


class Stream(IterableDataset[tuple[Batch, Place]]):
    """Endless batches from a place on; run by one worker beside the trainer."""

    def __init__(self, source: Source, seed: int, start: Place) -> None:
        self.source, self.seed, self.start = source, seed, start

    def __iter__(self) -> Iterator[tuple[Batch, Place]]:
        place = self.start
        while True:
            made = batches(self.source, self.seed, place.number)
            for index in range(place.index, len(made)):
                last = index + 1 == len(made)
                place = Place(
                    number=place.number + last,
                    index=0 if last else index + 1,
                    steps=place.steps + 1,
                    lines=place.lines + len(made[index].texts),
                )
                yield made[index], place


class Trainer:
    """Network, averaged weights, optimizer and place; everything that a checkpoint holds."""

    def __init__(self, settings: TrainSettings) -> None:
        torch.manual_seed(settings.seed)
        torch.set_num_threads(settings.threads)
        self.settings = settings
        self.net = Reader().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.average = {name: value.clone() for name, value in self.net.state_dict().items()}
        self.optimizer = torch.optim.AdamW(
            weight_groups(self.net, settings.weight_decay), lr=settings.rate, betas=(0.9, 0.98)
        )
        self.loss = nn.CTCLoss(blank=BLANK, zero_infinity=True)
        self.place = Place()
        self.seconds = 0.0

    def step(self, batch: Batch) -> tuple[float, Tensor]:
        """One step of the optimizer; the loss and the log-probabilities that it was reckoned from."""
        for group in self.optimizer.param_groups:
            group["lr"] = self.settings.rate * rate_at(self.place.steps, self.settings)
        torch.manual_seed(self.settings.seed * 1_000_003 + self.place.steps)
        self.net.train()
        scores = self.net(tensor(batch.images))
        loss = self.loss(scores.transpose(0, 1), *targets(batch.texts, scores.shape[1]))
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.net.parameters(), self.settings.clip)
        self.optimizer.step()
        self._follow()
        return loss.item(), scores.detach()

    def _follow(self) -> None:
        follow(self.average, self.net, 1 / min(AVERAGE_OVER, 1 + self.place.steps / 10))

    def state(self) -> dict[str, Any]:
        return {
            "net": self.net.state_dict(),
            "average": self.average,
            "optimizer": self.optimizer.state_dict(),
            "place": asdict(self.place),
            "settings": asdict(self.settings),
            "symbols": SYMBOLS,
            "seconds": self.seconds,
        }

    def restore(self, state: dict[str, Any]) -> None:
        self.net.load_state_dict(state["net"])
        self.average = {name: value.clone() for name, value in state["average"].items()}
        self.optimizer.load_state_dict(state["optimizer"])
        self.place = Place(**state["place"])
        self.seconds = float(state["seconds"])

    def start_from(self, weights: dict[str, Tensor]) -> None:
        """Begin with other weights and a fresh optimizer (fine-tuning)."""
        self.net.load_state_dict(
            {name: value.float() if value.is_floating_point() else value for name, value in weights.items()}
        )
        self.average = {name: value.clone() for name, value in self.net.state_dict().items()}


@torch.no_grad()
def follow(average: dict[str, Tensor], net: nn.Module, share: float) -> None:
    """Let averaged weights follow a net's, in place, by a `share` of their distance; what is counted is taken over."""
    for name, value in net.state_dict().items():
        if value.dtype.is_floating_point:
            average[name].lerp_(value, share)
        else:
            average[name].copy_(value)


def rate_at(step: int, settings: TrainSettings) -> float:
    """The share of the full rate at a step: warm-up, plateau, and `1 - sqrt` cool-down where an end is set."""
    rate = min(1.0, (step + 1) / max(1, settings.warm_up))
    if settings.steps and settings.cool_down and step > settings.steps - settings.cool_down:
        done = (step - settings.steps + settings.cool_down) / settings.cool_down
        rate *= max(0.0, 1 - float(np.sqrt(done)))
    return rate


def tensor(images: np.ndarray[Any, np.dtype[np.uint8]]) -> Tensor:
    """(count, 48, width) uint8 to (count, 1, 48, width) float: paper 0, ink 1."""
    ink = (255 - torch.from_numpy(images)).unsqueeze(1).float().div_(255)
    return ink.contiguous(memory_format=torch.channels_last)


def targets(texts: tuple[str, ...], steps: int) -> tuple[Tensor, Tensor, Tensor]:
    """Classes of all texts in one row, the steps of each line, the length of each text: as `CTCLoss` takes them."""
    classes = [encode(text) for text in texts]
    flat = torch.tensor([number for row in classes for number in row], dtype=torch.long)
    return flat, torch.full((len(texts),), steps, dtype=torch.long), torch.tensor([len(row) for row in classes])


def weight_groups(net: nn.Module, decay: float) -> list[dict[str, Any]]:
    """Weights decay, norms and biases do not."""
    matrices = [p for p in net.parameters() if p.ndim > 1]
    others = [p for p in net.parameters() if p.ndim <= 1]
    return [{"params": matrices, "weight_decay": decay}, {"params": others, "weight_decay": 0.0}]


def train(
    source: Source,
    folder: Path,
    settings: TrainSettings,
    *,
    seconds: float = float("inf"),
    start: dict[str, Tensor] | None = None,
) -> Trainer:
    """Train until `settings.steps` or until `seconds` are over; continue where the checkpoint in `folder` stands.

    Writes checkpoint.pt, log.csv and curve.png into `folder`. `start`: weights to fine-tune from when there is no
    checkpoint yet. SIGTERM ends the run with a last checkpoint.
    """
    from laodoc.evaluation.tally import Tally
    from laodoc.training.alphabet import collapse
    from laodoc.training.curve import plot

    folder.mkdir(parents=True, exist_ok=True)
    trainer = Trainer(settings)
    if (folder / CHECKPOINT).exists():
        trainer.restore(torch.load(folder / CHECKPOINT, weights_only=True))
        _forget_after(folder / LOG, trainer.place.steps)
    elif start is not None:
        trainer.start_from(start)
    stream = DataLoader(
        Stream(source, settings.seed, trainer.place),
        batch_size=None,
        num_workers=1,
        prefetch_factor=60,
        worker_init_fn=_leave_signals_to_trainer,
    )
    begun = saved = noted = time.monotonic()
    losses, tally, lines = [], Tally(), trainer.place.lines
    asked_to_stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: asked_to_stop.set())
    for batch, place in stream:
        loss, scores = trainer.step(batch)
        trainer.place = place
        losses.append(loss)
        if place.steps % 5 == 0:
            for path, text in zip(scores.argmax(dim=2).tolist(), batch.texts, strict=True):
                tally.add(collapse(path), text)
        now = time.monotonic()
        if place.steps % LOG_STEPS == 0:
            rate = (place.lines - lines) / (now - noted)
            _note(folder / LOG, place, float(np.mean(losses)), tally.cer, rate, trainer.seconds + now - begun)
            losses, tally, lines, noted = [], Tally(), place.lines, now
        over = asked_to_stop.is_set() or now - begun > seconds or (settings.steps and place.steps >= settings.steps)
        if over or now - saved > SAVE_SECONDS:
            _save(trainer, folder, trainer.seconds + now - begun)
            plot(folder / LOG, folder / "curve.png")
            saved = now
        if over:
            break
    return trainer


def _leave_signals_to_trainer(_: int) -> None:
    """SIGTERM to the whole group must not take the worker before the trainer has saved."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


def _forget_after(log: Path, steps: int) -> None:
    """Drop the rows of steps that were lost with the checkpoint that was not written: they will be done again."""
    if log.exists():
        head, *rows = log.read_text(encoding="utf-8").splitlines()
        kept = [row for row in rows if int(row.split(",")[0]) <= steps]
        log.write_text("\n".join([head, *kept]) + "\n", encoding="utf-8")


def _save(trainer: Trainer, folder: Path, seconds: float) -> None:
    """Whole or not at all."""
    part = folder / (CHECKPOINT + ".part")
    torch.save({**trainer.state(), "seconds": seconds}, part)
    part.replace(folder / CHECKPOINT)


def _note(path: Path, place: Place, loss: float, cer: float, rate: float, seconds: float) -> None:
    new = not path.exists()
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        if new:
            writer.writerow(("step", "lines", "loss", "cer", "lines_per_second", "hours"))
        writer.writerow((place.steps, place.lines, f"{loss:.4f}", f"{cer:.4f}", f"{rate:.1f}", f"{seconds / 3600:.3f}"))
