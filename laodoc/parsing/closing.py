"""When a letter was written and by which office: said in its head, above its signature or in its title, by its form."""

import re
from collections.abc import Sequence

from laodoc.document import Field, Form
from laodoc.layout.boxes import overlap_x, union
from laodoc.parsing import phrases
from laodoc.parsing.cues import LEAD, any_of, loose
from laodoc.parsing.headings import PARAGRAPH_INDENT_MM, Heading, Label, office_of
from laodoc.parsing.passages import Passage, PrintedLine, whole
from laodoc.parsing.rereading import read_again
from laodoc.parsing.slots import slot
from laodoc.recognition.reading import PageReading
from laodoc.thai.dates import MONTHS, SHORT_MONTHS, find_dates, find_no_days, is_no_day, parse_date
from laodoc.thai.digits import to_arabic

OWNER_LINES = 4
"""The office that owns the matter is named at most so many lines above its telephone."""
SEALED = 3
"""Between the office's name and the date at most two lines are read in a seal."""
DAY_MM = 25.0
"""The day stands at most so far before its month."""
NEXT_LINE = 1.2
"""The rest of an office's name stands in the next line: less white than so many heights between them."""
SURE_REST = 0.5
"""Confidence of a line that is no seal's or pen's."""
MINUTES_HEAD = 8
"""The day of a meeting stands among the first lines of its minutes."""

_DECREED = re.compile(any_of(phrases.DECREED))
_DATE = re.compile(loose(phrases.DATE))
_OFFICE = re.compile(rf"{LEAD}{any_of(phrases.OFFICES)}")
_REST_OF_NAME = re.compile(
    rf"(?!{any_of(phrases.ADDRESS_WORDS)})(?=[ก-๎]{{4}})[ก-๎]{{4,40}}(?:\s+เขต\s*[0-9๐-๙]{{1,2}})?(?=\s*$|\s+{any_of(phrases.ADDRESS_WORDS)})"
)
"""What goes on with an office's name on the next line, up to an address."""
_PROVINCE_ALONE = re.compile(r"จังหวัด[ก-๎]+")
_SEALED = re.compile(r"ประทับ|ตรา")
"""The words of a seal, or that one belongs there."""
_LONG_NAMED = re.compile(r"สำนัก|ที่ทำการ|ศูนย์|คณะกรรมการ|องค์การ|โรงเรียน|วิทยาลัย|สถาบัน|บริษัท|มูลนิธิ|สมาคม|สหกรณ์")
"""Offices whose names may take two lines; those of provinces and departments never do."""
_LOCAL_OFFICE = re.compile(r"(?:สำนักงาน|ที่ทำการ)(?!.*จังหวัด)")
"""Offices of which each province has one: its name is part of theirs."""
_PHONE = re.compile(LEAD + any_of((*phrases.PHONE, *phrases.FAX, *phrases.COORDINATORS)))
_TITLES = (phrases.ORDER_TITLE, phrases.ANNOUNCEMENT_TITLE, *phrases.MINUTES_TITLES, *phrases.RULE_TITLES)
_TITLE = re.compile(rf"{LEAD}{any_of(_TITLES)}\s*")
_TITLE_END = re.compile(rf"\s*{loose(phrases.NUMBER)}\s*[0-9]|\s+{loose(phrases.SUBJECT)}\s|\s+{loose(phrases.ABOUT)}")
"""Where the office in a title ends: its number, or its subject, may stand on the same line."""
_ANY_MONTH = rf"(?:{'|'.join((*MONTHS, *map(re.escape, SHORT_MONTHS)))})"
_YEAR = r"\s*(?:พ\.?\s?ศ\.?)?\s*(?:[0-9]{4}|[0-9]{2}(?![0-9]))"
_NO_DAY = re.compile(rf"[\s.…:]*(?P<day>[0-9ก-ฮ]{{0,3}}[\s.…]*(?:เดือน\s*)?{_ANY_MONTH}{_YEAR})")
_MONTH_ALONE = re.compile(rf"(?<![0-9ก-๎.])(?P<month>{_ANY_MONTH}{_YEAR})")
_MONTH_LEFT = re.compile(rf"[\s.…0-9]*(?P<month>{_ANY_MONTH}{_YEAR})")
_UNFINISHED = re.compile(rf"(?:{loose(phrases.DATE)})?[\s.…]*(?P<month>{_ANY_MONTH}{_YEAR})\s*")
_LONG_MONTH = re.compile("|".join(MONTHS))
_DAY_LABEL = re.compile(r"ว[ัิ-ื]?\s?น\s?ท[ิ-ื]?[่-๋]?")
"""วันที่ with marks lost: in a memo's head its place vouches for it."""


def date_of(passage: Passage, heading: Heading, form: Form, pages: Sequence[PageReading] = ()) -> Field | None:
    """The day of the letter; a date without its day (still to be filled in, or by a pen that could not be read) has
    value None. `pages` have what else is written beside the month."""
    if form in ("order", "announcement"):
        return _date_after(passage, _DECREED, pages)
    if form == "minutes":
        return _date_after(Passage(passage.lines[:MINUTES_HEAD]), re.compile(""))
    if form == "internal":
        return _memo_date(passage, heading, pages)
    margin = min((line.bbox.left for line in passage.lines), default=0)
    above = heading.section(Label.SUBJECT) if form != "stamped" else None
    found: list[Field] = []
    for index, line in enumerate(passage.lines):
        in_head = above is not None and index < above.first
        indented = line.bbox.left - margin >= PARAGRAPH_INDENT_MM * line.mm
        if index < _head(heading, form) or not (indented or in_head):
            continue
        start = passage.start_of(index)
        day = parse_date(line.text)
        unfinished = _UNFINISHED.fullmatch(to_arabic(line.text))
        if day or is_no_day(line.text):
            found.append(passage.field(start, start + len(line.text), day.isoformat() if day else None))
        elif unfinished:
            found.append(_with_day(pages, passage, index, unfinished.span("month")))
    if above is not None and form == "external":
        upper = passage.lines[above.first]
        own = [each for each in found if each.page == upper.page and each.bbox.top < upper.bbox.bottom]
        found = [each for each in own if _LONG_MONTH.search(each.text)] or own or found
    return found[0] if found else None


def _memo_date(passage: Passage, heading: Heading, pages: Sequence[PageReading]) -> Field | None:
    """The day at the right of a memo's number, above its subject; nothing below is its own."""
    subject = heading.section(Label.SUBJECT) or heading.section(Label.TO)
    head = passage.lines[: subject.first if subject else heading.body]
    for index, line in enumerate(head):
        label = _DAY_LABEL.search(line.text)
        start = passage.start_of(index)
        found = [each for each in find_dates(line.text) if label is None or each.end > label.end()]
        if found:
            return passage.field(start + found[0].start, start + found[0].end, found[0].date.isoformat())
        plain = to_arabic(line.text)
        month = _MONTH_LEFT.match(plain, label.end()) if label else _MONTH_ALONE.search(plain)
        if month:
            return _with_day(pages, passage, index, month.span("month"))
    cue = next((line for line in head if _DAY_LABEL.match(line.text)), None)
    return _date_after(Passage(tuple(head)), _DATE) if cue else None


def _with_day(pages: Sequence[PageReading], passage: Passage, index: int, month: tuple[int, int]) -> Field:
    """The month of line `index` with the day that is written before it, if this is a day of the calendar."""
    line, start = passage.lines[index], passage.start_of(index)
    field = passage.field(start + month[0], start + month[1])
    page = next((page for page in pages if page.number == line.page), None)
    if page is None:
        return field
    right = line.place(month[0])
    before = re.search(r"\S\s*$", line.text[: month[0]])
    left = line.place(before.start()) if before else round(right - DAY_MM * line.mm)
    written = slot(page, line, left, right)
    if written.bbox is None:
        return field
    text = f"{written.digits or ''} {field.text}".strip()
    day = parse_date(text) if written.digits else None
    box, sure = union((field.bbox, written.bbox)), round(min(field.confidence, written.confidence), 3)
    return field.model_copy(
        update={"text": text, "value": day.isoformat() if day else None, "bbox": box, "confidence": sure}
    )


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
        return _after_title(passage, heading)
    if form == "stamped":
        return _above_date(passage.lines[heading.body :]) or _owner(passage.lines[heading.body :])
    return _at_the_right(passage.lines, heading)


def _date_after(passage: Passage, cue: re.Pattern[str], pages: Sequence[PageReading] = ()) -> Field | None:
    """The first date behind the cue; where what stands right behind it is no day of the calendar, its text alone, with
    the day that is written before the month, if one is."""
    match = cue.search(passage.text)
    if match is None:
        return None
    bent = _NO_DAY.match(to_arabic(passage.text), match.end())
    found = [date for date in find_dates(passage.text) if date.end > match.end()]
    none = next((span for span in find_no_days(passage.text) if span[0] >= match.end()), None)
    if found and not (bent and bent.end() <= found[0].start) and not (none and none[0] < found[0].start):
        return passage.field(found[0].start, found[0].end, found[0].date.isoformat())
    if bent is None:
        return passage.field(*none) if none else None
    month = _MONTH_ALONE.search(bent["day"])
    line = passage.line_at(bent.end() - 1)
    index = next(at for at, each in enumerate(passage.lines) if each is line)
    first = bent.start("day") + (month.start() if month else 0) - passage.start_of(index)
    if month and not month.start() and first >= 0:
        return _with_day(pages, passage, index, (first, bent.end("day") - passage.start_of(index)))
    again = read_again(Passage((line,)), _decreed_in, due=True) if cue is _DECREED else None
    return again if again and again.value else passage.field(*bent.span("day"))


def _decreed_in(row: Passage) -> Field | None:
    """The day that a row decrees; without a value where it is none of the calendar."""
    cue = _DECREED.search(row.text)
    found = next((each for each in find_dates(row.text) if cue and each.start >= cue.end()), None)
    if cue is None or not row.text[cue.end() :].strip():
        return None
    if found is None:
        return row.field(cue.end(), len(row.text))
    return row.field(found.start, found.end, found.date.isoformat())


def _after_title(passage: Passage, heading: Heading) -> Field | None:
    """The office behind the title's first word, or, where this stands alone, on the next line. Of several lines like a
    title the last above the subject counts: a browser prints the page's name at the top."""
    subject = heading.section(Label.SUBJECT)
    head = passage.lines[: subject.first + 1] if subject else passage.lines
    titles = [(index, match) for index, line in enumerate(head) if (match := _TITLE.match(line.text))]
    if not titles:
        return None
    index, title = titles[-1] if subject else titles[0]
    start, line = passage.start_of(index), passage.lines[index]
    end = _TITLE_END.search(to_arabic(line.text), title.end())
    stop = end.start() if end else len(line.text)
    if line.text[title.end() : stop].strip():
        return passage.field(start + title.end(), start + stop)
    below = passage.lines[index + 1] if index + 1 < len(passage.lines) else None
    return whole([below]) if below is not None and _OFFICE.match(below.text) else None


def _above_date(lines: Sequence[PrintedLine]) -> Field | None:
    """The office under whose name the date stands; a seal's words may stand between."""
    for index, line in enumerate(lines):
        if not (parse_date(line.text) or is_no_day(line.text) or _UNFINISHED.fullmatch(to_arabic(line.text))):
            continue
        for at in range(index - 1, max(0, index - SEALED) - 1, -1):
            if not overlap_x(lines[at].bbox, line.bbox):
                break
            if _OFFICE.match(lines[at].text):
                ends = at > 0 and _PROVINCE_ALONE.fullmatch(lines[at].text) and _LOCAL_OFFICE.match(lines[at - 1].text)
                return _whole_name(lines[:index], at - 1 if ends else at)
    return None


def _owner(lines: Sequence[PrintedLine]) -> Field | None:
    """The first office named right above the first telephone, in its column."""
    phone = next((index for index, line in enumerate(lines) if _PHONE.match(line.text)), None)
    if phone is None:
        return None
    left = lines[phone].bbox.left
    near = [
        index
        for index, line in enumerate(lines[:phone])
        if index >= phone - OWNER_LINES
        and line.page == lines[phone].page
        and abs(line.bbox.left - left) <= line.height
        and _OFFICE.match(line.text)
    ]
    return _whole_name(lines[:phone], near[0]) if near else None


def _whole_name(lines: Sequence[PrintedLine], index: int) -> Field:
    """The name of the office on line `index`, which may go on in the next line of its column: as far as nothing of an
    address, a telephone or a day stands there."""
    first = lines[index]
    for line in lines[index + 1 :]:
        if line.page != first.page or overlap_x(line.bbox, first.bbox) == 0:
            continue
        near = line.bbox.top - first.bbox.bottom <= NEXT_LINE * first.height and line.confidence >= SURE_REST
        rest = _REST_OF_NAME.match(line.text)
        of_province = _PROVINCE_ALONE.fullmatch(line.text) and _LOCAL_OFFICE.match(first.text)
        sealed = _SEALED.match(line.text) or not _LONG_NAMED.match(first.text)
        if near and rest and not sealed and (of_province or not _OFFICE.match(line.text)) and not parse_date(line.text):
            return Passage((first, line)).field(0, len(first.text) + 1 + rest.end())
        break
    return whole([first])


def _at_the_right(lines: Sequence[PrintedLine], heading: Heading) -> Field | None:
    """The office at the upper right of an external letter, above its subject; else that of a letterhead elsewhere
    above, as firms have it."""
    first = [section.first for label in (Label.SUBJECT, Label.TO) if (section := heading.section(label))]
    head = lines[: min(first)] if first else ()
    middle = (min(line.bbox.left for line in lines) + max(line.bbox.right for line in lines)) / 2 if lines else 0
    offices = [index for index, line in enumerate(head) if _OFFICE.match(line.text)]
    right = next((index for index in offices if head[index].bbox.left >= middle), None)
    office = right if right is not None else next(iter(offices), None)
    return _whole_name(head, office) if office is not None else None
