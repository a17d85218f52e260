"""What is asked for, by whom and until when, and who has reported: the letters that wait for an answer."""

import html
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from io import BytesIO

from laodoc.document import Document, Field, Letter
from laodoc.export.books import Fitted, new_book
from laodoc.export.masking import MASK, is_secret, masked
from laodoc.export.origin import Placed
from laodoc.messages import name_of, say, shown_day
from laodoc.messages.language import language
from laodoc.thai.folding import folded

WEEK = timedelta(days=7)

NAMED = 8
"""Local bodies that have not reported that are named on a screen; of more it is told how many."""

COLUMNS = ("deadline", "number", "date", "sender", "subject", "action", "done", "pending", "waiting", "path", "page")


@dataclass(frozen=True, slots=True)
class Task:
    """One letter that asks for something by a day: its number, days in ISO 8601, who sent it to whom, what it is about
    and asks for; how many local bodies have reported by the tables that came with it, and who has not; its scan."""

    deadline: str
    number: str | None
    date: str | None
    sender: str | None
    recipients: tuple[str, ...]
    subject: str | None
    action: str | None
    done: int
    pending: int
    waiting: tuple[str, ...]
    path: str
    page: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tasks, seen from `today`: overdue ones, those of the next seven days, those of an office (a part of its
    name, of who asks or is asked); all that is given must hold."""

    today: date
    overdue: bool = False
    this_week: bool = False
    office: str | None = None


def tasks_of(documents: Iterable[Placed], wanted: Wanted, *, unmask: bool = False) -> list[Task]:
    """The tasks of the documents, the nearest day first; a letter that is there in several scans is one."""
    found: dict[tuple[str | None, str | None, str], Task] = {}
    for document, origin in documents:
        for letter in document.letters:
            task = _task(document, letter, origin.path or document.source.name, unmask)
            if task and _is_wanted(task, wanted):
                key = (task.number, task.date, task.deadline) if task.number else (task.path, letter.id, task.deadline)
                found.setdefault(key, task)
    return sorted(found.values(), key=lambda task: (task.deadline, task.number or "", task.path))


def _task(document: Document, letter: Letter, path: str, unmask: bool) -> Task | None:
    deadline = _day(letter.deadline)
    if deadline is None:
        return None
    hidden = is_secret(letter) and not unmask
    rows = [] if hidden else [record for record in document.records if record.letter == letter.id]
    pending = [record for record in rows if record.status == "pending"]
    waiting = (record.organisation or record.district or record.province for record in pending)

    def open_text(field: Field | None) -> str | None:
        said = _said(field)
        return MASK if hidden and said else said if unmask or said is None else masked(said)

    return Task(
        deadline=deadline,
        number=_said(letter.number),
        date=_day(letter.date),
        sender=_said(letter.sender),
        recipients=tuple(filter(None, map(_said, letter.recipients))),
        subject=open_text(letter.subject),
        action=open_text(letter.action),
        done=sum(record.status == "done" for record in rows),
        pending=len(pending),
        waiting=tuple(name for name in waiting if name),
        path=path,
        page=letter.deadline.page if letter.deadline else 1,
    )


def _is_wanted(task: Task, wanted: Wanted) -> bool:
    day = date.fromisoformat(task.deadline)
    if wanted.overdue and day >= wanted.today:
        return False
    if wanted.this_week and not wanted.today <= day < wanted.today + WEEK:
        return False
    offices = (task.sender, *task.recipients)
    return not wanted.office or any(folded(wanted.office) in folded(office) for office in offices if office)


def _day(field: Field | None) -> str | None:
    """The day in ISO 8601; None where it could not be read."""
    try:
        return date.fromisoformat(str(field.value)).isoformat() if field and field.value else None
    except ValueError:
        return None


def _said(field: Field | None) -> str | None:
    if field is None:
        return None
    return " ".join(str(field.value if field.value is not None else field.said).split()) or None


def to_json(tasks: list[Task]) -> str:
    """One JSON object."""
    return (
        json.dumps({"count": len(tasks), "tasks": [asdict(task) for task in tasks]}, ensure_ascii=False, indent=1)
        + "\n"
    )


def to_text(tasks: list[Task], today: date) -> str:
    """A few lines for each task, in the user's language."""
    return "\n".join("\n".join(_told(task, today)) for task in tasks) + ("\n" if tasks else "")


def _told(task: Task, today: date) -> Iterator[str]:
    yield f"{shown_day(task.deadline, language())}  {when(task, today)}"
    written = f" ({shown_day(task.date, language())})" if task.date else ""
    yield f"    {task.number or '-'}{written}  {task.sender or ''}".rstrip()
    for said in (task.subject, task.action):
        if said:
            yield f"    {said}"
    if task.done or task.pending:
        yield "    " + reported(task)
    yield "    " + say("task-scan", path=task.path, page=task.page)


def when(task: Task, today: date) -> str:
    """How far its day is away."""
    days = (date.fromisoformat(task.deadline) - today).days
    return say("task-late", days=-days) if days < 0 else say("task-today") if days == 0 else say("task-left", days=days)


def reported(task: Task) -> str:
    """Who has reported, and the names of some who have not."""
    names = ", ".join(task.waiting[:NAMED]) + (", …" if len(task.waiting) > NAMED else "")
    said = say("task-reported", done=task.done, pending=task.pending)
    return f"{said}: {names}" if names else said


def _rows(tasks: list[Task]) -> Iterator[tuple[str | int | date | None, ...]]:
    for task in tasks:
        written = date.fromisoformat(task.date) if task.date else None
        yield (
            date.fromisoformat(task.deadline), task.number, written, task.sender, task.subject, task.action,
            task.done, task.pending, ", ".join(task.waiting) or None, task.path, task.page,
        )  # fmt: skip


def to_xlsx(tasks: list[Task], today: date) -> bytes:
    """A sheet with a row for each task; what is overdue is coloured."""
    content = BytesIO()
    book = new_book(content, title=say("tasks-title"))
    page = book.add_worksheet(say("tasks-title"))
    look: dict[str, object] = {"valign": "top", "text_wrap": True}
    late = {**look, "bg_color": "#F8D0C8"}
    styles = {
        (dated, over): book.add_format({**(late if over else look), **({"num_format": THAI_DATE} if dated else {})})
        for dated in (False, True)
        for over in (False, True)
    }
    fitted = Fitted(page, [name_of("column", name) for name in COLUMNS], book.add_format({"bold": True, "bottom": 1}))
    for number, (task, row) in enumerate(zip(tasks, _rows(tasks), strict=True), start=1):
        over = date.fromisoformat(task.deadline) < today
        for column, value in enumerate(row):
            style = styles[isinstance(value, date), over]
            if isinstance(value, date):
                page.write_datetime(number, column, value, style)
            elif isinstance(value, int):
                page.write_number(number, column, value, style)
            elif value is not None:
                page.write_string(number, column, value, style)
            fitted.see(column, value)
    fitted.close(len(tasks), ())
    book.close()
    return content.getvalue()


THAI_DATE = "[$-107041E]d mmm yyyy;@"
"""Excel's format for a date of the Buddhist era with Thai months."""

STYLE = """
@page { size: A4 landscape; margin: 12mm 10mm; }
body { font-family: "TH Sarabun New", "TH SarabunPSK", Sarabun, Laksaman, Loma, sans-serif; font-size: 11pt; }
table { border-collapse: collapse; width: 100%; } th, td { border: 0.5pt solid #555; padding: 1mm 1.5mm; }
th { background: #eee; } td { vertical-align: top; } tr { break-inside: avoid; } .late td:first-child { color: #a00; }
"""


def to_html(tasks: list[Task], today: date) -> bytes:
    """A page to print."""
    head = "".join(f"<th>{html.escape(name_of('column', name))}</th>" for name in COLUMNS[:8])
    body = "".join(
        f"<tr{_late(task, today)}><td>{_cell(shown_day(task.deadline, language()))}<br>{_cell(when(task, today))}</td>"
        + "".join(f"<td>{_cell(value)}</td>" for value in (task.number, _shown(task.date), task.sender))
        + "".join(f"<td>{_cell(value)}</td>" for value in (task.subject, task.action, task.done))
        + f"<td>{task.pending}{'<br>' if task.waiting else ''}{_cell(', '.join(task.waiting))}</td></tr>\n"
        for task in tasks
    )
    title = html.escape(f"{say('tasks-title')} {shown_day(today, language())}")
    return (
        f'<!doctype html>\n<html lang="{language()}">\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f"<style>{STYLE}</style>\n<h1>{title}</h1>\n<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n</html>\n"
    ).encode()


def _late(task: Task, today: date) -> str:
    return ' class="late"' if date.fromisoformat(task.deadline) < today else ""


def _shown(day: str | None) -> str | None:
    return shown_day(day, language()) if day else None


def _cell(value: object) -> str:
    return html.escape("" if value is None else str(value))
