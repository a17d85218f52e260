"""Make the samples again: `python samples/generate.py [NAME …] [-o FOLDER]`. The same libraries give the same bytes."""

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from samples.generator.scans import SAMPLES, write  # noqa: E402  (the repository's root must be on the path first)
from samples.generator.sheet import require_raqm  # noqa: E402


def main() -> None:
    """Write the named samples, or all."""
    makers = {make.__name__: make for make in SAMPLES}
    parser = argparse.ArgumentParser(description="Make the samples and what they say.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(makers))
    parser.add_argument("-o", "--output", type=Path, default=HERE, help="folder to write to (default: samples/)")
    arguments = parser.parse_args()
    unknown = sorted(set(arguments.names) - set(makers))
    if unknown:
        parser.error(f"no sample is named {unknown[0]}")
    require_raqm()
    arguments.output.mkdir(parents=True, exist_ok=True)
    for name in arguments.names or makers:
        sample = makers[name]()
        write(sample, arguments.output)
        print(f"{sample.file}: {len(sample.content) / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
