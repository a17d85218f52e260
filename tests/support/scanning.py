"""Scans of files that many tests look at: each is made once a run, by the process that asks first."""

import fcntl
import hashlib
import os
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from laodoc import pipeline
from laodoc.archive.ledger import Ledger
from laodoc.document import Document
from laodoc.export.json import to_json

SAMPLES = Path(__file__).resolve().parents[2] / "samples"

USUAL = pipeline.ScanOptions()

_scan = pipeline.scan
"""The scan itself: `remember_scans` puts another in its place."""


def scanned(path: Path, options: pipeline.ScanOptions = USUAL, *, name: str | None = None) -> Document:
    """What `laodoc.pipeline.scan` gives."""
    asked = "\0".join((hashlib.sha256(path.read_bytes()).hexdigest(), name or path.name, repr(options)))
    return _remembered(hashlib.sha256(asked.encode()).hexdigest(), path, options, name)


@cache
def _remembered(key: str, path: Path, options: pipeline.ScanOptions, name: str | None) -> Document:
    kept = Path(os.environ["LAODOC_TEST_SCANS"]) / key
    with _alone(kept):
        if not kept.exists():
            kept.write_bytes(pickle.dumps(_scan(path, options, name=name)))
    document = pickle.loads(kept.read_bytes())
    assert isinstance(document, Document)
    return document


@contextmanager
def _alone(kept: Path) -> Iterator[None]:
    """One process at a time: others wait for what the first one scans."""
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def remember_scans() -> None:
    """Let all of this process have files scanned by `scanned`; pages are told as they would be."""

    def scan(
        path: Path,
        options: pipeline.ScanOptions = USUAL,
        *,
        name: str | None = None,
        observe: pipeline.Observer | None = None,
        progress: pipeline.Progress | None = None,
    ) -> Document:
        if observe:
            return _scan(path, options, name=name, observe=observe, progress=progress)
        document = scanned(path, options, name=name)
        total = len({page.source_page for page in document.pages})
        for done in range(1, total + 1) if progress else ():
            progress(done, total)
        return document

    pipeline.scan = scan


def fill(ledger: Ledger) -> None:
    """Put into a ledger what a batch would read for it."""
    for sha256, place in list(ledger.waiting()):
        document = scanned(Path(place))
        ledger.keep(sha256, document, to_json(document), 0.0)
