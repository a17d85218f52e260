"""The file of a register: a workbook or a page to print, as its name says."""

from collections.abc import Callable
from pathlib import Path

from laodoc.errors import UsageError
from laodoc.export.register import Register
from laodoc.export.register_html import to_html
from laodoc.export.register_xlsx import to_xlsx
from laodoc.messages import Message

WRITERS: dict[str, Callable[[Register], bytes]] = {".xlsx": to_xlsx, ".html": to_html}


def writer_for(out: Path) -> Callable[[Register], bytes]:
    """What makes the bytes of such a file.

    Raises:
        UsageError: its name ends in nothing that a register can be.
    """
    if out.suffix.lower() not in WRITERS:
        raise UsageError(Message("register-suffix", out=out, suffixes=" or ".join(WRITERS)))
    return WRITERS[out.suffix.lower()]
