"""Edges to intersections, and intersections to lattices: which edges meet, and the rows and columns that they rule."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laodoc.imaging.paper import MM_PER_INCH
from laodoc.layout.medians import median
from laodoc.layout.page import Edge

REACH_MM = 1.2
"""An edge that ends this close to a crossing edge meets it: corners of poor copies are broken."""
TRACK_MM = 1.7
"""Edges closer than this rule the same border: double rulings are closer, rows and columns are wider."""
REFERENCE_SHARE = 0.7
"""Edges that reach over this part of the table's extent show how its paper bends."""
SAMPLES = 9
"""Points at which an edge is compared with others."""

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Intersection:
    """Where horizontal edge `level` and vertical edge `upright` (indexes into the edges) meet, in pixels."""

    level: int
    upright: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Span:
    """An edge on straightened paper: place across its direction, start and end along it, in pixels."""

    edge: int
    place: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Track:
    """One border of rows or columns: the spans that lie on it, and its place on straightened paper."""

    place: float
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Lattice:
    """The borders of one network's rows (`levels`, top to bottom) and columns (`uprights`, left to right)."""

    levels: tuple[Track, ...]
    uprights: tuple[Track, ...]


def edges_to_intersections(edges: Sequence[Edge], dpi: float) -> tuple[Intersection, ...]:
    """Where horizontal and vertical edges cross, touch, or nearly touch."""
    reach = REACH_MM * dpi / MM_PER_INCH
    levels = [(i, edge) for i, edge in enumerate(edges) if edge.horizontal]
    uprights = [(i, edge) for i, edge in enumerate(edges) if not edge.horizontal]
    tops, bottoms = np.array([(edge.along[0], edge.along[-1]) for _, edge in uprights]).reshape(-1, 2).T
    lefts, rights = np.array([(edge.across.min(), edge.across.max()) for _, edge in uprights]).reshape(-1, 2).T
    middles = [float(edge.across.mean()) for _, edge in uprights]
    found = []
    for i, level in levels:
        xs, ys = level.along, level.across
        near = (tops <= ys.max() + reach) & (bottoms >= ys.min() - reach)
        near &= (lefts <= xs[-1] + reach) & (rights >= xs[0] - reach)
        for place in np.flatnonzero(near).tolist():
            j, upright = uprights[place]
            y = float(np.interp(middles[place], xs, ys))
            x = float(np.interp(y, upright.along, upright.across))
            y = float(np.interp(x, xs, ys))
            if xs[0] - reach <= x <= xs[-1] + reach and tops[place] - reach <= y <= bottoms[place] + reach:
                found.append(Intersection(i, j, x, y))
    return tuple(found)


def intersections_to_networks(intersections: Sequence[Intersection]) -> tuple[tuple[int, ...], ...]:
    """Groups of edges (indexes, ascending) that hang together."""
    group: dict[int, int] = {}

    def root(edge: int) -> int:
        while group.setdefault(edge, edge) != edge:
            edge = group[edge]
        return edge

    for crossing in intersections:
        a, b = root(crossing.level), root(crossing.upright)
        group[max(a, b)] = min(a, b)
    networks: dict[int, list[int]] = {}
    for edge in sorted(group):
        networks.setdefault(root(edge), []).append(edge)
    return tuple(tuple(members) for members in networks.values())


def network_to_lattice(edges: Sequence[Edge], network: Sequence[int], dpi: float) -> Lattice:
    """Straighten the paper under one network and gather its edges on the borders of rows and columns."""
    levels = [i for i in network if edges[i].horizontal]
    uprights = [i for i in network if not edges[i].horizontal]
    to_level = _straightener([edges[i] for i in levels])
    to_upright = _straightener([edges[i] for i in uprights])
    width = TRACK_MM * dpi / MM_PER_INCH
    return Lattice(
        _spans_to_tracks([_to_span(i, edges[i], to_upright, to_level) for i in levels], width),
        _spans_to_tracks([_to_span(i, edges[i], to_level, to_upright) for i in uprights], width),
    )


def _straightener(edges: Sequence[Edge]) -> Callable[[Values, Values], Values]:
    """A function from (along, across) to the place across on paper on which the longest of `edges` are straight."""
    split = [(edge.along, edge.across) for edge in edges]
    longest = max(along[-1] - along[0] for along, _ in split)
    references = [(along, across) for along, across in split if along[-1] - along[0] >= REFERENCE_SHARE * longest]
    references.sort(key=lambda reference: float(reference[1].mean()))
    middles = np.array([across.mean() for _, across in references])

    def straighten(along: Values, across: Values) -> Values:
        at = np.stack([np.interp(along, *reference) for reference in references])
        moved = middles[:, None] - at
        return np.array([y + np.interp(y, at[:, k], moved[:, k]) for k, y in enumerate(across)])

    return straighten


def _to_span(
    index: int,
    edge: Edge,
    straighten_along: Callable[[Values, Values], Values],
    straighten_across: Callable[[Values, Values], Values],
) -> Span:
    along, across = edge.along, edge.across
    at = np.linspace(along[0], along[-1], SAMPLES)
    place = straighten_across(at, np.interp(at, along, across))
    ends = straighten_along(across[[0, -1]], along[[0, -1]])
    return Span(index, median(place), float(ends[0]), float(ends[1]))


def _spans_to_tracks(spans: Sequence[Span], width: float) -> tuple[Track, ...]:
    tracks: list[list[Span]] = []
    for span in sorted(spans, key=lambda span: (span.place, span.start)):
        if tracks and span.place - tracks[-1][-1].place <= width:
            tracks[-1].append(span)
        else:
            tracks.append([span])
    return tuple(
        Track(float(np.average([s.place for s in track], weights=[s.end - s.start for s in track])), tuple(track))
        for track in tracks
    )


def covered(track: Track, start: float, end: float) -> float:
    """The part of the interval along the track that its spans cover, 0..1."""
    total, reached = 0.0, start
    for span in sorted(track.spans, key=lambda span: span.start):
        total += max(0.0, min(end, span.end) - max(reached, span.start))
        reached = max(reached, span.end)
    return total / max(1e-6, end - start)
