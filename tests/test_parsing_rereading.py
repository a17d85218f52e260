"""laodoc.parsing.rereading: rows read again as what they must be, among what the ink may say."""

import math

from readings import Typed, page

from laodoc.document import Field
from laodoc.parsing.passages import Passage, PrintedLine, printed_lines
from laodoc.parsing.rereading import AGREED, read_again
from laodoc.parsing.stamp_rows import date_in, number_in, time_in
from laodoc.recognition.decoding import FLOOR
from laodoc.recognition.reading import Guesses, Reading


def row(*pieces: dict[str, float]) -> Passage:
    """A row of pieces, each with what it may say and how likely; the first of each makes its own text."""
    guesses: tuple[Guesses, ...] = tuple(
        tuple((text, math.log(share)) for text, share in piece.items()) for piece in pieces
    )
    text = "".join(next(iter(piece)) for piece in pieces)
    confidence = math.prod(next(iter(piece.values())) for piece in pieces)
    (line,) = printed_lines(page(1, [Typed(text, 120, 20)]))
    return Passage((_with(line, Reading(text, confidence, pieces=guesses)),))


def _with(line: PrintedLine, reading: Reading) -> PrintedLine:
    return PrintedLine(line.text, line.bbox, reading.confidence, line.page, line.region, line.mm, reading)


def said(field: Field | None) -> tuple[str, object] | None:
    return (field.text, field.value) if field else None


def test_a_reading_that_is_a_day_outdoes_one_that_is_none() -> None:
    """The ink rather says 1 than ม, but behind วันที่ stands a day."""
    day = row({"วันที่ ": 1.0}, {"3 ": 0.9}, {"1.ค.": 0.5, "ม.ค.": 0.4}, {" 66": 0.9})
    found = read_again(day, date_in)
    assert said(found) == ("3 ม.ค. 66", "2023-01-03")
    assert found is not None
    assert 0.3 < found.confidence < 0.4


def test_readings_of_one_value_add_up() -> None:
    """Three spellings of one day are worth more together than one of another day; that one is an alternative."""
    day = row({"วันที่ ": 1.0}, {"11ธ.ค.": 0.34, "11 ธ.ค.": 0.3, "11 ธ. ค.": 0.2}, {"66": 0.6, "64": 0.25})
    found = read_again(day, date_in)
    assert said(found) == ("11ธ.ค.66", "2023-12-11")
    assert found is not None
    assert [other.text for other in found.alternatives] == ["11ธ.ค.64"]


def test_two_equal_guesses_are_none() -> None:
    """Where the own text is no number and two numbers are as likely, nothing is made up."""
    assert said(read_again(row({"เลขรับ ": 1.0}, {"x": 0.3, "1": 0.25, "7": 0.24}), number_in)) == ("x", None)
    assert said(read_again(row({"เลขรับ ": 1.0}, {"x": 0.5, "1": 0.3, "7": 0.01}), number_in)) == ("1", "1")


def test_a_guess_is_no_value() -> None:
    """A time that all readings together hardly speak for keeps the row's own text, without a value."""
    assert said(read_again(row({"เวลา ": 1.0}, {"1o.x0": 0.1, "10.40": 0.04}), time_in)) == ("1o.x0", None)
    assert read_again(row({"กองคลัง": 0.9}), time_in) is None


def test_a_guess_alone_is_a_field_without_value() -> None:
    """Where only a weak reading finds the thing at all, its text stands without a value."""
    assert said(read_again(row({"กองคลัง ": 0.9, "3 ก.พ. 65": 0.05}), date_in)) == ("3 ก.พ. 65", None)


def test_a_day_that_is_due_may_be_read_weakly() -> None:
    """Behind its label nearly all readings that are a day agree on one: it stands, never as sure as print."""
    day = row({"วันที่ ": 1.0}, {"28 ส.ค. 256": 0.9, "28 ส.ค. 2561": 0.05})
    assert said(read_again(day, date_in)) == ("28 ส.ค. 256", None)
    found = read_again(day, date_in, due=True)
    assert said(found) == ("28 ส.ค. 2561", "2018-08-28")
    assert found is not None
    assert FLOOR <= found.confidence <= AGREED
    open_day = row({"วันที่ ": 1.0}, {"28 ส.ค. 256": 0.9, "28 ส.ค. 2561": 0.04, "28 ส.ค. 2567": 0.03})
    assert said(read_again(open_day, date_in, due=True)) == ("28 ส.ค. 256", None)
