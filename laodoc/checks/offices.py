"""Offices and their places: who numbered a letter, and who received it, must be who the rest of the bundle says."""

import re
from collections.abc import Iterator

from laodoc.document import Document, Field, Finding, Letter, Place
from laodoc.messages import Message
from laodoc.thai.offices import Office, office
from laodoc.thai.places import letters_of_province, province_of_letters

_LETTERS = re.compile(r"[ก-ฮ]{2}(?=[\s\d(])")


def check_number_codes(document: Document) -> tuple[Finding, ...]:
    """A finding for each number with the letters of one province under the name of an office of another."""
    findings = []
    for letter in document.letters:
        numbered = [(letter.sender, letter.number), *((note.office, note.number) for note in letter.endorsements)]
        for sender, number in numbered:
            if sender is None or number is None:
                continue
            by_name, by_code = _office(sender).province, province_of_number(number)
            if by_name and by_code and by_name != by_code:
                findings.append(_code_finding(letter, number, by_name, by_code))
    return tuple(findings)


def check_stamp_offices(document: Document) -> tuple[Finding, ...]:
    """A finding for each received stamp of a province or district that the letter was not sent to."""
    findings = []
    for letter in document.letters:
        forwarders = [other for other in document.letters if letter.id in other.attachments]
        for kind, expected in (("province", _provinces(letter, forwarders)), ("district", _districts(letter))):
            for stamp in letter.received:
                where = _office(stamp.office)
                place = where.province if kind == "province" else where.district
                if place and expected and place not in expected:
                    findings.append(_stamp_finding(letter, stamp.office, place, expected))
    return tuple(findings)


def province_of_number(number: Field) -> Place | None:
    """The province whose letters a document number begins with, None where they are those of a central office."""
    letters = _LETTERS.match(str(number.value or ""))
    return province_of_letters(letters[0]) if letters else None


def _provinces(letter: Letter, forwarders: list[Letter]) -> list[Place]:
    """The provinces that can have received a letter: of who passed it on, else of its addressees, else its sender's
    where it went to offices below."""
    passed_on = [_area(note.office, note.number) for note in letter.endorsements if note.kind != "approval"]
    passed_on += [_area(other.sender, other.number) for other in forwarders]
    named = [_office(recipient) for recipient in letter.recipients]
    below = named and all(each.level in ("district", "local") for each in named)
    for places in (
        passed_on,
        [each.province for each in named],
        [_area(letter.sender, letter.number)] if below else [],
    ):
        if all(places):
            found = [place for place in places if place]
            if found:
                return found
    return []


def _districts(letter: Letter) -> list[Place]:
    """The districts that passed the letter on; none where one of its notes is another office's."""
    found = [_office(note.office).district for note in letter.endorsements if note.kind != "approval"]
    return [place for place in found if place] if all(found) else []


def _area(sender: Field | None, number: Field | None) -> Place | None:
    named = _office(sender).province if sender else None
    return named or (province_of_number(number) if number else None)


def _office(field: Field) -> Office:
    return office(str(field.value or field.text))


def _code_finding(letter: Letter, number: Field, by_name: Place, by_code: Place) -> Finding:
    return Finding(
        rule="number-code",
        severity="warning",
        message=Message("number-code", by_code=by_code.name, by_name=by_name.name),
        page=number.page,
        bbox=number.bbox,
        letter=letter.id,
        expected=letters_of_province(by_name.code),
        found=letters_of_province(by_code.code),
    )


def _stamp_finding(letter: Letter, stamp: Field, place: Place, expected: list[Place]) -> Finding:
    names = " or ".join(_unique(place.name for place in expected))
    return Finding(
        rule="office-mismatch",
        severity="warning",
        message=Message("office-mismatch", place=place.name, letter=letter.id, names=names),
        page=stamp.page,
        bbox=stamp.bbox,
        letter=letter.id,
        expected=names,
        found=place.name,
    )


def _unique(names: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(names))
