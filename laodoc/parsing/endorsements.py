"""The notes with which a lower office passes a letter on: office, number, date, to whom, what to do, who signed."""

import re
from collections.abc import Sequence

from laodoc.document import Endorsement, Field
from laodoc.layout.boxes import overlap_x, union
from laodoc.parsing import phrases
from laodoc.parsing.addressees import listed_addressees
from laodoc.parsing.cues import LEAD, any_of, loose
from laodoc.parsing.headings import split_addressees
from laodoc.parsing.numbers import number_in_line
from laodoc.parsing.passages import Passage, PrintedLine, whole, without
from laodoc.parsing.signing import signatory_of
from laodoc.thai.dates import find_dates

BLOCK_GAP = 5.0
"""Heights of a line that a signature may take between two lines of one note."""
OFFICE_GAP = 1.6
"""Heights of a line between the office's name and what follows it."""
OFFICE_LINES = 2
"""The office's name fills two lines at most."""
SAME_COLUMN = 0.5
"""A line belongs to a block where this much of the narrower one's width lies under the other's."""

_TO = re.compile(rf"{LEAD}{any_of(phrases.TO)}\s*")
_OFFICE = re.compile(rf"{LEAD}{any_of(phrases.OFFICES)}")
_INSTRUCTION = re.compile(rf"{LEAD}{any_of(phrases.INSTRUCTION)}")
_PHONE = re.compile(rf"{any_of(phrases.PHONE)}|{any_of(phrases.COORDINATORS)}")
_DATE = re.compile(loose(phrases.DATE))
_QUOTED = re.compile(rf"{loose('ลงวันที่')}")
_ADDRESSED = re.compile(rf"{LEAD}(?!{any_of(phrases.NOT_TO)}){loose(phrases.TO[0])}")


def endorsements_of(
    lines: Sequence[PrintedLine], body: int, *, unsigned: bool
) -> tuple[tuple[Endorsement, tuple[PrintedLine, ...]], ...]:
    """The notes among `lines` from index `body` (where the letter's own body begins), each with the lines it fills.

    An addressee without a number of its own begins a note only below the letter's own signatory, or where such a
    letter (`unsigned`, a stamped one) bears none: elsewhere it is part of a sentence.
    """
    found: list[tuple[Endorsement, tuple[PrintedLine, ...]]] = []
    rest = tuple(lines[body:])
    start = 0
    while (anchor := _anchor(rest, start, unsigned=unsigned)) is not None:
        block = _block(rest, anchor)
        note = _endorsement(block)
        if note:
            found.append((note, tuple(block)))
            rest = without(rest, block)
        else:
            start = anchor + 1
    return tuple(found)


def _anchor(lines: Sequence[PrintedLine], start: int, *, unsigned: bool) -> int | None:
    """The next line that begins a note, with its own number and date or with an addressee."""
    passage = Passage(tuple(lines))
    signed = unsigned
    for index, line in enumerate(lines):
        signed = signed or signatory_of((line,)) is not None
        if index < start:
            continue
        numbered = number_in_line(passage, index)
        if numbered and _DATE.search(line.text) and not _QUOTED.search(line.text):
            return index
        if signed and _ADDRESSED.match(line.text) and not _PHONE.search(line.text):
            return index
    return None


def _block(lines: Sequence[PrintedLine], anchor: int) -> list[PrintedLine]:
    """The lines of the note around its anchor: the office above, down to the post of who signed."""
    start = lines[anchor]
    above = _office_above(lines, start)
    block = [*above, start]
    for line in sorted(lines, key=lambda line: line.bbox.top):
        if any(line is part for part in block) or line.page != start.page or line.bbox.top < start.bbox.top:
            continue
        if not _in_column(line, block):
            continue
        if line.bbox.top - block[-1].bbox.bottom > BLOCK_GAP * start.height or _PHONE.search(line.text):
            break
        if signatory_of(block) and (_OFFICE.match(line.text) or _TO.match(line.text)):
            break
        block.append(line)
    return block


def _office_above(lines: Sequence[PrintedLine], start: PrintedLine) -> list[PrintedLine]:
    column = [
        line
        for line in lines
        if line.page == start.page and line.bbox.bottom <= start.bbox.top + start.height // 2 and line is not start
    ]
    office: list[PrintedLine] = []
    below = start
    for line in sorted(column, key=lambda line: -line.bbox.bottom)[: 2 * OFFICE_LINES]:
        if not _in_column(line, [start]) or len(office) == OFFICE_LINES:
            continue
        if below.bbox.top - line.bbox.bottom > OFFICE_GAP * start.height:
            break
        office.insert(0, line)
        below = line
        if _OFFICE.match(line.text):
            return office
    return []


def _endorsement(block: Sequence[PrintedLine]) -> Endorsement | None:
    signed = signatory_of(block)
    lines = without(block, signed[1]) if signed else tuple(block)
    passage = Passage(lines)
    to_lines, text_lines = _parts(lines)
    numbered = next((i for i in range(len(lines)) if number_in_line(passage, i)), None)
    office = [line for line in lines if _OFFICE.match(line.text)] if lines and _OFFICE.match(lines[0].text) else []
    to = _addressees(to_lines)
    number = number_in_line(passage, numbered) if numbered is not None else None
    if not (to or numbered is not None) or not (signed or office or text_lines):
        return None
    return Endorsement(
        office=whole(office[:OFFICE_LINES]) if office else _absent(block[0]),
        number=number,
        date=_date(passage),
        to=listed_addressees(
            to, to_lines, "".join(line.text for line in office), str(number.value) if number else None
        ),
        text=whole(text_lines) if text_lines else _absent(block[-1]),
        signatory=signed[0] if signed else None,
    )


def _parts(lines: Sequence[PrintedLine]) -> tuple[list[PrintedLine], list[PrintedLine]]:
    """The lines that say to whom, and those below that say what is to be done."""
    to: list[PrintedLine] = []
    text: list[PrintedLine] = []
    for line in lines:
        if text or (to and _INSTRUCTION.match(line.text)):
            text.append(line)
        elif to or _TO.match(line.text):
            to.append(line)
    return to, text


def _addressees(lines: Sequence[PrintedLine]) -> tuple[Field, ...]:
    if not lines:
        return ()
    passage = Passage(tuple(lines))
    lead = _TO.match(passage.text)
    return split_addressees(passage, lead.end() if lead else 0, len(passage.text))


def _date(passage: Passage) -> Field | None:
    for index, line in enumerate(passage.lines):
        start = passage.start_of(index)
        cue = _DATE.search(line.text)
        found = find_dates(line.text)
        if found:
            first = found[0]
            return passage.field(start + first.start, start + first.end, first.date.isoformat())
        if cue and line.text[cue.end() :].strip(" ."):
            return passage.field(start + cue.end(), start + len(line.text))
    return None


def _in_column(line: PrintedLine, block: Sequence[PrintedLine]) -> bool:
    box = union(part.bbox for part in block)
    narrower = min(line.bbox.right - line.bbox.left, box.right - box.left)
    return overlap_x(line.bbox, box) >= SAME_COLUMN * narrower


def _absent(near: PrintedLine) -> Field:
    """A part that the note does not have, or that could not be read."""
    return Field(text="", value=None, page=near.page, bbox=near.bbox, confidence=0.0)
