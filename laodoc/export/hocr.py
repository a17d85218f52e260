"""Pages as hOCR 1.2: text with places as XHTML, a file for each document.

http://kba.github.io/hocr-spec/1.2/ - places are pixels of each page's picture as it lies in the scan, turned upright.
"""

from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version as version_of
from pathlib import Path
from xml.etree import ElementTree as Xml

from laodoc.document import BBox, Document, Line, Page
from laodoc.export.blocks import blocks_of
from laodoc.export.formats import Format, Item, Options, Output
from laodoc.export.frames import Frame, frame_of, framed_words, union
from laodoc.export.masking import open_document
from laodoc.export.xml_text import without_controls

CLASSES = {"table": "ocr_table", "stamp": "ocr_carea", None: "ocr_carea"}
CAPABILITIES = "ocr_page ocr_carea ocr_table ocr_par ocr_line ocrx_word"


def to_hocr(document: Document, scans: Sequence[Path] = ()) -> bytes:
    """The document as UTF-8 XHTML; `scans` are looked at only for photos, see `laodoc.export.frames`."""
    root = Xml.Element("html", {"xmlns": "http://www.w3.org/1999/xhtml", "lang": "th", "xml:lang": "th"})
    head = Xml.SubElement(root, "head")
    Xml.SubElement(head, "title").text = without_controls(document.source.name)
    Xml.SubElement(head, "meta", {"http-equiv": "Content-Type", "content": "text/html; charset=utf-8"})
    Xml.SubElement(head, "meta", {"name": "ocr-system", "content": f"laodoc {version_of('laodoc')}"})
    Xml.SubElement(head, "meta", {"name": "ocr-capabilities", "content": CAPABILITIES})
    Xml.SubElement(head, "meta", {"name": "ocr-langs", "content": "th"})
    Xml.SubElement(head, "meta", {"name": "ocr-number-of-pages", "content": str(len(document.pages))})
    body = Xml.SubElement(root, "body")
    for page in document.pages:
        _page(body, page, document, scans)
    doctype = b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
    return doctype + bytes(Xml.tostring(root, encoding="utf-8")) + b"\n"


def _page(body: Xml.Element, page: Page, document: Document, scans: Sequence[Path]) -> None:
    frame = frame_of(page, document, scans)
    name = without_controls(document.source.name).replace('"', "'").replace(";", ",")
    dpi = round(frame.dpi)
    whole = f"bbox 0 0 {frame.width} {frame.height}"
    told = f'image "{name}"; {whole}; ppageno {page.source_page - 1}; scan_res {dpi} {dpi}'
    leaf = _add(body, "div", "ocr_page", f"page_{page.number}", told)
    for number, block in enumerate(blocks_of(page), start=1):
        boxes = [frame.around(*line.bbox) for line in block.lines]
        area = _add(leaf, "div", CLASSES[block.kind], f"block_{page.number}_{number}", _box(union(boxes)))
        paragraph = _add(area, "p", "ocr_par", f"par_{page.number}_{number}", _box(union(boxes)))
        for place, (line, box) in enumerate(zip(block.lines, boxes, strict=True), start=1):
            _line(paragraph, line, box, frame, f"{page.number}_{number}_{place}")


def _line(paragraph: Xml.Element, line: Line, box: BBox, frame: Frame, number: str) -> None:
    """A line and its words; the spaces between them stand between their elements, and none stands anywhere else."""
    element = _add(paragraph, "span", "ocr_line", f"line_{number}", f"{_box(box)}; x_size {box.bottom - box.top}")
    element.tail = "\n"
    before: Xml.Element | None = None
    for place, word in enumerate(framed_words(line, frame), start=1):
        if before is not None and word.spaced:
            before.tail = " "
        told = f"{_box(word.box)}; x_wconf {round(100 * line.confidence)}"
        before = _add(element, "span", "ocrx_word", f"word_{number}_{place}", told)
        before.text = without_controls(word.text)


def _add(parent: Xml.Element, tag: str, kind: str, name: str, title: str) -> Xml.Element:
    return Xml.SubElement(parent, tag, {"class": kind, "id": name, "title": title})


def _box(box: BBox) -> str:
    return f"bbox {box.left} {box.top} {box.right} {box.bottom}"


def outputs(items: Iterable[Item], options: Options) -> Iterator[Output]:
    """A file for each document, without its secret pages."""
    for item in items:
        shown, hidden = open_document(item.document, unmask=options.unmask)
        secret = bool(item.document.pages) and not shown.pages
        yield Output(f"{item.stem}.hocr", None if secret else to_hocr(shown, item.scans), hidden)


FORMAT = Format(".hocr", "document", outputs)
