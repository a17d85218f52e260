"""The head of a letter: what stands behind `ที่`, `เรื่อง`, `เรียน`, `ถึง`, `อ้างถึง`, `สิ่งที่ส่งมาด้วย`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from laodoc.document import Field, Form
from laodoc.parsing import phrases
from laodoc.parsing.cues import LEAD, any_of, loose
from laodoc.parsing.passages import Passage, PrintedLine
from laodoc.thai.dates import parse_date
from laodoc.thai.digits import to_arabic

PARAGRAPH_INDENT_MM = 18.0
"""A paragraph begins 25 mm from the margin (Rules on Correspondence); a list goes on under its label's end, nearer."""
FULL_LINE = 0.8
"""A line that fills less of the text's width than this was ended by its writer: nothing of it goes on below."""
SHORTEST_ADDRESSEE = 10
"""Letters that an addressee has at least before a space can end it (`นายอำเภอ` alone goes on after a space)."""
SUBJECT_LINES = 5
"""No subject runs over more lines."""
TITLE_LINES = 8
"""A title stands among the first lines of its page, stamps and emblem not counted."""


class Label(IntEnum):
    """The labels of a heading, in the order in which they may come."""

    OFFICE = 0
    NUMBER = 1
    SUBJECT = 2
    TO = 3
    REFERENCE = 4
    ENCLOSURES = 5


@dataclass(frozen=True, slots=True)
class Section:
    """What stands behind one label: `lines` of the letter from index `first`, the text from `start` on."""

    label: Label
    first: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Heading:
    """The sections of a letter's head, and the index of the first line of its body."""

    sections: tuple[Section, ...]
    body: int

    def section(self, label: Label) -> Section | None:
        return next((section for section in self.sections if section.label == label), None)


_LABELS = (
    (Label.OFFICE, re.compile(rf"{LEAD}{loose(phrases.OFFICE)}\s*")),
    (Label.NUMBER, re.compile(rf"{LEAD}{loose(phrases.NUMBER)}(?=\s*[ก-ฮ.]{{0,6}}\s*(?:\(.*?\))?\s*[0-9/])\s*")),
    (Label.SUBJECT, re.compile(rf"{LEAD}{loose(phrases.SUBJECT)}\s*")),
    (Label.TO, re.compile(rf"{LEAD}{any_of(phrases.TO)}[\s.]*")),
    (Label.REFERENCE, re.compile(rf"{LEAD}{loose(phrases.REFERENCE)}\s*")),
    (Label.ENCLOSURES, re.compile(rf"{LEAD}{any_of(phrases.ENCLOSURES)}\s*")),
)
_BODY = re.compile(LEAD + any_of(phrases.BODY_STARTERS))
_TITLES: tuple[tuple[Form, re.Pattern[str]], ...] = (
    ("internal", re.compile(rf"{LEAD}{loose(phrases.MEMO_TITLE)}\s*$")),
    ("minutes", re.compile(LEAD + any_of(phrases.MINUTES_TITLES))),
    ("order", re.compile(LEAD + loose(phrases.ORDER_TITLE))),
    ("announcement", re.compile(LEAD + loose(phrases.ANNOUNCEMENT_TITLE))),
)
_STAMPED = re.compile(LEAD + loose(phrases.STAMPED_TO))
_ITEM = re.compile(r"(?:^|\n)\s*[0-9]{1,2}[.)]\s*(?=\S)")
_SPLIT = re.compile(
    rf"\s*{loose(phrases.AND)}\s*(?={any_of(phrases.ADDRESSEES)})"
    rf"|\s+{loose(phrases.AND)}\s*(?={any_of(phrases.ALSO_ADDRESSEES)})"
    rf"|\s*,\s*(?={any_of(phrases.ADDRESSEES + phrases.ALSO_ADDRESSEES)})"
    rf"|\s+(?={any_of(phrases.ADDRESSEES)})"
)


def title_of(lines: Sequence[PrintedLine]) -> tuple[Form, int] | None:
    """The form that a title gives the page, and the title's line; None where the page bears none.

    An order or announcement is a title only where its number or subject follows: in a sentence it is a mention.
    """
    for index, line in enumerate(lines[:TITLE_LINES]):
        form = next((form for form, pattern in _TITLES if pattern.match(line.text)), None)
        if form in ("internal", "minutes"):
            return form, index
        if form and any(_label(after.text) for after in lines[index + 1 : index + 4]):
            return form, index
        if _label(line.text) or _BODY.match(line.text):
            return None
    return None


def heading_of(lines: Sequence[PrintedLine], form: Form) -> Heading:
    """The sections of a letter's head and where its body begins (after the last line where there is no head)."""
    found: list[tuple[Label, int, int]] = []
    ends: list[int] = []
    ordered = form in ("order", "announcement")
    last_label = Label.SUBJECT if ordered else Label.TO
    for index, line in enumerate(lines):
        label = _label(line.text)
        if label is not None and (not found or label[0] > found[-1][0]):
            found.append((label[0], index, label[1]))
            ends.append(index + 1)
        elif found and ends[-1] == index and _goes_on(lines, index, found[-1], form):
            ends[-1] = index + 1
        elif found and found[-1][0] >= last_label:
            break
    if found and found[-1][0] == Label.SUBJECT and not ordered:
        del found[-1], ends[-1]  # only an addressee behind it makes it a heading: else it stands in a sentence
    return Heading(_sections(lines, found, ends), ends[-1] if ends else 0)


def form_of(lines: Sequence[PrintedLine], heading: Heading) -> Form:
    """The form of a letter without a title: stamped ones go `ถึง`, external ones `เรียน` somebody."""
    to = heading.section(Label.TO)
    if to is None:
        return "other"
    return "stamped" if _STAMPED.match(lines[to.first].text) else "external"


def begins_body(line: PrintedLine) -> bool:
    """Whether the line begins as the first paragraph of a letter does."""
    return _BODY.match(line.text) is not None


def subject_of(passage: Passage, heading: Heading) -> Field | None:
    """What the letter is about."""
    return _text(passage, heading.section(Label.SUBJECT))


def office_of(passage: Passage, heading: Heading) -> Field | None:
    """The office of an internal memo, without its telephone number."""
    section = heading.section(Label.OFFICE)
    if section is None:
        return None
    text = passage.text[section.start : section.end]
    phone = re.search(any_of(phrases.PHONE), text)
    end = section.start + phone.start() if phone else section.end
    return passage.field(section.start, end) if passage.text[section.start : end].strip() else None


def recipients_of(passage: Passage, heading: Heading) -> tuple[Field, ...]:
    """One field an addressee: a list is parted where the next one's office or post begins."""
    section = heading.section(Label.TO)
    return split_addressees(passage, section.start, section.end) if section else ()


def split_addressees(passage: Passage, start: int, end: int) -> tuple[Field, ...]:
    """The addressees in `text[start:end]`, one field each."""
    fields, begin = [], start
    text = passage.text[start:end]
    for match in _SPLIT.finditer(text):
        apart = match[0].strip() or len(text[begin - start : match.start()].strip()) >= SHORTEST_ADDRESSEE
        if apart and text[begin - start : match.start()].strip() and "(" not in text[begin - start : match.start()]:
            fields.append(passage.field(begin, start + match.start()))
            begin = start + match.end()
    if passage.text[begin:end].strip():
        fields.append(passage.field(begin, end))
    return tuple(fields)


def enclosures_of(passage: Passage, heading: Heading) -> tuple[Field, ...]:
    """What was sent with the letter, one field an item of the list."""
    section = heading.section(Label.ENCLOSURES)
    if section is None:
        return ()
    text = to_arabic(passage.text[section.start : section.end])
    items = [(match.start(), match.end()) for match in _ITEM.finditer(text)]
    starts = [end for _, end in items] or [0]
    ends = [*[start for start, _ in items[1:]], len(text)]
    spans = zip(starts, ends, strict=True)
    return tuple(passage.field(section.start + a, section.start + b) for a, b in spans if text[a:b].strip())


def _label(text: str) -> tuple[Label, int] | None:
    plain = to_arabic(text)
    for label, pattern in _LABELS:
        match = pattern.match(plain)
        if match:
            return label, match.end()
    return None


def _goes_on(lines: Sequence[PrintedLine], index: int, section: tuple[Label, int, int], form: Form) -> bool:
    """Whether line `index` carries on the section above it."""
    label, first, _ = section
    line, above = lines[index], lines[index - 1]
    if label in (Label.OFFICE, Label.NUMBER) or line.page != above.page:
        return False
    if label != Label.REFERENCE and parse_date(line.text):  # the letter's own, at the right
        return False
    if label == Label.SUBJECT and form not in ("order", "announcement"):
        return index - first < SUBJECT_LINES
    if _BODY.match(line.text):
        return False
    if label in (Label.REFERENCE, Label.ENCLOSURES) and _ITEM.match(to_arabic(line.text)):
        return True
    indent = line.bbox.left - lines[first].bbox.left
    left = min(other.bbox.left for other in lines)
    right = max(other.bbox.right for other in lines)
    full = above.bbox.right - left >= FULL_LINE * (right - left)
    if label in (Label.REFERENCE, Label.ENCLOSURES):
        return full or indent >= PARAGRAPH_INDENT_MM * line.mm
    return full and indent < PARAGRAPH_INDENT_MM * line.mm


def _sections(
    lines: Sequence[PrintedLine], found: Sequence[tuple[Label, int, int]], ends: Sequence[int]
) -> tuple[Section, ...]:
    passage = Passage(tuple(lines))
    return tuple(
        Section(
            label=label,
            first=first,
            start=passage.start_of(first) + offset,
            end=passage.start_of(end - 1) + len(lines[end - 1].text),
        )
        for (label, first, offset), end in zip(found, ends, strict=True)
    )


def _text(passage: Passage, section: Section | None) -> Field | None:
    if section is None or not passage.text[section.start : section.end].strip():
        return None
    return passage.field(section.start, section.end)
