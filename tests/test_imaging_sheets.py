"""Two pages on one sheet, in any form: beside each other, lying, folded, one of them blank."""

import cv2
import numpy as np
import pytest
from scanned_pages import letter, ruled, source_page

from laodoc.imaging.page import Image, SourcePage
from laodoc.imaging.sheet import Fold, find_fold, in_reading_order, split_at

DPI = 100
LETTER, OTHER, TABLE = letter(DPI, lines=16), letter(DPI, lines=9), ruled(DPI)
BLANK = np.full_like(LETTER, 255)
WIDTH = LETTER.shape[1]


def side_by_side(left: Image, right: Image) -> Image:
    return np.hstack([left, right])


def with_fold(sheet: Image) -> Image:
    """A fold's shadow down the middle."""
    away = np.arange(sheet.shape[1]) - sheet.shape[1] / 2
    shadow = 120 * np.exp(-((away / 5) ** 2))
    return np.clip(sheet - shadow[None, :], 0, 255).astype(np.uint8)


def pushed_together(left: Image, right: Image, gap_mm: float) -> Image:
    """Two pages laid over each other on the glass, so that little white is between their texts."""
    inked = [np.flatnonzero((page < 128).any(axis=0)) for page in (left, right)]
    gap = round(gap_mm / 25.4 * DPI)
    middle = np.hstack([left[:, : inked[0][-1] + gap // 2], right[:, inked[1][0] - gap // 2 :]])
    missing = 2 * WIDTH - middle.shape[1]
    return np.pad(middle, ((0, 0), (missing // 2, missing - missing // 2)), constant_values=255)


SHEETS = {
    "two letters": side_by_side(LETTER, OTHER),
    "a letter and its table": side_by_side(LETTER, TABLE),
    "a table and its letter": side_by_side(TABLE, LETTER),
    "folded": with_fold(side_by_side(LETTER, OTHER)),
    "with the edge of a leaf": side_by_side(
        np.where(np.arange(WIDTH) >= WIDTH - 3, 60, LETTER).astype(np.uint8), OTHER
    ),
    "pushed together": pushed_together(LETTER, LETTER, 8.0),
}


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_a_double_sheet_is_two_pages(sheet: Image, turn: int) -> None:
    """Whichever way the sheet lies, it is cut between its pages, which come in their order once they are read."""
    lying = np.ascontiguousarray(np.rot90(sheet, turn))
    fold = find_fold(lying, DPI)
    assert fold
    assert (fold.across, fold.blank) == (turn % 2 == 1, ())
    assert abs(fold.at - WIDTH) < 0.06 * 2 * WIDTH
    halves = split_at(source_page(lying, DPI), fold.at, across=fold.across)
    first, _ = in_reading_order(halves, halves, rotation=90 * turn)
    expected = np.rot90(sheet[:, :WIDTH], turn)
    inks = [float((image < 128).sum()) for image in (first.image, expected)]
    assert inks[0] == pytest.approx(inks[1], rel=0.05)


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
@pytest.mark.parametrize("inked", [0, 1])
def test_a_blank_half_is_left_out(turn: int, inked: int) -> None:
    """One letter on a double sheet: the half with it is the page."""
    pages = (LETTER, BLANK) if inked == 0 else (BLANK, LETTER)
    lying = np.ascontiguousarray(np.rot90(side_by_side(*pages), turn))
    fold = find_fold(lying, DPI)
    assert fold
    (blank,) = fold.blank
    halves = split_at(source_page(lying, DPI), fold.at, across=fold.across)
    assert (halves[blank].image == 255).all()
    assert (halves[1 - blank].image < 128).sum() == (LETTER < 128).sum()


def test_sheets_of_one_page_stay_whole() -> None:
    """Large tables, ruled or not, upright or lying, blank paper, and an ordinary page."""
    table = cv2.resize(TABLE, (2 * WIDTH, LETTER.shape[0]), interpolation=cv2.INTER_AREA)
    columns = np.full_like(table, 255)
    for row in range(150, 1000, 40):
        for left in range(100, 1500, 200):
            cv2.putText(columns, f"{row * left}", (left, row), cv2.FONT_HERSHEY_SIMPLEX, 0.6, 0, 1)
    for sheet in (table, np.rot90(table), columns, np.rot90(columns), np.full_like(table, 255), LETTER):
        assert find_fold(np.ascontiguousarray(sheet), DPI) is None


def test_the_half_below_knows_where_it_lay() -> None:
    """Points of the lower half are points of the sheet."""
    sheet = np.ascontiguousarray(np.rot90(side_by_side(LETTER, OTHER)))
    lower = split_at(source_page(sheet, DPI), 800, across=True)[1]
    assert isinstance(lower, SourcePage)
    assert lower.to_source[2] == 0
    assert lower.to_source[5] == pytest.approx(800 * 72 / DPI)
    assert Fold(800, across=True).blank == ()
