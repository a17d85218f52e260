"""A document in a screenful, as a person reads it: letters, tables, what must be looked at."""

from collections.abc import Iterator

from laodoc.checks.ranking import Group, column_name, ranked, sureness
from laodoc.document import Document, Field, Finding, Letter, Table
from laodoc.export.masking import is_secret, masked
from laodoc.messages import name_of, say, shown_day
from laodoc.messages.filling import in_digits
from laodoc.messages.language import language

DOUBT = 0.9
"""Confidence below which a value is marked with `?`."""

SHOWN = 3
"""Findings of one rule in one place that are told each; of more it is told how many there are."""

LONGEST = 100
"""Characters of a value on a line."""

LABEL = 18
"""Columns that labels take."""

ABOVE, MARKS = "ัิีึืฺุู็่้๊๋์ํ๎", {"error": "✗", "warning": "!", "info": "·"}


def summary(document: Document, *, everything: bool = False) -> str:
    """The document in lines of text, in the user's language; secret letters say only that they are."""
    lines = [_title(document)]
    for letter in document.letters:
        lines += ["", *_letter(letter)]
    if document.tables:
        lines += ["", *map(_table, document.tables)]
    lines += ["", *told_findings(document, everything=everything)]
    return "\n".join(lines) + "\n"


def _title(document: Document) -> str:
    engine = f"{document.engine.name} {document.engine.version}"
    return say("summary-title", name=document.source.name, pages=document.source.pages, engine=engine)


def _letter(letter: Letter) -> Iterator[str]:
    pages = ", ".join(map(str, letter.pages))
    yield say("summary-letter", form=name_of("form", letter.form), pages=pages)
    if is_secret(letter):
        yield "  " + say("summary-secret")
        return
    for name, fields in _fields(letter):
        for number, field in enumerate(field for field in fields if field):
            label = name_of("field", name) if number == 0 else ""
            yield f"  {_padded(label)}{_said(field, dated=name in ('date', 'deadline', 'as_of'))}"


def _fields(letter: Letter) -> Iterator[tuple[str, tuple[Field | None, ...]]]:
    yield "number", (letter.number,)
    yield "date", (letter.date,)
    yield "sender", (letter.sender,)
    yield "recipients", letter.recipients
    yield "subject", (letter.subject,)
    yield "urgency", (letter.urgency,)
    yield "references", tuple(reference.number for reference in letter.references)
    yield "enclosures", letter.enclosures
    yield "action", (letter.action,)
    yield "deadline", (letter.deadline,)
    yield "as_of", (letter.as_of,)
    yield "event", (letter.event.date, letter.event.time, letter.event.place) if letter.event else ()
    yield "signatory", (letter.signatory.name,) if letter.signatory else ()
    yield "received", tuple(part for stamp in letter.received for part in (stamp.office, stamp.number))


def _said(field: Field, *, dated: bool) -> str:
    text = " ".join(masked(field.said).split())
    if dated and isinstance(field.value, str):
        text = shown_day(field.value, language())
    short = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return f"{short} ?" if field.confidence < DOUBT and not field.corrected else short


def _padded(label: str) -> str:
    """The label in a column; what stands above or below a letter takes no room."""
    return label + " " * max(1, LABEL - sum(sign not in ABOVE for sign in label))


def _table(table: Table) -> str:
    rows = sum(row.kind == "row" for row in table.rows)
    title = " ".join(masked(table.title).split()) or name_of("table-kind", table.kind)
    pages = ", ".join(map(str, table.pages))
    short = title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…"
    return say("summary-table-line", title=short, rows=rows, columns=len(table.columns), pages=pages)


def told_findings(document: Document, *, everything: bool = False) -> Iterator[str]:
    """What must be looked at, a line each, by consequence; and how much information is left out."""
    groups = ranked(document.findings, everything=everything)
    count = sum(len(group.findings) for group in groups)
    yield say("summary-findings", count=count) if count else say("summary-no-findings")
    for group in groups:
        yield from _group(document, group)
    left = len(document.findings) - count
    if left:
        yield "  " + say("summary-left", count=left)


def _group(document: Document, group: Group) -> Iterator[str]:
    sign, rule = MARKS[group.severity], name_of("rule", group.rule)
    for finding in group.findings[:SHOWN]:
        yield f"  {sign} {rule}: {masked(finding.told)}{_where(document, finding)}"
    if len(group.findings) > SHOWN:
        yield "    " + say("summary-more", count=len(group.findings) - SHOWN)


def _where(document: Document, finding: Finding) -> str:
    """Where to look, and how surely it was read, in brackets."""
    said = []
    if finding.page:
        said.append(say("where-page", page=finding.page))
    if finding.sequence is not None:
        said.append(say("where-row", number=finding.sequence))
    if column := column_name(document, finding):
        said.append(say("where-column", name=masked(column)))
    if (sure := sureness(document, finding)) is not None:
        said.append(say("where-sure", percent=round(100 * sure)))
    return in_digits(f" ({', '.join(said)})") if said else ""
