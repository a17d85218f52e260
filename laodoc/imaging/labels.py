"""Connected components with their boxes, by the fastest of OpenCV's ways that can count them."""

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.imaging.page import Image

Labels = NDArray[np.uint16] | NDArray[np.int32]


def labelled(mask: Image) -> tuple[Labels, NDArray[np.int32]]:
    """The 8-connected components of a mask (height, width), ink where it is not 0.

    Returns:
        Labels (height, width) with 0 for ground, and statistics (n + 1, 5) as `cv2.connectedComponentsWithStats` gives
        them - left, top, width, height, area - save that row 0, the ground's, is all 0.
    """
    try:  # takes a third of the time, but a 16-bit label only counts to 65,535
        _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(mask, 8, cv2.CV_16U, cv2.CCL_BOLELLI)
    except cv2.error:
        _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8, ltype=cv2.CV_32S)
    stats[0] = 0
    return labels, np.asarray(stats, np.int32)  # type: ignore[return-value]
