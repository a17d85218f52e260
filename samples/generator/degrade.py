"""From a printed sheet to a scan of it: skew, bends, fading, blur, shade, grain, specks, and what the scanner keeps."""

import io
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from samples.generator.sheet import PRINT_DPI

Pixels = NDArray[Any]
"""Grey or RGB levels 0..255 as 32-bit floats."""


@dataclass(frozen=True)
class Profile:
    """One way of scanning.

    `mode` is RGB, L or 1 (bilevel); `skew` the largest angle in degrees; `blur` and `bend` in millimetres; `shade` and
    `fade` are shares of full white that the ground darkens and the ink lightens by; `grain` is the noise in levels;
    `specks` are counted a square decimetre; `jpeg` is the quality, None for no JPEG. `bleed` is the share of the other
    side's ink that shows through; a scan with `edges` has the shadow of the lid on two sides, a binder's holes, and a
    streak of dirt on the glass.
    """

    name: str
    dpi: int
    mode: str
    skew: float = 0.0
    blur: float = 0.0
    bend: float = 0.0
    shade: float = 0.0
    fade: float = 0.0
    grain: float = 0.0
    specks: float = 0.0
    jpeg: int | None = None
    bleed: float = 0.0
    edges: bool = False


CLEAN300 = Profile("clean300", 300, "RGB", skew=0.3, blur=0.03, shade=0.01, grain=0.8, jpeg=82)
OFFICE200 = Profile("office200", 200, "RGB", skew=0.9, blur=0.06, bend=0.05, shade=0.05, grain=1.5, specks=2, jpeg=68)
PHOTOCOPY = Profile(
    "photocopy", 300, "L", skew=1.4, blur=0.11, bend=0.17, shade=0.04, fade=0.32, grain=2.5, specks=40, jpeg=62
)
FAX = Profile("fax", 200, "1", skew=0.8, blur=0.07, bend=0.10, fade=0.10, grain=9.0, specks=70)
PROFILES = {profile.name: profile for profile in (CLEAN300, OFFICE200, PHOTOCOPY, FAX)}
ROUGH = {
    profile.name: profile
    for profile in (
        Profile(
            "dark-copy", 300, "L", skew=1.0, blur=0.09, bend=0.1, shade=0.25, fade=0.1, grain=6, specks=25, jpeg=50
        ),
        Profile("low150", 150, "L", skew=0.7, blur=0.05, shade=0.05, grain=2, specks=3, jpeg=60),
        Profile("pale", 200, "RGB", skew=0.6, blur=0.08, fade=0.6, shade=0.08, grain=3, specks=5, jpeg=55),
        Profile("skewed", 200, "L", skew=3.5, blur=0.06, shade=0.1, grain=2, specks=4, jpeg=60),
        Profile("hi400", 400, "RGB", skew=0.5, blur=0.04, shade=0.03, grain=2, specks=2, jpeg=75),
        Profile("bleed", 200, "RGB", skew=0.7, blur=0.06, shade=0.1, grain=2, specks=4, jpeg=60, bleed=0.28),
        Profile("edges", 200, "L", skew=1.2, blur=0.06, shade=0.1, grain=2, specks=10, jpeg=60, edges=True),
    )
}
"""Scans that are worse than usual in one way each: the benchmarks know them, no sample has them."""


def degrade(sheet: Image.Image, profile: Profile, rng: np.random.Generator) -> tuple[Image.Image, float]:
    """Scan a printed sheet: the picture (not yet compressed) and the degrees clockwise by which it lies askew."""
    skew = float(rng.uniform(-profile.skew, profile.skew))
    pixels: Pixels = np.asarray(sheet.convert("RGB"), np.float32)
    if profile.bleed:
        pixels = np.minimum(pixels, _other_side(pixels, profile.bleed))
    pixels = _lay_askew(pixels, skew, profile.bend * PRINT_DPI / 25.4, rng)
    if profile.fade:
        field = _clouds(pixels.shape[:2], 40.0, rng)
        pixels = 255 - (255 - pixels) * (1 - profile.fade * (0.7 + 0.6 * field))[..., None]
    if profile.blur:
        pixels = cv2.GaussianBlur(pixels, (0, 0), profile.blur * PRINT_DPI / 25.4)
    scale = profile.dpi / PRINT_DPI
    if scale != 1:
        pixels = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    pixels = _ground(pixels, profile, rng)
    if profile.edges:
        _dirty_edges(pixels)
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    image = _bilevel(image) if profile.mode == "1" else image.convert(profile.mode)
    image.info["dpi"] = (profile.dpi, profile.dpi)
    return image, round(skew, 3)


def compressed(image: Image.Image, profile: Profile) -> Image.Image:
    """The picture as it comes back from the file: through JPEG where the profile has it."""
    if profile.jpeg is None:
        return image
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=profile.jpeg, dpi=(profile.dpi, profile.dpi))
    loaded = Image.open(buffer)
    loaded.load()
    return loaded


def _lay_askew(pixels: Pixels, skew: float, bend: float, rng: np.random.Generator) -> Pixels:
    """Turn the sheet clockwise by `skew` degrees and bend its lines by up to `bend` pixels."""
    height, width = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0)  # maps scan to sheet, hence the other sense
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    source_x = (turn[0, 0] * x + turn[0, 1] * y + turn[0, 2]).astype(np.float32)
    source_y = (turn[1, 0] * x + turn[1, 1] * y + turn[1, 2]).astype(np.float32)
    if bend:
        phases = rng.uniform(0, 2 * np.pi, 2)
        source_x += (bend * _wave(height, 1.5, phases[0]))[:, None]
        source_y += (bend * _wave(width, 1.2, phases[1]))[None, :]
    return cv2.remap(pixels, source_x, source_y, cv2.INTER_LINEAR, borderValue=(255, 255, 255))


def _wave(length: int, swells: float, phase: float) -> Pixels:
    """A sine over `length` pixels without its trend, so that a bend does not turn the sheet."""
    place = np.linspace(-1, 1, length)
    wave = np.sin(np.pi * swells * place + phase)
    trend = np.polyfit(place, wave, 1)
    bent: Pixels = wave - np.polyval(trend, place)
    return bent.astype(np.float32)


def _clouds(shape: tuple[int, int], grid: float, rng: np.random.Generator) -> Pixels:
    """A smooth random field between 0 and 1, about `grid` swells a page apart."""
    coarse = rng.random((max(3, int(240 / grid)), max(3, int(170 / grid))), np.float32)
    field: Pixels = cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC).clip(0, 1)
    return field


def _ground(pixels: Pixels, profile: Profile, rng: np.random.Generator) -> Pixels:
    """Shade, grain and specks of the paper and the glass."""
    height, width = pixels.shape[:2]
    if profile.shade:
        slope = rng.uniform(-1, 1, 2)
        x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
        light = 1 - profile.shade * (0.5 + 0.5 * (slope[0] * x + slope[1] * y) / 2 + 0.4 * (x * x + y * y) / 2)
        pixels = pixels * light.astype(np.float32)[..., None]
    if profile.grain:
        noise = rng.normal(0, profile.grain, (height, width)).astype(np.float32)
        pixels = pixels + cv2.GaussianBlur(noise, (0, 0), 0.7)[..., None] * 1.8
    pixels = np.ascontiguousarray(pixels)
    square_decimetres = height * width * (0.254 / profile.dpi) ** 2
    for _ in range(rng.poisson(profile.specks * square_decimetres)):
        centre = (int(rng.integers(width)), int(rng.integers(height)))
        axes = tuple(int(a) for a in np.ceil(rng.uniform(0.02, 0.16, 2) * profile.dpi / 25.4))
        level = float(rng.uniform(20, 150))
        cv2.ellipse(pixels, centre, axes, float(rng.uniform(0, 180)), 0, 360, (level,) * 3, -1)
    return pixels


def _other_side(pixels: Pixels, share: float) -> Pixels:
    """What is printed on the back of the sheet, here the same mirrored, as it shines through the paper."""
    back = cv2.GaussianBlur(np.ascontiguousarray(pixels[:, ::-1]), (0, 0), BLEED_BLUR_MM * PRINT_DPI / 25.4)
    through: Pixels = 255 - (255 - back) * share
    return through


BLEED_BLUR_MM = 0.34


def _dirty_edges(pixels: Pixels) -> None:
    """Shadow left and below, two holes 9 mm from the left edge, and a streak two pixels wide, in place."""
    height, width = pixels.shape[:2]
    pixels[:, : round(0.012 * width)] = 20
    pixels[-round(0.008 * height) :] = 15
    for part in (0.35, 0.65):
        cv2.circle(pixels, (round(0.045 * width), round(part * height)), round(0.014 * width), (25, 25, 25), -1)
    streak = pixels[:, round(0.7 * width) : round(0.7 * width) + 2]
    np.minimum(streak, 110, out=streak)


def _bilevel(image: Image.Image) -> Image.Image:
    return image.convert("L").point(lambda level: 255 * (level > 150)).convert("1", dither=Image.Dither.NONE)
