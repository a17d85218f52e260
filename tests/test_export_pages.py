"""Pages for people and for libraries: Markdown, HTML, hOCR and ALTO, read again by other programs."""

import re
from collections.abc import Callable, Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
import scanning
from hypothesis import given
from hypothesis import strategies as st
from test_public import document as table_document

from benchmarks.printed_words import Box, PrintedWord, printed_words
from benchmarks.text_places import around, joined, matched, share, union
from laodoc.document import BBox, Document, Field, Page
from laodoc.export.alto import to_alto
from laodoc.export.blocks import blocks_of
from laodoc.export.command import write_export
from laodoc.export.formats import Item, Options, format_named
from laodoc.export.frames import frame_of
from laodoc.export.hocr import to_hocr
from laodoc.export.html import to_html
from laodoc.export.md import escaped, to_md
from laodoc.imaging.affine import after, apply, scaling, turning
from laodoc.imaging.page import SourcePage
from laodoc.imaging.sheet import read_sheet
from laodoc.imaging.source import open_source

__all__ = ["table_document"]

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
NAMES = ("external_letter", "internal_memo", "turned_two_level", "phone_photo")
WELL_PLACED = 0.9
"""Of the words; 95 in 100 over all samples, see docs/benchmarks.md, fewer on a faint photocopy with dotted leaders."""

ALTO = "{http://www.loc.gov/standards/alto/ns-v4#}"
XHTML = "{http://www.w3.org/1999/xhtml}"
PLACE = frozenset(("HPOS", "VPOS", "WIDTH", "HEIGHT"))
RULES: dict[str, tuple[frozenset[str], frozenset[str], str]] = {
    "alto": (frozenset(), frozenset(("SCHEMAVERSION", "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation")),
             "Description Layout"),
    "Description": (frozenset(), frozenset(), "MeasurementUnit sourceImageInformation Processing"),
    "MeasurementUnit": (frozenset(), frozenset(), ""),
    "sourceImageInformation": (frozenset(), frozenset(), "fileName fileIdentifier"),
    "fileName": (frozenset(), frozenset(), ""),
    "fileIdentifier": (frozenset(), frozenset(("fileIdentifierLocation",)), ""),
    "Processing": (frozenset(("ID",)), frozenset(), "processingCategory processingStepSettings processingSoftware"),
    "processingCategory": (frozenset(), frozenset(), ""),
    "processingStepSettings": (frozenset(), frozenset(), ""),
    "processingSoftware": (frozenset(), frozenset(), "softwareName softwareVersion"),
    "softwareName": (frozenset(), frozenset(), ""),
    "softwareVersion": (frozenset(), frozenset(), ""),
    "Layout": (frozenset(), frozenset(), "Page"),
    "Page": (frozenset(("ID", "PHYSICAL_IMG_NR")), frozenset(("WIDTH", "HEIGHT", "LANG")), "PrintSpace"),
    "PrintSpace": (frozenset(), PLACE, "(ComposedBlock|TextBlock)*"),
    "ComposedBlock": (frozenset(("ID",)), PLACE | {"TYPE"}, "(ComposedBlock|TextBlock)*"),
    "TextBlock": (frozenset(("ID",)), PLACE, "(TextLine)*"),
    "TextLine": (frozenset(), PLACE | {"ID"}, "(String|SP)+"),
    "String": (frozenset(("CONTENT",)), PLACE | {"WC"}, ""),
    "SP": (frozenset(), PLACE, ""),
}  # fmt: skip
"""Of ALTO 4.4, for the elements that are written: required and other attributes, and the children in their order."""


@pytest.fixture(scope="module")
def scanned() -> Callable[[str], Item]:
    """A sample as an item."""

    def item(name: str) -> Item:
        path = next(path for path in SAMPLES.glob(f"{name}.*") if path.suffix in (".pdf", ".jpg"))
        return Item(scanning.scanned(path), (path,))

    return item


def alto_page(item: Item, number: int = 1) -> Xml.Element:
    """A page of the item's ALTO, which keeps its rules."""
    page = item.document.pages[number - 1]
    root = Xml.fromstring(to_alto(page, item.document, item.scans))
    keep_rules(root)
    return root


def keep_rules(element: Xml.Element) -> None:
    """Every element has the attributes and children that ALTO 4.4 lets it have, in order, and ids are there once."""
    ids = [found.get("ID") for found in element.iter() if found.get("ID")]
    assert len(ids) == len(set(ids))
    for found in element.iter():
        name = found.tag.removeprefix(ALTO)
        required, others, children = RULES[name]
        assert required <= set(found.attrib) <= required | others, name
        order = "".join(f"{child.tag.removeprefix(ALTO)} " for child in found)
        assert re.fullmatch(re.sub(r"(\w+) ?", r"\1 ", children), order), (name, order)
        for measure in PLACE & set(found.attrib):
            assert float(found.attrib[measure]) >= 0
        if "WC" in found.attrib:
            assert 0 <= float(found.attrib["WC"]) <= 1


def box_of(element: Xml.Element) -> Box:
    left, top, width, height = (float(element.attrib[name]) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
    return left, top, left + width, top + height


def upright_print(name: str, page: Page) -> list[tuple[PrintedWord, Box]]:
    """The words as they are printed, in pixels of the scan turned upright, with their lines' height."""
    words, (width, height) = printed_words(name)[page.number - 1]
    there = turning(page.rotation, width, height)
    moved = []
    heights: dict[int, Box] = {}
    for word in words:
        box = around([apply(there, x, y) for x in word.box[::2] for y in word.box[1::2]])
        moved.append(PrintedWord(word.text, word.run, word.line, box))
        heights[word.line] = union(heights.get(word.line, box), box)
    return joined([(w, (w.box[0], heights[w.line][1], w.box[2], heights[w.line][3])) for w in moved])


@pytest.mark.parametrize("name", NAMES)
def test_alto_strings_lie_on_their_print(name: str, scanned: Callable[[str], Item]) -> None:
    """In pixels of the scan, turned upright: askew, turned and photographed pages too. The page has the scan's size."""
    item = scanned(name)
    page = item.document.pages[0]
    root = alto_page(item)
    found = [(string.attrib["CONTENT"], box_of(string)) for string in root.iter(f"{ALTO}String")]
    placed, lost = matched(upright_print(name, page), found)
    assert len(placed) > 10 * lost
    assert share(placed) >= (WELL_PLACED if name != "internal_memo" else 0.85)
    _, (width, height) = printed_words(name)[0]
    if page.rotation in (90, 270):
        width, height = height, width
    leaf = next(root.iter(f"{ALTO}Page"))
    assert abs(int(leaf.attrib["WIDTH"]) - width) <= 1
    assert abs(int(leaf.attrib["HEIGHT"]) - height) <= 1


def test_hocr_says_the_same_places_and_text(scanned: Callable[[str], Item]) -> None:
    """Word by word as ALTO has it; each line's text comes out as it was read, with its spaces and no others."""
    item = scanned("turned_two_level")
    root = Xml.fromstring(to_hocr(item.document, item.scans))
    words = [element for element in root.iter(f"{XHTML}span") if element.get("class") == "ocrx_word"]
    strings = list(alto_page(item).iter(f"{ALTO}String"))
    assert [word.text for word in words] == [string.attrib["CONTENT"] for string in strings]
    for word, string in zip(words, strings, strict=True):
        match = re.match(r"bbox (\d+) (\d+) (\d+) (\d+); x_wconf (\d+)$", word.attrib["title"])
        assert match
        assert tuple(float(match[n]) for n in range(1, 5)) == box_of(string)
    lines = ["".join(e.itertext()) for e in root.iter(f"{XHTML}span") if e.get("class") == "ocr_line"]
    assert lines == [line.text for page in item.document.pages for line in page.lines if line.text.strip()]
    (page,) = (element for element in root.iter() if element.get("class") == "ocr_page")
    assert page.attrib["title"] == 'image "turned_two_level.pdf"; bbox 0 0 1653 2339; ppageno 0; scan_res 200 200'
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    assert {e.attrib["class"] for e in root.iter() if "class" in e.attrib} <= set(
        next(m.attrib["content"] for m in root.iter(f"{XHTML}meta") if m.get("name") == "ocr-capabilities").split()
    )


@pytest.mark.parametrize("name", ["external_letter", "internal_memo", "turned_two_level"])
def test_the_frame_is_that_of_the_scan_itself(name: str, scanned: Callable[[str], Item]) -> None:
    """Found from the record alone, it is where the scan's own pixels lie, to the pixel."""
    item = scanned(name)
    (page,) = item.document.pages
    (shown,) = read_sheet(open_source(item.scans[0]), 1)
    assert isinstance(shown, SourcePage)
    height, width = shown.image.shape[:2]
    pixels = scaling(1 / shown.to_source[0], 1 / shown.to_source[4])
    truth = after(turning(page.rotation, width, height), after(pixels, page.to_source))
    frame = frame_of(page, item.document)
    for x, y in ((0, 0), (page.width, 0), (page.width / 3, page.height), (page.width, page.height)):
        assert frame.place(x, y) == pytest.approx(apply(truth, x, y), abs=1.5)


def test_a_photo_that_is_not_at_hand_has_the_frame_of_its_flat_sheet(scanned: Callable[[str], Item]) -> None:
    """Places are then those of the sheet alone, level and within it."""
    item = scanned("phone_photo")
    (page,) = item.document.pages
    frame = frame_of(page, item.document)
    assert (frame.width, frame.height) == pytest.approx(
        (page.width * page.source_dpi / 300, page.height * page.source_dpi / 300), rel=0.02
    )
    for line in page.lines:
        box = frame.around(*line.bbox)
        assert 0 <= box.left < box.right <= frame.width
        assert 0 <= box.top < box.bottom <= frame.height


def test_tables_and_stamps_are_blocks_of_their_own(scanned: Callable[[str], Item]) -> None:
    """Every line is in one block, in reading order; a table's text stands in a composed block."""
    item = scanned("turned_two_level")
    (page,) = item.document.pages
    blocks = list(blocks_of(page))
    assert [line for block in blocks for line in block.lines] == [line for line in page.lines if line.text.strip()]
    assert [block.kind for block in blocks].count("table") >= 1
    assert [block.get("TYPE") for block in alto_page(item).iter(f"{ALTO}ComposedBlock")] == ["table"]


class Tags(HTMLParser):
    """What a parser of HTML sees: elements with their attributes, and text."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


HOSTILE = '<script>alert(1)</script> & "x" \x00\x0b|*_`[a](javascript:b)'


def hostile(document: Document) -> Document:
    """The document with a subject, a cell and a line that try to be markup."""
    field = Field(text=HOSTILE, value=None, page=1, bbox=BBox(0, 0, 1, 1), confidence=0.5)
    letter = document.letters[0].model_copy(update={"subject": field})
    page = document.pages[0]
    line = page.lines[0].model_copy(update={"text": HOSTILE, "places": ()})
    pages = (page.model_copy(update={"lines": (line,)}), *document.pages[1:])
    return document.model_copy(update={"letters": (letter,), "pages": pages})


def test_nothing_that_was_read_becomes_markup(scanned: Callable[[str], Item]) -> None:
    """Scripts, quotes, controls and Markdown come out as the text that they are."""
    document = hostile(scanned("external_letter").document)
    page = Tags(to_html(document))
    assert "script" not in {tag for tag, _ in page.elements}
    assert "<script>alert(1)</script>" in page.text
    assert not {name for _, given in page.elements for name in given if name.startswith("on")}
    assert "\\<script\\>" in to_md(document).decode()
    assert "\\[a\\](javascript:b)" in to_md(document).decode()
    for written in (to_hocr(document), to_alto(document.pages[0], document)):
        told = Xml.fromstring(written)
        assert not [element for element in told.iter() if element.tag.endswith("script")]
        assert "<script>alert(1)</script>" in "".join((*told.itertext(), *(e.get("CONTENT", "") for e in told.iter())))


def test_html_needs_nothing_else_and_is_thai(scanned: Callable[[str], Item]) -> None:
    """No address, no script; letter fields, the table's cells with their spans, the text of each page."""
    document = scanned("turned_two_level").document
    page = Tags(to_html(document))
    assert ("html", {"lang": "th"}) in page.elements
    assert not {"src", "href"} & {name for _, given in page.elements for name in given}
    assert "url(" not in page.text
    cells = [cell for row in document.tables[0].rows for cell in row.cells if row.kind != "header"]
    assert sum(tag == "td" for tag, _ in page.elements) == len(cells)
    assert [int(g["rowspan"] or 0) for tag, g in page.elements if tag == "td" and "rowspan" in g] == [
        cell.row_span for cell in cells if cell.row_span > 1
    ]
    seen = sum(line.text.count("✓") for line in document.pages[0].lines)
    assert page.text.count("✓") - seen == sum(cell.mark == "check" for cell in cells) > 0
    for line in document.pages[0].lines:
        assert line.text in page.text
    subject = scanned("external_letter").document.letters[0].subject
    assert subject
    assert subject.text in Tags(to_html(scanned("external_letter").document)).text


def md_tables(text: str) -> Iterator[list[str]]:
    """The rows of the tables in Markdown, each as its cells."""
    for line in text.splitlines():
        if line.startswith("|"):
            yield [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def test_markdown_tables_have_all_cells(table_document: Document) -> None:
    """A row a row, as many columns as there are; totals are bold, what was read with doubt is marked."""
    table = table_document.tables[0]
    rows = list(md_tables(to_md(table_document).decode()))
    body = [row for row in table.rows if row.kind != "header"]
    assert len(rows) == len(body) + 2
    assert {len(row) for row in rows} == {len(table.columns)}
    assert rows[2][1] == "ลำปาง"
    doubted = sum(cell.confidence < 0.9 for row in body for cell in row.cells)
    assert doubted > 0
    assert sum("(?)" in cell for row in rows for cell in row) == doubted


@given(st.text(max_size=60))
def test_escaped_markdown_is_one_line(text: str) -> None:
    """Whatever it holds."""
    assert len(escaped(text).splitlines()) <= 1


@pytest.mark.parametrize(("text", "safe"), [("1. ก", "1\\. ก"), ("๑. ก", "๑. ก"), ("13.40", "13.40"), ("- ก", "\\- ก")])
def test_lines_do_not_become_lists(text: str, safe: str) -> None:
    """A number or dash in front stays one; times and Thai numbers need nothing."""
    assert escaped(text) == safe


def test_what_was_left_out_is_told(scanned: Callable[[str], Item], tmp_path: Path) -> None:
    """A secret letter's page is in none of them; a person is told that something is missing."""
    document = scanned("external_letter").document
    mark = Field(text="ลับ", value=None, page=1, bbox=BBox(0, 0, 1, 1), confidence=0.9)
    secret = document.letters[0].model_copy(update={"secrecy": mark})
    both = document.model_copy(
        update={
            "letters": (secret,),
            "pages": (*document.pages, document.pages[0].model_copy(update={"number": 2, "source_page": 2})),
        }
    )
    for name in ("md", "html", "hocr"):
        out = tmp_path / f"a{format_named(name).suffix}"
        assert write_export([Item(both)], name, out, Options()).hidden == 1
        assert out.read_text(encoding="utf-8").count("ขอเชิญร่วมประชุมชี้แจง") == 1
        if name != "hocr":
            assert "เว้นไว้ 1 แห่งเพราะเป็นความลับ" in out.read_text(encoding="utf-8")
    assert write_export([Item(both)], "alto", tmp_path / "alto", Options()).hidden == 1
    assert [path.name for path in (tmp_path / "alto").iterdir()] == ["external_letter_0002.xml"]


def test_empty_pages_are_pages(scanned: Callable[[str], Item]) -> None:
    """A blank page has its size and nothing on it."""
    item = scanned("external_letter")
    blank = item.document.pages[0].model_copy(update={"lines": (), "text": "", "regions": ()})
    document = item.document.model_copy(update={"pages": (blank,), "letters": ()})
    root = Xml.fromstring(to_alto(blank, document))
    keep_rules(root)
    assert float(next(root.iter(f"{ALTO}Page")).attrib["WIDTH"]) == pytest.approx(2480, abs=2)
    assert b"ocr_page" in to_hocr(document)
