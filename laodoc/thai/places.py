"""Provinces, districts and subdistricts, from the official list that `geothai` carries.

Everything is loaded on the first call and kept: importing this module costs nothing.
"""

import csv
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from laodoc.document import Place
from laodoc.thai.diacritics import normalise

PROVINCE_DIGITS = 2
"""How much of a place's code names its province."""

_PREFIXES = {
    "province": ("จังหวัด", "จ."),
    "district": ("อำเภอ", "กิ่งอำเภอ", "เขต", "อ."),
    "subdistrict": ("ตำบล", "แขวง", "ต."),
}


LOCAL_BODIES = (
    "องค์การบริหารส่วนตำบล", "อบต.", "เทศบาลตำบล", "ทต.", "เทศบาลเมือง", "ทม.", "เทศบาลนคร", "ทน.",
    "องค์การบริหารส่วนจังหวัด", "อบจ.",
)  # fmt: skip
"""What local bodies are called before their names."""


NAMED_BY_SUBDISTRICT = ("องค์การบริหารส่วนตำบล", "อบต.")
"""Bodies that bear the name of their subdistrict; municipalities may have a name of their own."""


class Near(NamedTuple):
    """The one place nearest to a name, and the edits between them (0: the name is the place's)."""

    place: Place
    edits: int


@cache
def provinces() -> tuple[Place, ...]:
    """The 77 provinces (Bangkok among them) by code."""
    import geothai  # unpacks its lists, so not before they are needed

    return tuple(Place(name=bare(p.name_th, "province"), kind="province", code=p.code) for p in geothai.provinces())


@cache
def districts(province_code: str | None = None) -> tuple[Place, ...]:
    """The districts of a province, or of the whole country; none where the code is unknown."""
    import geothai

    if province_code is None:
        return tuple(place for province in provinces() for place in districts(province.code))
    found = geothai.districts(province_code)
    return tuple(Place(name=bare(d.name_th, "district"), kind="district", code=d.code) for d in found)


@cache
def subdistricts(area_code: str | None = None) -> tuple[Place, ...]:
    """The subdistricts of a district, of a province, or of the whole country; none where the code is unknown."""
    import geothai

    if area_code is None or len(area_code) == PROVINCE_DIGITS:
        return tuple(place for district in districts(area_code) for place in subdistricts(district.code))
    found = geothai.subdistricts(area_code)
    return tuple(Place(name=bare(s.name_th, "subdistrict"), kind="subdistrict", code=s.code) for s in found)


def bare(name: str, kind: str) -> str:
    """The name in normal spelling without white space and without the word for its kind (`อำเภอ`, `อ.`, …)."""
    plain = "".join(normalise(name).split())
    for prefix in _PREFIXES[kind]:
        if plain.startswith(prefix) and len(plain) > len(prefix):
            return plain.removeprefix(prefix)
    return plain


def find_province(name: str) -> Place | None:
    """The province of exactly this name, with or without `จังหวัด`."""
    return next(iter(_by_name("province").get(bare(name, "province"), ())), None)


def find_districts(name: str, province_code: str | None = None) -> tuple[Place, ...]:
    """All districts of exactly this name, in one province or in the whole country."""
    return _within(_by_name("district").get(bare(name, "district"), ()), province_code)


def find_subdistricts(name: str, area_code: str | None = None) -> tuple[Place, ...]:
    """All subdistricts of exactly this name, in one district or province or in the whole country."""
    return _within(_by_name("subdistrict").get(bare(name, "subdistrict"), ()), area_code)


def nearest(name: str, among: Iterable[Place], most_edits: int) -> Near | None:
    """The place whose name is nearest to `name`, or None where none is near enough or two names are equally near."""
    wanted = "".join(normalise(name).split())
    near = sorted(
        ((Levenshtein.distance(wanted, place.name), place.name, place.code, place) for place in among),
        key=lambda entry: entry[:3],
    )
    if not near or near[0][0] > most_edits:
        return None
    if len(near) > 1 and near[1][0] == near[0][0]:
        return None
    return Near(near[0][3], near[0][0])


def province_of_letters(letters: str) -> Place | None:
    """The province whose documents are numbered with `letters` (`อต` → อุตรดิตถ์), or None."""
    code = _letters().get(letters)
    return next((place for place in provinces() if place.code == code), None)


def letters_of_province(code: str) -> str | None:
    """The letters with which the province of this code numbers its documents (`53` → `อต`), or None."""
    return next((letters for letters, province in _letters().items() if province == code), None)


def _within(places: Iterable[Place], area_code: str | None) -> tuple[Place, ...]:
    return tuple(place for place in places if place.code.startswith(area_code or ""))


@cache
def _by_name(kind: str) -> dict[str, tuple[Place, ...]]:
    lists = {"province": provinces, "district": districts, "subdistrict": subdistricts}
    index: dict[str, tuple[Place, ...]] = {}
    for place in lists[kind]():
        index[place.name] = (*index.get(place.name, ()), place)
    return index


@cache
def _letters() -> dict[str, str]:
    """The code letters of the provinces, from the Rules on Correspondence, annex 1 (ระเบียบงานสารบรรณ ภาคผนวก ๑)."""
    text = files("laodoc.thai").joinpath("data", "province_letters.csv").read_text(encoding="utf-8")
    return {row["letters"]: row["code"] for row in csv.DictReader(text.splitlines())}
