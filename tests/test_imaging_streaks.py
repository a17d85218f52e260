"""Dark lines that dirt on a scanner's glass draws along the paper's way."""

import numpy as np
import pytest
from layout_drawing import BODY, DPI, Sheet
from numpy.typing import NDArray

from laodoc.imaging.streaks import streaks, without_streaks

Picture = NDArray[np.uint8]


def page(*, colour: bool = False) -> Picture:
    sheet = Sheet.blank()
    for number, text in enumerate(BODY * 3):
        sheet.write(200, 200 + 120 * number, text)
    picture = np.asarray(sheet.image if colour else sheet.image.convert("L"), np.uint8)
    grain = np.random.default_rng(4).normal(0, 2, picture.shape[:2])
    return np.clip(picture * 0.94 + (grain[..., None] if colour else grain), 0, 255).astype(np.uint8)


def streaked(picture: Picture, column: int, level: int, width: int = 3) -> Picture:
    dirty = picture.copy()
    dirty[:, column : column + width] = np.minimum(dirty[:, column : column + width], level)
    return dirty


@pytest.mark.parametrize("level", [60, 150, 215])
@pytest.mark.parametrize("colour", [False, True])
def test_a_streak_is_filled_and_letters_stay(level: int, colour: bool) -> None:
    """A dark or pale streak through the text goes; what it ran over stays nearly as it was."""
    clean = page(colour=colour)
    filled = without_streaks(streaked(clean, 431, level), DPI)
    assert ((filled[:, 431:434] < 128) == (clean[:, 431:434] < 128)).mean() > 0.9
    assert (clean[:, 431:434] < 128).mean() > 0.07
    assert np.array_equal(filled[:, :420], clean[:, :420])


def test_streaks_along_rows() -> None:
    """A sheet that was fed sideways has its streaks along the rows."""
    clean = page()
    dirty = np.ascontiguousarray(streaked(np.ascontiguousarray(clean.T), 333, 90).T)
    assert streaks(np.ascontiguousarray(dirty.T), DPI) != ()
    filled = without_streaks(dirty, DPI)
    assert ((filled[333:336] < 128) == (clean[333:336] < 128)).mean() > 0.9
    assert np.array_equal(filled[:320], clean[:320])


def test_a_streak_that_ends_in_a_dark_edge_is_one() -> None:
    """The shadow of the lid at the paper's end hides the streak's end."""
    dirty = streaked(page(), 700, 120)
    dirty[-20:] = 15
    assert [(first <= 700, last >= 703) for first, last in streaks(dirty, DPI)] == [(True, True)]


def test_rulings_and_frames_are_no_streaks() -> None:
    """What ends before the paper does was printed, and a page without streaks comes back as it is."""
    ruled = page()
    ruled[30:-30, 100:103] = ruled[30:-30, 1700:1703] = 40
    ruled[30:33, 100:1700] = ruled[-33:-30, 100:1700] = 40
    assert streaks(ruled, DPI) == ()
    assert without_streaks(ruled, DPI) is ruled


def test_half_a_streak_is_none() -> None:
    """Dirt that came off half way, or a folded corner, is not touched: too little tells it from print."""
    dirty = page()
    dirty[: len(dirty) // 2, 431:434] = 90
    assert streaks(dirty, DPI) == ()
