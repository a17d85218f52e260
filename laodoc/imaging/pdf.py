"""Pages of a PDF: the scan itself where the page is nothing but one picture, else drawn."""

from contextlib import ExitStack
from dataclasses import dataclass
from importlib.util import find_spec

import pikepdf

from laodoc.imaging import pdfium
from laodoc.imaging.affine import Turn, after, inverse, scaling, shift, turning
from laodoc.imaging.content import Content, lone_picture, page_box, page_content, pictures_dpi, pictures_share
from laodoc.imaging.extras import files_within, told, values_without_looks, visible_annotations
from laodoc.imaging.opening import BROKEN, PageFile, open_pdf, page_file
from laodoc.imaging.page import Affine, Image, Remark, SourcePage, UnreadablePage
from laodoc.imaging.paper import POINTS_PER_INCH, sane_dpi, too_large
from laodoc.imaging.picture import damaged, one_line
from laodoc.imaging.rasterizer import Rasterizer, rasterizer
from laodoc.imaging.resample import quarter_turned
from laodoc.imaging.source import SourceFile
from laodoc.imaging.text_layer import SCANNED_SHARE, layer_kind
from laodoc.messages import Message

DRAWN_DPI = 300.0
"""Resolution for pages of letters and lines, which have none of their own: what office scanners are set to."""

LOWEST_SCAN_DPI = 100.0
HIGHEST_SCAN_DPI = 600.0
"""Scans made of several pictures are drawn at their own resolution, within what scanners produce."""

SQUARE_TOLERANCE = 0.01
"""Difference of the two resolutions under which pixels count as square (standard fax has 204 × 98)."""

QUARTERS: dict[int, Turn] = {0: 0, 90: 90, 180: 180, 270: 270}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What is known of a page before it has pixels.

    `width` and `height` are in points, unturned; `units` is how many believed dots stand for a dot of the page's stated
    size (1 unless that is nonsense); `placed` maps the lone picture's unit square to points, origin top-left, unturned.
    Where fields, notes or stamps are laid over the page it is `annotated`; `without_looks` are the values of those of
    which nothing says how they look.
    """

    width: float
    height: float
    turn: Turn
    units: float
    dpi: float
    placed: Affine | None
    content: Content | None
    annotated: bool
    without_looks: tuple[str, ...]
    files: tuple[str, ...]


def read_pdf_page(source: SourceFile, number: int) -> SourcePage | UnreadablePage:
    """Page `number` (from 1) of a PDF, as a viewer shows it.

    Raises:
        ChildTimeout: drawing it hung. MissingDependency: nothing is installed that draws PDFs.
        AccessError: the file is gone, or the temporary folder is full.
    """
    with ExitStack() as stack:
        try:
            with open_pdf(source.path, source.password) as pdf:
                sheet = _inspect(pdf.pages[number - 1], files_within(pdf) if number == 1 else [])
            if isinstance(sheet, Message):
                return UnreadablePage(number, sheet)
            file = stack.enter_context(
                page_file(source.path, number, password=source.password, timeout_s=source.timeout_s)
            )
        except BROKEN as broken:
            known = isinstance(broken, pikepdf.PikepdfError)
            return damaged(number, one_line(broken) if known else Message("page-odd"))
        return _read(file, sheet, rasterizer())


def _read(file: PageFile, sheet: _Sheet, draws: Rasterizer) -> SourcePage | UnreadablePage:
    content = sheet.content
    shows_text = not content or content.visible_text or content.invisible_text
    words = draws.page_words(file) if shows_text else ()
    kind = layer_kind(words, content)
    pixels = draws.take_out_picture(file) if sheet.placed else None
    if isinstance(pixels, UnreadablePage):
        return pixels
    beside = _files_beside(sheet)
    if pixels is not None and sheet.placed:
        image, dpi, to_source = _turned_picture(pixels, sheet, sheet.placed)
        return SourcePage(file.number, image, dpi, to_source, kind, words, beside)
    drawn, remarks = _drawn(file, sheet, draws)
    if isinstance(drawn, UnreadablePage):
        return drawn
    points = POINTS_PER_INCH / sheet.dpi
    scale = scaling(points, points)
    return SourcePage(file.number, drawn, sheet.dpi * sheet.units, scale, kind, words, (*beside, *remarks))


def _drawn(file: PageFile, sheet: _Sheet, draws: Rasterizer) -> tuple[Image | UnreadablePage, tuple[Remark, ...]]:
    """The page's pixels, and what of that which is laid over it was not drawn, or not as it was meant."""
    drawn = draws.draw_page(file, sheet.dpi)
    if not isinstance(drawn, UnreadablePage):
        return drawn, _missing(sheet.without_looks if draws.FILLS_FIELDS else ())
    if not sheet.annotated:
        return drawn, ()
    bare = draws.draw_page(file, sheet.dpi, annotations=False)
    if isinstance(bare, UnreadablePage):
        return drawn, ()
    filled = pdfium.draw_page(file, sheet.dpi) if find_spec("pypdfium2") else drawn
    return bare if isinstance(filled, UnreadablePage) else filled, _missing(
        sheet.without_looks or (Message("something"),)
    )


def _missing(texts: tuple[str, ...]) -> tuple[Remark, ...]:
    return tuple(Remark("annotation", "warning", Message("annotation", text=text)) for text in texts)


def _files_beside(sheet: _Sheet) -> tuple[Remark, ...]:
    if not sheet.files:
        return ()
    return (Remark("annotation", "info", Message("files-within", files=told(list(sheet.files)))),)


def _inspect(page: pikepdf.Page, files: list[str]) -> _Sheet | Message:
    """What the page is made of, or one line that says that it is too large."""
    left, bottom, right, top = page_box(page)
    width, height = right - left, top - bottom
    units = sane_dpi(width, height, POINTS_PER_INCH) / POINTS_PER_INCH
    try:
        content = page_content(page)
    except BROKEN:
        content = None
    annotated = bool(visible_annotations(page))
    wanted = DRAWN_DPI
    pictures = content.pictures if content else []
    if content and not content.visible_text and pictures_share(content) >= SCANNED_SHARE:
        wanted = min(max((pictures_dpi(content) or DRAWN_DPI) * units, LOWEST_SCAN_DPI), HIGHEST_SCAN_DPI)
    stated = 0.0 if pictures else DRAWN_DPI / POINTS_PER_INCH
    reasons = [too_large(float(picture.image.Width), float(picture.image.Height)) for picture in pictures]
    dpi = wanted / units
    reasons += [too_large(width * scale, height * scale) for scale in (stated, dpi / POINTS_PER_INCH)]
    for reason in filter(None, reasons):
        return reason
    return _Sheet(
        width=width,
        height=height,
        turn=QUARTERS.get(int(page.get("/Rotate", 0)) % 360, 0),
        units=units,
        dpi=dpi,
        placed=_place(content, left, top) if content and not annotated else None,
        content=content,
        annotated=annotated,
        without_looks=values_without_looks(page) if annotated else (),
        files=tuple(files),
    )


def _place(content: Content, left: float, top: float) -> Affine | None:
    """Where the page's lone picture lies, where it has square pixels."""
    picture = lone_picture(content)
    if picture is None:
        return None
    across = picture.placed[0] / float(picture.image.Width)
    down = picture.placed[4] / float(picture.image.Height)
    if abs(across - down) > SQUARE_TOLERANCE * max(across, down):
        return None
    from_below = after((1.0, 0.0, -left, 0.0, -1.0, top), picture.placed)
    return after(from_below, after(shift(0.0, 1.0), scaling(1.0, -1.0)))


def _turned_picture(pixels: Image, sheet: _Sheet, placed: Affine) -> tuple[Image, float, Affine]:
    """The picture as the page shows it, its believed resolution, and the way to points."""
    height, width = pixels.shape[:2]
    to_points = after(placed, scaling(1.0 / width, 1.0 / height))
    dpi = POINTS_PER_INCH / to_points[0] * sheet.units
    there = turning(sheet.turn, sheet.width, sheet.height)
    back = inverse(turning(sheet.turn, width, height))
    return quarter_turned(pixels, sheet.turn), dpi, after(there, after(to_points, back))
