"""Folders of pictures and scans with what they say beside them."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from laodoc.errors import AccessError, UsageError
from laodoc.messages import Message
from laodoc.thai.diacritics import normalise

PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".tiff")
SCANS = (".pdf", *PICTURES)
TRUTHS = (".truth.json", ".json")


@dataclass(frozen=True, slots=True)
class LinePair:
    """The picture of one line, grey (height, width), and what it says in its normal spelling."""

    path: Path
    image: NDArray[np.uint8]
    text: str


@dataclass(frozen=True, slots=True)
class ScanPair:
    """A scan, and for each of its pages the printed lines in any order."""

    path: Path
    pages: tuple[tuple[str, ...], ...]


def line_pairs(folder: Path) -> Iterator[LinePair]:
    """Every NAME.png (jpg …) of a folder and the folders in it with the line of NAME.txt beside it, by name.

    Raises:
        AccessError: the folder or a file cannot be read, or a picture has no text.
        UsageError: a text has more than one line.
    """
    for path in _files(folder, PICTURES):
        if _truth_of(path):
            continue
        said = [line for line in _text(path.with_suffix(".txt"), path).splitlines() if line.strip()]
        if len(said) > 1:
            raise UsageError(Message("eval-several-lines", path=path.with_suffix(".txt"), count=len(said)))
        image = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_GRAYSCALE)
        if image is None:
            raise AccessError(Message("eval-not-picture", path=path))
        yield LinePair(path, np.asarray(image, np.uint8), " ".join(normalise(said[0] if said else "").split()))


def scan_pairs(folder: Path) -> Iterator[ScanPair]:
    """Every scan of a folder and the folders in it that has a NAME.truth.json or NAME.json beside it, by name.

    The JSON holds `pages`, each with `lines`: strings, or objects with `text`; a record that a person has put right is
    such a file.

    Raises:
        AccessError: the folder or a file cannot be read.
        UsageError: a JSON has no pages with lines.
    """
    for path in _files(folder, SCANS):
        truth = _truth_of(path)
        if truth:
            yield ScanPair(path, tuple(_pages(truth)))


def _files(folder: Path, suffixes: tuple[str, ...]) -> Iterable[Path]:
    if not folder.is_dir():
        raise AccessError(Message("not-a-folder", folder=folder))
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in suffixes and path.is_file())


def _truth_of(scan: Path) -> Path | None:
    """What a scan says; where a record of laodoc lies beside its truth, the truth."""
    return next((path for path in map(scan.with_suffix, TRUTHS) if path.exists()), None)


def _text(path: Path, picture: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise AccessError(Message("eval-no-truth", picture=picture, name=path.name)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise AccessError(Message("not-utf8", path=path, error=error)) from error


def _pages(path: Path) -> Iterator[tuple[str, ...]]:
    try:
        truth = json.loads(_text(path, path))
        for page in truth["pages"]:
            yield tuple(filter(None, (" ".join(normalise(_said(line)).split()) for line in page["lines"])))
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise UsageError(Message("eval-no-lines", path=path, error=error)) from error


def _said(line: Any) -> str:
    return str(line["text"] if isinstance(line, dict) else line)
