"""Pages as ALTO 4.4, the layout format of libraries and archives: a file for each page.

https://www.loc.gov/standards/alto/ - places are pixels of the page's picture as it lies in the scan, turned upright.
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

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
SCHEMA = "http://www.loc.gov/standards/alto/v4/alto-4-4.xsd"
VERSION = "4.4"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"


def to_alto(page: Page, document: Document, scans: Sequence[Path] = ()) -> bytes:
    """One page as UTF-8 XML; `scans` are looked at only for photos, see `laodoc.export.frames`."""
    frame = frame_of(page, document, scans)
    root = Xml.Element(
        "alto",
        {
            "xmlns": NAMESPACE,
            "xmlns:xsi": INSTANCE,
            "xsi:schemaLocation": f"{NAMESPACE} {SCHEMA}",
            "SCHEMAVERSION": VERSION,
        },
    )
    _describe(Xml.SubElement(root, "Description"), document)
    whole = BBox(0, 0, frame.width, frame.height)
    told = {"ID": f"page_{page.number}", "PHYSICAL_IMG_NR": str(page.source_page), "LANG": "th"}
    leaf = Xml.SubElement(Xml.SubElement(root, "Layout"), "Page", told)
    leaf.attrib |= {"WIDTH": str(frame.width), "HEIGHT": str(frame.height)}
    space = Xml.SubElement(leaf, "PrintSpace", _box(whole))
    _blocks(space, page, frame)
    Xml.indent(root)
    return bytes(Xml.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _describe(parent: Xml.Element, document: Document) -> None:
    Xml.SubElement(parent, "MeasurementUnit").text = "pixel"
    source = Xml.SubElement(parent, "sourceImageInformation")
    Xml.SubElement(source, "fileName").text = without_controls(document.source.name)
    Xml.SubElement(source, "fileIdentifier", {"fileIdentifierLocation": "sha256"}).text = document.source.sha256
    step = Xml.SubElement(parent, "Processing", {"ID": "reading"})
    Xml.SubElement(step, "processingCategory").text = "contentGeneration"
    engine = document.engine
    settings = " ".join(filter(None, (engine.name, engine.version, engine.sha256)))
    Xml.SubElement(step, "processingStepSettings").text = without_controls(settings)
    software = Xml.SubElement(step, "processingSoftware")
    Xml.SubElement(software, "softwareName").text = "laodoc"
    Xml.SubElement(software, "softwareVersion").text = version_of("laodoc")


def _blocks(parent: Xml.Element, page: Page, frame: Frame) -> None:
    """Blocks of lines; a table is a composed block, so that its text is not taken for prose."""
    for number, block in enumerate(blocks_of(page), start=1):
        boxes = [frame.around(*line.bbox) for line in block.lines]
        home = parent
        if block.kind:
            name = f"{block.kind}_{page.number}_{number}"
            home = Xml.SubElement(parent, "ComposedBlock", {"ID": name, **_box(union(boxes)), "TYPE": block.kind})
        text = Xml.SubElement(home, "TextBlock", {"ID": f"block_{page.number}_{number}", **_box(union(boxes))})
        for place, (line, box) in enumerate(zip(block.lines, boxes, strict=True), start=1):
            name = f"line_{page.number}_{number}_{place}"
            _line(Xml.SubElement(text, "TextLine", {"ID": name, **_box(box)}), line, frame)


def _line(parent: Xml.Element, line: Line, frame: Frame) -> None:
    before: BBox | None = None
    for word in framed_words(line, frame):
        if before and word.spaced:
            between = BBox(before.right, word.box.top, max(before.right, word.box.left), word.box.bottom)
            Xml.SubElement(parent, "SP", _box(between))
        said = {"CONTENT": without_controls(word.text), "WC": f"{line.confidence:.3f}"}
        Xml.SubElement(parent, "String", {**_box(word.box), **said})
        before = word.box


def _box(box: BBox) -> dict[str, str]:
    return {
        "HPOS": str(box.left),
        "VPOS": str(box.top),
        "WIDTH": str(box.right - box.left),
        "HEIGHT": str(box.bottom - box.top),
    }


def outputs(items: Iterable[Item], options: Options) -> Iterator[Output]:
    """A file for each page that may be shown."""
    for item in items:
        shown, hidden = open_document(item.document, unmask=options.unmask)
        for page in shown.pages:
            yield Output(f"{item.stem}_{page.number:04d}.xml", to_alto(page, shown, item.scans), hidden)
            hidden = 0
        if hidden:
            yield Output(f"{item.stem}.xml", None, hidden)


FORMAT = Format(".xml", "part", outputs)
