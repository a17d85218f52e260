"""Ink in a stamp that is not the stamp's: of an emblem or a figure over which it was pressed."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.imaging.labels import labelled
from laodoc.imaging.page import Image
from laodoc.layout.boxes import grow
from laodoc.layout.frames import FRAME_MM, Corners, Stamp
from laodoc.layout.ink import dark_pixels, pixels
from laodoc.layout.line_images import GROUND, HALO

BEYOND_MM = 4.0
"""A pen that fills in a stamp does not write further over its edge."""


def without_strangers(stamped: Image, stamps: Sequence[Stamp], dpi: float) -> Image:
    """The page, frames painted out, without what goes on beyond a stamp's outline; the same page where nothing does.

    Args:
        stamped: even grey, (height, width).
        stamps: of that page.
        dpi: of the page.
    """
    cleaned = stamped
    for stamp in stamps:
        box = stamp.region.bbox
        strange = strangers_in(stamped, stamp, dpi)
        if strange.any():
            cleaned = cleaned.copy() if cleaned is stamped else cleaned
            cleaned[box.top : box.bottom, box.left : box.right][strange] = GROUND
    return cleaned


def strangers_in(page: Image, stamp: Stamp, dpi: float) -> NDArray[np.bool_]:
    """Which pixels of a stamp's box, (height, width) of the box, are of ink that goes on beyond it."""
    box, far = stamp.region.bbox, round(pixels(BEYOND_MM, dpi))
    area = grow(box, far + 1, page.shape[1], page.shape[0])
    mask = dark_pixels(page[area.top : area.bottom, area.left : area.right], dpi)
    labels, stats = labelled(across_frame(mask, stamp.corners - (area.left, area.top), dpi) if stamp.framed else mask)
    left, top = stats[:, 0] + area.left, stats[:, 1] + area.top
    right, bottom = left + stats[:, 2], top + stats[:, 3]
    beyond = (left < box.left - far) | (right > box.right + far) | (top < box.top - far) | (bottom > box.bottom + far)
    beyond[0] = False
    soft = cv2.dilate(beyond[labels].astype(np.uint8), np.ones((HALO, HALO), np.uint8))
    start = box.top - area.top, box.left - area.left
    inner = soft[start[0] : start[0] + box.bottom - box.top, start[1] : start[1] + box.right - box.left]
    return np.asarray(inner > 0)


def across_frame(mask: Image, corners: Corners, dpi: float) -> Image:
    """The mask with ink on both sides of a frame that was painted out joined across it."""
    wide = int(pixels(FRAME_MM, dpi)) + HALO
    band = np.zeros_like(mask)
    outline = np.rint(corners).astype(np.int32).reshape(-1, 1, 2)
    cv2.polylines(band, [outline], isClosed=True, color=255, thickness=wide)
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((wide + HALO, wide + HALO), np.uint8))
    return np.asarray(np.where(band > 0, closed, mask), np.uint8)
