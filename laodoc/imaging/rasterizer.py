"""Who gives pages of PDFs their pixels: poppler where it is installed, else pypdfium2, which comes with laodoc."""

from importlib.util import find_spec
from typing import Protocol

from laodoc.errors import MissingDependency
from laodoc.imaging import pdfium, poppler
from laodoc.imaging.opening import PageFile
from laodoc.imaging.page import Image, UnreadablePage, Word
from laodoc.messages import Message


class Rasterizer(Protocol):
    """What the modules `poppler` and `pdfium` can do, in child processes that may take too long: ChildTimeout."""

    def take_out_picture(self, file: PageFile) -> Image | UnreadablePage | None:
        """The only picture of the page, as it lies in the file; None where the page must be drawn instead."""

    FILLS_FIELDS: bool
    """Whether what stands in fields without looks is drawn, in whatever face, and without a word."""

    def draw_page(self, file: PageFile, dpi: float, *, annotations: bool = True) -> Image | UnreadablePage:
        """The page as a viewer shows it, at `dpi` dots to 72 points; on wish without what is laid over it."""

    def page_words(self, file: PageFile) -> tuple[Word, ...]:
        """The page's words, in points of the page as shown, origin top-left."""


def rasterizer() -> Rasterizer:
    """The one to use here and now.

    Raises:
        MissingDependency: there is none.
    """
    if poppler.installed():
        return poppler
    if find_spec("pypdfium2"):
        return pdfium
    raise MissingDependency(Message("no-rasterizer"))
