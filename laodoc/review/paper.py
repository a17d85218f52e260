"""The doubt sheet for paper: one HTML file to print, with room for the right answer by pen."""

from base64 import b64encode
from collections.abc import Sequence
from html import escape
from itertools import groupby

from laodoc.export.crops import CROP_DPI, Picture
from laodoc.imaging.paper import MM_PER_INCH
from laodoc.review.doubt_sheet import KINDS, DoubtRow, RemarkRow

WIDEST_MM = 78.0
"""Width of the column of pictures; wider ones are shown smaller."""

HIGHEST_MM = 60.0

STYLE = """
@page { size: A4; margin: 14mm 12mm }
* { box-sizing: border-box }
body { font: 10.5pt/1.35 "TH Sarabun New", "Sarabun", "Laksaman", "Noto Sans Thai", "Loma", sans-serif; color: #000;
       max-width: 190mm; margin: 0 auto }
h1 { font-size: 15pt; margin: 0 0 1mm } h2 { font-size: 12pt; margin: 5mm 0 1mm; break-after: avoid }
p { margin: 0 0 2mm } table { width: 100%; border-collapse: collapse; table-layout: fixed }
th, td { border: 0.3mm solid #888; padding: 1mm 1.5mm; vertical-align: top; text-align: left; overflow-wrap: anywhere }
th { background: #eee; font-size: 9.5pt } thead { display: table-header-group } tr { break-inside: avoid }
.no { width: 9mm } .what { width: 45mm } .picture { width: 82mm } .answer { width: auto; min-height: 14mm }
.why { color: #555; font-size: 9pt; white-space: pre-line } .read { font-weight: bold }
.pen { border-bottom: 0.3mm dotted #000; height: 11mm } .kind { color: #555; font-size: 8.5pt }
img { display: block; max-width: 100% }
"""

TITLE = "รายการที่ต้องตรวจ / values to check"
ADVICE = (
    "เขียนสิ่งที่พิมพ์อยู่บนกระดาษลงบนเส้นจุด ถ้าอ่านถูกแล้วให้ทำเครื่องหมาย ✓",
    "Write what is printed on the paper on the dotted line; ✓ where it was read rightly.",
)
HEAD = ("ที่", "คืออะไร อ่านได้ว่า / what, as read", "ภาพ / picture", "ถูกต้อง / correct")


def to_html(doubts: Sequence[DoubtRow], remarks: Sequence[RemarkRow]) -> bytes:
    """A page that needs nothing but itself: a numbered row a doubt, a table a page of a file, then the remarks.

    The numbers are those of the rows of the workbook less one, so that answers by pen can be typed into it.
    """
    parts = [
        f'<!doctype html>\n<html lang="th">\n<meta charset="utf-8">\n<title>{TITLE}</title>\n<style>{STYLE}</style>\n',
        f"<h1>{TITLE}</h1>\n",
        *(f"<p>{line}</p>\n" for line in ADVICE),
    ]
    numbered = enumerate(doubts, start=1)
    for (file, page), rows in groupby(numbered, lambda row: (row[1].file, row[1].page)):
        parts.append(f"<h2>{escape(file)} หน้า / page {page}</h2>\n<table><thead><tr>")
        for name, text in zip(("no", "what", "picture", "answer"), HEAD, strict=True):
            parts.append(f'<th class="{name}">{text}</th>')
        parts.append("</tr></thead>\n<tbody>\n")
        parts += [_row(number, row) for number, row in rows]
        parts.append("</tbody></table>\n")
    if remarks:
        parts.append("<h2>ข้อสังเกตอื่น / other remarks</h2>\n<ul>\n")
        parts += [f"<li>{escape(_remark(remark))}</li>\n" for remark in remarks]
        parts.append("</ul>\n")
    return "".join((*parts, "</html>\n")).encode()


def _row(number: int, row: DoubtRow) -> str:
    said = f'<div class="read">{escape(row.read)}</div>' if row.read else ""
    meant = f"<div>= {escape(row.understood)}</div>" if row.understood else ""
    return (
        f'<tr><td>{number}</td><td>{escape(row.label)}{said}{meant}<div class="why">{escape(row.why)}</div></td>'
        f"<td>{_picture(row.picture)}</td>"
        f'<td><div class="pen"></div><div class="kind">{escape(KINDS[row.kind])}</div></td></tr>\n'
    )


def _picture(picture: Picture | None) -> str:
    if picture is None:
        return ""
    wide, high = (side / CROP_DPI * MM_PER_INCH for side in (picture.width, picture.height))
    scale = min(1.0, WIDEST_MM / wide, HIGHEST_MM / high)
    source = b64encode(picture.png).decode()
    return f'<img alt="" style="width:{scale * wide:.1f}mm" src="data:image/png;base64,{source}">'


def _remark(remark: RemarkRow) -> str:
    return f"{remark.file}{f' หน้า / page {remark.page}' if remark.page else ''}: {remark.text}"
