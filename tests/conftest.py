"""Tests import the generator of samples from the root of the repository, which is not installed."""

import os
import sys
from pathlib import Path

from hypothesis import settings

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OPENCV_FOR_THREADS_NUM"):
    os.environ.setdefault(threads, "1")  # the tests run a process a core, and must not wait for each other's threads

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

settings.register_profile("laodoc", deadline=None)  # no test checks time
settings.load_profile("laodoc")
