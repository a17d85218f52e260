"""What the words on the command line mean."""

import io
from pathlib import Path
from types import SimpleNamespace

import pytest

from laodoc.arguments import command_line, input_path, option_in, output_places, page_numbers
from laodoc.errors import AccessError, EmptyInput, UsageError


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("", "--help"),
        ("--lang th", "--lang th --help"),
        ("scan a.pdf", "scan a.pdf"),
        ("scan a.pdf --lang th -q", "--lang th scan a.pdf -q"),
        ("scan --lang=th a.pdf", "--lang=th scan a.pdf"),
        ("scan -- --lang", "scan -- --lang"),
        ("tasks a --digits thai --lang=th", "--lang=th --digits thai tasks a"),
    ],
)
def test_the_language_goes_first_and_no_word_asks_for_help(given: str, taken: str) -> None:
    """--lang is Typer's before the command only; behind -- it is the name of a file."""
    assert command_line(given.split()) == taken.split()


@pytest.mark.parametrize(
    ("text", "numbers"), [("1", (1,)), ("1-3,5", (1, 2, 3, 5)), ("4, 2-2", (2, 4)), ("3-5,4", (3, 4, 5))]
)
def test_page_numbers_are_ranges_and_single_pages(text: str, numbers: tuple[int, ...]) -> None:
    """Ranges and single pages in any order give each page once, in order."""
    assert page_numbers(text) == numbers


@pytest.mark.parametrize("text", ["", "0", "3-1", "a", "1-", "1;2", "-1", "1--2"])
def test_anything_else_is_a_usage_error(text: str) -> None:
    """What cannot be a page is refused and quoted."""
    with pytest.raises(UsageError, match="--pages"):
        page_numbers(text)


def test_one_file_goes_to_standard_output_or_to_the_file_named(tmp_path: Path) -> None:
    """`-` means standard output, a file name itself, a folder a file in it."""
    assert output_places(["a.pdf"], "-") == (None,)
    assert output_places(["a.pdf"], str(tmp_path / "b.json")) == (tmp_path / "b.json",)
    assert output_places(["x/a.pdf"], str(tmp_path)) == (tmp_path / "a.json",)


def test_several_files_go_into_a_folder_that_is_made(tmp_path: Path) -> None:
    """The folder appears, and files of one stem keep their suffixes apart."""
    out = tmp_path / "new" / "out"
    places = output_places(["a.pdf", "a.png", "b.pdf", "-"], str(out))
    assert [place.name for place in places if place] == ["a.pdf.json", "a.png.json", "b.json", "stdin.json"]
    assert out.is_dir()


def test_several_files_without_a_folder_are_refused(tmp_path: Path) -> None:
    """Neither standard output nor an existing file can take several records."""
    existing = tmp_path / "file"
    existing.touch()
    for out in ("-", str(existing)):
        with pytest.raises(UsageError, match="folder"):
            output_places(["a.pdf", "b.pdf"], out)


def test_two_files_of_one_name_are_refused_before_any_is_scanned(tmp_path: Path) -> None:
    """One record would overwrite the other."""
    with pytest.raises(UsageError, match=r"a\.pdf\.json"):
        output_places(["x/a.pdf", "x/a.pdf"], str(tmp_path))


def test_a_folder_that_cannot_be_made_is_an_access_error(tmp_path: Path) -> None:
    """A file stands where a folder of the path should be."""
    (tmp_path / "file").touch()
    with pytest.raises(AccessError, match="cannot make"):
        output_places(["a.pdf", "b.pdf"], str(tmp_path / "file" / "out"))


def test_standard_input_is_spooled_and_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes are there while they are needed, and nothing is left behind."""
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"bytes")))
    with input_path("-") as path:
        assert path.read_bytes() == b"bytes"
    assert not path.parent.exists()


def test_empty_standard_input_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing piped in is one clear error."""
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"")))
    with pytest.raises(EmptyInput, match="standard input is empty"), input_path("-"):
        pass


def test_a_name_that_ends_in_a_stroke_is_a_folder_and_made(tmp_path: Path) -> None:
    """`-o new/` is what people type for a folder that is not there yet."""
    assert output_places(["x/a.pdf"], f"{tmp_path}/new/") == (tmp_path / "new" / "a.json",)
    assert (tmp_path / "new").is_dir()


def test_files_of_several_folders_keep_their_folders(tmp_path: Path) -> None:
    """Two `letter.pdf` in two folders stay two, as they lie below the folder that they have in common."""
    files = [f"{tmp_path}/in/{name}" for name in ("north/letter.pdf", "south/letter.pdf", "south/more/a.pdf")]
    places = output_places(files, str(tmp_path / "out"))
    assert [place.relative_to(tmp_path / "out").as_posix() for place in places if place] == [
        "north/letter.json", "south/letter.json", "south/more/a.json",
    ]  # fmt: skip
    assert all(place and place.parent.is_dir() for place in places)


@pytest.mark.parametrize(
    ("words", "said"),
    [("--lang th", "th"), ("scan --lang=en x", "en"), ("scan", None), ("scan --lang", None), ("x -- --lang th", None)],
)
def test_an_option_is_seen_before_the_line_is_taken_apart(words: str, said: str | None) -> None:
    """Help is made before Typer knows the language."""
    assert option_in(words.split(), "--lang") == said
