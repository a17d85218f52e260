"""Where everything stands on a page: seals → rulings → stamps → codes → pictures → lines → reading order."""

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.document import BBox, Code, Region
from laodoc.imaging.page import Image, UprightPage
from laodoc.ink.kinds import MAP_DPI, Kind
from laodoc.ink.map import InkMap, find_ink_map
from laodoc.layout.aligned import find_aligned
from laodoc.layout.barcodes import find_codes
from laodoc.layout.boxes import grow, share_inside
from laodoc.layout.colours import part_layers
from laodoc.layout.edges import find_edges
from laodoc.layout.erasing import erase_edges
from laodoc.layout.faint import faint_lines, within_lines
from laodoc.layout.frames import Stamp, erase_frame, find_frames_on
from laodoc.layout.grid import edges_to_grids
from laodoc.layout.ink import Ink, find_ink, inside, letter_height, pixels
from laodoc.layout.leaders import without_leaders
from laodoc.layout.lines import FoundLine, find_lines
from laodoc.layout.page import Grid, PageLayout, TextLine, TickBox
from laodoc.layout.peeling import peel
from laodoc.layout.pens import find_pens
from laodoc.layout.reading_order import reading_order
from laodoc.layout.regions import find_bars, find_pictures, not_letters, outside_pictures, punched_holes
from laodoc.layout.seals import Seal, find_seals, lift_seals
from laodoc.layout.stamp_lines import find_stamp_lines, in_rows
from laodoc.layout.stamps import find_stamps, within_stamp
from laodoc.layout.strangers import without_strangers
from laodoc.layout.tick_boxes import find_tick_boxes
from laodoc.layout.underlines import find_underlines

IN_EACH_OTHER = 0.6
"""A grid and a stamp of which one has this part inside the other are the same rulings: with cells they are a table."""

OPEN_PAGE = 0
"""The zone of ink that stands in no cell."""


def find_layout(page: UprightPage) -> PageLayout:
    """The places of everything on an upright page."""
    ink_map = find_ink_map(page)
    codes = find_codes(page.grey)
    seals = outside_codes(outside_frames(find_seals(page.grey, page.dpi), page), codes)
    if seals:
        page = replace(page, grey=lift_seals(page, seals))
    edges = find_edges(page.grey, page.dpi, ink_map)
    grids = edges_to_grids(edges, page.dpi)
    stamps = [
        stamp
        for stamp in find_stamps(page.image, page.grey, page.dpi, edges)
        if (stamp.framed or is_stamped(stamp, ink_map, page.dpi))
        and not is_table(stamp, grids)
        and not is_figure(stamp.region.bbox, ink_map, page.dpi)
        and not any(is_seal(stamp, seal) for seal in seals)
    ]
    underlines = find_underlines(page.grey, page.dpi, ink_map, edges)
    inked = erase_edges(page.grey, (*edges, *underlines), page.dpi)
    taken = [grid.bbox for grid in grids]
    taken += [stamp.region.bbox for stamp in stamps] + [seal.region.bbox for seal in seals]
    tick_boxes = find_tick_boxes(page.grey, ink_map, page.dpi, taken)
    taken += [box.bbox for box in tick_boxes]
    peeled = peel(inked, ink_map, page.dpi, taken, grids)
    clean, pens = peeled.clean, find_pens(peeled.hand, ink_map, page.dpi, taken)
    layers = part_layers(clean, page, stamps, edges)
    stamped = layers.stamps if layers else clean
    for stamp in stamps:
        erase_frame(stamped, stamp, page.dpi)
    clean = layers.print if layers else stamped
    stamped = without_leaders(without_strangers(stamped, stamps, page.dpi), stamps, page.dpi)
    ink = layers.ink if layers else find_ink(clean, page.dpi)
    zones = cell_zones(ink, grids)
    apart = in_codes(ink, codes, page.dpi) | in_stamps(ink, stamps)
    apart &= ~layers.crossing if layers else True
    pictures, plain = set_apart(ink, apart | (zones != OPEN_PAGE), tick_boxes, ink_map, page.dpi)
    text = np.where(zones == OPEN_PAGE, plain, ~apart & ~find_bars(ink, letter_height(ink, page.dpi)))
    found = find_lines(ink.select(text), zones[text], page.dpi)
    found = with_faintness(found, clean, ink)
    aligned = aligned_grids(found, ink.select(text & (zones == OPEN_PAGE)), page.dpi)
    if aligned:
        grids = tuple(sorted((*grids, *aligned), key=lambda grid: (grid.bbox.top, grid.bbox.left)))
        zones = cell_zones(ink, grids)
        found = with_faintness(find_lines(ink.select(text), zones[text], page.dpi), clean, ink)
    lines, owners = open_lines(found, stamps, pictures, stamped, page.dpi)
    order = reading_order(lines, owners, [grid.bbox for grid in grids])
    return PageLayout(
        grids=grids,
        lines=tuple(lines[index] for index in order),
        line_regions=tuple(owners[index] for index in order),
        cell_lines=lines_of_cells(found, grids),
        regions=(*(stamp.region for stamp in stamps), *(seal.region for seal in seals), *pictures, *pens.regions),
        codes=codes,
        tick_boxes=tuple(tick_boxes),
        clean=clean,
        stamped=stamped,
        inked=inked,
        written=pens.lines,
        ink=ink_map,
    )


def outside_frames(seals: tuple[Seal, ...], page: UprightPage) -> tuple[Seal, ...]:
    """The seals without circles that were seen in a framed stamp: its frame and rows meet any circle between them."""
    frames = [stamp.region.bbox for stamp in find_frames_on(page.grey, page.dpi)] if seals else []
    return tuple(
        seal for seal in seals if not any(share_inside(seal.region.bbox, frame) >= ALL_INSIDE for frame in frames)
    )


def outside_codes(seals: tuple[Seal, ...], codes: tuple[Code, ...]) -> tuple[Seal, ...]:
    """The seals without circles that were seen in a code: its modules meet any."""
    return tuple(
        seal for seal in seals if not any(share_inside(code.bbox, seal.region.bbox) >= IN_EACH_OTHER for code in codes)
    )


ALL_INSIDE = 0.9
"""Part of a circle's box inside a frame."""


def aligned_grids(found: list[FoundLine], ink: Ink, dpi: float) -> tuple[Grid, ...]:
    """The tables without rules among the lines of the open page, whose ink this is; what shows through is no column."""
    lines = [each.line for each in found if each.zone == OPEN_PAGE and not each.line.faint]
    faint = within_lines(ink.boxes, [each.line for each in found if each.line.faint])
    return find_aligned(lines, ink.boxes[~faint], letter_height(ink, dpi)) if lines else ()


def with_faintness(found: list[FoundLine], clean: Image, ink: Ink) -> list[FoundLine]:
    """The same lines, those marked that are far fainter than the others."""
    faint = faint_lines([each.line for each in found], clean, ink.mask)
    return [
        replace(each, line=replace(each.line, faint=True)) if pale else each
        for each, pale in zip(found, faint, strict=True)
    ]


QUIET_MM = 1.0
"""A code's modules lie no further than this outside the box that its reader gives."""


def in_codes(ink: Ink, codes: tuple[Code, ...], dpi: float) -> NDArray[np.bool_]:
    """Which components belong to bar codes."""
    height, width = ink.mask.shape
    held = np.zeros(len(ink.boxes), dtype=bool)
    for code in codes:
        held |= inside(ink.boxes, grow(code.bbox, round(pixels(QUIET_MM, dpi)), width, height))
    return held


def in_stamps(ink: Ink, stamps: list[Stamp]) -> NDArray[np.bool_]:
    """Which components stand in stamps."""
    held = np.zeros(len(ink.boxes), dtype=bool)
    for stamp in stamps:
        held |= within_stamp(ink.boxes, stamp)
    return held


def open_lines(
    found: list[FoundLine], stamps: list[Stamp], pictures: list[Region], stamped: Image, dpi: float
) -> tuple[list[TextLine], list[int | None]]:
    """The lines outside tables, and for each the number of its stamp or None."""
    slack = round(pixels(SCRIBBLE_MM, dpi))
    lines = [line.line for line in found if line.zone == OPEN_PAGE and not is_scribble(line.line, pictures, slack)]
    owners: list[int | None] = [None] * len(lines)
    for number, stamp in enumerate(stamps):
        own = find_stamp_lines(stamped, stamp, dpi)
        lines += own
        owners += [number] * len(own)
    return lines, owners


STAMPED = 0.03
"""Part of a coloured block's ink that the map takes for a stamp's, at least: of a letter printed in colour, or on
coloured paper, none is."""
ASKEW = 1.0
"""Degrees by which no printer sets a line askew."""


def is_stamped(stamp: Stamp, ink_map: InkMap, dpi: float) -> bool:
    """Whether a coloured block without a frame is a stamp rather than coloured print: set askew, or by the map."""
    stamped, inked = _shares_in(stamp.region.bbox, ink_map, dpi, (Kind.STAMP,))
    return abs(stamp.angle) >= ASKEW or stamped >= STAMPED * max(1, inked)


def _shares_in(box: BBox, ink_map: InkMap, dpi: float, kinds: tuple[Kind, ...]) -> tuple[int, int]:
    """At how many places of the map inside a box of the page these kinds lie, and at how many any ink."""
    left, top, right, bottom = (round(side * MAP_DPI / dpi) for side in box)
    block = np.s_[top : bottom + 1, left : right + 1]
    every = (Kind.PRINT, Kind.HAND, Kind.STAMP, Kind.FIGURE)
    return int(ink_map.holds(*kinds)[block].sum()), int(ink_map.holds(*every)[block].sum())


FIGURE = 0.6
"""Part of a block's ink that the map takes for a picture's where it is one: a square code with a frame, a logo."""


def is_figure(box: BBox, ink_map: InkMap, dpi: float) -> bool:
    """Whether what was taken for a stamp is a picture or a code by the map."""
    figured, inked = _shares_in(box, ink_map, dpi, (Kind.FIGURE,))
    return figured >= FIGURE * max(1, inked)


def is_table(stamp: Stamp, grids: tuple[Grid, ...]) -> bool:
    """Whether a stamp's frame is a table's, or part of one."""
    box = stamp.region.bbox
    return any(max(share_inside(box, grid.bbox), share_inside(grid.bbox, box)) >= IN_EACH_OTHER for grid in grids)


def is_seal(stamp: Stamp, seal: Seal) -> bool:
    """Whether what was taken for a stamp by its colour is a round seal."""
    return not stamp.framed and share_inside(seal.region.bbox, stamp.region.bbox) >= IN_EACH_OTHER


def set_apart(
    ink: Ink, elsewhere: NDArray[np.bool_], tick_boxes: list[TickBox], ink_map: InkMap, dpi: float
) -> tuple[list[Region], NDArray[np.bool_]]:
    """The pictures among the ink that is neither `elsewhere` nor a tick box, and which components are none of these:
    print in a picture, as the map tells it, is print."""
    letter = letter_height(ink, dpi)
    boxed = np.zeros(len(ink.boxes), dtype=bool)
    for box in tick_boxes:
        boxed |= inside(ink.boxes, box.bbox)
    open_ink = ink.select(~elsewhere & ~boxed)
    pictures = find_pictures(open_ink, letter, dpi)
    plain = ~elsewhere & ~boxed
    printed = is_printed(open_ink, ink_map, dpi) & ~not_letters(open_ink, letter)
    plain[plain] = (outside_pictures(open_ink, pictures, letter) | printed) & ~punched_holes(open_ink, dpi)
    return pictures, plain


def is_printed(ink: Ink, ink_map: InkMap, dpi: float) -> NDArray[np.bool_]:
    """Which components the map takes for print: those with print, and hardly anything else, in their boxes."""
    boxes = np.rint(ink.boxes * (MAP_DPI / dpi)).astype(np.intp)
    shares = [share_of(ink_map.holds(kind), boxes) for kind in (Kind.PRINT, Kind.FIGURE, Kind.HAND)]
    return np.asarray((shares[0] > shares[1]) & (shares[0] > shares[2]) & (shares[0] >= PRINT_SHARE), np.bool_)


PRINT_SHARE = 0.3
"""Part of its box in which the map sees a letter: as much as a thin one fills."""


def share_of(places: NDArray[np.bool_], boxes: NDArray[np.intp]) -> NDArray[np.float64]:
    """The part of each box (left, top, right, bottom, at least one place) on the map in which `places` holds."""
    sums = cv2.integral(places.astype(np.uint8))
    height, width = places.shape
    left, top = np.clip(boxes[:, 0], 0, width - 1), np.clip(boxes[:, 1], 0, height - 1)
    right = np.clip(np.maximum(boxes[:, 2], left + 1), 1, width)
    bottom = np.clip(np.maximum(boxes[:, 3], top + 1), 1, height)
    held = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
    return np.asarray(held / ((right - left) * (bottom - top)), np.float64)


SCRIBBLE_MM = 1.0
"""Loose strokes of a signature stand within this of its main stroke."""

FEW_LETTERS = 1.2
"""A line no wider than this many times its band's height, inside a signature, is part of the scribble."""


def is_scribble(line: TextLine, regions: list[Region], slack: int) -> bool:
    """Whether a short line is ink of a signature rather than print beside or under it; `slack` in pixels."""
    short = line.bbox.right - line.bbox.left <= FEW_LETTERS * (line.band.bottom - line.band.top)
    return short and any(
        region.kind == "signature"
        and share_inside(
            line.bbox, BBox(*(s + by for s, by in zip(region.bbox, (-slack, -slack, slack, slack), strict=True)))
        )
        >= IN_EACH_OTHER
        for region in regions
    )


def cell_zones(ink: Ink, grids: tuple[Grid, ...]) -> NDArray[np.int32]:
    """For each component the number of its cell, counted from 1 through all grids, or `OPEN_PAGE`; -1 for ink in a grid
    and in no cell (remains of its rulings)."""
    height, width = ink.mask.shape
    canvas = np.zeros((height // SCALE + 1, width // SCALE + 1), dtype=np.int32)
    number = OPEN_PAGE
    for grid in grids:
        _fill(canvas, grid.bbox, -1)
        for cell in grid.cells:
            number += 1
            _fill(canvas, cell.bbox, number)
    x = (ink.boxes[:, 0] + ink.boxes[:, 2]) // 2
    y = (ink.boxes[:, 1] + ink.boxes[:, 3]) // 2
    zones = np.array(canvas[y // SCALE, x // SCALE])
    if number:
        beyond = round(RULING * float(np.median(ink.heights)))
        above, below = (
            zone_at(canvas, x, row, further)
            for row, further in ((ink.boxes[:, 1] + 1, -beyond), (ink.boxes[:, 3] - 2, beyond))
        )
        for index, zone in over_rulings(ink, zones, above, below):
            zones[index] = zone
    return zones


def zone_at(canvas: NDArray[np.int32], x: NDArray[np.int32], y: NDArray[np.int32], beyond: int) -> NDArray[np.int32]:
    """The zones at places of the page; `beyond` them where they lie on a ruling."""
    here = canvas[y // SCALE, x // SCALE]
    there = canvas[np.clip(y + beyond, 0, SCALE * (len(canvas) - 1)) // SCALE, x // SCALE]
    return np.where(here < OPEN_PAGE, there, here)


def over_rulings(
    ink: Ink, zones: NDArray[np.int32], above: NDArray[np.int32], below: NDArray[np.int32]
) -> list[tuple[int, int]]:
    """Marks that hang or stand over a ruling, each with the cell of the letter that it belongs to.

    A vowel under the last line of a cell often has its middle in the cell below, a tone mark over the first line in the
    cell above. `above` and `below` are the zones of the components' upper and lower edges. The nearer letter in the
    mark's columns decides; where there is none within a letter's height, the middle does.
    """
    boxes, typical = ink.boxes, float(np.median(ink.heights))
    found = []
    for index in np.flatnonzero((above != below) & (ink.heights <= MARK * typical)).tolist():
        left, top, right, bottom = boxes[index].tolist()
        beside = (boxes[:, 0] < right) & (boxes[:, 2] > left) & (zones >= OPEN_PAGE)
        beside[index] = False
        over = beside & (boxes[:, 3] <= top + TOUCH) & (zones == above[index])
        under = beside & (boxes[:, 1] >= bottom - TOUCH) & (zones == below[index])
        gap_over = top - boxes[over, 3].max() if over.any() else np.inf
        gap_under = boxes[under, 1].min() - bottom if under.any() else np.inf
        if min(gap_over, gap_under) <= typical:
            found.append((index, int(above[index] if gap_over <= gap_under else below[index])))
    return found


MARK = 1.6
"""Marks are at most so high, in heights of the usual component: a vowel with its tone has 1.3."""

RULING = 0.35
"""A ruling with its flanks is at most so thick, in heights of the usual component."""

TOUCH = 3
"""Pixels by which a mark's box may reach into its letter's."""

SCALE = 4
"""Cells are looked up on a map with one entry for so many pixels: their rulings are that thick."""


def _fill(canvas: NDArray[np.int32], box: BBox, number: int) -> None:
    canvas[box.top // SCALE : box.bottom // SCALE + 1, box.left // SCALE : box.right // SCALE + 1] = number


def lines_of_cells(found: list[FoundLine], grids: tuple[Grid, ...]) -> tuple[tuple[tuple[TextLine, ...], ...], ...]:
    """The lines of every cell of every grid, from top to bottom and from left to right."""
    by_zone: dict[int, list[TextLine]] = {}
    for entry in found:
        by_zone.setdefault(entry.zone, []).append(entry.line)
    numbers = iter(range(1, 1 + sum(len(grid.cells) for grid in grids)))
    return tuple(tuple(tuple(in_rows(by_zone.get(next(numbers), []))) for _ in grid.cells) for grid in grids)
