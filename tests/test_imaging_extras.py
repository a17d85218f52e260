"""What a PDF has beside the drawing of its pages: it spoils no page, and is told of where it may be missing."""

from pathlib import Path

import numpy as np
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from scanned_pages import add_page, letter

from laodoc import pipeline
from laodoc.errors import NotAScan
from laodoc.imaging import pdf as pdf_pages
from laodoc.imaging.page import SourcePage, UnreadablePage
from laodoc.imaging.pdf import read_pdf_page
from laodoc.imaging.source import open_source
from laodoc.pipeline import ScanOptions

PAGE = letter(100, height_mm=120.0, lines=5)
BOX = [100, 100, 200, 130]
LOOKS = {
    "unknown font": b"BT /Nope 12 Tf (abc) Tj ET",
    "nonsense": b"BT /F1 12 Tf (abc Tj ]] >> <<",
    "broken picture": b"/Bad Do",
}
THAI = "๒๒ มิถุนายน ๒๕๖๓"


def form(pdf: pikepdf.Pdf, drawing: bytes, box: list[float], **resources: object) -> pikepdf.Stream:
    looks = pdf.make_stream(drawing)
    looks.Type, looks.Subtype, looks.BBox = Name.XObject, Name.Form, Array(box)
    looks.Resources = Dictionary(**resources)
    return looks


def lay_over(pdf: pikepdf.Pdf, page: pikepdf.Page, **keys: object) -> None:
    """One more annotation on the page; fields join the PDF's form."""
    annotation = pdf.make_indirect(Dictionary(Type=Name.Annot, **{"F": 4, "Rect": BOX, **keys}))
    page.obj.Annots = Array([*page.obj.get("/Annots", []), annotation])
    if keys.get("Subtype") == Name.Widget:
        pdf.Root.AcroForm = Dictionary(Fields=Array([annotation]), NeedAppearances=True, DA=String("/Helv 12 Tf 0 g"))


def opened(pdf: pikepdf.Pdf, folder: Path) -> SourcePage | UnreadablePage:
    pdf.save(folder / "page.pdf")
    return read_pdf_page(open_source(folder / "page.pdf"), 1)


def is_whole(page: SourcePage | UnreadablePage) -> bool:
    """Whether the scan is on the page, with as much ink as it has."""
    if isinstance(page, UnreadablePage):
        return False
    ink = float((page.image < 128).mean())
    return bool(0.6 <= ink / float((PAGE < 128).mean()) <= 1.3)


@pytest.mark.parametrize("kind", [Name.Widget, Name.FreeText], ids=str)
def test_a_thai_value_without_looks_spoils_no_page(tmp_path: Path, kind: Name) -> None:
    """The fonts of forms have no Thai, and not every program takes another: the page is read, the value told."""
    with pikepdf.new() as pdf:
        page = add_page(pdf, PAGE)
        value = {"V" if kind == Name.Widget else "Contents": String(THAI)}
        lay_over(pdf, page, Subtype=kind, FT=Name.Tx, T=String("date"), DA=String("/Helv 12 Tf 0 g"), **value)
        read = opened(pdf, tmp_path)
    assert is_whole(read)
    assert isinstance(read, SourcePage)
    (remark,) = read.remarks
    assert (remark.rule, remark.severity) == ("annotation", "warning")
    assert THAI in remark.message


@pytest.mark.parametrize("looks", LOOKS)
@pytest.mark.parametrize("with_pdfium", [True, False])
def test_looks_that_cannot_be_drawn_spoil_no_page(
    tmp_path: Path, looks: str, with_pdfium: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A font, a picture or instructions that are broken, also where poppler is the only program."""
    if not with_pdfium:
        monkeypatch.setattr(pdf_pages, "find_spec", lambda name: None)
    with pikepdf.new() as pdf:
        page = add_page(pdf, PAGE)
        bad = pdf.make_stream(b"no picture", Type=Name.XObject, Subtype=Name.Image, Width=9, Height=9)
        bad.ColorSpace, bad.BitsPerComponent, bad.Filter = Name.DeviceGray, 8, Name.DCTDecode
        drawn = form(pdf, LOOKS[looks], [0, 0, 100, 30], XObject=Dictionary(Bad=bad))
        lay_over(pdf, page, Subtype=Name.Stamp, AP=Dictionary(N=drawn))
        read = opened(pdf, tmp_path)
    assert is_whole(read)
    assert isinstance(read, SourcePage)
    assert [remark.rule for remark in read.remarks] == ["annotation"]


def test_what_is_broken_on_the_page_itself_is_still_damage(tmp_path: Path) -> None:
    """An annotation beside it excuses nothing."""
    with pikepdf.new() as pdf:
        page = add_page(pdf, PAGE, after=b"BT /Nope 12 Tf (abc) Tj ET")
        lay_over(pdf, page, Subtype=Name.FreeText, Contents=String(THAI), DA=String("/Helv 12 Tf 0 g"))
        assert isinstance(opened(pdf, tmp_path), UnreadablePage)


def test_annotations_that_are_none_and_hidden_ones_are_passed_over(tmp_path: Path) -> None:
    """Null, a number, an empty dictionary, a link and a hidden note: the scan is taken out as it is."""
    with pikepdf.new() as pdf:
        page = add_page(pdf, PAGE)
        lay_over(pdf, page, Subtype=Name.Link)
        lay_over(pdf, page, Subtype=Name.FreeText, Contents=String(THAI), F=2)
        lay_over(pdf, page, Subtype=Name.Popup)
        page.obj.Annots = Array([*page.obj.Annots, pikepdf.Object.parse(b"null"), 5])
        read = opened(pdf, tmp_path)
    assert isinstance(read, SourcePage)
    assert np.array_equal(read.image, PAGE)
    assert read.remarks == ()


@pytest.mark.parametrize("kind", [Name.Stamp, Name.Square], ids=str)
def test_a_page_of_annotations_only_is_read(tmp_path: Path, kind: Name) -> None:
    """The scan itself is a stamp on an empty page."""
    with pikepdf.new() as pdf:
        page = add_page(pdf, PAGE)
        box = [float(side) for side in page.mediabox]
        scan = form(pdf, page.obj.Contents.read_bytes(), box, XObject=page.obj.Resources.XObject)
        page.obj.Contents, page.obj.Resources = pdf.make_stream(b""), Dictionary()
        lay_over(pdf, page, Subtype=kind, Rect=box, AP=Dictionary(N=scan))
        assert is_whole(opened(pdf, tmp_path))


def _shell(text: bytes = b"Please wait...") -> pikepdf.Pdf:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
    page.obj.Contents = pdf.make_stream(b"BT /F1 12 Tf 50 700 Td (" + text + b") Tj ET")
    return pdf


@pytest.mark.parametrize("needs", [True, False])
def test_an_empty_shell_of_a_form_is_no_scan(tmp_path: Path, needs: bool) -> None:
    """Its only page asks to wait for a program that lays the form out."""
    with _shell() as pdf:
        fields = Array([pdf.make_indirect(Dictionary(T=String("a")))]) if needs else Array()
        pdf.Root.AcroForm = Dictionary(Fields=fields, XFA=pdf.make_stream(b"<xdp/>"))
        pdf.Root.NeedsRendering = needs
        pdf.save(tmp_path / "form.pdf")
    with pytest.raises(NotAScan, match="is a form"):
        open_source(tmp_path / "form.pdf")


def test_a_portfolio_is_no_scan(tmp_path: Path) -> None:
    """What it holds is named."""
    with _shell(b"Open this portfolio in Acrobat") as pdf:
        pdf.attachments["หนังสือ.pdf"] = b"%PDF-1.4"
        pdf.attachments["b.xlsx"] = b"PK"
        pdf.Root.Collection = Dictionary(Type=Name.Collection)
        pdf.save(tmp_path / "all.pdf")
    with pytest.raises(NotAScan, match=r"2 files \(b.xlsx, หนังสือ.pdf\)"):
        open_source(tmp_path / "all.pdf")


@pytest.mark.parametrize("shell", ["XFA", "Collection"])
def test_a_scan_with_more_beside_it_is_one(tmp_path: Path, shell: str) -> None:
    """A form that has pages too, and a scan with files in it; these are told on its first page."""
    with pikepdf.new() as pdf:
        add_page(pdf, PAGE)
        add_page(pdf, PAGE)
        pdf.attachments["ข้อมูล.xlsx"] = b"PK"
        if shell == "XFA":
            pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=pdf.make_stream(b"<xdp/>"))
        else:
            pdf.Root.Collection = Dictionary(Type=Name.Collection)
        pdf.save(tmp_path / "a.pdf")
    source = open_source(tmp_path / "a.pdf")
    pages = [read_pdf_page(source, number) for number in (1, 2)]
    assert all(map(is_whole, pages))
    told = [[remark.message for remark in page.remarks] for page in pages if isinstance(page, SourcePage)]
    assert told == [["1 file (ข้อมูล.xlsx) within the PDF: not read"], []]


def test_remarks_become_findings_of_their_page(tmp_path: Path) -> None:
    """They stand in the record, and stay when it is checked again."""
    with pikepdf.new() as pdf:
        add_page(pdf, PAGE)
        pdf.attachments["a.xlsx"] = b"PK"
        pdf.save(tmp_path / "a.pdf")
    document = pipeline.scan(tmp_path / "a.pdf", ScanOptions(engine="null"))
    assert [(finding.rule, finding.page) for finding in document.findings] == [("annotation", 1)]
    assert pipeline.recheck(document).findings == document.findings
