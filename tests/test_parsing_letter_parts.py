"""The parts of letters one by one: numbers, passages, cues, stamps, people, notes."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readings import Typed, page, typed

from laodoc.document import Received
from laodoc.parsing.cues import any_of, loose
from laodoc.parsing.endorsements import endorsements_of
from laodoc.parsing.numbers import number_in_line
from laodoc.parsing.passages import Passage, PrintedLine, flowing, printed_lines, whole
from laodoc.parsing.people import contacts_of, phone_value
from laodoc.parsing.signing import signatory_of
from laodoc.parsing.stamps import stamp_of, unframed_stamp
from laodoc.thai.digits import to_thai


def lines_of(text: str, top: float = 50.0, confidence: float = 0.97) -> tuple[PrintedLine, ...]:
    return printed_lines(page(1, typed(text, top, confidence=confidence)))


def number(text: str) -> tuple[str, object] | None:
    found = number_in_line(Passage(lines_of(text)), 0, serial=True)
    return (found.text, found.value) if found else None


@given(
    st.sampled_from(("มท", "นร", "อต", "กค", "สธ")),
    st.integers(10, 99999),
    st.lists(st.integers(1, 99), max_size=3),
    st.booleans(),
    st.none() | st.integers(1, 99999),
    st.booleans(),
)
def test_every_printed_number_comes_back(
    letters: str, code: int, parts: list[int], circular: bool, run: int | None, thai: bool
) -> None:
    """A number of any office, in either digits, circular or not, with or without running number, is read as printed."""
    tail = f"{'ว' if circular else ''}{' ' if circular and run is not None else ''}{'' if run is None else run}"
    value = f"{letters} {'.'.join(map(str, (f'{code:04}', *parts)))}/{tail}"
    printed = to_thai(value) if thai else value
    assert number(f"ที่ {printed}") == (printed, value)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("ที่ อต. ๐๐๒๓.๑๘/ว ๒๖3", "อต 0023.18/ว 263"),
        ("ที่ กค (กวจ) ๐๔๐๕.๒/ว๑๑๙", "กค (กวจ) 0405.2/ว 119"),
        ("ที่มท๐๘๑๐ . ๒ / ว ๑๗", "มท 0810.2/ว 17"),
        ("ที มท ๐๘๑๐.๒/ว ๑๗ วันที่ ๑ มกราคม ๒๕๖๕", "มท 0810.2/ว 17"),
        ("' ที่ มท ๐๘๑๐/๕", "มท 0810/5"),
        ("ที่ มท ๐๘๑๐,๒/ว ๑๗", "มท 0810.2/ว 17"),
        ("ที่ มท ๐๘๑๐.๒/๐ ๑๗๕๖วันที่ ๑ มกราคม ๒๕๖๕", "มท 0810.2/ว 1756"),
        ("ที่ มท ๐๘๑๐.๒/๑๐", "มท 0810.2/10"),
        ("ที่ ปฃ ๐๘๐๙.๓/ว ๕", "ปข 0809.3/ว 5"),
        ("ท มท ๐๘๑๐.๒/๑๗วันที่ ๑ มกราคม ๒๕๖๕", "มท 0810.2/17"),
        ("ที่ ๑๒ / ๒๕๖๕", "12/2565"),
        ("ที่ มท ๐๘๑๐.๒/ว ๑ฒ๕๐", None),
        ("ที่ มท ๐๘๑๐.๒/ว ซ๕๒", None),
    ],
)
def test_numbers_as_they_occur(printed: str, value: str | None) -> None:
    """Dots, departments, lost spaces and marks do no harm; a digit read as a letter leaves no value."""
    found = number(printed)
    assert found is not None
    assert found[1] == value


@pytest.mark.parametrize(
    "text", ["ที่ประชุมมีมติ ๕/๕ เสียง", "ท ๑๒/๒๕๖๕", "ทมท ๐๘๑๐/๕", "ทั้งนี้ ๑๒/๒๕๖๕", "ที่", "ที่ สำนักงาน", "เรียน ๑๒/๒๕๖๕"]
)
def test_what_is_no_number(text: str) -> None:
    """A line that begins otherwise, or ที่ without a number behind it, gives none."""
    assert number(text) is None


def test_a_field_over_two_lines_and_pages() -> None:
    """A field's box is that of its first page, its confidence that of the weaker line."""
    first = printed_lines(page(1, [Typed("จังหวัดพิษณุ", 30, 100, confidence=0.9)]))
    second = printed_lines(page(2, [Typed("โลก ๒๕๖๔", 30, 10, confidence=0.4)]))
    both = whole([*first, *second])
    assert (both.text, both.page, both.confidence) == ("จังหวัดพิษณุโลก ๒๕๖๔", 1, 0.4)
    assert both.bbox == first[0].bbox
    assert Passage((*first, *second)).line_at(len(first[0].text) + 1) is second[0]


def test_lines_flow_together() -> None:
    """Thai goes on without a space over the end of a line, digits and other scripts with one."""
    assert flowing("ภาย \nใน ๑๕\nกันยายน  QR\nCode") == "ภายใน ๑๕ กันยายน QR Code"


@given(st.sampled_from(("ลงวันที่", "ภายใน", "สิ่งที่ส่งมาด้วย", "ขอแสดงความนับถือ", "เรียน")), st.randoms(use_true_random=False))
def test_cues_survive_lost_marks_and_spaces(phrase: str, chance: random.Random) -> None:
    """A phrase is found although any of its tone marks are lost and spaces stand between its letters."""
    bent = "".join(c for c in phrase if not ("\u0e47" <= c <= "\u0e4e" and chance.random() < 0.5))
    assert re.fullmatch(loose(phrase), bent)
    spaced = re.sub(r"(?<=[ก-ฮ])(?=[ก-ฮเ-ไ])", " ", bent)
    assert re.fullmatch(loose(phrase), spaced)


def test_cues_are_not_other_words() -> None:
    """Another consonant is another word, and of several phrases the longest wins."""
    assert not re.match(loose("เรียน"), "เรียบร้อย")
    assert not re.match(loose("ถึง"), "ถ้า")
    found = re.match(any_of(("ด่วน", "ด่วนที่สุด")), "ด่วนที่สุด")
    assert found is not None
    assert found[0] == "ด่วนที่สุด"


def stamp(text: str) -> Received | None:
    return stamp_of(lines_of(text))


def test_a_stamp_filled_in_by_pen_beside_its_labels() -> None:
    """What stands in the row of a label belongs to it, although it is a line of its own."""
    found = stamp("@120 สำนักงานสมมุติ\n@120 เลขรับ\n^@150 ๑๒๓/๖๔\n@120 วันที่\n^@150 3 ก.ย. 64\n@120 เวลา\n^@150 ๑๔:๐๕")
    assert found is not None
    values = [part.value if part else None for part in (found.number, found.date, found.time)]
    assert values == ["123/64", "2021-09-03", "14:05"]


def test_a_stamp_that_cannot_be_read_keeps_its_text() -> None:
    """Bent parts stand as text with value null, empty ones are null, and an unread office is empty with no trust."""
    found = stamp("@120 เลขที่รับ 4 l 2\n@120 วันที่ 28 1.41. 66\n@120 เวลา 29.05")
    assert found is not None
    parts = [(part.text, part.value) if part else None for part in (found.number, found.date, found.time)]
    assert parts == [("4 l 2", None), ("28 1.41. 66", None), ("29.05", None)]
    assert (found.office.text, found.office.confidence) == ("", 0.0)
    empty = stamp("@120 กองสมมุติ\n@120 เลขที่รับ.....\n@120 วันที่.....\n@120 เวลา.....")
    assert empty is not None
    assert (empty.office.text, empty.number, empty.date, empty.time) == ("กองสมมุติ", None, None, None)


def test_a_stamp_with_bent_labels() -> None:
    """Day and time are known by their form where their labels were bent; digits that stand apart are one number."""
    found = stamp("@120 กองสมมุติ\n@120 เลขที่รับ ... 92. 0 9\n@120 juli... 14 พ . ค . 67\n@120 var... 12 .19")
    assert found is not None
    values = [part.value if part else None for part in (found.number, found.date, found.time)]
    assert values == ["9209", "2024-05-14", "12:19"]


def test_a_stamp_whose_number_is_called_by_one_word() -> None:
    """A stamp that says เลขที่, and one whose time lost its point, are received stamps with all their parts."""
    found = stamp("@120 ที่ว่าการอำเภอสมมุติ\n@120 เลขที่ 512\n@120 วันที่ 3 ก.ย. 64\n@120 เวลา 1218 น.")
    assert found is not None
    parts = [part.value if part else None for part in (found.number, found.date, found.time)]
    assert (found.office.text, parts) == ("ที่ว่าการอำเภอสมมุติ", ["512", "2021-09-03", "12:18"])
    unlabelled = stamp("@120 กองสมมุติ\n@120 เลขที่ 512\n@120 3 ก.ย. 64\n@120 1218 น.")
    assert unlabelled is not None
    assert unlabelled.time is not None
    assert unlabelled.time.value == "12:18"


def test_what_a_pen_wrote_and_nobody_can_read_has_no_value() -> None:
    """A day and time that are mere guesses keep text and place, without a value; a number that hardly any reading
    speaks for has only its place, and what it might be among the alternatives."""
    text = "@120 กองสมมุติ\n@120 เลขที่รับ 412\n@120 วันที่ 3 ก.ย. 64\n@120 เวลา 10.00"
    found = stamp_of(lines_of(text, confidence=0.05))
    assert found is not None
    parts = [(part.text, part.value) if part else None for part in (found.number, found.date, found.time)]
    assert parts == [("", None), ("3 ก.ย. 64", None), ("10.00", None)]
    assert found.number and [other.text for other in found.number.alternatives] == ["412"]


@pytest.mark.parametrize("text", ["ด่วนที่สุด", "สำเนาถูกต้อง\nวันที่ 3 ก.ย. 64", "ประทับตรา"])
def test_other_stamps_are_not_received_stamps(text: str) -> None:
    """Marks of urgency, certified copies and seals say nothing about receipt."""
    assert stamp(text) is None


def test_a_stamp_whose_frame_was_lost() -> None:
    """At the top, label and neighbours make a stamp without a region; lower down, or without a label, they don't."""
    text = "@120 สำนักงานสมมุติอำเภอตัวอย่าง\n@120 เลขที่รับ 88\n@120 วันที่ 3 ก.ย. 64\n@120 เวลา 10.00"
    height = page(1).height
    letter = lines_of("ที่ มท ๑๒๓/๔\nถึง จังหวัดสมมุติ", top=60)
    found = unframed_stamp((*lines_of(text, top=10), *letter), height)
    assert [line.text for line in found] == [line.text for line in lines_of(text)]
    assert unframed_stamp(lines_of(text, top=200), height) == ()
    assert unframed_stamp(letter, height) == ()


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("๐-๒๒๔๑-๒๑๒๑", "022412121"),
        ("๐ ๒๒๔๑ ๙๐๐๐-๑๘", "022419000"),
        ("๐๘๒-๑๙๖-๘๔๔๐", "0821968440"),
        ("๑๕๖๗", "1567"),
        ("๐๒-๒๒๔๑", None),
        ("๐-๒๒๔๑-๒๑๒๑๕๕", None),
        ("๑๒", None),
    ],
)
def test_telephone_numbers(printed: str, value: str | None) -> None:
    """Fixed, mobile and house numbers have their digits; too few or too many are no number."""
    assert phone_value(printed) == value


def test_faxes_and_mail_without_a_telephone() -> None:
    """A fax alone, or a mail address alone, is a contact of its own; a cue without digits is none."""
    (fax,) = contacts_of(Passage(lines_of("โทรสาร ๐ ๒๑๑๑ ๒๒๒๒")))
    assert fax.phone is None
    assert fax.fax is not None
    (mail,) = contacts_of(Passage(lines_of("Saraban@Example.go.th")))
    assert mail.email is not None
    assert (mail.email.text, mail.email.value) == ("Saraban@Example.go.th", "saraban@example.go.th")
    assert contacts_of(Passage(lines_of("โทร. - ต่อ ๑๒"))) == ()


def test_a_number_goes_on_after_its_hyphen() -> None:
    """A telephone number that is broken behind a hyphen at the end of a line is read as one."""
    (contact,) = contacts_of(Passage(lines_of("โทร. ๐๘๒-๑๙๖-\n๘๔๔๐")))
    assert contact.phone is not None
    assert contact.phone.value == "0821968440"


def test_the_coordinator_may_stand_behind_the_telephone() -> None:
    """Who is named behind the last telephone answers it; who is named before one is not taken for it too."""
    (contact,) = contacts_of(Passage(lines_of("โทร. ๐ ๒๑๑๑ ๒๒๒๒ ต่อ ๑๒\nผู้ประสานงาน นางสาวสมมุติ ใจดี")))
    assert contact.name is not None
    assert (contact.name.text, contact.extension and contact.extension.value) == ("นางสาวสมมุติ ใจดี", "12")
    (before,) = contacts_of(Passage(lines_of("ผู้ประสานงาน นายหนึ่ง ตัวอย่าง โทร. ๐ ๒๑๑๑ ๒๒๒๒")))
    assert before.name is not None
    assert before.name.text == "นายหนึ่ง ตัวอย่าง"


def test_a_coordinator_in_brackets_signs_nothing() -> None:
    """(ผู้ประสานงาน นายสมมุติ ใจดี) at the foot is not the signatory."""
    found = signatory_of(lines_of("@100 (นายทดสอบ ระบบดี)\n@100 ปลัดอำเภอ\n\n(ผู้ประสานงาน นายสมมุติ ใจดี)"))
    assert found is not None
    assert found[0].name.text == "นายทดสอบ ระบบดี"


def test_who_certifies_a_copy_signs_nothing() -> None:
    """The minister signed; the officer below สำเนาถูกต้อง vouches for the copy, and alone has signed no letter."""
    copy = "@110 สำเนาถูกต้อง\n@110 ๓\n@110 (นางสาวสมมุติ ตัวอย่าง)\n@110 นักวิชาการชำนาญการ"
    found = signatory_of(lines_of("@100 (นายทดสอบ ระบบดี)\n@100 รัฐมนตรีสมมุติ\n\n\n" + copy))
    assert found is not None
    assert found[0].name.text == "นายทดสอบ ระบบดี"
    assert signatory_of(lines_of(copy)) is None
    below = signatory_of(lines_of("@110 สำเนาถูกต้อง\n@110 (นางสาวสมมุติ ตัวอย่าง)\n@110 (นายทดสอบ ระบบดี)"))
    assert below is not None
    assert below[0].name.text == "นายทดสอบ ระบบดี"


def test_who_signed() -> None:
    """A name in parentheses needs a title or a family name; the post ends at a gap, a telephone or a date."""
    found = signatory_of(lines_of("ข้อความ (ถ้ามี)\n@100 (ว่าที่ร้อยตรีทดสอบ ระบบดี)\n@100 ปลัดอำเภอ\n@100 โทร. ๑๒๓๔"))
    assert found is not None
    assert found[0].name.text == "ว่าที่ร้อยตรีทดสอบ ระบบดี"
    assert found[0].position is not None
    assert found[0].position.text == "ปลัดอำเภอ"
    untitled = signatory_of(lines_of("@100 (ทดสอบ ระบบดี)\n\n\n@100 ไกลเกินไป"))
    assert untitled is not None
    assert untitled[0].position is None
    unclosed = signatory_of(lines_of("ตามแบบ (ถ้ามี\n@100 (พันจ่าเอก ทดสอบ ระบบดี\n@100 ปลัดอำเภอ"))
    assert unclosed is not None
    assert unclosed[0].name.text == "พันจ่าเอก ทดสอบ ระบบดี"
    unopened = signatory_of(lines_of("ตามแบบ (ถ้ามี)\n@100 ร้อยตำรวจโท ทดสอบ ระบบดี)\n@100 ปลัดอำเภอ"))
    assert unopened is not None
    assert unopened[0].name.text == "ร้อยตำรวจโท ทดสอบ ระบบดี"
    assert signatory_of(lines_of("@100 (แบบ หนึ่ง\n@100 นายทดสอบ ระบบดี")) is None
    assert signatory_of(lines_of("@100 เสนอ นายทดสอบ ระบบดี)\n@100 นายทดสอบ)")) is None
    assert signatory_of(lines_of("@100 (แบบหนึ่ง)\n@100 รายการ (สำเนา ฉบับนี้)")) is None


def test_a_sentence_that_goes_on_with_a_cue_is_no_note() -> None:
    """Lines of the body that begin with เรียน or with a quoted number start no endorsement."""
    text = """
        >ตามหนังสือกรมสมมุติ
        ที่ มท ๐๘๑๐/ว ๕ ลงวันที่ ๑ มกราคม ๒๕๖๕ ขอ
        เรียนว่า ได้ตรวจสอบแล้ว
        เรียน
        """
    assert endorsements_of(lines_of(text), 0, unsigned=True) == ()


def test_notes_under_a_signed_letter() -> None:
    """Below the signatory a second addressee begins a note; an office that is not there stays empty, not guessed."""
    text = """
        >เรียน เป็นคำในเนื้อความ
        @100 (นายหนึ่ง ตัวอย่าง)
        @100 ปลัดอำเภอ


        เรียน นายอำเภอสมมุติ
        เพื่อโปรดทราบ
        (นายสอง ตัวอย่าง)
        """
    ((note, filled),) = endorsements_of(lines_of(text), 0, unsigned=False)
    assert [(field.text, field.confidence) for field in (note.office, note.text)] == [("", 0.0), ("เพื่อโปรดทราบ", 0.97)]
    assert note.signatory is not None
    assert note.signatory.name.text == "นายสอง ตัวอย่าง"
    assert len(filled) == 3


def test_two_notes_one_below_the_other() -> None:
    """Two offices' notes with their own numbers are two endorsements, a bent date kept as text."""
    text = """
        @110 อำเภอสมมุติ
        @110 ที่ พล ๐๕๑๘/๖ วันที่ ๖ กย ๖๔
        @110 เรียน ปลัดอำเภอ
        @110 (นายหนึ่ง ตัวอย่าง)
        @110 อำเภอสมมุติ
        @110 ที่ พล ๐๕๑๘/๗ วันที่ ๗ x.y. ๖๔
        @110 เรียน กำนัน
        """
    first, second = (note for note, _ in endorsements_of(lines_of(text), 0, unsigned=True))
    assert first.date is not None
    assert second.date is not None
    assert (first.date.value, second.date.value, second.date.text) == ("2021-09-06", None, "๗ x.y. ๖๔")
    assert [field.text for field in second.to] == ["กำนัน"]


def test_a_mail_address_is_written_small() -> None:
    """A stroke read as I among small letters is an l, but for words that begin with i."""
    read = {
        "E-mail : Iocal.dev@tambon.example.go.th": "local.dev@tambon.example.go.th",
        "อีเมล Info@example.go.th": "info@example.go.th",
        "อีเมล์ it_schooI@exampIe.ac.th": "it_school@example.ac.th",
        "SARABAN.IT@EXAMPLE.GO.TH": "saraban.it@example.go.th",
    }
    for text, value in read.items():
        (contact,) = contacts_of(Passage(lines_of(text)))
        assert contact.email is not None
        assert contact.email.value == value


def test_a_torn_mail_address_has_no_value() -> None:
    """No address has a space in it: where a sign was lost under a line, text stands without value; a cue is no part."""
    (torn,) = contacts_of(Passage(lines_of("E-mail: local dev@example.go.th")))
    assert torn.email is not None
    assert (torn.email.text, torn.email.value) == ("local dev@example.go.th", None)
    (whole_one,) = contacts_of(Passage(lines_of("e - mail  dev@example.go.th")))
    assert whole_one.email is not None
    assert whole_one.email.value == "dev@example.go.th"


def test_phone_and_fax_of_one_number() -> None:
    """โทรศัพท์/โทรสาร with its stroke lost, or with และ, is both; a coordinator's number needs no word for it."""
    for cue in ("โทรศัพท์โทรสาร", "โทร. และโทรสาร", "โทรศัพท์/แฟกซ์"):
        (contact,) = contacts_of(Passage(lines_of(f"{cue} ๐ ๒๑๑๑ ๒๒๒๒")))
        assert contact.phone is not None
        assert contact.phone == contact.fax
    (person,) = contacts_of(Passage(lines_of("ผู้ประสานงาน นายหนึ่ง ตัวอย่าง ๐๘๐-๐๐๐-๑๒๓๔")))
    assert person.name is not None
    assert person.phone is not None
    assert (person.name.text, person.phone.value) == ("นายหนึ่ง ตัวอย่าง", "0800001234")


def test_an_unframed_stamp_that_counts_by_a_common_word() -> None:
    """เลขที่ right above a day at one margin is a stamp's; an address, or a number beside a day, is none."""
    stamp_rows = "@120 เทศบาลตำบลสมมุติ\n@120 เลขที่\n^@150 3756\n@120 วันที่ 10/5/65\n@120 เวลา 15:29"
    height = page(1).height
    found = stamp_of(unframed_stamp(lines_of(stamp_rows, top=10), height))
    assert found is not None
    parts = [part.value if part else None for part in (found.number, found.date, found.time)]
    assert (found.office.text, parts) == ("เทศบาลตำบลสมมุติ", ["3756", "2022-05-10", "15:29"])
    for other in ("@120 เลขที่ ๙๙ หมู่ ๓\n@120 ตำบลสมมุติ", "เลขที่ ๑๒\n^@120 วันที่ ๑ มกราคม ๒๕๖๕\nเรื่อง การทดลอง"):
        assert unframed_stamp(lines_of(other, top=10), height) == ()


def test_a_day_whose_strokes_were_read_as_ones() -> None:
    """Behind a day's label 1714161 can only be 17/4/61; where two days fit, or none, there is no value."""
    for text, value in (
        ("1714161", "2018-04-17"),
        ("29/7166", "2023-07-29"),
        ("1111161", None),
        ("39121x", None),
        ("4512161", None),
        ("31.12.62", "2019-12-31"),
    ):
        found = stamp(f"@120 กองสมมุติ\n@120 เลขที่รับ 88\n@120 วันที่ {text}")
        assert found is not None
        assert found.date is not None
        assert found.date.value == value
