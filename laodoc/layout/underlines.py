"""Underlines: ruled lines that touch the letters above them and belong to no table or frame."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.document import BBox
from laodoc.imaging.labels import labelled
from laodoc.imaging.page import Image
from laodoc.imaging.paper import MM_PER_INCH
from laodoc.ink.kinds import MAP_DPI, Kind
from laodoc.ink.map import InkMap
from laodoc.layout.medians import median
from laodoc.layout.page import Edge
from laodoc.layout.rulings import ROUGHEST_MM, THICKEST_MM, Ridges, page_to_ridges

SHORTEST_MM = 6.0
"""An underline runs under two letters or more; strokes of letters are shorter."""
AROUND_MM = 1.5
"""Paper looked at around a place where the map sees a ruled line."""
SOLID = 0.85
"""Part of a line's length in which its ink must be seen: dots and dashes are leaders."""
STRAIGHT = 0.6
"""Part of a line's length in which it runs straight: under the feet of letters its ink seems to bend."""
LINES = (Kind.RULING, Kind.LEADER)
HINTED = 40
"""Chance, of 255, from which the map hints at a line: under letters that touch it the map is seldom sure, and whether
there is one shows in the pixels."""
BREAK_MM = 0.7
"""Length over which ink that crosses the line may hide it."""
GAP_MM = 3.0
"""Length of a line that the map may miss between two parts that it sees."""


def find_underlines(grey: Image, dpi: float, ink_map: InkMap, edges: Sequence[Edge]) -> tuple[Edge, ...]:
    """The solid, level lines of which the map sees some part beside the `edges` of tables and frames.

    `grey` is (height, width) uint8 at `dpi`, upright, its ground near 255.
    """
    found: list[Edge] = []
    for box in _seen(ink_map, edges, dpi):
        if not any(_runs_through(line, box) for line in found):
            line = _traced(page_to_ridges(grey[box.top : box.bottom], dpi, horizontal=True), box)
            found += [line] if line is not None else []
    return tuple(found)


def _runs_through(line: Edge, box: BBox) -> bool:
    x, y = (box.left + box.right) / 2, float(line.across.mean())
    return bool(line.along[0] <= x <= line.along[-1]) and box.top <= y <= box.bottom


def _seen(ink_map: InkMap, edges: Sequence[Edge], dpi: float) -> list[BBox]:
    """The places on the page at which the map sees long level lines that are no edges, with paper around them."""
    lines = ink_map.holds(*LINES, at_least=HINTED).astype(np.uint8)
    scale = MAP_DPI / dpi
    gap = round(GAP_MM * MAP_DPI / MM_PER_INCH)
    lines = np.asarray(cv2.morphologyEx(lines, cv2.MORPH_CLOSE, np.ones((1, gap | 1), np.uint8)), np.uint8)
    for edge in edges:
        points = np.round(np.array(edge.points) * scale).astype(np.int32)
        cv2.polylines(lines, [points], False, 0, 5)
    _, stats = labelled(lines)
    height, width = ink_map.shape
    high, around = THICKEST_MM * dpi / MM_PER_INCH, round(AROUND_MM * dpi / MM_PER_INCH)
    places = []
    for left, top, wide, tall, _ in (stats[1:] / scale).tolist():
        if wide >= SHORTEST_MM * dpi / MM_PER_INCH and tall <= 3 * high:
            places.append(
                BBox(
                    max(0, round(left)),
                    max(0, round(top) - around),
                    min(width, round(left + wide)),
                    min(height, round(top + tall) + around),
                )
            )
    return places


def _traced(ridges: Ridges, box: BBox) -> Edge | None:
    """The solid line through a place, followed to both ends in ridges of the page's width and the box's height; None
    where there is none."""
    start, end = (min(ridges.ridge.shape[1], round(side / ridges.size)) for side in (box.left, box.right))
    own = ridges.ridge[:, start:end].astype(np.intp)
    if not own.size:
        return None
    level = int(own.sum(axis=1).argmax())
    reach = max(1, round(ridges.pixels_in(THICKEST_MM) / 2))
    top = max(0, level - reach)
    band = ridges.ridge[top : level + reach + 1].astype(np.intp)
    seen = band.max(axis=0) > ridges.threshold
    if seen[start:end].mean() < SOLID:
        return None
    first, last = _run(seen, (start + end) // 2, ridges.strips_in(BREAK_MM))
    places = first + np.flatnonzero(seen[first:last])
    if (last - first) * ridges.size < ridges.pixels_in(SHORTEST_MM):
        return None
    across = top + band[:, places].argmax(axis=0)
    course = _course(places, across)
    if np.mean(np.abs(across - course) <= ridges.pixels_in(ROUGHEST_MM)) < STRAIGHT:
        return None
    thickness = median(band[:, places].sum(axis=0) / band[:, places].max(axis=0))
    ends = places[0] * ridges.size, (places[-1] + 1) * ridges.size - 1
    points = zip(ends, (course[0], course[-1]), strict=True)
    return Edge(tuple((float(x), float(box.top + y)) for x, y in points), thickness, horizontal=True)


def _course(places: NDArray[np.intp], across: NDArray[np.intp]) -> NDArray[np.float64]:
    """The straight line through most of the points: through the nearest of them to a line through all."""
    fit = np.polynomial.Polynomial.fit(places, across, 1)
    away = np.abs(across - fit(places))
    near = away <= np.quantile(away, STRAIGHT)
    if np.ptp(places[near]):
        fit = np.polynomial.Polynomial.fit(places[near], across[near], 1)
    return np.asarray(fit(places), np.float64)


def _run(seen: NDArray[np.bool_], middle: int, most: int) -> tuple[int, int]:
    """Where the run of strips about the middle one begins, and the strip after its end; breaks of `most` do not end
    it."""
    places = np.flatnonzero(seen)
    if not len(places):
        return middle, middle
    nearest = int(np.abs(places - middle).argmin())
    parts = np.concatenate([[0], np.cumsum(np.diff(places) > most + 1)])
    own = places[parts == parts[nearest]]
    return int(own[0]), int(own[-1]) + 1
