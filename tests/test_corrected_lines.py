"""Corrected lines as training data: pictures as the recognizer sees them, texts only where the print is sure."""

import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest
from scanning import fill

from laodoc.archive.corrected_lines import write_lines
from laodoc.archive.correcting import Answer
from laodoc.archive.doubting import DoubtOptions, doubts_of
from laodoc.archive.entering import enter_files
from laodoc.archive.ledger import Ledger
from laodoc.document import BBox
from laodoc.errors import AccessError
from laodoc.evaluation.command import evaluate_folders
from laodoc.evaluation.pairs import line_pairs
from laodoc.review.line_images import _is_cut_off, _part
from laodoc.review.printed import printed
from laodoc.review.spots import Kind, Spot

SAMPLES = Path(__file__).resolve().parent.parent / "samples"


def spot(kind: Kind, text: str, value: str | int | float | None = None) -> Spot:
    return Spot("/letters/0/x", "/letters/*/x", kind, "x", 1, BBox(0, 0, 9, 9), text, value, 0.5)


@pytest.mark.parametrize(
    ("kind", "read", "answer", "page", "text"),
    [
        ("number", "๔๒", "48", "๑๒๓", "๔๘"),
        ("number", "42", "48", "๑๒๓", "48"),
        ("number", "o", "48", "๑๒๓ ๔๕๖", "๔๘"),
        ("number", "o", "48", "๑๒๓ 456", None),
        ("number", "๑๒๓๔", "1234", "", None),
        ("number", "๑,๒๓๔", "1,235", "", "๑,๒๓๕"),
        ("number", "๓.๗๒", "3.7", "", None),
        ("number", "๓.๗๒", "3.71", "", "๓.๗๑"),
        ("date", "15/1/65", "15/9/65", "", "15/9/65"),
        ("date", "15/1/65", "2022-09-15", "", None),
        ("date", "๑๑ มิ.ย. ๖๓", "12 มิ.ย. 63", "", "๑๒ มิ.ย. ๖๓"),
        ("register", "37ร", "3178", "", "3178"),
        ("text", "รวมข", "รวมทั้งสิ้น", "", "รวมทั้งสิ้น"),
        ("text", "หมู่ ๑", "หมู่ 2", "", "หมู่ ๒"),
        ("number", "257", "ok", "", "257"),
        ("number", "257,", "ok", "", None),
        ("mark", "", "✓", "", None),
    ],
)
def test_the_text_of_a_line_is_only_what_is_surely_printed(
    kind: Kind, read: str, answer: str, page: str, text: str | None
) -> None:
    """Digits in the script of the paper; what can be printed otherwise than it was typed is left out."""
    assert printed(spot(kind, read), answer, page) == text


def test_what_was_confirmed_in_another_spelling_is_printed_so() -> None:
    """`ok` to a name that was set right by the list means the list's spelling."""
    assert printed(spot("place", "ทต.บ้านพื้", "ทต.บ้านพี้"), "ok", "") == "ทต.บ้านพี้"


def test_part_of_a_line_is_cut_in_gaps() -> None:
    """Where other ink stands at the edge of the words, there is no picture of them."""
    from laodoc.layout.page import TextLine

    image = np.full((60, 300), 255, np.uint8)
    image[20:40, 10:100] = 0
    image[20:40, 120:290] = 0
    line = TextLine(BBox(10, 20, 290, 40), BBox(0, 0, 300, 60))
    part = _part(image, line, BBox(110, 20, 290, 40))
    assert part is not None
    assert (part.min(axis=0) == 0).sum() == 170
    assert _part(image, line, BBox(60, 20, 290, 40)) is None
    assert _is_cut_off(BBox(10, 0, 99, 20), BBox(0, 0, 100, 20))
    assert not _is_cut_off(BBox(10, 0, 80, 20), BBox(0, 0, 100, 20))


CHANGED = "60"
"""What a person makes of one number, whatever it is."""


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """The fax and the letter, every doubt of theirs confirmed but for one number of the fax."""
    folder = tmp_path_factory.mktemp("archive")
    for name in ("fax.pdf", "external_letter.pdf"):
        shutil.copy(SAMPLES / name, folder)
    ledger = Ledger(folder / "a.sqlite", create=True)
    enter_files(ledger, [folder])
    fill(ledger)
    rows = doubts_of(ledger, DoubtOptions(pictures=False)).rows
    numbers = [row.key for row in rows if row.read.isdecimal() and len(row.read) > 1]
    answers = [
        Answer(number, row.key, CHANGED if row.key == numbers[0] else "ok") for number, row in enumerate(rows, 2)
    ]
    assert ledger.correct(answers, "สมชาย").refused == []
    return ledger


def test_corrected_lines_are_read_by_eval(corrected: Ledger, tmp_path: Path) -> None:
    """Pairs of picture and text, a second time the same bytes; the reader gets most of them and not the changed one."""
    done = write_lines(corrected, tmp_path / "lines")
    pairs = list(line_pairs(tmp_path / "lines"))
    assert (len(pairs), done.blind) == (done.written, [])
    assert done.written >= 10
    assert {CHANGED, "100.00", "ยะลา"} <= {pair.text for pair in pairs}
    before = {path.name: path.read_bytes() for path in (tmp_path / "lines").iterdir()}
    write_lines(corrected, tmp_path / "lines")
    assert {path.name: path.read_bytes() for path in (tmp_path / "lines").iterdir()} == before
    for pair in pairs:
        assert pair.image.shape[1] > 10
        assert (pair.image < 128).any()
    assert cv2.imread(str(pairs[0].path), cv2.IMREAD_UNCHANGED).ndim == 2
    report = evaluate_folders([tmp_path / "lines"])
    wrong = {slip.truth for slip in report.slips}
    assert CHANGED in wrong
    assert len(wrong) < len(pairs) / 2


def test_lines_of_a_scan_that_is_gone_are_told(corrected: Ledger, tmp_path: Path) -> None:
    """The other scan's lines are written; a folder that cannot be made is an error."""
    shutil.copytree(corrected.path.parent, tmp_path / "moved")
    ledger = Ledger(tmp_path / "moved" / "a.sqlite")
    with ledger.writing() as session:
        where = (str(corrected.path.parent / "fax.pdf"), str(tmp_path / "gone.pdf"))
        session.connection().exec_driver_sql("update files set place = replace(place, ?, ?)", where)
    done = write_lines(ledger, tmp_path / "lines")
    assert len(done.blind) == 1
    assert 0 < done.written < done.left
    (tmp_path / "file").write_text("")
    with pytest.raises(AccessError):
        write_lines(ledger, tmp_path / "file" / "lines")
