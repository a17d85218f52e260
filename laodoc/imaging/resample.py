"""Moves pixels: quarters of a turn exactly, everything else in one resampling."""

import cv2
import numpy as np

from laodoc.imaging.affine import Turn, after, opencv_matrix, scaling
from laodoc.imaging.page import Affine, Image

WHITE = 255

_ROTATIONS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}

ALIASING = 1.4
"""Times by which a page may be made smaller by interpolation alone; beyond, thin strokes would be jumped over."""

EXACT = 1e-6
"""Difference from the identity under which nothing is resampled at all."""


def quarter_turned(image: Image, turn: Turn) -> Image:
    """The image turned clockwise by quarters; no pixel changes its value."""
    return image if turn == 0 else np.asarray(cv2.rotate(image, _ROTATIONS[turn]), dtype=np.uint8)


def reduced(image: Image, scale: float) -> Image:
    """The image made smaller by `scale` ≤ 1 (each pixel the mean of those that it covers); never under one pixel."""
    height, width = image.shape[:2]
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return image if size == (width, height) else np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA))


def moved(image: Image, affine: Affine, width: int, height: int) -> Image:
    """The `width` × `height` picture in which the point p of `image` lies at affine(p); white where there is none."""
    if affine == (1.0, 0.0, 0.0, 0.0, 1.0, 0.0) and image.shape[:2] == (height, width):
        return image
    scale = (affine[0] ** 2 + affine[3] ** 2) ** 0.5
    if scale < 1 / ALIASING:
        small = reduced(image, scale)
        image, affine = (
            small,
            after(affine, scaling(image.shape[1] / small.shape[1], image.shape[0] / small.shape[0])),
        )
    method = cv2.INTER_CUBIC if scale > 1 / ALIASING else cv2.INTER_LINEAR
    return np.asarray(
        cv2.warpAffine(
            image,
            opencv_matrix(affine),
            (width, height),
            flags=method,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=(WHITE, WHITE, WHITE),
        ),
        dtype=np.uint8,
    )


def grey_of(image: Image) -> Image:
    """Grey (height, width) of a grey or RGB image."""
    return image if image.ndim == 2 else np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
