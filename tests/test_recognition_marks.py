"""Marks in cells: drawn by a pen or printed, on clean and on poor scans."""

from collections.abc import Callable
from pathlib import Path

import cv2
import fontpkg_sarabun
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from laodoc.document import BBox
from laodoc.errors import MissingDependency
from laodoc.recognition import mark_shape
from laodoc.recognition.ink import pieces_of
from laodoc.recognition.marks import MOST_DOUBT, SURE, read_mark

DPI = 300
CELL = BBox(150, 110, 450, 190)
MIDDLE = (300, 150)
Strokes = list[list[tuple[float, float]]]
Page = np.ndarray

CHECKS: dict[str, Strokes] = {
    "plain": [[(0.1, 0.5), (0.35, 0.9), (0.95, 0.05)]],
    "steep": [[(0.25, 0.6), (0.4, 0.95), (0.8, 0.0)]],
    "flat": [[(0.0, 0.55), (0.3, 0.85), (1.0, 0.25)]],
    "bent": [[(0.1, 0.55), (0.25, 0.7), (0.36, 0.9), (0.5, 0.55), (0.7, 0.28), (0.95, 0.05)]],
}
CROSSES: dict[str, Strokes] = {
    "plain": [[(0, 0), (1, 1)], [(1, 0), (0, 1)]],
    "flat": [[(0, 0.2), (1.2, 0.8)], [(1.2, 0.2), (0, 0.8)]],
    "bent": [[(0, 0), (0.3, 0.2), (0.6, 0.6), (1, 1)], [(1, 0), (0.5, 0.4), (0, 1)]],
    "unequal": [[(0.15, 0.15), (0.85, 0.85)], [(1.05, -0.1), (-0.05, 1.1)]],
}
DOUBTFUL: dict[str, Strokes] = {
    "slash": [[(0.2, 1), (0.8, 0)]],
    "dash": [[(0, 0.5), (1, 0.5)]],
    "plus": [[(0, 0.5), (1, 0.5)], [(0.5, 0), (0.5, 1)]],
    "vee": [[(0, 0), (0.5, 1), (1, 0)]],
    "roof": [[(0, 1), (0.5, 0), (1, 1)]],
    "struck check": [*CHECKS["plain"], [(0.3, 0.2), (1, 0.8)]],
    "two checks": [*CHECKS["plain"], [(0.4, 0.5), (0.65, 0.9), (1.25, 0.05)]],
    "ring": [[(0.5 + 0.5 * np.cos(a), 0.5 + 0.5 * np.sin(a)) for a in np.linspace(0, 6.3, 40)]],
    "circled check": [
        [(0.5 + 0.8 * np.cos(a), 0.5 + 0.8 * np.sin(a)) for a in np.linspace(0, 6.3, 40)],
        *CHECKS["plain"],
    ],
    "asterisk": [[(0, 0), (1, 1)], [(1, 0), (0, 1)], [(0.5, -0.1), (0.5, 1.1)]],
    "scribble": [[(0, 0.3), (1, 0.1), (0.1, 0.6), (0.9, 0.5), (0, 0.9), (1, 0.8), (0.4, 0.2)]],
}


def page(strokes: Strokes = (), *, pen: int = 5, size: int = 55, at: tuple[int, int] = MIDDLE, ink: int = 40) -> Page:
    """A clean page with strokes in parts of `size` (pixels), centred at `at`."""
    grey = np.full((300, 600), 252, np.uint8)
    for stroke in strokes:
        points = (np.array(stroke) - 0.5) * size + at
        cv2.polylines(grey, [points.round().astype(np.int32).reshape(-1, 1, 2)], False, ink, pen, cv2.LINE_AA)
    return grey


def noisy(grey: Page) -> Page:
    grain = np.random.default_rng(5).normal(0, 7, grey.shape)
    return np.clip(cv2.GaussianBlur(grey, (0, 0), 1.6) + grain, 0, 255).astype(np.uint8)


def faded(grey: Page) -> Page:
    return (255 - (255 - grey.astype(float)) * 0.5).astype(np.uint8)


def fax(grey: Page) -> Page:
    small = cv2.resize(grey, None, fx=2 / 3, fy=2 / 3, interpolation=cv2.INTER_AREA)
    bilevel = np.where(small < 150, 0, 255).astype(np.uint8)
    return cv2.resize(bilevel, grey.shape[::-1], interpolation=cv2.INTER_CUBIC)


def specky(grey: Page) -> Page:
    specked = grey.copy()
    for x, y in np.random.default_rng(8).integers((150, 110), (450, 190), (20, 2)).tolist():
        specked[y : y + 3, x : x + 3] = 20
    return specked


SCANS: dict[str, Callable[[Page], Page]] = {
    "clean": lambda grey: grey,
    "noisy": noisy,
    "faded": faded,
    "fax": fax,
    "specky": specky,
}


@pytest.mark.parametrize("scan", SCANS)
@pytest.mark.parametrize("pen", [3, 7])
@pytest.mark.parametrize(("kind", "style"), [("check", s) for s in CHECKS] + [("cross", s) for s in CROSSES])
def test_drawn_marks(kind: str, style: str, pen: int, scan: str) -> None:
    """Checks and crosses of several hands are read for what they are on every kind of scan, and surely."""
    strokes = (CHECKS if kind == "check" else CROSSES)[style]
    reading = read_mark(SCANS[scan](page(strokes, pen=pen)), CELL, DPI)
    assert reading.kind == kind
    assert reading.confidence >= SURE


@pytest.mark.parametrize("text", ["x", "X", "×"])
@pytest.mark.parametrize("scan", SCANS)
def test_printed_crosses(text: str, scan: str) -> None:
    """The letters and the sign that are printed for a cross are crosses."""
    assert read_mark(SCANS[scan](printed(text)), CELL, DPI).kind == "cross"


@pytest.mark.parametrize("text", ["๑๒", "อบต.", "57", "ไม่มี", "Y", "๘"])
def test_text_is_no_mark(text: str) -> None:
    """Text and digits are neither check nor cross nor an empty cell."""
    assert read_mark(printed(text), CELL, DPI).kind is None


@pytest.mark.parametrize("style", DOUBTFUL)
@pytest.mark.parametrize("pen", [3, 6])
def test_doubtful_strokes(style: str, pen: int) -> None:
    """Strokes that are neither check nor cross, or both, are left to a person."""
    reading = read_mark(page(DOUBTFUL[style], pen=pen), CELL, DPI)
    assert reading.kind is None
    assert reading.confidence <= MOST_DOUBT


def test_dot_is_in_doubt() -> None:
    """A dot that somebody may have made is no empty cell and no mark."""
    dot = page()
    cv2.circle(dot, MIDDLE, 6, 30, -1)
    assert read_mark(dot, CELL, DPI).kind is None


@pytest.mark.parametrize("scan", SCANS)
def test_blank_cells(scan: str) -> None:
    """Paper with grain, specks or nothing is an empty cell."""
    reading = read_mark(SCANS[scan](page()), CELL, DPI)
    assert reading.kind == "none"
    assert reading.confidence >= 0.85


def test_rest_of_a_ruling_is_none() -> None:
    """A piece of a ruling left along the cell's border is no mark."""
    grey = page()
    grey[CELL.top : CELL.top + 4, 200:300] = 30
    grey[120:180, CELL.right - 6 : CELL.right - 3] = 30
    assert read_mark(grey, CELL, DPI).kind == "none"


def test_check_over_the_border() -> None:
    """A check whose long arm leaves the cell is a check there and nothing in the cell above."""
    grey = page(CHECKS["plain"], size=90, at=(300, 140))
    above = BBox(CELL.left, 30, CELL.right, 106)
    assert read_mark(grey, CELL, DPI).kind == "check"
    assert read_mark(grey, above, DPI).kind == "none"


def test_mark_between_two_cells_is_in_doubt() -> None:
    """A cross that lies half in one cell and half in the next is nobody's."""
    grey = page(CROSSES["plain"], at=(300, 192))
    below = BBox(CELL.left, 195, CELL.right, 270)
    assert {read_mark(grey, cell, DPI).kind for cell in (CELL, below)} <= {None, "cross"}
    assert [read_mark(grey, cell, DPI).kind for cell in (CELL, below)].count("cross") <= 1


def test_check_cut_by_an_erased_ruling_stays_one() -> None:
    """The white stripe where a ruling was erased does not break a mark into two."""
    grey = page(CHECKS["plain"])
    grey[148:151] = 255
    assert read_mark(grey, CELL, DPI).kind == "check"


def test_two_marks_in_one_cell_are_in_doubt() -> None:
    """A check beside a cross says nothing."""
    grey = np.minimum(page(CHECKS["plain"], at=(220, 150)), page(CROSSES["plain"], at=(380, 150)))
    assert read_mark(grey, CELL, DPI).kind is None


@pytest.mark.parametrize("dpi", [200, 400])
def test_resolution_does_not_matter(dpi: int) -> None:
    """The same cell at another resolution has the same mark."""
    scale = dpi / DPI
    grey = cv2.resize(page(CHECKS["bent"]), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    assert read_mark(grey, BBox(*(round(side * scale) for side in CELL)), dpi).kind == "check"


def test_dust_does_not_stretch_a_piece() -> None:
    """Specks close to a mark leave its box as it is; broken bits inside stay part of it."""
    clean = page(CROSSES["plain"])
    (alone,) = pieces_of(clean, CELL, DPI)
    dusty = clean.copy()
    dusty[alone.bbox.top - 4 : alone.bbox.top - 2, alone.bbox.left : alone.bbox.left + 2] = 0
    (piece,) = pieces_of(dusty, CELL, DPI)
    assert piece.bbox == alone.bbox


def test_missing_weights_are_a_missing_dependency(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without its weights the reader says so instead of guessing."""
    monkeypatch.setattr(mark_shape, "files", lambda package: tmp_path)
    mark_shape._installed_weights.cache_clear()
    with pytest.raises(MissingDependency, match=r"marks\.npz"):
        read_mark(page(CHECKS["plain"]), CELL, DPI)


def printed(text: str) -> Page:
    """A page with text of 16 points in the middle of the cell."""
    font = ImageFont.truetype(str(next(Path(fontpkg_sarabun.__file__).parent.rglob("Sarabun-Regular.ttf"))), 60)
    picture = Image.fromarray(page())
    ImageDraw.Draw(picture).text(MIDDLE, text, font=font, fill=30, anchor="mm")
    return np.asarray(picture)


def erased(grey: Page, *rows: int, half: int = 4) -> Page:
    """The page as it is where rulings of some thickness were painted out over their whole length."""
    page = grey.copy()
    for row in rows:
        page[row - half : row + half] = 252
    return page


def test_a_mark_that_stands_on_its_ruling_is_read_over_the_gap() -> None:
    """A check whose foot was painted out with the ruling, in two pieces, is still one check."""
    grey = erased(page(CHECKS["plain"], at=(300, 168), size=62), 191, half=7)
    pieces = [piece for piece in pieces_of(grey, CELL, DPI) if piece.share_inside > 0.5]
    assert len(pieces) == 2
    assert read_mark(grey, CELL, DPI).kind == "check"


@pytest.mark.parametrize(("upper", "lower"), [("check", "check"), ("cross", "cross")])
def test_marks_of_two_rows_that_touch_are_told_apart(upper: str, lower: str) -> None:
    """In dense tables marks run into each other over the ruling; each is read in its own row."""
    shapes = {"check": CHECKS["plain"], "cross": CROSSES["plain"]}
    below = BBox(CELL.left, CELL.bottom + 6, CELL.right, CELL.bottom + 86)
    grey = np.minimum(page(shapes[upper], at=(300, 150), size=86), page(shapes[lower], at=(318, 236), size=86))
    assert len(pieces_of(grey, CELL, DPI)) == 1
    assert (read_mark(grey, CELL, DPI).kind, read_mark(grey, below, DPI).kind) == (upper, lower)


@pytest.mark.parametrize("shape", ["plain", "bent"])
def test_half_of_a_cross_is_no_check(shape: str) -> None:
    """A cross that lies half in the next row is no check in either, though its upper half looks like one."""
    below = BBox(CELL.left, CELL.bottom + 6, CELL.right, CELL.bottom + 86)
    grey = page(CROSSES[shape], at=(300, 193), size=100)
    assert "check" not in (read_mark(grey, CELL, DPI).kind, read_mark(grey, below, DPI).kind)
    assert None in (read_mark(grey, CELL, DPI).kind, read_mark(grey, below, DPI).kind)


def test_a_dot_beside_a_mark_changes_nothing() -> None:
    """A large speck of a fax in the cell of a clear mark leaves it clear; alone it is doubt."""
    dot: Strokes = [[(0, 0), (0.01, 0)]]
    grey = np.minimum(page(CHECKS["plain"]), page(dot, at=(400, 150), pen=8))
    assert read_mark(grey, CELL, DPI).kind == "check"
    assert read_mark(page(dot, at=(400, 150), pen=8), CELL, DPI).kind is None
