"""The matrix of odd, broken and hostile files: what each is, which exit code it earns, and what the line says.

A file that is merely odd is read (code 0), and `lines` of its six lines of text are found at least.
"""

import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import hostile_pdfs as pdfs
import numpy as np
import pikepdf
from hostile_pdfs import BITS, DRAW, GREY, HEIGHT, MEDIA, PAGE, WIDTH, encoded, fax, flate, one_page, picture, stream
from PIL import Image as Pillow

OK, UNREADABLE, ABSENT, CHILD, LOCKED = 0, 2, 5, 7, 8

PACKED = flate(PAGE.tobytes())
RGB = np.dstack([PAGE, PAGE, np.full_like(PAGE, 200)])


@dataclass(frozen=True)
class Case:
    """A file of the matrix."""

    what: str
    make: Callable[[], bytes]
    code: int = OK
    says: str = ""
    lines: int = 0
    suffix: str = "pdf"
    timeout_s: float = 60.0


def _filtered(form: bytes, data: bytes, keys: bytes = GREY) -> bytes:
    return one_page(image=picture(data, keys + b" /Filter /" + form))


def _ccitt(kind: str, k: int) -> bytes:
    keys = b"/DecodeParms << /K %d /Columns %d /Rows %d >> " % (k, WIDTH, HEIGHT)
    return _filtered(b"CCITTFaxDecode", fax(kind), BITS + keys)


def _jpeg(mode: str) -> bytes:
    buffer = BytesIO()
    Pillow.fromarray(RGB).convert(mode).save(buffer, "JPEG")
    return buffer.getvalue()


def _saved(change: Callable[[pikepdf.Pdf], object] | None = None, **options: object) -> bytes:
    """The plain PDF, changed and saved anew."""
    buffer = BytesIO()
    with pikepdf.open(BytesIO(one_page())) as pdf:
        if change:
            change(pdf)
        pdf.save(buffer, **options)
    return buffer.getvalue()


def _locked(user: str, level: int) -> bytes:
    return _saved(encryption=pikepdf.Encryption(user=user, owner="master", R=level, metadata=level > 3, aes=level > 3))


def _attach(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["virus.exe"] = b"MZ" + bytes(100)


def _animated() -> bytes:
    frames = [Pillow.fromarray(np.full_like(RGB, shade)) for shade in (200, 100)]
    buffer = BytesIO()
    Pillow.fromarray(RGB).save(buffer, "WEBP", save_all=True, append_images=frames, lossless=True)
    return buffer.getvalue()


def _tiff(pages: int) -> bytes:
    buffer = BytesIO()
    Pillow.fromarray(PAGE).save(buffer, "TIFF", save_all=True, append_images=[Pillow.fromarray(PAGE)] * (pages - 1))
    return buffer.getvalue()


def _tiff_loop() -> bytes:
    """A TIFF whose first directory names itself as the next."""
    data = bytearray(_tiff(1))
    start = int.from_bytes(data[4:8], "little")
    entries = int.from_bytes(data[start : start + 2], "little")
    data[start + 2 + 12 * entries : start + 6 + 12 * entries] = data[4:8]
    return bytes(data)


def _claims(width: int, height: int) -> bytes:
    """A PNG that claims to be so large; its checksum is right, its pixels are few."""
    data = bytearray(encoded("PNG"))
    data[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4, "big")
    return bytes(data)


def _zip(name: str, content: bytes) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        out.writestr(name, content)
    return buffer.getvalue()


def _with_exif(orientation: int, garbage: bytes = b"") -> bytes:
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    return encoded("JPEG", exif=garbage or exif)


SCRIPT = b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\); while\\(true\\){}) >>"
LAUNCH = b"/OpenAction << /S /Launch /F (touch) /Win << /F (cmd.exe) /P (/c calc) >> >>"
FORM = {7: b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Somchai) /Rect [50 700 200 720] /P 3 0 R >>"}
SHADED = b"q 0.2 g 50 50 200 300 re f 0 0 m 500 500 l S Q BT /F1 18 Tf 60 600 Td (Vectors only) Tj ET"
SELF_FORM = {5: stream(b"/Im0 Do", b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /Im0 5 0 R >> >>")}  # fmt: skip

MATRIX = (
    # not what they say
    Case("empty", lambda: b"", UNREADABLE, "empty"),
    Case("text", lambda: b"Dear Sir,\n" * 40, UNREADABLE, "neither a PDF nor"),
    Case("html", lambda: b"<!doctype html><html><body>404</body></html>", UNREADABLE, "neither a PDF nor"),
    Case("svg", lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>', UNREADABLE, "neither a PDF nor"),
    Case("a Word file", lambda: _zip("word/document.xml", b"<w/>"), UNREADABLE, "neither a PDF nor"),
    Case("zeros", lambda: bytes(1 << 20), UNREADABLE, "neither a PDF nor"),
    Case("a picture called pdf", lambda: encoded("PNG"), lines=6),
    Case("a PDF called jpg", one_page, lines=6, suffix="jpg"),
    Case("a GIF", lambda: encoded("GIF"), UNREADABLE, "neither a PDF nor", suffix="png"),
    # broken as a whole
    Case("header only", lambda: b"%PDF-1.7\n", UNREADABLE, "truncated"),
    Case("header and end", lambda: b"%PDF-1.7\n%%EOF\n", UNREADABLE, "damaged"),
    Case("first third", lambda: one_page()[:700], UNREADABLE, "truncated"),
    Case("last bytes missing", lambda: one_page()[:-30], UNREADABLE, "truncated"),
    Case("wrong table", lambda: one_page().replace(b"startxref\n", b"startxref\n9"), lines=6),
    Case("table of zeros", lambda: one_page().replace(b" 00000 n", b" 00000 f"), UNREADABLE, "damaged"),
    Case("table that names itself as the one before", lambda: one_page(trailer=b"/Prev 9"), lines=6),
    Case("no root", lambda: one_page().replace(b"/Root 1 0 R", b"/Boot 1 0 R"), UNREADABLE, "damaged"),
    Case("root is a number", lambda: one_page(more={1: b"7"}), UNREADABLE, "damaged"),
    Case("junk before", lambda: b"\x00junk\r\n" * 100 + one_page(), lines=6),
    Case("junk behind", lambda: one_page() + b"\x00" * 500, lines=6),
    Case("zeros behind", lambda: one_page() + bytes(4096), lines=6),
    Case("lines ended as on a Mac", lambda: one_page(content=DRAW.replace(b" ", b"\r")), lines=6),
    # pages
    Case("no pages", lambda: one_page(more={2: b"<< /Type /Pages /Kids [] /Count 0 >>"}), UNREADABLE, "no pages"),
    Case("pages that hold themselves", lambda: one_page(more={2: b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"}), UNREADABLE, "damaged"),
    Case("page that is a number", lambda: one_page(more={3: b"42"}), UNREADABLE),
    Case("count that lies", lambda: one_page(more={2: b"<< /Type /Pages /Kids [3 0 R] /Count 99999999 >>"}), UNREADABLE, "damaged"),
    Case("ten thousand pages", lambda: pdfs.many_pages(10_000), UNREADABLE, "10000 pages"),
    Case("a billion pages", pdfs.laughing_pages, UNREADABLE, "damaged"),
    Case("arrays in arrays", pdfs.deep, UNREADABLE),
    Case("no contents", lambda: one_page(contents=b"")),
    Case("contents that are not there", lambda: one_page(contents=b"/Contents 99 0 R"), UNREADABLE, "damaged"),
    Case("contents with a hole", lambda: one_page(contents=b"/Contents [null 4 0 R 99 0 R]"), UNREADABLE, "damaged"),
    Case("reversed media box", lambda: one_page(page=b"/MediaBox [595 842 0 0]"), lines=6),
    Case("no media box", lambda: one_page(page=b""), lines=6),
    Case("media box of words", lambda: one_page(page=b"/MediaBox [/a /b /c /d]"), lines=6),
    Case("media box of nothing", lambda: one_page(page=b"/MediaBox [0 0 0 0]"), UNREADABLE, "no size"),
    Case("media box without end", lambda: one_page(page=b"/MediaBox [0 0 1e30 1e30]"), lines=6),
    Case("crop box outside", lambda: one_page(page=MEDIA + b" /CropBox [2000 2000 3000 3000]")),
    Case("crop box of nothing", lambda: one_page(page=MEDIA + b" /CropBox [9 9 9 9]")),
    Case("a point of paper", lambda: one_page(page=b"/MediaBox [0 0 1 1]")),
    Case("five metres of paper", lambda: one_page(page=b"/MediaBox [0 0 14400 14400]", content=b"0 0 m 9 9 l S"), UNREADABLE, "megapixels"),
    Case("unit of a metre", lambda: one_page(page=MEDIA + b" /UserUnit 2834"), lines=6),
    Case("turned by 45", lambda: one_page(page=MEDIA + b" /Rotate 45"), lines=6),
    Case("turned upside down", lambda: one_page(page=MEDIA + b" /Rotate -180")),
    Case("vectors only", lambda: one_page(content=SHADED)),
    Case("form that draws itself", lambda: one_page(more=SELF_FORM)),
    Case("a hundred thousand saved states", lambda: one_page(content=b"q " * 100_000 + DRAW), lines=6),
    Case("contents that are a bomb", lambda: one_page(content=stream(flate(b"q Q " * (40 << 20)), b"/Filter /FlateDecode")), CHILD, "did not answer", timeout_s=2),
    Case("contents packed five times", lambda: one_page(content=stream(b"x", b"/Filter [" + b"/FlateDecode " * 5 + b"]")), OK),
    # pictures of pages
    Case("2400 dpi", lambda: one_page(page=b"/MediaBox [0 0 24 34]", content=b"q 24 0 0 34 0 0 cm /Im0 Do Q")),
    Case("200 by 100 dpi", lambda: one_page(image=picture(flate(PAGE[::2].tobytes()), GREY + b" /Filter /FlateDecode", height=len(PAGE[::2]))), lines=6),
    Case("JBIG2", lambda: _filtered(b"JBIG2Decode", pdfs.jbig2(), BITS), lines=6),
    Case("JBIG2 cut off", lambda: _filtered(b"JBIG2Decode", pdfs.jbig2()[:60], BITS), UNREADABLE, "damaged"),
    Case("fax group 4", lambda: _ccitt("group4", -1), lines=6),
    Case("fax group 3", lambda: _ccitt("group3", 0), lines=6),
    Case("JPEG 2000", lambda: _filtered(b"JPXDecode", encoded("JPEG2000")), lines=6),
    Case("JPEG 2000 cut off", lambda: _filtered(b"JPXDecode", encoded("JPEG2000")[:300]), UNREADABLE),
    Case("CMYK JPEG", lambda: _filtered(b"DCTDecode", _jpeg("CMYK"), b"/ColorSpace /DeviceCMYK /BitsPerComponent 8 /Decode [1 0 1 0 1 0 1 0]"), lines=6),
    Case("JPEG cut off", lambda: _filtered(b"DCTDecode", encoded("JPEG")[:2000]), UNREADABLE, "damaged"),
    Case("pixels cut off", lambda: _filtered(b"FlateDecode", PACKED[:1000]), UNREADABLE, "damaged"),
    Case("damaged ICC profile", lambda: one_page(image=picture(PACKED, b"/BitsPerComponent 8 /Filter /FlateDecode /ColorSpace [/ICCBased 7 0 R]"), more={7: stream(b"no profile" * 30, b"/N 1 /Alternate /DeviceGray")}), lines=6),
    Case("unknown filter", lambda: _filtered(b"NoSuchDecode", PACKED), UNREADABLE, "damaged"),
    Case("unknown colours", lambda: one_page(image=picture(PACKED, b"/BitsPerComponent 8 /Filter /FlateDecode /ColorSpace /Nothing")), UNREADABLE, "damaged"),
    Case("no width", lambda: one_page(image=stream(PACKED, b"/Subtype /Image /Height 100 /Filter /FlateDecode " + GREY)), UNREADABLE, "no size"),
    Case("negative height", lambda: one_page(image=picture(PACKED, GREY + b" /Filter /FlateDecode", height=-HEIGHT)), UNREADABLE, "no size"),
    Case("picture of no size", lambda: one_page(image=picture(b"", GREY, width=0, height=0)), UNREADABLE, "no size"),
    Case("picture of a gigapixel", lambda: one_page(image=picture(b"", GREY, width=40_000, height=40_000)), UNREADABLE, "megapixels"),
    Case("pixels that are a bomb", lambda: _filtered(b"FlateDecode", flate(bytes(200 << 20))), OK),
    Case("picture as its own mask", lambda: one_page(image=picture(PACKED, GREY + b" /Filter /FlateDecode /SMask 5 0 R"))),
    Case("inline picture", lambda: one_page(content=b"q 595 0 0 842 0 0 cm BI /W 8 /H 8 /BPC 8 /CS /G ID " + bytes(64) + b" EI Q")),
    # what PDFs carry beside paper
    Case("JavaScript", lambda: one_page(catalog=SCRIPT), lines=6),
    Case("a program to launch", lambda: one_page(catalog=LAUNCH), lines=6),
    Case("embedded files", lambda: _saved(_attach), lines=6),
    Case("form fields", lambda: one_page(page=MEDIA + b" /Annots [7 0 R]", catalog=b"/AcroForm << /Fields [7 0 R] >>", more=FORM), lines=6),
    Case("annotation that is not there", lambda: one_page(page=MEDIA + b" /Annots [99 0 R 3 0 R]"), lines=6),
    Case("packed objects", lambda: _saved(object_stream_mode=pikepdf.ObjectStreamMode.generate), lines=6),
    Case("for the web", lambda: _saved(linearize=True), lines=6),
    Case("for the web, cut off", lambda: _saved(linearize=True)[:3000], UNREADABLE, "truncated"),
    Case("owner's password only", lambda: _locked("", 6), lines=6),
    Case("owner's password only, RC4", lambda: _locked("", 3), lines=6),
    Case("password", lambda: _locked("key", 6), LOCKED, "--password"),
    Case("encrypted by nobody knows what", lambda: one_page(trailer=b"/Encrypt << /Filter /Odd >>"), UNREADABLE),
    # pictures
    Case("one pixel", lambda: encoded("PNG", PAGE[:1, :1]), suffix="png"),
    Case("a thread of pixels", lambda: encoded("PNG", np.full((20_000, 1), 255, np.uint8)), UNREADABLE, "narrow", suffix="png"),
    Case("all black", lambda: encoded("PNG", np.zeros_like(PAGE)), suffix="png"),
    Case("PNG cut off", lambda: encoded("PNG")[:1500], UNREADABLE, "damaged", suffix="png"),
    Case("PNG of a header", lambda: encoded("PNG")[:40], UNREADABLE, "damaged", suffix="png"),
    Case("PNG with a wrong checksum", lambda: encoded("PNG")[:29] + b"\0\0\0\0" + encoded("PNG")[33:], UNREADABLE, "damaged", suffix="png"),
    Case("PNG of a gigapixel", lambda: _claims(40_000, 40_000), UNREADABLE, "megapixels", suffix="png"),
    Case("PNG with a damaged profile", lambda: encoded("PNG", icc_profile=b"no profile" * 20), lines=6, suffix="png"),
    Case("PNG of 16 bits", lambda: encoded("PNG", PAGE.astype(np.uint16) * 257), lines=6, suffix="png"),
    Case("JPEG picture cut off", lambda: encoded("JPEG")[:2000], UNREADABLE, "damaged", suffix="jpg"),
    Case("JPEG of a header", lambda: encoded("JPEG")[:20], UNREADABLE, "damaged", suffix="jpg"),
    Case("progressive JPEG", lambda: encoded("JPEG", progressive=True), lines=6, suffix="jpg"),
    Case("CMYK picture", lambda: _jpeg("CMYK"), lines=6, suffix="jpg"),
    Case("upside down by EXIF", lambda: _with_exif(3), suffix="jpg"),
    Case("EXIF of nonsense", lambda: _with_exif(1, b"Exif\0\0II*\0\xff\xff\xff\xff"), lines=6, suffix="jpg"),
    Case("animated WebP", _animated, lines=6, suffix="webp"),
    Case("WebP cut off", lambda: _animated()[:900], UNREADABLE, suffix="webp"),
    Case("TIFF of three pages", lambda: _tiff(3), lines=6, suffix="tif"),
    Case("TIFF cut off", lambda: _tiff(1)[:900], UNREADABLE, suffix="tif"),
    Case("TIFF that goes round", _tiff_loop, lines=6, suffix="tif"),
    Case("TIFF of a header", lambda: b"II*\0\xff\xff\xff\x7f", UNREADABLE, "damaged", suffix="tif"),
    Case("BMP cut off", lambda: encoded("BMP")[:900], UNREADABLE, suffix="bmp"),
    Case("BMP of a gigapixel", lambda: encoded("BMP")[:18] + b"\x40\x9c\0\0\x40\x9c\0\0" + encoded("BMP")[26:], UNREADABLE, "megapixels", suffix="bmp"),
)  # fmt: skip
