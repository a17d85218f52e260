"""Text layers asked by boxes."""

import numpy as np

from laodoc.document import BBox
from laodoc.imaging.page import Affine, UprightPage, Word
from laodoc.recognition.text_layer import LayerReader

POINTS_A_PIXEL = 72 / 300
STRAIGHT: Affine = (POINTS_A_PIXEL, 0, 0, 0, POINTS_A_PIXEL, 0)


def reader(*words: Word, to_source: Affine = STRAIGHT) -> LayerReader:
    blank = np.full((10, 10), 255, np.uint8)
    return LayerReader(
        UprightPage(
            source_page=1,
            image=blank,
            grey=blank,
            dpi=300,
            source_dpi=300,
            rotation=0,
            skew=0,
            to_source=to_source,
            text_layer="born-digital",
            words=words,
        )
    )


def test_box_in_pixels_finds_words_in_points() -> None:
    """A box in pixels of the upright page reads the words there, left to right, nearly surely."""
    layer = reader(Word("บ้าน", 30, 12, 50, 24), Word("เลขที่", 12, 12, 26, 24), Word("อื่น", 200, 12, 220, 24))
    reading = layer.read_box(BBox(40, 40, 220, 110))
    assert reading is not None
    assert (reading.text, reading.confidence) == ("เลขที่ บ้าน", 0.99)


def test_touching_runs_are_one_word() -> None:
    """Runs that touch are joined without a space."""
    layer = reader(Word("อำ", 12, 12, 20, 24), Word("เภอ", 20.5, 12, 30, 24))
    reading = layer.read_box(BBox(0, 0, 300, 200))
    assert reading is not None and reading.text == "อำเภอ"


def test_word_on_the_border_belongs_where_its_middle_is() -> None:
    """A word across two boxes is read in one of them and only there."""
    layer = reader(Word("กลาง", 20, 10, 40, 22))
    left, right = BBox(0, 0, 110, 200), BBox(110, 0, 300, 200)
    assert layer.read_box(left) is None
    reading = layer.read_box(right)
    assert reading is not None and reading.text == "กลาง"


def test_two_lines_in_one_box_stay_in_order() -> None:
    """In a box with two lines the upper line comes first, whatever the order of the layer."""
    layer = reader(Word("ล่าง", 10, 40, 30, 52), Word("ขวา", 60, 11, 80, 23), Word("บน", 10, 10, 30, 22))
    reading = layer.read_box(BBox(0, 0, 500, 500))
    assert reading is not None and reading.text == "บน ขวา ล่าง"


def test_turned_page() -> None:
    """On a page that was turned upright by a quarter, boxes still find their words."""
    width_in_points = 600.0
    turned: Affine = (0, -POINTS_A_PIXEL, width_in_points, POINTS_A_PIXEL, 0, 0)
    layer = reader(Word("ตะแคง", 560, 24, 572, 60), to_source=turned)
    reading = layer.read_box(BBox(90, 110, 260, 175))
    assert reading is not None and reading.text == "ตะแคง"


def test_nothing_there() -> None:
    """A box without words, and words of nothing but white space, give None."""
    assert reader(Word(" ", 10, 10, 20, 20)).read_box(BBox(0, 0, 500, 500)) is None
    assert reader().read_box(BBox(0, 0, 500, 500)) is None
