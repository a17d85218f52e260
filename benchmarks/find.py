"""How long `laodoc find` takes in an archive of many pages.

`python benchmarks/find.py [--pages N] [--archive FILE]` makes an archive of letters with varied wording (200 different
ones, each many times under other names), then asks it for words that are frequent, rare, absent and short.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.letter_wording import FORMS, Written, make_letter
from laodoc import pipeline
from laodoc.archive.finding import Wanted, find
from laodoc.archive.ledger import Ledger
from laodoc.document import BBox, Document, EngineInfo, Source
from laodoc.export.json import to_json
from laodoc.recognition.reading import LineReading, PageReading, Reading

LETTERS, LINES, WIDTH, PITCH = 200, 30, 90, 90
QUERIES = ("สำนักงานส่งเสริมการปกครองท้องถิ่น", "ภัยแล้ง", "๐๘๐๘.๒/ว", "มท", "ว", "คำที่ไม่มีในคลังนี้", "วันพุธที่", "ทุกอำเภอ", "นายสมคิด")
REPEATS = 9


def main() -> None:
    """Fill an archive, then ask it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--archive", type=Path, help="keep the archive here, or use the one that is there")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = arguments.archive or Path(folder) / "archive.sqlite"
        there = path.exists()
        ledger = Ledger(path, create=True)
        if not there:
            begun = time.perf_counter()
            fill(ledger, arguments.pages)
            print(
                f"{arguments.pages} pages kept in {time.perf_counter() - begun:.0f} s, {path.stat().st_size >> 20} MiB"
            )
        for words in QUERIES:
            took = []
            for _ in range(REPEATS):
                begun = time.perf_counter()
                _, count = find(ledger, Wanted((words,)))
                took.append(1000 * (time.perf_counter() - begun))
            print(f"{words:40} {count:6} pages  median {median(took):6.1f} ms  worst {max(took):6.1f} ms")


def fill(ledger: Ledger, pages: int) -> None:
    """Letters of one page, each with its own content."""
    letters = [make_letter(FORMS[seed % len(FORMS)], seed) for seed in range(LETTERS)]
    documents = [document_of(written, Random(seed)) for seed, written in enumerate(letters)]
    for number in range(pages):
        document = documents[number % len(documents)]
        name = f"scan-{number:06}.pdf"
        ledger.enter(name, name, 1, 1)
        ledger.keep(name, document, to_json(document), 0.5)


def document_of(written: Written, rng: Random) -> Document:
    """The letter's words in lines, on a page filled up with sentences of its own."""
    parts = [f"ที่ {written.number}", *(f"{label} {value}" for label, value in written.head), *written.body]
    text = " ".join([*parts, written.date, *written.foot, *written.signatory])
    while len(text) < LINES * WIDTH:
        text += " " + rng.choice(parts)
    lines = [text[start : start + WIDTH] for start in range(0, LINES * WIDTH, WIDTH)]
    readings = tuple(
        LineReading(Reading(line, 0.99), BBox(300, 300 + PITCH * row, 2200, 360 + PITCH * row))
        for row, line in enumerate(lines)
    )
    page = PageReading(
        number=1, source_page=1, width=2480, height=3508, dpi=300.0, source_dpi=300.0, rotation=0, skew=0.0,
        to_source=(0.24, 0.0, 0.0, 0.0, 0.24, 0.0), text_layer="none", lines=readings, grids=(), regions=(), codes=(),
        checkboxes=(),
    )  # fmt: skip
    source = Source(name="letter.pdf", sha256="0" * 64, bytes=1, pages=1)
    return pipeline.assemble([page], source=source, engine=EngineInfo(name="made", version="0", sha256=None))


if __name__ == "__main__":
    main()
