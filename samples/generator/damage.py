"""What befalls a printed sheet before it is scanned: folds across it, streaks of the scanner's glass along it."""

from collections.abc import Callable
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from samples.generator.sheet import px

Spoil = Callable[[Image.Image, Random], Image.Image]

FOLDS_MM = (0.15, 0.4)
"""How wide the dark line of a fold is, at most: less than a pen's stroke, as wide as many a ruling."""

STREAK_MM = (0.1, 0.3)
"""How wide the line is that dust on the glass of a feeder draws along all of a sheet."""


def unspoilt(sheet: Image.Image, rng: Random) -> Image.Image:
    """The sheet as it was printed."""
    return sheet


def folded(sheet: Image.Image, rng: Random) -> Image.Image:
    """With one or two folds across the sheet, hardly askew, some of them broken."""
    drawn = Image.new("L", sheet.size, 255)
    draw = ImageDraw.Draw(drawn)
    for _ in range(rng.randint(1, 2)):
        height = rng.uniform(0.2, 0.8) * sheet.height
        slant = rng.uniform(-0.004, 0.004) * sheet.width
        ink, wide = rng.randint(60, 140), max(1, px(rng.uniform(*FOLDS_MM)))
        at = 0.0
        while at < sheet.width:
            end = min(sheet.width, at + rng.uniform(0.2, 1.0) * sheet.width)
            ends = [(x, height + slant * x / sheet.width) for x in (at, end)]
            draw.line(ends, fill=ink, width=wide)
            at = end + px(rng.uniform(0.3, 2.0))
    return _darkened(sheet, drawn.filter(ImageFilter.GaussianBlur(0.8)))


def streaked(sheet: Image.Image, rng: Random) -> Image.Image:
    """With one to three straight lines along the whole sheet."""
    drawn = Image.new("L", sheet.size, 255)
    draw = ImageDraw.Draw(drawn)
    for _ in range(rng.randint(1, 3)):
        across = rng.uniform(0.08, 0.92) * sheet.width
        wide = max(1, px(rng.uniform(*STREAK_MM)))
        draw.line([(across, 0), (across, sheet.height)], fill=rng.randint(70, 170), width=wide)
    return _darkened(sheet, drawn)


def _darkened(sheet: Image.Image, lines: Image.Image) -> Image.Image:
    darker = np.minimum(np.asarray(sheet.convert("RGB")), np.asarray(lines)[..., None])
    return Image.fromarray(darker.astype(np.uint8))


SPOILS: dict[str, Spoil] = {"none": unspoilt, "fold": folded, "streak": streaked}
