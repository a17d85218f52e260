"""What was read on one page: picklable, no pixels needed after it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from laodoc.document import BBox, Checkbox, Code, MarkKind, Region, Script, TextLayer


@dataclass(frozen=True, slots=True)
class Guess:
    """Another text that the same ink may say; `confidence` in 0..1."""

    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Reading:
    """One line of text as a recognizer read it, best first.

    `alternatives` are the next best texts in falling confidence; `""` with confidence 0 stands for ink that no engine
    could read.
    """

    text: str
    confidence: float
    alternatives: tuple[Guess, ...] = ()


def decode(reading: Reading, constraint: Callable[[str], bool]) -> Reading | None:
    """Read it again as something particular: the likeliest text for which `constraint` holds, or None."""
    for guess in (Guess(reading.text, reading.confidence), *reading.alternatives):
        if constraint(guess.text):
            return replace(reading, text=guess.text, confidence=guess.confidence)
    return None


@dataclass(frozen=True, slots=True)
class LineReading:
    """A text line and its place. `region` is the index of the page's region in which it stands (a stamp), or None."""

    reading: Reading
    bbox: BBox
    script: Script = "print"
    region: int | None = None


@dataclass(frozen=True, slots=True)
class MarkReading:
    """What a cell would say if it were in a mark column; `kind` is None where it is in doubt."""

    kind: MarkKind | None
    confidence: float


@dataclass(frozen=True, slots=True)
class BarReading:
    """A filled bar in a cell: the shares of green and red, or None for both where the scan has no colour."""

    green: float | None
    red: float | None


@dataclass(frozen=True, slots=True)
class CellReading:
    """One cell of a grid with its lines from top to bottom, and what its ink looks like as a mark or a bar."""

    row: int
    column: int
    row_span: int
    column_span: int
    bbox: BBox
    lines: tuple[LineReading, ...]
    mark: MarkReading
    bar: BarReading | None = None

    @property
    def text(self) -> str:
        return "\n".join(line.reading.text for line in self.lines if line.reading.text)

    @property
    def confidence(self) -> float:
        return min((line.reading.confidence for line in self.lines), default=1.0)


@dataclass(frozen=True, slots=True)
class GridReading:
    """A ruled table on one page: `rows` × `columns` grid positions, covered by cells without overlap."""

    bbox: BBox
    rows: int
    columns: int
    cells: tuple[CellReading, ...]


@dataclass(frozen=True, slots=True)
class PageReading:
    """All that one upright page says.

    `lines` are the text lines outside grids in reading order (those of stamps carry their region); `number` counts the
    pages of the document, `source_page` those of the file; `to_source` maps upright pixels to points of the source page
    (see `laodoc.document.Page`).
    """

    number: int
    source_page: int
    width: int
    height: int
    dpi: float
    source_dpi: float
    rotation: int
    skew: float
    to_source: tuple[float, float, float, float, float, float]
    text_layer: TextLayer
    lines: tuple[LineReading, ...]
    grids: tuple[GridReading, ...]
    regions: tuple[Region, ...]
    codes: tuple[Code, ...]
    checkboxes: tuple[Checkbox, ...]
