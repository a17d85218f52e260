"""Pages of a PDF: taken out as they are, drawn by poppler, or unreadable."""

import shutil
import tempfile
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image as Pillow
from scanned_pages import add_page, letter, pdf_of

from laodoc.errors import AccessError, ChildTimeout, MissingDependency
from laodoc.imaging import poppler
from laodoc.imaging.affine import apply
from laodoc.imaging.opening import PageFile
from laodoc.imaging.page import SourcePage, UnreadablePage
from laodoc.imaging.pdf import read_pdf_page
from laodoc.imaging.source import open_source

PAGE = letter(150, height_mm=150.0, lines=8)
COLOUR = np.dstack([PAGE, PAGE, np.full_like(PAGE, 120)])


@pytest.fixture
def no_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails the test where poppler is asked to draw the page."""
    monkeypatch.setattr(poppler, "draw_page", lambda *_: pytest.fail("the page was drawn"))


@pytest.fixture
def no_taking_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails the test where the page's picture is taken out."""
    monkeypatch.setattr(poppler, "take_out_picture", lambda *_: pytest.fail("the picture was taken out"))


def page_of(path: Path, number: int = 1, **options: float) -> SourcePage:
    page = read_pdf_page(open_source(path, **options), number)
    assert isinstance(page, SourcePage), page
    return page


def changed(tmp_path: Path, image: np.ndarray = PAGE, *, rotate: int = 0, **drawing: object) -> Path:
    """A PDF of one page of `image`, with something about it out of the ordinary."""
    with pikepdf.new() as pdf:
        page = add_page(pdf, image, **drawing)
        if rotate:
            page.obj.Rotate = rotate
        pdf.save(tmp_path / "page.pdf")
    return tmp_path / "page.pdf"


@pytest.mark.parametrize("image", [PAGE, COLOUR], ids=["grey", "colour"])
@pytest.mark.usefixtures("no_drawing")
def test_lone_picture_is_taken_out_as_it_is(tmp_path: Path, image: np.ndarray) -> None:
    """A page that is nothing but one picture gives that picture's own pixels and resolution."""
    page = page_of(pdf_of(tmp_path / "scan.pdf", image))
    assert np.array_equal(page.image, image)
    assert page.source_dpi == pytest.approx(150)
    assert page.text_layer == "none"
    assert apply(page.to_source, 150, 300) == pytest.approx((72, 144))


@pytest.mark.parametrize(("turn", "quarters"), [(90, -1), (180, 2), (270, 1)])
@pytest.mark.usefixtures("no_drawing")
def test_turned_page_is_taken_out_turned(tmp_path: Path, turn: int, quarters: int) -> None:
    """/Rotate is honoured, and points count from the top left of the page as it is shown."""
    page = page_of(changed(tmp_path, rotate=turn))
    assert np.array_equal(page.image, np.rot90(PAGE, quarters))
    assert apply(page.to_source, 150, 300) == pytest.approx((72, 144))


@pytest.mark.usefixtures("no_drawing")
def test_bilevel_and_jpeg_scans_keep_their_polarity(tmp_path: Path) -> None:
    """A one-bit scan and a JPEG scan, as Pillow writes them, come out black on white."""
    for mode in ("1", "L"):
        path = tmp_path / f"{mode}.pdf"
        Pillow.fromarray(PAGE).convert(mode).save(path, resolution=150)
        page = page_of(path)
        assert page.image.shape == PAGE.shape
        assert float(page.image.mean()) > 200
        assert page.source_dpi == pytest.approx(150, abs=0.5)


@pytest.mark.parametrize(
    "drawing",
    [
        {"after": b"0 0 m 100 100 l S"},
        {"after": b"BT /F1 20 Tf 20 20 Td (Hello) Tj ET"},
        {"before": b"q 0.9 0.1 -0.1 0.9 0 0 cm"},
        {"before": b"0 0 100 100 re W n"},
        {"before": b"q 0.5 0 0 0.5 0 0 cm"},
        {"after": b"q 10 0 0 10 0 0 cm /Im0 Do Q"},
        {"picture_keys": {"Decode": [1, 0]}},
    ],
    ids=["line", "text", "askew", "clipped", "small", "twice", "inverted"],
)
@pytest.mark.usefixtures("no_taking_out")
def test_anything_beside_the_picture_is_drawn(tmp_path: Path, drawing: dict[str, object]) -> None:
    """A page with more than one plain picture that fills it is drawn as a viewer shows it."""
    page = page_of(changed(tmp_path, **drawing))
    assert abs(page.image.shape[0] / page.image.shape[1] - PAGE.shape[0] / PAGE.shape[1]) < 0.01
    assert apply(page.to_source, page.image.shape[1], 0)[0] == pytest.approx(PAGE.shape[1] * 72 / 150, abs=0.5)


@pytest.mark.usefixtures("no_drawing")
def test_harmless_operators_do_not_hide_a_lone_picture(tmp_path: Path) -> None:
    """A clip around the whole page, colours and marked content leave the picture the only thing."""
    box = f"0 0 {PAGE.shape[1] * 72 / 150} {PAGE.shape[0] * 72 / 150} re W n 0 g /Artifact BMC".encode()
    page = page_of(changed(tmp_path, before=b"q " + box, after=b"EMC Q"))
    assert np.array_equal(page.image, PAGE)


def test_scan_with_a_hidden_text_layer_is_drawn_at_its_own_resolution(tmp_path: Path) -> None:
    """A scan with another OCR's invisible text keeps its resolution, and the words are a second opinion."""
    page = page_of(changed(tmp_path, after=b"BT 3 Tr /F1 20 Tf 50 100 Td (Second opinion) Tj ET"))
    assert page.source_dpi == pytest.approx(150, abs=0.5)
    assert page.text_layer == "ocr"
    assert [word.text for word in page.words] == ["Second", "opinion"]


def test_words_lie_where_they_are_drawn(tmp_path: Path) -> None:
    """The boxes of words are in points from the top left of what a viewer shows."""
    with pikepdf.new() as pdf:
        page = add_page(pdf, PAGE)
        page.Contents = pdf.make_stream(b"BT /F1 20 Tf 150 200 Td (Here) Tj ET")
        page.cropbox = [100, 50, 400, 350]
        pdf.save(tmp_path / "crop.pdf")
    read = page_of(tmp_path / "crop.pdf")
    assert read.text_layer == "born-digital"
    (word,) = read.words
    rows, columns = np.nonzero(read.image < 128)
    left, top = apply(read.to_source, float(columns.min()), float(rows.min()))
    assert left == pytest.approx(word.left, abs=3)
    assert word.top - 1 <= top <= word.bottom
    assert read.image.shape == pytest.approx((1250, 1250), abs=2)


def test_fax_with_oblong_pixels_gets_square_ones(tmp_path: Path) -> None:
    """A fax of 204 × 98 dots an inch is drawn with square pixels."""
    page = page_of(changed(tmp_path, PAGE[::2]))
    assert isinstance(page, SourcePage)
    with pikepdf.open(tmp_path / "page.pdf", allow_overwriting_input=True) as pdf:
        box = [0, 0, PAGE.shape[1] * 72 / 150, PAGE.shape[0] * 72 / 150]
        pdf.pages[0].mediabox = box
        pdf.pages[0].Contents = pdf.make_stream(f"q {box[2]} 0 0 {box[3]} 0 0 cm /Im0 Do Q".encode())
        pdf.save(tmp_path / "fax.pdf")
    page = page_of(tmp_path / "fax.pdf")
    assert page.image.shape[0] / page.image.shape[1] == pytest.approx(PAGE.shape[0] / PAGE.shape[1], rel=0.01)


def test_page_sized_in_pixels_is_taken_for_paper(tmp_path: Path) -> None:
    """A phone's PDF whose page is as many points large as its picture has pixels is A4, not a poster."""
    image = letter(150)
    with pikepdf.new() as pdf:
        page = add_page(pdf, image)
        page.mediabox = [0, 0, image.shape[1], image.shape[0]]
        page.Contents = pdf.make_stream(f"q {image.shape[1]} 0 0 {image.shape[0]} 0 0 cm /Im0 Do Q".encode())
        pdf.save(tmp_path / "phone.pdf")
    page = page_of(tmp_path / "phone.pdf")
    assert page.source_dpi == pytest.approx(150, abs=1)
    assert apply(page.to_source, 10, 20) == pytest.approx((10, 20))


def test_damaged_page_among_good_ones_is_unreadable(tmp_path: Path) -> None:
    """A page whose picture is cut off is unreadable with a reason in one line; its neighbours are read."""
    with pikepdf.new() as pdf:
        add_page(pdf, PAGE)
        bad = add_page(pdf, PAGE)
        jpeg = tmp_path / "cut.jpg"
        Pillow.fromarray(PAGE).save(jpeg)
        picture = bad.Resources.XObject.Im0
        picture.write(jpeg.read_bytes()[:300], filter=pikepdf.Name.DCTDecode)
        add_page(pdf, PAGE)
        pdf.save(tmp_path / "bundle.pdf")
    source = open_source(tmp_path / "bundle.pdf")
    first, second, third = (read_pdf_page(source, number) for number in (1, 2, 3))
    assert isinstance(first, SourcePage)
    assert isinstance(third, SourcePage)
    assert isinstance(second, UnreadablePage)
    assert (second.source_page, "\n" in second.reason) == (2, False)


def test_page_that_is_no_page_is_unreadable(tmp_path: Path) -> None:
    """A page object whose entries are not of their kind is unreadable."""
    with pikepdf.new() as pdf:
        page = add_page(pdf, PAGE)
        page.obj.Rotate = pikepdf.Name.Sideways
        add_page(pdf, PAGE)
        pdf.save(tmp_path / "odd.pdf")
    assert isinstance(read_pdf_page(open_source(tmp_path / "odd.pdf"), 1), UnreadablePage)


def test_errors_of_the_whole_file_spoil_no_page(tmp_path: Path) -> None:
    """What poppler finds wrong with the file's catalogue does not make a page unreadable."""
    with pikepdf.new() as pdf:
        add_page(pdf, PAGE, after=b"0 0 m 100 100 l S")
        pdf.Root.OCProperties = pikepdf.Dictionary()
        pdf.save(tmp_path / "layers.pdf")
    assert page_of(tmp_path / "layers.pdf").image.shape[1] == PAGE.shape[1]


def test_page_that_poppler_cannot_draw_whole_is_unreadable(tmp_path: Path) -> None:
    """A picture whose data end too early makes its page unreadable, not white."""
    with pikepdf.new() as pdf:
        picture = add_page(pdf, PAGE, after=b"0 0 m 100 100 l S").Resources.XObject.Im0
        picture.write(picture.read_raw_bytes()[:2000], filter=pikepdf.Name.FlateDecode)
        pdf.save(tmp_path / "cut.pdf")
    page = read_pdf_page(open_source(tmp_path / "cut.pdf"), 1)
    assert isinstance(page, UnreadablePage)
    assert "damaged" in page.reason


@pytest.mark.parametrize("script", ["exit 1", "kill -SEGV $$", "printf P6"], ids=["nothing", "crash", "nonsense"])
def test_poppler_that_draws_nothing_leaves_the_page_unreadable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    """Where poppler dies without a picture, the page is unreadable."""
    program(tmp_path / "bin", "pdftoppm", script)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    page = poppler.draw_page(place(changed(tmp_path)), 100)
    assert isinstance(page, UnreadablePage)
    assert "page 1 is damaged" in page.reason


@pytest.mark.usefixtures("no_drawing", "no_taking_out")
def test_too_large_page_is_refused_before_it_is_drawn(tmp_path: Path) -> None:
    """A page of 14,400 points a side, and a picture of 400 megapixels, are unreadable and nothing is drawn."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(14400, 14400))
        add_page(pdf, PAGE, picture_keys={"Height": 20000, "Width": 20000})
        pdf.save(tmp_path / "huge.pdf")
    source = open_source(tmp_path / "huge.pdf")
    for number in (1, 2):
        page = read_pdf_page(source, number)
        assert isinstance(page, UnreadablePage)
        assert "megapixels" in page.reason


def test_encrypted_page_is_read_with_either_password(tmp_path: Path) -> None:
    """The reader's and the owner's password both give the page."""
    with pikepdf.open(pdf_of(tmp_path / "open.pdf", PAGE)) as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="owner", user="reader"))
    for password in ("reader", "owner"):
        page = read_pdf_page(open_source(tmp_path / "locked.pdf", password=password), 1)
        assert isinstance(page, SourcePage)
        assert np.array_equal(page.image, PAGE)


def program(folder: Path, name: str, script: str) -> None:
    """A program of this name in a folder, which is made where it is not there."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


def place(path: Path, number: int = 1) -> PageFile:
    return PageFile(str(path), number, number, 30.0)


@pytest.mark.parametrize("hangs", ["pdfimages", "pdftotext", "pdftoppm"])
def test_hanging_child_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hangs: str) -> None:
    """A program of poppler that hangs is stopped after the time limit, and leaves no temporary files."""
    path = changed(tmp_path) if hangs == "pdfimages" else changed(tmp_path, after=b"BT /F1 9 Tf (x) Tj ET")
    source = open_source(path, timeout_s=0.5)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    program(tmp_path / "bin", hangs, "exec /bin/sleep 30")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    with pytest.raises(ChildTimeout, match=hangs):
        read_pdf_page(source, 1)
    assert list(scratch.iterdir()) == []


def test_a_full_temporary_folder_is_not_the_fault_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture that comes out cut off is damage, but not where there was no room for the rest of it."""
    Pillow.fromarray(PAGE).save(tmp_path / "cut.jpg")
    (tmp_path / "cut.jpg").write_bytes((tmp_path / "cut.jpg").read_bytes()[:2000])
    program(tmp_path / "bin", "pdfimages", f"for last; do :; done; /bin/cp '{tmp_path}/cut.jpg' $last.jpg")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    source = open_source(changed(tmp_path))
    assert isinstance(read_pdf_page(source, 1), UnreadablePage)
    full = shutil.disk_usage(tmp_path)._replace(free=0)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
    with pytest.raises(AccessError, match="make room"):
        read_pdf_page(source, 1)


def test_poppler_gone_while_drawing_is_a_missing_dependency(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where poppler is not there when a page is drawn, its package is named."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingDependency, match="poppler-utils"):
        poppler.draw_page(place(changed(tmp_path)), 100)


def test_picture_that_does_not_come_out_is_left_to_drawing(tmp_path: Path) -> None:
    """Where the page has no picture, or one that cannot be decoded, none is taken out."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, 200))
        page = add_page(pdf, PAGE)
        page.Resources.XObject.Im0.write(b"no jpeg", filter=pikepdf.Name.DCTDecode)
        pdf.save(tmp_path / "none.pdf")
    for number in (1, 2):
        assert poppler.take_out_picture(place(tmp_path / "none.pdf", number)) is None


def test_form_that_draws_the_scan_is_understood(tmp_path: Path) -> None:
    """A picture within a form is drawn, at the picture's own resolution."""
    with pikepdf.new() as pdf:
        page = add_page(pdf, PAGE)
        form = pdf.make_stream(page.Contents.read_bytes())
        form.Type, form.Subtype, form.Resources = pikepdf.Name.XObject, pikepdf.Name.Form, page.Resources
        form.BBox = page.mediabox
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Fm0=form))
        page.Contents = pdf.make_stream(b"/Fm0 Do")
        pdf.save(tmp_path / "form.pdf")
    page_read = page_of(tmp_path / "form.pdf")
    assert page_read.source_dpi == pytest.approx(150, abs=0.5)
