"""laodoc find: words, numbers, offices and days in an archive."""

import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from readings import page, typed

from laodoc import pipeline
from laodoc.archive.finding import Wanted, find, to_json, to_text
from laodoc.archive.ledger import Ledger
from laodoc.document import EngineInfo, Source
from laodoc.errors import UsageError
from laodoc.export.json import to_json as record_of

CIRCULAR = """
ที่ มท ๐๘๙๙.๗/ว ๔๑๒
ถึง ท้องถิ่นจังหวัดเลย
>ด้วยกรมสมมุติขอให้สำรวจบ่อน้ำตื้นในทุกตำบล ภายในวันที่ ๓๐ กันยายน ๒๕๖๔ โดยเฉพาะบ้านคุ้ง
ตะเภา
@120 กรมสมมุติ
@120 ๑๗ สิงหาคม ๒๕๖๔
"""
SECRET = """
@100 ลับ
ที่ มท ๐๘๙๙.๗/ว ๔๑๕
ถึง จังหวัดน่าน
>ด้วยกรมสมมุติขอให้ตรวจสอบบ่อน้ำตื้น
@120 กรมสมมุติ
@120 ๓ มกราคม ๒๕๖๕
"""


def keep(ledger: Ledger, name: str, *texts: str) -> None:
    """A file with these pages, as a batch leaves it."""
    pages = [page(number, typed(text)) for number, text in enumerate(texts, start=1)]
    source = Source(name=name, sha256=name, bytes=1, pages=len(pages))
    document = pipeline.assemble(pages, source=source, engine=EngineInfo(name="n", version="0", sha256=None))
    ledger.enter(name, name, 1, 1)
    ledger.keep(name, document, record_of(document), 0.1)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    made = Ledger(tmp_path / "a.sqlite", create=True)
    keep(made, "circular.pdf", CIRCULAR, ">แบบสำรวจบ่อน้ำตื้น เลขประจำตัว ๑๒๓๔๕๖๗๘๙๐๑๒๑")
    keep(made, "secret.pdf", SECRET)
    return made


def pages_of(ledger: Ledger, *words: str, **more: object) -> list[tuple[str, int]]:
    hits, count = find(ledger, Wanted(words, **more))  # type: ignore[arg-type]
    assert count == len(hits)
    return [(hit.file, hit.page) for hit in hits]


@pytest.mark.parametrize("words", ["มท 0899.7/ว 412", "๐๘๙๙.๗/ว๔๑๒", "บ่อน\u0e4d\u0e49าตื้น ในทุกตําบล", "คุ้งตะเภา", "ว ๔๑๒"])
def test_words_are_found_however_they_are_written(ledger: Ledger, words: str) -> None:
    """In Thai or Arabic digits, with other spaces, with ำ in two parts, and over the end of a line."""
    assert pages_of(ledger, words) == [("circular.pdf", 1)]


def test_all_words_stand_on_the_page(ledger: Ledger) -> None:
    """Several words narrow the search, short ones too, and what SQL would read as an operator is a word."""
    assert pages_of(ledger, "บ่อน้ำตื้น") == [("circular.pdf", 1), ("circular.pdf", 2), ("secret.pdf", 1)]
    assert pages_of(ledger, "บ่อน้ำตื้น", "แบบสำรวจ") == [("circular.pdf", 2)]
    assert pages_of(ledger, "บ่อ", "/ว") == [("circular.pdf", 1), ("secret.pdf", 1)]
    assert pages_of(ledger, "ถึง") == [("circular.pdf", 1), ("secret.pdf", 1)]
    assert pages_of(ledger, 'บ่อ" OR "แบบ') == pages_of(ledger, "NOT บ่อ") == []
    with pytest.raises(UsageError):
        pages_of(ledger, "  ")


def test_filters(ledger: Ledger) -> None:
    """Days, deadline and offices are those of the page's letter."""
    assert pages_of(ledger, "บ่อน้ำตื้น", since=date(2022, 1, 1)) == [("secret.pdf", 1)]
    assert pages_of(ledger, "บ่อน้ำตื้น", until=date(2021, 8, 17)) == [("circular.pdf", 1), ("circular.pdf", 2)]
    assert pages_of(ledger, "บ่อน้ำตื้น", due_by=date(2021, 9, 29)) == []
    assert pages_of(ledger, "บ่อน้ำตื้น", due_by=date(2021, 9, 30), province="เลย")[0] == ("circular.pdf", 1)
    assert pages_of(ledger, "บ่อน้ำตื้น", office="จังหวัดน่าน") == [("secret.pdf", 1)]
    assert pages_of(ledger, "บ่อน้ำตื้น", status="done") == []


def test_a_hit_shows_its_line_and_covers_what_is_secret(ledger: Ledger) -> None:
    """The line in which the words begin, its place and its letter; secret lines and citizens' numbers are covered."""
    (hit,), _ = find(ledger, Wanted(("๔๑๒",)))
    assert (hit.number, hit.date, hit.text) == ("มท 0899.7/ว 412", "2021-08-17", "ที่ มท ๐๘๙๙.๗/ว ๔๑๒")
    assert f"circular.pdf p.1 [{','.join(map(str, hit.bbox))}] (มท 0899.7/ว 412, 2021-08-17)" in to_text([hit])
    (spread,), _ = find(ledger, Wanted(("คุ้งตะเภา",)))
    assert spread.text.endswith("บ้านคุ้ง")
    (secret,), _ = find(ledger, Wanted(("ตรวจสอบ",)))
    assert "ตรวจสอบ" not in secret.text
    assert "ตรวจสอบ" in find(ledger, Wanted(("ตรวจสอบ",)), unmask=True)[0][0].text
    (citizen,), _ = find(ledger, Wanted(("1234567890121",)))
    assert "๑๒๓๔" not in citizen.text
    assert json.loads(to_json([hit], 1))["pages"][0]["bbox"] == list(hit.bbox)


def test_reading_again_replaces_what_stood_there(ledger: Ledger) -> None:
    """What an older model read is found no more, and the limit leaves the count."""
    keep(ledger, "circular.pdf", CIRCULAR.replace("บ่อน้ำตื้น", "สระน้ำ"))
    assert pages_of(ledger, "บ่อน้ำตื้น") == [("secret.pdf", 1)]
    hits, count = find(ledger, Wanted(("กรมสมมุติ",)), limit=1)
    assert (len(hits), count) == (1, 2)


def test_an_archive_from_before_the_index_is_indexed_once(ledger: Ledger) -> None:
    """Without the tables of the index, and with them empty, the next search makes up for it."""
    ledger.close()
    with sqlite3.connect(ledger.path) as connection:
        for table in ("page_words", "page_texts", "page_lines", "letter_facts", "record_facts", "indexed"):
            connection.execute(f"DROP TABLE {table}")
    old = Ledger(ledger.path)
    assert pages_of(old, "คุ้งตะเภา") == [("circular.pdf", 1)]
    assert pages_of(old, "ตรวจสอบ") == [("secret.pdf", 1)]
