"""The lines of a page in blocks: those of a table, of a stamp, and the runs of text between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from laodoc.document import Line, Page, RegionKind

BLOCKS: tuple[RegionKind, ...] = ("table", "stamp")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together, in reading order; `kind` is None for plain text."""

    kind: RegionKind | None
    lines: tuple[Line, ...]


def blocks_of(page: Page) -> Iterator[Block]:
    """The page's lines that say something, in reading order; a region that the order leaves and comes back to is
    several blocks."""
    regions = [region for region in page.regions if region.kind in BLOCKS]

    def home(line: Line) -> int | None:
        x, y = (line.bbox.left + line.bbox.right) / 2, (line.bbox.top + line.bbox.bottom) / 2
        inside = (
            index
            for index, region in enumerate(regions)
            if region.bbox.left <= x < region.bbox.right and region.bbox.top <= y < region.bbox.bottom
        )
        return next(inside, None)

    for index, lines in groupby((line for line in page.lines if line.said.strip()), home):
        yield Block(None if index is None else regions[index].kind, tuple(lines))
