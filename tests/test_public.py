"""What programs import: scan, load, records, frames; and records checked again after editing."""

import subprocess
import sys
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from tables import grid, page
from test_checks_repair import HEADER, ROWS, doubtful

import laodoc
from laodoc import errors
from laodoc.archive.ledger import Ledger
from laodoc.document import Document, EngineInfo, Source
from laodoc.errors import AccessError, DamagedInput, InputError, NotAScan, UsageError
from laodoc.export.json import to_json
from laodoc.pipeline import assemble, recheck

SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "status_drawn_marks.pdf"


@pytest.fixture(scope="module")
def document() -> Document:
    """A statistics table with one number that is set right."""
    rows = [[*row] for row in ROWS]
    rows[1][3] = doubtful("๑", ("๗", 0.2))
    return assemble(
        [page(grid([HEADER, *rows]))],
        source=Source(name="made.pdf", sha256="", bytes=0, pages=1),
        engine=EngineInfo(name="made", version="", sha256=None),
    )


def test_importing_brings_nothing_heavy() -> None:
    """Neither OpenCV nor pandas nor pydantic is imported before it is needed."""
    code = "import laodoc, sys; print(sorted({'cv2', 'pandas', 'numpy', 'pydantic'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_scanning_needs_no_pandas() -> None:
    """pytesseract imports it, and is imported by nobody but who reads with Tesseract."""
    code = "import laodoc.pipeline, sys; print(sorted({'pandas', 'pytesseract', 'pyarrow'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_scan_gives_a_document_with_frames() -> None:
    """One call scans; a status table's frame has a row for each body, its marks as words."""
    scanned = laodoc.scan(SAMPLE)
    frame = scanned.tables[0].to_frame()
    assert len(frame) == len([row for row in scanned.tables[0].rows if row.kind == "row"])
    assert set(frame.columns) >= {"page"}
    assert len(laodoc.records(scanned)) == len(scanned.records)


def test_frames_have_numbers_and_no_column_twice(document: Document) -> None:
    """Values, not texts; records of several documents stand under each other."""
    frame = document.tables[0].to_frame()
    assert frame["ส่งแล้ว (แห่ง)"].tolist() == [3, 7, 0, 61]
    twice = document.tables[0].model_copy(
        update={"columns": tuple(c.model_copy(update={"header": "x"}) for c in document.tables[0].columns)}
    )
    assert list(twice.to_frame().columns) == ["x", "x.2", "x.3", "x.4", "x.5", "x.6", "page"]
    both = laodoc.records([document, document])
    assert both["done"].tolist() == [3, 7, 0, 61] * 2
    assert both["province"].tolist()[:2] == ["ลำปาง", "ตาก"]


def test_a_record_is_loaded_as_it_was_written(document: Document, tmp_path: Path) -> None:
    """JSON and back is the same document; what is no record is told, and where."""
    (tmp_path / "a.json").write_bytes(to_json(document))
    assert laodoc.load(tmp_path / "a.json") == document
    (tmp_path / "a.json").write_text('{"schema": "laodoc/1", "source": 3}', encoding="utf-8")
    with pytest.raises(InputError, match="source"):
        laodoc.load(tmp_path / "a.json")
    with pytest.raises(AccessError):
        laodoc.load(tmp_path / "absent.json")


def test_an_edited_record_is_checked_again(document: Document) -> None:
    """A repair stays told while it stands; a number that a person makes wrong is found, and the records follow."""
    again = recheck(document)
    assert [(f.rule, f.repaired) for f in again.findings] == [("row-sum", True)]
    table = document.tables[0]
    rows = list(table.rows)
    index = next(i for i, row in enumerate(rows) if row.kind == "row")
    cells = list(rows[index].cells)
    cells[2] = cells[2].model_copy(update={"value": 45})
    rows[index] = rows[index].model_copy(update={"cells": tuple(cells)})
    edited = document.model_copy(update={"tables": (table.model_copy(update={"rows": tuple(rows)}),)})
    found = recheck(edited)
    assert {"row-sum", "column-total"} <= {f.rule for f in found.findings if not f.repaired}
    assert found.records[0].counts is not None
    assert found.records[0].counts.total == 45


def test_all_public_names_are_there() -> None:
    """Every name of `__all__` exists; every error of the tree is one of them; none is private."""
    assert [name for name in laodoc.__all__ if not hasattr(laodoc, name)] == []
    tree = {name for name, found in vars(errors).items() if isinstance(found, type) and issubclass(found, Exception)}
    named = {"Archive", "Client", "Document", "__version__", "export", "load", "records", "scan"}
    assert tree | named == set(laodoc.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        _ = laodoc.nothing  # type: ignore[attr-defined]


def test_a_scan_is_a_path_bytes_or_a_stream() -> None:
    """All three give the same record, but for the name where bytes have none; what is no file of bytes is told."""
    content = SAMPLE.read_bytes()
    from_path = laodoc.scan(SAMPLE, engine="null")
    with SAMPLE.open("rb") as stream:
        assert laodoc.scan(stream, engine="null") == from_path
    assert laodoc.scan(content, engine="null", name=SAMPLE.name) == from_path
    assert laodoc.scan(BytesIO(content), engine="null").source.name == "scan"
    with pytest.raises(NotAScan, match="note"):
        laodoc.scan(b"no scan", name="note")
    with pytest.raises(UsageError, match="rb"):
        laodoc.scan(StringIO("text"))  # type: ignore[arg-type]


@pytest.mark.parametrize("before", ["", "import laodoc.export.json, laodoc.export.xlsx", "from laodoc import export"])
def test_export_can_be_called_whatever_was_imported(before: str) -> None:
    """`laodoc.export` is the room too: importing a format must not take the function away."""
    code = f"import laodoc\n{before}\ntry:\n laodoc.export([], 'doc', 'x')\nexcept laodoc.UsageError as e:\n print(e)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("there is no format 'doc'")


def test_documents_are_exported(document: Document, tmp_path: Path) -> None:
    """One document or many, to a file or to a folder; a scan that is not the document's is told."""
    assert laodoc.export(document, "xlsx", tmp_path / "a.xlsx") == 0
    laodoc.export(iter([document, document]), "csv", tmp_path / "a.csv", what="records")
    assert (tmp_path / "a.xlsx").stat().st_size > 0
    assert len((tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()) == 1 + 2 * len(document.records)
    with pytest.raises(AccessError, match="has changed"):
        laodoc.export(document, "pdf", tmp_path / "a.pdf", scans=[SAMPLE])


def test_an_archive_is_let_go_of_at_the_end(document: Document, tmp_path: Path) -> None:
    """An archive stands in a `with`, also where that ends badly."""
    Ledger(tmp_path / "a.sqlite", create=True).close()
    with pytest.raises(DamagedInput), laodoc.Archive(tmp_path / "a.sqlite") as archive:
        assert list(archive.documents()) == archive.failures() == []
        raise DamagedInput("in the middle")
    assert not list(tmp_path.glob("a.sqlite-*"))
