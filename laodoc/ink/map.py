"""The ink map of a page: which kinds of ink lie at every place."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.errors import MissingDependency
from laodoc.imaging.page import Image, UprightPage
from laodoc.ink.kinds import INPUT_DPI, LOGIT_STEPS, LOGIT_ZERO, MAP_DPI, Kind
from laodoc.ink.planes import planes, with_margin
from laodoc.messages import Message

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MODEL = "laodoc-ink.onnx"
MULTIPLE = 64
"""Height and width that the net takes are multiples of this: it halves them six times."""
SURE = 128
"""Chance, of 255, from which a kind of ink is taken to lie at a place."""


@dataclass(frozen=True, slots=True)
class InkMap:
    """`chances` uint8 (kinds, height, width), 255 = sure, at `MAP_DPI`; `shape` of the page in pixels."""

    chances: NDArray[np.uint8]
    shape: tuple[int, int]

    def chance(self, kind: Kind) -> Image:
        """The chance of a kind at every place of the map."""
        return np.asarray(self.chances[kind], np.uint8)

    def holds(self, *kinds: Kind, at_least: int = SURE) -> NDArray[np.bool_]:
        """Where on the map any of these kinds lies."""
        return np.asarray((self.chances[list(kinds)] >= at_least).any(axis=0))

    def on_page(self, places: NDArray[np.bool_]) -> Image:
        """A mask of the map (height, width) as one of the page, 255 where it holds."""
        height, width = self.shape
        large = cv2.resize(places.astype(np.uint8) * 255, (width, height), interpolation=cv2.INTER_NEAREST)
        return np.asarray(large, np.uint8)


def find_ink_map(page: UprightPage) -> InkMap:
    """The kinds of ink on an upright page.

    Raises:
        MissingDependency: the model is not installed.
    """
    height, width = page.grey.shape
    scale = INPUT_DPI / page.dpi
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    grey = cv2.resize(page.grey, size, interpolation=cv2.INTER_AREA)
    colour = cv2.resize(page.image, size, interpolation=cv2.INTER_AREA) if page.image.ndim == 3 else None
    looked = planes(np.asarray(grey, np.uint8), None if colour is None else np.asarray(colour, np.uint8))
    rows, columns = (-(-length // MULTIPLE) * MULTIPLE for length in (size[1], size[0]))
    logits = session().run(None, {"planes": with_margin(looked[None], rows, columns)})[0][0]
    chances = cv2.LUT(spread(logits).reshape(len(Kind), -1), CHANCES).reshape(len(Kind), rows // 2, columns // 2)
    halves = round(INPUT_DPI / MAP_DPI)
    return InkMap(
        np.ascontiguousarray(chances[:, : -(-size[1] // halves), : -(-size[0] // halves)], np.uint8), (height, width)
    )


def spread(logits: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Answers (kinds · 4, rows, columns) as (kinds, rows · 2, columns · 2)."""
    count, rows, columns = logits.shape
    placed = logits.reshape(count // 4, 2, 2, rows, columns).transpose(0, 3, 1, 4, 2)
    return np.ascontiguousarray(placed).reshape(count // 4, 2 * rows, 2 * columns)


CHANCES = np.rint(255 / (1 + np.exp((LOGIT_ZERO - np.arange(256)) / LOGIT_STEPS))).astype(np.uint8)
"""The chance, of 255, for each byte that the net answers."""


@lru_cache(maxsize=1)
def session() -> "InferenceSession":
    """The net, opened once a process."""
    import onnxruntime

    path = files("laodoc.models") / MODEL
    if not path.is_file():
        raise MissingDependency(Message("model-missing", name=MODEL))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(path.read_bytes(), options, providers=["CPUExecutionProvider"])
