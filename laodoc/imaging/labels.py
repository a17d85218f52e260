"""Connected components with their boxes: OpenCV's numbers in a third of its time on masks that are mostly ground."""

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.imaging.page import Image


def labelled(mask: Image) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The 8-connected components of a mask (height, width), ink where it is not 0.

    Returns:
        Labels (height, width) with 0 for ground, and statistics (n + 1, 5) as `cv2.connectedComponentsWithStats` gives
        them - left, top, width, height, area - save that row 0, the ground's, is all 0.
    """
    count, found = cv2.connectedComponents(mask, connectivity=8, ltype=cv2.CV_32S)
    labels = np.asarray(found, np.int32)
    stats = np.zeros((count, 5), np.int32)
    if count == 1:
        return labels, stats
    across, down = np.ascontiguousarray(np.asarray(cv2.findNonZero(mask), np.int32).reshape(-1, 2).T)
    part = labels[down, across]
    low = np.full((2, count), np.iinfo(np.int32).max, np.int32)
    high = np.zeros((2, count), np.int32)
    for axis, place in enumerate((across, down)):
        np.minimum.at(low[axis], part, place)
        np.maximum.at(high[axis], part, place)
    stats[1:, :2] = low[:, 1:].T
    stats[1:, 2:4] = (high - low)[:, 1:].T + 1
    stats[1:, 4] = np.bincount(part, minlength=count)[1:]
    return labels, stats
