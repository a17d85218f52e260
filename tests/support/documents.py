"""The blocks of code in README and docs, as the test of the documentation runs them."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))

_BLOCK = re.compile(
    r"(?:^<!-- (?P<note>[^\n]*?) -->\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
NOT_RUN = "not run: "
PART_OF = "part of "

PIXELS, SURE = 4, 0.1
"""How far a box and a confidence may lie from what a document says: other processors reckon a little differently."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block: its page, its line there, the language, what the comment before it says, and its text."""

    page: Path
    line: int
    kind: str
    note: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"

    @property
    def commands(self) -> tuple[tuple[str, str], ...]:
        """(command, what it prints); in a block of mere commands that is "…", anything."""
        if self.kind == "sh":
            return tuple((line, "…") for line in _logical(self.text) if line and not line.startswith("#"))
        parts = re.split(r"^\$ ", self.text, flags=re.MULTILINE)[1:]
        return tuple((command, shown) for command, _, shown in (part.partition("\n") for part in parts))


def blocks(page: Path) -> Iterator[Block]:
    """All blocks of a page, those in lists and tabs too."""
    text = page.read_text(encoding="utf-8")
    for found in _BLOCK.finditer(text):
        line = text.count("\n", 0, found.start("kind")) + 1
        yield Block(page, line, found["kind"], found["note"] or "", found["text"])


def _logical(text: str) -> list[str]:
    """The lines of a shell script, those that end in a backslash joined with the next."""
    return text.replace("\\\n", " ").splitlines()


def prints(shown: str, printed: str) -> bool:
    """Whether this was printed, where … stands for anything, also for whole lines."""
    pattern = re.escape(shown.strip()).replace("…", ".*")
    return re.fullmatch(pattern, printed.strip(), re.DOTALL) is not None


def is_part(shown: Any, whole: Any, key: str = "") -> bool:
    """Whether the shown JSON is a part of the whole: keys and items may be left out, what is there must be so."""
    if isinstance(shown, dict):
        return isinstance(whole, dict) and all(
            name in whole and is_part(value, whole[name], name) for name, value in shown.items()
        )
    if key == "bbox":
        return all(abs(one - other) <= PIXELS for one, other in zip(shown, whole, strict=True))
    if isinstance(shown, list):
        rest = iter(whole)
        return all(any(is_part(item, other) for other in rest) for item in shown)
    if key == "confidence":
        return abs(shown - whole) <= SURE
    return bool(shown == whole)


def part_of(block: Block) -> bool:
    """Whether a block that says so is part of that file."""
    whole = json.loads((ROOT / block.note.removeprefix(PART_OF)).read_text(encoding="utf-8"))
    return is_part(json.loads(block.text), whole)
