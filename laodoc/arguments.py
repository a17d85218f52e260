"""What the words on the command line mean: page numbers, output places, and `-`."""

import getpass
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from laodoc.errors import AccessError, EmptyInput, UsageError

STANDARD = "-"
STANDARD_INPUT_NAME = "stdin"
DAY = ["%Y-%m-%d"]
"""How days are given."""


def command_line(words: Sequence[str]) -> list[str]:
    """The words as Typer takes them: --lang, which may stand anywhere, goes first; no word at all asks for help."""
    rest = list(words)
    language: list[str] = []
    place = next((index for index, word in enumerate(words) if word == "--lang" or word.startswith("--lang=")), None)
    if place is not None and "--" not in words[:place]:
        end = place + (2 if words[place] == "--lang" else 1)
        language, rest = rest[place:end], rest[:place] + rest[end:]
    return [*language, *(rest or ["--help"])]


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
            raise UsageError(f"--pages takes numbers such as 1-3,5 and not {text!r}")
        numbers.update(range(first, last + 1))
    return tuple(sorted(numbers))


def output_places(files: Sequence[str], out: str) -> tuple[Path | None, ...]:
    """Where the record of each file goes; None is standard output.

    One file goes to `out` itself, or into it where it is a folder; several go into the folder `out`, which is made
    where it does not exist, as NAME.json - or NAME.pdf.json where two files differ in their suffix alone.

    Raises:
        UsageError: several files without a folder, or two of the same name.
        AccessError: the folder cannot be made.
    """
    if len(files) == 1:
        return (None if out == STANDARD else Path(out) / _names(files)[0] if Path(out).is_dir() else Path(out),)
    if out == STANDARD or (Path(out).exists() and not Path(out).is_dir()):
        raise UsageError("several files need a folder to go into: -o FOLDER")
    names = _names(files)
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise UsageError(f"two files would both become {twice[0]}: scan them into different folders")
    try:
        Path(out).mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise AccessError(f"cannot make the folder {out}: {refused.strerror}") from refused
    return tuple(Path(out) / name for name in names)


def refuse_over(files: Sequence[str | Path], out: str) -> None:
    """Raises: UsageError: the output would stand in the place of a file that it is made of."""
    for file in files:
        if (
            STANDARD not in (str(file), out)
            and Path(out).is_file()
            and Path(file).exists()
            and Path(out).samefile(file)
        ):
            raise UsageError(f"{out} is what is read; give the output another name with -o")


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
        raise EmptyInput("standard input is empty: send a PDF or a picture into it")
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
        raise UsageError("say with --by NAME who has filled in the sheet") from unknown
