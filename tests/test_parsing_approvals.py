"""Who wrote a memo, and who decided on it below."""

import pytest
from readings import page, typed

from laodoc.document import Letter
from laodoc.parsing.approvals import decision_of
from laodoc.parsing.letters import build_letters
from laodoc.parsing.passages import PrintedLine, printed_lines
from laodoc.parsing.routing import build_routing
from laodoc.parsing.signing import signatures_of

HEAD = """
    @85 บันทึกข้อความ
    ส่วนราชการ งานพัสดุ โรงพยาบาลสมมุติ
    ที่ นน ๐๐๑๘.๒/๑๗ วันที่ ๕ สิงหาคม ๒๕๖๖
    เรื่อง ขออนุมัติจัดซื้อครุภัณฑ์
    เรียน ผู้อำนวยการโรงพยาบาลสมมุติ
    >ด้วยงานพัสดุมีความจำเป็นต้องจัดซื้อครุภัณฑ์เพื่อใช้ในการปฏิบัติงานของหน่วยงานให้ทันต่อสถานการณ์ในปัจจุบันนี้
    >จึงเรียนมาเพื่อโปรดพิจารณา
"""


def memo(below: str) -> Letter:
    (letter,) = build_letters([page(1, typed(HEAD + below))], [])
    return letter


def lines_of(text: str) -> tuple[PrintedLine, ...]:
    return printed_lines(page(1, typed(text)))


def names(text: str) -> list[str]:
    return [each.signatory.name.text for each in signatures_of(lines_of(text))]


def test_the_writer_of_a_memo_is_who_signs_first() -> None:
    """Who signs below ทราบ/อนุญาต has decided: an approval with office, post, decision and day, and no signatory."""
    letter = memo("""
        @110 (นายสมมุติ พัสดุดี)
        @110 นักวิชาการพัสดุชำนาญการ

        @105 ทราบ/อนุญาต และให้รายงานผลด้วย

        @110 (นายตัวอย่าง อำนวยการ)
        @105 ผู้อำนวยการโรงพยาบาลสมมุติ
        @112 ๗ สิงหาคม ๒๕๖๖
    """)
    assert letter.signatory is not None
    assert letter.signatory.name.text == "นายสมมุติ พัสดุดี"
    (approval,) = letter.endorsements
    assert approval.kind == "approval"
    assert approval.signatory is not None
    assert approval.signatory.name.text == "นายตัวอย่าง อำนวยการ"
    assert approval.office.text == "โรงพยาบาลสมมุติ"
    assert approval.text.text == "ทราบ/อนุญาต และให้รายงานผลด้วย"
    assert approval.decision is not None
    assert approval.decision.value == "ทราบ/อนุญาต"
    assert approval.date is not None
    assert approval.date.value == "2023-08-07"
    (_, step) = build_routing([letter])
    assert (step.event, step.from_, step.date) == ("decided", "โรงพยาบาลสมมุติ", "2023-08-07")


def test_approvals_in_two_columns_and_in_their_order() -> None:
    """A head passes the memo on at the left, the director decides at the right, each in a column."""
    letter = memo("""
        @110 (นางสาวสมมุติ พัสดุดี)
        @110 นักวิชาการพัสดุ

        เรียน ผู้อำนวยการ
        ^@125 เห็นชอบ
        เพื่อโปรดพิจารณา


        (นางทดสอบ งานดี)
        ^@120 (นายตัวอย่าง อำนวยการ)
        หัวหน้ากลุ่มงาน
        ^@120 ผู้อำนวยการ
    """)
    assert letter.signatory is not None
    assert letter.signatory.name.text == "นางสาวสมมุติ พัสดุดี"
    head, director = letter.endorsements
    assert [field.text for field in head.to] == ["ผู้อำนวยการ"]
    assert (head.text.text, head.decision, head.kind) == ("เพื่อโปรดพิจารณา", None, "approval")
    assert head.signatory is not None
    assert head.signatory.name.text == "นางทดสอบ งานดี"
    assert director.signatory is not None
    assert director.signatory.name.text == "นายตัวอย่าง อำนวยการ"
    assert director.decision is not None
    assert director.decision.text == "เห็นชอบ"


def test_a_letter_is_signed_under_its_parting_words() -> None:
    """Who signs beside or below ขอแสดงความนับถือ on a letter that has come in wrote notes on it."""
    text = """
        ที่ นน ๐๐๑๗/๓๓
        ^@125 ศาลากลางจังหวัดน่าน
        @105 ๕ สิงหาคม ๒๕๖๖
        เรื่อง ขอเชิญประชุม
        เรียน คณบดีคณะสมมุติ
        >ด้วยจังหวัดจะจัดประชุม
        >จึงเรียนมาเพื่อโปรดทราบ
        @110 ขอแสดงความนับถือ
        (นางสาวบันทึก ไว้ก่อน)
        หัวหน้าสำนักงาน

        @110 (นายสมมุติ ตัวอย่าง)
        @105 ผู้ว่าราชการจังหวัดน่าน
    """
    (letter,) = build_letters([page(1, typed(text))], [])
    assert letter.signatory is not None
    assert letter.signatory.name.text == "นายสมมุติ ตัวอย่าง"
    assert [note.signatory and note.signatory.name.text for note in letter.endorsements] == ["นางสาวบันทึก ไว้ก่อน"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@110 ขอแสดงความนับถือ\n\n@110 นายสมมุติ ตัวอย่าง\n@110 นายอำเภอสมมุติ", ["นายสมมุติ ตัวอย่าง"]),
        ("@110 พันเอก\n\n@115 (สมมุติ ตัวอย่าง)\n@110 ผู้บังคับการ", ["พันเอก สมมุติ ตัวอย่าง"]),
        ("(นายหนึ่ง ตัวอย่าง) (นางสอง ตัวอย่าง)", ["นายหนึ่ง ตัวอย่าง", "นางสอง ตัวอย่าง"]),
        ("@100 (ผู้ช่วยศาสตราจารย์ ดร.สมมุติ ตัวอย่าง)", ["ผู้ช่วยศาสตราจารย์ ดร.สมมุติ ตัวอย่าง"]),
        ("@100 (ว่าที่ร้อยตรีหญิง สมมุติ ตัวอย่าง)", ["ว่าที่ร้อยตรีหญิง สมมุติ ตัวอย่าง"]),
        ("@100 (เรืองศักดิ์ งามระบบ)\n@100 ปลัดอำเภอ", ["เรืองศักดิ์ งามระบบ"]),
        ("@80 (นายสมมุติ ตัวอย่าง) นายอำเภอสมมุติ", ["นายสมมุติ ตัวอย่าง"]),
        ("@100 (นายกนกอร นักงาม)\n@100 ปลัดอำเภอ", ["นายกนกอร นักงาม"]),
        ("@100 (Mr. John Example)\n@100 Managing Director", ["Mr. John Example"]),
        ("@100 (รายละเอียดอยู่ใน ภาคผนวก)\n@100 ด้วยหน่วยงาน", []),
        ("@100 (ตามแบบ ทต.สมมุติ แนบ)", []),
        ("@100 (นายกเทศมนตรี)\n@100 (นายกองค์การบริหารส่วนตำบล สมมุติ)", []),
        ("เนื้อความที่กล่าวถึงผู้รับจ้าง (นายสมมุติ ตัวอย่าง)", []),
        ("นายสมมุติ ตัวอย่าง\nนางสาวตัวอย่าง สมมุติ", []),
    ],
)
def test_who_has_signed(text: str, found: list[str]) -> None:
    """Names with and without brackets, side by side, with rank and titles; remarks, posts and lists are none."""
    assert names(text) == found


def test_what_is_decided() -> None:
    """Of printed choices the ticked one counts; where none is ticked, nothing is decided."""
    choices = decision_of(lines_of("( ) อนุมัติ\n(✓) ไม่อนุมัติ"))
    assert choices is not None
    assert choices.text == "ไม่อนุมัติ"
    assert decision_of(lines_of("( ) อนุมัติ\n( ) ไม่อนุมัติ")) is None
    assert decision_of(lines_of("หัวหน้างานตรวจแล้วทราบ")) is None


def test_a_name_stamp_signs() -> None:
    """A frame around name and post is no received stamp: who stands in it has signed."""
    text = typed("@100 (นายสมมุติ ตัวอย่าง)\n@100 ผู้อำนวยการสมมุติ", 170.0, stamp=0)
    head = """
        ที่ นน ๐๐๑๗/๓๓
        เรื่อง ขอเชิญประชุม
        เรียน คณบดีคณะสมมุติ
        >ด้วยจังหวัดจะจัดประชุม
        @110 ขอแสดงความนับถือ
    """
    (letter,) = build_letters([page(1, typed(head), text, stamps=1)], [])
    assert letter.signatory is not None
    assert letter.signatory.name.text == "นายสมมุติ ตัวอย่าง"
    assert letter.received == ()
