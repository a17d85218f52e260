"""Medians and straight lines of short arrays: numpy's own take most of their time getting ready, and layout asks for
hundreds a page."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


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


def medians(
    values: NDArray[np.floating] | NDArray[np.uint8], owners: NDArray[np.intp], count: int
) -> NDArray[np.float64]:
    """The median of the values of each of `count` owners; `owners` says whose each value is. NaN for those without."""
    spread = float(np.ptp(values)) + 1 if len(values) else 1.0
    ordered = np.asarray(values, np.float64)[np.argsort(owners * spread + values)]
    counts = np.bincount(owners, minlength=count)
    first = np.cumsum(counts) - counts
    found = np.full(count, np.nan)
    has = counts > 0
    low, high = (first + (counts - 1) // 2)[has], (first + counts // 2)[has]
    found[has] = (ordered[low] + ordered[high]) / 2
    return found


def straight_line(values: NDArray[np.float64]) -> tuple[float, float]:
    """Slope and start of the straight line nearest to values at 0, 1, 2 … (least squares), for at least two of them."""
    count = len(values)
    steps = np.arange(count) - (count - 1) / 2
    slope = float(steps @ values) * 12 / (count * (count * count - 1))
    return slope, float(values.sum()) / count - slope * (count - 1) / 2
