"""Grids that are not the paper's, mended where what is printed in them proves it, and told as findings."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from laodoc.document import BBox, Finding, Rule, Table
from laodoc.layout.boxes import share_inside
from laodoc.messages import Message
from laodoc.parsing.fused_rows import parted_rows
from laodoc.parsing.lone_columns import lone_edges, without_edges
from laodoc.parsing.split_rows import joined_rows
from laodoc.recognition.reading import GridReading, PageReading

INSIDE = 0.5
"""Part of a cell in a box from which it stands there."""


@dataclass(frozen=True, slots=True)
class Mend:
    """What was mended where: the rule that tells of it, the page, the box, and a sentence."""

    rule: Rule
    page: int
    bbox: BBox
    message: Message


def mended(pages: Sequence[PageReading]) -> tuple[tuple[PageReading, ...], tuple[Mend, ...]]:
    """The pages with their grids mended, and what was mended."""
    mends: list[Mend] = []
    done = []
    for page in pages:
        grids = []
        for grid in page.grids:
            better, found = _mended(grid, page.number)
            grids.append(better)
            mends += found
        done.append(replace(page, grids=tuple(grids)) if tuple(grids) != page.grids else page)
    return tuple(done), tuple(mends)


def _mended(grid: GridReading, page: int) -> tuple[GridReading, list[Mend]]:
    edges = lone_edges(grid)
    whole = without_edges(grid, edges) if edges else grid
    whole, halved = joined_rows(whole)
    parted, boxes = parted_rows(whole)
    message = Message("rows-parted")
    mends = [Mend("two-in-one-cell", page, box, message) for box in boxes]
    mends += [Mend("split-row", page, box, Message("rows-joined")) for box in halved]
    if edges:
        count = len(edges)
        mends.append(Mend("lone-column", page, grid.bbox, Message("columns-joined", count=count)))
    return parted, mends


def findings_of(mends: Iterable[Mend], tables: Sequence[Table]) -> Iterator[Finding]:
    """A finding for everything that was mended, with the table in which it is."""
    for mend in mends:
        inside = (
            table.id
            for table in tables
            for row in table.rows
            if row.page == mend.page and any(share_inside(cell.bbox, mend.bbox) > INSIDE for cell in row.cells)
        )
        yield Finding(
            rule=mend.rule,
            severity="info",
            message=mend.message,
            page=mend.page,
            bbox=mend.bbox,
            table=next(inside, None),
            repaired=True,
        )
