"""Part made-up bundles into letters: pages of two, tables behind, blank and turned sheets, covers, pages out of order.

`python benchmarks/bundles.py [--bundles N] [--letters N] [--misses]` prints for every kind of disorder how many bundles
came apart as they should: each letter with its form and its own pages in order, and with all that is attached to it.
Every page is read once; the bundles are put together from what was read.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image, ImageFilter, ImageOps

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.letter_wording import FORMS, Written, make_letter
from benchmarks.letters import LEFT, MIDDLE, RIGHT, WIDTH, broken, printed, printed_end
from laodoc.document import Source
from laodoc.imaging.source import open_source
from laodoc.pipeline import ScanOptions, assemble, engine_of_this_process, read_one_sheet
from laodoc.recognition.reading import PageReading
from samples.generator.degrade import CLEAN300, OFFICE200, PHOTOCOPY, compressed, degrade
from samples.generator.layouts import layout, print_table
from samples.generator.sheet import LINE_MM, Sheet, thai

DISORDERS = ("none", "blank backs", "seen through", "turned sheets", "cover", "page two first", "tables first")


@dataclass(frozen=True)
class Unit:
    """One letter of the making: its form, the readings of its own pages and of those attached to it."""

    form: str
    pages: tuple[PageReading, ...]
    attached: tuple[PageReading, ...]


class Office:
    """Prints, scans and reads sheets."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)
        self.seed = seed
        self.engine = engine_of_this_process(ScanOptions().engine, ScanOptions().timeout_s)

    def read(self, image: Image.Image, *, turned: bool = False) -> PageReading:
        """What the reader makes of a scan of the sheet."""
        profile = self.rng.choice((CLEAN300, OFFICE200, PHOTOCOPY))
        self.seed += 1
        scan, _ = degrade(image, profile, np.random.default_rng(self.seed))
        if turned:
            scan = scan.rotate(180)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "sheet.png"
            compressed(scan, profile).save(path, dpi=(profile.dpi, profile.dpi))
            (page,) = read_one_sheet(open_source(path), 1, options=ScanOptions(), observe=None)
        assert isinstance(page, PageReading)
        return page

    def unit(self, form: str, seed: int, *, turned: bool = False) -> Unit:
        """A letter, half of them of two pages, with tables or a list behind some."""
        written = make_letter(form, seed)
        sheets = [printed(written, seed, "Sarabun")]
        if form in ("external", "stamped", "order") and self.rng.random() < 0.6:
            sheets = two_pages(written, seed, self.rng)
        attached = [self._attachment(seed) for _ in range(self.rng.choice((0, 0, 1, 2)))]
        return Unit(
            form,
            tuple(self.read(sheet.image, turned=turned) for sheet in sheets),
            tuple(self.read(sheet.image, turned=turned) for sheet in attached),
        )

    def _attachment(self, seed: int) -> Sheet:
        name = self.rng.choice(("two-level", "marks-left", "with-total", "list"))
        if name == "list":
            return listing(self.rng)
        return print_table(layout(name, seed), Random(seed))[0]


def two_pages(written: Written, seed: int, rng: Random) -> list[Sheet]:
    """The letter on two pages: a catchword at the foot of the first, or none, the number on the second."""
    texts = [text for text in written.body if text]
    first = printed(replace(written, body=texts[:1]), seed, "Sarabun", ended=False)
    second = Sheet()
    second.write(MIDDLE, 20, f"- {thai(2)} -", align="m")
    rest = texts[1:] or ["ทั้งนี้ ให้ถือปฏิบัติตามแนวทางที่ได้แจ้งไว้แล้วโดยเคร่งครัด"]
    if rng.random() < 0.6:
        words = broken(rest[0]).split("|")
        first.write(RIGHT + 50, 282, "/" + "".join(words[:3]).strip() + "…", align="r")
    y = 34.0
    for text in rest:
        y = second.paragraph(LEFT, y, broken(text), width=WIDTH, indent=25.0)
    printed_end(second, written, y, rng)
    return [first, second]


def listing(rng: Random) -> Sheet:
    """An attached page of running text: a title and numbered points."""
    sheet = Sheet()
    sheet.write(
        MIDDLE,
        30,
        rng.choice(("แบบรายงานผลการดำเนินงาน", "แนวทางการดำเนินงาน", "กำหนดการประชุม")),
        weight="Bold",
        align="m",
    )
    things = ["จัดทำบัญชีรายชื่อให้ครบถ้วน", "ตรวจสอบความถูกต้องของข้อมูล", "จัดเก็บเอกสารไว้ที่หน่วยงาน", "รายงานผลตามแบบที่กำหนด"]
    for number in range(1, 9):
        sheet.write(LEFT + 10, 40 + number * LINE_MM * 1.4, thai(f"{number}. ") + rng.choice(things))
    return sheet


def cover(rng: Random) -> Sheet:
    """A sheet on top of a bundle that is no letter: who hands it on, and how many sheets there are."""
    sheet = Sheet()
    sheet.write(
        MIDDLE, 60, rng.choice(("ใบนำส่งเอกสาร", "แฟ้มหนังสือเวียน", "ใบปะหน้าโทรสาร")), size=20, weight="Bold", align="m"
    )
    for number, line in enumerate(("หน่วยงาน สำนักงานสมมุติ", thai(f"จำนวน {rng.randint(3, 30)} แผ่น"), "ผู้ส่ง งานสารบรรณ")):
        sheet.write(LEFT + 20, 90 + 12 * number, line, size=14)
    return sheet


def seen_through(front: Sheet) -> Image.Image:
    """The blank back of a sheet through which its front is seen."""
    mirrored = ImageOps.mirror(front.image).filter(ImageFilter.GaussianBlur(5))
    return mirrored.point(lambda level: 255 - (255 - level) // 6)


def disordered(kind: str, units: Sequence[Unit], extra: dict[str, PageReading]) -> list[PageReading]:
    """The pages of the units as they lie in the scanner."""
    pages: list[PageReading] = [extra["cover"]] if kind == "cover" else []
    for unit in units:
        own = [*unit.pages, *unit.attached]
        if kind == "page two first":
            own = [*reversed(unit.pages), *unit.attached]
        if kind == "tables first":
            own = [*unit.attached, *unit.pages]
        for page in own:
            pages.append(page)
            if kind in ("blank backs", "seen through"):
                pages.append(extra["blank" if kind == "blank backs" else "through"])
    return pages


def judged(kind: str, units: Sequence[Unit], extra: dict[str, PageReading]) -> list[str]:
    """What is wrong with the letters of the bundle."""
    pages = disordered(kind, units, extra)
    place = {id(page): number for number, page in enumerate(pages, start=1)}
    source = Source(name="bundle.pdf", sha256="0" * 64, bytes=1, pages=len(pages))
    document = assemble(pages, source=source, engine=engine_of_this_process("laodoc-thai", 60.0).info)
    tables = {table.id: set(table.pages) for table in document.tables}
    found = {letter.pages: letter for letter in document.letters if letter.form != "other"}
    wrong: list[str] = []
    for unit in units:
        own = tuple(place[id(page)] for page in unit.pages)
        attached = {place[id(page)] for page in unit.attached}
        letter = found.pop(own, None)
        if letter is None:
            wrong.append(f"{unit.form} on pages {own} not found")
            continue
        if letter.form != unit.form:
            wrong.append(f"{unit.form} on pages {own} is said to be {letter.form}")
        names = [name for name in letter.attachments if not name.startswith("letter-")]
        have = set().union(*({int(name[5:])} if name.startswith("page-") else tables[name] for name in names))
        if have != attached:
            wrong.append(f"{unit.form} on pages {own} has {sorted(have)} attached and not {sorted(attached)}")
    return [*wrong, *(f"{letter.form} on pages {own} is none" for own, letter in found.items())]


def main() -> None:
    """Read the sheets, then put bundles together and take them apart."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bundles", type=int, default=60, help="of each kind of disorder (default 60)")
    parser.add_argument("--letters", type=int, default=8, help="read of each form (default 8)")
    parser.add_argument("--first", type=int, default=31, help="seed of the first letter (default 31)")
    parser.add_argument("--misses", action="store_true", help="tell what is wrong with every bundle")
    arguments = parser.parse_args()
    office = Office(arguments.first)
    seeds = range(arguments.first, arguments.first + arguments.letters)
    units = [office.unit(form, seed) for form in FORMS for seed in seeds]
    turned = [office.unit(form, arguments.first, turned=True) for form in FORMS]
    extra = {
        "cover": office.read(cover(office.rng).image),
        "blank": office.read(Sheet().image),
        "through": office.read(seen_through(printed(make_letter("external", 1), 1, "Sarabun"))),
    }
    rng, total = Random(arguments.first), Counter[str]()
    for kind in DISORDERS:
        right = tried = 0
        for _ in range(arguments.bundles):
            chosen = rng.sample(turned if kind == "turned sheets" else units, rng.randint(1, 4))
            if kind == "tables first":
                chosen.sort(key=lambda unit: not (unit.attached and unit.attached[0].grids))
                if not (chosen[0].attached and chosen[0].attached[0].grids):
                    continue  # nothing lies before its letter here
            tried += 1
            wrong = judged(kind, chosen, extra)
            right += not wrong
            total["letters"] += len(chosen)
            total["faults"] += len(wrong)
            if arguments.misses:
                print("\n".join(f"    {kind}: {each}" for each in wrong))
        print(f"{kind:16} {right}/{tried} bundles right")
    print(f"{total['letters']} letters, {total['faults']} faults")


if __name__ == "__main__":
    main()
