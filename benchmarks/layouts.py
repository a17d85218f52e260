"""Scan made-up tables in layouts that are in no corpus, and count what was found.

`python benchmarks/layouts.py [--layouts NAME,…] [--profiles NAME,…] [--spoils NAME,…] [--faces NAME,…] [--seeds N]
[--engine NAME]` prints a line for every page and sums by layout, by profile and by what befell the sheet. Without
options: every layout in every ordinary profile once, by turns unspoilt, with folds across it and with streaks along it;
`--seeds 4` are 240 pages. `rulings`: rows and columns that were lost or invented; `untold`: pages of which one is so
and no finding speaks of the grid, the sequence or a total. `--faces` takes names, or font files NAME-Regular.ttf;
`--profiles` rough ones too (samples.generator.degrade).
"""

import argparse
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from zlib import crc32

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.scoring import Score, score_tables
from laodoc.errors import LaodocError
from laodoc.pipeline import ScanOptions, scan
from laodoc.recognition.engines import DEFAULT_ENGINE
from samples.generator.damage import SPOILS
from samples.generator.degrade import PROFILES, ROUGH
from samples.generator.layouts import LAYOUTS, layout, make_table_page
from samples.generator.sheet import faces

TELLS = frozenset(
    {"two-in-one-cell", "tall-row", "cut-by-column", "lone-column", "sequence-gap", "column-total", "mark-exclusive"}
)
"""Rules by which a wrong grid is seen."""

HEADINGS = (
    "rows",
    "rulings",
    "untold",
    "marks",
    "opposite",
    "lost",
    "invented",
    "null",
    "columns",
    "other rows",
    "numbers",
    "names",
)


def main() -> None:
    """Make, scan and score the pages that the arguments name."""
    arguments = _arguments()
    sums: dict[str, Score] = defaultdict(Counter)
    print(line("layout/profile/face/seed", None))
    started, pages = time.perf_counter(), 0
    for seed in range(arguments.seeds):
        for number, name in enumerate(arguments.layouts):
            for profile in arguments.profiles:
                face = arguments.faces[(seed + number) % len(arguments.faces)]
                spoil = arguments.spoils[pages % len(arguments.spoils)]
                score = score_page(name, profile, face, spoil, seed, arguments)
                print(line(f"{name}/{profile}/{spoil}/{face}/{seed}", score), flush=True)
                pages += 1
                for key in (name, profile, f"spoilt: {spoil}", "ALL"):
                    sums[key] += score
    print()
    for key, score in sums.items():
        print(line(key, score))
    print(f"{pages} pages, {(time.perf_counter() - started) / max(1, pages):.1f} s a page with making it")


def score_page(name: str, profile: str, face: str, spoil: str, seed: int, arguments: argparse.Namespace) -> Score:
    """Make one page, scan it from a PNG file, and score it."""
    lying = crc32(f"{name}/{profile}/{seed}".encode())  # no two pages lie alike
    kind = (PROFILES | ROUGH)[profile]
    image, expected = make_table_page(layout(name, seed, face), kind, lying, SPOILS[spoil])
    with tempfile.TemporaryDirectory() as folder:
        path = (arguments.keep or Path(folder)) / f"{name}-{profile}-{spoil}-{seed}.png"
        image.save(path, dpi=(kind.dpi, kind.dpi))
        try:
            document = scan(path, ScanOptions(engine=arguments.engine))
        except LaodocError as error:
            print(f"{path.name}: {error}", file=sys.stderr)
            return Counter(rows=sum(row.kind == "row" for row in expected.tables[0].rows), failed=1)
    score = score_tables(document, expected)
    wide = max((len(table.columns) for table in document.tables), default=0)
    score["rulings"] = abs(wide - len(expected.tables[0].columns)) + abs(score["rows"] - score["rows_found"])
    score["rulings"] += score["rows_extra"]
    score["untold"] = int(bool(score["rulings"]) and not any(finding.rule in TELLS for finding in document.findings))
    return score


def line(name: str, score: Score | None) -> str:
    """One line of the report."""
    if score is None:
        return f"{'':44}" + "".join(f"{heading:>12}" for heading in HEADINGS)
    rows = f"{score['rows_found']}/{score['rows']}" + (f"+{score['rows_extra']}" if score["rows_extra"] else "")
    parts = [rows, str(score["rulings"]), str(score["untold"]), f"{score['marks_right']}/{score['marks']}"]
    parts += [str(score[f"marks_{verdict}"]) for verdict in ("opposite", "lost", "invented", "null")]
    parts += [f"{score[f'{part}_right']}/{score[part]}" for part in ("columns", "others", "numbers", "names")]
    return f"{name:44}" + "".join(f"{part:>12}" for part in parts)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, choices in (
        ("layouts", tuple(LAYOUTS)),
        ("profiles", tuple(PROFILES)),
        ("spoils", tuple(SPOILS)),
        ("faces", faces()),
    ):
        parser.add_argument(f"--{name}", type=lambda text: text.split(","), default=choices, help=", ".join(choices))
    parser.add_argument("--seeds", type=int, default=1, help="pages of every layout and profile (default 1)")
    parser.add_argument("--engine", default=DEFAULT_ENGINE)
    parser.add_argument("--keep", type=Path, help="an existing folder that keeps the pages")
    return parser.parse_args()


if __name__ == "__main__":
    main()
