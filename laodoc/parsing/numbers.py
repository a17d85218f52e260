"""Document numbers: `ที่ มท ๐๘๑๐.๒/ว ๑๒๓` and what is left of them."""

import re

from laodoc.document import Alternative, Field
from laodoc.parsing.cues import LEAD, any_near, loose
from laodoc.parsing.passages import Passage
from laodoc.parsing.phrases import DATED, NUMBER, SUBJECT
from laodoc.recognition.decoding import guesses
from laodoc.thai.digits import to_arabic
from laodoc.thai.offices import is_agency, letters_of

OBSOLETE = str.maketrans("ฃฅ", "ขค")
"""Letters that nobody writes any more, and no agency has: what is read as one was the other."""

LONGEST = 48
"""Characters that the longest number may have; what follows a `ที่` beyond that is something else."""

_LETTERS = r"(?P<letters>[ก-ฮ]{2,4}\.?(?:\s?[ก-ฮ]{1,2}\.)?)\s*(?P<unit>\(\s?[ก-๎. ]{1,15}\))?\s*"
_CODE = r"(?P<code>[0-9]{2,6}\s?(?:\(\s?[ก-ฮ. ]{1,8}\))?(?:\s?[.,]\s?[0-9]{1,4}){0,4})\s*"
"""Parts of a code stand behind points, which readers take for commas; the police put its province in brackets."""
_DAY_LABEL = r"ว[ัิ-ื]?\s?น\s?ท"
"""วันที่ with marks lost, which stands right behind the number of a memo."""
_RUN = rf"(?P<circular>(?!{_DAY_LABEL})ว(?:\s?\([ก-ฮ]{{1,2}}\))?|0(?=\s+[0-9]))?"
"""A nought before white space and a number was a `ว`: no running number has a space in it, or begins with 0."""
_DATED = rf"(?:{any_near((*DATED, SUBJECT), 6)}|{_DAY_LABEL})"
_END = rf"(?=$|[\s,;)”\"]|{_DATED})"
_REST = rf"(?:\s*(?P<run>[0-9]+){_END}|(?=\s*(?:$|\n|{_DATED})))"
"""A running number ends at white space or before its date; where there is none, nothing else stands in its place:
anything but that was bent by the reader."""
NUMBER_PATTERN = rf"(?P<number>{_LETTERS}{_CODE}/\s*{_RUN}{_REST})"
"""Letters of the office, its code, and the running number, which may be missing; for text in Arabic digits."""
SERIAL_PATTERN = r"(?P<serial>[0-9]{1,6}\s?/\s?[0-9]{2,4})(?![0-9])"
"""Number and year of an order, an announcement or a meeting."""

_NUMBER = re.compile(NUMBER_PATTERN)
_SERIAL = re.compile(SERIAL_PATTERN)
_IN_TITLE = re.compile(rf"\s(?:{loose('เลขที่')}|{loose(NUMBER)})\s*{SERIAL_PATTERN}\s*(?:$|{loose(SUBJECT)})")
"""The number of an order that stands on the line of its title."""
_LINE_START = re.compile(rf"{LEAD}{loose(NUMBER)}\s*[.:]?\s*")
_COUNTED = re.compile(rf"{LEAD}{loose('เลขที่')}\s*[.:]?\s*(?={SERIAL_PATTERN})")
_BENT_START = re.compile(rf"{LEAD}(?:ท[\u0e31-\u0e3a]?[่-๋]?\s+|ท[\u0e31-\u0e3a่-๋1lI|!\s]{{1,3}})(?={NUMBER_PATTERN})")
"""The label with its marks lost, or read as a stroke, where a whole number stands behind it."""
_LABEL_LOST = re.compile(rf"{LEAD}(?={NUMBER_PATTERN})")
SURE_DIGIT = 0.5
"""A number with a digit that is less sure is a guess, and has no value: it was written by pen."""
_FIRM = re.compile(
    rf"{LEAD}(?:{loose('เลขที่')}|{loose(NUMBER)}|Ref\.?\s?(?:No\.?)?)\s*[.:]?\s*"
    r"(?P<number>[A-Za-zก-ฮ.\-]{0,12}\s?[A-Za-z0-9./\-]{0,16}[0-9]{1,6}\s?[/-]\s?[0-9]{2,4})(?=\s|$)"
)
"""How firms and clubs number their letters, each in its own way, with number and year at the end."""
_WORD = re.compile(r"[ก-๎]{6,}")
_LOOKS_LIKE_ONE = re.compile(r"[0-9][^\n]*/|/[^\n]*[0-9]|[ก-ฮ]{2}\s*\S?[0-9]{3}")


def number_value(match: re.Match[str]) -> str:
    """The number in Arabic digits with single spaces: `มท 0810.2/ว 123`, without its running number `อต 0023.3/ว`."""
    parts = match.groupdict()
    if parts.get("serial"):
        return serial_value(parts["serial"])
    unit = "".join((parts["unit"] or "").split())
    head = " ".join(
        filter(
            None,
            (
                parts["letters"].translate(OBSOLETE).rstrip(".").strip(),
                unit,
                re.sub(r"\s", "", parts["code"]).replace(",", "."),
            ),
        )
    )
    circular = re.sub(r"\s", "", parts["circular"] or "").replace("0", "ว")
    tail = " ".join(filter(None, (circular, parts["run"])))
    return f"{head}/{tail}"


def serial_value(text: str) -> str:
    """Number and year of an order or a meeting in Arabic digits without spaces: `12/2563`."""
    return re.sub(r"\s", "", to_arabic(text))


def number_field(passage: Passage, start: int, end: int, value: str) -> Field:
    """`text[start:end]` of the passage as a field with this value; where no agency has its letters, other readings of
    the line that give it the letters of one are its alternatives."""
    field = passage.field(start, end, value)
    letters = letters_of(value)
    if letters is None or is_agency(letters):
        return field
    rest = to_arabic(field.text).replace(" ", "")[len(letters) :]
    offered: dict[str, float] = {}
    for guess in guesses(passage.line_at(start).reading):
        for match in _NUMBER.finditer(to_arabic(guess.text)):
            other = match["letters"]
            if is_agency(other) and match["number"].replace(" ", "")[len(other) :] == rest:
                text = f"{other}{field.text[len(letters) :]}"
                offered[text] = offered.get(text, 0.0) + guess.confidence
    alternatives = tuple(Alternative(text=text, confidence=min(1.0, share)) for text, share in offered.items())
    return field.model_copy(update={"alternatives": alternatives}) if alternatives else field


def number_in_line(passage: Passage, line: int, *, serial: bool = False, unlabelled: bool = False) -> Field | None:
    """The number that line `line` of the passage begins with after `ที่`, or None where it has no such beginning.

    What looks like a number but is too bent to be read, or a guess, is kept as text with value None. Where a number
    must stand (`unlabelled`), pen may cover its label: the letters of an agency vouch for it.
    """
    start = passage.start_of(line)
    printed = passage.lines[line]
    text = to_arabic(printed.text)
    lead = _LINE_START.match(text) or _BENT_START.match(text) or (_LABEL_LOST.match(text) if unlabelled else None)
    if lead is None and serial:
        behind = _IN_TITLE.search(text)
        if behind:
            first, last = behind.span("serial")
            return passage.field(start + first, start + last, serial_value(behind["serial"]))
        lead = _COUNTED.match(text)
    if lead is None:
        return None
    match = _NUMBER.match(text, lead.end()) or (_SERIAL.match(text, lead.end()) if serial else None)
    labelled = _LINE_START.match(text) or (serial and _COUNTED.match(text))
    if match and not labelled and not _is_of_agency(match):
        match = None
    if match:
        found = number_field(passage, start + match.start(), start + match.end(), number_value(match))
        sure = printed.sure(*match.span())
        weak = printed.sure(*match.span("run")) < SURE_DIGIT if match.groupdict().get("run") else False
        return found.model_copy(update={"confidence": round(sure, 3)} | ({"value": None} if weak else {}))
    rest = re.split(loose("วันที่"), text[lead.end() :])[0][:LONGEST]
    whole = len(text) - lead.end() <= LONGEST and _LINE_START.match(text) is not None
    if whole and _LOOKS_LIKE_ONE.search(rest) and not _WORD.search(rest):
        return passage.field(start + lead.end(), start + lead.end() + len(rest))
    return None


def firm_number_in_line(passage: Passage, line: int) -> Field | None:
    """The number with which a firm's or a club's line begins, as printed in Arabic digits; None where there is none."""
    start = passage.start_of(line)
    match = _FIRM.match(to_arabic(passage.lines[line].text))
    if match is None:
        return None
    value = re.sub(r"\s?([/-])\s?", r"\1", match["number"]).strip()
    return passage.field(start + match.start("number"), start + match.end("number"), value)


def _is_of_agency(match: re.Match[str]) -> bool:
    letters = match.groupdict().get("letters")
    return letters is not None and is_agency(letters.translate(OBSOLETE).rstrip(".").strip())
