"""From ink to the grey picture of a scan: bends, fading, blur, noise, thresholds, compression."""

from random import Random
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.training.drawing import Ink

Grey = NDArray[np.uint8]
Look = Literal["print", "office", "photocopy", "fax", "phone"]
_LOOKS: tuple[Look, ...] = ("print", "office", "photocopy", "fax", "phone")
_LOOK_SHARES = (0.15, 0.37, 0.21, 0.17, 0.1)
_THICKENED = {"print": 0.05, "office": 0.15, "photocopy": 0.4, "fax": 0.3, "phone": 0.15}
_FADED = {"print": 0.0, "office": 0.1, "photocopy": 0.4, "fax": 0.25, "phone": 0.1}
"""Shares of the lines whose strokes ran or were eaten, and of those whose toner fails."""

TINTED, TINTS = 0.07, (105, 195)
"""Share of the lines on a grey or coloured field, and its grey."""
SCREENED = 0.04
"""Share of the lines on a field of dots, as printers make grey."""
FORWARDED = (16, 26)
"""Rows that a phone leaves of a line's band, least and most: 100 to 150 dpi."""
COARSE = 0.25
"""Share of the faxes sent at 98 lines to the inch: every row twice."""

DRIFT = 0.1
"""How far a skewed or bent line may leave its band, as a share of the band's height: more is the deskewer's fault."""
SLANTED, WAVERING = 0.08, 0.15
"""Shares of the printed lines whose letters are reshaped, so that faces never seen are read too."""


def bent(rng: Random, ink: Ink) -> Ink:
    """Skewed, slanted and bent a little, and moved by a part of a pixel."""
    height, width = ink.shape
    x = np.arange(width, dtype=np.float32)
    middle = x / max(1, width) - 0.5
    drift = rng.uniform(-DRIFT, DRIFT) * height * min(1.0, width / (6 * height)) * middle
    if rng.random() < 0.4:
        length = height * rng.uniform(3, 15)
        drift = drift + rng.uniform(0, 0.06) * height * np.sin(x / length * 6.28 + rng.uniform(0, 6))
    rows = np.arange(height, dtype=np.float32)[:, None]
    slant = rng.uniform(-0.04, 0.04) if rng.random() < 0.5 else 0.0
    map_y = rows + drift[None].astype(np.float32) + rng.uniform(-0.5, 0.5)
    map_x = x[None] + slant * (rows - height / 2) + rng.uniform(-0.5, 0.5)
    map_x = np.broadcast_to(map_x, map_y.shape).astype(np.float32)
    return np.asarray(cv2.remap(ink, map_x, map_y.astype(np.float32), cv2.INTER_LINEAR, borderValue=0), np.uint8)


def elastic(rng: Random, ink: Ink, strength: float) -> Ink:
    """Wavers as a hand does; `strength` is the largest shift as a share of the height. After Simard et al. (2003)."""
    height, width = ink.shape
    cells = (max(2, round(width / height * 3)), 3)
    noise = np.random.default_rng(rng.getrandbits(32))
    shift = [
        cv2.resize(noise.uniform(-1, 1, cells[::-1]).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
        for _ in range(2)
    ]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    map_x, map_y = x + shift[0] * strength * height, y + shift[1] * strength * height
    return np.asarray(cv2.remap(ink, map_x, map_y, cv2.INTER_LINEAR, borderValue=0), np.uint8)


def reshaped(rng: Random, ink: Ink) -> Ink:
    """Letters as a face that is not at hand has them: sometimes slanted about the middle of the band, sometimes with
    strokes that swell and waver a little."""
    if rng.random() < SLANTED:
        height, width = ink.shape
        slope = rng.uniform(-0.12, 0.3)
        lean = abs(slope) * height
        onto = np.array([[1, -slope, lean / 2 + slope * height / 2], [0, 1, 0]], np.float32)
        ink = np.asarray(cv2.warpAffine(ink, onto, (round(width + lean), height)), np.uint8)
    if rng.random() < WAVERING:
        ink = elastic(rng, ink, rng.uniform(0.004, 0.016))
    return ink


def _thickened(rng: Random, ink: Ink) -> Ink:
    """Ink that ran, or was eaten: a dilation or erosion of part of a pixel."""
    kernel = cv2.getStructuringElement(
        rng.choice((cv2.MORPH_CROSS, cv2.MORPH_RECT)), rng.choice(((2, 2), (3, 3), (2, 1), (1, 2)))
    )
    thick = ink.shape[0] > 34
    changed = cv2.erode(ink, kernel) if rng.random() < (0.4 if thick else 0.12) else cv2.dilate(ink, kernel)
    share = rng.uniform(0.2, 0.9 if thick else 0.5)
    return np.asarray(cv2.addWeighted(changed, share, ink, 1 - share, 0), np.uint8)


def _faded(rng: Random, ink: Ink) -> Ink:
    """Toner that fails in patches or in single grains."""
    height, width = ink.shape
    noise = np.random.default_rng(rng.getrandbits(32))
    if rng.random() < 0.6:
        patches = noise.uniform(rng.uniform(0.35, 0.9), 1.0, (3, max(2, width // height * 2))).astype(np.float32)
        field = cv2.resize(patches, (width, height), interpolation=cv2.INTER_LINEAR)
    else:
        field = (noise.random((height, width), np.float32) > rng.uniform(0.01, 0.15)).astype(np.float32)
    return np.asarray(ink * field, np.uint8)


def scanned(rng: Random, ink: Ink, look: Look | None = None) -> Grey:
    """The grey picture of `ink`, as `look` leaves it (None: any, at random); dark on light."""
    look = look or rng.choices(_LOOKS, _LOOK_SHARES)[0]
    height, width = ink.shape
    if rng.random() < 0.55:
        ink = bent(rng, ink)
    if rng.random() < _THICKENED[look]:
        ink = _thickened(rng, ink)
    if rng.random() < _FADED[look]:
        ink = _faded(rng, ink)
    if look == "print":
        return 255 - ink
    noise = np.random.default_rng(rng.getrandbits(32))
    paper = rng.uniform(*TINTS) if rng.random() < TINTED else rng.uniform(195, 255)
    dark = rng.uniform(0, 90) if rng.random() < 0.88 else rng.uniform(60, paper - 70)
    grey = paper - ink.astype(np.float32) * ((paper - dark) / 255)
    if rng.random() < SCREENED:
        grey = np.minimum(grey, _screen(rng, width, height, paper, dark))
    if look != "fax" and rng.random() < 0.5:
        grey *= np.linspace(rng.uniform(0.82, 1), rng.uniform(0.82, 1), width, dtype=np.float32)[None]
        grey *= np.linspace(rng.uniform(0.92, 1), rng.uniform(0.92, 1), height, dtype=np.float32)[:, None]
    sigma = height * rng.uniform(0.003, 0.03) * (1.25 if look == "photocopy" else 1)
    if rng.random() < 0.85 and sigma > 0.2:
        grey = np.asarray(cv2.GaussianBlur(grey, (0, 0), sigma), np.float32)
    grain = rng.choice((rng.uniform(0, 4), rng.uniform(0, 4), rng.uniform(0, 18)))
    grey += noise.standard_normal(grey.shape, np.float32) * grain
    if look == "fax":
        return _bilevel(rng, grey, ink, paper)
    picture = np.clip(grey, 0, 255).astype(np.uint8)
    if look == "phone":
        return _forwarded(rng, picture)
    return _compressed(rng, picture) if rng.random() < 0.55 else picture


def _screen(rng: Random, width: int, height: int, paper: float, dark: float) -> NDArray[np.float32]:
    """A field of dots finer than any stroke."""
    pitch, turn = rng.uniform(2.6, 5), rng.uniform(0, 1.6)
    y, x = np.mgrid[:height, :width].astype(np.float32) * (6.283 / pitch)
    wave = np.cos(x * np.cos(turn) + y * np.sin(turn)) * np.cos(y * np.cos(turn) - x * np.sin(turn))
    return np.asarray(paper - (paper - dark) * rng.uniform(0.2, 0.6) * (wave > rng.uniform(0.3, 0.8)), np.float32)


def _forwarded(rng: Random, picture: Grey) -> Grey:
    """Made small by a phone, sharpened, compressed more than once."""
    height, width = picture.shape
    factor = min(1.0, rng.uniform(*FORWARDED) / height)
    size = (max(6, round(width * factor)), max(8, round(height * factor)))
    small = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
    if rng.random() < 0.5:
        soft, more = cv2.GaussianBlur(small, (0, 0), 1.0), rng.uniform(0.3, 1.4)
        small = np.asarray(cv2.addWeighted(small, 1 + more, soft, -more, 0), np.uint8)
    for _ in range(rng.choice((1, 1, 2))):
        small = _compressed(rng, small)
    return small


def _bilevel(rng: Random, grey: NDArray[np.float32], ink: Ink, paper: float) -> Grey:
    """Only black and white, at a threshold that the scanner chose; sometimes smoothed again by a resize.

    The threshold lies between the paper and what blur has left of the strokes, so that most of them stay.
    """
    strokes = grey[ink > 127]
    core = float(np.percentile(strokes, 35)) if strokes.size else 0.0
    level = core + (paper - core) * (rng.uniform(0.3, 0.72) if rng.random() < 0.8 else rng.uniform(0.12, 0.88))
    if rng.random() < COARSE:
        halved = cv2.resize(grey, (grey.shape[1], max(8, grey.shape[0] // 2)), interpolation=cv2.INTER_AREA)
        grey = np.asarray(cv2.resize(halved, grey.shape[::-1], interpolation=cv2.INTER_NEAREST), np.float32)
    flat = np.where(grey < level, 0, 255).astype(np.uint8)
    if rng.random() < 0.3:
        factor = rng.uniform(0.7, 1.5)
        flat = np.asarray(cv2.resize(flat, None, fx=factor, fy=factor, interpolation=cv2.INTER_LINEAR), np.uint8)
    return flat


def _compressed(rng: Random, picture: Grey) -> Grey:
    done, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, rng.randint(25, 90)])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8) if done else picture
