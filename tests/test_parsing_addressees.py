"""laodoc.parsing.addressees: whom a district's note goes to, where a pen filled in the name."""

import math

import pytest
from readings import Typed, page

from laodoc.document import Field
from laodoc.parsing.addressees import listed_addressees
from laodoc.parsing.passages import Passage, PrintedLine, printed_lines
from laodoc.recognition.reading import Reading

OFFICE = "สำนักงานส่งเสริมการปกครองท้องถิ่นอำเภอลับแล"


def line(text: str, *others: tuple[str, float], confidence: float = 0.5) -> PrintedLine:
    """A line that may also say something else."""
    (plain,) = printed_lines(page(1, [Typed(text, 110, 200)]))
    pieces = ((((text, math.log(confidence)), *((other, math.log(share)) for other, share in others))),)
    return PrintedLine(plain.text, plain.bbox, confidence, 1, None, plain.mm, Reading(text, confidence, pieces=pieces))


def placed(row: PrintedLine, field: str, office: str = OFFICE, number: str | None = "อต 0023.18/ว 2") -> object:
    start = row.text.index(field)
    addressee: Field = Passage((row,)).field(start, start + len(field))
    return listed_addressees([addressee], [row], office, number)[0].value


@pytest.mark.parametrize(
    ("read", "others", "value"),
    [
        ("นายก อบต. ชัยจุมพล", [], "นายก อบต.ชัยจุมพล"),
        ("นายก อบต. ..ฝายหลวง", [], "นายก อบต.ฝายหลวง"),
        ("นายก อบต. ชัยจุบพล", [("นายก อบต. ชัยจุมพล", 0.3)], "นายก อบต.ชัยจุมพล"),
        ("นายก อบต. ชัยจุบพล", [("นายก อบต. ชัยจูมพล", 0.3)], None),
        ("นายก อบต. สมมุติ", [], None),
        ("นายก อบต. ทุกแห่ง", [], None),
        ("ปลัดอำเภอลับแล", [], None),
    ],
)
def test_a_name_is_one_of_the_districts(read: str, others: list[tuple[str, float]], value: str | None) -> None:
    """It counts where the ink says it, in its first reading or another; what is not on the list has no value."""
    assert placed(line(read, *others), read) == value


def test_the_district_must_be_known() -> None:
    """Without an office, or with one of a district that another province has, nothing is looked up."""
    row = line("นายก อบต. ชัยจุมพล")
    assert placed(row, row.text, office="") is None
    assert placed(row, row.text, office="เทศบาลตำบลสมมุติ") is None
    assert placed(row, row.text, number="ชบ 0023.18/ว 2") is None
    assert placed(row, row.text, number=None) == "นายก อบต.ชัยจุมพล"
