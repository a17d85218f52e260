"""Forms: tick boxes with their labels, cells with label and value, message forms."""

from dataclasses import replace

from tables import grid, line, page

from laodoc.document import BBox, Checkbox
from laodoc.parsing.letters import build_letters
from laodoc.parsing.pages import build_page
from laodoc.parsing.tables import build_tables
from laodoc.recognition.reading import LineReading, PageReading

SIDE = 50


def _box(left: int, top: int) -> Checkbox:
    return Checkbox(state="empty", label="", bbox=BBox(left, top, left + SIDE, top + SIDE), confidence=0.9)


def _labels(boxes: list[Checkbox], lines: list[LineReading]) -> list[tuple[str, int | None, str | None]]:
    made = build_page(replace(page(lines=lines), checkboxes=tuple(boxes)))
    return [(box.label, box.number, box.group) for box in made.checkboxes]


def test_boxes_below_each_other_have_label_number_and_heading() -> None:
    """Two groups, each under its heading; the second starts again at one."""
    words = ["๑. เตียงไม้", "๒. โต๊ะยาว", "1. เงินยืม", "2. ค่าเช่า"]
    tops = [400, 480, 640, 720]
    lines = [line("รายการสิ่งของ", 300, 320), line("รายการค้าง", 300, 560)]
    lines += [line(text, 520, top + 5) for text, top in zip(words, tops, strict=True)]
    lines.append(line("๙", 310, 650))
    assert _labels([_box(420, top) for top in tops], lines) == [
        ("๑. เตียงไม้", 1, "รายการสิ่งของ"),
        ("๒. โต๊ะยาว", 2, "รายการสิ่งของ"),
        ("1. เงินยืม", 1, "รายการค้าง"),
        ("2. ค่าเช่า", 2, "รายการค้าง"),
    ]


def test_boxes_in_a_row_have_what_stands_before_them() -> None:
    """`ความเห็น □ อนุมัติ □ ไม่อนุมัติ`: each has its own label; a tall line of another height is none."""
    lines = [line("ความเห็น", 300, 400), line("อนุมัติ", 620, 402), line("ไม่อนุมัติ", 920, 402)]
    lines.append(LineReading(line("ลายเซ็นยาว", 615, 300).reading, BBox(615, 300, 1100, 411)))
    found = _labels([_box(540, 400), _box(840, 400)], lines)
    assert found == [("อนุมัติ", None, "ความเห็น"), ("ไม่อนุมัติ", None, "ความเห็น")]


HEAD = [
    ["ลำดับความเร่งด่วน\nด่วนมาก", "ชั้นความลับ", "หมู่ - วัน - เวลา\n๒๐๐๗๕๕ ก.พ. ๖๗", "หน้าที่ ๑ ของ ๒ หน้า"],
    ["^", "^", "^", "ที่ของผู้ให้ข่าว\nกห ๐๙๙๙/๔๖๓๑"],
    ["จาก", "กองคลังไม้", "<", "<"],
    ["ถึง ผู้รับปฏิบัติ", "กองช่าง, กองสวน และ กองน้ำ", "<", "<"],
    ["ผู้รับทราบ", "-", "<", "<"],
]
FOOT = [
    ["หน่วย\nกองคลังไม้", "ผู้เขียนข่าว", "นายทหารอนุมัติข่าว"],
    ["โทรศัพท์\n๐ ๒๕๕๕ ๐๑๒๓", "(สมเดช ใจซื่อ)", "(ปรีดา ยืนยง)"],
]


def _message() -> PageReading:
    body = [line("๑. กองคลังไม้ ขอให้หน่วยส่งรายการไม้ที่ใช้ในปีนี้", 400, 1000)]
    return page(grid(HEAD), grid(FOOT, top=2600, widths=(500, 700, 700)), lines=body)


def test_cells_with_label_and_value_are_entries() -> None:
    """The value stands behind the label, in its next line, beside or below it; a dash is what is printed."""
    said = {each.label.text: each.value.text if each.value else None for each in build_page(_message()).entries}
    assert said == {
        "ลำดับความเร่งด่วน": "ด่วนมาก",
        "ชั้นความลับ": None,
        "หมู่ - วัน - เวลา": "๒๐๐๗๕๕ ก.พ. ๖๗",
        "หน้าที่": "๑ ของ ๒ หน้า",
        "ที่ของผู้ให้ข่าว": "กห ๐๙๙๙/๔๖๓๑",
        "จาก": "กองคลังไม้",
        "ถึง ผู้รับปฏิบัติ": "กองช่าง, กองสวน และ กองน้ำ",
        "ผู้รับทราบ": "-",
        "หน่วย": "กองคลังไม้",
        "ผู้เขียนข่าว": "(สมเดช ใจซื่อ)",
        "นายทหารอนุมัติข่าว": "(ปรีดา ยืนยง)",
        "โทรศัพท์": "๐ ๒๕๕๕ ๐๑๒๓",
    }


def test_a_message_form_is_a_letter() -> None:
    """Number, day, sender, recipients, urgency, telephone and who approved it come from its cells."""
    message = _message()
    (letter,) = build_letters([message], build_tables([message]))
    assert letter.number and letter.number.value == "กห 0999/4631"
    assert letter.date and letter.date.value == "2024-02-20"
    assert letter.sender and letter.sender.text == "กองคลังไม้"
    assert [one.text for one in letter.recipients] == ["กองช่าง", "กองสวน", "กองน้ำ"]
    assert letter.urgency and letter.urgency.text == "ด่วนมาก"
    assert letter.secrecy is None
    assert letter.signatory and letter.signatory.name.text == "ปรีดา ยืนยง"
    assert [one.phone.value for one in letter.contacts if one.phone] == ["025550123"]


def test_a_day_that_is_glued_to_other_signs_has_no_value() -> None:
    """Of a group of day and time that was misread nobody takes the last figure for the day."""
    head = [[HEAD[0][0], "ชั้นความลับ", "หมู่ - วัน - เวลา\n๒๐๐๗c๕ ก.พ. ๖๗", HEAD[0][3]], *HEAD[1:]]
    made = page(grid(head))
    (letter,) = build_letters([made], build_tables([made]))
    assert letter.date is not None
    assert letter.date.value is None


def test_a_table_has_no_entries() -> None:
    """Words of labels that head columns are no labels."""
    rows = [["วันที่", "เลขรับ", "จาก", "เรื่อง"], *[[f"{day} ม.ค. ๖๗", str(day), "กองช่าง", "ส่งงาน"] for day in range(1, 5)]]
    assert build_page(page(grid(rows))).entries == ()
