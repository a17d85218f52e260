"""A sheet of paper to print on, measured in millimetres, which remembers what was printed."""

import sys
from functools import lru_cache
from importlib import import_module
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont, features

PRINT_DPI = 300
"""The resolution at which a sheet is printed before it is scanned."""

BODY = 11.0
"""Body size in points of Sarabun, about the height of TH Sarabun at its customary 16 points."""

LINE_MM = 7.2
"""Distance of two baselines of body text."""

Colour = tuple[int, int, int]
BLACK: Colour = (18, 18, 20)
BREAK = "|"
"""Where a line of Thai may be broken; not printed."""

TLWG = Path("/usr/share/fonts/truetype/tlwg")
SAME_HEIGHT = {"Sarabun": 1.0, "Laksaman": 0.98, "Loma": 1.06}
"""Points that print ก as high as one point of Sarabun does."""

REGULAR = "-Regular.ttf"

_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def thai(text: str | int) -> str:
    """The text with Thai digits."""
    return str(text).translate(_THAI_DIGITS)


def require_raqm() -> None:
    """Stop with one line where Pillow cannot shape Thai."""
    if not features.check("raqm"):
        sys.exit("Pillow cannot lay out Thai here: install libfribidi0 (apt-get install libfribidi0)")


def faces() -> tuple[str, ...]:
    """The typefaces that can be used on this machine, Sarabun first."""
    return ("Sarabun", *(name for name in ("Laksaman", "Loma") if (TLWG / f"{name}.ttf").exists()))


@lru_cache(maxsize=64)
def font(face: str, weight: str, points: float) -> ImageFont.FreeTypeFont:
    """A font at print resolution; `weight` is Regular, Bold, Italic or Light (Light only in Sarabun).

    `face` is one of `faces()`, or the path of a font file NAME-Regular.ttf with its other styles beside it; that one is
    set as high as Sarabun.
    """
    require_raqm()
    if face.endswith(REGULAR):
        path = Path(face.removesuffix(REGULAR) + f"-{weight}.ttf")
        size = points * _height("Sarabun") / _height(face) * PRINT_DPI / 72
        return ImageFont.truetype(str(path), round(size), layout_engine=ImageFont.Layout.RAQM)
    if face == "Sarabun":
        path = Path(str(import_module("fontpkg_sarabun").ROOT)) / "files" / f"Sarabun-{weight}.ttf"
    else:
        slanted = "-Oblique" if face == "Loma" else "-Italic"
        style = {"Bold": "-Bold", "Italic": slanted}.get(weight, "")
        path = TLWG / f"{face}{style}.ttf"
    size = points * SAME_HEIGHT[face] * PRINT_DPI / 72
    return ImageFont.truetype(str(path), round(size), layout_engine=ImageFont.Layout.RAQM)


@lru_cache(maxsize=16)
def _height(face: str) -> float:
    """How high ก is in Sarabun, or in the font file `face`, against the font's size."""
    file = face if face.endswith(REGULAR) else str(font(face, "Regular", 10).path)
    return float(-ImageFont.truetype(file, 1000).getbbox("ก", anchor="ls")[1]) / 1000


def px(mm: float) -> int:
    """Millimetres in pixels of the printed sheet."""
    return round(mm * PRINT_DPI / 25.4)


class Sheet:
    """A white sheet. What is printed on it is kept in `lines`, `codes` and `regions`, in the order of printing."""

    def __init__(self, width_mm: float = 210.0, height_mm: float = 297.0, face: str = "Sarabun") -> None:
        self.width_mm, self.height_mm, self.face = width_mm, height_mm, face
        self.image = Image.new("RGB", (px(width_mm), px(height_mm)), "white")
        self.lines: list[str] = []
        self.codes: list[str] = []
        self.regions: list[str] = []

    def record(self, text: str) -> None:
        """Remember a line that was printed, with single blanks."""
        self.lines.append(" ".join(text.replace(BREAK, "").split()))

    def measure(self, text: str, *, size: float = BODY, weight: str = "Regular") -> float:
        """Width of the text in millimetres."""
        return font(self.face, weight, size).getlength(text.replace(BREAK, ""), language="th") * 25.4 / PRINT_DPI

    def write(  # noqa: PLR0913  (one call says where, what and how)
        self,
        x: float,
        baseline: float,
        text: str,
        *,
        size: float = BODY,
        weight: str = "Regular",
        align: str = "l",
        ink: Colour = BLACK,
        record: bool = True,
    ) -> float:
        """Print one line at `x`, `baseline` (align l, m or r of x) and return its width in millimetres."""
        text = text.replace(BREAK, "")
        ImageDraw.Draw(self.image).text(
            (px(x), px(baseline)), text, ink, font(self.face, weight, size), anchor=f"{align}s", language="th"
        )
        if record:
            self.record(text)
        return self.measure(text, size=size, weight=weight)

    def paragraph(
        self, x: float, baseline: float, text: str, *, width: float, indent: float = 0.0, line: float = LINE_MM
    ) -> float:
        """Print text that may break at `BREAK` and at blanks; return the baseline of the line after it."""
        first = True
        for printed in self.broken(text, width, indent):
            self.write(x + (indent if first else 0.0), baseline, printed)
            baseline, first = baseline + line, False
        return baseline

    def broken(self, text: str, width: float, indent: float = 0.0, *, size: float = BODY) -> list[str]:
        """The text in lines no wider than `width` millimetres, the first one shorter by `indent`."""
        lines, current, room = [], "", width - indent
        for piece in text.replace(" ", f" {BREAK}").split(BREAK):
            if current and self.measure((current + piece).rstrip(), size=size) > room:
                lines.append(current.rstrip())
                current, room = "", width
            current += piece
        return [*lines, current.rstrip()]

    def on_leader(self, x: float, baseline: float, label: str, value: str, *, right: float, label_size: float) -> None:
        """A bold label and its value over a dotted leader that runs to `right`; recorded as one line."""
        start = x + self.write(x, baseline, label, size=label_size, weight="Bold", record=False) + 1.0
        dots = ImageDraw.Draw(self.image)
        for step in range(int((right - start) / 0.9)):
            left, top = px(start + step * 0.9), px(baseline + 0.5)
            dots.ellipse((left, top, left + 3, top + 3), fill=(60, 60, 60))
        self.write(start + 2.0, baseline, value, record=False)
        self.record(f"{label} {value}")

    def rule(self, points: tuple[float, float, float, float], *, width: float = 0.25, ink: Colour = BLACK) -> None:
        """A straight line from x1, y1 to x2, y2."""
        ImageDraw.Draw(self.image).line([px(v) for v in points], fill=ink, width=max(1, px(width)))

    def fill(self, box: tuple[float, float, float, float], ink: Colour) -> None:
        """A filled rectangle left, top, right, bottom."""
        left, top, right, bottom = box
        ImageDraw.Draw(self.image).rectangle((px(left), px(top), px(right), px(bottom)), fill=ink)

    def overlay(self, layer: Image.Image, x: float, y: float, *, turn: float = 0.0) -> None:
        """Stamp a layer (white where there is no ink) with its centre at x, y, turned leftwards by `turn` degrees."""
        turned = layer.rotate(turn, Image.Resampling.BICUBIC, expand=True, fillcolor="white")
        left, top = px(x) - turned.width // 2, px(y) - turned.height // 2
        box = (left, top, left + turned.width, top + turned.height)
        self.image.paste(ImageChops.multiply(self.image.crop(box), turned), box)
