"""Our own reader of Thai lines, run by onnxruntime."""

import hashlib
from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laodoc.document import EngineInfo
from laodoc.errors import MissingDependency
from laodoc.recognition.ctc import Scores, beam_search
from laodoc.recognition.engine import LineImage
from laodoc.recognition.line_input import HEIGHT, STEP, prepare
from laodoc.recognition.reading import Reading
from laodoc.thai.diacritics import normalise
from laodoc.thai.digits import THAI_DIGITS

NAME = "laodoc-thai"
BATCH_COLUMNS = 8000
"""Columns in one batch: enough to keep a core busy, little enough for 100 MB."""
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
    """

    def __init__(self, weights: Path | None = None, threads: int = 1) -> None:
        self._weights = weights or default_weights()
        self._threads = threads

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
        readings: list[Reading | None] = [None] * len(prepared)
        for group in batches([image.shape[1] for image in prepared]):
            for index, scores in zip(group, self._scores([prepared[i] for i in group]), strict=True):
                readings[index] = self._reading(scores)
        return [reading for reading in readings if reading is not None]

    def producible_digits(self) -> str:
        """Those of ๐๑๒๓๔๕๖๗๘๙ that are in the model's alphabet.

        Raises:
            MissingDependency: the weights or onnxruntime are not installed.
        """
        return "".join(digit for digit in THAI_DIGITS if digit in self._meta["symbols"])

    def _reading(self, scores: Scores) -> Reading:
        first, *others = beam_search(scores, self._meta["symbols"])
        return Reading(tidy(first.text), first.confidence, tuple(others))

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
    def _digest(self) -> str:
        return hashlib.sha256(self._bytes).hexdigest()

    @cached_property
    def _bytes(self) -> bytes:
        try:
            return self._weights.read_bytes()
        except OSError as error:
            raise MissingDependency(f"{self._weights}: the reader's weights are not installed ({error})") from error

    @cached_property
    def _session(self) -> Any:
        try:
            import onnxruntime
            from onnxruntime.capi import onnxruntime_pybind11_state as failures
        except ImportError as error:
            raise MissingDependency("the reader needs onnxruntime: pip install onnxruntime") from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            return onnxruntime.InferenceSession(self._bytes, options, providers=["CPUExecutionProvider"])
        except (failures.Fail, failures.InvalidProtobuf, failures.InvalidGraph, failures.InvalidArgument) as error:
            raise MissingDependency(f"{self._weights}: not a model that onnxruntime can run") from error

    @cached_property
    def _meta(self) -> dict[str, str]:
        return dict(self._session.get_modelmeta().custom_metadata_map)


def tidy(text: str) -> str:
    """A text in its normal spelling with single spaces, none at the ends."""
    return " ".join(normalise(text).split())


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
