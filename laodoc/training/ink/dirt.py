"""What copying, folding, punching and the scanner's glass add to a page."""

from random import Random

import cv2
import numpy as np

from laodoc.ink.kinds import Kind
from laodoc.training.ink.sheet import PX_PER_MM, Colour, Ink, Path, Sheet, ellipse, polyline, smooth

VISIBLE_DIRT, VISIBLE_THROUGH = 40, 14
"""Levels by which dirt, and what shows through, must darken the paper to be told of: what is fainter is no ink."""
HOLES_APART_MM = 80
"""Distance of the two holes of a file (ISO 838)."""
_MARKERS: tuple[Colour, ...] = (
    (255, 250, 90),
    (120, 255, 160),
    (110, 225, 255),
    (255, 160, 200),
    (255, 190, 90),
    (90, 170, 240),
)


def streaks(rng: Random, sheet: Sheet) -> None:
    """Streaks of a scanner or photocopier, folds and cracks: long lines that rule nothing."""
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        ink = _bare(sheet)
        path = _long_way(rng, sheet)
        thick, level = rng.triangular(0.5, 5, 1.1), rng.randint(60, 255)
        if rng.random() < 0.4:
            polyline(ink, path, thick, level)
        else:
            for index in range(0, len(path) - 2, 2):
                if rng.random() < 0.8:
                    paler = round(level * rng.uniform(0.5, 1))
                    polyline(ink, path[index : index + 4], thick * rng.uniform(0.5, 1.3), paler)
        if rng.random() < 0.5:
            _thin_out(rng, ink, rng.uniform(0.1, 0.6))
        _soil(sheet, ink, rng.uniform(0.25, 1.0))


def _long_way(rng: Random, sheet: Sheet) -> Path:
    """A nearly straight way along or across the page, mostly from edge to edge."""
    width, height = sheet.size
    upright = rng.random() < 0.5
    along, across = (height, width) if upright else (width, height)
    share = rng.choice((1.02, 1.02, rng.uniform(0.2, 0.9)))
    length, start = along * share, rng.uniform(0, along * max(0.0, 1 - share))
    at = rng.uniform(0.02, 0.98) * across
    lean = rng.uniform(-0.008, 0.008) * length if rng.random() < 0.7 else 0.0
    nodes = np.array([(start + length * t, at + lean * t + rng.uniform(-1.5, 1.5)) for t in np.linspace(0, 1, 7)])
    return smooth(nodes[:, ::-1] if upright else nodes, 12)


def band(rng: Random, sheet: Sheet) -> None:
    """A band of toner grains, as a worn drum leaves it along the paper's way."""
    width, height = sheet.size
    noise = np.random.default_rng(rng.getrandbits(32))
    wide = round(rng.uniform(3, 70))
    at = rng.randrange(width - wide)
    grains = noise.random((height, wide)) < rng.uniform(0.005, 0.12)
    if rng.random() < 0.5:
        grains &= np.repeat(noise.random((height // 16 + 1, 1)) < 0.6, 16, axis=0)[:height]
    ink = _bare(sheet)
    ink[:, at : at + wide] = grains * np.uint8(rng.randint(120, 255))
    if rng.random() < 0.5:
        ink = np.asarray(cv2.dilate(ink, np.ones((2, 1), np.uint8)), np.uint8)
    _soil(sheet, ink, 1.0)


def _thin_out(rng: Random, ink: Ink, share: float) -> None:
    """Take away `share` of the ink in grains."""
    noise = np.random.default_rng(rng.getrandbits(32))
    ink[noise.random(ink.shape) < share] = 0


def specks(rng: Random, sheet: Sheet) -> None:
    """Specks and blots, all over the page or in a cloud."""
    width, height = sheet.size
    ink = _bare(sheet)
    count = round(rng.choice((20, 80, 300, 1200)) * rng.uniform(0.4, 1.5))
    cloud = rng.random() < 0.3
    middle, spread = (rng.uniform(0, width), rng.uniform(0, height)), rng.uniform(40, 300)
    for _ in range(count):
        if cloud:
            at = (rng.gauss(middle[0], spread), rng.gauss(middle[1], spread))
        else:
            at = (rng.uniform(0, width), rng.uniform(0, height))
        radius = min(6.0, rng.expovariate(1 / 0.75) + 0.35)
        radii = (radius, radius * rng.uniform(0.5, 1))
        ellipse(ink, at, radii, turn=rng.uniform(0, 180), level=rng.randint(120, 255), thick=-1)
    _soil(sheet, ink, 1.0)


def edges(rng: Random, sheet: Sheet) -> None:
    """Dark edges and corners of the glass beside the paper."""
    width, height = sheet.size
    ink = _bare(sheet)
    for _ in range(rng.randint(1, 3)):
        deep, lean = rng.uniform(2, 32), rng.uniform(-15, 15)
        sides = (
            ((-9, -9), (deep, -9), (deep + lean, height + 9), (-9, height + 9)),
            ((width + 9, -9), (width - deep, -9), (width - deep - lean, height + 9), (width + 9, height + 9)),
            ((-9, -9), (-9, deep), (width + 9, deep + lean), (width + 9, -9)),
            ((-9, height + 9), (-9, height - deep), (width + 9, height - deep - lean), (width + 9, height + 9)),
        )
        corners = np.round(np.array(rng.choice(sides))).astype(np.int32)
        cv2.fillPoly(ink, [corners], rng.randint(120, 255), cv2.LINE_AA)
    _soil(sheet, ink, rng.uniform(0.5, 1))


def holes(rng: Random, sheet: Sheet) -> None:
    """Two punched holes, filled or as rings or arcs, mostly at an edge; now and then a staple."""
    width, height = sheet.size
    ink = _bare(sheet)
    margin = rng.uniform(4, 16) * PX_PER_MM
    x = rng.choice((margin, width - margin, rng.uniform(0, width)))
    radius, arc = rng.uniform(2.2, 3.6) * PX_PER_MM, rng.uniform(140, 360)
    filled, middle = rng.random() < 0.5, rng.uniform(0.3, 0.7) * height
    for shift in (-0.5, 0.5):
        start = rng.uniform(0, 360)
        ellipse(
            ink,
            (x, middle + shift * HOLES_APART_MM * PX_PER_MM),
            (radius, radius),
            arc=(start, start + (360 if filled else arc)),
            level=rng.randint(90, 255),
            thick=-1 if filled else rng.randint(1, 4),
        )
    if rng.random() < 0.3:
        first = np.array([rng.uniform(0, width), rng.uniform(0, height * 0.2)])
        way = np.array([rng.uniform(20, 60), rng.uniform(-40, 40)])
        polyline(ink, np.stack([first, first + way]), rng.uniform(2, 5))
    _soil(sheet, ink, rng.uniform(0.5, 1))


def show_through(rng: Random, sheet: Sheet, other: Sheet) -> None:
    """The other side of the paper, mirrored, soft and faint; left out where that page lies the other way."""
    if other.size != sheet.size:
        return
    back = cv2.cvtColor(other.image, cv2.COLOR_RGB2GRAY)[:, ::-1]
    ink = 255 - cv2.GaussianBlur(back, (0, 0), rng.uniform(0.8, 2.5))
    _soil(sheet, np.asarray(ink, np.uint8), rng.uniform(0.06, 0.3), through=True)


def fold(rng: Random, sheet: Sheet) -> None:
    """A fold across or along the page: a soft shade to one side, a dark crack in pieces, print rubbed off on it."""
    width, height = sheet.size
    upright = rng.random() < 0.35
    along, across = (height, width) if upright else (width, height)
    middle = _beside_ruling(rng, sheet, upright=upright)
    if middle is None:
        middle = rng.choice((1 / 2, 1 / 3, 2 / 3, rng.uniform(0.05, 0.95))) * across
    lean, bend = rng.uniform(-0.004, 0.004) * along, rng.uniform(0.2, 1.5)
    nodes = np.array([(along * t, middle + lean * (t - 0.5) + rng.uniform(-bend, bend)) for t in np.linspace(0, 1, 9)])
    path = smooth(nodes[:, ::-1] if upright else nodes, 12)
    _shade(rng, sheet, middle, upright=upright)
    worn = _bare(sheet)
    _in_pieces(rng, worn, path, rng.uniform(1, 3.5), rng.uniform(0.1, 0.6))
    sheet.image[worn > VISIBLE_DIRT] = np.maximum(sheet.image[worn > VISIBLE_DIRT], rng.randint(150, 235))
    sheet.kinds[:, worn > VISIBLE_DIRT] = 0
    crack = _bare(sheet)
    _in_pieces(rng, crack, path, rng.triangular(0.5, 2.5, 0.9), rng.uniform(0.3, 1.0))
    _soil(sheet, crack, rng.uniform(0.25, 1.0))


def _beside_ruling(rng: Random, sheet: Sheet, *, upright: bool) -> float | None:
    """A level close to a ruling's, for half of the folds of pages that have rulings: there they are hard to tell."""
    places = np.flatnonzero(sheet.kinds[Kind.RULING].any(axis=0 if upright else 1))
    if not len(places) or rng.random() < 0.5:
        return None
    return float(places[rng.randrange(len(places))]) + rng.uniform(-14, 14)


def _in_pieces(rng: Random, ink: Ink, path: Path, thick: float, share: float) -> None:
    """Draw `share` of a path, piece by piece, each as dark and thick as it comes."""
    level = rng.randint(90, 255)
    for index in range(0, len(path) - 2, 2):
        if rng.random() < share:
            darkness = round(level * rng.uniform(0.4, 1))
            polyline(ink, path[index : index + 4], thick * rng.uniform(0.5, 1.4), darkness)


def _shade(rng: Random, sheet: Sheet, middle: float, *, upright: bool) -> None:
    """The soft shade of bent paper to one side of a fold; it is no ink, as the light of a page is not."""
    wide, deep = rng.uniform(4, 60), rng.uniform(0, 0.22)
    distance = (np.arange(sheet.size[0 if upright else 1]) - middle) * rng.choice((-1, 1))
    light = 1 - deep * np.exp(-np.maximum(distance, 0) / wide) * (distance >= 0)
    lit = sheet.image * (light[None, :, None] if upright else light[:, None, None])
    sheet.image[:] = np.clip(lit, 0, 255).astype(np.uint8)


def highlight(rng: Random, sheet: Sheet) -> None:
    """Strokes of a highlighter, most of them over print: of no kind, as the paper's own colour is."""
    width, height = sheet.size
    shade, thick = rng.choice(_MARKERS), rng.uniform(12, 30)
    rows, columns = np.nonzero(sheet.kinds[Kind.PRINT, ::4, ::4])
    for _ in range(rng.randint(1, 6)):
        ink = _bare(sheet)
        x, y, long = rng.uniform(0, width * 0.7), rng.uniform(0, height), rng.uniform(30, 500)
        if len(rows) and rng.random() < 0.85:
            at = rng.randrange(len(rows))
            x, y = 4.0 * columns[at] - rng.uniform(0, 60), 4.0 * rows[at]
        path = smooth([(x, y), (x + long / 2, y + rng.uniform(-6, 6)), (x + long, y + rng.uniform(-6, 6))], 8)
        polyline(ink, path, thick * rng.uniform(0.85, 1.15))
        sheet.lay(ink, 0, 0, colour=shade, strength=rng.uniform(0.5, 0.95))


def _bare(sheet: Sheet) -> Ink:
    width, height = sheet.size
    return np.zeros((height, width), np.uint8)


def _soil(sheet: Sheet, ink: Ink, strength: float, *, through: bool = False) -> None:
    """Darken the sheet by `ink` (of the sheet's size); with `through`, what lies under print is not told of."""
    left, top, width, height = cv2.boundingRect(ink)
    if not width:
        return
    rows, columns = slice(top, top + height), slice(left, left + width)
    ink = ink[rows, columns]
    table = np.clip(255 - np.arange(256) * (strength * 0.92), 0, 255).astype(np.uint8)
    light = cv2.LUT(np.ascontiguousarray(ink), table)
    part = sheet.image[rows, columns]
    part[:] = cv2.multiply(part, cv2.merge((light, light, light)), scale=1 / 255)
    visible = ink > (VISIBLE_THROUGH if through else VISIBLE_DIRT) / strength
    if through:
        visible &= ~sheet.kinds[:, rows, columns].any(axis=0)
    sheet.kinds[Kind.DIRT, rows, columns][visible] = 255
