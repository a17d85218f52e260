"""PDFs as pikepdf opens them in this process, with bounds on what a hostile one can make it do."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf.settings import set_qpdf_limits

from laodoc.errors import AccessError
from laodoc.messages import Message

set_qpdf_limits(
    flate_max_memory=64 << 20,
    run_length_max_memory=64 << 20,
    png_max_memory=64 << 20,
    tiff_max_memory=64 << 20,
    dct_max_memory=64 << 20,
    max_stream_filters=4,
)
"""Bytes into which a stream may unfold. Pictures are not unfolded here; drawing instructions and tables of objects of
real PDFs stay below a tenth of it."""

LEAST_ROOM = 1 << 20
"""Bytes free under which a program may have failed for want of room: it writes nothing smaller than a page."""

BROKEN = (pikepdf.PikepdfError, ArithmeticError, LookupError, ValueError, TypeError, AttributeError, RuntimeError)
"""What pikepdf, and our walk through its objects, raise where something in a PDF is not of its kind."""


@dataclass(frozen=True, slots=True)
class PageFile:
    """Where a page lies for the programs that draw it: page `index` (from 1) of the PDF at `path`, which needs no
    password. `number` is its sheet's number for messages, `timeout_s` the limit of each program."""

    path: str
    index: int
    number: int
    timeout_s: float


def open_pdf(path: Path, password: str | None, *, repair: bool = True) -> pikepdf.Pdf:
    """The PDF, to be closed by the caller.

    Raises:
        pikepdf.PasswordError, pikepdf.PdfError: it is locked, or broken.
        AccessError: it cannot be read (any more).
    """
    try:
        file = path if str(path).isprintable() else BytesIO(path.read_bytes())  # pikepdf takes no name in mere bytes
        return pikepdf.open(file, password=password or "", attempt_recovery=repair, suppress_warnings=True)
    except OSError as refused:
        raise AccessError(Message("file-still-there", name=path.name, why=refused.strerror)) from refused


@contextmanager
def page_file(path: Path, number: int, *, password: str | None, timeout_s: float) -> Iterator[PageFile]:
    """The page's place. A page behind a password is first written, alone and in the clear, into a private temporary
    folder that is removed afterwards: a password given to a program is seen in the list of processes.

    Raises:
        AccessError: the temporary folder is full or missing.
        BROKEN: the page cannot be taken out of its file.
    """
    if password is None:
        yield PageFile(str(path.absolute()), number, number, timeout_s)
        return
    with temporary_folder() as folder:
        plain = folder / "page.pdf"
        with open_pdf(path, password) as locked, pikepdf.new() as alone:
            alone.pages.append(locked.pages[number - 1])
            if "/OCProperties" in locked.Root:  # which of its layers are shown
                alone.Root.OCProperties = alone.copy_foreign(locked.make_indirect(locked.Root.OCProperties))
            try:
                alone.save(plain)
            except OSError as refused:
                raise _no_room(refused) from refused
        yield PageFile(str(plain), 1, number, timeout_s)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that only this user can look into, removed afterwards.

    Raises:
        AccessError: it cannot be made.
    """
    try:
        folder = tempfile.TemporaryDirectory(prefix="laodoc-", ignore_cleanup_errors=os.name == "nt")
    except OSError as refused:
        raise _no_room(refused) from refused
    with folder as name:
        yield Path(name)


def private_folder(prefix: str) -> Path:
    """A temporary folder that only this user can look into; the caller removes it.

    Raises:
        AccessError: it cannot be made.
    """
    try:
        return Path(tempfile.mkdtemp(prefix=prefix))
    except OSError as refused:
        raise _no_room(refused) from refused


def require_room(folder: Path) -> None:
    """Raises: AccessError: the disk on which the folder lies is full."""
    if shutil.disk_usage(folder).free < LEAST_ROOM:
        raise _no_room(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))


def _no_room(refused: OSError) -> AccessError:
    return AccessError(Message("no-temporary-room", why=refused.strerror))
