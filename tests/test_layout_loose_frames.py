"""Stamps on photocopies: frames broken and dotted, side by side, with a scrawl through their rows."""

import numpy as np
import pytest
from layout_drawing import Sheet

from laodoc.imaging.resample import halved
from laodoc.layout.analysis import find_layout
from laodoc.layout.frames import PLAIN, REDUCED
from laodoc.layout.ink import dark_pixels
from laodoc.layout.loose_frames import loose_frames
from laodoc.recognition.line_recognizer import LineRecognizer
from laodoc.recognition.page import read_layout

DPI = 300.0
WIDE, HIGH, PITCH = 620, 350, 78
ROWS = (("คณะสมมุติศาสตร์", ""), ("เลขรับ", "482"), ("วันที่", "14 ก.ย. 2565"), ("เวลา", "11.30"))


def broken_side(sheet: Sheet, start: tuple[int, int], end: tuple[int, int], dots: tuple[int, int]) -> None:
    """A side of a frame in strokes of `dots` (inked, left out) pixels; a ninth is missing at either corner."""
    length = int(np.hypot(end[0] - start[0], end[1] - start[1]))
    way = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    for at in range(length // 9, length - length // 9, sum(dots)):
        stop = at + dots[0]
        ends = [(round(start[0] + way[0] * each), round(start[1] + way[1] * each)) for each in (at, stop)]
        sheet.draw.line(ends, fill="black", width=4)


def stamped(sheet: Sheet, left: int, top: int, *, dots: tuple[int, int], scrawl: bool = False) -> None:
    """A received stamp with a broken frame; the scrawl runs from its last row up to the first, through the date."""
    corners = [(left, top), (left + WIDE, top), (left + WIDE, top + HIGH), (left, top + HIGH)]
    for start, end in zip(corners, corners[1:] + corners[:1], strict=True):
        broken_side(sheet, start, end, dots)
    for row, (label, entry) in enumerate(ROWS):
        y = top + 70 + PITCH * row
        sheet.write(left + 30, y, label, 11, "black")
        if entry:
            sheet.write(left + 190, y - 8, entry, 11, "black")
    if scrawl:
        sheet.draw.line(
            [(left + 400, top + 330), (left + 470, top + 210), (left + 590, top + 40)], fill="black", width=5
        )
        sheet.draw.line(
            [(left + 400, top + 330), (left + 520, top + 230), (left + 600, top + 60)], fill="black", width=5
        )


def lettered(sheet: Sheet) -> Sheet:
    for row in range(6):
        sheet.write(150, 900 + 110 * row, "จึงเรียนมาเพื่อทราบและพิจารณาดำเนินการต่อไป")
    return sheet


@pytest.mark.parametrize("dots", [(40, 10), (6, 8)])
def test_a_broken_frame_is_a_frame(dots: tuple[int, int]) -> None:
    """Two stamps beside each other whose frames are dashed or dotted, without corners, are two, each read by rows."""
    sheet = lettered(Sheet.blank(2000, 1700))
    stamped(sheet, 300, 150, dots=dots)
    stamped(sheet, 960, 220, dots=dots)
    page = sheet.page()
    layout = find_layout(page)
    stamps = [region.bbox for region in layout.regions if region.kind == "stamp"]
    assert len(stamps) == 2
    for box, (left, top) in zip(sorted(stamps), [(300, 150), (960, 220)], strict=True):
        sides = (left, top, left + WIDE, top + HIGH)
        assert max(abs(found - drawn) for found, drawn in zip(box, sides, strict=True)) <= 12
    read = read_layout(page, layout, LineRecognizer()).lines
    for index in range(2):
        said = "".join(line.reading.text for line in read if line.region == index).replace(" ", "")
        assert said == "".join(label + entry for label, entry in ROWS).replace(" ", "")


def test_a_scrawl_is_cut_where_rows_end() -> None:
    """A signature that runs through the day of a stamp leaves the day a line of its own."""
    sheet = lettered(Sheet.blank(2000, 1700))
    stamped(sheet, 300, 150, dots=(40, 10), scrawl=True)
    page = sheet.page()
    layout = find_layout(page)
    own = [line.reading.text for line in read_layout(page, layout, LineRecognizer()).lines if line.region == 0]
    assert any("14 ก.ย. 25" in text for text in own)
    assert all(line.bbox.bottom - line.bbox.top <= 1.6 * PITCH for line in layout.lines)


def test_text_and_underlines_make_no_frame() -> None:
    """Lines of text, underlines, and a table whose rulings run on beyond every corner are no frames of stamps."""
    sheet = lettered(Sheet.blank(2000, 1700))
    for y in (300, 420, 540):
        sheet.draw.line([(100, y), (1900, y)], fill="black", width=4)
    for x in (300, 900, 1500):
        sheet.draw.line([(x, 180), (x, 660)], fill="black", width=4)
    mask = dark_pixels(halved(sheet.grey), DPI * REDUCED)
    assert loose_frames(mask, DPI, PLAIN) == []
