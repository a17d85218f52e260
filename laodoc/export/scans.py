"""The scans that documents were read from: found again, and as PDFs whose pages hold their pictures as they are."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import img2pdf
import pikepdf
from PIL import Image as Pillow
from PIL import ImageOps

from laodoc.errors import AccessError, DamagedInput
from laodoc.export.excerpt import scan_at_hand
from laodoc.export.formats import Item
from laodoc.imaging.frames import page_frames
from laodoc.imaging.opening import BROKEN, open_pdf
from laodoc.imaging.page import UnreadablePage
from laodoc.imaging.picture import BROKEN_PICTURE, FORMATS, read_picture, unlimited_pillow
from laodoc.imaging.source import SourceFile, open_source
from laodoc.messages import Message

EXIF_ORIENTATION = 0x0112
TURNS = {1: 0, 3: 180, 6: 90, 8: 270}
"""Clockwise degrees by which a picture with this EXIF tag is shown turned; the other tags mirror it."""


def find_scan(item: Item) -> Path:
    """The scan of a document.

    Raises:
        AccessError: it is not where it was, or is another one now.
    """
    found = scan_at_hand(item.scans, item.document.source.sha256)
    if found is None:
        where = ", ".join(map(str, item.scans)) or item.document.source.name
        changed = any(place.exists() for place in item.scans)
        raise AccessError(Message("scan-changed", where=where) if changed else Message("scan-gone", where=where))
    return found


@contextmanager
def scan_as_pdf(path: Path, password: str | None) -> Iterator[tuple[SourceFile, pikepdf.Pdf]]:
    """The scan and its pages: of a PDF its own, of a picture pages that hold its bytes as they are.

    Raises:
        LaodocError: see `laodoc.imaging.source.open_source`; DamagedInput where a picture cannot be laid on a page.
    """
    source = open_source(path, password=password)
    if source.kind == "pdf":
        with open_pdf(path, password) as pdf:
            yield source, pdf
        return
    with pikepdf.open(BytesIO(picture_pdf(source))) as pdf:
        yield source, pdf


def picture_pdf(source: SourceFile) -> bytes:
    """A picture as a PDF: JPEG, PNG and fax data as they are in the file, all else without loss.

    Raises:
        DamagedInput: it cannot be laid on a page.
    """
    pages = [read_picture(source.path, number) for number in range(1, source.page_count + 1)]
    sizes = []
    for page in pages:
        if isinstance(page, UnreadablePage):
            raise DamagedInput(Message("of-file", name=source.name, why=page.reason))
        sizes.append((page.image.shape[1] * page.to_source[0], page.image.shape[0] * page.to_source[0]))
    try:
        with unlimited_pillow(), Pillow.open(source.path, formats=FORMATS) as picture:
            plain, frames = _is_plain(picture), page_frames(picture)
            turn = TURNS.get(picture.getexif().get(EXIF_ORIENTATION, 1), 0) if plain else 0
            content = source.path.read_bytes() if plain else _opened_out(picture)
        with unlimited_pillow():
            made: bytes = img2pdf.convert(
                content,
                layout_fun=lambda width, height, dpi: (72.0, 72.0, 72.0, 72.0),
                first_frame_only=frames == (0,),
                rotation=img2pdf.Rotation.none,
                nodate=True,
                engine=img2pdf.Engine.pikepdf,
            )
    except (*BROKEN_PICTURE, *BROKEN, img2pdf.ImageOpenError) as broken:
        raise DamagedInput(Message("picture-not-laid", name=source.name)) from broken
    return _sized(made, frames, sizes, turn)


def _is_plain(picture: Pillow.Image) -> bool:
    """Whether the picture has no transparency (which img2pdf keeps out of PDFs) and is not mirrored."""
    clear = "transparency" in picture.info or picture.mode in ("RGBA", "LA", "PA", "RGBa", "La")
    return not clear and picture.getexif().get(EXIF_ORIENTATION, 1) in TURNS


def _opened_out(picture: Pillow.Image) -> bytes:
    """The picture on white, as it is shown, as a PNG."""
    shown = ImageOps.exif_transpose(picture).convert("RGBA")
    ground = Pillow.new("RGBA", shown.size, "white")
    content = BytesIO()
    Pillow.alpha_composite(ground, shown).convert("RGB").save(content, "PNG")
    return content.getvalue()


def _sized(content: bytes, frames: tuple[int, ...], sizes: list[tuple[float, float]], turn: int) -> bytes:
    """Of pages of a picture's frames those that are pages, of these sizes in points, as they are shown when turned."""
    out = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        for index in reversed(range(len(pdf.pages))):
            if index not in frames:
                del pdf.pages[index]
        for page, (width, height) in zip(pdf.pages, sizes, strict=True):
            wide, high = (height, width) if turn in (90, 270) else (width, height)
            page.mediabox = pikepdf.Array([0, 0, round(wide, 3), round(high, 3)])
            for box in ("/CropBox", "/TrimBox", "/BleedBox", "/ArtBox"):
                if box in page:
                    del page[box]
            (name,) = page.Resources.XObject.keys()
            page.Contents = pdf.make_stream(f"q {wide:.3f} 0 0 {high:.3f} 0 0 cm {name} Do Q".encode())
            if turn:
                page.Rotate = turn
        pdf.save(out, deterministic_id=True)
    return out.getvalue()
