"""How surely pages are turned upright and how straight they become: `python benchmarks/upright.py FILE…`.

Every page is first made upright and straight by laodoc itself (its base), then turned by quarters and by angles
within ±5°, and made upright again. A page counts as upright where the quarters are undone; its remaining skew is the
angle that it was turned by, less the angle that was measured, less what the base itself still measures. `--geometry`
leaves the quarters (and with them all reading) out and measures the angles alone.
"""

import argparse
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from laodoc.imaging.affine import fitted, rotating
from laodoc.imaging.deskew import skew_angle
from laodoc.imaging.orientation import ReadLines
from laodoc.imaging.page import Image, SourcePage, UnreadablePage
from laodoc.imaging.resample import grey_of, moved, quarter_turned
from laodoc.imaging.sheet import read_sheet
from laodoc.imaging.source import open_source
from laodoc.imaging.upright import upright
from laodoc.recognition.engines import DEFAULT_ENGINE, engine

ANGLES = (-4.1, -1.7, 0.6, 2.3, 4.8)
TURNS = (0, 90, 180, 270)


@dataclass(frozen=True, slots=True)
class Trial:
    """One page, turned and made upright again."""

    page: str
    turn: int
    angle: float
    found: int
    remaining: float
    seconds: float

    @property
    def is_upright(self) -> bool:
        return (self.found + self.turn) % 360 == 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--engine", default=DEFAULT_ENGINE)
    parser.add_argument("--geometry", action="store_true", help="the angles alone, no quarters, no reading")
    parser.add_argument("--quick", action="store_true", help="one angle a quarter instead of five")
    arguments = parser.parse_args()
    trials = []
    for path in arguments.files:
        for trial in try_file(path, arguments.engine, geometry=arguments.geometry, quick=arguments.quick):
            trials.append(trial)
            if not trial.is_upright or abs(trial.remaining) > 0.2:
                print(
                    f"{trial.page}: {trial.turn}° {trial.angle}°: turned {trial.found}°, {trial.remaining:+.3f}° left"
                )
    report(trials)


def report(trials: list[Trial]) -> None:
    """The shares and skews of all trials, a line each."""
    left = [abs(trial.remaining) for trial in trials if trial.is_upright]
    print(f"{len(trials)} trials, upright {sum(t.is_upright for t in trials) / len(trials):.2%}")
    print(f"remaining skew: max {max(left):.3f}°, median {statistics.median(left):.3f}°")
    print(f"{statistics.mean(trial.seconds for trial in trials):.2f} s of wall clock a page")


def try_file(path: Path, engine_name: str, *, geometry: bool, quick: bool) -> Iterator[Trial]:
    """All trials of all pages of a file."""
    source = open_source(path)
    read = reader(engine_name)
    for number in range(1, source.page_count + 1):
        for page in read_sheet(source, number):
            if not isinstance(page, UnreadablePage):
                name = f"{path.name} p.{number}"
                yield from try_angles(name, page, read) if geometry else try_page(name, page, read, quick=quick)


def try_page(name: str, page: SourcePage, read: ReadLines, *, quick: bool) -> Iterator[Trial]:
    """The page turned by every quarter and angle; `quick` takes one angle a quarter, another on each page."""
    base = upright(page, read)
    own = skew_angle(base.grey, base.dpi)
    for turn_index, turn in enumerate(TURNS):
        angles = (ANGLES[(page.source_page + turn_index) % len(ANGLES)],) if quick else ANGLES
        for angle in angles:
            image = turned(base.image, turn, angle)
            start = time.perf_counter()
            again = upright(SourcePage(page.source_page, image, base.dpi, page.to_source), read)
            seconds = time.perf_counter() - start
            yield Trial(name, turn, angle, again.rotation, angle + own - again.skew, seconds)


def try_angles(name: str, page: SourcePage, read: ReadLines) -> Iterator[Trial]:
    """The page at every angle."""
    base = upright(page, read)
    own = skew_angle(base.grey, base.dpi)
    for angle in ANGLES:
        image = turned(base.image, 0, angle)
        start = time.perf_counter()
        found = skew_angle(grey_of(image), base.dpi)
        yield Trial(name, 0, angle, 0, angle + own - found, time.perf_counter() - start)


def turned(image: Image, turn: int, angle: float) -> Image:
    """The image turned clockwise by `angle` degrees and then by quarters, on white."""
    there, width, height = fitted(rotating(angle), float(image.shape[1]), float(image.shape[0]))
    askew = moved(image, there, round(width), round(height))
    return quarter_turned(askew, turn)  # type: ignore[arg-type]


def reader(name: str) -> ReadLines:
    """The named engine as imaging wants it."""
    recognizer = engine(name)

    def read(lines: Sequence[Image]) -> list[tuple[str, float]]:
        return [(reading.text, reading.confidence) for reading in recognizer.read(lines)]

    return read


if __name__ == "__main__":
    main()
