"""Tesseract as an engine, through pytesseract."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import pytesseract
from pytesseract import pytesseract as runner

from laodoc.document import EngineInfo
from laodoc.errors import ChildFailure, ChildTimeout
from laodoc.messages import Message
from laodoc.recognition.engine import LineImage
from laodoc.recognition.montage import FoundWord, Montage, stack, unstack
from laodoc.recognition.reading import Guess, Reading
from laodoc.recognition.tessdata import (
    ONE_THREAD,
    PICTURE_S,
    Installation,
    characters,
    digest,
    inspect,
    missing_program,
    resolve,
)
from laodoc.thai.digits import THAI_DIGITS

ANSWER_S = 20.0
"""Seconds that Tesseract may take to say its version."""

ONE_BLOCK = "--psm 6 -c tessedit_create_tsv=1"
"""The picture is one block of text lines of one size."""

TSV_COLUMNS = 12
WORD_LEVEL = "5"

runner.environ = ONE_THREAD  # pytesseract passes this name of its own to its children and takes no other environment


class TesseractEngine:
    """Reads lines with the models `languages`; `second`, a model asked after it, gives alternatives.

    The confidence of a reading is Tesseract's own, averaged over its letters, times the chance that its Thai digits
    are what was printed: a model without ๖ reads ๒ or ๕ in its place and is sure of it.
    """

    def __init__(self, languages: str = "tha+Thai", *, second: str | None = None, timeout_s: float = PICTURE_S) -> None:
        self.languages = languages
        self.second = second
        self.timeout_s = timeout_s

    @cached_property
    def _installation(self) -> Installation:
        return inspect(runner.tesseract_cmd, min(self.timeout_s, ANSWER_S))

    @property
    def _models(self) -> list[str]:
        """The names to ask for, first and second."""
        asked = [self.languages] if self.second is None else [self.languages, self.second]
        return [resolve(languages, self._installation) for languages in asked]

    @cached_property
    def info(self) -> EngineInfo:
        names = [name for model in self._models for name in model.split("+")]
        return EngineInfo(
            name="tesseract",
            version=" ".join((self._installation.version, *self._models)),
            sha256=digest(self._installation.languages[name] for name in names),
        )

    def producible_digits(self) -> str:
        """The Thai digits that stand in the character set of at least one of the models.

        Raises:
            MissingDependency: Tesseract or a language is not installed.
        """
        names = {name for model in self._models for name in model.split("+")}
        able = frozenset().union(*(characters(self._installation.languages[name]) for name in names))
        return "".join(digit for digit in THAI_DIGITS if digit in able)

    @cached_property
    def _known_digits(self) -> float:
        return len(self.producible_digits()) / len(THAI_DIGITS)

    def _doubting_digits(self, reading: Reading) -> Reading:
        """The reading with a confidence that allows for the digits which the models cannot answer."""
        digits = sum(letter in THAI_DIGITS for letter in reading.text)
        return replace(reading, confidence=reading.confidence * self._known_digits**digits) if digits else reading

    def read(self, lines: Sequence[LineImage]) -> list[Reading]:
        """See `laodoc.recognition.engine.Engine`."""
        montages = stack(lines)
        readings = [Reading("", 0.0)] * len(lines)
        if not montages:
            return readings
        for model in self._models:
            for montage in montages:
                for index, reading in unstack(montage, self._words(montage, model)):
                    readings[index] = beside(readings[index], self._doubting_digits(reading))
        return readings

    def _words(self, montage: Montage, model: str) -> Iterator[FoundWord]:
        try:
            with TemporaryDirectory(prefix="laodoc-") as folder:
                picture = Path(folder, "lines.pgm")
                picture.write_bytes(pgm(montage.image))
                answer = pytesseract.run_and_get_output(str(picture), "tsv", model, ONE_BLOCK, timeout=self.timeout_s)
        except pytesseract.TesseractNotFoundError as absent:
            raise missing_program(runner.tesseract_cmd) from absent
        except pytesseract.TesseractError as crash:
            raise ChildFailure(
                Message("tesseract-failed", status=crash.status, why=_one_line(crash.message))
            ) from crash
        except RuntimeError as late:
            raise ChildTimeout(Message("program-too-slow", name="tesseract", seconds=self.timeout_s)) from late
        except (OSError, UnicodeDecodeError) as nonsense:
            raise ChildFailure(Message("tesseract-silent", why=_one_line(str(nonsense)))) from nonsense
        return parse_tsv(answer)


def pgm(image: LineImage) -> bytes:
    """The picture as a PGM file, which costs nothing to pack and unpack."""
    height, width = image.shape
    return b"P5 %d %d 255\n" % (width, height) + image.tobytes()


def _one_line(message: str) -> str:
    return " ".join(message.split())[:200]


def beside(first: Reading, second: Reading) -> Reading:
    """Two readings of one line as one: the first, or where it is empty the second; the other as its alternative."""
    if not first.text:
        return second
    if not second.text or second.text == first.text:
        return first
    return Reading(first.text, first.confidence, (*first.alternatives, Guess(second.text, second.confidence)))


def parse_tsv(answer: str) -> Iterator[FoundWord]:
    """The words in Tesseract's TSV.

    Raises:
        ChildFailure: it is not TSV as Tesseract writes it.
    """
    for row in answer.splitlines()[1:]:
        cells = row.split("\t", TSV_COLUMNS - 1)
        if cells[0] != WORD_LEVEL:
            continue
        try:
            block, paragraph, line = (int(cell) for cell in cells[2:5])
            left, top, width, height = (int(cell) for cell in cells[6:10])
            confidence, text = float(cells[10]) / 100, cells[11].strip()
        except (ValueError, IndexError) as nonsense:
            raise ChildFailure(Message("tesseract-not-tsv", row=_one_line(row))) from nonsense
        if text:
            where = (block, paragraph, line)
            yield FoundWord(text, min(1.0, max(0.0, confidence)), left, top, left + width, top + height, where)
