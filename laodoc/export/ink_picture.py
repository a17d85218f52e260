"""The ink map of a page as a picture: every drop of ink in the colour of its kind."""

import cv2
import numpy as np

from laodoc.imaging.page import Image
from laodoc.ink.kinds import Kind
from laodoc.ink.map import SURE, InkMap

COLOURS = {
    Kind.PRINT: (0, 0, 0),
    Kind.HAND: (0, 0, 255),
    Kind.STAMP: (235, 0, 0),
    Kind.RULING: (0, 150, 0),
    Kind.BOX: (0, 200, 200),
    Kind.LEADER: (150, 150, 0),
    Kind.FIGURE: (180, 0, 180),
    Kind.DIRT: (255, 140, 0),
}
UNKNOWN = (160, 160, 160)
SCALE = 2
"""Pixels of the picture for one place of the map, each way."""


def paint_ink(grey: Image, ink_map: InkMap) -> Image:
    """RGB (height, width, 3): the even page `grey`, ink in the colours of its kinds, or between them."""
    rows, columns = ink_map.chances.shape[1:]
    size = (columns * SCALE, rows * SCALE)
    shade = cv2.resize(grey, size, interpolation=cv2.INTER_AREA).astype(np.float32)[..., None] / 255
    chances = np.where(ink_map.chances >= SURE, ink_map.chances, 0).astype(np.float32)
    colours = np.array([COLOURS[kind] for kind in Kind], np.float32)
    total = chances.sum(axis=0)[..., None]
    mixed = np.einsum("khw,kc->hwc", chances, colours) / np.maximum(total, 1)
    inked = cv2.resize(np.where(total > 0, mixed, UNKNOWN).astype(np.float32), size, interpolation=cv2.INTER_NEAREST)
    return np.clip(255 * shade + inked * (1 - shade), 0, 255).astype(np.uint8)
