"""What doubt sheets and corrections cost.

`python benchmarks/corrections.py [--documents N]` puts the record of `samples/bundle.pdf` (5 pages, 548 cells) into an
archive under N names, writes the doubt sheet without pictures and with them, confirms every doubt, and reads all anew.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from laodoc.archive.correcting import Answer
from laodoc.archive.doubting import DoubtOptions, doubts_of
from laodoc.archive.ledger import Ledger
from laodoc.document import Document
from laodoc.export.json import to_json
from laodoc.pipeline import scan
from laodoc.review.paper import to_html
from laodoc.review.workbook import answers_in, to_workbook

SCAN = Path(__file__).resolve().parent.parent / "samples" / "bundle.pdf"
Answered = TypeVar("Answered")


def main() -> None:
    """Measure in processor time, so that whatever else runs does not count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100)
    count = parser.parse_args().documents
    read = scan(SCAN)
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(Path(folder) / "a.sqlite", create=True)
        documents = [renamed(read, number) for number in range(count)]
        timed("keep", count, lambda: keep(ledger, documents))
        everything = DoubtOptions(pictures=False, limit=10**6)
        found = timed("doubts", count, lambda: doubts_of(ledger, everything))
        sheet = Path(folder) / "d.xlsx"
        timed("sheet (xlsx)", count, lambda: sheet.write_bytes(to_workbook(found.rows, found.remarks)))
        timed("sheet (html)", count, lambda: to_html(found.rows, found.remarks))
        timed("sheet read", count, lambda: answers_in(sheet))
        answers = [Answer(number, row.key, "ok") for number, row in enumerate(found.rows, 2)]
        taken = timed("correct", count, lambda: ledger.correct(answers, "benchmark"))
        timed("keep again", count, lambda: keep(ledger, documents))
        print(f"{len(found.rows)} doubts, {taken.new} taken, {len(taken.refused)} refused, {lost(ledger)} lost")
    one = Ledger(Path(tempfile.mkdtemp()) / "a.sqlite", create=True)
    one.enter(str(SCAN), read.source.sha256, 1, 1)
    one.keep(read.source.sha256, read, to_json(read), 1.0)
    shown = timed("pictures", 1, lambda: doubts_of(one))
    print(f"{sum(row.picture is not None for row in shown.rows)} pictures of {len(read.pages)} pages")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MiB at most, reading of the sample included")


def renamed(document: Document, number: int) -> Document:
    """The document as another scan, of letters with other numbers."""
    source = document.source.model_copy(update={"name": f"{number}.pdf", "sha256": f"{number:064x}"})
    letters = tuple(
        letter.model_copy(
            update={"number": letter.number and letter.number.model_copy(update={"value": f"{number}/1"})}
        )
        for letter in document.letters
    )
    return document.model_copy(update={"source": source, "letters": tuple(letters)})


def keep(ledger: Ledger, documents: list[Document]) -> None:
    """Enter and keep them all."""
    for document in documents:
        ledger.enter(document.source.name, document.source.sha256, 1, 1)
        ledger.keep(document.source.sha256, document, to_json(document), 1.0)


def lost(ledger: Ledger) -> int:
    """How many corrections find no place."""
    return len(ledger.lost_corrections())


def timed(what: str, count: int, work: Callable[[], Answered]) -> Answered:
    """Do it, and print what it took a document."""
    begun = time.process_time()
    answer = work()
    print(f"{what:14} {1000 * (time.process_time() - begun) / count:8.1f} ms a document")
    return answer


if __name__ == "__main__":
    main()
