"""The index of an archive: what stands on every page, so that words are found without reading the records.

Text is folded before it is kept: white space goes, since a reader's spaces are not the writer's, and digits become
Arabic. SQLite's FTS5 finds any three characters of it (trigrams), as Thai has no spaces to part words by.
"""

import json
from collections.abc import Sequence

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from laodoc.archive import overview_lines
from laodoc.document import BBox, Document, Letter, Page
from laodoc.export.masking import is_secret
from laodoc.export.narrowing import letter_pages
from laodoc.review.spots import as_written, spots
from laodoc.thai.folding import folded

SCHEME = 2
"""Of the tables below; what was indexed under another one is indexed anew."""

_TABLES = (
    """CREATE TABLE IF NOT EXISTS page_texts (
        id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, page INTEGER NOT NULL, letter TEXT, secret INTEGER NOT NULL,
        folded TEXT NOT NULL)""",
    "CREATE TABLE IF NOT EXISTS page_lines (id INTEGER PRIMARY KEY, lines TEXT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS page_texts_by_content ON page_texts (sha256)",
    """CREATE VIRTUAL TABLE IF NOT EXISTS page_words USING fts5 (
        folded, content='page_texts', content_rowid='id', tokenize='trigram')""",
    """CREATE TABLE IF NOT EXISTS letter_facts (
        sha256 TEXT NOT NULL, letter TEXT NOT NULL, number TEXT, date TEXT, deadline TEXT, offices TEXT NOT NULL,
        PRIMARY KEY (sha256, letter))""",
    """CREATE TABLE IF NOT EXISTS record_facts (
        sha256 TEXT NOT NULL, page INTEGER NOT NULL, province TEXT, office TEXT, status TEXT)""",
    "CREATE INDEX IF NOT EXISTS record_facts_by_page ON record_facts (sha256, page)",
    "CREATE TABLE IF NOT EXISTS indexed (sha256 TEXT PRIMARY KEY, scheme INTEGER NOT NULL)",
    *overview_lines.TABLES,
)


def make_index(connection: Connection) -> None:
    """The tables of the index, where they are not there yet."""
    for table in _TABLES:
        connection.exec_driver_sql(table)


def index_document(session: Session, sha256: str, document: Document) -> None:
    """Put a document into the index, in place of what stood there under its content."""
    forget(session, sha256)
    letters = {number: letter for letter in document.letters for number in letter_pages(letter, document)}
    put_right = _put_right(document)
    for page in document.pages:
        letter = letters.get(page.number)
        said, lines = page_text(page, put_right.get(page.number, ()))
        row = session.execute(
            text("INSERT INTO page_texts VALUES (NULL, :sha256, :page, :letter, :secret, :folded) RETURNING id"),
            {
                "sha256": sha256,
                "page": page.number,
                "letter": letter.id if letter else None,
                "secret": letter is not None and is_secret(letter),
                "folded": said,
            },
        ).scalar_one()
        given = {"id": row, "folded": said, "lines": lines}
        session.execute(text("INSERT INTO page_words (rowid, folded) VALUES (:id, :folded)"), given)
        session.execute(text("INSERT INTO page_lines VALUES (:id, :lines)"), given)
    for letter in document.letters:
        session.execute(
            text("INSERT INTO letter_facts VALUES (:sha256, :letter, :number, :date, :deadline, :offices)"),
            {"sha256": sha256, "letter": letter.id, **_facts(letter)},
        )
    for record in document.records:
        session.execute(
            text("INSERT INTO record_facts VALUES (:sha256, :page, :province, :office, :status)"),
            {
                "sha256": sha256,
                "page": record.page,
                "province": folded(record.province or ""),
                "office": folded(record.organisation or ""),
                "status": record.status,
            },
        )
    overview_lines.enter(session, sha256, document)
    session.execute(text("INSERT INTO indexed VALUES (:sha256, :scheme)"), {"sha256": sha256, "scheme": SCHEME})


def forget(session: Session, sha256: str) -> None:
    """Take a content out of the index."""
    given = {"sha256": sha256}
    session.execute(
        text(
            "INSERT INTO page_words (page_words, rowid, folded) SELECT 'delete', id, folded FROM page_texts"
            " WHERE sha256 = :sha256"
        ),
        given,
    )
    session.execute(
        text("DELETE FROM page_lines WHERE id IN (SELECT id FROM page_texts WHERE sha256 = :sha256)"), given
    )
    for table in ("page_texts", "letter_facts", "record_facts", "indexed", *overview_lines.NAMES):
        session.execute(text(f"DELETE FROM {table} WHERE sha256 = :sha256"), given)


def not_indexed(session: Session) -> list[str]:
    """The contents with a record that the index lacks: those of archives that are older than it."""
    done = "FROM contents WHERE state = 'done'"
    if not session.execute(text("SELECT 1 FROM sqlite_master WHERE name = 'indexed'")).first():
        return list(session.execute(text(f"SELECT sha256 {done}")).scalars())
    there = "FROM indexed WHERE scheme = :now"
    counts = text(f"SELECT (SELECT count(*) {done}) = (SELECT count(*) {there})")
    if session.execute(counts, {"now": SCHEME}).scalar_one():
        return []
    return list(session.execute(text(f"SELECT sha256 {done} EXCEPT SELECT sha256 {there}"), {"now": SCHEME}).scalars())


Words = tuple[str, BBox]
"""A text and where it stands on its page."""


def page_text(page: Page, more: Sequence[Words] = ()) -> tuple[str, str]:
    """The folded text of a page, and where its lines stand: JSON of [start in the folded text, text, box] each. `more`
    are further texts of it, which stand behind its lines."""
    said, lines = "", []
    for words, box in (*((line.said, line.bbox) for line in page.lines), *more):
        lines.append([len(said), words, list(box)])
        said += folded(words)
    return said, json.dumps(lines, ensure_ascii=False, separators=(",", ":"))


def _put_right(document: Document) -> dict[int, list[Words]]:
    """What people have put right, by page: words as they say them, which the lines of the page do not."""
    found: dict[int, list[Words]] = {}
    for spot in spots(document):
        if spot.corrected and spot.kind != "mark" and spot.value is not None:
            found.setdefault(spot.page, []).append((as_written(spot), spot.bbox))
    return found


def _facts(letter: Letter) -> dict[str, str | None]:
    offices = [letter.sender, *letter.recipients, *(stamp.office for stamp in letter.received)]
    offices.extend(note.office for note in letter.endorsements)
    return {
        "number": str(letter.number.value) if letter.number and letter.number.value else None,
        "date": str(letter.date.value) if letter.date and letter.date.value else None,
        "deadline": str(letter.deadline.value) if letter.deadline and letter.deadline.value else None,
        "offices": "\n".join(folded(office.said) for office in offices if office),
    }
