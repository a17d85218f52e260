"""Documents as HTML pages that need nothing else: a file each, to read on a screen and to print."""

from xml.etree import ElementTree as Html

from laodoc.document import Document
from laodoc.export.formats import document_format
from laodoc.export.readable import Facts, Grid, Readable, Said, readable
from laodoc.export.xml_text import without_controls

STYLE = """
@page { size: A4; margin: 15mm; }
body { font-family: "TH Sarabun New", "TH SarabunPSK", Sarabun, Laksaman, Loma, "Noto Sans Thai", sans-serif;
  font-size: 11pt; font-size-adjust: 0.48; line-height: 1.45; color: #111;
  max-width: 190mm; margin: 0 auto; padding: 4mm; }
h1 { font-size: 17pt; margin: 0 0 4mm; }
h2 { font-size: 13pt; margin: 6mm 0 2mm; break-after: avoid; }
table { border-collapse: collapse; margin: 2mm 0; }
th, td { border: 0.2mm solid #888; padding: 0.6mm 1.6mm; text-align: left; vertical-align: top; }
thead { display: table-header-group; }
th { background: #eee; print-color-adjust: exact; }
tr { break-inside: avoid; }
table.letter { border: 0; }
table.letter th, table.letter td { border: 0; background: none; }
table.letter th { white-space: nowrap; }
tr.strong td { font-weight: bold; }
.doubted { background: #ffe08a; print-color-adjust: exact; }
.doubted::after { content: " (?)"; }
.printed, .note { color: #555; font-size: 90%; }
section.page { break-before: page; }
section.page p { margin: 0; }
@media screen { section.page { border-top: 0.2mm solid #bbb; margin-top: 6mm; } }
"""


def to_html(document: Document, left_out: int = 0) -> bytes:
    """UTF-8 HTML without scripts and without anything from elsewhere; whatever the document says is text."""
    shown = readable(document, left_out)
    root = Html.Element("html", {"lang": "th"})
    head = Html.SubElement(root, "head")
    Html.SubElement(head, "meta", {"charset": "utf-8"})
    Html.SubElement(head, "meta", {"name": "viewport", "content": "width=device-width"})
    _add(head, "title", shown.title)
    Html.SubElement(head, "style").text = STYLE
    _body(Html.SubElement(root, "body"), shown)
    return b"<!DOCTYPE html>\n" + bytes(Html.tostring(root, encoding="utf-8", method="html")) + b"\n"


def _body(body: Html.Element, shown: Readable) -> None:
    _add(body, "h1", shown.title)
    if shown.left_out:
        _add(body, "p", f"เว้นไว้ {shown.left_out} แห่งเพราะเป็นความลับ", "note")
    for letter in shown.letters:
        _letter(body, letter)
    for grid in shown.grids:
        _grid(body, grid)
    if shown.findings:
        _add(body, "h2", "ข้อสังเกต")
        listed = Html.SubElement(body, "ul")
        for finding in shown.findings:
            _add(listed, "li", finding)
    for number, lines in shown.pages:
        section = Html.SubElement(body, "section", {"class": "page"})
        _add(section, "h2", f"หน้า {number}")
        for line in lines:
            _add(section, "p", line)


def _letter(body: Html.Element, letter: Facts) -> None:
    _add(body, "h2", letter.title)
    table = Html.SubElement(Html.SubElement(body, "table", {"class": "letter"}), "tbody")
    for label, said in letter.rows:
        row = Html.SubElement(table, "tr")
        _add(row, "th", label).set("scope", "row")
        cell = Html.SubElement(row, "td")
        for number, one in enumerate(said):
            _say(cell, one)
            if number < len(said) - 1:
                cell[-1].tail = "; "


def _grid(body: Html.Element, grid: Grid) -> None:
    _add(body, "h2", grid.title)
    table = Html.SubElement(body, "table")
    row = Html.SubElement(Html.SubElement(table, "thead"), "tr")
    for name in grid.header:
        _add(row, "th", name).set("scope", "col")
    inside = Html.SubElement(table, "tbody")
    for shown in grid.rows:
        row = Html.SubElement(inside, "tr", {"class": "strong"} if shown.strong else {})
        for cell in shown.cells:
            spans = {"rowspan": cell.row_span, "colspan": cell.column_span}
            given = {name: str(span) for name, span in spans.items() if span > 1}
            _say(Html.SubElement(row, "td", given), cell.said)
    for note in grid.notes:
        _add(body, "p", note, "note")


def _say(parent: Html.Element, said: Said) -> None:
    _add(parent, "span", said.text, "doubted" if said.doubted else None)
    if said.printed:
        _add(parent, "span", f" (พิมพ์ว่า {said.printed})", "printed")


def _add(parent: Html.Element, name: str, text: str, kind: str | None = None) -> Html.Element:
    element = Html.SubElement(parent, name, {"class": kind} if kind else {})
    element.text = without_controls(text)
    return element


FORMAT = document_format(".html", to_html)
