"""A coloured stamp over black print: what is whose, so that neither harms the other.

Where the scan has colour, the ink of a stamp is told from black print by its colour alone: black stays black under blue
or red. Lines of print that run through a stamp are found and read without the stamp's ink, and the stamp's own lines
without theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.document import BBox
from laodoc.imaging.channels import spread, strongest
from laodoc.imaging.page import Image, UprightPage
from laodoc.layout.edges import erase_edges
from laodoc.layout.frames import PLAIN, Stamp, erase_frame
from laodoc.layout.ink import Boxes, Ink, find_ink
from laodoc.layout.lines import find_lines
from laodoc.layout.page import Edge
from laodoc.layout.stamps import within_stamp

GROUND = 255
INKED = 190
"""Grey of the even page under which a pixel is ink."""

BLACK = 110
"""The strongest channel of black ink, also under a stamp's colour, is weaker than this; that of colours is stronger."""

SOFT = 2
"""Pixels of a stroke's soft edge, which goes with it."""

FRAME = 12
"""Pixels by which a stamp's frame may lie outside its outline: a millimetre, for its thickness and bends."""

MOSTLY = 0.5
"""A stamp whose ink is coloured in at least this part is a coloured stamp; its signatures and dates may be black."""

FEWEST_OUTSIDE = 3
"""Letters that a line has outside a stamp if it runs through it; with fewer it is what a pen wrote over the edge."""


@dataclass(frozen=True, slots=True)
class Layers:
    """The page without the colour of stamps (its `ink` too), and the page without the print that runs through them.

    `crossing` tells which components of `ink` stand in a stamp and belong to a line that runs through it.
    """

    print: Image
    stamps: Image
    ink: Ink
    crossing: NDArray[np.bool_]


def part_layers(clean: Image, page: UprightPage, stamps: Sequence[Stamp], edges: Sequence[Edge]) -> Layers | None:
    """The layers of a page on which print runs through coloured stamps, or None where there is no such place.

    Args:
        clean: the page's even grey without rulings, (height, width).
        page: as imaging hands it over.
        stamps: of that page.
        edges: its rulings; those of stamps' frames are among them.
    """
    in_colour = [is_coloured(stamp, page) for stamp in stamps]
    coloured = [stamp for stamp, has_colour in zip(stamps, in_colour, strict=True) if has_colour]
    if not coloured:
        return None
    lifted = lift_colour(page, coloured)
    lifted = erase_edges(lifted, [edge for edge in edges if not any(_is_frame(edge, s) for s in coloured)], page.dpi)
    for stamp, has_colour in zip(stamps, in_colour, strict=True):
        if not has_colour:
            erase_frame(lifted, stamp, page.dpi)
    ink = find_ink(lifted, page.dpi)
    crossing = np.zeros(len(ink.boxes), dtype=bool)
    for line in find_lines(ink, np.zeros(len(ink.boxes), np.int32), page.dpi):
        own = _members(ink, line.line.bbox)
        for stamp in coloured:
            held = own & within_stamp(ink.boxes, stamp)
            outside = own & ~held
            runs_through = held.any() and np.count_nonzero(outside) >= FEWEST_OUTSIDE and _close(ink, held, outside)
            if runs_through and is_black(ink.boxes[held], lifted, page.image):
                crossing |= held
    if not crossing.any():
        return None
    own_ink = clean.copy()
    for left, top, right, bottom in ink.boxes[crossing].tolist():
        part = np.s_[max(0, top - SOFT) : bottom + SOFT, max(0, left - SOFT) : right + SOFT]
        own_ink[part][_spread(lifted[part] < INKED, 2 * SOFT + 1)] = GROUND
    return Layers(lifted, own_ink, ink, crossing)


def is_black(boxes: Boxes, lifted: Image, image: Image) -> bool:
    """Whether the ink in these boxes is black print, and not what a pale stamp left when its colour was lifted."""
    inked = black = 0
    for left, top, right, bottom in boxes.tolist():
        part = np.s_[top:bottom, left:right]
        ink = lifted[part] < INKED
        inked += int(np.count_nonzero(ink))
        black += int(np.count_nonzero(strongest(image[part])[ink] < BLACK))
    return black >= BLACK_SHARE * inked


BLACK_SHARE = 0.3
"""Part of print's ink that is black: its cores; the edges of strokes are grey."""


def is_coloured(stamp: Stamp, page: UprightPage) -> bool:
    """Whether most of the ink in a stamp's outline has a colour."""
    if page.image.ndim == 2:
        return False
    box = stamp.region.bbox
    part = np.s_[box.top : box.bottom, box.left : box.right]
    inked = page.grey[part] < INKED
    return bool(inked.any()) and float(_coloured(page.image[part])[inked].mean()) >= MOSTLY


def lift_colour(page: UprightPage, stamps: Sequence[Stamp]) -> Image:
    """The page's even grey without the coloured ink of these stamps."""
    lifted = page.grey.copy()
    for stamp in stamps:
        box = stamp.region.bbox
        part = np.s_[box.top : box.bottom, box.left : box.right]
        soft = _spread(_coloured(page.image[part]), 3)
        lifted[part][soft & (strongest(page.image[part]) >= BLACK)] = GROUND
    return lifted


def _coloured(image: Image) -> NDArray[np.bool_]:
    return np.asarray(spread(image) >= PLAIN.colour, np.bool_)


def _spread(mask: NDArray[np.bool_], side: int) -> NDArray[np.bool_]:
    return np.asarray(cv2.dilate(mask.astype(np.uint8), np.ones((side, side), np.uint8)) > 0, np.bool_)


def _is_frame(edge: Edge, stamp: Stamp) -> bool:
    """Whether a ruling lies within a stamp's outline and a little around: it is the stamp's."""
    points, box = np.array(edge.points), stamp.region.bbox
    low, high = np.array((box.left, box.top)) - FRAME, np.array((box.right, box.bottom)) + FRAME
    return bool(((points >= low) & (points <= high)).all())


def _members(ink: Ink, box: BBox) -> NDArray[np.bool_]:
    """The components that lie in a line's box."""
    boxes = ink.boxes
    return np.asarray(
        (boxes[:, 0] >= box.left) & (boxes[:, 2] <= box.right) & (boxes[:, 1] >= box.top) & (boxes[:, 3] <= box.bottom)
    )


def _close(ink: Ink, held: NDArray[np.bool_], outside: NDArray[np.bool_]) -> bool:
    """Whether print inside and outside a stamp follows on as letters of a word or words of a line do."""
    gaps = np.maximum(
        ink.boxes[held, 0][:, None] - ink.boxes[outside, 2], ink.boxes[outside, 0] - ink.boxes[held, 2][:, None]
    )
    height = float(np.median(ink.heights[held | outside]))
    return bool(gaps.min() <= WORD_GAP * height)


WORD_GAP = 0.8
"""Gap between print inside and outside a stamp, in heights of its components; a form's label and pen stand further."""
