"""Letters of three forms with invented contents: stamped, external, internal. Each returns its sheet and its truth.

`|` in a text is a place where a line may break.
"""

from dataclasses import replace
from random import Random

from samples.generator import truth
from samples.generator.sheet import LINE_MM, Sheet
from samples.generator.stamps import (
    ReceivedStamp,
    date_stamp,
    emblem,
    qr,
    received_stamp,
    seal,
    signature,
    signed,
)

LEFT, TEXT_WIDTH, INDENT, MIDDLE = 30.0, 160.0, 25.0, 105.0
DISCLAIMER = "เอกสารตัวอย่างที่สร้างขึ้น ไม่ใช่หนังสือราชการจริง"
PROVINCE_OFFICE = "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดน่าน"
DISTRICT_OFFICE = "สำนักงานส่งเสริมการปกครองท้องถิ่นอำเภอปัว"
QR_VALUE = "https://lansuk.example.go.th/r/2565-09"


def province_letter(rng: Random) -> tuple[Sheet, truth.Letter]:
    """A province's stamped letter, received and passed on by a district (first page of the bundle)."""
    sheet = Sheet()
    stamp = ReceivedStamp(DISTRICT_OFFICE, (("เลขที่รับ", "412"), ("วันที่", "19 ก.ย. 65"), ("เวลา", "13.40")))
    received_stamp(sheet, stamp, 117, 14, rng)
    sheet.write(LEFT, 58, "ที่ นน ๐๐๒๓.๓/ว ๙๐๕")
    y = sheet.paragraph(LEFT, 68, "ถึง สำนักงานส่งเสริมการปกครองท้องถิ่น|อำเภอ ทุกอำเภอ", width=TEXT_WIDTH)
    y = _body(sheet, y + 2, _PROVINCE_BODY)
    sheet.write(140, y + 10, PROVINCE_OFFICE, align="m")
    seal(sheet, 140, y + 20, around="ประทับตรา", rng=rng)
    date_stamp(sheet, 140, y + 37, "๑๖ กันยายน ๒๕๖๕", rng)
    endorsement = _endorsement(sheet, rng)
    _contacts(sheet, ("กลุ่มงานส่งเสริมและพัฒนาท้องถิ่น", "โทร. ๐-๐๐๐๐-๐๑๒๓ ต่อ ๔๕", "ผู้ประสานงาน นายทดสอบ ระบบงาม"))
    letter = truth.Letter(
        pages=(1,),
        form="stamped",
        number="นน 0023.3/ว 905",
        date="2022-09-16",
        sender=PROVINCE_OFFICE,
        recipients=("สำนักงานส่งเสริมการปกครองท้องถิ่นอำเภอ ทุกอำเภอ",),
        references=(truth.Reference("มท 0899.9/ว 41", "2022-09-12"),),
        deadline="2022-10-07",
        contacts=(truth.Contact(name="นายทดสอบ ระบบงาม", phone="000000123", extension="45"),),
        received=(truth.Received(DISTRICT_OFFICE, "412", "2022-09-19", "13:40"),),
        endorsements=(endorsement,),
    )
    return sheet, letter


def circular(rng: Random) -> tuple[Sheet, truth.Letter]:
    """A department's stamped circular with a QR code, a seal and a received stamp (second page of the bundle)."""
    sheet = Sheet()
    stamp = ReceivedStamp(PROVINCE_OFFICE, (("เลขรับ", "3178"), ("วันที่", "15/9/65"), ("เวลา", "10.25")))
    received_stamp(sheet, stamp, 112, 16, rng)
    sheet.write(LEFT, 62, "ที่ มท ๐๘๙๙.๙/ว ๔๑")
    y = sheet.paragraph(LEFT, 72, "ถึง สำนักงานส่งเสริมการปกครองท้องถิ่น|จังหวัด ทุกจังหวัด", width=TEXT_WIDTH)
    y = _body(sheet, y + 2, _CIRCULAR_BODY)
    sheet.write(140, y + 12, "กรมส่งเสริมการปกครองท้องถิ่น", align="m")
    seal(sheet, 140, y + 24, around="ประทับตรา", rng=rng)
    sheet.write(140, y + 42, "๑๒ กันยายน ๒๕๖๕", align="m")
    _contacts(
        sheet,
        ("กองพัฒนากิจกรรมชุมชน", "โทร. ๐-๐๐๐๐-๐๒๔๖ ต่อ ๑๘", "โทรสาร ๐-๐๐๐๐-๐๒๔๗", "ไปรษณีย์อิเล็กทรอนิกส์ lansuk@example.go.th"),
    )
    qr(sheet, 158, 240, QR_VALUE)
    letter = truth.Letter(
        pages=(2,),
        form="stamped",
        number="มท 0899.9/ว 41",
        date="2022-09-12",
        sender="กรมส่งเสริมการปกครองท้องถิ่น",
        recipients=("สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด ทุกจังหวัด",),
        references=(truth.Reference("มท 0899.9/ว 17", "2022-06-20"),),
        deadline="2022-10-07",
        as_of="2022-09-05",
        contacts=(truth.Contact(phone="000000246", extension="18", fax="000000247", email="lansuk@example.go.th"),),
        received=(truth.Received(PROVINCE_OFFICE, "3178", "2022-09-15", "10:25"),),
    )
    return sheet, letter


def external_letter(rng: Random) -> tuple[Sheet, truth.Letter]:
    """An external letter with an emblem, references, enclosures, a signatory and contacts."""
    sheet = Sheet()
    emblem(sheet, MIDDLE, 14, 28)
    sheet.write(LEFT, 50, "ที่ ลย ๐๐๒๓.๔/๒๗๘๖")
    for number, line in enumerate(("สำนักงานส่งเสริมการปกครองท้องถิ่น", "จังหวัดเลย", "ถนนตัวอย่าง ลย ๔๒๐๐๐")):
        sheet.write(132, 50 + 7 * number, line)
    sheet.write(MIDDLE, 76, "๓ พฤศจิกายน ๒๕๖๕")
    y = 88.0
    for label, value in _EXTERNAL_HEAD:
        sheet.write(LEFT, y, f"{label}  ", record=False)
        shift = sheet.measure(f"{label}  ")
        printed = sheet.broken(value, TEXT_WIDTH - shift)
        for number, line in enumerate(printed):
            sheet.write(LEFT + shift, y, line, record=False)
            sheet.record(f"{label} {line}" if number == 0 else line)
            y += LINE_MM
        y += 1.5
    y = _body(sheet, y + 1, _EXTERNAL_BODY)
    sheet.write(132, y + 6, "ขอแสดงความนับถือ", align="m")
    who = truth.Signatory("นางตัวอย่าง เอกสารดี", "ท้องถิ่นจังหวัดเลย")
    signed(sheet, 132, y + 16, who, rng)
    _contacts(sheet, ("กลุ่มงานกฎหมาย ระเบียบ และเรื่องร้องทุกข์", "โทร. ๐-๐๐๐๐-๐๓๕๗", "โทรสาร ๐-๐๐๐๐-๐๓๕๘"))
    letter = truth.Letter(
        pages=(1,),
        form="external",
        number="ลย 0023.4/2786",
        date="2022-11-03",
        sender="สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดเลย",
        recipients=("นายกเทศมนตรีตำบลเชียงคาน",),
        subject="ขอเชิญร่วมประชุมชี้แจงแนวทางการดูแลห้องสมุดชุมชน",
        references=(truth.Reference("ชค 51001/184", "2022-10-18", "หนังสือเทศบาลตำบลเชียงคาน"),),
        enclosures=("กำหนดการประชุม จำนวน 1 ฉบับ", "แบบตอบรับ จำนวน 1 ฉบับ"),
        deadline="2022-11-15",
        contacts=(truth.Contact(phone="000000357", fax="000000358"),),
        signatory=who,
    )
    return sheet, letter


def internal_memo(rng: Random, face: str = "Sarabun") -> tuple[Sheet, truth.Letter]:
    """An internal memo (บันทึกข้อความ) whose head stands on dotted leaders."""
    sheet = Sheet(face=face)
    emblem(sheet, LEFT + 8, 14, 15)
    sheet.write(MIDDLE, 28, "บันทึกข้อความ", size=20, weight="Bold", align="m")
    right = LEFT + TEXT_WIDTH
    office = "กลุ่มงานบริการสาธารณะท้องถิ่น โทร. ๐-๐๐๐๐-๐๔๖๘ ต่อ ๑๒"
    sheet.on_leader(LEFT, 40, "ส่วนราชการ", office, right=right, label_size=13)
    sheet.on_leader(LEFT, 48.5, "ที่", "ตง ๐๐๒๓.๕/๖๓๑", right=MIDDLE, label_size=13)
    sheet.on_leader(MIDDLE + 2, 48.5, "วันที่", "๒๕ สิงหาคม ๒๕๖๕", right=right, label_size=13)
    subject = "รายงานผลการตรวจเครื่องเล่นสนามเด็กเล่น"
    sheet.on_leader(LEFT, 57, "เรื่อง", subject, right=right, label_size=13)
    sheet.write(LEFT, 68, "เรียน  ท้องถิ่นจังหวัดตรัง")
    y = _body(sheet, 77, _MEMO_BODY)
    who = truth.Signatory("นางสาวจำลอง มาเขียน", "นักส่งเสริมการปกครองท้องถิ่นชำนาญการ")
    y = signed(sheet, 135, y + 12, who, rng)
    sheet.write(LEFT, y + 16, "ทราบ และให้ดำเนินการตามเสนอ")
    signature(sheet, LEFT + 22, y + 26, rng)
    sheet.write(MIDDLE, 288, DISCLAIMER, size=7, align="m")
    letter = truth.Letter(
        pages=(1,),
        form="internal",
        number="ตง 0023.5/631",
        date="2022-08-25",
        sender="กลุ่มงานบริการสาธารณะท้องถิ่น",
        recipients=("ท้องถิ่นจังหวัดตรัง",),
        subject=subject,
        contacts=(truth.Contact(phone="000000468", extension="12"),),
        signatory=who,
    )
    return sheet, letter


def on_page(letter: truth.Letter, page: int) -> truth.Letter:
    """The letter as it stands on another page of a bundle."""
    return replace(letter, pages=(page,))


def _body(sheet: Sheet, y: float, paragraphs: tuple[str, ...]) -> float:
    for paragraph in paragraphs:
        y = sheet.paragraph(LEFT, y, paragraph, width=TEXT_WIDTH, indent=INDENT) + 1.5
    return y


def _contacts(sheet: Sheet, lines: tuple[str, ...]) -> None:
    top = 281 - 6.4 * len(lines)
    for number, line in enumerate(lines):
        sheet.write(LEFT, top + 6.4 * number, line, size=10.5)
    sheet.write(MIDDLE, 290, DISCLAIMER, size=7, align="m")


def _endorsement(sheet: Sheet, rng: Random) -> truth.Endorsement:
    """The district's note at the foot of the province's letter."""
    x, y = 112.0, 216.0
    text = "เพื่อทราบและแจ้งผู้เกี่ยวข้องดำเนินการ"
    lines = (DISTRICT_OFFICE, "ที่ นน ๐๐๒๓.๑๕/ว ๗๗ วันที่ ๒๐ ก.ย. ๖๕", "เรียน นายก อบต. และนายกเทศมนตรี ทุกแห่ง", text)
    for number, line in enumerate(lines):
        sheet.write(x, y + 6.6 * number, line, size=10.0)
    signature(sheet, x + 35, y + 29, rng)
    sheet.write(x + 35, y + 40, "(นางสาวจินตนา สมมุติวงศ์)", size=10.0, align="m")
    sheet.write(x + 35, y + 46.6, "ท้องถิ่นอำเภอปัว", size=10.0, align="m")
    return truth.Endorsement(
        office=DISTRICT_OFFICE,
        number="นน 0023.15/ว 77",
        date="2022-09-20",
        to=("นายก อบต. และนายกเทศมนตรี ทุกแห่ง",),
        text=text,
        signatory=truth.Signatory("นางสาวจินตนา สมมุติวงศ์", "ท้องถิ่นอำเภอปัว"),
    )


_PROVINCE_BODY = (
    "ตามหนังสือ|กรมส่งเสริม|การปกครอง|ท้องถิ่น ที่ มท ๐๘๙๙.๙/ว ๔๑ ลงวันที่ ๑๒ กันยายน ๒๕๖๕ "
    "แจ้งให้|องค์กร|ปกครอง|ส่วนท้องถิ่น|สำรวจ|ลานกีฬา|และ|สนามเด็กเล่น|ของชุมชน|ที่อยู่|ในความดูแล "
    "แล้ว|บันทึกผล|ลงใน|ระบบ|ลานสุข|ให้ครบ|ทุกแห่ง นั้น",
    "จังหวัดน่าน|ตรวจดูแล้ว|พบว่า|หลายอำเภอ|ยังบันทึก|ไม่ครบ จึงขอให้|อำเภอ|แจ้ง|องค์กร|ปกครอง|ส่วนท้องถิ่น|ในพื้นที่ "
    "เร่ง|บันทึกผล|การสำรวจ|ให้แล้วเสร็จ|ภายใน|วันศุกร์ที่ ๗ ตุลาคม ๒๕๖๕ รายชื่อ|หน่วยงาน|ที่ยัง|ไม่ส่งข้อมูล|อยู่ใน|บัญชี|ท้ายหนังสือนี้",
)
_CIRCULAR_BODY = (
    "ตามหนังสือ|กรมส่งเสริม|การปกครอง|ท้องถิ่น ที่ มท ๐๘๙๙.๙/ว ๑๗ ลงวันที่ ๒๐ มิถุนายน ๒๕๖๕ "
    "ขอให้|จังหวัด|เชิญชวน|องค์กร|ปกครอง|ส่วนท้องถิ่น|สำรวจ|ลานกีฬา|และ|สนามเด็กเล่น|ของชุมชน นั้น",
    "บัดนี้ ข้อมูล ณ วันที่ ๕ กันยายน ๒๕๖๕ ปรากฏว่า|มีผู้ส่ง|ผลการสำรวจ|แล้ว|เพียง|บางส่วน "
    "จึงขอความ|ร่วมมือ|จังหวัด|ติดตาม|ให้ส่ง|ครบถ้วน|ภายใน|วันศุกร์ที่ ๗ ตุลาคม ๒๕๖๕ "
    "ดู|วิธี|บันทึก|ข้อมูล|และ|ตาราง|ความก้าวหน้า|ได้จาก QR Code ท้าย|หนังสือนี้",
)
_EXTERNAL_HEAD = (
    ("เรื่อง", "ขอเชิญ|ร่วมประชุม|ชี้แจง|แนวทาง|การดูแล|ห้องสมุด|ชุมชน"),
    ("เรียน", "นายกเทศมนตรี|ตำบล|เชียงคาน"),
    ("อ้างถึง", "หนังสือ|เทศบาล|ตำบล|เชียงคาน ที่ ชค ๕๑๐๐๑/๑๘๔ ลงวันที่ ๑๘ ตุลาคม ๒๕๖๕"),
    ("สิ่งที่ส่งมาด้วย", "๑. กำหนดการ|ประชุม                    จำนวน ๑ ฉบับ"),
    ("                      ", "๒. แบบตอบรับ                            จำนวน ๑ ฉบับ"),
)
_EXTERNAL_BODY = (
    "ตามหนังสือ|ที่อ้างถึง เทศบาล|ตำบล|เชียงคาน|ได้สอบถาม|แนวทาง|การดูแล|ห้องสมุด|ชุมชน|และ|การจัดหา|หนังสือ|เพิ่มเติม|สำหรับ|"
    "เด็ก|และ|ผู้สูงอายุ ความละเอียด|แจ้งแล้ว นั้น",
    "สำนักงาน|ส่งเสริม|การปกครอง|ท้องถิ่น|จังหวัดเลย|พิจารณาแล้ว เห็นควร|จัดประชุม|ชี้แจง|แก่|ผู้ดูแล|ห้องสมุด|ชุมชน|ทุกแห่ง "
    "ในวันอังคารที่ ๒๒ พฤศจิกายน ๒๕๖๕ เวลา ๐๙.๓๐ น. ณ ห้องประชุม|ตัวอย่าง ๒ จึงขอเชิญ|ท่าน|หรือ|ผู้แทน|เข้าร่วม|ประชุม "
    "และ|ส่ง|แบบตอบรับ|ภายใน|วันที่ ๑๕ พฤศจิกายน ๒๕๖๕",
    "จึงเรียนมา|เพื่อ|โปรดพิจารณา",
)
_MEMO_BODY = (
    "๑. เรื่องเดิม จังหวัดตรัง|มอบหมาย|ให้|กลุ่มงาน|ตรวจ|ความปลอดภัย|ของ|เครื่องเล่น|สนามเด็กเล่น|ที่อยู่|ในความดูแล|ของ|"
    "องค์กร|ปกครอง|ส่วนท้องถิ่น จำนวน ๑๒๘ แห่ง ภายใน|เดือน|สิงหาคม ๒๕๖๕",
    "๒. ข้อเท็จจริง กลุ่มงาน|ตรวจแล้ว ๑๑๙ แห่ง พบ|เครื่องเล่น|ชำรุด ๑๔ แห่ง คิดเป็น|ร้อยละ ๑๑.๗๖ ส่วนใหญ่|เป็น|ชิงช้า|และ|"
    "กระดานลื่น|ที่|น็อต|คลาย|หรือ|เป็นสนิม ยังไม่ได้|ตรวจ ๙ แห่ง|เพราะ|ทางเข้า|น้ำท่วม",
    "๓. ข้อเสนอ เห็นควร|แจ้ง|หน่วยงาน|เจ้าของ|ซ่อมแซม|ให้แล้วเสร็จ|ภายใน ๓๐ วัน และ|ปิด|การใช้งาน|ชั่วคราว|ระหว่าง|ซ่อม",
    "จึงเรียนมา|เพื่อ|โปรดทราบ|และ|พิจารณา",
)
