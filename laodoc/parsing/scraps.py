"""Lines of a letter without what is none of it: dirt that was read as a letter, and words torn from their row."""

import re
from collections.abc import Sequence
from statistics import median

from laodoc.parsing import phrases
from laodoc.parsing.cues import LEAD, any_of
from laodoc.parsing.passages import PrintedLine, follows

SPECK = 0.55
"""A lone letter that is lower than this part of the page's usual line is a speck or a streak of a drum."""
STREAK = 3.0
"""… and one so many times as high as it is wide too: no letter is as slim, but a stroke is."""
BEHIND_MM = 25.0
"""What stands behind a label begins at most so far to its right."""

_NO_LETTER = re.compile(r"[\W_ะ-ฺเ-ๅ็-๎]+")
"""Vowels, marks and points are no text without a letter."""
_LABELS = (phrases.SUBJECT, phrases.REFERENCE, *phrases.TO, *phrases.ENCLOSURES)
_LABEL_ALONE = re.compile(rf"{LEAD}{any_of(_LABELS)}[\s.:]*")


def without_scraps(lines: Sequence[PrintedLine]) -> tuple[PrintedLine, ...]:
    """The lines of a page less those that only dirt makes; digits of a usual size stay."""
    if not lines:
        return ()
    usual = median(line.height for line in lines)
    return tuple(line for line in lines if not _is_scrap(line, usual))


def _is_scrap(line: PrintedLine, usual: float) -> bool:
    if len(line.text) > 1:
        return False
    slim = line.height >= STREAK * (line.bbox.right - line.bbox.left)
    return _NO_LETTER.fullmatch(line.text) is not None or line.height < SPECK * usual or (slim and line.text != "1")


def with_labels_in_rows(lines: Sequence[PrintedLine]) -> tuple[PrintedLine, ...]:
    """The lines with every label that stands alone right before what stands behind it in its row: where the gap is
    wide, columns are read one after the other."""
    ordered = list(lines)
    for label in lines:
        if not _LABEL_ALONE.fullmatch(label.text):
            continue
        row = [other for other in ordered if other is not label and follows(label, other)]
        row = sorted((each for each in row if each.page == label.page), key=lambda each: each.bbox.left)
        if not row or row[0].bbox.left - label.bbox.right > BEHIND_MM * label.mm:
            continue
        rest = [line for line in ordered if line is not label and not any(line is each for each in row)]
        first = next(index for index, line in enumerate(ordered) if line is row[0])
        at = sum(1 for line in ordered[:first] if line is not label and not any(line is each for each in row))
        ordered = [*rest[:at], label, *row, *rest[at:]]
    return tuple(ordered)
