"""Runs poppler's programs: never through a shell, with a time limit, its failures translated."""

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from laodoc.errors import ChildTimeout, MissingDependency

POPPLER_PROGRAMS = ("pdftoppm", "pdfinfo", "pdfimages", "pdftotext")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a child process said."""

    exit_code: int
    output: bytes
    errors: str


def require_poppler() -> None:
    """Raises MissingDependency where one of poppler's programs is not installed."""
    for program in POPPLER_PROGRAMS:
        if shutil.which(program) is None:
            raise missing_poppler(program)


def missing_poppler(program: str) -> MissingDependency:
    return MissingDependency(f"{program} is not installed; install the package poppler-utils")


def run(command: Sequence[str], timeout_s: float) -> Answer:
    """Run a program of poppler to its end.

    Raises:
        MissingDependency: it is not installed.
        ChildTimeout: it did not answer within `timeout_s` seconds and was stopped.
    """
    try:
        done = subprocess.run(
            list(command), stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout_s, check=False
        )
    except FileNotFoundError as absent:
        raise missing_poppler(command[0]) from absent
    except subprocess.TimeoutExpired as late:
        raise ChildTimeout(f"{command[0]} did not answer within {timeout_s:g} s and was stopped") from late
    return Answer(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))
