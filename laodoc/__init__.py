"""laodoc: scanned Thai government letters in, records out.

    document = laodoc.scan("letter.pdf")
    document.tables[0].to_frame()
    laodoc.records(document)
    laodoc.export(document, "xlsx", "letter.xlsx")

Importing this costs little: what reads scans is imported when the first one is read.
"""

from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING

from laodoc.errors import (
    AccessError,
    BatchFailures,
    ChildFailure,
    ChildTimeout,
    DamagedInput,
    EmptyInput,
    EncryptedInput,
    InputError,
    LaodocError,
    MissingDependency,
    NotAScan,
    ReaderGone,
    UsageError,
)
from laodoc.messages import Message

if TYPE_CHECKING:
    from typing import Self

    from pandas import DataFrame

    from laodoc.client import Client
    from laodoc.document import Document
    from laodoc.export.calling import export

__version__ = "0.1.0"
"""The one place where the version stands; setup.cfg takes it from here."""

__all__ = [
    "AccessError",
    "Archive",
    "BatchFailures",
    "ChildFailure",
    "ChildTimeout",
    "Client",
    "DamagedInput",
    "Document",
    "EmptyInput",
    "EncryptedInput",
    "InputError",
    "LaodocError",
    "MissingDependency",
    "NotAScan",
    "ReaderGone",
    "UsageError",
    "__version__",
    "export",
    "load",
    "records",
    "scan",
]


def __getattr__(name: str) -> object:
    """The public names whose rooms are imported when they are asked for."""
    if name == "Document":
        from laodoc.document import Document

        return Document
    if name == "Client":
        from laodoc.client import Client

        return Client
    if name == "export":
        from importlib import import_module

        return import_module("laodoc.export")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def scan(
    source: str | PathLike[str] | bytes | IO[bytes],
    *,
    name: str | None = None,
    engine: str | None = None,
    pages: Iterable[int] | None = None,
    dpi: int = 300,
    jobs: int = 1,
    password: str | None = None,
) -> "Document":
    """Scan one file.

    Args:
        source: PDF, TIFF, PNG, JPEG, WebP or BMP: its path, its bytes, or a stream of them.
        name: how the record calls the file; its own name where it is None, "scan" where it has none.
        engine: the recognizer by name; laodoc-thai where it is None.
        pages: which pages, from 1; all where it is None.
        dpi: the normal resolution of the upright page, in which boxes are given.
        jobs: processes that read pages at the same time.
        password: of an encrypted PDF.

    Raises:
        LaodocError: see `laodoc.errors`; one damaged page among good ones is a finding, not an error.
    """
    from laodoc.arguments import file_of
    from laodoc.pipeline import ScanOptions
    from laodoc.pipeline import scan as scan_file
    from laodoc.recognition.engines import DEFAULT_ENGINE

    wanted = None if pages is None else tuple(pages)
    options = ScanOptions(engine=engine or DEFAULT_ENGINE, pages=wanted, dpi=dpi, jobs=jobs, password=password)
    if isinstance(source, str | PathLike):
        return scan_file(Path(source), options, name=name)
    content = source if isinstance(source, bytes) else source.read()
    if not isinstance(content, bytes):
        raise UsageError(Message("scan-not-bytes"))
    with file_of(content) as path:
        return scan_file(path, options, name=name or _name_of(source))


def _name_of(source: bytes | IO[bytes]) -> str:
    """The file name of a stream that has one."""
    name = getattr(source, "name", None)
    return Path(name).name if isinstance(name, str) else "scan"


def load(path: str | PathLike[str]) -> "Document":
    """A record that `laodoc scan` wrote, perhaps edited since.

    Raises:
        AccessError: the file cannot be read.
        InputError: it is no record; the message says where it is not.
    """
    from laodoc.document import parse_record

    try:
        content = Path(path).read_bytes()
    except OSError as refused:
        raise AccessError(Message("unreadable-file", path=path, why=refused.strerror)) from refused
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

        with laodoc.Archive("a.sqlite") as archive:
            for document in archive.documents(): ...

    Args:
        path: the archive.

    Raises:
        LaodocError: it does not exist, or is no archive of this version.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        from laodoc.archive.ledger import Ledger

        self._ledger = Ledger(Path(path))

    def __enter__(self) -> "Self":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; leaving the `with` does it."""
        self._ledger.close()

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
