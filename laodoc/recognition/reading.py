"""What was read on one page: picklable, no pixels needed after it."""

from dataclasses import dataclass

from laodoc.document import BBox, Checkbox, Code, MarkKind, Region, Script, TextLayer
from laodoc.imaging.page import Remark


@dataclass(frozen=True, slots=True)
class Guess:
    """Another text that the same ink may say; `confidence` in 0..1."""

    text: str
    confidence: float


Guesses = tuple[tuple[str, float], ...]
"""Texts of one piece of a line with their log-probabilities, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Character:
    """How sure one character of a text is (0..1), and its middle from 0 (left) to 1 (right end of the line image)."""

    confidence: float
    place: float


@dataclass(frozen=True, slots=True)
class Reading:
    """One line of text as a recognizer read it, best first.

    `alternatives` are the next best texts in falling confidence; `""` with confidence 0 stands for ink that no engine
    could read. `characters` has one entry for each character of `text`, or is empty where the engine does not know.
    `pieces` are what the parts of the line may say, `log_rest` the log-probability of nothing between them: from them
    `laodoc.recognition.decoding.decode` reads the line under a constraint.
    """

    text: str
    confidence: float
    alternatives: tuple[Guess, ...] = ()
    characters: tuple[Character, ...] = ()
    pieces: tuple[Guesses, ...] = ()
    log_rest: float = 0.0


@dataclass(frozen=True, slots=True)
class LineReading:
    """A text line and its place. `region` is the index of the page's region in which it stands (a stamp), or None.

    `places` has the middle of each character of the text in pixels from the page's left, or is empty; `angle` is by how
    many degrees the line rises (counter-clockwise), as those of a turned stamp do.
    """

    reading: Reading
    bbox: BBox
    script: Script = "print"
    region: int | None = None
    places: tuple[int, ...] = ()
    angle: float = 0.0


@dataclass(frozen=True, slots=True)
class MarkReading:
    """What a cell would say if it were in a mark column; `kind` is None where it is in doubt."""

    kind: MarkKind | None
    confidence: float


@dataclass(frozen=True, slots=True)
class BarReading:
    """A filled bar in a cell: the shares of green and red, or None for both where the scan has no colour.

    What fills its cell in one colour is `plain`: a whole bar where its column has bars, a shaded cell elsewhere.
    """

    green: float | None
    red: float | None
    plain: bool = False


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
    (see `laodoc.document.Page`). `notes` are lines by pen that belong to no print: figures, and writing with no text.
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
    remarks: tuple[Remark, ...] = ()
    notes: tuple[LineReading, ...] = ()
