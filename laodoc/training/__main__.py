"""`python -m laodoc.training`: what `laodoc train` does, for long runs that need this room only."""

import argparse
import sys
from pathlib import Path

from laodoc.errors import LaodocError
from laodoc.training.command import Material, PublishRequest, TrainRequest, run_publishing, run_training


def main() -> int:
    given = _parser().parse_args()
    material = Material(text=given.text, fonts=given.fonts, hand=given.hand)
    try:
        if given.publish:
            run_publishing(
                PublishRequest(
                    material=material,
                    checkpoint=given.out / "checkpoint.pt",
                    models=given.publish,
                    version=given.version,
                    command=given.command,
                )
            )
        else:
            run_training(
                TrainRequest(
                    material=material,
                    out=given.out,
                    seed=given.seed,
                    rate=given.rate,
                    steps=given.steps,
                    cool_down=given.cool_down,
                    threads=given.threads,
                    hours=given.hours,
                    start=given.start,
                )
            )
    except LaodocError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="laodoc.training", description=__doc__)
    add = parser.add_argument
    add("--text", type=Path, required=True, help="paragraphs, one a line (plain or .xz)")
    add("--fonts", type=Path, action="append", required=True, help="folder of fonts; may be given again")
    add("--hand", type=Path, action="append", default=[], help=".npz of handwritten digits; may be given again")
    add("--out", type=Path, required=True, help="folder of checkpoint, log and curve; a run goes on where it stands")
    add("--start", type=Path, help="weights to fine-tune from")
    add("--seed", type=int, default=1)
    add("--rate", type=float, default=1.5e-3)
    add("--steps", type=int, default=0, help="0: no end")
    add("--cool-down", type=int, default=0, help="the last so many steps the rate falls to nothing")
    add("--threads", type=int, default=1)
    add("--hours", type=float, default=float("inf"), help="stop after so many hours")
    add("--publish", type=Path, help="do not train: export, test, and write the card into this folder")
    add("--version", default="0")
    add("--command", default="see docs/training.md", help="what the card names as the command of the run")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
