"""A batch that is killed -9 again and again, and resumed each time, beside one that nobody disturbs.

    python benchmarks/kill.py [--files N] [--kills N] [--jobs N] [--seed N] [--engine NAME]

Every file is a page of one line. The moments are drawn: a quarter of the kills strike while the batch starts or looks
for files, the others after some more files are done and a part of a second more. Ends with 1 where a record is missing,
was kept twice or differs by a byte, or where a temporary file is left.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import fontpkg_sarabun
from PIL import Image, ImageDraw, ImageFont
from sqlalchemy import text

from laodoc.archive.ledger import Ledger

FONT = next(Path(fontpkg_sarabun.__file__).parent.rglob("Sarabun-Regular.ttf"))
EARLY_SHARE, EARLY_S, LATE_S = 0.25, 3.0, 0.4
CLEARED_S = 20.0
"""Seconds within which the processes of a killed batch must be gone with their temporary files. Where it is killed
before it has any, the next batch removes what it left."""


@dataclass
class Batch:
    """`laodoc batch` of a folder into an archive, with a temporary folder of its own."""

    scans: Path
    archive: Path
    jobs: int = 1
    engine: str = "laodoc-thai"
    temporary: Path = field(init=False)

    def __post_init__(self) -> None:
        self.temporary = self.archive.with_suffix(".tmp")
        self.temporary.mkdir()

    @property
    def log(self) -> Path:
        return self.archive.with_suffix(".jsonl")

    def start(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "laodoc", "batch", str(self.scans), "--archive", str(self.archive), "-q"]
        command += ["--jobs", str(self.jobs), "--engine", self.engine, "--log", str(self.log)]
        return subprocess.Popen(command, env={**os.environ, "TMPDIR": str(self.temporary)})

    def over(self) -> int:
        """How many files the log tells of."""
        return self.log.read_bytes().count(b"\n") if self.log.exists() else 0

    def kill(self, files: int, seconds: float) -> bool:
        """Start, wait until `files` more files are over and some seconds more, and kill it; False where it ended."""
        process, before = self.start(), self.over()
        while process.poll() is None and self.over() < before + files:
            time.sleep(0.005)
        time.sleep(seconds)
        ended = process.poll() is not None
        process.kill()
        process.wait()
        return not ended

    def cleared(self) -> bool:
        """Whether the temporary folder is empty, at last."""
        until = time.monotonic() + CLEARED_S
        while time.monotonic() < until:
            if not any(self.temporary.iterdir()):
                return True
            time.sleep(0.05)
        return False


def make_scans(folder: Path, count: int) -> None:
    """Pages of one line, each with its own number."""
    font = ImageFont.truetype(str(FONT), 40)
    folder.mkdir()
    for number in range(count):
        page = Image.new("L", (900, 140), 255)
        ImageDraw.Draw(page).text((40, 40), f"ที่ มท ๐๘๑๐.๒/ว {number + 1000}", fill=20, font=font)
        page.save(folder / f"{number:04}.png", dpi=(200, 200))


def kill_often(batch: Batch, files: int, kills: int, rng: Random) -> int:
    """Kill the batch so often, spread over its files; how often it was at work when it was struck."""
    struck = 0
    for left in range(kills, 0, -1):
        if rng.random() < EARLY_SHARE:
            struck += batch.kill(0, rng.uniform(0.0, EARLY_S))
        else:
            fair = (files - batch.over()) / (left + 1)
            struck += batch.kill(rng.randint(0, max(1, int(1.5 * fair))), rng.uniform(0.0, LATE_S))
    return struck


def kept(archive: Path) -> tuple[list[tuple[str, bytes]], int]:
    """The records of an archive by place, and how often the content that was kept most often was."""
    ledger = Ledger(archive)
    with ledger.session() as session:
        most = session.execute(text("SELECT max(attempts) FROM contents")).scalar_one()
    return list(ledger.records()), int(most)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", default="laodoc-thai")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_scans(folder / "scans", given.files)
        calm = Batch(folder / "scans", folder / "calm.sqlite", given.jobs, given.engine)
        disturbed = Batch(folder / "scans", folder / "disturbed.sqlite", given.jobs, given.engine)
        begun = time.monotonic()
        calm.start().wait()
        print(f"undisturbed: {given.files} files in {time.monotonic() - begun:.0f} s")
        struck = kill_often(disturbed, given.files, given.kills, Random(given.seed))
        before = disturbed.over()
        code = disturbed.start().wait()
        (expected, _), (records, most) = kept(calm.archive), kept(disturbed.archive)
        same, clear = records == expected, disturbed.cleared()
        print(f"killed -9 {struck} times at work, {before} files done by then; the last run ended with {code}")
        print(f"records: {len(records)} of {given.files}, kept {most} time(s) at most, byte-equal: {same}")
        print(f"temporary files left: {'none' if clear else 'some'}")
        sys.exit(0 if same and clear and most == 1 and len(records) == given.files else 1)


if __name__ == "__main__":
    main()
