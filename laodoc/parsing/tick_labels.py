"""The words that tick boxes belong to: the label beside each, its number, and the heading over its group."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from laodoc.document import BBox, Checkbox
from laodoc.parsing.passages import PrintedLine
from laodoc.thai.digits import THAI_DIGITS, to_arabic

BESIDE = 0.75
"""By how many sides of the box a label's middle may lie above or below the box's: a line pitch is twice that."""

FAR = 12.0
"""Sides of the box within which a label begins; boxes at the right of their labels have none beyond."""

HEADING = 4.0
"""Sides of the box within which a heading stands above the first of its group: two lines."""

FEWEST_LETTERS = 3
"""Consonants of a heading: what has fewer is a stroke of the pen that was read."""

_LETTER = re.compile("[ก-ฮA-Za-z]")
_NUMBER = re.compile(rf"\(?\s*(?P<number>[0-9{THAI_DIGITS}]{{1,3}})\s*(?:[.)]|\s)")


@dataclass(frozen=True, slots=True)
class _Labelled:
    box: Checkbox
    label: PrintedLine | None

    @property
    def side(self) -> int:
        return self.box.bbox.bottom - self.box.bbox.top


def labelled(boxes: Sequence[Checkbox], lines: Sequence[PrintedLine]) -> tuple[Checkbox, ...]:
    """The boxes with label, number and group, in their order.

    The label is the line that begins nearest to the right of the box, at its height. The group is what stands at the
    left of the first box of a row, or else the line right above the first box of a column that begins further left.
    """
    known = [_Labelled(box, _label_of(box.bbox, lines)) for box in boxes]
    taken = {id(each.label) for each in known if each.label}
    words = [line for line in lines if len(_LETTER.findall(line.text)) >= FEWEST_LETTERS]
    others = [line for line in words if id(line) not in taken and not _is_on_a_box(line, boxes)]
    found: list[Checkbox] = []
    for index, each in enumerate(known):
        label = each.label.text if each.label else ""
        number = _NUMBER.match(label)
        before = found[index - 1].group if index else None
        group = _heading_of(each, others) or (before if index and _goes_on(known[index - 1], each, others) else None)
        found.append(
            each.box.model_copy(
                update={"label": label, "number": int(to_arabic(number["number"])) if number else None, "group": group}
            )
        )
    return tuple(found)


def _label_of(box: BBox, lines: Sequence[PrintedLine]) -> PrintedLine | None:
    """The line that begins nearest at the right of the box; of two set over each other, the one at its height."""
    side = box.bottom - box.top
    beside = [
        line
        for line in lines
        if box.left + side // 2 <= line.bbox.left <= box.right + FAR * side and abs(_off(line, box)) <= BESIDE * side
    ]
    return min(beside, key=lambda line: line.bbox.left - box.right + abs(_off(line, box)), default=None)


def _heading_of(each: _Labelled, others: Sequence[PrintedLine]) -> str | None:
    """What stands before the box in its row, or right above it and further left."""
    box, side = each.box.bbox, each.side
    before = [line for line in others if line.bbox.right <= box.left + side // 2 and abs(_off(line, box)) <= side / 2]
    if before:
        return max(before, key=lambda line: line.bbox.right).text
    above = [
        line
        for line in others
        if line.bbox.left < box.left - side / 2
        and line.bbox.right > box.left - FAR * side
        and 0 < box.top - _middle(line) <= HEADING * side
    ]
    return max(above, key=_middle).text if above else None


def _goes_on(before: _Labelled, each: _Labelled, others: Sequence[PrintedLine]) -> bool:
    """Whether a box stands below or beside the one before, with no other line that begins further left between them."""
    top, bottom = before.box.bbox.top, each.box.bbox.bottom
    between = [line for line in others if top < _middle(line) < bottom and line.bbox.left < each.box.bbox.left]
    return not between


def _is_on_a_box(line: PrintedLine, boxes: Sequence[Checkbox]) -> bool:
    """Whether a line is what was read of a box itself."""
    middle = (line.bbox.left + line.bbox.right) / 2
    return any(box.bbox.left <= middle <= box.bbox.right and abs(_off(line, box.bbox)) < line.height for box in boxes)


def _off(line: PrintedLine, box: BBox) -> float:
    return _middle(line) - (box.top + box.bottom) / 2


def _middle(line: PrintedLine) -> float:
    return (line.bbox.top + line.bbox.bottom) / 2
