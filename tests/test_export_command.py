"""What leaves, in which files: formats, filters, names, and what is kept back because it is secret."""

import json
import sys
from datetime import date
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scanning import scanned
from test_public import document as document

import laodoc
from laodoc.archive.reading import items_in
from laodoc.document import BBox, Document, Field, Line
from laodoc.errors import UsageError
from laodoc.export import KEYS, KEYS_OF_LETTERS, KEYS_OF_RECORDS, MODULES
from laodoc.export.command import Written, write_export
from laodoc.export.formats import Item, Options, format_named
from laodoc.export.json import to_json
from laodoc.export.letters import TEMPLATE, check_template, letter_items, name_of
from laodoc.export.masking import COVER, masked, open_document, secret_pages
from laodoc.export.names import LONGEST, MARKS, Names, safe_name
from laodoc.export.sheets import sheets_of
from laodoc.export.wanted import Wanted, conditions, wanted_items, wanted_of

SAMPLES = Path(__file__).resolve().parent.parent / "samples"


@pytest.fixture(scope="module")
def bundle() -> Document:
    return scanned(SAMPLES / "bundle.pdf")


def _secret(document: Document, which: int = 0) -> Document:
    """The document with one letter marked ลับ."""
    mark = Field(text="ลับ", value=None, page=1, bbox=BBox(0, 0, 1, 1), confidence=0.9)
    letters = list(document.letters)
    letters[which] = letters[which].model_copy(update={"secrecy": mark})
    return document.model_copy(update={"letters": tuple(letters)})


def test_every_format_is_there_and_knows_its_files() -> None:
    """Each name of the registry leads to a format with a suffix."""
    for name in MODULES:
        assert format_named(name).suffix.startswith(".")


def test_json_is_a_file_a_document_and_reads_back(document: Document, bundle: Document, tmp_path: Path) -> None:
    """Several go into a folder, two of one name become two files; one goes into the file that is named."""
    items = [Item(document), Item(bundle), Item(document)]
    assert write_export(items, "json", tmp_path / "all", Options()) == Written(0)
    assert {path.name for path in (tmp_path / "all").iterdir()} == {"made.json", "bundle.json", "made-2.json"}
    assert [item.document for item in items_in([tmp_path / "all" / "bundle.json"])] == [bundle]
    write_export([Item(document)], "json", tmp_path / "one.json", Options())
    assert laodoc.load(tmp_path / "one.json") == document
    with pytest.raises(UsageError, match="FOLDER"):
        write_export(items, "json", tmp_path / "two.json", Options())
    assert not (tmp_path / "two.json").exists()
    with pytest.raises(UsageError, match="--what"):
        write_export(items, "json", tmp_path / "x", Options(what="letters"))


def test_standard_output_takes_one_file(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook or one table goes to standard output; a folder cannot."""
    out = BytesIO()
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(out))
    write_export([Item(document)], "jsonl", None, Options(what="records"))
    assert len(out.getvalue().splitlines()) == len(document.records)
    with pytest.raises(UsageError, match="FOLDER"):
        write_export([Item(document)], "jsonl", None, Options())


def test_nothing_wanted_is_told(document: Document, tmp_path: Path) -> None:
    """No folder is made where no document meets the conditions."""
    none = wanted_items([Item(document)], Wanted(where=conditions("file=other.pdf")))
    with pytest.raises(UsageError, match="nothing to export"):
        write_export(none, "json", tmp_path / "x", Options())
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("text", ["province", "province=", "colour=red", "province==", "1=1; DROP TABLE letters", ""])
def test_conditions_are_nothing_but_known_keys_and_values(text: str) -> None:
    """Whatever else is given is told; nothing of it is run."""
    if text == "province==":
        assert conditions(text)[0].value == "="
        return
    with pytest.raises(UsageError, match="--where"):
        conditions(text)


def test_conditions_on_records_keep_their_letters(bundle: Document) -> None:
    """Only rows of the status, the letter to which they belong, its pages and its tables; the record stays whole."""
    kept = wanted_of(bundle, Wanted(where=conditions("status=pending")))
    assert kept is not None
    assert kept.records == tuple(record for record in bundle.records if record.status == "pending")
    assert 0 < len(kept.records) < len(bundle.records)
    assert {record.letter for record in kept.records} == {letter.id for letter in kept.letters}
    assert Document.model_validate_json(to_json(kept)) == kept
    assert wanted_of(bundle, Wanted(where=conditions("province=ไม่มี"))) is None


def test_conditions_on_letters_keep_what_belongs_to_them(bundle: Document) -> None:
    """In either digits and spacing; pages of other letters are gone, with their findings and routing."""
    for letter in bundle.letters:
        assert letter.number is not None
        kept = wanted_of(bundle, Wanted(where=conditions(f"number={letter.number.text}, form={letter.form}")))
        assert kept is not None
        assert letter.id in {other.id for other in kept.letters}
        numbers = {page.number for page in kept.pages}
        assert set(letter.pages) <= numbers < {page.number for page in bundle.pages}
        assert {step.page for step in kept.routing} <= numbers
        assert {finding.page for finding in kept.findings} <= numbers | {None}


def test_since_is_the_day_of_the_letter(bundle: Document) -> None:
    """The day itself is in; a letter without a day is of none."""
    days = sorted(str(letter.date.value) for letter in bundle.letters if letter.date)
    alone = tuple(letter.model_copy(update={"attachments": ()}) for letter in bundle.letters)
    kept = wanted_of(bundle.model_copy(update={"letters": alone}), Wanted(since=date.fromisoformat(days[-1])))
    assert kept is not None
    assert [letter.date.value for letter in kept.letters if letter.date] == [days[-1]]
    assert wanted_of(bundle, Wanted(since=date(2999, 1, 1))) is None


def test_every_key_asks_for_something(bundle: Document) -> None:
    """Every key that the help names can be met, or not, without an error."""
    assert set(KEYS) == {"file", *KEYS_OF_LETTERS, *KEYS_OF_RECORDS}
    for key in KEYS:
        wanted_of(bundle, Wanted(where=conditions(f"{key}~ก")))
    assert wanted_of(bundle, Wanted(where=conditions("file=bundle.pdf"))) == bundle


def test_pages_of_secret_letters_stay_at_home(bundle: Document) -> None:
    """With everything attached to them, and counted; asked for, all is there."""
    secret = _secret(bundle)
    hidden = secret_pages(secret)
    assert hidden >= set(secret.letters[0].pages)
    shown, count = open_document(secret, unmask=False)
    assert count == len(hidden)
    assert {page.number for page in shown.pages} == {page.number for page in bundle.pages} - hidden
    assert secret.letters[0].id not in {letter.id for letter in shown.letters}
    assert not {record.page for record in shown.records} & hidden
    assert open_document(secret, unmask=True) == (secret, 0)


def test_rows_of_secret_letters_stay_at_home(bundle: Document) -> None:
    """Tables tell that the letter exists; none of its records, findings or cells."""
    secret = _secret(bundle)
    hidden = secret_pages(secret)
    (letters, records, _, findings, tables), count = sheets_of([secret])
    assert len(letters.rows) == len(secret.letters)
    for sheet in (records, findings, tables):
        place = sheet.columns.index("page")
        assert not {row[place].value for row in sheet.rows} & hidden
    assert count > len(secret.records) - len(records.rows)


def test_identity_numbers_are_covered_in_the_whole_record(document: Document) -> None:
    """In lines, which keep their places, and in values; digests are not touched."""
    page = document.pages[0]
    line = Line(text="เลข 1234567890121", bbox=BBox(0, 0, 9, 9), confidence=1, script="print", places=tuple(range(17)))
    source = document.source.model_copy(update={"sha256": "1234567890121"})
    told = document.model_copy(update={"pages": (page.model_copy(update={"lines": (line,)}),), "source": source})
    shown, count = open_document(told, unmask=False)
    assert count == 1
    assert shown.pages[0].lines[0].text == "เลข " + COVER * 10 + "121"
    assert shown.pages[0].lines[0].places == line.places
    assert shown.source.sha256 == "1234567890121"
    assert open_document(document, unmask=False) == (document, 0)


@given(st.text(alphabet="0123456789๐๑๒๓๔๕๖๗๘๙ -ก", max_size=40))
def test_masking_keeps_the_length(text: str) -> None:
    """Places of characters stay true."""
    assert len(masked(text)) == len(text)


@given(st.text(max_size=300))
def test_names_are_safe_on_every_system(stem: str) -> None:
    """One part of a path, short enough, nothing but the suffix behind a point at its end."""
    name = safe_name(stem, ".pdf")
    assert not set(name) & set('/\\:*?"<>|\n\r\t\0')
    assert len(name.encode()) <= LONGEST
    assert name.endswith(".pdf")
    assert name.removesuffix(".pdf").strip(" .") == name.removesuffix(".pdf") != ""


def test_long_thai_names_are_cut_between_letters() -> None:
    """A consonant keeps its marks or goes with them."""
    name = safe_name("ที่" * 100, ".pdf")
    assert name.removesuffix(".pdf").endswith("ที่") or name.removesuffix(".pdf")[-1] not in MARKS
    assert len(name.encode()) > LONGEST - 10


def test_no_name_is_given_twice() -> None:
    """Whatever the size of letters, and for names that had to be cut."""
    names = Names()
    given_out = [names.free(stem, ".md") for stem in ("a/b", "A-B", "a:b", "ก" * 90, "ก" * 95, "con", "")]
    assert len({name.casefold() for name in given_out}) == len(given_out)
    assert given_out[:3] == ["a-b.md", "A-B-2.md", "a-b-3.md"]
    assert given_out[-2:] == ["_con.md", "unnamed.md"]


def test_a_letter_attached_to_a_secret_one_is_secret(bundle: Document) -> None:
    """What is attached goes with it, letters too."""
    first, second = bundle.letters[:2]
    enclosing = first.model_copy(update={"attachments": (second.id,)})
    secret = _secret(bundle.model_copy(update={"letters": (enclosing, *bundle.letters[1:])}))
    assert set(second.pages) <= secret_pages(secret)
    shown, _ = open_document(secret, unmask=False)
    assert second.id not in {letter.id for letter in shown.letters}


def test_masked_json_is_a_record_still(bundle: Document, tmp_path: Path) -> None:
    """It is loaded like any other."""
    write_export([Item(_secret(bundle))], "json", tmp_path / "a.json", Options())
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["schema"] == "laodoc/1"
    assert len(laodoc.load(tmp_path / "a.json").letters) < len(bundle.letters)


def test_each_letter_is_a_file_of_its_own(bundle: Document, tmp_path: Path) -> None:
    """Named by what it says, with all its pages; pages of no letter come too."""
    split = list(letter_items([Item(bundle)]))
    assert len(split) >= len(bundle.letters)
    for item, letter in zip(split, bundle.letters, strict=False):
        assert letter.id in {other.id for other in item.document.letters}
        assert item.part
    assert {page.number for item in split for page in item.document.pages} == {page.number for page in bundle.pages}
    write_export(letter_items([Item(bundle)], "{date} {number}"), "json", tmp_path, Options())
    assert {path.name for path in tmp_path.iterdir()} >= {"2022-09-16 นน 0023.3-ว 905.json"}


def test_a_template_names_what_the_letter_has(bundle: Document) -> None:
    """What is absent leaves no double separator; a secret letter's subject is not in its name."""
    letter = bundle.letters[0]
    said = Field(text="การ_สำรวจ", value=None, page=1, bbox=BBox(0, 0, 1, 1), confidence=1)
    full = letter.model_copy(update={"subject": said})
    assert name_of(full, bundle, TEMPLATE) == "2022-09-16_นน 0023.3/ว 905_การ สำรวจ"
    assert name_of(full.model_copy(update={"number": None}), bundle, TEMPLATE) == "2022-09-16_การ สำรวจ"
    secret = full.model_copy(update={"secrecy": said.model_copy(update={"text": "ลับ"})})
    assert name_of(secret, bundle, "{subject}") == "bundle_letter-1"
    for template in ("plain", "{colour}", "{date!r}", "{date.__class__}", "{date"):
        with pytest.raises(UsageError, match="--names"):
            check_template(template)


def test_pages_of_no_letter_are_a_file_too(document: Document) -> None:
    """A table alone comes out, named by its scan and pages."""
    (item,) = letter_items([Item(document)])
    assert item.stem == "made_1"
    assert item.document.tables == document.tables
