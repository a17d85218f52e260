"""Our own reader of Thai lines, run by onnxruntime."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from laodoc.document import EngineInfo
from laodoc.errors import MissingDependency
from laodoc.messages import Message
from laodoc.recognition.ctc import Scores, characters, find_pieces, greedy
from laodoc.recognition.decoding import texts
from laodoc.recognition.engine import LineImage
from laodoc.recognition.language import OPEN, Language, installed, weighed
from laodoc.recognition.line_input import HEIGHT, STEP, prepare
from laodoc.recognition.reading import Character, Reading
from laodoc.thai.diacritics import normalise
from laodoc.thai.digits import THAI_DIGITS

T = TypeVar("T")

NAME = "laodoc-thai"
BATCH_COLUMNS = 8000
"""Columns in one batch: enough to keep a core busy, little enough for 100 MB."""
BEST = 5
"""Readings of a line that are handed on."""
ALIKE = 1.15
"""A batch's widest line is at most so many times as wide as its narrowest: padding is read too."""


def default_weights() -> Path:
    """Where the model lies that is installed with laodoc; it may not be there."""
    return Path(str(files("laodoc.models").joinpath(f"{NAME}.onnx")))


class LineRecognizer:
    """Engine "laodoc-thai": see `laodoc.recognition.engine.Engine`.

    Args:
        weights: an ONNX file that `laodoc.training.export` wrote; the installed one where it is None.
        threads: of the runtime; one by default, because pages are what runs side by side.
        language: what settles doubtful lines; the installed one where it is None.
    """

    def __init__(self, weights: Path | None = None, threads: int = 1, language: Language | None = None) -> None:
        self._weights = weights or default_weights()
        self._threads = threads
        self._given_language = language

    @property
    def info(self) -> EngineInfo:
        """Name, version and digest of the weights.

        Raises:
            MissingDependency: the weights or onnxruntime are not installed.
        """
        return EngineInfo(name=NAME, version=self._meta.get("version", "0"), sha256=self._digest)

    def read(self, lines: Sequence[LineImage]) -> list[Reading]:
        """See `Engine.read`; the text is in its normal spelling, with single spaces between words.

        Raises:
            MissingDependency: the weights or onnxruntime are not installed.
        """
        return self.read_prepared([prepare(line) for line in lines])

    def read_prepared(self, prepared: Sequence[NDArray[np.uint8]]) -> list[Reading]:
        """Read lines as `line_input.prepare` makes them: (48, width), full contrast.

        Raises: see `read`.
        """
        return self._each(prepared, self._reading)

    def glance(self, lines: Sequence[LineImage]) -> list[tuple[str, float]]:
        """The likeliest text of every line and the mean confidence of its characters: quicker than `read`.

        Raises: see `read`.
        """
        return self._each([prepare(line) for line in lines], lambda scores: greedy(scores, self._meta["symbols"]))

    def _each(self, prepared: Sequence[NDArray[np.uint8]], said: Callable[[Scores], T]) -> list[T]:
        """What `said` makes of the scores of each line, in order."""
        found: dict[int, T] = {}
        for group in batches([image.shape[1] for image in prepared]):
            for index, scores in zip(group, self._scores([prepared[i] for i in group]), strict=True):
                found[index] = said(scores)
        return [found[index] for index in range(len(prepared))]

    def producible_digits(self) -> str:
        """Those of ๐๑๒๓๔๕๖๗๘๙ that are in the model's alphabet.

        Raises:
            MissingDependency: the weights or onnxruntime are not installed.
        """
        return "".join(digit for digit in THAI_DIGITS if digit in self._meta["symbols"])

    def _reading(self, scores: Scores) -> Reading:
        pieces, blanks = find_pieces(scores, self._meta["symbols"])
        guesses = tuple(piece.guesses for piece in pieces)
        first, *others = texts(guesses, blanks, best=BEST)
        if first.confidence < OPEN:
            first, *others = weighed(guesses, blanks, self._language, best=BEST)
        text = tidy(first.text)
        return Reading(
            text=text,
            confidence=first.confidence,
            alternatives=tuple(others),
            characters=tuple(fitted(text, characters(pieces), scores.shape[0])),
            pieces=guesses,
            log_rest=blanks,
        )

    def _scores(self, images: list[NDArray[np.uint8]]) -> Iterator[Scores]:
        """The log-probabilities of each image of a batch, without the steps that are only padding."""
        widest = max(image.shape[1] for image in images)
        batch = np.full((len(images), HEIGHT, -(-widest // STEP) * STEP), 255, np.uint8)
        for row, image in zip(batch, images, strict=True):
            row[:, : image.shape[1]] = image
        (answer,) = self._session.run(None, {"images": batch})
        for image, scores in zip(images, answer, strict=True):
            yield scores[: image.shape[1] // STEP + 1]

    @cached_property
    def _language(self) -> Language:
        return self._given_language or installed()

    @cached_property
    def _digest(self) -> str:
        return hashlib.sha256(self._bytes).hexdigest()

    @cached_property
    def _bytes(self) -> bytes:
        try:
            return self._weights.read_bytes()
        except OSError as error:
            raise MissingDependency(Message("weights-missing", path=self._weights, error=error)) from error

    @cached_property
    def _session(self) -> Any:
        try:
            import onnxruntime
            from onnxruntime.capi import onnxruntime_pybind11_state as failures
        except ImportError as error:
            raise MissingDependency(Message("onnxruntime-missing")) from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            return onnxruntime.InferenceSession(self._bytes, options, providers=["CPUExecutionProvider"])
        except (failures.Fail, failures.InvalidProtobuf, failures.InvalidGraph, failures.InvalidArgument) as error:
            raise MissingDependency(Message("weights-broken", path=self._weights)) from error

    @cached_property
    def _meta(self) -> dict[str, str]:
        return dict(self._session.get_modelmeta().custom_metadata_map)


def tidy(text: str) -> str:
    """A text in its normal spelling with single spaces, none at the ends."""
    return " ".join(normalise(text).split())


def fitted(text: str, found: Sequence[tuple[str, Character]], steps: int) -> Iterator[Character]:
    """For each character of `text` the one found for it, its place from 0 to 1; `found` may be spelled differently.

    A character that was not found as such has confidence 0 and stands where its neighbour does.
    """
    wide = max(1, steps - 1)
    spelled = "".join(symbol for symbol, _ in found)
    homes: list[int | None] = [None] * len(text)
    for edit in Levenshtein.opcodes(spelled, text):
        if edit.tag in ("equal", "replace"):
            for offset in range(edit.dest_end - edit.dest_start):
                homes[edit.dest_start + offset] = edit.src_start + offset
    place = found[0][1].place if found else 0.0
    for symbol, home in zip(text, homes, strict=True):
        if home is not None:
            place = found[home][1].place
        sure = found[home][1].confidence if home is not None and spelled[home] == symbol else 0.0
        yield Character(sure, min(1.0, place / wide))


def batches(widths: Sequence[int]) -> Iterator[list[int]]:
    """Indexes of lines that are read together: alike in width, at most `BATCH_COLUMNS` columns; each index once."""
    group: list[int] = []
    for index in sorted(range(len(widths)), key=lambda i: (widths[i], i)):
        full = widths[index] * (len(group) + 1) > BATCH_COLUMNS
        if group and (full or widths[index] > ALIKE * widths[group[0]]):
            yield group
            group = []
        group.append(index)
    if group:
        yield group
