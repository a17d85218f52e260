"""Round seals over print: what stands under them is read all the same."""

import cv2
import numpy as np
import pytest
from layout_drawing import Sheet, upright

from laodoc.imaging.page import UprightPage
from laodoc.layout.analysis import find_layout
from laodoc.layout.seals import find_seals, lift_seals
from laodoc.recognition.line_recognizer import LineRecognizer
from laodoc.recognition.page import read_layout

OFFICE, DATE = "กรมส่งเสริมการปกครองท้องถิ่น", "๑๗ สิงหาคม ๒๕๖๔"
RED = (190, 40, 50)
CENTRE, RADIUS = (1000, 640), 165


def sealed(*, colour: bool, thickness: int = 5, print_colour: str = "black", filled: bool = False) -> UprightPage:
    """An office and a date with a seal of two rings and rays, or a `filled` middle, over the one and at the other."""
    sheet, seal = Sheet.blank(1500, 2000), Sheet.blank(1500, 2000)
    sheet.write(760, 545, OFFICE, colour=print_colour)
    sheet.write(830, 840, DATE, colour=print_colour)
    for row in range(3):
        sheet.write(150, 1060 + 110 * row, "จึงแจ้งมาเพื่อทราบและพิจารณาดำเนินการต่อไป")
    ink = np.asarray(seal.image).copy()
    for radius in (RADIUS, RADIUS - 12, RADIUS - 55):
        cv2.circle(ink, CENTRE, radius, RED, thickness, cv2.LINE_AA)
    if filled:
        cv2.ellipse(ink, CENTRE, (RADIUS - 60, RADIUS - 90), 0, 0, 360, RED, -1, cv2.LINE_AA)
    for ray in range(36):
        x, y = np.cos(ray * np.pi / 18), np.sin(ray * np.pi / 18)
        ends = [(round(CENTRE[0] + r * x), round(CENTRE[1] + r * y)) for r in (RADIUS - 48, RADIUS - 18)]
        cv2.line(ink, ends[0], ends[1], RED, thickness, cv2.LINE_AA)
    both = np.minimum(sheet.rgb, ink)
    grey = np.asarray(both @ (0.299, 0.587, 0.114), np.uint8)
    return upright(both if colour else grey, grey)


@pytest.mark.parametrize("colour", [True, False])
def test_print_under_a_seal(colour: bool) -> None:
    """In colour and in grey the office and the date are read; the seal is a stamp of which nothing is."""
    page = sealed(colour=colour)
    layout = find_layout(page)
    lines = read_layout(page, layout, LineRecognizer()).lines
    texts = [line.reading.text for line in lines]
    assert texts[:2] == [OFFICE, DATE]
    assert all(line.region is None for line in lines)
    (region,) = layout.regions
    assert region.kind == "stamp"
    assert abs(region.bbox.left + region.bbox.right - 2 * CENTRE[0]) <= 20


@pytest.mark.parametrize("print_colour", ["black", "mediumblue"])
def test_a_seal_goes_by_its_own_colour(print_colour: str) -> None:
    """Print in black and in blue stays whole under a red seal of which a part is solid."""
    page = sealed(colour=True, print_colour=print_colour, filled=True)
    under = lift_seals(page, find_seals(page.grey, 300.0))
    printed = page.image[480:560, 760:1240].max(axis=2) < 90 if print_colour == "black" else None
    blank = under[560:600, 900:1100]
    assert blank.min() == 255
    texts = [line.reading.text for line in read_layout(page, find_layout(page), LineRecognizer()).lines]
    assert texts[:2] == [OFFICE, DATE]
    assert printed is None or (under[480:560, 760:1240][printed] < 90).all()


def test_where_the_ring_is() -> None:
    """Centre and radius to within two millimetres."""
    (seal,) = find_seals(sealed(colour=False).grey, 300.0)
    assert np.hypot(seal.x - CENTRE[0], seal.y - CENTRE[1]) <= 12
    assert abs(seal.radius - RADIUS) <= 20


def test_print_and_tables_have_no_rings() -> None:
    """Dense rows between rulings, whose ink any circle meets, are no seal."""
    sheet = Sheet.blank(1500, 2000)
    for row in range(12):
        sheet.write(150, 120 + 66 * row, "ลำดับ จังหวัด จำนวน ยังไม่ดำเนินการ ร้อยละ หมายเหตุ ๑๒๓,๔๕๖")
        sheet.draw.line([(100, 140 + 66 * row), (1400, 140 + 66 * row)], fill="black", width=4)
    assert find_seals(sheet.grey, 300.0) == ()
