"""laodoc.parsing.letters on typed letters of all forms: every field, and nothing that is not there."""

from collections.abc import Sequence

import pytest
from readings import MM, Typed, page, typed

from laodoc.document import Field, Letter, Table
from laodoc.parsing.letters import build_letters
from laodoc.recognition.reading import PageReading

STAMP = typed(
    """
    @125 ที่ทำการปกครองอำเภอสองพี่
    @125 เลขที่รับ..... 412
    @125 วันที่..... 3 ก.ย. 2564
    @125 เวลา..... 9.05 น.
    """,
    top=10,
    stamp=0,
)
STAMPED = typed("""
    ที่ พล ๐๐๑๘.๑/ว ๒๗๔

    ถึง ที่ทำการปกครองอำเภอ ทุกอำเภอ สำนักงานเทศบาลนครพิษณุโลก และที่ทำการองค์การบริหารส่วนจังหวัดพิษณุโลก
    >ตามหนังสือกรมตัวอย่าง ด่วนที่สุด ที่ มท ๐๓๐๙.๔/ว ๙๙๑ ลงวันที่
    ๑๖ สิงหาคม ๒๕๖๔ เรื่อง การสำรวจศาลาประชาคม ขอให้จังหวัดสำรวจศาลาประชาคมทุกหมู่บ้าน
    ข้อมูล ณ วันที่ ๓๑ กรกฎาคม ๒๕๖๔ นั้น
    >จังหวัดขอให้ท่านส่งแบบสำรวจภายในวันพุธที่ ๑๕
    กันยายน ๒๕๖๔ โดยพร้อมเพรียงกัน

    @120 จังหวัดพิษณุโลก
    @125 ๑ กันยายน ๒๕๖๔


    ที่ทำการปกครองจังหวัด
    กลุ่มงานปกครอง
    โทร./โทรสาร ๐ ๕๕๙๙ ๙๑๒๓-๔ ต่อ ๑๒
    ผู้ประสานงาน นางสาวกันยา ใจดีงาม โทร. ๐๘๐-๐๐๐-๑๒๓๔
    """)
NOTE = typed(
    """
    @120 ที่ทำการปกครองอำเภอสองพี่
    @120 ที่ พล ๐๕๑๘/ว ๖2 วันที่ ๖ ก.ย. ๖๔
    @120 เรียน กำนัน และผู้ใหญ่บ้าน ทุกตำบล
    @120 เพื่อดำเนินการ และแจ้งผลให้อำเภอทราบ


    @125 (นายสมมุติ ตัวอย่างดี)
    @125 ปลัดอำเภอ รักษาราชการแทน
    @130 นายอำเภอสองพี่
    """,
    top=200,
)
EXTERNAL = typed("""
    ด่วนที่สุด
    ที่ นร ๐๑๐๕.๒/๓๔๑
    ^@125 สำนักงานสมมุติแห่งชาติ
    @125 ถนนทดลอง กรุงเทพฯ ๑๐๓๐๐
    @105 ๙ มีนาคม ๒๕๖๕
    เรื่อง ขอเชิญประชุมชี้แจงแนวทางการจัดเก็บเอกสารอิเล็กทรอนิกส์ของส่วนราชการ
    @46 ประจำปีงบประมาณ พ.ศ. ๒๕๖๕
    เรียน ผู้ว่าราชการจังหวัดทุกจังหวัด
    อ้างถึง ๑. หนังสือสำนักงานสมมุติแห่งชาติ ที่ นร ๐๑๐๕.๒/๒๐๐ ลงวันที่ ๑ กุมภาพันธ์ ๒๕๖๕
    @46 ๒. คำสั่งสำนักงานสมมุติแห่งชาติ ที่ ๑๒/๒๕๖๕ ลงวันที่ ๓ มกราคม ๒๕๖๕
    สิ่งที่ส่งมาด้วย ๑. กำหนดการประชุม จำนวน ๑ ฉบับ
    @60 ๒. แบบตอบรับ จำนวน ๑ ชุด
    >ตามหนังสือที่อ้างถึง ๑ สำนักงานได้แจ้งแนวทางไว้แล้ว นั้น
    >สำนักงานขอเชิญผู้แทนเข้าร่วมประชุม โปรดส่งแบบตอบรับก่อนวันที่ ๒๕ มีนาคม ๒๕๖๕
    >จึงเรียนมาเพื่อโปรดพิจารณาให้ความอนุเคราะห์
    @105 ขอแสดงความนับถือ



    @105 (นางสาวทดลอง เรียนรู้ดี)
    @100 รองเลขาธิการ ปฏิบัติราชการแทน
    @105 เลขาธิการ


    กองกลาง
    โทร. ๐ ๒๙๙๙ ๐๐๐๐
    โทรสาร ๐ ๒๙๙๙ ๐๐๐๑
    ไปรษณีย์อิเล็กทรอนิกส์ saraban@example.go.th
    """)
MEMO = typed("""
    @85 บันทึกข้อความ
    ส่วนราชการ กองคลัง เทศบาลตำบลตัวอย่าง โทร. ๐ ๕๓๙๙ ๘๘๗๗
    ที่ ชม ๗๑๒๐๒/๕๑
    ^@110 วันที่ ๒ ธันวาคม ๒๕๖๖
    เรื่อง รายงานผลการตรวจนับพัสดุ
    เรียน นายกเทศมนตรีตำบลตัวอย่าง
    >ด้วยกองคลังได้ตรวจนับพัสดุประจำปีเสร็จแล้ว
    >จึงเรียนมาเพื่อโปรดทราบ
    @105 (นายพัสดุ ตรวจนับครบ)
    @105 นักวิชาการพัสดุ
    """)
ORDER = typed("""
    @70 คำสั่งอำเภอตัวอย่าง
    @85 ที่ ๔๘/๒๕๖๖
    @60 เรื่อง แต่งตั้งคณะทำงานจัดงานวันต้นไม้
    >เพื่อให้การจัดงานเป็นไปด้วยความเรียบร้อย ตามหนังสือจังหวัดที่ส่งมา จึงแต่งตั้งคณะทำงาน
    >สั่ง ณ วันที่ ๑๒ พฤษภาคม พ.ศ. ๒๕๖๖
    @105 (นายอำเภอใจ ตัวอย่างแท้)
    @105 นายอำเภอตัวอย่าง
    """)
ANNOUNCEMENT = typed("""
    @60 ประกาศเทศบาลตำบลตัวอย่าง
    @60 เรื่อง กำหนดวันหยุดตลาดสด
    >ด้วยเทศบาลจะปรับปรุงตลาดสด จึงประกาศให้ทราบทั่วกัน
    >ประกาศ ณ วันที่ ๕ มกราคม พ.ศ. ๒๕๖๖
    @105 (นางตลาด สดใสดี)
    @105 นายกเทศมนตรีตำบลตัวอย่าง
    """)
MINUTES = typed("""
    @60 รายงานการประชุมคณะกรรมการตลาดสด
    @85 ครั้งที่ ๓/๒๕๖๖
    @70 วันศุกร์ที่ ๑๓ มกราคม ๒๕๖๖ เวลา ๐๙.๓๐ น.
    ผู้มาประชุม
    ๑. นางตลาด สดใสดี ประธาน
    """)


def table(number: int, *pages: int) -> Table:
    """A table without rows on the given pages."""
    return Table(
        id=f"table-{number}", pages=pages, title="", kind="other", province=None, as_of=None, unit=None, notes=(),
        legend=(), columns=(), rows=(),
    )  # fmt: skip


def only(reading: PageReading) -> Letter:
    """The single letter of a one-page bundle."""
    (letter,) = build_letters([reading], [])
    return letter


def said(*fields: Field | None) -> list[tuple[str, object] | None]:
    """Text and value of each field."""
    return [(field.text, field.value) if field else None for field in fields]


@pytest.fixture(scope="module")
def stamped() -> Letter:
    return only(page(1, STAMP, STAMPED, NOTE, stamps=1))


@pytest.fixture(scope="module")
def external() -> Letter:
    return only(page(1, EXTERNAL))


def test_stamped_letter_head(stamped: Letter) -> None:
    """A stamped letter gives its number, its addressees one by one, the office above its date, and no subject."""
    assert stamped.form == "stamped"
    assert said(stamped.number, stamped.date, stamped.sender) == [
        ("พล ๐๐๑๘.๑/ว ๒๗๔", "พล 0018.1/ว 274"),
        ("๑ กันยายน ๒๕๖๔", "2021-09-01"),
        ("จังหวัดพิษณุโลก", None),
    ]
    assert [field.text for field in stamped.recipients] == [
        "ที่ทำการปกครองอำเภอ ทุกอำเภอ",
        "สำนักงานเทศบาลนครพิษณุโลก",
        "ที่ทำการองค์การบริหารส่วนจังหวัดพิษณุโลก",
    ]
    assert stamped.subject is None
    assert stamped.signatory is None


def test_mentions_run_over_line_breaks(stamped: Letter) -> None:
    """Reference, its date and subject, deadline and day of the data are found across the ends of lines."""
    (reference,) = stamped.references
    assert said(reference.issuer, reference.number, reference.date, reference.subject) == [
        ("กรมตัวอย่าง", None),
        ("มท ๐๓๐๙.๔/ว ๙๙๑", "มท 0309.4/ว 991"),
        ("๑๖ สิงหาคม ๒๕๖๔", "2021-08-16"),
        ("การสำรวจศาลาประชาคม", None),
    ]
    assert said(stamped.deadline, stamped.as_of) == [
        ("วันพุธที่ ๑๕ กันยายน ๒๕๖๔", "2021-09-15"),
        ("๓๑ กรกฎาคม ๒๕๖๔", "2021-07-31"),
    ]


def test_contacts(stamped: Letter) -> None:
    """Telephones have digits only, a range gives its first number, and the coordinator goes with his own."""
    office, person = stamped.contacts
    assert said(office.name, office.phone, office.extension, office.fax) == [
        None,
        ("๐ ๕๕๙๙ ๙๑๒๓-๔", "055999123"),
        ("๑๒", "12"),
        ("๐ ๕๕๙๙ ๙๑๒๓-๔", "055999123"),
    ]
    assert said(person.name, person.phone, person.extension) == [
        ("นางสาวกันยา ใจดีงาม", None),
        ("๐๘๐-๐๐๐-๑๒๓๔", "0800001234"),
        None,
    ]


def test_received_stamp(stamped: Letter) -> None:
    """The stamp gives office, number, date and time."""
    (stamp,) = stamped.received
    assert said(stamp.office, stamp.number, stamp.date, stamp.time) == [
        ("ที่ทำการปกครองอำเภอสองพี่", None),
        ("412", "412"),
        ("3 ก.ย. 2564", "2021-09-03"),
        ("9.05", "09:05"),
    ]


def test_endorsement(stamped: Letter) -> None:
    """The lower office's note is taken apart, in mixed digits, and its signatory is not the letter's."""
    (note,) = stamped.endorsements
    assert said(note.office, note.number, note.date, note.text) == [
        ("ที่ทำการปกครองอำเภอสองพี่", None),
        ("พล ๐๕๑๘/ว ๖2", "พล 0518/ว 62"),
        ("๖ ก.ย. ๖๔", "2021-09-06"),
        ("เพื่อดำเนินการ และแจ้งผลให้อำเภอทราบ", None),
    ]
    assert [field.text for field in note.to] == ["กำนัน และผู้ใหญ่บ้าน ทุกตำบล"]
    assert note.signatory is not None
    assert said(note.signatory.name, note.signatory.position) == [
        ("นายสมมุติ ตัวอย่างดี", None),
        ("ปลัดอำเภอ รักษาราชการแทนนายอำเภอสองพี่", None),
    ]


def test_fields_say_where_they_stand(stamped: Letter) -> None:
    """A field's box lies on its line behind the label, and its confidence is that of its line."""
    assert stamped.number is not None
    assert stamped.number.page == 1
    assert stamped.number.bbox.left > 31 * MM
    assert stamped.number.bbox.top == round(50 * MM)
    assert stamped.number.confidence == 0.97


def test_external_letter_head(external: Letter) -> None:
    """An external letter gives number, urgency, sender at the right, date, subject of two lines, and addressee."""
    assert external.form == "external"
    assert said(external.urgency, external.secrecy) == [("ด่วนที่สุด", "ด่วนที่สุด"), None]
    assert said(external.number, external.date, external.sender) == [
        ("นร ๐๑๐๕.๒/๓๔๑", "นร 0105.2/341"),
        ("๙ มีนาคม ๒๕๖๕", "2022-03-09"),
        ("สำนักงานสมมุติแห่งชาติ", None),
    ]
    assert said(external.subject) == [
        ("ขอเชิญประชุมชี้แจงแนวทางการจัดเก็บเอกสารอิเล็กทรอนิกส์ของส่วนราชการประจำปีงบประมาณ พ.ศ. ๒๕๖๕", None)
    ]
    assert [field.text for field in external.recipients] == ["ผู้ว่าราชการจังหวัดทุกจังหวัด"]


def test_external_letter_lists(external: Letter) -> None:
    """Both references of อ้างถึง, a letter and an order, and both enclosures are items of their own."""
    assert [said(r.issuer, r.number, r.date) for r in external.references] == [
        [("สำนักงานสมมุติแห่งชาติ", None), ("นร ๐๑๐๕.๒/๒๐๐", "นร 0105.2/200"), ("๑ กุมภาพันธ์ ๒๕๖๕", "2022-02-01")],
        [("สำนักงานสมมุติแห่งชาติ", None), ("๑๒/๒๕๖๕", "12/2565"), ("๓ มกราคม ๒๕๖๕", "2022-01-03")],
    ]
    assert [field.text for field in external.enclosures] == ["กำหนดการประชุม จำนวน ๑ ฉบับ", "แบบตอบรับ จำนวน ๑ ชุด"]


def test_external_letter_end(external: Letter) -> None:
    """Deadline, what is asked, who signed in which post, telephone, fax and mail are found; no note is made up."""
    assert said(external.deadline, external.action) == [
        ("๒๕ มีนาคม ๒๕๖๕", "2022-03-25"),
        ("โปรดพิจารณาให้ความอนุเคราะห์", None),
    ]
    assert external.signatory is not None
    assert said(external.signatory.name, external.signatory.position) == [
        ("นางสาวทดลอง เรียนรู้ดี", None),
        ("รองเลขาธิการ ปฏิบัติราชการแทนเลขาธิการ", None),
    ]
    (contact,) = external.contacts
    assert said(contact.phone, contact.fax, contact.email) == [
        ("๐ ๒๙๙๙ ๐๐๐๐", "029990000"),
        ("๐ ๒๙๙๙ ๐๐๐๑", "029990001"),
        ("saraban@example.go.th", "saraban@example.go.th"),
    ]
    assert external.endorsements == ()
    assert external.received == ()


def test_internal_memo() -> None:
    """A memo gives its office without the telephone, number and date of one row, subject, addressee and signatory."""
    memo = only(page(1, MEMO))
    assert memo.form == "internal"
    assert said(memo.sender, memo.number, memo.date, memo.subject) == [
        ("กองคลัง เทศบาลตำบลตัวอย่าง", None),
        ("ชม ๗๑๒๐๒/๕๑", "ชม 71202/51"),
        ("๒ ธันวาคม ๒๕๖๖", "2023-12-02"),
        ("รายงานผลการตรวจนับพัสดุ", None),
    ]
    assert said(*memo.recipients, memo.action) == [("นายกเทศมนตรีตำบลตัวอย่าง", None), ("โปรดทราบ", None)]
    assert [contact.phone.value for contact in memo.contacts if contact.phone] == ["053998877"]
    assert memo.references == ()
    assert memo.signatory is not None
    assert memo.signatory.name.text == "นายพัสดุ ตรวจนับครบ"


def test_order() -> None:
    """An order gives its serial number, the day it was given, the office in its title, and no references."""
    order = only(page(1, ORDER))
    assert order.form == "order"
    assert said(order.number, order.date, order.sender, order.subject) == [
        ("๔๘/๒๕๖๖", "48/2566"),
        ("๑๒ พฤษภาคม พ.ศ. ๒๕๖๖", "2023-05-12"),
        ("อำเภอตัวอย่าง", None),
        ("แต่งตั้งคณะทำงานจัดงานวันต้นไม้", None),
    ]
    assert (order.references, order.recipients) == ((), ())


def test_announcement() -> None:
    """An announcement gives its day, office and subject, and has no number."""
    announcement = only(page(1, ANNOUNCEMENT))
    assert announcement.form == "announcement"
    assert said(announcement.number, announcement.date, announcement.sender, announcement.subject) == [
        None,
        ("๕ มกราคม พ.ศ. ๒๕๖๖", "2023-01-05"),
        ("เทศบาลตำบลตัวอย่าง", None),
        ("กำหนดวันหยุดตลาดสด", None),
    ]


def test_minutes() -> None:
    """Minutes are numbered by the meeting and dated by its day."""
    minutes = only(page(1, MINUTES))
    assert minutes.form == "minutes"
    assert said(minutes.number, minutes.date, minutes.sender) == [
        ("๓/๒๕๖๖", "3/2566"),
        ("วันศุกร์ที่ ๑๓ มกราคม ๒๕๖๖", "2023-01-13"),
        ("คณะกรรมการตลาดสด", None),
    ]


def test_lists_go_on_over_full_lines() -> None:
    """Addressees and references go on below a full line, until a shorter one or a paragraph's indent ends them."""
    lines = typed(
        """
        ที่ มท ๐๑๐๑/๕
        เรื่อง การทดลอง
        เรียน ผู้ว่าราชการจังหวัดทุกจังหวัด ผู้อำนวยการสำนักงานสมมุติแห่งชาติ อธิบดีกรมตัวอย่าง และปลัดกรุงเทพ
        มหานคร
        อ้างถึง หนังสือสำนักงานสมมุติแห่งชาติว่าด้วยการทดลองและการเรียนรู้ประจำปีงบประมาณ ด่วนมาก ที่ นร ๐๑๐๕.๒/๒๐๐
        ลงวันที่ ๑ กุมภาพันธ์ ๒๕๖๕
        สิ่งที่ส่งมาด้วย แบบสำรวจ
        จังหวัดสมมุติได้รับแจ้งแล้ว
        """
    )
    letter = only(page(1, lines))
    assert [field.text for field in letter.recipients] == [
        "ผู้ว่าราชการจังหวัดทุกจังหวัด",
        "ผู้อำนวยการสำนักงานสมมุติแห่งชาติ",
        "อธิบดีกรมตัวอย่าง",
        "ปลัดกรุงเทพมหานคร",
    ]
    assert [field.text for field in letter.enclosures] == ["แบบสำรวจ"]
    assert [reference.number.value for reference in letter.references] == ["นร 0105.2/200"]


def test_a_paragraph_ends_the_addressees() -> None:
    """Below addressees that fill their line, an indented line is body, however it begins."""
    lines = typed(
        """
        ที่ มท ๐๑๐๑/๕
        ถึง สำนักงานสมมุติจังหวัด ทุกจังหวัด สำนักงานตัวอย่างจังหวัด ทุกจังหวัด และสำนักงานทดลองจังหวัด ทุกจังหวัด
        >กรมสมมุติขอแจ้งว่ามีการทดลอง
        """
    )
    assert [field.text for field in only(page(1, lines)).recipients][-1] == "สำนักงานทดลองจังหวัด ทุกจังหวัด"


def test_a_missing_running_number_stays_missing() -> None:
    """A number that ends at ว is given without its running number, never with one from elsewhere."""
    lines = typed("ที่ อต ๐๐๒๓.๓/ว\nถึง สำนักงานสมมุติ\n>ด้วย ๑๒ แห่งยังไม่ส่ง")
    assert said(only(page(1, lines)).number) == [("อต ๐๐๒๓.๓/ว", "อต 0023.3/ว")]


def test_a_bent_number_has_no_value() -> None:
    """A number that the reader garbled is kept as it was read, with value null."""
    lines = typed("ที่ มท oด๑๐.๒/ ว๑๗\nเรื่อง การทดลอง\nเรียน นายอำเภอตัวอย่าง\n>ด้วยมีการทดลอง")
    assert said(only(page(1, lines)).number) == [("มท oด๑๐.๒/ ว๑๗", None)]


def test_lost_marks_do_not_hide_the_labels() -> None:
    """Labels are found although the reader lost tone marks or put spaces between letters."""
    lines = typed(
        """
        ที อน ๐๐๒๑.๔/ว ๘
        ถึง สำนักงานท้องถินอำเภอ
        >ตามหนังสิอกรมสมมุติ ที มท ๐๘๓๔.๓/ว ๗ ลงวันที ๓ กุมภาพันธ์ ๒๕๖๖ ขอให้ส่งภ า ย ใ น วันที่ ๒ พฤษภาคม ๒๕๖๖ นัน
        """
    )
    letter = only(page(1, lines))
    assert said(letter.number, letter.deadline) == [
        ("อน ๐๐๒๑.๔/ว ๘", "อน 0021.4/ว 8"),
        ("๒ พฤษภาคม ๒๕๖๖", "2023-05-02"),
    ]
    assert [reference.number.value for reference in letter.references] == ["มท 0834.3/ว 7"]


def test_a_reference_whose_number_cannot_be_read_keeps_its_date() -> None:
    """Between หนังสือ … ที่ and ลงวันที่ stands a number: bent ones are kept as text with value null."""
    lines = typed("ที่ มท ๐๑๐๑/๕\nถึง สำนักงานสมมุติ\n>ตามหนังสือจังหวัดน่าน ที่ นน oo๒๑/สซ ลงวันที่ ๙ มกราคม ๒๕๖๖ นั้น")
    (reference,) = only(page(1, lines)).references
    assert said(reference.number, reference.date) == [("นน oo๒๑/สซ", None), ("๙ มกราคม ๒๕๖๖", "2023-01-09")]


@pytest.mark.parametrize("urgency", ["ด่วนที่สุด", "ด่วนที่ส๑", "ด่วนทีสด", "ด่วนมาก"])
def test_the_urgency_of_a_reference_is_no_part_of_its_number(urgency: str) -> None:
    """Bent or not, it stands between the office and the number, which is read whole."""
    text = "ที่ มท ๐๑๐๑/๕\nถึง สำนักงานสมมุติ\n>ตามหนังสือกรมสมมุติ {} ที่ กค ๐๐๒๓.๕/ว๓๐๓๕ ลงวันที่ ๙ มกราคม ๒๕๖๖ นั้น"
    (reference,) = only(page(1, typed(text.format(urgency)))).references
    assert said(reference.number, reference.date) == [
        ("กค ๐๐๒๓.๕/ว๓๐๓๕", "กค 0023.5/ว 3035"),
        ("๙ มกราคม ๒๕๖๖", "2023-01-09"),
    ]
    assert reference.issuer is not None
    assert reference.issuer.text == "กรมสมมุติ"


@pytest.mark.parametrize(("text", "day"), [(STAMPED, "2021-09-01"), (EXTERNAL, "2022-03-09")])
def test_a_lost_stamp_above_the_number_dates_no_letter(text: list[Typed], day: str) -> None:
    """Of a stamp only the date was read, outside any frame: the letter's own date stands lower."""
    letter = only(page(1, typed("@150 28 ก.ย. 2566", top=20), text))
    assert letter.date is not None
    assert letter.date.value == day


def test_a_date_without_its_day_has_no_value() -> None:
    """Where the day is still to be filled in by pen, month and year stand as text only."""
    lines = typed("ที่ มท ๐๑๐๑/๕\nถึง สำนักงานสมมุติ\n>ด้วยมีการทดลอง\n@120 กรมสมมุติ\n@120      มกราคม ๒๕๖๖")
    assert said(only(page(1, lines)).date) == [("มกราคม ๒๕๖๖", None)]


def test_a_day_that_the_calendar_lacks_has_no_value() -> None:
    """An announcement of 29 February 2554: its text stands, and neither another date nor none."""
    text = "@60 ประกาศกรมสมมุติ\n@60 เรื่อง วันหยุด\n>ด้วยวันที่ ๑ มีนาคม ๒๕๕๔ เป็นวันหยุด\n>ประกาศ ณ วันที่ {}\n>ถึงวันที่ ๓ มีนาคม ๒๕๕๔"
    for day in ("๒9 กุมภาพันธ์ ๒๕๕๔", "๒ฮ กุมภาพันธ์ พ.ศ. ๒๕๕๔"):
        assert said(only(page(1, typed(text.format(day)))).date) == [(day, None)]
    assert said(only(page(1, typed(text.format("๒๘ กุมภาพันธ์ ๒๕๕๔")))).date) == [("๒๘ กุมภาพันธ์ ๒๕๕๔", "2011-02-28")]


def test_the_demand_outranks_the_recital() -> None:
    """Of two deadlines, that of the recited letter (… นั้น) gives way to the letter's own."""
    lines = typed(
        """
        ที่ มท ๐๑๐๑/๕
        ถึง สำนักงานสมมุติ
        >ตามที่ให้ส่งแบบภายในวันที่ ๑ มีนาคม ๒๕๖๖ นั้น
        >จึงขอขยายเวลาให้ส่งภายในวันที่ ๑๕ มีนาคม ๒๕๖๖
        """
    )
    assert said(only(page(1, lines)).deadline) == [("๑๕ มีนาคม ๒๕๖๖", "2023-03-15")]


def test_a_bundle_in_order() -> None:
    """A forwarded circular, its tables, a page of text behind them and a second circular part where they should."""
    forwarding = typed(
        "ที่ พล ๐๐๑๘/ว\nถึง สำนักงานสมมุติ\n>ด้วยสำนักงานสมมุติแห่งชาติแจ้งว่า ให้ส่งแบบ\n\nที่ทำการปกครองจังหวัด\nโทร. ๐ ๕๕๙๙ ๙๑๒๓"
    )
    pages = [
        page(1, forwarding),
        page(2, EXTERNAL),
        page(3, typed("@103 - ๒ -", top=15), typed(">ข้อความต่อจากหน้าแรก")),
        page(4, typed("ตารางสมมุติ")),
        page(5, typed("ตารางสมมุติ (ต่อ)")),
        page(6, typed(">คำอธิบายแบบสำรวจ")),
        page(7, STAMPED),
    ]
    letters = build_letters(pages, [table(1, 4, 5)])
    assert [letter.pages for letter in letters] == [(1,), (2, 3), (7,)]
    assert [letter.attachments for letter in letters] == [("letter-2",), ("table-1", "page-6"), ()]


UNSIGNED = "ที่ มท ๐๑๐๑/๕\nถึง สำนักงานสมมุติ\n>ด้วยมีการทดลองระบบ ขอให้ดำเนินการดังนี้"
SECOND = [*typed("@103 - ๒ -", top=15), *typed(">๒. ข้อความของหน้าที่สอง\n@120 (นายสมมุติ ตัวอย่างดี)\n@120 ปลัดสมมุติ")]


def pages_of(*parts: Sequence[Typed]) -> list[tuple[tuple[int, ...], tuple[str, ...]]]:
    """Pages and attachments of every letter that the pages hold; a page with ตาราง has a table."""
    pages = [page(number, part) for number, part in enumerate(parts, start=1)]
    tables = [table(n, n) for n, part in enumerate(parts, start=1) if part and part[0].text == "ตารางสมมุติ"]
    return [(letter.pages, letter.attachments) for letter in build_letters(pages, tables)]


def test_blank_backs_are_nobodys() -> None:
    """Behind every sheet its back, empty or with a speck that was read as a character."""
    speck = typed("๗", confidence=0.3)
    assert pages_of(typed(UNSIGNED), [], SECOND, speck, EXTERNAL, []) == [((1, 3), ()), ((5,), ())]


def test_what_lies_behind_a_signed_letter_is_attached() -> None:
    """A page of text without a number goes on with an unsigned letter, and is attached to a signed one."""
    more = typed(">ข้อความล้วนทั้งหน้าไม่มีเลขหน้า")
    assert pages_of(typed(UNSIGNED), more) == [((1, 2), ())]
    assert pages_of(EXTERNAL, more) == [((1,), ("page-2",))]
    assert pages_of(STAMPED, more) == [((1,), ("page-2",))]


def test_no_letter_begins_on_a_page_two() -> None:
    """A second page that goes on with an addressee and a subject, as a quoted letter does."""
    quoting = [*typed("@103 - ๒ -", top=15), *typed("ที่ มท ๐๑๐๑/๖\nเรียน อธิบดีกรมสมมุติ\n>ตามที่อ้างถึงข้างต้น")]
    assert pages_of(typed(UNSIGNED), quoting) == [((1, 2), ())]


def test_a_page_two_that_was_scanned_before_its_page_one() -> None:
    """It is put behind the unsigned page one that follows, also where another letter, a signed one, stands above; its
    own letter above it keeps it, and so does the letter whose catchword it answers."""
    assert pages_of(SECOND, typed(UNSIGNED)) == [((2, 1), ())]
    assert pages_of(EXTERNAL, SECOND, typed(UNSIGNED)) == [((1,), ()), ((3, 2), ())]
    assert pages_of(typed(UNSIGNED), SECOND, typed(UNSIGNED)) == [((1, 2), ()), ((3,), ())]
    caught = [*typed(UNSIGNED), Typed("/๒. ข้อความของ…", 150, 270)]
    assert pages_of(EXTERNAL, SECOND, caught) == [((1,), ()), ((3, 2), ())]
    other = [*typed(UNSIGNED), Typed("/๕. เรื่องอื่นใด…", 150, 270)]
    assert pages_of(EXTERNAL, SECOND, other)[-1] == ((3,), ())


def test_tables_that_lie_before_their_letters() -> None:
    """Where a bundle begins with tables and ends with a letter, tables belong to the letter below them."""
    sheet = typed("ตารางสมมุติ")
    assert pages_of(sheet, EXTERNAL, sheet, STAMPED) == [((2,), ("table-1",)), ((4,), ("table-3",))]
    assert pages_of(sheet, EXTERNAL, sheet) == [((2,), ("table-3",))]


def test_pages_before_the_first_letter() -> None:
    """Text before any letter is one of form other without made-up fields; a table before any letter belongs to none."""
    pages = [page(1, typed("ตาราง")), page(2, []), page(3, typed("ข้อความล้วน")), page(4, typed("ข้อความล้วนต่อ"))]
    (loose,) = build_letters(pages, [table(1, 1)])
    assert (loose.form, loose.pages, loose.attachments) == ("other", (3, 4), ())
    assert (loose.number, loose.date, loose.sender, loose.signatory) == (None, None, None, None)
    assert (loose.recipients, loose.references, loose.contacts, loose.received, loose.endorsements) == ((),) * 5


def test_a_table_on_the_letter_itself() -> None:
    """A table on a letter's own page is attached to that letter."""
    (letter,) = build_letters([page(1, STAMPED)], [table(1, 1)])
    assert letter.attachments == ("table-1",)


def test_typed_lines_keep_their_place() -> None:
    """The helper puts an indented line to the right of the margin and a lifted one beside the one before."""
    first, second = typed("ก\n^@120 ข")
    assert (first.top, second.top, second.left) == (50.0, 50.0, 120.0)
    assert isinstance(first, Typed)


def test_the_urgency_of_another_letter_is_not_its_own() -> None:
    """A line of the text, or of a reference, that goes on with ด่วนมาก says how urgent the other letter was."""
    lines = typed(
        """
        ที่ มท ๐๑๐๑/๕
        เรื่อง การทดลอง
        เรียน นายอำเภอ
        อ้างถึง หนังสือสำนักงานสมมุติแห่งชาติว่าด้วยการทดลองและการเรียนรู้ประจำปีงบประมาณ พ.ศ. ๒๕๖๕
        ด่วนมาก ที่ นร ๐๑๐๕.๒/๒๐๐ ลงวันที่ ๑ กุมภาพันธ์ ๒๕๖๕
        >ตามหนังสือกรมสมมุติ
        ด่วนที่สุด ที่ มท ๐๘๑๐/ว ๕ ลงวันที่ ๓ กุมภาพันธ์ ๒๕๖๕
        """
    )
    assert only(page(1, lines)).urgency is None
    own = only(page(1, [*typed("@30 ด่วนมาก", top=40), *lines])).urgency
    assert own is not None
    assert own.value == "ด่วนมาก"


def test_a_bent_word_before_a_date() -> None:
    """ลงวันที่ with its first letter misread still parts a reference's number from its date."""
    lines = typed("ที่ มท ๐๑๐๑/๕\nถึง สำนักงานสมมุติ\n>ตามหนังสือกรมสมมุติ ที่ ทส ๐๐๒๓.๕/๙๔๓ สงวันที่ ๒๖ กุมภาพันธ์\n๒๕๖๖ นั้น")
    (reference,) = only(page(1, lines)).references
    assert said(reference.number, reference.date) == [
        ("ทส ๐๐๒๓.๕/๙๔๓", "ทส 0023.5/943"),
        ("๒๖ กุมภาพันธ์ ๒๕๖๖", "2023-02-26"),
    ]
