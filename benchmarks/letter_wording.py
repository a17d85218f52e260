"""What made-up letters say: the parts of six forms of letters, each in many wordings, with what they mean.

All names, telephone numbers and sentences are invented. `make_letter(form, seed)` draws the wording of every part by
itself, so that parts meet in combinations that nobody wrote down.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from laodoc.thai.dates import MONTHS, SHORT_MONTHS, WEEKDAYS
from laodoc.thai.places import LOCAL_BODIES, Place, districts, letters_of_province, provinces, subdistricts
from samples.generator import truth
from samples.generator.sheet import thai

FORMS = ("external", "internal", "stamped", "order", "announcement", "minutes")

FIRST = [
    "สมคิด",
    "วิภา",
    "ธีรเดช",
    "กนกอร",
    "ปรีชา",
    "อรพิน",
    "ชัยวัฒน์",
    "สุนิสา",
    "ณัฐพล",
    "รัตนา",
    "เกียรติศักดิ์",
    "พรทิพย์",
    "อนุชา",
    "มาลี",
    "วรวุฒิ",
]
LAST = ["ใจเย็น", "ตัวอย่างดี", "แสงสมมุติ", "ทองทดลอง", "บุญจำลอง", "ศรีสมมติ", "งามทดสอบ", "รักงาน", "มีสุขสม", "วงศ์จำลอง"]
TITLES = ("นาย", "นาง", "นางสาว", "ว่าที่ร้อยตรี ", "ว่าที่ ร.ต.หญิง ", "พันจ่าเอก ", "ดร.", "ร้อยตำรวจโท ")
TOPICS = (
    "การสำรวจข้อมูลบ่อขยะชุมชน", "โครงการอบรมอาสาสมัครดูแลผู้สูงอายุ", "การเตรียมความพร้อมรับสถานการณ์ภัยแล้ง",
    "การจัดทำแผนพัฒนาท้องถิ่น (พ.ศ. ๒๕๖๖ - ๒๕๗๐)", "แนวทางการเบิกจ่ายค่าตอบแทนคณะกรรมการ", "การขึ้นทะเบียนผู้มีสิทธิรับเบี้ยความพิการ",
    "รายงานผลการใช้จ่ายงบประมาณเงินอุดหนุนเฉพาะกิจ", "การประชาสัมพันธ์โครงการคลินิกเกษตรเคลื่อนที่", "การตรวจสอบความปลอดภัยของเครื่องเล่นสนาม",
    "การคัดเลือกศูนย์พัฒนาเด็กเล็กต้นแบบ ประจำปี ๒๕๖๕", "การป้องกันและควบคุมโรคพิษสุนัขบ้า", "ขอความร่วมมือลดการใช้พลังงานในหน่วยงานของรัฐ",
    "การดำเนินการตามมาตรการจัดการน้ำเสียในคลองสาธารณะ", "การสรรหาพนักงานจ้างตามภารกิจ", "การกำหนดหลักเกณฑ์การใช้รถส่วนกลางและการบันทึกระยะทางเมื่อเดินทางไปราชการ",
)  # fmt: skip
WORK = (
    "หน่วยงานได้จัดทำแบบสำรวจไว้แล้ว", "เพื่อให้การดำเนินงานเป็นไปด้วยความเรียบร้อยและทันต่อสถานการณ์", "ในการนี้ พื้นที่ซึ่งอยู่ในเขตรับผิดชอบมีจำนวนมาก",
    "โดยมีวัตถุประสงค์เพื่อพัฒนาคุณภาพชีวิตของประชาชนในพื้นที่ให้ดียิ่งขึ้น", "ทั้งนี้ ให้ถือปฏิบัติตามระเบียบที่เกี่ยวข้องโดยเคร่งครัด",
)  # fmt: skip
MINISTRIES = (
    ("มท", "กรมส่งเสริมการปกครองท้องถิ่น"), ("กษ", "กรมชลประทาน"), ("สธ", "กรมควบคุมโรค"), ("ศธ", "สำนักงานปลัดกระทรวงศึกษาธิการ"),
    ("พม", "กรมกิจการผู้สูงอายุ"), ("ทส", "กรมทรัพยากรน้ำ"), ("กค", "กรมบัญชีกลาง"),
)  # fmt: skip


@dataclass
class Written:
    """A letter as it is to be printed, part by part, and its truth; parts that a form lacks stay empty."""

    form: str
    truth: truth.Letter
    number: str = ""
    title: tuple[str, ...] = ()
    office: tuple[str, ...] = ()
    date: str = ""
    head: tuple[tuple[str, str], ...] = ()
    body: tuple[str, ...] = ()
    decree: str = ""
    closing: str = ""
    signatory: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()
    urgency: str = ""
    secrecy: str = ""
    stamp: tuple[str, tuple[tuple[str, str], ...]] | None = None
    note: tuple[str, ...] = ()
    lists: tuple[str, ...] = field(default=())
    rank: str = ""
    letterhead: tuple[str, ...] = ()
    approvals: tuple[tuple[float, tuple[str, ...]], ...] = ()
    """Blocks below the writer's name, each with its middle in millimetres; an empty line leaves room for a signature."""
    more: tuple[tuple[str, str], ...] = ()
    """Further fields that the letter says, by the names under which they are counted."""


class _Draw:
    """The drawing of one letter's parts."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)
        self.province: Place = self.rng.choice([p for p in provinces() if p.name != "กรุงเทพมหานคร"])
        self.district: Place = self.rng.choice(districts(self.province.code))
        self.day = date(2018, 1, 5) + timedelta(days=self.rng.randrange(2100))
        self.letters = letters_of_province(self.province.code) or "มท"
        self.body = self._local_body()

    def one(self, *choices: str) -> str:
        return self.rng.choice(choices)

    def some(self, share: float) -> bool:
        return self.rng.random() < share

    def digits(self, text: str) -> str:
        """In Thai digits, seldom in Arabic ones."""
        return text if self.some(0.12) else thai(text)

    def _local_body(self) -> str:
        kind = self.one(*(name for name in LOCAL_BODIES if not name.endswith("จังหวัด") and "." not in name))
        return kind + self.rng.choice(subdistricts(self.district.code)).name

    def person(self) -> str:
        return self.one(*TITLES) + self.one(*FIRST) + " " + self.one(*LAST)

    def later(self, least: int, most: int) -> date:
        return self.day + timedelta(days=self.rng.randint(least, most))

    def long(self, day: date) -> str:
        form = self.one("{d} {m} {y}", "{d} {m} {y}", "{d} {m} พ.ศ. {y}", "{d}  {m}  {y}")
        return self.digits(form.format(d=day.day, m=MONTHS[day.month - 1], y=day.year + 543))

    def short(self, day: date) -> str:
        form = self.one("{d} {s} {yy}", "{d} {s} {y}", "{d}/{n}/{yy}", "{d}{s}{yy}")
        values = {"d": day.day, "s": SHORT_MONTHS[day.month - 1], "n": day.month, "y": day.year + 543}
        return form.format(**values, yy=(day.year + 543) % 100)

    def weekday(self, day: date) -> str:
        return f"วัน{WEEKDAYS[day.weekday()]}ที่ {self.long(day)}"

    def code(self) -> str:
        return self.one("0023.3", "0017.1", "0018", "0032.005", "0818", "0017.2.1", "52001", "71302.1", "0033.010.02")

    def numbered(self, letters: str, code: str, *, circular: bool) -> tuple[str, str]:
        """As printed, and its value."""
        run = str(self.rng.randint(1, 9999))
        if circular and self.some(0.12):
            return self.digits(f"{letters} {code}/ว") + ("" if self.some(0.5) else "          "), f"{letters} {code}/ว"
        mark = "ว" if circular else ""
        value = f"{letters} {code}/{mark} {run}" if mark else f"{letters} {code}/{run}"
        printed = (
            self.one("{l} {c}/{m} {r}", "{l} {c}/{m}{r}", "{l}  {c} / {m} {r}")
            if mark
            else self.one("{l} {c}/{r}", "{l} {c}/ {r}")
        )
        return self.digits(printed.format(l=letters, c=code, m=mark, r=run)), value

    def reference(self) -> tuple[str, str, truth.Reference]:
        """(for อ้างถึง, for the running text, truth)."""
        letters, issuer = self.rng.choice(MINISTRIES)
        if self.some(0.4):
            letters, issuer = (
                self.letters,
                self.one(f"จังหวัด{self.province.name}", f"สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด{self.province.name}"),
            )
        urgent = self.one("", "", "", " ด่วนที่สุด", " ด่วนมาก")
        printed, value = self.numbered(
            letters, self.one("0808.2", "0809.3", "0023.5", "0204.1"), circular=self.some(0.7)
        )
        if value.endswith("/ว"):
            printed, value = self.digits(f"{letters} 0810.6/ว 77"), f"{letters} 0810.6/ว 77"
        day = self.day - timedelta(days=self.rng.randint(3, 200))
        dated = self.one("ลงวันที่", "ลงวันที่", "ลง วันที่")
        listed = f"หนังสือ{issuer}{urgent} ที่ {printed.strip()} {dated} {self.long(day)}"
        return listed, listed, truth.Reference(value, day.isoformat())

    def deadline(self) -> tuple[str, str]:
        """A clause and its day."""
        day = self.later(5, 90)
        clause = self.one(
            "และรายงานผลให้ทราบภายใน{w}", "ภายในวันที่ {l}", "ให้แล้วเสร็จก่อนวันที่ {l}", "และส่งแบบตอบรับไม่เกินวันที่ {l}",
            "ภายในเวลา ๑๖.๓๐ น. ของ{w}", "ภายในวันที่ {l} เวลา ๑๒.๐๐ น.", "โดยจัดส่งให้ถึงอำเภอภายในวันที่ {l} ด้วย", "ไม่ช้ากว่าวันที่ {l}",
            "ภายใน {w} เป็นอย่างช้า", "อย่างช้าภายในวันที่ {l}", "และรายงานภายในกำหนดวันที่ {l}", "ให้จังหวัดทราบ ภายในวันที่ {l} เพื่อรวบรวมต่อไป",
        )  # fmt: skip
        return clause.format(w=self.weekday(day), l=self.long(day)), day.isoformat()

    def contact(self) -> tuple[tuple[str, ...], truth.Contact]:
        own = f"0 {self.rng.randint(2000, 5999)} 0{self.rng.randint(100, 999)}"
        phone = own if self.some(0.5) else own.replace(" ", "-", 1).replace(" ", "-")
        extension = str(self.rng.randint(11, 9999)) if self.some(0.5) else None
        fax = own[:-3] + str(self.rng.randint(100, 999)) if self.some(0.4) else None
        email = (
            f"{self.one('saraban', 'local.dev', 'plan_2565')}@{self.one('nowhere', 'sample', 'tambon')}.example.go.th"
            if self.some(0.4)
            else None
        )
        name = self.person() if self.some(0.35) else None
        lines = [
            self.one("โทร. {p}", "โทร {p}", "โทรศัพท์ {p}", "โทรศัพท์/โทรสาร {p}", "โทร.{p}").format(p=self.digits(phone))
        ]
        if "โทรสาร" in lines[0]:
            fax = None
        same = own if "โทรสาร" in lines[0] else None
        if extension:
            lines[0] += self.one(" ต่อ ", " ต่อ") + self.digits(extension)
        if fax:
            text = self.one("โทรสาร {f}", "โทรสาร. {f}").format(f=self.digits(fax))
            lines = [f"{lines[0]} {text}"] if self.some(0.3) else [*lines, text]
        if email:
            lines.append(self.one("ไปรษณีย์อิเล็กทรอนิกส์ {e}", "E-mail : {e}", "อีเมล {e}").format(e=email))
        if name:
            lines.append(self.one("ผู้ประสานงาน {n}", "ผู้ประสานงาน : {n}", "(ผู้ประสานงาน {n})").format(n=name))
        plain = {"phone": own.replace(" ", ""), "fax": (fax or same or "").replace(" ", "") or None}
        return tuple(lines), truth.Contact(name=name, extension=extension, email=email, **plain)

    def post(self, office: str) -> tuple[str, ...]:
        if office.startswith("จังหวัด") or "จังหวัด" in office:
            return self.rng.choice(
                (
                    (f"ผู้ว่าราชการจังหวัด{self.province.name}",),
                    (
                        f"รองผู้ว่าราชการจังหวัด {self.one('ปฏิบัติราชการแทน', 'รักษาราชการแทน')}",
                        f"ผู้ว่าราชการจังหวัด{self.province.name}",
                    ),
                    (f"ท้องถิ่นจังหวัด{self.province.name}", "ปฏิบัติราชการแทน", f"ผู้ว่าราชการจังหวัด{self.province.name}"),
                )
            )
        if "อำเภอ" in office:
            return self.rng.choice(
                ((f"นายอำเภอ{self.district.name}",), ("ปลัดอำเภอ รักษาราชการแทน", f"นายอำเภอ{self.district.name}"))
            )
        if office.startswith(("เทศบาล", "องค์การ")):
            head = "นายก" + office
            return self.rng.choice(((head,), (f"รอง{head} ปฏิบัติราชการแทน", head), ("ปลัดเทศบาล ปฏิบัติหน้าที่", head)))
        return self.rng.choice((("อธิบดี",), ("รองอธิบดี ปฏิบัติราชการแทน", "อธิบดี")))

    def enclosures(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(lines behind the label, truth)."""
        things = self.rng.sample(
            (
                "สำเนาหนังสือกรมสมมุติ",
                "แบบรายงานผลการดำเนินงาน",
                "กำหนดการ",
                "รายชื่อผู้เข้าร่วมประชุม",
                "คู่มือการปฏิบัติงาน",
                "ปฏิทินการดำเนินงาน",
            ),
            self.rng.randint(1, 3),
        )
        counted = [
            self.digits(f"{thing} จำนวน {self.rng.randint(1, 9)} {self.one('ชุด', 'ฉบับ', 'แผ่น')}") for thing in things
        ]
        if len(counted) == 1:
            return tuple(counted), tuple(counted)
        return tuple(self.digits(f"{n}. ") + each for n, each in enumerate(counted, start=1)), tuple(counted)


def make_letter(form: str, seed: int) -> Written:
    """The letter of this form and seed."""
    draw = _Draw(seed * 7919 + FORMS.index(form))
    return {
        "external": _external, "internal": _internal, "stamped": _stamped, "order": _order,
        "announcement": _announcement, "minutes": _minutes,
    }[form](draw)  # fmt: skip


def _subject(draw: _Draw) -> str:
    lead = draw.one("", "", "ขอเชิญประชุมเรื่อง", "แจ้ง", "ขอให้รายงาน", "ติดตาม")
    return lead + draw.one(*TOPICS)


def _paragraphs(draw: _Draw, opening: str, clause: str, wish: str) -> tuple[str, ...]:
    extra = [draw.one(*WORK)] if draw.some(0.7) else []
    return (" ".join([opening, *extra, clause]), wish)


def _wish(draw: _Draw) -> str:
    return draw.one(
        "จึงเรียนมาเพื่อโปรดพิจารณา", "จึงเรียนมาเพื่อโปรดทราบและถือปฏิบัติต่อไป", "จึงเรียนมาเพื่อทราบ และแจ้งองค์กรปกครองส่วนท้องถิ่นในพื้นที่ดำเนินการต่อไป",
        "จึงเรียนมาเพื่อโปรดดำเนินการในส่วนที่เกี่ยวข้อง", "จึงเรียนมาเพื่อโปรดให้ความร่วมมือด้วย จะขอบคุณยิ่ง",
    )  # fmt: skip


def _recipients(draw: _Draw) -> tuple[str, tuple[str, ...]]:
    body = draw.body
    return draw.rng.choice(
        (
            (f"นายอำเภอ{draw.district.name}", (f"นายอำเภอ{draw.district.name}",)),
            ("นายอำเภอ ทุกอำเภอ", ("นายอำเภอ ทุกอำเภอ",)),
            ("ผู้ว่าราชการจังหวัด ทุกจังหวัด", ("ผู้ว่าราชการจังหวัด ทุกจังหวัด",)),
            (f"นายก{body}", (f"นายก{body}",)),
            (f"ผู้ว่าราชการจังหวัด{draw.province.name}", (f"ผู้ว่าราชการจังหวัด{draw.province.name}",)),
            (
                f"นายอำเภอทุกอำเภอ และนายกเทศมนตรีเมือง{draw.province.name}",
                ("นายอำเภอทุกอำเภอ", f"นายกเทศมนตรีเมือง{draw.province.name}"),
            ),
            ("หัวหน้าส่วนราชการประจำจังหวัดทุกส่วนราชการ", ("หัวหน้าส่วนราชการประจำจังหวัดทุกส่วนราชการ",)),
            (
                "ปลัดจังหวัด ท้องถิ่นจังหวัด และนายอำเภอทุกอำเภอ",
                ("ปลัดจังหวัด", "ท้องถิ่นจังหวัด", "นายอำเภอทุกอำเภอ"),
            ),
            ("ผู้อำนวยการโรงเรียนในสังกัดทุกแห่ง", ("ผู้อำนวยการโรงเรียนในสังกัดทุกแห่ง",)),
        )
    )


def _sender(draw: _Draw) -> tuple[tuple[str, ...], str, str]:
    """(lines at the right, the office as one text, letters of its numbers)."""
    letters, department = draw.rng.choice(MINISTRIES)
    where = f"ถนนสมมุติ {draw.letters} {thai(draw.rng.randint(10000, 96999))}"
    office = f"ที่ว่าการอำเภอ{draw.district.name}"
    hall, body = (
        f"ศาลากลางจังหวัด{draw.province.name}",
        "สำนักงาน" + draw.body if draw.body.startswith("เทศบาล") else "ที่ทำการ" + draw.body,
    )
    return draw.rng.choice(
        (
            ((hall, where), hall, draw.letters),
            ((office, where), office, draw.letters),
            (
                (body, f"ตำบลสมมุติ อำเภอ{draw.district.name}", f"จังหวัด{draw.province.name} {thai(51000)}"),
                body,
                draw.letters,
            ),
            ((department, "ถนนตัวอย่าง เขตสมมุติ กรุงเทพฯ ๑๐๓๐๐"), department, letters),
        )
    )


def _marks(draw: _Draw) -> tuple[str, str]:
    return draw.one("", "", "", "ด่วนที่สุด", "ด่วนมาก", "ด่วน"), draw.one("", "", "", "", "", "", "ลับ", "ลับมาก")


def _stamp(draw: _Draw, to: str) -> tuple[tuple[str, tuple[tuple[str, str], ...]], truth.Received]:
    number, day = str(draw.rng.randint(1, 9999)), draw.later(1, 6)
    hour, minute = draw.rng.randint(8, 16), draw.rng.randint(0, 59)
    time = f"{hour:02}.{minute:02}" if draw.some(0.6) else None
    labels = draw.rng.choice(
        (("เลขรับ", "วันที่", "เวลา"), ("เลขที่รับ", "วันที่", "เวลา"), ("รับที่", "วันที่", "เวลา"), ("เลขที่", "วันที่", "เวลา"))
    )
    entries = [(labels[0], number), (labels[1], draw.short(day))]
    if time:
        entries.append((labels[2], draw.one(f"{time} น.", time)))
    value = truth.Received(to, number, day.isoformat(), f"{hour:02}:{minute:02}" if time else None)
    return (to, tuple(entries)), value


def _note(draw: _Draw) -> tuple[tuple[str, ...], truth.Endorsement]:
    """A district's endorsement below the letter."""
    printed, value = draw.numbered(draw.letters, draw.one("0023.14", "0118", "0023.7"), circular=draw.some(0.6))
    if value.endswith("/ว"):
        printed, value = draw.digits(f"{draw.letters} 0023.9/ว 15"), f"{draw.letters} 0023.9/ว 15"
    day, who = draw.later(2, 9), draw.person()
    to = draw.one("นายกเทศมนตรีตำบล ทุกแห่ง", "นายกองค์การบริหารส่วนตำบลทุกแห่ง", f"นายก{draw.body}", "กำนันผู้ใหญ่บ้านทุกตำบล")
    text = draw.one(
        "เพื่อโปรดทราบและดำเนินการ", "เพื่อทราบและถือปฏิบัติ", "เพื่อพิจารณาดำเนินการในส่วนที่เกี่ยวข้อง", "ให้รายงานผลให้อำเภอทราบโดยด่วน"
    )
    office = f"อำเภอ{draw.district.name}"
    lines = (
        office,
        f"ที่ {printed.strip()} วันที่ {thai(draw.short(day))}",
        f"เรียน {to}",
        f"  {text}",
        f"({who})",
        f"นายอำเภอ{draw.district.name}",
    )
    return lines, truth.Endorsement(office, value, day.isoformat(), (to,), text, truth.Signatory(who))


def _external(draw: _Draw) -> Written:
    office, sender, letters = _sender(draw)
    printed, value = draw.numbered(letters, draw.code(), circular=draw.some(0.5))
    subject, (to, recipients) = _subject(draw), _recipients(draw)
    head = [("เรื่อง", subject), ("เรียน", to)]
    references: list[truth.Reference] = []
    listed: list[str] = []
    opening = f"ด้วย{draw.one('จังหวัด', 'อำเภอ', 'หน่วยงาน', 'กระทรวงมหาดไทย')}กำหนดจัด{draw.one(*TOPICS)}ขึ้น"
    count = draw.rng.choice((0, 1, 1, 2))
    for _ in range(count):
        text, _, reference = draw.reference()
        listed.append(text)
        references.append(reference)
    if count and draw.some(0.65):
        items = listed if count == 1 else [draw.digits(f"{n}. ") + each for n, each in enumerate(listed, start=1)]
        head.append(("อ้างถึง", "\n".join(items)))
        opening = draw.one("ตามหนังสือที่อ้างถึง", "ตามที่อ้างถึง") + f" ได้แจ้งให้ดำเนินการเกี่ยวกับ{draw.one(*TOPICS)} นั้น"
    elif count:
        opening = (
            f"ตาม{listed[0]} แจ้งให้ดำเนินการเกี่ยวกับ{draw.one(*TOPICS)}" + (f" และ{listed[1]}" if count > 1 else "") + " นั้น"
        )
    enclosures: tuple[str, ...] = ()
    if draw.some(0.6):
        lines, enclosures = draw.enclosures()
        head.append((draw.one("สิ่งที่ส่งมาด้วย", "สิ่งที่ส่งมาด้วย", "เอกสารแนบ"), "\n".join(lines)))
    clause, deadline = draw.deadline() if draw.some(0.6) else ("และขอความร่วมมือประชาสัมพันธ์ให้ผู้สนใจทราบโดยทั่วกัน", None)
    as_of = draw.day - timedelta(days=draw.rng.randint(1, 20)) if draw.some(0.2) else None
    if as_of:
        clause = f"ปรากฏตามข้อมูล ณ วันที่ {draw.long(as_of)} " + clause
    who = draw.person()
    foot, contact = draw.contact()
    urgency, secrecy = _marks(draw)
    stamp, received = _stamp(draw, f"ที่ว่าการอำเภอ{draw.district.name}") if draw.some(0.4) else (None, None)
    note, endorsement = _note(draw) if stamp and draw.some(0.6) else ((), None)
    return Written(
        form="external",
        number=printed,
        office=office,
        date=draw.long(draw.day),
        head=tuple(head),
        body=_paragraphs(draw, opening, clause, _wish(draw)),
        closing=draw.one("ขอแสดงความนับถือ", "ขอแสดงความนับถืออย่างยิ่ง"),
        signatory=(who, *draw.post(sender)),
        foot=(draw.one("กลุ่มงานส่งเสริมการพัฒนา", "ฝ่ายอำนวยการ", "สำนักปลัด", "กองยุทธศาสตร์"), *foot),
        urgency=urgency,
        secrecy=secrecy,
        stamp=stamp,
        note=note,
        truth=truth.Letter(
            pages=(1,), form="external", number=value, date=draw.day.isoformat(), sender=sender, recipients=recipients,
            subject=subject, urgency=urgency or None, references=tuple(references), enclosures=enclosures,
            deadline=deadline, as_of=as_of.isoformat() if as_of else None, contacts=(contact,),
            signatory=truth.Signatory(who), received=(received,) if received else (),
            endorsements=(endorsement,) if endorsement else (),
        ),
    )  # fmt: skip


def _internal(draw: _Draw) -> Written:
    office = draw.one(
        "กลุ่มงานบริการสาธารณะท้องถิ่น",
        "สำนักปลัดเทศบาล",
        f"ที่ทำการปกครองอำเภอ{draw.district.name}",
        "กองการศึกษา ศาสนาและวัฒนธรรม",
        "งานพัสดุ กองคลัง",
    )
    printed, value = draw.numbered(draw.letters, draw.code(), circular=draw.some(0.3))
    subject, (to, recipients) = _subject(draw), _recipients(draw)
    phone = f"0 {draw.rng.randint(2000, 5999)} 0{draw.rng.randint(100, 999)}"
    with_phone = draw.some(0.6)
    references: tuple[truth.Reference, ...] = ()
    opening = draw.one("ด้วย", "ตามที่", "เนื่องจาก") + f"{office}ได้รับมอบหมายให้ดำเนินการ{draw.one(*TOPICS)}"
    if draw.some(0.4):
        text, _, reference = draw.reference()
        opening, references = f"ตาม{text} เรื่อง {draw.one(*TOPICS)} นั้น", (reference,)
    clause, deadline = draw.deadline() if draw.some(0.5) else ("เรียบร้อยแล้ว", None)
    who = draw.person()
    urgency, secrecy = _marks(draw)
    return Written(
        form="internal",
        title=("บันทึกข้อความ",),
        office=(f"{office}" + (f" {draw.one('โทร.', 'โทร', 'โทรศัพท์')} {draw.digits(phone)}" if with_phone else ""),),
        number=printed,
        date=draw.long(draw.day),
        head=(("เรื่อง", subject), ("เรียน", to)),
        body=_paragraphs(draw, opening, clause, draw.one("จึงเรียนมาเพื่อโปรดพิจารณา", "จึงเรียนมาเพื่อโปรดทราบ", "จึงเรียนมาเพื่อโปรดพิจารณาลงนาม")),
        signatory=(who, *draw.one("นักวิชาการศึกษาชำนาญการ", "หัวหน้าสำนักปลัด", "นิติกรปฏิบัติการ").split("\n")),
        urgency=urgency,
        secrecy=secrecy,
        truth=truth.Letter(
            pages=(1,), form="internal", number=value, date=draw.day.isoformat(), sender=office, recipients=recipients,
            subject=subject, urgency=urgency or None, references=references, deadline=deadline,
            contacts=(truth.Contact(phone=phone.replace(" ", "")),) if with_phone else (), signatory=truth.Signatory(who),
        ),
    )  # fmt: skip


def _stamped(draw: _Draw) -> Written:
    letters, department = draw.rng.choice(MINISTRIES)
    if draw.some(0.5):
        letters, department = draw.letters, f"สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด{draw.province.name}"
    printed, value = draw.numbered(letters, draw.code(), circular=True)
    to = draw.one(
        "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด ทุกจังหวัด", "สำนักงานส่งเสริมการปกครองท้องถิ่นอำเภอ ทุกอำเภอ", f"จังหวัด{draw.province.name}",
        "อำเภอทุกอำเภอ", f"ที่ว่าการอำเภอ{draw.district.name}", f"{draw.body}",
    )  # fmt: skip
    text, _, reference = draw.reference()
    has_reference = draw.some(0.7)
    opening = (
        f"ตาม{text} ให้ดำเนินการ{draw.one(*TOPICS)} นั้น"
        if has_reference
        else f"พร้อมหนังสือนี้ ได้ส่ง{draw.one(*TOPICS)} มาเพื่อดำเนินการ"
    )
    clause, deadline = draw.deadline() if draw.some(0.7) else ("ต่อไป", None)
    foot, contact = draw.contact()
    stamp, received = (
        _stamp(draw, f"สำนักงานส่งเสริมการปกครองท้องถิ่นอำเภอ{draw.district.name}") if draw.some(0.6) else (None, None)
    )
    note, endorsement = _note(draw) if stamp and draw.some(0.6) else ((), None)
    urgency, secrecy = _marks(draw)
    return Written(
        form="stamped",
        number=printed,
        head=(("ถึง", to),),
        body=_paragraphs(draw, opening, clause, draw.one("", "จึงแจ้งมาเพื่อทราบและดำเนินการต่อไป", "จึงแจ้งมาเพื่อโปรดทราบ")),
        closing=department,
        date=draw.long(draw.day),
        foot=(draw.one("กองสาธารณสุขท้องถิ่น", "กลุ่มงานการเงินบัญชีและการตรวจสอบ", "สำนักบริหารกลาง"), *foot),
        urgency=urgency,
        secrecy=secrecy,
        stamp=stamp,
        note=note,
        truth=truth.Letter(
            pages=(1,), form="stamped", number=value, date=draw.day.isoformat(), sender=department, recipients=(to,),
            urgency=urgency or None, references=(reference,) if has_reference else (), deadline=deadline,
            contacts=(contact,), received=(received,) if received else (),
            endorsements=(endorsement,) if endorsement else (),
        ),
    )  # fmt: skip


def _order(draw: _Draw) -> Written:
    sender = draw.one(f"จังหวัด{draw.province.name}", draw.body, f"อำเภอ{draw.district.name}", "กรมส่งเสริมการปกครองท้องถิ่น")
    serial, year = draw.rng.randint(1, 2999), draw.day.year + 543
    subject = draw.one(
        "แต่งตั้งคณะกรรมการ", "แต่งตั้งคณะทำงาน", "มอบหมายให้ข้าราชการปฏิบัติหน้าที่", "ให้พนักงานเดินทางไปราชการเกี่ยวกับ"
    ) + draw.one(*TOPICS)
    law = draw.one(
        "อาศัยอำนาจตามความในมาตรา ๕๗ แห่งพระราชบัญญัติระเบียบบริหารราชการแผ่นดิน พ.ศ. ๒๕๓๔",
        "เพื่อให้การดำเนินการเป็นไปด้วยความเรียบร้อย อาศัยอำนาจตามระเบียบกระทรวงการคลังว่าด้วยการจัดซื้อจัดจ้าง พ.ศ. ๒๕๖๐ ข้อ ๒๕",
        "ด้วยมีความจำเป็นต้องดำเนินการโดยเร่งด่วน และตามคำสั่งที่ ๑๒/๒๕๕๙ ลงวันที่ ๓ มีนาคม ๒๕๕๙",
    )
    effect = draw.one(
        "ทั้งนี้ ตั้งแต่บัดนี้เป็นต้นไป", "ทั้งนี้ ตั้งแต่วันที่ ๑ ตุลาคม ๒๕๖๕ เป็นต้นไป", "ให้ผู้ได้รับแต่งตั้งปฏิบัติหน้าที่ตามระเบียบโดยเคร่งครัด"
    )
    who = draw.person()
    return Written(
        form="order",
        title=(f"คำสั่ง{sender}", draw.one("ที่ {}/{}", "ที่  {} / {}", "ที่{}/{}").format(draw.digits(str(serial)), draw.digits(str(year))), f"เรื่อง {subject}"),
        body=(f"{law} จึงแต่งตั้งผู้มีรายชื่อต่อไปนี้", *(f"{thai(n)}. {draw.person()} {draw.one('ประธานกรรมการ', 'กรรมการ', 'กรรมการและเลขานุการ')}" for n in range(1, 4)), effect),
        decree=draw.one("สั่ง ณ วันที่ {}", "สั่ง  ณ  วันที่  {}").format(thai(f"{draw.day.day} {MONTHS[draw.day.month - 1]} {draw.one('', 'พ.ศ. ')}{year}")),
        signatory=(who, *draw.post(sender)),
        truth=truth.Letter(
            pages=(1,), form="order", number=f"{serial}/{year}", date=draw.day.isoformat(), sender=sender, subject=subject,
            signatory=truth.Signatory(who),
        ),
    )  # fmt: skip


def _announcement(draw: _Draw) -> Written:
    sender = draw.one(f"จังหวัด{draw.province.name}", draw.body, f"อำเภอ{draw.district.name}", "กรมทรัพยากรน้ำ")
    subject = draw.one(
        "รับสมัครบุคคลเพื่อเลือกสรรเป็นพนักงานจ้าง",
        "ประกวดราคาจ้างก่อสร้างถนนคอนกรีตเสริมเหล็ก",
        "กำหนดวันหยุดทำการเป็นกรณีพิเศษ",
        "รายชื่อผู้มีสิทธิเข้ารับการประเมิน",
        "การรับโอนพนักงานส่วนท้องถิ่น",
    )
    opening = draw.one("ด้วย", "ตามที่") + f"{sender} มีความประสงค์จะดำเนินการ{draw.one(*TOPICS)}"
    who = draw.person()
    day = f"{draw.day.day} {draw.one('', 'เดือน ')}{MONTHS[draw.day.month - 1]} {draw.one('', 'พ.ศ. ')}{draw.day.year + 543}"
    clause, deadline = draw.deadline() if draw.some(0.4) else ("รายละเอียดแนบท้ายประกาศนี้", None)
    return Written(
        form="announcement",
        title=(f"ประกาศ{sender}", f"เรื่อง {subject}"),
        body=(f"{opening} {clause}", "จึงประกาศให้ทราบโดยทั่วกัน"),
        decree=draw.one("ประกาศ ณ วันที่ {}", "ประกาศ  ณ  วันที่  {}").format(thai(day)),
        signatory=(who, *draw.post(sender)),
        truth=truth.Letter(
            pages=(1,), form="announcement", date=draw.day.isoformat(), sender=sender, subject=subject, deadline=deadline,
            signatory=truth.Signatory(who),
        ),
    )  # fmt: skip


def _minutes(draw: _Draw) -> Written:
    sender = draw.one(f"คณะกรรมการพัฒนา{draw.body}", "หัวหน้าส่วนราชการ", f"สภา{draw.body}", "คณะทำงานจัดทำแผน")
    serial, year = draw.rng.randint(1, 12), draw.day.year + 543
    when = draw.one("เมื่อวันที่ {l}", "{w}", "วันที่ {l}", "เมื่อ{w}", "{w} เวลา ๐๙.๓๐ น.").format(
        w=draw.weekday(draw.day), l=draw.long(draw.day)
    )
    who, names = draw.person(), [draw.person() for _ in range(4)]
    return Written(
        form="minutes",
        title=(f"รายงานการประชุม{sender}", f"ครั้งที่ {thai(serial)}/{thai(year)}", when, draw.one("ณ ห้องประชุมชั้น ๒", "ณ ศาลาประชาคม", "ณ ห้องประชุมสภา")),
        lists=(draw.one("ผู้มาประชุม", "ผู้เข้าร่วมประชุม"), *(f"{thai(n)}. {name} {draw.one('ประธาน', 'กรรมการ')}" for n, name in enumerate(names, start=1))),
        body=("เริ่มประชุมเวลา ๐๙.๓๐ น.", f"ระเบียบวาระที่ ๑ เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ ประธานแจ้งเรื่อง{draw.one(*TOPICS)}", "มติที่ประชุม รับทราบ", "เลิกประชุมเวลา ๑๒.๐๐ น."),
        signatory=(who, "ผู้จดรายงานการประชุม"),
        truth=truth.Letter(
            pages=(1,), form="minutes", number=f"{serial}/{year}", date=draw.day.isoformat(), sender=sender,
            signatory=truth.Signatory(who),
        ),
    )  # fmt: skip
