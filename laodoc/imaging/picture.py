"""Picture files: PNG, JPEG, WebP, BMP and TIFF of many pages, of every depth and colour, as grey or RGB."""

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import cv2
import numpy as np
from PIL import Image as Pillow
from PIL import ImageOps, UnidentifiedImageError

from laodoc.errors import DamagedInput, NotAScan
from laodoc.imaging.affine import scaling
from laodoc.imaging.faxes import resolutions, square_dots
from laodoc.imaging.frames import page_frames
from laodoc.imaging.page import Image, SourcePage, UnreadablePage
from laodoc.imaging.paper import POINTS_PER_INCH, sane_dpi, too_large
from laodoc.messages import Message

FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "TIFF")
"""Pillow's names; JPEG includes the MPO that some phones write into .jpg files (its further pictures are previews)."""

BEGINNINGS = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"RIFF", b"BM")
"""How files of these formats begin."""

EXIF_ORIENTATION, LYING = 0x0112, (5, 6, 7, 8)
"""EXIF's tag that says how a picture is turned, and the values by which it is turned by a quarter."""

BROKEN_PICTURE = (OSError, SyntaxError, ValueError, EOFError, ArithmeticError, LookupError, TypeError, struct.error)
"""What Pillow raises where a file is not what it says."""

COLOUR_TOLERANCE = 12
"""Grey levels by which the channels of a colourless scan may differ (JPEG's chroma rounding stays under 8)."""

COLOURED_SHARE = 1e-4
"""Part of the page that must differ more to count as colour: a tenth of a stamp of 3 × 3 cm on A4."""


SAMPLES_A_SIDE = 800
"""Pixels looked at along the short side of the page: one every 0.26 mm of A4, finer than any stamp's stroke."""


def count_pages(path: Path, name: str) -> int:
    """How many pages the picture file has; frames of an animation and reduced images are not pages.

    Raises:
        NotAScan: it is no picture of a known format.
        DamagedInput: it is one, but broken.
    """
    try:
        with unlimited_pillow(), Pillow.open(path, formats=FORMATS) as picture:
            return len(page_frames(picture))
    except UnidentifiedImageError as unknown:
        with path.open("rb") as file:
            if file.read(4).startswith(BEGINNINGS):
                raise DamagedInput(Message("picture-damaged", name=name)) from unknown
        raise NotAScan(Message("not-a-scan", name=name)) from unknown
    except BROKEN_PICTURE as broken:
        raise DamagedInput(Message("picture-damaged", name=name)) from broken


def read_picture(path: Path, number: int) -> SourcePage | UnreadablePage:
    """Page `number` (from 1) of a picture file, turned as its EXIF tag says.

    Its points are those of the turned picture: pixels × 72 ÷ `source_dpi`.
    """
    try:
        with unlimited_pillow(), Pillow.open(path, formats=FORMATS) as picture:
            picture.seek(page_frames(picture)[number - 1])
            reason = too_large(*picture.size)
            if reason:
                return UnreadablePage(number, reason)
            bilevel, turned = picture.mode == "1", picture.getexif().get(EXIF_ORIENTATION, 1) in LYING
            stated = stated_dpi(picture)
            pixels = to_pixels(ImageOps.exif_transpose(picture))
    except BROKEN_PICTURE as broken:
        return damaged(number, one_line(broken))
    dots = resolutions(pixels, stated[::-1] if turned else stated, bilevel=bilevel)
    if dots:
        pixels, known = square_dots(pixels, *dots)
    height, width = pixels.shape[:2]
    dpi = sane_dpi(width, height, known if dots else None)
    points = POINTS_PER_INCH / dpi
    return SourcePage(number, pixels, dpi, scaling(points, points))


def decoded(file: Path | BinaryIO, number: int) -> Image | UnreadablePage | None:
    """The pixels of a picture that was taken out of page `number`, or drawn of it; None where it is no picture."""
    try:
        with unlimited_pillow(), Pillow.open(file, formats=("JPEG", "PPM")) as picture:
            reason = too_large(*picture.size)
            return UnreadablePage(number, reason) if reason else to_pixels(picture)
    except UnidentifiedImageError:
        return None
    except BROKEN_PICTURE as broken:
        return damaged(number, one_line(broken))


def damaged(number: int, why: str) -> UnreadablePage:
    return UnreadablePage(number, Message("page-damaged", page=number, why=why))


def one_line(error: BaseException) -> str:
    """The first line of a foreign error's message."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def stated_dpi(picture: Pillow.Image) -> tuple[float, float]:
    """The resolution that is written in the file, across and down; 0 where it is none."""
    across, down = picture.info.get("dpi", (0.0, 0.0))
    across, down = float(across), float(down)
    return (across, down) if across > 1 and down > 1 else (0.0, 0.0)


def to_pixels(picture: Pillow.Image) -> Image:
    """The picture as grey (height, width) where it has no colour, else RGB (height, width, 3); alpha lies on white."""
    if picture.mode in ("I;16", "I;16L", "I;16B", "I;16N", "I", "F"):
        return _deep_to_grey(np.asarray(picture))
    if "transparency" in picture.info or picture.mode in ("RGBA", "LA", "PA", "RGBa", "La"):
        layer = picture.convert("RGBA")
        ground = Pillow.new("RGBA", layer.size, "white")
        picture = Pillow.alpha_composite(ground, layer)
    if picture.mode in ("1", "L"):
        return np.asarray(picture.convert("L"), dtype=np.uint8)
    return without_false_colour(np.asarray(picture.convert("RGB"), dtype=np.uint8))


def without_false_colour(rgb: Image) -> Image:
    """Grey (height, width) where an RGB picture has no colour worth the name, else the picture itself."""
    step = max(1, min(rgb.shape[:2]) // SAMPLES_A_SIDE)
    red, green, blue = cv2.split(rgb[::step, ::step])
    spread = cv2.max(cv2.absdiff(red, green), cv2.max(cv2.absdiff(green, blue), cv2.absdiff(red, blue)))
    if np.count_nonzero(spread > COLOUR_TOLERANCE) > COLOURED_SHARE * spread.size:
        return rgb
    return np.ascontiguousarray(rgb[:, :, 1])


def _deep_to_grey(values: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> Image:
    """16- and 32-bit grey to 8 bits; 65535 is white where the values go beyond a byte."""
    deep = values.astype(np.float32)
    brightest = float(deep.max(initial=1.0))
    white = 255.0 if brightest <= 255 else max(65535.0, brightest)
    return np.asarray(np.clip(deep * (255.0 / white) + 0.5, 0, 255), dtype=np.uint8)


@contextmanager
def unlimited_pillow() -> Iterator[None]:
    """For a while, lifts Pillow's own limit of pixels (ours is checked before anything is decoded) and keeps its
    warnings of odd metadata, which change no pixel, off stderr."""
    limit = Pillow.MAX_IMAGE_PIXELS
    Pillow.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        Pillow.MAX_IMAGE_PIXELS = limit
