"""Pages with everything drawn on them that was understood, for a person to look at."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
from PIL import Image as Pictures
from PIL import ImageDraw, ImageFont

from laodoc.document import BBox
from laodoc.errors import AccessError
from laodoc.export.files import write_whole
from laodoc.export.ink_picture import paint_ink
from laodoc.imaging.page import Image, UprightPage
from laodoc.imaging.paper import MM_PER_INCH
from laodoc.layout.page import PageLayout
from laodoc.messages import Message
from laodoc.recognition.reading import CellReading, LineReading, PageReading

EDGE, CELL, LINE, REGION, MARK = (230, 0, 200), (0, 120, 255), (0, 150, 60), (240, 120, 0), (200, 0, 0)
FADE = 0.45
"""How much of the scan's contrast stays under the drawing, so that the text drawn on it can be read."""
TEXT_MM = 2.2
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
THAI_FONTS = ("Laksaman.ttf", "Loma.ttf", "Sarabun-Regular.ttf", "NotoSansThai-Regular.ttf", "DejaVuSans.ttf")


@dataclass(frozen=True, slots=True)
class PagePainter:
    """Writes `NAME-page-NN.png` into `folder` for every page that it is shown: edges, cells, lines, marks, regions and
    their text; and `NAME-page-NN-ink.png`, its kinds of ink.

    Raises:
        AccessError: the folder cannot be made or written.
    """

    folder: Path
    name: str

    def __call__(self, page: UprightPage, layout: PageLayout, reading: PageReading) -> None:
        target = self.folder / f"{self.name}-page-{page.source_page:02d}.png"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as refused:
            raise AccessError(Message("debug-folder", folder=self.folder, why=refused.strerror)) from refused
        write_whole(target, as_png(paint(page, layout, reading)))
        if layout.ink:
            write_whole(target.with_name(f"{target.stem}-ink.png"), as_png(paint_ink(page.grey, layout.ink)))


def as_png(picture: Image) -> bytes:
    """A picture as a PNG file, packed quickly rather than tightly."""
    packed = BytesIO()
    Pictures.fromarray(picture).save(packed, "PNG", compress_level=1)
    return packed.getvalue()


def paint(page: UprightPage, layout: PageLayout, reading: PageReading) -> Image:
    """The page as RGB (height, width, 3) with all that was understood drawn on it."""
    picture = _faded(page.image)
    for grid in layout.grids:
        for edge in grid.edges:
            points = np.round(np.array(edge.points)).astype(np.int32)
            cv2.polylines(picture, [points], isClosed=False, color=EDGE, thickness=3)
    canvas = Pictures.fromarray(picture)
    pen = ImageDraw.Draw(canvas)
    font = thai_font(round(TEXT_MM / MM_PER_INCH * page.dpi))
    for grid_reading in reading.grids:
        for cell in grid_reading.cells:
            _draw_cell(pen, cell, font)
    for region in reading.regions:
        _frame(pen, region.bbox, REGION, f"{region.kind}", font)
    for code in reading.codes:
        _frame(pen, code.bbox, REGION, code.value, font)
    for box in reading.checkboxes:
        _frame(pen, box.bbox, MARK, f"{box.state} {box.confidence:.2f}", font)
    for index, line in enumerate(reading.lines):
        _draw_line(pen, line, font, f"{index}: ")
    return np.asarray(canvas)


def _faded(image: Image) -> Image:
    colour = image if image.ndim == 3 else cv2.cvtColor(image, cv2.COLOR_GRAY2RGB)
    return cv2.convertScaleAbs(colour, alpha=FADE, beta=255 * (1 - FADE)).astype(np.uint8)


def thai_font(size: int) -> Font:
    """A font with Thai, or where the machine has none Pillow's own, which draws boxes for it."""
    for name in THAI_FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)


def _draw_cell(pen: ImageDraw.ImageDraw, cell: CellReading, font: Font) -> None:
    pen.rectangle(cell.bbox, outline=CELL, width=2)
    if cell.mark.kind != "none":
        _say(pen, (cell.bbox.left, cell.bbox.top), f"{cell.mark.kind} {cell.mark.confidence:.2f}", MARK, font)
    if cell.bar:
        _say(pen, (cell.bbox.left, cell.bbox.top), f"bar {cell.bar.green} {cell.bar.red}", MARK, font)
    for line in cell.lines:
        _draw_line(pen, line, font, "")


def _draw_line(pen: ImageDraw.ImageDraw, line: LineReading, font: Font, label: str) -> None:
    _frame(pen, line.bbox, LINE, f"{label}{line.reading.text} {line.reading.confidence:.2f}", font)


def _frame(
    pen: ImageDraw.ImageDraw,
    box: BBox,
    colour: tuple[int, int, int],
    text: str,
    font: Font,
) -> None:
    pen.rectangle(box, outline=colour, width=2)
    _say(pen, (box.left, box.bottom), text, colour, font)


def _say(
    pen: ImageDraw.ImageDraw,
    at: tuple[int, int],
    text: str,
    colour: tuple[int, int, int],
    font: Font,
) -> None:
    pen.text(at, text, fill=colour, font=font)
