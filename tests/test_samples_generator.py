"""The generator of samples: what it draws is what it says, and the same each time."""

from pathlib import Path
from random import Random

import numpy as np
import pytest

from samples.generator import scans, truth
from samples.generator.degrade import CLEAN300, FAX, PROFILES
from samples.generator.layouts import LAYOUTS, layout, make_table_page, print_table

SAMPLES = Path(scans.__file__).parents[1]


def test_the_same_seed_gives_the_same_page() -> None:
    """A page made twice is the same pixel by pixel, and another seed gives another page."""
    spec = layout("dense", 5)
    (first, said), (again, said_again) = (make_table_page(spec, FAX, 5) for _ in range(2))
    other, _ = make_table_page(spec, FAX, 6)
    assert first.tobytes() == again.tobytes()
    assert said == said_again
    assert first.tobytes() != other.tobytes()


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_every_row_of_the_truth_covers_all_columns(name: str) -> None:
    """Cells and those merged into them from above fill every row of every layout exactly once."""
    table = _table(name)
    covered = {(r, c): 0 for r in range(len(table.rows)) for c in range(len(table.columns))}
    for r, row in enumerate(table.rows):
        for cell in row.cells:
            for down in range(cell.row_span):
                for right in range(cell.column_span):
                    covered[r + down, cell.column + right] += 1
    assert set(covered.values()) == {1}


@pytest.mark.parametrize("name", sorted(name for name in LAYOUTS if "counts" not in name))
def test_a_row_has_one_mark(name: str) -> None:
    """Each body row of a status table has either a check under done or a cross under pending."""
    table = _table(name)
    marks = {column.index: column.meaning for column in table.columns if column.role == "mark"}
    for row in (row for row in table.rows if row.kind == "row"):
        said = {marks[cell.column]: cell.mark for cell in row.cells if cell.column in marks}
        assert said in ({"done": "check", "pending": "none"}, {"done": "none", "pending": "cross"})


def test_profiles_differ_as_they_say() -> None:
    """A fax has two levels and 200 dpi, a clean scan has colour and 300 dpi."""
    spec = layout("no-sequence", 1)
    fax, clean = (make_table_page(spec, profile, 1)[0] for profile in (FAX, CLEAN300))
    assert (fax.mode, clean.mode) == ("1", "RGB")
    assert abs(clean.width / fax.width - 1.5) < 0.01
    assert len(np.unique(np.asarray(fax))) == 2
    assert set(PROFILES) == {"clean300", "office200", "photocopy", "fax"}


@pytest.mark.parametrize("path", sorted(SAMPLES.glob(f"*{truth.SUFFIX}")), ids=lambda path: path.name)
def test_the_committed_truth_is_valid_and_complete(path: Path) -> None:
    """Every committed truth is what its classes allow, written as they write it, and lies beside its scan."""
    expected = truth.load(path)
    assert truth.as_json(expected) == path.read_text(encoding="utf-8")
    name = path.name.removesuffix(truth.SUFFIX)
    assert expected.name == name
    assert [scan.suffix for scan in SAMPLES.glob(f"{name}.*") if scan.suffix != ".json"] in ([".pdf"], [".jpg"])
    assert {page for table in expected.tables for page in table.pages} <= {page.number for page in expected.pages}


@pytest.mark.parametrize("make", [scans.fax, scans.external_letter], ids=lambda make: make.__name__)
def test_the_committed_truth_is_the_generators(make: scans.Maker) -> None:
    """What the generator says today is what is committed."""
    sample = make()
    assert truth.as_json(sample.truth) == truth.beside(SAMPLES / sample.file).read_text(encoding="utf-8")


def _table(name: str) -> truth.Table:
    return print_table(layout(name, 3), Random(3))[1]
