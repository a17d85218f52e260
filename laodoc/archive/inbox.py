"""An inbox that is looked after: whatever comes into its folders is read as soon as it is whole.

It is looked at again and again, where the system could tell of new files: scanners write into network shares, and no
system tells of what another machine writes there. A look costs one listing of the folders.
"""

import os
import time
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from laodoc.archive.batch import BatchOptions, Heard, Tell, run_batch
from laodoc.archive.entering import Passed, check_folders, enter_files
from laodoc.archive.ledger import Ledger
from laodoc.archive.workers import Workers
from laodoc.archive.zips import Refused
from laodoc.messages import Message


@dataclass(slots=True)
class Settling:
    """Says of each file once that it is whole: when size and times have stood still for some seconds. A file that
    changes afterwards is another one. The seconds are those of this machine's clock, not of the file's.

    Args:
        seconds: for which a file must stand still; a scanner pauses between two sheets.
        clock: seconds that only grow.
    """

    seconds: float
    clock: Callable[[], float] = time.monotonic
    _seen: dict[str, tuple[tuple[int, ...], float]] = field(default_factory=dict)
    _told: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def __call__(self, path: Path, status: os.stat_result) -> bool:
        place, looks = str(path), (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        if self._told.get(place) == looks:
            return False
        now = self.clock()
        before, since = self._seen.get(place, (None, now))
        if before != looks:
            self._seen[place], since = (looks, now), now
        if now - since < self.seconds:
            return False
        self._seen.pop(place, None)
        self._told[place] = looks
        return True


def _sleep(seconds: float) -> bool:
    time.sleep(seconds)
    return True


def watch(  # noqa: PLR0913 - each is a choice of its own
    ledger: Ledger,
    folders: Sequence[Path],
    options: BatchOptions,
    *,
    every_s: float,
    settle_s: float,
    tell: Tell,
    refused: Refused,
    passed: Passed = lambda place: None,
    heard: Heard | None = None,
    whole: Container[str] = (),
    hired: Callable[[Workers], None] = lambda workers: None,
    going_on: Callable[[float], bool] = _sleep,
) -> None:
    """Read what comes into the folders, until Ctrl-C (KeyboardInterrupt), or until `going_on`, which waits for some
    seconds between two looks, says no. A folder that goes, as a share does, is told once and looked for again.

    Files at the places in `whole` need not settle. `hired` is given the workers, so that it can stop them.

    Raises:
        AccessError: a folder is not there at the start, or the archive cannot be written.
    """
    settling, gone, seen = Settling(settle_s), set[Path](), set[str]()
    check_folders(folders)

    def ready(path: Path, status: os.stat_result) -> bool:
        return str(path) in whole or settling(path, status)

    with Workers(options.jobs, options.timeout_s, options.memory) as workers:
        hired(workers)
        while True:
            there = [folder for folder in folders if folder.exists()]
            for folder in set(folders) - set(there) - gone:
                refused(str(folder), Message("folder-gone"))
            gone = set(folders) - set(there)
            enter_files(ledger, there, refused=refused, passed=passed, ready=ready, before=seen)
            run_batch(ledger, options, tell=tell, heard=heard, workers=workers)
            options = replace(options, retry_failed=False, since_model=False)  # once is enough
            if not going_on(every_s):
                return
