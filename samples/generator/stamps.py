"""What is stamped and drawn on letters: received stamps, seals, date stamps, an emblem of our own, QR codes."""

import math
from dataclasses import dataclass
from random import Random

import numpy as np
import zxingcpp
from PIL import Image, ImageDraw

from samples.generator import ink, truth
from samples.generator.sheet import Colour, Sheet, font, px

VIOLET: Colour = (86, 60, 150)
STAMP_BLUE: Colour = (40, 60, 165)
STAMP_RED: Colour = (190, 40, 50)
ENTRY_PEN = ink.Pen(ink.BLUE, 0.42, 0.03)


@dataclass(frozen=True)
class ReceivedStamp:
    """A received stamp: printed labels, entries by hand. Each entry is (label, as written)."""

    office: str
    entries: tuple[tuple[str, str], ...]
    colour: Colour = VIOLET
    pen: ink.Pen = ENTRY_PEN


def received_stamp(sheet: Sheet, stamp: ReceivedStamp, x: float, y: float, rng: Random) -> None:
    """Put the stamp with its left top corner at x, y; the entries are written after it was stamped."""
    size, row = 9.0, 6.6
    width = max(58.0, sheet.measure(stamp.office, size=size) + 7)
    height = row * (len(stamp.entries) + 1) + 2
    layer = Image.new("RGB", (px(width), px(height)), "white")
    draw = ImageDraw.Draw(layer)
    draw.rectangle((3, 3, px(width) - 4, px(height) - 4), outline=stamp.colour, width=5)
    face = font(sheet.face, "Regular", size)
    texts = [stamp.office, *(f"{label} ................................" for label, _ in stamp.entries)]
    for number, text in enumerate(texts):
        draw.text((px(3), px(5.2 + row * number)), text, stamp.colour, face, anchor="ls", language="th")
    sheet.overlay(layer, x + width / 2, y + height / 2, turn=rng.uniform(-1.5, 1.5))
    sheet.record(stamp.office)
    for number, (label, entry) in enumerate(stamp.entries, start=1):
        left = x + 4 + sheet.measure(label, size=size) + rng.uniform(2, 4)
        ink.handwrite(sheet, left, y + 4.6 + row * number, entry, pen=stamp.pen, height=3.4, rng=rng)
        sheet.record(f"{label} {entry}")
    sheet.regions.append("stamp")


def seal(sheet: Sheet, x: float, y: float, *, around: str, rng: Random) -> None:
    """A round red seal with its centre at x, y and a word below its middle."""
    radius = 14.0
    layer = Image.new("RGB", (px(2 * radius + 2), px(2 * radius + 2)), "white")
    draw = ImageDraw.Draw(layer)
    middle = layer.width / 2
    for part in (1.0, 0.94, 0.66):
        r = px(radius) * part
        draw.ellipse((middle - r, middle - r, middle + r, middle + r), outline=STAMP_RED, width=4)
    for ray in range(40):
        angle = ray * math.pi / 20
        inner, outer = px(radius) * 0.70, px(radius) * 0.90
        ends = [middle + f(angle) * r for r in (inner, outer) for f in (math.cos, math.sin)]
        draw.line(ends, fill=STAMP_RED, width=5)
    face = font(sheet.face, "Bold", 8.0)
    draw.text((middle, middle), around, STAMP_RED, face, anchor="mm", language="th")
    sheet.overlay(layer, x, y, turn=rng.uniform(-12, 12))
    sheet.record(around)
    sheet.regions.append("stamp")


def date_stamp(sheet: Sheet, x: float, y: float, text: str, rng: Random) -> None:
    """A date from a rubber stamp with its centre at x, y."""
    face = font(sheet.face, "Bold", 12.0)
    left, top, right, bottom = face.getbbox(text, language="th")
    layer = Image.new("RGB", (int(right - left) + 20, int(bottom - top) + 20), "white")
    ImageDraw.Draw(layer).text((10 - left, 10 - top), text, STAMP_BLUE, face, language="th")
    sheet.overlay(layer, x, y, turn=rng.uniform(-2.5, 2.5))
    sheet.record(text)


def signature(sheet: Sheet, x: float, y: float, rng: Random, pen: ink.Pen | None = None) -> None:
    """A signature of nobody, 32 mm wide, with its centre at x, y."""
    ink.draw(sheet, ink.SIGNATURE, (x - 16, y - 5, 32, 10), pen or ink.Pen(ink.BLUE, 0.55, 0.05), rng)
    sheet.regions.append("signature")


def signed(sheet: Sheet, x: float, y: float, who: truth.Signatory, rng: Random) -> float:
    """A signature over name and position, centred on x; return the baseline of the last line."""
    signature(sheet, x, y, rng)
    sheet.write(x, y + 14, f"({who.name})", align="m")
    baseline = y + 14
    for line in (who.position or "").split("\n"):
        baseline += 7
        sheet.write(x, baseline, line, align="m")
    return baseline


def emblem(sheet: Sheet, x: float, top: float, height: float) -> None:
    """A winged figure of our own drawing, centred on x: it stands where the state emblem would."""
    draw = ImageDraw.Draw(sheet.image)
    unit = px(height) / 100
    left, upper = px(x), px(top)

    def at(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(left + a * unit, upper + b * unit) for a, b in points]

    for side in (-1, 1):
        for feather in range(6):
            angle = math.radians(-62 + 24 * feather)
            reach = 46 - 3 * feather
            tip = (side * (8 + reach * math.cos(angle)), 44 + reach * math.sin(angle))
            draw.polygon(at([(side * 8, 36 + 3 * feather), tip, (side * 8, 42 + 3 * feather)]), fill="black")
        draw.line(at([(side * 5, 66), (side * 14, 84), (side * 8, 98)]), fill="black", width=round(5 * unit))
        draw.line(at([(side * 9, 34), (side * 24, 26), (side * 20, 8)]), fill="black", width=round(4 * unit))
    draw.polygon(at([(0, 0), (6, 14), (-6, 14)]), fill="black")
    draw.ellipse((*at([(-8, 13)])[0], *at([(8, 29)])[0]), fill="black")
    draw.polygon(at([(-10, 30), (10, 30), (7, 62), (12, 80), (-12, 80), (-7, 62)]), fill="black")
    draw.line(at([(-6, 44), (0, 50), (6, 44)]), fill="white", width=max(2, round(2 * unit)))
    draw.line(at([(-6, 56), (0, 62), (6, 56)]), fill="white", width=max(2, round(2 * unit)))
    sheet.regions.append("emblem")


def qr(sheet: Sheet, x: float, y: float, value: str, *, side: float = 24.0) -> None:
    """A QR code with its left top corner at x, y."""
    code = zxingcpp.create_barcode(value, zxingcpp.BarcodeFormat.QRCode, ec_level="M").to_image(scale=1)
    modules = Image.fromarray(np.array(code))
    sheet.image.paste(modules.convert("RGB").resize((px(side), px(side)), Image.Resampling.NEAREST), (px(x), px(y)))
    sheet.codes.append(value)
