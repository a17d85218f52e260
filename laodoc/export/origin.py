"""Which file a document was read from, as its archive knows it: what tells two files of one name apart."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from laodoc.document import Document


@dataclass(frozen=True, slots=True)
class Origin:
    """The path where the file lies or was seen last, the number that the archive has given its content, and since when
    it is gone from there. Of a record that comes from no archive nothing of it is known."""

    path: str | None = None
    archive_id: int | None = None
    gone: str | None = None


UNKNOWN = Origin()

IDENTITY = ("path", "sha256", "archive_id", "gone")
"""The last columns of every table."""


def identity(document: Document, origin: Origin) -> tuple[str | None, str, int | None, str | None]:
    """What stands in them."""
    return origin.path, document.source.sha256, origin.archive_id, origin.gone


Placed = tuple[Document, Origin]


def placed(documents: Iterable[Document | Placed]) -> Iterator[Placed]:
    """Each document with its origin, unknown where none is given."""
    return (each if isinstance(each, tuple) else (each, UNKNOWN) for each in documents)
