"""Places that stand twice, or out of order: each kind of table with and without."""

import pytest
from tables import grid, page

from laodoc import checks
from laodoc.document import Document, EngineInfo, Finding, Source
from laodoc.parsing.pages import build_page
from laodoc.parsing.placing import place_tables
from laodoc.parsing.tables import build_tables
from laodoc.thai.collation import thai_order
from laodoc.thai.digits import to_thai
from laodoc.thai.places import provinces

COUNTS = ["ลำดับ", "จังหวัด", "จำนวน อปท. (แห่ง)"]
BODIES = ["ลำดับ", "อำเภอ", "อปท.", "ส่งรายงานแล้ว", "ยังไม่ส่งรายงาน"]


def found(header: list[str], rows: list[list[str]], rule: str) -> list[Finding]:
    """What this rule finds in the table."""
    read = page(grid([header, *rows]))
    tables = place_tables(build_tables([read]), ())
    document = Document(
        source=Source(name="made.pdf", sha256="", bytes=0, pages=1),
        engine=EngineInfo(name="made", version="", sha256=None),
        pages=(build_page(read),),
        letters=(),
        tables=tables,
        records=(),
        routing=(),
        findings=(),
    )
    return [finding for finding in checks.run(document) if finding.rule == rule]


def of_provinces(names: list[str]) -> list[list[str]]:
    """A row for each."""
    return [[to_thai(str(number)), name, "๕๐"] for number, name in enumerate(names, start=1)]


def test_a_province_in_two_rows() -> None:
    """The second of two rows of one province is told, with what a table of nearly all provinces then lacks."""
    names = [place.name for place in provinces()]
    assert found(COUNTS, of_provinces(names), "place-repeat") == []
    names[names.index("พัทลุง")] = "ตรัง"
    (finding,) = found(COUNTS, of_provinces(names), "place-repeat")
    assert finding.found == "ตรัง"
    assert finding.message.endswith("it lacks พัทลุง")
    (finding,) = found(COUNTS, of_provinces(["ตรัง", "สตูล", "ตรัง"]), "place-repeat")
    assert (finding.sequence, finding.message) == (3, "ตรัง is in two rows")


@pytest.mark.parametrize(
    ("district", "body", "twice"), [("พิชัย", "อบต.คอรุม", 1), ("พิชัย", "ทต.คอรุม", 0), ("น้ำปาด", "อบต.แสนตอ", 0)]
)
def test_a_body_in_two_rows(district: str, body: str, twice: int) -> None:
    """A municipality beside the subdistrict of its name, and homonyms in two districts, are other bodies."""
    rows = [
        ["๑", "พิชัย", "อบต.คอรุม", "✓", ""],
        ["๒", "เมืองอุตรดิตถ์", "อบต.แสนตอ", "✓", ""],
        ["๓", district, body, "", "×"],
    ]
    assert len(found(BODIES, rows, "place-repeat")) == twice


def test_order_is_information() -> None:
    """A province behind its place in an alphabetical list is told; a list in another order says nothing."""
    names = sorted((place.name for place in provinces()), key=thai_order)[:20]
    assert names.index("เชียงราย") < names.index("ตรัง")
    assert found(COUNTS, of_provinces(names), "order") == []
    moved = [*names[:5], names[19], *names[5:19]]
    (finding,) = found(COUNTS, of_provinces(moved), "order")
    assert (finding.severity, finding.sequence) == ("info", 6)
    assert found(COUNTS, of_provinces(names[::-1]), "order") == []
