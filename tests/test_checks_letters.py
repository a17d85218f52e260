"""Checks between the letters of a bundle: numbers, offices, references, enclosures and pages."""

import pytest
from readings import Typed, page, typed

from laodoc import checks, pipeline
from laodoc.document import Document, EngineInfo, Finding, Source
from laodoc.recognition.reading import PageReading
from laodoc.thai.offices import office

CIRCULAR = """
@30 ที่ มท ๐๘๙๙.๗/ว ๔๑๒
>ถึง สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด ทุกจังหวัด
>ด้วยกรมสมมุติขอให้สำรวจบ่อน้ำตื้นในทุกตำบล
@120 กรมสมมุติ
@120 ๑๗ สิงหาคม ๒๕๖๔
"""
FORWARDING = """
@30 ที่ {number}
^@120 ศาลากลางจังหวัดเลย
@90 ๒๐ สิงหาคม ๒๕๖๔
@30 เรื่อง การสำรวจบ่อน้ำตื้น
@30 เรียน นายอำเภอ ทุกอำเภอ
@30 สิ่งที่ส่งมาด้วย แบบสำรวจ จำนวน ๑ ชุด
>ตามหนังสือกรมสมมุติ ที่ มท {reference} ลงวันที่ {day} เรื่อง การสำรวจบ่อน้ำตื้น
>จึงเรียนมาเพื่อโปรดพิจารณา
@100 ขอแสดงความนับถือ
@100 (นายสมมุติ ตัวอย่าง)
@100 ผู้ว่าราชการจังหวัดเลย
"""
STAMP = "{office}\nเลขรับ 415\nวันที่ 25 ส.ค. 64"
SOUND = {
    "number": "ลย ๐๐๒๓.๓/ว ๘๘",
    "reference": "๐๘๙๙.๗/ว ๔๑๒",
    "day": "๑๗ สิงหาคม ๒๕๖๔",
    "office": "ที่ว่าการอำเภอด่านซ้าย",
}
BETWEEN_LETTERS = ("reference-mismatch", "office-mismatch", "number-code", "enclosure-missing", "missing-page")


def bundle(**changed: str) -> Document:
    """The province's letter with a district's stamp, and the circular that it passes on."""
    said = {**SOUND, **changed}
    stamp = typed(STAMP.format(**said), 8.0, stamp=0)
    return document(page(1, stamp, typed(FORWARDING.format(**said)), stamps=1), page(2, typed(CIRCULAR)))


def document(*pages: PageReading) -> Document:
    source, engine = (
        Source(name="a.pdf", sha256="0", bytes=1, pages=len(pages)),
        EngineInfo(name="n", version="0", sha256=None),
    )
    return pipeline.assemble(pages, source=source, engine=engine)


def found(document: Document) -> list[Finding]:
    return [finding for finding in document.findings if finding.rule in BETWEEN_LETTERS]


def test_a_sound_bundle() -> None:
    """A letter with what it passes on: nothing to say, and again nothing when the record is checked anew."""
    sound = bundle()
    assert [letter.attachments for letter in sound.letters] == [("letter-2",), ()]
    assert found(sound) == []
    assert found(sound.model_copy(update={"findings": checks.run(sound)})) == []


@pytest.mark.parametrize(
    ("changed", "rule", "expected", "said"),
    [
        ({"number": "ลป ๐๐๒๓.๓/ว ๘๘"}, "number-code", "ลย", "ลป"),
        ({"day": "๑๙ สิงหาคม ๒๕๖๔"}, "reference-mismatch", "2021-08-17", "2021-08-19"),
        ({"reference": "๐๘๙๙.๗/ว ๔๑๗"}, "reference-mismatch", "มท 0899.7/ว 412", "มท 0899.7/ว 417"),
        ({"office": "ที่ว่าการอำเภอแจ้ห่ม"}, "office-mismatch", "เลย", "ลำปาง"),
    ],
)
def test_what_disagrees_between_letters(changed: dict[str, str], rule: str, expected: str, said: str) -> None:
    """The letters of another province, another day or number for the same letter, a stamp from elsewhere."""
    (finding,) = found(bundle(**changed))
    assert (finding.rule, finding.expected, finding.found, finding.letter) == (rule, expected, said, "letter-1")
    assert finding.page == 1
    assert finding.bbox


def test_another_number_of_another_day_is_another_letter() -> None:
    """A bundle need not hold the letter that is referred to."""
    assert found(bundle(day="๑๙ สิงหาคม ๒๕๖๔", reference="๐๘๙๙.๗/ว ๔๑๗")) == []


def test_enclosures_that_are_not_there() -> None:
    """A letter alone, although it says that something came with it."""
    (finding,) = found(document(page(1, typed(FORWARDING.format(**SOUND)))))
    assert (finding.rule, finding.severity, finding.expected, finding.found) == ("enclosure-missing", "info", 1, 0)


def numbered(number: int, page_number: str, *lines: Typed) -> PageReading:
    """A page with its number printed at the top, and a paragraph."""
    paragraph = typed(f">{number}. ข้อความของหน้านี้ยาวพอสมควรตามปกติของหนังสือราชการ", 40.0)
    return page(number, [Typed(page_number, 101.0, 15.0), *paragraph, *lines])


def opening(*lines: Typed) -> PageReading:
    return page(1, [*typed(CIRCULAR), *lines])


def test_pages_follow_their_numbers() -> None:
    """Numbers that go up by one, with a page without number between them, and one left out."""
    unnumbered = page(3, typed(">๓. ข้อความต่อจากหน้าที่แล้ว"))
    assert found(document(opening(), numbered(2, "- ๒ -"), unnumbered, numbered(4, "๔"))) == []
    unsigned = page(1, typed(CIRCULAR.split("@120")[0]))
    (finding,) = found(document(unsigned, numbered(2, "- ๓ -"), numbered(3, "- ๔ -")))
    assert (finding.rule, finding.page, finding.expected, finding.found) == ("missing-page", 2, 2, 3)


def test_pages_of_a_book_count_on() -> None:
    """The number on a page of no known form, cut from something longer, tells of no page that is missing."""
    assert found(document(page(1, [Typed("- ๕ -", 100.0, 12.0), *typed(">ข้อความจากหนังสือเล่มหนึ่ง")]))) == []


def test_a_number_and_a_day_that_could_not_be_read() -> None:
    """A letter whose number is bent and whose day is still to be filled in has a finding for each."""
    text = CIRCULAR.replace("๐๘๙๙.๗/ว ๔๑๒", "๐๘๙๙.๗/ว ๔ฒ๒").replace("๑๗ สิงหาคม", "สิงหาคม")
    unread = [finding for finding in document(page(1, typed(text))).findings if finding.rule == "unread"]
    assert [(finding.letter, finding.found) for finding in unread] == [
        ("letter-1", "มท ๐๘๙๙.๗/ว ๔ฒ๒"),
        ("letter-1", "สิงหาคม ๒๕๖๔"),
    ]
    assert not [f for f in document(page(1, typed(CIRCULAR))).findings if f.rule == "unread"]


@pytest.mark.parametrize(("catchword", "leads_on"), [("/๒. ข้อความของหน้า...", True), ("/๓. ขอให้จังหวัด...", False)])
def test_catchwords(catchword: str, leads_on: bool) -> None:
    """What stands at the foot of a page begins the next one."""
    foot = Typed(catchword, 150.0, 270.0)
    assert [finding.rule for finding in found(document(opening(foot), numbered(2, "- ๒ -")))] == (
        [] if leads_on else ["missing-page"]
    )
    assert [finding.rule for finding in found(document(opening(foot)))] == ["missing-page"]


@pytest.mark.parametrize(
    ("text", "level", "province", "district"),
    [
        ("ที่ว่าการอำเภอพิชัย จังหวัดอุตรดิตถ์", "district", "อุตรดิตถ์", "พิชัย"),
        ("สำนักงานท้องถิ่นอำเภอฟากท่า", "district", "อุตรดิตถ์", "ฟากท่า"),
        ("ศาลากลางจังหวัดเลย", "province", "เลย", None),
        ("ผู้ว่าราชการจังหวัด ทุกจังหวัด", "province", None, None),
        ("นายกเทศมนตรีตำบลสมมุติ อำเภอเฉลิมพระเกียรติ", "local", None, None),
        ("กรมส่งเสริมการปกครองท้องถิ่น", "department", None, None),
        ("ร้านถ่ายเอกสาร", None, None, None),
    ],
)
def test_offices(text: str, level: str | None, province: str | None, district: str | None) -> None:
    """Level and place of an office; a district whose name several provinces have stays open."""
    where = office(text)
    named = [place.name if place else None for place in (where.province, where.district)]
    assert (where.level, *named) == (level, province, district)
