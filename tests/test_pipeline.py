"""The walk as a whole: pages in, one document out."""

import os
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw

from laodoc.document import EngineInfo, Source
from laodoc.errors import ChildFailure, DamagedInput, UsageError
from laodoc.imaging.page import UnreadablePage, UprightPage
from laodoc.layout.page import PageLayout
from laodoc.pipeline import ScanOptions, assemble, scan, wanted_sheets
from laodoc.recognition.engine import LineImage
from laodoc.recognition.engines import ENGINES
from laodoc.recognition.reading import PageReading, Reading

UNREAD = ScanOptions(engine="null")
SOURCE = Source(name="a.pdf", sha256="0" * 64, bytes=1, pages=2)
NULL = EngineInfo(name="null", version="1", sha256=None)


class SaysOne:
    """An engine that reads every line as the same word."""

    info = EngineInfo(name="fake", version="1", sha256=None)

    def read(self, lines: Sequence[LineImage]) -> list[Reading]:
        return [Reading("one", 0.5) for _ in lines]


def _scan_of_text(path: Path) -> Path:
    page = Image.new("L", (1240, 1754), 255)
    pen = ImageDraw.Draw(page)
    for row in range(6):
        pen.text((150, 200 + 90 * row), "A line of printed text, one of six", fill=0, font_size=40)
    page.save(path, dpi=(150, 150))
    return path


def _printed(path: Path, text: str) -> Path:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = pdf.make_stream(f"BT /F1 16 Tf 80 700 Td ({text}) Tj ET".encode())
        pdf.save(path)
    return path


class DiesWhenShownAPage:
    """An observer that takes its process down with it, as a crash in a library would."""

    def __call__(self, page: UprightPage, layout: PageLayout, reading: PageReading) -> None:
        os._exit(9)


def test_sheets_are_those_asked_for_in_order_and_once() -> None:
    """All sheets unless some are named; those in order, each once."""
    assert wanted_sheets(None, 3) == (1, 2, 3)
    assert wanted_sheets((3, 1, 3), 3) == (1, 3)


def test_a_page_that_the_file_does_not_have_is_refused() -> None:
    """The message says how many pages there are."""
    with pytest.raises(UsageError, match="2 page"):
        wanted_sheets((1, 5), 2)


def test_a_born_digital_page_is_read_from_its_text(tmp_path: Path) -> None:
    """With an engine that reads nothing, the words are there all the same, as they were printed."""
    page = scan(_printed(tmp_path / "a.pdf", "Printed by a program"), UNREAD).pages[0]
    assert page.text_layer == "born-digital"
    assert page.text == "Printed by a program"


def test_lines_that_no_engine_reads_are_still_in_the_record(tmp_path: Path) -> None:
    """The null engine finds every line and says nothing about it: no text, no confidence."""
    page = scan(_scan_of_text(tmp_path / "a.png"), UNREAD).pages[0]
    assert [(line.text, line.confidence) for line in page.lines] == [("", 0.0)] * 6


def test_the_engine_named_in_the_options_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Text and confidence are the engine's own, and the record names it."""
    monkeypatch.setitem(ENGINES, "fake", lambda timeout_s: SaysOne())
    document = scan(_scan_of_text(tmp_path / "a.png"), ScanOptions(engine="fake"))
    assert document.engine.name == "fake"
    assert {(line.text, line.confidence) for line in document.pages[0].lines} == {("one", 0.5)}


def test_a_process_that_dies_is_a_child_failure(tmp_path: Path) -> None:
    """Two processes, and the one that reads a page is gone: one error, no hang."""
    for name in ("a", "b"):
        _printed(tmp_path / f"{name}.pdf", name)
    with pikepdf.open(tmp_path / "a.pdf") as pdf, pikepdf.open(tmp_path / "b.pdf") as other:
        pdf.pages.extend(other.pages)
        pdf.save(tmp_path / "two.pdf")
    with pytest.raises(ChildFailure, match="--jobs 1"):
        scan(tmp_path / "two.pdf", ScanOptions(engine="null", jobs=2), observe=DiesWhenShownAPage())


def test_a_document_without_one_good_page_is_damaged() -> None:
    """The reason of the first bad page is the error's message."""
    with pytest.raises(DamagedInput, match="torn"):
        assemble([UnreadablePage(1, "torn")], source=SOURCE, engine=NULL)
    with pytest.raises(DamagedInput, match="no pages"):
        assemble([], source=SOURCE, engine=NULL)


def test_progress_is_told_after_every_sheet(tmp_path: Path) -> None:
    """Done and total, once a sheet."""
    told: list[tuple[int, int]] = []
    scan(_printed(tmp_path / "a.pdf", "a"), UNREAD, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 1)]
