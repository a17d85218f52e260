"""ZIP files of scans taken as folders: whole ones with Thai names, and hostile ones."""

import io
import json
import os
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from PIL import Image

from laodoc.archive import zips
from laodoc.archive.batch import BatchOptions, run_batch
from laodoc.archive.entering import enter_files
from laodoc.archive.ledger import Ledger
from laodoc.errors import AccessError
from laodoc.pipeline import ScanOptions

NULL = BatchOptions(scan=ScanOptions(engine="null"))


def picture(width: int = 300) -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (width, 200), 255).save(buffer, "PNG")
    return buffer.getvalue()


def zipped(files: Iterable[tuple[str, bytes]], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP with these members; names with other than ASCII letters have the flag of UTF-8."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as out:
        for name, content in files:
            info = zipfile.ZipInfo("x")
            info.filename = info.orig_filename = name
            out.writestr(info, content, method)
    return buffer.getvalue()


def renamed(content: bytes, to: bytes) -> bytes:
    """The ZIP with its member's name, of as many x's as `to` has bytes, replaced."""
    return content.replace(b"x" * len(to), to)


def entered(folder: Path) -> tuple[list[str], list[tuple[str, str]], int]:
    """Places in the ledger, relative to the folder, what was refused, and how many files were found."""
    ledger, refused = Ledger(folder / "a.sqlite", create=True), list[tuple[str, str]]()
    count = enter_files(ledger, [folder], refused=lambda place, why: refused.append((_within(folder, place), why)))
    return [_within(folder, place) for _, place in ledger.waiting()], refused, count


def _within(folder: Path, place: str) -> str:
    return place.removeprefix(f"{folder}/")


def test_scans_in_a_zip_are_read_as_those_beside_it(tmp_path: Path) -> None:
    """The same record, byte for byte, under the name of the file alone; a content that lies in both is read once."""
    (tmp_path / "ก.png").write_bytes(picture(301))
    files = [("ย่อย/ข.png", picture(302)), ("ก.png", picture(301)), ("notes.txt", b"no scan")]
    (tmp_path / "เก่า.zip").write_bytes(zipped(files))
    ledger = Ledger(tmp_path / "a.sqlite", create=True)
    assert enter_files(ledger, [tmp_path]) == 3
    assert run_batch(ledger, NULL) == (2, 0)
    records = {_within(tmp_path, place): json.loads(record) for place, record in ledger.records()}
    assert {place: record["source"]["name"] for place, record in records.items()} == {
        "ก.png": "ก.png",
        "เก่า.zip/ย่อย/ข.png": "ข.png",
    }
    assert [[_within(tmp_path, place) for place in places] for places in ledger.duplicates()] == [
        ["ก.png", "เก่า.zip/ก.png"]
    ]
    assert enter_files(ledger, [tmp_path]) == 3
    assert run_batch(ledger, NULL) == (0, 0)


@pytest.mark.parametrize("encoding", ["cp874", "utf-8"])
def test_names_without_their_flag_are_thai(tmp_path: Path, encoding: str) -> None:
    """Thai Windows writes names in cp874, others write UTF-8 and do not say so."""
    name = "หนังสือ ๑.png".encode(encoding)
    (tmp_path / "a.zip").write_bytes(renamed(zipped([("x" * len(name), picture())]), name))
    assert entered(tmp_path) == (["a.zip/หนังสือ ๑.png"], [], 1)


def test_zips_in_zips_are_opened_to_a_depth(tmp_path: Path) -> None:
    """Three deep they are read, the fourth is told."""
    inner = zipped([("d.png", picture(304))])
    for depth in (3, 2, 1):
        inner = zipped([("in.zip", inner), (f"{depth}.png", picture(300 + depth))])
    (tmp_path / "a.zip").write_bytes(inner)
    places, refused, _ = entered(tmp_path)
    assert places == ["a.zip/1.png", "a.zip/in.zip/2.png", "a.zip/in.zip/in.zip/3.png"]
    assert [place for place, _ in refused] == ["a.zip/in.zip/in.zip/in.zip"]
    assert run_batch(Ledger(tmp_path / "a.sqlite"), NULL) == (3, 0)


@pytest.mark.parametrize(
    "name", ["../../out.png", "/etc/out.png", "C:\\out.png", "a\\..\\..\\out.png", "out\n.png", "out\x1b[2J.png"]
)
def test_names_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    """A member that wants to be written elsewhere, or to a terminal, is told and left; its neighbour is read."""
    (tmp_path / "scans").mkdir()
    (tmp_path / "scans" / "a.zip").write_bytes(zipped([(name, picture()), ("good.png", picture(301))]))
    places, refused, _ = entered(tmp_path / "scans")
    assert places == ["a.zip/good.png"]
    assert len(refused) == 1
    assert run_batch(Ledger(tmp_path / "scans" / "a.sqlite"), NULL) == (1, 0)
    assert [path.name for path in tmp_path.rglob("*out*")] == []


def test_two_members_of_one_name_are_told(tmp_path: Path) -> None:
    """The first is read; the second cannot be told from it."""
    with pytest.warns(UserWarning, match="Duplicate"):
        (tmp_path / "a.zip").write_bytes(zipped([("a.png", picture()), ("a.png", picture(301))]))
    places, refused, _ = entered(tmp_path)
    assert (places, [place for place, _ in refused]) == (["a.zip/a.png"], ["a.zip/a.png"])


def test_bombs_are_refused_before_they_unfold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file that holds a thousand times itself, alone or in a ZIP of ZIPs, is one line; nothing is taken."""
    monkeypatch.setattr(zips, "USUAL_BULK", 8 << 20)
    nothing = zipped([(f"{number}.png", bytes(2 << 20)) for number in range(5)])
    assert len(nothing) < 32 << 10
    (tmp_path / "bomb.zip").write_bytes(nothing)
    (tmp_path / "nested.zip").write_bytes(zipped([("bomb.zip", nothing), ("good.png", picture())]))
    places, refused, _ = entered(tmp_path)
    assert places == ["nested.zip/good.png"]
    assert [place for place, _ in refused] == ["bomb.zip", "nested.zip/bomb.zip"]
    assert all("bomb" in why for _, why in refused)


def _encrypted(content: bytes) -> bytes:
    """The ZIP with the flag of encryption set on its members."""
    changed = bytearray(content)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := changed.find(mark, start)) >= 0:
            changed[start + at] |= 1
            start += 4
    return bytes(changed)


WHOLE = zipped([("a.png", picture()), ("b.png", picture(301))], method=zipfile.ZIP_STORED)


@pytest.mark.parametrize(
    ("content", "good"),
    [
        (b"", 0),
        (b"PK\x03\x04 no zip", 0),
        (WHOLE[: len(WHOLE) // 2], 0),
        (WHOLE.replace(b"IHDR", b"IHXR", 1), 1),
        (_encrypted(WHOLE), 0),
    ],
    ids=["empty", "no zip", "truncated", "wrong checksum", "encrypted"],
)
def test_broken_zips_are_told(tmp_path: Path, content: bytes, good: int) -> None:
    """One line each for the ZIP or its member; what is whole is taken."""
    (tmp_path / "a.zip").write_bytes(content)
    os.utime(tmp_path / "a.zip", (0, 0))  # what is empty is not just being copied
    places, refused, _ = entered(tmp_path)
    assert len(places) == good
    assert refused
    assert all("\n" not in why for _, why in refused)


def test_a_zip_that_goes_or_changes_under_way_is_told(tmp_path: Path) -> None:
    """Its members fail with a line, and nothing is left of what was unpacked."""
    (tmp_path / "a.zip").write_bytes(WHOLE)
    ledger = Ledger(tmp_path / "a.sqlite", create=True)
    enter_files(ledger, [tmp_path])
    (tmp_path / "a.zip").write_bytes(zipped([("a.png", picture(400))]))
    assert run_batch(ledger, NULL) == (0, 2)
    assert sorted(failure.error.split()[-1] for failure in ledger.failures()) == ["again", "more"]
    with pytest.raises(AccessError, match=r"not in a\.zip"):
        zips.unpack(tmp_path / "a.zip", "z.png", tmp_path)
