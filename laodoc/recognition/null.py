"""The engine that reads nothing: for looking at layout alone, and for tests."""

from collections.abc import Sequence

from laodoc.document import EngineInfo
from laodoc.recognition.engine import LineImage
from laodoc.recognition.reading import Reading


class NullEngine:
    """Answers every line with no text and no confidence."""

    @property
    def info(self) -> EngineInfo:
        return EngineInfo(name="null", version="1", sha256=None)

    def read(self, lines: Sequence[LineImage]) -> list[Reading]:
        return [Reading("", 0.0) for _ in lines]

    def producible_digits(self) -> str:
        """No digit at all."""
        return ""
