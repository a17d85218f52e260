"""What an office's name, or the post of an addressee, says about where it stands: its level, province and district."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from laodoc.document import Place
from laodoc.thai.diacritics import normalise
from laodoc.thai.places import LOCAL_BODIES, bare, districts, province_of_letters, provinces

Level = Literal["ministry", "department", "province", "district", "local"]
"""Central offices, then the three tiers below them, each of which passes letters on to the next."""

_LOCAL = (*LOCAL_BODIES, "นายกเทศมนตรี", "นายกองค์การ", "นายก อบ", "สำนักงานเทศบาล", "เทศบาล", "อบต", "อบจ")
_LEVELS: tuple[tuple[Level, tuple[str, ...]], ...] = (
    ("local", _LOCAL),
    ("district", ("อำเภอ",)),
    ("province", ("ผู้ว่าราชการจังหวัด", "ศาลากลาง", "จังหวัด")),
    ("department", ("กรม", "อธิบดี")),
    ("ministry", ("กระทรวง", "รัฐมนตรี")),
)
"""Words that tell a level, the lowest first: a district's name is followed by that of its province."""

_LETTERS = re.compile(r"[ก-ฮ]{2,4}(?=[\s(])")
_BY_PROVINCE = re.compile(r"(?:จังหวัด|จ\.)\s*(?P<name>[ก-๎\s]+)")
_BY_DISTRICT = re.compile(r"(?:กิ่งอำเภอ|อำเภอ|เขต|อ\.)\s*(?P<name>[ก-๎\s]+)")


@dataclass(frozen=True, slots=True)
class Office:
    """Where an office stands; None what its name does not say."""

    level: Level | None
    province: Place | None
    district: Place | None


@cache
def office(text: str) -> Office:
    """The office that `text` names (`ที่ว่าการอำเภอพิชัย จังหวัดอุตรดิตถ์`); a place counts only where it is named exactly.

    A district is told without its province where no other district has its name.
    """
    plain = normalise(text)
    province = _named(plain, _BY_PROVINCE, provinces())
    code = province.code if province else None
    district = _named(plain, _BY_DISTRICT, districts(code))
    if district and province is None:
        province = next((place for place in provinces() if district.code.startswith(place.code)), None)
    return Office(_level(plain), province, district)


def letters_of(number: str) -> str | None:
    """The letters of the office with which a number's value begins (`มท 0810/5`), or None: `12/2563` has none."""
    match = _LETTERS.match(number)
    return match[0] if match else None


def is_agency(letters: str) -> bool:
    """Whether a province or a central agency numbers its documents with these letters."""
    return province_of_letters(letters) is not None or letters in _agencies()


@cache
def _agencies() -> frozenset[str]:
    """The code letters of central agencies, from the Rules on Correspondence, annex 1 (ระเบียบงานสารบรรณ ภาคผนวก ๑)."""
    text = files("laodoc.thai").joinpath("data", "agency_letters.csv").read_text(encoding="utf-8")
    return frozenset(row["letters"] for row in csv.DictReader(text.splitlines()))


def _level(text: str) -> Level | None:
    squeezed = "".join(text.split())
    return next((level for level, words in _LEVELS if any("".join(word.split()) in squeezed for word in words)), None)


def _named(text: str, cue: re.Pattern[str], among: tuple[Place, ...]) -> Place | None:
    """The one place behind the cue: the longest of these names that the words there begin with."""
    for match in cue.finditer(text):
        words = "".join(match["name"].split())
        found = [place for place in among if words.startswith(bare(place.name, place.kind))]
        longest = max((len(place.name) for place in found), default=0)
        best = [place for place in found if len(place.name) == longest]
        if len(best) == 1:
            return best[0]
    return None
