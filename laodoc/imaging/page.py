"""A page on its way from the file to upright pixels."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from laodoc.document import Rule, Severity, TextLayer
from laodoc.messages import Message

Image = NDArray[np.uint8]
"""Grey (height, width) or RGB (height, width, 3)."""

Affine = tuple[float, float, float, float, float, float]
"""(a, b, c, d, e, f): x' = a·x + b·y + c, y' = d·x + e·y + f."""


@dataclass(frozen=True, slots=True)
class Word:
    """A run of text from a PDF's text layer; its box in points of the source page, origin top-left."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be told of how a page was opened; becomes a finding."""

    rule: Rule
    severity: Severity
    message: Message


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A page as it lies in the file: not yet turned, straightened or scaled.

    `image` has `source_dpi` pixels an inch; `to_source` maps its pixels to points of the source page (not the identity
    where one sheet was split into two pages or a photo was rectified).
    """

    source_page: int
    image: Image
    source_dpi: float
    to_source: Affine
    text_layer: TextLayer = "none"
    words: tuple[Word, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class UnreadablePage:
    """A page that is damaged or too large, among others that are not; `reason` is one line."""

    source_page: int
    reason: Message


@dataclass(frozen=True, slots=True)
class UprightPage:
    """A page turned upright, straightened and brought to the normal resolution `dpi`.

    `image` has the scan's colours (grey where it has none); `grey` is the same page with its light evened out: ground
    near 255, ink dark. Both have the same height and width. The words' boxes are still in points of the source page;
    `to_source` maps upright pixels there.
    """

    source_page: int
    image: Image
    grey: Image
    dpi: float
    source_dpi: float
    rotation: Literal[0, 90, 180, 270]
    skew: float
    to_source: Affine
    text_layer: TextLayer
    words: tuple[Word, ...]
    remarks: tuple[Remark, ...] = ()
