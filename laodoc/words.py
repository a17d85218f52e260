"""What the command line says, in English and Thai."""

import os
import sys

ENGLISH = {
    "laodoc": "Scanned Thai government letters in, records out.",
    "lang": "Language of the help and the messages.",
    "scan": "Read scanned letters and print their records as JSON.",
    "files": "PDF, TIFF, PNG, JPEG, WebP or BMP; - reads standard input.",
    "out": "File or folder to write to; several files need a folder; - is standard output.",
    "pages": "Which pages to read.",
    "engine": "The recognizer: laodoc-thai (default), tesseract, or null to find everything and read nothing.",
    "dpi": "Normal resolution of the upright page.",
    "jobs": "Pages read at the same time.",
    "password": "Password of an encrypted PDF.",
    "timeout": "Seconds that a helper program may take for one page.",
    "debug": "Write every page there with all that was understood drawn on it.",
    "quiet": "No progress, only errors.",
    "verbose": "Print findings too, and where an error came from.",
    "batch": "Read every scan of some folders into an archive; what was read is not read again.",
    "batch folders": "Folders of scans, or single scans.",
    "batch archive": "The archive (SQLite); made where there is none.",
    "batch timeout": "Seconds that one page may take.",
    "batch limit": "Read so many files at most.",
    "batch retry": "Try again what failed before.",
    "batch model": "Read again what another version of the engine has read.",
    "batch log": "Append one JSON line a file.",
    "batch done": "{found} files found; {done} read now, {failed} failed; {again} contents twice, {rescans} rescanned",
    "check": "Check a record again that a person has edited, and print it with its new findings.",
    "check files": "Records (JSON) that laodoc scan wrote.",
    "train": "Train the reader, or fine-tune it with lines of your own (needs laodoc[train]).",
    "train out": "Folder of checkpoint, log and learning curve; a run goes on where it stands.",
    "train text": "Paragraphs to print, one a line (plain or .xz).",
    "train fonts": "Folder of fonts; may be given again.",
    "train hand": "Digits written by hand (.npz); may be given again.",
    "train data": "Folder of pictures of lines, NAME.png with NAME.txt beside; may be given again.",
    "train from": "Weights to start from, as models/checkpoint/laodoc-thai.pt.",
    "train seed": "Where the random lines begin.",
    "train rate": "Learning rate.",
    "train steps": "Steps to train in all; 0: no end.",
    "train cool-down": "The last so many steps the rate falls to nothing.",
    "train threads": "Processor threads.",
    "train hours": "Stop after so many hours.",
    "train publish": "Do not train: export and test the checkpoint of --out; model and card go into this folder.",
    "train version": "Version of the published model.",
    "eval": "Read lines or scans whose truth is known and tell how well.",
    "eval folders": "Pictures of lines with NAME.txt beside, scans with NAME.json.",
    "eval model": "Weights (.onnx) to read with instead of the installed ones.",
    "eval sheet": "Draw the worst lines into this picture.",
    "eval json": "Print the figures as JSON.",
    "schema": "Print the JSON Schema of the record.",
    "doctor": "Show what is installed, what is missing and what to do about it.",
    "version": "Print the version.",
    "see help": "see --help",
    "interrupted": "interrupted",
    "page of": "page {done} of {total}",
    "findings": "{file}: {count} finding(s)",
    "failed": "{failed} of {total} files failed",
    "missing": "something is missing: see the lines marked ✗",
}

THAI = {
    "laodoc": "อ่านหนังสือราชการที่สแกนไว้ ออกมาเป็นข้อมูล",
    "lang": "ภาษาของคำแนะนำและข้อความ",
    "scan": "อ่านหนังสือที่สแกน แล้วพิมพ์ผลเป็น JSON",
    "files": "แฟ้ม PDF, TIFF, PNG, JPEG, WebP หรือ BMP; - คือรับเข้าทาง standard input",
    "out": "แฟ้มหรือโฟลเดอร์ปลายทาง (หลายแฟ้มต้องเป็นโฟลเดอร์) - คือ standard output",
    "pages": "เลขหน้าที่ต้องการอ่าน",
    "engine": "ตัวอ่านอักษร: laodoc-thai (ค่าปกติ), tesseract หรือ null (หาตำแหน่งอย่างเดียว ไม่อ่าน)",
    "dpi": "ความละเอียดที่ใช้ทำงาน",
    "jobs": "จำนวนหน้าที่อ่านพร้อมกัน",
    "password": "รหัสผ่านของ PDF ที่เข้ารหัส",
    "timeout": "เวลาสูงสุดเป็นวินาทีของโปรแกรมช่วยต่อหนึ่งหน้า",
    "debug": "โฟลเดอร์สำหรับภาพหน้าที่วาดสิ่งที่อ่านเข้าใจไว้",
    "quiet": "ไม่แสดงความคืบหน้า แสดงเฉพาะข้อผิดพลาด",
    "verbose": "แสดงข้อสังเกตและที่มาของข้อผิดพลาดด้วย",
    "batch": "อ่านเอกสารสแกนทั้งโฟลเดอร์ลงคลัง ที่อ่านแล้วไม่อ่านซ้ำ",
    "batch folders": "โฟลเดอร์ของเอกสารสแกน หรือแฟ้มเดี่ยว",
    "batch archive": "แฟ้มคลัง (SQLite) สร้างให้ถ้ายังไม่มี",
    "batch timeout": "เวลาสูงสุดเป็นวินาทีต่อหนึ่งหน้า",
    "batch limit": "อ่านไม่เกินกี่แฟ้ม",
    "batch retry": "ลองแฟ้มที่เคยอ่านไม่สำเร็จอีกครั้ง",
    "batch model": "อ่านซ้ำแฟ้มที่อ่านด้วยตัวอ่านรุ่นอื่น",
    "batch log": "เขียนต่อท้ายแฟ้มนี้ แฟ้มละหนึ่งบรรทัด JSON",
    "batch done": "พบ {found} แฟ้ม อ่านได้ {done} ไม่สำเร็จ {failed} เนื้อหาซ้ำ {again} หนังสือสแกนซ้ำ {rescans}",
    "check": "ตรวจผลที่คนแก้ไขแล้วอีกครั้ง แล้วพิมพ์พร้อมข้อสังเกตใหม่",
    "check files": "แฟ้มผล (JSON) จาก laodoc scan",
    "train": "ฝึกตัวอ่านอักษร หรือปรับด้วยบรรทัดของท่านเอง (ต้องติดตั้ง laodoc[train])",
    "train out": "โฟลเดอร์ของจุดบันทึก บันทึกการฝึก และกราฟ (ฝึกต่อจากเดิม)",
    "train text": "ข้อความที่จะพิมพ์เป็นบรรทัด ย่อหน้าละบรรทัด (.txt หรือ .xz)",
    "train fonts": "โฟลเดอร์ฟอนต์ ระบุซ้ำได้",
    "train hand": "ตัวเลขลายมือ (.npz) ระบุซ้ำได้",
    "train data": "โฟลเดอร์ภาพบรรทัด NAME.png คู่กับ NAME.txt ระบุซ้ำได้",
    "train from": "น้ำหนักตั้งต้น เช่น models/checkpoint/laodoc-thai.pt",
    "train seed": "จุดเริ่มของการสุ่ม",
    "train rate": "อัตราการเรียนรู้",
    "train steps": "จำนวนก้าวทั้งหมด; 0 คือไม่จำกัด",
    "train cool-down": "จำนวนก้าวสุดท้ายที่ลดอัตราการเรียนรู้ลงจนหมด",
    "train threads": "จำนวนเธรด",
    "train hours": "หยุดเมื่อครบจำนวนชั่วโมง",
    "train publish": "ไม่ฝึก แต่ส่งออกและทดสอบจุดบันทึกใน --out แล้วเขียนแบบจำลองลงโฟลเดอร์นี้",
    "train version": "รุ่นของแบบจำลองที่ส่งออก",
    "eval": "อ่านบรรทัดหรือเอกสารที่รู้คำตอบ แล้วบอกว่าอ่านถูกเพียงใด",
    "eval folders": "ภาพบรรทัดคู่กับ NAME.txt, เอกสารสแกนคู่กับ NAME.json",
    "eval model": "น้ำหนัก (.onnx) ที่ใช้แทนของที่ติดตั้งไว้",
    "eval sheet": "วาดบรรทัดที่อ่านผิดมากที่สุดลงภาพนี้",
    "eval json": "พิมพ์ตัวเลขเป็น JSON",
    "schema": "พิมพ์ JSON Schema ของผลลัพธ์",
    "doctor": "แสดงสิ่งที่ติดตั้งแล้ว สิ่งที่ขาด และวิธีแก้",
    "version": "พิมพ์รุ่นของโปรแกรม",
    "see help": "ดู --help",
    "interrupted": "ถูกยกเลิก",
    "page of": "หน้า {done} จาก {total}",
    "findings": "{file}: ข้อสังเกต {count} รายการ",
    "failed": "อ่านไม่สำเร็จ {failed} จาก {total} แฟ้ม",
    "missing": "มีสิ่งที่ขาดอยู่ ดูบรรทัดที่มี ✗",
}


def language() -> str:
    """`th` or `en`: what follows --lang on the command line, else the locale's."""
    for index, word in enumerate(sys.argv):
        if word == "--lang" and index + 1 < len(sys.argv):
            return sys.argv[index + 1]
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "th" if locale.startswith("th") else "en"


def say(key: str, **details: object) -> str:
    """The text for `key` in the user's language."""
    texts = THAI if language() == "th" else ENGLISH
    return texts[key].format(**details)
