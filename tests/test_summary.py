"""What a person reads of a document on a screen: its values, and what must be looked at, by consequence."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import laodoc
from laodoc.checks.ranking import CONSEQUENCES, ranked, sureness
from laodoc.document import Document, Finding, base
from laodoc.export.summary import SHOWN, summary
from laodoc.messages import Message, use_digits, use_language
from laodoc.review.doubts import finding_reason

RECORD = Path(__file__).parent.parent / "samples" / "bundle.json"


@pytest.fixture(autouse=True)
def _thai() -> Iterator[None]:
    use_language("th")
    yield
    use_language(None)
    use_digits(None)


@pytest.fixture(scope="module")
def document() -> Document:
    return laodoc.load(RECORD)


def finding(rule: base.Rule, severity: base.Severity = "warning", **where: object) -> Finding:
    message = Message("sequence", found=7, expected=6)
    return Finding.model_validate({"rule": rule, "severity": severity, "message": message, "page": 3, **where})


def test_a_letter_is_told_in_thai_with_days_of_the_buddhist_era(document: Document) -> None:
    """Form, labels and days are an officer's; no word of the record's own is left."""
    told = summary(document)
    assert "หนังสือประทับตรา (หน้า 1)" in told
    assert "16 ก.ย. 2565" in told
    assert "stamped" not in told
    assert "2022-09-16" not in told


def test_days_are_shown_in_thai_digits_where_asked_for(document: Document) -> None:
    """--digits thai is for whoever writes so."""
    use_digits("thai")
    assert "๑๖ ก.ย. ๒๕๖๕" in summary(document)


def test_information_stays_out_unless_asked_for(document: Document) -> None:
    """The order of the alphabet hides no sum that is wrong."""
    told = document.model_copy(update={"findings": (finding("order", "info"), finding("row-sum"))})
    assert "การเรียงตามอักษร" not in summary(told)
    assert "อีก 1 รายการเพื่อทราบ" in summary(told)
    assert "การเรียงตามอักษร" in summary(told, everything=True)


def test_findings_are_grouped_and_the_gravest_come_first() -> None:
    """What is lost comes before what is counted wrongly, and that before what is filed wrongly."""
    found = [finding("unknown-place"), finding("row-sum", table="table-1"), finding("damaged-page", "error")]
    groups = ranked([*found, finding("row-sum", table="table-1")])
    assert [(group.rule, len(group.findings)) for group in groups] == [
        ("damaged-page", 1), ("row-sum", 2), ("unknown-place", 1),
    ]  # fmt: skip


def test_many_findings_of_one_kind_are_a_few_and_a_number(document: Document) -> None:
    """Forty running numbers of one table are no forty lines."""
    many = tuple(finding("sequence-gap", table="table-1", sequence=number) for number in range(40))
    told = summary(document.model_copy(update={"findings": many}))
    assert told.count("ลำดับขาด") == SHOWN
    assert f"อีก {40 - SHOWN} รายการแบบเดียวกัน" in told


def test_a_finding_says_where_and_how_surely_it_was_read(document: Document) -> None:
    """Page, running number, column by its header, and the confidence of the cell it speaks of."""
    table = document.tables[1]
    row = next(row for row in table.rows if row.kind == "row")
    cell = row.cells[-1]
    one = finding("row-sum", table=table.id, sequence=4, column=cell.column, bbox=cell.bbox, page=row.page)
    told = summary(document.model_copy(update={"findings": (one,)}))
    assert sureness(document, one) == cell.confidence
    assert f"(หน้า {row.page}, ลำดับ 4, ช่อง " in told
    assert f"อ่านมั่นใจ {round(100 * cell.confidence)}%)" in told


def test_every_rule_has_its_rank() -> None:
    """A new rule is given a place among the consequences."""
    assert sorted(CONSEQUENCES) == sorted(base.Rule.__args__)  # type: ignore[attr-defined]


def test_a_secret_letter_is_only_said_to_be_one(document: Document) -> None:
    """Nothing of what is marked secret stands on a screen."""
    letter = document.letters[0]
    assert letter.number is not None
    marked = letter.number.model_copy(update={"text": "ลับ", "value": "ลับ"})
    secret = letter.model_copy(update={"secrecy": marked})
    told = summary(document.model_copy(update={"letters": (secret,)}))
    assert "มีชั้นความลับ ไม่แสดง" in told
    assert letter.number.text not in told


def test_a_doubt_sheet_gives_a_finding_as_reason_in_both_languages() -> None:
    """Sheets are for whoever reads either; the page in the browser takes one of both."""
    assert finding_reason(finding("row-sum")) == (
        "ผลรวมในแถว: ลำดับที่ 7 อยู่ตรงที่ควรเป็น 6 / sum of a row: running number 7 stands where 6 belongs"
    )
