"""Places of tables: matched within their context, corrected only where the reading was in doubt."""

import pytest
from tables import grid, page, reading

from laodoc.checks.places import check_places
from laodoc.document import Alternative, BBox, Cell, Column, Document, EngineInfo, Row, Source, Table
from laodoc.parsing.placing import Context, place_cell, place_tables
from laodoc.parsing.tables import build_tables
from laodoc.thai import places
from laodoc.thai.lookalikes import distance

UTTARADIT = places.find_province("อุตรดิตถ์")
MUEANG = places.find_districts("เมืองอุตรดิตถ์")[0]
HERE = Context(UTTARADIT, MUEANG)


def cell(text: str, confidence: float = 0.8, *others: str) -> Cell:
    return Cell(
        column=0,
        text=text,
        value=text,
        bbox=BBox(0, 0, 9, 9),
        confidence=confidence,
        alternatives=tuple(Alternative(text=other, confidence=0.1) for other in others),
    )


def document_of(table: Table) -> Document:
    """A document with this table alone."""
    return Document(
        source=Source(name="made.pdf", sha256="", bytes=0, pages=1),
        engine=EngineInfo(name="made", version="", sha256=None),
        pages=(),
        letters=(),
        tables=(table,),
        records=(),
        routing=(),
        findings=(),
    )


@pytest.mark.parametrize("text", ["ทต.วังกะพี้", "อบต.วังกะพี้", "องค์การบริหารส่วนตำบล วังกะพี้"])
def test_a_listed_name_gets_its_place_and_stays_as_printed(text: str) -> None:
    """Whatever the body is called, its name is that of the subdistrict in its district."""
    placed = place_cell(cell(text, 1.0), "organisation", HERE)
    assert placed.place is not None
    assert (placed.place.name, placed.place.kind) == ("วังกะพี้", "subdistrict")
    assert placed.value == text


@pytest.mark.parametrize(("read", "meant"), [("ทต.คุ้งตะเกา", "ทต.คุ้งตะเภา"), ("อบต.วังกะพี", "อบต.วังกะพี้")])
def test_a_doubtful_reading_is_corrected_within_its_district(read: str, meant: str) -> None:
    """The printed form stays, the name becomes the list's; what was read stays in the text."""
    placed = place_cell(cell(read), "organisation", HERE)
    assert (placed.text, placed.value) == (read, meant)
    assert placed.place is not None


def test_a_long_name_may_be_further_off_at_home() -> None:
    """Four slips in nine letters are corrected among the names of the row's district, not among the province's."""
    assert place_cell(cell("ทต.คิ่งตะเกา"), "organisation", HERE).value == "ทต.คุ้งตะเภา"
    assert place_cell(cell("ทต.คิ่งตะเกา"), "organisation", Context(UTTARADIT)).value == "ทต.คิ่งตะเกา"


def test_a_municipality_near_a_subdistrict_is_told() -> None:
    """What is too far to be corrected is kept, and its neighbour named; a name of its own is no finding."""
    header = ["ลำดับ", "อำเภอ", "อปท.", "ส่งแล้ว", "ยังไม่ส่ง"]
    names = ("ทต.จี่งาม", "ทต.เจริญสุขใหม่")
    rows = [[number, "เมืองอุตรดิตถ์", name, "✓", ""] for number, name in zip("๑๒", names, strict=True)]
    tables = place_tables(build_tables([page(grid([header, *rows]))]), ())
    (finding,) = check_places(document_of(tables[0]))
    assert (finding.severity, finding.found, finding.expected) == ("info", "ทต.จี่งาม", "งิ้วงาม")
    assert not finding.repaired


def test_a_sure_reading_of_an_unknown_name_is_kept() -> None:
    """A municipality may have a name of its own: a clear reading is not bent to the nearest subdistrict."""
    placed = place_cell(cell("ทต.วังกะพี", 0.999), "organisation", HERE)
    assert placed.value == "ทต.วังกะพี"
    assert placed.place is None


def test_a_body_named_by_law_gets_its_lost_mark_back() -> None:
    """An อบต. bears its subdistrict's name: one lost mark is set right, a strange letter in a sure reading is not."""
    assert place_cell(cell("อบต.วังกะพี", 0.999), "organisation", HERE).value == "อบต.วังกะพี้"
    assert place_cell(cell("อบต.วังกะพง", 0.999), "organisation", HERE).value == "อบต.วังกะพง"


def test_what_is_near_nothing_is_kept() -> None:
    """Names far from every other, and names between two, are left alone."""
    for text in ("ทต.เจริญสุขใหม่", "อบต.ก"):
        assert place_cell(cell(text, 0.3), "organisation", HERE).value == text
    assert place_cell(cell("อบต.วังกะพี", 0.3), "organisation", Context()).value == "อบต.วังกะพี"


def test_the_recognizers_own_other_reading_decides() -> None:
    """A name that the ink offered as another reading is nearer than any that only looks alike."""
    placed = place_cell(cell("ทต.คุ้งทะแกา", 0.6, "ทต.คุ้งตะเภา"), "organisation", HERE)
    assert placed.value == "ทต.คุ้งตะเภา"


def test_provinces_and_districts_are_whole_lists() -> None:
    """There is no province but the 77: even a sure misreading is corrected."""
    province = place_cell(cell("นนทบรี", 0.999), "province", Context())
    assert (province.value, province.place and province.place.code) == ("นนทบุรี", "12")
    district = place_cell(cell("พิชัข", 0.999), "district", Context(UTTARADIT))
    assert district.value == "พิชัย"
    assert place_cell(cell("ลับแล", 1.0), "district", Context(UTTARADIT)).place is not None


def test_a_body_of_the_province_has_the_provinces_place() -> None:
    """อบจ. and ทน. are named after provinces."""
    placed = place_cell(cell("อบจ.อุตรดิตถ์", 1.0), "organisation", HERE)
    assert placed.place is not None
    assert placed.place.kind == "province"


def test_lookalikes_are_near_and_strangers_far() -> None:
    """A lost tone mark costs less than a letter, a letter of the same look less than another."""
    assert distance("ท้องถิน", "ท้องถิ่น") < distance("ท้องถน", "ท้องถิ่น") < distance("ท้องถิ่", "ท้องถิ่น")
    assert distance("ด", "ต") < distance("ด", "ง") == 1.0
    assert distance("กขคงจ", "ฮฮฮฮฮ", most=1.0) > 1.0
    assert distance("", "") == 0.0


def test_findings_tell_corrections_and_unknown_names() -> None:
    """A corrected spelling is information, an unknown body a warning, a name that several have is told."""
    placed = place_cell(cell("ทต.คุ้งตะเกา"), "organisation", HERE)
    texts = (placed, cell("อบต.ไม่มีจริง"), cell("อบต.ในเมือง"), cell("ทต.ชื่อของตนเอง"))
    table = Table(
        id="table-1",
        pages=(1,),
        title="",
        kind="status",
        province=None,
        as_of=None,
        unit=None,
        notes=(),
        legend=(),
        columns=(Column(index=0, header="อปท.", role="organisation", meaning=None),),
        rows=tuple(Row(page=1, kind="row", cells=(each,)) for each in texts),
    )
    found = check_places(document_of(table))
    assert [(f.rule, f.severity, f.repaired) for f in found] == [
        ("unknown-place", "info", True),
        ("unknown-place", "warning", False),
        ("homonym", "info", False),
    ]
    assert found[0].expected == "ทต.คุ้งตะเภา"


def test_rows_stand_in_the_province_and_district_above_them() -> None:
    """A province column, a district column and headings carry on; a body is looked for where its row stands."""
    header = ["ลำดับ", "จังหวัด", "อำเภอ", "อปท.", "ส่งแล้ว", "ยังไม่ส่ง"]
    rows = [
        ["๑", "อุตรดิตถ์", "พิชัย", "อบต.พญาแมน", "✓", ""],
        ["๒", "^", "ลับแล", reading("อบต.ฝายหลวย", confidence=0.7), "", "✓"],
        ["๓", "ลพบุรี", "บ้านหมี่", "ทต.บ้านหมี่", "✓", ""],
    ]
    tables = place_tables(build_tables([page(grid([header, *rows]))]), ())
    bodies = [row.cells[-3] for row in tables[0].rows if row.kind == "row"]
    assert [body.value for body in bodies] == ["อบต.พญาแมน", "อบต.ฝายหลวง", "ทต.บ้านหมี่"]
    assert [body.place.code[:2] if body.place else None for body in bodies] == ["53", "53", "16"]
