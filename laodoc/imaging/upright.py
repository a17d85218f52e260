"""From the page as it lies in the file to the upright page on which everything else works."""

from dataclasses import replace

import numpy as np

from laodoc.imaging.affine import IDENTITY, after, fitted, inverse, rotating, scaling, turning
from laodoc.imaging.channels import spread
from laodoc.imaging.cleanup import even_light
from laodoc.imaging.grounds import positive, without_dark_bands
from laodoc.imaging.orientation import Attitude, ReadLines, attitude
from laodoc.imaging.page import Image, SourcePage, UprightPage
from laodoc.imaging.photo import rectify
from laodoc.imaging.resample import enlarged, grey_of, moved, quarter_turned
from laodoc.imaging.streaks import without_streaks

STRAIGHT = 0.03
"""Degrees of skew that are left alone: over the width of A4 a line then falls by 0.1 mm, a quarter of a stroke."""

SAME_RESOLUTION = 0.005
"""Difference of two resolutions that is left alone: scanners' own scales are no truer."""


COLOUR = 28
"""Difference between strongest and weakest channel from which a pixel has a colour; JPEG tints grey by less."""

COLOURED = 20
SAMPLED = 6
"""So many coloured pixels among every sixth of every sixth row make a page coloured: a stamp has hundreds."""


def has_colour(image: Image) -> bool:
    """Whether anything on the page, RGB or grey, is printed or written in colour."""
    if image.ndim == 2:
        return False
    few = np.ascontiguousarray(image[::SAMPLED, ::SAMPLED])
    return int(np.count_nonzero(spread(few) >= COLOUR)) >= COLOURED


def upright(page: SourcePage, read: ReadLines, dpi: int = 300) -> UprightPage:
    """Take the scanner's streaks from the page, flatten it where it is a photo, turn it, straighten
    it, bring it to `dpi` and even out its light.

    `read` reads sample lines, see `laodoc.imaging.orientation`. Turning moves whole pixels; straightening and scaling
    are left out where the page is straight and of about the right resolution.

    Raises:
        LaodocError: whatever `read` raises.
    """
    flat = flat_page(page)
    return as_it_lies(flat, attitude(grey_of(flat.image), flat.source_dpi, read), dpi)


def flat_page(page: SourcePage) -> SourcePage:
    """The page, dark on light, without the scanner's streaks, flattened where it is a photo."""
    return rectify(replace(page, image=without_streaks(positive(page.image, page.source_dpi), page.source_dpi)))


def as_it_lies(flat: SourcePage, lies: Attitude, dpi: float) -> UprightPage:
    """A flat page, of which it is known how it lies, turned upright, straightened, at `dpi` and evenly lit."""
    height, width = flat.image.shape[:2]
    image = quarter_turned(flat.image, lies.turn)
    grey = without_dark_bands(grey_of(image), flat.source_dpi)
    if not has_colour(image):
        image = grey
    scale = dpi / flat.source_dpi
    there = IDENTITY
    if abs(scale - 1) > SAME_RESOLUTION or abs(lies.skew) > STRAIGHT:
        size = (float(image.shape[1]), float(image.shape[0]))
        there, wide, high = fitted(after(rotating(-lies.skew), scaling(scale, scale)), *size)
        whole = (max(1, round(wide)), max(1, round(high)))
        grey = moved(*enlarged(grey, there), *whole)
        image = grey if image.ndim == 2 else moved(image, there, *whole, fine=False)
    back = inverse(after(there, turning(lies.turn, width, height)))
    return UprightPage(
        source_page=flat.source_page,
        image=image,
        grey=even_light(grey, dpi),
        dpi=float(dpi),
        source_dpi=flat.source_dpi,
        rotation=lies.turn,
        skew=lies.skew,
        to_source=after(flat.to_source, back),
        text_layer=flat.text_layer,
        words=flat.words,
        remarks=flat.remarks,
    )
