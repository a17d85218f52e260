"""What the words on the command line mean: page numbers, output places, and `-`."""

import getpass
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from laodoc.errors import AccessError, EmptyInput, UsageError
from laodoc.messages import Message

STANDARD = "-"
STANDARD_INPUT_NAME = "stdin"
DAY = ["%Y-%m-%d"]
"""How days are given."""


ANYWHERE = ("--lang", "--digits")
"""Options of all commands, which may stand before a command and after it."""


def command_line(words: Sequence[str]) -> list[str]:
    """The words as Typer takes them: options of all commands, which may stand anywhere, go first; no word at all asks
    for help."""
    rest, first = list(words), list[str]()
    for option in ANYWHERE:
        place = _place_of(rest, option)
        if place is not None:
            end = place + (2 if rest[place] == option else 1)
            first, rest = [*first, *rest[place:end]], rest[:place] + rest[end:]
    return [*first, *(rest or ["--help"])]


def option_in(words: Sequence[str], option: str) -> str | None:
    """What stands behind an option on the command line, which is not yet taken apart."""
    place = _place_of(words, option)
    if place is None:
        return None
    return words[place].partition("=")[2] if words[place] != option else next(iter(words[place + 1 : place + 2]), None)


def _place_of(words: Sequence[str], option: str) -> int | None:
    """Where an option stands, before what follows `--`."""
    ends = words.index("--") if "--" in words else len(words)
    return next((i for i, word in enumerate(words[:ends]) if word == option or word.startswith(f"{option}=")), None)


def page_numbers(text: str) -> tuple[int, ...]:
    """`1-3,5` → (1, 2, 3, 5).

    Raises:
        UsageError: it is something else.
    """
    numbers: set[int] = set()
    for part in text.split(","):
        span = re.fullmatch(r"\s*(\d{1,6})\s*(?:-\s*(\d{1,6})\s*)?", part)
        first, last = (int(span[1]), int(span[2] or span[1])) if span else (0, 0)
        if not 1 <= first <= last:
            raise UsageError(Message("pages-option", text=text))
        numbers.update(range(first, last + 1))
    return tuple(sorted(numbers))


def output_places(files: Sequence[str], out: str) -> tuple[Path | None, ...]:
    """Where the record of each file goes; None is standard output.

    One file goes to `out` itself, or into it where it is a folder or ends in `/`; several go into the folder `out`,
    as NAME.json - or NAME.pdf.json where two files differ in their suffix alone. Files out of several folders go into
    folders of these names, so that two `letter.pdf` stay two. Folders are made where they do not exist.

    Raises:
        UsageError: several files without a folder, or two of the same name.
        AccessError: the folder cannot be made.
    """
    if len(files) == 1:
        into = make_folder(out)
        return (None if out == STANDARD else Path(out) / _names(files)[0] if into else Path(out),)
    if out == STANDARD or (Path(out).exists() and not Path(out).is_dir()):
        raise UsageError(Message("several-need-folder"))
    places = [Path(out) / name for name in _mirrored(files)]
    twice = [place for place, times in Counter(places).items() if times > 1]
    if twice:
        raise UsageError(Message("output-twice", name=twice[0].name))
    for folder in dict.fromkeys(place.parent for place in (Path(out) / "file", *places)):
        _make(folder)
    return tuple(places)


def make_folder(out: str) -> bool:
    """Whether an output is a folder: it is one, or ends in `/`, and then it is made.

    Raises:
        AccessError: it cannot be made.
    """
    if out.endswith(("/", os.sep)):
        _make(Path(out))
    return out != STANDARD and Path(out).is_dir()


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise AccessError(Message("folder-not-made", folder=folder, why=refused.strerror)) from refused


def _mirrored(files: Sequence[str]) -> list[str]:
    """A name for each file; with the folders below the one that they have in common, where they lie in several."""
    folders = [Path(file).resolve().parent for file in files if file != STANDARD]
    if len(set(folders)) < 2:
        return _names(files)
    common = Path(os.path.commonpath(folders))
    by_folder: dict[Path, list[str]] = {}
    for file, folder in zip((f for f in files if f != STANDARD), folders, strict=True):
        by_folder.setdefault(folder, []).append(file)
    named = {
        file: (folder.relative_to(common) / name).as_posix()
        for folder, held in by_folder.items()
        for file, name in zip(held, _names(held), strict=True)
    }
    return [named.get(file, f"{STANDARD_INPUT_NAME}.json") for file in files]


def refuse_over(files: Sequence[str | Path], out: str) -> None:
    """Raises: UsageError: the output would stand in the place of a file that it is made of."""
    for file in files:
        if (
            STANDARD not in (str(file), out)
            and Path(out).is_file()
            and Path(file).exists()
            and Path(out).samefile(file)
        ):
            raise UsageError(Message("output-is-input", out=out))


def _names(files: Sequence[str]) -> list[str]:
    paths = [Path(STANDARD_INPUT_NAME if file == STANDARD else file) for file in files]
    stems = Counter(path.stem for path in paths)
    return [f"{path.stem if stems[path.stem] == 1 else path.name}.json" for path in paths]


@contextmanager
def input_path(file: str) -> Iterator[Path]:
    """The file's path; for `-` a private temporary file with what standard input held, removed afterwards.

    Raises:
        EmptyInput: standard input held nothing.
    """
    if file != STANDARD:
        yield Path(file)
        return
    content = sys.stdin.buffer.read()
    if not content:
        raise EmptyInput(Message("stdin-empty"))
    with file_of(content) as path:
        yield path


@contextmanager
def file_of(content: bytes) -> Iterator[Path]:
    """A private temporary file with this content, removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="laodoc-") as folder:
        path = Path(folder) / STANDARD_INPUT_NAME
        path.write_bytes(content)
        yield path


def user_name() -> str:
    """Who is at work here, by the name of the account.

    Raises:
        UsageError: the machine does not know; --by says it.
    """
    try:
        return getpass.getuser()
    except (KeyError, OSError) as unknown:
        raise UsageError(Message("by-whom")) from unknown
