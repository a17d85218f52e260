"""The file, the recognizer, and what stands where on a page."""

from __future__ import annotations

from typing import Literal

from laodoc.document.base import BBox, Confidence, Field, Model, RegionKind, Script, TextLayer


class Source(Model):
    """The scanned file."""

    name: str
    sha256: str
    bytes: int
    pages: int


class EngineInfo(Model):
    """The recognizer that read the text: its name, version and the digest of its weights."""

    name: str
    version: str
    sha256: str | None


class Line(Model):
    """One line of text, null where a pen wrote words; `places`: the middle of each of its characters, pixels from the
    page's left, where known."""

    text: str | None
    bbox: BBox
    confidence: Confidence
    script: Script
    places: tuple[int, ...] = ()

    @property
    def said(self) -> str:
        """What it says; nothing where a pen wrote words."""
        return self.text or ""


class Code(Model):
    """A bar code or QR code and what it says."""

    kind: str
    value: str
    bbox: BBox


class Checkbox(Model):
    """A tick box outside tables, with the text that it belongs to; `state` is null where it is in doubt.

    `number` is that of its label (`3. …`), `group` the heading over it and its neighbours, where there are any.
    """

    state: Literal["checked", "empty"] | None
    label: str
    group: str | None = None
    number: int | None = None
    bbox: BBox
    confidence: Confidence


class Entry(Model):
    """A label of a form and what stands behind, beside or below it; `value` is null where nothing does."""

    label: Field
    value: Field | None
    script: Script = "print"


class Region(Model):
    """A part of the page that is not running text."""

    kind: RegionKind
    bbox: BBox


class Page(Model):
    """One upright page.

    `rotation` is in clockwise degrees that made it upright, `skew` in degrees, `to_source` an affine map
    (x' = a·x + b·y + c, y' = d·x + e·y + f) from upright pixels to points of the source page. `source_page` is the page
    of the file, which differs from `number` where one sheet carries two pages.
    """

    number: int
    source_page: int
    width: int
    height: int
    dpi: float
    source_dpi: float
    rotation: Literal[0, 90, 180, 270]
    skew: float
    to_source: tuple[float, float, float, float, float, float]
    text_layer: TextLayer
    text: str
    lines: tuple[Line, ...]
    codes: tuple[Code, ...]
    checkboxes: tuple[Checkbox, ...]
    regions: tuple[Region, ...]
    entries: tuple[Entry, ...] = ()
