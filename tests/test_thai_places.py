"""laodoc.thai.places: the official list and the provinces' document letters."""

import subprocess
import sys

import pytest

from laodoc.document import Place
from laodoc.thai.places import (
    Near,
    bare,
    districts,
    find_districts,
    find_province,
    find_subdistricts,
    letters_of_province,
    nearest,
    province_of_letters,
    provinces,
    subdistricts,
)


def test_the_list_is_whole() -> None:
    """There are 77 provinces, and every subdistrict lies in a district that lies in a province."""
    assert len(provinces()) == 77
    codes = {d.code for d in districts()}
    assert {s.code[:4] for s in subdistricts()} == codes
    assert {code[:2] for code in codes} == {p.code for p in provinces()}


def test_every_province_has_its_own_letters() -> None:
    """The letters of all provinces are two consonants, differ, and lead back to the province."""
    letters = [letters_of_province(p.code) for p in provinces()]
    assert len(set(letters)) == 77
    assert all(found and len(found) == 2 for found in letters)
    assert [province_of_letters(str(found)) for found in letters] == list(provinces())


def test_letters_of_known_provinces() -> None:
    """อต is Uttaradit and มท, a ministry, is no province."""
    assert province_of_letters("อต") == find_province("จังหวัดอุตรดิตถ์")
    assert province_of_letters("มท") is None
    assert letters_of_province("99") is None


@pytest.mark.parametrize(
    ("name", "kind", "plain"),
    [
        ("อำเภอ เมืองลำปาง", "district", "เมืองลำปาง"),
        ("เขตพระนคร", "district", "พระนคร"),
        ("ต.หัวดง", "subdistrict", "หัวดง"),
        ("จังหวัดน่าน", "province", "น่าน"),
        ("เขต", "district", "เขต"),
    ],
)
def test_bare_names(name: str, kind: str, plain: str) -> None:
    """The word for the kind goes, the name stays, and a name that is nothing but that word stays too."""
    assert bare(name, kind) == plain


def test_homonyms_are_all_found() -> None:
    """A name that two districts share gives both subdistricts, and one of them inside its district."""
    both = find_subdistricts("แสนตอ", "53")
    assert len({place.code[:4] for place in both}) == 2
    assert find_subdistricts("แสนตอ", both[0].code[:4]) == both[:1]
    assert len(find_subdistricts("แสนตอ")) >= 2


def test_places_that_do_not_exist() -> None:
    """Unknown names and codes give nothing."""
    assert find_province("อุดรดิตถ์") is None
    assert find_districts("ไม่มีจริง") == ()
    assert districts("99") == ()
    assert subdistricts("9999") == ()


def test_districts_of_a_province() -> None:
    """A district is found by its name, with its province or without."""
    (only,) = find_districts("อ.ลับแล", "53")
    assert only in find_districts("ลับแล")
    assert only.kind == "district"


def test_a_misread_name_is_near_one_place() -> None:
    """One wrong letter leads to the only place nearby; too many, or two places equally near, lead nowhere."""
    around = subdistricts("53")
    near = nearest("คุ้งตะเกา", around, 1)
    assert near is not None
    assert (near.place.name, near.edits) == ("คุ้งตะเภา", 1)
    assert nearest("คุ้งตะเภา", around, 0) == Near(near.place, 0)
    assert nearest("คุ้งตะเกา", around, 0) is None
    assert nearest("แสนตอ", around, 1) is None
    assert nearest("ก", (), 1) is None
    pair = [Place(name=name, kind="district", code=code) for name, code in (("กข", "1"), ("กค", "2"))]
    assert nearest("กง", pair, 1) is None


def test_importing_is_cheap() -> None:
    """Importing the module loads neither the list of places nor pythainlp."""
    code = "import sys, laodoc.thai.places; sys.exit('geothai' in sys.modules or 'pythainlp' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
