"""A box that somebody has drawn around words on a scan, read at once."""

import threading

from laodoc.document import Document
from laodoc.pipeline import engine_of_this_process
from laodoc.recognition.engines import DEFAULT_ENGINE
from laodoc.server.pictures import Pictures
from laodoc.server.settings import Settings

LEAST_PIXELS = 8
"""Of a box each way: smaller ones are slips of the hand."""

_ONE_AT_A_TIME = threading.Lock()


def read_box(
    pictures: Pictures, settings: Settings, document: Document, number: int, box: tuple[int, int, int, int]
) -> tuple[str, float]:
    """(text, confidence) of the line of words in a box of pixels of the upright page; nothing where the box is empty.

    Raises:
        LaodocError: the scan is not there any more, or the engine is not installed.
    """
    grey = pictures.upright(document, number).grey
    left, top, right, bottom = box
    line = grey[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
    if min(line.shape) < LEAST_PIXELS:
        return "", 0.0
    with _ONE_AT_A_TIME:
        (reading,) = engine_of_this_process(settings.engine or DEFAULT_ENGINE, settings.timeout_s).read([line])
    return reading.text, reading.confidence
