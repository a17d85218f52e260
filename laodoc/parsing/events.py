"""To what a letter invites: day, time and place."""

import re

from laodoc.document import Field, Meeting
from laodoc.parsing import phrases
from laodoc.parsing.cues import any_of, loose
from laodoc.parsing.passages import Passage
from laodoc.thai.dates import find_dates
from laodoc.thai.digits import to_arabic

REACH = 160
"""Characters between the word for a meeting and its day."""
NEAR = 60
"""Characters between a meeting's day and its hour, and between the hour and the place."""
LONGEST_PLACE = 160
"""Characters of the longest name of a place, with its district and province."""
HOURS, MINUTES = 24, 60
AROUND = 6
"""Characters around a word for a meeting that may say that it is none to come."""

_CLOCK = r"[0-9]{1,2}\s?[.:]\s?[0-9]{2}"
_NEXT = (*phrases.BODY_STARTERS, *phrases.ACTION, "ในการนี้", "ทั้งนี้", "จึง")
_MEETING = re.compile(any_of(phrases.MEETINGS))
_NOT_ONE = re.compile(any_of(phrases.NO_MEETINGS))
_DUE = re.compile(rf"{any_of((*phrases.DEADLINE, *phrases.AS_OF, 'ลงวันที่', 'เมื่อวันที่'))}[^0-9]{{0,20}}$")
_DAYS = re.compile(
    r"(?<![0-9])(?P<first>[0-9]{1,2})\s?(?:-|–|ถึง|และ)\s?"
    r"(?P<last>[0-9]{1,2}\s*(?:เดือน)?\s*[ก-๎.]{3,14}\s*(?:พ\.?\s?ศ\.?\s*)?[0-9]{2,4})"
)
"""Several days of one month: `๖ – ๘ มีนาคม ๒๕๖๖`."""
_TIME = re.compile(
    rf"{loose('เวลา')}\s*(?P<from>{_CLOCK})(?:\s*(?:น\.?)?\s*(?:-|–|ถึง)\s*{_CLOCK})?\s*(?:น\.|น(?=\s)|นาฬิกา)?"
)
_PLACE = re.compile(r"\s*(?:(?<=[\s.])ณ\s|\sผ่าน(?=ระบบ|แอป|โปรแกรม))\s*")
_PLACE_END = re.compile(
    rf"\s+(?={any_of(phrases.AFTER_A_PLACE)})|(?<=[ก-๎)])\s+(?=วัน|เวลา|[0-9]{{1,2}}\.\s)|\n\s*(?={any_of(_NEXT)})|\s{{3,}}|$"
)


def event_of(passage: Passage) -> Meeting | None:
    """The meeting, training or ceremony that the letter invites to; None where it names no day for one.

    The day stands behind the word for it (`ประชุม … ในวันศุกร์ที่ …`); one that is over, of another letter, or until
    which something is due is none. Of several days the first is the value; of several mentions the fullest counts.
    """
    plain = to_arabic(passage.text)
    found = [each for match in _MEETING.finditer(plain) if (each := _meeting(passage, plain, match))]
    return max(found, key=lambda each: (each.time is not None) + (each.place is not None), default=None)


def _meeting(passage: Passage, plain: str, word: re.Match[str]) -> Meeting | None:
    """What is said of the meeting that this word names, if its day is."""
    if _NOT_ONE.search(plain, max(0, word.start() - AROUND), word.end() + AROUND):
        return None
    day = _day_behind(passage, plain, word.end())
    if day is None:
        return None
    date, start, end = day
    time = _TIME.search(plain, end, end + NEAR)
    place = _place_in(passage, plain, time.end() if time else end)
    if place is None:
        place = _place_in(passage, plain, word.end(), start)
    if time is None and place is None and not _invites(plain, word.start()):
        return None
    return Meeting(date=date, time=_time_field(passage, time) if time else None, place=place)


def _invites(plain: str, position: int) -> bool:
    return re.search(any_of(("เชิญ", "กำหนด")), plain[max(0, position - REACH) : position]) is not None


def _day_behind(passage: Passage, plain: str, start: int) -> tuple[Field, int, int] | None:
    """The first day within reach, where it starts and where it ends."""
    several = _DAYS.search(plain, start, start + REACH)
    found = next((each for each in find_dates(passage.text) if start <= each.start <= start + REACH), None)
    between = plain[start : found.start].replace("\n", " ") if found else ""
    if found is None or _DUE.search(between) or "นั้น" in between:
        return None
    if several and several.start("last") <= found.end <= several.end():
        first = find_dates(several["first"] + several["last"].lstrip("0123456789"))
        if first:
            return passage.field(*several.span(), first[0].date.isoformat()), *several.span()
    return passage.field(found.start, found.end, found.date.isoformat()), found.start, found.end


def _time_field(passage: Passage, match: re.Match[str]) -> Field:
    hour, minute = re.split(r"\s?[.:]\s?", match["from"])
    valid = int(hour) < HOURS and int(minute) < MINUTES
    return passage.field(match.start("from"), match.end(), f"{int(hour):02}:{minute}" if valid else None)


def _place_in(passage: Passage, plain: str, start: int, limit: int | None = None) -> Field | None:
    """What stands behind `ณ`, near `start`, up to where the sentence goes on, or the `limit`."""
    lead = _PLACE.search(plain, max(0, start - 1), min(start + NEAR, limit or len(plain)))
    if lead is None or re.search("[0-9]{4}", plain[start : lead.start()]):
        return None
    last = min(len(plain), lead.end() + LONGEST_PLACE, limit or len(plain))
    end = _PLACE_END.search(plain, lead.end() + 1, last)
    stop = end.start() if end else last
    return passage.field(lead.end(), stop) if plain[lead.end() : stop].strip() else None
