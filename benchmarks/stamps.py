"""Received stamps of many makes on letters, scanned and read; how often each of their parts was right, null or wrong.

`python benchmarks/stamps.py [--seeds FROM-TO] [--profiles NAME,…] [--pens FONT …] [--misses] [--keep FOLDER]`: frames
single, double or none, in five inks, turned, on white, over print or over the emblem; labels in many wordings, parts in
a row each or two in one; filled in by a pen (drawn strokes, or hands' fonts where `--pens` names any) or a date stamp.
"""

import argparse
import sys
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageFont

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from rapidfuzz import fuzz

from benchmarks.letter_wording import make_letter
from benchmarks.letters import printed
from laodoc.document import Document, Received
from laodoc.pipeline import ScanOptions, scan
from laodoc.thai.dates import SHORT_MONTHS
from samples.generator import ink, truth
from samples.generator.degrade import PROFILES, compressed, degrade
from samples.generator.sheet import PRINT_DPI, Colour, Sheet, faces, font, px, thai
from samples.generator.stamps import STAMP_BLUE, STAMP_RED, VIOLET

INKS: dict[str, Colour] = {
    "violet": VIOLET,
    "blue": STAMP_BLUE,
    "red": STAMP_RED,
    "black": (40, 40, 45),
    "grey": (125, 125, 130),
}
PLACES = ("free", "free", "free", "emblem", "head", "low")
LABELS = {
    "number": ("เลขรับ", "เลขที่รับ", "เลขรับที่", "รับที่", "รับเลขที่", "เลขที่"),
    "date": ("วันที่", "วันที่รับ", "ว.ด.ป."),
    "time": ("เวลา", "เวลา"),
}
SIZE, ROW = 9.0, 6.8
"""Points of a stamp's print; millimetres from row to row."""
PENS = (ink.Pen(ink.BLUE, 0.42, 0.03), ink.Pen(ink.DARK, 0.45, 0.03), ink.Pen((170, 35, 45), 0.42, 0.03))
PARTS = ("office", "number", "date", "time")
LIKE = 92
"""Likeness (0..100) from which an office counts as read: others tell of single letters."""


@dataclass(frozen=True)
class Make:
    """How a stamp is made: frame, ink, place on the page, degrees of its turn, whether parts share a row, dots to write
    on, and with which pen or date stamp it is filled in."""

    frame: str
    colour: str
    place: str
    turn: float
    rows: str
    dots: bool
    pen: ink.Pen
    hand: str | None
    thai_digits: bool


def main() -> None:
    """Make, scan and score the stamps that the arguments name."""
    arguments = _arguments()
    first, last = (int(part) for part in arguments.seeds.split("-"))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for seed in range(first, last + 1):
        rng = Random(f"stamp-{seed}")
        profile = rng.choice(arguments.profiles)
        make = drawn_make(rng, arguments.pens)
        document, wanted = scanned(seed, make, profile, rng, arguments.keep)
        misses = list(scored(document, wanted, make, counts))
        if arguments.misses and misses:
            print(f"stamp-{seed} {profile} {make.frame} {make.colour} {make.place} {make.turn:.1f} {make.rows}")
            print("".join(f"    {miss}\n" for miss in misses), end="")
    report(counts)


def drawn_make(rng: Random, pens: list[str]) -> Make:
    """A stamp's make by chance."""
    return Make(
        frame=rng.choice(("single", "single", "single", "double", "none")),
        colour=rng.choice(tuple(INKS)),
        place=rng.choice(PLACES),
        turn=rng.gauss(0, 1.6),
        rows=rng.choice(("each", "each", "shared")),
        dots=rng.random() < 0.7,
        pen=rng.choice(PENS),
        hand=rng.choice((None, *pens)),
        thai_digits=rng.random() < 0.25,
    )


def scanned(seed: int, make: Make, profile: str, rng: Random, keep: Path | None) -> tuple[Document, truth.Received]:
    """A letter with the stamp, scanned and read, and what the stamp says."""
    written = replace(make_letter(rng.choice(("external", "stamped")), seed), stamp=None, note=())
    office = f"ที่ว่าการอำเภอ{rng.choice(('สมมุติ', 'ตัวอย่าง', 'ทดลองเหนือ'))}"
    office = rng.choice((office, "สำนักงานส่งเสริมการปกครองท้องถิ่นอำเภอทดลอง", "เทศบาลตำบลตัวอย่าง", "องค์การบริหารส่วนตำบลสมมุติ"))
    sheet = printed(written, seed, rng.choice(faces()))
    day = date.fromisoformat(str(written.truth.date)) + timedelta(days=rng.randint(0, 12))
    stamp = truth.Received(
        office, str(rng.randint(1, 9999)), day.isoformat(), f"{rng.randint(8, 16):02}:{rng.randint(0, 59):02}"
    )
    if rng.random() < 0.35:
        stamp = replace(stamp, time=None)
    press(sheet, stamp, make, rng)
    kind = PROFILES[profile]
    image, _ = degrade(sheet.image, kind, np.random.default_rng(seed))
    with tempfile.TemporaryDirectory() as folder:
        path = (keep or Path(folder)) / f"stamp-{seed}.png"
        compressed(image, kind).save(path, dpi=(kind.dpi, kind.dpi))
        return scan(path, ScanOptions()), stamp


def press(sheet: Sheet, stamp: truth.Received, make: Make, rng: Random) -> None:
    """Put the stamp on the sheet, then write its entries into it, all turned together."""
    rows = rows_of(stamp, make, rng)
    width = max(70.0, sheet.measure(stamp.office, size=SIZE) + 8)
    if make.rows == "shared":
        width = max(width, 84.0)
    height = ROW * (len(rows) + 1) + 2.5
    print_layer = Image.new("RGB", (px(width), px(height)), "white")
    draw = ImageDraw.Draw(print_layer)
    for inset in {"single": (3,), "double": (3, 12), "none": ()}[make.frame]:
        draw.rectangle((inset, inset, px(width) - inset, px(height) - inset), outline=INKS[make.colour], width=4)
    face = font(sheet.face, "Regular", SIZE)
    pen = Sheet(width, height, sheet.face)
    draw.text((px(4), px(5.4)), stamp.office, INKS[make.colour], face, anchor="ls", language="th")
    for number, row in enumerate(rows, start=1):
        room, base = (width - 8) / len(row), 5.4 + ROW * number
        for place, (label, entry) in enumerate(row):
            x = 4 + place * room
            left = x + sheet.measure(label, size=SIZE) + 1.5
            dots = "." * int((x + room - left) / sheet.measure(".", size=SIZE)) if make.dots else ""
            draw.text((px(x), px(base)), label, INKS[make.colour], face, anchor="ls", language="th")
            draw.text((px(left), px(base)), dots, INKS[make.colour], face, anchor="ls")
            write(pen, left + rng.uniform(0.5, 3), base - rng.uniform(0, 1.2), entry, make, rng)
    x, y = place_of(make.place, width, rng)
    for layer in (print_layer, pen.image):
        sheet.overlay(layer, x + width / 2, y + height / 2, turn=make.turn)


def rows_of(stamp: truth.Received, make: Make, rng: Random) -> list[list[tuple[str, str]]]:
    """Labels and entries, row by row."""
    day = date.fromisoformat(str(stamp.date))
    year = day.year + 543
    month = SHORT_MONTHS[day.month - 1]
    forms = (f"{day.day} {month} {year % 100}", f"{day.day}/{day.month}/{year % 100}", f"{day.day} {month} {year}")
    entries = {
        "number": str(stamp.number),
        "date": rng.choice(forms[:2] if make.rows == "shared" else forms),
        "time": (stamp.time or "").replace(":", rng.choice((".", ":"))) + rng.choice(("", " น.")),
    }
    cells = [(rng.choice(LABELS[kind]), entries[kind]) for kind in ("number", "date", "time") if getattr(stamp, kind)]
    if make.thai_digits:
        cells = [(label, thai(entry)) for label, entry in cells]
    return [cells[:2], *([cell] for cell in cells[2:])] if make.rows == "shared" else [[cell] for cell in cells]


def write(pen: Sheet, x: float, baseline: float, entry: str, make: Make, rng: Random) -> None:
    """What a pen writes: strokes, or a hand's font where the make has one that knows all its letters."""
    height = rng.uniform(3.0, 3.9)
    if make.hand is None:
        ink.handwrite(pen, x, baseline, entry, pen=make.pen, height=height, rng=rng)
        return
    face = ImageFont.truetype(make.hand, round(height * 1.45 * PRINT_DPI / 25.4), layout_engine=ImageFont.Layout.RAQM)
    ImageDraw.Draw(pen.image).text((px(x), px(baseline)), entry, make.pen.ink, face, anchor="ls", language="th")


def place_of(place: str, width: float, rng: Random) -> tuple[float, float]:
    """Left and top of the stamp in millimetres."""
    right = 203 - width
    return {
        "free": (right, 8.0 + rng.uniform(0, 2)),
        "emblem": (118 - rng.uniform(8, 16), 9.0),
        "head": (right - rng.uniform(0, 12), 30.0 + rng.uniform(0, 10)),
        "low": (28.0 + rng.uniform(0, 20), 205.0 + rng.uniform(0, 10)),
    }[place]


def scored(document: Document, wanted: truth.Received, make: Make, counts: dict[str, Counter[str]]) -> list[str]:
    """Count every part of the stamp as right, null or wrong, by part, frame, ink and place; tell what is not right."""
    stamps = [stamp for letter in document.letters for stamp in letter.received]
    misses = []
    for part in PARTS:
        value, read = getattr(wanted, part), read_part(stamps, part)
        if value is None:
            verdict = "absent" if read is None else "wrong"
        elif part == "office":
            verdict = "null" if not read else "right" if fuzz.ratio(value, read) >= LIKE else "wrong"
        else:
            verdict = "null" if read is None else "right" if read == value else "wrong"
        for name in (
            part,
            f"frame {make.frame}",
            f"ink {make.colour}",
            f"place {make.place}",
            f"rows {make.rows}",
            "ALL",
        ):
            counts[name][verdict] += 1
        if verdict in ("null", "wrong"):
            misses.append(f"{part}: {value!r}, read {read!r}")
    counts["stamps"]["right" if len(stamps) == 1 else "null" if not stamps else "wrong"] += 1
    return misses


def read_part(stamps: list[Received], part: str) -> str | None:
    """The value of this part of the first stamp, or None."""
    field = getattr(stamps[0], part) if stamps else None
    if field is None:
        return None
    return field.text if part == "office" else field.value and str(field.value)


def report(counts: dict[str, Counter[str]]) -> None:
    """A line for every part and make."""
    print(f"{'':18}{'printed':>8}{'right':>8}{'null':>8}{'wrong':>8}{'share':>8}")
    for name in sorted(counts, key=lambda name: (name not in PARTS, name)):
        count = counts[name]
        wanted = count["right"] + count["null"] + count["wrong"]
        share = count["right"] / (wanted or 1)
        print(f"{name:18}{wanted:8}{count['right']:8}{count['null']:8}{count['wrong']:8}{share:8.3f}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default="1-40", help="first-last (default 1-40)")
    parser.add_argument(
        "--profiles", type=lambda text: text.split(","), default=["office200", "clean300", "photocopy"],
        help=", ".join(PROFILES),
    )  # fmt: skip
    parser.add_argument("--pens", nargs="*", default=[], help="font files that look like hands, with Thai and digits")
    parser.add_argument("--misses", action="store_true", help="tell every part that is not right")
    parser.add_argument("--keep", type=Path, help="an existing folder that keeps the pages")
    return parser.parse_args()


if __name__ == "__main__":
    main()
