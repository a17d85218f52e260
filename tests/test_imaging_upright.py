"""Pages become upright, straight, evenly lit and of the normal resolution, and know where they came from."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image as Pillow
from scanned_pages import askew, letter, photographed, ruled, source_page

from laodoc.imaging.affine import Turn, after, apply, fitted, inverse, opencv_matrix, rotating, turning
from laodoc.imaging.cleanup import even_light
from laodoc.imaging.deskew import skew_angle
from laodoc.imaging.ink import components, find_ink
from laodoc.imaging.orientation import lying_rows, read_letters, rotation
from laodoc.imaging.page import Image, UnreadablePage, Word
from laodoc.imaging.photo import find_sheet, rectify, true_proportion
from laodoc.imaging.resample import moved, quarter_turned
from laodoc.imaging.sheet import find_fold, read_sheet, split_at
from laodoc.imaging.source import open_source
from laodoc.imaging.upright import upright
from laodoc.recognition.tesseract import TesseractEngine

DPI = 150
LETTER = letter(DPI)
TABLE = ruled(DPI)
ENGINE = TesseractEngine()


def read(lines: Sequence[Image]) -> list[tuple[str, float]]:
    """Tesseract as imaging wants it."""
    return [(reading.text, reading.confidence) for reading in ENGINE.read(lines)]


def read_nothing(lines: Sequence[Image]) -> list[tuple[str, float]]:
    return [("", 0.0)] * len(lines)


def speckled(page: Image) -> Image:
    """A bilevel copy of the page with specks, as a fax gives."""
    noise = np.random.default_rng(3).random(page.shape)
    fax = np.where(page < 128, 0, 255).astype(np.uint8)
    fax[noise < 0.003] = 0
    fax[noise > 0.997] = 255
    return fax


def shaded(page: Image) -> Image:
    """A faded copy with a shadow over one side."""
    light = np.linspace(110, 235, page.shape[1])[None, :]
    grain = np.random.default_rng(4).normal(0, 3, page.shape)
    return np.clip(light * (0.45 + 0.55 * (page / 255)) + grain, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("degrees", [-6.0, -4.1, -1.7, -0.3, 0.0, 0.1, 0.6, 2.3, 4.8])
@pytest.mark.parametrize(
    "page", [LETTER, TABLE, speckled(LETTER), shaded(TABLE)], ids=["text", "table", "fax", "faded"]
)
def test_skew_is_measured_to_a_tenth_of_a_degree(page: Image, degrees: float) -> None:
    """The angle that a page was turned by is found, on text and tables, specks and shadows."""
    assert skew_angle(askew(page, degrees), DPI) == pytest.approx(degrees, abs=0.1)


def test_pages_without_lines_have_no_skew() -> None:
    """Blank pages, noise, and a scanner's slanting dark edge say nothing about the angle of the print."""
    blank = np.full((1200, 900), 250, np.uint8)
    edge = blank.copy()
    cv2.fillPoly(edge, [np.array([(0, 0), (900, 0), (900, 60), (0, 20)])], 0)
    noise = np.random.default_rng(1).integers(0, 255, (900, 900)).astype(np.uint8)
    for page in (blank, edge, noise, np.zeros((1, 1), np.uint8)):
        assert skew_angle(page, DPI) == 0.0


@pytest.mark.parametrize("page", [LETTER, TABLE], ids=["text", "table"])
def test_lying_and_standing_rows_are_told_by_geometry(page: Image) -> None:
    """Rows that lie give a positive lead, rows that stand a negative one, ruled tables too, up to 5° askew."""
    for turn in (0, 90, 180, 270):
        for degrees in (-5.0, 0.0, 5.0):
            ink = find_ink(quarter_turned(askew(page, degrees), turn), DPI)
            lead = lying_rows(ink, components(ink.mask))
            assert lead is not None
            assert lead * (1 if turn in (0, 180) else -1) > 0.2


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_page_comes_upright(turn: Turn) -> None:
    """A page turned by quarters and 3° askew is turned back as its own text says."""
    page = upright(source_page(quarter_turned(askew(LETTER, 3.0), turn), DPI), read)
    assert (page.rotation + turn) % 360 == 0
    assert page.skew == pytest.approx(3.0, abs=0.1)
    assert abs(skew_angle(page.grey, page.dpi)) < 0.1


def test_overturned_table_comes_upright() -> None:
    """A page of nothing but a table, upside down and in colour, is turned as the text in its cells says."""
    assert rotation(cv2.cvtColor(quarter_turned(TABLE, 180), cv2.COLOR_GRAY2RGB), DPI, read) == 180


def test_doubtful_rows_are_read_all_four_ways() -> None:
    """Letters that stand as far apart in their rows as in their columns are read all four ways round."""
    page = np.full((1700, 1200), 255, np.uint8)
    for row in range(12):
        for column in range(8):
            cv2.rectangle(page, (100 + 120 * column, 100 + 120 * row), (125 + 120 * column, 125 + 120 * row), 0, 4)
    asked: list[int] = []

    def note(lines: Sequence[Image]) -> list[tuple[str, float]]:
        asked.append(len(lines))
        return read_nothing(lines)

    assert rotation(page, DPI, note) in (0, 90)
    assert rotation(LETTER, DPI, note) == 0


def test_only_a_page_with_colour_keeps_its_channels() -> None:
    """A colour scan of black print becomes grey; a blue stamp on it stays blue."""
    page = np.full((1754, 1240, 3), 240, np.uint8)
    cv2.rectangle(page, (200, 200), (900, 230), (30, 30, 30), -1)
    assert upright(source_page(page), read_nothing).image.ndim == 2
    cv2.rectangle(page, (700, 900), (1000, 1000), (40, 60, 200), 5)
    assert upright(source_page(page), read_nothing).image.ndim == 3


def test_blank_page_stays_as_it_is_and_is_not_read() -> None:
    """An empty page is not turned, and no reading is asked for."""
    page = upright(source_page(np.full((1754, 1240), 240, np.uint8)), lambda _: pytest.fail("asked to read"))
    assert (page.rotation, page.skew) == (0, 0.0)
    assert int(page.grey.min()) > 245


def test_no_strips_are_not_read() -> None:
    """Where no sample was found, nothing is read and neither way is better."""
    assert read_letters([], lambda _: pytest.fail("asked to read")) == (0, 0)


@pytest.mark.parametrize("shape", [(1, 1), (1, 1, 3), (3, 400), (40, 40, 3)])
def test_tiny_pages_do_not_crash(shape: tuple[int, ...]) -> None:
    """Pages of a few pixels come through."""
    for shade in (0, 255):
        page = upright(source_page(np.full(shape, shade, np.uint8)), read_nothing)
        assert page.grey.shape == page.image.shape[:2]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_known_point_maps_back(turn: Turn) -> None:
    """A dot on the page is found in the upright page where `to_source` says, within a pixel of the source."""
    page = LETTER.copy()
    x, y = 1100.0, 1500.0
    cv2.circle(page, (int(x), int(y)), 8, 0, -1)
    original = quarter_turned(askew(page, 2.0), turn)
    there, *size = fitted(rotating(2.0), float(page.shape[1]), float(page.shape[0]))
    in_source = apply(after(turning(turn, round(size[0]), round(size[1])), there), x + 0.5, y + 0.5)
    result = upright(source_page(original, DPI), read)
    to_upright = inverse(result.to_source)
    u, v = apply(to_upright, in_source[0] * 72 / DPI, in_source[1] * 72 / DPI)
    near = result.grey[int(v) - 30 : int(v) + 30, int(u) - 30 : int(u) + 30]
    rows, columns = np.nonzero(near < 128)
    scale = 300 / DPI
    assert int(u) - 30 + columns.mean() + 0.5 == pytest.approx(u, abs=scale)
    assert int(v) - 30 + rows.mean() + 0.5 == pytest.approx(v, abs=scale)


def test_page_at_the_normal_resolution_keeps_its_pixels() -> None:
    """A straight page that already has the normal resolution is not resampled."""
    page = upright(source_page(LETTER, DPI), read_nothing, dpi=DPI)
    assert np.array_equal(page.image, LETTER)
    assert apply(page.to_source, 150, 300) == pytest.approx((72, 144))


def test_resolution_becomes_the_normal_one() -> None:
    """The upright page has the physical size of the source at the normal resolution, from finer and coarser scans."""
    for dpi in (100, 600):
        page = upright(source_page(letter(dpi, height_mm=100, lines=3), dpi), read_nothing)
        assert page.image.shape == pytest.approx((1181, 2480), abs=6)
        assert page.source_dpi == dpi


@pytest.mark.parametrize("damage", [shaded, speckled, lambda page: page], ids=["faded", "fax", "clean"])
def test_light_is_evened_out(damage: object) -> None:
    """Ground comes near white and strokes dark over the whole page, whatever light the scan had."""
    assert callable(damage)
    even = even_light(damage(LETTER), DPI)
    ground = cv2.erode((LETTER > 200).astype(np.uint8), np.ones((9, 9))) > 0
    core = LETTER < 60
    for side in (np.s_[:, :600], np.s_[:, 600:]):
        assert float(np.median(even[side][ground[side]])) > 245
        assert float(np.median(even[side][core[side]])) < 90


def test_thin_strokes_survive() -> None:
    """A hairline ruling of one faint pixel stays clearly darker than the ground."""
    page = np.full((1200, 900), 220, np.uint8)
    page[600] = 170
    page[300:340, 100:500] = letter(DPI)[190:230, 150:550]
    even = even_light(page, DPI)
    assert int(even[600].max()) < int(np.median(even)) - 40


def test_white_letters_on_a_dark_band_stay() -> None:
    """A dark heading band keeps its white letters apart from it."""
    page = LETTER.copy()
    page[100:250] = 255 - page[180:330]
    even = even_light(page, DPI)
    band, ink = even[100:250], page[100:250] > 200
    assert float(band[ink].mean()) > float(band[~ink].mean()) + 60


SIZE = (1750, 2100)


def seen_by_camera(*, tilt: float, turn: float, focal: float = 0.65) -> list[tuple[float, float]]:
    """The corners of an A4 sheet, clockwise, as a camera of this focal length (in diagonals) sees it at an angle."""
    length = focal * float(np.hypot(*SIZE))
    about_x, _ = cv2.Rodrigues(np.array((np.radians(tilt), 0.0, 0.0)))
    about_y, _ = cv2.Rodrigues(np.array((0.0, np.radians(turn), 0.0)))
    corners = []
    for x, y in ((-105, -148.5), (105, -148.5), (105, 148.5), (-105, 148.5)):
        place = about_x @ about_y @ np.array((x, y, 0.0)) + (0.0, 0.0, 330.0)
        corners.append((SIZE[0] / 2 + length * place[0] / place[2], SIZE[1] / 2 + length * place[1] / place[2]))
    return corners


@pytest.mark.parametrize(("tilt", "turn"), [(0.0, 0.0), (25.0, 0.0), (18.0, 12.0), (-20.0, 6.0)])
def test_photo_is_flattened(tilt: float, turn: float) -> None:
    """A photo of a sheet on wood gives the sheet alone, of its true proportions, white and straight."""
    corners = seen_by_camera(tilt=tilt, turn=turn)
    photo = photographed(LETTER, corners, SIZE)
    found = find_sheet(photo)
    assert found is not None
    assert np.abs(found - np.array(corners)).max() < 6
    page = rectify(source_page(photo, 72))
    height, width = page.image.shape[:2]
    assert height / width == pytest.approx(297 / 210, rel=0.01)
    assert float(np.median(page.image[:50])) > 240
    assert abs(skew_angle(page.image[:, :, 1], page.source_dpi)) < 0.2
    middle = apply(page.to_source, width / 2, height / 2)
    assert middle == pytest.approx(np.mean(corners, axis=0), abs=60)


def test_hand_shadow_over_a_photo_is_taken_out() -> None:
    """A photo with the shadow of a hand over half of the sheet and the wood is found, and white all over."""
    photo = photographed(LETTER, seen_by_camera(tilt=15, turn=5), SIZE)
    light = np.ones(photo.shape[:2], np.float32)
    cv2.ellipse(light, (1200, 1400), (500, 700), 30, 0, 360, 0.55, -1)
    light = cv2.GaussianBlur(light, (0, 0), 25)
    page = rectify(source_page((photo * light[:, :, None]).astype(np.uint8), 200))
    assert page.image.shape[0] / page.image.shape[1] == pytest.approx(297 / 210, rel=0.02)
    assert float(np.percentile(page.image[-200:], 5)) > 225


def test_grey_photo_is_flattened() -> None:
    """A photo without colour is flattened by its brightness alone."""
    photo = cv2.cvtColor(photographed(LETTER, seen_by_camera(tilt=15, turn=5), SIZE), cv2.COLOR_RGB2GRAY)
    assert rectify(source_page(photo)).image.shape != photo.shape


@pytest.mark.parametrize(
    "page", [LETTER, TABLE, shaded(LETTER), speckled(TABLE)], ids=["text", "table", "faded", "fax"]
)
def test_scans_are_no_photos(page: Image) -> None:
    """A scan, shaded, ruled or speckled, is left as it is."""
    assert find_sheet(page) is None
    assert find_sheet(cv2.cvtColor(page, cv2.COLOR_GRAY2RGB)) is None


def test_round_thing_on_a_dark_ground_is_no_sheet() -> None:
    """A bright disc is not taken for a sheet, nor is a small slip."""
    page = np.full((1000, 1000), 40, np.uint8)
    slip = page.copy()
    cv2.circle(page, (500, 500), 400, 240, -1)
    slip[450:550, 450:600] = 240
    assert find_sheet(page) is None
    assert find_sheet(slip) is None


def test_proportion_without_perspective_is_that_of_the_sides() -> None:
    """A sheet seen straight on has the proportions that it shows."""
    corners = np.array([(-10.0, -20.0), (10.0, -20.0), (10.0, 20.0), (-10.0, 20.0)])
    assert true_proportion(corners, 100.0) == pytest.approx(0.5)


def spread_of(left: Image, right: Image) -> Image:
    return np.hstack([left, right])


def test_two_letters_on_a_sheet_are_two_pages() -> None:
    """Two portrait pages side by side are split in the bare stripe between them, and know where they lay."""
    sheet = source_page(spread_of(LETTER, LETTER), DPI)
    fold = find_fold(sheet.image, DPI)
    gutter = fold and fold.at
    assert gutter is not None
    assert abs(gutter - LETTER.shape[1]) < 0.06 * 2 * LETTER.shape[1]
    left, right = split_at(sheet, gutter)
    assert left.image.shape[1] + right.image.shape[1] == sheet.image.shape[1]
    assert apply(right.to_source, 0, 0) == pytest.approx((gutter * 72 / DPI, 0))


def test_sheet_of_a_file_gives_its_pages(tmp_path: Path) -> None:
    """A portrait sheet is one page, a spread two with the same number, a broken one an unreadable page."""
    frames = [Pillow.fromarray(image) for image in (LETTER, spread_of(LETTER, LETTER))]
    frames[0].save(tmp_path / "sheets.tif", save_all=True, append_images=frames[1:], dpi=(DPI, DPI))
    source = open_source(tmp_path / "sheets.tif")
    assert [len(read_sheet(source, number)) for number in (1, 2)] == [1, 2]
    assert [page.source_page for page in read_sheet(source, 2)] == [2, 2]
    assert isinstance(read_sheet(source, 9)[0], UnreadablePage)


def test_words_go_with_their_half() -> None:
    """Words of a split sheet stay with the page on which they stand."""
    words = (Word("left", 10.0, 10.0, 50.0, 20.0), Word("right", 700.0, 10.0, 750.0, 20.0))
    left, right = split_at(replace(source_page(spread_of(LETTER, LETTER), DPI), words=words), LETTER.shape[1])
    assert [word.text for word in left.words] == ["left"]
    assert [word.text for word in right.words] == ["right"]


def test_landscape_sheets_of_one_page_stay_whole() -> None:
    """A landscape table, a landscape letter, a blank sheet and a portrait page are never split."""
    for sheet in (
        spread_of(TABLE, TABLE),
        cv2.resize(TABLE, (1754, 1240)),
        letter(DPI, width_mm=297, height_mm=210, lines=12),
        np.full((1240, 1754), 255, np.uint8),
        LETTER,
    ):
        assert find_fold(sheet, DPI) is None


def test_affine_maps_agree_with_opencv() -> None:
    """Boxes and pixels move together: a quarter's turn by the map is the quarter's turn of the pixels."""
    page = np.arange(12, dtype=np.uint8).reshape(3, 4)
    for turn, size in ((90, (3, 4)), (180, (4, 3)), (270, (3, 4))):
        map_ = turning(turn, 4, 3)
        assert np.array_equal(cv2.warpAffine(page, opencv_matrix(map_), size), quarter_turned(page, turn))
        assert apply(inverse(map_), *apply(map_, 1.5, 2.5)) == pytest.approx((1.5, 2.5))
    assert moved(page, turning(0, 4, 3), 4, 3) is not None
