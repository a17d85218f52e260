"""Tick boxes outside tables."""

import cv2
import numpy as np
import pytest

from laodoc.document import BBox
from laodoc.recognition.check_box import read_box, state_of

SIDE = 48
BOX = BBox(100, 100, 100 + SIDE, 100 + SIDE)
TICK = [(0.1, 0.5), (0.4, 0.9), (1.0, 0.0)]
FAR_TICK = [(0.1, 0.3), (0.4, 0.9), (2.5, -1.0)]
CROSS = [(0.1, 0.1), (0.9, 0.9), (0.5, 0.5), (0.9, 0.1), (0.1, 0.9)]


def page(*strokes: list[tuple[float, float]], border: bool = True, pen: int = 4) -> np.ndarray:
    """A page with one tick box, drawn or erased, and strokes in parts of its side."""
    grey = np.full((300, 400), 250, np.uint8)
    if border:
        cv2.rectangle(grey, (BOX.left, BOX.top), (BOX.right - 1, BOX.bottom - 1), 20, 3)
    for stroke in strokes:
        points = (np.array(stroke) * SIDE + 100).round().astype(np.int32)
        cv2.polylines(grey, [points.reshape(-1, 1, 2)], False, 40, pen, cv2.LINE_AA)
    return grey


@pytest.mark.parametrize("border", [True, False])
@pytest.mark.parametrize("strokes", [[TICK], [FAR_TICK], [CROSS]])
@pytest.mark.parametrize("pen", [2, 4, 9])
def test_strokes_check_the_box(border: bool, strokes: list[list[tuple[float, float]]], pen: int) -> None:
    """A tick, a tick far over the border and a cross check the box, whether its border was erased or not."""
    state, confidence = read_box(page(*strokes, border=border, pen=pen), BOX)
    assert state == "checked" and confidence >= 0.7


def test_filled_box_is_checked() -> None:
    """A box filled with ink is checked."""
    grey = page()
    grey[104:144, 104:144] = 60
    assert read_box(grey, BOX)[0] == "checked"


@pytest.mark.parametrize("border", [True, False])
def test_empty_box(border: bool) -> None:
    """A box with nothing in it, or with dust, is empty."""
    grey = page(border=border)
    assert read_box(grey, BOX)[0] == "empty"
    grey[120:123, 118:121] = 0
    assert read_box(grey, BOX)[0] == "empty"


def test_rest_of_the_border_is_not_a_stroke() -> None:
    """A piece of the printed border that reaches inside, along an edge, leaves the box empty."""
    grey = page()
    grey[BOX.top : BOX.top + 12, BOX.left : BOX.right] = 30
    assert read_box(grey, BOX)[0] == "empty"


def test_dot_is_in_doubt() -> None:
    """A dot that is more than dust and less than a stroke is neither."""
    grey = page()
    cv2.circle(grey, (124, 124), 6, 30, -1)
    state, confidence = read_box(grey, BOX)
    assert state is None and confidence < 0.5


def test_confidence_falls_towards_the_limits() -> None:
    """The farther the ink from the limits, the surer the state."""
    assert state_of(0.0)[1] > state_of(0.15)[1]
    assert state_of(0.8)[1] > state_of(0.41)[1]


def test_box_without_inside() -> None:
    """A box too small to have an inside says nothing."""
    assert read_box(page(), BBox(5, 5, 5, 5)) == (None, 0.0)
