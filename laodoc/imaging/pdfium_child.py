"""The child process in which pypdfium2 opens a PDF; it imports nothing of laodoc.

    python pdfium_child.py page FILE NUMBER DPI    prints the page as PPM
    python pdfium_child.py bare FILE NUMBER DPI    prints it without forms and annotations
    python pdfium_child.py picture FILE NUMBER     prints the page's only picture as JPEG or PPM, or nothing
    python pdfium_child.py words FILE NUMBER       prints [[text, left, top, right, bottom], …] as JSON

Ends with 1 and one line on stderr where the page cannot be shown whole.
"""

import ctypes
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

FINENESS = 100
"""Parts of a point in which pdfium is asked where a letter lies."""

MOST_LETTERS = 200_000
"""No printed page holds more; a hostile one may."""

JPEG_END = b"\xff\xd9"
END_REACH = 64
"""Bytes at the end of a JPEG in which its end mark must stand."""


def page_as_ppm(pdf: pypdfium2.PdfDocument, number: int, dpi: float, *, annotations: bool) -> bytes:
    """The page as a viewer shows it, on wish forms and annotations too."""
    if annotations and pdf.get_formtype():
        pdf.init_forms()
    page = pdf[number - 1]
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        require_whole(picture)
    return as_ppm(page.render(scale=dpi / 72, rev_byteorder=True, draw_annots=annotations, may_draw_forms=annotations))


def lone_picture(pdf: pypdfium2.PdfDocument, number: int) -> bytes:
    """The page's only picture; nothing where it has more, or pdfium cannot unfold it."""
    pictures = list(pdf[number - 1].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))
    if len(pictures) != 1:
        return b""
    (picture,) = pictures
    require_whole(picture)
    if picture.get_filters(skip_simple=True) == ["DCTDecode"]:
        return bytes(picture.get_data(decode_simple=True))
    try:
        return as_ppm(picture.get_bitmap())
    except pypdfium2.PdfiumError:
        return b""


def require_whole(picture: pypdfium2.PdfImage) -> None:
    """Stop where the picture's data end too early, or cannot be unfolded: pdfium would draw it white without a word."""
    complex_filters = picture.get_filters(skip_simple=True)
    if complex_filters != ["DCTDecode"]:
        try:
            picture.get_bitmap()
        except pypdfium2.PdfiumError:
            sys.exit("its picture cannot be unfolded")
    if complex_filters and complex_filters != ["DCTDecode"]:
        return
    data = bytes(picture.get_data(decode_simple=True))
    if complex_filters:
        whole = JPEG_END in data[-END_REACH:]
    else:
        width, height = picture.get_px_size()
        whole = len(data) >= (width * picture.get_metadata().bits_per_pixel + 7) // 8 * height
    if not whole:
        sys.exit("the data of its picture end too early")


def as_ppm(bitmap: pypdfium2.PdfBitmap) -> bytes:
    """A bitmap as PPM, or as PGM where it is grey."""
    picture = bitmap.to_pil()
    ppm = io.BytesIO()
    (picture if picture.mode == "L" else picture.convert("RGB")).save(ppm, "PPM")
    return ppm.getvalue()


def words(page: pypdfium2.PdfPage) -> Iterator[tuple[str, float, float, float, float]]:
    """The page's words with their boxes, in points of the page as shown, origin top-left."""
    letters = page.get_textpage()
    word, boxes = "", list[tuple[float, float, float, float]]()
    for index in range(min(letters.count_chars(), MOST_LETTERS)):
        letter = chr(raw.FPDFText_GetUnicode(letters, index))
        if not letter.isspace() and letter != "\0":
            word += letter
            boxes.append(shown(page, letters.get_charbox(index, loose=True)))
        elif word:
            yield word, *around(boxes)
            word, boxes = "", []
    if word:
        yield word, *around(boxes)


def shown(page: pypdfium2.PdfPage, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """A box (left, bottom, right, top) of the PDF's own space on the page as shown."""
    width, height = (round(side * FINENESS) for side in page.get_size())
    x, y = ctypes.c_int(), ctypes.c_int()
    corners = []
    for across, up in ((box[0], box[1]), (box[2], box[3])):
        raw.FPDF_PageToDevice(page, 0, 0, width, height, 0, across, up, x, y)
        corners.append((x.value / FINENESS, y.value / FINENESS))
    return around([(*corners[0], *corners[0]), (*corners[1], *corners[1])])


def around(boxes: list[tuple[float, float, float, float]]) -> tuple[float, float, float, float]:
    return (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    )  # fmt: skip


def main(what: str, path: str, number: int, dpi: float = 0.0) -> bytes:
    """What the command line asks for."""
    with Path(path).open("rb") as file:
        pdf = pypdfium2.PdfDocument(file)
        if what == "words":
            return json.dumps(list(words(pdf[number - 1]))).encode()
        if what == "picture":
            return lone_picture(pdf, number)
        return page_as_ppm(pdf, number, dpi, annotations=what == "page")


if __name__ == "__main__":
    try:
        answer = main(sys.argv[1], sys.argv[2], int(sys.argv[3]), *map(float, sys.argv[4:]))
    except (pypdfium2.PdfiumError, MemoryError, OSError, ValueError) as broken:
        sys.exit(str(broken) or type(broken).__name__)
    sys.stdout.buffer.write(answer)
