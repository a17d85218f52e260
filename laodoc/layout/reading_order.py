"""The order in which a person reads the lines of a page.

Lines are chained into blocks (a paragraph, an address, a stamp); blocks follow each other as in T. M. Breuel, "High
Performance Document Layout Analysis" (2003): what stands above comes before what stands below it, and of two blocks
side by side the left one comes first unless something between them spans both, or it stands lower with nothing of its
column beside the other: the foot of a letter comes after the signature at its right.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laodoc.document import BBox
from laodoc.layout.boxes import overlap_x, union
from laodoc.layout.page import TextLine

SAME_ROW = 0.12
"""Lines whose bands' middles differ by less than this part of the smaller band stand in one row."""

CHAIN_GAP = 0.5
"""Widest gap between the bands of lines of one block, in parts of the band: one empty line is more."""

CHAIN_OVERLAP = 0.4
"""Lines of a block lie above each other by at least this part of the shorter one's length."""

TABULAR = 0.75
"""A column of short lines is read row by row with the column left of it if this part of its lines stand in its rows."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that are read together, by index and in order, and the box around them."""

    lines: tuple[int, ...]
    bbox: BBox


def reading_order(lines: list[TextLine], regions: list[int | None], tables: list[BBox]) -> list[int]:
    """The indexes of the lines in reading order; lines of one region stay together, in the order in which they come.

    Args:
        lines: of one page, outside its tables.
        regions: for each line the region in which it stands, or None.
        tables: the boxes of the page's tables, which part what is above them from what is below.
    """
    stamped = sorted({region for region in regions if region is not None})
    free = [index for index, region in enumerate(regions) if region is None]
    stamps = [_block([index for index, own in enumerate(regions) if own == region], lines) for region in stamped]
    chained = [_block(chain, lines) for chain in _chains(_rows(free, lines), lines)]
    blocks = [*stamps, *chained, *(Block((), table) for table in tables)]
    return [line for block in order_blocks(blocks, len(stamps)) for line in block.lines]


def order_blocks(blocks: list[Block], stamps: int = 0) -> list[Block]:
    """Blocks in reading order, of which the first `stamps` are stamps: they come before all that begins under them.

    Where blocks stand in each other's way, the higher one comes first.
    """
    before = _before([block.bbox for block in blocks], stamps)
    left = set(range(len(blocks)))
    order = []
    while left:
        rest = sorted(left)
        ready = [item for item in rest if not before[rest, item].any()] or rest
        item = min(ready, key=lambda block: (blocks[block].bbox.top, blocks[block].bbox.left))
        order.append(blocks[item])
        left.discard(item)
    return order


def _before(boxes: list[BBox], stamps: int) -> NDArray[np.bool_]:
    """before[a, b]: block a is read before block b."""
    sides = np.array(boxes, dtype=float).reshape(-1, 4)
    left, top, right, bottom = sides.T
    middle = (top + bottom) / 2
    share_rows = (top[:, None] < bottom[None]) & (top[None] < bottom[:, None])
    share_columns = (left[:, None] < right[None]) & (left[None] < right[:, None])
    before = share_columns & (middle[:, None] < middle[None])
    for a, b in np.argwhere(right[:, None] <= left[None]):
        start, end = min(bottom[a], bottom[b]), max(top[a], top[b])
        between = share_columns[:, a] & share_columns[:, b] & (middle > start) & (middle < end)
        below = top[a] >= bottom[b] and not (share_columns[a] & ~share_columns[b] & share_rows[b]).any()
        before[a, b] = not between.any() and not below
    for stamp in range(stamps):
        under = bottom[stamp] <= middle
        before[stamp] |= under
        before[:, stamp] &= ~under
    np.fill_diagonal(before, False)
    return np.asarray(before, dtype=bool)


def _rows(free: list[int], lines: list[TextLine]) -> list[tuple[int, ...]]:
    """Lines that are read across: columns of short lines (numbers behind a tab) join the rows left of them."""
    mates = {index: _mate(index, free, lines) for index in free}
    columns = _chains([(index,) for index in free], lines)
    leader = {index: index for index in free}
    for column in columns:
        paired = [index for index in column if mates[index] is not None]
        if paired and len(paired) >= TABULAR * len(column):
            for index in paired:
                mate = mates[index]
                leader[index] = index if mate is None else mate
    rows: dict[int, list[int]] = {}
    for index in free:
        first = index
        while leader[first] != first:
            first = leader[first]
        rows.setdefault(first, []).append(index)
    return [tuple(sorted(row, key=lambda index: lines[index].bbox.left)) for row in rows.values()]


def _mate(index: int, free: list[int], lines: list[TextLine]) -> int | None:
    """The nearest line to the left in the same row."""
    own = lines[index]
    left = [
        other for other in free if lines[other].bbox.right <= own.bbox.left and _same_row(lines[other].band, own.band)
    ]
    return max(left, key=lambda other: lines[other].bbox.right, default=None)


def _same_row(a: BBox, b: BBox) -> bool:
    smaller = min(a.bottom - a.top, b.bottom - b.top)
    return abs(a.top + a.bottom - b.top - b.bottom) / 2 <= SAME_ROW * smaller


def _chains(rows: list[tuple[int, ...]], lines: list[TextLine]) -> list[list[int]]:
    """Rows under each other become one block as long as each has only one row above and one below it."""
    boxes = [union(lines[index].bbox for index in row) for row in rows]
    bands = [union(lines[index].band for index in row) for row in rows]
    order = sorted(range(len(rows)), key=lambda row: (bands[row].top + bands[row].bottom, boxes[row].left))
    below: dict[int, list[int]] = {row: [] for row in order}
    above: dict[int, list[int]] = {row: [] for row in order}
    for place, upper in enumerate(order):
        for lower in order[place + 1 :]:
            if _follows(bands[upper], bands[lower], boxes[upper], boxes[lower]):
                below[upper].append(lower)
                above[lower].append(upper)
    chains = []
    for row in order:
        if len(above[row]) == 1 and len(below[above[row][0]]) == 1:
            continue
        chain = [row]
        while len(below[chain[-1]]) == 1 and len(above[below[chain[-1]][0]]) == 1:
            chain.append(below[chain[-1]][0])
        chains.append([index for member in chain for index in rows[member]])
    return chains


def _follows(upper: BBox, lower: BBox, above: BBox, below: BBox) -> bool:
    height = min(upper.bottom - upper.top, lower.bottom - lower.top)
    shorter = min(above.right - above.left, below.right - below.left)
    step = (lower.top + lower.bottom - upper.top - upper.bottom) / 2
    return (
        0.3 * height < step
        and lower.top - upper.bottom <= CHAIN_GAP * height
        and step <= 1.6 * height
        and overlap_x(above, below) >= CHAIN_OVERLAP * shorter
    )


def _block(members: list[int], lines: list[TextLine]) -> Block:
    return Block(tuple(members), union(lines[index].bbox for index in members))
