"""Stamps as they come: double frames, ends hidden by an emblem, dotted lines to write on, pens larger than print."""

import numpy as np
import pytest
from layout_drawing import Sheet

from laodoc.document import BBox
from laodoc.layout.analysis import find_layout
from laodoc.layout.frames import Stamp
from laodoc.layout.leaders import in_leaders
from laodoc.layout.page import PageLayout
from laodoc.layout.strangers import without_strangers
from laodoc.recognition.line_recognizer import LineRecognizer
from laodoc.recognition.page import read_layout

ROWS = ("เทศบาลตำบลนาดี", "เลขที่รับ", "วันที่")
PENNED = (None, "482", "14")
LEFT, TOP, WIDE, HIGH, PITCH = 1050, 60, 820, 330, 85


def sheet_with(
    *, angle: float = 0.0, double: bool = False, dots: bool = False, emblem: bool = False, colour: str = "navy"
) -> Sheet:
    """A page with a stamp of three rows, the lower two filled in by larger writing, and two lines of text below."""
    sheet, stamp = Sheet.blank(2000, 1000), Sheet.blank(WIDE + 20, HIGH + 20)
    for inset in (5, 16) if double else (5,):
        stamp.draw.rectangle((inset, inset, WIDE - inset, HIGH - inset), outline=colour, width=4)
    for row, (text, entry) in enumerate(zip(ROWS, PENNED, strict=True)):
        y = 100 + PITCH * row
        end = stamp.write(40, y, text, 9, colour).right
        if entry and dots:
            for x in range(end + 20, WIDE - 60, 11):
                stamp.draw.ellipse((x, y - 3, x + 4, y + 1), fill=colour)
        if entry:
            stamp.write(end + 60, y - 6, entry, 15, "black")
    sheet.paste_turned(stamp, LEFT, TOP, angle)
    if emblem:
        draw_emblem(sheet, LEFT + 10, TOP + HIGH // 2 + 30)
    for row in range(2):
        sheet.write(150, 700 + 110 * row, "จึงเรียนมาเพื่อทราบและพิจารณาดำเนินการต่อไป")
    return sheet


def draw_emblem(sheet: Sheet, x: int, y: int) -> None:
    """Black feathers around a trunk whose middle is at (x, y): they hide the left end of the stamp."""
    for step in range(-4, 5):
        sheet.draw.polygon([(x, y + 32 * step), (x - 150, y + 42 * step), (x, y + 32 * step + 22)], fill="black")
        sheet.draw.polygon([(x, y + 32 * step), (x + 50, y + 36 * step), (x, y + 32 * step + 22)], fill="black")
    sheet.draw.rectangle((x - 14, y - 175, x + 14, y + 175), fill="black")


def read(sheet: Sheet) -> tuple[PageLayout, list[str]]:
    """The layout of the page, and what is read in its first stamp."""
    page = sheet.page()
    layout = find_layout(page)
    return layout, [line.reading.text for line in read_layout(page, layout, LineRecognizer()).lines if line.region == 0]


@pytest.mark.parametrize("angle", [0.0, 3.0])
@pytest.mark.parametrize("colour", ["navy", "black", "gray"])
def test_the_inner_frame_goes_with_the_outer(angle: float, colour: str) -> None:
    """Of a stamp with two frames every row is read with all its marks, and no frame as a line of its own."""
    layout, texts = read(sheet_with(double=True, angle=angle, colour=colour))
    assert [region.kind for region in layout.regions] == ["stamp"]
    said = "".join(texts).replace(" ", "")
    assert all(text in said for text in (*ROWS, "482", "14"))
    assert sum(map(len, ("".join(ROWS), "482", "14"))) == len(said)


def test_dotted_lines_are_neither_read_nor_measured() -> None:
    """Rows on dotted lines are read as without them, and no line reaches as far as its dots."""
    layout, texts = read(sheet_with(dots=True))
    assert "".join(texts).replace(" ", "") == "".join((ROWS[0], ROWS[1], "482", ROWS[2], "14"))
    own = [line for line, region in zip(layout.lines, layout.line_regions, strict=True) if region == 0]
    assert max(line.bbox.right for line in own) < LEFT + WIDE - 200


def test_pens_are_read_in_the_measure_of_the_print() -> None:
    """The bands of rows with larger writing are no higher than that of the office's row, but for what stands out."""
    layout, _ = read(sheet_with())
    own = [line.band for line, region in zip(layout.lines, layout.line_regions, strict=True) if region == 0]
    heights = [band.bottom - band.top for band in sorted(own, key=lambda band: band.top)]
    assert max(heights) <= 1.2 * heights[0]


@pytest.mark.parametrize("colour", ["navy", "black"])
def test_a_stamp_over_an_emblem_keeps_what_the_emblem_leaves(colour: str) -> None:
    """A stamp whose left end lies on an emblem is found by its other sides, and read without the emblem's ink."""
    layout, texts = read(sheet_with(emblem=True, colour=colour))
    (stamp,) = (region.bbox for region in layout.regions if region.kind == "stamp")
    assert abs(stamp.left - LEFT - 5) <= 30 and abs(stamp.right - LEFT - WIDE + 5) <= 12  # the left side lies hidden
    assert {"482", "14"} <= {text.split()[-1] for text in texts if text}


def test_leaders_are_told_from_other_dots() -> None:
    """Even dots in a row are a leader, also turned; three points, uneven specks, and dots row by row are none."""

    def boxes(points: list[tuple[float, float]]) -> np.ndarray:
        return np.array([(x, y, x + 4, y + 4) for x, y in points], np.int32)

    turned = [(12 * n, 100 - 12 * n * np.tan(np.radians(4))) for n in range(10)]
    assert in_leaders(boxes(turned), 4.0, 300.0).all()
    assert not in_leaders(boxes(turned[:3]), 4.0, 300.0).any()
    uneven = [(0, 0), (4, 0), (27, 0), (32, 0), (55, 1), (58, 0), (80, 0), (84, 0)]
    assert not in_leaders(boxes(uneven), 0.0, 300.0).any()
    assert not in_leaders(boxes([(0, 60 * n) for n in range(9)]), 0.0, 300.0).any()
    assert in_leaders(boxes([*[(12.0 * n, 0.0) for n in range(8)], (40, 30)]), 0.0, 300.0).tolist() == [True] * 8 + [
        False
    ]


def test_a_page_without_strangers_is_not_copied() -> None:
    """What lies wholly in the stamp, or wholly outside, stays, and then the page is handed back as it is."""
    page = np.full((600, 1200), 255, np.uint8)
    page[200:240, 300:340] = page[200:240, 900:1100] = 0
    stamp = Stamp(np.array([(250, 150), (700, 150), (700, 400), (250, 400)], float), 0.0, framed=True)
    assert without_strangers(page, [stamp], 300.0) is page
    page[300:320, 600:1000] = 0
    cleaned = without_strangers(page, [stamp], 300.0)
    assert cleaned is not page
    assert (cleaned[300:320, 600:700] == 255).all() and (cleaned[200:240, 300:340] == 0).all()
    assert stamp.region.bbox == BBox(250, 150, 701, 401)


def test_a_pen_has_ground_behind_it() -> None:
    """A line of a stamp is cut with so much ground at its ends that a last stroke is read."""
    layout, _ = read(sheet_with())
    own = [line for line, region in zip(layout.lines, layout.line_regions, strict=True) if region == 0]
    assert all(line.band.right - line.bbox.right >= 0.3 * (line.band.bottom - line.band.top) for line in own)
