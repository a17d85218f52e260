"""The way of a letter as a picture: letters from the first to the last, arcs from each to those that it speaks of."""

from dataclasses import dataclass

from laodoc.archive.tracing import Key, Thread, Traced

ROW, BOX, LEFT, WIDTH = 92, 70, 150, 720
"""Pixels: from letter to letter, of a letter's box, of the room for arcs, and of a box's width."""


@dataclass(frozen=True, slots=True)
class Node:
    """A letter and the top of its box; `asked`: it is the one asked for."""

    letter: Traced
    top: int
    asked: bool


@dataclass(frozen=True, slots=True)
class Arc:
    """From a letter to an earlier one: a path of SVG, what they have to do with each other, and where that stands."""

    path: str
    relations: tuple[str, ...]
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """All of it."""

    nodes: tuple[Node, ...]
    arcs: tuple[Arc, ...]
    width: int
    height: int


def picture_of(thread: Thread) -> Drawing:
    """Where everything stands."""
    tops = {letter.key: 10 + ROW * index for index, letter in enumerate(thread.letters)}
    nodes = tuple(Node(letter, tops[letter.key], letter.key in thread.roots) for letter in thread.letters)
    between: dict[tuple[Key, Key], list[str]] = {}
    for link in thread.links:
        if link.later in tops and link.earlier in tops:
            between.setdefault((link.later, link.earlier), []).append(link.relation)
    arcs = []
    for (later, earlier), relations in between.items():
        start, end = tops[later] + BOX // 2, tops[earlier] + BOX // 2
        reach = min(LEFT - 60, 30 + abs(start - end) // 8)
        path = f"M {LEFT} {start} C {LEFT - reach} {start}, {LEFT - reach} {end}, {LEFT - 4} {end}"
        arcs.append(Arc(path, tuple(relations), LEFT - reach, (start + end) // 2))
    return Drawing(nodes, tuple(arcs), LEFT + WIDTH + 10, 10 + ROW * len(nodes))
