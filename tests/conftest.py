"""Helpers of the tests are in `support/`; the generator of samples is in the root, which is not installed. What a run
has scanned is kept for all of its processes, see `support/scanning.py`."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from laodoc.archive.ledger import Ledger

TESTS = Path(__file__).resolve().parent

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OPENCV_FOR_THREADS_NUM"):
    os.environ.setdefault(threads, "1")  # the tests run a process a core, and must not wait for each other's threads

sys.path[:0] = [str(TESTS / "support"), str(TESTS.parent)]

settings.register_profile("laodoc", deadline=None)  # no test checks time
settings.load_profile("laodoc")


def pytest_configure(config: pytest.Config) -> None:
    """The first process of a run makes the folder of its scans; those that it starts find it in the environment."""
    if not hasattr(config, "workerinput"):
        folder = TemporaryDirectory(prefix="laodoc-scans-")
        config.add_cleanup(folder.cleanup)
        os.environ["LAODOC_TEST_SCANS"] = folder.name


@pytest.fixture(scope="session", autouse=True)
def commands_are_over() -> Iterator[None]:
    """The process that forks commands has ended, and left its coverage, before the run is summed up."""
    yield
    if "commands" in sys.modules:
        sys.modules["commands"].end()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for scans."""
    place = tmp_path / "scans"
    place.mkdir()
    return place


@pytest.fixture
def ledger(tmp_path: Path) -> "Ledger":
    """An archive that waits for them."""
    from laodoc.archive.ledger import Ledger

    return Ledger(tmp_path / "a.sqlite", create=True)
