"""Filled bars in cells."""

import cv2
import numpy as np
import pytest

from laodoc.document import BBox
from laodoc.recognition.bars import read_bar
from laodoc.recognition.reading import BarReading

CELL = BBox(20, 20, 400, 100)
GREEN, RED, BLUE = (40, 160, 60), (215, 50, 45), (40, 60, 200)
LEFT, RIGHT, TOP, BOTTOM = 45, 375, 38, 82
BAR = BBox(LEFT, TOP, RIGHT, BOTTOM)


def page(*fills: tuple[float, tuple[int, int, int]], box: BBox = BAR) -> np.ndarray:
    """A page with a ruled cell and a bar in it: its parts as (share of the length, colour)."""
    image = np.full((130, 430, 3), 255, np.uint8)
    cv2.rectangle(image, (CELL.left - 2, CELL.top - 2), (CELL.right + 1, CELL.bottom + 1), (0, 0, 0), 3)
    at = float(box.left)
    for share, colour in fills:
        end = at + share * (box.right - box.left)
        image[box.top : box.bottom, round(at) : round(end)] = colour
        at = end
    return image


def scanned(image: np.ndarray, *, fade: float = 1.0, blur: float = 0.8, noise: float = 6.0) -> np.ndarray:
    rng = np.random.default_rng(3)
    faded = 255 - (255 - cv2.GaussianBlur(image, (0, 0), blur).astype(float)) * fade
    noisy = np.clip(faded + rng.normal(0, noise, image.shape), 0, 255).astype(np.uint8)
    return cv2.imdecode(cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, 70])[1], cv2.IMREAD_UNCHANGED)


@pytest.mark.parametrize("share", [0.0, 0.04, 0.33, 0.5, 0.9, 1.0])
@pytest.mark.parametrize("fade", [1.0, 0.45])
def test_shares_of_a_scanned_bar(share: float, fade: float) -> None:
    """Green and red come back within 1.5 % on a scan with noise, blur and JPEG, fresh or faded."""
    bar = read_bar(scanned(page((share, GREEN), (1 - share, RED)), fade=fade), CELL, 300)
    assert bar is not None and bar.green is not None and bar.red is not None
    assert bar.green == pytest.approx(share, abs=0.015)
    assert bar.green + bar.red == pytest.approx(1.0)


@pytest.mark.parametrize("colour", [(90, 90, 90), (150, 150, 150)])
def test_grey_bar_has_no_shares(colour: tuple[int, int, int]) -> None:
    """A bar that lost its colour is a bar whose shares nobody knows, in a colour picture or a grey one."""
    image = scanned(page((1.0, colour)))
    assert read_bar(image, CELL, 300) == BarReading(None, None)
    assert read_bar(image[:, :, 0], CELL, 300) == BarReading(None, None)


def test_fax_bar_has_no_shares() -> None:
    """A bar of a bilevel fax, solid or dithered, is still seen as a bar."""
    solid = page((1.0, (0, 0, 0)))[:, :, 0]
    assert read_bar(solid, CELL, 300) == BarReading(None, None)
    dithered = solid.copy()
    dithered[TOP:BOTTOM:2, LEFT:RIGHT:2] = 255
    assert read_bar(dithered, CELL, 300) == BarReading(None, None)


def test_other_colours_have_no_shares() -> None:
    """A blue bar is a bar, but neither green nor red."""
    assert read_bar(page((1.0, BLUE)), CELL, 300) == BarReading(None, None)


def test_empty_cell_has_no_bar() -> None:
    """Clean paper, grain and a cell without pixels hold no bar."""
    assert read_bar(scanned(page()), CELL, 300) is None
    assert read_bar(page(), BBox(20, 20, 22, 22), 300) is None


def test_writing_is_no_bar() -> None:
    """Bold digits, a dash, a stamp's ring and strokes of a pen are no bars."""
    text, ring, pen, dash = (page() for _ in range(4))
    cv2.putText(text, "888888", (60, 80), cv2.FONT_HERSHEY_SIMPLEX, 2, (0, 0, 0), 7)
    cv2.ellipse(ring, (200, 60), (100, 32), 0, 0, 360, RED, 6)
    for start in range(50, 330, 18):
        cv2.line(pen, (start, 80), (start + 30, 40), BLUE, 5)
    dash[58:63, 150:230] = 0
    assert [read_bar(scanned(image), CELL, 300) for image in (text, ring, pen, dash)] == [None] * 4


def test_shaded_cell_is_no_bar() -> None:
    """A cell that is filled up to all its borders in one colour is shaded; in two colours it is a full bar."""
    whole = BBox(CELL.left, CELL.top, CELL.right, CELL.bottom)
    plain = read_bar(page((1.0, GREEN), box=whole), CELL, 300)
    assert plain is not None
    assert plain.plain
    bar = read_bar(page((0.25, GREEN), (0.75, RED), box=whole), CELL, 300)
    assert bar is not None and bar.green == pytest.approx(0.25, abs=0.015)


@pytest.mark.parametrize("dpi", [150, 200, 600])
def test_resolution_does_not_matter(dpi: int) -> None:
    """The same cell at another resolution gives the same shares."""
    scale = dpi / 300
    image = cv2.resize(page((0.4, GREEN), (0.6, RED)), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    bar = read_bar(image, BBox(*(round(side * scale) for side in CELL)), dpi)
    assert bar is not None and bar.green == pytest.approx(0.4, abs=0.015)
