"""Medians of short arrays: numpy's own takes most of its time getting ready, and layout asks for hundreds a page."""

import numpy as np
from numpy.typing import ArrayLike


def median(values: ArrayLike) -> float:
    """The median of the numbers in an array of one dimension, the mean of the middle two where they are even in number.

    Raises:
        ValueError: there are none.
    """
    ordered = np.sort(values)
    count = len(ordered)
    if not count:
        raise ValueError("no numbers, no median")
    return (
        float(ordered[count // 2]) if count % 2 else (float(ordered[count // 2 - 1]) + float(ordered[count // 2])) / 2
    )
