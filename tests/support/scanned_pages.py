"""Pages of Thai text and the files that they come in, made for the tests of imaging."""

import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import cv2
import fontpkg_sarabun
import numpy as np
import pikepdf
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from laodoc.imaging.affine import fitted, rotating
from laodoc.imaging.page import Image, SourcePage
from laodoc.imaging.resample import moved

TEXT = (
    "ด้วยสำนักงานได้รับแจ้งว่าโครงการปรับปรุงถนนในพื้นที่ดำเนินการแล้วเสร็จ",
    "จึงขอให้หน่วยงานที่เกี่ยวข้องตรวจสอบความถูกต้องของข้อมูลและรายงานผล",
    "ให้ทราบภายในวันที่ ๑๕ มิถุนายน ๒๕๖๖ เพื่อจะได้รวบรวมเสนอต่อไป",
    "ทั้งนี้ หากมีข้อสงสัยสามารถสอบถามได้ที่กลุ่มงานบริหารทั่วไป",
)
FONT = next(Path(fontpkg_sarabun.__file__).parent.rglob("Sarabun-Regular.ttf"))


@cache
def font(pixels: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), pixels)


def letter(dpi: int = 150, *, width_mm: float = 210.0, height_mm: float = 297.0, lines: int = 16) -> Image:
    """A grey page of running text in 14 points, black on white."""
    mm = dpi / 25.4
    page = Pillow.new("L", (round(width_mm * mm), round(height_mm * mm)), 255)
    pen = ImageDraw.Draw(page)
    for index in range(lines):
        pen.text((25 * mm, (30 + 9 * index) * mm), TEXT[index % len(TEXT)], fill=20, font=font(round(14 * dpi / 72)))
    return np.array(page, dtype=np.uint8)


def ruled(dpi: int = 150, *, rows: int = 20) -> Image:
    """A grey page with nothing but a ruled table of numbers."""
    mm = dpi / 25.4
    page = Pillow.new("L", (round(210 * mm), round(297 * mm)), 255)
    pen = ImageDraw.Draw(page)
    xs, ys = [25 * mm + 40 * mm * k for k in range(5)], [30 * mm + 10 * mm * k for k in range(rows + 1)]
    for x in xs:
        pen.line((x, ys[0], x, ys[-1]), fill=0, width=max(1, round(0.3 * mm)))
    for y in ys:
        pen.line((xs[0], y, xs[-1], y), fill=0, width=max(1, round(0.3 * mm)))
    for row in range(rows):
        for column, text in enumerate(("ลำดับ", "อำเภอเมือง", "๑๒๓", "๔,๕๖๗")):
            at = (xs[column] + 3 * mm, ys[row] + 1.5 * mm)
            pen.text(at, text, fill=20, font=font(round(13 * dpi / 72)))
    return np.array(page, dtype=np.uint8)


def askew(page: Image, degrees: float) -> Image:
    """The page turned clockwise on white, large enough to hold it."""
    there, width, height = fitted(rotating(degrees), float(page.shape[1]), float(page.shape[0]))
    return moved(page, there, round(width), round(height))


def source_page(image: Image, dpi: float = 150.0) -> SourcePage:
    return SourcePage(1, image, dpi, (72 / dpi, 0.0, 0.0, 0.0, 72 / dpi, 0.0))


def photographed(page: Image, corners: Sequence[tuple[float, float]], size: tuple[int, int]) -> Image:
    """An RGB photo (width, height) of the page lying on brown wood, its corners clockwise from the top left."""
    height, width = page.shape
    flat = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    matrix = cv2.getPerspectiveTransform(flat, np.array(corners, np.float32))
    rgb = cv2.cvtColor(page, cv2.COLOR_GRAY2RGB)
    photo = np.full((size[1], size[0], 3), (90, 70, 50), np.uint8)
    paper = cv2.warpPerspective(rgb, matrix, size, flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full_like(page, 255), matrix, size)
    photo[mask > 127] = paper[mask > 127]
    shade = np.linspace(0.6, 0.95, size[0])[None, :, None]
    return (photo * shade).astype(np.uint8)


def pdf_of(path: Path, *images: Image) -> Path:
    """A PDF with a page for each picture (grey or RGB, 150 dpi)."""
    with pikepdf.new() as pdf:
        for image in images:
            add_page(pdf, image)
        pdf.save(path)
    return path


def add_page(
    pdf: pikepdf.Pdf,
    image: Image,
    *,
    before: bytes = b"",
    after: bytes = b"",
    picture_keys: dict[str, object] | None = None,
) -> pikepdf.Page:
    """Append a page that is one picture at 150 dpi, with `before` and `after` around it in the content stream."""
    height, width = image.shape[:2]
    keys = {
        "Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Image, "Width": width, "Height": height,
        "BitsPerComponent": 8, "Filter": pikepdf.Name.FlateDecode,
        "ColorSpace": pikepdf.Name.DeviceGray if image.ndim == 2 else pikepdf.Name.DeviceRGB,
    }  # fmt: skip
    picture = pdf.make_stream(zlib.compress(image.tobytes()), **(keys | (picture_keys or {})))
    across, down = width * 72 / 150, height * 72 / 150
    content = before + f"\nq {across} 0 0 {down} 0 0 cm /Im0 Do Q\n".encode() + after
    helvetica = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )  # fmt: skip
    page = pdf.make_indirect(pikepdf.Dictionary(
        Type=pikepdf.Name.Page, MediaBox=[0, 0, across, down], Contents=pdf.make_stream(content),
        Resources=pikepdf.Dictionary(
            XObject=pikepdf.Dictionary(Im0=picture), Font=pikepdf.Dictionary(F1=helvetica)
        ),
    ))  # fmt: skip
    pdf.pages.append(pikepdf.Page(page))
    return pdf.pages[-1]
