"""Documents from archives and from records, whichever a file is."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from laodoc.archive.ledger import Ledger
from laodoc.archive.scans import scans_of
from laodoc.document import Document, parse_record
from laodoc.errors import AccessError, LaodocError
from laodoc.export.formats import Item
from laodoc.export.origin import Placed
from laodoc.messages import Message

SQLITE = b"SQLite format 3\0"


def placed_in(sources: Iterable[Path]) -> Iterator[Placed]:
    """The same with their origins."""
    return (item.placed for item in items_in(sources))


def documents_in(sources: Iterable[Path]) -> Iterator[Document]:
    """The documents of archives (SQLite) and records (JSON), one at a time in memory; raises as `items_in`."""
    return (item.document for item in items_in(sources))


def items_in(sources: Iterable[Path], *, unpack: bool = False) -> Iterator[Item]:
    """The documents of archives (SQLite) and records (JSON), one at a time in memory, with the places of their scans:
    as the archive knows them, or beside the record. Where `unpack`, a scan that lies in a ZIP is there as a file until
    the next document is asked for.

    Raises:
        AccessError: a file cannot be read.
        InputError: one is neither.
    """
    for source in sources:
        try:
            with source.open("rb") as file:
                head = file.read(len(SQLITE))
                content = b"" if head == SQLITE else head + file.read()
        except OSError as refused:
            raise AccessError(Message("unreadable-file", path=source, why=refused.strerror)) from refused
        if head == SQLITE:
            ledger = Ledger(source)
            for _, document in ledger.documents():
                with _scans(ledger, document, unpack=unpack) as places:
                    yield Item(document, places, origin=ledger.origin(document.source.sha256))
        else:
            document = parse_record(content, name=str(source))
            yield Item(document, (source.parent / Path(document.source.name).name,))


@contextmanager
def _scans(ledger: Ledger, document: Document, *, unpack: bool) -> Iterator[tuple[Path, ...]]:
    """Where the scan may lie; a ZIP that cannot be opened any more is a place where it does not."""
    with ExitStack() as opened:
        places = tuple(map(Path, ledger.places(document.source.sha256)))
        if unpack:
            with suppress(LaodocError):
                places = tuple(opened.enter_context(scans_of(ledger, document.source.sha256)))
        yield places
