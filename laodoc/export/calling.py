"""Export as programs call it."""

from collections.abc import Iterable
from os import PathLike
from pathlib import Path

from laodoc.document import Document
from laodoc.export.command import table_named, write_export
from laodoc.export.formats import Item, Options


def export(
    document: Document | Iterable[Document],
    format: str,
    path: str | PathLike[str],
    *,
    scans: Iterable[str | PathLike[str]] = (),
    what: str | None = None,
    unmask: bool = False,
    password: str | None = None,
) -> int:
    """Write one or many documents to a file, or to a folder where the format has a file for each part.

    Args:
        document: one document or any number of them, taken one at a time.
        format: json, jsonl, csv, xlsx, ecms, parquet, sqlite, md, html, hocr, alto or pdf.
        path: the file, or the folder, which is made where it does not exist.
        scans: where the scans lie, for formats that open them again (pdf); each is known by its content.
        what: one table alone: letters, records, routing, findings or tables.
        unmask: show what is marked secret, and citizens' identity numbers.
        password: of encrypted scans.

    Returns:
        How many pages and values were left out because they are secret.

    Raises:
        LaodocError: there is no such format or table, a file cannot be written, or a scan is not to be found.
    """
    documents = [document] if isinstance(document, Document) else document
    places = tuple(Path(scan) for scan in scans)
    items = (Item(each, places) for each in documents)
    options = Options(table_named(what), unmask, password=password)
    written = write_export(items, format, Path(path), options)
    if written.failed:
        raise written.failed[0]
    return written.hidden
