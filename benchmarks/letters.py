"""Scan made-up letters of all six forms and of many kinds of office, and count field by field what was found.

`python benchmarks/letters.py [--forms NAME,…] [--seeds FROM-TO] [--profiles NAME,…] [--misses] [--keep FOLDER]` prints
for every field how often it was printed, read right, and read wrong or invented, with precision, recall and F1, and the
share of misread characters. `--faces` takes names, or font files NAME-Regular.ttf.
"""

import argparse
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pythainlp.tokenize import word_tokenize
from rapidfuzz import fuzz

from benchmarks.letter_wording import FORMS, Written, make_letter
from benchmarks.office_wording import OFFICES, make_office_letter
from benchmarks.scoring import printed_fields, read_fields
from laodoc.document import Document, Letter
from laodoc.evaluation.report import matches
from laodoc.evaluation.tally import Tally
from laodoc.pipeline import ScanOptions, scan
from laodoc.recognition.reading import PageReading
from samples.generator import truth
from samples.generator.degrade import PROFILES, ROUGH, compressed, degrade
from samples.generator.sheet import BREAK, LINE_MM, Sheet, faces
from samples.generator.stamps import STAMP_RED, ReceivedStamp, emblem, received_stamp, seal, signature

LEFT, WIDTH, INDENT, MIDDLE, RIGHT = 30.0, 160.0, 25.0, 105.0, 132.0
LOOSE = 0.92
"""How alike (0..1) names of offices, subjects and other long texts must be: others tell of single letters."""
LONG = (
    "sender",
    "subject",
    "recipient",
    "received office",
    "endorsement office",
    "signatory name",
    "contact name",
    "enclosure",
    "approval name",
    "event place",
)


def main() -> None:
    """Make, scan and score the letters that the arguments name."""
    arguments = _arguments()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    prose = Tally()
    first, last = (int(part) for part in arguments.seeds.split("-"))
    number = 0
    for seed in range(first, last + 1):
        for form in arguments.forms:
            rng = Random(f"{form}-{seed}")
            profile, face = rng.choice(arguments.profiles), rng.choice(arguments.faces)
            number += 1
            written = make_office_letter(form, seed) if form in OFFICES else make_letter(form, seed)
            document = scanned(written, seed, profile, face, arguments.keep, prose)
            misses = list(score(document, written.truth, counts, written.more))
            if arguments.misses and misses:
                print(f"{form}-{seed} ({profile}, {face})")
                for miss in misses:
                    print(f"    {miss}")
    report(number, counts)
    print(f"characters of all printed strings: {prose.cer:.2%} misread")


def scanned(written: Written, seed: int, profile: str, face: str, keep: Path | None, prose: Tally) -> Document:
    """The letter printed, scanned and read; `prose` counts its characters, white space left out."""
    sheet = printed(written, seed, face)
    kind = (PROFILES | ROUGH)[profile]
    image, _ = degrade(sheet.image, kind, np.random.default_rng(seed))
    with tempfile.TemporaryDirectory() as folder:
        path = (keep or Path(folder)) / f"{written.form}-{seed}.png"
        compressed(image, kind).save(path, dpi=(kind.dpi, kind.dpi))
        readings: list[PageReading] = []
        document = scan(path, ScanOptions(), observe=lambda page, layout, reading: readings.append(reading))
    for said, read, _, _ in matches(sheet.lines, readings[0]):
        prose.add("".join(read.split()), "".join(said.split()))
    return document


def score(
    document: Document,
    expected: truth.Letter,
    counts: dict[str, Counter[str]],
    more: Sequence[tuple[str, str]] = (),
) -> Iterator[str]:
    """Count every field that the letter has or was given; tell what is not right. `more` stands beside its truth."""
    found = document.letters[0] if document.letters else None
    want = [*_wanted(expected), *more]
    have = list(_found(found)) if found else []
    counts["letters"]["right" if len(document.letters) == 1 else "wrong"] += 1
    counts["letters"]["printed"] += 1
    for name in sorted({name for name, _ in (*want, *have)}):
        printed_values = [value for key, value in want if key == name]
        read_values = [value for key, value in have if key == name]
        counts[name]["printed"] += len(printed_values)
        for value in printed_values:
            match = next((other for other in read_values if _same(name, value, other)), None)
            if match is not None:
                read_values.remove(match)
                counts[name]["right"] += 1
            else:
                yield f"{name}: {value!r}, read {read_values!r}"
        counts[name]["wrong"] += len(read_values)
        if not printed_values and read_values:
            yield f"{name}: nothing printed, read {read_values!r}"


def report(number: int, counts: dict[str, Counter[str]]) -> None:
    """A line for every field."""
    total: Counter[str] = Counter()
    print(
        f"{number} letters\n{'field':24}{'printed':>9}{'right':>9}{'wrong':>9}{'precision':>11}{'recall':>9}{'F1':>8}"
    )
    for name, count in counts.items():
        if name != "letters":
            total += count
        print(_line(name, count))
    print(_line("ALL FIELDS", total))


def _line(name: str, count: Counter[str]) -> str:
    right, wrong, wanted = count["right"], count["wrong"], count["printed"]
    precision, recall = right / (right + wrong or 1), right / (wanted or 1)
    f1 = 2 * right / (right + wrong + wanted or 1)
    return f"{name:24}{wanted:9}{right:9}{wrong:9}{precision:11.3f}{recall:9.3f}{f1:8.3f}"


def _wanted(letter: truth.Letter) -> Iterator[tuple[str, str]]:
    yield from printed_fields(letter)
    yield from (("enclosure", each) for each in letter.enclosures)
    if letter.urgency:
        yield "urgency", letter.urgency


def _found(letter: Letter) -> Iterator[tuple[str, str]]:
    passed_on = tuple(note for note in letter.endorsements if note.kind == "endorsement")
    for name, values in read_fields(letter.model_copy(update={"endorsements": passed_on})):
        yield from ((name, value) for value in values if value)
    for note in letter.endorsements:
        if note.kind == "approval":
            yield from (("approval name", note.signatory.name.text),) if note.signatory else ()
            yield from (("approval decision", str(note.decision.value)),) if note.decision else ()
    yield from (("amount", f"{amount.value} {amount.words_agree}") for amount in letter.amounts)
    for name in ("date", "time", "place"):
        field = getattr(letter.event, name, None)
        if field:
            yield f"event {name}", str(field.text if field.value is None else field.value)
    yield from (("enclosure", each.text) for each in letter.enclosures)
    if letter.urgency:
        yield "urgency", str(letter.urgency.value)


def _same(name: str, printed_value: str, read_value: str) -> bool:
    one, other = (re.sub(r"\s", "", text.translate(_ARABIC)) for text in (printed_value, read_value))
    if name in LONG:
        return fuzz.ratio(one, other) >= 100 * LOOSE
    return one == other


_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def printed(written: Written, seed: int, face: str, *, ended: bool = True) -> Sheet:
    """The letter on paper, in the usual places of its form, with gaps that vary from office to office.

    Where it is not `ended`, what follows its text stands on another page.
    """
    rng = Random(seed)
    sheet = Sheet(face=face)
    if written.form == "internal":
        y = _memo_head(sheet, written, rng)
    elif written.form == "minutes":
        y = _titles(sheet, written, 28.0)
    elif written.letterhead:
        y = _letterhead(sheet, written, rng)
    else:
        emblem(sheet, MIDDLE, 14, 28)
        y = _titles(sheet, written, 52.0) if written.title else _letter_head(sheet, written, rng)
    if written.urgency:
        top = 11 if written.form == "internal" else 40
        sheet.write(LEFT, top, written.urgency, size=18, weight="Bold", ink=STAMP_RED)
    if written.secrecy:
        sheet.write(MIDDLE, 10, written.secrecy, size=16, weight="Bold", align="m", ink=STAMP_RED)
    for index, line in enumerate(written.lists):
        sheet.write(LEFT if index == 0 else LEFT + 12, y, line, weight="Bold" if index == 0 else "Regular")
        y += LINE_MM
    for text in filter(None, written.body):
        y = sheet.paragraph(LEFT, y + rng.choice((0.0, 1.5)), broken(text), width=WIDTH, indent=INDENT)
    if ended:
        printed_end(sheet, written, y, rng)
    if written.stamp:
        office, entries = written.stamp
        received_stamp(
            sheet, ReceivedStamp(office, entries), 198 - max(60.0, sheet.measure(office, size=9) + 7), 12, rng
        )
    return sheet


def broken(text: str) -> str:
    """The text with a possible break after every word."""
    return BREAK.join(word_tokenize(text, engine="newmm")).replace(f"{BREAK} {BREAK}", " ")


def _letter_head(sheet: Sheet, written: Written, rng: Random) -> float:
    sheet.write(LEFT, 50, f"ที่  {written.number}")
    for line_number, line in enumerate(written.office):
        sheet.write(RIGHT, 50 + 7 * line_number, line)
    y = 50 + 7 * max(1, len(written.office)) + 2
    if written.form == "external":
        sheet.write(MIDDLE, y, written.date)
        y += 10
    return _head(sheet, written, y, rng)


def _letterhead(sheet: Sheet, written: Written, rng: Random) -> float:
    """A firm's: its name and address in the middle, number and day at the left."""
    y = 20.0
    for number, line in enumerate(written.letterhead):
        sheet.write(
            MIDDLE, y, line, size=13 if number == 0 else 10, weight="Bold" if number == 0 else "Regular", align="m"
        )
        y += 7.0
    sheet.write(LEFT, y + 6, f"ที่ {written.number}")
    sheet.write(LEFT, y + 6 + LINE_MM, f"วันที่ {written.date}")
    return _head(sheet, written, y + 6 + 2.2 * LINE_MM, rng)


def _head(sheet: Sheet, written: Written, y: float, rng: Random) -> float:
    gap = rng.choice(("  ", " ", "   "))
    for label, value in written.head:
        sheet.write(LEFT, y, label, record=False)
        shift = sheet.measure(f"{label}{gap}")
        for item in value.split("\n"):
            for line in sheet.broken(broken(item), WIDTH - shift):
                sheet.write(LEFT + shift, y, line)
                y += LINE_MM
        y += rng.choice((0.5, 1.5))
    return y + 2


def _memo_head(sheet: Sheet, written: Written, rng: Random) -> float:
    emblem(sheet, LEFT + 8, 14, 15)
    sheet.write(MIDDLE, 28, written.title[0], size=20, weight="Bold", align="m")
    right = LEFT + WIDTH
    sheet.on_leader(LEFT, 40, "ส่วนราชการ", written.office[0], right=right, label_size=13)
    sheet.on_leader(LEFT, 48.5, "ที่", written.number, right=MIDDLE - 2, label_size=13)
    sheet.on_leader(MIDDLE + 2, 48.5, "วันที่", written.date, right=right, label_size=13)
    subject = sheet.broken(broken(written.head[0][1]), WIDTH - 16)
    y = 57.0
    for number, line in enumerate(subject):
        if number == 0:
            sheet.on_leader(LEFT, y, "เรื่อง", line, right=right, label_size=13)
        else:
            sheet.write(LEFT + 14, y, line)
        y += 8.0
    sheet.write(LEFT, y + 2, f"{written.head[1][0]}{rng.choice(('  ', ' '))}{written.head[1][1]}")
    return y + 12


def _titles(sheet: Sheet, written: Written, y: float) -> float:
    for number, line in enumerate(written.title):
        for part in sheet.broken(broken(line), WIDTH, size=13 if number == 0 else 11):
            sheet.write(MIDDLE, y, part, size=13 if number == 0 else 11, weight="Bold", align="m")
            y += 7.6
    sheet.rule((MIDDLE - 25, y - 3, MIDDLE + 25, y - 3))
    return y + 6


def printed_end(sheet: Sheet, written: Written, y: float, rng: Random) -> None:
    """What follows a letter's text: who signed it, the note of the office that got it, whom to call."""
    if written.decree:
        sheet.write(LEFT + INDENT + 15, y + 4, written.decree)
        y += LINE_MM + 4
    if written.form == "stamped":
        sheet.write(140, y + 8, written.closing, align="m")
        if rng.random() < 0.7:
            seal(sheet, 140, y + 18, around="ประทับตรา", rng=rng)
        sheet.write(140, y + 34, written.date, align="m")
        below = y + 36
    else:
        if written.closing:
            sheet.write(RIGHT, y + 5, written.closing, align="m")
        signature(sheet, RIGHT, y + 15, rng)
        below = y + 26
        if written.rank:
            sheet.write(RIGHT - 30, below - 9, written.rank)
        sheet.write(RIGHT, below, f"({written.signatory[0]})", align="m")
        for line in written.signatory[1:]:
            below += LINE_MM
            sheet.write(RIGHT, below, line, align="m")
    below = _approvals(sheet, written, below, rng)
    y = _note(sheet, written, below, rng)
    _foot(sheet, written, max(y + 6, 238.0))


def _approvals(sheet: Sheet, written: Written, y: float, rng: Random) -> float:
    """Who decides on a memo: side by side where their middles differ, else one below the other."""
    lowest, level, before = y, y + 12, 0.0
    for middle, lines in written.approvals:
        top = level if middle != before else lowest + 9
        for line in lines:
            if line:
                sheet.write(middle, top, line, size=11, align="m")
            else:
                signature(sheet, middle, top, rng)
            top += LINE_MM if line else 11
        lowest, before = max(lowest, top), middle
    return lowest


def _note(sheet: Sheet, written: Written, y: float, rng: Random) -> float:
    if not written.note:
        return y
    office, number, to, text, name, post = written.note
    y += 12
    for line in (office, number, to, text):
        sheet.write(112, y, line, size=10)
        y += 6.6
    signature(sheet, 145, y + 2, rng)
    for line in (name, post):
        sheet.write(145, y + 9, line, size=10, align="m")
        y += 6.2
    return y + 4


def _foot(sheet: Sheet, written: Written, y: float) -> None:
    y = min(y, 268.0) if not written.note else min(238.0, y)
    for line in written.foot:
        sheet.write(LEFT, y, line, size=10)
        y += 6.6


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--forms", type=_names, default=(*FORMS, *OFFICES), help=", ".join((*FORMS, *OFFICES)))
    parser.add_argument(
        "--profiles", type=_names, default=("office200", "clean300", "photocopy"), help=", ".join(PROFILES | ROUGH)
    )
    parser.add_argument("--faces", type=_names, default=faces())
    parser.add_argument("--seeds", default="1-10", help="first-last: so many letters of each form (default 1-10)")
    parser.add_argument("--misses", action="store_true", help="tell every field that is not right")
    parser.add_argument("--keep", type=Path, help="an existing folder that keeps the pages")
    return parser.parse_args()


def _names(text: str) -> Sequence[str]:
    return text.split(",")


if __name__ == "__main__":
    main()
