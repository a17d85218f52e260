"""The lines that belong to a table without standing in it: its titles above, its notes below."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from laodoc.document import BBox
from laodoc.imaging.paper import MM_PER_INCH
from laodoc.parsing.passages import PrintedLine, flowing, printed_lines
from laodoc.recognition.reading import GridReading, PageReading

LINE_GAP_MM = 10.0
"""White between a table and the lines that belong to it, and between these: a blank line and a half."""

OFF_CENTRE_MM = 8.0
"""How far a title's middle may lie from that of its table or page: skew and a ragged margin do that."""

MOST_TITLE_LINES = 5
"""A longer run of lines above a table is the text of a letter."""

FOOTER_MM = 15.0
"""What stands so near to the lower edge of the paper is printed by the word processor on every page."""

SHORTEST_TITLE = 6
"""Letters; shorter lines are page numbers (`- ๒ -`) or what an engine makes of them."""

_CATCHWORD = re.compile(r"\s*/")
"""`/๔๒ …`: what the next page begins with."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`titles` are centred above the table, `above` everything right above it, `below` right below; top to bottom.

    `last_on_page` tells that no other table stands below on its page.
    """

    titles: tuple[PrintedLine, ...]
    above: tuple[PrintedLine, ...]
    below: tuple[PrintedLine, ...]
    last_on_page: bool
    closed: bool
    """Whether text below the table, other than a footer, ends it."""

    @property
    def title(self) -> str:
        return " ".join(flowing(line.text) for line in self.titles)


def surroundings(page: PageReading, grids: Sequence[GridReading], index: int) -> Surroundings:
    """The lines around `grids[index]`; `grids` are those of the page from top to bottom."""
    box = grids[index].bbox
    floor = grids[index - 1].bbox.bottom if index else 0
    ceiling = grids[index + 1].bbox.top if index + 1 < len(grids) else page.height
    mm = page.dpi / MM_PER_INCH
    lines = [line for line in printed_lines(page) if line.region is None and not _is_furniture(line)]
    above = _run_up([line for line in lines if floor <= _middle(line) < box.top], box.top, LINE_GAP_MM * mm)
    if len(above) > MOST_TITLE_LINES:
        above = ()
    titles = tuple(line for line in above if _is_centred(line.bbox, box, page.width, OFF_CENTRE_MM * mm))
    below = _run_down([line for line in lines if box.bottom <= _middle(line) < ceiling], box.bottom, LINE_GAP_MM * mm)
    if index + 1 < len(grids):
        next_titles = surroundings(page, grids, index + 1).titles
        below = tuple(line for line in below if line not in next_titles)
    footer = page.height - FOOTER_MM * mm
    return Surroundings(
        titles=titles,
        above=above,
        below=below,
        last_on_page=index + 1 == len(grids),
        closed=any(line.bbox.top < footer for line in below),
    )


def _run_up(lines: Iterable[PrintedLine], start: int, gap: float) -> tuple[PrintedLine, ...]:
    run: list[PrintedLine] = []
    for line in sorted(lines, key=lambda line: line.bbox.bottom, reverse=True):
        if start - line.bbox.bottom > gap:
            break
        run.append(line)
        start = line.bbox.top
    return tuple(reversed(run))


def _run_down(lines: Iterable[PrintedLine], start: int, gap: float) -> tuple[PrintedLine, ...]:
    run: list[PrintedLine] = []
    for line in sorted(lines, key=lambda line: line.bbox.top):
        if line.bbox.top - start > gap:
            break
        run.append(line)
        start = line.bbox.bottom
    return tuple(run)


def _is_furniture(line: PrintedLine) -> bool:
    return len(line.text) < SHORTEST_TITLE or _CATCHWORD.match(line.text) is not None


def _is_centred(line: BBox, table: BBox, page_width: int, tolerance: float) -> bool:
    middle = (line.left + line.right) / 2
    return min(abs(middle - (table.left + table.right) / 2), abs(middle - page_width / 2)) <= tolerance


def _middle(line: PrintedLine) -> float:
    return (line.bbox.top + line.bbox.bottom) / 2
