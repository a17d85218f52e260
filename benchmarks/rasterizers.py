"""Do poppler and pypdfium2 give the same record? Scans every file with both and lists what differs.

    python benchmarks/rasterizers.py samples/*.pdf more.pdf

pypdfium2 is used where no program can be found, so its half runs with an empty PATH.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import laodoc
from laodoc.document import Document

MOST_SHOWN = 8
"""Differing lines of a file that are shown."""


def scanned(path: Path, programs: str) -> Document:
    """The file's record with the programs of this PATH."""
    usual = os.environ["PATH"]
    os.environ["PATH"] = programs
    try:
        return laodoc.scan(path)
    finally:
        os.environ["PATH"] = usual


def differences(first: Document, second: Document) -> Iterator[str]:
    """What the second reads otherwise, line by line."""
    for one, two in zip(first.pages, second.pages, strict=True):
        if one.text_layer != two.text_layer:
            yield f"page {one.number}: text layer {one.text_layer} / {two.text_layer}"
        lines = zip(one.text.splitlines(), two.text.splitlines(), strict=False)
        yield from (f"page {one.number}: {left} / {right}" for left, right in lines if left != right)
    if [record.model_dump() for record in first.records] != [record.model_dump() for record in second.records]:
        yield "records differ"


def main() -> None:
    with tempfile.TemporaryDirectory() as bare:
        for path in map(Path, sys.argv[1:]):
            first, second = scanned(path, os.environ["PATH"]), scanned(path, bare)
            told = list(differences(first, second))
            same = "the same bytes" if first == second else f"{len(told)} lines differ"
            print(f"{path.name}: {len(first.pages)} page(s), {same}")
            for line in told[:MOST_SHOWN]:
                print("   ", line)


if __name__ == "__main__":
    main()
