"""How long the pages of `laodoc serve` take on a large archive.

    python -m benchmarks.server --pages 100000

The archive is made of the sample bundle again and again: its record is read once, and the rows of the index are copied
under other contents. Pages are asked for through the application itself, without a network: server side. Words of the
pages are not copied, so search is not measured here (`benchmarks.find` does that).
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from fastapi.testclient import TestClient
from sqlalchemy import text

from laodoc.archive.ledger import Ledger
from laodoc.document import parse_record
from laodoc.server.app import make_app
from laodoc.server.settings import Settings

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
WITH_RECORD = 50
"""Documents that can be opened: the records of all would take a gigabyte, and lists do not read them."""

LISTS = (
    "/documents",
    "/documents?order=date&p=200",
    "/documents?order=deadline",
    "/documents?province=น่าน&state=doubtful",
    "/documents?office=ส่งเสริมการปกครอง&year=2565&status=pending",
    "/api/v1/documents?limit=100",
)
OTHERS = ("/board", "/deadlines", "/dashboard", "/inbox/queue")


def main() -> None:
    """Make the archive, ask, print medians."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--pages", type=int, default=100_000)
    given.add_argument("--times", type=int, default=9)
    options = given.parse_args()
    with tempfile.TemporaryDirectory(prefix="laodoc-server-") as folder:
        path = Path(folder) / "a.sqlite"
        began = time.monotonic()
        documents, pages = make_archive(path, options.pages)
        print(f"{documents:,} documents, {pages:,} pages, made in {time.monotonic() - began:.0f} s")
        app = make_app(Settings(archive=path, inbox=Path(folder) / "inbox", jobs=0))
        browser = TestClient(app, base_url="http://127.0.0.1:8737")
        browser.get("/login")
        for address in (*LISTS, *OTHERS):
            tell(address, [asked(browser, address) for _ in range(options.times)])
        letters = [f"/documents/{2 + number}/pages/{1 + number % 5}" for number in range(options.times)]
        tell("a letter, opened first", [asked(browser, address) for address in letters])
        tell("a letter, opened again", [asked(browser, address) for address in letters])


def make_archive(path: Path, pages: int) -> tuple[int, int]:
    """An archive of so many pages: (documents, pages)."""
    record = (SAMPLES / "bundle.json").read_bytes()
    document = parse_record(record, name="bundle.json")
    ledger = Ledger(path, create=True)
    sha256 = document.source.sha256
    ledger.enter("/scans/1.pdf", sha256, 1, 1)
    ledger.keep(sha256, document, record, 1.0)
    count = pages // len(document.pages)
    with ledger.writing() as session:
        series = "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < :count)"
        for table, changed in (
            ("contents", {"number": "n.i", "record": f"CASE WHEN n.i <= {WITH_RECORD} THEN record ELSE x'00' END"}),
            ("files", {"place": "'/scans/' || n.i || '.pdf'"}),
            ("letters", {}),
            ("letter_facts", {}),
            ("record_facts", {}),
            ("indexed", {}),
            ("overview", {"doubts": "n.i * 7919 % 23", "lowest": "(n.i * 104729 % 1000) / 1000.0"}),
            ("letter_overview", {}),
            ("reported", {"organisation": "organisation || (n.i % 40)"}),
        ):
            names = [row[1] for row in session.execute(text(f"PRAGMA table_info({table})"))]
            changed = {"sha256": "substr(t.sha256, 1, 56) || printf('%08x', n.i)", **changed}
            values = ", ".join(changed.get(name, f"t.{name}") for name in names)
            copied = f"{series} SELECT {values} FROM n, {table} t WHERE t.sha256 = :sha256"
            session.execute(text(f"INSERT INTO {table} {copied}"), {"count": count, "sha256": sha256})
    ledger.close()
    return count, count * len(document.pages)


def asked(browser: TestClient, address: str) -> float:
    """Milliseconds until a page is there."""
    began = time.perf_counter()
    answer = browser.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return 1000 * (time.perf_counter() - began)


def tell(name: str, times: list[float]) -> None:
    """Median and worst."""
    print(f"{statistics.median(times):8.0f} ms median {max(times):8.0f} ms worst  {name}")


if __name__ == "__main__":
    main()
