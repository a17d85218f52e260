"""The committed samples through the whole walk, with Tesseract: structure must be right, whatever the engine reads."""

from collections.abc import Callable
from pathlib import Path

import pytest
import scanning

from benchmarks.scoring import Score, score_letters, score_tables
from laodoc import load
from laodoc.document import Document, Table
from laodoc.pipeline import ScanOptions, scan
from samples.generator import truth

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
READ = ("status_drawn_marks.pdf", "turned_two_level.pdf", "fax.pdf", "phone_photo.jpg", "external_letter.pdf")
WITH_MARKS = ("status_drawn_marks.pdf", "turned_two_level.pdf", "phone_photo.jpg")
BENT_SKEW = 0.2
"""Degrees to which the skew of a page that was also bent is known and must be found."""

READ_MARKS = 0.95
"""Share of a sample's marks that must be read; two pen strokes that run into each other may stay in doubt."""

Scanned = Callable[[str], tuple[Document, truth.Truth]]


@pytest.fixture(scope="module")
def scanned() -> Scanned:
    """A function that gives a sample's document and what the sample says."""

    def sample(file: str) -> tuple[Document, truth.Truth]:
        path = SAMPLES / file
        return scanning.scanned(path), truth.load(truth.beside(path))

    return sample


@pytest.fixture(scope="module")
def bundle() -> tuple[Document, truth.Truth]:
    """The circular and the status table of the bundle, pages 2 and 5."""
    path = SAMPLES / "bundle.pdf"
    return scan(path, ScanOptions(pages=(2, 5))), truth.load(truth.beside(path))


def test_every_character_has_its_place(bundle: tuple[Document, truth.Truth]) -> None:
    """Characters stand in their line from left to right, spread over its width."""
    lines = [line for page in bundle[0].pages for line in page.lines if len(line.text) > 20]
    assert len(lines) > 10
    for line in lines:
        wide = line.bbox.right - line.bbox.left
        assert len(line.places) == len(line.text)
        assert list(line.places) == sorted(line.places)
        assert line.places[0] == pytest.approx(line.bbox.left, abs=0.08 * wide)
        assert line.places[-1] == pytest.approx(line.bbox.right, abs=0.08 * wide)


@pytest.mark.parametrize("file", READ)
def test_every_page_comes_upright(scanned: Scanned, file: str) -> None:
    """Each page is turned as it must be, and its skew is found to 0.2°."""
    document, expected = scanned(file)
    assert [page.rotation for page in document.pages] == [page.rotation for page in expected.pages]
    if not file.endswith(".jpg"):
        for page, known in zip(document.pages, expected.pages, strict=True):
            assert abs(page.skew - known.skew) <= BENT_SKEW


@pytest.mark.parametrize("file", [file for file in READ if file != "external_letter.pdf"])
def test_every_row_is_found_once(scanned: Scanned, file: str) -> None:
    """A table has exactly its rows: drawn marks, merged cells, a fax and a photo take none and add none."""
    score = score_tables(*scanned(file))
    assert (score["rows_found"], score["rows_extra"], score["tables_extra"]) == (score["rows"], 0, 0)


@pytest.mark.parametrize("file", WITH_MARKS)
def test_marks_are_right_and_none_is_opposite(scanned: Scanned, file: str) -> None:
    """Of the marks 95 % are read, the others are null: none is read as its opposite, none lost, none invented."""
    assert_marks(score_tables(*scanned(file)))


@pytest.mark.parametrize("file", READ)
def test_the_record_is_valid_json(scanned: Scanned, file: str) -> None:
    """The record written as JSON and read again is the same record."""
    document, _ = scanned(file)
    assert Document.model_validate_json(document.model_dump_json(by_alias=True)) == document


def test_two_level_headers_are_joined(scanned: Scanned) -> None:
    """A two-level header gives leaf columns whose names are both names joined."""
    table = only_table(scanned("turned_two_level.pdf")[0])
    assert [" / " in column.header for column in table.columns] == [False, False, False, True, True]


def test_merged_districts_cover_their_rows(scanned: Scanned) -> None:
    """A district merged over its rows is one cell with their number as its span."""
    document, expected = scanned("turned_two_level.pdf")
    spans = [cell.row_span for row in expected.tables[0].rows for cell in row.cells if cell.column == 0]
    found = [row for row in only_table(document).rows if row.kind == "row"]
    assert [cell.row_span for row in found for cell in row.cells if cell.column == 0] == spans


def test_an_external_letter_is_one_letter_without_tables(scanned: Scanned) -> None:
    """A page of prose gives one letter, and none of its lines is taken for a table."""
    document, _ = scanned("external_letter.pdf")
    assert [letter.pages for letter in document.letters] == [(1,)]
    assert document.tables == ()


def test_the_bundles_code_and_table_are_read(bundle: tuple[Document, truth.Truth]) -> None:
    """The QR code of the circular is read, and the status table has its rows and marks."""
    document, expected = bundle
    assert [code.value for page in document.pages for code in page.codes] == list(expected.pages[1].codes)
    table = only_table(document)
    rows = [row for row in expected.tables[1].rows if row.kind == "row"]
    assert len([row for row in table.rows if row.kind == "row"]) == len(rows)
    assert [row.kind for row in table.rows][-1] == "total"


def test_the_record_that_is_shown_is_the_samples() -> None:
    """`samples/bundle.json`, which a reader meets first, is a record and says what the bundle says (`make shown`)."""
    document, expected = load(SAMPLES / "bundle.json"), truth.load(truth.beside(SAMPLES / "bundle.pdf"))
    score, (fields, missed) = score_tables(document, expected), score_letters(document, expected)
    assert (score["rows_found"], score["rows_extra"]) == (score["rows"], 0)
    assert fields["fields_right"] == fields["fields"] - len(missed)
    assert all(" received " in each for each in missed)  # by pen in a stamp: what is not sure has no value


def test_scoring_sees_what_is_wrong(scanned: Scanned) -> None:
    """The measure itself: without its tables and letters a document has nothing right."""
    document, expected = scanned("status_drawn_marks.pdf")
    empty = document.model_copy(update={"tables": (), "letters": ()})
    score = score_tables(empty, expected)
    fields, missed = score_letters(empty, truth.load(truth.beside(SAMPLES / "external_letter.pdf")))
    assert (score["rows_found"], score["marks_right"], fields["fields_right"]) == (0, 0, 0)
    assert score["marks"] == 60
    assert len(missed) == fields["fields"]


def assert_marks(score: Score) -> None:
    """The marks are right as far as they must be."""
    assert score["marks_opposite"] == score["marks_invented"] == score["marks_lost"] == 0
    assert score["marks_right"] >= READ_MARKS * score["marks"] > 0


def only_table(document: Document) -> Table:
    """The one table of the document."""
    (table,) = document.tables
    return table
