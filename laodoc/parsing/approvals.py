"""Who wrote a letter, and what those decided who signed below: ทราบ, อนุญาต, เห็นชอบ, เรียน … เพื่อโปรดพิจารณา."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from laodoc.document import BBox, Endorsement, Field, Form, Signatory
from laodoc.layout.boxes import overlap_x
from laodoc.parsing import people_words, phrases
from laodoc.parsing.cues import LEAD, any_of
from laodoc.parsing.headings import split_addressees
from laodoc.parsing.passages import Passage, PrintedLine, whole, without
from laodoc.parsing.signing import Signature, is_closing, signatures_of
from laodoc.thai.dates import find_dates

NOTE_GAP = 6.0
"""Heights of a line between two lines of a note, and between it and the name: a signature takes room."""
SAME_COLUMN = 0.5
"""A line belongs to a column where this much of the narrower one's width lies under the other's."""
DATE_BELOW = 3
"""The day stands at most so many lines under a post."""

_TO = re.compile(rf"{LEAD}(?!{any_of(phrases.NOT_TO)}){any_of(phrases.TO)}\s*")
_PASSED_ON = re.compile(rf"{LEAD}(?!{any_of(phrases.NOT_TO)}){any_of((*phrases.PASSED_ON, *phrases.TO))}[\s.:]*")
_DECISION = re.compile(rf"{any_of(people_words.DECISIONS)}(?:\s*/\s*{any_of(people_words.DECISIONS)})*")
_OPTION = re.compile(r"^\s*[(\[]\s*(?P<tick>[^)\]ก-ฮ]{0,3})\s*[)\]]\s*")
_TICKS = frozenset("✓✔/√")
_OFFICE = re.compile(any_of((*phrases.OFFICES, "เทศมนตรี")))


@dataclass(frozen=True, slots=True)
class Signed:
    """Who wrote a letter, and the notes of those who signed below, with the lines that each fills."""

    writer: Signatory | None
    approvals: tuple[tuple[Endorsement, tuple[PrintedLine, ...]], ...]


def signed(lines: Sequence[PrintedLine], form: Form) -> Signed:
    """The writer among those who signed in `lines` (a letter from its body on), and the approvals below.

    The writer is who signs first below the words with which the letter ends. Minutes are signed by who took them, last.
    """
    names = signatures_of(lines)
    writer = _writer(names, lines, form)
    if writer is None:
        return Signed(None, ())
    end = _end(lines, form)
    others = [name for name in names if name is not writer]
    behind = [name for name in others if (_lies_below(name, end) if end else not _is_above(name, writer))]
    if form in ("minutes", "order", "announcement"):
        behind = []
    taken = [line for name in (writer, *behind) for line in name.lines]
    free = without(lines, taken)
    notes = (_approval(name, (writer, *behind), free) for name in behind)
    return Signed(writer.signatory, tuple(notes))


def _writer(names: Sequence[Signature], lines: Sequence[PrintedLine], form: Form) -> Signature | None:
    """Who signed the letter itself."""
    if not names:
        return None
    if form == "minutes":
        return names[-1]
    end = _end(lines, form)
    below = [name for name in names if end is None or _lies_below(name, end)]
    if not below:
        return names[-1] if form != "internal" else names[0]
    if end is not None and "แสดงความ" in end.text:
        below = [name for name in below if overlap_x(name.box, end.bbox)] or below
    row = [name for name in below if not _is_above(below[0], name)]
    return next((name for name in row if not _decides(name, lines, end)), row[0])


def _end(lines: Sequence[PrintedLine], form: Form) -> PrintedLine | None:
    """The line that ends the letter; of an order the last such one, since it may rest on others' words."""
    found = [line for line in lines if is_closing(line)]
    parting = [line for line in found if "แสดงความ" in line.text]
    ends = parting or (found[::-1] if form in ("order", "announcement") else found)
    return ends[0] if ends else None


def _lies_below(name: Signature, line: PrintedLine) -> bool:
    return (name.page, name.name_box.top) > (line.page, line.bbox.top)


def _is_above(name: Signature, other: Signature) -> bool:
    """Whether a name stands higher than another, and not beside it."""
    if name.page != other.page:
        return name.page < other.page
    return (name.name_box.top + name.name_box.bottom) / 2 < other.name_box.top


def _decides(name: Signature, lines: Sequence[PrintedLine], end: PrintedLine | None) -> bool:
    """Whether words of a decision, or an addressee, stand in the column above a name."""
    note = _note_above(name, (name,), without(lines, name.lines))
    return any(line is not end and (_TO.match(line.text) or _starts_decision(line)) for line in note)


def _approval(
    name: Signature, names: Sequence[Signature], free: Sequence[PrintedLine]
) -> tuple[Endorsement, tuple[PrintedLine, ...]]:
    note = _note_above(name, names, free)
    dated = _dated(name, names, free)
    said = [line for line in note if line is not (dated[0] if dated else None)]
    to = next((index for index, line in enumerate(said) if _TO.match(line.text)), None)
    addressees: tuple[Field, ...] = ()
    if to is not None:
        row = Passage((said[to],))
        lead = _TO.match(row.text)
        addressees = split_addressees(row, lead.end() if lead else 0, len(row.text))
    text = [line for index, line in enumerate(said) if index != to]
    approval = Endorsement(
        office=_office_of(name.signatory) or _absent(name),
        number=None,
        date=dated[1] if dated else None,
        to=addressees,
        text=whole(text) if text else _absent(name),
        signatory=name.signatory,
        kind="approval",
        decision=decision_of(text),
    )
    return approval, (*note, *name.lines, *((dated[0],) if dated else ()))


def stamped_note(lines: Sequence[PrintedLine]) -> Endorsement | None:
    """The note that a stamp makes with which papers are sent on within the house (`เสนอ …`, `ส่งต่อ …`), or None."""
    first = _PASSED_ON.match(lines[0].text) if lines else None
    if first is None:
        return None
    row = Passage((lines[0],))
    names = signatures_of(lines)
    taken = names[-1].lines if names else ()
    rest = [line for line in without(lines[1:], taken) if not find_dates(line.text)]
    dated = next(((line, found[0]) for line in lines if (found := find_dates(line.text))), None)
    day = dated and Passage((dated[0],)).field(dated[1].start, dated[1].end, dated[1].date.isoformat())
    near = whole(lines)
    absent = Field(text="", value=None, page=near.page, bbox=near.bbox, confidence=0.0)
    return Endorsement(
        office=(_office_of(names[-1].signatory) if names else None) or absent,
        number=None,
        date=day or None,
        to=split_addressees(row, first.end(), len(row.text)),
        text=whole(rest) if rest else absent,
        signatory=names[-1].signatory if names else None,
    )


def decision_of(lines: Sequence[PrintedLine]) -> Field | None:
    """What is decided: of printed choices the one that is ticked; else the words with which a line begins."""
    for line in lines:
        option = _OPTION.match(line.text)
        if option and not _TICKS & set(option["tick"]):
            continue
        start = option.end() if option else 0
        found = _DECISION.match(line.text, start) if option else re.match(rf"{LEAD}", line.text)
        match = found if option else _DECISION.match(line.text, found.end() if found else 0)
        if match:
            value = "".join(match[0].split())
            return Passage((line,)).field(*match.span(), value)
    return None


def _starts_decision(line: PrintedLine) -> bool:
    return decision_of((line,)) is not None


def _note_above(name: Signature, names: Sequence[Signature], lines: Sequence[PrintedLine]) -> tuple[PrintedLine, ...]:
    """The lines of the note that a name signs: above it in its column, below any other name and the letter's end."""
    box, page = name.box, name.page
    ceiling = max(
        (
            other.box.bottom
            for other in names
            if other is not name
            and other.page == page
            and other.box.bottom <= name.name_box.top
            and _shares(other.box, box)
        ),
        default=0,
    )
    column: list[PrintedLine] = []
    below = name.name_box
    for line in sorted(lines, key=attrgetter("bbox.bottom"), reverse=True):
        middle = (line.bbox.top + line.bbox.bottom) / 2
        if line.page != page or middle >= name.name_box.top or middle <= ceiling or not _shares(line.bbox, box):
            continue
        if below.top - line.bbox.bottom > NOTE_GAP * line.height or is_closing(line):
            break
        column.append(line)
        below = line.bbox
    return tuple(reversed(column))


def _shares(one: BBox, other: BBox) -> bool:
    narrower = min(one.right - one.left, other.right - other.left)
    return overlap_x(one, other) >= SAME_COLUMN * narrower


def _dated(
    name: Signature, names: Sequence[Signature], lines: Sequence[PrintedLine]
) -> tuple[PrintedLine, Field] | None:
    """The day right below a post, in its column, else in the note above the name."""
    under = [
        line
        for line in sorted(lines, key=attrgetter("bbox.top"))
        if line.page == name.page
        and line.bbox.top >= name.name_box.top
        and line.bbox.top - name.box.bottom <= DATE_BELOW * line.height
        and _shares(line.bbox, name.box)
    ]
    for line in (*under[:DATE_BELOW], *reversed(_note_above(name, names, lines))):
        found = find_dates(line.text)
        if found:
            return line, Passage((line,)).field(found[0].start, found[0].end, found[0].date.isoformat())
    return None


def _office_of(signatory: Signatory) -> Field | None:
    """The office that a post names (`ผู้อำนวยการโรงเรียน…`)."""
    position = signatory.position
    match = _OFFICE.search(position.text) if position else None
    if position is None or match is None or not position.text[match.start() :].strip():
        return None
    return position.model_copy(update={"text": position.text[match.start() :].strip()})


def _absent(name: Signature) -> Field:
    """A part that the note does not have, or that could not be read."""
    near = name.signatory.name
    return Field(text="", value=None, page=near.page, bbox=near.bbox, confidence=0.0)
