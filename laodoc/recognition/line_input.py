"""How a line image is made ready for the reader; the same for training and for use."""

import cv2
import numpy as np
from numpy.typing import NDArray

HEIGHT = 48
"""Rows of the reader's input. A step of its output covers `STEP` columns."""
STEP = 4
TRIM = 0.05
"""Rows that are cut off above and below, in parts of the height: the white margin that the layout room puts around a
line's band would only make the letters smaller."""
MIN_WIDTH = 24
WIDEST = 4800
"""A line is never made wider than this: a hundred times its height holds some 400 characters."""
_GROUND, _INK = 0.85, 0.004
"""The shares of pixels that are darker than what counts as paper, and than what counts as the darkest ink."""
REVERSED = 3.0
"""How much farther the ground must be from the lightest than from the darkest for the letters to be the light part."""
_MIN_CONTRAST = 48
"""Grey levels that always count as the full range: below, what is stretched is paper, not faint ink."""


def prepare(line: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Cut the margins above and below, scale to `HEIGHT` rows, stretch so that paper is 255 and ink 0.

    The answer has shape (48, width), with the line's proportions.

    `line` is grey, (height, width), dark on light or light on dark; an empty one (no rows or no columns) gives white.
    """
    margin = round(TRIM * line.shape[0])
    line = line[margin : line.shape[0] - margin]
    height, width = line.shape[:2]
    if not height or not width:
        return np.full((HEIGHT, MIN_WIDTH), 255, np.uint8)
    scaled_width = int(min(WIDEST, max(MIN_WIDTH, round(width * HEIGHT / height))))
    method = cv2.INTER_AREA if height > HEIGHT else cv2.INTER_LINEAR
    scaled = dark_on_light(np.asarray(cv2.resize(line, (scaled_width, HEIGHT), interpolation=method), np.uint8))
    counted = np.bincount(scaled.ravel(), minlength=256).cumsum()
    ink, paper = (float(np.searchsorted(counted, share * scaled.size)) for share in (_INK, _GROUND))
    gain = 255 / max(_MIN_CONTRAST, paper - ink)
    return np.asarray(np.clip(255 - (paper - scaled.astype(np.float32)) * gain, 0, 255), np.uint8)


def dark_on_light(line: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A grey line, or its negative where it is light on dark: where the ground, as what most of it is, lies far nearer
    to the darkest than to the lightest."""
    darkest, ground, lightest = np.percentile(line, (1, 50, 99))
    return 255 - line if lightest - ground > REVERSED * max(1.0, ground - darkest, _MIN_CONTRAST / REVERSED) else line
