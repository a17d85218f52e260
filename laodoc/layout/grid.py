"""Intersections to cells: the ruled tables of a page, their rows, columns and merged cells."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from laodoc.document import BBox
from laodoc.imaging.page import Image
from laodoc.imaging.paper import MM_PER_INCH
from laodoc.layout.edges import find_edges
from laodoc.layout.intersections import (
    Intersection,
    Lattice,
    Span,
    Track,
    covered,
    edges_to_intersections,
    intersections_to_networks,
    network_to_lattice,
)
from laodoc.layout.medians import median
from laodoc.layout.page import Edge, Grid, GridCell

SIDE_SHARE = 0.5
"""A side of a cell is ruled if an edge covers at least this part of it; edges are complete where paper shows them."""
TRACK_SHARE = 0.7
"""A border counts if somewhere it rules a side this completely; what covers none is a stray stroke."""
OPEN_MM = 4.0
"""Edges that run on this far beyond the last crossing edge rule cells without an outer border."""
OPEN_SHARE = 0.6
"""… if this part of the edges does so."""
STREAK_MM = 12.0
"""… but where few do, and this far, they are no rulings: wider than the bleeding ends of any table's rulings."""
INSIDE_MM = 0.1
"""Blurred flank of a ruling that is left outside the cell."""
FEWEST_CELLS = 4
"""A frame with a divider is no table yet."""

Sides = NDArray[np.bool_]


def find_grids(grey: Image, dpi: float) -> tuple[Grid, ...]:
    """The ruled tables of an upright page (`grey` is (height, width) uint8), from top to bottom."""
    edges = find_edges(grey, dpi)
    return edges_to_grids(edges, dpi)


def edges_to_grids(edges: Sequence[Edge], dpi: float) -> tuple[Grid, ...]:
    """The tables that the edges rule, from top to bottom; frames and boxes are none."""
    return intersections_to_cells(edges, edges_to_intersections(edges, dpi), dpi)


def find_boxes(edges: Sequence[Edge], dpi: float) -> tuple[BBox, ...]:
    """The closed frames among the edges that are no tables: stamps, notes, boxes round a word."""
    boxes = []
    for network in intersections_to_networks(edges_to_intersections(edges, dpi)):
        lattice = _to_lattice(edges, network, dpi)
        streak = STREAK_MM * dpi / MM_PER_INCH
        closed = _ruling_lattice(_without_streaks(network_to_lattice(edges, network, dpi), streak))
        if lattice is None or closed is None or _is_table(lattice):
            continue
        outer = Lattice((closed.levels[0], closed.levels[-1]), (closed.uprights[0], closed.uprights[-1]))
        above, before = _ruled_sides(outer)
        if above.all() and before.all():
            boxes.append(_outline(edges, closed))
    return tuple(sorted(boxes, key=lambda box: (box.top, box.left)))


def intersections_to_cells(
    edges: Sequence[Edge], intersections: Sequence[Intersection], dpi: float
) -> tuple[Grid, ...]:
    """The cells between the edges, network by network; a network of fewer than 2 rows and 2 columns is no table."""
    grids = []
    for network in intersections_to_networks(intersections):
        lattice = _to_lattice(edges, network, dpi)
        if lattice is None or not _is_table(lattice):
            continue
        cells = tuple(_lattice_to_cells(edges, lattice, INSIDE_MM * dpi / MM_PER_INCH))
        if len(cells) >= FEWEST_CELLS:
            rows, columns = len(lattice.levels) - 1, len(lattice.uprights) - 1
            own = tuple(edges[index] for index in network)
            grids.append(Grid(_outline(edges, lattice), rows, columns, cells, own))
    return tuple(sorted(grids, key=lambda grid: (grid.bbox.top, grid.bbox.left)))


def _is_table(lattice: Lattice) -> bool:
    return len(lattice.levels) > 2 and len(lattice.uprights) > 2


def _to_lattice(edges: Sequence[Edge], network: Sequence[int], dpi: float) -> Lattice | None:
    mm = dpi / MM_PER_INCH
    lattice = _without_streaks(network_to_lattice(edges, network, dpi), STREAK_MM * mm)
    reach = OPEN_MM * mm
    lattice = Lattice(_with_open_ends(lattice.levels, lattice.uprights, reach), lattice.uprights)
    lattice = Lattice(lattice.levels, _with_open_ends(lattice.uprights, lattice.levels, reach))
    return _ruling_lattice(lattice)


def _ruling_lattice(lattice: Lattice) -> Lattice | None:
    """Only the borders that rule a side somewhere; None where no cell is left."""
    while True:
        if len(lattice.levels) < 2 or len(lattice.uprights) < 2:
            return None
        levels = _ruling_tracks(lattice.levels, lattice.uprights)
        uprights = _ruling_tracks(lattice.uprights, levels) if len(levels) > 1 else ()
        if len(levels) == len(lattice.levels) and len(uprights) == len(lattice.uprights):
            return lattice
        lattice = Lattice(levels, uprights)


def _without_streaks(lattice: Lattice, reach: float) -> Lattice:
    """The lattice without dirt of the scanner: the few lines that run far beyond all others of their network."""
    levels = _without_overlong(lattice.levels, lattice.uprights, reach)
    return Lattice(levels, _without_overlong(lattice.uprights, levels or lattice.levels, reach))


def _without_overlong(tracks: tuple[Track, ...], crossing: tuple[Track, ...], reach: float) -> tuple[Track, ...]:
    first, last = crossing[0].place - reach, crossing[-1].place + reach
    within = [tuple(span for span in track.spans if span.start > first and span.end < last) for track in tracks]
    overlong = sum(len(spans) < len(track.spans) for spans, track in zip(within, tracks, strict=True))
    if overlong >= OPEN_SHARE * len(tracks):
        return tracks
    return tuple(Track(track.place, spans) for track, spans in zip(tracks, within, strict=True) if spans)


def _with_open_ends(tracks: tuple[Track, ...], crossing: tuple[Track, ...], reach: float) -> tuple[Track, ...]:
    """The tracks, with a border added where the crossing ones run on beyond the first or last of them."""
    starts = np.array([min(span.start for span in track.spans) for track in crossing])
    ends = np.array([max(span.end for span in track.spans) for track in crossing])
    before, after = starts < tracks[0].place - reach, ends > tracks[-1].place + reach
    low, high = float(crossing[0].place), float(crossing[-1].place)
    if before.sum() >= 2 and before.mean() >= OPEN_SHARE:
        place = median(starts[before])
        tracks = (Track(place, (Span(-1, place, low, high),)), *tracks)
    if after.sum() >= 2 and after.mean() >= OPEN_SHARE:
        place = median(ends[after])
        tracks = (*tracks, Track(place, (Span(-1, place, low, high),)))
    return tracks


def _ruling_tracks(tracks: tuple[Track, ...], crossing: tuple[Track, ...]) -> tuple[Track, ...]:
    between = _pairs(crossing)
    return tuple(track for track in tracks if any(covered(track, a.place, b.place) >= TRACK_SHARE for a, b in between))


def _ruled_sides(lattice: Lattice) -> tuple[Sides, Sides]:
    """Which sides are ruled: above each place, (levels, columns), and left of each place, (rows, uprights)."""
    above = np.array(
        [
            [covered(track, a.place, b.place) >= SIDE_SHARE for a, b in _pairs(lattice.uprights)]
            for track in lattice.levels
        ]
    )
    before = np.array(
        [
            [covered(track, a.place, b.place) >= SIDE_SHARE for track in lattice.uprights]
            for a, b in _pairs(lattice.levels)
        ]
    )
    return above, before


def _pairs(tracks: tuple[Track, ...]) -> list[tuple[Track, Track]]:
    return list(pairwise(tracks))


def _lattice_to_cells(edges: Sequence[Edge], lattice: Lattice, inside: float) -> Iterator[GridCell]:
    above, before = _ruled_sides(lattice)
    for top, left, bottom, right in sides_to_spans(above, before):
        borders = (lattice.levels[top], lattice.uprights[left], lattice.levels[bottom], lattice.uprights[right])
        yield GridCell(top, left, bottom - top, right - left, _inner_box(edges, borders, inside))


def sides_to_spans(above: Sides, before: Sides) -> Iterator[tuple[int, int, int, int]]:
    """Cover the lattice with the largest boxes (top, left, bottom, right) that no ruled side cuts, in row order."""
    rows, columns = before.shape[0], above.shape[1]
    taken = np.zeros((rows, columns), np.bool_)
    for top in range(rows):
        for left in range(columns):
            if taken[top, left]:
                continue
            right = left + 1
            while right < columns and not before[top, right] and not taken[top, right]:
                right += 1
            bottom = top + 1
            while bottom < rows and _continues(above, before, (bottom, left, right)):
                bottom += 1
            taken[top:bottom, left:right] = True
            yield top, left, bottom, right


def _continues(above: Sides, before: Sides, stretch: tuple[int, int, int]) -> bool:
    row, left, right = stretch
    return not above[row, left:right].any() and not before[row, left + 1 : right].any()


def _inner_box(edges: Sequence[Edge], borders: tuple[Track, Track, Track, Track], inside: float) -> BBox:
    top, left, bottom, right = borders
    across = (left.place, right.place)
    down = (top.place, bottom.place)
    box = BBox(
        int(np.ceil(_flank(edges, left, down, 1) + inside)),
        int(np.ceil(_flank(edges, top, across, 1) + inside)),
        int(np.floor(_flank(edges, right, down, -1) - inside)) + 1,
        int(np.floor(_flank(edges, bottom, across, -1) - inside)) + 1,
    )
    return _not_empty(box)


def _not_empty(box: BBox) -> BBox:
    """The box, with at least one pixel in it."""
    return box._replace(right=max(box.right, box.left + 1), bottom=max(box.bottom, box.top + 1))


def _flank(edges: Sequence[Edge], track: Track, stretch: tuple[float, float], side: int) -> float:
    """The innermost place of a border along a stretch: its lower or right flank (side 1), or the other (side -1)."""
    places = []
    for span in track.spans:
        if span.edge < 0:
            return track.place
        start, end = max(span.start, stretch[0]), min(span.end, stretch[1])
        if start <= end:
            edge = edges[span.edge]
            at = start + (end - start) * FIVE_PLACES
            places.append(float((side * np.interp(at, edge.along, edge.across)).max()) + edge.thickness / 2)
    if not places:
        nearest = min(track.spans, key=lambda span: max(span.start - stretch[1], stretch[0] - span.end))
        edge = edges[nearest.edge]
        return float(edge.across[0] if edge.along[0] > stretch[0] else edge.across[-1])
    return side * max(places)


FIVE_PLACES = np.linspace(0.0, 1.0, 5)
"""Where along a side its border is looked at, in parts of the side."""


def _outline(edges: Sequence[Edge], lattice: Lattice) -> BBox:
    across = (lattice.uprights[0].place, lattice.uprights[-1].place)
    down = (lattice.levels[0].place, lattice.levels[-1].place)
    return BBox(
        int(np.floor(_flank(edges, lattice.uprights[0], down, -1))),
        int(np.floor(_flank(edges, lattice.levels[0], across, -1))),
        int(np.ceil(_flank(edges, lattice.uprights[-1], down, 1))) + 1,
        int(np.ceil(_flank(edges, lattice.levels[-1], across, 1))) + 1,
    )
