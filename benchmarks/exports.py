"""How long typed tables take: Parquet, an SQLite file, and a database that is filled, twice with the same.

`python benchmarks/exports.py [--documents N] [--to URL]` scans a sample once, and exports it under N names.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import laodoc
from laodoc.document import Document
from laodoc.export import parquet, sqlite
from laodoc.export.database import store
from laodoc.export.formats import Item, Options

SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "bundle.pdf"


def main() -> None:
    """Time each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--to", help="a database that may be filled; an SQLite file of its own where it is left out")
    arguments = parser.parse_args()
    scanned = laodoc.scan(SAMPLE)
    cells = sum(len(row.cells) for table in scanned.tables for row in table.rows)
    print(f"{arguments.documents} documents of {len(scanned.pages)} pages and {cells} cells")

    def copies() -> Iterator[Document]:
        for number in range(arguments.documents):
            name = f"{number:06}.pdf"
            source = scanned.source.model_copy(update={"name": name, "sha256": sha256(name.encode()).hexdigest()})
            yield scanned.model_copy(update={"source": source})

    def bytes_of(made: object) -> str:
        return f"{sum(len(output.content) for output in made) / 1e6:.1f} MB"  # type: ignore[attr-defined]

    timed("Parquet", lambda: bytes_of(parquet.outputs(map(Item, copies()), Options())))
    timed("SQLite file", lambda: bytes_of(sqlite.outputs(map(Item, copies()), Options())))
    with tempfile.TemporaryDirectory() as folder:
        url = arguments.to or f"sqlite:///{folder}/a.sqlite"
        for what in ("filled", "the same again"):
            timed(f"{url.split(':')[0]}, {what}", lambda: f"{store(copies(), url).written} rows")


def timed(what: str, run: Callable[[], str]) -> None:
    """Print how long it took, and what it gave."""
    begun = time.perf_counter()
    said = run()
    print(f"{what:28} {time.perf_counter() - begun:7.1f} s   {said}")


if __name__ == "__main__":
    main()
