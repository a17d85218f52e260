"""From a sheet to the picture of it that a scanner, a photocopier, a fax or a telephone makes."""

from random import Random
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.ink.kinds import INPUT_DPI

Picture = NDArray[np.uint8]
"""Shape (height, width, 3), RGB; inside this module (height, width, 1) too where there is no colour."""
_Floats = NDArray[np.float32]

Look = Literal["office", "copy", "fax", "sharp"]
_LOOKS: tuple[Look, ...] = ("office", "copy", "fax", "sharp")
_SHARES = (5, 3, 2, 1.5)
GREY = 0.55
"""Share of the scans without colour, as most offices set their machines."""
_SWOLLEN: dict[Look, float] = {"office": 0.1, "copy": 0.45, "fax": 0.3, "sharp": 0.05}
"""Shares of the scans whose strokes have run or were eaten."""
_BLUR: dict[Look, float] = {"office": 0.9, "copy": 1.2, "fax": 0.7}
"""Largest blur in pixels of the input."""
_COARSE_DPI = (100, 110, 130, 150, 150, 150, 150)
"""Resolutions of poor scans; the net looks at 120 dpi, so only what is coarser shows."""

_SIDE = 2048
_NOISE = np.random.default_rng(7).standard_normal((_SIDE, _SIDE)).astype(np.float32)
"""Grain, drawn once: a page takes it from a place of its own."""


def scanned(rng: Random, image: Picture) -> Picture:
    """The picture (height, width, 3) of a sheet, the same in all three channels where there is no colour."""
    look = rng.choices(_LOOKS, _SHARES)[0]
    if rng.random() < GREY or look == "fax":
        image = _deep(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY))
    if rng.random() < _SWOLLEN[look]:
        image = _swollen(rng, image)
    if look != "sharp":
        image = _softened(rng, image, _BLUR[look])
    floats = _lit(rng, image)
    floats += _grain(rng, image) * rng.choice((rng.uniform(0, 3), rng.uniform(0, 8), rng.uniform(4, 20)))
    if look == "fax":
        image = _bilevel(rng, floats)
    else:
        image = np.clip(floats, 0, 255).astype(np.uint8)
        if rng.random() < 0.6:
            image = _compressed(rng, image)
    return np.repeat(image, 3, axis=2) if image.shape[2] == 1 else image


def _deep(image: object) -> Picture:
    """With an axis for channels, also where cv2 has dropped it."""
    return np.atleast_3d(np.asarray(image, np.uint8))


def _swollen(rng: Random, image: Picture) -> Picture:
    """Strokes that have run or were eaten by part of a pixel."""
    side = rng.choice((2, 3))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    changed = (cv2.erode if rng.random() < 0.6 else cv2.dilate)(image, kernel)
    return _deep(cv2.addWeighted(_deep(changed), 0.6, image, 0.4, 0))


def _softened(rng: Random, image: Picture, most: float) -> Picture:
    """A coarse resolution, and blur."""
    height, width = image.shape[:2]
    dpi = rng.choice(_COARSE_DPI)
    if dpi < INPUT_DPI:
        scale = dpi / INPUT_DPI
        small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        image = _deep(cv2.resize(small, (width, height), interpolation=rng.choice((cv2.INTER_LINEAR, cv2.INTER_CUBIC))))
    sigma = rng.uniform(0.0, most)
    return _deep(cv2.GaussianBlur(image, (0, 0), sigma)) if sigma > 0.25 else image


def _lit(rng: Random, image: Picture) -> _Floats:
    """Faded print, and light that falls off to a side."""
    height, width = image.shape[:2]
    floats = image.astype(np.float32)
    if rng.random() < 0.5:
        floats = 255 - (255 - floats) * rng.uniform(0.55, 1.0)
    if rng.random() < 0.5:
        floats *= np.linspace(rng.uniform(0.75, 1), rng.uniform(0.85, 1), width, dtype=np.float32)[None, :, None]
        floats *= np.linspace(rng.uniform(0.8, 1), rng.uniform(0.85, 1), height, dtype=np.float32)[:, None, None]
    return floats


def _grain(rng: Random, image: Picture) -> _Floats:
    height, width = image.shape[:2]
    grain = np.roll(_NOISE, (rng.randrange(_SIDE), rng.randrange(_SIDE)), (0, 1))
    return np.tile(grain, (1 + height // _SIDE, 1 + width // _SIDE))[:height, :width, None]


def _bilevel(rng: Random, floats: _Floats) -> Picture:
    """Only black and white, as a fax; sometimes smoothed again by a resize."""
    flat = np.where(floats < rng.uniform(95, 205), 0, 255).astype(np.uint8)
    return _deep(cv2.GaussianBlur(flat, (0, 0), 0.5)) if rng.random() < 0.4 else flat


def _compressed(rng: Random, image: Picture) -> Picture:
    done, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, rng.randint(25, 92)])
    how = cv2.IMREAD_GRAYSCALE if image.shape[2] == 1 else cv2.IMREAD_COLOR
    return _deep(cv2.imdecode(data, how)) if done else image
