"""What every recognizer offers."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from laodoc.document import EngineInfo
from laodoc.recognition.reading import Reading

LineImage = NDArray[np.uint8]
"""One line of upright text, grey, shape (height, width), dark ink on a light ground near 255, at the page's normal
resolution, with all its diacritics and descenders and a little ground around; rulings are already taken out."""


class Engine(Protocol):
    """A recognizer: reads line images in batches."""

    @property
    def info(self) -> EngineInfo:
        """Name, version and digest of the weights, as they stand in the record."""
        ...

    def read(self, lines: Sequence[LineImage]) -> list[Reading]:
        """Read every line; the answer has the length and order of `lines`. An empty list costs nothing.

        Raises:
            MissingDependency: the program, language or model is not installed.
            ChildFailure: a child process crashed; `ChildTimeout`: or hung.
        """
        ...
