"""Dots that are not square, negatives, dark bands and thumbnails: pages come out as they look on paper."""

from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pytest
from PIL import Image as Pillow
from PIL import ImageDraw
from scanned_pages import font, letter

from laodoc.export.scans import picture_pdf
from laodoc.imaging.faxes import FAX_WIDTHS, resolutions
from laodoc.imaging.grounds import positive, without_dark_bands
from laodoc.imaging.page import Image, SourcePage
from laodoc.imaging.picture import count_pages, read_picture
from laodoc.imaging.source import open_source

A4_WIDE, A4_HIGH = 215.0, 297.0
LINES = {"standard": 98, "fine": 196, "superfine": 391}


def fax(lines: int, width: int = 1728) -> Image:
    """A letter as a fax machine sends it: `width` dots across, so many lines an inch, black and white."""
    page = letter(204, width_mm=A4_WIDE, height_mm=A4_HIGH, lines=16)
    sized = cv2.resize(page, (width, round(A4_HIGH / 25.4 * lines)), interpolation=cv2.INTER_AREA)
    return np.where(sized < 150, 0, 255).astype(np.uint8)


def save(image: Image, path: Path, **keys: object) -> Path:
    Pillow.fromarray(np.where(image > 127, 255, 0).astype(np.uint8)).convert("1").save(path, **keys)
    return path


def read(path: Path, number: int = 1) -> SourcePage:
    page = read_picture(path, number)
    assert isinstance(page, SourcePage)
    return page


def proportion(page: SourcePage) -> float:
    return page.image.shape[0] / page.image.shape[1]


@pytest.mark.parametrize("lines", LINES.values(), ids=LINES)
@pytest.mark.parametrize("stated", [True, False], ids=["stated", "not stated"])
@pytest.mark.parametrize("suffix", ["tif", "png"])
def test_faxes_have_the_shape_of_paper(tmp_path: Path, lines: int, stated: bool, suffix: str) -> None:
    """Whether the file says its two resolutions or not, the page is A4 and stands upright."""
    keys = {"dpi": (204, lines)} if stated else {}
    page = read(save(fax(lines), tmp_path / f"fax.{suffix}", **keys))
    assert proportion(page) == pytest.approx(A4_HIGH / A4_WIDE, rel=0.03)
    assert page.image.shape[1] / page.source_dpi * 25.4 == pytest.approx(A4_WIDE, rel=0.03)
    assert page.image.shape[0] * page.to_source[4] / 72 * 25.4 == pytest.approx(A4_HIGH, rel=0.03)


@pytest.mark.parametrize("lines", [98, 391])
def test_a_fax_that_calls_its_dots_square_is_not_believed(tmp_path: Path, lines: int) -> None:
    """Programs that save what they have received often write one resolution for both ways."""
    page = read(save(fax(lines), tmp_path / "fax.tif", dpi=(200, 200)))
    assert proportion(page) == pytest.approx(A4_HIGH / A4_WIDE, rel=0.05)


def test_square_dots_stay(tmp_path: Path) -> None:
    """Other widths, and faxes of nearly square dots, are not touched where the file says that they are square."""
    plain = letter(200, lines=16)
    assert np.array_equal(read(save(plain, tmp_path / "a.tif", dpi=(200, 200))).image, np.where(plain > 127, 255, 0))
    assert plain.shape[1] not in FAX_WIDTHS
    fine = read(save(fax(196), tmp_path / "b.tif", dpi=(200, 200)))
    assert fine.image.shape[1] == 1728
    assert resolutions(np.full((1143, 1728), 255, np.uint8), (0.0, 0.0), bilevel=True) is None


def test_a_picture_turned_by_exif_turns_its_resolutions(tmp_path: Path) -> None:
    """Across and down are those of the picture as it lies in the file."""
    exif = Pillow.Exif()
    exif[0x0112] = 6
    lying = np.ascontiguousarray(np.rot90(fax(98)))
    Pillow.fromarray(lying).save(tmp_path / "a.png", dpi=(98, 204), exif=exif)
    assert proportion(read(tmp_path / "a.png")) == pytest.approx(A4_HIGH / A4_WIDE, rel=0.03)


LETTER = letter(150, lines=16)


@pytest.mark.parametrize("ground", [0, 30, 70])
@pytest.mark.parametrize("border", [0, 20])
def test_negatives_are_turned_over(ground: int, border: int) -> None:
    """Black, dark grey and with the white edge that copiers leave."""
    negative = np.maximum(255 - LETTER, ground).astype(np.uint8)
    if border:
        negative[:border] = negative[:, :border] = negative[-border:] = negative[:, -border:] = 255
    turned = positive(negative, 150.0)
    inner = slice(border, -border or None)
    agree = (turned[inner, inner] < 128) == (LETTER[inner, inner] < 128)
    assert agree.mean() > 0.995


def test_what_is_dark_but_no_negative_stays() -> None:
    """Ordinary pages, a page that was scanned black, a sheet photographed on a dark desk."""
    desk = np.full((2400, 1800), 40, np.uint8)
    desk[400:2000, 300:1500] = cv2.resize(LETTER, (1200, 1600), interpolation=cv2.INTER_AREA)
    for page in (LETTER, np.zeros_like(LETTER), np.full_like(LETTER, 255), desk):
        assert positive(page, 150.0) is page


def heading(ground: int, ink: int, *, rules: int | None, text: str = "องค์กรปกครองส่วนท้องถิ่น") -> Image:
    """A table at 200 dpi whose heading has letters of level `ink` on `ground`, its columns ruled in `rules` there."""
    page = Pillow.new("L", (1654, 800), 255)
    pen = ImageDraw.Draw(page)
    pen.rectangle((150, 100, 1500, 170), fill=ground)
    for row in range(6):
        pen.line((150, 100 + 70 * row, 1500, 100 + 70 * row), fill=0, width=3)
    for column in (150, 250, 900, 1200, 1500):
        pen.line((column, 100, column, 450), fill=0, width=3)
        if rules is not None:
            pen.line((column, 104, column, 168), fill=rules, width=3)
    for left, word in ((170, "ที่"), (300, text), (930, "แล้ว"), (1230, "ยังไม่")):
        pen.text((left, 110), word, fill=ink, font=font(34))
        pen.text((left, 180), word, fill=0, font=font(34))
    return np.asarray(page)


@pytest.mark.parametrize("ground", [0, 40, 90, 130])
@pytest.mark.parametrize("rules", [None, 0, 255], ids=["rules lost", "rules black", "rules white"])
def test_light_letters_in_a_dark_heading_become_dark(ground: int, rules: int | None) -> None:
    """They look like the same words below; the rulings go through, the frame stays, the rest is untouched."""
    page = heading(ground, 255, rules=ground if rules is None else rules)
    turned = without_dark_bands(page, 200.0)
    above, below = turned[112:160, 310:880], page[182:230, 310:880]
    assert ((above < 128) == (below < 128)).mean() > 0.93
    for column in (250, 900, 1200):
        assert (turned[112:160, column - 3 : column + 4].min(axis=1) < 140).mean() > 0.9
    assert (turned[98:110, 160:1490].min(axis=0) < 160).all()
    assert np.array_equal(turned[172:], page[172:])


def test_dark_letters_on_a_shade_stay() -> None:
    """Shaded headings, filled bars, a code of dark squares, and pages without any."""
    code = np.full((600, 600), 255, np.uint8)
    pattern = np.random.default_rng(1).integers(0, 2, (25, 25), dtype=np.uint8) * 255
    code[100:500, 100:500] = cv2.resize(pattern, (400, 400), interpolation=cv2.INTER_NEAREST)
    bars = np.full((800, 1654), 255, np.uint8)
    for row in range(8):
        bars[80 * row + 10 : 80 * row + 65, 200:900] = 100
    for page in (heading(200, 0, rules=0), heading(150, 0, rules=0), heading(255, 0, rules=0), code, bars, LETTER):
        assert without_dark_bands(page, 200.0) is page


def _tiff(path: Path, *frames: tuple[Image, dict[int, int]]) -> Path:
    """A TIFF of these pictures, each with its tags."""
    pictures = []
    for image, tags in frames:
        picture = Pillow.fromarray(image)
        picture.encoderinfo = {"tiffinfo": tags}
        pictures.append(picture)
    pictures[0].save(path, save_all=True, append_images=pictures[1:], tiffinfo=frames[0][1], dpi=(150, 150))
    return path


SMALL = cv2.resize(LETTER, None, fx=0.15, fy=0.15, interpolation=cv2.INTER_AREA)
OTHER = letter(150, lines=9)


@pytest.mark.parametrize("tags", [{254: 1}, {255: 2}, {254: 4}, {}], ids=["new", "old", "mask", "by its size"])
def test_reduced_images_are_no_pages(tmp_path: Path, tags: dict[int, int]) -> None:
    """Neither when pages are counted, nor read, nor laid into a PDF."""
    path = _tiff(tmp_path / "a.tif", (LETTER, {254: 2}), (SMALL, tags), (OTHER, {254: 2}), (SMALL, tags))
    assert count_pages(path, "a.tif") == 2
    assert np.array_equal(read(path, 1).image, LETTER)
    assert np.array_equal(read(path, 2).image, OTHER)
    with pikepdf.open(BytesIO(picture_pdf(open_source(path)))) as pdf:
        sizes = [int(next(iter(page.Resources.XObject.values())).Height) for page in pdf.pages]
    assert sizes == [LETTER.shape[0], OTHER.shape[0]]


def test_small_pages_are_pages(tmp_path: Path) -> None:
    """A small picture of another shape, and one of a file that has no larger one."""
    assert count_pages(_tiff(tmp_path / "a.tif", (LETTER, {}), (SMALL[:90], {})), "a.tif") == 2
    assert count_pages(_tiff(tmp_path / "b.tif", (SMALL, {254: 1}), (SMALL, {254: 1})), "b.tif") == 2
