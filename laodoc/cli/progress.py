"""How far a batch has come: rate, time left and failures, as a bar on a terminal, else now and then a line."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.progress import BarColumn, Progress, TextColumn

from laodoc.cli.console import notes
from laodoc.messages import say

EVERY_S = 10.0
"""Seconds between two lines where there is no terminal."""


@dataclass(slots=True)
class Pace:
    """What was done since the start: pages, files that failed."""

    started: float = field(default_factory=time.monotonic)
    pages: int = 0
    failed: int = 0

    def told(self, over: int, total: int) -> str:
        """One line."""
        seconds = max(1e-3, time.monotonic() - self.started)
        left = (total - over) * seconds / max(1, over)
        return say(
            "batch-pace",
            over=over,
            total=total,
            rate=f"{self.pages / seconds:.1f}",
            left=_clock(left),
            failed=self.failed,
        )


@contextmanager
def file_progress(*, quiet: bool) -> Iterator[Callable[[int, bool, int, int], None]]:
    """Is to be told of every file: (pages, failed, files over, files in all)."""
    pace, last = Pace(), 0.0

    def count(pages: int, failed: bool) -> None:
        pace.pages += pages
        pace.failed += failed

    if quiet:
        yield lambda pages, failed, over, total: None
    elif notes.is_terminal:
        with Progress(BarColumn(), TextColumn("{task.description}"), console=notes, transient=True) as bar:
            task = bar.add_task("", total=None)

            def draw(pages: int, failed: bool, over: int, total: int) -> None:
                count(pages, failed)
                bar.update(task, description=pace.told(over, total), completed=over, total=total)

            yield draw
    else:

        def print_line(pages: int, failed: bool, over: int, total: int) -> None:
            nonlocal last
            count(pages, failed)
            if over == total or time.monotonic() - last >= EVERY_S:
                last = time.monotonic()
                notes.print(pace.told(over, total), markup=False)

        yield print_line


def _clock(seconds: float) -> str:
    """As 1:02:03."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"
