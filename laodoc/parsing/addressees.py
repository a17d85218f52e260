"""Local bodies that a district's note is addressed to, filled in by pen: read against the list of that district."""

import re
from collections.abc import Sequence

from laodoc.document import Field
from laodoc.parsing.cues import any_of
from laodoc.parsing.passages import Passage, PrintedLine
from laodoc.parsing.phrases import LOCAL_HEADS
from laodoc.parsing.rereading import read_again
from laodoc.thai.offices import letters_of, office
from laodoc.thai.places import find_districts, province_of_letters, subdistricts

_NAMED = re.compile(rf"(?P<head>{any_of(LOCAL_HEADS)})[\s.…_]*(?P<name>[ก-๎][ก-๎\s]*)")


def listed_addressees(
    fields: Sequence[Field], lines: Sequence[PrintedLine], sender: str, number: str | None
) -> tuple[Field, ...]:
    """The addressees, those that are a body named for a subdistrict of the sender's district with that as their value.

    Any of the ink's readings may name it; where none does, or several are as likely, the value stays None.
    `sender` is the office that wrote the note, `number` the value of the note's number, which tells its province.
    """
    names = _names(sender, number)
    return tuple(_listed(field, lines, names) if names else field for field in fields)


def _listed(field: Field, lines: Sequence[PrintedLine], names: frozenset[str]) -> Field:
    line = next((each for each in lines if _NAMED.search(each.text) and field.text in each.text), None)
    if line is None:
        return field

    def body_in(row: Passage) -> Field | None:
        match = _NAMED.search(row.text)
        name = "".join(match["name"].split()) if match else ""
        return row.field(*match.span(), f"{match['head'].strip()}{name}") if match and name in names else None

    found = read_again(Passage((line,)), body_in, due=True)
    return field.model_copy(update={"value": found.value}) if found and found.value else field


def _names(sender: str, number: str | None) -> frozenset[str]:
    """The names of the subdistricts of the sender's district; none where the district is not known for sure."""
    where = office(sender)
    provinces = {place for place in (where.province, province_of_letters(letters_of(number or "") or "")) if place}
    if len(provinces) > 1:
        return frozenset()
    district, named = where.district, _DISTRICT.search(sender)
    if district is None and named and provinces:
        found = find_districts("".join(named["name"].split()), provinces.copy().pop().code)
        district = found[0] if len(found) == 1 else None
    return frozenset(place.name for place in subdistricts(district.code)) if district else frozenset()


_DISTRICT = re.compile(r"อำเภอ(?P<name>[ก-๎\s]+)")
