"""Text that an earlier recognizer laid under a scan: taken out before better text comes over it."""

from typing import Any

import pikepdf
from pikepdf import Name

from laodoc.imaging.content import INVISIBLE, MAX_NESTING, SHOWS_TEXT


def without_invisible_text(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Take the page's invisible text out, in its forms too; everything that leaves ink stays as it is.

    Raises:
        pikepdf.PdfError: its drawing cannot be understood.
    """
    content, changed = _filtered(page)
    if changed:
        page.Contents = pdf.make_stream(content)
    _forms(page.get("/Resources", {}), 0)


def _forms(resources: Any, depth: int) -> None:
    for form in resources.get("/XObject", {}).values():
        if form.get("/Subtype") == Name.Form and depth < MAX_NESTING:
            content, changed = _filtered(form)
            if changed:
                form.write(content)
            _forms(form.get("/Resources", {}), depth + 1)


def _filtered(stream: Any) -> tuple[bytes, bool]:
    """The instructions without those that show text in mode 3, and whether there were any."""
    mode, stack, kept, dropped = 0, [], [], False
    for instruction in pikepdf.parse_content_stream(stream):
        operands: Any = instruction.operands
        name = str(instruction.operator)
        if name == "q":
            stack.append(mode)
        elif name == "Q":
            mode = stack.pop() if stack else mode
        elif name == "Tr":
            mode = int(operands[0])
        if name in SHOWS_TEXT and mode == INVISIBLE:
            dropped = True
        else:
            kept.append(instruction)
    return (pikepdf.unparse_content_stream(kept), True) if dropped else (b"", False)
