"""laodoc: scanned Thai government letters in, records out.

    document = laodoc.scan("letter.pdf")
    document.tables[0].to_frame()
    laodoc.records(document)

Importing this costs little: what reads scans is imported when the first one is read.
"""

from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pandas import DataFrame

    from laodoc.document import Document

__all__ = ["Archive", "load", "records", "scan"]


def scan(
    path: str | PathLike[str],
    *,
    engine: str | None = None,
    pages: Iterable[int] | None = None,
    dpi: int = 300,
    jobs: int = 1,
    password: str | None = None,
) -> "Document":
    """Scan one file.

    Args:
        path: PDF, TIFF, PNG, JPEG, WebP or BMP.
        engine: the recognizer by name; laodoc-thai where it is None.
        pages: which pages, from 1; all where it is None.
        dpi: the normal resolution of the upright page, in which boxes are given.
        jobs: processes that read pages at the same time.
        password: of an encrypted PDF.

    Raises:
        LaodocError: see `laodoc.errors`; one damaged page among good ones is a finding, not an error.
    """
    from laodoc.pipeline import ScanOptions
    from laodoc.pipeline import scan as scan_file
    from laodoc.recognition.engines import DEFAULT_ENGINE

    wanted = None if pages is None else tuple(pages)
    options = ScanOptions(engine=engine or DEFAULT_ENGINE, pages=wanted, dpi=dpi, jobs=jobs, password=password)
    return scan_file(Path(path), options)


def load(path: str | PathLike[str]) -> "Document":
    """A record that `laodoc scan` wrote, perhaps edited since.

    Raises:
        LaodocError: the file cannot be read, or is no record; the message says where it is not.
    """
    from laodoc.document import parse_record
    from laodoc.errors import AccessError

    try:
        content = Path(path).read_bytes()
    except OSError as refused:
        raise AccessError(f"cannot read {path}: {refused.strerror}") from refused
    return parse_record(content, name=str(path))


def records(documents: "Document | Iterable[Document]") -> "DataFrame":
    """The records of one or many documents as a table, one row each, the file's name first and counts as columns."""
    from pandas import DataFrame

    from laodoc.document import Document

    given = [documents] if isinstance(documents, Document) else documents
    return DataFrame([row for document in given for row in _rows(document)], columns=_columns())


def _rows(document: "Document") -> "Iterator[dict[str, object]]":
    """Each record of a document as a row, its counts as columns."""
    from laodoc.document import Counts

    for record in document.records:
        plain = record.model_dump()
        counts = plain.pop("counts") or dict.fromkeys(Counts.model_fields)
        yield {"source": document.source.name, **plain, **counts}


def _columns() -> list[str]:
    from laodoc.document import Counts, Record

    return ["source", *(name for name in Record.model_fields if name != "counts"), *Counts.model_fields]


class Archive:
    """What `laodoc batch` has read.

    Args:
        path: the archive.

    Raises:
        LaodocError: it does not exist, or is no archive of this version.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        from laodoc.archive.ledger import Ledger

        self._ledger = Ledger(Path(path))

    def documents(self) -> "Iterator[Document]":
        """All documents, by the paths of their files; one at a time in memory."""
        return (document for _, document in self._ledger.documents())

    def records(self) -> "DataFrame":
        """The records of all documents, see `laodoc.records`. The last columns tell the file of each: its path (where
        it lies or was seen last), its SHA-256, its number in the archive, and since when it is gone."""
        from pandas import DataFrame

        from laodoc.export.origin import IDENTITY, identity

        rows = []
        for document in self.documents():
            told = identity(document, self._ledger.origin(document.source.sha256))
            rows += [{**row, **dict(zip(IDENTITY, told, strict=True))} for row in _rows(document)]
        return DataFrame(rows, columns=[*_columns(), *IDENTITY])

    def failures(self) -> list[tuple[str, str]]:
        """(file, why) of what could not be read."""
        return [(failure.place, failure.error) for failure in self._ledger.failures()]
