"""laodoc.checks.repair_letters: days of receipt and agency letters set right by two witnesses, and only then."""

import math
from dataclasses import replace
from datetime import date

import pytest
from readings import Typed, page, typed

from laodoc import pipeline
from laodoc.checks.repair_letters import listed_letters, possible_day, repair_letters, without_guess
from laodoc.document import Alternative, BBox, Document, EngineInfo, Field, Letter, Source
from laodoc.parsing.letters import build_letters
from laodoc.recognition.reading import LineReading, PageReading, Reading


def field(text: str, value: str | None, *others: tuple[str, float], confidence: float = 0.6) -> Field:
    alternatives = tuple(Alternative(text=other, confidence=share) for other, share in others)
    return Field(
        text=text, value=value, page=1, bbox=BBox(1, 2, 3, 4), confidence=confidence, alternatives=alternatives
    )


@pytest.mark.parametrize(
    ("read", "others", "value"),
    [
        ("ขบ 0023.3/ว 15", ["ชบ ๐๐๒๓.๓/ว ๑๕"], "ชบ 0023.3/ว 15"),
        ("ขบ 0023.3/ว 15", ["ฃบ ๐๐๒๓.๓/ว ๑๕"], None),
        ("ขบ 0023.3/ว 15", ["ชบ ๐๐๒๓.๓/ว ๑๕", "ลบ ๐๐๒๓.๓/ว ๑๕"], None),
        ("มท 0023.3/ว 15", ["นท ๐๐๒๓.๓/ว ๑๕"], None),
        ("12/2563", ["ชบ 12/2563"], None),
        ("ขบ 0023.3/ว 15", [], None),
    ],
)
def test_letters_that_no_agency_has(read: str, others: list[str], value: str | None) -> None:
    """The one listed reading of the ink takes their place; listed letters, and two choices, stay as they were read."""
    assert listed_letters(field(read, read, *((other, 0.2) for other in others))) == value


def test_days_of_receipt() -> None:
    """A day before the letter gives way to a possible one that the ink offers, with weight, and no other like it."""
    sent = date(2021, 12, 8)
    late = field("11 ธ.ค. 66", "2023-12-11", ("11 ธ.ค. 64", 0.2), ("11 ธ.ค. 60", 0.3))
    assert possible_day(late, sent) == "2021-12-11"
    assert possible_day(late, None) is None
    assert possible_day(field("11 ธ.ค. 64", "2021-12-11", ("12 ธ.ค. 64", 0.3)), sent) is None
    assert possible_day(field("11 ธ.ค. 66", "2023-12-11", ("11 ธ.ค. 64", 0.02)), sent) is None
    assert possible_day(field("11 ธ.ค. 66", "2023-12-11", ("11 ธ.ค. 64", 0.2), ("17 ธ.ค. 64", 0.15)), sent) is None
    assert possible_day(field("1? ธ.ค.", None, ("11 ธ.ค. 66", 0.3), ("11 ธ.ค. 64", 0.2)), sent) == "2021-12-11"
    assert possible_day(field("1? ธ.ค.", None), sent) is None


def test_a_year_of_receipt_that_cannot_be() -> None:
    """Where only an unsure year tells readings apart the letter's day says which it was; an impossible day that no
    reading mends has no value, unless it was read surely."""
    sent = date(2022, 9, 7)
    unsure = field("14 ก.ย. 2585", "2042-09-14", ("14 ก.ย. 2555", 0.2), ("14 ก.ย. 2565", 0.02), confidence=0.35)
    assert possible_day(unsure, sent) == "2022-09-14"
    assert without_guess(field("14 ก.ย. 2585", "2042-09-14", confidence=0.35), sent).value is None
    assert without_guess(field("14 ก.ย. 2585", "2042-09-14", confidence=0.9), sent).value == "2042-09-14"
    assert without_guess(field("14 ก.ย. 2565", "2022-09-14", confidence=0.35), sent).value == "2022-09-14"


def letter() -> Letter:
    """The letter of `leaf`."""
    (found,) = build_letters([leaf()], [])
    return found


def leaf() -> PageReading:
    """A letter whose number's first letter, and whose stamp's year, the ink leaves open."""
    head = typed(
        """
        ที่ ขบ ๐๐๒๓.๓/ว ๑๕
        ถึง สำนักงานสมมุติ
        >ด้วยมีการทดลอง
        @120 จังหวัดชลบุรี
        @125 ๘ ธันวาคม ๒๕๖๔
        """
    )
    stamp = [Typed("กองสมมุติ", 120, 10, 0), Typed("เลขรับ 55", 120, 18, 0), Typed("วันที่ 11 ธ.ค. 66", 120, 26, 0)]
    reading = page(1, stamp, head, stamps=1)
    return _open(_open(reading, "ข", "ช"), "66", "64")


def _open(reading: PageReading, first: str, second: str) -> PageReading:
    """The page on which the line with `first` may say `second` in its place."""

    def opened(line: LineReading) -> LineReading:
        before, found, after = line.reading.text.partition(first)
        if not found or (first == "ข" and "ที่" not in before):
            return line
        pieces = (((before, 0.0),), ((first, math.log(0.6)), (second, math.log(0.25))), ((after, 0.0),))
        return replace(line, reading=Reading(line.reading.text, 0.6, pieces=pieces))

    return replace(reading, lines=tuple(opened(line) for line in reading.lines))


def test_both_are_set_right_and_told() -> None:
    """Values change, texts do not, and each repair is an informing finding of its rule."""
    (mended,), findings = repair_letters([letter()])
    assert mended.number is not None
    assert (mended.number.text, mended.number.value) == ("ขบ ๐๐๒๓.๓/ว ๑๕", "ชบ 0023.3/ว 15")
    day = mended.received[0].date
    assert day is not None
    assert (day.text, day.value) == ("11 ธ.ค. 66", "2021-12-11")
    assert [(f.rule, f.repaired, f.expected) for f in findings] == [
        ("number-code", True, "ชบ 0023.3/ว 15"),
        ("date-order", True, "2021-12-11"),
    ]


def test_a_clean_letter_stays_as_it_is() -> None:
    """A second pass finds nothing more to mend."""
    (mended,), _ = repair_letters([letter()])
    assert repair_letters([mended]) == ((mended,), ())


def test_a_repair_stands_until_it_is_edited() -> None:
    """Checked again, the document still tells its repairs, but for a value that was changed by hand."""
    document = pipeline.assemble(
        [leaf()],
        source=Source(name="a.pdf", sha256="0" * 64, bytes=1, pages=1),
        engine=EngineInfo(name="none", version="1", sha256="0" * 64),
    )

    def repaired(of: Document) -> list[str]:
        return [finding.rule for finding in of.findings if finding.repaired]

    assert repaired(document) == repaired(pipeline.recheck(document)) == ["number-code", "date-order"]
    (only,) = document.letters
    assert only.number is not None
    other = only.model_copy(update={"number": only.number.model_copy(update={"value": "ชบ 0023.3/ว 16"})})
    assert repaired(pipeline.recheck(document.model_copy(update={"letters": (other,)}))) == ["date-order"]
