"""Scans and records with something broken at random: does laodoc ever crash, hang, or leave a file behind?

    python benchmarks/fuzz.py [--count N] [--seed N] [--minutes N] [--jobs N]

Each input is one of the kinds below with up to three faults, all drawn from its number, so that `--seed N --count 1`
makes the same again. Scans are laid out (nothing is read) through the whole walk; records are checked and exported.
An error that laodoc knows, or a record, is well; anything else is printed with its kind and number, and the exit code
is 1.
"""

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))

from hostile import MATRIX, OK

from laodoc.archive.reading import items_in
from laodoc.archive.workers import Workers
from laodoc.errors import LaodocError
from laodoc.export.command import write_export
from laodoc.export.formats import Options
from laodoc.export.json import to_json
from laodoc.pipeline import ScanOptions, recheck, scan

ROOT = Path(__file__).resolve().parent.parent
FAST = ScanOptions(engine="null", dpi=100, timeout_s=20.0)
HANGS_S = 90.0
MOST_FAULTS = 3
SEEDS = (
    "a PDF called jpg", "JBIG2", "fax group 4", "JPEG 2000", "form fields", "packed objects", "for the web",
    "owner's password only", "embedded files", "damaged ICC profile",
    "PNG with a damaged profile", "progressive JPEG", "animated WebP", "TIFF of three pages", "PNG of 16 bits",
)  # fmt: skip
"""Of the matrix of hostile files: the merely odd ones, which are read."""

KINDS = (*SEEDS, *("record",) * 7)
NASTY = (b"0", b"-1", b"99999999999", b"1e999", b"null", b"<<", b"]", b"()", b"\xff" * 8, b"\0" * 8, b"")
NASTY_TEXTS = ("", "๙" * 50, "=1+1", "\0", "\n", "2020-02-30", "9" * 400, "table-99", "page-0", "<b>&", "-", "กกก่่่")
NASTY_NUMBERS = (0, -1, 1, 0.5, 1e300, 10**20, 2**31)
NASTY_VALUES: tuple[Any, ...] = (None, 0, "", "\ud800", [], {}, True, [[]])
SAME_TYPE = 0.8
"""Share of a record's faults that put a text for a text, or a number for a number: others are refused at once."""

FORMS = ("csv", "jsonl", "xlsx")


@cache
def whole(kind: str) -> bytes:
    """The sound file of a kind."""
    if kind == "record":
        return to_json(scan(ROOT / "samples" / "statistics.pdf"))
    (case,) = [case for case in MATRIX if case.what == kind and case.code == OK]
    return case.make()


def kind_of(number: int) -> str:
    """Which kind the input of this number is."""
    return KINDS[number % len(KINDS)]


def broken(number: int, sound: bytes) -> bytes:
    """The input of this number, made of a sound one."""
    rng, data = Random(number), sound
    if kind_of(number) == "record" and rng.random() < 0.8:
        return _json_fault(rng, sound)
    for _ in range(rng.randint(1, MOST_FAULTS)):
        data = rng.choice((_cut, _flip, _overwrite, _double, _nasty))(rng, data)
    return data


def _cut(rng: Random, data: bytes) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _flip(rng: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.randint(1, 20) if changed else 0):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _overwrite(rng: Random, data: bytes) -> bytes:
    at, length = rng.randrange(len(data) + 1), rng.randint(1, 200)
    return data[:at] + rng.randbytes(length) + data[at + length :]


def _double(rng: Random, data: bytes) -> bytes:
    at, length = rng.randrange(len(data) + 1), rng.randint(1, 2000)
    return data[: at + length] + data[at:]


def _nasty(rng: Random, data: bytes) -> bytes:
    """A number or a name of the file becomes another."""
    at, length = rng.randrange(len(data) + 1), rng.randint(0, 8)
    return data[:at] + rng.choice(NASTY) + data[at + length :]


def _json_fault(rng: Random, data: bytes) -> bytes:
    """A record that is JSON still: some of its values are of another kind, missing or twice."""
    record = json.loads(data)
    for _ in range(rng.randint(1, MOST_FAULTS)):
        inside: Any = record
        while isinstance(inside, dict | list) and inside:
            key = rng.choice(list(inside)) if isinstance(inside, dict) else rng.randrange(len(inside))
            if not isinstance(inside[key], dict | list) or not inside[key] or rng.random() < 0.1:
                if rng.random() < 0.2:
                    del inside[key]
                elif rng.random() < 0.2 and isinstance(inside, list):
                    inside.append(inside[key])
                else:
                    inside[key] = _nasty_value(rng, inside[key])
                break
            inside = inside[key]
    return json.dumps(record).encode()


def _nasty_value(rng: Random, value: Any) -> Any:
    if isinstance(value, str) and rng.random() < SAME_TYPE:
        return rng.choice(NASTY_TEXTS)
    if isinstance(value, int | float) and rng.random() < SAME_TYPE:
        return rng.choice(NASTY_NUMBERS)
    return rng.choice(NASTY_VALUES)


def outcome(number: int, sound: bytes) -> int:
    """What laodoc makes of the input: the exit code it earns.

    Raises:
        Exception: whatever laodoc does not know. AssertionError: a message of more than a line, or a file left behind.
    """
    data, kind = broken(number, sound), kind_of(number)
    with tempfile.TemporaryDirectory() as name:
        folder, usual = Path(name), tempfile.tempdir
        (folder / "tmp").mkdir()
        path = folder / ("input.json" if kind == "record" else "input")
        path.write_bytes(data)
        tempfile.tempdir = str(folder / "tmp")
        code = 0
        try:
            (_use_record if kind == "record" else _use_scan)(path)
        except LaodocError as known:
            assert "\n" not in str(known), str(known)
            code = known.exit_code
        finally:
            tempfile.tempdir = usual
        assert not list((folder / "tmp").iterdir()), "left behind"
    return code


def _use_scan(path: Path) -> None:
    to_json(scan(path, FAST))


def _use_record(path: Path) -> None:
    (item,) = items_in([path])
    to_json(recheck(item.document))
    for form in FORMS:
        out = path.parent / f"out.{form}" if form == "xlsx" else path.parent / form
        write_export([item], form, out, Options())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    sound = {kind: whole(kind) for kind in KINDS}
    codes, faults = run(range(given.seed, given.seed + given.count), sound, given.jobs, 60 * given.minutes)
    print(f"{sum(codes.values())} inputs, numbers {given.seed} to {given.seed + given.count - 1}, {faults} faults")
    for kind in dict.fromkeys(KINDS):
        told = ", ".join(f"code {code}: {count}" for (what, code), count in sorted(codes.items()) if what == kind)
        print(f"  {kind}: {told}")
    sys.exit(1 if faults or sum(codes.values()) < given.count else 0)


def run(numbers: range, sound: dict[str, bytes], jobs: int, seconds: float) -> tuple[Counter[tuple[str, int]], int]:
    """The inputs of these numbers, as far as the time goes: exit codes by kind, and how many faults were found."""
    codes, faults, todo, until = Counter[tuple[str, int]](), 0, iter(numbers), time.monotonic() + seconds
    with Workers(jobs, HANGS_S) as workers:
        while True:
            while workers.idle and time.monotonic() < until and (number := next(todo, None)) is not None:
                task: Callable[[], int] = partial(outcome, number, sound[kind_of(number)])
                workers.give(number, task)
            if not workers.busy:
                return codes, faults
            done = workers.next()
            codes[kind_of(done.key), -1 if done.error else done.answer] += 1
            if done.error:
                faults += 1
                print(f"number {done.key}, {kind_of(done.key)}: {done.error}", flush=True)


if __name__ == "__main__":
    main()
