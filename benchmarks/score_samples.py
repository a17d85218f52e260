"""Scan the samples and count what was found: `python benchmarks/score_samples.py [NAME …] [--engine NAME]`."""

import argparse
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.layouts import line  # noqa: E402  (the repository's root must be on the path first)
from benchmarks.scoring import score_letters, score_tables  # noqa: E402
from laodoc.pipeline import ScanOptions, scan  # noqa: E402
from laodoc.recognition.engines import DEFAULT_ENGINE  # noqa: E402
from samples.generator.truth import beside, load  # noqa: E402


def main() -> None:
    """Scan and score the samples that the arguments name, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--engine", default=DEFAULT_ENGINE)
    arguments = parser.parse_args()
    print(line("sample", None))
    for path in sorted((ROOT / "samples").iterdir()):
        if path.suffix in (".pdf", ".jpg") and path.stem in (arguments.names or path.stem):
            report(path, arguments.engine)


def report(path: Path, engine: str) -> None:
    """Scan this sample and print how it compares with the truth beside it."""
    started = time.perf_counter()
    expected = load(beside(path))
    document = scan(path, ScanOptions(engine=engine))
    seconds = (time.perf_counter() - started) / len(document.pages)
    fields, missed = score_letters(document, expected)
    print(line(path.stem, score_tables(document, expected)))
    upright = [page.rotation for page in document.pages] == [page.rotation for page in expected.pages]
    print(f"    {'upright' if upright else 'NOT UPRIGHT'}, {seconds:.1f} s a page", end="")
    print(f", fields {fields['fields_right']}/{fields['fields']}, codes {fields['codes_right']}/{fields['codes']}")
    if missed:
        print(f"    missed: {', '.join(missed)}")


if __name__ == "__main__":
    main()
