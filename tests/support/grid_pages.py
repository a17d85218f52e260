"""Pages with ruled tables, drawn for tests, and the damage that copying and faxing do to them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import fontpkg_sarabun
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from laodoc.imaging.page import Image
from laodoc.layout.page import Grid

DPI = 300
MM = DPI / 25.4
GROUND = 250
WORDS = ("อบต.บ้านใหม่", "ทต.ปากพลี", "๑,๒๓๔", "เมืองสระบุรี", "ปอไร่ ผู้ใหญ่", "๐.๐๐")

Spans = tuple[tuple[int, int, int, int], ...]
Damage = Callable[[Image], Image]


@dataclass(frozen=True)
class Table:
    """Borders in mm, merged cells as (row, column, row_span, column_span), and how the table is ruled and filled."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    merged: Spans = ()
    outer: bool = True
    rule_mm: float = 0.25
    ink: int = 30
    breaks: bool = False
    text: bool = True
    text_rise_mm: float = 0.0
    points: float = 11.0
    bars: int | None = None

    def spans(self) -> set[tuple[int, int, int, int]]:
        """All cells as (row, column, row_span, column_span)."""
        hidden = {(r + i, c + j) for r, c, h, w in self.merged for i in range(h) for j in range(w)}
        rows, columns = len(self.ys) - 1, len(self.xs) - 1
        single = {(r, c, 1, 1) for r in range(rows) for c in range(columns) if (r, c) not in hidden}
        return single | set(self.merged)


def plain(*, rows: int = 12, row_mm: float = 6.5, left: float = 12.0, top: float = 20.0) -> Table:
    """A table of five columns."""
    xs = (0.0, 12.0, 45.0, 75.0, 95.0, 120.0)
    return Table(tuple(left + x for x in xs), tuple(top + row_mm * k for k in range(rows + 1)))


@cache
def font(points: float) -> ImageFont.FreeTypeFont:
    """The sans-serif Thai font of the tests."""
    path = next(Path(fontpkg_sarabun.__file__).parent.rglob("*Sarabun-Regular.ttf"))
    return ImageFont.truetype(str(path), round(points * DPI / 72))


def write(page: Image, x: float, y: float, text: str, points: float = 11.0) -> None:
    """Write a line on the page, in place; (x, y) in mm is its top-left corner."""
    left, top = _dots(x, y)
    patch = page[top : top + round(points * MM), left : left + round(10 * points * MM)]
    picture = Pillow.fromarray(patch)
    ImageDraw.Draw(picture).text((0, 0), text, fill=40, font=font(points))
    patch[:] = np.asarray(picture)


def blank(width_mm: float = 148.0, height_mm: float = 150.0) -> Image:
    """A page without ink."""
    return np.full((round(height_mm * MM), round(width_mm * MM)), GROUND, np.uint8)


def draw(page: Image, table: Table, seed: int = 0) -> Image:
    """Draw a table on the page, in place."""
    rng = np.random.default_rng(seed)
    for row, column, height, width in sorted(table.spans()):
        left, right = table.xs[column], table.xs[column + width]
        top, bottom = table.ys[row], table.ys[row + height]
        if column == table.bars:
            cv2.rectangle(page, _dots(left + 1, top + 0.8), _dots(right - 1, bottom - 0.8), 60, -1)
        elif table.text:
            text = WORDS[int(rng.integers(len(WORDS)))] if right - left > 25 else str(rng.integers(100))
            write(page, left + 2, (top + bottom) / 2 - 0.33 * table.points - table.text_rise_mm, text, table.points)
        _rule(page, table, (left, top, right, top), outer=row == 0, rng=rng)
        _rule(page, table, (left, top, left, bottom), outer=column == 0, rng=rng)
    _rule(page, table, (table.xs[0], table.ys[-1], table.xs[-1], table.ys[-1]), outer=True, rng=rng)
    _rule(page, table, (table.xs[-1], table.ys[0], table.xs[-1], table.ys[-1]), outer=True, rng=rng)
    return page


def _dots(x: float, y: float) -> tuple[int, int]:
    return round(x * MM), round(y * MM)


def _rule(
    page: Image, table: Table, ends: tuple[float, float, float, float], *, outer: bool, rng: np.random.Generator
) -> None:
    if (outer and not table.outer) or not table.rule_mm:
        return
    thickness = round(table.rule_mm * MM)
    (left, top), (right, bottom) = _dots(*ends[:2]), _dots(*ends[2:])
    patch = page[top - thickness : bottom + thickness + 1, left - thickness : right + thickness + 1]
    before = patch.copy()
    cv2.line(page, (left, top), (right, bottom), table.ink, thickness)
    if table.breaks:
        length = max(ends[2] - ends[0], ends[3] - ends[1])
        for at in np.arange(2.0, length - 2.0, 8.0) + rng.uniform(0, 2):
            first, last = round(at * MM), round((at + rng.uniform(0.3, 1.2)) * MM)
            part = (slice(None), slice(first, last)) if top == bottom else (slice(first, last), slice(None))
            patch[part] = before[part]


def blurred(page: Image) -> Image:
    """Out of focus, as a worn copier's optics."""
    return np.asarray(cv2.GaussianBlur(page, (0, 0), 2.0), np.uint8)


def noisy(page: Image) -> Image:
    """Grain of paper and sensor."""
    grain = np.random.default_rng(1).normal(0, 6, page.shape)
    return np.clip(page + grain, 0, 255).astype(np.uint8)


def specked(page: Image) -> Image:
    """Specks of dust, some 60 on each square inch."""
    rng = np.random.default_rng(2)
    page = page.copy()
    for _ in range(page.size * 60 // DPI**2):
        y, x = rng.integers(page.shape[0] - 4), rng.integers(page.shape[1] - 4)
        page[y : y + rng.integers(1, 5), x : x + rng.integers(1, 5)] = 20
    return page


def coarse(dpi: float) -> Damage:
    """Scanned at a lower resolution and brought back to the normal one."""

    def scan(page: Image) -> Image:
        small = cv2.resize(page, None, fx=dpi / DPI, fy=dpi / DPI, interpolation=cv2.INTER_AREA)
        return np.asarray(cv2.resize(small, page.shape[::-1], interpolation=cv2.INTER_CUBIC), np.uint8)

    return scan


def faxed(page: Image) -> Image:
    """Black and white at 200 dpi with specks, brought back to the normal resolution."""
    small = cv2.resize(page, None, fx=2 / 3, fy=2 / 3, interpolation=cv2.INTER_AREA)
    grain = np.random.default_rng(3).normal(0, 12, small.shape)
    black = np.where(small + grain < 170, 0, 255).astype(np.uint8)
    return specked(np.asarray(cv2.resize(black, page.shape[::-1], interpolation=cv2.INTER_LINEAR), np.uint8))


def bent(page: Image, by: float = 3.5) -> Image:
    """Warped paper: rulings wander by ±`by` pixels."""
    rows, columns = np.indices(page.shape).astype(np.float32)
    wave_y = by * np.sin(columns / page.shape[1] * 5.0 + rows / page.shape[0])
    wave_x = by * np.sin(rows / page.shape[0] * 4.0 + 1.0)
    moved = cv2.remap(page, columns + wave_x, rows + wave_y, cv2.INTER_LINEAR, borderValue=(GROUND,) * 4)
    return np.asarray(moved, np.uint8)


def skewed(page: Image) -> Image:
    """Turned by 0.2°, what straightening may leave."""
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 0.2, 1.0)
    return np.asarray(cv2.warpAffine(page, turn, (width, height), borderValue=(GROUND,) * 4), np.uint8)


def faded(page: Image) -> Image:
    """All ink at a quarter of its strength, with grain."""
    return noisy((GROUND - (GROUND - page.astype(np.float64)) * 0.25).astype(np.uint8))


DAMAGES: dict[str, Damage] = {
    "clean": lambda page: page,
    "blurred": blurred,
    "noisy": noisy,
    "specked": specked,
    "150 dpi": coarse(150),
    "faxed": faxed,
    "bent": bent,
    "skewed": skewed,
    "faded": faded,
    "bent, blurred, specked": lambda page: specked(blurred(bent(page))),
    "skewed, faxed": lambda page: faxed(skewed(page)),
}


def spans_of(grid: Grid) -> set[tuple[int, int, int, int]]:
    """All cells of a grid as (row, column, row_span, column_span)."""
    return {(cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells}


def cover(grid: Grid) -> NDArray[np.intp]:
    """How many cells lie on each place of a grid, (rows, columns)."""
    count = np.zeros((grid.rows, grid.columns), np.intp)
    for cell in grid.cells:
        count[cell.row : cell.row + cell.row_span, cell.column : cell.column + cell.column_span] += 1
    return count
