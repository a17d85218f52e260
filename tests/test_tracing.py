"""laodoc trace: letters that hang together over several records."""

import json
from datetime import date
from pathlib import Path

import pytest
from commands import laodoc
from readings import page, typed

from laodoc import pipeline
from laodoc.archive import thread_text
from laodoc.archive.tracing import Thread, trace
from laodoc.document import Document, EngineInfo, Source
from laodoc.errors import UsageError

FIRST = """
@30 ที่ มท ๐๘๙๙.๗/ว ๔๑๒
>ถึง สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด ทุกจังหวัด
>ด้วยกรมสมมุติขอให้สำรวจบ่อน้ำตื้นในทุกตำบล ภายในวันที่ ๓๐ กันยายน ๒๕๖๔
@120 กรมสมมุติ
@120 ๑๗ สิงหาคม ๒๕๖๔
"""
SECOND = """
@30 ที่ ลย ๐๐๒๓.๓/ว ๘๘
@120 ศาลากลางจังหวัดเลย
@90 ๒๐ สิงหาคม ๒๕๖๔
@30 เรื่อง การสำรวจบ่อน้ำตื้น
@30 เรียน นายอำเภอ ทุกอำเภอ
>ตามหนังสือกรมสมมุติ ที่ มท ๐๘๙๙.๗/ว ๔๑๒ ลงวันที่ ๑๗ สิงหาคม ๒๕๖๔ เรื่อง การสำรวจบ่อน้ำตื้น
"""
ANSWER = """
@30 ที่ ลย ๐๙๑๘/๗๑
@120 ที่ว่าการอำเภอด่านซ้าย
@90 ๒ กันยายน ๒๕๖๔
@30 เรื่อง การสำรวจบ่อน้ำตื้น
@30 เรียน ผู้ว่าราชการจังหวัดเลย
@30 อ้างถึง หนังสือจังหวัดเลย ที่ ลย ๐๐๒๓.๓/ว ๘๘ ลงวันที่ ๒๐ สิงหาคม ๒๕๖๔
>ตามที่จังหวัดเลยขอให้สำรวจบ่อน้ำตื้น นั้น
"""
OTHER_YEAR = SECOND.replace("๒๐ สิงหาคม ๒๕๖๔", "๒๐ สิงหาคม ๒๕๖๓").replace("๔๑๒", "๓").replace("๒๕๖๔", "๒๕๖๓")
STAMP = "อำเภอด่านซ้าย\nเลขรับ 415\nวันที่ 25 ส.ค. 64"
TODAY = date(2021, 9, 10)


def record(name: str, *texts: str, stamp: str = "") -> Document:
    """What laodoc would read from a file with one letter a page."""
    pages = [
        page(number, typed(stamp, 8.0, stamp=0), typed(text), stamps=1)
        if stamp and number == 1
        else page(number, typed(text))
        for number, text in enumerate(texts, start=1)
    ]
    source = Source(name=name, sha256="0", bytes=1, pages=len(pages))
    return pipeline.assemble(pages, source=source, engine=EngineInfo(name="n", version="0", sha256=None))


@pytest.fixture
def records() -> list[Document]:
    """A circular passed on by a province, its copy in a district with the stamp, the answer, and the year before."""
    return [
        record("answer.pdf", ANSWER),
        record("old.pdf", OTHER_YEAR),
        record("sent.pdf", SECOND, FIRST),
        record("received.pdf", SECOND, stamp=STAMP),
    ]


def numbers(thread: Thread) -> list[str]:
    return [letter.number for letter in thread.letters]


@pytest.mark.parametrize("asked", ["ลย 0918/71", "ลย ๐๐๒๓.๓/ว ๘๘", "มท0899.7/ว412"])
def test_a_thread_is_the_same_from_all_its_letters(records: list[Document], asked: str) -> None:
    """Digits and spaces do not matter, and the letter of the same number of another year stays out."""
    day = date(2021, 8, 20) if "๘๘" in asked else None
    thread = trace(records, asked, day)
    assert numbers(thread) == ["มท 0899.7/ว 412", "ลย 0023.3/ว 88", "ลย 0918/71"]
    assert {(link.relation, link.later[0], link.earlier[0]) for link in thread.links} == {
        ("passes on", "ลย0023.3/ว88", "มท0899.7/ว412"),
        ("refers to", "ลย0023.3/ว88", "มท0899.7/ว412"),
        ("refers to", "ลย0918/71", "ลย0023.3/ว88"),
    }


def test_scans_of_one_letter_are_one(records: list[Document]) -> None:
    """What was sent and what was received are copies; the stamp of one is a step of both."""
    thread = trace(records, "ลย 0023.3/ว 88", date(2021, 8, 20))
    letter = next(each for each in thread.letters if each.key in thread.roots)
    assert [copy.file for copy in letter.copies] == ["sent.pdf", "received.pdf"]
    (step,) = thread.steps
    assert (step.event, step.office, step.number, step.date) == ("received", "อำเภอด่านซ้าย", "415", "2021-08-25")


def test_all_years_without_a_day(records: list[Document]) -> None:
    """Without a day a number asks for all its letters."""
    assert len(trace(records, "ลย 0023.3/ว 88").roots) == 2


def test_due_letters(records: list[Document]) -> None:
    """A deadline is due until its day."""
    thread = trace(records, "ลย 0918/71")
    assert [letter.number for letter in thread.due(date(2021, 9, 30))] == ["มท 0899.7/ว 412"]
    assert thread.due(date(2021, 10, 1)) == ()


def test_a_letter_without_a_day_stands_before_its_steps(records: list[Document]) -> None:
    """A letter whose day was filled in by pen is not put behind its answers, and a reference finds it."""
    undated = record("undated.pdf", SECOND.replace("@90 ๒๐ สิงหาคม ๒๕๖๔", ""), stamp=STAMP)
    thread = trace([undated, *records[:1]], "ลย 0918/71")
    assert numbers(thread)[-2:] == ["ลย 0023.3/ว 88", "ลย 0918/71"]
    assert [len(letter.copies) for letter in thread.letters] == [0, 1, 1]


def test_letters_marked_secret_keep_their_subject(records: list[Document]) -> None:
    """The subject of a secret letter is covered, also where the letter speaks of another."""
    thread = trace([record("s.pdf", "@95 ลับ\n" + SECOND)], "ลย 0023.3/ว 88")
    assert {letter.subject for letter in thread.letters} == {"▒▒▒"}


def test_text_tells_the_way(records: list[Document]) -> None:
    """Each letter with what belongs to it."""
    text = thread_text.to_text(trace(records, "มท 0899.7/ว 412"), TODAY)
    assert text.startswith("2021-08-17  มท 0899.7/ว 412  กรมสมมุติ\n")
    for told in ("passed by   ลย 0023.3/ว 88 (2021-08-20)", "2021-09-30, in 20 days", "sent.pdf, page 2"):
        assert told in text


def test_what_was_decided_is_told() -> None:
    """A decision on a memo is a step with its words and who decided; a note that asks another passes the memo on."""
    memo = record(
        "memo.pdf",
        """
        @85 บันทึกข้อความ
        ส่วนราชการ งานพัสดุ โรงพยาบาลสมมุติ
        ที่ นน ๐๐๑๘.๒/๑๗ วันที่ ๕ สิงหาคม ๒๕๖๖
        เรื่อง ขออนุมัติจัดซื้อครุภัณฑ์
        เรียน ผู้อำนวยการโรงพยาบาลสมมุติ
        >ด้วยงานพัสดุมีความจำเป็นต้องจัดซื้อครุภัณฑ์
        >จึงเรียนมาเพื่อโปรดพิจารณา
        @110 (นายสมมุติ พัสดุดี)
        @110 นักวิชาการพัสดุ


        @110 อนุมัติ

        @110 (นางสมศรี ดีพร้อม)
        @110 ผู้อำนวยการโรงพยาบาลสมมุติ
        """,
    )
    (step,) = trace([memo], "นน 0018.2/17").steps
    assert (step.event, step.office, step.decision) == ("decided", "โรงพยาบาลสมมุติ", "อนุมัติ")
    assert "decided     no date  โรงพยาบาลสมมุติ  “อนุมัติ”" in thread_text.to_text(trace([memo], "นน 0018.2/17"), TODAY)


def test_a_graph_that_graphviz_reads(records: list[Document]) -> None:
    """Three letters, three arrows, quotation marks escaped; and JSON with the same."""
    thread = trace(records, "มท 0899.7/ว 412")
    dot = thread_text.to_dot(thread, TODAY)
    assert (dot.count("->"), dot.count("[label=")) == (3, 6)
    told = json.loads(thread_text.to_json(thread, TODAY))
    assert [letter["due"] for letter in told["letters"]] == [True, False, False]
    assert told["steps"][0]["letter"] == {"number": "ลย 0023.3/ว 88", "date": "2021-08-20"}


def test_command_line(records: list[Document], tmp_path: Path) -> None:
    """Records as files in, a graph out; a number that nobody has is told with what to do."""
    files = []
    for document in records:
        files.append(tmp_path / f"{document.source.name}.json")
        files[-1].write_text(document.model_dump_json(by_alias=True), encoding="utf-8")
    graph = tmp_path / "thread.dot"
    done = laodoc("trace", "ลย ๐๙๑๘/๗๑", *files, "--format", "dot", "-o", graph, folder=tmp_path)
    assert (done.code, done.out) == (0, b""), done.err
    assert graph.read_text(encoding="utf-8").count("->") == 3
    none = laodoc("trace", "ลย ๑/๑", *files, folder=tmp_path)
    assert (none.code, none.out) == (UsageError.exit_code, b"")
    assert "ลย ๑/๑" in none.messages
