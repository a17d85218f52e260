"""Moves pixels: quarters of a turn exactly, everything else in one resampling."""

import cv2
import numpy as np

from laodoc.imaging.affine import Turn, after, opencv_matrix, scaling
from laodoc.imaging.page import Affine, Image

WHITE = 255

_ROTATIONS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}

SAME_SIZE = 1.25
"""Times smaller up to which one interpolation does it all; smaller still would jump over strokes."""


def quarter_turned(image: Image, turn: Turn) -> Image:
    """The image turned clockwise by quarters; no pixel changes its value."""
    return image if turn == 0 else np.asarray(cv2.rotate(image, _ROTATIONS[turn]), dtype=np.uint8)


def reduced(image: Image, scale: float) -> Image:
    """The image made smaller where `scale` is under 1 (each pixel the mean of those that it covers)."""
    return image if scale >= 1 else resized(image, scale)


def resized(image: Image, scale: float) -> Image:
    """The image `scale` times as large, in whole pixels, at least one each way."""
    height, width = image.shape[:2]
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    if scale <= 1 / 2:  # means of four pixels are taken many times faster than means of two and a half
        even = image[: height - height % 2, : width - width % 2]
        if min(even.shape[:2]):
            image = np.asarray(cv2.resize(even, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
    return np.asarray(cv2.resize(image, size, interpolation=method), dtype=np.uint8)


def moved(image: Image, affine: Affine, width: int, height: int, *, fine: bool = True) -> Image:
    """The `width` × `height` picture in which the point p of `image` lies at affine(p); white where there is none.

    A page made much smaller or larger is first brought to its size, then turned: cubic interpolation along rows and
    columns and a linear one across take a third of the time of a cubic one across. `fine` keeps strokes as sharp as
    they are; without it each pixel is the nearest one's, which is enough to know its colour.
    """
    scale = (affine[0] ** 2 + affine[3] ** 2) ** 0.5
    if scale < 1 / SAME_SIZE or (fine and scale > SAME_SIZE):
        sized = resized(image, scale)
        affine = after(affine, scaling(image.shape[1] / sized.shape[1], image.shape[0] / sized.shape[0]))
        image = sized
    return np.asarray(
        cv2.warpAffine(
            image,
            opencv_matrix(affine),
            (width, height),
            flags=cv2.INTER_LINEAR if fine else cv2.INTER_NEAREST,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=(WHITE, WHITE, WHITE),
        ),
        dtype=np.uint8,
    )


def grey_of(image: Image) -> Image:
    """Grey (height, width) of a grey or RGB image."""
    return image if image.ndim == 2 else np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
