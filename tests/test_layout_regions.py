"""Stamps, codes, pictures, signatures, tick boxes, reading order, and the layout of a whole page."""

import math
from dataclasses import replace

import cv2
import numpy as np
import pytest
import zxingcpp
from layout_drawing import BODY, DPI, Sheet, covered, upright
from numpy.typing import NDArray

from laodoc.document import BBox
from laodoc.layout.analysis import find_layout
from laodoc.layout.barcodes import find_codes
from laodoc.layout.ink import find_ink, letter_height
from laodoc.layout.page import TextLine
from laodoc.layout.reading_order import reading_order
from laodoc.layout.regions import find_bars, find_pictures
from laodoc.layout.stamps import find_stamps, within_stamp


def qr(value: str, size: int = 260) -> NDArray[np.uint8]:
    code = zxingcpp.create_barcode(value, zxingcpp.BarcodeFormat.QRCode)
    picture = np.array(code.to_image(scale=1, add_quiet_zones=True))
    return np.asarray(cv2.resize(picture, (size, size), interpolation=cv2.INTER_NEAREST), np.uint8)


def with_code(angle: float = 0.0, blur: float = 0.0, noise: float = 0.0) -> NDArray[np.uint8]:
    page = np.full((1400, 1800), 250, np.uint8)
    page[1000:1260, 1300:1560] = qr("https://example.org/th/12345?page=7")
    if angle:
        matrix = cv2.getRotationMatrix2D((1430, 1130), angle, 1.0)
        page = np.asarray(cv2.warpAffine(page, matrix, (1800, 1400), borderValue=250), np.uint8)
    if blur:
        page = np.asarray(cv2.GaussianBlur(page, (0, 0), blur), np.uint8)
    grain = np.random.default_rng(3).normal(0, noise, page.shape) if noise else 0.0
    return np.asarray(np.clip(page + grain, 0, 255), np.uint8)


@pytest.mark.parametrize(("angle", "blur", "noise"), [(0, 0, 0), (7, 0, 0), (90, 0, 0), (0, 2, 0), (3, 1.2, 20)])
def test_qr_codes_are_read(angle: float, blur: float, noise: float) -> None:
    """A QR code is read straight, turned, blurred and noisy, and boxed where it stands."""
    (code,) = find_codes(with_code(angle, blur, noise))
    assert (code.kind, code.value) == ("qr", "https://example.org/th/12345?page=7")
    assert covered(code.bbox, BBox(1260, 960, 1600, 1300))
    assert code.bbox.right - code.bbox.left > 180


def test_bar_codes_of_other_kinds_keep_their_names() -> None:
    """A Code 128 is read too, under its own name."""
    picture = np.array(zxingcpp.create_barcode("TH12345", zxingcpp.BarcodeFormat.Code128).to_image(scale=4))
    page = np.full((900, 1500), 255, np.uint8)
    page[300 : 300 + picture.shape[0], 300 : 300 + picture.shape[1]] = picture
    (code,) = find_codes(page)
    assert (code.kind, code.value) == ("code128", "TH12345")


def test_a_page_without_codes() -> None:
    """Text is no code."""
    sheet = Sheet.blank()
    sheet.write(100, 300, BODY[0])
    assert find_codes(sheet.grey) == ()


STAMP = ("สำนักงานเทศบาลตำบลนาดี", "เลขที่รับ 482", "วันที่ 14 ก.พ. 67")


def stamped(angle: float, colour: str, frame: bool = True) -> Sheet:
    sheet = Sheet.blank(2000, 1400)
    stamp = Sheet.blank(800, 320)
    if frame:
        stamp.draw.rectangle((8, 8, 790, 310), outline=colour, width=5)
    for row, text in enumerate(STAMP):
        stamp.write(40, 95 + 85 * row, text, 11, colour)
    sheet.paste_turned(stamp, 1050, 60, angle)
    for row, text in enumerate(BODY):
        sheet.write(150, 700 + 110 * row, text)
    return sheet


@pytest.mark.parametrize("angle", [-8.0, -2.0, 0.0, 3.5, 8.0])
@pytest.mark.parametrize("colour", ["black", "navy"])
def test_framed_stamps_are_found_at_any_angle(angle: float, colour: str) -> None:
    """A stamp's frame is found straight and turned, in black and in colour, and its lines rise by its angle."""
    layout = find_layout(stamped(angle, colour).page())
    assert [region.kind for region in layout.regions] == ["stamp"]
    own = [line for line, region in zip(layout.lines, layout.line_regions, strict=True) if region == 0]
    assert len(own) == len(STAMP) and len(layout.lines) == len(STAMP) + len(BODY)
    assert all(abs(line.angle - angle) < 0.6 for line in own)
    assert layout.line_regions[: len(STAMP)] == (0, 0, 0)


def test_frameless_stamps_are_found_by_their_colour() -> None:
    """Red print in a block is a stamp without any frame; the same block in black is plain text."""
    red = find_layout(stamped(3.0, "crimson", frame=False).page())
    assert [region.kind for region in red.regions] == ["stamp"]
    assert sum(region == 0 for region in red.line_regions) == len(STAMP)
    black = find_layout(stamped(0.0, "black", frame=False).page())
    assert black.regions == () and len(black.lines) == len(STAMP) + len(BODY)


def test_a_line_in_colour_is_a_line_of_the_page() -> None:
    """A date set by a blue dater, alone between black lines, is no stamp."""
    sheet = Sheet.blank(2000, 1400)
    sheet.write(900, 300, "๒๒ มิถุนายน ๒๕๖๓", colour=(40, 60, 175))
    for row, text in enumerate(BODY):
        sheet.write(150, 700 + 110 * row, text)
    layout = find_layout(sheet.page())
    assert layout.regions == () and layout.line_regions == (None,) * (1 + len(BODY))


def test_tables_and_large_frames_are_no_stamps() -> None:
    """A ruled table is a grid, and a border round the page nothing at all."""
    sheet = Sheet.blank(2000, 1400)
    sheet.draw.rectangle((20, 20, 1980, 1380), outline="black", width=4)
    for row in range(5):
        sheet.draw.line([(300, 300 + 80 * row), (1000, 300 + 80 * row)], fill="black", width=4)
    for column in range(3):
        sheet.draw.line([(300 + 350 * column, 300), (300 + 350 * column, 620)], fill="black", width=4)
    sheet.write(320, 355, "ลำดับ")
    sheet.write(680, 355, "จำนวน")
    sheet.write(680, 435, "-")
    layout = find_layout(sheet.page())
    assert layout.regions == ()
    assert [len(cell) for cell in layout.cell_lines[0]] == [1, 1, 0, 1, 0, 0, 0, 0]


def test_within_stamp_knows_the_turned_outline() -> None:
    """What lies in the box around a turned stamp but outside its frame is not in the stamp."""
    sheet = stamped(8.0, "black")
    (stamp,) = find_stamps(sheet.rgb, sheet.grey, DPI)
    box = stamp.region.bbox
    corner = [box.left + 2, box.top + 2, box.left + 6, box.top + 6]
    middle = [(box.left + box.right) // 2, (box.top + box.bottom) // 2] * 2
    assert within_stamp(np.array([corner, middle], np.int32), stamp).tolist() == [False, True]


def scribble(sheet: Sheet, x: int, y: int, colour: str = "navy") -> None:
    points = [(x + step * 6, y + 35 * math.sin(step / 3) - 20 * math.sin(step / 7)) for step in range(50)]
    sheet.draw.line(points, fill=colour, width=7, joint="curve")


def test_signatures_are_no_text_and_the_name_below_is() -> None:
    """A pen stroke above a name is a signature region; the name stays a line, even where the stroke runs into it."""
    sheet = Sheet.blank()
    sheet.write(150, 200, BODY[0])
    scribble(sheet, 900, 700)
    name = sheet.write(850, 800, "(นายสมชาย ใจดี)")
    layout = find_layout(sheet.page())
    assert [region.kind for region in layout.regions] == ["signature"]
    assert len(layout.lines) == 2
    assert covered(name, layout.lines[1].band)


def test_heavy_print_that_runs_together_is_no_signature() -> None:
    """Letters joined by blur and bold strokes stay text."""
    sheet = Sheet.blank()
    for row, text in enumerate(BODY):
        sheet.write(150, 300 + 110 * row, text, 14)
    heavy = np.asarray(cv2.erode(sheet.grey, np.ones((5, 7), np.uint8)), np.uint8)
    ink = find_ink(heavy, DPI)
    assert find_pictures(ink, letter_height(ink, DPI), DPI) == []


def test_emblems_and_figures_are_told_by_their_place() -> None:
    """A drawing at the head of the page is an emblem, below it is a figure; neither gives text."""
    sheet = Sheet.blank(1800, 2500)
    for top in (150, 1600):
        for ring in range(12):
            sheet.draw.ellipse(
                [800 + 9 * ring, top + 9 * ring, 1040 - 9 * ring, top + 260 - 9 * ring], outline="black", width=4
            )
        sheet.draw.line([(920, top), (920, top + 260)], fill="black", width=4)
    for row, text in enumerate(BODY):
        sheet.write(300, 700 + 120 * row, text)
    layout = find_layout(sheet.page())
    assert sorted(region.kind for region in layout.regions) == ["emblem", "figure"]
    assert len(layout.lines) == len(BODY)


def test_bars_are_told_from_dashes() -> None:
    """A filled bar is one, a dash and letters are none."""
    sheet = Sheet.blank()
    sheet.draw.rectangle((300, 300, 460, 334), fill="black")
    sheet.write(300, 500, "- กขค —")
    ink = find_ink(sheet.grey, DPI)
    assert np.count_nonzero(find_bars(ink, 28.0)) == 1


def test_tick_boxes_are_squares_and_no_letters() -> None:
    """Empty and ticked squares are found; round letters and digits are not."""
    sheet = Sheet.blank()
    for row in range(3):
        sheet.draw.rectangle((150, 270 + 200 * row, 190, 310 + 200 * row), outline="black", width=4)
        sheet.write(220, 308 + 200 * row, "๐ ๑๐๐ บ้าน O D ป้องกัน ๒๐๐")
    sheet.draw.line([(158, 490), (168, 502), (184, 478)], fill="black", width=5)
    layout = find_layout(sheet.page())
    tops = [box.bbox.top for box in layout.tick_boxes]
    assert np.abs(np.array(tops) - (270, 470, 670)).max() <= 4
    assert all(line.bbox.left > 200 for line in layout.lines)


def line(left: int, top: int, right: int) -> TextLine:
    return TextLine(bbox=BBox(left, top + 20, right, top + 60), band=BBox(left - 5, top, right + 5, top + 80))


def order(
    lines: list[TextLine], regions: list[int | None] | None = None, tables: list[BBox] | None = None
) -> list[int]:
    return reading_order(lines, regions or [None] * len(lines), tables or [])


def test_blocks_side_by_side_follow_each_other() -> None:
    """A contact block and an endorsement at the same height are read one after the other, the left one first."""
    left = [line(100, 1000 + 75 * row, 600) for row in range(4)]
    right = [line(900, 960 + 83 * row, 1500) for row in range(5)]
    body = [line(100, 200 + 90 * row, 1500) for row in range(3)]
    assert order([*right, *left, *body]) == [9, 10, 11, 5, 6, 7, 8, 0, 1, 2, 3, 4]


def test_numbers_behind_a_tab_are_read_with_their_row() -> None:
    """Items and the numbers at their right, in the same rows, are read row by row."""
    items = [line(100, 200 + 90 * row, 700) for row in range(4)]
    numbers = [line(1200, 200 + 90 * row, 1400) for row in range(4)]
    assert order([*items, *numbers]) == [0, 4, 1, 5, 2, 6, 3, 7]


def test_stamps_stand_together_and_before_what_is_under_them() -> None:
    """A stamp at the upper right comes before the letter; its lines are not mixed with those beside it."""
    lines = [line(100, 400, 900), line(1300, 100, 1700), line(1300, 190, 1600), line(100, 500, 1500)]
    assert order(lines, [None, 0, 0, None]) == [1, 2, 0, 3]
    beside = [line(100, 100, 900), line(1000, 60, 1400), line(100, 190, 900), line(1000, 150, 1400)]
    assert order(beside, [None, 0, None, 0]) in ([0, 2, 1, 3], [1, 3, 0, 2])


def test_a_table_parts_what_is_above_from_what_is_below() -> None:
    """A page number above a table comes before a note below it, though the note begins further left."""
    lines = [line(100, 1500, 600), line(900, 60, 950)]
    assert order(lines, tables=[BBox(80, 300, 1700, 1300)]) == [1, 0]


def test_the_foot_of_a_letter_comes_after_the_signature() -> None:
    """The office at the lower left stands below the date and the signature at the right: it is read after them."""
    body = [line(100, 200 + 90 * row, 1500) for row in range(3)]
    signature = [line(900, 600 + 80 * row, 1300) for row in range(3)]
    foot = [line(100, 900 + 75 * row, 500) for row in range(2)]
    assert order([*foot, *signature, *body]) == [5, 6, 7, 2, 3, 4, 0, 1]


def test_no_lines_no_order() -> None:
    """An empty page has an empty order."""
    assert order([]) == []


def test_blocks_in_each_others_way_are_still_all_read() -> None:
    """Stamps over text overlap other blocks; every line is read once all the same."""
    lines = [line(100, 100 + 60 * row, 1500) for row in range(6)] + [line(700, 130, 1200), line(700, 230, 1200)]
    assert sorted(order(lines, [None] * 6 + [0, 0])) == list(range(8))


def test_grey_pages_have_layouts_too() -> None:
    """A scan without colour and a blank one are analysed."""
    sheet = stamped(2.0, "black")
    layout = find_layout(upright(sheet.grey, sheet.grey))
    assert [region.kind for region in layout.regions] == ["stamp"]
    blank = np.full((1400, 1000), 255, np.uint8)
    empty = find_layout(upright(blank, blank))
    assert (empty.lines, empty.grids, empty.regions, empty.codes, empty.tick_boxes) == ((), (), (), (), ())


def test_codes_on_a_page_give_no_lines() -> None:
    """The modules of a QR code are not read as text."""
    sheet = Sheet.blank(1800, 1400)
    sheet.write(150, 300, BODY[0])
    page = sheet.grey
    page[1000:1260, 1300:1560] = qr("https://example.org/1")
    layout = find_layout(upright(page, page))
    assert len(layout.codes) == 1 and len(layout.lines) == 1 and layout.regions == ()


@pytest.mark.parametrize(("baseline", "points"), [(390, 14), (391, 14), (387, 18)])
def test_a_vowel_that_hangs_over_a_ruling_belongs_to_its_letter(baseline: int, points: float) -> None:
    """It stays with the letters of its own cell, although most of it lies in the cell below."""
    sheet = Sheet.blank(2000, 1400)
    for y in (300, 400, 490, 600):
        sheet.draw.line([(300, y), (1300, y)], fill="black", width=2)
    for x in (300, 900, 1300):
        sheet.draw.line([(x, 300), (x, 600)], fill="black", width=2)
    text = sheet.write(340, baseline, "นนทบูรี ปราจีนบูรี", points)
    cells = [cell for grid in find_layout(sheet.page()).cell_lines for cell in grid]
    assert [len(cell) for cell in cells] == [1, 0, 0, 0, 0, 0]
    assert cells[0][0].bbox.bottom >= text.bottom - 3


def test_dark_edges_and_punched_holes_are_no_text() -> None:
    """The shadow along two sides of a scan and the holes of a binder leave every tone mark in its line."""
    sheet = Sheet.blank()
    boxes = [sheet.write(300, 250 + 110 * number, text) for number, text in enumerate(BODY)]
    clean = find_layout(sheet.page())
    page = sheet.page()
    dirty = page.grey.copy()
    dirty[:, :14] = dirty[-12:] = 20
    cv2.circle(dirty, (120, 500), 35, 25, -1)
    layout = find_layout(replace(page, grey=dirty))
    assert [line.bbox for line in layout.lines] == [line.bbox for line in clean.lines]
    assert len(layout.lines) == len(boxes)


def test_what_shows_through_is_faint() -> None:
    """Lines of the paper's other side are marked as faint; pencil beside print is not."""
    sheet = Sheet.blank()
    for number, text in enumerate(BODY * 2):
        sheet.write(200, 200 + 110 * number, text)
    sheet.write(200, 950, BODY[0], colour=(150, 150, 150))
    sheet.write(200, 1100, BODY[1][::-1], colour=(215, 215, 215))
    assert [line.faint for line in find_layout(sheet.page()).lines] == [False] * 7 + [True]


def test_a_pale_emblem_in_pieces_is_one_picture() -> None:
    """Parts of a picture that a pale copy pulled apart are one region, and what lies between them is no text."""
    sheet = Sheet.blank()
    for x, y in ((800, 150), (960, 290)):
        for step in range(0, 130, 10):
            sheet.draw.line((x, y + step, x + 130, y + step), fill="black", width=4)
        sheet.draw.line((x, y, x, y + 120), fill="black", width=4)
    sheet.draw.rectangle((942, 278, 947, 284), fill="black")
    sheet.write(1000, 230, "๒")
    sheet.write(600, 560, BODY[0])
    layout = find_layout(sheet.page())
    assert [region.kind for region in layout.regions] == ["emblem"]
    assert len(layout.lines) == 1
