"""What is installed of Tesseract: its version, its languages, and what their models can write."""

import hashlib
import os
import re
import struct
import subprocess
from collections import ChainMap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from laodoc.errors import ChildFailure, ChildTimeout, MissingDependency
from laodoc.messages import Message

PICTURE_S = 120.0
"""Seconds that Tesseract may take for one picture of lines: some 50 times what it takes."""

PACKAGES = {
    "tha": "tesseract-ocr-tha",
    "Thai": "tesseract-ocr-script-thai",
    "eng": "tesseract-ocr-eng",
    "osd": "tesseract-ocr-osd",
}
"""The Debian package of each language that laodoc may ask for."""

ONE_THREAD: Mapping[str, str] = ChainMap({"OMP_THREAD_LIMIT": "1"}, os.environ)
"""The environment of Tesseract's processes: pages are read side by side, so each uses one thread. Our own environment
stays as it is, and later changes of it are seen through the map."""

LSTM_UNICHARSET = 21
"""Place of the recognizer's character set in the table at the head of a traineddata file (Tesseract's
`TESSDATA_LSTM_UNICHARSET`)."""


@dataclass(frozen=True, slots=True)
class Installation:
    """One Tesseract: version, and the file of every language by the name under which it is asked for."""

    version: str
    languages: Mapping[str, Path]


def inspect(program: str, timeout_s: float) -> Installation:
    """Ask Tesseract what it is.

    Raises:
        MissingDependency: it is not installed.
        ChildFailure: it crashed or answered nonsense; `ChildTimeout`: it did not answer.
    """
    version = re.search(r"^tesseract v?(\S+)", _ask(program, "--version", timeout_s), re.MULTILINE)
    if not version:
        raise ChildFailure(Message("tesseract-version", program=program))
    return Installation(version[1], _languages(_ask(program, "--list-langs", timeout_s)))


def _languages(answer: str) -> dict[str, Path]:
    """Names and files from the answer to `--list-langs`, whose first line names the folder in quotes."""
    head, *names = answer.splitlines() or [""]
    folder = re.search(r'"(.+)"', head)
    if not folder:
        raise ChildFailure(Message("tesseract-langs"))
    return {name.strip(): Path(folder[1], f"{name.strip()}.traineddata") for name in names if name.strip()}


def _ask(program: str, question: str, timeout_s: float) -> str:
    try:
        answer = subprocess.run(
            [program, question],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=ONE_THREAD,
            timeout=timeout_s,
            check=True,
        )
    except OSError as absent:
        raise missing_program(program) from absent
    except subprocess.TimeoutExpired as late:
        raise ChildTimeout(
            Message("question-too-slow", program=program, question=question, seconds=timeout_s)
        ) from late
    except subprocess.CalledProcessError as crash:
        raise ChildFailure(
            Message("question-failed", program=program, question=question, code=crash.returncode)
        ) from crash
    return answer.stdout.decode("utf-8", "replace")


def missing_program(program: str) -> MissingDependency:
    return MissingDependency(Message("tesseract-missing", program=program))


def resolve(languages: str, installation: Installation) -> str:
    """The names under which this installation knows `languages` (as in `tha+eng`); a script may lie in `script/`.

    Raises:
        MissingDependency: one of them is not installed.
    """
    return "+".join(_installed_name(name, installation) for name in languages.split("+"))


def _installed_name(name: str, installation: Installation) -> str:
    for known in (name, f"script/{name}"):
        if known in installation.languages:
            return known
    package = PACKAGES.get(name, f"tesseract-ocr-{name.lower()}")
    raise MissingDependency(Message("tesseract-language", name=name, package=package))


def digest(files: Iterable[Path]) -> str | None:
    """SHA-256 of the files one after the other, or None where one cannot be read."""
    sha = hashlib.sha256()
    try:
        for file in files:
            sha.update(file.read_bytes())
    except OSError:
        return None
    return sha.hexdigest()


def characters(file: Path) -> frozenset[str]:
    """Every character sequence that the recognizer in a traineddata file can write.

    The file begins with the number of its parts (int32) and their places (int64, -1 for a part that is not there); the
    character set is text, a count and then one entry a line whose first word is the sequence (Tesseract 4 and 5,
    `ccutil/tessdatamanager.cpp` and `unicharset.cpp`).

    Raises:
        MissingDependency: the file cannot be read as a model of Tesseract 4 or 5.
    """
    try:
        data = file.read_bytes()
        (parts,) = struct.unpack_from("<i", data)
        places = struct.unpack_from(f"<{parts}q", data, 4)
        start = places[LSTM_UNICHARSET]
        if start < 0:
            raise MissingDependency(Message("tesseract-no-lstm", name=file.name))
        end = min((place for place in places if place > start), default=len(data))
        _, *entries = data[start:end].decode("utf-8").splitlines()
    except (OSError, struct.error, IndexError, ValueError) as trouble:
        raise MissingDependency(Message("tesseract-model", name=file.name)) from trouble
    return frozenset(entry.split(" ", 1)[0] for entry in entries)
