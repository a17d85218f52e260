"""PDFs written by hand, object by object: odd ones, broken ones and hostile ones."""

import struct
import zlib
from collections.abc import Mapping
from io import BytesIO

import numpy as np
from PIL import Image as Pillow
from scanned_pages import letter

PAGE = letter(60, lines=6)
"""A grey scan of A4 with a few lines, small enough to be read in no time."""

HEIGHT, WIDTH = PAGE.shape
DRAW = b"q 595 0 0 842 0 0 cm /Im0 Do Q"
MEDIA = b"/MediaBox [0 0 595 842]"
GREY = b"/ColorSpace /DeviceGray /BitsPerComponent 8"
BITS = b"/ColorSpace /DeviceGray /BitsPerComponent 1"


def stream(data: bytes, keys: bytes = b"") -> bytes:
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(data), keys, data)


def picture(data: bytes, keys: bytes = GREY, *, width: int = WIDTH, height: int = HEIGHT) -> bytes:
    return stream(data, b"/Type /XObject /Subtype /Image /Width %d /Height %d %b" % (width, height, keys))


def flate(data: bytes) -> bytes:
    return zlib.compress(data)


def written(objects: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, with a right table; object 1 is the root."""
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, content in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    return bytes(out) + b"trailer << /Root 1 0 R /Size %d %b >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)


def one_page(
    *,
    image: bytes | None = None,
    content: bytes = DRAW,
    page: bytes = MEDIA,
    contents: bytes = b"/Contents 4 0 R",
    catalog: bytes = b"",
    more: Mapping[int, bytes] | None = None,
    trailer: bytes = b"",
) -> bytes:
    """A PDF of one page that is the scan, with something else about it; `content` draws it, or is a whole stream."""
    image = picture(flate(PAGE.tobytes()), GREY + b" /Filter /FlateDecode") if image is None else image
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R %b >>" % catalog,
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R %b %b /Resources << /XObject << /Im0 5 0 R >> /Font << /F1 6 0 R >> >> >>"
        % (page, contents),
        4: content if content.startswith(b"<<") else stream(content),
        5: image,
        6: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }
    return written({**objects, **(more or {})}, trailer)


def encoded(form: str, image: "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]" = PAGE, **options: object) -> bytes:
    """The picture in a format of Pillow's."""
    buffer = BytesIO()
    Pillow.fromarray(image).save(buffer, form, **options)
    return buffer.getvalue()


def fax(kind: str) -> bytes:
    """The scan's bits as a fax sends them, white as 0; `kind` is group3 or group4."""
    buffer = BytesIO()
    bits = Pillow.fromarray((PAGE < 128).astype(np.uint8) * 255).convert("1")
    bits.save(buffer, "TIFF", compression=kind, tiffinfo={278: HEIGHT})
    with Pillow.open(buffer) as tiff:
        (start,), (length,) = tiff.tag_v2[273], tiff.tag_v2[279]
    return buffer.getvalue()[start : start + length]


def jbig2() -> bytes:
    """The scan as JBIG2: a page and one region of it, coded as a fax."""
    region = struct.pack(">IIIIBB", WIDTH, HEIGHT, 0, 0, 0, 1) + fax("group4")
    page = struct.pack(">IIIIBH", WIDTH, HEIGHT, 0, 0, 0, 0)
    head = struct.pack(">IBBBI", 0, 48, 0, 1, len(page)) + page
    return head + struct.pack(">IBBBI", 1, 38, 0, 1, len(region)) + region


def many_pages(count: int) -> bytes:
    """One page that stands so often in the book."""
    return written({
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Count %d /Kids [%b] >>" % (count, b"3 0 R " * count),
        3: b"<< /Type /Page /Parent 2 0 R %b >>" % MEDIA,
    })  # fmt: skip


def laughing_pages(levels: int = 9, each: int = 10) -> bytes:
    """A book of `each`, each of `each` books, and so on: a billion pages in a kilobyte."""
    tree = {
        2 + level: b"<< /Type /Pages /Count %d /Kids [%b] >>"
        % (each ** (levels - level), b"%d 0 R " % (3 + level) * each)
        for level in range(levels)
    }
    return written({
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        **tree,
        2 + levels: b"<< /Type /Page %b >>" % MEDIA,
    })  # fmt: skip


def deep(levels: int = 100_000) -> bytes:
    """A page with an array in an array in an array …"""
    return one_page(page=MEDIA + b" /Odd " + b"[" * levels + b"]" * levels)
