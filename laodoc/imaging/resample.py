"""Moves pixels: quarters of a turn exactly, everything else with as little blur as it takes."""

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
    while scale <= 1 / 2 and min(image.shape[:2]) > 1:
        image, scale = halved(image), 2 * scale
        method = cv2.INTER_LINEAR
    return image if image.shape[1::-1] == size else np.asarray(cv2.resize(image, size, interpolation=method), np.uint8)


def halved(image: Image) -> Image:
    """The image half as large, without a last odd row or column: means of four pixels, which are taken many times
    faster than means of two and a half."""
    height, width = image.shape[:2]
    even = image[: height - height % 2, : width - width % 2]
    return np.asarray(cv2.resize(even, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)


def enlarged(image: Image, affine: Affine) -> tuple[Image, Affine]:
    """A page that `affine` would make much larger at its new size, and the map from there: cubic interpolation along
    rows and columns, and a linear one across, take a third of the time of a cubic one across."""
    scale = (affine[0] ** 2 + affine[3] ** 2) ** 0.5
    if scale <= SAME_SIZE:
        return image, affine
    sized = resized(image, scale)
    return sized, after(affine, scaling(image.shape[1] / sized.shape[1], image.shape[0] / sized.shape[0]))


def moved(image: Image, affine: Affine, width: int, height: int, *, fine: bool = True) -> Image:
    """The `width` × `height` picture in which the point p of `image` lies at affine(p); white where there is none.

    A page made much smaller is first brought to its size (pixels averaged), then turned. Without `fine` each pixel is
    the nearest one's, which is enough to know its colour, in half the time.
    """
    scale = (affine[0] ** 2 + affine[3] ** 2) ** 0.5
    if scale < 1 / SAME_SIZE:
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
