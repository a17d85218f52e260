"""Less of a document: some of its letters and records, with what belongs to them."""

from collections.abc import Collection, Iterator

from laodoc.document import Document, Letter, Record


def letter_pages(letter: Letter, document: Document) -> Iterator[int]:
    """The letter's own pages, and those attached to it."""
    yield from letter.pages
    attached = {table.id: table.pages for table in document.tables}
    attached |= {other.id: other.pages for other in document.letters}
    for name in letter.attachments:
        yield from attached.get(name, ())
        if name.startswith("page-"):
            yield int(name.removeprefix("page-"))


def letterless_pages(document: Document) -> set[int]:
    """The pages that belong to no letter."""
    taken = {page for letter in document.letters for page in letter_pages(letter, document)}
    return {page.number for page in document.pages} - taken


def narrowed(document: Document, pages: Collection[int], records: Collection[Record]) -> Document:
    """The document with only these pages, and of its records those that stand on them: letters, tables, routing and
    findings go with their pages.

    A letter or a table that runs over several pages stays where one of them does.
    """
    letters = [letter for letter in document.letters if not set(letter.pages).isdisjoint(pages)]
    tables = tuple(table for table in document.tables if not set(table.pages).isdisjoint(pages))
    there = {table.id for table in tables} | {letter.id for letter in letters} | {f"page-{page}" for page in pages}
    return document.model_copy(
        update={
            "pages": tuple(page for page in document.pages if page.number in pages),
            "letters": tuple(_without_absent(letter, there) for letter in letters),
            "tables": tables,
            "records": tuple(record for record in records if record.page in pages),
            "routing": tuple(step for step in document.routing if step.page in pages),
            "findings": tuple(
                finding
                for finding in document.findings
                if (finding.page is None or finding.page in pages)
                and (finding.letter is None or finding.letter in there)
                and (finding.table is None or finding.table in there)
            ),
        }
    )


def _without_absent(letter: Letter, there: Collection[str]) -> Letter:
    attached = tuple(name for name in letter.attachments if name in there)
    return letter if attached == letter.attachments else letter.model_copy(update={"attachments": attached})
