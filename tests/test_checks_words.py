"""Digits and words, bars and shares, sentences and tables: each pair shown agreeing and not."""

import math

import pytest
from pythainlp.util import bahttext, num_to_thaiword
from tables import grid, page
from test_checks import STATISTICS, findings, statistics_rows

from laodoc.checks.repair import repair
from laodoc.checks.summaries import check_summaries
from laodoc.checks.withhold import withhold
from laodoc.checks.words import disagreement
from laodoc.document import BBox, Document, EngineInfo, Finding, Line, Region, Source, Table, Words
from laodoc.parsing.pages import build_page
from laodoc.parsing.tables import build_tables
from laodoc.recognition.reading import BarReading, Guess, Reading
from laodoc.thai.digits import to_thai
from laodoc.thai.number_words import number_in_words

REGION = Region(kind="table", bbox=BBox(200, 400, 2000, 1000))
NUMBERS = [0, 1, 7, 10, 11, 20, 21, 101, 111, 1_000, 11_198, 100_001, 999_999, 1_000_000, 10_500_021, 45_000_000_000]


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers_in_words_are_read(number: int) -> None:
    """As pythainlp writes them, alone and as baht."""
    assert number_in_words(num_to_thaiword(number)) == number
    if number:
        assert number_in_words(bahttext(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("หนึงพันสองร้อย", 1200),
        ("เกาสิบแปด", 98),
        ("สามพันบาทถ้วน", 3000),
        ("ยี่สิบเอ็ดล้าน", 21_000_000),
        ("ล้าน", 1_000_000),
        ("แห่ง", None),
        ("ต่อ", None),
        ("สิบพันร้อยแสน", None),
        ("สองสาม", None),
        ("", None),
    ],
)
def test_slips_in_words_are_forgiven_and_other_words_are_none(text: str, number: int | None) -> None:
    """A mark lost is no matter; what is not a number in order is none."""
    assert number_in_words(text) == number


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("๑๑,๑๙๘ (หนึ่งหมื่นหนึ่งพันหนึ่งร้อยเก้าสิบแปด)", None),
        ("๑๑,๑๙๙ (หนึ่งหมื่นหนึ่งพันหนึ่งร้อยเก้าสิบแปด)", (11_199, 11_198)),
        ("เป็นเงิน ๓,๐๐๐ บาท (สามพันบาทถ้วน)", None),
        ("เป็นเงิน ๓,๐๐๐ บาท (สามหมื่นบาทถ้วน)", (3_000, 30_000)),
        ("จำนวน ๗ แห่ง (ร้อยละ)", None),
        ("(แห่ง)", None),
    ],
)
def test_digits_and_the_words_beside_them(text: str, found: tuple[int, int] | None) -> None:
    """They agree, or both numbers are told."""
    assert disagreement(text) == found


def test_a_cell_whose_words_say_another_number_is_found() -> None:
    """The finding stands at the cell."""
    rows = statistics_rows()
    rows[1][2] = "๘๑ (แปดสิบสอง)"
    found = [finding for finding in findings(STATISTICS, rows) if finding.rule == "words-digits"]
    assert [(finding.expected, finding.found, finding.sequence) for finding in found] == [(82, 81, 2)]


@pytest.mark.parametrize(("green", "told"), [(0.068, False), (0.08, False), (0.2, True)])
def test_a_bar_shows_what_its_row_prints(green: float, told: bool) -> None:
    """A bar within what can be measured is no finding."""
    header = [*STATISTICS, "แผนภูมิ"]
    rows = [[*row, BarReading(green, 1 - green)] for row in statistics_rows()[:1] * 3]
    rows = [[to_thai(str(number)), *row[1:]] for number, row in enumerate(rows, start=1)]
    found = [finding for finding in findings(header, rows) if finding.rule == "bar-percent"]
    assert len(found) == (3 if told else 0)


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("มี อปท. จำนวน ๔๔๕ แห่ง ดำเนินการแล้ว จำนวน ๘๑ แห่ง คิดเป็นร้อยละ ๑๘.๒๐", []),
        ("มี อปท. จำนวน ๔๔๖ แห่ง", [(446, 445)]),
        ("คิดเป็นร้อยละ ๑๘.๗๐", [(18.7, 18.2)]),
        ("แจ้งแล้ว จำนวน ๑๒ แห่ง คิดเป็นร้อยละ ๒.๗", []),
        ("จำนวน ๔๔๕ แห่ง รายงานแล้ว จำนวน ๑๘ แห่ง ยังไม่รายงาน จำนวน ๓๖๔ แห่ง", [(18, 81)]),
        ("รายงานแล้ว จำนวน ๘๑ แห่ง คิดเป็นร้อยละ ๒๘.๒๐", [(28.2, 18.2)]),
        ("ยังไม่รายงาน จำนวน ๓๖๔ แห่ง คิดเป็นร้อยละ ๘๑.๗๙", []),
    ],
)
def test_a_sentence_and_the_table_it_sums_up(sentence: str, found: list[tuple[float, float]]) -> None:
    """Counts and shares near one of the table's sums must be it; others count something else."""
    table = page(grid([STATISTICS, *statistics_rows()]), number=2)
    letter = build_page(page(number=1))
    line = Line(text=sentence, bbox=BBox(0, 0, 99, 9), confidence=0.9, script="print")
    document = Document(
        source=Source(name="made.pdf", sha256="", bytes=0, pages=2),
        engine=EngineInfo(name="made", version="", sha256=None),
        pages=(letter.model_copy(update={"lines": (line,)}), build_page(table)),
        letters=(),
        tables=build_tables([table]),
        records=(),
        routing=(),
        findings=(),
    )
    assert [(finding.found, finding.expected) for finding in check_summaries(document)] == found
    inside = line.model_copy(update={"bbox": BBox(210, 420, 900, 450)})
    below = build_page(table).model_copy(update={"lines": (inside,), "regions": (REGION,)})
    assert check_summaries(document.model_copy(update={"pages": (below,)})) == ()


VOTES = ["หมายเลข", "ชื่อพรรคการเมือง", "ได้คะแนน"]


def _piece(*texts: tuple[str, float]) -> tuple[tuple[str, float], ...]:
    return tuple((text, math.log(share)) for text, share in texts)


def _voted(last: Reading | str) -> tuple[Table, tuple[Finding, ...]]:
    rows = [["๑", "พรรคหนึ่ง", "๑๒ (สิบสอง)"], ["๒", "พรรคสอง", "๖ (หก)"], ["๓", "พรรคสาม", last]]
    (table,) = build_tables([page(grid([VOTES, *rows]))])
    (table,), found = repair([table])
    (table,) = withhold([table])
    return table, found


def test_a_cell_says_its_number_twice() -> None:
    """The value is the number, and the words stand beside it; two that agree are sure although the line was not."""
    table, found = _voted(Reading("๑,๐๒๓ (หนึ่งพันยี่สิบสาม)", 0.4))
    cell = table.rows[3].cells[2]
    assert (cell.value, cell.words, cell.confidence) == (
        1023, Words(text="หนึ่งพันยี่สิบสาม", value=1023, agree=True), 0.9,
    )  # fmt: skip
    assert found == ()


def test_digits_in_doubt_follow_the_words_beside_them() -> None:
    """Only the other reading of a figure agrees with words that were read surely: the value is mended, and told."""
    pieces = (_piece(("๘", 0.6), ("๔", 0.3)), _piece(("๒ (สี่สิบสอง)", 1.0)))
    table, found = _voted(Reading("๘๒ (สี่สิบสอง)", 0.6, pieces=pieces))
    cell = table.rows[3].cells[2]
    assert (cell.text, cell.value) == ("๘๒ (สี่สิบสอง)", 42)
    assert [(each.rule, each.expected, each.repaired) for each in found] == [("words-digits", 42, True)]


def test_words_in_doubt_follow_the_digits_beside_them() -> None:
    """And the other way round: the value stays, the words are read again."""
    pieces = (_piece(("๔๒ (สี่สิบ", 1.0)), _piece(("สาม", 0.6), ("สอง", 0.3)), _piece((")", 1.0)))
    table, found = _voted(Reading("๔๒ (สี่สิบสาม)", 0.6, pieces=pieces))
    assert table.rows[3].cells[2].words == Words(text="สี่สิบสาม", value=42, agree=True)
    assert [(each.rule, each.repaired) for each in found] == [("words-digits", True)]


def test_a_slip_of_the_paper_stays() -> None:
    """Both read without doubt: they are as printed, and a finding says that they differ."""
    table, found = _voted(Reading("๘๒ (สี่สิบสอง)", 0.99))
    cell = table.rows[3].cells[2]
    assert (cell.value, cell.words and cell.words.agree, found) == (82, False, ())
    told = [f.rule for f in findings(VOTES, [["๑", "พรรคหนึ่ง", "๑๒ (สิบสอง)"], ["๒", "พรรคสอง", "๘๒ (สี่สิบสอง)"]])]
    assert told == ["words-digits"]


def test_what_is_hardly_read_is_no_vote() -> None:
    """A dotted blank in which a figure may be seen, with little confidence, has no value."""
    blank = Reading("", 0.7, (Guess("๖", 0.06),))
    cell = _voted(blank)[0].rows[3].cells[2]
    assert (cell.value, cell.text, cell.confidence) == (None, "", 0.7)
    assert [(other.text, other.confidence) for other in cell.alternatives] == [("๖", 0.06)]
    assert _voted("")[0].rows[3].cells[2].value is None
