"""What a letter mentions: earlier letters, its deadline, the day of its data, what it asks for."""

import re
from collections.abc import Iterator

from laodoc.document import Field, Reference
from laodoc.parsing import phrases
from laodoc.parsing.cues import LEAD, any_near, any_of, loose
from laodoc.parsing.numbers import NUMBER_PATTERN, SERIAL_PATTERN, number_field, number_value
from laodoc.parsing.passages import Passage
from laodoc.thai.dates import FoundDate, find_dates, find_no_days
from laodoc.thai.digits import to_arabic

LONGEST_ISSUER = 120
"""Characters between `หนังสือ` and `ที่` in the longest name of an office, with its place."""
LONGEST_SUBJECT = 220
"""Characters of the longest subject that is quoted with a reference."""
REACH = 45
"""Characters between `ภายใน` or `ข้อมูล` and the date that it means (`ภายในเวลา ๑๖.๓๐ น. ของวันศุกร์ที่ …`)."""

FULL_LINE = 0.8
"""A line that fills less of the text's width ends its paragraph."""
NEXT_LINE = 2.2
"""Heights of a line from one to the next of a paragraph."""
SURE_LENGTH = 6
"""Letters of a word behind a number of which one may be misread: ลงวันที่."""

_URGENCY = rf"(?:(?:{any_of(phrases.URGENCY)}|{loose(phrases.MOST_URGENT_START)}\S{{0,6}}(?=\s))\s*)?"
"""How urgent the other letter was; its ด่วนที่สุด, the last syllable bent, is no `ที่` with a number behind it."""
_DATE_LIKE = (
    r"[0-9]{1,2}\s*[ก-๎.]{2,14}\s*(?:[พค]\s?\.\s?ศ\s?\.\s*)?[0-9]{1,6}(?![0-9])|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}"
)
_DATED = rf"\s*{any_near(phrases.DATED, SURE_LENGTH)}\s*"
_DATE = rf"{_DATED}(?P<date>{_DATE_LIKE})"
_NUMBER_AHEAD = rf"{loose(phrases.NUMBER)}\s*[ก-ฮ]{{2,4}}\.?\s*[0-9]{{2}}"
_BENT = rf"(?P<bent>(?:(?!{_NUMBER_AHEAD})[^\n]){{3,30}}?){_DATED}(?P<bent_date>{_DATE_LIKE})"
_KINDS = any_of(phrases.LETTER_KINDS)
_LETTER = re.compile(
    rf"{_KINDS}(?P<issuer>(?:(?!{_KINDS})[^0-9]){{0,{LONGEST_ISSUER}}}?)"
    rf"\s*{_URGENCY}{loose(phrases.NUMBER)}\s*(?:{NUMBER_PATTERN}(?:{_DATE})?|{_BENT})"
)
_ORDER = re.compile(
    rf"{any_of(phrases.ORDER_KINDS)}(?P<issuer>[^0-9]{{0,{LONGEST_ISSUER}}}?)\s*{loose(phrases.NUMBER)}\s*"
    rf"{SERIAL_PATTERN}(?:{_DATE})?"
)
_SUBJECT = re.compile(rf"\s*(?:ได้\s*แจ้ง)?\s*{loose(phrases.SUBJECT)}\s*")
_SUBJECT_END = re.compile(rf"\s+(?={any_of(phrases.END_OF_QUOTED_SUBJECT)})|\n\s*(?=[0-9]{{1,2}}[.)]\s)")
_DEADLINE = re.compile(any_of(phrases.DEADLINE))
_AS_OF = re.compile(any_of(phrases.AS_OF))
_RECITAL_END = re.compile(rf"\s*{loose(phrases.END_OF_RECITAL)}(?:\s|$)")
_ACTION = re.compile(any_of(phrases.ACTION))
_NO_SENTENCE = re.compile(
    rf"{LEAD}(?:{any_of((*phrases.PHONE, *phrases.FAX, *phrases.COORDINATORS, *phrases.MAIL))}|[(\[]|ขอแสดง)"
)
_SENTENCE_END = re.compile(r"\n\s*(?=[(]|ขอแสดง)|\s{2,}|$")


def references(passage: Passage, *, listed: bool) -> tuple[Reference, ...]:
    """The earlier letters that the text names with a number, each once, in order.

    Orders and announcements count only where the text begins with a list of references (`listed`): elsewhere they are
    law that the letter rests on. A number too bent to be read is kept with value None where a date vouches for it.
    """
    plain = to_arabic(passage.text)
    found = [*_LETTER.finditer(plain), *(_ORDER.finditer(plain) if listed else ())]
    kept: dict[tuple[object, ...], Reference] = {}
    for match in sorted(found, key=re.Match.start):
        reference = _reference(passage, plain, match)
        kept.setdefault((reference.number.value or reference.number.text,), reference)
    return tuple(kept.values())


def deadline(passage: Passage) -> Field | None:
    """Until when something is to be done: what the letter itself demands, else what the letter that it recites did.

    A day that the calendar does not know is kept as text with value None.
    """
    found = [(date, end) for date, end in _dates_after(passage, _DEADLINE)]
    demanded = [date for date, end in found if not _RECITAL_END.match(passage.text, end)]
    first = next(iter(demanded or [date for date, _ in found]), None)
    return _date_field(passage, first) if first else _no_day_after(passage, _DEADLINE)


def as_of(passage: Passage) -> Field | None:
    """The day of the data that the letter speaks of (`ข้อมูล ณ วันที่ …`)."""
    first = next((date for date, _ in _dates_after(passage, _AS_OF)), None)
    return _date_field(passage, first) if first else _no_day_after(passage, _AS_OF)


def action(passage: Passage) -> Field | None:
    """What the reader is to do, from the closing sentence (`จึงเรียนมาเพื่อ…`)."""
    match = _ACTION.search(passage.text)
    if match is None:
        return None
    end = _SENTENCE_END.search(passage.text, match.end())
    stop = min(end.start() if end else len(passage.text), _paragraph_end(passage, match.end()))
    return passage.field(match.end(), stop) if passage.text[match.end() : stop].strip() else None


def _paragraph_end(passage: Passage, position: int) -> int:
    """Where the paragraph ends in which the character stands: behind the first line that is not full, or is followed
    by white, by another column, or by a line that begins like a contact or a name."""
    index = passage.lines.index(passage.line_at(position))
    right = max(line.bbox.right for line in passage.lines)
    left = min(line.bbox.left for line in passage.lines)
    for below in range(index, len(passage.lines)):
        line = passage.lines[below]
        after = passage.lines[below + 1] if below + 1 < len(passage.lines) else None
        full = line.bbox.right - left >= FULL_LINE * (right - left)
        if not full or after is None or after.page != line.page or _NO_SENTENCE.match(after.text):
            return passage.start_of(below) + len(line.text)
        if not 0 <= after.bbox.top - line.bbox.top <= NEXT_LINE * line.height:
            return passage.start_of(below) + len(line.text)
    return len(passage.text)


def _dates_after(passage: Passage, cue: re.Pattern[str]) -> Iterator[tuple[FoundDate, int]]:
    dates, none = find_dates(passage.text), find_no_days(passage.text)
    for match in cue.finditer(passage.text):
        near = next((d for d in dates if match.start() <= d.start <= match.end() + REACH and d.end > match.end()), None)
        if near and not any(match.end() <= start < near.start for start, _ in none):
            yield near, near.end


def _no_day_after(passage: Passage, cue: re.Pattern[str]) -> Field | None:
    spans = find_no_days(passage.text)
    for match in cue.finditer(passage.text):
        near = next((span for span in spans if match.end() <= span[0] <= match.end() + REACH), None)
        if near:
            return passage.field(*near)
    return None


def _date_field(passage: Passage, found: FoundDate) -> Field:
    return passage.field(found.start, found.end, found.date.isoformat())


def _reference(passage: Passage, plain: str, match: re.Match[str]) -> Reference:
    groups = match.groupdict()
    kind = next(name for name in ("number", "serial", "bent") if groups.get(name))
    dated = "bent_date" if kind == "bent" else "date"
    value = None if kind == "bent" else number_value(match)
    return Reference(
        issuer=passage.field(*match.span("issuer")) if match["issuer"].strip() else None,
        number=number_field(passage, *match.span(kind), value) if value else passage.field(*match.span(kind)),
        date=_printed_date(passage, *match.span(dated)) if groups[dated] else None,
        subject=_quoted_subject(passage, plain, match.end()) if groups[dated] else None,
    )


def _printed_date(passage: Passage, start: int, end: int) -> Field:
    found = find_dates(passage.text[start:end])
    return passage.field(start, end, found[0].date.isoformat() if found else None)


def _quoted_subject(passage: Passage, plain: str, start: int) -> Field | None:
    lead = _SUBJECT.match(plain, start)
    if lead is None:
        return None
    end = _SUBJECT_END.search(plain, lead.end(), lead.end() + LONGEST_SUBJECT)
    if end is None or not plain[lead.end() : end.start()].strip():
        return None
    return passage.field(lead.end(), end.start())
