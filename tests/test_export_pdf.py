"""Searchable PDFs, opened by poppler, qpdf and PDFium: the scan untouched, the words where they are printed."""

import re
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image as Pictures
from scanned_pages import add_page, letter, pdf_of
from scanning import scanned

import laodoc
from benchmarks.text_places import around, measure, overlap, poppler_words, share
from laodoc.document import BBox, Document, EngineInfo, Field, Line, Page, Source
from laodoc.errors import AccessError, EncryptedInput
from laodoc.export.command import write_export
from laodoc.export.formats import Item, Options, Output
from laodoc.export.pdf import outputs, title_of
from laodoc.imaging.affine import apply
from laodoc.imaging.page import SourcePage
from laodoc.imaging.sheet import read_sheet
from laodoc.imaging.source import open_source

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
WELL_PLACED = 0.95
PLAIN = Options()
TEXT = "ตำบลคุ้งตะเภา ๒๕๖๓"
PAGE = letter(150, height_mm=150.0, lines=8)


def made(
    scan: Path, *texts: str, layer: str = "none", rotation: int = 0, password: str | None = None, number: int = 1
) -> Item:
    """An item of one page of a scan, with these lines of text one under the other, as if they had been read."""
    source = open_source(scan, password=password)
    (shown,) = read_sheet(source, number)
    assert isinstance(shown, SourcePage)
    height, width = shown.image.shape[:2]
    lines = tuple(
        Line(text=text, bbox=BBox(100, 100 + 80 * n, 500, 140 + 80 * n), confidence=1, script="print")
        for n, text in enumerate(texts)
    )
    page = Page(
        number=1, source_page=number, width=width, height=height, dpi=150, source_dpi=150, rotation=rotation, skew=0,
        to_source=shown.to_source, text_layer=layer, text="\n".join(texts), lines=lines, codes=(), checkboxes=(),
        regions=(),
    )  # fmt: skip
    document = Document(
        source=Source(name=scan.name, sha256=source.sha256, bytes=source.bytes, pages=source.page_count),
        engine=EngineInfo(name="made", version="", sha256=None),
        pages=(page,), letters=(), tables=(), records=(), routing=(), findings=(),
    )  # fmt: skip
    return Item(document, (scan,))


def exported(item: Item, folder: Path, options: Options = PLAIN) -> Path:
    """The item's PDF, which qpdf and poppler find no fault with."""
    (output,) = outputs([item], options)
    assert output.error is None
    assert output.content is not None
    path = folder / "out.pdf"
    path.write_bytes(output.content)
    check = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert check.returncode == 0, check.stdout + check.stderr
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True)
    assert told.stderr == ""
    return path


def text_of(path: Path, *, raw: bool = True) -> str:
    """What pdftotext says, with nothing to complain of."""
    told = subprocess.run(
        ["pdftotext", *(["-raw"] if raw else []), path, "-"], capture_output=True, text=True, check=True
    )
    assert told.stderr == ""
    return told.stdout


def images_of(path: Path) -> list[bytes]:
    """The bytes of each page's pictures, as they are packed in the file."""
    with pikepdf.open(path) as pdf:
        return [image.read_raw_bytes() for page in pdf.pages for image in page.Resources.XObject.values()]


@pytest.fixture(scope="module")
def external() -> Item:
    scan = SAMPLES / "external_letter.pdf"
    return Item(scanned(scan), (scan,))


def test_the_scan_is_untouched_and_its_words_are_found(external: Item, tmp_path: Path) -> None:
    """Every line comes out as it was read, without a space more or less; the picture's bytes are those of the scan."""
    path = exported(external, tmp_path)
    assert images_of(path) == images_of(external.scans[0])
    said = text_of(path)
    for line in external.document.pages[0].lines:
        assert line.text in said
    assert "๒๕๖๕" in text_of(path, raw=False)
    assert re.search("[\uf700-\uf8ff\ufffd]", said) is None
    fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout
    assert re.search(r"CID TrueType +Identity-H +yes no  yes", fonts)


@pytest.mark.parametrize("wanted", ["คุ้งตะเภา", "๒๕๖๓", "ตำบล", "ตำบลคุ้งตะเภา ๒๕๖๓", "สำนักงานส่งเสริมการปกครอง"])
def test_a_viewers_search_finds_thai(wanted: str, tmp_path: Path) -> None:
    """PDFium, which is Chrome's viewer, finds words within words, Thai digits and ำ, and says where they are."""
    item = made(pdf_of(tmp_path / "a.pdf", PAGE), TEXT, "สำนักงานส่งเสริมการปกครองท้องถิ่น")
    with pypdfium2.PdfDocument(exported(item, tmp_path)) as pdf:
        text = pdf[0].get_textpage()
        found = text.search(wanted).get_next()
        assert found is not None
        assert text.get_text_range(*found) == wanted
        left, bottom, right, top = text.get_rect(0) if text.count_rects(*found) else (0, 0, 0, 0)
    assert right > left
    assert top > bottom


def test_the_same_document_gives_the_same_bytes(external: Item) -> None:
    """No time and no chance in it."""
    assert list(outputs([external], Options())) == list(outputs([external], Options()))


def test_nothing_is_seen_of_the_text(external: Item, tmp_path: Path) -> None:
    """Drawn, the page looks as before, pixel by pixel."""
    drawn = []
    for name, path in (("a", exported(external, tmp_path)), ("b", external.scans[0])):
        subprocess.run(["pdftoppm", "-r", "60", "-png", "-singlefile", path, tmp_path / name], check=True)
        drawn.append(np.asarray(Pictures.open(tmp_path / f"{name}.png")))
    assert np.array_equal(*drawn)


@pytest.mark.parametrize("name", ["turned_two_level", "phone_photo", "statistics"])
def test_words_lie_over_their_print(name: str, tmp_path: Path) -> None:
    """On a page that lay on its side, on a photo in perspective, on a scan a little askew: 95 in 100 words that were
    read as printed overlap their print by 0.7 and more, as two other programs see them."""
    scan = next(SAMPLES.glob(f"{name}.[pj]*g")) if name == "phone_photo" else SAMPLES / f"{name}.pdf"
    item = Item(scanned(scan), (scan,))
    runs, lost, words = measure(exported(item, tmp_path), name, [page.rotation for page in item.document.pages])
    assert len(runs) > 20 * lost
    assert share(runs) >= WELL_PLACED
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as pdf:
        said = pdf[0].get_textpage().get_text_range()
    lines = [line.text for line in item.document.pages[0].lines]
    assert sum(line in said for line in lines) >= WELL_PLACED * len(lines)
    assert all(line in said for line in lines if len(line) > len("จังหวัดสระแก้ว ข้อมูล"))
    assert len(words) > 100
    assert share(words) >= WELL_PLACED - 0.05


def test_words_lie_over_a_page_far_askew(external: Item, tmp_path: Path) -> None:
    """A page that lies 3 degrees askew in its scan: each word is where it was, turned with the page."""
    straight = poppler_words(exported(external, tmp_path), 1)
    with pikepdf.open(external.scans[0]) as pdf:
        picture = next(iter(pdf.pages[0].Resources.XObject.values()))
        image = pikepdf.PdfImage(picture).as_pil_image()
    turned = image.rotate(-3, Pictures.Resampling.BICUBIC, expand=True, fillcolor="white")
    turned.save(tmp_path / "askew.png", dpi=(300, 300))
    item = Item(laodoc.scan(tmp_path / "askew.png"), (tmp_path / "askew.png",))
    assert abs(item.document.pages[0].skew) > 2
    known = {word for word, _ in straight}
    found = [(word, box) for word, box in poppler_words(exported(item, tmp_path), 1) if word in known]
    assert len(found) > 40
    cosine, sine = np.cos(np.radians(3)), np.sin(np.radians(3))
    middle, new = [side * 36 / 150 / 2 for side in image.size], [side * 36 / 150 / 2 for side in turned.size]
    to_turned = (cosine, -sine, new[0] - cosine * middle[0] + sine * middle[1],
                 sine, cosine, new[1] - sine * middle[0] - cosine * middle[1])  # fmt: skip
    near_enough = 0
    for word, box in found:
        were = [was for text, was in straight if text == word]
        there = [around([apply(to_turned, x, y) for x in was[::2] for y in was[1::2]]) for was in were]
        near_enough += any(overlap(box, place) >= 0.7 for place in there)
    assert near_enough >= WELL_PLACED * len(found)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("rotation", [0, 90, 270])
def test_turned_and_cropped_pages_take_their_text(turn: int, rotation: int, tmp_path: Path) -> None:
    """Whatever the file turns or cuts off, the words stand where the viewer shows that place, and pages are shown
    upright."""
    with pikepdf.new() as pdf:
        page = add_page(pdf, np.full((1200, 900), 255, np.uint8))
        page.cropbox = [20, 30, 420, 540]
        page.obj.Rotate = turn
        pdf.save(tmp_path / "scan.pdf")
    item = made(tmp_path / "scan.pdf", TEXT, rotation=rotation)
    path = exported(item, tmp_path)
    assert text_of(path).split() == TEXT.split()
    with pikepdf.open(path) as pdf:
        assert pdf.pages[0].Rotate == (turn + rotation) % 360
        pdf.pages[0].Rotate = turn
        pdf.save(tmp_path / "as-before.pdf")
    words = poppler_words(tmp_path / "as-before.pdf", 1, "-cropbox")
    to_source = item.document.pages[0].to_source
    there = around([apply(to_source, x, y) for x in (100, 500) for y in (100, 140)])
    assert [word for word, _ in words] == TEXT.split()
    boxes = [box for _, box in words]
    whole = around([(box[i], box[i + 1]) for box in boxes for i in (0, 2)])
    assert overlap(whole, there) > 0.85


def test_better_text_comes_in_place_of_another_recognizers(tmp_path: Path) -> None:
    """What was laid there invisibly goes, in forms too, and what is seen stays; nothing is there twice."""
    with pikepdf.new() as pdf:
        page = add_page(pdf, PAGE, after=b"BT 3 Tr /F1 20 Tf 50 100 Td (Second) Tj 0 Tr (Stamped) Tj ET q 3 Tr Q")
        keys = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Form, "BBox": [0, 0, 300, 300]}
        form = pdf.make_stream(b"BT 3 Tr /F1 9 Tf (Hidden) Tj ET 0 0 9 9 re f", **keys, Resources=page.obj.Resources)
        page.contents_add(pdf.make_stream(b"/Fm0 Do"))
        page.obj.Resources.XObject.Fm0 = pdf.make_indirect(form)
        pdf.save(tmp_path / "scan.pdf")
    path = exported(made(tmp_path / "scan.pdf", TEXT, layer="ocr"), tmp_path)
    assert set(text_of(path).split()) == {*TEXT.split(), "Stamped"}
    kept = exported(made(tmp_path / "scan.pdf", TEXT, layer="none"), tmp_path)
    assert "Second" in text_of(kept)


def test_exported_pdfs_can_be_scanned_again(external: Item, tmp_path: Path) -> None:
    """Our own text is seen as another recognizer's, and stands there once after the next export."""
    first = exported(external, tmp_path).rename(tmp_path / "first.pdf")
    again = laodoc.scan(first)
    assert again.pages[0].text_layer == "ocr"
    said = text_of(exported(Item(again, (first,)), tmp_path))
    for line in again.pages[0].lines:
        assert line.text in said
    assert said.count("ขอเชิญร่วมประชุมชี้แจง") == text_of(first).count("ขอเชิญร่วมประชุมชี้แจง") == 1


def test_nothing_in_the_old_file_acts(tmp_path: Path) -> None:
    """Scripts of the page and of notes on it do not come along; links do, and filled fields are shown."""
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.go.th"))
    with pikepdf.new() as pdf:
        page = add_page(pdf, PAGE)
        page.obj.AA = pikepdf.Dictionary(O=action)
        kinds = (("Widget", {"FT": pikepdf.Name.Tx, "T": pikepdf.String("n"), "A": action}), ("Link", {"A": link}))
        page.obj.Annots = [
            pdf.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(f"/{kind}"), Rect=[9, 9, 99, 30], **keys
                )
            )
            for kind, keys in kinds
        ]
        pdf.Root.OpenAction = action
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[page.obj.Annots[0]])
        pdf.save(tmp_path / "scan.pdf")
    item = made(tmp_path / "scan.pdf", TEXT)
    path = exported(item, tmp_path)
    plain = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", path, "-"], capture_output=True, check=True)
    assert b"app.alert" not in plain.stdout
    assert b"example.go.th" in plain.stdout
    assert b"/Widget" in plain.stdout


def test_born_digital_text_stays_as_it_is(tmp_path: Path) -> None:
    """A page that a program wrote has its own text already; none is laid over it."""
    with pikepdf.new() as pdf:
        page = add_page(pdf, PAGE)
        page.Contents = pdf.make_stream(b"BT /F1 20 Tf 150 200 Td (Here) Tj ET")
        pdf.save(tmp_path / "a.pdf")
    assert text_of(exported(made(tmp_path / "a.pdf", "Here", layer="born-digital"), tmp_path)).split() == ["Here"]


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".tif", ".webp", ".bmp"])
def test_pictures_become_pages(suffix: str, tmp_path: Path) -> None:
    """Of the picture's size, with its very pixels; a JPEG's bytes are those of the file."""
    scan = tmp_path / f"scan{suffix}"
    options = {"lossless": True} if suffix == ".webp" else {}
    Pictures.fromarray(PAGE).save(scan, dpi=(150, 150), **options)
    item = made(scan, TEXT)
    path = exported(item, tmp_path)
    assert text_of(path).strip() == TEXT
    with pikepdf.open(path) as pdf:
        (picture,) = pdf.pages[0].Resources.XObject.values()
        pixels = np.asarray(pikepdf.PdfImage(picture).as_pil_image().convert("L"))
        width = float(pdf.pages[0].mediabox[2])
    assert width == pytest.approx(PAGE.shape[1] * item.document.pages[0].to_source[0], abs=0.01)
    assert np.array_equal(pixels, np.asarray(Pictures.open(scan).convert("L")))
    if suffix == ".jpg":
        (raw,) = images_of(path)
        assert raw == scan.read_bytes()


@pytest.mark.parametrize("orientation", [1, 2, 3, 6, 8])
def test_pictures_turned_by_exif_are_shown_so(orientation: int, tmp_path: Path) -> None:
    """The page is shown as the picture is, mirrored ones too, and the text lies on it as it is shown."""
    exif = Pictures.Exif()
    exif[0x0112] = orientation
    picture = PAGE.copy()
    picture[:100, :100] = 0
    Pictures.fromarray(picture).save(tmp_path / "a.jpg", dpi=(150, 150), exif=exif, quality=95)
    item = made(tmp_path / "a.jpg", TEXT)
    path = exported(item, tmp_path)
    subprocess.run(["pdftoppm", "-r", "150", "-gray", "-png", "-singlefile", path, tmp_path / "drawn"], check=True)
    drawn = np.asarray(Pictures.open(tmp_path / "drawn.png").convert("L"), np.float32)
    (shown,) = read_sheet(open_source(tmp_path / "a.jpg"), 1)
    assert isinstance(shown, SourcePage)
    grey = shown.image if shown.image.ndim == 2 else shown.image[..., 1]
    scaled = np.asarray(Pictures.fromarray(grey).resize(drawn.shape[::-1]), np.float32)
    assert np.abs(scaled - drawn).mean() < 8
    assert text_of(path).strip() == TEXT


def test_transparent_pictures_lie_on_white(tmp_path: Path) -> None:
    """What is clear in the picture is white paper."""
    clear = np.dstack([np.zeros_like(PAGE)] * 3 + [255 - PAGE])
    Pictures.fromarray(clear).save(tmp_path / "a.png")
    path = exported(made(tmp_path / "a.png", TEXT), tmp_path)
    with pikepdf.open(path) as pdf:
        (picture,) = pdf.pages[0].Resources.XObject.values()
        assert np.array_equal(np.asarray(pikepdf.PdfImage(picture).as_pil_image().convert("L")), PAGE)


def test_a_fax_of_two_pages_keeps_its_packing(tmp_path: Path) -> None:
    """A TIFF's Group 4 data go into the PDF as they are, a page each, and unread pages come too."""
    bilevel = [Pictures.fromarray(image).convert("1") for image in (PAGE, PAGE[::-1])]
    bilevel[0].save(tmp_path / "a.tif", save_all=True, append_images=bilevel[1:], compression="group4", dpi=(150, 150))
    path = exported(made(tmp_path / "a.tif", TEXT, number=2), tmp_path)
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 2
        filters = [str(image.Filter[0]) for page in pdf.pages for image in page.Resources.XObject.values()]
    assert filters == ["/CCITTFaxDecode"] * 2


def test_locked_scans_come_out_with_their_password(tmp_path: Path) -> None:
    """With it the text lies on the page; without it the one line that says so."""
    with pikepdf.open(pdf_of(tmp_path / "open.pdf", PAGE)) as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="o", user="u"))
    item = made(tmp_path / "locked.pdf", TEXT, password="u")
    assert text_of(exported(item, tmp_path, Options(password="u"))).strip() == TEXT
    (output,) = outputs([item], Options())
    assert isinstance(output.error, EncryptedInput)


def test_a_scan_that_is_gone_or_changed_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    """One line for each, and the PDFs of all others."""
    items = [made(pdf_of(tmp_path / f"{name}.pdf", PAGE), TEXT) for name in "abc"]
    (tmp_path / "a.pdf").unlink()
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 another one")
    written = write_export(items, "pdf", tmp_path / "out", Options())
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["c.pdf"]
    gone, changed = written.failed
    assert isinstance(gone, AccessError)
    assert "a.pdf: the scan is not there any more" in str(gone)
    assert "b.pdf: the scan has changed" in str(changed)
    with pytest.raises(AccessError):
        write_export(items[:1], "pdf", tmp_path / "one.pdf", Options())
    elsewhere = replace(items[2], scans=(tmp_path / "x.pdf", tmp_path / "c.pdf"))
    assert write_export([elsewhere], "pdf", tmp_path / "out", Options()).failed == ()


def test_secret_pages_are_not_in_the_file(tmp_path: Path) -> None:
    """Neither their pictures nor their text; a sheet with an identity number stays at home too, since a picture cannot
    be covered and stay as it is."""
    scan = SAMPLES / "bundle.pdf"
    document = scanned(scan)
    mark = Field(text="ลับ", value=None, page=1, bbox=BBox(0, 0, 1, 1), confidence=0.9)
    last = document.letters[-1].model_copy(update={"secrecy": mark, "attachments": ()})
    pages = list(document.pages)
    line = pages[-1].lines[0].model_copy(update={"text": "1234567890121", "places": ()})
    pages[-1] = pages[-1].model_copy(update={"lines": (line, *pages[-1].lines[1:])})
    secret = document.model_copy(update={"letters": (last,), "pages": tuple(pages)})
    item = Item(secret, (scan,))
    (output,) = outputs([item], Options())
    path = exported(item, tmp_path)
    assert output.hidden >= 2
    originals = images_of(scan)
    hidden = {page - 1 for page in last.pages} | {len(pages) - 1}
    assert images_of(path) == [image for index, image in enumerate(originals) if index not in hidden]
    assert len(images_of(exported(item, tmp_path, Options(unmask=True)))) == len(originals)


def test_what_is_all_secret_makes_no_file(tmp_path: Path) -> None:
    """No page, no PDF."""
    item = made(pdf_of(tmp_path / "a.pdf", PAGE), "1234567890121")
    assert list(outputs([item], Options())) == [Output("a.pdf", None, 2)]


def test_the_title_is_that_of_the_letter(external: Item, tmp_path: Path) -> None:
    """Viewers show number and subject in their window."""
    with pikepdf.open(BytesIO(exported(external, tmp_path).read_bytes())) as pdf:
        title = str(pdf.docinfo.Title)
    subject = external.document.letters[0].subject
    assert subject is not None
    assert subject.text.split()[0] in title
    assert title == title_of(external.document)
    assert title_of(external.document.model_copy(update={"letters": ()})) == "external_letter"
