"""Where the words of the samples are printed: the samples are made again, and every word leaves its number in a second
sheet, which is laid askew, bent, turned or photographed like the first."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from pythainlp.tokenize import word_tokenize

from laodoc.export.glyphs import MARKS
from laodoc.thai.diacritics import normalise
from samples.generator import degrade, photo, scans
from samples.generator.sheet import BREAK, PRINT_DPI, Sheet, font, px

INK = 100
"""Of 255: pixels of a letter's soft edge that are lighter are not taken for it."""

OUTSIDE = 0.01
"""Part of 255 from which a pixel shows what lies around the sheet."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """A word and the box of its ink in pixels of the scan: left, top, right, bottom. `run` numbers what stands between
    two spaces, of which Thai may have several words; `line` what was printed at once."""

    text: str
    run: int
    line: int
    box: Box


@dataclass(slots=True)
class Numbered:
    """The words of one sheet, and for each pixel the number (from 1) of the word whose ink it is."""

    words: list[tuple[str, int, int]]
    pixels: NDArray[np.int32]


def printed_words(name: str) -> list[tuple[list[PrintedWord], tuple[int, int]]]:
    """The words on each page of a sample, in pixels of the scan as it lies in the file (a photo: as it is shown), and
    its width and height."""
    seen: list[tuple[Numbered, NDArray[np.float32]]] = []
    with numbering() as sheets, _watching(sheets, seen):
        {make.__name__: make for make in scans.SAMPLES}[name]()
    rotation = 90 if name == "turned_two_level" else 0
    turned = [(numbered, np.rot90(where, rotation // 90)) for numbered, where in seen]
    return [(list(_boxes(numbered, where)), (where.shape[1], where.shape[0])) for numbered, where in turned]


@contextmanager
def numbering() -> Iterator[dict[int, Numbered]]:
    """While it lasts, every word that a sheet prints is numbered; by the identity of the sheet's picture."""
    sheets: dict[int, Numbered] = {}
    kept: list[Any] = []
    write = Sheet.write

    def numbered_write(sheet: Sheet, x: float, baseline: float, text: str, **how: Any) -> float:
        if id(sheet.image) not in sheets:
            kept.append(sheet.image)
            sheets[id(sheet.image)] = Numbered([], np.zeros(sheet.image.size[::-1], np.int32))
        face = font(sheet.face, how.get("weight", "Regular"), how.get("size", 11.0))
        _number(sheets[id(sheet.image)], (px(x), px(baseline)), text.replace(BREAK, ""), face, how.get("align", "l"))
        return write(sheet, x, baseline, text, **how)

    Sheet.write = numbered_write  # type: ignore[method-assign, assignment]
    try:
        yield sheets
    finally:
        Sheet.write = write  # type: ignore[method-assign]


def _number(numbered: Numbered, at: tuple[int, int], text: str, face: Any, align: str) -> None:
    """Print each word's number where its ink goes."""
    whole = face.getlength(text, language="th")
    start = at[0] - whole * {"l": 0.0, "m": 0.5, "r": 1.0}[align]
    run, line = (number + 1 for number in (numbered.words[-1][1:] if numbered.words else (0, 0)))
    done = ""
    for piece in _pieces(text):
        if piece.strip():
            numbered.words.append((normalise(piece), run, line))
            canvas = Image.new("L", numbered.pixels.shape[::-1], 0)
            place = (start + face.getlength(done, language="th"), at[1])
            ImageDraw.Draw(canvas).text(place, piece, 255, face, anchor="ls", language="th")
            box = canvas.getbbox()
            if box:
                part = np.s_[box[1] : box[3], box[0] : box[2]]
                numbered.pixels[part][np.asarray(canvas)[part] > INK] = len(numbered.words)
        else:
            run += 1
        done += piece


def _pieces(text: str) -> list[str]:
    """Words and the spaces between them; a mark never begins a word."""
    pieces: list[str] = []
    for piece in word_tokenize(text, engine="newmm", keep_whitespace=True):
        if pieces and (piece[0] in MARKS or piece[0] == "ำ"):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


@contextmanager
def _watching(sheets: dict[int, Numbered], seen: list[tuple[Numbered, NDArray[np.float32]]]) -> Iterator[None]:
    """While it lasts, every sheet that is scanned or photographed is noted, with the place on the sheet that each pixel
    of the scan shows: (height, width, 2), x and y."""
    scan, shoot = scans.degrade, scans.photograph

    def watched_scan(sheet: Image.Image, profile: degrade.Profile, rng: np.random.Generator) -> Any:
        twin = copy.deepcopy(rng)
        skew = float(twin.uniform(-profile.skew, profile.skew))
        where = degrade._lay_askew(_coordinates(sheet), skew, profile.bend * PRINT_DPI / 25.4, twin)
        scale = profile.dpi / PRINT_DPI
        if scale != 1:
            where = cv2.resize(where, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        seen.append((sheets[id(sheet)], where))
        return scan(sheet, profile, rng)

    def watched_photo(sheet: Image.Image, rng: np.random.Generator) -> Image.Image:
        twin = copy.deepcopy(rng)
        jitter = twin.uniform(-photo.JITTER, photo.JITTER, (4, 2)).astype(np.float32)
        target = ((np.array(photo.CORNERS, np.float32) + jitter) * (photo.WIDTH, photo.HEIGHT)).astype(np.float32)
        width, height = sheet.size
        origin = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
        lens = cv2.getPerspectiveTransform(origin, target)
        where = cv2.warpPerspective(_coordinates(sheet), lens, (photo.WIDTH, photo.HEIGHT), borderValue=(0, 0, 255))
        seen.append((sheets[id(sheet)], where))
        return shoot(sheet, rng)

    scans.degrade, scans.photograph = watched_scan, watched_photo
    try:
        yield
    finally:
        scans.degrade, scans.photograph = scan, shoot


def _coordinates(sheet: Image.Image) -> NDArray[np.float32]:
    """The picture in which every pixel shows its own place, smooth, so that blending it is exact; the third channel is
    0, and something else where the surroundings of the sheet are blended in."""
    x, y = np.meshgrid(np.arange(sheet.width, dtype=np.float32), np.arange(sheet.height, dtype=np.float32))
    return np.dstack([x, y, np.zeros_like(x)])


def _boxes(numbered: Numbered, where: NDArray[np.float32]) -> Iterator[PrintedWord]:
    height, width = numbered.pixels.shape
    x = np.clip(np.rint(where[..., 0]), 0, width - 1).astype(int)
    y = np.clip(np.rint(where[..., 1]), 0, height - 1).astype(int)
    numbers = np.where(where[..., 2] < OUTSIDE, numbered.pixels[y, x], 0)
    rows, columns = np.nonzero(numbers)
    found = numbers[rows, columns]
    count = len(numbered.words) + 1
    left, top = np.full(count, 1 << 30), np.full(count, 1 << 30)
    right, bottom = np.full(count, -1), np.full(count, -1)
    np.minimum.at(left, found, columns)
    np.minimum.at(top, found, rows)
    np.maximum.at(right, found, columns)
    np.maximum.at(bottom, found, rows)
    for number, (text, run, line) in enumerate(numbered.words, start=1):
        if right[number] >= 0:
            box = (left[number], top[number], right[number] + 1, bottom[number] + 1)
            yield PrintedWord(text, run, line, (float(box[0]), float(box[1]), float(box[2]), float(box[3])))
