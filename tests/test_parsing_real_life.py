"""Letters as offices fill them in: by pen between printed parts, with odd titles, lists, stamps, meetings and money."""

from dataclasses import replace
from math import log

import pytest
from readings import Typed, page, typed

from laodoc.document import Letter
from laodoc.parsing.amounts import amounts_of
from laodoc.parsing.events import event_of
from laodoc.parsing.letters import build_letters
from laodoc.parsing.numbers import number_in_line
from laodoc.parsing.passages import Passage, PrintedLine, flowing, printed_lines
from laodoc.parsing.people import contacts_of
from laodoc.parsing.stamps import stamp_of, unframed_stamps

MEMO = """
    @85 บันทึกข้อความ
    ส่วนราชการ งานพัสดุ โรงพยาบาลสมมุติ
    {}
    เรื่อง ขออนุมัติจัดซื้อครุภัณฑ์
    เรียน ผู้อำนวยการโรงพยาบาลสมมุติ
    >ด้วยงานพัสดุมีความจำเป็น ภายในวันที่ ๙ กันยายน ๒๕๖๖
    >จึงเรียนมาเพื่อโปรดพิจารณา
    @110 (นายสมมุติ พัสดุดี)
"""


def lines_of(text: str) -> tuple[PrintedLine, ...]:
    return printed_lines(page(1, typed(text)))


def letter_of(text: str, *pen: Typed) -> Letter:
    (letter,) = build_letters([page(1, typed(text), pen)], [])
    return letter


def value_of(field: object) -> object:
    return getattr(field, "value", None)


@pytest.mark.parametrize(
    ("line", "number", "day"),
    [
        ("ที่ นน ๐๐๑๘.๒/๑๗ วันที่ ๕ สิงหาคม ๒๕๖๖", "นน 0018.2/17", "2023-08-05"),
        ("ท1นน ๐๐๑๘.๒/๑๗วันที่ ๕ ส.ค. ๖๖", "นน 0018.2/17", "2023-08-05"),
        ("นน ๐๐๑๘.๒/๑๗วนท๕ ส.ค. ๖๖", "นน 0018.2/17", "2023-08-05"),
        ("ที่ นน ๐๐๑๘.๒/วันที่ ๕ ส.ค. ๖๖", "นน 0018.2/", "2023-08-05"),
        ("ที่ วันที่ สิงหาคม ๒๕๖๖", None, None),
    ],
)
def test_the_row_of_a_memo(line: str, number: str | None, day: str | None) -> None:
    """Number and day of one row, its labels bent, covered or glued to what follows; no day of the text is its own."""
    letter = letter_of(MEMO.format(line))
    assert value_of(letter.number) == number
    assert value_of(letter.date) == day


def test_a_number_and_a_day_by_pen() -> None:
    """What is written behind the printed code, or above it, is its running number; what stands before the month the
    day."""
    text = MEMO.format("ที่ นน ๐๐๑๘.๒/\n^@110 วันที่\n^@130 สิงหาคม ๒๕๖๖")
    top = next(line.top for line in typed(text) if line.text.startswith("ที่"))
    letter = letter_of(text, Typed("๑๗", 58.0, top - 3.0), Typed("๕", 124.0, top))
    assert value_of(letter.number) == "นน 0018.2/17"
    assert value_of(letter.date) == "2023-08-05"


def test_pen_that_cannot_be_read_leaves_no_value() -> None:
    """Ink behind the slash that is no number makes the number null, not one without running number."""
    text = MEMO.format("ที่ นน ๐๐๑๘.๒/")
    top = next(line.top for line in typed(text) if line.text.startswith("ที่"))
    letter = letter_of(text, Typed("ฯ๙ล", 58.0, top - 3.0, confidence=0.04))
    assert letter.number is not None
    assert letter.number.value is None
    assert letter.number.text == "นน ๐๐๑๘.๒/"


def test_a_number_without_label_belongs_to_an_agency() -> None:
    """Where the label is covered, only letters that an agency has are a number."""
    assert value_of(number_in_line(Passage(lines_of("นน ๐๐๓๓/๕")), 0, unlabelled=True)) == "นน 0033/5"
    assert number_in_line(Passage(lines_of("ฟฟ ๐๐๓๓/๕")), 0, unlabelled=True) is None
    assert number_in_line(Passage(lines_of("นน ๐๐๓๓/๕")), 0) is None


def test_a_regulation() -> None:
    """ระเบียบ … ว่าด้วย … พ.ศ. … is an order: what it is about is its subject, its day stands at the end in pieces."""
    letter = letter_of("""
        @70 ระเบียบมหาวิทยาลัยสมมุติ
        @60 ว่าด้วยการใช้รถยนต์ส่วนกลางของหน่วยงาน
        @83 พ.ศ. ๒๕๖๖
        >โดยที่เป็นการสมควรปรับปรุงระเบียบของมหาวิทยาลัยสมมุติเกี่ยวกับการใช้รถยนต์ส่วนกลางให้เหมาะสมยิ่งขึ้น
        >ข้อ ๑ ระเบียบนี้เรียกว่า ระเบียบมหาวิทยาลัยสมมุติ
        @60 ประกาศ ณ วันที่ ๒๑
        @95 เดือน พฤษภาคม
        @130 พ.ศ. ๒๕๖๖
        @90 (นายสมมุติ ตัวอย่าง)
        @90 อธิการบดี
    """)
    assert letter.form == "order"
    assert letter.sender is not None
    assert letter.sender.text == "มหาวิทยาลัยสมมุติ"
    assert letter.subject is not None
    assert letter.subject.text == "ว่าด้วยการใช้รถยนต์ส่วนกลางของหน่วยงาน พ.ศ. ๒๕๖๖"
    assert value_of(letter.date) == "2023-05-21"


def test_a_page_name_that_a_browser_prints_is_no_title() -> None:
    """The title is the one that stands at the subject."""
    letter = letter_of("""
        @80 ประกาศรับสมัคร
        @80 ประกาศโรงพยาบาลสมมุติ
        @75 เรื่อง รับสมัครพนักงานขับรถ
        >ด้วยโรงพยาบาลสมมุติประสงค์จะรับสมัคร
        @70 ประกาศ ณ วันที่ ๑๒ มิถุนายน ๒๕๖๖
    """)
    assert letter.sender is not None
    assert letter.sender.text == "โรงพยาบาลสมมุติ"


def test_the_list_of_enclosures_ends_where_counting_begins_anew() -> None:
    """Paragraphs with numbers below the list are the letter's body."""
    letter = letter_of("""
        @85 ด่วนมาก บันทึกข้อความ
        ส่วนราชการ กองสมมุติ
        ที่ กห ๐๓๐๑/๑๗ วันที่ ๕ สิงหาคม ๒๕๖๖
        เรื่อง ขอความเห็นชอบ
        เสนอ กองตัวอย่าง
        สิ่งที่ส่งมาด้วย ๑. สำเนาใบลา จำนวน ๑ ฉบับ
        @60 ๒. แผนที่
        @64 ๑. กองสมมุติมีความประสงค์จะขอความเห็นชอบในการดำเนินการตามรายละเอียดที่แนบมานี้ทุกประการ
        @64 ๒. กองสมมุติจึงขอความเห็นชอบ
        >จึงเสนอมาเพื่อกรุณาพิจารณา
        @60 กลุ่มอำนวยการ
        @112 พ.อ.
        @120 (สมมุติ ตัวอย่าง)
    """)
    assert letter.form == "internal"
    assert [field.text for field in letter.recipients] == ["กองตัวอย่าง"]
    assert [field.text for field in letter.enclosures] == ["สำเนาใบลา จำนวน ๑ ฉบับ", "แผนที่"]
    assert letter.action is not None
    assert letter.action.text == "กรุณาพิจารณา"
    assert letter.signatory is not None
    assert letter.signatory.name.text == "พ.อ. สมมุติ ตัวอย่าง"


def test_a_firm_writes() -> None:
    """A firm's letter has its day at the left, and may name its reader before its subject."""
    letter = letter_of("""
        @70 บริษัท สมมุติก่อสร้าง จำกัด
        ที่ ABC 012/2566
        วันที่ 5 มกราคม 2566
        เรียน นายกเทศมนตรีตำบลสมมุติ
        เรื่อง ขอส่งมอบงาน
        >ตามที่บริษัทได้รับจ้างก่อสร้างถนนในตำบลสมมุติ บริษัทได้ดำเนินการแล้วเสร็จเรียบร้อยจึงขอส่งมอบงานตามสัญญา
        >จึงเรียนมาเพื่อโปรดพิจารณา
        @110 ขอแสดงความนับถือ
        @110 (นายสมมุติ ตัวอย่าง)
        @110 กรรมการผู้จัดการ
    """)
    assert letter.form == "external"
    assert value_of(letter.number) == "ABC 012/2566"
    assert value_of(letter.date) == "2023-01-05"
    assert letter.sender is not None
    assert letter.sender.text == "บริษัท สมมุติก่อสร้าง จำกัด"
    assert [field.text for field in letter.recipients] == ["นายกเทศมนตรีตำบลสมมุติ"]
    assert letter.subject is not None
    assert letter.subject.text == "ขอส่งมอบงาน"


def test_a_coordinator_is_a_person() -> None:
    """Words that follow ผู้ประสาน in a sentence are no name."""
    (contact,) = contacts_of(Passage(lines_of("โทร. ๐ ๒๑๑๑ ๒๒๒๒ ซึ่งเป็นผู้ประสานงานในเรื่องนี้ด้วย")))
    assert contact.name is None


def test_pieces_side_by_side_have_a_space_between() -> None:
    """A count that stands far right of its thing is read behind a space; พ.ศ. too, on a line of its own."""
    passage = Passage(lines_of("แบบสอบถาม\n^@90 จำนวน ๒ ชุด"))
    assert passage.field(0, len(passage.text)).text == "แบบสอบถาม จำนวน ๒ ชุด"
    assert flowing("การลา\nพ.ศ. ๒๕๖๑") == "การลา พ.ศ. ๒๕๖๑"


@pytest.mark.parametrize(
    ("row", "number", "day"),
    [
        ("เลขรับ ๓๔๘\nวันที่ 1 7 มี.ค. 2566", "348", "2023-03-17"),
        ("เลขที่รับ ๖๐๒\nวันที่ - 8 มี.ค. 2566\nเวลา 10.25 ผู้รับ ๔๕", "602", "2023-03-08"),
        ("เลขรับ\nวันที่ 8 มี.ค. 2566\nผู้รับ ๑๒", None, "2023-03-08"),
    ],
)
def test_received_stamps(row: str, number: str | None, day: str) -> None:
    """The wheels of a dater stand apart; what stands behind ผู้รับ is a signature."""
    stamp = stamp_of(lines_of("คณะสมมุติ\n" + row))
    assert stamp is not None
    assert value_of(stamp.number) == number
    assert value_of(stamp.date) == day


def test_a_note_is_no_received_stamp() -> None:
    """รับทราบ with a number and a day is somebody's word."""
    assert unframed_stamps(lines_of("รับทราบ ๑๒\nวันที่ ๘ มี.ค. ๒๕๖๖"), 3508) == []


def test_two_stamps_without_frames() -> None:
    """Each has its own office, number and day; the letterhead left of them is neither's."""
    text = """
        @150 คณะสมมุติ
        @150 เลขรับ ๓๔๘
        @150 วันที่ 17 มี.ค. 2566

        @120 มหาวิทยาลัยตัวอย่าง
        @150 ภาควิชาสมมุติ
        @150 เลขที่รับ ๖๐๒
        @150 วันที่ 21 มี.ค. 2566
    """
    found = [stamp for inside in unframed_stamps(lines_of(text), 3508) if (stamp := stamp_of(inside))]
    said = [(stamp.office.text, value_of(stamp.number), value_of(stamp.date)) for stamp in found]
    assert said == [("คณะสมมุติ", "348", "2023-03-17"), ("ภาควิชาสมมุติ", "602", "2023-03-21")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "ขอเชิญเข้าร่วมประชุม ในวันพุธที่ ๘ มิถุนายน ๒๕๖๕ เวลา ๐๙.๓๐ น. ณ ห้องประชุมสมมุติ (ชั้น ๒) อาคารหนึ่ง เพื่อหารือ",
            ("2022-06-08", "09:30", "ห้องประชุมสมมุติ (ชั้น ๒) อาคารหนึ่ง"),
        ),
        ("กำหนดจัดอบรม ณ โรงแรมสมมุติ ระหว่างวันที่ ๖ – ๘ มีนาคม ๒๕๖๖", ("2023-03-06", None, "โรงแรมสมมุติ")),
        ("ขอเชิญร่วมพิธีในวันที่ ๕ ธันวาคม ๒๕๖๕", ("2022-12-05", None, None)),
        ("รายงานการประชุม เมื่อวันที่ ๘ มิถุนายน ๒๕๖๕ เวลา ๐๙.๓๐ น. ณ ห้องหนึ่ง", None),
        ("ขอเชิญประชุม โดยตอบรับภายในวันที่ ๘ มิถุนายน ๒๕๖๕ เวลา ๐๙.๓๐ น.", None),
        ("ด้วยได้จัดทำแบบรายงาน ในวันที่ ๘ มิถุนายน ๒๕๖๕ เวลา ๐๙.๓๐ น.", None),
    ],
)
def test_to_what_a_letter_invites(text: str, said: tuple[str, str | None, str | None] | None) -> None:
    """Day, hour and place of a meeting; a day until which to answer, or that is over, is none."""
    event = event_of(Passage(lines_of(text)))
    found = (value_of(event.date), value_of(event.time), event.place.text if event.place else None) if event else None
    assert found == said


def test_money_and_its_words() -> None:
    """Each sum once, and whether the words beside say the same; satang are not written out."""
    text = """
        งบประมาณ ๓๕๐,๐๐๐.- บาท (-สามแสนห้าหมื่นบาทถ้วน-) และ ๗๐,๐๐๐ บาท (เจ็ดพันบาทถ้วน)
        ค่าปรับวันละ ๕๐๐ บาท เป็นเงิน ๑,๐๐๐.๕๐ บาท (หนึ่งพันบาทห้าสิบสตางค์) รวม ๓๕๐,๐๐๐ บาท
    """
    found = [(amount.value, amount.words_agree) for amount in amounts_of(Passage(lines_of(text)))]
    assert found == [(350000, True), (70000, False), (500, None), (1000.5, None)]


def test_what_stands_far_right_of_a_stamp_is_not_its_own() -> None:
    """Of two stamps at one height each keeps its own number."""
    text = "@40 คณะสมมุติ\n@40 เลขรับ\n^@150 ๕๕๕\n@40 วันที่ 17 มี.ค. 2566"
    (inside,) = unframed_stamps(lines_of(text), 3508)
    stamp = stamp_of(inside)
    assert stamp is not None
    assert stamp.number is None
    near = unframed_stamps(lines_of(text.replace("@150", "@70")), 3508)
    assert value_of(getattr(stamp_of(near[0]), "number", None)) == "555"


def test_a_stamp_that_sends_on() -> None:
    """เสนอ … in a stamp is a note with its reader and what he is to do, and no received stamp."""
    stamp = typed("@140 เสนอ ผู้อำนวยการ\n@140 เพื่อโปรดพิจารณา\n@140 ๗ ส.ค. ๖๖", 20.0, stamp=0)
    (letter,) = build_letters([page(1, stamp, typed(MEMO.format("ที่ นน ๐๐๑๘.๒/๑๗ วันที่ ๕ สิงหาคม ๒๕๖๖")), stamps=1)], [])
    (note,) = letter.endorsements
    assert [field.text for field in note.to] == ["ผู้อำนวยการ"]
    assert note.text.text == "เพื่อโปรดพิจารณา"
    assert value_of(note.date) == "2023-08-07"
    assert letter.received == ()


def test_a_decree_of_no_day_is_read_again() -> None:
    """Where the calendar has no such day, the ink's other readings say it, if nearly all that are a day agree."""
    text = """
        @70 ประกาศอำเภอสมมุติ
        @70 เรื่อง กำหนดวันหยุด
        >ตามที่ได้หารือกันแล้ว
        @70 ประกาศ ณ วันที่ ๐ มีนาคม ๒๕๖๖
    """
    made = page(1, typed(text))
    last = made.lines[-1]
    pieces = (
        (("ประกาศ ณ วันที่ ", 0.0),),
        (("๐", log(0.9)), ("๑", log(0.08)), ("๗", log(0.005))),
        ((" มีนาคม ๒๕๖๖", 0.0),),
    )
    doubtful = replace(last, reading=replace(last.reading, confidence=0.9, pieces=pieces))
    (letter,) = build_letters([replace(made, lines=(*made.lines[:-1], doubtful))], [])
    assert value_of(letter.date) == "2023-03-01"
    (letter,) = build_letters([made], [])
    assert letter.date is not None
    assert letter.date.value is None


@pytest.mark.parametrize(
    "title",
    [
        "@70 คำสั่งโรงเรียนสมมุติวิทยา\n@85 ที่ ๑๒/๒๕๖๓\n@70 เรื่อง แต่งตั้งคณะกรรมการ",
        "@70 คำสั่งโรงเรียนสมมุติวิทยา\n@85 เลขที่ ๑๒ / ๒๕๖๓\n@70 เรื่อง แต่งตั้งคณะกรรมการ",
        "@60 คำสั่งโรงเรียนสมมุติวิทยา ที่ ๑๒/๒๕๖๓\n@70 เรื่อง แต่งตั้งคณะกรรมการ",
        "@90 คำสั่ง\n@75 โรงเรียนสมมุติวิทยา\n@85 ที่ ๑๒/๒๕๖๓\n@70 เรื่อง แต่งตั้งคณะกรรมการ",
    ],
)
def test_the_title_of_an_order(title: str) -> None:
    """Office and number on one line or on several; the day is written by pen before its month."""
    end = "\n>เพื่อให้การดำเนินงานเป็นไปด้วยความเรียบร้อย\n@70 สั่ง ณ วันที่\n^@125 ตุลาคม พ.ศ. ๒๕๖๓"
    top = typed(title + end)[-1].top
    letter = letter_of(title + end, Typed("๕", 116.0, top))
    assert letter.form == "order"
    assert value_of(letter.number) == "12/2563"
    assert letter.sender is not None
    assert letter.sender.text == "โรงเรียนสมมุติวิทยา"
    assert letter.subject is not None
    assert letter.subject.text == "แต่งตั้งคณะกรรมการ"
    assert value_of(letter.date) == "2020-10-05"


def test_what_stands_beside_a_subject_is_no_part_of_it() -> None:
    """A piece of a stamp right of the heading's lines goes with none of them; a piece of the line itself does."""
    letter = letter_of("""
        ที่ นน ๐๐๑๗/๓๓
        เรื่อง ขอเชิญ
        ^@62 ประชุม
        @180 47.
        เรียน นายอำเภอสมมุติ
        ^@170 1
        >ด้วยจังหวัดจะจัดประชุม
    """)
    assert letter.subject is not None
    assert letter.subject.text == "ขอเชิญ ประชุม"
    assert [field.text for field in letter.recipients] == ["นายอำเภอสมมุติ"]


def test_a_label_is_read_with_its_row() -> None:
    """Labels that were read as a column of their own stand before their rows; dirt read as a letter is no line."""
    text = """
        ที่ นน ๐๐๑๘.๒/๑๗
        เรื่อง
        เรียน
        @45 ขอเชิญประชุม
        @45 ผู้อำนวยการโรงพยาบาลสมมุติ
        >ด้วยจังหวัดสมมุติกำหนดจัดประชุม ณ ศาลากลางจังหวัดสมมุติ จึงขอเชิญท่านเข้าร่วมประชุมตามวันที่กำหนด
        >จึงเรียนมาเพื่อโปรดพิจารณา
        @110 ขอแสดงความนับถือ
        @110 (นายสมมุติ พัสดุดี)
    """
    lines = typed(text)
    subject, to = lines[3].top, lines[4].top
    lines[1], lines[2] = replace(lines[1], top=subject), replace(lines[2], top=to)
    dirt = Typed("เ", 190.0, subject)
    (letter,) = build_letters([page(1, [*lines[:3], dirt, *lines[3:]])], [])
    assert letter.subject and letter.subject.text == "ขอเชิญประชุม"
    assert [each.text for each in letter.recipients] == ["ผู้อำนวยการโรงพยาบาลสมมุติ"]


@pytest.mark.parametrize(("confidence", "text", "value"), [(0.97, "482", "482"), (0.25, "482", None), (0.12, "", None)])
def test_a_guess_by_pen_is_no_number(confidence: float, text: str, value: str | None) -> None:
    """Digits in a stamp that were read with little confidence have no value; with hardly any they are no text either,
    but stay among the alternatives."""
    lines = printed_lines(
        page(1, typed("เทศบาลตำบลสมมุติ"), typed("เลขรับ", 60.0), [Typed("482", 45.0, 60.0, confidence=confidence)])
    )
    stamp = stamp_of(lines)
    assert stamp and stamp.number
    assert (stamp.number.text, stamp.number.value) == (text, value)
    assert value or "482" in {stamp.number.text, *(each.text for each in stamp.number.alternatives)}


def test_a_label_whose_first_letter_a_frame_hides() -> None:
    """`ลขรับ` behind a frame's side is the label of a received number."""
    stamp = stamp_of(printed_lines(page(1, typed("เทศบาลตำบลสมมุติ"), typed("ลขรับ ๔๘๒", 60.0))))
    assert stamp and value_of(stamp.number) == "482"


@pytest.mark.parametrize(
    ("office", "sender"),
    [
        (("สำนักงานส่งเสริมการปกครอง", "ท้องถิ่นจังหวัดเลย", "ถนนสมมุติ ลย ๔๒๐๐๐"), "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดเลย"),
        (("สำนักงานส่งเสริมการปกครองท้องถิ่น", "จังหวัดเลย", "ถนนสมมุติ"), "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดเลย"),
        (
            ("สำนักงานเขตพื้นที่การศึกษาประถมศึกษา", "สมมุติ เขต ๑ ถนนศูนย์ราชการ", "อำเภอเมือง"),
            "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาสมมุติ เขต ๑",
        ),
        (("ศาลากลางจังหวัดเลย", "ถนนสมมุติ", "ลย ๔๒๐๐๐"), "ศาลากลางจังหวัดเลย"),
        (("โรงเรียนสมมุติ", "อำเภอเมืองเลย จังหวัดเลย", "๔๒๐๐๐"), "โรงเรียนสมมุติ"),
        (("กองสมมุติ", "กรมสมมุติ", "กทม. ๑๐๓๐๐"), "กองสมมุติ"),
    ],
)
def test_an_office_of_two_lines_is_whole(office: tuple[str, str, str], sender: str) -> None:
    """A name that goes on in the next line is read whole, also above a stamped letter's day; an address is none."""
    letter = letter_of(
        f"""
        ที่ ลย ๐๐๒๓.๓/ว ๘๘
        ^@120 {office[0]}
        @120 {office[1]}
        @120 {office[2]}
        @90 ๒๐ สิงหาคม ๒๕๖๔
        เรื่อง การสำรวจบ่อน้ำตื้น
        เรียน นายอำเภอ ทุกอำเภอ
        >ด้วยกรมสมมุติขอให้สำรวจ
        """
    )
    assert letter.sender and letter.sender.text == sender
    stamped = letter_of(
        """
        ที่ มท ๐๘๙๙.๗/ว ๔๑๒
        >ถึง สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด ทุกจังหวัด
        >ด้วยกรมสมมุติขอให้สำรวจบ่อน้ำตื้นในทุกตำบล ภายในวันที่ ๓๐ กันยายน ๒๕๖๔
        @120 สำนักงานส่งเสริมการปกครองท้องถิ่น
        @120 จังหวัดเลย
        @120 ๑๗ สิงหาคม ๒๕๖๔
        """
    )
    assert stamped.sender and stamped.sender.text == "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดเลย"
