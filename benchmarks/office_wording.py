"""What made-up letters of many kinds of office say: memos that are decided on, firms, soldiers, regulations, meetings.

As in `letter_wording`, all names, numbers and sentences are invented, and every part is drawn by itself.
"""

from datetime import date

from benchmarks.letter_wording import TOPICS, Written, _Draw
from laodoc.thai.dates import MONTHS, SHORT_MONTHS
from samples.generator import truth
from samples.generator.sheet import thai

OFFICES = ("approved", "military", "firm", "regulation", "invitation")

LEFT_MIDDLE, RIGHT_MIDDLE = 65.0, 145.0
"""Middles of two columns of a memo, in millimetres."""
_UNITS = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_POWERS = ((1_000_000, "ล้าน"), (100_000, "แสน"), (10_000, "หมื่น"), (1_000, "พัน"), (100, "ร้อย"))
_FOUNDED = ("อนุมัติ", "เห็นชอบ", "อนุญาต", "ทราบ", "ทราบ/อนุญาต")


def make_office_letter(kind: str, seed: int) -> Written:
    """The letter of this kind of office and seed."""
    draw = _Draw(seed * 7919 + 100 + OFFICES.index(kind))
    return {
        "approved": _approved, "military": _military, "firm": _firm, "regulation": _regulation,
        "invitation": _invitation,
    }[kind](draw)  # fmt: skip


def in_words(number: int) -> str:
    """A number of whole hundreds in words."""
    said = ""
    for power, word in _POWERS:
        digit, number = divmod(number, power)
        said += f"{_UNITS[digit]}{word}" if digit else ""
    return said


def _place(draw: _Draw) -> tuple[str, str, str]:
    """(who works there, the place, its head's post)."""
    name = draw.district.name
    return draw.rng.choice(
        (
            ("กลุ่มงานบริหารทั่วไป", f"โรงพยาบาล{name}", "ผู้อำนวยการ"),
            ("กลุ่มบริหารวิชาการ", f"โรงเรียน{name}วิทยา", "ผู้อำนวยการ"),
            ("สำนักปลัด", f"องค์การบริหารส่วนตำบล{name}", "นายก"),
            ("งานธุรการ", f"วิทยาลัยการอาชีพ{name}", "ผู้อำนวยการ"),
            ("ฝ่ายปกครอง", f"อำเภอ{name}", "นายอำเภอ"),
        )
    )


def _approved(draw: _Draw) -> Written:
    """A memo on which one or two people decide below its writer."""
    unit, place, post = _place(draw)
    head = f"นายอำเภอ{draw.district.name}" if post == "นายอำเภอ" else f"{post}{place}"
    printed, value = draw.numbered(draw.letters, draw.code(), circular=False)
    writer, chief, director = (draw.person() for _ in range(3))
    decision = draw.one(*_FOUNDED)
    baht = draw.rng.randint(12, 1999) * 500
    money = draw.some(0.5)
    cost = (
        f"งบประมาณ {draw.digits(f'{baht:,}')} บาท ({in_words(baht)}บาทถ้วน)" if money else "โดยไม่ใช้งบประมาณของทางราชการ"
    )
    subject = draw.one("ขออนุมัติ", "ขออนุญาต", "รายงานผล", "ขอความเห็นชอบ") + draw.one(*TOPICS)
    middle = draw.one("beside", "below", "alone")
    decided = (decision, "", f"({director})", head)
    passed = (f"เรียน {head}", "เพื่อโปรดพิจารณา", "", f"({chief})", f"หัวหน้า{unit}")
    blocks = {
        "beside": ((LEFT_MIDDLE, passed), (RIGHT_MIDDLE, decided)),
        "below": ((RIGHT_MIDDLE, passed), (RIGHT_MIDDLE, decided)),
        "alone": ((RIGHT_MIDDLE, decided),),
    }[middle]
    names = (director,) if middle == "alone" else (chief, director)
    return Written(
        form="internal",
        title=("บันทึกข้อความ",),
        office=(f"{unit} {place}",),
        number=printed,
        date=draw.long(draw.day),
        head=(("เรื่อง", subject), ("เรียน", head)),
        body=(f"ด้วย{unit}ได้รับมอบหมายให้ดำเนินการ{draw.one(*TOPICS)} {cost}", "จึงเรียนมาเพื่อโปรดพิจารณา"),
        signatory=(writer, draw.one("นักวิชาการพัสดุชำนาญการ", "เจ้าพนักงานธุรการ", "พยาบาลวิชาชีพ")),
        approvals=blocks,
        more=(
            *(("approval name", name) for name in names),
            ("approval decision", decision),
            *((("amount", f"{baht} True"),) if money else ()),
        ),
        truth=truth.Letter(
            pages=(1,), form="internal", number=value, date=draw.day.isoformat(), sender=f"{unit} {place}",
            recipients=(head,), subject=subject, signatory=truth.Signatory(writer),
        ),
    )  # fmt: skip


def _military(draw: _Draw) -> Written:
    """A soldiers' memo: numbered paragraphs, short months, the rank before the signature."""
    unit = draw.one("กองพันทหารสมมุติ", "กองส่งกำลังบำรุง", "แผนกธุรการและกำลังพล")
    to = draw.one("กรมทหารตัวอย่าง", "ศูนย์การฝึกสมมุติ", "กองบัญชาการจำลอง")
    printed, value = draw.numbered("กห", draw.one("0301.10.1", "0317.5", "0481"), circular=draw.some(0.3))
    if value.endswith("/ว"):
        printed, value = draw.digits("กห 0302/77"), "กห 0302/77"
    day = draw.digits(f"{draw.day.day} {SHORT_MONTHS[draw.day.month - 1]} {(draw.day.year + 543) % 100}")
    rank = draw.one("พ.อ.", "พ.ท.", "พันเอก", "น.อ.", "พ.ต.อ.")
    name = draw.person().split(" ")
    who = " ".join(name[-2:])
    for title in ("นาย", "นางสาว", "นาง", "ดร.", "ว่าที่ร้อยตรี", "พันจ่าเอก", "ร้อยตำรวจโท"):
        who = who.removeprefix(title)
    things = draw.one("สำเนาใบลา", "แบบรายงาน", "กำหนดการ")
    counted = draw.digits(f"{things} จำนวน 1 ฉบับ")
    subject = draw.one("ขอความเห็นชอบ", "รายงาน", "ขอรับการสนับสนุน") + draw.one(*TOPICS)
    return Written(
        form="internal",
        title=("บันทึกข้อความ",),
        office=(unit,),
        number=printed,
        date=day,
        head=(("เรื่อง", subject), (draw.one("เสนอ", "เรียน"), to)),
        body=(
            draw.digits(f"1. {unit} ได้ดำเนินการ{draw.one(*TOPICS)}เรียบร้อยแล้ว ตามรายละเอียดในสิ่งที่ส่งมาด้วย {counted}"),
            draw.digits(f"2. {unit} จึงขอความเห็นชอบในการดำเนินการดังกล่าว"),
            "จึงเสนอมาเพื่อกรุณาพิจารณา",
        ),
        rank=rank,
        signatory=(who, draw.one("ผบ.กองพันสมมุติ", "ผอ.กองตัวอย่าง", "รอง ผบ.หน่วยสมมุติ ทำการแทน")),
        truth=truth.Letter(
            pages=(1,), form="internal", number=value, date=draw.day.isoformat(), sender=unit, recipients=(to,),
            subject=subject, signatory=truth.Signatory(f"{rank} {who}"),
        ),
    )  # fmt: skip


def _firm(draw: _Draw) -> Written:
    """A letter of a firm or a club, as these write."""
    name = draw.one("บริษัท สมมุติก่อสร้าง จำกัด", "ห้างหุ้นส่วนจำกัด ตัวอย่างการช่าง", "สมาคมผู้ปกครองสมมุติ", "มูลนิธิตัวอย่างเพื่อชุมชน")
    to, subject = f"นายก{draw.body}", draw.one("ขอส่งมอบงาน", "เสนอราคา", "ขอความอนุเคราะห์เรื่อง") + draw.one(*TOPICS)
    serial = f"{draw.one('ABC', 'SMT', 'บจ.')} {draw.rng.randint(1, 99):03}/{draw.day.year + 543}"
    head = [("เรื่อง", subject), ("เรียน", to)]
    if draw.some(0.4):
        head.reverse()
    who = draw.person()
    return Written(
        form="external",
        letterhead=(
            name,
            f"{draw.rng.randint(1, 99)} หมู่ {draw.rng.randint(1, 9)} อำเภอ{draw.district.name} {draw.province.name}",
        ),
        number=serial,
        date=f"{draw.day.day} {MONTHS[draw.day.month - 1]} {draw.day.year + 543}",
        head=tuple(head),
        body=(f"ตามที่{name}ได้ดำเนินการ{draw.one(*TOPICS)} ร่วมกับหน่วยงานของท่าน", "จึงเรียนมาเพื่อโปรดพิจารณา"),
        closing="ขอแสดงความนับถือ",
        signatory=(who, draw.one("กรรมการผู้จัดการ", "หุ้นส่วนผู้จัดการ", "ประธานกรรมการ")),
        truth=truth.Letter(
            pages=(1,), form="external", number=serial.replace("บจ. ", "บจ "), date=draw.day.isoformat(), sender=name,
            recipients=(to,), subject=subject, signatory=truth.Signatory(who),
        ),
    )  # fmt: skip


def _regulation(draw: _Draw) -> Written:
    """A regulation or an announcement about something, its day in full words."""
    kind, form = draw.rng.choice((("ระเบียบ", "order"), ("ข้อบังคับ", "order"), ("ประกาศ", "announcement")))
    sender = draw.one("มหาวิทยาลัยสมมุติ", draw.body, "กรมทรัพยากรน้ำ", f"โรงเรียน{draw.district.name}วิทยา")
    year = draw.day.year + 543
    subject = f"ว่าด้วย{draw.one('การใช้รถยนต์ส่วนกลาง', 'การจัดการศึกษา', 'แนวทางปฏิบัติงานพัสดุ')} พ.ศ. {thai(year)}"
    who = draw.person()
    day = thai(
        f"{draw.day.day} {draw.one('', 'เดือน ')}{MONTHS[draw.day.month - 1]} {draw.one('', 'พ.ศ. ', 'พุทธศักราช ')}{year}"
    )
    return Written(
        form=form,
        title=(f"{kind}{sender}", subject),
        body=(f"โดยที่เป็นการสมควรกำหนดหลักเกณฑ์เกี่ยวกับ{draw.one(*TOPICS)}ให้เหมาะสมยิ่งขึ้น", f"ข้อ {thai(1)} ให้ใช้ตั้งแต่บัดนี้เป็นต้นไป"),
        decree=f"{draw.one('ประกาศ', 'ประกาศ', 'ให้ไว้')} ณ วันที่ {day}",
        signatory=(who, draw.one("อธิการบดี", "อธิบดี", "ผู้อำนวยการ", "นายกสภามหาวิทยาลัย")),
        truth=truth.Letter(
            pages=(1,), form=form, date=draw.day.isoformat(), sender=sender, subject=subject,
            signatory=truth.Signatory(who),
        ),
    )  # fmt: skip


def _invitation(draw: _Draw) -> Written:
    """A letter of a university, a court, the police or a state enterprise that invites to a meeting."""
    letters, office, rest = draw.rng.choice(
        (
            ("อว", "คณะวิทยาศาสตร์", ("มหาวิทยาลัยสมมุติ", "ถนนตัวอย่าง")),
            ("ศย", f"ศาลจังหวัด{draw.province.name}", ("ถนนสมมุติ",)),
            ("ตช", f"สถานีตำรวจภูธร{draw.district.name}", (f"อำเภอ{draw.district.name}",)),
            ("มท", "การไฟฟ้าส่วนภูมิภาค", (f"อำเภอ{draw.district.name}",)),
        )
    )
    printed, value = draw.numbered(letters, draw.code(), circular=False)
    subject, to = (
        f"ขอเชิญประชุม{draw.one(*TOPICS)}",
        draw.one(f"นายอำเภอ{draw.district.name}", f"นายก{draw.body}", "ผู้อำนวยการโรงเรียนสมมุติวิทยา"),
    )
    when: date = draw.later(5, 60)
    hour, minute = draw.rng.randint(8, 15), draw.one("00", "30")
    room = draw.one("ห้องประชุมสมมุติ ชั้น ๒", "หอประชุมอำเภอ", "โรงแรมตัวอย่าง", "ห้องประชุมอเนกประสงค์")
    day = draw.weekday(when) if draw.some(0.6) else f"วันที่ {draw.long(when)}"
    who = draw.person()
    post = {"คณะ": "คณบดี", "ศาล": "ผู้พิพากษาหัวหน้าศาล", "สถา": "ผู้กำกับการ", "การ": "ผู้จัดการ"}[office[:3]]
    return Written(
        form="external",
        number=printed,
        office=(office, *rest),
        date=draw.long(draw.day),
        head=(("เรื่อง", subject), ("เรียน", to)),
        body=(
            f"ด้วย{office}กำหนดจัดประชุมเกี่ยวกับ{draw.one(*TOPICS)}",
            f"ในการนี้ จึงขอเชิญท่านเข้าร่วมประชุมใน{day} เวลา {draw.digits(f'{hour:02}.{minute}')} น. ณ {room}"
            f" {draw.one('', 'เพื่อพิจารณาร่วมกัน', 'รายละเอียดตามสิ่งที่ส่งมาด้วย')}",
            "จึงเรียนมาเพื่อโปรดเข้าร่วมประชุมตามวันและเวลาดังกล่าว",
        ),
        closing="ขอแสดงความนับถือ",
        signatory=(who, post),
        more=(("event date", when.isoformat()), ("event time", f"{hour:02}:{minute}"), ("event place", room)),
        truth=truth.Letter(
            pages=(1,), form="external", number=value, date=draw.day.isoformat(), sender=office, recipients=(to,),
            subject=subject, signatory=truth.Signatory(who),
        ),
    )  # fmt: skip
