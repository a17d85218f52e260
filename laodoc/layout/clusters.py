"""What lies together on the ink map, and where that is on the page."""

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.document import BBox
from laodoc.imaging.labels import labelled
from laodoc.ink.kinds import MAP_DPI
from laodoc.ink.map import InkMap
from laodoc.layout.ink import pixels


def clusters(places: NDArray[np.bool_], across: float, down: float) -> list[BBox]:
    """The boxes, on the map, of places nearer to each other than so many millimetres."""
    wide, high = (max(1, round(pixels(reach, MAP_DPI))) for reach in (across, down))
    joined = cv2.dilate(places.astype(np.uint8), np.ones((high, wide), np.uint8))
    labels, stats = labelled(np.asarray(joined, np.uint8))
    if len(stats) == 1:
        return []
    rows, columns = np.nonzero(places)
    owner = labels[rows, columns]
    boxes = np.zeros((len(stats), 4), np.int64)
    boxes[:, :2] = np.iinfo(np.int32).max
    np.minimum.at(boxes[:, 0], owner, columns)
    np.minimum.at(boxes[:, 1], owner, rows)
    np.maximum.at(boxes[:, 2], owner, columns + 1)
    np.maximum.at(boxes[:, 3], owner, rows + 1)
    return [BBox(*box) for box in boxes[1:].tolist()]


def to_page(box: BBox, ink_map: InkMap, dpi: float) -> BBox:
    """A box of the map in pixels of the page."""
    scale = dpi / MAP_DPI
    height, width = ink_map.shape
    left, top, right, bottom = (round(side * scale) for side in box)
    return BBox(left, top, min(width, right), min(height, bottom))
