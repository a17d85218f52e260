"""The trainer of mark shapes."""

from pathlib import Path

import fontpkg_sarabun
import numpy as np
import pytest

from laodoc.training import marks
from laodoc.training.mark_drawings import printed
from laodoc.training.marks import Examples, Plan, Weights, gradient, main, report

SMALL = Plan(samples=360, held_out=90, hidden=16, epochs=12, batch=32)


@pytest.fixture(autouse=True)
def one_font(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trains with a font that comes with the tests, one of its weights held out."""
    monkeypatch.setattr(marks, "FONT_FOLDER", Path(fontpkg_sarabun.__file__).parent)
    monkeypatch.setattr(marks, "HELD_OUT_FONTS", ("Sarabun-Medium.ttf",))


def test_same_seed_same_weights(tmp_path: Path) -> None:
    """Two trainings with one plan write the same bytes, and another seed writes others."""
    for name, plan in (("a", SMALL), ("b", SMALL), ("c", Plan(**{**SMALL_VALUES, "seed": 12}))):
        main(tmp_path / f"{name}.npz", plan)
    first, again, other = ((tmp_path / f"{name}.npz").read_bytes() for name in "abc")
    assert first == again != other


def test_even_a_small_training_learns(tmp_path: Path) -> None:
    """After a short training, marks that are called are mostly called right; the report has a line a shape."""
    lines = main(tmp_path / "weights.npz", SMALL).splitlines()
    assert [line.split(":")[0] for line in lines] == ["check", "cross", "other"]
    with np.load(tmp_path / "weights.npz") as stored:
        weights = Weights(**{name: stored[name].astype(np.float32) for name in stored.files})
    data = marks.examples(150, np.random.default_rng(1), held_out=False)
    likely = marks.scores(data.x, weights)
    assert np.mean(likely.argmax(axis=1) == data.shape) > 0.6


def test_gradient_is_the_slope() -> None:
    """The gradient agrees with the change of the loss for a small step of one weight."""
    rng = np.random.default_rng(2)
    x, shape = rng.normal(size=(5, 4)), np.array([0, 1, 2, 1, 0])
    values = [rng.normal(size=size) for size in ((4, 3), (3,), (3, 3), (3,))]

    def loss() -> float:
        return float(-np.log(marks.scores(x, Weights(*values))[np.arange(5), shape].astype(float)).mean())

    slope, before, step = gradient(Weights(*values), x, shape)[0][1, 2], loss(), 1e-3
    values[0][1, 2] += step
    assert (loss() - before) / step == pytest.approx(slope, abs=2e-3)


def test_report_counts_opposites() -> None:
    """A check that is surely called a cross stands in the report as what it is."""
    pull = Weights(*(np.zeros(size, np.float32) for size in ((2, 1), (1,), (1, 3))), np.array([0, 9, 0], np.float32))
    lines = report(Examples(np.zeros((3, 2), np.float32), np.array([0, 1, 2])), pull)
    assert "check: called check 0.0000, cross 1.0000, doubt 0.0000 of 1" in lines


def test_glyphs_that_a_font_lacks_are_not_printed() -> None:
    """A sign that the font does not have is left out instead of drawn as a box; white space has no drawing."""
    files = marks.fonts(held_out=True)
    assert marks.printable(["x", "\u2620"], files) == [("x", files[0])]
    assert printed(" ", files[0], size_mm=3) is None


SMALL_VALUES = {name: getattr(SMALL, name) for name in ("samples", "held_out", "hidden", "epochs", "batch")}
