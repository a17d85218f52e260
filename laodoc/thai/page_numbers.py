"""What pages say about their order: numbers at the top (`- ๒ -`), catchwords at the foot (`/๒. ให้ …`)."""

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

from rapidfuzz.fuzz import partial_ratio

from laodoc.document import BBox
from laodoc.thai.digits import to_arabic

TOP = 0.12
"""A page's number stands in this upper part of it."""

MIDDLE = 0.06
"""How far from the page's middle, as a share of its width."""

BOTTOM = 0.75
"""A catchword stands below this share of the page's height, at its right."""

ALIKE = 75.0
"""How much (0..100) of a catchword must begin the next page: both are read by the same reader, with its slips."""

REACH = 3
"""The page that a catchword leads to begins with it in one of its first lines: its number and stamps stand above."""

SHORTEST = 3
"""Letters that a catchword has at least; less may be a date's slash."""

_NUMBER = re.compile(r"[-–—.\s]*([0-9]{1,3})[-–—.\s]*")
_CATCHWORD = re.compile(r"\s*/\s?(?P<word>[^/]*?)[\s.…]*")


class Placed(Protocol):
    """A line with its place; its text is None where a pen wrote words."""

    @property
    def text(self) -> str | None: ...
    @property
    def bbox(self) -> BBox: ...


AnyLine = TypeVar("AnyLine", bound=Placed)


def number_on_page(lines: Sequence[Placed], width: int, height: int) -> int | None:
    """The number printed at the top of a page of so many pixels, or None."""
    for line in lines:
        box = line.bbox
        centred = abs((box.left + box.right) / 2 - width / 2) <= MIDDLE * width
        match = _NUMBER.fullmatch(to_arabic(line.text or ""))
        if match and centred and box.bottom <= TOP * height:
            return int(match[1])
    return None


def catchword_on_page(lines: Sequence[AnyLine], width: int, height: int) -> AnyLine | None:
    """The line at the foot of the page that says how the next one begins, or None."""
    for line in reversed(lines):
        match = _CATCHWORD.fullmatch(line.text or "")
        low = line.bbox.top >= BOTTOM * height and line.bbox.left >= width / 2
        if match and low and len(match["word"]) >= SHORTEST:
            return line
    return None


def begins_with(lines: Sequence[Placed], catchword: str) -> bool:
    """Whether a page of these lines is the one that the catchword leads to."""
    match = _CATCHWORD.fullmatch(catchword)
    word = "".join(match["word"].split()) if match else ""
    first = ["".join((line.text or "").split())[: len(word)] for line in lines[: 2 * REACH]]
    return any(partial_ratio(word, start) >= ALIKE for start in first if len(start) >= SHORTEST)
