"""The lines of `laodoc.archive.overview`, made from a document."""

from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from laodoc.document import Document, Field, Letter
from laodoc.export.masking import is_secret, secret_pages
from laodoc.thai.dates import ERA
from laodoc.thai.folding import folded

TABLES = (
    """CREATE TABLE IF NOT EXISTS overview (
        sha256 TEXT PRIMARY KEY, pages INTEGER NOT NULL, doubts INTEGER NOT NULL, lowest REAL NOT NULL,
        warnings INTEGER NOT NULL, changed INTEGER NOT NULL, secret INTEGER NOT NULL, letter TEXT, date TEXT,
        year INTEGER, sender TEXT, subject TEXT, deadline TEXT, provinces TEXT NOT NULL, offices TEXT NOT NULL,
        done INTEGER NOT NULL, pending INTEGER NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS overview_by_doubt ON overview (doubts DESC, lowest)",
    """CREATE TABLE IF NOT EXISTS letter_overview (
        sha256 TEXT NOT NULL, letter TEXT NOT NULL, said TEXT, deadline TEXT, page INTEGER NOT NULL, sender TEXT,
        subject TEXT, secret INTEGER NOT NULL, PRIMARY KEY (sha256, letter))""",
    "CREATE INDEX IF NOT EXISTS letters_by_deadline ON letter_overview (deadline)",
    """CREATE TABLE IF NOT EXISTS reported (
        sha256 TEXT NOT NULL, page INTEGER NOT NULL, province TEXT NOT NULL, district TEXT NOT NULL,
        organisation TEXT NOT NULL, status TEXT, as_of TEXT)""",
    "CREATE INDEX IF NOT EXISTS reported_by_content ON reported (sha256)",
    "CREATE INDEX IF NOT EXISTS reported_by_body ON reported (province, district, organisation)",
)
NAMES = ("overview", "letter_overview", "reported")


def enter(session: Session, sha256: str, document: Document) -> None:
    """The lines of a document, which has none."""
    line = _line(document)
    names = ", ".join(f":{name}" for name in line)
    session.execute(
        text(f"INSERT INTO overview ({', '.join(line)}, sha256) VALUES ({names}, :sha256)"), line | {"sha256": sha256}
    )
    for letter in document.letters:
        session.execute(
            text(
                "INSERT INTO letter_overview VALUES"
                " (:sha256, :letter, :said, :deadline, :page, :sender, :subject, :secret)"
            ),
            {"sha256": sha256, "letter": letter.id, "secret": is_secret(letter), **_letter(letter)},
        )
    secret = secret_pages(document)
    for record in document.records:
        if record.organisation and record.page not in secret:
            session.execute(
                text(
                    "INSERT INTO reported VALUES (:sha256, :page, :province, :district, :organisation, :status, :as_of)"
                ),
                {
                    "sha256": sha256,
                    "page": record.page,
                    "province": record.province or "",
                    "district": record.district or "",
                    "organisation": record.organisation,
                    "status": record.status,
                    "as_of": record.as_of,
                },
            )


def _line(document: Document) -> dict[str, Any]:
    from laodoc.review.doubts import doubts_in  # heavy, and a reader of archives has no need of it
    from laodoc.review.spots import spots

    doubts, _ = doubts_in(document)
    first = next((letter for letter in document.letters if letter.number or letter.subject), None)
    head = _letter(first) if first else dict.fromkeys(("said", "date", "sender", "subject"))
    days = [day for letter in document.letters if (day := _day(letter.deadline))]
    changed = sum(spot.corrected and str(spot.value) != spot.text for spot in spots(document))
    return {
        "pages": len(document.pages),
        "doubts": len(doubts),
        "lowest": min((doubt.spot.confidence for doubt in doubts), default=1.0),
        "warnings": sum(finding.severity != "info" and not finding.repaired for finding in document.findings),
        "changed": changed,
        "secret": first is not None and is_secret(first),
        "letter": head["said"],
        "date": _day(first.date) if first else None,
        "year": int(day[:4]) + ERA if first and (day := _day(first.date)) else None,
        "sender": head["sender"],
        "subject": head["subject"] or next((table.title for table in document.tables if table.title), None),
        "deadline": min(days, default=None),
        "provinces": _joined(record.province for record in document.records),
        "offices": _joined(_offices(document)),
        "done": sum(record.status == "done" for record in document.records),
        "pending": sum(record.status == "pending" for record in document.records),
    }


def _letter(letter: Letter) -> dict[str, Any]:
    return {
        "said": _said(letter.number),
        "deadline": _day(letter.deadline),
        "page": letter.deadline.page if letter.deadline else letter.pages[0] if letter.pages else 1,
        "sender": _said(letter.sender),
        "subject": _said(letter.subject),
    }


def _offices(document: Document) -> Any:
    for letter in document.letters:
        named = (letter.sender, *letter.recipients, *(stamp.office for stamp in letter.received))
        yield from (field.said for field in named if field)
    yield from (record.organisation for record in document.records)


def _joined(names: Any) -> str:
    return "\n".join(dict.fromkeys(folded(name) for name in names if name))


def _said(field: Field | None) -> str | None:
    return (str(field.value) if field.value is not None else field.text) if field else None


def _day(field: Field | None) -> str | None:
    """The day in ISO 8601; None where it could not be read, or was edited into no date."""
    try:
        return date.fromisoformat(str(field.value)).isoformat() if field else None
    except ValueError:
        return None
