"""An archive whose files come and go: what a batch leaves of them, without reading."""

import sqlite3
from pathlib import Path

from laodoc.archive.entering import enter_files
from laodoc.archive.ledger import Ledger
from laodoc.document import Document, EngineInfo, Source
from laodoc.export.json import to_json

ENGINE = EngineInfo(name="null", version="0", sha256=None)


def look(ledger: Ledger, *folders: Path) -> list[str]:
    """Look through the folders and read what is new, as a batch does; the names of what was refused."""
    refused = list[str]()
    enter_files(ledger, folders, refused=lambda place, _: refused.append(Path(place).name))
    for sha256, place in ledger.waiting():
        keep(ledger, sha256, place)
    return refused


def keep(ledger: Ledger, sha256: str, place: str) -> None:
    """What reading the file at this place leaves: a record that holds the file's words."""
    source = Source(name=Path(place).name, sha256=sha256, bytes=1, pages=0)
    made = Document(source=source, engine=ENGINE, pages=(), letters=(), tables=(), records=(), routing=(), findings=())
    ledger.keep(sha256, made, to_json(made), 0.1)


def lying(ledger: Ledger) -> list[tuple[str, str]]:
    """(name of the file, what is known of its place now) of each record, in order."""
    told = []
    for place, document in ledger.documents():
        assert place in ledger.places(document.source.sha256)
        told.append((Path(place).name, "there" if document.source.sha256 in present(ledger) else "gone"))
    return told


def present(ledger: Ledger) -> set[str]:
    with sqlite3.connect(ledger.path) as plain:
        return {sha256 for (sha256,) in plain.execute("select sha256 from files where gone is null")}
