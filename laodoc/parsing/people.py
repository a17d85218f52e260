"""Whom to ask about a letter: telephones, faxes, mail addresses, names."""

import re

from laodoc.document import Contact, Field
from laodoc.parsing import people_words, phrases
from laodoc.parsing.cues import any_near, any_of, loose
from laodoc.parsing.mail import mail_of
from laodoc.parsing.passages import Passage
from laodoc.thai.digits import to_arabic

LONGEST_NAME = 60
"""Characters of a name with title and rank."""
MOBILE_DIGITS, FIXED_DIGITS = 10, 9
INTERNAL_DIGITS = range(3, 7)
"""Digits of a telephone number: mobile ones begin 06, 08 or 09, others 0; without the 0 it is a number of the house."""

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
_TITLED = re.compile("|".join(map(re.escape, people_words.PERSON_TITLES)))
_CUE_ALONE = re.compile(rf"[\s(]*{any_of(phrases.COORDINATORS)}[\s:.]*")
_COORDINATOR = re.compile(rf"{any_of(phrases.COORDINATORS)}\s*[:.]?\s*(?P<name>[ก-๎. \n]{{4,{LONGEST_NAME}}}?)\s*$")
_NAMED_LAST = re.compile(rf"{any_of(phrases.COORDINATORS)}\s*[:.]?\s*(?P<name>[ก-๎. ]{{4,{LONGEST_NAME}}})")


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
            name = name if name and _is_person(plain, name) else None
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
    if last and _is_person(plain, last.span("name")):
        contacts[-1] = contacts[-1].model_copy(update={"name": passage.field(*last.span("name"))})
    email = mail_of(passage)
    if email is None:
        return tuple(contacts)
    if not contacts:
        return (Contact(name=None, phone=None, extension=None, fax=None, email=email),)
    return (*contacts[:-1], contacts[-1].model_copy(update={"email": email}))


def _is_person(text: str, name: tuple[int, int]) -> bool:
    """Whether a coordinator's name is one: it has a title, or two words and its word before it begins the line."""
    said = text[slice(*name)].strip()
    if _TITLED.match(said):
        return True
    before = text[: name[0]].rsplit("\n", 1)[-1]
    return len(said.split()) == len(("name", "surname")) and _CUE_ALONE.fullmatch(before) is not None


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
