"""Pixels and words of a PDF page from pypdfium2, in a child process: see `laodoc.imaging.rasterizer`."""

import io
import json
import sys
from pathlib import Path

from laodoc.imaging.child import Answer, run
from laodoc.imaging.opening import PageFile
from laodoc.imaging.page import Image, UnreadablePage, Word
from laodoc.imaging.picture import damaged, decoded
from laodoc.messages import Message

CHILD = Path(__file__).with_name("pdfium_child.py")
FILLS_FIELDS = True
"""pdfium takes the letters of another face."""

REMEDY = Message("get-rasterizer")


def take_out_picture(file: PageFile) -> Image | UnreadablePage | None:
    """See `laodoc.imaging.rasterizer.Rasterizer`; a picture that breaks off is an `UnreadablePage`."""
    answer = _ask(file, "picture")
    if answer.exit_code == 0 and not answer.output:
        return None
    return _pixels(file, answer)


def draw_page(file: PageFile, dpi: float, *, annotations: bool = True) -> Image | UnreadablePage:
    """See `laodoc.imaging.rasterizer.Rasterizer`."""
    drawn = _pixels(file, _ask(file, "page" if annotations else "bare", f"{dpi:.6f}"))
    return damaged(file.number, Message("nothing-drawn")) if drawn is None else drawn


def page_words(file: PageFile) -> tuple[Word, ...]:
    """See `laodoc.imaging.rasterizer.Rasterizer`. A page whose text cannot be taken out has none."""
    answer = _ask(file, "words")
    return tuple(Word(*word) for word in json.loads(answer.output)) if answer.exit_code == 0 else ()


def _ask(file: PageFile, what: str, *more: str) -> Answer:
    # -P: modules that lie in the folder laodoc was started in are not for the child.
    command = (sys.executable, "-P", str(CHILD), what, file.path, str(file.index), *more)
    return run(command, file.timeout_s, remedy=REMEDY, name="pypdfium2")


def _pixels(file: PageFile, answer: Answer) -> Image | UnreadablePage | None:
    if answer.exit_code:
        return damaged(file.number, _last_line(answer))
    return decoded(io.BytesIO(answer.output), file.number)


def _last_line(answer: Answer) -> str:
    lines = answer.errors.strip().splitlines()
    return lines[-1] if lines else Message("program-stopped", name="pypdfium2", code=answer.exit_code)
