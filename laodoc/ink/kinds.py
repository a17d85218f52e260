"""The kinds of ink on a page, in the order of the map's channels."""

from enum import IntEnum


class Kind(IntEnum):
    """What put the ink there; more than one kind may lie at a place.

    PRINT: typed text, also the words of a stamp. HAND: a pen - notes, signatures, ticks, written figures. STAMP: a
    rubber stamp's frame and words, a seal, a dater's date. RULING: the lines of tables and frames. BOX: the sides of
    tick boxes. LEADER: dotted leaders, lines to write on, underlines. FIGURE: emblem, logo, watermark, photograph,
    bar, code. DIRT: specks, streaks, toner bands, folds, holes, dark edges, what shows through, highlighter.
    """

    PRINT = 0
    HAND = 1
    STAMP = 2
    RULING = 3
    BOX = 4
    LEADER = 5
    FIGURE = 6
    DIRT = 7


INPUT_DPI = 120.0
"""Resolution at which the net looks at the page."""

MAP_DPI = 60.0
"""Resolution of what it says: a cell of 0.4 mm is about as wide as a stroke of 16-pt print; 300 dpi has five pixels to
it."""

INPUTS = 3
"""Planes that it looks at: darkness, and two differences of colour (0 where the scan is grey)."""

LOGIT_ZERO, LOGIT_STEPS = 128, 20
"""The net's answers leave it as bytes: so many steps to one of a logit, this byte for 0, a chance of a half."""

MARGIN = 2
"""Pixels of blank paper around the planes, which the net's first convolution takes."""
