"""Files that appear whole or not at all, and the record as JSON."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from laodoc.document import SCHEMA, BBox, Cell, Document, EngineInfo, Field, Routing, Source
from laodoc.errors import AccessError
from laodoc.export.files import write_whole
from laodoc.export.json import schema, to_json


def _document(**parts: object) -> Document:
    empty: dict[str, object] = {"pages": (), "letters": (), "tables": (), "records": (), "routing": (), "findings": ()}
    return Document(
        source=Source(name="ก.pdf", sha256="0" * 64, bytes=1, pages=1),
        engine=EngineInfo(name="null", version="1", sha256=None),
        **{**empty, **parts},
    )


def test_a_file_replaces_the_old_one_whole(tmp_path: Path) -> None:
    """The new bytes stand there, and no temporary file beside them."""
    target = tmp_path / "a.json"
    target.write_bytes(b"old")
    write_whole(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_does_not_exist_is_an_access_error(tmp_path: Path) -> None:
    """The message names the file and the remedy."""
    with pytest.raises(AccessError, match="-o"):
        write_whole(tmp_path / "absent" / "a.json", b"")


def test_a_refused_rename_leaves_nothing_behind(tmp_path: Path) -> None:
    """A folder stands where the file should go: an error, and no half file."""
    (tmp_path / "a.json").mkdir()
    with pytest.raises(AccessError):
        write_whole(tmp_path / "a.json", b"bytes")
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.json"]


def test_json_is_readable_thai_and_comes_back_the_same() -> None:
    """UTF-8 without escapes, and the same document when it is read again."""
    document = _document(routing=(Routing(from_="ก", to=None, number=None, date=None, event="sent", page=1),))
    written = to_json(document)
    assert "ก.pdf" in written.decode()
    assert json.loads(written)["schema"] == SCHEMA
    assert json.loads(written)["routing"][0]["from"] == "ก"
    assert to_json(Document.model_validate_json(written)) == written


def test_the_schema_accepts_what_is_written_and_refuses_what_is_not() -> None:
    """The published schema is a real one: it validates the record and rejects a stray key."""
    validator = Draft202012Validator(json.loads(schema()))
    record = json.loads(to_json(_document()))
    assert validator.is_valid(record)
    assert not validator.is_valid({**record, "stray": 1})
    assert not validator.is_valid({key: value for key, value in record.items() if key != "source"})


def test_a_cell_says_mark_only_where_a_mark_was_looked_for() -> None:
    """`mark: null` is doubt, no `mark` at all means that the column holds none; both survive a round trip."""
    plain = Cell(column=0, text="๑", bbox=BBox(0, 0, 1, 1), confidence=1)
    doubtful = Cell(column=0, text="", mark=None, bbox=BBox(0, 0, 1, 1), confidence=0.2)
    assert "mark" not in json.loads(plain.model_dump_json())
    assert json.loads(doubtful.model_dump_json())["mark"] is None
    again = Cell.model_validate_json(doubtful.model_dump_json())
    assert again.model_dump_json() == doubtful.model_dump_json()


def test_confidence_has_three_decimals_and_stays_in_range() -> None:
    """Three decimals are kept; what lies outside 0..1 is a mistake in the code."""
    field = Field(text="", value=None, page=1, bbox=BBox(0, 0, 1, 1), confidence=0.12345)
    assert field.confidence == 0.123
    with pytest.raises(ValueError, match="between 0 and 1"):
        Field(text="", value=None, page=1, bbox=BBox(0, 0, 1, 1), confidence=1.5)
