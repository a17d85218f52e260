"""Bar codes and QR codes, read by zxing-cpp."""

import zxingcpp

from laodoc.document import BBox, Code
from laodoc.imaging.page import Image
from laodoc.imaging.resample import halved

ALL = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.AllReadable)
SMALL = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
"""What is looked for at full resolution too, its modules may be small: the code that letters carry."""

KINDS = {"QRCode": "qr", "QRCodeModel1": "qr", "QRCodeModel2": "qr", "MicroQRCode": "qr"}
"""Names of the record for zxing's; others keep zxing's in lower case."""

REDUCED = 0.5
"""Scale at which codes of bars, and codes that are blurred at full size, are looked for."""


def find_codes(grey: Image) -> tuple[Code, ...]:
    """The codes of a page, (height, width) uint8, from top to bottom; a code that cannot be decoded is none."""
    found = {
        (code.kind, code.value): code
        for code in (
            *_read(halved(grey), 1 / REDUCED, ALL),
            *_read(grey, 1.0, SMALL),
        )
    }
    return tuple(sorted(found.values(), key=lambda code: (code.bbox.top, code.bbox.left)))


def _read(grey: Image, scale: float, formats: zxingcpp.BarcodeFormats) -> list[Code]:
    """The codes of an upright page: square ones however they lie, bars only where they stand."""
    thorough = formats == ALL
    codes = zxingcpp.read_barcodes(grey, formats=formats, try_rotate=False, try_downscale=thorough, try_invert=False)
    height, width = grey.shape
    return [
        Code(kind=_kind(code), value=code.text, bbox=_box(code.position, scale, width, height))
        for code in codes
        if code.valid and code.text
    ]


def _kind(code: zxingcpp.Barcode) -> str:
    name = code.format.name
    return KINDS.get(name, name.lower())


def _box(position: zxingcpp.Position, scale: float, width: int, height: int) -> BBox:
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    xs, ys = [point.x for point in corners], [point.y for point in corners]
    return BBox(
        int(max(0, min(xs)) * scale),
        int(max(0, min(ys)) * scale),
        int((min(width - 1, max(xs)) + 1) * scale),
        int((min(height - 1, max(ys)) + 1) * scale),
    )
