"""What a PDF has beside the drawing of its pages: form fields, notes and stamps laid over them, other files, shells."""

from collections.abc import Iterator
from typing import Any

import pikepdf

from laodoc.imaging.content import page_content, pictures_share
from laodoc.imaging.opening import BROKEN
from laodoc.messages import Message

HIDDEN = 0b100010
"""Flags of an annotation: hidden, not to be viewed."""

BESIDE = ("/Link", "/Popup")
"""Annotations that draw nothing on the page."""

LATIN = 0x250
"""Where the characters begin that the fonts of forms do not have."""

LONGEST = 60
NAMED = 3
"""Characters of a field's value, and names of files, that a message quotes."""


def visible_annotations(page: pikepdf.Page) -> list[Any]:
    """The fields, notes and stamps that a viewer draws over the page."""
    return [
        annotation
        for annotation in page.get("/Annots", [])
        if isinstance(annotation, pikepdf.Dictionary)
        and annotation.get("/Subtype") not in BESIDE
        and not int(annotation.get("/F", 0)) & HIDDEN
    ]


def values_without_looks(page: pikepdf.Page) -> tuple[str, ...]:
    """What stands in fields and notes of which the file does not say how they look, in letters that not every viewer
    has: `date: ๒๒ มิถุนายน ๒๕๖๓`."""
    return tuple(
        f"{name}: {value}" if name else value
        for annotation in visible_annotations(page)
        if "/N" not in annotation.get("/AP", {})
        for name, value in _values(annotation)
        if any(ord(letter) >= LATIN for letter in value)
    )


def _values(annotation: Any) -> Iterator[tuple[str, str]]:
    subtype = annotation.get("/Subtype")
    value = annotation.get("/V" if subtype == "/Widget" else "/Contents")
    if value is None and "/Parent" in annotation:
        value = annotation.Parent.get("/V")
    if isinstance(value, pikepdf.String) and subtype in ("/Widget", "/FreeText"):
        name = annotation.get("/T", "")
        yield " ".join(str(name).split()), " ".join(str(value).split())[:LONGEST]


def files_within(pdf: pikepdf.Pdf) -> list[str]:
    """The names of files that are attached to the PDF."""
    try:
        return sorted(" ".join(name.split()) for name in pdf.attachments)
    except BROKEN:
        return []


def shell(pdf: pikepdf.Pdf) -> Message | None:
    """Why the only page of the PDF is none but a word to those whose program cannot show what it holds, in one line;
    None for a PDF with pages."""
    try:
        if len(pdf.pages) != 1 or _shows_pictures(pdf.pages[0]):
            return None
        form: Any = pdf.Root.get("/AcroForm", {})
        if "/XFA" in form and (pdf.Root.get("/NeedsRendering", False) or not len(form.get("/Fields", []))):
            return Message("pdf-xfa")
        names = files_within(pdf)
        if "/Collection" in pdf.Root and names:
            return Message("pdf-portfolio", files=told(names))
    except BROKEN:
        return None
    return None


def told(names: list[str]) -> Message:
    """`3 files (a.pdf, b.pdf, …)`."""
    more = ", …" if len(names) > NAMED else ""
    shown = ", ".join(names[:NAMED]) + more
    return Message("one-file" if len(names) == 1 else "some-files", count=len(names), names=shown)


def _shows_pictures(page: pikepdf.Page) -> bool:
    return pictures_share(page_content(page)) > 0 or bool(visible_annotations(page))
