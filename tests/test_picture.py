"""Pages with everything drawn on them that was understood."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from laodoc.document import BBox, Checkbox, Code, Region
from laodoc.errors import AccessError
from laodoc.export import picture
from laodoc.export.picture import CELL, EDGE, LINE, MARK, REGION, PagePainter, paint
from laodoc.imaging.page import UprightPage
from laodoc.layout.page import Edge, Grid, GridCell, PageLayout
from laodoc.recognition.reading import BarReading, CellReading, GridReading, LineReading, MarkReading, PageReading
from laodoc.recognition.reading import Reading as Text

SIZE = (300, 400)
IDENTITY = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)


def _understood(colour: bool) -> tuple[UprightPage, PageLayout, PageReading]:
    grey = np.full(SIZE, 255, np.uint8)
    edge = Edge(points=((20, 100), (200, 103)), thickness=2, horizontal=True)
    cell = BBox(20, 110, 200, 160)
    grid = Grid(bbox=cell, rows=1, columns=1, cells=(GridCell(0, 0, 1, 1, cell),), edges=(edge,))
    line = LineReading(Text("ที่ มท ๐๘๑๐", 0.9), BBox(20, 20, 200, 50))
    bar_cell = CellReading(0, 0, 1, 1, cell, (), MarkReading("check", 0.9), BarReading(1, 0))
    reading = PageReading(
        number=1, source_page=1, width=SIZE[1], height=SIZE[0], dpi=100, source_dpi=100, rotation=0, skew=0,
        to_source=IDENTITY, text_layer="none", lines=(line,),
        grids=(GridReading(cell, 1, 1, (bar_cell,)),),
        regions=(Region(kind="stamp", bbox=BBox(250, 20, 390, 90)),),
        codes=(Code(kind="qr", value="https://example.go.th", bbox=BBox(250, 200, 300, 250)),),
        checkboxes=(Checkbox(state="checked", label="", bbox=BBox(320, 200, 340, 220), confidence=0.9),),
    )  # fmt: skip
    image = np.full((*SIZE, 3), 255, np.uint8) if colour else grey
    page = UprightPage(1, image, grey, 100, 100, 0, 0.0, IDENTITY, "none", ())
    return page, PageLayout((grid,), (), (), (((),),), (), (), (), grey, grey, grey), reading


@pytest.mark.parametrize("colour", [True, False], ids=["colour", "grey"])
def test_all_that_was_understood_is_drawn(colour: bool) -> None:
    """Edges, cells, lines, regions and marks each appear in their own colour, whatever the scan has."""
    drawn = paint(*_understood(colour))
    assert drawn.shape == (*SIZE, 3)
    colours = {tuple(pixel) for pixel in drawn.reshape(-1, 3).tolist()}
    assert {EDGE, CELL, LINE, REGION, MARK} <= colours


def test_a_picture_a_page_is_written_into_a_new_folder(tmp_path: Path) -> None:
    """Named after the file and the page, and as large as the page."""
    PagePainter(tmp_path / "seen", "letter")(*_understood(True))
    with Image.open(tmp_path / "seen" / "letter-page-01.png") as written:
        assert written.size == (SIZE[1], SIZE[0])


def test_a_folder_that_cannot_be_made_is_an_access_error(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "seen").touch()
    with pytest.raises(AccessError, match="--debug"):
        PagePainter(tmp_path / "seen", "letter")(*_understood(True))


def test_without_thai_fonts_something_is_still_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """The built-in font stands in: boxes matter more than letters."""
    monkeypatch.setattr(picture, "THAI_FONTS", ("no such font.ttf",))
    assert LINE in {tuple(pixel) for pixel in paint(*_understood(False)).reshape(-1, 3).tolist()}
