"""Opens the file: what it is, how many sheets it has, and whether it can be read at all."""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pikepdf

from laodoc.errors import AccessError, DamagedInput, EmptyInput, EncryptedInput, NotAScan
from laodoc.imaging.extras import shell
from laodoc.imaging.opening import open_pdf
from laodoc.imaging.picture import count_pages
from laodoc.imaging.rasterizer import rasterizer
from laodoc.messages import Message

PDF_HEADER = b"%PDF-"
HEADER_REACH = 1024
"""The specification's readers look for the header in the first 1024 bytes and for the end mark in the last 1024."""
PDF_END = b"%%EOF"
PADDING_REACH = 64 << 10
"""Bytes at the end that may be zeros: copies in whole blocks are filled up with them."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that can be scanned; picklable. `bytes` is its size, `timeout_s` the limit of each child process."""

    path: Path
    name: str
    sha256: str
    bytes: int
    page_count: int
    kind: Literal["pdf", "picture"]
    password: str | None
    timeout_s: float


def open_source(
    path: Path, *, name: str | None = None, password: str | None = None, timeout_s: float = 60.0
) -> SourceFile:
    """Check a PDF or picture file and count its sheets. `name` replaces the file's own name.

    Raises:
        AccessError: it is not there or may not be read.
        EmptyInput: it has no bytes or no pages.
        NotAScan: it is neither a PDF nor a picture of a known format, or a PDF around something else.
        DamagedInput: the PDF is truncated or broken beyond repair.
        EncryptedInput: it needs a password, or another one.
        MissingDependency: it is a PDF and nothing is installed that draws PDFs.
    """
    name = spelled(name or path.name)
    sha256, size, head, tail = _digest(path, name)
    if size == 0:
        raise EmptyInput(Message("file-empty", name=name))
    kind: Literal["pdf", "picture"] = "pdf" if PDF_HEADER in head else "picture"
    if kind == "pdf":
        rasterizer()
        count = _count_pdf_pages(path, name, password, ends=PDF_END in tail)
    else:
        count = count_pages(path, name)
    return SourceFile(
        path=path,
        name=name,
        sha256=sha256,
        bytes=size,
        page_count=count,
        kind=kind,
        password=password,
        timeout_s=timeout_s,
    )


def spelled(name: str) -> str:
    """The name of a file in letters, also where it was written on Thai Windows and the system knows its bytes alone."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("cp874", "replace")
    return name


def _digest(path: Path, name: str) -> tuple[str, int, bytes, bytes]:
    """SHA-256, size, first and last kilobyte, not counting padding. Pipes and devices are refused: they may not end."""
    try:
        kind = path.stat().st_mode
        if not (stat.S_ISREG(kind) or stat.S_ISDIR(kind)):
            raise AccessError(Message("file-is-device", name=name))
        with path.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            size = stream.tell()
            stream.seek(0)
            head = stream.read(HEADER_REACH)
            stream.seek(max(0, size - PADDING_REACH))
            return sha256, size, head, stream.read().rstrip(b"\0")[-HEADER_REACH:]
    except FileNotFoundError as absent:
        raise AccessError(Message("file-absent", name=name)) from absent
    except IsADirectoryError as folder:
        raise AccessError(Message("file-is-folder", name=name)) from folder
    except OSError as refused:
        raise AccessError(Message("file-unreadable", name=name, why=refused.strerror)) from refused


def _count_pdf_pages(path: Path, name: str, password: str | None, *, ends: bool) -> int:
    try:
        count = _pdf_pages(path, name, password, repair=False)
    except pikepdf.PasswordError as locked:
        raise EncryptedInput(
            Message("wrong-password", name=name) if password else Message("encrypted", name=name)
        ) from locked
    except pikepdf.PdfError as broken:
        if not ends:
            raise DamagedInput(Message("file-truncated", name=name)) from broken
        count = _repaired_pages(path, name, password)
    if count == 0:
        raise EmptyInput(Message("file-no-pages", name=name))
    return count


def _repaired_pages(path: Path, name: str, password: str | None) -> int:
    try:
        return _pdf_pages(path, name, password, repair=True)
    except pikepdf.PdfError as broken:
        raise DamagedInput(Message("pdf-damaged", name=name)) from broken


def _pdf_pages(path: Path, name: str, password: str | None, *, repair: bool) -> int:
    with open_pdf(path, password, repair=repair) as pdf:
        if why := shell(pdf):
            raise NotAScan(Message("pdf-special", name=name, why=why))
        return len(pdf.pages)
