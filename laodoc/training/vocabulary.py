"""Words that letters and tables are made of."""

# fmt: off
MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน",
    "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)
SHORT_MONTHS = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)
OFFICES = (
    (
        "อบต.", "ทต.", "ทม.", "อบต.", "ทต.", "องค์การบริหารส่วนตำบล", "เทศบาลตำบล", "เทศบาลเมือง", "ตำบล",
        "แขวง", "ที่ว่าการอำเภอ",
    ),
    (
        "อบจ.", "ทน.", "จังหวัด", "องค์การบริหารส่วนจังหวัด", "เทศบาลนคร", "ศาลากลางจังหวัด",
        "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด", "จ.",
    ),
    (
        "อำเภอ", "อ.", "เขต", "ที่ว่าการอำเภอ", "กิ่งอำเภอ", "สำนักงานส่งเสริมการปกครองท้องถิ่นอำเภอ",
    ),
)
"""Before the names of subdistricts, of provinces and of districts."""
HEADINGS = (
    "บันทึกข้อความ", "ส่วนราชการ", "เรื่อง", "เรียน", "ถึง", "อ้างถึง", "สิ่งที่ส่งมาด้วย", "ขอแสดงความนับถือ",
    "ที่", "วันที่", "เลขที่รับ", "เวลา", "โทร.", "โทรสาร", "ด่วนที่สุด", "ด่วนมาก", "ด่วน", "ลับ", "ลำดับ",
    "ลำดับที่", "จังหวัด", "อำเภอ", "ตำบล", "อปท.", "จำนวน (แห่ง)", "จำนวน อปท. (แห่ง)", "ร้อยละ", "รวม",
    "รวมทั้งสิ้น", "หมายเหตุ", "ชื่อ - สกุล", "ตำแหน่ง", "หน่วยงาน", "งบประมาณ (บาท)", "ดำเนินการแล้ว",
    "ยังไม่ดำเนินการ", "ครบถ้วน", "ไม่ครบถ้วน", "ประเภท", "รายการ", "หน่วยนับ", "เป้าหมาย", "ผลการดำเนินงาน",
    "แห่ง", "บาท", "คน", "ครัวเรือน", "ราย", "คะแนน", "หมู่ที่", "ประชากร", "พื้นที่ (ไร่)", "ระยะเวลา",
    "ผู้รับผิดชอบ", "เอกสารแนบ", "(ต่อ)", "หน้า", "คำสั่ง", "ประกาศ", "ระเบียบวาระที่", "มติที่ประชุม",
    "รับทราบ", "เห็นชอบ", "อนุมัติ", "ทราบ", "ดำเนินการ", "ผู้ประสานงาน", "ปลัดกระทรวง", "อธิบดี",
    "ผู้ว่าราชการจังหวัด", "นายอำเภอ", "นายกเทศมนตรี", "ท้องถิ่นจังหวัด", "ปฏิบัติราชการแทน", "รักษาราชการแทน",
    "(ลงชื่อ)", "สำเนาถูกต้อง", "เพื่อโปรดพิจารณา", "เพื่อโปรดทราบ", "จึงเรียนมาเพื่อโปรดทราบ", "กลุ่มงาน",
    "กอง", "สำนัก", "กรมส่งเสริมการปกครองท้องถิ่น", "กระทรวงมหาดไทย", "พ.ศ.", "ปีงบประมาณ", "ไตรมาสที่",
    "ตัวชี้วัด",
)
"""Heads of columns, of letters and of paragraphs."""
ENGLISH = (
    "a", "about", "according", "account", "act", "address", "administration", "after", "agency", "all", "and",
    "annex", "annual", "any", "application", "approval", "area", "article", "as", "at", "attached", "authority",
    "bank", "be", "before", "between", "board", "budget", "bureau", "business", "by", "case", "centre",
    "certificate", "chairman", "chapter", "city", "civil", "code", "commission", "committee", "community",
    "company", "conference", "contact", "contract", "council", "country", "court", "data", "date", "dear",
    "department", "deputy", "development", "digital", "director", "district", "document", "due", "education",
    "electronic", "email", "energy", "environment", "equipment", "executive", "fax", "file", "final", "finance",
    "fiscal", "following", "for", "foreign", "form", "from", "fund", "general", "governor", "government", "group",
    "have", "health", "if", "implementation", "in", "information", "institute", "international", "internet", "is",
    "issue", "justice", "kingdom", "labour", "land", "law", "letter", "level", "local", "ltd", "management", "may",
    "meeting", "member", "ministry", "mobile", "model", "municipality", "must", "name", "national", "network", "no",
    "not", "number", "of", "office", "officer", "on", "online", "or", "order", "organization", "other", "page",
    "part", "participant", "payment", "period", "permanent", "person", "plan", "please", "policy", "power",
    "president", "private", "procedure", "project", "province", "public", "purchase", "quality", "quarter", "queen",
    "rate", "reference", "region", "register", "report", "request", "research", "revenue", "right", "road", "royal",
    "safety", "school", "secretary", "section", "security", "service", "shall", "should", "signature", "sincerely",
    "social", "software", "standard", "state", "subdistrict", "subject", "support", "system", "tax", "technology",
    "telephone", "thai", "thailand", "that", "the", "this", "title", "to", "total", "training", "transport",
    "treasury", "under", "unit", "university", "use", "value", "version", "was", "water", "website", "will", "with",
    "within", "work", "world", "year", "your", "zone",
)
"""Words of office English."""
# fmt: on
