"""Pictures of places on a scan: cut from its upright pages, with what lies around them, the place itself framed."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
from PIL import Image as Pictures

from laodoc.document import BBox, Document
from laodoc.errors import AccessError, LaodocError
from laodoc.imaging.page import Image
from laodoc.imaging.paper import MM_PER_INCH
from laodoc.imaging.reopening import upright_again
from laodoc.imaging.source import SourceFile, open_source
from laodoc.messages import Message

AROUND_MM = (8.0, 2.5)
"""What is shown of the paper left and right, above and below: the words beside it, and no second line."""

FRAME = (200, 0, 0)
FRAME_MM = 0.25
CROP_DPI = 150
"""Resolution of the pictures: tone marks are still read, and a page of doubts stays small."""

COLOURS = 24
"""Of a picture: black, white, the greys between, the frame, and a stamp's ink."""

Place = tuple[int, BBox]
"""A page of the record, and a box on it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG, its size in pixels of `CROP_DPI`."""

    png: bytes
    width: int
    height: int


def scan_of(document: Document, scans: Sequence[Path], *, password: str | None = None) -> SourceFile:
    """The scan that the document was read from: the first of `scans` with its content.

    Raises:
        LaodocError: none can be opened, or none has that content; the message names the first.
    """
    refused: LaodocError | None = None
    for path in scans:
        try:
            source = open_source(path, name=str(path), password=password)
        except LaodocError as error:
            refused = refused or error
            continue
        if source.sha256 == document.source.sha256:
            return source
        refused = refused or AccessError(Message("scan-differs", path=path))
    raise refused or AccessError(Message("scan-place-unknown", name=document.source.name))


def cut(document: Document, source: SourceFile, places: Collection[Place]) -> Iterator[tuple[Place, Picture]]:
    """The pictures of these places, page by page; those of a page that cannot be shown any more are left out."""
    for page, image in upright_again(source, document.pages, {number for number, _ in places}):
        for number, box in sorted(places):
            if number == page.number:
                yield (number, box), picture_of(image.image, box, page.dpi)


def picture_of(page: Image, box: BBox, dpi: float) -> Picture:
    """The box on an upright page, grey (height, width) or RGB, of `dpi` pixels an inch, framed, with its surroundings;
    a box beyond the page is shown as far as the page goes."""
    height, width = page.shape[:2]
    beside, above = (round(mm / MM_PER_INCH * dpi) for mm in AROUND_MM)
    left, right = max(0, min(box.left - beside, width - 1)), min(width, max(box.right + beside, 1))
    top, bottom = max(0, min(box.top - above, height - 1)), min(height, max(box.bottom + above, 1))
    crop = page[top:bottom, left:right]
    colour = cv2.cvtColor(crop, cv2.COLOR_GRAY2RGB) if crop.ndim == 2 else crop.copy()
    thick = max(1, round(FRAME_MM / MM_PER_INCH * dpi))
    corner, other = (
        (box.left - left - thick, box.top - top - thick),
        (box.right - left + thick, box.bottom - top + thick),
    )
    cv2.rectangle(colour, corner, other, FRAME, thick)
    scale = min(1.0, CROP_DPI / dpi)
    size = (max(1, round(scale * colour.shape[1])), max(1, round(scale * colour.shape[0])))
    small = np.asarray(cv2.resize(colour, size, interpolation=cv2.INTER_AREA), np.uint8)
    content = BytesIO()
    Pictures.fromarray(small).quantize(COLOURS, dither=Pictures.Dither.NONE).save(content, format="PNG")
    return Picture(content.getvalue(), *size)
