"""Text lines: found whole, in one measure, and cut without their neighbours."""

import cv2
import numpy as np
import pytest
from layout_drawing import BODY, DPI, HEIGHT, Sheet, covered, specks
from numpy.typing import NDArray

from laodoc.document import BBox
from laodoc.layout.analysis import find_layout
from laodoc.layout.ink import components, find_ink, letter_height
from laodoc.layout.line_groups import group_components, seed_groups
from laodoc.layout.line_images import erase_specks
from laodoc.layout.line_settings import GroupSettings
from laodoc.layout.lines import cut_line, find_lines
from laodoc.layout.page import TextLine

ONE_LETTER = 34
"""Height of a consonant of the drawn body text in pixels: so far may specks widen a line."""


def lines_of(grey: NDArray[np.uint8]) -> list[TextLine]:
    ink = find_ink(grey, DPI)
    found = find_lines(ink, np.zeros(len(ink.boxes), np.int32), DPI)
    return sorted((entry.line for entry in found), key=lambda line: (line.bbox.top, line.bbox.left))


def written(pitch: int, points: float = 12) -> tuple[Sheet, list[BBox]]:
    sheet = Sheet.blank()
    texts = [*BODY, *BODY]
    return sheet, [sheet.write(120, 200 + row * pitch, text, points) for row, text in enumerate(texts)]


def spoil(grey: NDArray[np.uint8], kind: str) -> NDArray[np.uint8]:
    if kind == "specks":
        return specks(grey, 900)
    if kind == "bilevel":
        small = cv2.resize(grey, None, fx=2 / 3, fy=2 / 3, interpolation=cv2.INTER_AREA)
        return np.asarray(cv2.resize(np.where(small < 150, 0, 255).astype(np.uint8), grey.shape[::-1]), np.uint8)
    if kind == "faint":
        return np.asarray(255 - (255 - grey.astype(int)) // 3, np.uint8)
    if kind == "blurred":
        return np.asarray(cv2.GaussianBlur(grey, (0, 0), 1.5), np.uint8)
    return grey


@pytest.mark.parametrize("kind", ["clean", "specks", "bilevel", "faint", "blurred"])
@pytest.mark.parametrize("pitch", [82, 110])
def test_every_line_is_found_once_with_all_its_marks(kind: str, pitch: int) -> None:
    """On clean and poor pages, each written line gives one line whose band holds all of its ink."""
    sheet, boxes = written(pitch)
    lines = lines_of(spoil(sheet.grey, kind))
    assert len(lines) == len(boxes)
    for line, box in zip(lines, boxes, strict=True):
        assert covered(box, line.band, slack=3)
        assert abs(line.bbox.left - box.left) < ONE_LETTER and abs(line.bbox.right - box.right) < ONE_LETTER


def test_a_letter_with_the_vowel_that_touches_it_below_begins_the_line() -> None:
    """The first letter of ภูเก็ต, one component with its vowel, hangs low and is in the line all the same."""
    sheet = Sheet.blank()
    box = sheet.write(160, 300, "เก็ตจังหวัด")
    sheet.draw.rectangle((box.left - 34, 300 - ONE_LETTER, box.left - 10, 322), outline="black", width=4)
    (line,) = lines_of(sheet.grey)
    assert line.bbox.left == box.left - 34
    assert line.bbox.right == box.right


@pytest.mark.parametrize("points", [9, 12, 16, 22])
def test_sizes_from_notes_to_headings(points: float) -> None:
    """Lines of notes and headings beside body text keep their marks."""
    sheet = Sheet.blank()
    for row, text in enumerate(BODY):
        sheet.write(120, 150 + 100 * row, text)
    box = sheet.write(120, 650, "ผู้ใหญ่ที่รู้ซึ้งปฏิบัติ", points)
    lines = lines_of(sheet.grey)
    assert len(lines) == 4
    assert covered(box, lines[-1].band)


def test_lines_whose_ink_touches_are_cut_apart() -> None:
    """A descender that runs into the next line's tone mark does not make one line of two, nor lose either."""
    sheet = Sheet.blank()
    upper = sheet.write(120, 300, "กกกกกกฎูกกกกกกกกกก", 14)
    lower = sheet.write(120, 300 + 112, "นนนนนนนี้นี้นี้นี้นี้นนนนนน", 14)
    sheet.draw.line([(390, 275), (390, 400)], fill="black", width=5)
    lines = lines_of(sheet.grey)
    assert len(lines) == 2
    assert covered(upper, lines[0].band) and covered(lower, lines[1].band)
    images = [cut_line(sheet.grey, line) for line in lines]
    assert images[0][-12:].min() > 128 and images[1][:12].min() > 128


def test_lone_digits_and_dashes_have_the_measure_of_their_neighbours() -> None:
    """In a column of cells a low ๓ and a dash are found, and cut at the same height as the text beside them."""
    sheet = Sheet.blank()
    for row in range(4):
        sheet.write(120, 200 + 120 * row, BODY[0])
        sheet.write(1500, 200 + 120 * row, "๓" if row % 2 else "-")
    ink = find_ink(sheet.grey, DPI)
    cells = np.where(ink.boxes[:, 0] > 1400, ink.boxes[:, 1] // 120, 0).astype(np.int32)
    lines = [entry.line for entry in find_lines(ink, cells, DPI)]
    assert len(lines) == 8
    heights = {line.band.bottom - line.band.top for line in lines}
    assert max(heights) - min(heights) <= 0.12 * max(heights)


def test_a_short_word_in_larger_print_has_its_own_measure() -> None:
    """A heading of a few letters between lines of body text is cut at its own height, as one twice as long is."""
    sheet = Sheet.blank()
    for row, text in enumerate(BODY):
        sheet.write(120, 150 + 100 * row, text)
    sheet.write(120, 700, "กรมการ", 18)
    sheet.write(120, 900, "กรมการปกครอง กระทรวงกลาโหม", 18)
    short, long = (line.band.bottom - line.band.top for line in lines_of(sheet.grey)[-2:])
    assert abs(short - long) <= 0.05 * long


def test_rows_of_a_stamp_stay_apart_beside_large_writing() -> None:
    """Small labels one close below the other, each with large digits behind it, are no marks of each other's lines."""
    sheet = Sheet.blank()
    for row, text in enumerate(BODY):
        sheet.write(120, 700 + 100 * row, text)
    for row, (label, digits) in enumerate((("เลขรับ", "4127"), ("วันที่", "23"), ("เวลา", "0915"))):
        sheet.write(120, 300 + 62 * row, label, 9)
        sheet.write(300, 300 + 62 * row, digits, 16)
    labels = [line for line in lines_of(sheet.grey) if line.bbox.left < 200]
    assert len(labels) == 3 + len(BODY)


def test_columns_part_and_spaces_do_not() -> None:
    """Blocks side by side are two lines at one height; a wide space in a justified line parts nothing."""
    sheet = Sheet.blank()
    sheet.write(120, 300, "กลุ่มงานส่งเสริม")
    sheet.write(1000, 300, "ผู้อำนวยการสำนัก")
    first = sheet.write(120, 600, "ข้อ ๑ ให้ดำเนินการ")
    sheet.write(first.right + 70, 600, "ตามระเบียบ")
    tops = [line.bbox.top // 100 for line in lines_of(sheet.grey)]
    assert tops.count(2) == 2
    assert tops.count(5) == 1


def test_leaders_keep_a_line_together() -> None:
    """A form's dotted line belongs to the words around it."""
    sheet = Sheet.blank()
    sheet.write(120, 300, "เลขที่รับ" + "." * 60 + "ลงวันที่")
    assert len(lines_of(sheet.grey)) == 1


def test_specks_alone_are_no_text() -> None:
    """A dirty empty page has no lines."""
    assert lines_of(specks(Sheet.blank().grey, 500)) == []


def test_empty_page() -> None:
    """A white page has no lines and the letter height of official print."""
    grey = Sheet.blank().grey
    assert lines_of(grey) == []
    assert 15 < letter_height(find_ink(grey, DPI), DPI) < 35


def test_lines_stay_in_their_zone() -> None:
    """Text in two cells of one row stays two lines however near it stands."""
    sheet = Sheet.blank()
    sheet.write(120, 300, "หนองบัวเมืองใหม่บ้านนา")
    ink = find_ink(sheet.grey, DPI)
    zones = np.where(ink.boxes[:, 0] < 300, 1, 2).astype(np.int32)
    found = find_lines(ink, zones, DPI)
    assert sorted(entry.zone for entry in found) == [1, 2]


def test_cut_line_leaves_the_neighbours_out() -> None:
    """In a line image stands all ink of the line and none of the lines above and below."""
    sheet, boxes = written(80)
    alone = Sheet.blank()
    alone.write(120, 200 + 2 * 80, BODY[2])
    line = lines_of(sheet.grey)[2]
    found = cut_line(sheet.grey, line) < 128
    expected = cut_line(alone.grey, TextLine(line.bbox, line.band)) < 128
    assert np.count_nonzero(found & ~expected) <= 0.01 * expected.sum()
    assert np.count_nonzero(expected & ~found) <= 0.01 * expected.sum()
    assert boxes[2].bottom <= line.band.bottom + 1


def test_cut_line_levels_a_turned_line() -> None:
    """A line that rises by six degrees comes out level, at the size of its band."""
    sheet = Sheet.blank(1000, 1000)
    sheet.write(200, 500, BODY[2], 10)
    line = lines_of(sheet.grey)[0]
    turned = np.array(sheet.image.rotate(6, center=(500, 500), fillcolor="white").convert("L"))
    x, y = (line.band.left + line.band.right) / 2 - 500, (line.band.top + line.band.bottom) / 2 - 500
    angle = np.radians(6)
    moved = (x * np.cos(angle) + y * np.sin(angle) - x, -x * np.sin(angle) + y * np.cos(angle) - y)
    by = [round(value) for value in moved]
    band = BBox(line.band.left + by[0], line.band.top + by[1], line.band.right + by[0], line.band.bottom + by[1])
    level = cut_line(turned, TextLine(band, band, angle=6.0))
    straight = cut_line(sheet.grey, line)
    assert level.shape == straight.shape
    rows = [np.flatnonzero((image < 128).any(axis=1)) for image in (level, straight)]
    assert abs(rows[0][0] - rows[1][0]) <= 3 and abs(rows[0][-1] - rows[1][-1]) <= 3


def test_more_components_than_short_labels_count() -> None:
    """A page of pure noise is analysed too, with more than 65,535 components."""
    mask = np.zeros((HEIGHT, 1200), np.uint8)
    mask[::4, ::4] = 255
    assert len(components(mask).boxes) == (HEIGHT // 4) * 300


def test_a_tone_on_its_vowel_belongs_below_even_where_it_touches_the_line_above() -> None:
    """Where lines are set close, a tone hangs right under the line above it; a vowel below a consonant stays there."""
    letters = [[40 * i, 100, 40 * i + 30, 134] for i in range(6)]
    below = [[40 * i, 168, 40 * i + 30, 202] for i in range(6)]
    tone, vowel, lower_vowel = [85, 136, 89, 146], [66, 151, 91, 164], [168, 138, 184, 152]
    boxes = np.array([*letters, *below, tone, vowel, lower_vowel], dtype=np.int32)
    zones, settings = np.zeros(len(boxes), np.int32), GroupSettings()
    groups = group_components(seed_groups(boxes, zones, 34.0, settings), boxes, zones, 34.0, settings)
    upper, lower = sorted(groups, key=lambda group: group.baseline)
    assert sorted(upper.members.tolist()) == [0, 1, 2, 3, 4, 5, 14]
    assert sorted(lower.members.tolist()) == [6, 7, 8, 9, 10, 11, 12, 13]


def set_tight(*, vowel: bool) -> NDArray[np.uint8]:
    """Two lines of bars for letters, 66 pixels from foot to foot; from the upper line's fourth a small bar hangs, and
    under it a vowel lies on the letter below, or not."""
    page = np.full((320, 500), 255, np.uint8)
    for column in range(8):
        for foot in (134, 200):
            page[foot - 34 : foot, 40 + 44 * column : 66 + 44 * column] = 30
    page[134:144, 184:189] = 30
    if vowel:
        page[149:160, 172:198] = 30
    return page


@pytest.mark.parametrize("vowel", [True, False])
def test_a_tone_that_touches_the_line_above_goes_to_its_vowel(vowel: bool) -> None:
    """It is cut from the foot of the letter above, where a vowel of the next line lies under it; elsewhere what hangs
    there is the letter's own."""
    page = set_tight(vowel=vowel)
    ink = find_ink(page, 300)
    found = find_lines(ink, np.zeros(len(ink.boxes), np.int32), 300)
    upper, lower = sorted((each.line for each in found), key=lambda line: line.bbox.top)
    assert (upper.bbox.bottom, lower.bbox.top) == ((134, 134) if vowel else (144, 166))
    tone = np.s_[136:143, 184:189]
    for line, holds in ((upper, not vowel), (lower, vowel)):
        margin = (cut_line(page, line).shape[0] - (line.band.bottom - line.band.top)) // 2
        seen = np.full_like(page, 255)
        seen[line.band.top : line.band.bottom, line.band.left : line.band.right] = cut_line(page, line)[
            margin:-margin, margin:-margin
        ]
        assert bool((seen[tone] < 128).all()) is holds


@pytest.mark.parametrize("blur", [0.0, 1.6])
def test_specks_blacker_than_blurred_strokes_are_erased_and_points_stay(blur: float) -> None:
    """On a blurred copy a small black spot came later than the print; on a sharp one nobody can tell, and all stays."""
    line = np.full((86, 160), 255, np.uint8)
    for left in (20, 60, 110):
        cv2.ellipse(line, (left + 12, 48), (11, 15), 0, 0, 360, 30, 4)
    cv2.circle(line, (98, 62), 3, 30, -1)
    line = np.asarray(cv2.GaussianBlur(line, (0, 0), blur), np.uint8) if blur else line
    line[70:73, 40:43] = 0
    line[48:50, 31:33] = 0
    erase_specks(line)
    assert line[62, 98] < 160
    assert bool(line[71, 41] == 255) is bool(blur)
    assert bool(line[49, 32] == 255) is bool(blur)
    erase_specks(np.zeros((0, 5), np.uint8))


def test_a_letter_a_wide_gap_before_its_line_is_not_lost() -> None:
    """The number of an item, and ที่ before a number, stand a gap away that joins letters, but is wide for a mark."""
    for first in ("๓", "ที่"):
        sheet = Sheet.blank()
        end = sheet.write(100, 300, first).right
        sheet.write(end + 40, 300, "สำเนาหนังสือสั่งการจำนวน")
        sheet.write(100, 460, BODY[0])
        lines = find_layout(sheet.page()).lines
        assert len(lines) == 2
        assert min(line.bbox.left for line in lines) < 110
        assert lines[0].bbox.left < 110
