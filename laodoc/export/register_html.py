"""A register as one HTML page to print: A4 across, the head on every sheet, an office on sheets of its own."""

from datetime import date
from xml.etree import ElementTree as Html

from laodoc.export import register_text as words
from laodoc.export.register import Gap, Register, Section
from laodoc.thai.dates import format_date

# Fonts differ much in size at the same points; font-size-adjust makes their small letters the same.
STYLE = """
@page { size: A4 landscape; margin: 12mm 10mm; }
body { font-family: "TH Sarabun New", "TH SarabunPSK", Sarabun, Laksaman, Loma, sans-serif;
  font-size: 10pt; font-size-adjust: 0.48; line-height: 1.3; margin: 0; }
section { break-after: page; }
section:last-child { break-after: auto; }
h1 { font-size: 16pt; text-align: center; margin: 0; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
caption { font-size: 14pt; padding-bottom: 2mm; }
thead { display: table-header-group; }
th, td { border: 0.3mm solid #000; padding: 0.8mm 1.2mm; vertical-align: top; overflow-wrap: anywhere; }
th { background: #eee; print-color-adjust: exact; }
tr { break-inside: avoid; }
td.number, td.day { text-align: center; white-space: nowrap; }
td.missing { text-align: center; color: #666; font-style: italic; }
"""
WIDTHS = {
    "เลขทะเบียนรับ": 7, "เลขทะเบียนส่ง": 7, "วันที่รับ": 8, "ที่": 13, "ลงวันที่": 8, "จาก": 14, "ถึง": 14, "เรื่อง": 18,
    "การปฏิบัติ": 14, "หมายเหตุ": 12,
}  # fmt: skip
"""Shares of the sheet's width."""


def to_html(register: Register) -> bytes:
    """UTF-8 HTML without anything from elsewhere: it prints on a machine without network."""
    root = Html.Element("html", {"lang": "th"})
    head = Html.SubElement(root, "head")
    Html.SubElement(head, "meta", {"charset": "utf-8"})
    _add(head, "title", words.title(register))
    _add(head, "style", STYLE)
    body = Html.SubElement(root, "body")
    for section in register.sections:
        _section(Html.SubElement(body, "section"), section, register)
    return b"<!DOCTYPE html>\n" + bytes(Html.tostring(root, encoding="utf-8", method="html")) + b"\n"


def _section(parent: Html.Element, section: Section, register: Register) -> None:
    _add(parent, "h1", words.title(register))
    table = Html.SubElement(parent, "table")
    _add(table, "caption", section.office or words.NO_OFFICE)
    names = words.columns(register)
    group = Html.SubElement(table, "colgroup")
    whole = sum(WIDTHS[name] for name in names)
    for name in names:
        Html.SubElement(group, "col", {"style": f"width: {100 * WIDTHS[name] / whole:.1f}%"})
    row = Html.SubElement(Html.SubElement(table, "thead"), "tr")
    for name in names:
        _add(row, "th", name)
    body = Html.SubElement(table, "tbody")
    for entry in section.entries:
        row = Html.SubElement(body, "tr")
        if isinstance(entry, Gap):
            _add(row, "td", words.missing(entry), {"class": "missing", "colspan": str(len(names))})
            continue
        for place, cell in enumerate(words.cells(entry, register)):
            shown = format_date(cell, "short", thai=False) if isinstance(cell, date) else cell or ""
            kind = "number" if place == 0 else "day" if isinstance(cell, date) else ""
            _add(row, "td", shown, {"class": kind} if kind else {})


def _add(parent: Html.Element, name: str, text: str, attributes: dict[str, str] | None = None) -> None:
    Html.SubElement(parent, name, attributes or {}).text = text
