"""A photo of a sheet as a telephone takes it: on a table, from aslant, in uneven light."""

import cv2
import numpy as np
from PIL import Image

from samples.generator.degrade import Pixels

WIDTH, HEIGHT = 1950, 2600
CORNERS = ((0.085, 0.06), (0.935, 0.085), (0.965, 0.955), (0.035, 0.93))
"""Where the sheet's corners come to lie (left top, right top, right bottom, left bottom), as parts of the photo."""

WOOD = (104.0, 74.0, 52.0)
WARM = (1.0, 0.975, 0.92)
JITTER = 0.012


def photograph(sheet: Image.Image, rng: np.random.Generator) -> Image.Image:
    """The sheet photographed upright: perspective, wooden table around it, a shadow across it, warm light, grain."""
    paper = np.asarray(sheet.convert("RGB"), np.float32)
    height, width = paper.shape[:2]
    corners = np.array(CORNERS, np.float32) + rng.uniform(-JITTER, JITTER, (4, 2)).astype(np.float32)
    target = (corners * (WIDTH, HEIGHT)).astype(np.float32)
    origin = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    lens = cv2.getPerspectiveTransform(origin, target)
    seen = cv2.warpPerspective(paper, lens, (WIDTH, HEIGHT), flags=cv2.INTER_AREA)
    inside = cv2.warpPerspective(np.ones((height, width), np.float32), lens, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR)
    beneath = cv2.GaussianBlur(inside, (0, 0), 14)[..., None]
    photo = _table(rng) * (1 - 0.45 * beneath) * (1 - inside[..., None]) + seen * 0.93 * inside[..., None]
    photo = photo * _light(rng)[..., None] * np.array(WARM, np.float32)
    photo = cv2.GaussianBlur(photo, (0, 0), 0.8)
    grain = cv2.GaussianBlur(rng.normal(0, 3.0, (HEIGHT, WIDTH)).astype(np.float32), (0, 0), 0.8)
    return Image.fromarray(np.clip(photo + grain[..., None], 0, 255).astype(np.uint8))


def _table(rng: np.random.Generator) -> Pixels:
    """Wood: long streaks of lighter and darker brown."""
    coarse = rng.random((60, 6), np.float32)
    streaks = cv2.resize(coarse, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC).clip(0, 1)
    return (0.75 + 0.4 * streaks)[..., None] * np.array(WOOD, np.float32)


def _light(rng: np.random.Generator) -> Pixels:
    """Light from one side, and the soft shadow of a hand over one corner."""
    x, y = np.meshgrid(np.linspace(0, 1, WIDTH, dtype=np.float32), np.linspace(0, 1, HEIGHT, dtype=np.float32))
    slope = 1.0 - 0.18 * (0.6 * x + 0.4 * y)
    edge = 0.74 + 0.05 * np.sin(5 * y + rng.uniform(0, 6))
    shadow = 1 / (1 + np.exp(-(x + 0.35 * y - edge) / 0.035))
    light: Pixels = slope * (1 - 0.28 * shadow)
    return light.astype(np.float32)
