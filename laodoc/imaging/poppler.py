"""Pixels of a PDF page from poppler, in child processes."""

import tempfile
from pathlib import Path
from typing import Any

from pdf2image import convert_from_path
from pdf2image.exceptions import PDFInfoNotInstalledError, PDFPageCountError, PDFPopplerTimeoutError, PDFSyntaxError
from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from laodoc.errors import ChildTimeout
from laodoc.imaging.child import missing_poppler, run
from laodoc.imaging.page import Image, UnreadablePage
from laodoc.imaging.paper import too_large
from laodoc.imaging.picture import one_line, to_pixels, unlimited_pillow
from laodoc.imaging.source import SourceFile

SEVERE = "Syntax Error"
"""How poppler begins its messages of what it could not understand; its warnings are of no consequence."""


def passwords(source: SourceFile) -> tuple[str, ...]:
    """The options that give poppler the password, which may be the reader's or the owner's."""
    return ("-upw", source.password, "-opw", source.password) if source.password else ()


def take_out_picture(source: SourceFile, number: int) -> Image | UnreadablePage | None:
    """The only picture of page `number`, as it lies in the file; None where poppler must draw the page instead.

    A JPEG that breaks off is an `UnreadablePage`: poppler would draw the rest of it white without a word.

    Raises:
        ChildTimeout, MissingDependency: see `laodoc.imaging.child.run`.
    """
    page = str(number)
    with tempfile.TemporaryDirectory(prefix="laodoc-") as folder:
        root = str(Path(folder) / "page")
        command = ("pdfimages", "-j", "-f", page, "-l", page, *passwords(source), str(source.path.absolute()), root)
        answer = run(command, source.timeout_s)
        files = list(Path(folder).iterdir())
        if answer.exit_code or _severe_lines(answer.errors) or len(files) != 1:
            return None
        try:
            with unlimited_pillow(), Pillow.open(files[0], formats=("JPEG", "PPM")) as picture:
                reason = too_large(*picture.size)
                return UnreadablePage(number, reason) if reason else to_pixels(picture)
        except UnidentifiedImageError:
            return None
        except (OSError, SyntaxError, ValueError) as broken:
            return UnreadablePage(number, _damaged(number, broken))


def draw_page(source: SourceFile, number: int, dpi: float) -> Image | UnreadablePage:
    """Page `number` as a viewer shows it, at `dpi` dots to 72 points.

    Raises:
        ChildTimeout: poppler hung and was stopped. MissingDependency: it is not installed.
    """
    try:
        return _draw(source, number, dpi, strict=True)
    except PDFSyntaxError as broken:
        if not _concerns_whole_file(source, str(broken)):
            return UnreadablePage(number, _damaged(number, broken))
    return _draw(source, number, dpi, strict=False)


def _draw(source: SourceFile, number: int, dpi: float, *, strict: bool) -> Image | UnreadablePage:
    try:
        with unlimited_pillow():
            pictures = convert_from_path(source.path.absolute(), **_options(source, number, dpi), strict=strict)
            return to_pixels(pictures[0])
    except PDFPopplerTimeoutError as late:
        raise ChildTimeout(
            f"pdftoppm did not answer within {source.timeout_s:g} s on page {number} and was stopped"
        ) from late
    except (PDFInfoNotInstalledError, FileNotFoundError) as absent:
        raise missing_poppler("pdftoppm") from absent
    except (PDFPageCountError, IndexError, OSError, ValueError) as broken:
        return UnreadablePage(number, _damaged(number, broken))


def _options(source: SourceFile, number: int, dpi: float) -> dict[str, Any]:
    """What pdf2image is told; its own annotations are narrower than what it takes."""
    return {
        "dpi": dpi,
        "first_page": number,
        "last_page": number,
        "fmt": "ppm",
        "use_cropbox": True,
        "userpw": source.password,
        "ownerpw": source.password,
        "timeout": source.timeout_s,
    }


def _damaged(number: int, error: BaseException) -> str:
    return f"page {number} is damaged ({one_line(error)}); scan it again"


def _concerns_whole_file(source: SourceFile, errors: str) -> bool:
    """Whether poppler complains of the same when it only counts the pages: then no page suffers from it."""
    answer = run(("pdfinfo", *passwords(source), str(source.path.absolute())), source.timeout_s)
    return _severe_lines(errors) <= _severe_lines(answer.errors)


def _severe_lines(errors: str) -> set[str]:
    return {line for line in errors.splitlines() if line.startswith(SEVERE)}
