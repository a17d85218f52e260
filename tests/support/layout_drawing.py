"""Pages drawn for the tests of layout: lines of text whose ink boxes are known."""

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from laodoc.document import BBox
from laodoc.imaging.page import UprightPage

DPI = 300
WIDTH, HEIGHT = 1800, 1400

BODY = (
    "ตามหนังสือที่อ้างถึงได้แจ้งให้ปฏิบัติตามผู้รู้ทั้งปวง",
    "ญาติผู้ใหญ่ฏีกาฐู่ปี่ฟ้าป้ำน้ำซึ้งถือปฏิบัติต่อไป",
    "จึงเรียนมาเพื่อทราบและพิจารณาดำเนินการ ๑๒๓",
)


@cache
def font(points: float, weight: str = "Regular", dpi: int = DPI) -> ImageFont.FreeTypeFont:
    """Sarabun; its letters are a third larger than those of TH Sarabun New at the same size."""
    spec = find_spec("fontpkg_sarabun")
    assert spec is not None and spec.submodule_search_locations
    folder = Path(next(iter(spec.submodule_search_locations))) / "files"
    return ImageFont.truetype(str(folder / f"Sarabun-{weight}.ttf"), round(points * dpi / 72))


@dataclass
class Sheet:
    """A page on which one draws; `write` says where the ink went."""

    image: Image.Image

    @classmethod
    def blank(cls, width: int = WIDTH, height: int = HEIGHT) -> "Sheet":
        return cls(Image.new("RGB", (width, height), "white"))

    def write(
        self, x: int, y: int, text: str, points: float = 12, colour: str | tuple[int, int, int] = "black"
    ) -> BBox:
        """Write a line with its baseline at y; returns the box of its ink."""
        layer = Image.new("L", self.image.size, 0)
        ImageDraw.Draw(layer).text((x, y), text, font=font(points), fill=255, anchor="ls")
        self.image.paste(colour, (0, 0), layer)
        return BBox(*(layer.point(lambda value: 255 * (value > 100)).getbbox() or (0, 0, 0, 0)))

    @property
    def draw(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.image)

    def paste_turned(self, other: "Sheet", x: int, y: int, angle: float) -> None:
        turned = other.image.rotate(angle, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC)
        self.image.paste(turned, (x, y))

    @property
    def rgb(self) -> NDArray[np.uint8]:
        return np.array(self.image)

    @property
    def grey(self) -> NDArray[np.uint8]:
        return np.array(self.image.convert("L"))

    def page(self) -> UprightPage:
        return upright(self.rgb, self.grey)


def upright(image: NDArray[np.uint8], grey: NDArray[np.uint8]) -> UprightPage:
    """A page as imaging hands it over."""
    return UprightPage(
        source_page=1,
        image=image,
        grey=grey,
        dpi=DPI,
        source_dpi=DPI,
        rotation=0,
        skew=0.0,
        to_source=(0.24, 0.0, 0.0, 0.0, 0.24, 0.0),
        text_layer="none",
        words=(),
    )


def specks(grey: NDArray[np.uint8], count: int, seed: int = 1) -> NDArray[np.uint8]:
    """The page with dark specks of two pixels."""
    noise = np.random.default_rng(seed)
    spoilt = grey.copy()
    ys, xs = noise.integers(0, grey.shape[0] - 2, count), noise.integers(0, grey.shape[1] - 2, count)
    for y, x in zip(ys, xs, strict=True):
        spoilt[y : y + 2, x : x + 2] = 30
    return spoilt


def covered(inner: BBox, outer: BBox, slack: int = 1) -> bool:
    """Whether a box lies in another, but for `slack` pixels."""
    return (
        inner.left >= outer.left - slack
        and inner.top >= outer.top - slack
        and inner.right <= outer.right + slack
        and inner.bottom <= outer.bottom + slack
    )
