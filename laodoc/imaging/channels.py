"""The strongest and the weakest of red, green and blue: numpy takes forty times as long along the last axis."""

from functools import reduce

import cv2
import numpy as np

from laodoc.imaging.page import Image


def strongest(image: Image) -> Image:
    """The strongest channel of each pixel of an RGB image, (height, width)."""
    return np.asarray(reduce(cv2.max, cv2.split(image)), np.uint8)


def spread(image: Image) -> Image:
    """How far the strongest and the weakest channel of each pixel are apart, (height, width): 0 in grey."""
    channels = cv2.split(image)
    return np.asarray(cv2.subtract(reduce(cv2.max, channels), reduce(cv2.min, channels)), np.uint8)
