"""Letters with all their parts, from the readings of the pages."""

import re
from collections.abc import Sequence

from laodoc.document import Endorsement, Field, Form, Letter, NoteKind, Received, Signatory, Table
from laodoc.parsing import phrases
from laodoc.parsing.amounts import amounts_of
from laodoc.parsing.approvals import signed, stamped_note
from laodoc.parsing.bundle import LetterPages, own_lines, split
from laodoc.parsing.closing import date_of, sender_of
from laodoc.parsing.cues import loose
from laodoc.parsing.endorsements import endorsements_of
from laodoc.parsing.events import event_of
from laodoc.parsing.headings import Heading, Label, enclosures_of, heading_of, recipients_of, subject_of
from laodoc.parsing.mentions import action, as_of, deadline, references
from laodoc.parsing.messages import Message, message_of
from laodoc.parsing.numbers import firm_number_in_line, number_in_line, serial_value
from laodoc.parsing.passages import Passage, PrintedLine, printed_lines, without
from laodoc.parsing.people import contacts_of
from laodoc.parsing.slots import with_run
from laodoc.parsing.stamps import stamp_lines, stamp_of, unframed_stamps
from laodoc.recognition.reading import PageReading
from laodoc.thai.digits import to_arabic

HEAD_LINES = 12
"""A number or a marking of urgency or secrecy stands among the first lines of a letter."""

Noted = tuple[Endorsement, tuple[PrintedLine, ...]]
"""A note with the lines that it fills."""

_URGENCY = tuple((word, re.compile(rf"{loose(word)}(?=\s|$)")) for word in phrases.URGENCY)
_SECRECY = tuple((word, re.compile(rf"{loose(word)}\s*$")) for word in phrases.SECRECY)
_MEETING = re.compile(rf"{loose(phrases.MEETING_NUMBER)}\s*(?P<serial>[0-9]{{1,3}}\s?/\s?[0-9]{{4}})")


def build_letters(pages: Sequence[PageReading], tables: Sequence[Table]) -> tuple[Letter, ...]:
    """All letters of a bundle in page order, each with the tables, pages and letters attached to it."""
    table_pages = {number for table in tables for number in table.pages}
    bundle = split(pages, table_pages)
    letters = [build_letter(index, part, tables) for index, part in enumerate(bundle, start=1)]
    return tuple(
        letter.model_copy(
            update={"attachments": (*letter.attachments, *_forwarded(letter, part, letters[index + 1 :]))}
        )
        for index, (letter, part) in enumerate(zip(letters, bundle, strict=True))
    )


def build_letter(index: int, part: LetterPages, tables: Sequence[Table]) -> Letter:
    """Letter number `index` of the bundle."""
    lines = tuple(line for page in part.pages for line in own_lines(page))
    heading = heading_of(lines, part.form)
    writer, notes = _signed_and_noted(lines, heading, part.form)
    own = without(lines, [line for _, filled in notes for line in filled])
    passage, body = Passage(own), Passage(own[heading.body :])
    quoted = heading.section(Label.REFERENCE)
    letter = Letter(
        id=f"letter-{index}",
        pages=tuple(page.number for page in part.pages),
        form=part.form,
        number=_number(passage, part, heading),
        date=date_of(passage, heading, part.form, part.pages),
        sender=sender_of(passage, heading, part.form),
        recipients=recipients_of(passage, heading),
        subject=subject_of(passage, heading),
        urgency=_marking(_URGENCY, part, own, heading),
        secrecy=_marking(_SECRECY, part, own, heading),
        action=action(body),
        references=references(Passage(own[quoted.first if quoted else heading.body :]), listed=quoted is not None),
        enclosures=enclosures_of(passage, heading),
        deadline=deadline(body),
        as_of=as_of(body),
        contacts=contacts_of(passage),
        signatory=writer,
        received=_received(part),
        endorsements=(*(note for note, _ in notes), *_stamped_notes(part)),
        attachments=_attachments(part, tables),
        event=event_of(body) if part.form != "minutes" else None,
        amounts=amounts_of(body),
    )
    message = message_of(part.pages[0]) if part.form == "other" else None
    return _with_message(letter, message) if message else letter


def _with_message(letter: Letter, message: Message) -> Letter:
    """The letter with what the cells of its message form say."""
    said = {
        "number": message.number,
        "date": message.date,
        "sender": message.sender,
        "recipients": message.recipients,
        "urgency": message.urgency,
        "secrecy": message.secrecy,
        "signatory": message.signatory or letter.signatory,
        "contacts": (*message.contacts, *letter.contacts),
    }
    return letter.model_copy(update=said)


def _signed_and_noted(
    lines: Sequence[PrintedLine], heading: Heading, form: Form
) -> tuple[Signatory | None, list[Noted]]:
    """Who wrote the letter, and the notes on it from top to bottom, each with the lines that it fills.

    A memo is decided on by those who sign below; other letters are passed on by notes with an office's own number.
    """
    if form == "internal":
        first = signed(lines[heading.body :], form)
        rest = without(lines, [line for _, filled in first.approvals for line in filled])
        notes = [*first.approvals, *map(_as_approval, _notes(rest, heading, form))]
    else:
        passed_on = _notes(lines, heading, form)
        own = without(lines, [line for _, filled in passed_on for line in filled])
        first = signed(own[heading.body :], form)
        notes = [*passed_on, *first.approvals]
    return first.writer, sorted(notes, key=lambda note: (note[1][0].page, note[1][0].bbox.top))


def _notes(lines: Sequence[PrintedLine], heading: Heading, form: Form) -> tuple[Noted, ...]:
    return endorsements_of(lines, heading.body, unsigned=form == "stamped") if heading.sections else ()


def _as_approval(note: Noted) -> Noted:
    """The note as one on a memo: whoever writes below its writer decides, or asks for it."""
    said, lines = note
    kind: NoteKind = "endorsement" if said.number else "approval"
    return said.model_copy(update={"kind": kind}), lines


def _number(passage: Passage, part: LetterPages, heading: Heading) -> Field | None:
    """The letter's own number; a meeting's is behind `ครั้งที่`. What is written by pen behind its printed part counts."""
    form = part.form
    serial = form in ("order", "announcement")
    subject = heading.section(Label.SUBJECT) or heading.section(Label.TO)
    head = max(HEAD_LINES, subject.first if subject else 0)
    for index, line in enumerate(passage.lines[:head]):
        meeting = _MEETING.search(to_arabic(line.text)) if form == "minutes" else None
        if meeting:
            start, end = meeting.span("serial")
            first = passage.start_of(index)
            return passage.field(first + start, first + end, serial_value(meeting["serial"]))
        due = form in ("internal", "external") and (subject is None or index < subject.first)
        found = number_in_line(passage, index, serial=serial, unlabelled=due) if form != "minutes" else None
        if form in ("external", "other") and (found is None or found.value is None):
            found = firm_number_in_line(passage, index) or found
        if found:
            printed = line.text.find(found.text)
            filled = found.value is not None and printed >= 0 and not serial
            page = next(page for page in part.pages if page.number == line.page)
            return with_run(page, line, found, printed + len(found.text)) if filled else found
    return None


def _marking(
    words: Sequence[tuple[str, re.Pattern[str]]], part: LetterPages, own: Sequence[PrintedLine], heading: Heading
) -> Field | None:
    """How urgent or secret the letter is: a line of its own near the top, in a stamp or not, or before the number.

    Lower down it is part of what the letter says of another one.
    """
    below = next((section.first for section in heading.sections if section.label > Label.NUMBER), len(own))
    said = {(line.page, line.bbox) for line in own[below:]}
    for line in printed_lines(part.pages[0])[:HEAD_LINES]:
        for word, pattern in words:
            match = pattern.match(line.text) if (line.page, line.bbox) not in said else None
            if match:
                return Passage((line,)).field(0, match.end(), word)
    return None


def _received(part: LetterPages) -> tuple[Received, ...]:
    found: list[Received | None] = []
    for page in part.pages:
        lines = printed_lines(page)
        framed = stamp_lines(lines, page.regions)
        found.extend(stamp_of(inside) for inside in framed.values())
        rest = without(lines, [line for inside in framed.values() for line in inside])
        found.extend(stamp_of(inside) for inside in unframed_stamps(rest, page.height))
    return tuple(stamp for stamp in found if stamp)


def _stamped_notes(part: LetterPages) -> tuple[Endorsement, ...]:
    """What stamps say that send the paper on, of those that are no received stamps."""
    inside = (lines for page in part.pages for lines in stamp_lines(printed_lines(page), page.regions).values())
    notes = (stamped_note(lines) for lines in inside if stamp_of(lines) is None)
    return tuple(note for note in notes if note)


def _attachments(part: LetterPages, tables: Sequence[Table]) -> tuple[str, ...]:
    pages = {page.number for page in part.pages} | set(part.attached)
    own = [table for table in tables if table.pages and table.pages[0] in pages]
    in_tables = {number for table in tables for number in table.pages}
    others = [number for number in part.attached if number not in in_tables]
    return (*(table.id for table in own), *(f"page-{number}" for number in others))


def _forwarded(letter: Letter, part: LetterPages, later: Sequence[Letter]) -> tuple[str, ...]:
    """The later letters of the bundle that this one passes on: it names their sender or refers to their number."""
    text = _plain("".join(line.text for page in part.pages for line in own_lines(page)))
    named = {reference.number.value for reference in letter.references if reference.number.value}
    return tuple(
        other.id
        for other in later
        if (other.number and other.number.value in named)
        or (
            other.sender
            and letter.sender
            and other.sender.text != letter.sender.text
            and _plain(other.sender.text) in text
        )
    )


def _plain(text: str) -> str:
    return "".join(text.split())
