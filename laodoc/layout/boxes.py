"""Arithmetic of boxes."""

from collections.abc import Iterable

from laodoc.document import BBox


def area(box: BBox) -> int:
    return max(0, box.right - box.left) * max(0, box.bottom - box.top)


def intersection(a: BBox, b: BBox) -> BBox:
    """The common part; its `area` is 0 where they do not meet."""
    return BBox(max(a.left, b.left), max(a.top, b.top), min(a.right, b.right), min(a.bottom, b.bottom))


def share_inside(inner: BBox, outer: BBox) -> float:
    """The part of `inner`'s area that lies in `outer`, 0..1."""
    return area(intersection(inner, outer)) / max(1, area(inner))


def union(boxes: Iterable[BBox]) -> BBox:
    """The smallest box around all of `boxes` (at least one)."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return BBox(min(lefts), min(tops), max(rights), max(bottoms))


def grow(box: BBox, by: int, width: int, height: int) -> BBox:
    """The box made larger by `by` pixels on each side, kept within a page of `width` × `height`."""
    return BBox(max(0, box.left - by), max(0, box.top - by), min(width, box.right + by), min(height, box.bottom + by))


def shifted(box: BBox, x: int, y: int) -> BBox:
    """The box moved by so many pixels."""
    return BBox(box.left + x, box.top + y, box.right + x, box.bottom + y)


def overlap_y(a: BBox, b: BBox) -> int:
    """Common rows of two boxes, in pixels."""
    return max(0, min(a.bottom, b.bottom) - max(a.top, b.top))


def overlap_x(a: BBox, b: BBox) -> int:
    """Common columns of two boxes, in pixels."""
    return max(0, min(a.right, b.right) - max(a.left, b.left))
