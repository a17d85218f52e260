"""Opening files: what can be scanned, and the one clear line where it cannot."""

import io
import pickle
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image as Pillow
from scanned_pages import letter, pdf_of

from laodoc.errors import (
    AccessError,
    DamagedInput,
    EmptyInput,
    EncryptedInput,
    LaodocError,
    MissingDependency,
    NotAScan,
)
from laodoc.imaging import rasterizer
from laodoc.imaging.source import open_source


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    return pdf_of(tmp_path / "bundle.pdf", letter(50), letter(50))


def encrypted(path: Path, out: Path, owner: str, user: str) -> Path:
    with pikepdf.open(path) as plain:
        plain.save(out, encryption=pikepdf.Encryption(owner=owner, user=user))
    return out


def test_pdf_is_counted_and_survives_pickling(pdf: Path) -> None:
    """A PDF's pages, bytes and digest are known, and the source travels to another process."""
    source = open_source(pdf, name="scan.pdf")
    assert (source.page_count, source.kind, source.name) == (2, "pdf", "scan.pdf")
    assert source.bytes == pdf.stat().st_size
    assert len(source.sha256) == 64
    assert pickle.loads(pickle.dumps(source)) == source


def test_tiff_pages_are_sheets(tmp_path: Path) -> None:
    """Each frame of a TIFF is a sheet."""
    frames = [Pillow.new("1", (80, 100), 1) for _ in range(3)]
    frames[0].save(tmp_path / "fax.tif", save_all=True, append_images=frames[1:])
    assert open_source(tmp_path / "fax.tif").page_count == 3


def truncated_picture() -> bytes:
    buffer = io.BytesIO()
    Pillow.fromarray(letter(50)).save(buffer, "TIFF")
    return buffer.getvalue()[:12]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptyInput),
        (b"Dear Sir, this is a letter.", NotAScan),
        (b"%PDF-1.7\nnothing more\n%%EOF", DamagedInput),
        (truncated_picture(), LaodocError),
    ],
)
def test_unreadable_content_has_its_error(tmp_path: Path, content: bytes, error: type[LaodocError]) -> None:
    """Empty, foreign and broken files each raise their own error, whose message is one line with the file's name."""
    path = tmp_path / "scan.pdf"
    path.write_bytes(content)
    with pytest.raises(error) as raised:
        open_source(path)
    assert "\n" not in str(raised.value)
    assert "scan.pdf" in str(raised.value)


def test_missing_file_and_folder_are_access_errors(tmp_path: Path) -> None:
    """A path that leads nowhere, or to a folder, is an access error."""
    with pytest.raises(AccessError, match="does not exist"):
        open_source(tmp_path / "absent.pdf")
    with pytest.raises(AccessError, match="folder"):
        open_source(tmp_path)


def test_unreadable_file_is_an_access_error(tmp_path: Path) -> None:
    """What the system refuses to read (here a name that is too long) is an access error with its reason."""
    with pytest.raises(AccessError, match="cannot be read"):
        open_source(tmp_path / ("x" * 300))


def test_truncated_pdf_is_told_from_a_damaged_one(pdf: Path) -> None:
    """A PDF whose end is missing is called truncated, whatever could be saved from it."""
    pdf.write_bytes(pdf.read_bytes()[:-400])
    with pytest.raises(DamagedInput, match="truncated"):
        open_source(pdf)


def test_pdf_with_a_wrong_table_is_repaired(pdf: Path) -> None:
    """A whole PDF with a wrong cross-reference table is read all the same."""
    data = pdf.read_bytes()
    start = data.rindex(b"startxref")
    pdf.write_bytes(data[:start] + b"startxref\n7\n%%EOF\n")
    assert open_source(pdf).page_count == 2


def test_pdf_without_pages_is_empty(tmp_path: Path) -> None:
    """A PDF with zero pages is empty input."""
    with pikepdf.new() as none:
        none.save(tmp_path / "none.pdf")
    with pytest.raises(EmptyInput, match="no pages"):
        open_source(tmp_path / "none.pdf")


def test_encrypted_pdf_needs_its_password(pdf: Path, tmp_path: Path) -> None:
    """Without its password, or with a wrong one, an encrypted PDF is refused; with either of its two it opens."""
    locked = encrypted(pdf, tmp_path / "locked.pdf", "owner", "reader")
    for password, words in ((None, "--password"), ("nonsense", "wrong")):
        with pytest.raises(EncryptedInput, match=words):
            open_source(locked, password=password)
    assert open_source(locked, password="reader").page_count == 2
    assert open_source(locked, password="owner").page_count == 2


def test_pdf_locked_against_changes_only_is_read(pdf: Path, tmp_path: Path) -> None:
    """A PDF that anyone may read needs no password."""
    assert open_source(encrypted(pdf, tmp_path / "kept.pdf", "owner", "")).page_count == 2


def test_without_anything_that_draws_pdfs_both_ways_are_named(
    pdf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where neither poppler nor pypdfium2 is installed, the error names both."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(rasterizer, "find_spec", lambda name: None)
    with pytest.raises(MissingDependency, match=r"pip install pypdfium2.*poppler-utils"):
        open_source(pdf)


def test_picture_needs_no_poppler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture is opened where poppler is not installed."""
    Pillow.fromarray(np.zeros((4, 4), np.uint8)).save(tmp_path / "dot.png")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert open_source(tmp_path / "dot.png").kind == "picture"
