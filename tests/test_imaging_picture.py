"""Picture files of every depth, colour and turn become grey or RGB pixels at a believable resolution."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image as Pillow
from scanned_pages import letter

from laodoc.imaging import paper, picture
from laodoc.imaging.page import SourcePage, UnreadablePage
from laodoc.imaging.paper import sane_dpi
from laodoc.imaging.picture import read_picture


def grey_ramp() -> Pillow.Image:
    return Pillow.fromarray(np.tile(np.arange(256, dtype=np.uint8), (200, 1)))


def read(path: Path, number: int = 1) -> SourcePage:
    page = read_picture(path, number)
    assert isinstance(page, SourcePage)
    return page


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp", "bmp", "tif"])
def test_formats_give_the_same_grey(tmp_path: Path, suffix: str) -> None:
    """Every format gives the picture back as grey, a colourless RGB picture too."""
    path = tmp_path / f"ramp.{suffix}"
    grey_ramp().convert("RGB").save(path)
    image = read(path).image
    assert image.shape == (200, 256)
    assert abs(image.astype(int) - np.arange(256)).max() <= 6


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "CMYK", "I;16", "I", "F"])
def test_modes_keep_black_and_white(tmp_path: Path, mode: str) -> None:
    """Whatever the depth and colour model, black stays black and white stays white."""
    base = np.full((60, 60), 255, np.uint8)
    base[:30] = 0
    path = tmp_path / "half.tif"
    if mode == "I;16":
        Pillow.fromarray(base.astype(np.uint16) * 257).save(path)
    else:
        Pillow.fromarray(base).convert(mode).save(path.with_suffix(".png") if mode in ("P", "LA") else path)
    image = read(path if path.exists() else path.with_suffix(".png")).image
    assert image.shape == (60, 60)
    assert (int(image[10, 10]), int(image[50, 50])) == (0, 255)


def test_clear_parts_lie_on_white(tmp_path: Path) -> None:
    """What is transparent becomes white paper, in alpha pictures and in palettes alike."""
    layer = Pillow.new("RGBA", (20, 20), (0, 0, 0, 0))
    layer.putpixel((5, 5), (0, 0, 0, 255))
    layer.save(tmp_path / "alpha.png")
    image = read(tmp_path / "alpha.png").image
    assert (int(image[5, 5]), int(image[0, 0])) == (0, 255)
    palette = Pillow.new("P", (20, 20), 0)
    palette.putpalette([10, 10, 10, 200, 0, 0])
    palette.save(tmp_path / "palette.png", transparency=0)
    assert int(read(tmp_path / "palette.png").image.min()) == 255


def test_colour_stays_where_there_is_some(tmp_path: Path) -> None:
    """A small red stamp keeps the page in colour."""
    page = cv2.cvtColor(letter(50), cv2.COLOR_GRAY2RGB)
    page[10:30, 10:30] = (200, 30, 30)
    Pillow.fromarray(page).save(tmp_path / "stamp.png")
    image = read(tmp_path / "stamp.png").image
    assert image.ndim == 3
    assert tuple(image[20, 20]) == (200, 30, 30)


def test_exif_turn_is_made(tmp_path: Path) -> None:
    """A photo whose EXIF tag says that it lies on its side comes upright."""
    photo = Pillow.new("L", (60, 40), 255)
    photo.putpixel((0, 0), 0)
    exif = Pillow.Exif()
    exif[0x0112] = 6
    photo.save(tmp_path / "photo.png", exif=exif)
    image = read(tmp_path / "photo.png").image
    assert image.shape == (60, 40)
    assert int(image[0, 39]) == 0


def test_pages_of_a_tiff_are_read_one_by_one(tmp_path: Path) -> None:
    """Sheet n of a TIFF is its n-th frame."""
    frames = [Pillow.new("L", (30, 40), shade) for shade in (0, 100, 200)]
    frames[0].save(tmp_path / "pages.tif", save_all=True, append_images=frames[1:])
    assert [int(read(tmp_path / "pages.tif", n).image[0, 0]) for n in (1, 2, 3)] == [0, 100, 200]


def test_believable_resolution_is_kept_and_nonsense_is_not(tmp_path: Path) -> None:
    """200 dpi of a scanner stays; 72 dpi of a ten-megapixel photo gives way to the size of A4."""
    scan = Pillow.fromarray(letter(200))
    scan.save(tmp_path / "scan.png", dpi=(200, 200))
    assert read(tmp_path / "scan.png").source_dpi == pytest.approx(200, abs=0.1)
    scan.save(tmp_path / "photo.png", dpi=(72, 72))
    assert read(tmp_path / "photo.png").source_dpi == pytest.approx(200, abs=1)
    scan.save(tmp_path / "uneven.png", dpi=(200, 100))
    assert read(tmp_path / "uneven.png").source_dpi == pytest.approx(200, abs=1)


def test_folio_is_told_from_a4_by_its_proportions() -> None:
    """Without a stated resolution a folio page is taken for 330 mm, an A4 page for 297 mm."""
    assert sane_dpi(2550, 3898, None) == pytest.approx(300, abs=1)
    assert sane_dpi(3508, 2480, None) == pytest.approx(300, abs=1)


def test_one_pixel_is_a_page(tmp_path: Path) -> None:
    """A picture of 1 × 1 pixel is read."""
    Pillow.new("L", (1, 1), 0).save(tmp_path / "dot.png")
    assert read(tmp_path / "dot.png").image.shape == (1, 1)


def test_truncated_picture_is_an_unreadable_page(tmp_path: Path) -> None:
    """A picture that breaks off is unreadable, with one line that says so."""
    Pillow.fromarray(letter(100)).save(tmp_path / "whole.jpg")
    (tmp_path / "half.jpg").write_bytes((tmp_path / "whole.jpg").read_bytes()[:5000])
    page = read_picture(tmp_path / "half.jpg", 1)
    assert isinstance(page, UnreadablePage)
    assert "damaged" in page.reason
    assert "\n" not in page.reason


def test_over_250_megapixels_is_refused_before_it_is_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture over 250 megapixels is unreadable and says how large it is; nothing of it is decoded."""
    Pillow.new("1", (16000, 16000)).save(tmp_path / "huge.png")
    monkeypatch.setattr(picture, "to_pixels", lambda _: pytest.fail("decoded"))
    page = read_picture(tmp_path / "huge.png", 1)
    assert isinstance(page, UnreadablePage)
    assert "256 megapixels" in page.reason
    assert paper.too_large(10_000, 20_000) is None
