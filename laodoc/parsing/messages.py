"""Message forms (กระดาษเขียนข่าว): the fields of the letter stand in the cells of a form, not in its heading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from laodoc.document import Contact, Field, Signatory
from laodoc.parsing.entries import Labelled, entries_of
from laodoc.parsing.numbers import NUMBER_PATTERN, number_value, serial_value
from laodoc.parsing.passages import PrintedLine, as_printed
from laodoc.parsing.people import phone_value
from laodoc.parsing.signing import signatory_of
from laodoc.parsing.vocabulary import vocabulary
from laodoc.recognition.reading import PageReading
from laodoc.thai.dates import parse_date
from laodoc.thai.digits import to_arabic

NEEDED = frozenset({"from", "to"})
"""Labels that make a form a message, beside the number or the day."""

_PAGES = re.compile(r"(?P<page>[0-9]{1,2})\s*ของ\s*[0-9]{1,2}")
_SERIAL = re.compile(r"(?:ที่\s*)?(?P<serial>[0-9]{1,4}\s?/\s?[0-9]{4})")
_APART = re.compile(r",|\sและ\s")
_GROUP = re.compile(r"(?P<day>[0-9]{1,2})(?:\s?[0-9]{4})?\s*(?P<month>[ก-ฮ].*)")
_NOTHING = re.compile(r"[-–—\s.]*")


@dataclass(frozen=True, slots=True)
class Message:
    """What the cells of a message form say; `page` is the number of its page, 1 where none is printed."""

    page: int
    number: Field | None
    date: Field | None
    sender: Field | None
    recipients: tuple[Field, ...]
    urgency: Field | None
    secrecy: Field | None
    contacts: tuple[Contact, ...]
    signatory: Signatory | None


def message_of(page: PageReading) -> Message | None:
    """The message whose form stands on the page, None where there is none."""
    found: dict[str, Labelled] = {}
    for each in entries_of(page, vocabulary()):
        if each.name != "day" or "day" not in found or "วัน" in each.entry.label.text[2:]:
            found[each.name] = each
    if not found.keys() >= NEEDED or not {"number", "day"} & found.keys():
        return None
    said = {name: each.entry.value for name, each in found.items()}
    phone = said.get("phone")
    digits = phone_value(to_arabic(phone.text)) if phone else None
    printed = said.get("page")
    paged = _PAGES.search(to_arabic(printed.text)) if printed else None
    return Message(
        page=int(paged["page"]) if paged else 1,
        number=_number(said.get("number")),
        date=_date(said.get("day")),
        sender=said["from"],
        recipients=tuple(one for name in ("to", "copy") for one in _addressees(_written(said.get(name)))),
        urgency=_written(said.get("urgency")),
        secrecy=_written(said.get("secrecy")),
        contacts=(_contact(phone, digits),) if phone and digits else (),
        signatory=_signatory(found.get("approver"), page),
    )


def _written(field: Field | None) -> Field | None:
    """A field in which more than a dash stands."""
    return None if field is None or _NOTHING.fullmatch(field.text) else field


def _addressees(field: Field | None) -> tuple[Field, ...]:
    """One field an addressee of a list with commas."""
    names = [name.strip() for name in _APART.split(field.text)] if field else []
    return tuple(field.model_copy(update={"text": name, "value": name}) for name in names if field and name)


def _number(field: Field | None) -> Field | None:
    if field is None:
        return None
    plain = to_arabic(field.text)
    match, serial = re.search(NUMBER_PATTERN, plain), _SERIAL.search(plain)
    value = number_value(match) if match else serial_value(serial["serial"]) if serial else None
    text = field.text[slice(*match.span("number"))] if match else field.text
    return field.model_copy(update={"text": text, "value": value})


def _date(field: Field | None) -> Field | None:
    """The day of a message: alone before its month, or with hours and minutes (`๒๐๐๗๕๕ ก.พ. ๖๗` is the 20th, 07:55)."""
    if field is None:
        return None
    group = _GROUP.fullmatch(to_arabic(field.text))
    day = parse_date(f"{group['day']} {group['month']}") if group else None
    return field.model_copy(update={"value": day.isoformat() if day else None})


def _contact(phone: Field, digits: str) -> Contact:
    said = phone.model_copy(update={"value": digits})
    return Contact(name=None, phone=said, extension=None, fax=None, email=None)


def _signatory(approver: Labelled | None, page: PageReading) -> Signatory | None:
    lines: Sequence[PrintedLine] = tuple(as_printed(line, page) for line in approver.lines) if approver else ()
    signed = signatory_of(lines)
    return signed[0] if signed else None
