"""Corrections: a sheet goes out, a person's answers come in, and no later reading undoes them."""

import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import commands
import openpyxl
import pytest
from readings import page as typed_page
from readings import typed
from tables import STATISTICS as HEADER
from tables import STATUS, grid, page, reading, statistics_rows, status_rows

import laodoc
from laodoc.archive.correcting import Answer
from laodoc.archive.doubting import DoubtOptions, doubts_of
from laodoc.archive.finding import Wanted, find
from laodoc.archive.ledger import Ledger
from laodoc.document import Document, EngineInfo, Source, parse_record
from laodoc.errors import AccessError, BatchFailures, UsageError
from laodoc.export.json import to_json
from laodoc.pipeline import assemble
from laodoc.recognition.reading import MarkReading
from laodoc.review.workbook import CORRECT, DOUBTS, answers_in, to_workbook

SHA = "ab" * 32
LETTER = """
@30 ที่ อต ๐๐๒๓.๓/๑๒๓
^@120 สำนักงานส่งเสริมการปกครองท้องถิ่น
@110 ๑๑ มิถุนายน ๒๕๖๓
เรื่อง การรายงานผล
เรียน นายอำเภอลานสัก
> ขอให้รายงานผลภายในวันที่ ๓๐ มิถุนายน ๒๕๖๓
"""


def made(*, engine: str = "1", wrong: str = "๔๖", shift: int = 0, columns: int = 6) -> Document:
    """A letter whose number is hardly read, a statistics table with a doubtful count, and a status table with a
    doubtful mark; another `engine` may read a count as another `wrong` number, at a place `shift` pixels lower."""
    rows: list[list[object]] = [[*row] for row in statistics_rows(count=4)]
    rows[1][2] = reading(wrong, confidence=0.6)
    marks: list[list[object]] = [[*row] for row in status_rows(count=5)]
    marks[2][3] = MarkReading(None, 0.2)
    letter = typed(LETTER, confidence=0.97)
    letter[0] = type(letter[0])(letter[0].text, letter[0].left, letter[0].top, None, 0.5)
    pages = [
        typed_page(1, letter),
        page(grid([HEADER, *rows], top=400 + shift), number=2),  # type: ignore[list-item]
        page(grid([STATUS, *marks]), number=3),  # type: ignore[list-item]
    ]
    return assemble(
        pages[:columns],
        source=Source(name="made.pdf", sha256=SHA, bytes=1, pages=3),
        engine=EngineInfo(name="made", version=engine, sha256=engine),
    )


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """An archive with that document."""
    ledger = Ledger(tmp_path / "a.sqlite", create=True)
    ledger.enter("made.pdf", SHA, 1, 1)
    keep(ledger, made())
    return ledger


def keep(ledger: Ledger, document: Document) -> None:
    ledger.keep(SHA, document, to_json(document), 1.0)


def standing(ledger: Ledger) -> Document:
    document = ledger.document(SHA)
    assert document is not None
    return document


def sheet(ledger: Ledger, path: Path, answers: Mapping[str, object], *, settled: bool = False) -> Path:
    """The doubt sheet, with answers filled in where the label ends so; each must be there once."""
    found = doubts_of(ledger, DoubtOptions(settled=settled))
    path.write_bytes(to_workbook(found.rows, found.remarks))
    book = openpyxl.load_workbook(path)
    rows = list(book[DOUBTS].iter_rows())
    names = [cell.value for cell in rows[0]]
    for end, answer in answers.items():
        (row,) = (row for row in rows[1:] if str(row[2].value).endswith(end))
        row[names.index(CORRECT)].value = answer
    book.save(path)
    return path


def take(ledger: Ledger, path: Path, by: str = "สมชาย") -> tuple[int, int, list[str]]:
    taken = ledger.correct([Answer(*each) for each in answers_in(path)], by)
    return taken.new, taken.known, taken.refused


TOTAL = f"[2] {HEADER[2].replace(chr(10), ' ')}"
MARK = "[3] ส่งรายงานแล้ว (แห่ง)"
NUMBER = "letter-1: เลขที่ / number"
ANSWERS = {TOTAL: "๔๘", MARK: "✓", NUMBER: "ที่ อต ๐๐๒๓.๓/๗๒๓"}


def test_a_sheet_comes_back_and_nothing_else_changes(ledger: Ledger, tmp_path: Path) -> None:
    """What was read stays as text; value, record, routing and checks are the person's; the rest is as it was."""
    before = standing(ledger)
    assert any(finding.rule == "row-sum" for finding in before.findings)
    assert take(ledger, sheet(ledger, tmp_path / "d.xlsx", ANSWERS)) == (3, 0, [])
    after = standing(ledger)
    cell = after.tables[0].rows[2].cells[2]
    assert (cell.text, cell.value, cell.confidence, cell.corrected) == ("๔๖", 48, 1.0, True)
    assert after.records[1].counts is not None
    assert after.records[1].counts.total == 48
    assert after.tables[1].rows[3].cells[3].mark == "check"
    assert after.records[6].status == "done"
    number = after.letters[0].number
    assert number is not None
    assert (number.text, number.value) == ("อต ๐๐๒๓.๓/๑๒๓", "อต 0023.3/723")
    assert after.routing[0].number == "อต 0023.3/723"
    assert not any(finding.rule in ("row-sum", "unread") for finding in after.findings)
    assert parse_record(to_json(after), name="") == after
    assert uncorrected(after) == uncorrected(before)


def uncorrected(document: Document) -> object:
    """All of the letters, tables and pages but the three corrected values and what says that they are."""
    plain = document.model_dump(include={"letters", "tables", "pages", "source", "engine"})
    touched = (
        plain["letters"][0]["number"],
        plain["tables"][0]["rows"][2]["cells"][2],
        plain["tables"][1]["rows"][3]["cells"][3],
    )
    for each in touched:
        for key in ("value", "mark", "confidence", "corrected"):
            each.pop(key, None)
    return plain


def test_the_same_sheet_twice_changes_nothing(ledger: Ledger, tmp_path: Path) -> None:
    """Neither the record nor the table of corrections."""
    path = sheet(ledger, tmp_path / "d.xlsx", ANSWERS)
    take(ledger, path)
    first, rows = to_json(standing(ledger)), corrections(ledger)
    assert take(ledger, path) == (0, 3, [])
    assert (to_json(standing(ledger)), corrections(ledger)) == (first, rows)
    assert {(row[0], row[1]) for row in rows} == {("สมชาย", "48"), ("สมชาย", '"check"'), ("สมชาย", '"อต 0023.3/723"')}


def corrections(ledger: Ledger) -> list[tuple[object, ...]]:
    with ledger.session() as session:
        said = session.connection().exec_driver_sql("select by, value, superseded, lost from corrections order by id")
        return [tuple(row) for row in said]


def test_what_is_put_right_is_in_doubt_no_more(ledger: Ledger, tmp_path: Path) -> None:
    """The next sheet has it only where asked for; then it can be put right again, and the last one holds."""
    take(ledger, sheet(ledger, tmp_path / "d.xlsx", ANSWERS))
    assert not [row for row in doubts_of(ledger).rows if row.label.endswith(TOTAL)]
    again = sheet(ledger, tmp_path / "again.xlsx", {TOTAL: 47}, settled=True)
    assert take(ledger, again, "สมหญิง") == (1, 0, [])
    assert standing(ledger).tables[0].rows[2].cells[2].value == 47
    assert [row[2] is None for row in corrections(ledger)].count(False) == 1


def test_another_persons_correction_is_not_overwritten_unseen(ledger: Ledger, tmp_path: Path) -> None:
    """Two sheets made at one time: the second person hears of the first one's answer, who may change his own."""
    one, other = (sheet(ledger, tmp_path / f"{n}.xlsx", {TOTAL: n}) for n in (48, 49))
    take(ledger, one)
    new, _, refused = take(ledger, other, "สมหญิง")
    assert (new, len(refused)) == (0, 1)
    assert "สมชาย" in refused[0]
    assert take(ledger, other) == (1, 0, [])
    assert standing(ledger).tables[0].rows[2].cells[2].value == 49


@pytest.mark.parametrize(
    ("label", "answer"),
    [
        (TOTAL, "สี่สิบแปด"),
        (TOTAL, "4,8"),
        (MARK, "มี"),
        (NUMBER, "๑๑ มิถุนายน ๒๕๖๓"),
        (NUMBER, "x" * 3000),
        (MARK, "ok"),
    ],
)
def test_a_wrong_answer_is_one_line_and_is_not_taken(ledger: Ledger, tmp_path: Path, label: str, answer: str) -> None:
    """Numbers in words, marks that are none, a day for a number; the other rows are taken."""
    other = NUMBER if label == TOTAL else TOTAL
    path = sheet(ledger, tmp_path / "d.xlsx", {label: answer, other: ANSWERS[other]})
    new, _, refused = take(ledger, path)
    assert (new, len(refused)) == (1, 1)
    assert refused[0].startswith("row ")
    assert "\n" not in refused[0]


def test_a_sheet_of_an_older_reading_is_refused_where_it_differs(ledger: Ledger, tmp_path: Path) -> None:
    """Read anew since: the changed value is refused in a clear line, the others are taken."""
    path = sheet(ledger, tmp_path / "d.xlsx", ANSWERS)
    keep(ledger, made(engine="2", wrong="๔๒"))
    new, _, refused = take(ledger, path)
    assert (new, len(refused)) == (2, 1)
    assert "read anew" in refused[0]


def test_a_new_reading_keeps_the_corrections(ledger: Ledger, tmp_path: Path) -> None:
    """Another model reads another number some pixels lower: the person's value stands, the text is the new one."""
    take(ledger, sheet(ledger, tmp_path / "d.xlsx", ANSWERS))
    keep(ledger, made(engine="2", wrong="๔๒", shift=7))
    cell = standing(ledger).tables[0].rows[2].cells[2]
    assert (cell.text, cell.value, cell.corrected) == ("๔๒", 48, True)
    assert ledger.lost_corrections() == []


def test_a_correction_without_a_place_is_kept_and_told(ledger: Ledger, tmp_path: Path) -> None:
    """A reading without the second table loses its mark's correction; with the table it is back."""
    take(ledger, sheet(ledger, tmp_path / "d.xlsx", ANSWERS))
    keep(ledger, made(engine="2", columns=2))
    ((place, lost),) = ledger.lost_corrections()
    assert (place, lost.page, lost.value) == ("made.pdf", 3, "check")
    keep(ledger, made(engine="3"))
    assert ledger.lost_corrections() == []
    assert standing(ledger).tables[1].rows[3].cells[3].mark == "check"


def test_readers_of_the_archive_get_the_corrected_record(ledger: Ledger, tmp_path: Path) -> None:
    """Archive.records, the letters' table and find."""
    take(ledger, sheet(ledger, tmp_path / "d.xlsx", ANSWERS))
    records = laodoc.Archive(ledger.path).records()
    assert records["total"].tolist()[1] == 48
    hits, _ = find(ledger, Wanted(("รายงาน",)), limit=5)
    assert "อต 0023.3/723" in {hit.number for hit in hits}


def test_what_was_put_right_is_found(ledger: Ledger, tmp_path: Path) -> None:
    """By the number that the person gave, although the page was read otherwise; and by that reading too."""
    assert find(ledger, Wanted(("0023.3/723",)), limit=5)[1] == 0
    take(ledger, sheet(ledger, tmp_path / "d.xlsx", {NUMBER: ANSWERS[NUMBER]}))
    (hit,), count = find(ledger, Wanted(("0023.3/๗๒๓",)), limit=5)
    assert (count, hit.page, hit.text) == (1, 1, "อต 0023.3/723")
    assert find(ledger, Wanted(("๐๐๒๓.๓/๑๒๓",)), limit=5)[1] == 1


def test_what_was_not_found_can_be_filled_in(ledger: Ledger, tmp_path: Path) -> None:
    """A letter whose number nobody could read gets it, keeps it, and gives it way to nothing."""
    read = made()
    letter = read.letters[0].model_copy(update={"number": None})
    blank = read.model_copy(update={"letters": (letter,)})
    keep(ledger, blank)
    assert take(ledger, sheet(ledger, tmp_path / "d.xlsx", {NUMBER: "อต 0023.3/9"})) == (1, 0, [])
    number = standing(ledger).letters[0].number
    assert number is not None
    assert (number.text, number.value, number.corrected) == ("", "อต 0023.3/9", True)
    assert take(ledger, tmp_path / "d.xlsx") == (0, 1, [])
    keep(ledger, made(engine="2"))
    number = standing(ledger).letters[0].number
    assert number is not None
    assert (number.text, number.value) == ("อต ๐๐๒๓.๓/๑๒๓", "อต 0023.3/9")


@pytest.mark.parametrize("damage", [b"<row ", b"xl/worksheets", b"Types", b"PK\x01\x02", b"xl/workbook"])
def test_a_damaged_sheet_is_told(ledger: Ledger, tmp_path: Path, damage: bytes) -> None:
    """Broken XML, parts that are missing, a torn ZIP: one line each, whatever openpyxl makes of it."""
    path = sheet(ledger, tmp_path / "d.xlsx", ANSWERS)
    with zipfile.ZipFile(path) as sound, zipfile.ZipFile(tmp_path / "plain.xlsx", "w") as plain:
        for name in sound.namelist():
            plain.writestr(name, sound.read(name))
    content = (tmp_path / "plain.xlsx").read_bytes()
    assert damage in content
    path.write_bytes(content.replace(damage, b"<" * len(damage)))
    with pytest.raises(UsageError, match="not a doubt sheet"):
        answers_in(path)


def test_what_is_read_rightly_can_be_confirmed(ledger: Ledger, tmp_path: Path) -> None:
    """`ok` keeps the value and ends the doubt."""
    assert take(ledger, sheet(ledger, tmp_path / "d.xlsx", {NUMBER: "ok"})) == (1, 0, [])
    number = standing(ledger).letters[0].number
    assert number is not None
    assert (number.value, number.corrected) == ("อต 0023.3/123", True)


def test_a_percentage_is_what_the_sheet_shows(ledger: Ledger, tmp_path: Path) -> None:
    """A program that keeps 0.0372 and shows 3.72 % means 3.72."""
    path = sheet(ledger, tmp_path / "d.xlsx", {TOTAL: 0.0372})
    book = openpyxl.load_workbook(path)
    (cell,) = (cell for row in book[DOUBTS].iter_rows() for cell in row if cell.value == 0.0372)
    cell.number_format = "0.00%"
    book.save(path)
    assert [answer for _, _, answer in answers_in(path)] == ["3.72"]


def test_what_is_no_sheet_is_told(ledger: Ledger, tmp_path: Path) -> None:
    """Absent, a text, another workbook; a key that was changed; a scan that the archive does not have."""
    with pytest.raises(AccessError):
        list(answers_in(tmp_path / "absent.xlsx"))
    (tmp_path / "text.xlsx").write_text("no workbook", encoding="utf-8")
    with pytest.raises(UsageError, match="not a doubt sheet"):
        list(answers_in(tmp_path / "text.xlsx"))
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    with pytest.raises(UsageError, match="not a doubt sheet"):
        list(answers_in(tmp_path / "other.xlsx"))
    taken = ledger.correct([Answer(2, "nonsense", 1), Answer(3, "cd:/letters/0/number:0:0", "x")], "สมชาย")
    assert [line.split(":")[0] for line in taken.refused] == ["row 2", "row 3"]


KILLED = """
import os, sys
from pathlib import Path
from laodoc.archive import correcting, ledger
from laodoc.archive.correcting import Answer
from laodoc.review.workbook import answers_in
ledger._enter_meaning = lambda *given: os.kill(os.getpid(), 9)
archive = ledger.Ledger(Path(sys.argv[1]))
archive.correct([Answer(*each) for each in answers_in(Path(sys.argv[2]))], "สมชาย")
"""


def test_a_kill_between_the_writes_leaves_no_half_correction(ledger: Ledger, tmp_path: Path) -> None:
    """Killed after corrections and corrected record, before the index: none of it is there, and the sheet can be taken
    again."""
    path, before = sheet(ledger, tmp_path / "d.xlsx", ANSWERS), to_json(standing(ledger))
    killed = subprocess.run([sys.executable, "-c", KILLED, str(ledger.path), str(path)], check=False)
    assert killed.returncode == -9
    assert corrections(ledger) == []
    assert to_json(standing(ledger)) == before
    assert take(ledger, path) == (3, 0, [])


def test_the_commands_do_it_all(ledger: Ledger, tmp_path: Path) -> None:
    """doubts writes the sheet, correct takes it; a refused row is told and gives exit code 4."""
    out = tmp_path / "d.xlsx"
    told = commands.laodoc("doubts", ledger.path, "-o", out, folder=tmp_path)
    assert (told.code, "doubts listed" in told.messages) == (0, True)
    path = sheet(ledger, out, {TOTAL: 48, MARK: "มี"})
    done = commands.laodoc("correct", ledger.path, path, folder=tmp_path)
    assert done.code == BatchFailures.exit_code
    assert "1 corrections taken" in done.messages
    assert sum(line.startswith("laodoc:") for line in done.messages.splitlines()) == 1


def test_secret_pages_are_left_out_of_sheets(ledger: Ledger) -> None:
    """Their doubts are counted; --unmask lists them."""
    read = made()
    secrecy = read.letters[0].number
    assert secrecy is not None
    letter = read.letters[0].model_copy(update={"secrecy": secrecy.model_copy(update={"text": "ลับ"})})
    keep(ledger, read.model_copy(update={"letters": (letter,)}))
    hidden = doubts_of(ledger)
    assert hidden.hidden > 0
    assert len(doubts_of(ledger, DoubtOptions(unmask=True)).rows) == len(hidden.rows) + hidden.hidden


OTHER = "cd" * 32


def rescan(ledger: Ledger, document: Document, place: str = "again.pdf") -> Document:
    """Enter another scan of the paper and give back what the archive says of it."""
    again = document.model_copy(update={"source": document.source.model_copy(update={"sha256": OTHER})})
    ledger.enter(place, OTHER, 1, 2)
    ledger.keep(OTHER, again, to_json(again), 1.0)
    found = ledger.document(OTHER)
    assert found is not None
    return found


def test_a_rescan_takes_over_the_corrections(ledger: Ledger, tmp_path: Path) -> None:
    """The same letter scanned again, lower on the page and read by another engine: values, and who said so."""
    rows = [row for row in doubts_of(ledger).rows if row.label.endswith(TOTAL)]
    assert len(rows) == 1
    take(ledger, sheet(ledger, tmp_path / "d.xlsx", {TOTAL: 48, MARK: "✓"}))
    again = rescan(ledger, made(engine="2", shift=300))
    assert again.tables[0].rows[2].cells[2].value == 48
    assert again.tables[1].rows[3].cells[3].mark == "check"
    with ledger.session() as session:
        said = session.connection().exec_driver_sql("select sha256, by, origin from corrections order by id").fetchall()
    assert [row[1] for row in said] == ["สมชาย"] * 4
    assert sorted(row[2] for row in said if row[0] == OTHER) == [1, 2]


def test_a_rescan_that_clearly_says_otherwise_is_believed(ledger: Ledger, tmp_path: Path) -> None:
    """It may be another paper under that number; a doubtful other reading is put right all the same."""
    take(ledger, sheet(ledger, tmp_path / "d.xlsx", {TOTAL: 48}))
    clear = made(engine="2")
    table = clear.tables[0]
    cell = table.rows[2].cells[2].model_copy(update={"text": "๕๐", "value": 50, "confidence": 0.99})
    row = table.rows[2].model_copy(update={"cells": (*table.rows[2].cells[:2], cell, *table.rows[2].cells[3:])})
    table = table.model_copy(update={"rows": (*table.rows[:2], row, *table.rows[3:])})
    said = rescan(ledger, clear.model_copy(update={"tables": (table, *clear.tables[1:])}))
    assert said.tables[0].rows[2].cells[2].value == 50
    assert rescan(ledger, made(engine="3", wrong="๔๙")).tables[0].rows[2].cells[2].value == 48


def test_a_file_that_was_scanned_over_keeps_its_corrections(ledger: Ledger, tmp_path: Path) -> None:
    """The new content lies where the old one lay: what is taken over is there, what is not is told."""
    take(ledger, sheet(ledger, tmp_path / "d.xlsx", ANSWERS))
    again = rescan(ledger, made(engine="2", columns=2), place="made.pdf")
    assert again.tables[0].rows[2].cells[2].value == 48
    assert again.letters[0].number is not None
    assert [lost.value for _, lost in ledger.lost_corrections()] == ["check"]
