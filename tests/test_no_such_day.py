"""Days that the calendar does not know: kept as they are printed, without a value, and told."""

import pytest
from letters_made import document as made
from letters_made import field
from letters_made import letter as letter_of
from readings import page, typed

from laodoc import checks, pipeline
from laodoc.document import Document, EngineInfo, Source

EXTERNAL = """
@30 ที่ มท ๐๘๑๐.๒/ว ๑๗๕๖
^@120 กรมสมมุติ
@100 {dated}
@30 เรื่อง การสำรวจบ่อน้ำตื้น
@30 เรียน ผู้ว่าราชการจังหวัด ทุกจังหวัด
>ขอให้จังหวัดรายงานภายในวันที่ {due} ตามข้อมูล ณ วันที่ {data} ด้วย
>จึงเรียนมาเพื่อโปรดพิจารณา
@100 ขอแสดงความนับถือ
@100 (นายสมมุติ ตัวอย่าง)
@100 อธิบดีกรมสมมุติ
"""
SOUND = {"dated": "๒๒ มิถุนายน ๒๕๖๓", "due": "๑๕ กรกฎาคม ๒๕๖๓", "data": "๑ มิถุนายน ๒๕๖๓"}
ISO = {"dated": "2020-06-22", "due": "2020-07-15", "data": "2020-06-01"}


def read(text: str) -> Document:
    source = Source(name="a.pdf", sha256="0", bytes=1, pages=1)
    engine = EngineInfo(name="n", version="0", sha256=None)
    return pipeline.assemble([page(1, typed(text))], source=source, engine=engine)


def dates(document: Document) -> dict[str, tuple[object, str]]:
    """Value and text of the letter's day, its deadline and the day of its data."""
    letter = document.letters[0]
    fields = {"dated": letter.date, "due": letter.deadline, "data": letter.as_of}
    return {name: (each.value, each.text) for name, each in fields.items() if each}


def told(document: Document) -> list[object]:
    return [finding.found for finding in document.findings if finding.rule == "no-such-day"]


def test_sound_days_are_not_told() -> None:
    """All three have values."""
    document = read(EXTERNAL.format(**SOUND))
    assert {name: value for name, (value, _) in dates(document).items()} == ISO
    assert told(document) == []


@pytest.mark.parametrize("part", ["dated", "due", "data"])
@pytest.mark.parametrize(
    "no_day", ["๓๑ กันยายน ๒๕๖๓", "๒๙ กุมภาพันธ์ ๒๕๖๒", "๓๑ มิ.ย. ๖๓", "๕ มกราคม ๒๖๕๓", "๓๑ กันยายน พ.ศ.๒๕๖๓"]
)
def test_a_day_that_cannot_be_keeps_its_text(part: str, no_day: str) -> None:
    """Its value is null, what the others say stays, and one finding quotes it."""
    document = read(EXTERNAL.format(**{**SOUND, part: no_day}))
    read_dates = dates(document)
    assert read_dates[part] == (None, no_day)
    assert {name: value for name, (value, _) in read_dates.items() if name != part} == {
        name: value for name, value in ISO.items() if name != part
    }
    assert told(document) == [no_day]


def test_years_of_two_eras_that_differ_are_told() -> None:
    """The day is that of the first year."""
    document = read(EXTERNAL.format(**{**SOUND, "dated": "๒๒ มิถุนายน ๒๕๖๓ (ค.ศ. ๒๐๒๑)"}))
    assert dates(document)["dated"][0] == "2020-06-22"
    assert told(document) == ["๒๒ มิถุนายน ๒๕๖๓ (ค.ศ. ๒๐๒๑)"]


def test_what_a_person_has_put_right_is_told_no_more() -> None:
    """The text of the field stays what was read; the finding would be of no use."""
    wrong = field("๓๑ กันยายน ๒๕๖๓")
    assert [f.rule for f in checks.run(made([letter_of(date=wrong)]))] == ["no-such-day"]
    right = wrong.model_copy(update={"value": "2020-09-30", "corrected": True})
    assert checks.run(made([letter_of(date=right)])) == ()
