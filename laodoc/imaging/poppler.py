"""Pixels and words of a PDF page from poppler, in child processes: see `laodoc.imaging.rasterizer`."""

import io
import shutil

from laodoc.imaging.child import Answer, run
from laodoc.imaging.opening import PageFile, require_room, temporary_folder
from laodoc.imaging.page import Image, UnreadablePage, Word
from laodoc.imaging.picture import damaged, decoded
from laodoc.imaging.text_layer import parse_words
from laodoc.messages import Message

PROGRAMS = ("pdftoppm", "pdfinfo", "pdfimages", "pdftotext")
REMEDY = Message("get-poppler")

FILLS_FIELDS = False
"""Poppler complains where it has no letters for what stands in a field."""

SEVERE = "Syntax Error"
"""How poppler begins its messages of what it could not understand; its warnings are of no consequence."""

FORM_LOOKS = "DA string"
"""What it says where it does not know the font of a form's field: the page is drawn all the same."""


def installed() -> bool:
    """Whether all of poppler's programs are there."""
    return all(shutil.which(program) for program in PROGRAMS)


def take_out_picture(file: PageFile) -> Image | UnreadablePage | None:
    """See `laodoc.imaging.rasterizer.Rasterizer`.

    A JPEG that breaks off is an `UnreadablePage`: poppler would draw the rest of it white without a word.

    Raises:
        AccessError: the temporary folder is full.
    """
    with temporary_folder() as folder:
        answer = _run("pdfimages", "-j", *_only(file), file.path, str(folder / "page"), timeout_s=file.timeout_s)
        files = list(folder.iterdir())
        if answer.exit_code or _severe_lines(answer.errors) or len(files) != 1:
            return None
        pixels = decoded(files[0], file.number)
        if isinstance(pixels, UnreadablePage):
            require_room(folder)  # else a page would be called damaged because the disk is full
        return pixels


def draw_page(file: PageFile, dpi: float, *, annotations: bool = True) -> Image | UnreadablePage:
    """See `laodoc.imaging.rasterizer.Rasterizer`."""
    how = ("-r", str(dpi), "-cropbox", *(() if annotations else ("-hide-annotations",)))
    answer = _run("pdftoppm", *how, *_only(file), file.path, timeout_s=file.timeout_s)
    severe = _severe_lines(answer.errors)
    if severe and not _concern_whole_file(file, severe):
        return damaged(file.number, min(severe))
    drawn = decoded(io.BytesIO(answer.output), file.number) if answer.output else None
    if drawn is None:
        return damaged(file.number, Message("program-stopped", name="pdftoppm", code=answer.exit_code))
    return drawn


def page_words(file: PageFile) -> tuple[Word, ...]:
    """See `laodoc.imaging.rasterizer.Rasterizer`. A page whose text cannot be taken out has none."""
    answer = _run("pdftotext", "-bbox", "-cropbox", *_only(file), file.path, "-", timeout_s=file.timeout_s)
    return parse_words(answer.output) if answer.exit_code == 0 else ()


def _run(*command: str, timeout_s: float) -> Answer:
    return run(command, timeout_s, remedy=REMEDY)


def _only(file: PageFile) -> tuple[str, ...]:
    return ("-f", str(file.index), "-l", str(file.index))


def _concern_whole_file(file: PageFile, severe: set[str]) -> bool:
    """Whether poppler complains of the same when it only counts the pages: then no page suffers from it."""
    return severe <= _severe_lines(_run("pdfinfo", file.path, timeout_s=file.timeout_s).errors)


def _severe_lines(errors: str) -> set[str]:
    return {line for line in errors.splitlines() if line.startswith(SEVERE) and FORM_LOOKS not in line}
