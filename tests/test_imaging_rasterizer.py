"""Poppler and pypdfium2 give the same page: pixels, words, and what they say of damaged ones."""

import io
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image as Pillow
from scanned_pages import add_page, letter, pdf_of

from laodoc.errors import ChildTimeout
from laodoc.imaging import pdfium, poppler
from laodoc.imaging.opening import PageFile
from laodoc.imaging.page import SourcePage, UnreadablePage
from laodoc.imaging.pdf import read_pdf_page
from laodoc.imaging.rasterizer import rasterizer
from laodoc.imaging.source import open_source

PAGE = letter(100, height_mm=120.0, lines=5)
COLOUR = np.dstack([PAGE, PAGE, np.full_like(PAGE, 120)])
SAMPLES = Path(__file__).parent.parent / "samples"


@pytest.fixture
def without_poppler(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No program can be found."""
    monkeypatch.setenv("PATH", str(tmp_path))


def place(path: Path, timeout_s: float = 30.0) -> PageFile:
    return PageFile(str(path), 1, 1, timeout_s)


def one_page(folder: Path, **drawing: object) -> Path:
    with pikepdf.new() as pdf:
        add_page(pdf, PAGE, **drawing)
        pdf.save(folder / "page.pdf")
    return folder / "page.pdf"


@pytest.mark.usefixtures("without_poppler")
def test_without_programs_pages_come_from_pypdfium2(tmp_path: Path) -> None:
    """With an empty PATH a PDF is opened, and its scan comes out as it is."""
    assert rasterizer() is pdfium
    page = read_pdf_page(open_source(pdf_of(tmp_path / "scan.pdf", COLOUR)), 1)
    assert isinstance(page, SourcePage)
    assert np.array_equal(page.image, COLOUR)


@pytest.mark.parametrize("name", ["fax.pdf", "statistics.pdf", "turned_two_level.pdf", "internal_memo.pdf"])
def test_scans_are_taken_out_alike(name: str) -> None:
    """Fax and JPEG scans, grey and in colour, come out of both with the same pixels."""
    first, second = (draws.take_out_picture(place(SAMPLES / name)) for draws in (poppler, pdfium))
    assert isinstance(first, np.ndarray)
    assert np.array_equal(first, second)


@pytest.mark.parametrize("image", ["1", "L", "P", "RGB", "CMYK"])
def test_pictures_of_every_colour_are_taken_out_alike(tmp_path: Path, image: str) -> None:
    """Bilevel, grey, palette, colour and CMYK pictures come out of both nearly alike (CMYK is a matter of taste)."""
    picture = Pillow.fromarray(COLOUR[:200, :200]).convert(image)
    picture.save(tmp_path / "scan.pdf", resolution=100)
    first, second = (draws.take_out_picture(place(tmp_path / "scan.pdf")) for draws in (poppler, pdfium))
    assert isinstance(first, np.ndarray)
    assert isinstance(second, np.ndarray)
    assert first.shape == second.shape
    assert np.abs(first.astype(int) - second.astype(int)).mean() < 2


def test_drawn_pages_are_alike(tmp_path: Path) -> None:
    """A picture with a line over it, on a turned page with a crop box, is drawn alike but for the edges of strokes."""
    with pikepdf.new() as pdf:
        page = add_page(pdf, PAGE, after=b"20 w 0 0 m 300 200 l S")
        page.obj.Rotate = 90
        page.cropbox = [20, 10, 300, 200]
        pdf.save(tmp_path / "page.pdf")
    first, second = (draws.draw_page(place(tmp_path / "page.pdf"), 60.0) for draws in (poppler, pdfium))
    assert isinstance(first, np.ndarray)
    assert isinstance(second, np.ndarray)
    assert first.shape == pytest.approx(second.shape, abs=1)
    coarse = [np.asarray(Pillow.fromarray(drawn).resize((40, 60)), dtype=int) for drawn in (first, second)]
    assert np.abs(coarse[0] - coarse[1]).mean() < 6
    assert coarse[0].std() > 50


def test_words_lie_alike(tmp_path: Path) -> None:
    """The words of a turned page are the same, their boxes within three points."""
    with pikepdf.new() as pdf:
        page = add_page(pdf, PAGE, after=b"BT /F1 20 Tf 50 100 Td (Second opinion) Tj ET")
        page.obj.Rotate = 90
        page.cropbox = [20, 10, 300, 200]
        pdf.save(tmp_path / "page.pdf")
    first, second = (draws.page_words(place(tmp_path / "page.pdf")) for draws in (poppler, pdfium))
    assert [word.text for word in first] == [word.text for word in second] == ["Second", "opinion"]
    for one, two in zip(first, second, strict=True):
        assert (one.left, one.top) == pytest.approx((two.left, two.top), abs=6)
        assert (one.right, one.bottom) == pytest.approx((two.right, two.bottom), abs=6)


@pytest.mark.parametrize("filtered", ["FlateDecode", "DCTDecode"])
@pytest.mark.usefixtures("without_poppler")
def test_a_picture_that_breaks_off_is_damage_and_not_white_paper(tmp_path: Path, filtered: str) -> None:
    """Drawn or taken out, a picture whose data end too early makes its page unreadable."""
    jpeg = io.BytesIO()
    Pillow.fromarray(PAGE).save(jpeg, "JPEG")
    for name, after in (("alone", b""), ("drawn", b"0 0 m 100 100 l S")):
        with pikepdf.new() as pdf:
            picture = add_page(pdf, PAGE, after=after).Resources.XObject.Im0
            data = picture.read_raw_bytes() if filtered == "FlateDecode" else jpeg.getvalue()
            picture.write(data[:1500], filter=pikepdf.Name(f"/{filtered}"))
            pdf.save(tmp_path / f"{name}.pdf")
        page = read_pdf_page(open_source(tmp_path / f"{name}.pdf"), 1)
        assert isinstance(page, UnreadablePage)
        assert "damaged" in page.reason


@pytest.mark.parametrize("filtered", ["NoSuchDecode", "JPXDecode"])
@pytest.mark.usefixtures("without_poppler")
def test_a_picture_that_cannot_be_unfolded_is_damage_and_not_white_paper(tmp_path: Path, filtered: str) -> None:
    """Nor is a page whose picture has a filter that nobody knows, or one that breaks off."""
    with pikepdf.new() as pdf:
        add_page(pdf, PAGE).Resources.XObject.Im0.write(b"no picture", filter=pikepdf.Name(f"/{filtered}"))
        pdf.save(tmp_path / "page.pdf")
    page = read_pdf_page(open_source(tmp_path / "page.pdf"), 1)
    assert isinstance(page, UnreadablePage)
    assert "cannot be unfolded" in page.reason


def test_stencils_are_drawn_alike(tmp_path: Path) -> None:
    """A picture that is a mask through which black is painted comes out of both alike."""
    with pikepdf.new() as pdf:
        picture = add_page(pdf, PAGE, before=b"0 g").Resources.XObject.Im0
        bits = np.packbits(PAGE > 127, axis=1).tobytes()
        picture.write(bits)
        picture.ImageMask, picture.BitsPerComponent = True, 1
        del picture.ColorSpace
        pdf.save(tmp_path / "page.pdf")
    first, second = (draws.draw_page(place(tmp_path / "page.pdf"), 100.0) for draws in (poppler, pdfium))
    assert isinstance(first, np.ndarray)
    assert isinstance(second, np.ndarray)
    assert 0.005 < (first < 128).mean() < 0.3
    assert first.mean() == pytest.approx(second.mean(), abs=2)


def test_a_child_that_hangs_or_dies_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """pypdfium2's process is under limits: one that hangs is stopped, one that dies spoils its page."""
    child = tmp_path / "child.py"
    monkeypatch.setattr(pdfium, "CHILD", child)
    child.write_text("import time; time.sleep(60)")
    with pytest.raises(ChildTimeout, match="pypdfium2"):
        pdfium.draw_page(place(one_page(tmp_path), 0.5), 60.0)
    for script in ("import os; os.abort()", "bytearray(1 << 33)", ""):
        child.write_text(script)
        page = pdfium.draw_page(place(one_page(tmp_path)), 60.0)
        assert isinstance(page, UnreadablePage)
        assert "\n" not in page.reason


def test_the_child_says_what_is_wrong(tmp_path: Path) -> None:
    """A file that is no PDF, and a page that is not there, are one line each."""
    (tmp_path / "no.pdf").write_bytes(b"%PDF-1.4 nothing")
    reason = pdfium.draw_page(place(tmp_path / "no.pdf"), 60.0)
    assert isinstance(reason, UnreadablePage)
    assert "Failed to load document" in reason.reason
    assert pdfium.page_words(PageFile(str(one_page(tmp_path)), 9, 9, 30.0)) == ()


def test_the_child_imports_nothing_from_the_folder_it_is_started_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module that lies beside the scans, under the name of one that is needed, is not run."""
    (tmp_path / "pypdfium2.py").write_text("raise SystemExit('run')")
    monkeypatch.chdir(tmp_path)
    assert isinstance(pdfium.draw_page(place(one_page(tmp_path)), 20.0), np.ndarray)
