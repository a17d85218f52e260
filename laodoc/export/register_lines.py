"""The lines that a letter makes in a register: one each time that it was received, or sent, or passed on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from laodoc.document import Endorsement, Field, Letter
from laodoc.thai.dates import format_date
from laodoc.thai.digits import to_arabic

NOT_UNDERSTOOD = "(?)"

_RUNNING = re.compile(r"(?P<series>.*/\s*ว?)\s*(?P<number>[0-9]{1,6})")
"""The running number of a document number: circulars (ว) are counted on their own."""
_REGISTERED = re.compile(r"(?P<number>[0-9]{1,6})(?:\s*/\s*[0-9]{2,4})?")
"""A register number, perhaps with its year behind."""


@dataclass(frozen=True, slots=True)
class Line:
    """One letter in a register; what was not read is empty.

    `number` is the register number as it is shown and `running` what it counts as in its `series`, None where it was
    not understood. `day` is that of receipt, or that of the letter where it was sent; `dated` the letter's, as text
    where it was not understood.
    """

    office: str
    number: str
    series: str
    running: int | None
    day: date | None
    letter: str
    dated: date | str
    sender: str
    receiver: str
    subject: str
    action: str
    remark: str


def received_lines(letter: Letter, file: str) -> Iterator[Line]:
    """A line for each received stamp. A stamp without a day that was understood counts to the year of the letter."""
    for stamp in letter.received:
        office, number, day = _said(stamp.office), _normal(stamp.number), _day(stamp.date)
        match = _REGISTERED.fullmatch(to_arabic(number))
        passed_on = [note for note in letter.endorsements if _said(note.office) == office]
        remark = f"{file} หน้า {stamp.office.page}"
        yield Line(
            office=office,
            number=number,
            series="",
            running=int(match["number"]) if match else None,
            day=day or _day(letter.date),
            letter=_normal(letter.number),
            dated=_day(letter.date) or _normal(letter.date),
            sender=_said(letter.sender),
            receiver="; ".join(map(_said, letter.recipients)),
            subject=_about(letter),
            action="; ".join((*_asked(letter), *map(_forwarded, passed_on))),
            remark=remark if day else f"วันที่รับ {_normal(stamp.date) or 'ไม่มี'}; {remark}",
        )


def sent_lines(letter: Letter, file: str) -> Iterator[Line]:
    """A line for the letter, and one for each office that passed it on; a number still to be filled in is no number."""
    series, running = _counted(letter.number)
    yield Line(
        office=_said(letter.sender),
        number=_shown(series, running),
        series=series,
        running=running,
        day=_day(letter.date),
        letter=_normal(letter.number),
        dated=_day(letter.date) or _normal(letter.date),
        sender=_said(letter.sender),
        receiver="; ".join(map(_said, letter.recipients)),
        subject=_about(letter),
        action="; ".join(_asked(letter)),
        remark=f"{file} หน้า {letter.pages[0]}",
    )
    for note in letter.endorsements:
        if note.kind != "approval":
            yield _passed_on(letter, note, file)


def _passed_on(letter: Letter, note: Endorsement, file: str) -> Line:
    """The subject is that of the letter on which the note stands."""
    series, running = _counted(note.number)
    return Line(
        office=_said(note.office),
        number=_shown(series, running),
        series=series,
        running=running,
        day=_day(note.date),
        letter=_normal(note.number),
        dated=_day(note.date) or _normal(note.date),
        sender=_said(note.office),
        receiver="; ".join(map(_said, note.to)),
        subject=_about(letter),
        action=_said(note.text),
        remark=f"ส่งต่อหนังสือ {_normal(letter.number) or '-'}; {file} หน้า {note.office.page}",
    )


def _asked(letter: Letter) -> Iterator[str]:
    """What the letter asks for, and until when."""
    if letter.action:
        yield _said(letter.action)
    if letter.deadline:
        day = _day(letter.deadline)
        yield f"ภายใน {format_date(day, 'short', thai=False) if day else _normal(letter.deadline)}"


def _about(letter: Letter) -> str:
    """What a letter is about: its subject; of a stamped letter, which prints none, that of the letter which it follows
    up (`ตามหนังสือ … เรื่อง …`), else what it asks for."""
    followed = (reference.subject for reference in letter.references if reference.subject)
    return _said(letter.subject or next(followed, None) or letter.action)


def _forwarded(note: Endorsement) -> str:
    """`ส่งต่อ นายก อบต. ที่ นน 0023.15/ว 77 ลง 20 ก.ย. 65`."""
    day, number = _day(note.date), _normal(note.number)
    when = format_date(day, "short", thai=False) if day else _normal(note.date)
    to = ", ".join(map(_said, note.to))
    return " ".join(filter(None, ("ส่งต่อ", to, number and f"ที่ {number}", when and f"ลง {when}")))


def _counted(number: Field | None) -> tuple[str, int | None]:
    match = _RUNNING.fullmatch(str(number.value)) if number is not None and number.value is not None else None
    return (match["series"], int(match["number"])) if match else ("", None)


def _shown(series: str, running: int | None) -> str:
    """`ว 905` of `นน 0023.3/ว 905`."""
    return "" if running is None else f"ว {running}" if series.endswith("ว") else str(running)


def _said(field: Field | None) -> str:
    """What the field says, on one line."""
    return " ".join(field.said.split()) if field else ""


def _normal(field: Field | None) -> str:
    """A number or date in its normal form; where it was not understood, what stands there with a mark of doubt."""
    if field is None:
        return ""
    return str(field.value) if field.value is not None else f"{_said(field)} {NOT_UNDERSTOOD}" if field.text else ""


def _day(field: Field | None) -> date | None:
    """The day, None where it was not understood, or was edited into no date."""
    try:
        return date.fromisoformat(str(field.value)) if field is not None else None
    except ValueError:
        return None
