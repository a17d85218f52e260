"""Arithmetic of affine maps.

Coordinates are continuous: pixel (i, j) covers [i, i+1) × [j, j+1), so that a box's exclusive right edge and a point of
the page are mapped by the same numbers.
"""

from math import cos, radians, sin
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from laodoc.imaging.page import Affine

Turn = Literal[0, 90, 180, 270]
"""Clockwise degrees."""

IDENTITY: Affine = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)


def scaling(x: float, y: float) -> Affine:
    return (x, 0.0, 0.0, 0.0, y, 0.0)


def shift(x: float, y: float) -> Affine:
    return (1.0, 0.0, x, 0.0, 1.0, y)


def after(second: Affine, first: Affine) -> Affine:
    """The map that does `first` and then `second`."""
    a, b, c, d, e, f = second
    p, q, r, s, t, u = first
    return (a * p + b * s, a * q + b * t, a * r + b * u + c, d * p + e * s, d * q + e * t, d * r + e * u + f)


def inverse(affine: Affine) -> Affine:
    """The way back; `affine` must not be singular."""
    a, b, c, d, e, f = affine
    determinant = a * e - b * d
    a, b, d, e = e / determinant, -b / determinant, -d / determinant, a / determinant
    return (a, b, -(a * c + b * f), d, e, -(d * c + e * f))


def apply(affine: Affine, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = affine
    return (a * x + b * y + c, d * x + e * y + f)


def turning(turn: Turn, width: float, height: float) -> Affine:
    """Where the points of a `width` × `height` picture go when it is turned clockwise by quarters."""
    if turn == 90:
        return (0.0, -1.0, height, 1.0, 0.0, 0.0)
    if turn == 180:
        return (-1.0, 0.0, width, 0.0, -1.0, height)
    if turn == 270:
        return (0.0, 1.0, 0.0, -1.0, 0.0, width)
    return IDENTITY


def rotating(degrees: float) -> Affine:
    """Clockwise rotation about the origin."""
    cosine, sine = cos(radians(degrees)), sin(radians(degrees))
    return (cosine, -sine, 0.0, sine, cosine, 0.0)


def fitted(affine: Affine, width: float, height: float) -> tuple[Affine, float, float]:
    """The map moved so that a `width` × `height` picture lands at the origin, and the size that it then takes."""
    corners = [apply(affine, x, y) for x in (0.0, width) for y in (0.0, height)]
    left, top = min(x for x, _ in corners), min(y for _, y in corners)
    right, bottom = max(x for x, _ in corners), max(y for _, y in corners)
    return after(shift(-left, -top), affine), right - left, bottom - top


def opencv_matrix(affine: Affine) -> NDArray[np.float64]:
    """The 2 × 3 matrix for OpenCV, whose whole numbers are the middles of pixels."""
    return np.array(after(shift(-0.5, -0.5), after(affine, shift(0.5, 0.5))), dtype=np.float64).reshape(2, 3)
