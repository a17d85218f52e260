"""`python -m laodoc.training`: the same as `laodoc train`, for long runs that only need this room."""

import argparse
from pathlib import Path

from laodoc.training.command import TrainRequest, run_training


def main() -> None:
    parser = argparse.ArgumentParser(prog="laodoc.training")
    parser.add_argument("--text", type=Path, required=True)
    parser.add_argument("--fonts", type=Path, action="append", required=True)
    parser.add_argument("--hand", type=Path, action="append", default=[])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--steps", type=int, default=0)
    parser.add_argument("--cool-down", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--hours", type=float, default=float("inf"))
    run_training(TrainRequest(**vars(parser.parse_args())))


if __name__ == "__main__":
    main()
