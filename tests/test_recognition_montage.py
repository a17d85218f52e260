"""Many lines on one picture, and back."""

from itertools import pairwise

import numpy as np
import pytest

from laodoc.recognition.montage import LINE_HEIGHT, LINES_A_PICTURE, FoundWord, join, stack, unstack, white_between
from laodoc.recognition.reading import Reading


def inked(*runs: tuple[int, int]) -> np.ndarray:
    columns = np.zeros(600, bool)
    for start, end in runs:
        columns[start:end] = True
    return columns


def word(text: str, left: int, right: int, *, confidence: float = 0.9, middle: int = 50) -> FoundWord:
    return FoundWord(text, confidence, left, middle - 10, right, middle + 10)


def test_lines_are_brought_to_one_height() -> None:
    """Lines of any height lie on the picture at one height, in order, with white between them."""
    (montage,) = stack([np.zeros((height, 300), np.uint8) for height in (30, 72, 200)])
    tops = [strip.top for strip in montage.strips]
    assert all(strip.bottom - strip.top == LINE_HEIGHT for strip in montage.strips)
    assert all(later - earlier > LINE_HEIGHT for earlier, later in pairwise(tops))
    assert [strip.index for strip in montage.strips] == [0, 1, 2]


@pytest.mark.parametrize(("count", "pictures"), [(1, 1), (LINES_A_PICTURE, 1), (LINES_A_PICTURE + 1, 2)])
def test_as_few_pictures_as_hold_all_lines(count: int, pictures: int) -> None:
    """No picture holds more lines than a page, and every line with ink is on exactly one."""
    montages = stack([np.zeros((10, 10), np.uint8)] * count)
    assert len(montages) == pictures
    assert [strip.index for montage in montages for strip in montage.strips] == list(range(count))


def test_blank_and_empty_lines_are_left_out() -> None:
    """Lines without ink or without pixels take no room."""
    blank, empty = np.full((9, 9), 240, np.uint8), np.zeros((0, 5), np.uint8)
    assert stack([blank, empty]) == []


def test_words_go_back_to_their_lines() -> None:
    """A word belongs to the line that its middle is nearest to; a line without words is empty with confidence 0."""
    (montage,) = stack([np.zeros((72, 300), np.uint8)] * 3)
    first, _, last = ((strip.top + strip.bottom) // 2 for strip in montage.strips)
    words = [word("ข", 300, 350, middle=last + 20), word("ก", 40, 90, middle=first - 20)]
    assert dict(unstack(montage, words)) == {
        0: Reading("ก", 0.9),
        1: Reading("", 0.0),
        2: Reading("ข", 0.9),
    }


def test_spaces_are_what_is_white_on_paper() -> None:
    """Two words are parted by a space only where the white between them is wide, whatever their boxes say."""
    pair = [word("กข", 0, 95), word("คง", 112, 200)]
    assert join(pair, inked((0, 100), (105, 200))).text == "กขคง"
    assert join(pair, inked((0, 90), (115, 200))).text == "กข คง"


def test_confidence_is_weighed_by_length() -> None:
    """A long word counts for more than a short one."""
    reading = join([word("กกก", 0, 10, confidence=1.0), word("ข", 11, 20, confidence=0.2)], inked((0, 20)))
    assert reading.confidence == pytest.approx(0.8)


def test_text_is_in_the_normal_order_of_marks() -> None:
    """Sara am comes back as one letter, however the engine writes it."""
    assert join([word("ส\u0e4dา", 0, 10)], inked((0, 10))).text == "สำ"


def test_white_without_ink_is_none() -> None:
    """Where the words have no ink at all there is no white between walls."""
    assert white_between(word("ก", 0, 10), word("ข", 30, 40), inked()) == 0
