"""What the net looks at: darkness and colour of a page at its own resolution."""

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.imaging.page import Image
from laodoc.ink.kinds import MARGIN

PAPER = 255
"""Level of the first plane where there is no ink."""
NEUTRAL = 128
"""Level of the colour planes where there is no colour."""


def planes(grey: Image, image: Image | None) -> NDArray[np.uint8]:
    """Planes (3, height, width): `grey`, its light evened out and ink dark; then red less green and blue less green of
    `image` (RGB, same size), halved about `NEUTRAL`, both neutral where there is no image or it has no colour."""
    made = np.full((3, *grey.shape), NEUTRAL, np.uint8)
    made[0] = grey
    if image is not None and image.ndim == 3:
        red, green, blue = cv2.split(image)
        half = cv2.addWeighted(red, 0.5, green, -0.5, NEUTRAL), cv2.addWeighted(blue, 0.5, green, -0.5, NEUTRAL)
        made[1], made[2] = (np.asarray(plane, np.uint8) for plane in half)
    return made


def with_margin(planes: NDArray[np.uint8], rows: int = 0, columns: int = 0) -> NDArray[np.uint8]:
    """Planes (count, 3, height, width) on blank paper of at least `rows` × `columns`, with a margin all around."""
    count, kinds, height, width = planes.shape
    size = (max(rows, height) + 2 * MARGIN, max(columns, width) + 2 * MARGIN)
    framed = np.full((count, kinds, *size), NEUTRAL, np.uint8)
    framed[:, 0] = PAPER
    framed[:, :, MARGIN : MARGIN + height, MARGIN : MARGIN + width] = planes
    return framed
