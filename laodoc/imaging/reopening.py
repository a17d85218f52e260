"""Upright pages once more, from the scan and what its record says of them: no engine has to look again."""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from laodoc.document import Page
from laodoc.imaging.orientation import Attitude
from laodoc.imaging.page import SourcePage, UprightPage
from laodoc.imaging.sheet import in_reading_order, read_sheet
from laodoc.imaging.source import SourceFile
from laodoc.imaging.upright import as_it_lies, flat_page


def upright_again(
    source: SourceFile, pages: Sequence[Page], numbers: Collection[int]
) -> Iterator[tuple[Page, UprightPage]]:
    """Of the `pages` of a record those with these `numbers`, with their images, in the order of their sheets; one sheet
    at a time in memory.

    A page that cannot be read any more, or comes out in another size than the record gives, is left out: boxes of the
    record would lie beside what they mean.

    Raises:
        ChildTimeout, MissingDependency: see `laodoc.imaging.sheet.read_sheet`.
    """
    in_order = sorted(pages, key=lambda page: (page.source_page, page.number))
    for sheet, group in groupby(in_order, lambda page: page.source_page):
        of_sheet = list(group)
        if all(page.number not in numbers for page in of_sheet):
            continue
        lying = read_sheet(source, sheet)
        found = in_reading_order(lying, lying, of_sheet[0].rotation)
        for page, raw in zip(of_sheet, found, strict=False) if len(found) == len(of_sheet) else ():
            if page.number not in numbers or not isinstance(raw, SourcePage):
                continue
            image = as_it_lies(flat_page(raw), Attitude(page.rotation, page.skew), page.dpi)
            if image.grey.shape == (page.height, page.width):
                yield page, image
