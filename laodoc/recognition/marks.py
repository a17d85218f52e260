"""The mark in a cell: check, cross, none, or in doubt."""

from collections.abc import Sequence

import numpy as np

from laodoc.document import BBox
from laodoc.imaging.page import Image
from laodoc.imaging.paper import MM_PER_INCH
from laodoc.recognition.ink import DUST_MM, INK, Piece, pieces_of
from laodoc.recognition.mark_shape import probabilities
from laodoc.recognition.reading import MarkReading

SPECK_MM = 0.7
"""Extent of the largest dust and toner specks; a full stop of 16-pt print is smaller too."""

CLUSTER_MM = 2.0
"""Extent up to which specks that lie close together are still specks; a longer row of dots may be a stroke that the
scan broke up."""

SMALLEST_MARK_MM = 1.4
"""The × of 10-pt print is as large; ink between a speck and this may be a dot that somebody made."""

LARGEST_DOT_MM = 1.0
"""Beside a mark, ink up to this extent is a dot of the scan or of the pen and changes nothing."""

OWN = 0.5
"""A mark belongs to the cell that holds this part of its ink."""

INTRUDER = 0.25
"""A piece with less of its ink here than this belongs to another cell; between this and `OWN` nobody can say."""

RULING_MM = 0.6
RULING_SLENDER = 4.0
RULING_DISTANCE_MM = 1.0
"""A straight piece thinner than the first, this many times as long as thick, and so close to the cell's border, is left
over from a ruling."""

SURE = 0.9
"""Probability from which a shape is called a mark; below it, a person has to look."""

EMPTY = 0.99
"""Confidence that a cell with nothing but clean paper is empty; specks lower it."""

SPECKY = 0.85
"""… with specks as large as a speck may be."""

MOST_DOUBT = 0.5
"""Confidence of a doubtful reading stays at or below this."""

REACHES = 0.75
"""A mark that touches one in the next row is at least this part of its own row high."""

ERASED_MM = 0.8
"""Where a stroke ends in a ruling and goes on from it, the erased ruling and its flanks leave a gap up to this wide."""


def read_mark(grey: Image, cell: BBox, dpi: float) -> MarkReading:
    """What a mark column would have in `cell`; `grey` is the whole page, evened out (ground 255) and without rulings.

    Text, scribbles, slashes, dots and corrected marks give kind None with a confidence of at most `MOST_DOUBT`.
    """
    pieces = pieces_of(grey, cell, dpi)
    found = mark_of(pieces, cell, dpi)
    if found.kind is not None:
        return found
    own = [piece for piece in pieces if piece.share_inside > INTRUDER and not is_speck(piece)]
    if len(own) == 1:
        again = cut_apart(own[0], cell)
    else:
        again = mark_of(pieces_of(grey, cell, dpi, link_mm=ERASED_MM), cell, dpi)
    return again if again.kind in ("check", "cross") else found


def cut_apart(piece: Piece, cell: BBox) -> MarkReading:
    """What stands in the cell of a piece that is two marks of neighbouring rows which touch.

    A piece that is one mark as a whole is not cut: half of a cross looks like a check. The part here must be as high as
    a mark that reaches from border to border.
    """
    box, height = piece.bbox, cell.bottom - cell.top
    part = piece.image[max(0, cell.top - box.top) : cell.bottom - box.top]
    inked = np.flatnonzero((part < INK).any(axis=1))
    reaches = box.bottom - box.top > height and len(inked) and inked[-1] - inked[0] >= REACHES * height
    if not reaches or shape_of(piece).kind is not None:
        return MarkReading(None, 0.0)
    return shape_of_image(trimmed(part))


def mark_of(pieces: Sequence[Piece], cell: BBox, dpi: float) -> MarkReading:
    """What the pieces of ink in a cell come to."""
    pieces = [piece for piece in pieces if not is_ruling(piece, cell, dpi)]
    own = [piece for piece in pieces if piece.share_inside >= OWN and not is_speck(piece)]
    shared = [p for p in pieces if INTRUDER < p.share_inside < OWN and p.extent >= SMALLEST_MARK_MM]
    marks = [piece for piece in own if piece.extent >= LARGEST_DOT_MM]
    if len(marks) == 1 and marks[0].extent >= SMALLEST_MARK_MM:
        return shape_of(marks[0])
    if own or shared:
        return MarkReading(None, 0.0)
    return MarkReading("none", emptiness(pieces))


def shape_of(piece: Piece) -> MarkReading:
    """Check or cross where the shape is sure, doubt elsewhere."""
    return shape_of_image(piece.image)


def shape_of_image(image: Image) -> MarkReading:
    """The same of ink cut out alone, grey on 255."""
    likely = probabilities(image)
    if likely["check"] >= SURE:
        return MarkReading("check", round(likely["check"], 3))
    if likely["cross"] >= SURE:
        return MarkReading("cross", round(likely["cross"], 3))
    return MarkReading(None, round(min(MOST_DOUBT, max(likely["check"], likely["cross"])), 3))


def trimmed(image: Image) -> Image:
    """The image without the white around its ink."""
    rows, columns = (np.flatnonzero((image < INK).any(axis=axis)) for axis in (1, 0))
    return image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def is_speck(piece: Piece) -> bool:
    return piece.extent <= SPECK_MM or (piece.grain <= DUST_MM and piece.extent <= CLUSTER_MM)


def is_ruling(piece: Piece, cell: BBox, dpi: float) -> bool:
    """A straight thin piece along the border of the cell: the rest of a ruling that was erased."""
    thick, long = sorted((piece.width, piece.height))
    if thick > RULING_MM or long < RULING_SLENDER * thick:
        return False
    near = RULING_DISTANCE_MM * dpi / MM_PER_INCH
    box = piece.bbox
    if piece.width > piece.height:
        return box.bottom - cell.top <= near or cell.bottom - box.top <= near
    return box.right - cell.left <= near or cell.right - box.left <= near


def emptiness(specks: Sequence[Piece]) -> float:
    """Confidence that there is no mark where there are only specks and intruders."""
    largest = max((speck.grain for speck in specks if speck.share_inside >= OWN), default=0.0)
    return round(EMPTY - (EMPTY - SPECKY) * min(1.0, largest / SPECK_MM), 3)
