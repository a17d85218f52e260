"""Tables without rules: rows of print that leave the same columns white, found as grids with no edges.

The white of a page's rows is intersected (as in the whitespace cover of Breuel 2002, one dimension at a time): letters
justify their words and leave no common white, columns do over many rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from laodoc.document import BBox
from laodoc.layout.ink import Boxes
from laodoc.layout.lines import PLAIN as LINES
from laodoc.layout.page import Grid, GridCell, TextLine


@dataclass(frozen=True, slots=True)
class AlignedSettings:
    """What a table without rules is; lengths in parts of a letter's height."""

    white: float = 1.6
    """A gap in a row that may part columns: justified words stand closer."""
    river: float = 1.2
    """White that runs down between columns is at least so wide: headings reach into it."""
    fewest_rows: int = 5
    """Rows of a table: a few lines of three words happen in any letter."""
    fewest_columns: int = 3
    row_gap: float = 5.5
    """From one row to the next: beyond it the table has ended."""
    crossed: float = 0.03
    """Share of the rows, and one at least, that may cross a river: labels of sums. More would hide columns in which
    hardly anything stands."""
    filled: float = 0.55
    """Share of the cells with ink in a table: lists of signatures and addresses are mostly white."""
    full_rows: float = 0.6
    """Share of the rows that have ink in more than half of the columns."""
    speck: float = 0.35
    """What is smaller in both directions keeps no column from being white."""
    same_row: float = 0.8
    """Lines whose baselines are no further apart are one row."""
    stray: float = 0.45
    """In parts of the rows' distance, how far from its row a mark drawn by hand may stand."""
    header_gap: float = 3.6
    """Lines of a heading of several lines stand no further apart than this, and closer than rows."""


PLAIN = AlignedSettings()
Interval = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of print: the baselines of its first and last line, and the runs of ink that no wide gap parts."""

    baseline: float
    last: float
    runs: tuple[Interval, ...]


def find_aligned(
    lines: Sequence[TextLine], boxes: Boxes, letter: float, settings: AlignedSettings = PLAIN
) -> tuple[Grid, ...]:
    """The tables without rules among the open lines of a page, from top to bottom.

    Args:
        lines: the lines that stand in no ruled table and no stamp.
        boxes: (n, 4) the components of these lines.
        letter: the height of the page's letters in pixels.
    """
    rows = _rows(lines, boxes, letter, settings)
    grids = []
    start = 0
    while start < len(rows):
        end = _run_from(rows, start, letter, settings)
        grid = _grid(rows, start, end, letter, settings)
        if grid is not None:
            grids.append(grid)
        start = max(end, start + 1)
    return tuple(grids)


def _rows(lines: Sequence[TextLine], boxes: Boxes, letter: float, settings: AlignedSettings) -> list[_Row]:
    """The lines that stand side by side, gathered; top to bottom."""
    gathered: list[list[TextLine]] = []
    for line in sorted(lines, key=_baseline):
        if gathered and _baseline(line) - _baseline(gathered[-1][0]) <= settings.same_row * letter:
            gathered[-1].append(line)
        else:
            gathered.append([line])
    rows = []
    for row in gathered:
        spans = [span for line in row for span in _ink_of(line, boxes, letter, settings)]
        baseline = float(np.median([_baseline(line) for line in row]))
        own = letter if len(row) > 1 else max(letter, _letter(row[0]))  # titles are larger, and so are their spaces
        if spans:
            rows.append(_Row(baseline, baseline, _joined(spans, settings.white * own)))
    return _with_strays(rows, letter, settings)


def _with_strays(rows: list[_Row], letter: float, settings: AlignedSettings) -> list[_Row]:
    """The rows, with what stands a little above or below one, as marks drawn by hand do, in that row."""
    whole = [row for row in rows if len(row.runs) > 1]
    steps = [below.baseline - above.baseline for above, below in pairwise(whole)]
    steps = [step for step in steps if step <= settings.row_gap * letter]
    if not steps:
        return rows
    reach = settings.stray * float(np.median(steps))
    kept = {row.baseline: row for row in rows}
    for row in rows:
        near = min(whole, key=lambda other: abs(other.baseline - row.baseline))
        if len(row.runs) == 1 and abs(near.baseline - row.baseline) <= reach:
            del kept[row.baseline]
            base = kept[near.baseline]
            kept[near.baseline] = _Row(base.baseline, base.last, _joined([*base.runs, *row.runs], 1.0))
    return list(kept.values())


def _baseline(line: TextLine) -> float:
    """The y of the line's baseline, by the shape of its band (`LineSettings`): it does not depend on the ink."""
    return line.band.bottom - BELOW * (line.band.bottom - line.band.top)


def _letter(line: TextLine) -> float:
    return (line.band.bottom - line.band.top) / (LINES.band_up + LINES.band_down)


BELOW = LINES.band_down / (LINES.band_up + LINES.band_down)
"""Share of a band below the baseline."""


def _ink_of(line: TextLine, boxes: Boxes, letter: float, settings: AlignedSettings) -> list[Interval]:
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    own = (x >= line.bbox.left) & (x <= line.bbox.right) & (y >= line.bbox.top) & (y <= line.bbox.bottom)
    own &= np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]) >= settings.speck * letter
    return [(int(left), int(right)) for left, _, right, _ in boxes[own]]


def _joined(spans: list[Interval], gap: float) -> tuple[Interval, ...]:
    runs: list[list[int]] = []
    for left, right in sorted(spans):
        if runs and left - runs[-1][1] < gap:
            runs[-1][1] = max(runs[-1][1], right)
        else:
            runs.append([left, right])
    return tuple((left, right) for left, right in runs)


def _run_from(rows: list[_Row], start: int, letter: float, settings: AlignedSettings) -> int:
    """One past the last row of a run, from `start`, of rows of several parts; single rows between them may be whole."""
    if not _parted(rows[start], settings):
        return start
    end = last = start + 1
    while end < len(rows) and rows[end].baseline - rows[end - 1].baseline <= settings.row_gap * letter:
        if _parted(rows[end], settings):
            last = end + 1
        elif end - last >= 1:
            break
        end += 1
    return last


def _parted(row: _Row, settings: AlignedSettings) -> bool:
    return len(row.runs) >= settings.fewest_columns


def _grid(rows: list[_Row], start: int, end: int, letter: float, settings: AlignedSettings) -> Grid | None:
    """The table of a run of rows with the heading above it, or None where it is none."""
    body = rows[start:end]
    if sum(_parted(row, settings) for row in body) < settings.fewest_rows:
        return None
    borders = tuple(border for border in _borders(body, letter, settings) if not _crosses(body[0], border))
    borders = _without_gaps_beside_names(body, borders)
    if len(borders) <= settings.fewest_columns:
        return None
    filled = _filled(body, borders)
    whole = [index for index, row in enumerate(body) if _parted(row, settings)]
    full = (filled[whole].sum(axis=1) * 2 > filled.shape[1]).mean()
    if filled[whole].mean() < settings.filled or full < settings.full_rows:
        return None
    first = start
    while first > 0 and _heads(rows[first - 1], rows[first], borders, letter, settings):
        first -= 1
    pitch = float(np.median([below.baseline - above.baseline for above, below in pairwise(body)]))
    while end < len(rows) and _foots(rows[end], rows[end - 1], borders, pitch):
        end += 1
    return _with_cells(_merged(rows[first:end], borders, start - first, letter, settings), borders)


def _borders(rows: list[_Row], letter: float, settings: AlignedSettings) -> tuple[int, ...]:
    """The left end, the middles of the white rivers, and the right end."""
    left, right = min(row.runs[0][0] for row in rows), max(row.runs[-1][1] for row in rows)
    ink = np.zeros(right - left + 1, dtype=np.int32)
    # Headings of groups cross all columns; the first row heads them, and an empty column has nothing else.
    for row in (rows[0], *(row for row in rows if _parted(row, settings))):
        for begin, end in row.runs:
            ink[begin - left : end - left] += 1
    white = ink <= max(1.0, settings.crossed * len(rows))
    changes = np.flatnonzero(np.diff(np.concatenate(([0], white.astype(np.int8), [0]))))
    rivers = [
        (int(begin), int(end))
        for begin, end in zip(changes[::2], changes[1::2], strict=True)
        if end - begin >= settings.river * letter and begin > 0 and end < len(ink) - 1
    ]
    side = round(letter / 2)
    return (left - side, *(left + begin + _whitest(ink[begin:end]) for begin, end in rivers), right + side)


def _without_gaps_beside_names(rows: list[_Row], borders: tuple[int, ...]) -> tuple[int, ...]:
    """The borders, without those between a column's name and its cells, where these stand beside each other."""
    filled = _filled(rows, borders)
    named, used = filled[0], filled[1:].sum(axis=0) > 1
    kept = [
        border
        for index, border in enumerate(borders[1:-1])
        if not (
            named[index] != used[index] and named[index + 1] != used[index + 1] and named[index] != named[index + 1]
        )
    ]
    return (borders[0], *kept, borders[-1])


def _whitest(ink: NDArray[np.int32]) -> int:
    """The middle of the longest stretch in which the fewest rows have ink."""
    least = np.concatenate(([0], (ink == ink.min()).astype(np.int8), [0]))
    changes = np.flatnonzero(np.diff(least))
    begin, end = max(zip(changes[::2], changes[1::2], strict=True), key=lambda run: run[1] - run[0])
    return int(begin + end) // 2


def _filled(rows: list[_Row], borders: tuple[int, ...]) -> NDArray[np.bool_]:
    """(rows, columns) whether a row has ink in a column."""
    return np.array(
        [
            [any(begin < right and end > left for begin, end in row.runs) for left, right in pairwise(borders)]
            for row in rows
        ]
    )


def _heads(row: _Row, below: _Row, borders: tuple[int, ...], letter: float, settings: AlignedSettings) -> bool:
    """Whether a row right above a table is of its heading: in parts that stand over its columns."""
    if below.baseline - row.baseline > settings.header_gap * letter or len(row.runs) < 2:
        return False
    return all(begin >= borders[0] - letter and end <= borders[-1] + letter for begin, end in row.runs)


def _foots(row: _Row, above: _Row, borders: tuple[int, ...], pitch: float) -> bool:
    """Whether a row right below a table is its sum: a label and a figure, each in a column."""
    if row.baseline - above.baseline > FOOT * pitch or len(row.runs) < 2 or row.runs[-1][1] > borders[-1]:
        return False
    return not any(_crosses(row, border) for border in borders)


FOOT = 1.4
"""In parts of the rows' distance, how far below them a sum may stand."""


def _merged(
    rows: list[_Row], borders: tuple[int, ...], heading: int, letter: float, settings: AlignedSettings
) -> list[_Row]:
    """The rows, with the lines of one heading, and lines that go on with a cell of the row above, made one."""
    pitch = float(np.median([b.baseline - a.baseline for a, b in pairwise(rows[heading:])]))
    merged: list[_Row] = []
    for index, row in enumerate(rows):
        filled = int(_filled([row], borders).sum())
        near = bool(merged) and row.baseline - rows[index - 1].baseline <= settings.header_gap * letter
        of_heading = near and index <= heading and len(merged) == 1 and heading > 0 and index < heading + 1
        closer = near and row.baseline - rows[index - 1].baseline < 0.8 * pitch
        goes_on = near and closer and 2 * filled < len(borders) - 1 and row.runs[0][0] > borders[1]
        if (of_heading and index < heading) or (closer and index <= heading) or goes_on:
            above = merged.pop()
            runs = _joined([*above.runs, *row.runs], 1.0)
            merged.append(_Row(above.baseline, row.baseline, runs))
        else:
            merged.append(row)
    return merged


def _with_cells(rows: list[_Row], borders: tuple[int, ...]) -> Grid:
    """Grid and cells; what crosses a river stands in a cell of several columns."""
    pitch = float(np.median([below.baseline - above.last for above, below in pairwise(rows)]))
    edges = [round(rows[0].baseline - (1 - BELOW) * pitch)]
    edges += [round(above.last + BELOW * (below.baseline - above.last)) for above, below in pairwise(rows)]
    edges.append(round(rows[-1].last + BELOW * pitch))
    columns = len(borders) - 1
    cells = []
    for index, row in enumerate(rows):
        column = 0
        while column < columns:
            span = 1
            while column + span < columns and _crosses(row, borders[column + span]):
                span += 1
            box = BBox(borders[column], edges[index], borders[column + span], edges[index + 1])
            cells.append(GridCell(index, column, 1, span, box))
            column += span
    return Grid(BBox(borders[0], edges[0], borders[-1], edges[-1]), len(rows), columns, tuple(cells), ())


def _crosses(row: _Row, border: int) -> bool:
    return any(begin < border < end for begin, end in row.runs)
