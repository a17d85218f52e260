"""Tests import the generator of samples from the root of the repository, which is not installed."""

import sys
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

settings.register_profile("laodoc", deadline=None)  # no test checks time
settings.load_profile("laodoc")
