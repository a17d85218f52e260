"""One sheet of the file: its page, or the two pages that lie side by side on it."""

from laodoc.imaging.page import SourcePage, UnreadablePage
from laodoc.imaging.pdf import read_pdf_page
from laodoc.imaging.picture import read_picture
from laodoc.imaging.source import SourceFile


def read_sheet(source: SourceFile, number: int) -> tuple[SourcePage | UnreadablePage, ...]:
    """Sheet `number` (from 1): one page, or two where it carries two, left before right.

    A damaged or too large page comes as an `UnreadablePage`.

    Raises:
        ChildTimeout: poppler hung. MissingDependency: poppler is not installed.
    """
    page = read_pdf_page(source, number) if source.kind == "pdf" else read_picture(source.path, number)
    return (page,)
