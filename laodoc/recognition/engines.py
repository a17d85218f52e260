"""The engines by name."""

from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

from laodoc.errors import UsageError
from laodoc.messages import Message
from laodoc.recognition.engine import Engine, LineImage
from laodoc.recognition.line_recognizer import NAME as LAODOC_THAI
from laodoc.recognition.line_recognizer import LineRecognizer
from laodoc.recognition.null import NullEngine
from laodoc.recognition.tessdata import PICTURE_S


def _tesseract(timeout_s: float) -> Engine:
    # pytesseract imports pandas, which takes longer than all of laodoc.
    from laodoc.recognition.tesseract import TesseractEngine

    return TesseractEngine(timeout_s=timeout_s)


ENGINES: dict[str, Callable[[float], Engine]] = {
    "tesseract": _tesseract,
    LAODOC_THAI: lambda timeout_s: LineRecognizer(),
    "null": lambda timeout_s: NullEngine(),
}
"""Each name with what makes the engine, given the seconds that a child process of it may take for one picture."""


DEFAULT_ENGINE = LAODOC_THAI
"""Our own reader: it knows all Thai digits, and reads better and faster than Tesseract (docs/benchmarks.md)."""


@runtime_checkable
class KnowsItsDigits(Protocol):
    """An engine that can say which Thai digits are among the characters that it can ever answer."""

    def producible_digits(self) -> str: ...


@runtime_checkable
class Glances(Protocol):
    """An engine that can tell at less cost roughly what lines say: text and mean confidence of the characters."""

    def glance(self, lines: Sequence[LineImage]) -> list[tuple[str, float]]: ...


def engine(name: str, *, timeout_s: float = PICTURE_S) -> Engine:
    """A new engine; it loads its program and weights when it first reads.

    Raises:
        UsageError: no engine has this name.
    """
    if name not in ENGINES:
        raise UsageError(Message("no-such-engine", name=name, names=", ".join(ENGINES)))
    return ENGINES[name](timeout_s)


def producible_digits(engine: Engine) -> str:
    """Those of ๐๑๒๓๔๕๖๗๘๙ that the engine can answer at all, in this order; none where it cannot say.

    Raises:
        MissingDependency: the program or language of the engine is not installed.
    """
    return engine.producible_digits() if isinstance(engine, KnowsItsDigits) else ""
