"""What pens wrote beside print: figures join their row, words are left unread."""

from laodoc.document import BBox
from laodoc.recognition.reading import LineReading, Reading
from laodoc.recognition.writing import with_writing


def line(text: str, left: int, right: int, *, confidence: float = 0.97, top: int = 100) -> LineReading:
    return LineReading(Reading(text, confidence, pieces=(((text, 0.0),),)), BBox(left, top, right, top + 50))


def test_a_number_joins_the_print_before_it() -> None:
    """A running number by pen behind the agency's printed part is read in one line with it, without a gap."""
    lines, notes = with_writing([line("ที่ กษ ๐๓๒๗/", 100, 400)], [line("๒๕๗๙", 410, 520, confidence=0.8)])
    assert [each.reading.text for each in lines] == ["ที่ กษ ๐๓๒๗/๒๕๗๙"] and notes == ()
    assert lines[0].reading.confidence == 0.8 and lines[0].bbox == BBox(100, 100, 520, 150)
    assert "".join(guesses[0][0] for guesses in lines[0].reading.pieces) == lines[0].reading.text


def test_a_day_joins_the_month_behind_it() -> None:
    """A day by pen before a printed month stands before it, with a space between."""
    lines, _ = with_writing([line("กันยายน ๒๕๖๕", 500, 800)], [line("๗", 440, 470, confidence=0.9)])
    assert [each.reading.text for each in lines] == ["๗ กันยายน ๒๕๖๕"]


def test_words_by_pen_have_no_text() -> None:
    """A scrawl is a line by hand without text, and a doubtful figure too."""
    scrawls = [line("ทบกา", 100, 300, confidence=0.3, top=400), line("๗๗", 100, 150, confidence=0.4, top=500)]
    lines, notes = with_writing([line("เรียน", 100, 300)], scrawls)
    assert [each.reading.text for each in lines] == ["เรียน"]
    assert [(each.reading.text, each.script) for each in notes] == [("", "hand")] * 2


def test_figures_that_stand_alone_stay_figures() -> None:
    """A number far from any print is a line by hand of its own, with its text."""
    _, notes = with_writing([line("เรียน", 100, 300)], [line("1251", 900, 1000, confidence=0.9, top=800)])
    assert [(each.reading.text, each.script) for each in notes] == [("1251", "hand")]


def test_print_in_a_pens_colour_is_print() -> None:
    """What the reader of print is sure of was printed, and stands in its place among the lines."""
    printed = [line("ที่ มท ๐๘๑๐", 100, 400), line("เรื่อง การสำรวจ", 100, 500, top=300)]
    lines, notes = with_writing(printed, [line("มิถุนายน", 500, 800, confidence=0.99, top=200)])
    assert [each.reading.text for each in lines] == ["ที่ มท ๐๘๑๐", "มิถุนายน", "เรื่อง การสำรวจ"] and notes == ()


def test_a_number_that_a_scrawl_follows_is_in_doubt() -> None:
    """What a pen wrote behind a printed number may be its end: the figures are no longer sure, other words stay so."""
    printed = [line("ที่ กษ ๐๓๒๗/๑๕", 100, 400), line("เรียน อธิบดี", 100, 400, top=300)]
    scrawls = [line("ทบ", 410, 520, confidence=0.3), line("ทบ", 410, 520, confidence=0.3, top=300)]
    lines, _ = with_writing(printed, scrawls)
    assert [each.reading.confidence for each in lines] == [0.3, 0.97]
