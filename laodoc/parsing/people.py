"""Who signed a letter, and whom to ask about it."""

import re
from collections.abc import Sequence

from laodoc.document import Contact, Field, Signatory
from laodoc.layout.boxes import overlap_x, union
from laodoc.parsing import phrases
from laodoc.parsing.cues import any_near, any_of, loose
from laodoc.parsing.mail import mail_of
from laodoc.parsing.passages import Passage, PrintedLine, whole
from laodoc.thai.dates import find_dates
from laodoc.thai.digits import to_arabic

POSITION_LINES = 3
"""A post may run over three lines (… ปฏิบัติราชการแทน …)."""
CERTIFIED_ABOVE = 3
"""A copy is certified at most so many lines above the name: a signature stands between, which may be read as lines."""
NEXT_LINE_GAP = 1.6
"""The white between two lines of one block is less than so many heights of the upper line."""
LONGEST_NAME = 60
"""Characters of a name with title and rank."""
MOBILE_DIGITS, FIXED_DIGITS = 10, 9
INTERNAL_DIGITS = range(3, 7)
"""Digits of a telephone number: mobile ones begin 06, 08 or 09, others 0; without the 0 it is a number of the house."""

_TITLES = "|".join(re.escape(title) for title in sorted(phrases.PERSON_TITLES, key=len, reverse=True))
_TITLED = re.compile(rf"\s*[(\[{{|]?\s*(?:{_TITLES})\s*[ก-๎]")
_PARENTHESES = re.compile(r"[(\[{]\s*(?P<name>[ก-๎. ]{4,60}?)\s*(?P<closed>[)\]}])?\s*$")
_OPENING_LOST = re.compile(rf"\s*(?P<name>(?:{_TITLES})\s*[ก-๎.][ก-๎. ]{{3,60}}?)\s*(?P<closed>[)\]}}])\s*$")
LONG_CUE = 7
"""Letters of a word of which one may be misread."""
_FAX = any_of(phrases.FAX)
_CALL = any_near(phrases.PHONE, LONG_CUE)
_DIRECT = (
    rf"{any_of(phrases.COORDINATORS)}\s*[:.]?\s*(?P<who>(?:(?!{_CALL})[ก-๎. ]){{4,{LONGEST_NAME}}}?)"
    r"[\s(]+(?=0[0-9 \-–]{8,14})"
)
"""A coordinator whose number stands behind the name without a word for it."""
_PHONE = re.compile(
    rf"(?P<fax>{_FAX})|(?P<phone>{_CALL})(?P<both>\s?\.?\s?(?:/|{loose(phrases.AND)})?\s?{_FAX})?|{_DIRECT}"
)
_DIGITS = re.compile(r"\s*[.:]?\s*(?P<number>[0-9](?:(?:[ \-–]{0,3}|-\n)[0-9]){2,11})")
_EXTENSION = re.compile(rf"\s*{loose(phrases.EXTENSION)}\s*(?P<number>[0-9]{{1,5}}(?:\s?[,\-–]\s?[0-9]{{1,5}})*)")
_COORDINATOR = re.compile(rf"{any_of(phrases.COORDINATORS)}\s*[:.]?\s*(?P<name>[ก-๎. \n]{{4,{LONGEST_NAME}}}?)\s*$")
_CERTIFIED = re.compile(any_of(phrases.CERTIFIED))
_COORDINATES = re.compile(any_of(phrases.COORDINATORS))
_NAMED_LAST = re.compile(rf"{any_of(phrases.COORDINATORS)}\s*[:.]?\s*(?P<name>[ก-๎. ]{{4,{LONGEST_NAME}}})")
_NO_POST = re.compile(rf"[(\[0-9]|{any_of(phrases.PHONE)}|{any_of(phrases.COORDINATORS)}")


def signatory_of(lines: Sequence[PrintedLine]) -> tuple[Signatory, tuple[PrintedLine, ...]] | None:
    """The last name in parentheses in `lines`, the post below it, and the lines that they fill; not who certifies
    a copy.

    Either parenthesis may be lost where title and name begin the line.
    """
    for index in range(len(lines) - 1, -1, -1):
        match = _PARENTHESES.search(lines[index].text) or _OPENING_LOST.match(lines[index].text)
        if match is None or _COORDINATES.match(match["name"]):
            continue
        titled = _TITLED.match(match[0]) is not None
        two_words = not match.start() and " " in match["name"].strip()
        both = match.re is _PARENTHESES and match["closed"]
        if not ((titled or two_words) if both else (titled and two_words)):
            continue
        if _certifies(lines, index):
            continue
        name = Passage((lines[index],)).field(*match.span("name"))
        below = _position_lines(lines[index], lines[index + 1 :])
        position = whole(below) if below else None
        return Signatory(name=name, position=position), (lines[index], *below)
    return None


def _certifies(lines: Sequence[PrintedLine], index: int) -> bool:
    """Whether the name on line `index` stands under the words with which a copy is certified, no other name between."""
    for line in reversed(lines[max(0, index - CERTIFIED_ABOVE) : index]):
        if _CERTIFIED.search(line.text):
            return True
        if _TITLED.match(line.text):
            return False
    return False


def contacts_of(passage: Passage) -> tuple[Contact, ...]:
    """Every telephone in the text with its extension and the coordinator named before it (the last one: or behind it),
    faxes, and mail addresses."""
    plain = to_arabic(passage.text)
    contacts: list[Contact] = []
    previous = 0
    for match in _PHONE.finditer(plain):
        digits = _DIGITS.match(plain, match.end())
        if digits is None:
            continue
        number = _number_field(passage, plain, digits)
        if match["fax"]:
            contacts = _with_fax(contacts, number)
        else:
            named = _COORDINATOR.search(plain, previous, match.start())
            name = match.span("who") if match["who"] else named.span("name") if named else None
            contacts.append(
                Contact(
                    name=passage.field(*name) if name else None,
                    phone=number,
                    extension=_extension(passage, plain, digits.end()),
                    fax=number if match["both"] else None,
                    email=None,
                )
            )
        previous = digits.end()
    last = _NAMED_LAST.search(plain, previous) if contacts and contacts[-1].name is None else None
    if last:
        contacts[-1] = contacts[-1].model_copy(update={"name": passage.field(*last.span("name"))})
    email = mail_of(passage)
    if email is None:
        return tuple(contacts)
    if not contacts:
        return (Contact(name=None, phone=None, extension=None, fax=None, email=email),)
    return (*contacts[:-1], contacts[-1].model_copy(update={"email": email}))


def phone_value(text: str) -> str | None:
    """The digits of the (first) telephone number, or None where there are too few or too many for one."""
    digits = re.sub(r"[^0-9]", "", to_arabic(text))
    if not digits.startswith("0"):
        return digits if len(digits) in INTERNAL_DIGITS else None
    wanted = MOBILE_DIGITS if digits[1:2] in ("6", "8", "9") else FIXED_DIGITS
    first = re.split(r"[-–]", to_arabic(text))
    range_end = len(first[-1].strip()) if len(first) > 1 else 0
    if len(digits) == wanted or (len(digits) > wanted and len(digits) - range_end == wanted):
        return digits[:wanted]
    return None


def _extension(passage: Passage, plain: str, start: int) -> Field | None:
    match = _EXTENSION.match(plain, start)
    return passage.field(*match.span("number"), re.sub(r"\s", "", match["number"])) if match else None


def _number_field(passage: Passage, plain: str, digits: re.Match[str]) -> Field:
    return passage.field(*digits.span("number"), phone_value(digits["number"]))


def _with_fax(contacts: list[Contact], fax: Field) -> list[Contact]:
    if contacts and contacts[-1].fax is None:
        return [*contacts[:-1], contacts[-1].model_copy(update={"fax": fax})]
    return [*contacts, Contact(name=None, phone=None, extension=None, fax=fax, email=None)]


def _position_lines(name: PrintedLine, below: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The lines close below a name, in its column, that say the post."""
    block = [name]
    for line in below:
        gap = line.bbox.top - block[-1].bbox.bottom
        if line.page != name.page or overlap_x(line.bbox, union(part.bbox for part in block)) == 0:
            continue
        near = -name.height <= gap <= NEXT_LINE_GAP * name.height
        if not near or len(block) > POSITION_LINES or _NO_POST.search(to_arabic(line.text)) or find_dates(line.text):
            break
        block.append(line)
    return block[1:]
