"""Documents from archives and from records, whichever a file is."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from laodoc.archive.ledger import Ledger
from laodoc.document import Document, parse_record
from laodoc.errors import AccessError

SQLITE = b"SQLite format 3\0"


def documents_in(sources: Iterable[Path]) -> Iterator[Document]:
    """The documents of archives (SQLite) and records (JSON), one at a time in memory.

    Raises:
        AccessError: a file cannot be read.
        UsageError: one is neither.
    """
    for source in sources:
        try:
            with source.open("rb") as file:
                head = file.read(len(SQLITE))
                content = b"" if head == SQLITE else head + file.read()
        except OSError as refused:
            raise AccessError(f"cannot read {source}: {refused.strerror}") from refused
        if head == SQLITE:
            yield from (document for _, document in Ledger(source).documents())
        else:
            yield parse_record(content, name=str(source))
