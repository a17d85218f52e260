"""The ink map: what it says of drawn pages, and what layout makes of it."""

import cv2
import numpy as np
import pytest
from layout_drawing import BODY, DPI, Sheet

from laodoc.document import BBox
from laodoc.export.ink_picture import COLOURS, paint_ink
from laodoc.imaging.page import UprightPage
from laodoc.ink.kinds import MAP_DPI, Kind
from laodoc.ink.map import find_ink_map, spread
from laodoc.layout.analysis import find_layout
from laodoc.layout.peeling import marks_of_letters, peel
from laodoc.layout.tick_boxes import without_letters


def form(*, far: bool) -> Sheet:
    """Three tick boxes with labels, the second ticked; the tick leaves the box far behind where it is `far`."""
    sheet = Sheet.blank(2000, 1400)
    for row in range(3):
        top = 300 + 120 * row
        sheet.draw.rectangle((300, top, 350, top + 50), outline="black", width=4)
        sheet.write(400, top + 45, "เงินฝากและทรัพย์สินอื่น")
    reach = 120 if far else 0
    sheet.draw.line([(310, 445), (325, 462), (345 + reach, 425 - reach)], fill="navy", width=6, joint="curve")
    return sheet


@pytest.mark.parametrize("shape", [(1400, 1000), (1403, 991), (333, 2001)])
def test_the_map_covers_the_page_whatever_its_size(shape: tuple[int, int]) -> None:
    """One place for every 0.4 mm of the page, of odd sizes too; bare paper has no kind."""
    blank = np.full(shape, 255, np.uint8)
    page = UprightPage(1, blank, blank, float(DPI), float(DPI), 0, 0.0, (1, 0, 0, 0, 1, 0), "none", ())
    ink_map = find_ink_map(page)
    assert ink_map.shape == shape
    places = ink_map.chances.shape[1:]
    assert all(abs(have - want * MAP_DPI / DPI) <= 2 for have, want in zip(places, shape, strict=True))
    assert not ink_map.holds(*Kind).any()


def test_print_is_print_and_rulings_are_rulings() -> None:
    """Lines of text and the rules of a table are told apart nearly everywhere."""
    sheet = Sheet.blank(2000, 1400)
    for row, text in enumerate(BODY):
        sheet.write(150, 200 + 110 * row, text)
    for y in (700, 800, 900):
        sheet.draw.line([(200, y), (1800, y)], fill="black", width=4)
    for x in (200, 1000, 1800):
        sheet.draw.line([(x, 700), (x, 900)], fill="black", width=4)
    ink_map = find_ink_map(sheet.page())
    dark = cv2.resize(sheet.grey, ink_map.chances.shape[:0:-1], interpolation=cv2.INTER_AREA) < 128
    upper = np.arange(len(dark)) < 650 * MAP_DPI / DPI
    assert ink_map.holds(Kind.PRINT)[dark & upper[:, None]].mean() > 0.9
    assert ink_map.holds(Kind.RULING)[dark & ~upper[:, None]].mean() > 0.9


def test_the_answers_of_a_quarter_go_to_its_four_places() -> None:
    """Four channels a kind are the places of two by two: left to right, then down."""
    logits = np.arange(8, dtype=np.uint8)[:, None, None]
    assert spread(logits).tolist() == [[[0, 1], [2, 3]], [[4, 5], [6, 7]]]


@pytest.mark.parametrize("far", [False, True])
def test_ticks_may_leave_their_boxes(far: bool) -> None:
    """Three boxes are found, and their labels whole, however far a tick leaves its box."""
    layout = find_layout(form(far=far).page())
    assert [abs(box.bbox.top - top) <= 6 for box, top in zip(layout.tick_boxes, (300, 420, 540), strict=True)]
    assert all(box.bbox.right - box.bbox.left < 70 for box in layout.tick_boxes)
    assert sum(line.bbox.left > 380 for line in layout.lines) == 3


def test_a_page_without_pens_and_dirt_is_not_copied() -> None:
    """Where nothing is to be taken away the same page is handed back."""
    sheet = Sheet.blank()
    sheet.write(150, 300, BODY[0])
    page = sheet.page()
    peeled = peel(page.grey, find_ink_map(page), page.dpi, ())
    assert peeled.clean is page.grey and len(peeled.hand.boxes) == 0


def test_what_is_taken_is_left_alone() -> None:
    """A pen's stroke goes from the page, and stays where a table or a stamp is."""
    sheet = Sheet.blank()
    points = [(900 + 6 * step, 700 + 35 * np.sin(step / 3) - 20 * np.sin(step / 7)) for step in range(50)]
    sheet.draw.line(points, fill="navy", width=7, joint="curve")
    page = sheet.page()
    ink_map = find_ink_map(page)
    assert (peel(page.grey, ink_map, page.dpi, ()).clean == 255).all()
    everything = BBox(0, 0, page.grey.shape[1], page.grey.shape[0])
    assert peel(page.grey, ink_map, page.dpi, (everything,)).clean is page.grey


def test_the_map_is_painted_in_the_colours_of_its_kinds() -> None:
    """Print is black, as its kind's colour, and the paper white."""
    sheet = Sheet.blank()
    for row, text in enumerate(BODY):
        sheet.write(150, 300 + 110 * row, text)
    page = sheet.page()
    picture = paint_ink(page.grey, find_ink_map(page))
    inked = picture[picture.max(axis=2) < 100]
    assert len(inked) > 500 and np.median(inked, axis=0).max() < 60 and COLOURS[Kind.PRINT] == (0, 0, 0)
    assert (picture[:50] == 255).all()


def test_a_signature_in_a_cell_leaves_the_name() -> None:
    """The name printed under a signature in a table's cell is a line of its own; a tick beside words stays."""
    sheet = Sheet.blank(2000, 1400)
    for x in (200, 1000, 1800):
        sheet.draw.line([(x, 300), (x, 800)], fill="black", width=4)
    for y in (300, 420, 800):
        sheet.draw.line([(200, y), (1800, y)], fill="black", width=4)
    for x in (300, 1100):
        sheet.write(x, 380, "นายทหารอนุมัติ", points=16)
        sheet.write(x + 40, 650, "(ทดสอบ ตัวอย่าง)", points=16)
        sheet.write(x + 20, 740, "ผู้อำนวยการสำนัก", points=16)
    way = [(420, 560), (470, 470), (500, 600), (540, 480), (580, 600), (640, 500), (700, 590), (860, 470)]
    sheet.draw.line(way, fill="navy", width=6, joint="curve")
    layout = find_layout(sheet.page())
    (grid,) = layout.grids
    signed, unsigned = layout.cell_lines[0][2], layout.cell_lines[0][3]
    assert len(grid.cells) == 4 and len(unsigned) == 2
    assert [line.bbox.top for line in signed] == pytest.approx([line.bbox.top for line in unsigned], abs=6)


def test_marks_of_letters_that_stay_are_not_taken() -> None:
    """A small piece over a letter of the page stays whatever the map says; one that stands alone may go."""
    boxes = np.array([(0, 0, 0, 0), (100, 200, 130, 240), (108, 182, 122, 192), (400, 182, 414, 192)], np.int32)
    going = np.array([False, False, True, True])
    assert marks_of_letters(boxes, going, DPI).tolist() == [False, False, True, False]
    going[1] = True
    assert not marks_of_letters(boxes, going, DPI).any()


def test_letters_among_tick_boxes_are_none() -> None:
    """What is far smaller than a page's boxes is a letter or a bullet; of two boxes neither says what is usual."""
    boxes = [BBox(100, 100 + 80 * row, 152, 152 + 80 * row) for row in range(3)]
    letter = BBox(112, 345, 136, 369)
    assert without_letters([*boxes, letter]) == boxes
    assert without_letters([boxes[0], letter]) == [boxes[0], letter]
