"""Pictures of upright pages for the browser, made from the scan when they are first asked for and kept for a while."""

import threading
from collections import OrderedDict

import cv2
import numpy as np

from laodoc.archive.ledger import Ledger
from laodoc.archive.scans import scans_of
from laodoc.document import Document
from laodoc.errors import AccessError
from laodoc.export.crops import scan_of
from laodoc.imaging.page import Image, UprightPage
from laodoc.imaging.reopening import upright_again
from laodoc.messages import Message

SHOWN_DPI = 200
"""Of the picture beside the values: tone marks of 16-pt print are still 5 pixels high when it is enlarged."""

THUMB_HEIGHT = 160
JPEG_QUALITY = 82
MOST_PAGES = 48
"""Pictures that are kept: some 30 MB."""

MOST_AT_WORK = 2
"""Pages that are opened at the same time: each takes some 200 MB for a moment."""


class Pictures:
    """JPEGs of the pages of an archive. Safe to use from several threads."""

    def __init__(self, ledger: Ledger, password: str | None = None) -> None:
        self._ledger, self._password = ledger, password
        self._lock, self._work = threading.Lock(), threading.Semaphore(MOST_AT_WORK)
        self._kept: OrderedDict[tuple[str, int], tuple[bytes, bytes]] = OrderedDict()

    def page(self, document: Document, number: int, *, thumb: bool = False) -> bytes:
        """A page as a JPEG.

        Raises:
            LaodocError: the scan is not there any more, or cannot be opened.
        """
        key = (document.source.sha256, number)
        made = self._at_hand(key)
        if made is None:
            with self._work:
                made = self._at_hand(key) or self._made(document, number)
            with self._lock:
                self._kept[key] = made
                while len(self._kept) > MOST_PAGES:
                    self._kept.popitem(last=False)
        return made[1] if thumb else made[0]

    def _at_hand(self, key: tuple[str, int]) -> tuple[bytes, bytes] | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _made(self, document: Document, number: int) -> tuple[bytes, bytes]:
        upright = self.upright(document, number)
        image = upright.image
        return _jpeg(image, min(1.0, SHOWN_DPI / upright.dpi)), _jpeg(image, min(1.0, THUMB_HEIGHT / image.shape[0]))

    def upright(self, document: Document, number: int) -> UprightPage:
        """An upright page, as its record's boxes lie in it.

        Raises:
            LaodocError: the scan is not there any more, or cannot be opened.
        """
        with scans_of(self._ledger, document.source.sha256) as scans:
            source = scan_of(document, scans, password=self._password)
            for _, upright in upright_again(source, document.pages, {number}):
                return upright
        raise AccessError(Message("page-not-shown", name=document.source.name, page=number))


def _jpeg(image: Image, scale: float) -> bytes:
    height, width = image.shape[:2]
    small = cv2.resize(
        image, (max(1, round(scale * width)), max(1, round(scale * height))), interpolation=cv2.INTER_AREA
    )
    shown = small if small.ndim == 2 else cv2.cvtColor(small, cv2.COLOR_RGB2BGR)
    _, packed = cv2.imencode(".jpg", np.asarray(shown, np.uint8), (cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY))
    return packed.tobytes()
