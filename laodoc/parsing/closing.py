"""When a letter was written and by which office: said in its head, above its signature or in its title, by its form."""

import re
from collections.abc import Sequence

from laodoc.document import Field, Form
from laodoc.layout.boxes import overlap_x
from laodoc.parsing import phrases
from laodoc.parsing.cues import LEAD, any_of, loose
from laodoc.parsing.headings import PARAGRAPH_INDENT_MM, Heading, Label, office_of
from laodoc.parsing.passages import Passage, PrintedLine, whole
from laodoc.thai.dates import MONTHS, find_dates, find_no_days, is_no_day, parse_date
from laodoc.thai.digits import to_arabic

OWNER_LINES = 4
"""The office that owns the matter is named at most so many lines above its telephone."""
SEALED = 3
"""Between the office's name and the date at most two lines are read in a seal."""
MINUTES_HEAD = 8
"""The day of a meeting stands among the first lines of its minutes."""

_DECREED = re.compile(any_of(phrases.DECREED))
_DATE = re.compile(loose(phrases.DATE))
_OFFICE = re.compile(rf"{LEAD}{any_of(phrases.OFFICES)}")
_PHONE = re.compile(LEAD + any_of((*phrases.PHONE, *phrases.FAX, *phrases.COORDINATORS)))
_TITLE = re.compile(rf"{LEAD}{any_of((phrases.ORDER_TITLE, phrases.ANNOUNCEMENT_TITLE, *phrases.MINUTES_TITLES))}\s*")
_NO_DAY = re.compile(rf"[\s.…:]*(?P<day>[0-9ก-ฮ]{{0,3}}[\s.…]*(?:{'|'.join(MONTHS)})\s*(?:พ\.?\s?ศ\.?)?\s*[0-9]{{4}})")
_UNFINISHED = re.compile(rf"[\s.…]*(?:{'|'.join(MONTHS)})\s*[0-9]{{4}}\s*")


def date_of(passage: Passage, heading: Heading, form: Form) -> Field | None:
    """The day of the letter; a date without its day (still to be filled in by pen) has value None."""
    if form in ("order", "announcement"):
        return _date_after(passage, _DECREED)
    if form == "minutes":
        return _date_after(Passage(passage.lines[:MINUTES_HEAD]), re.compile(""))
    if form == "internal":
        return _date_after(Passage(passage.lines[: heading.body]), _DATE)
    margin = min((line.bbox.left for line in passage.lines), default=0)
    for index, line in enumerate(passage.lines):
        if index < _head(heading, form) or line.bbox.left - margin < PARAGRAPH_INDENT_MM * line.mm:
            continue
        start = passage.start_of(index)
        day = parse_date(line.text)
        if day or is_no_day(line.text) or _UNFINISHED.fullmatch(to_arabic(line.text)):
            return passage.field(start, start + len(line.text), day.isoformat() if day else None)
    return None


def _head(heading: Heading, form: Form) -> int:
    """The line from which on a letter's own date may stand: a stamped letter's below its addressee, an external one's
    not above its number. A received stamp whose frame was lost stands higher, with a date of its own."""
    section = heading.section(Label.TO if form == "stamped" else Label.NUMBER)
    return section.first if section else 0


def sender_of(passage: Passage, heading: Heading, form: Form) -> Field | None:
    """The office that wrote the letter, as printed; of a stamped letter without one, the matter's owner."""
    if form == "internal":
        return office_of(passage, heading)
    if form in ("order", "announcement", "minutes"):
        return _after_title(passage)
    if form == "stamped":
        return _above_date(passage.lines[heading.body :]) or _owner(passage.lines[heading.body :])
    return _at_the_right(passage.lines, heading)


def _date_after(passage: Passage, cue: re.Pattern[str]) -> Field | None:
    """The first date behind the cue; where what stands right behind it is no day of the calendar, its text alone."""
    match = cue.search(passage.text)
    if match is None:
        return None
    bent = _NO_DAY.match(to_arabic(passage.text), match.end())
    found = [date for date in find_dates(passage.text) if date.end > match.end()]
    none = next((span for span in find_no_days(passage.text) if span[0] >= match.end()), None)
    if found and not (bent and bent.end() <= found[0].start) and not (none and none[0] < found[0].start):
        return passage.field(found[0].start, found[0].end, found[0].date.isoformat())
    return passage.field(*bent.span("day")) if bent else passage.field(*none) if none else None


def _after_title(passage: Passage) -> Field | None:
    for index, line in enumerate(passage.lines):
        title = _TITLE.match(line.text)
        if title:
            start = passage.start_of(index)
            rest = line.text[title.end() :].strip()
            return passage.field(start + title.end(), start + len(line.text)) if rest else None
    return None


def _above_date(lines: Sequence[PrintedLine]) -> Field | None:
    """The office under whose name the date stands; a seal's words may stand between."""
    for index, line in enumerate(lines):
        if not (parse_date(line.text) or is_no_day(line.text) or _UNFINISHED.fullmatch(to_arabic(line.text))):
            continue
        for above in reversed(lines[max(0, index - SEALED) : index]):
            if not overlap_x(above.bbox, line.bbox):
                break
            if _OFFICE.match(above.text):
                return whole([above])
    return None


def _owner(lines: Sequence[PrintedLine]) -> Field | None:
    """The first office named right above the first telephone, in its column."""
    phone = next((index for index, line in enumerate(lines) if _PHONE.match(line.text)), None)
    if phone is None:
        return None
    left = lines[phone].bbox.left
    near = [
        line
        for line in lines[max(0, phone - OWNER_LINES) : phone]
        if line.page == lines[phone].page and abs(line.bbox.left - left) <= line.height and _OFFICE.match(line.text)
    ]
    return whole([near[0]]) if near else None


def _at_the_right(lines: Sequence[PrintedLine], heading: Heading) -> Field | None:
    """The office at the upper right of an external letter, above its subject."""
    subject = heading.section(Label.SUBJECT) or heading.section(Label.TO)
    head = lines[: subject.first] if subject else ()
    middle = (min(line.bbox.left for line in lines) + max(line.bbox.right for line in lines)) / 2 if lines else 0
    office = next((line for line in head if line.bbox.left >= middle and _OFFICE.match(line.text)), None)
    return whole([office]) if office else None
