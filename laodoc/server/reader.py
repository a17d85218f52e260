"""Reads what comes into the inbox while the server runs, as `laodoc watch` does."""

import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path

from laodoc.archive.batch import BatchOptions, Outcome
from laodoc.archive.inbox import watch
from laodoc.archive.ledger import Ledger
from laodoc.archive.turn import only_batch
from laodoc.archive.workers import Stopped, Workers
from laodoc.errors import AccessError
from laodoc.pipeline import ScanOptions
from laodoc.recognition.engines import DEFAULT_ENGINE
from laodoc.server.settings import Settings

LOOK_S = 2.0
"""Seconds between two looks into the inbox; a file that comes by the page is looked for at once."""

AGAIN_S = 15.0
"""Seconds until the turn is asked for again that another process has."""

REMEMBERED = 200
"""Files that could not even be entered, of which the page tells."""

End = Callable[[Outcome], None]


class Reader:
    """A thread that watches the inbox. `elsewhere` says that another process reads for this archive.

    Args:
        ended: is told of every file that was read, or could not be.
    """

    def __init__(self, settings: Settings, ended: End) -> None:
        self._settings, self._ended = settings, ended
        self._wake, self._stop = threading.Event(), False
        self._workers: Workers | None = None
        self._thread = threading.Thread(target=self._run, name="reader", daemon=True)
        self._whole: set[str] = set()
        self.now: dict[str, tuple[int, int]] = {}
        self.refused: deque[tuple[str, str]] = deque(maxlen=REMEMBERED)
        self.elsewhere = settings.jobs == 0
        self.failed: str | None = None

    def start(self) -> None:
        """Begin to read, unless another process is to do it."""
        if self._settings.jobs:
            self._thread.start()

    def stop(self) -> None:
        """End; what is being read now is read again at the next start."""
        self._stop = True
        self._wake.set()
        if self._workers:
            self._workers.stop()
        if self._thread.is_alive():
            self._thread.join()

    @property
    def alive(self) -> bool:
        """Whether files that come are read, here or elsewhere."""
        return self.elsewhere or self._thread.is_alive()

    def arrived(self, place: Path) -> None:
        """A file was put into the inbox, whole."""
        self._whole.add(str(place))
        self._wake.set()

    def wake(self) -> None:
        """Look for work at once."""
        self._wake.set()

    def _run(self) -> None:
        while not self._stop:
            try:
                with only_batch(self._settings.archive):
                    self.elsewhere, self.failed = False, None
                    self._watch()
            except Stopped:
                return
            except AccessError as refused:
                busy = getattr(refused.args[0], "code", None) == "archive-busy"
                self.elsewhere, self.failed = busy, str(refused)
                self._going_on(AGAIN_S)

    def _watch(self) -> None:
        given = self._settings
        given.inbox.mkdir(parents=True, exist_ok=True)
        engine = given.engine or DEFAULT_ENGINE
        scan = ScanOptions(engine=engine, timeout_s=given.timeout_s, password=given.password)
        options = BatchOptions(scan=scan, jobs=given.jobs, timeout_s=given.timeout_s, memory=given.memory)
        ledger = Ledger(given.archive, create=True)
        try:
            watch(
                ledger,
                [given.inbox],
                options,
                every_s=LOOK_S,
                settle_s=given.settle_s,
                tell=self._tell,
                refused=lambda place, why: self.refused.append((place, why)),
                heard=self._heard,
                whole=self._whole,
                hired=self._hired,
                going_on=self._going_on,
            )
        finally:
            ledger.close()

    def _hired(self, workers: Workers) -> None:
        self._workers = workers
        if self._stop:
            workers.stop()

    def _heard(self, place: str, done: int, pages: int) -> None:
        self.now[place] = (done, pages)

    def _tell(self, outcome: Outcome, over: int, total: int) -> None:
        self.now.pop(outcome.place, None)
        self._whole.discard(outcome.place)
        self._ended(outcome)

    def _going_on(self, seconds: float) -> bool:
        self._wake.wait(seconds)
        self._wake.clear()
        return not self._stop
