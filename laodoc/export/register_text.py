"""The words of a register: its title, its columns, and what stands where numbers are missing."""

from datetime import date

from laodoc.export.register import Gap, Register
from laodoc.export.register_lines import Line

TITLES = {"received": "ทะเบียนหนังสือรับ", "sent": "ทะเบียนหนังสือส่ง"}
NUMBERS = {"received": "เลขทะเบียนรับ", "sent": "เลขทะเบียนส่ง"}
DAYS = {"received": "วันที่รับ", "sent": "วันที่ส่ง"}
NO_OFFICE = "ไม่ทราบหน่วยงาน"


def title(register: Register) -> str:
    """`ทะเบียนหนังสือรับ ปี พ.ศ. 2563`."""
    return f"{TITLES[register.kind]} ปี พ.ศ. {register.year}"


def columns(register: Register) -> tuple[str, ...]:
    """The names of the columns; letters sent were sent on their own day, so that there is none beside it."""
    day = (DAYS["received"],) if register.kind == "received" else ()
    return (NUMBERS[register.kind], *day, "ที่", "ลงวันที่", "จาก", "ถึง", "เรื่อง", "การปฏิบัติ", "หมายเหตุ")


def cells(line: Line, register: Register) -> tuple[str | date | None, ...]:
    """The cells of a line, one for each column."""
    day = (line.day,) if register.kind == "received" else ()
    told = (line.letter, line.dated, line.sender, line.receiver, line.subject, line.action, line.remark)
    return (line.number, *day, *told)


def missing(gap: Gap) -> str:
    """`413–414 ไม่พบหนังสือ (2 เลข)`."""
    series = f"{gap.series} " if gap.series.endswith("ว") else gap.series
    numbers = f"{gap.first}" if gap.first == gap.last else f"{gap.first}–{gap.last}"
    return f"{series}{numbers} ไม่พบหนังสือ ({gap.last - gap.first + 1} เลข)"


def count(register: Register) -> int:
    """How many letters stand in it."""
    return sum(isinstance(entry, Line) for section in register.sections for entry in section.entries)
