"""Measures how far a page is turned off the horizontal, from its rows of text and its rulings."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from laodoc.imaging.ink import Components, Ink, components, find_ink, kept
from laodoc.imaging.page import Image

Floats = NDArray[np.float64]

WIDEST = 7.0
"""Degrees searched either way; sheets drawn in crooked stay within 5."""

COARSE_STEP = 0.2
FINE_STEPS = (0.05, 0.01)
"""Degrees. A ruling 2 pixels thick over the whole page is seen within 0.2° of its angle."""

COARSE_BIN = 3.0
FINE_BIN = 1.0
"""Rows of the profile in pixels of the reduced page: wide ones let the first search see thin rulings."""

ENOUGH_POINTS = 150
"""Bottom-edge points under which a page is as good as empty: ten letters have as many."""

MOST_POINTS = 20_000
COARSE_POINTS = 6_000
"""Points kept; more do not make the measure better, nor the first search surer."""

GOLDEN = 0.6180339887498949
"""Edges lie anywhere within their pixel: spread so by the golden ratio (evenly, without chance), whole rows of pixels
do not make 0° look sharper than it is."""

CLEAR_PEAK = 1.06
"""Times by which the best profile must stand over the usual one; noise and pictures stay under."""

BORDER_MM = 1.0
"""Ink that touches the edge of the scan is the scanner's own shadow, at the angle of the sheet and not of the print."""


def skew_angle(grey: Image, dpi: float) -> float:
    """Degrees by which the lines of a page (grey, any size) run down to the right; 0 where there are too few."""
    ink = find_ink(grey, dpi)
    return skew_of(without_border(ink, components(ink.mask)))


def skew_of(mask: Image) -> float:
    """Degrees by which lines run down to the right, from an ink mask (height, width); 0 where there are too few.

    The angle whose projection profile is sharpest (Postl 1986; Bloomberg, Kopec & Dasari 1995 for the sum of squares),
    taken over the lower edges of all ink, so that baselines and rulings count and uprights do not.
    """
    x, y = lower_edges(mask)
    if len(x) < ENOUGH_POINTS:
        return 0.0
    step = max(1, -(-len(x) // COARSE_POINTS))
    coarse = np.arange(-WIDEST, WIDEST + COARSE_STEP / 2, COARSE_STEP)
    scores = np.array([sharpness(x[::step], y[::step], angle, COARSE_BIN) for angle in coarse])
    if scores.max() < CLEAR_PEAK * np.median(scores):
        return 0.0
    best, reach = float(coarse[scores.argmax()]), COARSE_STEP * 1.5
    for fine in FINE_STEPS:
        best = _peak(lambda angle: sharpness(x, y, angle, FINE_BIN), best, reach, fine)
        reach = fine * 2
    return best


def lower_edges(mask: Image) -> tuple[Floats, Floats]:
    """x and y, about the middle of the page, of ink pixels that have ground below; not too many, evenly chosen."""
    below = np.zeros_like(mask)
    below[:-1] = mask[1:]
    rows, columns = np.nonzero(mask > below)
    step = max(1, -(-len(rows) // MOST_POINTS))
    height, width = mask.shape
    x, y = columns[::step] - width / 2, rows[::step] - height / 2
    return x, y + (np.arange(len(y)) * GOLDEN) % 1.0 - 0.5


def without_border(ink: Ink, pieces: Components) -> Image:
    """The mask without the pieces that touch the edge of the scan."""
    height, width = ink.mask.shape
    margin = ink.pixels(BORDER_MM)
    left, top, wide, high = pieces.boxes.T
    inside = (left > margin) & (top > margin) & (left + wide < width - margin) & (top + high < height - margin)
    return kept(pieces, inside)


def sharpness(x: Floats, y: Floats, degrees: float, bin_height: float) -> float:
    """Sum of squares of the profile of the points turned back by `degrees`; each point is shared by two rows."""
    angle = np.radians(degrees)
    place = (y * np.cos(angle) - x * np.sin(angle)) / bin_height
    place -= place.min()
    row = place.astype(np.intp)
    part = place - row
    size = int(row.max()) + 2
    profile = np.bincount(row, 1.0 - part, size) + np.bincount(row + 1, part, size)
    return float(profile @ profile)


def _peak(score: Callable[[float], float], middle: float, reach: float, step: float) -> float:
    """The highest place of `score` within `reach` of `middle`, by a parabola through the best step's neighbours."""
    places = middle + np.arange(-round(reach / step), round(reach / step) + 1) * step
    values = np.array([score(float(place)) for place in places])
    best = int(values.argmax())
    if not 0 < best < len(places) - 1:
        return float(places[best])
    before, at, behind = values[best - 1 : best + 2]
    bend = before - 2 * at + behind
    return float(places[best] + (0.5 * step * (before - behind) / bend if bend < 0 else 0.0))
