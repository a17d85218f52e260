"""Letters for the electronic saraban systems: what xmllint and other programs find in them."""

import base64
import subprocess
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as Xml

import pikepdf
import pytest
from hypothesis import given
from hypothesis.strategies import characters, text
from letters_made import day, document, field, letter, number, reference, signatory
from PIL import Image
from scanning import scanned

from laodoc.document import Document
from laodoc.errors import AccessError, UsageError
from laodoc.export.command import write_export
from laodoc.export.ecms import RAM, outputs, parts, to_ecms
from laodoc.export.ecms_codes import OfficeIds, codes
from laodoc.export.excerpt import excerpt, scan_at_hand
from laodoc.export.formats import Item, Options

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
BUNDLE = SAMPLES / "bundle.pdf"
OWN = """
[speed]
"ด่วนพิเศษ" = "005"
[[office]]
names = ["กรมตัวอย่าง", "อธิบดีกรมตัวอย่าง"]
ministry = "77"
department = "77001"
"""
FULL = letter(
    number=number("มท 0899.9/123"),
    date=day("2020-06-11"),
    subject=field("การสำรวจ <บ่อน้ำ> & ลานกีฬา"),
    urgency=field("ด่วน ที่สุด"),
    secrecy=None,
    sender=field("กรมตัวอย่าง"),
    recipients=(field("นายอำเภอ\nทุกอำเภอ"), field("นายกเทศมนตรี")),
    references=(reference("มท 0899.9/ว 17", "2020-05-01", "การสำรวจ"), reference("มท 0899.9/18")),
    enclosures=(field("บัญชีรายชื่อ"), field("แบบสำรวจ")),
    action=field("โปรดพิจารณา"),
    signatory=signatory("ร.ต. สมมุติ ณ ตัวอย่าง", "อธิบดี\x0bกรมตัวอย่าง"),
)


@pytest.fixture(scope="module")
def bundle() -> Document:
    """Two letters, the second attached to the first, with two tables of its own."""
    return scanned(BUNDLE)


def valid(content: bytes, folder: Path) -> Xml.Element:
    """The letter's element, after xmllint has found the file valid."""
    (folder / "letter.xml").write_bytes(content)
    schema = files("laodoc.export").joinpath("data/ecms.xsd")
    command = ["xmllint", "--noout", "--nonet", "--huge", "--schema", str(schema), str(folder / "letter.xml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return Xml.fromstring(content)[0]


def said(element: Xml.Element, path: str) -> list[str]:
    """The texts of all elements at a path of names."""
    return [found.text or "" for found in element.findall("/".join(f"{{{RAM}}}{name}" for name in path.split("/")))]


def test_a_letter_says_what_was_read(tmp_path: Path) -> None:
    """xmllint finds it valid, and every part stands in its element, however many references there are."""
    found = valid(to_ecms(FULL, codes()), tmp_path)
    assert said(found, "ID") == ["มท 0899.9/123"]
    assert said(found, "CorrespondenceDate") == ["2020-06-11"]
    assert said(found, "Subject") == ["การสำรวจ <บ่อน้ำ> & ลานกีฬา"]
    assert (said(found, "SpeedCode"), said(found, "SecretCode")) == (["004"], ["001"])
    assert said(found, "SenderParty/GivenName") == ["ร.ต. สมมุติ"]
    assert said(found, "SenderParty/FamilyName") == ["ณ ตัวอย่าง"]
    assert said(found, "SenderParty/JobTitle") == ["อธิบดี กรมตัวอย่าง"]
    assert said(found, "ReceiverParty/JobTitle") == ["นายอำเภอ ทุกอำเภอ; นายกเทศมนตรี"]
    assert said(found, "ReferenceCorrespondence/ID") == ["มท 0899.9/ว 17", "มท 0899.9/18"]
    assert said(found, "ReferenceCorrespondence/CorrespondenceDate") == ["2020-05-01", ""]
    assert said(found, "ReferenceCorrespondence/Subject") == ["การสำรวจ", ""]
    assert said(found, "Attachment") == ["บัญชีรายชื่อ\nแบบสำรวจ"]
    assert said(found, "Description") == ["จาก: กรมตัวอย่าง\nการปฏิบัติ: โปรดพิจารณา"]


def test_what_was_not_read_is_empty_and_not_made_up(tmp_path: Path) -> None:
    """A number not understood, a day that no calendar has, an unknown urgency, offices without ids, no scan."""
    odd = letter(number=field("80ใ", None), date=field("๓๑ มิ.ย.", None), urgency=field("ด่วนพิเศษ"))
    found = valid(to_ecms(odd, codes()), tmp_path)
    texts = {child.tag.split("}")[1]: child.text for child in found.iter() if len(child) == 0}
    assert {name for name, text in texts.items() if text} == {"SecretCode"}
    binary = found.find(f"{{{RAM}}}MainLetterBinaryObject")
    assert binary is not None
    assert binary.attrib == {"mimeCode": ""}
    assert "เลขที่, วันที่" in to_ecms(odd, codes()).decode()


def test_the_schema_refuses_what_is_wrong(tmp_path: Path) -> None:
    """A date in no calendar, a code of another length, an element out of place."""
    good = to_ecms(FULL, codes())
    for right, wrong in ((b">2020-06-11<", b">11/6/63<"), (b">004<", b">4<"), (b"ram:SendDate", b"ram:SentDate")):
        assert right in good
        with pytest.raises(AssertionError):
            valid(good.replace(right, wrong), tmp_path)


def test_an_office_adds_its_codes(tmp_path: Path) -> None:
    """Its file goes before what is delivered; ids are given to the sender, and to a receiver who is alone."""
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    own = codes(tmp_path / "own.toml")
    assert (own.speed_of("ด่วนพิเศษ"), own.speed_of("ด่วน"), own.speed_of(None)) == ("005", "002", "001")
    assert own.office(["ไม่มี", "กรม ตัวอย่าง"]) == OfficeIds("77", "77001")
    found = valid(to_ecms(FULL, own), tmp_path)
    assert said(found, "SenderParty/MinistryOrganization/ID") == ["77"]
    assert said(found, "SenderParty/DepartmentOrganization/ID") == ["77001"]
    assert said(found, "ReceiverParty/DepartmentOrganization/ID") == [""]
    alone = FULL.model_copy(update={"recipients": (field("อธิบดีกรมตัวอย่าง"),)})
    found = valid(to_ecms(alone, own), tmp_path)
    assert said(found, "ReceiverParty/DepartmentOrganization/ID") == ["77001"]


@given(text(alphabet=characters(exclude_categories=["Cs", "Cn", "Cc"])))
def test_any_text_comes_back(printed: str) -> None:
    """Markup, quotes, emoji: what the letter says is what the next system reads, its white space apart."""
    found = Xml.fromstring(to_ecms(FULL.model_copy(update={"subject": field(printed)}), codes()))[0]
    assert said(found, "Subject") == [" ".join(printed.split())]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[speed", "TOML"),
        ("[hurry]", "hurry"),
        ('[speed]\n"ด่วน" = 2', "quotes"),
        ('speed = "002"', "ด่วน"),
        ('[[office]]\nministry = "1"', "names"),
        ("[office]", "office"),
    ],
)
def test_a_wrong_file_of_codes_is_told(tmp_path: Path, text: str, told: str) -> None:
    """The message says what is wrong; a file that is not there is told too."""
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=told):
        codes(tmp_path / "own.toml")
    with pytest.raises(AccessError):
        codes(tmp_path / "absent.toml")


def test_the_scan_goes_along_page_by_page(bundle: Document, tmp_path: Path) -> None:
    """The letter's own pages, and a file for each attachment; together they are the whole bundle."""
    first, second = outputs([Item(bundle, (SAMPLES / "absent.pdf", BUNDLE))], Options())
    found = valid(first.content, tmp_path)
    pages = []
    for name in ("MainLetterBinaryObject", "AttachmentBinaryObject"):
        for binary in found.findall(f"{{{RAM}}}{name}"):
            assert binary.attrib == {"mimeCode": "application/pdf"}
            with pikepdf.open(BytesIO(base64.b64decode(binary.text or ""))) as part:
                pages.append(len(part.pages))
    assert pages == [1, 4]
    assert len(valid(second.content, tmp_path).findall(f"{{{RAM}}}AttachmentBinaryObject")) == 2
    again = [output.content for output in outputs([Item(bundle, (BUNDLE,))], Options())]
    assert again == [first.content, second.content]


def test_attachments_are_told_once() -> None:
    """Letters attached to each other, pages named twice: each page goes once, the letter's own first."""
    first = letter("letter-1", pages=(1, 2), attachments=("letter-2", "page-4", "page-5"))
    second = letter("letter-2", pages=(3,), attachments=("letter-1", "page-4"))
    assert parts(first, document([first, second])) == [[1, 2], [3, 4], [5]]


def test_secret_letters_and_scans_with_covered_numbers_stay(bundle: Document) -> None:
    """Not a file for a secret letter, and no scan of a page with an identity number, unless asked for; both counted."""
    secret = bundle.letters[1].model_copy(update={"secrecy": field("ลับ", page=2)})
    kept = bundle.letters[0].model_copy(update={"attachments": ()})
    marked = bundle.model_copy(update={"letters": (kept, secret)})
    (only,) = outputs([Item(marked, (BUNDLE,))], Options())
    assert only.hidden > 0
    assert len(list(outputs([Item(marked, (BUNDLE,))], Options(unmask=True)))) == 2
    (nothing,) = outputs([Item(document([FULL.model_copy(update={"secrecy": field("ลับ")})]))], Options())
    assert (nothing.content, nothing.hidden) == (None, 1)
    page = bundle.pages[0].model_copy(update={"text": "1-2345-67890-12-1"})
    named = bundle.model_copy(update={"pages": (page, *bundle.pages[1:])})
    covered, other = outputs([Item(named, (BUNDLE,))], Options())
    assert said(Xml.fromstring(covered.content)[0], "MainLetterBinaryObject") == [""]
    assert said(Xml.fromstring(other.content)[0], "MainLetterBinaryObject") != [""]


def test_only_the_very_file_that_was_scanned_is_the_scan(bundle: Document, tmp_path: Path) -> None:
    """Another file under its name is none; one that cannot be taken apart is left out."""
    (tmp_path / "bundle.pdf").write_bytes(b"%PDF-1.4 another one")
    assert scan_at_hand([tmp_path / "bundle.pdf", tmp_path], bundle.source.sha256) is None
    assert scan_at_hand([BUNDLE], bundle.source.sha256) == BUNDLE
    assert excerpt(tmp_path / "bundle.pdf", [1], 2) is None


def test_sheets_of_a_fax_and_pictures_whole(tmp_path: Path) -> None:
    """One sheet of a TIFF becomes a PDF of the same picture; a photo goes as it is."""
    sheets = [Image.new("1", (850, 1100), shade) for shade in (0, 1, 0)]
    sheets[0].save(tmp_path / "fax.tif", save_all=True, append_images=sheets[1:], dpi=(100, 100))
    part = excerpt(tmp_path / "fax.tif", [2, 3], 3)
    assert part is not None
    with pikepdf.open(BytesIO(part.content)) as pdf:
        assert [[round(float(side)) for side in page.mediabox] for page in pdf.pages] == [[0, 0, 612, 792]] * 2
        first = pikepdf.PdfImage(next(iter(pdf.pages[0].get_images().values()))).as_pil_image()
        assert set(first.convert("L").tobytes()) == {255}
    assert part == excerpt(tmp_path / "fax.tif", [2, 3], 3)
    sheets[1].convert("L").save(tmp_path / "photo.jpg")
    whole = excerpt(tmp_path / "photo.jpg", [1], 1)
    assert whole is not None
    assert (whole.mime, whole.content) == ("image/jpeg", (tmp_path / "photo.jpg").read_bytes())


def test_a_folder_gets_a_file_a_letter(bundle: Document, tmp_path: Path) -> None:
    """Named by the scan and the letter."""
    assert write_export([Item(bundle)], "ecms", tmp_path / "out", Options()).hidden == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"bundle_letter-1.xml", "bundle_letter-2.xml"}
