"""The head of a letter: what stands behind `ที่`, `เรื่อง`, `เรียน`, `ถึง`, `อ้างถึง`, `สิ่งที่ส่งมาด้วย`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from laodoc.document import Field, Form
from laodoc.layout.boxes import overlap_x, union
from laodoc.parsing import phrases
from laodoc.parsing.cues import LEAD, any_of, loose, near
from laodoc.parsing.passages import Passage, PrintedLine, follows, part_of
from laodoc.thai.dates import parse_date
from laodoc.thai.digits import to_arabic

PARAGRAPH_INDENT_MM = 18.0
"""A paragraph begins 25 mm from the margin (Rules on Correspondence); a list goes on under its label's end, nearer."""
FULL_LINE = 0.8
"""A line that fills less of the text's width than this was ended by its writer: nothing of it goes on below."""
UNEVEN_MM = 4.0
"""By how much what was typed to stand in one place may differ: spaces, widths of letters, skew."""
SHORTEST_ADDRESSEE = 10
"""Letters that an addressee has at least before a space can end it (`นายอำเภอ` alone goes on after a space)."""
BESIDE_MM = 30.0
"""What stands further right of a section's line is another thing: a stamp, a note."""
SUBJECT_LINES = 5
"""No subject runs over more lines."""
OFF_CENTRE_MM = 12.0
"""How far from the middle of the text a title may stand."""
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


_BEHIND = r"[\s.:]*"
_LABELS = (
    (Label.OFFICE, re.compile(rf"{LEAD}{loose(phrases.OFFICE)}{_BEHIND}")),
    (Label.NUMBER, re.compile(rf"{LEAD}{loose(phrases.NUMBER)}(?=\s*[ก-ฮ.]{{0,6}}\s*(?:\(.*?\))?\s*[0-9/])\s*")),
    (Label.SUBJECT, re.compile(rf"{LEAD}{loose(phrases.SUBJECT)}{_BEHIND}")),
    (Label.TO, re.compile(rf"{LEAD}{any_of(phrases.TO)}{_BEHIND}")),
    (Label.REFERENCE, re.compile(rf"{LEAD}{loose(phrases.REFERENCE)}{_BEHIND}")),
    (Label.ENCLOSURES, re.compile(rf"{LEAD}{any_of(phrases.ENCLOSURES)}{_BEHIND}")),
    (Label.TO, re.compile(rf"{LEAD}{near(phrases.TO[0])}\s+(?={any_of(phrases.ADDRESSEES)})")),
    (Label.REFERENCE, re.compile(rf"{LEAD}{near(phrases.REFERENCE)}\s+(?={any_of(phrases.LETTER_KINDS)})")),
    (Label.ENCLOSURES, re.compile(rf"{LEAD}{near(phrases.ENCLOSURES[0])}\s+")),
)
"""The last ones with a letter misread: what stands behind them, or their length, vouches for them."""
_BODY = re.compile(LEAD + any_of(phrases.BODY_STARTERS))
_TITLES: tuple[tuple[Form, re.Pattern[str]], ...] = (
    ("internal", re.compile(rf"{LEAD}(?:{any_of(phrases.URGENCY)}\s*)?{loose(phrases.MEMO_TITLE)}\s*$")),
    ("minutes", re.compile(LEAD + any_of(phrases.MINUTES_TITLES))),
    ("order", re.compile(LEAD + loose(phrases.ORDER_TITLE))),
    ("announcement", re.compile(LEAD + loose(phrases.ANNOUNCEMENT_TITLE))),
    ("order", re.compile(LEAD + any_of(phrases.RULE_TITLES))),
)
_ABOUT = re.compile(rf"{LEAD}(?={loose(phrases.ABOUT)})")
_BOTH = re.compile(rf"\s{loose(phrases.NUMBER)}\s*[0-9]{{1,5}}\s?/|\s{loose(phrases.SUBJECT)}\s")
_PROPOSED = re.compile(rf"{LEAD}{loose('เสนอ')}\s+(?=[ก-ฮเ-ไ])")
"""How soldiers address a memo."""
_TO_FIRST = ([Label.TO], [Label.NUMBER, Label.TO])
"""Firms write เรียน above เรื่อง."""
_STAMPED = re.compile(LEAD + loose(phrases.STAMPED_TO))
_ITEM = re.compile(r"(?:^|\n)\s*(?:[0-9]{1,2}[.)]|\([0-9]{1,2}\))\s*(?=\S)")
_FIRST_ITEM = re.compile(r"\s*(?:1[.)]|\(1\))\s*(?=[^\s0-9])")
"""What is counted from one again is the body, or another list."""
_COUNT = rf"{loose('จำนวน')}\s*[0-9]{{1,3}}\s*[ก-๎]{{2,12}}[ \t]*"
_COUNTED = re.compile(rf"{_COUNT}(?P<end>\n)\s*(?=[ก-ฮเ-ไ])")
"""The end of a line that says how many copies an item has: the next one may have lost its number, or has none."""
_ENDED = re.compile(rf"(?:{_COUNT}|{loose('ลงวันที่')}\s*[0-9]{{1,2}}\s*[ก-๎.]{{2,12}}\s*[0-9]{{2,4}})\s*$")
_LETTER = re.compile(any_of(phrases.LETTER_KINDS))
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
        if form and any(map(_goes_with_title, lines[index + 1 : index + 4])):
            return form, index
        if form and _BOTH.search(to_arabic(line.text)) and _stands_in_the_middle(line, lines):
            return form, index
        if _label(line.text) or _BODY.match(line.text):
            return None
    return None


def _goes_with_title(line: PrintedLine) -> bool:
    """Whether the line is a number, a subject, or what a regulation is about."""
    return _label(line.text) is not None or _ABOUT.match(line.text) is not None


def _stands_in_the_middle(line: PrintedLine, lines: Sequence[PrintedLine]) -> bool:
    """Whether a line stands centred among the others, as titles do."""
    left, right = min(other.bbox.left for other in lines), max(other.bbox.right for other in lines)
    off = abs((line.bbox.left + line.bbox.right) - (left + right)) / 2
    return off <= OFF_CENTRE_MM * line.mm and line.bbox.right - line.bbox.left < FULL_LINE * (right - left)


def heading_of(lines: Sequence[PrintedLine], form: Form) -> Heading:
    """The sections of a letter's head and where its body begins (after the last line where there is no head)."""
    found: list[tuple[Label, int, int]] = []
    ends: list[int] = []
    ordered = form in ("order", "announcement")
    last_label = Label.SUBJECT if ordered else Label.TO
    for index, line in enumerate(lines):
        label = _label_at(line, index, [each[0] for each in found], form)
        if label is not None:
            found.append((label[0], index, label[1]))
            ends.append(index + 1)
        elif found and ends[-1] == index and _goes_on(lines, index, _as_last(found), form):
            ends[-1] = index + 1
        elif found and found[-1][0] >= last_label:
            break
    if found and found[-1][0] == Label.SUBJECT and not ordered and Label.TO not in [each[0] for each in found]:
        del found[-1], ends[-1]  # only an addressee behind it makes it a heading: else it stands in a sentence
    return Heading(_sections(lines, found, ends), ends[-1] if ends else 0)


def _label_at(line: PrintedLine, index: int, found: Sequence[Label], form: Form) -> tuple[Label, int] | None:
    """The label that line `index` of a letter of this form bears behind those `found`, and where its text begins."""
    label = _label(line.text)
    if label is None and form in ("order", "announcement") and index < TITLE_LINES and Label.SUBJECT not in found:
        about = _ABOUT.match(line.text)
        label = (Label.SUBJECT, about.end()) if about else None
    elif label is None and form == "internal" and found and found[-1] == Label.SUBJECT:
        proposed = _PROPOSED.match(line.text)
        label = (Label.TO, proposed.end()) if proposed else None
    if label is None:
        return None
    late = label[0] == Label.SUBJECT and list(found) in _TO_FIRST
    return label if not found or late or label[0] > found[-1] else None


def _as_last(found: Sequence[tuple[Label, int, int]]) -> tuple[Label, int, int]:
    """The last section; a subject below its addressee ends as an addressee does, where the body begins."""
    label, first, start = found[-1]
    below = label == Label.SUBJECT and any(each[0] == Label.TO for each in found)
    return (Label.TO if below else label), first, start


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
    if section is None:
        return ()
    spans = _items(to_arabic(passage.text[section.start : section.end]))
    return tuple(field for a, b in spans for field in split_addressees(passage, section.start + a, section.start + b))


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
    counted = [match.start("end") for match in _COUNTED.finditer(text)]
    spans: list[tuple[int, int]] = []
    for start, end in _items(text):
        parts = [part for part in counted if start < part < end]
        spans.extend(zip([start, *parts], [*parts, end], strict=True))
    return tuple(passage.field(section.start + a, section.start + b) for a, b in spans if text[a:b].strip())


def _items(text: str) -> list[tuple[int, int]]:
    """Start and end of every item of a numbered list without its number; all of the text where it is no list."""
    items = [(match.start(), match.end()) for match in _ITEM.finditer(text)]
    starts = [end for _, end in items] or [0]
    ends = [*(start for start, _ in items[1:]), len(text)]
    return list(zip(starts, ends, strict=True))


def _label(text: str) -> tuple[Label, int] | None:
    plain = to_arabic(text)
    for label, pattern in _LABELS:
        match = pattern.match(plain)
        if match:
            return label, match.end()
    return None


def _goes_on(lines: Sequence[PrintedLine], index: int, section: tuple[Label, int, int], form: Form) -> bool:
    """Whether line `index` carries on the section above it."""
    label, first, start = section
    line, above = lines[index], lines[index - 1]
    if label == Label.NUMBER or line.page != above.page:
        return False
    if follows(above, line) and line.bbox.left - above.bbox.right <= BESIDE_MM * line.mm:
        return label != Label.OFFICE or not parse_date(line.text)
    if label != Label.REFERENCE and parse_date(line.text):  # the letter's own, at the right
        return False
    if label == Label.SUBJECT and form not in ("order", "announcement"):
        under = overlap_x(line.bbox, union(each.bbox for each in lines[first:index])) > 0
        return under and index - first < SUBJECT_LINES
    if _BODY.match(line.text):
        return False
    if label == Label.OFFICE:
        return index == first + 1 and line.bbox.left >= _behind_label(lines[first], start)
    if label == Label.SUBJECT and _centred(line, above):
        return True
    numbered = _ITEM.match(to_arabic(line.text)) is not None
    if _FIRST_ITEM.match(to_arabic(line.text)) and (index > first + 1 or lines[first].text[start:].strip()):
        return False
    if numbered and (label != Label.TO or _ITEM.match(to_arabic(lines[first].text[start:]))):
        return label != Label.SUBJECT
    full = _is_full(above, lines)
    if label in (Label.REFERENCE, Label.ENCLOSURES):
        begun = _ends_item(line.text) or _LETTER.match(line.text)
        hangs = _hangs(line, lines[first], start) and not _is_paragraph(lines, index)
        return full or (hangs and (begun is not None or _ends_item(above.text) is None))
    return full and line.bbox.left - lines[first].bbox.left < PARAGRAPH_INDENT_MM * line.mm


def _ends_item(text: str) -> re.Match[str] | None:
    """Whether a line says how many sheets it counts, or a letter's date, last of all: nothing of its item follows."""
    return _ENDED.search(to_arabic(text))


def _is_full(line: PrintedLine, lines: Sequence[PrintedLine]) -> bool:
    """Whether a line runs on to the right margin of the text."""
    left = min(other.bbox.left for other in lines)
    right = max(other.bbox.right for other in lines)
    return line.bbox.right - left >= FULL_LINE * (right - left)


def _behind_label(line: PrintedLine, start: int) -> int:
    """Where the text behind a label begins, less what a line's characters differ in width."""
    return part_of(line, start, len(line.text)).left - round(UNEVEN_MM * line.mm)


def _hangs(line: PrintedLine, first: PrintedLine, start: int) -> bool:
    """Whether a line begins under the text of its list, as its items do, or as far in as a paragraph."""
    far = line.bbox.left - first.bbox.left >= PARAGRAPH_INDENT_MM * line.mm
    return far or (start > 0 and line.bbox.left >= _behind_label(first, start))


def _is_paragraph(lines: Sequence[PrintedLine], index: int) -> bool:
    """Whether line `index` begins a paragraph: it is full, and what follows goes back to the margin of the text."""
    below = lines[index + 1] if index + 1 < len(lines) else None
    left = min(other.bbox.left for other in lines)
    back = below is not None and below.bbox.left - left <= UNEVEN_MM * below.mm
    return back and _is_full(lines[index], lines) and below is not None and _label(below.text) is None


def _centred(line: PrintedLine, above: PrintedLine) -> bool:
    """Whether a line of a title stands in the middle under the one above."""
    middles = [(each.bbox.left + each.bbox.right) / 2 for each in (line, above)]
    return abs(middles[0] - middles[1]) <= UNEVEN_MM * line.mm and re.search("[ก-ฮ]", line.text) is not None


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
