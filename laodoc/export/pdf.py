"""Searchable PDFs: the scan as it is, its text laid invisibly over the print."""

import warnings
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from laodoc.document import Document, Line, Page
from laodoc.errors import DamagedInput, LaodocError
from laodoc.export.formats import Format, Item, Options, Output
from laodoc.export.glyphs import PlacedWord, placed_words
from laodoc.export.grounds import Place, place_on_sheet, to_user_space, turn_of
from laodoc.export.invisible_font import ASCENT, LINE, UNITS, InvisibleFont
from laodoc.export.masking import open_document, open_sheets
from laodoc.export.old_text import without_invisible_text
from laodoc.export.scans import find_scan, scan_as_pdf
from laodoc.imaging.affine import apply
from laodoc.imaging.opening import BROKEN
from laodoc.imaging.page import Affine
from laodoc.imaging.source import SourceFile
from laodoc.messages import Message

INVISIBLE = 3
"""Text rendering mode: neither filled nor stroked."""

LINKS = (Name.URI, Name.GoTo)
"""Actions that only lead somewhere."""

OLDEST = "1.4"
"""Version of PDF that is written at least; a scan's own where that is newer."""

SPACE = 0.2
"""Of the em, between two words: what poppler takes for a space (it believes less in the character itself)."""


def searchable(item: Item, shown: Document, options: Options) -> bytes | None:
    """The PDF of a document's scan, with what is `shown` of it; None where no sheet is without anything secret.

    Raises:
        AccessError: the scan is not there any more.
        LaodocError: it cannot be opened.
    """
    path, title = find_scan(item), title_of(shown)
    with scan_as_pdf(path, options.password) as (source, scan), pikepdf.new() as pdf:
        try:
            sheets = wanted_sheets(item, shown, len(scan.pages), unmask=options.unmask)
            if not sheets:
                return None
            copy_pages(scan, pdf, sheets)
            lay_text(pdf, sheets, item.whole or item.document, shown, source)
            return _saved(pdf, title, max(scan.pdf_version, OLDEST))
        except BROKEN as broken:
            raise DamagedInput(Message("pdf-too-broken", path=path)) from broken


def wanted_sheets(item: Item, shown: Document, count: int, *, unmask: bool) -> list[int]:
    """The sheets, from 1, that go out: all of a whole document, even those that could not be read; of a part, or where
    something is kept back, those alone on which nothing is secret: a picture cannot be covered and stay as it is."""
    if not item.part and shown.pages == item.document.pages:
        return list(range(1, count + 1))
    whole = item.whole or item.document
    sheets = open_sheets(whole, open_document(whole, unmask=unmask)[0])
    return sorted({sheets[page.number] for page in shown.pages if page.number in sheets})


def copy_pages(scan: pikepdf.Pdf, pdf: pikepdf.Pdf, sheets: Sequence[int]) -> None:
    """Pages alone: outlines, forms and scripts of the old file, which may lead to pages that stay at home, do not come.
    Which layers of drawings are shown does."""
    for sheet in sheets:
        pdf.pages.append(scan.pages[sheet - 1])
        _without_actions(pdf.pages[-1])
    if "/OCProperties" in scan.Root:
        pdf.Root.OCProperties = pdf.copy_foreign(scan.make_indirect(scan.Root.OCProperties))


def _without_actions(page: pikepdf.Page) -> None:
    """Take out what the page, or a note on it, would do by itself or when it is clicked, but for links."""
    parts: list[Any] = [page.obj, *page.get("/Annots", [])]
    for part in filter(lambda part: isinstance(part, pikepdf.Dictionary), parts):
        if "/AA" in part:
            del part.AA
        if "/A" in part and part.A.get("/S") not in LINKS:
            del part.A


def lay_text(pdf: pikepdf.Pdf, sheets: Sequence[int], document: Document, shown: Document, source: SourceFile) -> None:
    """Write the text of the shown pages over their sheets, and turn these upright for the viewer."""
    font = InvisibleFont()
    laid: list[tuple[pikepdf.Page, bytes]] = []
    for index, sheet in enumerate(sheets):
        page = pdf.pages[index]
        read = [one for one in shown.pages if one.source_page == sheet]
        text = b""
        for one in read:
            if one.text_layer == "born-digital":
                continue
            if one.text_layer != "none":
                without_invisible_text(pdf, page)
            text += text_of_page(one, place_on_sheet(one, document, source), to_user_space(page), font)
        if text:
            laid.append((page, text))
        if read:
            page.Rotate = (turn_of(page) + read[0].rotation) % 360
    resource = font.resource(pdf)
    for page, text in laid:
        name = _add_font(page, resource)
        page.contents_add(pdf.make_stream(b"q\n"), prepend=True)
        begin = f"Q\nq BT {name} 1 Tf {INVISIBLE} Tr\n".encode()
        page.contents_add(pdf.make_stream(begin + text + b"ET Q\n"))


def _add_font(page: pikepdf.Page, font: pikepdf.Object) -> Name:
    """The name under which the page knows the font; no other of its fonts has it."""
    resources: Any = page.get("/Resources", {})
    taken = resources.get("/Font", {})
    name = next(Name(f"/Laodoc{number}") for number in count() if f"/Laodoc{number}" not in taken)
    return page.add_resource(font, Name.Font, name)


def text_of_page(page: Page, place: Place, to_user: Affine, font: InvisibleFont) -> bytes:
    """The instructions that show the page's lines, word by word in reading order."""
    return b"".join(_shown(line, lambda x, y: apply(to_user, *place(x, y)), font) for line in page.lines)


def _shown(line: Line, place: Place, font: InvisibleFont) -> bytes:
    """The line as one string, or viewers take the words of a line that is not level for lines of their own; each
    character where it is printed, and as wide. `place` leads from the record's page to the PDF's."""
    em = max(line.bbox.bottom - line.bbox.top, 1) * UNITS / LINE
    base = line.bbox.top + em * ASCENT / UNITS
    words = list(apart(placed_words(line), SPACE * em))
    if not words:
        return b""
    left, right = words[0][1][0], words[-1][1][-1]
    (x, y), (end_x, end_y) = place(left, base), place(right, base)
    (foot_x, foot_y), (head_x, head_y) = place((left + right) / 2, base), place((left + right) / 2, base - em)
    across = ((end_x - x) * em / (right - left), (end_y - y) * em / (right - left))
    size = across[0] ** 2 + across[1] ** 2 or 1.0
    shown, at = [], 0.0
    for text, edges in words:
        points = [place(edge, base) for edge in edges]
        along = [((px - x) * across[0] + (py - y) * across[1]) / size for px, py in points]
        content, wide = font.encoded(text, along)
        shown.append(f"{round((at - along[0]) * UNITS)} <{content.hex()}>")
        at = round(along[0] - at, 3) + at + wide
    matrix = " ".join(f"{number:.5g}" for number in (*across, head_x - foot_x, head_y - foot_y))
    return f"{matrix} {x:.2f} {y:.2f} Tm [{' '.join(shown)}] TJ\n".encode()


def apart(words: Sequence[PlacedWord], space: float) -> Iterator[tuple[str, Sequence[float]]]:
    """The words with the space behind each, and the edges of their characters: where two words stand nearer than a
    space, both end a little earlier."""
    for before, word, following in zip((None, *words), words, (*words[1:], None), strict=False):
        left, right = word.left, word.right
        if before:
            left = max(left, (before.right + left + space) / 2)
        if following:
            right = min(right, (right + following.left - space) / 2)
        right = max(right, left + 1)
        edges = [left, *(min(max(edge, left), right) for edge in word.edges[1:-1]), right]
        if following:
            yield word.text + " ", [*edges, max(right + space, following.left)]
        else:
            yield word.text, edges


def _saved(pdf: pikepdf.Pdf, title: str, version: str) -> bytes:
    """The bytes: streams of the scan stay as they were packed; no time, no name of a machine."""
    pdf.Root.Lang = pikepdf.String("th")
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.docinfo[Name.Title] = title
    content = BytesIO()
    with warnings.catch_warnings():  # fields of forms are shown as they are, but cannot be filled in any more
        warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
        pdf.save(
            content, min_version=version, deterministic_id=True, stream_decode_level=pikepdf.StreamDecodeLevel.none
        )
    return content.getvalue()


def title_of(shown: Document) -> str:
    """The subject and number of the first letter that is shown, else the name of the scan."""
    for letter in shown.letters[:1]:
        said = [field.said for field in (letter.number, letter.subject) if field]
        if said:
            return " ".join(" ".join(said).split())
    return Path(shown.source.name).stem


def outputs(items: Iterable[Item], options: Options) -> Iterator[Output]:
    """A PDF for each document; one whose scan is gone is told, and the others go on."""
    for item in items:
        name = f"{item.stem}.pdf"
        shown, hidden = open_document(item.document, unmask=options.unmask)
        try:
            yield Output(name, searchable(item, shown, options), hidden)
        except LaodocError as error:
            yield Output(name, None, hidden, error)


FORMAT = Format(".pdf", "document", outputs, scans=True)
