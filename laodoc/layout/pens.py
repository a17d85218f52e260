"""What pens wrote outside tables and stamps: lines of writing, signatures, notes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from laodoc.document import BBox, Region
from laodoc.ink.kinds import MAP_DPI, Kind
from laodoc.ink.map import InkMap
from laodoc.layout.boxes import share_inside
from laodoc.layout.clusters import clusters, to_page
from laodoc.layout.ink import Ink, inside, pixels
from laodoc.layout.lines import LineSettings, find_lines
from laodoc.layout.page import TextLine


@dataclass(frozen=True, slots=True)
class PenSettings:
    """What pens leave, in millimetres."""

    across: float = 5.0
    """Words of one note stand nearer than this"""
    down: float = 2.0
    """and its lines."""
    smallest: float = 1.6
    """Strokes smaller than this in both directions are ticks and points."""
    line: float = 8.0
    """A line of writing is at most so high, with what hangs and stands over it."""
    note: int = 12
    """With more pieces than this a cluster of writing is a note; with fewer and large it is a signature."""
    elsewhere: float = 0.5
    """Part of a cluster in a table, stamp or tick box from which it is theirs."""


PLAIN = PenSettings()
WRITING = LineSettings(margin=0.5)


@dataclass(frozen=True, slots=True)
class Pens:
    """Lines of writing, and regions of signatures and notes."""

    lines: tuple[TextLine, ...]
    regions: tuple[Region, ...]


def find_pens(hand: Ink, ink_map: InkMap, dpi: float, taken: Sequence[BBox], settings: PenSettings = PLAIN) -> Pens:
    """The lines, signatures and notes that the pens' ink `hand` makes outside the boxes `taken`."""
    places = ink_map.holds(Kind.HAND)
    scale = MAP_DPI / dpi
    for left, top, right, bottom in taken:
        places[int(top * scale) : int(bottom * scale) + 1, int(left * scale) : int(right * scale) + 1] = False
    boxes = [to_page(each, ink_map, dpi) for each in clusters(places, settings.across, settings.down)]
    least = pixels(settings.smallest, dpi)
    boxes = [box for box in boxes if max(box.right - box.left, box.bottom - box.top) >= least]
    boxes = [box for box in boxes if not any(share_inside(box, other) > settings.elsewhere for other in taken)]
    if not boxes:
        return Pens((), ())
    lines: list[TextLine] = []
    regions: list[Region] = []
    for box in boxes:
        own = inside(hand.boxes, box)
        pieces = int(np.count_nonzero(own))
        high = box.bottom - box.top
        if not pieces:
            continue
        if high <= pixels(settings.line, dpi):
            lines += [each.line for each in find_lines(hand.select(own), np.zeros(pieces, np.int32), dpi, WRITING)]
            regions.append(Region(kind="hand", bbox=box))
        else:
            regions.append(Region(kind="hand" if pieces > settings.note else "signature", bbox=box))
    return Pens(tuple(lines), tuple(regions))
