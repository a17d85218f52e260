"""Commands that make and judge the models: train, train-ink, eval."""

import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer

from laodoc.cli.application import app
from laodoc.export.files import put
from laodoc.messages import say


@app.command(help=say("train"))
def train(
    out: Annotated[Path, typer.Option(metavar="DIR", help=say("train-out"))],
    text: Annotated[Path | None, typer.Option(metavar="FILE", help=say("train-text"))] = None,
    fonts: Annotated[list[Path] | None, typer.Option(metavar="DIR", help=say("train-fonts"))] = None,
    hand: Annotated[list[Path] | None, typer.Option(metavar="FILE", help=say("train-hand"))] = None,
    data: Annotated[list[Path] | None, typer.Option(metavar="DIR", help=say("train-data"))] = None,
    start: Annotated[Path | None, typer.Option("--from", metavar="FILE", help=say("train-from"))] = None,
    seed: Annotated[int, typer.Option(help=say("train-seed"))] = 1,
    rate: Annotated[float, typer.Option(min=1e-6, max=1.0, help=say("train-rate"))] = 1.5e-3,
    steps: Annotated[int, typer.Option(min=0, help=say("train-steps"))] = 0,
    cool_down: Annotated[int, typer.Option(min=0, help=say("train-cool-down"))] = 0,
    threads: Annotated[int, typer.Option(min=1, max=64, help=say("train-threads"))] = 1,
    hours: Annotated[float, typer.Option(min=0.0, help=say("train-hours"))] = float("inf"),
    publish: Annotated[Path | None, typer.Option(metavar="DIR", help=say("train-publish"))] = None,
    version: Annotated[str, typer.Option(help=say("train-version"))] = "0",
    blend: Annotated[list[Path] | None, typer.Option(metavar="FILE", help=say("train-blend"))] = None,
) -> None:
    from laodoc.training.command import Material, PublishRequest, TrainRequest, run_publishing, run_training

    material = Material(text=text, fonts=fonts or (), hand=hand or (), data=data or ())
    if publish:
        run_publishing(PublishRequest(material, out / "checkpoint.pt", publish, version, _typed(), blend or ()))
        return
    run_training(
        TrainRequest(
            material=material,
            out=out,
            seed=seed,
            rate=rate,
            steps=steps,
            cool_down=cool_down,
            threads=threads,
            hours=hours,
            start=start,
        )
    )


@app.command("train-ink", help=say("train-ink"))
def train_ink(
    out: Annotated[Path, typer.Option(metavar="DIR", help=say("train-ink-out"))],
    text: Annotated[Path | None, typer.Option(metavar="FILE", help=say("train-text"))] = None,
    fonts: Annotated[list[Path] | None, typer.Option(metavar="DIR", help=say("train-fonts"))] = None,
    hand: Annotated[list[Path] | None, typer.Option(metavar="FILE", help=say("train-hand"))] = None,
    start: Annotated[Path | None, typer.Option("--from", metavar="FILE", help=say("train-ink-from"))] = None,
    seed: Annotated[int, typer.Option(help=say("train-ink-seed"))] = 1,
    rate: Annotated[float, typer.Option(min=1e-6, max=1.0, help=say("train-rate"))] = 2e-3,
    steps: Annotated[int, typer.Option(min=0, help=say("train-steps"))] = 0,
    cool_down: Annotated[int, typer.Option(min=0, help=say("train-cool-down"))] = 0,
    threads: Annotated[int, typer.Option(min=1, max=64, help=say("train-threads"))] = 1,
    hours: Annotated[float, typer.Option(min=0.0, help=say("train-hours"))] = float("inf"),
    publish: Annotated[Path | None, typer.Option(metavar="DIR", help=say("train-publish"))] = None,
    version: Annotated[str, typer.Option(help=say("train-version"))] = "0",
) -> None:
    from laodoc.training.command import Material, TrainRequest
    from laodoc.training.ink.command import PublishRequest, run_publishing, run_training

    material = Material(text=text, fonts=fonts or (), hand=hand or ())
    if publish:
        run_publishing(PublishRequest(material, out, publish, version, _typed()))
        return
    run_training(
        TrainRequest(
            material=material,
            out=out,
            seed=seed,
            rate=rate,
            steps=steps,
            cool_down=cool_down,
            threads=threads,
            hours=hours,
            start=start,
        )
    )


def _typed() -> str:
    """The command as it was typed, for the model's card."""
    return "laodoc " + " ".join(shlex.quote(word) for word in sys.argv[1:])


@app.command("eval", help=say("eval"))
def evaluate(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER…", help=say("eval-folders"), show_default=False)],
    engine: Annotated[str | None, typer.Option(metavar="NAME", help=say("engine"))] = None,
    model: Annotated[Path | None, typer.Option(metavar="FILE", help=say("eval-model"))] = None,
    sheet: Annotated[Path | None, typer.Option(metavar="PNG", help=say("eval-sheet"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=say("eval-json"))] = False,
) -> None:
    from laodoc.evaluation.command import evaluate_folders, told

    report = evaluate_folders(folders, engine, model)
    if sheet:
        from laodoc.evaluation.sheet import write_sheet

        write_sheet(report.slips, sheet)
    put(told(report, as_json=as_json).encode(), None)
