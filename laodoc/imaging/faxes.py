"""Pictures whose dots stand closer across than down, as those of faxes do: given the shape that they have on paper."""

import cv2
import numpy as np

from laodoc.imaging.ink import components
from laodoc.imaging.page import Image
from laodoc.imaging.paper import LARGEST_SIDE_MM, MM_PER_INCH, SMALLEST_SIDE_MM
from laodoc.imaging.resample import WHITE

SQUARE = 0.02
"""Difference of the two resolutions under which dots are taken for square."""

FAX_WIDTHS = (1728, 2048, 2432, 3456)
"""Dots across A4, B4, A3 by the ITU's T.4, and across A4 at twice the fineness."""

FAX_ACROSS, FAX_DOWN = 203.2, (97.8, 195.6, 391.2)
"""Dots an inch of T.4: 8 a millimetre across; 3.85, 7.7 and 15.4 lines a millimetre."""

LETTERS = 40
"""Pieces of ink of a letter's size by whose usual shape the lines' distance is told."""

LETTER_SHAPE = 0.8
"""Width ÷ height of the usual Thai letter or figure, over faces and sizes; with square dots."""

SMALLEST, LARGEST = 6, 120
"""Dots of a letter's longer side, from a small letter of 98 lines an inch to a heading of 391."""

FAR = 1.45
"""Times by which the usual shape must differ from that of letters, where the file says that dots are square."""


def square_dots(image: Image, across: float, down: float) -> tuple[Image, float]:
    """The picture with as many dots an inch down as across, the larger number of the two, and that number."""
    if abs(across - down) <= SQUARE * across:
        return image, across
    height, width = image.shape[:2]
    dpi = max(across, down)
    size = (max(1, round(width * dpi / across)), max(1, round(height * dpi / down)))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_LINEAR), dtype=np.uint8), dpi


def resolutions(image: Image, stated: tuple[float, float], *, bilevel: bool) -> tuple[float, float] | None:
    """Dots an inch across and down, where they are known: by the file, or by the width and the letters of a fax.

    `stated` is what the file says, 0 for nothing. None where nothing believable is said.
    """
    across, down = stated
    height, width = image.shape[:2]
    said = across > 1 and down > 1
    if said and abs(across - down) > SQUARE * across:
        sides = (width / across * MM_PER_INCH, height / down * MM_PER_INCH)
        return stated if SMALLEST_SIDE_MM <= max(sides) <= LARGEST_SIDE_MM else None
    if bilevel and width in FAX_WIDTHS:
        fine = FAX_ACROSS * (2 if width == FAX_WIDTHS[-1] else 1)
        lines = _lines_of_fax(image, fine)
        if lines and (not said or abs(lines / fine - 1) > FAR - 1):
            return fine, lines
    return stated if said else None


def _lines_of_fax(image: Image, across: float) -> float | None:
    """Lines an inch by the usual shape of letters; None where there are too few of them."""
    ink = image if image.mean() < WHITE / 2 else WHITE - image
    wide, high = components(np.asarray(ink, dtype=np.uint8)).boxes[:, 2:4].T
    longer, shorter = np.maximum(wide, high), np.minimum(wide, high)
    letters = (longer >= SMALLEST) & (longer <= LARGEST) & (shorter >= SMALLEST / 2)
    if np.count_nonzero(letters) < LETTERS:
        return None
    shape = float(np.median(wide[letters] / high[letters]))
    return min(FAX_DOWN, key=lambda down: abs(np.log(shape * down / across / LETTER_SHAPE)))
