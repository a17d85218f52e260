"""Standard output and standard error, whose failures are an exit code and a line, and never a fault of laodoc's own."""

import errno
import io
import os
import select
import sys
from typing import TYPE_CHECKING, TextIO

from laodoc.errors import AccessError, ReaderGone
from laodoc.messages import Message

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

GONE = (errno.EPIPE, errno.ECONNRESET)
"""What the system says where nobody reads any more."""


def guard_streams() -> None:
    """Make `sys.stdout` raise `AccessError` where it cannot be written, and `sys.stderr` say nothing where it cannot.

    Both write `?` for what their encoding lacks: a console of Thai Windows (cp874) has no ✓. A stream that was closed
    before laodoc began is one that cannot be written; its number is taken, so that no file gets it by accident.
    """
    sys.stdout = _guarded(sys.stdout, 1, silent=False)
    sys.stderr = _guarded(sys.stderr, 2, silent=True)


def _guarded(stream: TextIO | None, number: int, *, silent: bool) -> TextIO:
    if stream is None:
        handle = os.open(os.devnull, os.O_RDONLY)
        if handle != number:  # standard input was closed too
            os.dup2(handle, number)
        return _text(_Stream(None, silent=silent), "utf-8", line_buffering=False)
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    raw = getattr(stream.buffer, "raw", stream.buffer)
    return _text(_Stream(raw, silent=silent), stream.encoding, line_buffering=stream.line_buffering or silent)


def _text(raw: "_Stream", encoding: str, *, line_buffering: bool) -> TextIO:
    return io.TextIOWrapper(
        io.BufferedWriter(raw), encoding, errors="replace", newline=None, line_buffering=line_buffering
    )


class _Stream(io.RawIOBase):
    """Bytes into a stream; once that has failed, into nothing."""

    def __init__(self, raw: io.RawIOBase | None, *, silent: bool) -> None:
        self._raw, self._silent, self._over = raw, silent, False

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        if self._raw is None:
            raise io.UnsupportedOperation("closed before the program began")
        return self._raw.fileno()

    def isatty(self) -> bool:
        return self._raw is not None and self._raw.isatty()

    def write(self, data: "ReadableBuffer", /) -> int:
        content = memoryview(data).cast("B")
        if self._over:
            return len(content)
        try:
            return self._passed_on(content)
        except OSError as refused:
            self._over = True
            if self._silent:
                return len(content)
            if refused.errno in GONE:
                raise ReaderGone(Message("stdout-reader-gone")) from refused
            raise AccessError(Message("stdout-not-written", why=refused.strerror)) from refused

    def _passed_on(self, content: memoryview) -> int:
        """How many bytes went; waits where the reader has made the stream one that would not."""
        if self._raw is None:
            raise OSError(errno.EBADF, "it is closed")
        while (count := self._raw.write(content)) is None:
            select.select([], [self._raw], [])
        return count
