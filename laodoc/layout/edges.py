"""The page to edges: the ruled lines of tables and frames, horizontal and vertical, with their bends."""

from dataclasses import replace

import cv2
import numpy as np

from laodoc.imaging.page import Image
from laodoc.imaging.paper import MM_PER_INCH
from laodoc.ink.kinds import Kind
from laodoc.ink.map import InkMap
from laodoc.layout.chains import link_traces
from laodoc.layout.erasing import erase_edges
from laodoc.layout.intersections import edges_to_intersections, intersections_to_networks
from laodoc.layout.medians import median
from laodoc.layout.networks import carry_on
from laodoc.layout.page import Edge
from laodoc.layout.rulings import Ridges, Trace, find_traces, page_to_ridges
from laodoc.layout.streaks import without_streaks

__all__ = ["erase_edges", "find_edges"]

POINT_MM = 4.0
"""Distance of an edge's points: paper does not bend within less."""

FRAME_MM = 6.5
"""Smallest side of a frame: a box round a word. The corner squares of QR codes and tick boxes are smaller."""
FEWEST_EDGES = 3
"""Two lines that meet enclose nothing: a streak and a fold."""


def find_edges(grey: Image, dpi: float, ink_map: InkMap | None = None) -> tuple[Edge, ...]:
    """The ruled lines of tables and frames; underlines, leaders and strokes of letters and pens are none.

    `grey` is (height, width) uint8 at `dpi` pixels an inch, upright, its ground near 255 and its ink dark. Horizontal
    edges come first, each kind in order of its place across the page. With a map of the page's ink a line is looked for
    only where the map sees rulings: not in stems that stand under one another, folds and streaks.
    """
    rows = closed(page_to_ridges(grey, dpi, horizontal=True), ink_map, horizontal=True)
    columns = closed(page_to_ridges(grey, dpi, horizontal=False), ink_map, horizontal=False)
    level = link_traces(find_traces(vouched(rows, ink_map, horizontal=True)), rows)
    upright = link_traces(find_traces(vouched(columns, ink_map, horizontal=False)), columns)
    level, upright = without_streaks(level, upright, rows, columns)
    level, upright = carry_on(level, upright, rows, columns), carry_on(upright, level, columns, rows)
    edges = [_to_edge(trace, rows, horizontal=True) for trace in _in_order(level)]
    edges += [_to_edge(trace, columns, horizontal=False) for trace in _in_order(upright)]
    networks = intersections_to_networks(edges_to_intersections(edges, dpi))
    kept = {index for network in networks if _is_frame([edges[i] for i in network], dpi) for index in network}
    return tuple(edge for index, edge in enumerate(edges) if index in kept)


VOUCHED_FROM = 64
"""Chance, of 255, from which the map lets a ridge be a ruling."""
RULED = (Kind.RULING, Kind.BOX, Kind.STAMP, Kind.LEADER)
"""What is ruled: narrow cells may look like tick boxes, frames like stamps' or like lines to write on."""
UNRULED = (Kind.PRINT, Kind.HAND, Kind.DIRT)
"""What makes ridges that rule nothing: stems under one another, strokes, folds and streaks."""


def vouched(ridges: Ridges, ink_map: InkMap | None, *, horizontal: bool) -> Ridges:
    """The ridges that the map does not take for what rules nothing; all of them where there is no map."""
    if ink_map is None:
        return ridges
    ruled = cv2.dilate(ink_map.holds(*RULED, at_least=VOUCHED_FROM).astype(np.uint8), np.ones((3, 3), np.uint8))
    places = np.asarray((ruled > 0) | ~ink_map.holds(*UNRULED), np.uint8)
    across, along = ridges.ridge.shape
    seen = cv2.resize(places if horizontal else places.T, (along, across), interpolation=cv2.INTER_NEAREST)
    return replace(ridges, ridge=np.asarray(ridges.ridge * seen, np.uint8))


DOTS_MM = 1.7
"""Gaps between the dots and dashes of a ruling: where the map is sure of one they are closed."""


def closed(ridges: Ridges, ink_map: InkMap | None, *, horizontal: bool) -> Ridges:
    """The ridges with the gaps closed between the dots of dotted rulings, as the map sees these; as they are where
    there is no map."""
    if ink_map is None:
        return ridges
    ruled = ink_map.holds(Kind.RULING).astype(np.uint8)
    across, along = ridges.ridge.shape
    sure = cv2.resize(ruled if horizontal else ruled.T, (along, across), interpolation=cv2.INTER_NEAREST) > 0
    gap = np.ones((1, ridges.strips_in(DOTS_MM) + 1), np.uint8)
    ridge = cv2.morphologyEx(ridges.ridge, cv2.MORPH_CLOSE, gap)
    strips = cv2.morphologyEx(ridges.strips, cv2.MORPH_OPEN, gap)
    return replace(
        ridges,
        ridge=np.asarray(np.where(sure, ridge, ridges.ridge), np.uint8),
        strips=np.asarray(np.where(sure & (ridge > ridges.threshold), strips, ridges.strips), np.uint8),
    )


def _is_frame(edges: list[Edge], dpi: float) -> bool:
    if len(edges) < FEWEST_EDGES:
        return False
    points = np.array([point for edge in edges for point in edge.points])
    return bool(np.ptp(points, axis=0).min() >= FRAME_MM * dpi / MM_PER_INCH)


def _in_order(traces: tuple[Trace, ...]) -> list[Trace]:
    return sorted(traces, key=lambda trace: (median(trace.across), trace.start))


def _to_edge(trace: Trace, ridges: Ridges, *, horizontal: bool) -> Edge:
    step = ridges.strips_in(POINT_MM)
    count = max(2, len(trace.across) // step + 1)
    picked = np.unique(np.linspace(0, len(trace.across) - 1, count).astype(np.intp))
    window = np.ones(min(step, len(trace.across)))
    smooth = np.convolve(np.pad(trace.across, len(window) // 2, "edge"), window / len(window), "valid")
    along = (trace.start + picked + 0.5) * ridges.size
    along[0], along[-1] = trace.start * ridges.size, trace.end * ridges.size - 1
    across = np.round(smooth[picked], 2)
    points = zip(along.tolist(), across.tolist(), strict=True)
    return Edge(
        tuple(points if horizontal else ((place, step) for step, place in points)),
        round(trace.thickness, 2),
        horizontal,
    )
