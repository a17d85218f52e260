"""Print under coloured stamps, and stamps over print: each read as if the other were not there."""

import numpy as np
import pytest
from layout_drawing import Sheet, upright

from laodoc.layout.analysis import find_layout
from laodoc.layout.colours import is_black
from laodoc.layout.page import PageLayout
from laodoc.recognition.line_recognizer import LineRecognizer
from laodoc.recognition.page import read_layout

LINE = "เรื่อง ขอให้รายงานผลการดำเนินงานจำนวน ๑,๒๐๔ แห่ง ภายในเดือนนี้"
STAMP = ("เทศบาลตำบลนาดี อำเภอเมือง", "เลขที่รับ 482", "วันที่ 14 ก.พ. 67")


def page_with(
    colour: str, *, frame: bool, top: int, second: str | None = None
) -> tuple[PageLayout, list[tuple[str, int | None]]]:
    """A black line at y 420 among others, a stamp of three lines whose upper edge is at `top`, and perhaps a `second`
    one at the foot of the page, as they are read."""
    sheet, stamp = Sheet.blank(2000, 1400), Sheet.blank(2000, 1400)
    sheet.write(150, 420, LINE)
    for row in range(3):
        sheet.write(150, 760 + 110 * row, "จึงเรียนมาเพื่อทราบและพิจารณาดำเนินการต่อไป")
    if frame:
        stamp.draw.rectangle((700, top, 1500, top + 330), outline=colour, width=5)
    if second:
        stamp.draw.rectangle((100, 1050, 900, 1380), outline=second, width=5)
        for row, text in enumerate(STAMP):
            stamp.write(140, 1140 + 85 * row, text, 11, second)
    for row, text in enumerate(STAMP):
        stamp.write(740, top + 90 + 85 * row, text, 11, colour)
    both = np.minimum(sheet.rgb, stamp.rgb)
    page = upright(both, np.asarray(both @ (0.299, 0.587, 0.114), np.uint8))
    layout = find_layout(page)
    lines = read_layout(page, layout, LineRecognizer()).lines
    return layout, [(line.reading.text, line.region) for line in lines]


@pytest.mark.parametrize("colour", ["blue", "crimson"])
@pytest.mark.parametrize("frame", [True, False])
def test_a_line_under_a_coloured_stamp_is_read_whole(colour: str, frame: bool) -> None:
    """The black line runs through between two lines of the stamp, and through its frame; the stamp keeps its lines."""
    layout, lines = page_with(colour, frame=frame, top=288)
    assert (LINE, None) in lines
    assert [region.kind for region in layout.regions] == ["stamp"]
    assert [text for text, region in lines if region == 0][:1] == [STAMP[0]]


def test_letters_on_letters_are_both_read() -> None:
    """Where the stamp's letters lie on the line's own, the line is still read; the stamp's other lines too."""
    _, lines = page_with("blue", frame=True, top=330)
    assert (LINE, None) in lines
    assert {STAMP[1], STAMP[2]} <= {text for text, region in lines if region == 0}


def test_a_stamp_beside_print_leaves_the_page_as_it_is() -> None:
    """Nothing is parted where nothing runs through: one image for all."""
    layout, lines = page_with("blue", frame=True, top=1020)
    assert layout.stamped is layout.clean
    assert (LINE, None) in lines
    assert [text for text, region in lines if region == 0] == list(STAMP)


@pytest.mark.parametrize("second", ["black", "crimson"])
def test_two_stamps_on_a_page(second: str) -> None:
    """Each is looked at for itself, in whatever colours they are."""
    layout, lines = page_with("blue", frame=True, top=288, second=second)
    assert [region.kind for region in layout.regions] == ["stamp", "stamp"]
    assert (LINE, None) in lines
    assert [text for text, region in lines if region == 1] == list(STAMP)


def test_what_a_pale_stamp_leaves_is_no_print() -> None:
    """Ink whose colour was not lifted is greyish, black print has black cores: only print runs through a stamp."""
    lifted = np.full((40, 120), 255, np.uint8)
    lifted[10:30, 10:50] = lifted[10:30, 70:110] = 90
    image = np.repeat(lifted[:, :, None], 3, axis=2)
    image[10:30, 10:50] = (110, 95, 140)
    boxes = np.array([(10, 10, 50, 30), (70, 10, 110, 30)], np.int32)
    assert not is_black(boxes[:1], lifted, image)
    assert is_black(boxes[1:], lifted, image)
