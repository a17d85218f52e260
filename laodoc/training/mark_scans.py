"""Turns a drawing into a cell of a scanned page: ground, fading, blur, low resolution, noise, specks, fax."""

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.training.mark_drawings import Drawing, Random

Scan = NDArray[np.uint8]

LOST = 0.12
"""Largest part of a mark's height that an erased ruling takes from its end."""


def scan(drawing: Drawing, rng: Random) -> Scan:
    """Grey picture of the drawing as scanned, ground near 255, same size."""
    turn = cv2.getRotationMatrix2D((drawing.shape[1] / 2, drawing.shape[0] / 2), rng.normal(0, 1.5), 1)
    page = np.asarray(cv2.warpAffine(drawing, turn, drawing.shape[::-1]), np.float32)
    page = _cut_by_ruling(page, rng) if rng.random() < 0.2 else page
    page = _ended_by_ruling(page, rng) if rng.random() < 0.15 else page
    page = np.asarray(cv2.GaussianBlur(page, (0, 0), rng.uniform(0.3, 2.0)), np.float32)
    fax = rng.random() < 0.35
    grey = 255 * (1 - page * (rng.uniform(0.8, 1) if fax else rng.uniform(0.4, 1)))
    grey = _coarse(grey, rng.choice([0.5, 0.67, 1.0], p=[0.15, 0.45, 0.4]), rng, fax=fax)
    return _specks(np.clip(grey, 0, 255).astype(np.uint8), rng)


def _cut_by_ruling(page: Drawing, rng: Random) -> Drawing:
    """A white stripe where an erased ruling went through the mark."""
    page = page.copy()
    place, thick = int(rng.integers(0, page.shape[0])), int(rng.integers(1, 4))
    if rng.random() < 0.7:
        page[place : place + thick] = 0
    else:
        page[:, place : place + thick] = 0
    return page


def _ended_by_ruling(page: Drawing, rng: Random) -> Drawing:
    """The mark's foot or head lost with an erased ruling on which it stood or under which it hung."""
    rows = np.flatnonzero(page.max(axis=1) > 0)
    lost = int(rng.integers(1, 1 + max(1, round(LOST * len(rows)))))
    page = page.copy()
    if rng.random() < 0.6:
        page[rows[-1] + 1 - lost :] = 0
    else:
        page[: rows[0] + lost] = 0
    return page


def _coarse(grey: NDArray[np.float32], scale: float, rng: Random, *, fax: bool) -> NDArray[np.float32]:
    """Scanned at a lower resolution, with noise, as fax or JPEG, and brought back to the normal one."""
    size = (round(grey.shape[1] * scale), round(grey.shape[0] * scale))
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA) + rng.normal(0, rng.uniform(1, 14), size[::-1])
    if fax:
        small = np.where(small < rng.uniform(110, 190), 0.0, 255.0)
    elif rng.random() < 0.6:
        packed = cv2.imencode(".jpg", np.clip(small, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 60])[1]
        small = np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.float64)
    return np.asarray(cv2.resize(small, grey.shape[::-1], interpolation=cv2.INTER_CUBIC), np.float32)


def _specks(grey: Scan, rng: Random) -> Scan:
    if rng.random() < 0.5:
        for x, y in rng.integers(0, grey.shape[0], (int(rng.integers(1, 30)), 2)).tolist():
            cv2.circle(grey, (x, y), int(rng.integers(1, 3)), int(rng.integers(0, 120)), -1)
    return grey
