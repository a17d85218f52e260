"""The formats of `laodoc export` and `laodoc scan --format`: a module each, imported when it is asked for.

A module in this room that writes a format has a `FORMAT`, and its name stands in `laodoc.export.MODULES`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Literal

from laodoc.document import Document
from laodoc.errors import LaodocError, UsageError
from laodoc.export import MODULES
from laodoc.export.masking import open_document
from laodoc.export.origin import UNKNOWN, Origin, Placed
from laodoc.export.sheets import What
from laodoc.messages import Message


@dataclass(frozen=True, slots=True)
class Item:
    """A document to export, and the places where its scan may lie, the likeliest first. `part`: the document is only a
    part of its scan, `whole` the document of which it is one. `name` is that of its file without suffix, where it has
    one of its own. `origin` is the file that it was read from, as its archive knows it."""

    document: Document
    scans: tuple[Path, ...] = ()
    part: bool = False
    name: str | None = None
    whole: Document | None = None
    origin: Origin = UNKNOWN

    @property
    def placed(self) -> Placed:
        """The document with its origin."""
        return self.document, self.origin

    @property
    def stem(self) -> str:
        """The name of its file without the suffix."""
        return self.name or Path(self.document.source.name).stem

    def cut(self, document: Document, name: str | None = None) -> "Item":
        """The item with a part of its document, and perhaps another name."""
        return replace(self, document=document, part=True, name=name or self.name, whole=self.whole or self.document)


@dataclass(frozen=True, slots=True)
class Options:
    """How to export: one table alone, whether secret things are shown, an office's own codes (e-CMS), whether doubtful
    cells have their pictures (XLSX), the password of encrypted scans, and the template by which letters are named
    (where a format has a file for each anyway)."""

    what: What | None = None
    unmask: bool = False
    codes: Path | None = None
    pictures: bool = False
    password: str | None = None
    names: str | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """A file: its name (letters that a name may not have are put right where it is written), its bytes (None
    where all of it is secret, or it could not be made), how many pages or values were kept from it because they are
    secret, and why it could not be made."""

    name: str
    content: bytes | None
    hidden: int = 0
    error: LaodocError | None = None


Unit = Literal["all", "table", "document", "part", "letter"]
"""What becomes a file: everything together, each table, each document, each part of it (page), or each letter."""


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write documents. `suffix` is that of its files, with the point; `scans`: it opens the scans again.

    `write` yields one output where `unit` is "all" (or "table", and the options ask for one), else any number. It takes
    the items one at a time, so that an archive need not fit into memory.
    """

    suffix: str
    unit: Unit
    write: Callable[[Iterable[Item], Options], Iterator[Output]]
    scans: bool = False


def format_named(name: str) -> Format:
    """The format of this name.

    Raises:
        UsageError: there is none.
    """
    if name not in MODULES:
        raise UsageError(Message("no-such-format", name=name, names=", ".join(MODULES)))
    found = import_module(f"laodoc.export.{MODULES[name]}").FORMAT
    assert isinstance(found, Format)
    return found


def document_format(suffix: str, write: Callable[[Document, int], bytes]) -> Format:
    """A format with a file for each document, named like its scan, without what is secret; `write` is told of how many
    pages and values that is."""

    def outputs(items: Iterable[Item], options: Options) -> Iterator[Output]:
        for item in items:
            shown, hidden = open_document(item.document, unmask=options.unmask)
            secret = bool(item.document.pages) and not shown.pages
            yield Output(item.stem + suffix, None if secret else write(shown, hidden), hidden)

    return Format(suffix, "document", outputs)
