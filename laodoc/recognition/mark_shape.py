"""What shape a piece of ink has: check, cross, or something else, by a small trained network.

Weights come from `python -m laodoc.training.marks`; see models/marks.md.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.errors import MissingDependency
from laodoc.imaging.levels import percentile
from laodoc.imaging.page import Image
from laodoc.messages import Message

SIDE = 32
"""Pixels of the square in which every shape is seen, whatever its size on paper."""

ROOM = 2
"""White around the shape in that square, in pixels."""

DIRECTIONS = 8
CELLS = 4
COARSE = 8
FEATURES = CELLS * CELLS * DIRECTIONS + COARSE * COARSE

SHAPES = ("check", "cross", "other")

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """Two layers: hidden = relu(x·first + first_bias), scores = hidden·second + second_bias."""

    first: Floats
    first_bias: Floats
    second: Floats
    second_bias: Floats


def normalised(image: Image) -> Floats:
    """The shape's darkness 0..1, centred in a square of `SIDE` pixels, its proportions kept."""
    darkness = 255 - image
    darkest = max(1.0, percentile(darkness, 99))
    height, width = image.shape
    scale = (SIDE - 2 * ROOM) / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    even = np.minimum(darkness.astype(np.float32) / np.float32(darkest), np.float32(1))
    small = cv2.resize(even, size, interpolation=cv2.INTER_AREA)
    square = np.zeros((SIDE, SIDE), np.float32)
    top, left = (SIDE - size[1]) // 2, (SIDE - size[0]) // 2
    square[top : top + size[1], left : left + size[0]] = small
    return square


def features(image: Image) -> Floats:
    """`FEATURES` numbers: where strokes run in which direction, and where ink lies.

    The first part is a histogram of oriented gradients (Dalal and Triggs, CVPR 2005) on a grid of `CELLS` × `CELLS`,
    normalised as a whole, directions taken without sign.
    """
    square = cv2.GaussianBlur(normalised(image), (3, 3), 0)
    across, down = cv2.Sobel(square, cv2.CV_32F, 1, 0), cv2.Sobel(square, cv2.CV_32F, 0, 1)
    strength = np.hypot(across, down)
    place = (np.arctan2(down, across) % np.pi) / np.pi * DIRECTIONS
    lower = np.floor(place)
    part = place - lower
    histogram = sum(
        np.bincount((_first_bins() + bins % DIRECTIONS).ravel(), (strength * weight).ravel(), CELLS**2 * DIRECTIONS)
        for bins, weight in ((lower.astype(int), 1 - part), (lower.astype(int) + 1, part))
    )
    coarse = cv2.resize(square, (COARSE, COARSE), interpolation=cv2.INTER_AREA).ravel()
    return np.concatenate([histogram / (np.linalg.norm(histogram) + 1e-6), coarse]).astype(np.float32)


@cache
def _first_bins() -> NDArray[np.intp]:
    """For each pixel the first of its cell's bins."""
    rows, columns = np.indices((SIDE, SIDE)) * CELLS // SIDE
    return np.asarray((rows * CELLS + columns) * DIRECTIONS, np.intp)


def scores(x: Floats, weights: Weights) -> Floats:
    """Probabilities of `SHAPES`, shape (n, 3), for features of shape (n, FEATURES)."""
    hidden = np.maximum(x @ weights.first + weights.first_bias, 0)
    logits = hidden @ weights.second + weights.second_bias
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


def probabilities(image: Image) -> dict[str, float]:
    """How likely the piece of ink `image` (grey on 255) is each of `SHAPES`.

    Raises:
        MissingDependency: the weights were not installed with the package.
    """
    found = scores(features(image)[np.newaxis], _installed_weights())[0]
    return dict(zip(SHAPES, (float(value) for value in found), strict=True))


@cache
def _installed_weights() -> Weights:
    file = files("laodoc.models").joinpath("marks.npz")
    try:
        with file.open("rb") as stream, np.load(stream) as stored:
            return Weights(**{name: stored[name].astype(np.float32) for name in stored.files})
    except (OSError, ValueError, TypeError) as trouble:
        raise MissingDependency(Message("marks-missing")) from trouble
