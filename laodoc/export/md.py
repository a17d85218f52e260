"""Documents as Markdown (CommonMark with the tables of GitHub): a file each, to read and to put into a wiki."""

import re
from collections.abc import Iterable, Iterator

from laodoc.document import Document
from laodoc.export.formats import document_format
from laodoc.export.readable import Facts, Grid, GridRow, Readable, Said, readable

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])|^([0-9]{1,9})(?=[.)](?:\s|$))|^([-+=])")
"""What Markdown takes for markup, anywhere or where a line begins."""
DOUBTED = "(?)"


def to_md(document: Document, left_out: int = 0) -> bytes:
    """UTF-8; whatever the document says is text, and never markup."""
    return ("\n".join(_lines(readable(document, left_out))).rstrip() + "\n").encode()


def _lines(shown: Readable) -> Iterator[str]:
    yield f"# {escaped(shown.title)}"
    yield ""
    if shown.left_out:
        yield f"*เว้นไว้ {shown.left_out} แห่งเพราะเป็นความลับ*"
        yield ""
    for letter in shown.letters:
        yield from _facts(letter)
    for grid in shown.grids:
        yield from _table(grid)
    if shown.findings:
        yield "## ข้อสังเกต"
        yield ""
        yield from (f"- {escaped(finding)}" for finding in shown.findings)
        yield ""
    for number, lines in shown.pages:
        yield f"## หน้า {number}"
        yield ""
        yield from (f"{escaped(line)}  " for line in lines)
        yield ""


def _facts(letter: Facts) -> Iterator[str]:
    yield f"## {escaped(letter.title)}"
    yield ""
    for label, said in letter.rows:
        yield f"- **{label}** {'; '.join(map(_text, said))}"
    yield ""


def _table(grid: Grid) -> Iterator[str]:
    yield f"## {escaped(grid.title)}"
    yield ""
    yield _row(map(escaped, grid.header))
    yield _row("---" for _ in grid.header)
    yield from (_row(_cells(row, len(grid.header))) for row in grid.rows)
    yield ""
    for note in grid.notes:
        yield f"{escaped(note)}  "
    if grid.notes:
        yield ""


def _cells(row: GridRow, columns: int) -> list[str]:
    """A text for each column; what is merged stands in the first of its columns."""
    texts = [""] * columns
    for cell in row.cells:
        if cell.column < columns:
            said = _text(cell.said)
            texts[cell.column] = f"**{said}**" if row.strong and said else said
    return texts


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(said: Said) -> str:
    printed = f" (พิมพ์ว่า {escaped(said.printed)})" if said.printed else ""
    return f"{escaped(said.text)}{printed}{f' {DOUBTED}' if said.doubted else ''}".strip()


def escaped(text: str) -> str:
    """The text in one line, with everything that Markdown would take for markup behind a backslash."""
    return SPECIAL.sub(lambda m: m[2] + "\\" if m[2] else f"\\{m[1] or m[3]}", " ".join(text.split()))


FORMAT = document_format(".md", to_md)
